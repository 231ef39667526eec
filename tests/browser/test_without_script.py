"""Anywhere, with little: from an unpacked archive, and without script."""

import shutil
import zipfile

from browsing import DESK, PATIENCE, PHONE, of_every_kind, search, serving
from playwright.sync_api import expect


def test_unpacked_zip_works(site, tmp_path, visit):
    """Served by `python -m http.server` below a path of its own, from an archive that was unpacked elsewhere."""
    shutil.make_archive(str(tmp_path / "site"), "zip", site)
    with zipfile.ZipFile(tmp_path / "site.zip") as archive:
        archive.extractall(tmp_path / "any" / "where")
    with serving(tmp_path / "any") as origin:
        page = visit(f"{origin}/where/nl/indicator/matching/", viewport=DESK)
        assert search(page, "klik")[0].startswith(f"{origin}/where/nl/")
        page.goto(f"{origin}/where/")
        page.get_by_role("link", name="English").click()
        expect(page.locator("h1")).to_contain_text("Befriending evidence base", timeout=PATIENCE)


HIDDEN = """() => {
    const shown = element => element.checkVisibility({ visibilityProperty: true });
    const folded = element => element.closest("details:not([open]) > :not(summary), svg, noscript");
    const meant = ".graph-narrow, .graph-wide, [data-search-open], .cite-copy, .headerlink, form, [role=status], "
        + "[hidden], [data-live], .map-tools, dialog";
    return [...document.querySelectorAll("article *")]
        .filter(element => [...element.childNodes].some(node => node.nodeType === 3 && node.data.trim()))
        .filter(element => !shown(element) && !folded(element) && !element.closest(meant))
        .map(element => `${element.localName}.${element.className}: ${element.textContent.trim().slice(0, 60)}`);
}"""


def test_everything_is_there_without_script(site, served, browser):
    """All text of an article is shown, or stands in a box that the reader opens without script."""
    context = browser.new_context(viewport=PHONE, java_script_enabled=False)
    page, hidden = context.new_page(), {}
    for path in of_every_kind(site):
        page.goto(f"{served.address}/{path}")
        hidden[path] = page.evaluate(HIDDEN)
        assert page.locator("article h1").is_visible(), path
    context.close()
    assert {path: found for path, found in hidden.items() if found} == {}


def test_boxes_open_without_script(served, browser):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{served.address}/nl/source/dubois2002/")
    box = page.locator("details.cite").first
    box.locator("summary").click()
    expect(box.locator(".cite-text")).to_be_visible()
    context.close()
