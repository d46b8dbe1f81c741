/* Suggests tags, authors, phrases and headlines while a reader types: a combobox with a list, as ARIA describes it.
   Without this script the search box still works. */
(function () {
  "use strict";

  const PAUSE_MS = 120; // after the last key, before a request is sent
  const LETTERS_LEAST = 2;

  const box = document.getElementById("query");
  if (!box || !box.dataset.suggest) return;

  const list = document.createElement("ul");
  list.id = "suggestions";
  list.className = "suggestions";
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", box.dataset.label);
  const status = document.createElement("p");
  status.className = "unseen";
  status.setAttribute("role", "status");
  box.after(list, status);
  for (const [name, value] of [
    ["role", "combobox"],
    ["aria-autocomplete", "list"],
    ["aria-controls", list.id],
    ["aria-expanded", "false"],
  ]) {
    box.setAttribute(name, value);
  }

  let timer = 0;
  let request = null;
  let active = -1;

  box.addEventListener("input", function () {
    clearTimeout(timer);
    if (box.value.trim().length < LETTERS_LEAST) close();
    else timer = setTimeout(fetchSuggestions, PAUSE_MS, box.value);
  });

  box.addEventListener("keydown", function (event) {
    if (list.hidden) {
      if (event.key === "ArrowDown" && box.value.trim().length >= LETTERS_LEAST) {
        event.preventDefault();
        fetchSuggestions(box.value); // a list that was closed comes back
      }
      return;
    }
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      activate(active + step);
    } else if (event.key === "Escape") {
      event.preventDefault(); // otherwise the box would be emptied, too
      close();
    } else if (event.key === "Enter" && active >= 0) {
      event.preventDefault();
      location.assign(list.children[active].dataset.url);
    }
  });

  /* Pressing on the list must not take the focus from the box: blur would close the list before the click. */
  list.addEventListener("pointerdown", (event) => event.preventDefault());
  list.addEventListener("click", function (event) {
    const item = event.target.closest("[role=option]");
    if (item) location.assign(item.dataset.url);
  });
  box.addEventListener("blur", close);

  async function fetchSuggestions(text) {
    if (request) request.abort();
    request = new AbortController();
    // The whole form is sent, so that what is offered keeps the filters that are ticked in it.
    const fields = new URLSearchParams(new FormData(box.form));
    fields.set("q", text);
    const address = new URL(box.dataset.suggest, location.href);
    address.search = fields;
    try {
      const answer = await fetch(address, { signal: request.signal });
      const suggestions = answer.ok ? (await answer.json()).suggestions : [];
      if (box.value === text && document.activeElement === box) show(suggestions);
    } catch (error) {
      if (error.name !== "AbortError") close();
    }
  }

  function show(suggestions) {
    list.replaceChildren(...suggestions.map(makeRow));
    active = -1;
    box.removeAttribute("aria-activedescendant");
    list.hidden = suggestions.length === 0;
    box.setAttribute("aria-expanded", String(!list.hidden));
    status.textContent = list.hidden ? "" : box.dataset.count.replace("{}", suggestions.length);
  }

  function makeRow(suggestion, number) {
    const item = document.createElement("li");
    item.id = "suggestion-" + number;
    item.setAttribute("role", "option");
    item.setAttribute("aria-selected", "false");
    item.dataset.url = suggestion.url;
    if (suggestion.kind === "search") {
      item.textContent = suggestion.label; // a sentence that has the text
      return item;
    }
    const label = document.createElement("span");
    label.textContent = suggestion.label;
    item.append(suggestion.text, " ", label);
    return item;
  }

  /* One step beyond either end of the list leads back to the text. */
  function activate(number) {
    const count = list.children.length;
    active = number >= count ? -1 : number < -1 ? count - 1 : number;
    [...list.children].forEach((item, position) => {
      item.setAttribute("aria-selected", String(position === active));
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
    if (request) request.abort();
    show([]);
  }
})();
