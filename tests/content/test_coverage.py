"""Each work as evidence, over the real files, as far as evidence/WORK/expected says what it holds.

A failure says what to add.
"""

from collections import Counter

import pytest
from conftest import ROOT
from rdflib import DCTERMS, RDF, SKOS, Literal
from works import rows, works_with

from kb.model.records import Records
from kb.namespaces import BASE, DUO, VERDICTS, compact, kind_of, slug_of, source_iri

STANDINGS = [(work, row) for work in works_with("standings.tsv") for row in rows(work, "standings.tsv")]


def described(graph, kind):
    return set(graph.subjects(RDF.type, kind))


def sections(graph, work):
    """The sections of a work by their IRI, each with its number."""
    found = graph.subjects(DCTERMS.isPartOf, source_iri(work))
    return {
        section: str(graph.value(section, SKOS.notation)) for section in found if kind_of(str(section)) == "section"
    }


def claims(graph, work):
    """The claims of each section of a work: (number of the section, claim)."""
    for section, number in sections(graph, work).items():
        for claim in graph.subjects(DUO.inSection, section):
            if kind_of(str(claim)) == "claim":
                yield number, claim


def borne_out(graph, work):
    """The (section, source) pairs for which a claim of that section rests on that source, in whichever direction."""
    return {
        (number, slug_of(str(source)))
        for number, claim in claims(graph, work)
        for verdict in VERDICTS
        for source in graph.objects(claim, DUO[verdict])
    }


def known_through(graph, work):
    """The (section, source) pairs for which a claim of that section knows that source through this work."""
    return {
        (number, slug_of(str(source)))
        for number, claim in claims(graph, work)
        for item in graph.subjects(DUO.forClaim, claim)
        if (item, DUO.citedVia, source_iri(work)) in graph
        for source in graph.objects(item, DUO.source)
    }


def pairs(work, name):
    return {(row["section"], row["work"]) for row in rows(work, name)}


@pytest.mark.parametrize("work", works_with("citations.tsv"))
def test_each_citation_leads_to_a_claim(work, real_kb):
    cited, left_out = pairs(work, "citations.tsv"), pairs(work, "citations-left-out.tsv")
    lacking = sorted(cited - left_out - borne_out(real_kb.graph, work))
    told = (
        f"Write a claim with this section and work, or say why not in evidence/{work}/expected/citations-left-out.tsv"
    )
    assert cited
    assert lacking == [], f"{told}: {lacking}"
    assert left_out - cited == set(), f"{work} does not cite these: take them out of citations-left-out.tsv"


@pytest.mark.parametrize("work", works_with("citations.tsv"))
def test_no_claim_cites_what_its_section_does_not(work, real_kb):
    known = known_through(real_kb.graph, work)
    assert known
    new = sorted(known - pairs(work, "citations.tsv"))
    assert new == [], f"{work} does not cite these works in these sections: {new}"


@pytest.mark.parametrize("work", works_with("citations.tsv"))
def test_works_cited_are_in_the_bibliography(work, real_kb):
    lacking = sorted({row["work"] for row in rows(work, "citations.tsv")} - set(real_kb.bibliography.sources))
    assert lacking == [], f"Put these entries back into sources.bib, as {work} cites them: {lacking}"


@pytest.mark.parametrize("work", works_with("sections.tsv"))
def test_table_of_contents_is_whole(work, real_kb):
    numbers = sorted(sections(real_kb.graph, work).values())
    assert numbers == sorted(row["section"] for row in rows(work, "sections.tsv"))


@pytest.mark.parametrize("work", works_with("outcomes.tsv"))
def test_outcomes_listed_are_there(work, real_kb):
    graph = real_kb.graph
    listed = {
        (f"{BASE}outcome/{row['outcome']}", f"{BASE}domain/{row['domain']}") for row in rows(work, "outcomes.tsv")
    }
    there = {
        (str(outcome), str(domain))
        for outcome in graph.subjects(DUO.beneficiary, DUO.Participant)
        for domain in graph.objects(outcome, SKOS.broader)
    }
    lacking = sorted(f"{compact(outcome)} in {compact(domain)}" for outcome, domain in listed - there)
    assert listed
    assert lacking == [], f"{work} lists these outcomes for participants; put them back: {lacking}"


@pytest.mark.parametrize(("work", "row"), STANDINGS, ids=[row["thing"] for _, row in STANDINGS])
def test_a_work_is_not_counted_for_more_than_it_studied(work, row, real_kb):
    """What its folder counts for a thing; and how far that was studied, as long as no other work says more of it."""
    records, thing = Records(real_kb), f"{BASE}{row['thing'].replace(':', '/')}"
    own = {
        name
        for file, lines in real_kb.lines.items()
        if file.startswith(f"evidence/{work}/")
        for name in lines.described
    }
    weighing = records.weighing_on(thing)
    assert sorted({slug_of(item.source) for item in weighing if item.claim in own}) == row["studied"].split()
    if kind_of(thing) == "concept":
        astray = [item.iri for item in weighing if thing not in item.direct_for]
        assert astray == [], f"These studied something else than {row['thing']}"
    if all(item.claim in own for item in (*records.evidence_about(thing), *weighing)):
        assert records.value(thing, DUO.standing) == str(DUO[row["standing"]])


@pytest.mark.parametrize("work", works_with("counts.tsv"))
def test_there_is_as_much_as_the_work_gave(work, real_kb):
    lines = [lines for file, lines in real_kb.lines.items() if file.startswith(f"evidence/{work}/")]
    number = Counter(kind_of(thing) for found in lines for thing in found.described)
    least = {row["kind"]: int(row["least"]) for row in rows(work, "counts.tsv")}
    assert least
    lost = {kind: number[kind] for kind, count in least.items() if number[kind] < count}
    assert lost == {}, f"Content of {work} was lost; there must be at least {least}"


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


def test_report_of_the_check(run_kb, real_kb):
    run = run_kb("--root", ROOT, "--language", "nl", "check", "--report")
    assert (run.returncode, run.stderr) == (0, "")
    titles = [query.title("nl") for query in real_kb.queries.values() if query.group == "coverage"]
    assert len(titles) > 5
    assert [title for title in titles if title not in run.stdout] == []
