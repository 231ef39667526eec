"""Reasons for care: those of a page, of a claim and of a question, and all of them."""

from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup

from kb.kinds import KINDS
from kb.namespaces import DUO, of_kind, row_of, slug_of
from kb.pages.markdown import escape
from kb.pages.page import Page
from kb.pages.thing import Thing, Values

# How many caveats, or claims of one kind, a page shows before the rest, which stands in a box that opens.
MOST_SHOWN = 4
# How many caveats stand beside a survey question where it is not the subject.
MOST_CAVEATS = 2
# The least of the severities, which lets nobody doubt.
_NOTE = "Note"


@dataclass(frozen=True)
class Caveat:
    """A caveat on a page, with how much it weighs: its severity as a member of the closed list, and in words."""

    severity: str
    weight: str
    thing: Thing


def overview(page: Page) -> Values:
    """Return all caveats by severity, the weightiest first."""
    found = weighed(page, page.records.things["caveat"])
    groups = {severity: [one.thing for one in found if one.severity == severity] for severity in _severities(page)}
    return {"groups": [(page.term(severity), caveats) for severity, caveats in groups.items() if caveats]}


def section(page: Page) -> Values | None:
    """Return the caveats about the page's thing, then those about its claims, each once: the first, and the rest.

    Return None where there are none.
    """
    claims = page.records.claims_about(page.iri)
    found = list(dict.fromkeys([*of(page, page.iri), *(one for claim in claims for one in of(page, claim.iri))]))
    return {"first": found[:MOST_SHOWN], "rest": found[MOST_SHOWN:]} if found else None


def of(page: Page, iri: str) -> list[Caveat]:
    """Return the caveats about a thing, and about the answers to a question, the weightiest first."""
    about = [iri, *page.records.subjects(DUO.question, iri)]
    every = {name for thing in about for name in page.records.subjects(DUO.about, thing)}
    return weighed(page, sorted(of_kind(every, "caveat")))


def weighed(page: Page, caveats: Iterable[str]) -> list[Caveat]:
    """Return caveats by how much they weigh, the weightiest first, else in their order.

    One whose severity is not in the closed list is left out.
    """
    order = _severities(page)
    found = [(_severity_of(page, name), name) for name in caveats]
    known = sorted((pair for pair in found if pair[0] in order), key=lambda pair: order.index(pair[0]))
    return [Caveat(severity, page.term(severity), Thing(page, name)) for severity, name in known]


def _severity_of(page: Page, caveat: str) -> str:
    return page.records.term(caveat, DUO.severity)


def _severities(page: Page) -> list[str]:
    return page.records.members("Severity")


def beside_question(page: Page, question: str) -> tuple[list[Caveat], int]:
    """Return the caveats to show where a question is not the subject, and how many more it has.

    Those about the fewest things come first: what concerns this very figure before what concerns a whole chapter.
    """
    found = sorted(of(page, question), key=lambda one: len(page.records.values(one.thing.iri, DUO.about)))
    return found[:MOST_CAVEATS], max(0, len(found) - MOST_CAVEATS)


def links(page: Page, claim: str) -> Markup:
    """Return the caveats of a claim by their severity, each a link to where it is told; "" where there is none."""
    here = "caveats" in row_of(page.iri).sections
    return Markup(" ").join(
        Markup(f"[⚠ {escape(one.weight.capitalize())}]({_anchor(page, one, here=here)}){{ .caveat-link }}")
        for one in of(page, claim)
    )


def _anchor(page: Page, caveat: Caveat, *, here: bool) -> str:
    return f"{'' if here else page.file(KINDS['caveat'].listed_on)}#{slug_of(caveat.thing.iri)}"


def doubted(page: Page) -> tuple[int, int]:
    """Return how many claims about the page's thing have a caveat that is more than a note, and how many there are."""
    claims = page.records.claims_about(page.iri)
    found = [claim for claim in claims if any(one.severity != _NOTE for one in of(page, claim.iri))]
    return len(found), len(claims)


OVERVIEWS = {"caveat/index": ("caveats", overview)}
SECTIONS = {"caveats": section}
