/* Improves what works without it: choices apply at once, addresses stay short, "/" finds the box. */
(function () {
  "use strict";

  const form = document.getElementById("search");
  const filters = document.getElementById("filters");
  const wide = window.matchMedia("(min-width: 60rem)");
  const placeKey = "kliping-place";

  /* An empty field says nothing, and the first order is the usual one: keep both out of the address. */
  form.addEventListener("formdata", function (event) {
    for (const [name, value] of [...event.formData.entries()]) {
      if (value === "") event.formData.delete(name);
    }
    const sort = document.getElementById("sort");
    if (sort && sort.selectedIndex === 0) event.formData.delete("sort");
  });

  /* A choice applies at once. Not among folded filters: there a reader picks several, then applies. */
  document.addEventListener("change", function (event) {
    const control = event.target;
    if (control.form !== form) return;
    const isFolded = filters && filters.contains(control) && !wide.matches;
    if (isFolded) filters.classList.add("has-choice");
    else if (appliesAtOnce(control)) submitFrom(control);
  });

  function appliesAtOnce(control) {
    return control.type === "checkbox" || control.id === "sort";
  }

  /* While a date is typed, its control passes through other dates: it applies when it is left. */
  document.addEventListener("focusout", function (event) {
    const control = event.target;
    const isDate = control.type === "date" && control.form === form;
    if (isDate && wide.matches && control.value !== control.defaultValue) submitFrom(control);
  });

  function submitFrom(control) {
    const value = control.type === "checkbox" ? control.value : null;
    const place = { name: control.name, value: value, top: control.getBoundingClientRect().top };
    remember(place);
    document.documentElement.classList.add("is-leaving");
    form.requestSubmit();
  }

  /* Storage can be switched off; then the page simply opens at its top. */
  function remember(place) {
    try {
      sessionStorage.setItem(placeKey, JSON.stringify(place));
    } catch (error) {
      console.info("No storage", error);
    }
  }

  function recall() {
    try {
      const place = JSON.parse(sessionStorage.getItem(placeKey));
      sessionStorage.removeItem(placeKey);
      return place;
    } catch (error) {
      return null;
    }
  }

  /* After a choice the reader stands where the choice was made, however long the lists above it are now. */
  function returnToPlace() {
    const place = recall();
    if (!place) return;
    const control = [...form.elements].find(function (element) {
      return element.name === place.name && (place.value === null || element.value === place.value);
    });
    if (!control) return;
    control.focus({ preventScroll: true });
    window.scrollBy(0, control.getBoundingClientRect().top - place.top);
  }

  /* Coming back, the choices shown must be those of the address, not those of the moment of leaving. */
  window.addEventListener("pageshow", function (event) {
    document.documentElement.classList.remove("is-leaving");
    if (event.persisted) form.reset();
  });

  document.addEventListener("keydown", function (event) {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("input, select, textarea, [contenteditable]")) return;
    event.preventDefault();
    const box = document.getElementById("query");
    box.focus();
    box.select();
  });

  /* The style sheet unfolds the filters on a wide screen, but not in browsers that lack ::details-content. */
  function unfoldWhereStylesCannot() {
    if (!filters || CSS.supports("selector(::details-content)")) return;
    filters.open = wide.matches;
  }
  wide.addEventListener("change", unfoldWhereStylesCannot);
  unfoldWhereStylesCannot();

  /* The bars are one stop for the Tab key; arrows walk along them, and the bar's words stand below. */
  function improveTimeline(picture) {
    const bars = [...picture.querySelectorAll(".bar")];
    const spot = document.querySelector(".timeline-spot");
    const first = Math.max(0, bars.findIndex((bar) => bar.hasAttribute("aria-current")));
    bars.forEach((bar, place) => bar.setAttribute("tabindex", place === first ? "0" : "-1"));

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
    /* Listened for around the picture: a picture that listens for focus is given a stop of its own. */
    const around = picture.parentElement;
    for (const kind of ["pointerover", "focusin"]) {
      around.addEventListener(kind, function (event) {
        const bar = event.target.closest(".bar");
        if (bar) spot.textContent = bar.getAttribute("aria-label");
      });
    }
    for (const kind of ["pointerleave", "focusout"]) {
      around.addEventListener(kind, () => (spot.textContent = ""));
    }
  }

  const picture = document.querySelector(".timeline-picture");
  if (picture) improveTimeline(picture);
  const hint = document.getElementById("filters-hint");
  if (hint && wide.matches) hint.hidden = false;
  returnToPlace();
})();
