"""Success indicators and pitfalls: their overviews, and what can go wrong with an indicator."""

from rdflib import SKOS

from kb.namespaces import of_kind
from kb.pages.page import Page
from kb.pages.subjects import messages
from kb.pages.thing import Values, in_order, things


def overview(page: Page) -> Values:
    """Return the success indicators, each with what is known of it in short."""
    return {"entries": [messages.in_short(page, iri) for iri in page.records.things["indicator"]]}


def pitfalls(page: Page) -> Values:
    """Return the pitfalls, each with what is known of it in short."""
    return {"entries": [messages.in_short(page, iri) for iri in page.records.things["pitfall"]]}


def pitfalls_here(page: Page) -> Values | None:
    """Return the pitfalls that are linked with the page's thing, or that one claim names together with it.

    Return None where there are none.
    """
    linked = {*page.records.values(page.iri, SKOS.related), *page.records.subjects(SKOS.related, page.iri)}
    named = {iri for claim in page.records.claims_about(page.iri) for iri in claim.about}
    found = in_order(page, of_kind(linked | named, "pitfall"))
    return {"pitfalls": things(page, found)} if found else None


OVERVIEWS = {"indicator/index": ("indicators", overview), "pitfall/index": ("pitfalls", pitfalls)}
SECTIONS = {"pitfalls": pitfalls_here}
