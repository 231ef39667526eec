"""The evidence map: its cells and facts as HTML that docs/script/evidence-map.page.ts can filter, and as CSV.

The text of a cell is made here and, for a selection, by the script, from the same words, in the same order and by the
same rules: which mixtures of directions make which state, and how large a mark is, stand with the words on the page.
"""

import html
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, combinations

from markupsafe import Markup

from kb.answers import spreadsheet_csv
from kb.model.evidence import COMPARISONS, DIFFERING, state_of
from kb.model.gap_matrix import (
    Cell,
    Finding,
    Matrix,
    backing,
    evidence_map,
    findings,
    interventions,
)
from kb.model.records import DIRECTIONS, EvidenceItem
from kb.namespaces import DUO, local_name, slug_of
from kb.pages.markdown import escape
from kb.pages.page import Page
from kb.pages.subjects import standings
from kb.pages.subjects.frameworks import named_by, short_name
from kb.pages.thing import Thing, Values
from kb.words import LANGUAGES, has_phrase, langid_name, language_data

CELLS_CSV, ITEMS_CSV = "assets/evidence-map.csv", "assets/evidence-items.csv"
# What studies found, taken together (kb/model/evidence.py), with marks that differ in shape, not in colour alone.
STATES = {"supported": "●", "mixed": "◐", "no-effect": "○", "against": "▼", "not-studied": "◌"}
# How large the mark of a cell is by its number of studies and reviews, from 0; for more than these as for the last.
SIZES = (1, 1, 2, 2, 3)
# On what evidence was gathered: what this base is about, a neighbour, or not known on what.
DIRECTNESS = ("direct", "borrowed", "open")
_COUNTED = ("claims", "sources", "studies", "reviews", *DIRECTIONS)
_YEAR = re.compile(r"\d{4}")


@dataclass(frozen=True)
class Fact:
    """A row of the table of facts: a finding as it concerns one outcome domain."""

    finding: Finding
    domain: str


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


def code(iri: str) -> str:
    """Return the name of a row or column in addresses and for the script."""
    return slug_of(iri) if iri else "not-stated"


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
    return _attribute(json.dumps(told, ensure_ascii=False))


def state_by_mixture() -> dict[str, str]:
    """Return the state for each mixture of directions, by their names with a space between, in the order of all."""
    mixtures = chain.from_iterable(combinations(DIRECTIONS, n) for n in range(len(DIRECTIONS) + 1))
    return {" ".join(mixture): state_of(set(mixture)) for mixture in mixtures}


def _attribute(text: str) -> Markup:
    return Markup(html.escape(text))


# -- filters


