"""How far a thing was studied: which standing and counts follow from which evidence (rules/75 to 80), case by case."""

from typing import NamedTuple

import pytest

from kb.checks.validation import validate
from kb.content.knowledge_base import load_knowledge_base
from kb.model.evidence import tally
from kb.model.records import Records
from kb.namespaces import BASE, DUO
from kb.pages.page import Page
from kb.pages.subjects.standings import badge, rows

# Works of tests/data/tiny: adams2001 interviewed in befriending, brown2008 ran a trial of mentoring, clark2016
# reviewed literature on nobody knows what. Each case adds claims about one new outcome.
NEW = f"{BASE}outcome/new"
HEAD = """@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix duo: <https://w3id.org/duo-kb/ontology#> .
@prefix claim: <https://w3id.org/duo-kb/claim/> .
@prefix evidence: <https://w3id.org/duo-kb/evidence/> .
@prefix concept: <https://w3id.org/duo-kb/concept/> .
@prefix domain: <https://w3id.org/duo-kb/domain/> .
@prefix outcome: <https://w3id.org/duo-kb/outcome/> .
@prefix caveat: <https://w3id.org/duo-kb/caveat/> .
@prefix source: <https://w3id.org/duo-kb/source/> .

outcome:new a duo:Outcome ; duo:position 9 ; skos:broader domain:psychological ; duo:beneficiary duo:Participant ;
    skos:prefLabel "more rest"@en , "meer rust"@nl ; skos:definition "Rest."@en , "Rust."@nl ;
    dcterms:source source:clark2016 .

caveat:unsure a duo:Caveat ; duo:about outcome:new ; duo:severity duo:Doubt ;
    duo:statement "It was not looked at."@en , "Het is niet bekeken."@nl ; dcterms:source source:clark2016 .
"""
CLAIM = """
claim:new-{number} a duo:Claim ; duo:about outcome:new ; duo:kind duo:{said.kind} ;
    duo:statement "New {number}."@en , "Nieuw {number}."@nl ;
    duo:reportedIn source:clark2016 ; duo:section "9" ;
    duo:{said.verdict} source:{said.source} .
evidence:new-{number}--{said.source} {said.item} .
"""


class Said(NamedTuple):
    source: str
    item: str
    verdict: str = "supportedBy"
    kind: str = "Outcome"


BEFRIENDING, MENTORING = Said("adams2001", "duo:basis duo:OwnData"), Said("brown2008", "duo:basis duo:OwnData")
POOLED = Said("clark2016", "duo:basis duo:PooledData")
MERELY_SAID = Said("adams2001", "duo:basis duo:Statement")
LISTED, PRACTICE = Said("clark2016", "duo:basis duo:Listed"), Said("adams2001", "duo:basis duo:Practice")
DISCOUNTED = Said("brown2008", "duo:basis duo:OwnData ; duo:discountedBy caveat:unsure")
# The claims; the standing; how many single studies and reviews.
CASES = {
    "nothing": ([], "NoSource", (0, 0)),
    "said": ([MERELY_SAID], "SaidOnly", (0, 0)),
    "practice": ([PRACTICE], "SaidOnly", (0, 0)),
    "listed": ([LISTED, MERELY_SAID], "ListedOnly", (0, 0)),
    "counted": ([BEFRIENDING._replace(kind="Prevalence"), LISTED], "CountedOnly", (0, 0)),
    "defined from data": ([BEFRIENDING._replace(kind="Definition")], "SaidOnly", (0, 0)),
    "discounted": ([DISCOUNTED], "SaidOnly", (0, 0)),
    "one study": ([BEFRIENDING], "StudiedNotJudged", (1, 0)),
    "one study, two claims": ([BEFRIENDING, BEFRIENDING], "StudiedNotJudged", (1, 0)),
    "two studies": ([BEFRIENDING, MENTORING], "StudiedNotJudged", (2, 0)),
    "a study and a review": ([BEFRIENDING, POOLED, LISTED], "StudiedNotJudged", (1, 1)),
    "no effect is a finding": ([MENTORING._replace(verdict="noEffectFoundBy")], "StudiedNotJudged", (1, 0)),
}
SAME_STUDY = "source:adams2001 duo:sameStudyAs source:brown2008 .\n"


