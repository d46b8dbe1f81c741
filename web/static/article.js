/* Improves an article's page: steps through marks and hits by keys, copies the citation, prints.
   Without this script the links lead on all the same, and browsers copy and print by their own menus. */
(function () {
  "use strict";

  const marks = [...document.querySelectorAll(".article mark")];
  const steps = document.querySelector(".rail-mark-steps");
  let at = -1;

  /* After the last mark comes the first again. */
  function stepTo(step) {
    if (!marks.length) return;
    if (marks[at]) marks[at].classList.remove("is-here");
    at = (at + step + marks.length + (at < 0 && step < 0 ? 1 : 0)) % marks.length;
    const mark = marks[at];
    mark.classList.add("is-here");
    mark.scrollIntoView({ block: "center" });
    const status = steps.querySelector("[role=status]");
    status.textContent = status.dataset.text.replace("{}", at + 1).replace("[]", marks.length);
  }

  if (steps && marks.length) {
    steps.hidden = false;
    steps.addEventListener("click", function (event) {
      const button = event.target.closest("[data-step]");
      if (button) stepTo(Number(button.dataset.step));
    });
  }

  const keys = {
    j: () => follow("next"),
    k: () => follow("previous"),
    n: () => steps && stepTo(1),
    p: () => steps && stepTo(-1),
  };

  function follow(id) {
    const link = document.getElementById(id);
    if (link) link.click();
  }

  document.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.metaKey || event.altKey || !(event.key in keys)) return;
    if (event.target.closest("input, select, textarea, [contenteditable]")) return;
    event.preventDefault();
    keys[event.key]();
  });

  const copy = document.querySelector(".rail-copy");
  if (copy && navigator.clipboard) {
    copy.hidden = false;
    copy.addEventListener("click", async function () {
      await navigator.clipboard.writeText(document.getElementById("citation").textContent);
      copy.textContent = copy.dataset.copied;
    });
  }

  const print = document.getElementById("print");
  print.hidden = false;
  print.addEventListener("click", () => window.print());
})();
