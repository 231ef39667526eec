"""Eyes, hands, paper: what axe-core finds, small screens, the keyboard, less motion, print."""

import pytest
from browsing import DESK, PATIENCE, PHONE, eventually, of_every_kind, search
from playwright.sync_api import expect

from audit import axe
from audit.kinds import LANGUAGES, NOT_FOUND, pages, sample
from kb.pages.contents import OVERVIEWS


@pytest.mark.parametrize("scheme", axe.SCHEMES)
def test_axe_finds_nothing(site, served, window, scheme):
    page = window(viewport=DESK).new_page()
    found = {}
    for path in ["", *NOT_FOUND, *of_every_kind(site)]:
        page.goto(f"{served.address}/{path}")
        found[path] = axe.findings(page, scheme)
    page.close()
    assert len(found) > 40
    assert {path: told for path, told in found.items() if told} == {}


@pytest.mark.parametrize("scheme", axe.SCHEMES)
def test_axe_finds_nothing_in_the_open_search(served, window, scheme):
    page = window(viewport=PHONE).new_page()
    page.goto(f"{served.address}/nl/about/", timeout=PATIENCE)
    search(page, "mentoring")
    assert axe.findings(page, scheme) == []
    page.close()


@pytest.mark.parametrize("width", [320, 640], ids=["320 px", "200 % of 1280 px"])
def test_no_page_scrolls_sideways(site, served, browser, width):
    context = browser.new_context(viewport={"width": width, "height": 512})
    page, wide = context.new_page(), {}
    for path in of_every_kind(site):
        page.goto(f"{served.address}/{path}")
        wide[path] = page.evaluate("document.documentElement.scrollWidth")
    context.close()
    assert {path: found for path, found in wide.items() if found > width} == {}


FOCUS = """() => {
    const style = getComputedStyle(document.activeElement);
    const label = document.activeElement.nextElementSibling;
    const outlines = [style, ...(label ? [getComputedStyle(label)] : [])];
    return [document.activeElement.outerHTML.slice(0, 90),
        outlines.some(style => style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2)];
}"""


@pytest.mark.parametrize("path", ["nl/", "en/source/dubois2002/", "nl/role/"])
def test_focus_is_seen(served, visit, path):
    page = visit(f"{served.address}/{path}", viewport=DESK)
    steps = []
    for _ in range(40):
        page.keyboard.press("Tab")
        steps.append(page.evaluate(FOCUS))
    seen = [html for html, visible in steps if visible]
    assert len(set(seen)) > 15
    assert [html for html, visible in steps if not visible and not html.startswith(("<body", "<html"))] == []


def test_search_is_opened_from_the_start_page(served, visit):
    for size in (PHONE, DESK):
        page = visit(f"{served.address}/nl/", viewport=size)
        page.get_by_role("button", name="Zoek:").press("Enter")
        expect(page.locator("#search-input")).to_be_focused(timeout=PATIENCE)


def test_wide_table_scrolls_by_keyboard(served, visit):
    page = visit(f"{served.address}/nl/rubric/", viewport={"width": 320, "height": 640})
    place = page.locator(".md-typeset__scrollwrap").first
    expect(place).to_have_attribute("tabindex", "0", timeout=PATIENCE)
    place.focus()
    page.keyboard.press("ArrowRight")
    eventually(page, "document.activeElement.scrollLeft > 0")


def test_nothing_moves_for_who_wants_that(served, browser):
    context = browser.new_context(reduced_motion="reduce")
    page = context.new_page()
    page.goto(f"{served.address}/nl/indicator/matching/")
    longest = """Math.max(...[...document.querySelectorAll("*")].flatMap(element => {
        const { transitionDuration, animationDuration } = getComputedStyle(element);
        return `${transitionDuration},${animationDuration}`.split(",").map(parseFloat);
    }))"""
    assert page.evaluate(longest) <= 0.001
    context.close()


def test_paper_shows_the_text_and_its_pictures(served, browser):
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{served.address}/nl/indicator/matching/")
    page.emulate_media(media="print")
    for name in ("header.md-header", ".md-sidebar--primary", ".md-sidebar--secondary", "footer.md-footer"):
        assert page.locator(name).is_hidden(), name
    assert page.locator(".chart-picture").first.is_visible()
    assert page.locator(".graph svg:visible").count() > 0
    after = "links => links.map(link => getComputedStyle(link, '::after').content)"
    assert set(page.locator("article a[href]").evaluate_all(after)) == {"none"}
    context.close()


def test_sample_has_every_overview(site):
    for language in LANGUAGES:
        wanted = {f"{language}/{path}/".replace("/index/", "/") for path in OVERVIEWS if path.count("/") < 2}
        assert wanted <= set(pages(site, language))
        assert {path for path in wanted if path.count("/") <= 2} <= set(sample(site, language))
