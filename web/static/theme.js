/* Shows the page light, dark or as the system: what the reader chose is kept in this browser alone.
   It runs before the page is drawn, so that no page flashes in the other colours. */
(function () {
  "use strict";

  const key = "kliping-theme";
  const root = document.documentElement;

  /* A browser may refuse storage; then the choice lasts as long as the page. */
  function stored() {
    try {
      return localStorage.getItem(key) || "";
    } catch (error) {
      return "";
    }
  }

  function store(theme) {
    try {
      localStorage.setItem(key, theme);
    } catch (error) {
      console.info("No storage", error);
    }
  }

  function apply(theme) {
    if (theme) root.dataset.theme = theme;
    else delete root.dataset.theme;
  }

  apply(stored());
  document.addEventListener("DOMContentLoaded", function () {
    const choice = document.getElementById("theme");
    const theme = stored();
    for (const control of choice.elements) control.checked = control.value === theme;
    choice.addEventListener("change", function (event) {
      store(event.target.value);
      apply(event.target.value);
    });
    choice.hidden = false;
  });
})();
