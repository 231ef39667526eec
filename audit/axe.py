"""axe-core on pages of the site, in light and in dark."""

import concurrent.futures
from collections.abc import Iterator, Sequence
from pathlib import Path

from playwright.sync_api import Page

from audit.browser import browsing

ROOT = Path(__file__).parent.parent
SCHEMES = {"light": "default", "dark": "slate"}
TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
SIZE = {"width": 1280, "height": 900}
_RUN = """async ([tags, scheme]) => {
    document.body.setAttribute("data-md-color-scheme", scheme);
    const still = new CSSStyleSheet();
    still.replaceSync("* { transition: none !important }");
    document.adoptedStyleSheets = [still];
    const found = await axe.run({ runOnly: tags, resultTypes: ["violations"] });
    return found.violations.flatMap(rule => rule.nodes.map(node =>
        `${rule.id}: ${node.target.join(" ")} (${node.any.concat(node.all, node.none).map(one => one.message)[0]})`));
}"""


def findings(page: Page, scheme: str) -> list[str]:
    """What axe-core finds on the page as it stands, each as rule, element and reason; at best nothing."""
    if not page.evaluate("'axe' in window"):
        page.evaluate((ROOT / "node_modules" / "axe-core" / "axe.min.js").read_text("utf-8"))
    found: list[str] = page.evaluate(_RUN, [list(TAGS), SCHEMES[scheme]])
    return found


def audit(addresses: Sequence[str], processes: int = 2) -> list[str]:
    """What axe-core finds on pages in both schemes, a line a finding, beginning with address and scheme."""
    shares = [addresses[start::processes] for start in range(processes)]
    with concurrent.futures.ProcessPoolExecutor(processes) as pool:
        return sorted(line for lines in pool.map(_on_each, shares) for line in lines)


def _on_each(addresses: Sequence[str]) -> list[str]:
    with browsing() as browser:
        page = browser.new_page(viewport=SIZE)  # type: ignore[arg-type]
        return [line for address in addresses for line in _on_one(page, address)]


def _on_one(page: Page, address: str) -> Iterator[str]:
    page.goto(address)
    for scheme in SCHEMES:
        yield from (f"{address} {scheme}: {line}" for line in findings(page, scheme))
