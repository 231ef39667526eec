"""What a first visit to a page sends over the wire, compressed, with the search opened."""

from dataclasses import dataclass

from playwright.sync_api import Browser

from audit.server import Served

LIMIT = 300_000  # bytes
SIZE = {"width": 360, "height": 740}
# A word that both languages know.
_WORD = "mentoring"


@dataclass(frozen=True)
class Weight:
    """Bytes of a first visit to a page: all, and of that what opening the search fetched."""

    page: str
    bytes: int
    search: int


def weigh(browser: Browser, served: Served, page: str) -> Weight:
    """Visit a page of the site with nothing kept from before, search, and count what was sent."""
    served.sent.clear()
    context = browser.new_context(viewport=SIZE)  # type: ignore[arg-type]
    tab = context.new_page()
    tab.set_default_timeout(60_000)
    tab.goto(f"{served.address}/{page}", wait_until="networkidle")
    before = sum(served.sent.values())
    tab.locator("a.search-button, label.md-header__button[for=__search]").click()
    tab.locator("#search-input, [data-md-component=search-query]").press_sequentially(_WORD)
    tab.locator("a.search-result, .md-search-result__link").first.wait_for()
    tab.wait_for_load_state("networkidle")
    context.close()
    every = sum(served.sent.values())
    return Weight(page, every, every - before)
