"""The two tools for coordinators: the self-check, and where a project stands on the spectrum.

Both pages hold all that is known in plain HTML; the scripts in docs/script only choose from it and put it in order.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup
from rdflib import PROV, RDF, SKOS

from kb.model.records import Records
from kb.namespaces import BASE, DUO, slug_of
from kb.pages.markdown import escape
from kb.pages.page import Page
from kb.pages.subjects import caveats, messages, roles, spectrum, survey
from kb.pages.subjects.standings import badge, sentences
from kb.pages.subjects.survey_figures import figures_line, main_figures
from kb.pages.thing import Thing, Values, about

ANSWERS = ("present", "partly", "absent")
# The phrases with which the scripts of both tools write.
_WORDS = ("from-address", "kept", "nothing-answered", "address-copied", "address-shown", "cleared", "links")
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


# -- the self-check


@dataclass(frozen=True)
class Check:
    """A question of the self-check: the indicator that it asks after, and all that is known of that."""

    thing: Thing
    name: str
    rank: int
    question: Markup
    badge: Markup
    known: list[Markup]
    advice: list[tuple[Markup, Markup]]
    practice: list[tuple[Markup, Markup]]


def self_check(page: Page) -> Values:
    """Return the questions of the self-check, the answers that they may have, and the words of the script."""
    placed = ranks(page)
    return {
        "questions": [_check(page, iri, placed[iri]) for iri in page.records.things["indicator"]],
        "answers": [(answer, page.t(f"self-check-{answer}")) for answer in ANSWERS],
        "script_words": script_words(page),
    }


def script_words(page: Page) -> list[tuple[str, str]]:
    """Return the words with which the scripts of both tools write, by name."""
    return [(name, page.t(f"tool-{name}")) for name in _WORDS]


def _check(page: Page, iri: str, rank: int) -> Check:
    return Check(
        Thing(page, iri),
        slug_of(iri),
        rank,
        page.text(DUO.checkQuestion, iri),
        badge(page, iri),
        evidence_in_words(page, iri),
        [
            (page.text(DUO.statement, note), page.anchor(note, page.t("why")))
            for note in messages.implications(page, iri)
        ],
        practice(page, iri),
    )


def ranks(page: Page) -> dict[str, int]:
    """Return the rank of each success indicator by how well it is known, the best as 1; by order where that ties."""
    indicators = page.records.things["indicator"]
    best_first = sorted(indicators, key=lambda iri: (*_label_places(page, iri), indicators.index(iri)))
    return {iri: place for place, iri in enumerate(best_first, 1)}


def _label_places(page: Page, iri: str) -> tuple[int, int]:
    standing = page.records.value(iri, DUO.standing)
    return page.records.number(standing, DUO.position), -len(page.records.weighing_on(iri))


def evidence_in_words(page: Page, iri: str) -> list[Markup]:
    """Return the fixed sentences and the key message of an indicator; where it has neither, what its standing means."""
    told = [escape(f"{one.sentence.removesuffix('.')}.") for one in sentences(page, iri)]
    key = messages.statement(page, iri)
    if key:
        return [*told, key]
    return told or [page.text(SKOS.definition, page.records.value(iri, DUO.standing))]


def practice(page: Page, indicator: str) -> list[tuple[Markup, Markup]]:
    """Return what projects do about an indicator: the first survey questions that have figures, with these."""
    asked = (question for question in survey.practised(page, indicator) if main_figures(page, question))
    return [(page.anchor(question), figures_line(page, question)) for question in list(asked)[:_MOST_PRACTICE]]


# -- the spectrum


@dataclass(frozen=True)
class Option:
    """An answer about a project: what stands in addresses, its words, the positions it points to, and who says so."""

    name: str
    words: Markup
    positions: str
    pointed_to: Markup
    several: bool
    claims: list[Markup]


@dataclass(frozen=True)
class Position:
    """A position of the spectrum, with the role that goes with it and the indicators that come first there.

    A role comes with its levels: each with the characteristics that have it, as links.
    """

    number: int
    thing: Thing
    roles: list[tuple[Thing, list[tuple[Markup, list[Markup]]]]]
    first: list[tuple[Markup, Markup, Markup]]


def where(page: Page) -> Values:
    """Return the questions that place a project, the positions with what follows, and the reasons for care."""
    placed = placing(page.records)
    return {
        "questions": [(one.name, page.label(one.iri), _options(page, one)) for one in placed.questions],
        "script_words": script_words(page),
        "steps": spectrum.picture(page),
        "positions": [_position(page, placed, number, iri) for number, iri in positions(page)],
        "roles_table": page.url("role/index"),
        "caveats": caveats.of(page, f"{BASE}spectrum/positions"),
    }


def _options(page: Page, question: Question) -> list[Option]:
    return [
        Option(
            answer.name,
            page.label(answer.iri),
            " ".join(map(str, answer.positions)),
            pointed_to(page, answer),
            len(answer.positions) != 1,
            [page.anchor(claim, f"{page.kind_name('claim')} {at}") for at, claim in enumerate(answer.claims, 1)],
        )
        for answer in question.answers
    ]


def _position(page: Page, placed: Placing, number: int, iri: str) -> Position:
    roles = [(Thing(page, one.iri), role_levels(page, one.iri)) for one in here(page, placed.roles, number)]
    first = [
        (page.anchor(one.iri), badge(page, one.iri), page.anchor(one.claim)) for one in here(page, placed.first, number)
    ]
    return Position(number, Thing(page, iri), roles, first)


def positions(page: Page) -> list[tuple[int, str]]:
    """Return the positions of the spectrum in their order, with their number."""
    return [(page.records.number(iri, DUO.position), iri) for iri in spectrum.positions(page)]


def pointed_to(page: Page, answer: Answer) -> Markup:
    """Return the positions that an answer points to, as numbers that are links."""
    found = dict(positions(page))
    links = [page.anchor(found[n], n) if n in found else Markup(str(n)) for n in answer.positions]
    return Markup(", ").join(links)


def here(page: Page, pointers: Iterable[Pointer], position: int) -> list[Pointer]:
    """Return the pointers to a position, without those whose thing or claim the records do not hold."""
    return [
        pointer
        for pointer in pointers
        if position in pointer.positions
        and page.knows(pointer.iri)
        and (page.knows(pointer.claim) or not pointer.claim)
    ]


def role_levels(page: Page, role: str) -> list[tuple[Markup, list[Markup]]]:
    """Return what the table of roles says of a role: each level with the characteristics that have it, as links."""
    groups: dict[str, list[Markup]] = {}
    for cell in roles.cells(about(page, role), DUO.role):
        level, characteristic = (page.records.value(cell, axis) for axis in (DUO.level, DUO.characteristic))
        groups.setdefault(level, []).append(page.anchor(cell, page.plain(characteristic)))
    strongest_first = sorted(groups, key=lambda level: -page.records.number(level, DUO.rank))
    return [(page.label(level), groups[level]) for level in strongest_first]


OVERVIEWS = {"tools/self-check": ("self-check", self_check), "tools/spectrum": ("where", where)}
