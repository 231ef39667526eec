"""The graph as plain values: texts with their language, things in order, claims with their evidence."""

import pytest
from conftest import lay_out_tiny
from rdflib import SKOS

from kb.content.knowledge_base import load_knowledge_base
from kb.model.records import Records, Text, section_order
from kb.namespaces import DUO, compact, expand

ONE_LANGUAGE = """
@prefix duo: <https://w3id.org/duo-kb/ontology#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix concept: <https://w3id.org/duo-kb/concept/> .
concept:english a duo:Intervention ; skos:prefLabel "English only"@en .
concept:dutch a duo:Intervention ; skos:prefLabel "enkel Nederlands"@nl .
concept:nameless a duo:Intervention .
"""


@pytest.fixture(scope="module")
def records(tiny_kb):
    return Records(tiny_kb)


@pytest.mark.parametrize(
    ("name", "language", "expected"),
    [
        ("role:ally", "en", Text("ally", "en")),
        ("role:ally", "nl", Text("bondgenoot", "nl")),
        ("claim:stress-falls", "nl", Text("Deelnemers voelen minder stress.", "nl")),
        ("source:brown2008", "nl", Text("Brown et al. (2008)", "nl")),
        ("duo:Supports", "en", Text("supports", "en")),
        ("concept:nowhere", "en", Text("nowhere", "en")),
    ],
)
def test_label(name, language, expected, records):
    assert records.label(expand(name), language) == expected


@pytest.mark.parametrize(
    ("name", "language", "expected"),
    [
        ("concept:english", "en", Text("English only", "en")),
        ("concept:english", "nl", Text("English only", "en", foreign=True)),
        ("concept:dutch", "en", Text("enkel Nederlands", "nl", foreign=True)),
        ("concept:nameless", "nl", Text("nameless", "nl")),
    ],
)
def test_label_in_one_language(name, language, expected, tmp_path):
    folder = lay_out_tiny(tmp_path / "tiny")
    (folder / "evidence/added.ttl").write_text(ONE_LANGUAGE, "utf-8")
    assert Records(load_knowledge_base(folder)).label(expand(name), language) == expected


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("role", ["role:ally", "role:mentor"]),
        ("outcome", ["outcome:self-confidence", "outcome:less-stress"]),
        ("item", ["item:brown-2008-1", "item:brown-2008-2"]),
        (
            "claim",
            [
                "claim:confidence-grows",
                "claim:matching-lasts",
                "claim:mentoring--less-stress",
                "claim:stress-falls",
                "claim:training-helps",
            ],
        ),
        ("source", ["source:adams2001", "source:brown2008", "source:clark2016"]),
        ("gap", []),
    ],
)
def test_things_in_order(kind, expected, records):
    assert [compact(iri) for iri in records.things[kind]] == expected


def test_claim_with_its_evidence(records):
    claim = records.claims[expand("claim:confidence-grows")]
    assert (claim.kind, claim.place.section, *map(compact, claim.reported_in)) == ("Outcome", "3", "source:clark2016")
    assert [compact(iri) for iri in claim.about] == ["outcome:self-confidence"]
    told = [
        (compact(item.source), item.direction, item.basis, item.comparison, item.read_as) for item in claim.evidence
    ]
    assert told == [
        ("source:adams2001", "Supports", "OwnData", "NoComparison", "SecondaryCitation"),
        ("source:clark2016", "Qualifies", "Statement", "", "Original"),
        ("source:brown2008", "Contradicts", "OwnData", "Allotted", "SecondaryCitation"),
    ]
    assert [tuple(map(compact, item.studied_in)) for item in claim.evidence] == [
        ("concept:befriending",),
        (),
        ("concept:mentoring",),
    ]
    assert [item.cited_via for item in claim.evidence] == [
        (expand("source:clark2016"),),
        (),
        (expand("source:clark2016"),),
    ]


def test_claims_about_a_thing(records):
    found = [compact(claim.iri) for claim in records.claims_about(expand("indicator:training"))]
    assert found == ["claim:training-helps"]
    assert records.claims_about(expand("pitfall:dependency")) == []


def test_evidence_from_a_source_in_order_of_section(records):
    found = records.evidence_from(expand("source:brown2008"))
    assert [(compact(item.claim), records.claims[item.claim].place.section) for item in found] == [
        ("claim:mentoring--less-stress", ""),
        ("claim:training-helps", "2.2"),
        ("claim:confidence-grows", "3"),
        ("claim:stress-falls", "3.10"),
    ]


def test_matches_of_an_item(records):
    assert records.matches(expand("item:brown-2008-2")) == [("broadMatch", expand("indicator:training"))]


def test_value_look_ups(records):
    ally = expand("role:ally")
    assert (records.number(ally, DUO.position), records.number(ally, DUO.rank)) == (1, 0)
    assert (records.value(ally, SKOS.notation), records.values(ally, SKOS.notation)) == ("", [])
    assert records.texts(expand("concept:befriending"), SKOS.altLabel, "en") == ["buddying"]
    assert [compact(iri) for iri in records.subjects(DUO.role, ally)] == ["cell:ally-distance", "cell:ally-training"]


def test_sections_sort_as_numbers():
    sections = ["4.2.10", "4.2.9", "10", "4.2", "4"]
    assert sorted(sections, key=section_order) == ["4", "4.2", "4.2.9", "4.2.10", "10"]
