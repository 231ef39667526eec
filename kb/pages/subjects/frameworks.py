"""Frameworks that others published: their items, and which success indicators they name."""

from collections.abc import Iterable

from markupsafe import Markup
from rdflib import SKOS

from kb.namespaces import DUO
from kb.pages.page import Page
from kb.pages.thing import Thing, Values, in_order, things

# Matches by which an item means the indicator, and not only something wider, narrower or near it.
_SAME = ("exactMatch", "closeMatch")


def overview(page: Page) -> Values:
    """Return the frameworks, each with a link under its short name, and for each indicator what of each names it."""
    frameworks = things(page, page.records.things["framework"])
    return {
        "frameworks": [
            (framework, page.link(framework.iri, short_name(page, framework.iri))) for framework in frameworks
        ],
        "rows": [(Thing(page, iri), _crosswalk(page, iri)) for iri in page.records.things["indicator"]],
    }


def short_name(page: Page, framework: str) -> str:
    """Return a framework by the author and year of the work that published it; its name where that is not one work."""
    published = page.records.values(framework, DUO.publishedIn)
    return page.plain(published[0] if len(published) == 1 else framework)


def _crosswalk(page: Page, indicator: str) -> list[Markup]:
    """Return for each framework the items that name an indicator, as links with the item's number."""
    rows = _naming(page, indicator)
    return [_crosswalk_cell(page, framework, rows) for framework in page.records.things["framework"]]


def _naming(page: Page, indicator: str) -> list[tuple[str, str]]:
    """Return the items that name an indicator, each with the kind of match."""
    return [
        (item, match)
        for item in page.records.things["item"]
        for match, target in page.records.matches(item)
        if target == indicator
    ]


def _crosswalk_cell(page: Page, framework: str, rows: Iterable[tuple[str, str]]) -> Markup:
    links = [
        page.link(item, f"{page.records.number(item, DUO.position)}{'' if match in _SAME else '*'}")
        for item, match in rows
        if page.records.value(item, SKOS.inScheme) == framework
    ]
    return Markup(", ").join(links) if links else Markup("–")


def naming(page: Page) -> Values | None:
    """Return the items that name the page's indicator: framework, item, match in words, reason.

    Return None where none names it.
    """
    found = sorted(_naming(page, page.iri), key=lambda row: _place(page, row[0]))
    rows = [
        (Thing(page, page.records.value(item, SKOS.inScheme)), Thing(page, item), *_told(page, item, match, page.iri))
        for item, match in found
    ]
    return {"rows": rows} if rows else None


def _place(page: Page, item: str) -> tuple[str, int]:
    return page.records.value(item, SKOS.inScheme), page.records.number(item, DUO.position)


def _told(page: Page, item: str, match: str, indicator: str) -> tuple[str, Markup]:
    mappings = set(page.records.subjects(DUO.item, item)) & set(page.records.subjects(DUO.indicator, indicator))
    reason = page.text(DUO.reason, min(mappings)) if mappings else Markup("")
    return page.t(f"match-{match}"), reason


def matches(page: Page) -> Values:
    """Return the indicators that the page's item is mapped to: indicator, match in words, reason."""
    found = page.records.matches(page.iri)
    return {"rows": [(Thing(page, target), *_told(page, page.iri, match, target)) for match, target in found]}


def items(page: Page) -> Values:
    """Return the items of the page's framework, each with the indicators that it is mapped to: link, match in words."""
    found = things(page, in_order(page, page.records.subjects(SKOS.inScheme, page.iri)))
    return {"rows": [(item, _matched(page, item.iri)) for item in found]}


def _matched(page: Page, item: str) -> list[tuple[Thing, str]]:
    return [(Thing(page, target), page.t(f"match-{match}")) for match, target in page.records.matches(item)]


def framework_of(page: Page) -> Values:
    """Return the framework of the page's item."""
    return {"framework": Thing(page, page.records.value(page.iri, SKOS.inScheme))}


def named_by(page: Page, indicator: str, framework: str) -> list[tuple[Thing, str]]:
    """Return the items of a framework that name an indicator, each with the match in words."""
    found = in_order(page, page.records.subjects(SKOS.inScheme, framework))
    return [
        (Thing(page, item), page.t(f"match-{match}"))
        for item in found
        for match, target in page.records.matches(item)
        if target == indicator
    ]


OVERVIEWS = {"framework/index": ("frameworks", overview)}
SECTIONS = {"framework-items": naming, "item-matches": matches, "item-of": framework_of, "items": items}
