/* Improves the timeline, which is a chart of plain links without it: keys, touch, a span drawn over bars, growth. */
(function () {
  "use strict";

  const scaleKey = "kliping-timeline";

  /* The Tab key stops once at the chart, and arrow keys move from bar to bar. */
  function addKeys(picture) {
    const bars = [...picture.querySelectorAll("a.bar")];
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
  }

  /* A finger hides what it points at: the first tap shows a bar's label, the second follows the link. */
  function addTouch(picture) {
    let labelled = null;
    picture.addEventListener("click", function (event) {
      const bar = event.target.closest(".bar");
      if (event.pointerType !== "touch" || !bar) return;
      if (bar === labelled) return;
      event.preventDefault();
      if (labelled) labelled.classList.remove("is-labelled");
      labelled = bar;
      bar.classList.add("is-labelled");
    });
  }

  /* Drawing over bars asks for their span. */
  function addDrawing(picture) {
    const bars = [...picture.querySelectorAll(".bar")];
    let start = -1;
    let stop = -1;
    let moved = false;

    function numberAt(x) {
      const box = picture.getBoundingClientRect();
      const number = Math.floor(((x - box.left) / box.width) * bars.length);
      return Math.min(bars.length - 1, Math.max(0, number));
    }

    function show() {
      const low = Math.min(start, stop);
      const high = Math.max(start, stop);
      bars.forEach((bar, number) => bar.classList.toggle("is-drawn-over", moved && low <= number && number <= high));
    }

    picture.addEventListener("dragstart", (event) => event.preventDefault());
    picture.addEventListener("pointerdown", function (event) {
      if (event.button !== 0) return;
      start = stop = numberAt(event.clientX);
      moved = false;
    });
    document.addEventListener("pointermove", function (event) {
      if (start < 0) return;
      stop = numberAt(event.clientX);
      moved = moved || stop !== start;
      show();
    });
    document.addEventListener("pointerup", function () {
      if (start >= 0 && moved && stop !== start) follow(bars[Math.min(start, stop)], bars[Math.max(start, stop)]);
      start = -1;
    });
    function giveUp() {
      start = -1;
      moved = false;
      show();
    }
    document.addEventListener("pointercancel", giveUp);
    window.addEventListener("pageshow", giveUp); // the browser may go back to a page that was left by drawing
    /* The click that ends the drawing is no choice of one bar. */
    picture.addEventListener("click", function (event) {
      if (moved) event.preventDefault();
      if (moved) event.stopImmediatePropagation();
      moved = false;
      show();
    }, true);

    function follow(first, last) {
      const form = document.getElementById("search");
      const address = new URL(form.action);
      address.search = new URL(picture.dataset.results, location.href).search;
      address.searchParams.set("from", first.dataset.span.split("/")[0]);
      address.searchParams.set("to", last.dataset.span.split("/")[1]);
      location.assign(address);
    }
  }

  /* Bars grow when they show another scale than those of the page before. */
  function growIfChanged(picture) {
    const scale = picture.getAttribute("class") + [...picture.querySelectorAll(".tick")].map((tick) => tick.textContent) +
      document.querySelector(".timeline-most").textContent;
    try {
      const before = sessionStorage.getItem(scaleKey);
      sessionStorage.setItem(scaleKey, scale);
      if (before !== null && before !== scale) picture.parentElement.classList.add("is-growing");
    } catch (error) {
      console.info("No storage", error);
    }
  }

  for (const picture of document.querySelectorAll(".timeline-picture")) {
    addDrawing(picture);
    addTouch(picture);
    addKeys(picture);
    if (picture.getClientRects().length) growIfChanged(picture);
  }
})();
