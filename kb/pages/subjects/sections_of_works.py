"""Works section by section: what was taken from each, so that anyone can check what was left out."""

from collections.abc import Iterator
from dataclasses import dataclass

from rdflib import DCTERMS, SKOS

from kb.model.records import Claim
from kb.namespaces import BASE, DUO, of_kind
from kb.pages.page import Page
from kb.pages.subjects.claims import entries
from kb.pages.subjects.survey_figures import figures_line
from kb.pages.thing import Thing, Values, things


@dataclass(frozen=True)
class Taken:
    """What was taken from one section: claims, survey questions, figures, gaps, and the works its claims rest on."""

    claims: tuple[Claim, ...]
    questions: tuple[str, ...]
    observations: tuple[str, ...]
    gaps: tuple[str, ...]
    works: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Row:
    """A section in the overview: how deep its heading stands, 0 for a chapter, and how much was taken from it."""

    depth: int
    thing: Thing
    claims: int
    figures: int
    gaps: int
    works: int


def overview(page: Page) -> Values:
    """Return the works whose table of contents is known, each with its sections."""
    return {
        "works": [
            (work, [_row(page, iri) for iri in sections_of(page, work.iri)]) for work in things(page, works(page))
        ]
    }


def _row(page: Page, section: str) -> Row:
    found, thing = taken(page, section), Thing(page, section)
    counts = map(len, (found.claims, found.observations, found.gaps, found.works))
    return Row(thing.notation.count("."), thing, *counts)


def place(page: Page) -> Values:
    """Return where the page's section stands: its work, the headings above it from the chapter down, those below."""
    above, below = around(page)
    return {
        "section": Thing(page, page.iri).notation,
        "work": Thing(page, page.records.value(page.iri, DCTERMS.isPartOf)),
        "above": things(page, above),
        "below": things(page, below),
    }


def contents(page: Page) -> Values:
    """Return what was taken from the page's section: works, claims, questions with their figures, gaps."""
    found = taken(page, page.iri)
    has_any = found.claims or found.questions or found.gaps or around(page)[1]
    return {
        "works": [(Thing(page, work), page.counted("claims-short", claims)) for work, claims in found.works],
        "claims": entries(page, found.claims),
        "questions": [(Thing(page, question), figures_line(page, question)) for question in found.questions],
        "gaps": things(page, found.gaps),
        "nothing": not has_any,
    }


def sections_of(page: Page, work: str) -> list[str]:
    """Return the sections of a work in the order of its table of contents."""
    return [iri for iri in page.records.things["section"] if page.records.value(iri, DCTERMS.isPartOf) == work]


def works(page: Page) -> list[str]:
    """Return the works whose table of contents is known, sorted."""
    found = (page.records.value(iri, DCTERMS.isPartOf) for iri in page.records.things["section"])
    return sorted(set(filter(None, found)))


def numbered(page: Page, work: str) -> dict[str, str]:
    """Return the sections of a work by their number."""
    return {page.records.value(iri, SKOS.notation): iri for iri in sections_of(page, work)}


def around(page: Page) -> tuple[list[str], list[str]]:
    """Return the headings above the page's section, from the chapter down, and those one step below it."""
    number, work = page.records.value(page.iri, SKOS.notation), page.records.value(page.iri, DCTERMS.isPartOf)
    numbers = numbered(page, work)
    above = [iri for other, iri in numbers.items() if number.startswith(f"{other}.")]
    below = [iri for other, iri in numbers.items() if other.rpartition(".")[0] == number]
    return above, below


def taken(page: Page, section: str) -> Taken:
    """Return what was taken from a section itself, without those below it."""
    found = page.records.subjects(DUO.inSection, section)
    kinds = page.records.members("ClaimKind")
    said = [page.records.claim(iri) for iri in of_kind(found, "claim")]
    claims = tuple(sorted(said, key=lambda claim: (kinds.index(claim.kind), claim.iri)))
    return Taken(
        claims=claims,
        questions=tuple(sorted(of_kind(found, "question"), key=lambda iri: page.records.number(iri, DUO.position))),
        observations=tuple(of_kind(found, "observation")),
        gaps=tuple(of_kind(found, "gap")),
        works=tuple(_works(claims)),
    )


def _works(claims: tuple[Claim, ...]) -> Iterator[tuple[str, int]]:
    """Yield the works behind claims with the number of claims that each bears on, the most used first."""
    counts: dict[str, int] = {}
    for claim in claims:
        for source in {item.source for item in claim.evidence}:
            counts[source] = counts.get(source, 0) + 1
    yield from sorted(counts.items(), key=lambda pair: (-pair[1], pair[0].removeprefix(BASE)))


OVERVIEWS = {"section/index": ("sections", overview)}
SECTIONS = {"section-place": place, "section-taken": contents}
