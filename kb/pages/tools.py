"""The two tools for coordinators: the self-check, and where a project stands on the spectrum.

Both pages hold all that is known in plain HTML; the scripts in docs/script only choose from it and put it in order.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from markupsafe import Markup
from rdflib import PROV, RDF, SKOS

from kb.markdown import escape
from kb.namespaces import BASE, DUO, slug_of
from kb.pages import messages, survey, tables
from kb.pages.page import Page
from kb.pages.standings import sentences
from kb.records import Records

ANSWERS = ("present", "partly", "absent")
# How many survey questions stand with a question of the self-check; the indicator's page has all.
_MOST_PRACTICE = 2


@dataclass(frozen=True)
class Answer:
    """One answer about a project: the positions it points to and the claims that bear that.

    `name` stands in addresses, and is told apart within the question only.
    """

    iri: str
    name: str
    positions: tuple[int, ...]
    claims: tuple[str, ...]


@dataclass(frozen=True)
class Question:
    """One question about a project."""

    iri: str
    name: str
    answers: tuple[Answer, ...]


@dataclass(frozen=True)
class Pointer:
    """What belongs to some positions: a role, or an indicator with the claim that says why it comes first."""

    iri: str
    positions: tuple[int, ...]
    claim: str = ""


@dataclass(frozen=True)
class Placing:
    """How a project is given its place on the spectrum, and what follows from it."""

    questions: tuple[Question, ...]
    roles: tuple[Pointer, ...]
    first: tuple[Pointer, ...]


def placing(records: Records) -> Placing:
    """Return how a project is given its place, as the content says."""
    kinds = {iri: records.values(iri, RDF.type) for iri in records.things["placing"]}
    questions = (iri for iri, types in kinds.items() if str(DUO.PlacingQuestion) in types)
    advice = (iri for iri, types in kinds.items() if str(DUO.PlacingAdvice) in types)
    roles = (role for role in records.things["role"] if records.values(role, DUO.goesWith))
    return Placing(
        tuple(Question(iri, slug_of(iri), _answers(records, iri)) for iri in questions),
        tuple(Pointer(role, _numbers(records, records.values(role, DUO.goesWith))) for role in roles),
        tuple(_advice(records, iri) for iri in advice),
    )


def _answers(records: Records, question: str) -> tuple[Answer, ...]:
    found = sorted(records.subjects(SKOS.inScheme, question), key=lambda iri: records.number(iri, DUO.position))
    return tuple(
        Answer(
            iri,
            slug_of(iri).rpartition("--")[2],
            _numbers(records, records.values(iri, DUO.pointsTo)),
            tuple(records.values(iri, PROV.wasDerivedFrom)),
        )
        for iri in found
    )


def _advice(records: Records, iri: str) -> Pointer:
    positions = _numbers(records, records.values(iri, DUO.pointsTo))
    return Pointer(records.value(iri, DUO.lookAt), positions, records.value(iri, PROV.wasDerivedFrom))


def _numbers(records: Records, positions: Iterable[str]) -> tuple[int, ...]:
    return tuple(sorted(records.number(iri, DUO.position) for iri in positions))


def anchor(page: Page, iri: str, text: object = None) -> Markup:
    """A link in HTML to the page of a thing, for where Markdown is not read; its name where this site has no page."""
    shown = page.label(iri) if text is None else Markup.escape(text)
    return shown if not known(page, iri) else Markup(f'<a href="{page.address(iri)}">{shown}</a>')


def known(page: Page, iri: str) -> bool:
    """Whether the records hold this thing."""
    return bool(page.records.values(iri, RDF.type))


# -- the self-check


def ranks(page: Page) -> dict[str, int]:
    """The success indicators by how well they are known, the best known as 1, by their order where that is equal."""
    indicators = page.records.things["indicator"]
    best_first = sorted(indicators, key=lambda iri: (*_label_places(page, iri), indicators.index(iri)))
    return {iri: place for place, iri in enumerate(best_first, 1)}


def _label_places(page: Page, iri: str) -> tuple[int, int]:
    standing = page.records.value(iri, DUO.standing)
    return page.records.number(standing, DUO.position), -len(page.records.weighing_on(iri))


def evidence_in_words(page: Page, iri: str) -> list[Markup]:
    """The fixed sentences and the key message of an indicator; where it has neither, what its standing means."""
    told = [
        escape(f"{one.sentence}.") if not one.sentence.endswith(".") else escape(one.sentence)
        for one in sentences(page, iri)
    ]
    key = messages.message(page, iri)
    if key:
        return [*told, page.text("duo:statement", key)]
    standing = page.records.value(iri, DUO.standing)
    return told or [page.text("skos:definition", standing)]


def practice(page: Page, indicator: str) -> list[tuple[Markup, Markup]]:
    """What projects do about an indicator: the first survey questions that have figures, with these."""
    asked = (question for question in survey.practised(page, indicator) if survey.main_figures(page, question))
    return [(anchor(page, question), survey.figures_line(page, question)) for question in list(asked)[:_MOST_PRACTICE]]


# -- the spectrum


def positions(page: Page) -> list[tuple[int, str]]:
    """The positions of the spectrum in their order, with their number."""
    return [(page.records.number(iri, DUO.position), iri) for iri in tables.positions(page)]


def pointed_to(page: Page, answer: Answer) -> Markup:
    """The positions that an answer points to, as numbers that are links."""
    found = dict(positions(page))
    links = [anchor(page, found[n], n) if n in found else Markup(str(n)) for n in answer.positions]
    return Markup(", ").join(links)


def here(page: Page, pointers: Iterable[Pointer], position: int) -> list[Pointer]:
    """Those that belong to a position, as far as the records hold them."""
    return [
        pointer
        for pointer in pointers
        if position in pointer.positions
        and known(page, pointer.iri)
        and (known(page, pointer.claim) or not pointer.claim)
    ]


def role_levels(page: Page, role: str) -> list[tuple[Markup, list[Markup]]]:
    """What the table of roles says of a role: each level with the characteristics that have it, as links."""
    about = replace(page, iri=role)
    groups: dict[str, list[Markup]] = {}
    for cell in tables.cells(about, DUO.role):
        level, characteristic = (page.records.value(cell, axis) for axis in (DUO.level, DUO.characteristic))
        groups.setdefault(level, []).append(anchor(page, cell, page.plain(characteristic)))
    strongest_first = sorted(groups, key=lambda level: -page.records.number(level, DUO.rank))
    return [(page.label(level), groups[level]) for level in strongest_first]


def caveats(page: Page) -> list[tuple[str, Markup]]:
    """The reasons for care with the spectrum: severity, text."""
    found = tables.caveats(page, f"{BASE}spectrum/positions")
    return [(severity, page.text("duo:statement", caveat)) for severity, caveat in found]
