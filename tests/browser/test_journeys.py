"""What the three people of this site come to do, from the start page on: in both languages, on a phone, on a desk and
by keyboard alone.
"""

import re

import pytest
from browsing import DESK, PATIENCE, PHONE, serving
from playwright.sync_api import expect

from kb.model.records import Records
from kb.namespaces import BASE, DUO, slug_of
from kb.pages.page import Page
from kb.words import LANGUAGES

MATCHING = f"{BASE}indicator/matching"
FURTHEST = 400


@pytest.fixture(scope="module")
def address(site):
    with serving(site) as origin:
        yield origin


class Reader:
    """Someone at a page, who chooses and writes; by keyboard only by moving the focus there, one Tab at a time."""

    def __init__(self, page, *, keyboard, told):
        self.page, self.keyboard, self.told = page, keyboard, told

    def choose(self, target, key="Enter"):
        """Press a link, a button or the head of a box."""
        if self.keyboard:
            self.reach(target)
            self.page.keyboard.press(key)
        else:
            target.click()

    def answer(self, question, number):
        """Give the answer of this number, from 0, to a question with radio buttons."""
        if not self.keyboard:
            question.locator("label").nth(number).click()
            return
        self.reach(question.locator("input").first)
        self.page.keyboard.press("Space")
        for _ in range(number):
            self.page.keyboard.press("ArrowDown")

    def write(self, target, words):
        """Write into a field."""
        if self.keyboard:
            self.reach(target)
        else:
            target.click()
        self.page.keyboard.type(words)

    def reach(self, target):
        """Move the focus to `target`."""
        target.wait_for(timeout=PATIENCE)
        for _ in range(FURTHEST):
            if target.evaluate("element => element === document.activeElement"):
                return
            self.page.keyboard.press("Tab")
        pytest.fail(f"{target} is not reached within {FURTHEST} presses of Tab")

    def link(self, words):
        """The link of this name in what the page says."""
        return self.page.locator("article").get_by_role("link", name=words).first


WAYS = {"phone": (PHONE, False), "desk": (DESK, False), "keyboard": (DESK, True)}


@pytest.fixture(params=LANGUAGES)
def language(request):
    return request.param


@pytest.fixture(params=WAYS)
def reader(request, language, visit, address, real_kb):
    """Someone who has just opened the start page."""
    size, keyboard = WAYS[request.param]
    page = visit(f"{address}/{language}/", viewport=size)
    return Reader(page, keyboard=keyboard, told=Page(Records(real_kb), language, "index"))


def test_coordinator_finds_what_works_for_matching_and_whether_it_is_known(reader, language):
    page, told = reader.page, reader.told
    reader.choose(page.locator(".front-search"))
    page.keyboard.type({"en": "click", "nl": "klik"}[language])
    expect(page.locator("a.search-result").first).to_contain_text("atching", timeout=PATIENCE)
    page.keyboard.press("Enter")
    page.wait_for_url("**/indicator/matching/")
    message = page.locator(".key-message")
    expect(message).to_have_text(told.text(DUO.statement, f"{BASE}message/indicator-matching").unescape())
    expect(message).to_be_in_viewport()
    expect(page.locator(".message .state")).to_contain_text(told.term("StudiedNotJudged"))
    point = page.locator("ul.implications > li", has_text=told.plain(f"{BASE}implication/ask-both-before-pairing"))
    reader.choose(point.locator("summary"), key="Space")
    ground = point.get_by_role("link", name=told.plain(f"{BASE}claim/both-asked-separately-to-form-duo"))
    expect(ground).to_be_visible()
    reader.choose(ground)
    page.wait_for_url("**/claim/both-asked-separately-to-form-duo/")
    expect(page.locator("article")).to_contain_text(told.plain(f"{BASE}source/amssoms2015"))


def test_coordinator_prints_the_self_check(reader):
    page, told = reader.page, reader.told
    reader.choose(reader.link(told.t("self-check-title")))
    page.wait_for_url("**/tools/self-check/")
    for slug, number in (("matching", 0), ("training", 1), ("clear-agreements", 2)):
        reader.answer(page.locator(f"#{slug}"), number)
    reader.choose(page.locator(".tool button[type=submit]"))
    expect(page.locator("#result-title")).to_be_focused()
    expect(page.locator("[data-list=strengths] .tool-about a").first).to_be_visible()
    assert page.locator("[data-list=attention] > ol > li").count() == 2
    page.emulate_media(media="print")
    assert page.locator("#result-title").is_visible()
    assert page.locator(".tool-share, header.md-header").filter(visible=True).count() == 0
    pages = re.findall(rb"/Type\s*/Page\b", page.pdf(format="A4"))
    page.emulate_media(media="screen")
    assert 1 < len(pages) < 25


