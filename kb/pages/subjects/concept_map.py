"""The concept graph on pages: the overview of all concepts, and what one thing is linked with."""

from collections.abc import Iterable, Mapping
from pathlib import Path

import networkx as nx
from markupsafe import Markup

from kb.exports.dataset import GRAPHML
from kb.model.concept_graph import NODE_KINDS
from kb.pages.page import Page
from kb.pages.subjects import concept_pictures
from kb.pages.thing import Thing, Values, by_kind, things


def overview(
    page: Page,
    *,
    concepts: nx.MultiDiGraph,
    positions: Mapping[str, tuple[float, float]],
    best_connected: Iterable[tuple[str, Mapping[str, float]]],
) -> Values:
    """Return the picture of all concepts, the best connected with their measures, and all by kind.

    `positions` says where each concept stands, `best_connected` has the measures of some, by IRI.
    """
    page.records.dependencies.track("graph")
    return {
        "picture": Markup(concept_pictures.overview(page, concepts, positions)),
        "download": Markup(GRAPHML),
        "best_connected": [
            (Thing(page, iri), int(found["degree"]), f"{found['betweenness']:.2f}") for iri, found in best_connected
        ],
        "kinds": by_kind(page, concepts, NODE_KINDS),
    }


def section(page: Page, *, graph: nx.MultiDiGraph, cache: Path) -> Values | None:
    """Return what the page's thing is linked with: as a picture, and by relation in words; None where with nothing."""
    picture = concept_pictures.neighbourhood(page, graph, cache)
    if not picture:
        return None
    groups: dict[str, list[str]] = {}
    for neighbour in concept_pictures.all_neighbours(page, graph):
        label = concept_pictures.relation_label(page, neighbour.relation, outward=neighbour.outward)
        groups.setdefault(label, []).append(neighbour.iri)
    return {"picture": Markup(picture), "relations": [(label, things(page, iris)) for label, iris in groups.items()]}


OVERVIEWS = {"graph": ("graph", overview)}
SECTIONS = {"neighbourhood": section}
