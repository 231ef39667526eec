"""The evidence map: its cells and facts as HTML that docs/script/evidence-map.page.ts can filter, and as CSV.

The text of a cell is made here and, for a selection, by the script, from the same words, in the same order and by the
same rules: which mixtures of directions make which state, and how large a mark is, stand with the words on the page.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, combinations

from markupsafe import Markup

from kb.answers import spreadsheet_csv
from kb.model.evidence import DIFFERING, state_of
from kb.model.gap_matrix import (
    Cell,
    Matrix,
    backing,
    evidence_map,
    interventions,
)
from kb.model.records import DIRECTIONS
from kb.namespaces import slug_of
from kb.pages.markdown import escape
from kb.pages.page import Page
from kb.pages.subjects import standings
from kb.pages.subjects.evidence_map_facts import (
    COLUMNS,
    attribute,
    choices,
    code,
    data,
    facts_by_domain,
    pieces,
    shown_row,
    years,
)
from kb.pages.subjects.frameworks import named_by, short_name
from kb.pages.thing import Thing, Values
from kb.words import has_phrase

CELLS_CSV, ITEMS_CSV = "assets/evidence-map.csv", "assets/evidence-items.csv"
# What studies found, taken together (kb/model/evidence.py), with marks that differ in shape, not in colour alone.
STATES = {"supported": "●", "mixed": "◐", "no-effect": "○", "against": "▼", "not-studied": "◌"}
# How large the mark of a cell is by its number of studies and reviews, from 0; for more than these as for the last.
SIZES = (1, 1, 2, 2, 3)
_COUNTED = ("claims", "sources", "studies", "reviews", *DIRECTIONS)


@dataclass(frozen=True)
class Shown:
    """A cell of the map: its text as raw HTML, and its row, column, state and size for the script."""

    row: str
    column: str
    state: str
    size: int
    words: Markup


@dataclass(frozen=True)
class Indicator:
    """A success indicator: how far it was studied, the works behind it as links, and what each framework names of it.

    `own` are studies of what this base is about, `borrowed` those of its neighbours, `others` all other works.
    """

    anchor: Markup
    badge: Markup
    own: list[Markup]
    borrowed: list[Markup]
    others: list[Markup]
    named_by: list[list[tuple[Thing, str]]]


def overview(page: Page) -> Values:
    """Return the map with its zeros, the table of facts, the filters, and the success indicators with their works."""
    found, span = matrix(page), years(page)
    frameworks = page.records.things["framework"]
    return {
        "pieces": pieces(page),
        "filters": choices(page),
        "first_year": span[0],
        "last_year": span[1],
        "script_data": script_data(page),
        "domains": [page.anchor(column) for column in found.columns],
        "rows": [_row(page, found, row) for row in found.rows],
        "legend": [(state_badge(page, name), page.t(f"state-means-{name}")) for name in STATES],
        "cells_csv": Markup(CELLS_CSV),
        "items_csv": Markup(ITEMS_CSV),
        "question": page.question_link("outcomes-by-intervention"),
        "columns": [(name, page.t(column.heading)) for name, column in COLUMNS.items()],
        "facts": [
            (code(domain), page.label(domain), [(data(page, fact), shown_row(page, fact)) for fact in facts])
            for domain, facts in facts_by_domain(page)
        ],
        "frameworks": [page.anchor(iri, short_name(page, iri)) for iri in frameworks],
        "indicators": [_indicator(page, iri, frameworks) for iri in page.records.things["indicator"]],
    }


def _row(page: Page, found: Matrix, row: str) -> tuple[int, Markup, list[Shown]]:
    """Return how deep an intervention stands in the tree, its name, and its cells."""
    name = page.anchor(row) if row else escape(page.t("map-not-stated"))
    cells = [_shown(page, found.cells[row, column], column) for column in found.columns]
    return interventions(page.records)[row], name, cells


def _shown(page: Page, cell: Cell, column: str) -> Shown:
    size = SIZES[min(len(cell.studies), len(SIZES) - 1)]
    return Shown(code(cell.row), code(column), cell.state, size, cell_words(page, cell, column))


def _indicator(page: Page, iri: str, frameworks: Iterable[str]) -> Indicator:
    known = backing(page.records, iri)
    return Indicator(
        page.anchor(iri),
        standings.badge(page, iri),
        _anchors(page, known.own),
        _anchors(page, known.borrowed),
        _anchors(page, known.others),
        [named_by(page, iri, framework) for framework in frameworks],
    )


def _anchors(page: Page, iris: Iterable[str]) -> list[Markup]:
    return [page.anchor(iri) for iri in iris]


def matrix(page: Page) -> Matrix:
    """Return the matrix of interventions and outcome domains with its zeros."""
    return page.records.dependencies.cached(evidence_map, page.records)


# -- cells


def state_badge(page: Page, name: str) -> Markup:
    """Return a state as its mark and its word, in raw HTML."""
    words = escape(page.t(f"state-{name}"))
    return Markup(f'<span class="map-state"><span aria-hidden="true">{STATES[name]}</span> {words}</span>')


def cell_words(page: Page, shown: Cell, column: str) -> Markup:
    """Return what stands in a cell; where it has claims, as a link to its column's part of the table of facts."""
    if not shown.findings:
        return state_badge(page, "not-studied")
    told = cell_lines(page, shown)
    lines = Markup("").join(
        Markup(f"<small>{escape(line)}</small>") for line in (told.much, told.studies, told.directions, told.designs)
    )
    return Markup(f'<a href="#facts-{code(column)}">{state_badge(page, shown.state)}{lines}</a>')