@pytest.fixture
def with_claims(tiny):
    """The miniature with an outcome more and claims about it, loaded; nothing in it is at fault."""

    def load(claims, more=""):
        texts = [HEAD, more, *(CLAIM.format(number=number, said=said) for number, said in enumerate(claims))]
        (tiny / "evidence/new.ttl").write_text("".join(texts), "utf-8")
        kb = load_knowledge_base(tiny)
        assert validate(kb) == []
        return Records(kb)

    return load


def counts(records, iri):
    return records.number(iri, DUO.singleStudies), records.number(iri, DUO.reviews)


@pytest.mark.parametrize("case", CASES)
def test_standing_follows_from_the_evidence(case, with_claims):
    claims, standing, studies = CASES[case]
    records = with_claims(claims)
    assert records.values(NEW, DUO.standing) == [str(DUO[standing])]
    assert counts(records, NEW) == studies


@pytest.mark.parametrize("case", CASES)
def test_pages_count_the_same(case, with_claims):
    records = with_claims(CASES[case][0])
    found = tally(records.weighing_on(NEW), records.evidence_about(NEW))
    assert (len(found.single), len(found.reviews)) == CASES[case][2]


def test_two_works_on_one_study_are_one(with_claims):
    records = with_claims([BEFRIENDING, MENTORING], SAME_STUDY)
    assert counts(records, NEW) == (1, 0)


def test_a_study_counts_in_the_direction_of_its_best_comparison(with_claims):
    compared = Said("brown2008", "duo:basis duo:OwnData", "noEffectFoundBy")
    records = with_claims([BEFRIENDING, compared], SAME_STUDY)
    assert tally(records.weighing_on(NEW), ()).directions == {"NoEffectFound": 1}


def test_claims_about_an_outcome_count_for_its_domain(with_claims):
    domain = f"{BASE}domain/psychological"
    before = counts(with_claims([]), domain)
    assert before == (2, 0)
    assert counts(with_claims([POOLED]), domain) == (2, 1)


@pytest.mark.parametrize(("name", "more"), [("befriending", 1), ("mentoring", 0)])
def test_an_intervention_counts_only_what_studied_it(name, more, with_claims):
    concept, about = f"{BASE}concept/{name}", f"claim:new-0 duo:about concept:{name} .\n"
    before, _ = counts(with_claims([]), concept)
    assert counts(with_claims([BEFRIENDING], about), concept) == (before + more, 0)


@pytest.mark.parametrize(
    ("language", "label", "more"),
    [
        ("en", "studied, not (all) judged yet", "1 study, on mentoring"),
        ("nl", "onderzocht, nog niet (alles) beoordeeld", "1 onderzoek, over mentoring"),
    ],
)
def test_standing_in_words(language, label, more, with_claims):
    page = Page(with_claims([MENTORING]), language, "outcome/new", NEW)
    shown = badge(page, NEW)
    assert label in shown
    assert more in shown


def test_what_is_borrowed_comes_after_what_is_our_own(with_claims):
    page = Page(with_claims([MENTORING, BEFRIENDING, POOLED]), "en", "outcome/new", NEW)
    assert [(row.intervention.removeprefix(BASE), row.own) for row in rows(page, NEW)] == [
        ("concept/befriending", True),
        ("concept/mentoring", False),
        ("", False),
    ]


def test_only_what_can_be_studied_has_a_standing(with_claims):
    page = Page(with_claims([]), "en", "outcome/new", NEW)
    assert badge(page, f"{BASE}source/adams2001") == ""
