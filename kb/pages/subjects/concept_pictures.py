"""From the concept graph to the pictures on pages: which nodes and edges, in the words of the page's language."""

from collections.abc import Mapping
from pathlib import Path

import networkx as nx
from markupsafe import Markup

from kb.drawing import marks, svg, text_metrics
from kb.drawing import neighbourhood as drawn_neighbourhood
from kb.drawing.marks import Edge, Node, draw_mark
from kb.drawing.neighbourhood import MOST_NEIGHBOURS, draw_neighbourhood
from kb.drawing.overview import draw_overview
from kb.files import cached_text, source_hash
from kb.model.concept_graph import SYMMETRIC, Neighbour, neighbours
from kb.namespaces import kind_of
from kb.pages.page import Page, page_path

_SLUGS = {
    "exactMatch": "exact-match",
    "closeMatch": "close-match",
    "broadMatch": "broad-match",
    "narrowMatch": "narrow-match",
    "relatedMatch": "related-match",
}


def relation_label(page: Page, relation: str, *, outward: bool) -> str:
    """Return a relation in words as it is read from the page's own thing; `outward` says whether it starts there."""
    return page.t(f"relation-{relation}" if outward or relation in SYMMETRIC else f"relation-{relation}-in")


def all_neighbours(page: Page, graph: nx.MultiDiGraph) -> list[Neighbour]:
    """Return everything one step from the page's own thing; nothing for a thing that is not in the graph."""
    iri = page.iri
    page.records.dependencies.track(f"edges {iri}")
    return neighbours(graph, iri, most=len(graph)) if iri in graph else []


def neighbourhood(page: Page, graph: nx.MultiDiGraph, cache: Path) -> str:
    """Return the picture of what the page's thing is linked with; "" where there is nothing.

    It is drawn once for the same content and kept in `cache`.
    """
    around = all_neighbours(page, graph)[:MOST_NEIGHBOURS]
    if not around:
        return ""
    name = page.plain()
    nodes = [_node(page, neighbour.iri) for neighbour in around]
    direct = [_edge(page, neighbour) for neighbour in around]
    edges = direct + _between(page, graph, {neighbour.iri for neighbour in around})
    texts = {
        "caption": page.t("graph-caption", name=name),
        "description": page.counted("graph-description", len(around), name=name),
        "language": page.language,
    }
    centre = _node(page, page.iri)
    key = repr((source_hash(drawn_neighbourhood, marks, svg, text_metrics), centre, nodes, edges, texts))
    return cached_text(cache / "pictures", key, lambda: draw_neighbourhood(centre, nodes, edges, **texts))


def overview(page: Page, graph: nx.MultiDiGraph, positions: Mapping[str, tuple[float, float]]) -> str:
    """Return the picture of all concepts; the more a concept is linked with, sources included, the larger its mark."""
    edges = [
        Edge(start, end, _SLUGS.get(key, key), relation_label(page, key, outward=True))
        for start, end, key in sorted(graph.edges(keys=True))
    ]
    return draw_overview(
        [_node(page, iri) for iri in sorted(graph)],
        edges,
        positions,
        weights={
            iri: float(len(set(nx.all_neighbors(graph, iri))) + len(page.records.sources_of(iri))) for iri in graph
        },
        caption=page.t("map-title"),
        description=page.t("map-description", n=len(graph)),
        language=page.language,
    )


def kind_mark(kind: str) -> Markup:
    """Return the mark of a kind of thing, for beside its name."""
    return Markup(draw_mark(kind))


def _node(page: Page, iri: str) -> Node:
    path = page_path(iri)
    return Node(iri, page.plain(iri), kind_of(iri), page.kind(iri), page.url(path) if path else "")


def _edge(page: Page, neighbour: Neighbour) -> Edge:
    label = relation_label(page, neighbour.relation, outward=neighbour.outward)
    relation = _SLUGS.get(neighbour.relation, neighbour.relation)
    if neighbour.outward:
        return Edge(page.iri, neighbour.iri, relation, label)
    return Edge(page.iri, neighbour.iri, f"{relation}-in", label)


def _between(page: Page, graph: nx.MultiDiGraph, around: set[str]) -> list[Edge]:
    for iri in around:
        page.records.dependencies.track(f"edges {iri}")
    inner = graph.subgraph(around).edges(keys=True)
    return [
        Edge(start, end, _SLUGS.get(key, key), relation_label(page, key, outward=True))
        for start, end, key in sorted(inner)
        if key not in ("source", "claim")
    ]
