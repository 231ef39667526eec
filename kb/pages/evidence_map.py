"""The evidence map: its cells and facts as HTML that docs/script/evidence-map.page.ts can filter, and as CSV.

What a cell says is made here and, for a selection, by the script, from the same words and in the same order.
"""

import html
import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup
from rdflib import SKOS

from kb.evidence import COMPARISONS
from kb.exports import csv_text
from kb.gap_matrix import (
    Cell,
    Finding,
    Matrix,
    backing,
    evidence_map,
    findings,
    interventions,
)
from kb.markdown import escape
from kb.namespaces import DUO, slug_of
from kb.pages import standings
from kb.pages.page import Page, page_path
from kb.pages.tables import in_order
from kb.records import DIRECTIONS, EvidenceItem
from kb.words import has_phrase

CELLS_CSV, ITEMS_CSV = "assets/evidence-map.csv", "assets/evidence-items.csv"
# What studies found, taken together (kb/evidence.py), with marks that differ in shape, not in colour alone.
STATES = {"supported": "●", "mixed": "◐", "no-effect": "○", "against": "▼", "not-studied": "◌"}
# On what evidence was gathered: what this base is about, a neighbour, or not known on what.
DIRECTNESS = ("direct", "borrowed", "open")
_COUNTED = ("claims", "sources", "studies", "reviews", *DIRECTIONS)
_YEAR = re.compile(r"\d{4}")


@dataclass(frozen=True)
class Fact:
    """A row of the table of facts: a finding as it concerns one outcome domain."""

    finding: Finding
    domain: str


def matrix(page: Page) -> Matrix:
    """The matrix with its zeros."""
    return page.records.reading.once(evidence_map, page.records)


# -- cells


def row_name(page: Page, iri: str) -> Markup:
    """What a row is called, as a link to its page."""
    return anchor(page, iri) if iri else escape(page.t("map-not-stated"))


def anchor(page: Page, iri: str, text: object = None) -> Markup:
    """A link to the page of a thing in raw HTML."""
    shown = page.label(iri) if text is None else escape(text)
    return Markup(f'<a href="{page.url(page_path(iri))}">{shown}</a>')


def depth(page: Page, iri: str) -> int:
    """How deep an intervention stands in the tree."""
    return interventions(page.records)[iri]


def code(iri: str) -> str:
    """The name of a row or column in addresses and for the script."""
    return slug_of(iri) if iri else "not-stated"


def state_badge(page: Page, name: str) -> Markup:
    """A state as its mark and its word."""
    words = escape(page.t(f"state-{name}"))
    return Markup(f'<span class="map-state"><span aria-hidden="true">{STATES[name]}</span> {words}</span>')


def cell(page: Page, shown: Cell, column: str) -> Markup:
    """What stands in a cell; where it has claims, as a link to its column's part of the table of facts."""
    if not shown.findings:
        return state_badge(page, "not-studied")
    lines = Markup("").join(Markup(f"<small>{escape(line)}</small>") for line in _lines(page, shown))
    return Markup(f'<a href="#facts-{code(column)}">{state_badge(page, shown.state)}{lines}</a>')


def much(shown: Cell) -> int:
    """How large the mark of a cell is: 1 for up to one study or review, 2 for up to three, 3 for more."""
    n = len(shown.studies)
    return 1 + (n > 1) + (n > 3)


def _lines(page: Page, shown: Cell) -> list[str]:
    pooled = [study.pooled for study in shown.studies]
    counts = {"studies": pooled.count(False), "reviews": pooled.count(True)}
    much = f"{page.counted('map-claims', shown.claims)}, {page.counted('map-sources', shown.sources)}"
    return [
        page.t("map-only-named", what=much) if shown.state == "not-studied" else much,
        ", ".join(page.counted(f"map-{kind}", n) for kind, n in counts.items() if n),
        ", ".join(page.counted(f"map-{direction}", n) for direction, n in shown.directions.items()),
        ", ".join(f"{design(page, name)}{f' ({n})' if n > 1 else ''}" for name, n in _designs(page, shown)),
    ]