def test_coordinator_places_the_project_on_the_spectrum(reader):
    page, told = reader.page, reader.told
    reader.choose(reader.link(told.t("where-title")))
    page.wait_for_url("**/tools/spectrum/")
    for question in page.locator("fieldset.tool-question").all():
        reader.answer(question, 0)
    reader.choose(page.locator(".tool button[type=submit]"))
    place = page.locator(".tool-position:visible")
    expect(place).to_have_attribute("data-position", "1")
    follows = place.locator("a[href*='/indicator/']").first
    reader.choose(follows)
    page.wait_for_url("**/indicator/*/")
    expect(page.locator(".key-message")).to_be_visible()


def test_adviser_finds_a_gap_on_the_map_and_shares_it(reader, visit):
    page, told = reader.page, reader.told
    reader.choose(reader.link(told.t("map-page-title")))
    page.wait_for_url("**/evidence-map/")
    reader.choose(page.locator("#map-filters summary"))
    box = page.get_by_label(told.term("MetaAnalysis"), exact=True)
    reader.choose(box, key="Space")
    reader.choose(page.get_by_role("button", name=told.t("map-filter-apply")))
    page.wait_for_url("**/evidence-map/?design=MetaAnalysis")
    gap = page.locator("td[data-row=duo-werking][data-column=psychological]")
    expect(gap).to_have_attribute("data-state", "not-studied")
    expect(gap).to_contain_text(told.t("state-not-studied"))
    shared = visit(page.url, viewport=PHONE)
    same = shared.locator("td[data-row=duo-werking][data-column=psychological]")
    expect(same).to_have_text(gap.inner_text(), use_inner_text=True)
    full = page.locator("td[data-state]:not([data-state=not-studied]) a").first
    reader.choose(full)
    expect(page.locator("#map-dialog a").first).to_be_visible()
    page.keyboard.press("Escape")
    expect(full).to_be_focused()


def test_researcher_takes_a_source_into_a_reference_manager(reader):
    page, told = reader.page, reader.told
    reader.choose(reader.link(told.t("many-source")))
    page.wait_for_url("**/source/")
    reader.choose(reader.link(re.compile(re.escape(told.plain(f"{BASE}source/dubois2002")))))
    page.wait_for_url("**/source/dubois2002/")
    box = page.locator("details.cite", has=page.get_by_text(told.t("format-ris"), exact=True)).first
    reader.choose(box.locator("summary"), key="Space")
    with page.expect_download() as taken:
        reader.choose(box.locator("a.cite-download"))
    assert taken.value.suggested_filename.endswith(".ris")
    lines = taken.value.path().read_text("utf-8").splitlines()
    assert lines[0].startswith("TY  - JOUR")
    assert any(line.startswith("AU  - DuBois") for line in lines)
    claim = page.locator("article a[href*='/claim/']").first
    reader.choose(claim)
    page.wait_for_url("**/claim/*/")
    expect(page.locator("article a[href*='/source/dubois2002/']").first).to_be_visible()


def test_adviser_asks_which_sources_stand_behind_an_indicator(reader, real_kb):
    """From the start page to the questions, and to the answer that stands in the page."""
    page, told = reader.page, reader.told
    reader.choose(reader.link(told.t("questions-title")))
    page.wait_for_url("**/ask/")
    title = real_kb.queries["sources-of-indicator"].title(told.language)
    reader.choose(reader.link(title))
    page.wait_for_url("**/ask/sources-of-indicator/")
    rows = real_kb.answer(real_kb.queries["sources-of-indicator"]).rows
    expect(page.locator("article table tbody tr")).to_have_count(len(rows))


def test_slugs_of_the_journeys_are_there(real_kb):
    """What the journeys look for by name; if one is gone, take another."""
    known = {slug_of(iri) for kind in ("indicator", "claim", "implication") for iri in Records(real_kb).things[kind]}
    named = {"matching", "training", "clear-agreements", "both-asked-separately-to-form-duo", "ask-both-before-pairing"}
    assert named <= known
    assert Records(real_kb).value(MATCHING, DUO.standing) == str(DUO.StudiedNotJudged)
