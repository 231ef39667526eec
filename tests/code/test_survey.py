"""Two works with a survey each, and sections with the same numbers: what is one's is never shown as the other's.

The second has its survey and its sections in tables, as CONTRIBUTING tells.
"""

import shutil

import pytest
from conftest import DATA, ROOT

from kb.checks.validation import validate
from kb.content.knowledge_base import load_knowledge_base
from kb.content.queries import load_query
from kb.model.records import Records
from kb.namespaces import DUO, expand
from kb.pages.page import Page
from kb.pages.subjects import recomputed, sections_of_works, survey

# What the miniature's own work says besides, so that both have a section 5.2.
ADDED = """
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix duo: <https://w3id.org/duo-kb/ontology#> .
@prefix source: <https://w3id.org/duo-kb/source/> .
@prefix section: <https://w3id.org/duo-kb/section/> .
@prefix claim: <https://w3id.org/duo-kb/claim/> .
@prefix indicator: <https://w3id.org/duo-kb/indicator/> .

section:clark2016--5-2 a duo:ReportSection ; dcterms:isPartOf source:clark2016 ; duo:position 1 ; skos:notation "5.2" ;
    skos:prefLabel "Matches"@en , "Matches"@nl .

claim:pairs-last a duo:Claim ; duo:about indicator:matching ; duo:kind duo:Prevalence ;
    duo:statement "Pairs last."@en , "Duo’s duren."@nl ;
    duo:reportedIn source:clark2016 ; duo:section "5.2" ; duo:supportedBy source:clark2016 .
"""
ADDITIONS = ("evidence/added.ttl", "evidence/brown2008/")
SURVEY, OTHER = str(DUO.survey), str(DUO.brownSurvey)


@pytest.fixture
def page(tiny):
    (tiny / "evidence/added.ttl").write_text(ADDED, "utf-8")
    shutil.copytree(DATA / "brown2008", tiny / "evidence/brown2008")
    kb = load_knowledge_base(tiny)
    assert [fault.render("en") for fault in validate(kb) if fault.file.startswith(ADDITIONS)] == []
    return Page(Records(kb), "en", "question/index")


def test_questions_stand_under_their_survey_and_its_titles(page):
    told = [
        (head.heading, title, subtitle, [question.thing.iri for question in questions])
        for head, parts in survey.overview(page)["surveys"]
        for title, sections in parts
        for subtitle, questions in sections
    ]
    assert told == [
        ("Survey of eight schools", "Who answered", "", [expand("question:trained")]),
        ("Survey of three towns", "section 5.1", "", [expand("question:meetings")]),
    ]


def test_surveys_are_named(page):
    assert survey.named(page, page.records.things["question"]) == (
        "survey of eight schools (8 respondents); survey of three towns (22 respondents)"
    )


def test_shares_are_reckoned_by_survey(page):
    """Half of 8 is 4, of which "ruim" leaves 3 or less in the one work; in the other it adds to 6 of 11."""
    found = {data: recomputed.rows_by_section(page, data) for data in recomputed.surveys(page)}
    assert {data: [(heading, rows[0].counts) for heading, rows in sections] for data, sections in found.items()} == {
        OTHER: [("5.1 Who answered", "3 of 8")],
        SURVEY: [("section 5.1", "6 of 11")],
    }
    assert recomputed.sums(page, OTHER)[0].endswith("or all 8 respondents where that total is not known.")


def test_sections_stand_under_their_work(page):
    assert {work: sections_of_works.numbered(page, work) for work in sections_of_works.works(page)} == {
        expand(f"source:{work}"): {number: expand(f"section:{work}--{number.replace('.', '-')}") for number in numbers}
        for work, numbers in {"brown2008": ["5.1", "5.2"], "clark2016": ["5.2"]}.items()
    }


# What the real questions answer of the two works: the last columns of each row, names without their kind.
ANSWERS = {
    "sections-without-claims": [("brown2008", "5.1"), ("brown2008", "5.2")],
    "works-section-by-section": [
        ("brown2008", "5.1", "0", "1", "0"),
        ("brown2008", "5.2", "0", "0", "0"),
        ("clark2016", "5.2", "1", "0", "0"),
    ],
}


@pytest.mark.parametrize(("name", "expected"), ANSWERS.items())
def test_questions_tell_sections_of_works_apart(name, expected, page):
    rows = page.records.kb.select(load_query(ROOT / f"queries/{name}.rq").text).rows
    assert [(work.rpartition("/")[2], *map(str, others)) for work, _, *others in rows] == expected