def _designs(page: Page, shown: Cell) -> list[tuple[str, int]]:
    return [(name, shown.designs[name]) for name in page.records.members("StudyDesign") if name in shown.designs]


def design(page: Page, name: str) -> str:
    """A study design in words that stand alone."""
    return page.t("design-not-known") if name == "Unknown" else page.term(name)


def words(page: Page) -> str:
    """The words with which the script writes a cell, as the JSON of an attribute."""
    names = [*_COUNTED, "only-named", "shown", "shown-filtered", "filter-nothing", "none-here", "csv-name"]
    said = {name: page.t(f"map-{name}") for base in names for name in (base, f"{base}-1") if has_phrase(f"map-{name}")}
    states = {name: [mark, page.t(f"state-{name}")] for name, mark in STATES.items()}
    designs = {name: design(page, name) for name in page.records.members("StudyDesign")}
    return _attribute(json.dumps({"said": said, "states": states, "designs": designs}, ensure_ascii=False))


def _attribute(text: str) -> Markup:
    return Markup(html.escape(text))


# -- filters


def choices(page: Page) -> list[tuple[str, list[tuple[str, str]]]]:
    """The filters with boxes to tick: name, and for each box its code and words; only what occurs, in a fixed order."""
    codes = [_codes(page, fact) for _, group in facts_by_domain(page) for fact in group]
    found = {name: {value for known in codes for value in known[name]} for name in _TOLD}
    return [
        (name, [(value, tell(page, value)) for value in _order(page, order) if value in found[name]])
        for name, (order, tell) in _TOLD.items()
    ]


def _beneficiary(page: Page, value: str) -> str:
    return page.term(value)


def _directness(page: Page, value: str) -> str:
    return page.t(f"map-{value}-filter")


def directness(page: Page, item: EvidenceItem) -> str:
    """On what evidence was gathered, as the filter has it."""
    if not item.studied_in:
        return "open"
    return "direct" if set(item.studied_in) & set(page.records.own) else "borrowed"


def language(page: Page, value: str) -> str:
    """The language of a source in words."""
    return page.t(f"map-language-{value}") if has_phrase(f"map-language-{value}") else value


def _order(page: Page, values: str | tuple[str, ...]) -> Iterable[str]:
    """The values of a filter in their order: of a closed list, or those given."""
    return page.records.members(values) if isinstance(values, str) else values


_TOLD: dict[str, tuple[str | tuple[str, ...], Callable[[Page, str], str]]] = {
    "for": ("Beneficiary", _beneficiary),
    "directness": (DIRECTNESS, _directness),
    "design": ("StudyDesign", design),
    "language": (("dutch", "english", "unknown"), language),
}


def _codes(page: Page, fact: Fact) -> dict[str, list[str]]:
    """What the filters with boxes look at."""
    return {
        "for": [iri.removeprefix(str(DUO)) for iri in page.records.values(fact.domain, DUO.beneficiary)],
        "directness": [directness(page, fact.finding.item)],
        "design": [fact.finding.design],
        "language": [source_language(page, fact)],
    }


def years(page: Page) -> tuple[int, int]:
    """The first and the last year of the sources on the map."""
    found = [year for _, group in facts_by_domain(page) for fact in group for year in _years(page, fact)]
    return min(found, default=0), max(found, default=0)


def _years(page: Page, fact: Fact) -> list[int]:
    return [int(year) for year in _YEAR.findall(page.records.source(fact.finding.item.source).year)]


# -- the table of facts


def facts_by_domain(page: Page) -> list[tuple[str, list[Fact]]]:
    """The facts of each domain that has any, by intervention, then in the order of the claims."""
    order = list(interventions(page.records))
    found = sorted(
        page.records.reading.once(findings, page.records),
        key=lambda finding: min(order.index(iri) for iri in finding.interventions),
    )
    groups = {
        domain: [Fact(finding, domain) for finding in found if domain in finding.domains]
        for domain in page.records.things["domain"]
    }
    return [(domain, group) for domain, group in groups.items() if group]


