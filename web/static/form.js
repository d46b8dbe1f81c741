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
  });

  /* A choice applies at once; but in folded filters a reader makes several, then presses the button. */
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

  /* While a date is typed, its control holds other dates for a moment, so it applies when it loses focus. */
  document.addEventListener("focusout", function (event) {
    const control = event.target;
    const isDate = control.type === "date" && control.form === form;
    if (isDate && wide.matches && control.value !== control.defaultValue) submitFrom(control);
  });

  function submitFrom(control) {
    const value = control.type === "checkbox" ? control.value : null;
    remember({ name: control.name, value: value, top: control.getBoundingClientRect().top });
    document.documentElement.classList.add("is-leaving");
    form.requestSubmit();
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
    if (!control) return;
    control.focus({ preventScroll: true });
    window.scrollBy(0, control.getBoundingClientRect().top - position.top);
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

  /* The style sheet unfolds the filters on a wide screen; browsers without ::details-content need this. */
  function unfoldWhereStylesCannot() {
    if (!filters || CSS.supports("selector(::details-content)")) return;
    filters.open = wide.matches;
  }
  wide.addEventListener("change", unfoldWhereStylesCannot);
  unfoldWhereStylesCannot();

  const hint = document.getElementById("filters-hint");
  if (hint && wide.matches) hint.hidden = false;
  restoreScroll();
})();
