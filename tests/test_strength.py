"""The rubric: which label for strength and state follows from which evidence (rules/75 and 80), case by case."""

from typing import NamedTuple

import pytest

from kb.knowledge_base import load_knowledge_base
from kb.namespaces import BASE, DUO
from kb.pages.page import Page
from kb.pages.strengths import badge, count_line
from kb.records import Records
from kb.validation import validate

# Designs and subjects of tests/data/tiny: adams2001 interviewed in befriending, brown2008 ran a controlled study of
# mentoring, clark2016 reviewed literature on nobody knows what. Each case adds claims about one new outcome.
NEW = f"{BASE}outcome/new"
HEAD = """@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix duo: <https://w3id.org/duo-kb/ontology#> .
@prefix claim: <https://w3id.org/duo-kb/claim/> .
@prefix concept: <https://w3id.org/duo-kb/concept/> .
@prefix domain: <https://w3id.org/duo-kb/domain/> .
@prefix outcome: <https://w3id.org/duo-kb/outcome/> .
@prefix source: <https://w3id.org/duo-kb/source/> .

outcome:new a duo:Outcome ; duo:position 9 ; skos:broader domain:psychological ; duo:beneficiary duo:Participant ;
    skos:prefLabel "more rest"@en , "meer rust"@nl ; skos:definition "Rest."@en , "Rust."@nl ;
    dcterms:source source:clark2016 .
"""
CLAIM = """
claim:new-{number} a duo:Claim ; duo:about outcome:new ; duo:kind duo:{said.kind} ;
    duo:statement "New {number}."@en , "Nieuw {number}."@nl ;
    duo:reportedIn source:{said.read_in} ; duo:section "9" ;
    duo:{said.verdict} source:{said.source} {said.more}.
"""


class Said(NamedTuple):
    verdict: str
    source: str
    kind: str = "Outcome"
    read_in: str = "clark2016"
    more: str = ""


BEFRIENDING, MENTORING = Said("supportedBy", "adams2001"), Said("supportedBy", "brown2008")
UNKNOWN = Said("supportedBy", "clark2016", read_in="brown2008")
AGAINST, NO_EFFECT = Said("contradictedBy", "brown2008"), Said("noEffectFoundBy", "brown2008")
ALSO_BEFRIENDING = MENTORING._replace(more="; duo:studiedIn concept:befriending ")
# The claims, the two labels, and how many studies count: all, direct, borrowed.
CASES = {
    "nothing": ([], "NoSource", "NotStudied", (0, 0, 0)),
    "direct": ([BEFRIENDING], "OneDirectStudy", "Supported", (1, 1, 0)),
    "borrowed": ([MENTORING], "BorrowedOnly", "Supported", (1, 0, 1)),
    "both": ([BEFRIENDING, MENTORING], "OneDirectStudy", "Supported", (2, 1, 1)),
    "two direct": ([BEFRIENDING, ALSO_BEFRIENDING], "SeveralDirectStudies", "Supported", (2, 2, 0)),
    "one study, two claims": ([BEFRIENDING, BEFRIENDING], "OneDirectStudy", "Supported", (1, 1, 0)),
    "unknown subject": ([UNKNOWN], "StudiedOnUnknown", "Supported", (1, 0, 0)),
    "only defined": ([BEFRIENDING._replace(kind="Definition")], "NoSource", "NotStudied", (0, 0, 0)),
    "own words": ([BEFRIENDING._replace(read_in="adams2001")], "NamedNotStudied", "NotStudied", (0, 0, 0)),
    "contradicted": ([BEFRIENDING, AGAINST], "OneDirectStudy", "MixedOrDisputed", (2, 1, 1)),
    "qualified only": ([Said("qualifiedBy", "adams2001")], "OneDirectStudy", "MixedOrDisputed", (1, 1, 0)),
    "no effect": ([Said("noEffectFoundBy", "adams2001")], "OneDirectStudy", "NoEffectFound", (1, 1, 0)),
    "effect and none": ([BEFRIENDING, NO_EFFECT], "OneDirectStudy", "MixedOrDisputed", (2, 1, 1)),
}  # fmt: skip


@pytest.fixture
def with_claims(tiny):
    """The miniature with an outcome more and claims about it, loaded; nothing in it is at fault."""

    def load(claims):
        texts = [HEAD, *(CLAIM.format(number=number, said=said) for number, said in enumerate(claims))]
        (tiny / "evidence/new.ttl").write_text("".join(texts), "utf-8")
        kb = load_knowledge_base(tiny)
        assert validate(kb) == []
        return Records(kb)

    return load


@pytest.mark.parametrize("case", CASES)
def test_labels_follow_from_the_evidence(case, with_claims):
    claims, strength, state, studies = CASES[case]
    records = with_claims(claims)
    assert records.values(NEW, DUO.evidenceStrength) == [str(DUO[strength])]
    assert records.values(NEW, DUO.evidenceState) == [str(DUO[state])]
    counted = tuple(records.number(NEW, DUO[name]) for name in ("studies", "directStudies", "borrowedStudies"))
    assert counted == studies


def test_claims_about_an_outcome_count_for_its_domain(with_claims):
    domain = f"{BASE}domain/psychological"
    before = with_claims([]).number(domain, DUO.studies)
    assert with_claims([BEFRIENDING, MENTORING, UNKNOWN]).number(domain, DUO.studies) == 3 > before


@pytest.mark.parametrize(
    ("language", "label", "line"),
    [
        ("en", "borrowed only (mentoring)", "One study counts for these labels (0 direct, 1 borrowed)."),
        ("nl", "enkel ontleend (mentoring)", "Voor deze labels telt één onderzoek (0 rechtstreeks, 1 ontleend)."),
    ],
)
def test_labels_in_words(language, label, line, with_claims):
    page = Page(with_claims([MENTORING]), language, "outcome/new", NEW)
    assert label in badge(page, NEW)
    assert count_line(page, NEW) == line


def test_only_what_the_rubric_judges_has_labels(with_claims):
    page = Page(with_claims([]), "en", "outcome/new", NEW)
    assert count_line(page, NEW) == ""
    assert badge(page, f"{BASE}source/adams2001") == ""
