"""The evidence map: what its cells count, and that the page, its filters and its files say the same."""

import csv
import html
import io
import re
from itertools import chain, combinations

import pytest
from browsing import DESK, PHONE, eventually, serving
from playwright.sync_api import expect
from rdflib import SKOS

from kb.answers import spreadsheet_csv
from kb.model.evidence import state
from kb.model.gap_matrix import (
    NOT_STATED,
    backing,
    evidence_map,
    findings,
    interventions,
    matrix,
)
from kb.model.records import DIRECTIONS, EvidenceItem, Place, Records
from kb.namespaces import BASE, DUO
from kb.pages.page import Page
from kb.pages.subjects import evidence_map as shown

PSYCHOLOGICAL = f"{BASE}domain/psychological"
BEFRIENDING, MENTORING = f"{BASE}concept/befriending", f"{BASE}concept/mentoring"
DUOS = f"{BASE}concept/duo-werking"
PLACE = "evidence-map/"


@pytest.fixture(scope="module")
def tiny_records(tiny_kb):
    return Records(tiny_kb)


@pytest.fixture(scope="module")
def records(real_kb):
    return Records(real_kb)


@pytest.fixture(scope="module")
def address(site):
    with serving(site) as origin:
        yield origin


# -- what is counted


def test_cells_of_the_miniature(tiny_records):
    found = evidence_map(tiny_records)
    assert (found.rows, found.columns) == ((BEFRIENDING, MENTORING, NOT_STATED), (PSYCHOLOGICAL,))
    told = {
        row: (cell.state, cell.claims, cell.sources, cell.directions, cell.designs)
        for (row, _), cell in found.cells.items()
    }
    assert told == {
        BEFRIENDING: ("supported", 1, 1, {"Supports": 1}, {"InterviewStudy": 1}),
        MENTORING: ("mixed", 3, 1, {"Contradicts": 1, "NoEffectFound": 2}, {"ControlledStudy": 1}),
        NOT_STATED: ("not-studied", 1, 1, {"Qualifies": 1}, {"LiteratureReview": 1}),
    }


def test_what_nobody_looked_at_is_there_too(tiny_records):
    found = matrix(findings(tiny_records), (BEFRIENDING, "new"), (PSYCHOLOGICAL, "other"))
    empty = {key for key, cell in found.cells.items() if not cell.findings}
    assert empty == {("new", PSYCHOLOGICAL), (BEFRIENDING, "other"), ("new", "other")}
    assert {found.cells[key].state for key in empty} == {"not-studied"}


def test_narrower_interventions_stand_below_the_wider_one(records):
    order = list(interventions(records).items())
    assert order[-1] == (NOT_STATED, 0)
    for at, (iri, depth) in enumerate(order[:-1]):
        wider = records.values(iri, SKOS.broader)
        nearest = next((name for name, other in reversed(order[:at]) if other == depth - 1), None)
        assert nearest in wider if depth else wider == []


def test_cells_are_those_of_the_question(real_kb, records):
    """The same rule written twice, in SPARQL and in Python."""
    answer = real_kb.answer(real_kb.queries["outcomes-by-intervention"])
    cells = {
        (row, column, cell.claims, cell.sources, len({study.name for study in cell.studies}))
        for (row, column), cell in evidence_map(records).cells.items()
        if row and cell.findings
    }
    assert cells == {(*map(str, row[:2]), *map(int, row[2:])) for row in answer.rows}


# What studies found, as the first letters of the directions, and what that makes.
STATES = {
    "": "not-studied", "S": "supported", "Q": "mixed", "C": "against", "N": "no-effect", "SQ": "supported",
    "SC": "mixed", "SN": "mixed", "QC": "mixed", "QN": "mixed", "CN": "mixed", "SQC": "mixed", "SQN": "mixed",
    "SCN": "mixed", "QCN": "mixed", "SQCN": "mixed",
}  # fmt: skip


def test_state_of_each_mixture():
    mixtures = chain.from_iterable(combinations(DIRECTIONS, n) for n in range(5))
    told = {
        "".join(name[0] for name in mixture): state([said("Contradicts"), *map(found_by_a_study, mixture)])
        for mixture in mixtures
    }
    assert told == STATES


def said(direction, *, study="other", basis="Statement"):
    """An evidence item of which only the direction, the study and the basis matter."""
    read = ("Original", (), "", "", "", "")
    return EvidenceItem("item", "claim", study, study, direction, basis, "NoComparison", (), (), *read, (), (), Place())


