/* Improves the timeline, which is a chart of plain links without it: keys, and labels below. */
(function () {
  "use strict";

  /* The Tab key stops once at the chart, arrow keys move from bar to bar, and a bar's label shows below. */
  function improveTimeline(picture) {
    const bars = [...picture.querySelectorAll(".bar")];
    const label = document.querySelector(".timeline-bar-label");
    const first = Math.max(0, bars.findIndex((bar) => bar.hasAttribute("aria-current")));
    bars.forEach((bar, number) => bar.setAttribute("tabindex", number === first ? "0" : "-1"));

    picture.addEventListener("keydown", function (event) {
      const step = { ArrowLeft: -1, ArrowRight: 1, Home: -bars.length, End: bars.length }[event.key];
      if (!step) return;
      event.preventDefault();
      const from = bars.indexOf(document.activeElement);
      const to = Math.min(bars.length - 1, Math.max(0, from + step));
      bars[from].setAttribute("tabindex", "-1");
      bars[to].setAttribute("tabindex", "0");
      bars[to].focus();
    });
    /* The listeners are on the parent: an SVG that listens for focus becomes a Tab stop of its own. */
    const parent = picture.parentElement;
    for (const kind of ["pointerover", "focusin"]) {
      parent.addEventListener(kind, function (event) {
        const bar = event.target.closest(".bar");
        if (bar) label.textContent = bar.getAttribute("aria-label");
      });
    }
    for (const kind of ["pointerleave", "focusout"]) {
      parent.addEventListener(kind, () => (label.textContent = ""));
    }
  }

  const picture = document.querySelector(".timeline-picture");
  if (picture) improveTimeline(picture);
})();