def pieces(page: Page) -> int:
    """How many pieces of evidence the map holds, each one claim and one source."""
    return len(page.records.reading.once(findings, page.records))


def data(page: Page, fact: Fact) -> Markup:
    """A fact as the data attributes of its row."""
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
    """The language of a source as its entry names it, else "unknown"."""
    return page.records.source(fact.finding.item.source).fields.get("langid", "unknown")


def head(page: Page) -> list[str]:
    """The columns of the table of facts."""
    return [
        page.t("column-claim"), page.t("column-direction"), page.t("column-source"), page.t("design"), page.t("year"),
        page.t("map-language"), page.t("column-basis"), page.t("gathered-on"), page.t("map-on"),
        page.t("column-outcome"), page.t("column-domain"), page.t("population"),
    ]  # fmt: skip


def row(page: Page, fact: Fact) -> list[str]:
    """A fact in words, a text per column."""
    item = fact.finding.item
    return [
        page.plain(item.claim),
        page.t(f"does-{item.direction}"),
        page.plain(item.source),
        design(page, fact.finding.design),
        page.records.source(item.source).year,
        language(page, source_language(page, fact)),
        page.rests_on(item),
        page.gathered(item),
        ", ".join(page.plain(iri) if iri else page.t("map-not-stated") for iri in fact.finding.interventions),
        page.enumerated(fact.finding.outcomes),
        page.plain(fact.domain),
        page.records.text(item.source, DUO.population, page.language).words,
    ]


def shown_row(page: Page, fact: Fact) -> Sequence[object]:
    """The same with the claim and the source as links."""
    _, direction, source, *rest = row(page, fact)
    item = fact.finding.item
    return [anchor(page, item.claim), direction, anchor(page, item.source, source), *rest]


# -- success indicators


def named_by(page: Page, indicator: str, framework: str) -> list[tuple[str, str]]:
    """The items of a framework that name an indicator, each with the match in words."""
    items = in_order(page, page.records.subjects(SKOS.inScheme, framework))
    return [
        (item, page.t(f"match-{match}"))
        for item in items
        for match, target in page.records.matches(item)
        if target == indicator
    ]


def indicators(page: Page) -> list[tuple[str, tuple[tuple[str, ...], ...]]]:
    """Each indicator with the studies of what this base is about, borrowed ones, and its other sources."""
    found = ((iri, backing(page.records, iri)) for iri in page.records.things["indicator"])
    return [(iri, (known.own, known.borrowed, known.others)) for iri, known in found]


def standing_badge(page: Page, iri: str) -> Markup:
    """How far an indicator has been studied, as its mark and its word."""
    return standings.badge(page, iri)


# -- files


def cells_csv(page: Page) -> str:
    """The matrix with its zeros, a line per cell."""
    return csv_text([page.t(f"column-{name}") for name in _CELL_COLUMNS], _cell_rows(page))


_CELL_COLUMNS = (
    "intervention", "domain", "state", "claims", "sources", "studies", "reviews", "design", "direction",
)  # fmt: skip


def _cell_rows(page: Page) -> Iterator[list[object]]:
    for (down, across), shown in matrix(page).cells.items():
        *_, directions, designs = _lines(page, shown)
        pooled = [study.pooled for study in shown.studies]
        yield [
            page.plain(down) if down else page.t("map-not-stated"),
            page.plain(across),
            page.t(f"state-{shown.state}"),
            shown.claims,
            shown.sources,
            pooled.count(False),
            pooled.count(True),
            designs,
            directions,
        ]


def items_csv(page: Page) -> str:
    """The table of facts, with the names of claim and source before it."""
    facts = (fact for _, group in facts_by_domain(page) for fact in group)
    rows = ([slug_of(fact.finding.item.claim), slug_of(fact.finding.item.source), *row(page, fact)] for fact in facts)
    return csv_text(["claim", "source", *head(page)], rows)


FILES = {CELLS_CSV: cells_csv, ITEMS_CSV: items_csv}
