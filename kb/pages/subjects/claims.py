"""The claims about a thing as its page lists them: by what their sources find, then by kind, each with its evidence."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from markupsafe import Markup
from rdflib import SKOS

from kb.model.records import Claim, EvidenceItem, Place
from kb.namespaces import DUO
from kb.pages.markdown import escape
from kb.pages.page import Page
from kb.pages.subjects import caveats, effects
from kb.pages.subjects.caveats import MOST_SHOWN
from kb.pages.thing import Thing, Values, things

# What the sources of a claim find, taken together, in the order of reading; with the mark of the state it makes for.
FINDINGS = {"supported": "●", "qualified": "●", "disputed": "◐", "no-effect": "○"}


@dataclass(frozen=True)
class Entry:
    """A claim in a list: the claim, and on one line its sources, what each rests on, and its caveats."""

    thing: Thing
    evidence: Markup
    caveats: Markup


@dataclass(frozen=True)
class Finding:
    """The claims whose sources find the same: its name and mark, how many, and by kind the first ones and the rest."""

    name: str
    mark: str
    many: int
    kinds: list[tuple[str, list[Entry], list[Entry]]]


def section(page: Page) -> Values | None:
    """Return the claims about the page's thing by what their sources find, our own questions left out.

    Return None where there are none.
    """
    claims = [claim for claim in page.records.claims_about(page.iri) if not claim.asks]
    groups = {name: [claim for claim in claims if finding(claim) == name] for name in FINDINGS}
    found = [_finding(page, name, group) for name, group in groups.items() if group]
    return {"findings": found} if found else None


def _finding(page: Page, name: str, claims: list[Claim]) -> Finding:
    kinds = [(kind, entries(page, found)) for kind, found in _by_kind(page, claims)]
    shown = [(kind, found[:MOST_SHOWN], found[MOST_SHOWN:]) for kind, found in kinds]
    return Finding(name, FINDINGS[name], len(claims), shown)


def entries(page: Page, claims: Iterable[Claim]) -> list[Entry]:
    """Return claims as a list shows them."""
    return [
        Entry(Thing(page, claim.iri), evidence_line(page, claim), caveats.links(page, claim.iri)) for claim in claims
    ]


def finding(claim: Claim) -> str:
    """Return what the sources of a claim find: "supported", "qualified", "disputed" (they differ) or "no-effect"."""
    found = {item.direction for item in claim.evidence}
    if found == {"NoEffectFound"}:
        return "no-effect"
    if found & {"Contradicts", "NoEffectFound"}:
        return "disputed"
    return "qualified" if "Qualifies" in found else "supported"


def _by_kind(page: Page, claims: list[Claim]) -> list[tuple[str, list[Claim]]]:
    groups = [(kind, [claim for claim in claims if claim.kind == kind]) for kind in page.records.members("ClaimKind")]
    return [(page.term(kind), found) for kind, found in groups if found]


def evidence_line(page: Page, claim: Claim) -> Markup:
    """Return the sources of a claim, what each rests on, and a link to its own page, on one line."""
    told = [
        Markup(f"{_verdict(page, claim, direction)}{sources}.") for direction, sources in _by_direction(page, claim)
    ]
    return Markup(" ").join([*told, Markup(f"{page.link(claim.iri, _read_in(page, claim))}.")])


def _read_in(page: Page, claim: Claim) -> str:
    """Return in a few words where a claim was read; of a question of ours, that it is one."""
    if claim.asks:
        return page.t("our-question")
    section = f", {page.t('section-of', section=claim.place.section)}" if claim.place.section else ""
    return page.t("read-in-short", work=page.enumerated(claim.reported_in)) + section


def _verdict(page: Page, claim: Claim, direction: str) -> Markup:
    """Return what the sources do, where that is not simply that they support the claim, else ""."""
    plain = {item.direction for item in claim.evidence} == {"Supports"}
    return Markup("") if plain else Markup(f"{escape(page.t(f'verdict-{direction}'))} ")


def _by_direction(page: Page, claim: Claim) -> list[tuple[str, Markup]]:
    groups: dict[str, list[EvidenceItem]] = {}
    for item in claim.evidence:
        groups.setdefault(item.direction, []).append(item)
    return [(direction, _sources(page, items)) for direction, items in groups.items()]


def _sources(page: Page, items: Sequence[EvidenceItem]) -> Markup:
    """Return sources as links, those of which the same is said together, with what is said."""
    groups: dict[str, list[str]] = {}
    for item in items:
        groups.setdefault(study(page, item), []).append(item.source)
    parts = [Markup(f"{page.links(sources)} <small>({escape(words)})</small>") for words, sources in groups.items()]
    return Markup("; ").join(parts)


def study(page: Page, item: EvidenceItem) -> str:
    """Return what a source rests on for a claim: of a study its design, number studied, on what and how compared."""
    if not item.counts:
        return page.rests_on(item)
    number = "" if _counts_in_some(page, item) else page.records.value(item.source, DUO.sampleSize)
    told = [
        page.design_within(page.records.design(item.source)),
        page.t("number-studied", n=number) if number else "",
        page.gathered(item),
        page.term(item.comparison),
    ]
    return ", ".join(words for words in told if words)


def _counts_in_some(page: Page, item: EvidenceItem) -> bool:
    """Return whether a review gives how often something occurs: that is of some of its studies, not of all people."""
    return item.pooled and page.records.claim(item.claim).kind == "Prevalence"


@dataclass(frozen=True)
class Line:
    """One fact about an evidence item on a page, under a name."""

    name: str
    words: Markup


def facts(page: Page, item: EvidenceItem) -> list[Line]:
    """Return all that is known of how a source bears on a claim, in the order of reading."""
    claim = page.records.claim(item.claim)
    works = (item.cited_via or (item.source,)) if item.place != Place() else claim.reported_in
    where = page.where(item.place if item.place != Place() else claim.place, works)
    told = {
        "rests": escape(page.rests_on(item)) if not item.discounted_by else Markup(""),
        "gathered-on": escape(page.gathered(item)) if item.counts or item.studied_in else Markup(""),
        "design": escape(page.design(item.source)) if item.counts else Markup(""),
        "target-group": page.link(item.target_group) if item.target_group else Markup(""),
        "own-rating": escape(page.term(item.certainty)) if item.certainty else Markup(""),
        "read": escape(page.read_how(item)),
        "where-read": where,
        "citation-check": _checked(page, item),
        "note": page.text(SKOS.note, item.iri),
    }
    return [Line(name, words) for name, words in told.items() if words]


def _checked(page: Page, item: EvidenceItem) -> Markup:
    """Return what reading the cited work gave, and what of it was read; "" where nobody checked."""
    if not item.citation_check:
        return Markup("")
    return escape(f"{page.term(item.citation_check)} ({page.term(item.checked_as)})")


# -- the page of a claim


def place(page: Page) -> Values:
    """Return what kind of claim the page's is, and where it was read; of a question of ours, that it is one."""
    claim = page.records.claim(page.iri)
    return {
        "kind": page.term(claim.kind),
        "asks": claim.asks,
        "works": things(page, claim.reported_in),
        "where": page.where(claim.place, claim.reported_in),
    }


