"""What the content must hold, over the real files. A failure names the record and says what to do."""

import csv
import io
import re
from collections import Counter

import pytest
from conftest import ROOT
from rdflib import DCTERMS, OWL, RDF, SKOS, Graph, Literal, URIRef
from works import confirmed_dois

from kb.content.bibliography import load_bibliography
from kb.content.queries import load_queries
from kb.model.percentages import Outcome, recompute
from kb.model.records import Records
from kb.namespaces import BASE, DUO, compact, kind_of
from kb.words import has_phrase

CONCEPTS = (
    DUO.Intervention, DUO.Attribute, DUO.Dimension, DUO.Role, DUO.RoleCharacteristic, DUO.Level, DUO.SpectrumPosition,
    DUO.OutcomeDomain, DUO.Outcome, DUO.SuccessIndicator, DUO.Framework, DUO.FrameworkItem, DUO.Pitfall,
    DUO.TargetGroup, DUO.ActionDomain,
)  # fmt: skip
MATCHES = (SKOS.exactMatch, SKOS.closeMatch, SKOS.broadMatch, SKOS.narrowMatch, SKOS.relatedMatch)


@pytest.fixture(scope="module")
def ontology():
    """ontology.ttl alone, as any RDF tool reads it."""
    return Graph().parse(ROOT / "ontology.ttl")


@pytest.fixture(scope="module")
def works():
    return load_bibliography(ROOT / "sources.bib").sources


@pytest.fixture(scope="module")
def texts(real_kb):
    """The texts of our own, without the titles of works: (thing, language, text)."""
    written = ((thing, value) for thing, predicate, value in real_kb.graph if predicate != DCTERMS.title)
    literals = ((thing, value) for thing, value in written if isinstance(value, Literal) and value.language)
    return sorted((compact(str(thing)), value.language, str(value)) for thing, value in literals)


def instances(graph, *classes):
    return sorted({thing for name in classes for thing in graph.subjects(RDF.type, name)})


def names(things):
    return ", ".join(sorted(compact(str(thing)) for thing in things))


def test_version_has_its_name(ontology):
    """Of the vocabulary as of this version, which OWL tells apart from whatever is the newest."""
    vocabulary = URIRef(f"{BASE}ontology")
    number, name = (ontology.value(vocabulary, predicate) for predicate in (OWL.versionInfo, OWL.versionIRI))
    assert str(name) == f"{vocabulary}/{number}", "Put the number of owl:versionInfo into owl:versionIRI as well"


def test_only_confirmed_dois(works):
    """That of a confirmed entry was looked up with all else in it; that of another stands in a list of such."""
    looked_up = confirmed_dois()
    given = {key: work.fields for key, work in works.items() if work.fields.get("doi")}
    known = {key: fields["doi"] for key, fields in given.items() if fields["verification"] == "confirmed"} | looked_up
    astray = sorted(key for key, fields in given.items() if known.get(key) != fields["doi"])
    told = "Open https://doi.org/…, compare, and only then add the DOI to evidence/WORK/expected/confirmed-dois.txt"
    assert astray == [], f"{told}: {astray}"
    assert len(given) > 10


def test_export_is_complete(run_kb, tmp_path, real_kb):
    run = run_kb("--root", ROOT, "export", "--format", "ntriples", "--output", tmp_path / "all.nt")
    assert (run.returncode, run.stderr) == (0, "")
    graph = Graph().parse(tmp_path / "all.nt", format="nt")
    for name in ("Source", "Claim", "RoleCell", "SpectrumPosition", "Framework"):
        exported = instances(graph, DUO[name])
        assert exported == instances(real_kb.graph, DUO[name]) != [], name


def test_framework_items_are_mapped(ontology):
    items = instances(ontology, DUO.FrameworkItem)
    mapped = [item for item in items if {p for p in ontology.predicates(item) if p in MATCHES}]
    assert len(items) >= 38, "An item of a framework is gone: put it back"
    assert len(mapped) >= 34, f"Map these to an indicator, with a duo:Mapping: {names(set(items) - set(mapped))}"


@pytest.mark.parametrize("predicate", [SKOS.prefLabel, SKOS.definition], ids=["label", "definition"])
@pytest.mark.parametrize("language", ["en", "nl"])
def test_concepts_have_texts(predicate, language, ontology):
    lacking = [
        thing
        for thing in instances(ontology, *CONCEPTS)
        if language not in [value.language for value in ontology.objects(thing, predicate)]
    ]
    assert lacking == [], f"Add {compact(str(predicate))} …@{language} in ontology.ttl to: {names(lacking)}"


def test_each_concept_names_its_source(ontology, works):
    things = instances(ontology, *CONCEPTS, DUO.RoleCell)
    assert len(things) > 200
    lacking = [thing for thing in things if not any(ontology.objects(thing, DCTERMS.source))]
    assert lacking == [], f"Add dcterms:source source:… in ontology.ttl to: {names(lacking)}"
    cited = {str(value) for thing in things for value in ontology.objects(thing, DCTERMS.source)}
    unknown = sorted(iri for iri in cited if iri.removeprefix(f"{BASE}source/") not in works)
    assert unknown == [], f"These are not in sources.bib: {unknown}"


