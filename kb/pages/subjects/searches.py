"""How was searched: each search with its terms and what came of it, and how far the works of this base were read."""

from dataclasses import dataclass

from markupsafe import Markup
from rdflib import DCTERMS

from kb.namespaces import DUO
from kb.pages.page import Page
from kb.pages.thing import Thing, Values, things


@dataclass(frozen=True)
class Search:
    """A search: its day, where and for what was searched, how many records were seen and included, what stayed out."""

    thing: Thing
    day: str
    where: str
    terms: list[str]
    seen: str
    included: str
    left_out: Markup


def overview(page: Page) -> Values:
    """Return all searches, and for each way of having read a work how many works were read so."""
    extents = things(page, page.closed_list("ExtentRead"))
    return {
        "searches": [_made(page, iri) for iri in page.records.things["search"]],
        "extents": [(term, len(page.records.subjects(DUO.extentRead, term.iri))) for term in extents],
    }


def _made(page: Page, iri: str) -> Search:
    records = page.records
    return Search(
        Thing(page, iri),
        page.day(records.value(iri, DCTERMS.date)),
        records.text(iri, DCTERMS.source, page.language).words,
        records.values(iri, DUO.searchTerms),
        records.value(iri, DUO.recordsSeen),
        records.value(iri, DUO.recordsIncluded),
        page.text(DUO.leftOut, iri),
    )


def known_up_to(page: Page) -> str:
    """Return up to when evidence was searched for, as month and year; "" where no search was recorded."""
    days = [page.records.value(iri, DCTERMS.date) for iri in page.records.things["search"]]
    if not any(days):
        return ""
    year, month, _ = max(days).split("-")
    return f"{page.t(f'month-{int(month)}')} {year}"


OVERVIEWS = {"search/index": ("searches", overview)}
