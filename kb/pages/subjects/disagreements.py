"""Where sources disagree: the two sides, and why that may be."""

from dataclasses import dataclass

from markupsafe import Markup

from kb.namespaces import DUO, kind_of
from kb.pages.page import Page
from kb.pages.thing import Thing, Values


@dataclass(frozen=True)
class Disagreement:
    """A disagreement: what it is about, links to its sides, and what may be the reason."""

    thing: Thing
    sides: list[Markup]
    reason: Markup


def overview(page: Page) -> Values:
    """Return all disagreements."""
    return {"disagreements": [_made(page, iri) for iri in page.records.things["disagreement"]]}


def _made(page: Page, iri: str) -> Disagreement:
    sides = [page.link(side, _said_by(page, side)) for side in page.records.values(iri, DUO.between)]
    return Disagreement(Thing(page, iri), sides, page.text(DUO.possibleReason, iri))


def _said_by(page: Page, iri: str) -> str:
    """Return a claim in words; of an evidence item its source with the claim that it bears on."""
    if kind_of(iri) != "evidence":
        return page.plain(iri)
    item = page.records.item(iri)
    return f"{page.plain(item.source)}: {page.plain(item.claim)} ({page.t(f'does-{item.direction}')})"


OVERVIEWS = {"disagreement/index": ("disagreements", overview)}
