"""The list of sources with what it can be narrowed by."""

from collections.abc import Mapping
from dataclasses import dataclass

from kb.exports.references import Item
from kb.namespaces import slug_of
from kb.pages.page import Page
from kb.pages.subjects.sources import UNCONFIRMED, title
from kb.pages.thing import Thing, Values
from kb.words import LANGUAGES, langid_name, language_data

FACETS = ("period", "type", "design", "language", "verification", "used")
# How many claims rest on a source: the least of each group.
_USED = (20, 5, 1, 0)


# The facets that stand in words beside a source.
_TOLD = ("type", "design", "language", "verification")


@dataclass(frozen=True)
class Listed:
    """A source in the list: author, year and number of claims to sort by, and its value of each facet."""

    thing: Thing
    address: str
    title: str
    author: str
    year: str
    claims: int
    facets: dict[str, str]
    told: list[str]


@dataclass(frozen=True)
class Choice:
    """A value of a facet: what stands in the address, what it is called, and how many sources have it."""

    value: str
    label: str
    sources: int


def overview(page: Page, *, items: Mapping[str, Item]) -> Values:
    """Return the sources, and the facets with their choices; `items` holds CSL-JSON by IRI."""
    sources = listed(page, items)
    return {"sources": sources, "facets": [(facet, choices(page, sources, facet)) for facet in FACETS]}


def listed(page: Page, items: Mapping[str, Item]) -> list[Listed]:
    """Return the sources in the order of their keys."""
    return [_listed(page, iri, items[iri]) for iri in page.records.things["source"]]


def _listed(page: Page, iri: str, item: Item) -> Listed:
    source = page.records.source(iri)
    claims = len({found.claim for found in page.records.evidence_from(iri)})
    facets = {
        "period": f"{source.years[0] // 10}0" if source.years else "unknown",
        "type": item["type"],
        "design": page.records.design(iri),
        "language": _langid(item.get("language", "")),
        "verification": source.fields.get("verification", UNCONFIRMED),
        "used": str(next(least for least in _USED if claims >= least)),
    }
    return Listed(
        Thing(page, iri),
        page.url(f"source/{slug_of(iri)}"),
        title(page, iri),
        source.author_year.casefold(),
        str(source.years[0]) if source.years else "",
        claims,
        facets,
        [label(page, facet, facets[facet]) for facet in _TOLD] + [page.counted("claims-resting", claims)],
    )


def choices(page: Page, sources: list[Listed], facet: str) -> list[Choice]:
    """Return the values of a facet that some source has, each with how many have it.

    Of period and use the latest and the most come first; of others those that most sources have, "unknown" last.
    """
    values = [source.facets[facet] for source in sources]
    found = [Choice(value, label(page, facet, value), values.count(value)) for value in sorted(set(values))]
    if facet in ("period", "used"):
        return sorted(found, key=lambda choice: -int(choice.value) if choice.value.isdigit() else 0)
    return sorted(found, key=lambda choice: (choice.value.casefold() == "unknown", -choice.sources, choice.label))


def label(page: Page, facet: str, value: str) -> str:
    """Return what a value of a facet is called."""
    if facet == "design":
        return page.term(value)
    if facet == "period" and value != "unknown":
        return f"{value}–{value[:3]}9"
    if facet == "language" and value != "unknown":
        return langid_name(value, page.language)
    return page.t(f"{facet}-is-{value}")


def _langid(language: str) -> str:
    return language_data(language).langid if language in LANGUAGES else "unknown"


OVERVIEWS = {"source/index": ("sources", overview)}
