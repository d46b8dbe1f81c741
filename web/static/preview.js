/* On a very wide screen, shows the article of the hit under the pointer or in focus beside the results. */
(function () {
  "use strict";

  const preview = document.getElementById("preview");
  const hits = document.querySelector(".hits");
  const wide = window.matchMedia("(min-width: 100rem)");
  if (!hits) return;

  const pauseMilliseconds = 150;
  const paragraphsMost = 12;
  const keptMost = 100;
  const pages = new Map();
  let shown = null;
  let waiting = null;
  let loading = null;

  /* The link to the article of the hit that an element stands in. */
  function linkOf(target) {
    const hit = target && target.closest(".hit");
    return hit && hit.querySelector(".hit-title a");
  }

  function wait(target) {
    const link = linkOf(target);
    if (!wide.matches || !link || link.href === shown) return;
    clearTimeout(waiting);
    waiting = setTimeout(show, pauseMilliseconds, link);
  }

  async function show(link) {
    shown = link.href;
    if (loading) loading.abort();
    loading = new AbortController();
    try {
      const parts = pages.get(link.href) || (await load(link, loading.signal));
      if (shown !== link.href) return;
      preview.replaceChildren(...parts.map((part) => part.cloneNode(true)));
      preview.scrollTop = 0;
      preview.hidden = false;
    } catch (error) {
      if (error.name === "AbortError") return;
      shown = null;
      console.info("No preview", error);
    }
  }

  async function load(link, signal) {
    // The neighbours of the article, which its rank asks for, are not shown here.
    const address = new URL(link.href);
    address.searchParams.delete("rank");
    const answer = await fetch(address, { signal: signal });
    if (!answer.ok) throw new Error(answer.status);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const parts = partsOf(page.querySelector(".article"), link.href);
    if (pages.size >= keptMost) pages.delete(pages.keys().next().value);
    pages.set(link.href, parts);
    return parts;
  }

  /* Headline, byline and the first paragraphs. */
  function partsOf(article, address) {
    const heading = document.createElement("h2");
    const link = document.createElement("a");
    link.href = address;
    link.tabIndex = -1;
    link.append(...article.querySelector("h1").childNodes);
    heading.className = article.querySelector("h1").className;
    heading.append(link);
    const byline = article.querySelector(".byline");
    byline.removeAttribute("id");
    for (const each of byline.querySelectorAll("a")) each.replaceWith(...each.childNodes);
    const body = article.querySelector(".article-body");
    for (const each of [...body.children].slice(paragraphsMost)) each.remove();
    heading.lang = body.lang = article.lang;
    return [heading, byline, body].map((part) => document.importNode(part, true));
  }

  hits.addEventListener("pointerover", (event) => wait(event.target));
  hits.addEventListener("focusin", (event) => wait(event.target));
  wide.addEventListener("change", () => wait(hits.querySelector(".hit")));
  wait(hits.querySelector(".hit"));
})();