def found_by_a_study(direction):
    return said(direction, study=f"study of {direction}", basis="OwnData")


def test_backing_counts_as_the_standing_does(records):
    for iri in records.things["indicator"]:
        known = backing(records, iri)
        studies = {records.value(source, DUO.study) for source in (*known.own, *known.borrowed)}
        assert len(studies) == records.number(iri, DUO.singleStudies) + records.number(iri, DUO.reviews), iri
        assert not {*known.others} & {*known.own, *known.borrowed}


# -- files


def table(text):
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text[1:])))


@pytest.mark.parametrize("language", ["en", "nl"])
def test_files_hold_every_cell_and_every_fact(language, records):
    page = Page(records, language, "evidence-map")
    cells, items = table(shown.cells_csv(page)), table(shown.items_csv(page))
    assert len(cells) == len(evidence_map(records).cells)
    pairs = {(finding.item.claim, finding.item.source) for finding in findings(records)}
    assert {(f"{BASE}claim/{row['claim']}", f"{BASE}source/{row['source']}") for row in items} == pairs


def test_csv_keeps_any_text():
    rows = [["a,b", 'say "no"'], ["two\nlines", "naïef"]]
    assert list(csv.reader(io.StringIO(spreadsheet_csv([["x", "y"], *rows])[1:]))) == [["x", "y"], *rows]


# -- the page


def cells_in(page):
    """What each cell says, as a reader sees it."""
    read = """cells => cells.map(cell => [`${cell.dataset.row}.${cell.dataset.column}`,
        cell.innerText.split('\\n').map(line => line.trim()).filter(line => line)])"""
    page.wait_for_load_state("load")
    return dict(page.locator("#map-outcomes td").evaluate_all(read))


def cells_of(page, found):
    """What each cell should say."""
    return {
        f"{shown.code(row)}.{shown.code(column)}": lines_of(shown.cell_words(page, cell, column))
        for (row, column), cell in found.cells.items()
    }


def lines_of(markup):
    text = html.unescape(re.sub(r"<[^>]*>", "\n", markup))
    return [line.strip() for line in text.splitlines() if line.strip()]


@pytest.mark.parametrize("language", ["en", "nl"])
def test_without_script_every_fact_is_there(visit, address, language, records):
    page = visit(f"{address}/{language}/{PLACE}", viewport=PHONE, java_script_enabled=False)
    expect(page.locator("#map-filters")).to_be_hidden()
    expected = cells_of(Page(records, language, "evidence-map"), evidence_map(records))
    assert cells_in(page) == expected
    links = page.locator("#map-facts a").evaluate_all("links => links.map(link => link.href)")
    wanted = {
        f"{address}/{language}/{iri.removeprefix(BASE)}/"
        for finding in findings(records)
        for iri in (finding.item.claim, finding.item.source)
    }
    assert set(links) == wanted
    page.locator("td[data-row=befriending][data-column=psychological] a").click()
    expect(page.locator("#facts-psychological")).to_be_in_viewport()


# A selection as in the address, and which findings it keeps, with the entry of the source.
SELECTIONS = {
    "directness=borrowed&language=dutch": lambda finding, source: (
        BEFRIENDING not in finding.item.studied_in
        and DUOS not in finding.item.studied_in
        and finding.item.studied_in
        and source.fields.get("langid") == "dutch"
    ),
    "design=MetaAnalysis&design=ControlledStudy": lambda finding, _: (
        finding.design in ("MetaAnalysis", "ControlledStudy")
    ),
    "from=2005&to=2010": lambda _, source: "2005" <= source.year[:4] <= "2010",
}


@pytest.mark.parametrize("language", ["en", "nl"])
@pytest.mark.parametrize("selection", SELECTIONS)
def test_the_script_counts_as_the_program_does(visit, address, language, selection, records):
    keep = SELECTIONS[selection]
    kept = [finding for finding in findings(records) if keep(finding, records.source(finding.item.source))]
    assert 0 < len(kept) < len(findings(records))
    told = Page(records, language, "evidence-map")
    expected = cells_of(told, matrix(kept, interventions(records), records.things["domain"]))
    page = visit(f"{address}/{language}/{PLACE}?{selection}", viewport=DESK)
    here = told.t("map-none-here")
    assert {name: [line for line in lines if line != here] for name, lines in cells_in(page).items()} == expected
    expect(page.locator("#map-shown")).to_contain_text(told.t("map-shown", n=len(kept), all=len(findings(records))))
    page.get_by_role("button", name=told.t("map-filter-clear")).click()
    page.wait_for_url(f"{address}/{language}/{PLACE}")
    assert cells_in(page) == cells_of(told, evidence_map(records))


