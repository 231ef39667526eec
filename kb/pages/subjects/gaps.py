"""What is not known: the gaps about a thing, and all of them."""

from kb.namespaces import DUO
from kb.pages.page import Page
from kb.pages.thing import Thing, Values, things


def overview(page: Page) -> Values:
    """Return all gaps, each with where its work names it."""
    records = page.records
    return {
        "gaps": [
            (Thing(page, iri), page.where(records.place(iri), records.values(iri, DUO.reportedIn)))
            for iri in records.things["gap"]
        ]
    }


def section(page: Page) -> Values | None:
    """Return the gaps about the page's thing; None where there are none."""
    every = page.records.things["gap"]
    found = [iri for iri in page.records.subjects(DUO.about, page.iri) if iri in every]
    return {"gaps": things(page, found)} if found else None


OVERVIEWS = {"gap/index": ("gaps", overview)}
SECTIONS = {"gaps": section}
