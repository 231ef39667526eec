"""Interventions: their tree, what tells them apart, their attributes, and the dimensions on which they are compared."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rdflib import SKOS

from kb.namespaces import DUO
from kb.pages.page import Page
from kb.pages.thing import Thing, Values, in_order, things

# Attributes of this kind are shown as a comparison.
_COMPARED = "DistinguishingFeature"


@dataclass(frozen=True)
class Comparison:
    """Interventions side by side: a row per dimension, a cell per intervention holding its distinguishing features."""

    columns: list[Thing]
    rows: list[tuple[Thing, list[list[Thing]]]]


def overview(page: Page) -> Values:
    """Return the interventions as a tree, each with its depth, and the comparison of the best known."""
    tree = [(depth, Thing(page, iri)) for depth, iri in _tree(page)]
    return {"tree": tree, "comparison": _compare(page, _compared(page))}


def _tree(page: Page) -> list[tuple[int, str]]:
    """Return the interventions as a tree: depth and IRI, those with the most sources first."""
    tops = [iri for iri in page.records.things["concept"] if not page.records.values(iri, SKOS.broader)]
    return [entry for iri in _most_sources_first(page, tops) for entry in _branch(page, iri, 0)]


def _branch(page: Page, iri: str, depth: int) -> Iterator[tuple[int, str]]:
    yield depth, iri
    for narrower in _most_sources_first(page, page.records.narrower(iri)):
        yield from _branch(page, narrower, depth + 1)


def _most_sources_first(page: Page, iris: Iterable[str]) -> list[str]:
    return sorted(iris, key=lambda iri: (-len(page.records.sources_of(iri)), iri))


def _compared(page: Page) -> list[str]:
    """Return the interventions that the overview compares, in the order of their columns."""
    columns = {iri: page.records.number(iri, DUO.comparedInColumn) for iri in page.records.things["concept"]}
    return sorted(filter(columns.get, columns), key=lambda iri: (columns[iri], iri))


def _compare(page: Page, columns: Iterable[str]) -> Comparison:
    """Return the comparison of those interventions that there are, without dimensions on which nothing is said."""
    shown = [iri for iri in columns if iri in page.records.things["concept"]]
    rows = [
        (Thing(page, dimension), [_features(page, iri, dimension) for iri in shown])
        for dimension in page.records.things["dimension"]
    ]
    return Comparison(things(page, shown), [(dimension, cells) for dimension, cells in rows if any(cells)])


def _features(page: Page, iri: str, dimension: str) -> list[Thing]:
    features = set(page.records.subjects(DUO.attributeOf, iri)) & set(page.records.subjects(DUO.dimension, dimension))
    return things(page, sorted(features))


# -- the page of an intervention


def kinds(page: Page) -> Values:
    """Return what the page's intervention is a kind of, the kinds that it has, and what it is told apart from."""
    records = page.records
    return {
        "wider": things(page, records.values(page.iri, SKOS.broader)),
        "narrower": things(page, records.values(page.iri, SKOS.narrower)),
        "apart": things(page, records.values(page.iri, DUO.distinguishedFrom)),
    }


def compared(page: Page) -> Values | None:
    """Return the page's intervention beside those that it is told apart from; None where nothing can be compared."""
    records = page.records
    apart = records.values(page.iri, DUO.distinguishedFrom) + records.subjects(DUO.distinguishedFrom, page.iri)
    comparison = _compare(page, dict.fromkeys([page.iri, *apart]))
    return {"comparison": comparison} if comparison.rows else None


def attributes(page: Page) -> Values | None:
    """Return the attributes of the page's intervention by kind; None where there are none.

    Distinguishing features are left out: they are shown as a comparison.
    """
    found = page.records.subjects(DUO.attributeOf, page.iri)
    groups = [
        (kind, [iri for iri in found if page.records.value(iri, DUO.attributeKind) == str(DUO[kind])])
        for kind in page.records.members("AttributeKind")
        if kind != _COMPARED
    ]
    shown = [(page.term(kind), things(page, in_order(page, iris))) for kind, iris in groups if iris]
    return {"groups": shown} if shown else None


# -- the pages of an attribute and a dimension


def attribute(page: Page) -> Values:
    """Return what the page's attribute belongs to, of which kind it is, and on which dimension it stands."""
    records = page.records
    return {
        "owners": things(page, records.values(page.iri, DUO.attributeOf)),
        "kind": page.plain(records.value(page.iri, DUO.attributeKind)),
        "dimensions": things(page, records.values(page.iri, DUO.dimension)),
    }


def dimension(page: Page) -> Values:
    """Return the attributes on the page's dimension, each after what it belongs to."""
    records = page.records
    rows = [
        (things(page, records.values(iri, DUO.attributeOf)), Thing(page, iri))
        for iri in records.subjects(DUO.dimension, page.iri)
    ]
    return {"name": page.label(), "rows": rows}


OVERVIEWS = {"concept/index": ("concepts", overview)}
SECTIONS = {
    "attribute-of": attribute,
    "attributes": attributes,
    "compared": compared,
    "dimension-table": dimension,
    "kinds": kinds,
}
