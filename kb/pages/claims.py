"""The claims about a thing as its page lists them: by what their sources find, then by kind, each with its evidence."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from kb.kinds import KINDS
from kb.markdown import escape
from kb.namespaces import DUO, kind_of, slug_of
from kb.pages import tables
from kb.pages.layout import SECTIONS
from kb.pages.page import Page
from kb.records import Claim, EvidenceItem, Place

# What the sources of a claim find, taken together, in the order of reading; with the mark of the state it makes for.
FINDINGS = {"supported": "●", "qualified": "●", "disputed": "◐", "no-effect": "○"}

Kind = tuple[str, list[Claim]]


def by_finding(page: Page) -> list[tuple[str, str, int, list[Kind]]]:
    """The claims about the page's thing, our own questions left out: finding, mark, number, and claims by kind."""
    claims = [claim for claim in page.records.claims_about(page.iri) if not claim.asks]
    groups = {name: [claim for claim in claims if finding(claim) == name] for name in FINDINGS}
    return [(name, FINDINGS[name], len(found), _by_kind(page, found)) for name, found in groups.items() if found]


def finding(claim: Claim) -> str:
    """What the sources of a claim find: "supported", "qualified", "disputed" (they differ) or "no-effect"."""
    found = {item.direction for item in claim.evidence}
    if found == {"NoEffectFound"}:
        return "no-effect"
    if found & {"Contradicts", "NoEffectFound"}:
        return "disputed"
    return "qualified" if "Qualifies" in found else "supported"


def _by_kind(page: Page, claims: Iterable[Claim]) -> list[Kind]:
    known = list(claims)
    groups = [(kind, [claim for claim in known if claim.kind == kind]) for kind in page.records.members("ClaimKind")]
    return [(page.term(kind), found) for kind, found in groups if found]


def evidence_line(page: Page, claim: Claim) -> Markup:
    """The sources of a claim, what each rests on, and the way to its own page, on one line."""
    told = [
        Markup(f"{_verdict(page, claim, direction)}{sources}.") for direction, sources in _by_direction(page, claim)
    ]
    return Markup(" ").join([*told, Markup(f"{page.link(claim.iri, _read_in(page, claim))}.")])


def _read_in(page: Page, claim: Claim) -> str:
    """Where a claim was read, in a few words; of a question of ours, that it is one."""
    if claim.asks:
        return page.t("our-question")
    section = f", {page.t('section-of', section=claim.place.section)}" if claim.place.section else ""
    return page.t("read-in-short", work=page.enumerated(claim.reported_in)) + section


def _verdict(page: Page, claim: Claim, direction: str) -> Markup:
    """What the sources do, where that is not simply that they support the claim."""
    plain = {item.direction for item in claim.evidence} == {"Supports"}
    return Markup("") if plain else Markup(f"{escape(page.t(f'verdict-{direction}'))} ")


def _by_direction(page: Page, claim: Claim) -> list[tuple[str, Markup]]:
    groups: dict[str, list[EvidenceItem]] = {}
    for item in claim.evidence:
        groups.setdefault(item.direction, []).append(item)
    return [(direction, _sources(page, items)) for direction, items in groups.items()]


def _sources(page: Page, items: Sequence[EvidenceItem]) -> Markup:
    """Sources as links, those of which the same is to be told together."""
    groups: dict[str, list[str]] = {}
    for item in items:
        groups.setdefault(study(page, item), []).append(item.source)
    parts = [Markup(f"{page.links(sources)} <small>({escape(words)})</small>") for words, sources in groups.items()]
    return Markup("; ").join(parts)


def study(page: Page, item: EvidenceItem) -> str:
    """What a source rests on for a claim: of a study its design, number studied, on what and how compared."""
    if not item.counts:
        return page.rests_on(item)
    number = "" if _counts_in_some(page, item) else page.records.value(item.source, DUO.sampleSize)
    told = [
        page.design_within(item.source),
        page.t("number-studied", n=number) if number else "",
        page.gathered(item),
        page.term(item.comparison),
    ]
    return ", ".join(words for words in told if words)


def _counts_in_some(page: Page, item: EvidenceItem) -> bool:
    """Tell whether a review gives how often something occurs: that is of some of its studies, so not of all people."""
    return item.pooled and page.records.claim(item.claim).kind == "Prevalence"


@dataclass(frozen=True)
class Line:
    """What a page says of one evidence item, under a name: a fact a line."""

    name: str
    words: Markup


def facts(page: Page, item: EvidenceItem) -> list[Line]:
    """All that is known of how a source bears on a claim, in the order of reading."""
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
        "note": page.text("skos:note", item.iri),
    }
    return [Line(name, words) for name, words in told.items() if words]


def _checked(page: Page, item: EvidenceItem) -> Markup:
    """What reading the cited work gave, and what of it was read; "" where nobody checked."""
    if not item.citation_check:
        return Markup("")
    return escape(f"{page.term(item.citation_check)} ({page.term(item.checked_as)})")


def caveat_links(page: Page, claim: Claim) -> Markup:
    """The caveats of a claim by their severity, each a link to where it is told; "" where there is none."""
    here = "caveats" in SECTIONS.get(kind_of(page.iri), ())
    links = (
        Markup(f"[⚠ {escape(severity.capitalize())}]({_anchor(page, name, here=here)}){{ .caveat-link }}")
        for severity, name in tables.caveats(page, claim.iri)
    )
    return Markup(" ").join(links)


def _anchor(page: Page, caveat: str, *, here: bool) -> str:
    return f"{'' if here else page.file(KINDS['caveat'].listed_on)}#{slug_of(caveat)}"


def all_caveats(page: Page) -> list[tuple[str, str]]:
    """The caveats about the page's thing, then those about what it says on it, each once: severity, caveat."""
    own = tables.caveats(page, page.iri)
    others = [pair for claim in page.records.claims_about(page.iri) for pair in tables.caveats(page, claim.iri)]
    return list(dict.fromkeys([*own, *others]))


def careful(page: Page) -> tuple[int, int]:
    """Of the claims about the page's thing, how many have a caveat that is more than a note; and how many there are."""
    claims = page.records.claims_about(page.iri)
    note = page.term("Note")
    doubted = [claim for claim in claims if any(level != note for level, _ in tables.caveats(page, claim.iri))]
    return len(doubted), len(claims)
