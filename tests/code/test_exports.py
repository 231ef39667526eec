"""The whole graph in standard formats: complete, readable by other tools, and the same every time."""

import io
import os

import networkx as nx
import pytest
from rdflib import Graph
from rdflib.collection import Collection
from rdflib.compare import isomorphic

from kb.exports.graph import FORMATS, export_graph, export_graphml
from kb.model.concept_graph import build_graph
from kb.model.records import Records
from kb.namespaces import BIBO, source_iri
from kb.words import LANGUAGES

# rdflib's own reader of JSON-LD uses a class that rdflib means to drop.
pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")
PARSERS = {"turtle": "turtle", "ntriples": "nt", "jsonld": "json-ld"}


@pytest.mark.parametrize("name", FORMATS)
def test_export_is_read_back(name, tiny_kb):
    back = Graph().parse(data=export_graph(tiny_kb, name), format=PARSERS[name])
    assert len(back) == len(tiny_kb.graph)
    assert {(s, p, str(o)) for s, p, o in back} == {(s, p, str(o)) for s, p, o in tiny_kb.graph}


def test_formats_agree(tiny_kb):
    turtle, ntriples, jsonld = (
        Graph().parse(data=export_graph(tiny_kb, name), format=PARSERS[name]) for name in PARSERS
    )
    assert isomorphic(turtle, ntriples)
    assert isomorphic(turtle, jsonld)


def test_turtle_has_our_prefixes_alone(tiny_kb):
    text = export_graph(tiny_kb, "turtle")
    assert "@prefix duo: <https://w3id.org/duo-kb/ontology#> ." in text
    assert "claim:stress-falls a duo:Claim ;" in text
    assert "@prefix foaf:" not in text


@pytest.mark.parametrize("name", FORMATS)
def test_authors_keep_their_order(name, tiny_kb):
    back = Graph().parse(data=export_graph(tiny_kb, name), format=PARSERS[name])
    authors = Collection(back, back.value(source_iri("brown2008"), BIBO.authorList))
    assert [str(author) for author in authors] == ["Brown, Bo", "van der Berg, Bram", "Bos, Bert"]


@pytest.mark.parametrize("name", FORMATS)
def test_two_runs_give_the_same(name, tiny, run_kb):
    runs = [
        run_kb("--root", tiny, "export", "--format", name, env=os.environ | {"PYTHONHASHSEED": seed}) for seed in "17"
    ]
    assert [run.returncode for run in runs] == [0, 0]
    assert len(runs[0].stdout) > 10_000
    assert runs[0].stdout == runs[1].stdout


def test_export_to_a_file(tiny, run_kb, tmp_path):
    file = tmp_path / "new folder" / "all.nt"
    run = run_kb("--root", tiny, "export", "--format", "ntriples", "--output", file)
    lines = file.read_text("utf-8").splitlines()
    assert (run.returncode, run.stdout) == (0, f"{file}: {len(lines)} statements.\n")
    assert lines == sorted(lines)


def test_graphml_is_read_back(tiny_kb):
    records = Records(tiny_kb)
    graph = build_graph(records)
    back = nx.read_graphml(io.StringIO(export_graphml(records, graph)))
    assert (len(back), back.number_of_edges()) == (len(graph), graph.number_of_edges())
    assert back.nodes["role:ally"] == {
        "iri": "https://w3id.org/duo-kb/role/ally",
        "kind": "role",
        "sources": 1,
        **{f"label_{language}": "ally" for language in LANGUAGES},
        "label_nl": "bondgenoot",
    }
    assert ("item:brown-2008-1", "indicator:matching", "exactMatch") in set(back.edges(data="relation"))
