"""The concepts and sources as a networkx graph: neighbourhoods for pages, measures, GraphML."""

from collections.abc import Iterator
from dataclasses import dataclass

import networkx as nx
from rdflib import SKOS, URIRef

from kb.kinds import KINDS, names
from kb.model.dependencies import digest
from kb.model.records import MATCHES, Records
from kb.namespaces import DUO, kind_of, of_kind

# Kinds that are nodes of the graph. Claims, cells and mappings are not: they are what the edges stand for.
NODE_KINDS = names(kind for kind in KINDS.values() if kind.graph)

# Relation, predicate, and how much it matters when a neighbourhood has to be cut.
RELATIONS: tuple[tuple[str, URIRef], ...] = (
    ("broader", SKOS.broader),
    ("distinguished-from", DUO.distinguishedFrom),
    ("attribute-of", DUO.attributeOf),
    ("dimension", DUO.dimension),
    *((match, SKOS[match]) for match in MATCHES),
    ("in-framework", SKOS.inScheme),
    ("related", SKOS.related),
)
SYMMETRIC = {"distinguished-from", "exactMatch", "closeMatch", "relatedMatch", "related", "claim"}


@dataclass(frozen=True)
class Neighbour:
    """One step from the centre: the other node, the relation, and whether it runs from the centre outward."""

    iri: str
    relation: str
    outward: bool


def build_graph(records: Records) -> nx.MultiDiGraph:
    """Return all concepts and sources as a graph with typed edges.

    The `weight` of an edge is 1, that of a `claim` the number of claims shared.
    """
    graph = nx.MultiDiGraph()
    for kind in NODE_KINDS:
        graph.add_nodes_from((iri, {"kind": kind}) for iri in records.things[kind])
    for start, end, relation, weight in _edges(records):
        if start in graph and end in graph and start != end:
            graph.add_edge(start, end, key=relation, relation=relation, weight=weight)
    return graph


def _edges(records: Records) -> Iterator[tuple[str, str, str, int]]:
    for kind in NODE_KINDS:
        for iri in records.things[kind]:
            for relation, predicate in RELATIONS:
                for other in records.values(iri, predicate):
                    if _written_once(relation, iri, other):
                        yield iri, other, relation, 1
            for source in records.sources_of(iri):
                yield iri, source, "source", 1
    yield from _shared_claims(records)


def _written_once(relation: str, start: str, end: str) -> bool:
    """Return whether to keep an edge: one of the two where symmetric relations and derived inverses stand twice."""
    if relation.endswith("Match"):
        return kind_of(start) == "item"
    return relation not in SYMMETRIC or start < end


def _shared_claims(records: Records) -> Iterator[tuple[str, str, str, int]]:
    pairs: dict[tuple[str, str], int] = {}
    for claim in records.claims.values():
        things = sorted(of_kind(claim.about, *NODE_KINDS))
        for at, first in enumerate(things):
            for second in things[at + 1 :]:
                pairs[first, second] = pairs.get((first, second), 0) + 1
    for (first, second), claims in sorted(pairs.items()):
        yield first, second, "claim", claims


def neighbours(graph: nx.MultiDiGraph, centre: str, most: int) -> list[Neighbour]:
    """Return at most `most` nodes next to `centre`, each once with its most telling relation, telling ones first."""
    found: dict[str, Neighbour] = {}
    for neighbour in sorted(
        _adjacent(graph, centre), key=lambda n: (_rank(n.relation), n.relation, not n.outward, n.iri)
    ):
        found.setdefault(neighbour.iri, neighbour)
    return list(found.values())[:most]


def _adjacent(graph: nx.MultiDiGraph, centre: str) -> Iterator[Neighbour]:
    for _, other, relation in graph.out_edges(centre, keys=True):
        yield Neighbour(other, relation, outward=True)
    for other, _, relation in graph.in_edges(centre, keys=True):
        yield Neighbour(other, relation, outward=relation in SYMMETRIC)


def graph_digests(graph: nx.MultiDiGraph) -> Iterator[tuple[str, str]]:
    """Yield a digest of the whole graph under "graph", and one of what is next to each node under "edges IRI"."""
    edges = [(*sorted(graph), ""), *sorted(graph.edges(keys=True, data="weight"))]
    yield "graph", digest(str(word) for edge in edges for word in edge)
    for node in graph:
        steps = sorted((step.relation, step.iri, str(step.outward)) for step in _adjacent(graph, node))
        yield f"edges {node}", digest(word for step in steps for word in step)


def _rank(relation: str) -> int:
    order = [name for name, _ in RELATIONS] + ["claim", "source"]
    return order.index(relation)


def concepts_only(graph: nx.MultiDiGraph) -> nx.MultiDiGraph:
    """Return the graph without sources and without the edges that only say that two things share a claim once."""
    concepts = graph.subgraph([node for node, kind in graph.nodes(data="kind") if kind != "source"]).copy()
    weak = [(a, b, key) for a, b, key, w in concepts.edges(keys=True, data="weight") if key == "claim" and w < 2]
    concepts.remove_edges_from(weak)
    return concepts


def measures(graph: nx.MultiDiGraph) -> dict[str, dict[str, float]]:
    """Return for each node of the undirected simple graph its `degree` and `betweenness`.

    `degree` is the number of neighbours, `betweenness` is from 0 to 1 (Freeman 1977).
    """
    simple = nx.Graph(graph)
    between = nx.betweenness_centrality(simple)
    return {node: {"degree": float(simple.degree(node)), "betweenness": between[node]} for node in sorted(simple)}
