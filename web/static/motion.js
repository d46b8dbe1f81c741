/* The headline of a hit becomes that of its article, and back: it alone gets a name for the browser's
   transition between pages. Browsers that know none, and readers who want no motion, see none. */
(function () {
  "use strict";

  const NAME = "headline";

  function linkTo(address) {
    const path = new URL(address, location.href).pathname;
    return [...document.querySelectorAll(".hit-title a")].find((link) => link.pathname === path);
  }

  /* A transition that the browser skips ends with errors, which are none of the page's. */
  function accept(transition) {
    for (const end of [transition.updateCallbackDone, transition.ready, transition.finished]) end.catch(() => {});
  }

  function nameHeadline(transition, address) {
    const link = linkTo(address);
    if (!link) return;
    const clear = () => (link.style.viewTransitionName = "");
    link.style.viewTransitionName = NAME;
    transition.finished.then(clear, clear);
  }

  window.addEventListener("pageswap", function (event) {
    if (!event.viewTransition) return;
    accept(event.viewTransition);
    if (event.activation) nameHeadline(event.viewTransition, event.activation.entry.url);
  });
  window.addEventListener("pagereveal", function (event) {
    if (!event.viewTransition) return;
    accept(event.viewTransition);
    const from = window.navigation && navigation.activation && navigation.activation.from;
    if (from) nameHeadline(event.viewTransition, from.url);
  });
})();
