"""Privacy: no other host learns of a reader, and no foreign script runs.

Every other test of this folder fails too when its pages ask another host, or when the browser
complains: see `new_page`.
"""

import pytest
from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser


def test_page_asks_only_for_its_own_parts(page: Page, path: str) -> None:
    """A page loads style sheets, scripts, fonts and its icon: no picture, no data behind it."""
    types: list[str] = []
    page.on("request", lambda request: types.append(request.resource_type))
    page.goto(path)
    assert types.count("document") == 1
    assert set(types) <= {"document", "script", "stylesheet", "font", "other"}


def test_foreign_script_does_not_run(browser: Browser, address: str) -> None:
    """The security policy blocks a script that a flaw might let in."""
    page = browser.new_page()  # one whose console may complain
    page.goto(address)
    page.evaluate(
        """() => {
          const script = document.createElement("script");
          script.textContent = "document.title = 'foreign'";
          document.body.append(script);
        }"""
    )
    title = page.title()
    page.close()
    assert title == "Kliping"


def test_words_of_a_reader_are_never_markup(page: Page) -> None:
    """A query that looks like HTML is shown as it was typed."""
    text = "<img src=x onerror=alert(1)> \"><script>document.title='foreign'</script>"
    page.goto("/")
    page.get_by_label("Cari artikel", exact=True).fill(text)
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=**")
    assert page.get_by_label("Cari artikel", exact=True).input_value() == text
    assert page.locator("main img, main script").count() == 0
    assert page.title().endswith("Kliping")


def test_cookies_are_not_set(page: Page) -> None:
    """The site needs none."""
    page.goto("/")
    page.goto("/search?q=harga")
    assert page.context.cookies() == []
