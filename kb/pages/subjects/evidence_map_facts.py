"""The facts behind the evidence map: a row a finding and domain, with what can be filtered, in words and as data.

The columns have the names by which docs/script/evidence-map.page.ts knows them.
"""

import html
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from markupsafe import Markup

from kb.model.evidence import COMPARISONS
from kb.model.gap_matrix import (
    Finding,
    findings,
    interventions,
)
from kb.model.records import EvidenceItem
from kb.namespaces import DUO, local_name, slug_of
from kb.pages.page import Page
from kb.words import LANGUAGES, langid_name, language_data

# On what evidence was gathered: what this base is about, a neighbour, or not known on what.
DIRECTNESS = ("direct", "borrowed", "open")
_YEAR = re.compile(r"\d{4}")


@dataclass(frozen=True)
class Fact:
    """A row of the table of facts: a finding as it concerns one outcome domain."""

    finding: Finding
    domain: str


def code(iri: str) -> str:
    """Return the name of a row or column in addresses and for the script."""
    return slug_of(iri) if iri else "not-stated"


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
    return Markup(" ").join(Markup(f'data-{name}="{attribute(str(value))}"') for name, value in attributes.items())


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


def attribute(text: str) -> Markup:
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
