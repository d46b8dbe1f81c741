/* Improves the search form, which works without it: choices apply at once, URLs stay short, "/" focuses the search box. */
(function () {
  "use strict";

  const form = document.getElementById("search");
  const filters = document.getElementById("filters");
  const wide = window.matchMedia("(min-width: 60rem)");
  const scrollKey = "kliping-scroll";

  /* Keep empty fields and the default order out of the URL. */
  form.addEventListener("formdata", function (event) {
    for (const [name, value] of [...event.formData.entries()]) {
      if (value === "") event.formData.delete(name);
    }
    const sort = document.getElementById("sort");
    if (sort && sort.selectedIndex === 0) event.formData.delete("sort");
    if (event.formData.get("size") === "10") event.formData.delete("size");
  });

  /* A choice applies at once; but in folded filters a reader makes several, then presses the button. */
  document.addEventListener("change", function (event) {
    const control = event.target;
    if (control.form !== form) return;
    if (isInPanel(control)) tellCount();
    else if (appliesAtOnce(control)) submitFrom(control);
  });

  function appliesAtOnce(control) {
    return control.type === "checkbox" || control.id === "sort" || control.id === "size";
  }

  /* On a narrow screen the filters are a screen of their own. */
  function isInPanel(control) {
    return Boolean(filters) && filters.contains(control) && !wide.matches;
  }

  /* Both days belong together, so they apply when both are left. */
  document.addEventListener("focusout", function (event) {
    const dates = event.target.closest(".dates");
    if (!dates || dates.contains(event.relatedTarget) || !wide.matches) return;
    const changed = [...dates.querySelectorAll("input[name]")].find((box) => box.value !== box.defaultValue);
    if (changed) submitFrom(changed);
  });

  /* The calendar of the browser fills in the day beside it. */
  for (const picker of document.querySelectorAll(".date-picker")) {
    picker.hidden = false;
    picker.addEventListener("change", function () {
      const box = document.getElementById(picker.dataset.for);
      box.value = picker.value;
      box.focus();
      if (isInPanel(box)) tellCount();
    });
  }

  function submitFrom(control) {
    leaveFrom(control);
    form.requestSubmit();
  }

  function leaveFrom(control) {
    const value = control.type === "checkbox" || control.type === "submit" ? control.value : null;
    remember({
      name: control.name,
      value: value,
      top: control.getBoundingClientRect().top,
      page: window.scrollY,
      panel: isInPanel(control) && control.closest(".filters-apply") === null,
    });
    document.documentElement.classList.add("is-leaving");
  }

  /* Buttons inside the filters send the form, too: "more", "exclude", a search inside a facet. A value that
     is excluded is not chosen any more. The place is found again by script, so the address needs no fragment. */
  form.addEventListener("submit", function (event) {
    const button = event.submitter;
    if (!button || !filters || !filters.contains(button) || button.closest(".filters-apply")) return;
    button.setAttribute("formaction", button.getAttribute("formaction").replace(/#.*/, ""));
    const bucket = button.closest(".bucket");
    if (bucket) bucket.querySelector("input").checked = false;
    leaveFrom(button);
  });

  /* The button says how many articles the choice gives, before it is pressed. */
  let counting = null;
  async function tellCount() {
    filters.classList.add("has-choice");
    const button = filters.querySelector(".filters-apply .button");
    if (counting) counting.abort();
    counting = new AbortController();
    const address = new URL(button.dataset.count, location.href);
    address.search = new URLSearchParams([...new FormData(form)].filter((pair) => pair[1] !== ""));
    try {
      const answer = await fetch(address, { signal: counting.signal });
      if (answer.ok) button.textContent = button.dataset.text.replace("{}", (await answer.json()).total_label);
    } catch (error) {
      if (error.name !== "AbortError") console.info("No count", error);
    }
  }

  /* A browser may refuse storage; then the next page opens at its top. */
  function remember(position) {
    try {
      sessionStorage.setItem(scrollKey, JSON.stringify(position));
    } catch (error) {
      console.info("No storage", error);
    }
  }

  function recall() {
    try {
      const position = JSON.parse(sessionStorage.getItem(scrollKey));
      sessionStorage.removeItem(scrollKey);
      return position;
    } catch (error) {
      return null;
    }
  }

  /* After a choice, scroll so that the control stands where it was, though lists above it may have grown. */
  function restoreScroll() {
    const position = recall();
    if (!position) return;
    const control = [...form.elements].find(function (element) {
      const isSameValue = position.value === null || element.value === position.value;
      return element.name === position.name && isSameValue;
    });
    if (position.panel && filters && !wide.matches) filters.open = true;
    if (!control) return;
    control.focus({ preventScroll: true });
    tell(document.querySelector(".results-count"));
    window.scrollTo(0, position.page);
    // On a wide screen the filters scroll by themselves, so they move first, and the page by what is left.
    const inFilters = control.closest(".filters");
    if (inFilters) inFilters.scrollTop += control.getBoundingClientRect().top - position.top;
    window.scrollBy(0, control.getBoundingClientRect().top - position.top);
  }

  /* Where the focus stays, a screen reader says what it is on, and then what a choice has found. */
  function tell(found) {
    if (found) requestAnimationFrame(() => (document.getElementById("told").textContent = found.textContent.trim()));
  }

  /* When the browser goes back to this page, the form must show the choices of the URL, not later ones. */
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

  /* The style sheet unfolds the filters on a wide screen, for the eye alone; this tells assistive technology. */
  function unfold() {
    if (filters) filters.open = wide.matches;
  }
  wide.addEventListener("change", unfold);
  unfold();

  /* Facets stay folded as the reader left them. */
  const foldKey = "kliping-folded";
  function folded() {
    try {
      return new Set(JSON.parse(localStorage.getItem(foldKey)) || []);
    } catch (error) {
      return new Set();
    }
  }
  for (const facet of document.querySelectorAll(".facet-fold")) {
    if (folded().has(facet.dataset.facet)) facet.open = false;
    facet.addEventListener("toggle", function () {
      const names = folded();
      if (facet.open) names.delete(facet.dataset.facet);
      else names.add(facet.dataset.facet);
      try {
        localStorage.setItem(foldKey, JSON.stringify([...names]));
      } catch (error) {
        console.info("No storage", error);
      }
    });
  }

  const hint = document.getElementById("filters-hint");
  if (hint && wide.matches) hint.hidden = false;
  restoreScroll();
})();
