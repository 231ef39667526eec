"""The rubric as it is shown: the labels for strength and state of the evidence, and what bears each."""

from markupsafe import Markup
from rdflib import RDF

from kb.markdown import escape
from kb.namespaces import DUO
from kb.pages.page import Page

# The four states differ in shape and word, not in colour alone.
MARKS = {"Supported": "●", "MixedOrDisputed": "◐", "NoEffectFound": "○", "NotStudied": "◌"}


# Kinds of which a reader asks whether it is really known; the labels of an intervention tell how well it is described.
ASKED = ("indicator", "domain", "outcome", "pitfall")


def terms(page: Page, list_: str) -> list[str]:
    """The labels of a closed list, "EvidenceStrength" or "EvidenceState", in their order."""
    found = page.records.subjects(RDF.type, str(DUO[list_]))
    return sorted(found, key=lambda term: page.records.number(term, DUO.position))


def having(page: Page, term: str, kind: str) -> list[str]:
    """The things of a kind that bear a label."""
    found = {*page.records.subjects(DUO.evidenceStrength, term), *page.records.subjects(DUO.evidenceState, term)}
    return [iri for iri in page.records.things[kind] if iri in found]


def badge(page: Page, iri: str) -> Markup:
    """State and strength in words, such as "supported, borrowed only (mentoring)"; "" where the rubric has none."""
    state, strength = page.records.value(iri, DUO.evidenceState), page.records.value(iri, DUO.evidenceStrength)
    if not strength:
        return Markup("")
    words = page.plain(strength)
    borrowed_from = page.standing(iri).borrowed_from
    if strength == str(DUO.BorrowedOnly) and borrowed_from:
        words = f"{words} ({page.enumerated(borrowed_from)})"
    return Markup(
        f'<span class="state"><span aria-hidden="true">{MARKS[state.removeprefix(str(DUO))]}</span> '
        f'{escape(page.plain(state))}</span> <span class="strength">{escape(words)}</span>'
    )


def count_line(page: Page, iri: str) -> str:
    """How many studies count for the labels of a thing, direct and borrowed ones, in a sentence; "" where none does."""
    number = {name: page.records.number(iri, DUO[name]) for name in ("studies", "directStudies", "borrowedStudies")}
    if not number["studies"]:
        return ""
    direct, borrowed = number["directStudies"], number["borrowedStudies"]
    return page.counted("studies-count", number["studies"], direct=direct, borrowed=borrowed)
