"""The page of a source: its reference, how it was studied, what it bears on; and the sources behind a thing."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup
from rdflib import DCTERMS

from kb.exports.references import Item
from kb.model.concept_graph import NODE_KINDS
from kb.model.records import EvidenceItem
from kb.namespaces import DUO
from kb.pages.markdown import escape
from kb.pages.page import Page
from kb.pages.subjects import citing, effects
from kb.pages.thing import Thing, Values, by_kind, things
from kb.words import has_phrase

# What nobody confirmed is known by author and year alone.
UNCONFIRMED = "author-year-only"


def title(page: Page, iri: str) -> str:
    """Return the title of a source, or that it was not traced."""
    return page.records.source(iri).title or page.t("title-not-traced")


# -- the reference


@dataclass(frozen=True)
class Format:
    """The entry of a source in a format of reference managers: its name, where the file stands, and its text."""

    code: str
    name: str
    file: str
    text: Markup


def reference(page: Page, *, references: Mapping[str, Mapping[str, str]], items: Mapping[str, Item]) -> Values:
    """Return the reference of the page's source, how it is cited and confirmed, and its entry in each format.

    `references` holds HTML by language and citation key, `items` CSL-JSON by IRI.
    """
    source = page.records.source(page.iri)
    words = source.fields.get("citedas") if source.title else ""
    return {
        "reference": _reference(page, references[page.language]),
        "cited_as": page.t("cited-as", words=words) if words else "",
        "verification": page.t(f"verification-{source.fields.get('verification', UNCONFIRMED)}"),
        "formats": [_format(page, items[page.iri], code) for code in citing.FORMATS],
    }


def _reference(page: Page, references: Mapping[str, str]) -> Markup:
    """Return the reference of a source, or the words in which it is cited where its title was not traced."""
    source = page.records.source(page.iri)
    if source.title:
        return Markup(references[source.key])
    words = source.fields.get("citedas")
    made = Markup(references.get(source.key, "")) if source.surnames else Markup("")
    note = page.t("cited-as-title-not-traced", words=words) if words else page.t("title-not-traced")
    return Markup(f"{made} [{escape(note)}]")


def _format(page: Page, item: Item, code: str) -> Format:
    file = page.asset(citing.cite_path(page.iri, code))
    return Format(code, page.t(f"format-{code}"), file, citing.shown(citing.entry(page, item, code)))


# -- the study


def study(page: Page) -> Values:
    """Return what is known of how the page's source was studied: name and words, in the order of reading."""
    extent = page.label(page.records.value(page.iri, DUO.extentRead))
    facts = [(page.t(name), words) for name, words in _study_facts(page) if words]
    return {"extent": extent, "facts": facts}


def _study_facts(page: Page) -> Iterator[tuple[str, Markup]]:
    records, iri = page.records, page.iri
    yield "design", escape(page.design(iri))
    yield "studied", page.links(records.values(iri, DUO.studiedIn))
    yield "population", page.text(DUO.population)
    yield "sample-size", escape(records.value(iri, DUO.sampleSize))
    randomised = records.value(iri, DUO.randomised)
    yield "randomised", escape(page.t(f"randomised-{randomised}")) if randomised else Markup("")
    yield "field-name-comparator", page.text(DUO.comparator)
    yield "field-name-followUp", page.text(DUO.followUp)
    yield "studies-combined", escape(records.value(iri, DUO.studiesCombined))
    same = [*records.values(iri, DUO.sameStudyAs), *records.subjects(DUO.sameStudyAs, iri)]
    yield "same-study", page.links(dict.fromkeys(same))
    yield "pools", page.links(records.values(iri, DUO.pools))
    yield "pooled-in", page.links(records.subjects(DUO.pools, iri))
    yield "country", escape(_countries(page))


def _countries(page: Page) -> str:
    """Return where the page's source was studied; a country that has no name yet by its code."""
    codes = page.records.values(page.iri, DUO.country)
    return ", ".join(page.t(f"country-{code}") if has_phrase(f"country-{code}") else code for code in codes)


# -- what it bears on


@dataclass(frozen=True)
class Bearing:
    """How the page's source bears on a claim, in words: what it does and rests on, how it is known, its figures."""

    claim: Thing
    does: str
    rests_on: str
    read_how: str
    checked: str
    about: list[Thing]
    section: str
    estimates: list[effects.Figure]


def bears_on(page: Page) -> Values:
    """Return the claims that the page's source bears on."""
    return {"items": [_bearing(page, item) for item in page.records.evidence_from(page.iri)]}


def _bearing(page: Page, item: EvidenceItem) -> Bearing:
    claim = page.records.claim(item.claim)
    rests_on = page.rests_on(item).capitalize()
    return Bearing(
        Thing(page, claim.iri),
        page.t(f"does-{item.direction}").capitalize(),
        f"{rests_on}, {page.gathered(item)}" if item.counts else rests_on,
        page.read_how(item).capitalize(),
        page.term(item.citation_check) if item.citation_check else "",
        things(page, claim.about),
        page.t("section-of", section=claim.place.section).capitalize() if claim.place.section else "",
        [effects.shown(page, estimate) for estimate in item.estimates],
    )


def taken_from(page: Page) -> Values | None:
    """Return the concepts that are taken from the page's source, by kind; None where there are none."""
    groups = by_kind(page, page.records.subjects(DCTERMS.source, page.iri), NODE_KINDS)
    return {"groups": groups} if groups else None


# -- the sources behind a thing


@dataclass(frozen=True)
class Row:
    """A source behind a thing: its design, how it bears on it and what that rests on, and on how many claims."""

    source: Thing
    design: str
    says: str
    rests_on: str
    claims: int


def section(page: Page) -> Values | None:
    """Return the sources behind the page's thing; None where there are none."""
    found: dict[str, list[EvidenceItem]] = {iri: [] for iri in page.records.sources_of(page.iri)}
    for item in page.records.evidence_about(page.iri):
        found.setdefault(item.source, []).append(item)
    rows = [_row(page, source, items) for source, items in sorted(found.items())]
    return {"rows": rows} if rows else None


def _row(page: Page, source: str, items: Sequence[EvidenceItem]) -> Row:
    says = ", ".join(dict.fromkeys(page.t(f"does-{item.direction}") for item in items))
    rests = ", ".join(dict.fromkeys(page.rests_on(item) for item in items))
    gathered = ", ".join(dict.fromkeys(page.gathered(item) for item in items if item.counts))
    how = f"{rests}: {gathered}" if gathered else rests
    return Row(Thing(page, source), page.design(source), says or "–", how or "–", len({item.claim for item in items}))


SECTIONS = {"bears-on": bears_on, "reference": reference, "sources": section, "study": study, "taken-from": taken_from}
