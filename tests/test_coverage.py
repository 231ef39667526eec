"""The whole report as evidence, over the real files: its citations, sections and survey. A failure says what to add."""

import csv

import pytest
from conftest import DATA, ROOT
from rdflib import DCTERMS, RDF, SKOS, Literal

from kb.namespaces import BASE, DUO, VERDICTS, compact, source_iri

REPORT = source_iri("vanrobaeys2016")


def rows(name):
    """The rows of a table in tests/data."""
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t"))


@pytest.fixture(scope="module")
def borne_out(real_kb):
    """The (section, work) pairs for which a claim of that section rests on that work, in whichever direction."""
    graph = real_kb.graph
    return {
        (str(section), str(work).removeprefix(f"{BASE}source/"))
        for claim, section in graph.subject_objects(DUO.section)
        for verdict in VERDICTS
        for work in graph.objects(claim, DUO[verdict])
    }


def described(graph, kind):
    return set(graph.subjects(RDF.type, kind))


def test_each_citation_leads_to_a_claim(borne_out):
    cited = {(row["section"], row["work"]) for row in rows("citations.tsv")}
    left_out = {(row["section"], row["work"]) for row in rows("citations-left-out.tsv")}
    assert len(cited) >= 123
    lacking = sorted(cited - left_out - borne_out)
    told = "Write a claim in evidence/ with this section and work, or say why not in tests/data/citations-left-out.tsv"
    assert lacking == [], f"{told}: {lacking}"
    assert left_out - cited == set(), "The report does not cite these: take them out of citations-left-out.tsv"


def test_no_claim_cites_what_its_section_does_not(borne_out):
    cited = {(row["section"], row["work"]) for row in rows("citations.tsv")}
    own = {(section, work) for section, work in borne_out if work == "vanrobaeys2016"}
    new = sorted(borne_out - cited - own)
    assert new == [], f"The report does not cite these works in these sections: {new}"


def test_table_of_contents_is_whole(real_kb):
    graph = real_kb.graph
    sections = described(graph, DUO.ReportSection)
    assert {graph.value(section, DCTERMS.isPartOf) for section in sections} == {REPORT}
    numbers = sorted(str(graph.value(section, SKOS.notation)) for section in sections)
    assert numbers == sorted(row["section"] for row in rows("sections.tsv"))


def test_there_is_as_much_as_the_report_holds(real_kb):
    graph = real_kb.graph
    sections = {claim: str(graph.value(claim, DUO.section)) for claim in described(graph, DUO.Claim)}
    assert sum(not section.startswith("5") for section in sections.values()) > 300
    observed = described(graph, DUO.SurveyObservation)
    with_figure = {name for name in observed if graph.value(name, DUO.value) is not None}
    assert len(with_figure) >= 150
    assert len(observed - with_figure) >= 150
    assert len(described(graph, DUO.Caveat)) >= 60
    assert len(described(graph, DUO.Gap)) >= 10


@pytest.mark.parametrize("kind", ["Claim", "Caveat", "Gap"])
def test_statements_are_in_both_languages(kind, real_kb):
    graph = real_kb.graph
    for thing in described(graph, DUO[kind]):
        languages = sorted(text.language for text in graph.objects(thing, DUO.statement) if isinstance(text, Literal))
        assert languages == ["en", "nl"], compact(str(thing))


def test_practice_stands_beside_the_evidence(real_kb):
    graph = real_kb.graph
    practised = {compact(str(indicator)) for indicator in graph.subjects(DUO.practisedIn)}
    asked = {"matching", "training", "supervision-and-support", "quality-monitoring", "recruitment-and-screening"}
    assert {f"indicator:{name}" for name in asked} <= practised, "Say so with duo:practisedIn question:…"


def test_report_of_the_check(run_kb):
    run = run_kb("--root", ROOT, "--language", "nl", "check", "--report")
    assert (run.returncode, run.stderr) == (0, "")
    titles = [
        "Uit welke secties van het rapport is niets gehaald?",
        "Welke bronnen worden nergens gebruikt?",
        "Welke teksten bestaan maar in één taal?",
    ]
    assert [title for title in titles if title not in run.stdout] == []
    assert "enkel ontleend" in run.stdout