@dataclass(frozen=True)
class Lines:
    """The text of a cell below its state, line by line; "" for a line that has nothing to say."""

    much: str
    studies: str
    directions: str
    designs: str


def cell_lines(page: Page, shown: Cell) -> Lines:
    """Return the text of a cell below its state."""
    much = f"{page.counted('map-claims', shown.claims)}, {page.counted('map-sources', shown.sources)}"
    return Lines(
        page.t("map-only-named", what=much) if shown.state == "not-studied" else much,
        ", ".join(page.counted(f"map-{kind}", n) for kind, n in _studies(shown).items() if n),
        ", ".join(page.counted(f"map-{direction}", n) for direction, n in shown.directions.items()),
        ", ".join(f"{page.design_within(name)}{f' ({n})' if n > 1 else ''}" for name, n in _designs(page, shown)),
    )


def _studies(shown: Cell) -> dict[str, int]:
    pooled = [study.pooled for study in shown.studies]
    return {"studies": pooled.count(False), "reviews": pooled.count(True)}


def _designs(page: Page, shown: Cell) -> list[tuple[str, int]]:
    return [(name, shown.designs[name]) for name in page.records.members("StudyDesign") if name in shown.designs]


def script_data(page: Page) -> Markup:
    """Return the words and rules with which the script writes a cell, as the JSON of an attribute."""
    names = [*_COUNTED, "only-named", "shown", "shown-filtered", "filter-nothing", "none-here", "csv-name"]
    told: dict[str, object] = {
        "said": {
            name: page.t(f"map-{name}") for base in names for name in (base, f"{base}-1") if has_phrase(f"map-{name}")
        },
        "states": {name: {"mark": mark, "word": page.t(f"state-{name}")} for name, mark in STATES.items()},
        "designs": {name: page.design_within(name) for name in page.records.members("StudyDesign")},
        "directions": DIRECTIONS,
        "differing": DIFFERING,
        "stateOf": state_by_mixture(),
        "sizes": SIZES,
    }
    return attribute(json.dumps(told, ensure_ascii=False))


def state_by_mixture() -> dict[str, str]:
    """Return the state for each mixture of directions, by their names with a space between, in the order of all."""
    mixtures = chain.from_iterable(combinations(DIRECTIONS, n) for n in range(len(DIRECTIONS) + 1))
    return {" ".join(mixture): state_of(set(mixture)) for mixture in mixtures}


# -- files


def cells_csv(page: Page) -> str:
    """Return the matrix with its zeros, a line per cell."""
    rows = ([row[name] for name in _CELL_COLUMNS] for row in _cell_rows(page))
    return spreadsheet_csv([[page.t(f"column-{name}") for name in _CELL_COLUMNS], *rows])


_CELL_COLUMNS = (
    "intervention", "domain", "state", "claims", "sources", "studies", "reviews", "design", "direction",
)  # fmt: skip


def _cell_rows(page: Page) -> Iterator[dict[str, object]]:
    for (down, across), shown in matrix(page).cells.items():
        told = cell_lines(page, shown)
        yield {
            "intervention": page.plain(down) if down else page.t("map-not-stated"),
            "domain": page.plain(across),
            "state": page.t(f"state-{shown.state}"),
            "claims": shown.claims,
            "sources": shown.sources,
            **_studies(shown),
            "design": told.designs,
            "direction": told.directions,
        }


def items_csv(page: Page) -> str:
    """Return the table of facts, with the names of claim and source before it."""
    facts = (fact for _, group in facts_by_domain(page) for fact in group)
    rows = (
        [
            slug_of(fact.finding.item.claim),
            slug_of(fact.finding.item.source),
            *(column.words(page, fact) for column in COLUMNS.values()),
        ]
        for fact in facts
    )
    return spreadsheet_csv([["claim", "source", *(page.t(column.heading) for column in COLUMNS.values())], *rows])


FILES = {CELLS_CSV: cells_csv, ITEMS_CSV: items_csv}


OVERVIEWS = {"evidence-map": ("evidence-map", overview)}
