"""What is listed once is listed once: kinds of things, closed lists, the pages of the navigation."""

import re
from dataclasses import fields
from functools import reduce

import pytest
import yaml
from conftest import ROOT
from rdflib import RDF, URIRef

from kb.checks.validation import shacl_faults, validate
from kb.content.knowledge_base import load_knowledge_base
from kb.kinds import KINDS
from kb.model.evidence import COMPARISONS
from kb.model.fixed_sentences import CERTAINTIES
from kb.model.gap_matrix import findings
from kb.model.records import DIRECTIONS, Records
from kb.namespaces import BASE, DUO, expand
from kb.pages.contents import OVERVIEWS
from kb.pages.page import Page
from kb.pages.search_index import Entry
from kb.pages.subjects.evidence_map import items_csv
from kb.site.build import menu
from kb.words import LANGUAGES, has_phrase

# A study design as an editor adds it: in ontology.ttl, and nowhere else.
DESIGN = """
duo:CaseStudy a duo:StudyDesign ;
    duo:position 14 ;
    duo:allowsBasis duo:OwnData ;
    skos:prefLabel "case study"@en , "gevalsstudie"@nl ;
    skos:definition "Follows one case closely."@en , "Volgt één geval van nabij."@nl .
"""
# The last part of mkdocs.yml, which names no type of mkdocs alone.
NAV = yaml.safe_load((ROOT / "mkdocs.yml").read_text("utf-8").partition("\nnav:\n")[2])
# Overviews to which another page leads, so that the menu need not.
LED_TO = {"index", "question/recomputed"}


@pytest.fixture
def with_design(tiny):
    """The miniature with another study design, which one of its works has."""
    with (tiny / "ontology.ttl").open("a", encoding="utf-8") as file:
        file.write(DESIGN)
    studies = tiny / "evidence/studies.ttl"
    studies.write_text(studies.read_text("utf-8").replace("duo:InterviewStudy", "duo:CaseStudy"), "utf-8")
    return load_knowledge_base(tiny)


def test_new_study_design_is_one_entry_of_the_ontology(with_design):
    assert [found.render("en") for found in [*validate(with_design), *shacl_faults(with_design)]] == []
    records = Records(with_design)
    assert records.members("StudyDesign")[-1] == "CaseStudy"
    assert "CaseStudy" in {finding.design for finding in findings(records)}
    assert "case study" in items_csv(Page(records, "en", "evidence-map"))
    assert "gevalsstudie" in items_csv(Page(records, "nl", "evidence-map"))


def test_new_kind_of_concept_is_asked_what_every_concept_is(tiny):
    """A class below duo:Concept: its things have a standing, and need a label and a definition in both languages."""
    (tiny / "evidence/added.ttl").write_text(
        """@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
        @prefix owl: <http://www.w3.org/2002/07/owl#> .
        @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
        @prefix dcterms: <http://purl.org/dc/terms/> .
        @prefix duo: <https://w3id.org/duo-kb/ontology#> .
        @prefix pitfall: <https://w3id.org/duo-kb/pitfall/> .
        @prefix source: <https://w3id.org/duo-kb/source/> .
        duo:Trap a owl:Class ; rdfs:subClassOf duo:Concept ; rdfs:label "trap"@en , "val"@nl ;
            rdfs:comment "A pitfall."@en , "Een valkuil."@nl .
        pitfall:new a duo:Trap ; skos:inScheme duo:concepts ; skos:prefLabel "new"@en , "nieuw"@nl ;
            skos:definition "New."@en ; dcterms:source source:adams2001 .""",
        "utf-8",
    )
    kb = load_knowledge_base(tiny)
    found = [diagnostic.render("en") for diagnostic in validate(kb)]
    assert [text.partition(": ")[0] for text in found] == ["evidence/added.ttl:11"]
    assert "definition" in found[0]
    assert Records(kb).value(f"{BASE}pitfall/new", DUO.standing) == str(DUO.NoSource)


def test_message_names_all_members_of_a_list(tiny):
    with (tiny / "ontology.ttl").open("a", encoding="utf-8") as file:
        file.write(DESIGN)
    studies = tiny / "evidence/studies.ttl"
    studies.write_text(studies.read_text("utf-8").replace("duo:InterviewStudy", "duo:Supports"), "utf-8")
    texts = [dict(found.texts) for found in validate(load_knowledge_base(tiny))]
    assert texts[0]["en"].endswith("duo:PolicyText, duo:Unknown or duo:CaseStudy.")
    assert texts[0]["nl"].endswith("duo:PolicyText, duo:Unknown of duo:CaseStudy.")


@pytest.mark.parametrize(
    ("known", "name"), [(COMPARISONS, "Comparison"), (CERTAINTIES, "Certainty"), (DIRECTIONS, "Direction")]
)
def test_lists_that_the_program_reckons_with_are_those_of_the_ontology(known, name, real_kb):
    assert list(known) == Records(real_kb).members(name)


def test_members_of_closed_lists_have_each_a_place_of_their_own(real_kb):
    records = Records(real_kb)
    for name in ("StudyDesign", "ClaimKind", "Basis", "Comparison", "Certainty", "Finding", "Standing", "Severity"):
        places = [records.number(str(DUO[member]), DUO.position) for member in records.members(name)]
        assert places == sorted(set(places)), name
        assert 0 not in places, name


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.name)
def test_kind_has_a_class_and_a_name(kind, real_kb):
    individuals = [
        str(subject)
        for subject in real_kb.graph.subjects(RDF.type, URIRef(expand(kind.class_)))
        if str(subject).startswith(f"{BASE}{kind.name}/")
    ]
    assert individuals, f"Nothing of the kind {kind.name} is a {kind.class_}"
    names = [Records(real_kb).kind_name(kind.name, language) for language in LANGUAGES]
    assert not any(name.startswith("http") for name in names) or not kind.sections


def test_menu_has_every_overview():
    paths = {path.removesuffix(".md") for path in _paths(NAV)}
    assert {*OVERVIEWS} - LED_TO - paths == set()


def test_entry_of_the_search_is_the_same_for_who_writes_and_who_reads_it():
    script = (ROOT / "docs/script/search-index.ts").read_text("utf-8")
    told = re.search(r"export interface Entry \{(.*?)\n\}", script, re.DOTALL)
    assert re.findall(r"^  (\w+)\??: ", told[1], re.MULTILINE) == [field.name for field in fields(Entry)]


def test_menu_is_called_in_the_words_of_each_language():
    """A heading by its phrase; a page by its phrase, else by its title, as mkdocs has it for a path alone."""
    assert menu([{"menu-part-tools": ["tools/self-check.md", "new.md"]}], "nl") == [
        {"Hulpmiddelen": [{"Zelfcheck voor je werking": "tools/self-check.md"}, "new.md"]}
    ]
    codes = {name for entry in NAV if isinstance(entry, dict) for name in entry}
    assert [code for code in codes if not has_phrase(code)] == []


def _paths(nav):
    if isinstance(nav, str):
        return [nav]
    children = nav.values() if isinstance(nav, dict) else nav
    return reduce(lambda found, child: found + _paths(child), children, [])
