/* Offers tags, authors, phrases and headlines while a reader types: a combobox with a list, as ARIA describes it.
   Without it the search box works as before. */
(function () {
  "use strict";

  const WAIT = 120; // milliseconds without a key before the server is asked
  const LETTERS_LEAST = 2;

  const box = document.getElementById("query");
  if (!box || !box.dataset.suggest) return;

  const list = document.createElement("ul");
  list.id = "suggestions";
  list.className = "suggestions";
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", box.dataset.label);
  const told = document.createElement("p");
  told.className = "unseen";
  told.setAttribute("role", "status");
  box.after(list, told);
  for (const [name, value] of [
    ["role", "combobox"],
    ["aria-autocomplete", "list"],
    ["aria-controls", list.id],
    ["aria-expanded", "false"],
  ]) {
    box.setAttribute(name, value);
  }

  let timer = 0;
  let asked = null;
  let active = -1;

  box.addEventListener("input", function () {
    clearTimeout(timer);
    if (box.value.trim().length < LETTERS_LEAST) close();
    else timer = setTimeout(ask, WAIT, box.value);
  });

  box.addEventListener("keydown", function (event) {
    if (list.hidden) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      activate(active + step);
    } else if (event.key === "Escape") {
      event.preventDefault(); // or the box would be emptied, too
      close();
    } else if (event.key === "Enter" && active >= 0) {
      event.preventDefault();
      location.assign(list.children[active].dataset.url);
    }
  });

  /* A press on the list must not take the focus before the click is done. */
  list.addEventListener("pointerdown", (event) => event.preventDefault());
  list.addEventListener("click", function (event) {
    const item = event.target.closest("[role=option]");
    if (item) location.assign(item.dataset.url);
  });
  box.addEventListener("blur", close);

  async function ask(text) {
    if (asked) asked.abort();
    asked = new AbortController();
    const address = new URL(box.dataset.suggest, location.href);
    address.searchParams.set("q", text);
    try {
      const answer = await fetch(address, { signal: asked.signal });
      const found = answer.ok ? (await answer.json()).suggestions : [];
      if (box.value === text && document.activeElement === box) show(found);
    } catch (error) {
      if (error.name !== "AbortError") close();
    }
  }

  function show(found) {
    list.replaceChildren(...found.map(row));
    active = -1;
    box.removeAttribute("aria-activedescendant");
    list.hidden = found.length === 0;
    box.setAttribute("aria-expanded", String(!list.hidden));
    told.textContent = list.hidden ? "" : box.dataset.told.replace("{}", found.length);
  }

  function row(suggestion, number) {
    const item = document.createElement("li");
    item.id = "suggestion-" + number;
    item.setAttribute("role", "option");
    item.setAttribute("aria-selected", "false");
    item.dataset.url = suggestion.url;
    const label = document.createElement("span");
    label.textContent = suggestion.label;
    item.append(suggestion.text, " ", label);
    return item;
  }

  /* One step beyond either end leads back to the text. */
  function activate(place) {
    const count = list.children.length;
    active = place >= count ? -1 : place < -1 ? count - 1 : place;
    [...list.children].forEach((item, number) => {
      item.setAttribute("aria-selected", String(number === active));
    });
    if (active < 0) {
      box.removeAttribute("aria-activedescendant");
    } else {
      box.setAttribute("aria-activedescendant", list.children[active].id);
      list.children[active].scrollIntoView({ block: "nearest" });
    }
  }

  function close() {
    clearTimeout(timer);
    if (asked) asked.abort();
    show([]);
  }
})();
