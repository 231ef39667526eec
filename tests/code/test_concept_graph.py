"""Concepts and sources as a graph: typed edges, each once, and what is next to a node."""

import pytest

from kb.model.concept_graph import build_graph, concepts_only, measures, neighbours
from kb.model.records import Records
from kb.namespaces import compact, expand


@pytest.fixture(scope="module")
def graph(tiny_kb):
    return build_graph(Records(tiny_kb))


def edges(graph):
    return sorted(f"{compact(start)} {relation} {compact(end)}" for start, end, relation in graph.edges(keys=True))


def test_relations_stand_once(graph):
    assert [edge for edge in edges(graph) if " source " not in edge] == [
        "concept:befriending distinguished-from concept:mentoring",
        "concept:mentoring claim outcome:less-stress",
        "indicator:matching related pitfall:dependency",
        "item:brown-2008-1 exactMatch indicator:matching",
        "item:brown-2008-1 in-framework framework:brown-2008",
        "item:brown-2008-2 broadMatch indicator:training",
        "item:brown-2008-2 in-framework framework:brown-2008",
        "outcome:less-stress broader domain:psychological",
        "outcome:self-confidence broader domain:psychological",
    ]


def test_sources_are_nodes(graph):
    assert [edge for edge in edges(graph) if edge.startswith("outcome:self-confidence source")] == [
        "outcome:self-confidence source source:adams2001",
        "outcome:self-confidence source source:brown2008",
        "outcome:self-confidence source source:clark2016",
    ]


def test_claims_and_cells_are_no_nodes(graph):
    kinds = {kind for _, kind in graph.nodes(data="kind")}
    assert kinds == {
        "concept", "role", "characteristic", "spectrum", "domain", "outcome", "indicator", "framework", "item",
        "pitfall", "source",
    }  # fmt: skip


def test_telling_neighbours_come_first(graph):
    found = neighbours(graph, expand("indicator:matching"), 2)
    assert [(compact(next_to.iri), next_to.relation, next_to.outward) for next_to in found] == [
        ("item:brown-2008-1", "exactMatch", True),
        ("pitfall:dependency", "related", True),
    ]


def test_direction_of_neighbours(graph):
    found = neighbours(graph, expand("domain:psychological"), 9)
    assert [(compact(next_to.iri), next_to.relation, next_to.outward) for next_to in found] == [
        ("outcome:less-stress", "broader", False),
        ("outcome:self-confidence", "broader", False),
        ("source:clark2016", "source", True),
    ]


def test_concepts_only_leaves_sources_out(graph):
    assert {kind for _, kind in concepts_only(graph).nodes(data="kind")}.isdisjoint({"source"})


def test_measures_of_a_path(graph):
    path = graph.subgraph(map(expand, ["outcome:less-stress", "domain:psychological", "outcome:self-confidence"]))
    assert measures(path) == {
        expand("domain:psychological"): {"degree": 2.0, "betweenness": 1.0},
        expand("outcome:less-stress"): {"degree": 1.0, "betweenness": 0.0},
        expand("outcome:self-confidence"): {"degree": 1.0, "betweenness": 0.0},
    }
