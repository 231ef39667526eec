"""The two tools for coordinators: the self-check, and where a project stands on the spectrum.

Both pages hold all that is known in plain HTML; the scripts in docs/script only choose from it and put it in order.
"""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from markupsafe import Markup
from rdflib import RDF

from kb import words
from kb.markdown import escape
from kb.namespaces import BASE, DUO
from kb.pages import messages, survey, tables
from kb.pages.page import Page
from kb.pages.standings import sentences

ANSWERS = ("present", "partly", "absent")
# How many survey questions stand with a question of the self-check; the indicator's page has all.
_MOST_PRACTICE = 2
_CHOSEN_FROM = Path(words.__file__).parent / "spectrum" / "questions.toml"


@dataclass(frozen=True)
class Answer:
    """One answer about a project: its text by language, the positions it points to and the claims that bear that."""

    name: str
    texts: Mapping[str, str]
    positions: tuple[int, ...]
    claims: tuple[str, ...]


@dataclass(frozen=True)
class Question:
    """One question about a project, its text by language."""

    name: str
    texts: Mapping[str, str]
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


@cache
def placing() -> Placing:
    """The questions about the spectrum with their answers, from the file beside the words."""
    table = tomllib.loads(_CHOSEN_FROM.read_text("utf-8"))
    return Placing(
        tuple(
            Question(entry["name"], _texts(entry), tuple(_answer(answer) for answer in entry["answer"]))
            for entry in table["question"]
        ),
        tuple(Pointer(f"{BASE}role/{entry['name']}", tuple(entry["positions"])) for entry in table["role"]),
        tuple(
            Pointer(f"{BASE}indicator/{entry['indicator']}", tuple(entry["positions"]), _claim(entry["claim"]))
            for entry in table["first"]
        ),
    )


def _answer(entry: Mapping[str, Any]) -> Answer:
    return Answer(entry["name"], _texts(entry), tuple(entry["positions"]), tuple(map(_claim, entry["claims"])))


def _texts(entry: Mapping[str, Any]) -> dict[str, str]:
    return {language: entry[language] for language in words.LANGUAGES}


def _claim(slug: str) -> str:
    return f"{BASE}claim/{slug}"


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
    """What Flemish projects do about an indicator: the first survey questions that have figures, with these."""
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