def choices(page: Page) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the filters with boxes to tick: name, and for each box its code and words.

    Only what occurs has a box, in a fixed order.
    """
    codes = [_codes(page, fact) for _, group in facts_by_domain(page) for fact in group]
    found = {name: {value for known in codes for value in known[name]} for name in _TOLD}
    return [
        (name, [(value, tell(page, value)) for value in _order(page, order) if value in found[name]])
        for name, (order, tell) in _TOLD.items()
    ]


def _directness(page: Page, value: str) -> str:
    return page.t(f"map-{value}-filter")


def directness(page: Page, item: EvidenceItem) -> str:
    """Return on what evidence was gathered, as a value of the filter: one of DIRECTNESS."""
    if not item.studied_in:
        return "open"
    return "direct" if set(item.studied_in) & set(page.records.own) else "borrowed"


def language(page: Page, value: str) -> str:
    """Return the language of a source in words."""
    return page.t("map-language-unknown") if value == "unknown" else langid_name(value, page.language)


def _order(page: Page, values: str | Callable[[], Iterable[str]]) -> Iterable[str]:
    """Return the values of a filter in their order: of a closed list, or those given."""
    return page.records.members(values) if isinstance(values, str) else values()


def _languages() -> Iterable[str]:
    return (*sorted(language_data(code).langid for code in LANGUAGES), "unknown")


_TOLD: dict[str, tuple[str | Callable[[], Iterable[str]], Callable[[Page, str], str]]] = {
    "for": ("Beneficiary", Page.term),
    "directness": (lambda: DIRECTNESS, _directness),
    "design": ("StudyDesign", Page.design_within),
    "language": (_languages, language),
}


def _codes(page: Page, fact: Fact) -> dict[str, list[str]]:
    """Return the values of a fact for each filter with boxes."""
    return {
        "for": [local_name(iri) for iri in page.records.values(fact.domain, DUO.beneficiary)],
        "directness": [directness(page, fact.finding.item)],
        "design": [fact.finding.design],
        "language": [source_language(page, fact)],
    }


def years(page: Page) -> tuple[int, int]:
    """Return the first and the last year of the sources on the map; 0 and 0 where there is none."""
    found = [year for _, group in facts_by_domain(page) for fact in group for year in _years(page, fact)]
    return min(found, default=0), max(found, default=0)


def _years(page: Page, fact: Fact) -> list[int]:
    return [int(year) for year in _YEAR.findall(page.records.source(fact.finding.item.source).year)]


# -- the table of facts


def facts_by_domain(page: Page) -> list[tuple[str, list[Fact]]]:
    """Return the facts of each domain that has any, by intervention, then in the order of the claims."""
    order = list(interventions(page.records))
    found = sorted(
        page.records.dependencies.cached(findings, page.records),
        key=lambda finding: min(order.index(iri) for iri in finding.interventions),
    )
    groups = {
        domain: [Fact(finding, domain) for finding in found if domain in finding.domains]
        for domain in page.records.things["domain"]
    }
    return [(domain, group) for domain, group in groups.items() if group]


def pieces(page: Page) -> int:
    """Return how many pieces of evidence the map holds, each one claim and one source."""
    return len(page.records.dependencies.cached(findings, page.records))


def data(page: Page, fact: Fact) -> Markup:
    """Return a fact as the data attributes of its row."""
    span, item = _years(page, fact), fact.finding.item
    attributes = {
        "claim": slug_of(item.claim),
        "source": slug_of(item.source),
        "direction": item.direction,
        "study": slug_of(item.study) if item.counts else "",
        "pooled": "yes" if item.pooled else "no",
        "comparison": COMPARISONS.index(item.comparison) if item.counts else "",
        "counts": " ".join(map(code, fact.finding.counts_for)),
        "from": min(span, default=""),
        "to": max(span, default=""),
        "on": " ".join(map(code, fact.finding.interventions)),
        "domain": code(fact.domain),
        **{name: " ".join(values) for name, values in _codes(page, fact).items()},
    }
    return Markup(" ").join(Markup(f'data-{name}="{_attribute(str(value))}"') for name, value in attributes.items())


def source_language(page: Page, fact: Fact) -> str:
    """Return the language of a source as its entry names it, else "unknown"."""
    return page.records.source(fact.finding.item.source).fields.get("langid", "unknown")


@dataclass(frozen=True)
class Column:
    """A column of the table of facts: the phrase that heads it, what stands in it, and for a link to what."""

    heading: str
    words: Callable[[Page, Fact], str]
    to: Callable[[Fact], str] | None = None


def _on(page: Page, fact: Fact) -> str:
    found = fact.finding.interventions
    return ", ".join(page.plain(iri) if iri else page.t("map-not-stated") for iri in found)


# By the names by which the script knows them.
COLUMNS: Mapping[str, Column] = {
    "claim": Column(
        "column-claim", lambda page, fact: page.plain(fact.finding.item.claim), lambda fact: fact.finding.item.claim
    ),
    "direction": Column("column-direction", lambda page, fact: page.t(f"does-{fact.finding.item.direction}")),
    "source": Column(
        "column-source", lambda page, fact: page.plain(fact.finding.item.source), lambda fact: fact.finding.item.source
    ),
    "design": Column("design", lambda page, fact: page.design_within(fact.finding.design)),
    "year": Column("year", lambda page, fact: page.records.source(fact.finding.item.source).year),
    "language": Column("map-language", lambda page, fact: language(page, source_language(page, fact))),
    "basis": Column("column-basis", lambda page, fact: page.rests_on(fact.finding.item)),
    "gathered-on": Column("gathered-on", lambda page, fact: page.gathered(fact.finding.item)),
    "interventions": Column("map-on", _on),
    "outcomes": Column("column-outcome", lambda page, fact: page.enumerated(fact.finding.outcomes)),
    "domain": Column("column-domain", lambda page, fact: page.plain(fact.domain)),
    "population": Column("population", lambda page, fact: _population(page, fact.finding.item.source)),
}


def _population(page: Page, source: str) -> str:
    return page.records.text(source, DUO.population, page.language).words


def shown_row(page: Page, fact: Fact) -> list[object]:
    """Return a fact in words, a text per column, those that stand for a thing as a link in raw HTML."""
    return [
        page.anchor(column.to(fact), column.words(page, fact)) if column.to else column.words(page, fact)
        for column in COLUMNS.values()
    ]


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