def test_sources_of_matching(run_kb):
    run = run_kb("--root", ROOT, "query", "sources-of-indicator", "indicator=matching", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(run.stdout)))
    known = {"hall2003", "dubois2002", "allen2006", "dekker2013", "vandertier2015", "bradshaw1998"}
    backed = {row["source"].removeprefix(f"{BASE}source/") for row in rows if row["basis"]}
    assert known <= backed, f"No claim about indicator:matching rests on {known - backed} that says what it rests on"
    assert all(row["direction"].startswith(str(DUO)) for row in rows)


@pytest.mark.parametrize("name", sorted(load_queries(ROOT / "queries")[0]))
def test_question_is_answered(name, real_kb):
    asked = real_kb.queries[name]
    rows = len(real_kb.select(asked.text).rows)
    assert rows >= asked.least_rows, f"queries/{name}.rq must give {asked.least_rows} rows and gives {rows}"
    assert rows > 0 or asked.least_rows == 0


def test_claims_have_names_of_their_own():
    text = "\n".join(path.read_text("utf-8") for path in sorted((ROOT / "evidence").rglob("*.ttl")))
    heads = re.findall(r"^(claim:\S+)\s+a\s+duo:Claim\b", text, re.MULTILINE)
    twice = [name for name, count in Counter(heads).items() if count > 1]
    assert twice == [], f"Two claims share a name; rename one of each: {twice}"
    assert len(heads) > 400


@pytest.mark.parametrize(("mark", "words"), [("—", "an em dash"), ("  ", "two spaces")], ids=["em-dash", "two-spaces"])
def test_texts_are_clean(mark, words, texts):
    found = sorted({thing for thing, _, text in texts if mark in text})
    assert found == [], f"Take {words} out of the texts of: {found}"


def test_statements_are_translated(real_kb):
    statements = {}
    for thing, text in real_kb.graph.subject_objects(DUO.statement):
        statements.setdefault(thing, set()).add(str(text))
    same = [thing for thing, found in statements.items() if len(found) != 2]
    assert same == [], f"The Dutch statement is the English one; translate: {names(same)}"
    assert len(statements) > 400


@pytest.mark.parametrize(("kind", "most"), [("message", 45), ("implication", 30)])
def test_plain_texts_are_short(kind, most, texts):
    long = sorted({name for name, _, text in texts if name.startswith(f"{kind}:") and len(text.split()) > most})
    assert long == [], f"More than {most} words; say it shorter: {long}"
    assert sum(name.startswith(f"{kind}:") for name, _, _ in texts) > 200


def test_everything_one_asks_about_has_a_message(real_kb):
    lacking = [str(row[0]) for row in real_kb.answer(real_kb.queries["things-without-message"]).rows]
    assert lacking == [], f"Write a duo:KeyMessage in evidence/synthesis/practice-*.ttl for: {names(lacking)}"


def test_no_statement_twice(real_kb):
    said = ((claim, text) for claim, text in real_kb.graph.subject_objects(DUO.statement) if kind_of(claim) == "claim")
    claims = [(text.language, str(text)) for _, text in said]
    twice = [text for (_, text), count in Counter(claims).items() if count > 1]
    assert twice == [], f"Two claims say the same; join them or tell them apart: {twice}"


def test_authored_sources_are_borne_out(ontology, real_kb):
    borne_out = {
        (thing, source)
        for claim, thing in real_kb.graph.subject_objects(DUO.about)
        for item in real_kb.graph.subjects(DUO.forClaim, claim)
        for source in real_kb.graph.objects(item, DUO.source)
    }
    things = instances(ontology, *CONCEPTS, DUO.RoleCell)
    authored = {(thing, source) for thing in things for source in ontology.objects(thing, DCTERMS.source)}
    alone = sorted(f"{compact(str(thing))} {compact(str(source))}" for thing, source in authored - borne_out)
    assert alone == [], f"No claim bears these out: write one in evidence/, or take the source off: {alone}"


def test_survey_questions_stand_under_titles(real_kb):
    """Both headings under which a page shows a question are in the table of contents of the work that reports it."""
    graph = real_kb.graph
    titled = {(graph.value(iri, DCTERMS.isPartOf), str(number)) for iri, number in graph.subject_objects(SKOS.notation)}
    reported = {
        (work, tuple(str(graph.value(question, DUO.section)).split(".")))
        for question in instances(graph, DUO.SurveyQuestion)
        for observation in graph.subjects(DUO.question, question)
        for work in graph.objects(observation, DCTERMS.source)
    }
    shown = {(work, ".".join(number[:depth])) for work, number in reported for depth in (2, 3)}
    lacking = sorted((compact(str(work)), number) for work, number in shown - titled)
    assert lacking == [], f"Describe these sections, with their titles, as the others of that work are: {lacking}"


def test_shares_that_do_not_fit_have_a_caveat(real_kb):
    graph, shares = real_kb.graph, Records(real_kb).shares
    astray = [URIRef(name) for name, share in shares.items() if recompute(share).outcome is not Outcome.FITS]
    cared = {thing for caveat in instances(graph, DUO.Caveat) for thing in graph.objects(caveat, DUO.about)}
    lacking = [share for share in astray if not cared & {share, *graph.objects(share, DUO.question)}]
    assert len(shares) > len(astray) > 20
    told = "No whole number gives these shares; say so in a caveat, in the folder of the work"
    assert lacking == [], f"{told}: {names(lacking)}"


def test_every_country_has_a_name(real_kb):
    records = Records(real_kb)
    codes = {code for source in records.things["source"] for code in records.values(source, DUO.country)}
    assert codes
    assert {code for code in codes if not has_phrase(f"country-{code}")} == set()
