"""A third language that has begun, as a reader meets it: the way to it, what it falls back to, and its search."""

import pytest
from browsing import DESK, PHONE, lay_out_site, search, serving
from conftest import ROOT
from languages import COMMAND, begin_french, run_copy
from playwright.sync_api import expect

CODES = ("en", "fr", "nl")


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    """Where the miniature is served with French begun."""
    folder = begin_french(lay_out_site(tmp_path_factory.mktemp("french") / "project"))
    built = run_copy(folder, COMMAND, "build")
    assert built.returncode == 0, built.stderr
    with serving(folder / "site") as origin:
        yield origin


def names_of(links):
    return [(link.get_attribute("hreflang"), link.text_content().strip()) for link in links.all()]


def test_page_above_the_sites_leads_to_it(visit, address):
    page = visit(f"{address}/", viewport=DESK)
    links = page.locator("main a")
    assert names_of(links) == [("nl", "Nederlands"), ("en", "English"), ("fr", "Français")]
    expect(page.locator("h1")).to_have_text("Kennisbank duo-werkingenBefriending evidence baseBase de connaissances")
    links.last.click()
    page.wait_for_url(f"{address}/fr/")
    expect(page.locator("html")).to_have_attribute("lang", "fr")


def test_switch_leads_to_the_same_page_in_each(visit, address):
    page = visit(f"{address}/nl/role/mentor/", viewport=DESK)
    page.locator("a.language-switch", has_text="Français").click()
    page.wait_for_url(f"{address}/fr/role/mentor/")
    page.locator("a.language-switch", has_text="English").click()
    page.wait_for_url(f"{address}/en/role/mentor/")


def test_head_names_every_other_language(visit, address):
    page = visit(f"{address}/fr/role/mentor/", viewport=DESK)
    links = page.locator("head link[hreflang]").evaluate_all("links => links.map(link => link.hreflang)")
    assert links == ["fr", "en", "nl"]
    locales = page.locator('meta[property="og:locale:alternate"]').evaluate_all("all => all.map(one => one.content)")
    assert locales == ["en_GB", "nl_BE"]


def test_text_in_another_language_is_marked(visit, address):
    page = visit(f"{address}/fr/indicator/matching/", viewport=DESK)
    text = page.locator(".definition")
    expect(text.locator('[lang="en"]')).to_have_text("Bringing the right two together.")
    expect(text.locator("small")).to_have_text("(en anglais seulement)")
    page = visit(f"{address}/fr/about/", viewport=DESK)
    expect(page.locator('article [lang="en"] h1')).to_contain_text("About this site")


@pytest.mark.parametrize("size", [DESK, PHONE, {"width": 320, "height": 600}], ids=["desk", "phone", "small phone"])
def test_header_has_room_for_all(visit, address, size):
    page = visit(f"{address}/fr/indicator/matching/", viewport=size)
    assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
    for link in page.locator("a.language-switch").all():
        expect(link).to_be_visible()


@pytest.mark.parametrize("language", CODES)
def test_search_finds_the_names_of_all(visit, address, language):
    page = visit(f"{address}/{language}/", viewport=DESK)
    wanted = f"{address}/{language}/role/ally/"
    for words in ("ally", "allies", "bondgenoot", "bondgenootjes"):
        assert search(page, words)[:1] == [wanted], words


def test_search_speaks_what_there_is(visit, address):
    page = visit(f"{address}/fr/", viewport=DESK)
    search(page, "ally")
    expect(page.locator("#search-input")).to_have_attribute("placeholder", "Cherchez un mot ou un nom")
    expect(page.locator(".search-window__foot a")).to_have_text("All concepts from A to Z")


def test_header_has_no_barrier(visit, address):
    page = visit(f"{address}/fr/role/ally/", viewport=PHONE, bypass_csp=True)
    page.add_script_tag(path=ROOT / "node_modules" / "axe-core" / "axe.min.js")
    found = page.evaluate("axe.run('.md-header')")
    assert [(fault["id"], [node["html"] for node in fault["nodes"]]) for fault in found["violations"]] == []