@pytest.mark.parametrize(("language", "words"), [("en", "young"), ("nl", "jongeren")])
def test_a_gap_is_found_and_shared(visit, address, language, words, records):
    page = visit(f"{address}/{language}/{PLACE}", viewport=PHONE)
    told = Page(records, language, "evidence-map")
    page.get_by_text(told.t("map-filters"), exact=True).click()
    page.get_by_label(told.term("Participant"), exact=True).check()
    page.get_by_label(told.t("map-filter-group"), exact=True).and_(page.locator("input")).fill(words)
    page.get_by_role("button", name=told.t("map-filter-apply")).click()
    page.wait_for_url(f"{address}/{language}/{PLACE}?for=Participant&group={words}")
    befriending = page.locator("td[data-row=befriending][data-column=psychological]")
    expect(befriending).to_contain_text(told.t("map-none-here"))
    friend = visit(page.url, viewport=DESK)
    assert cells_in(friend) == cells_in(page)
    expect(friend.get_by_label(told.term("Participant"), exact=True)).to_be_checked()
    page.go_back()
    page.wait_for_url(f"{address}/{language}/{PLACE}?for=Participant")
    expect(page.locator("input[name=group]")).to_have_value("")
    other = page.locator("a.language-switch").get_attribute("href")
    assert other.endswith("?for=Participant")


@pytest.mark.parametrize("language", ["en", "nl"])
def test_claims_behind_a_cell_by_keyboard(visit, address, language, records):
    page = visit(f"{address}/{language}/{PLACE}", viewport=DESK)
    link = page.locator("td[data-row=mentoring][data-column=psychological] a")
    link.focus()
    page.keyboard.press("Enter")
    dialog = page.locator("#map-dialog")
    expect(dialog).to_be_visible()
    assert page.evaluate("document.activeElement.closest('dialog') !== null")
    page.wait_for_url(lambda url: url.endswith("?cell=mentoring.psychological"))
    cell = evidence_map(records).cells[(MENTORING, PSYCHOLOGICAL)]
    claims = {f"{address}/{language}/{finding.item.claim.removeprefix(BASE)}/" for finding in cell.findings}
    sources = {f"{address}/{language}/{finding.item.source.removeprefix(BASE)}/" for finding in cell.findings}
    links = dialog.locator("a").evaluate_all("links => links.map(link => link.href)")
    assert set(links) == claims | sources
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    page.wait_for_url(f"{address}/{language}/{PLACE}")
    expect(link).to_be_focused()


def test_an_address_opens_its_cell(visit, address):
    page = visit(f"{address}/en/{PLACE}?directness=borrowed&cell=mentoring.society", viewport=PHONE)
    dialog = page.locator("#map-dialog")
    expect(dialog).to_be_visible()
    dialog.get_by_role("button", name="Close").click()
    page.wait_for_url(f"{address}/en/{PLACE}?directness=borrowed")


def test_an_address_that_means_nothing_changes_nothing(visit, address, records):
    page = visit(f"{address}/en/{PLACE}?design=%3Cb%3E&cell=nowhere&from=x", viewport=DESK)
    assert cells_in(page) == cells_of(Page(records, "en", "evidence-map"), evidence_map(records))
    expect(page.locator("#map-dialog")).to_be_hidden()


def test_what_is_shown_comes_as_a_file(visit, address, records):
    page = visit(f"{address}/nl/{PLACE}?design=MetaAnalysis", viewport=DESK)
    with page.expect_download() as download:
        page.get_by_role("button", name="Download wat je ziet").click()
    rows = table(download.value.path().read_text("utf-8"))
    told = Page(records, "nl", "evidence-map")
    design = told.t("design")
    assert rows == [row for row in table(shown.items_csv(told)) if row[design] == "meta-analyse"] != []


@pytest.mark.parametrize("language", ["en", "nl"])
def test_map_fits_a_narrow_phone(visit, address, language):
    page = visit(f"{address}/{language}/{PLACE}", viewport={"width": 320, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    box = page.locator(".map-box").first
    box.focus()
    page.keyboard.press("ArrowRight")
    eventually(page, "document.querySelector('.map-box').scrollLeft > 0")
    edges = "box => box.querySelector('tbody th').getBoundingClientRect().left - box.getBoundingClientRect().left"
    assert box.evaluate(edges) < 3
