/* The headline of a hit becomes that of its article, and back: it alone gets a name for the browser's
   transition between pages. Browsers that know none, and readers who want no motion, see none. */
(function () {
  "use strict";

  const NAME = "headline";

  function linkTo(address) {
    const path = new URL(address, location.href).pathname;
    return [...document.querySelectorAll(".hit-title a")].find((link) => link.pathname === path);
  }

  function ignore() {}

  function nameHeadline(transition, address) {
    transition.ready.catch(ignore); // a transition that the browser skips ends with an error
    const link = linkTo(address);
    if (!link) return;
    link.style.viewTransitionName = NAME;
    transition.finished.finally(() => (link.style.viewTransitionName = "")).catch(ignore);
  }

  window.addEventListener("pageswap", function (event) {
    if (event.viewTransition && event.activation) nameHeadline(event.viewTransition, event.activation.entry.url);
  });
  window.addEventListener("pagereveal", function (event) {
    const from = event.viewTransition && window.navigation && navigation.activation && navigation.activation.from;
    if (from) nameHeadline(event.viewTransition, from.url);
  });
})();