def judgement(page: Page) -> Values | None:
    """Return what was judged of the page's question; None for a claim that was read in a work."""
    claim = page.records.claim(page.iri)
    return {"asked": effects.asked(page, claim)} if claim.asks else None


def evidence(page: Page) -> Values:
    """Return all evidence for the page's claim."""
    return {"items": [_evidence(page, item) for item in page.records.claim(page.iri).evidence]}


@dataclass(frozen=True)
class Evidence:
    """An evidence item on the page of its claim."""

    thing: Thing
    source: Thing
    does: str
    facts: list[Line]
    discounted_by: list[Thing]
    estimates: list[effects.Figure]


def _evidence(page: Page, item: EvidenceItem) -> Evidence:
    return Evidence(
        Thing(page, item.iri),
        Thing(page, item.source),
        page.t(f"does-{item.direction}"),
        facts(page, item),
        things(page, item.discounted_by),
        [effects.shown(page, estimate) for estimate in item.estimates],
    )


def about(page: Page) -> Values:
    """Return what the page's claim is about, and its permanent address."""
    claim = page.records.claim(page.iri)
    return {"about": things(page, claim.about), "identifier": Markup(page.iri)}


SECTIONS = {
    "claim-about": about,
    "claim-evidence": evidence,
    "claim-judgement": judgement,
    "claim-statement": place,
    "claims": section,
}
