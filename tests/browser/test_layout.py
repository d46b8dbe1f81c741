"""The page fits every screen, and everyone can see its highlights."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

NewPage = Callable[..., Page]

WIDTHS = (320, 360, 768, 1280, 1600)

LONG_WORD = "ketidakbertanggungjawaban" * 7

OVERHANGING = """() => [...document.querySelectorAll("body *")].filter(element => {
  const box = element.getBoundingClientRect();
  return box.width > 1 && (box.right > innerWidth + 1 || box.left < -1);
}).map(element => element.outerHTML.slice(0, 120))"""
"""What sticks out of the window at the left or right, boxes of a pixel left out: unseen labels."""

SCROLLS_SIDEWAYS = "document.documentElement.scrollWidth > document.documentElement.clientWidth"


def test_nothing_scrolls_sideways(page: Page, path: str) -> None:
    """Every kind of page fits every width, with filters unfolded and with text twice as large."""
    page.goto(path)
    assert _misfits(page) == {}
    page.set_viewport_size({"width": 768, "height": 800})
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert not page.evaluate(SCROLLS_SIDEWAYS)


@pytest.mark.parametrize(
    "path",
    [
        f"/search?q={LONG_WORD}",
        f'/search?q="{LONG_WORD}',
        f"/search?q=harga+OR+{LONG_WORD}&tag={LONG_WORD}&not_tag=x{LONG_WORD}&tag_match={LONG_WORD}",
        f"/search?sort={LONG_WORD}",
        f"/articles/{LONG_WORD}?q={LONG_WORD}",
    ],
    ids=["nothing found", "notice", "filters", "bad request", "no article"],
)
def test_very_long_words_do_not_scroll_sideways(page: Page, path: str) -> None:
    """A long word that a reader typed is broken into lines."""
    page.goto(path)
    assert _misfits(page) == {}


@pytest.mark.parametrize("width", [320, 360, 1280])
def test_first_hit_and_chips_are_in_sight_without_scrolling(new_page: NewPage, width: int) -> None:
    """The first hit and the chips come before everything else."""
    page = new_page(viewport={"width": width, "height": 740})
    page.goto("/search?q=harga&tag=desa&tag=ekspor")
    expect(page.locator(".chip").last).to_be_in_viewport(ratio=1)
    expect(page.locator(".hit-title").first).to_be_in_viewport(ratio=1)


LINE_LENGTHS = """element => {
  const lines = {};
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    for (let offset = 0; offset < node.length; offset++) {
      const range = document.createRange();
      range.setStart(node, offset);
      range.setEnd(node, offset + 1);
      const top = Math.round(range.getBoundingClientRect().top);
      lines[top] = (lines[top] || 0) + 1;
    }
  }
  return Object.values(lines);
}"""
"""How many letters stand on each line of an element."""


def test_lines_of_an_article_are_not_too_long_to_read(new_page: NewPage, article_path: str) -> None:
    """A line has at most about 80 characters on the widest screen, in any font."""
    page = new_page(viewport={"width": 1600, "height": 900})
    page.goto(article_path)
    assert max(page.locator(".article-body p").nth(1).evaluate(LINE_LENGTHS)) <= 85


@pytest.mark.parametrize(
    "media",
    [{"color_scheme": "dark"}, {"forced_colors": "active"}, {"contrast": "more"}],
    ids=["dark", "forced colours", "more contrast"],
)
def test_marks_are_seen_in_every_scheme(
    page: Page, article_path: str, media: dict[str, str]
) -> None:
    """A highlighted word looks different from the same word elsewhere, in title and text."""
    page.emulate_media(**media)  # type: ignore[arg-type] # literals
    page.goto(article_path)
    for part in ("h1", ".article-body"):
        mark = page.locator(f"main {part} mark").first
        mark.scroll_into_view_if_needed()
        clip = mark.bounding_box()
        marked = page.screenshot(clip=clip)  # type: ignore[arg-type] # a rectangle
        mark.evaluate("element => element.replaceWith(...element.childNodes)")
        assert page.screenshot(clip=clip) != marked  # type: ignore[arg-type] # the same


def test_nothing_moves_with_reduced_motion(page: Page) -> None:
    """With reduced motion there are no transitions and no animations."""
    page.emulate_media(reduced_motion="reduce")
    page.goto("/search?q=harga")
    moving = page.evaluate(
        """() => [...document.querySelectorAll("*")].filter(element => {
          const style = getComputedStyle(element);
          return style.transitionDuration !== "0s" || style.animationName !== "none";
        }).length"""
    )
    assert moving == 0


def _misfits(page: Page) -> dict[int, list[str]]:
    """Return, by width, what makes the page scroll sideways or sticks out of it."""
    misfits: dict[int, list[str]] = {}
    page.evaluate("document.querySelectorAll('details').forEach(part => { part.open = true; })")
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        overhanging = page.evaluate(OVERHANGING)
        if overhanging or page.evaluate(SCROLLS_SIDEWAYS):
            misfits[width] = overhanging
    return misfits
