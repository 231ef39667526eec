"""Effects and factors as pages show them: the fixed sentence, how sure and why, and the figures of each study."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from markupsafe import Markup

from kb.model.evidence import studies
from kb.model.judgements import Judgement, Reason, body, judgements_of, sentence
from kb.model.records import Claim, Estimate
from kb.namespaces import DUO
from kb.pages.page import Page
from kb.pages.subjects.standings import how_many
from kb.pages.thing import Thing, Values, in_order
from kb.words import language_data


@dataclass(frozen=True)
class Judged:
    """A judgement on a page: its fixed sentence, as it is and as a link, how sure and what was found, and on how much.

    `lowered` holds for each reason to be less sure its kind and why, `waived` besides who vouches for leaving it out.
    """

    thing: Thing
    sentence: str
    link: Markup
    certainty: str
    finding: str
    weight: str
    target_group: Thing | None
    lowered: list[tuple[str, Markup]]
    waived: list[tuple[str, Markup, str]]
    day: str


@dataclass(frozen=True)
class Asked:
    """A question of effect or of a factor, with what was judged of it; `weight` tells of how much evidence there is."""

    thing: Thing
    judged: list[Judged]
    weight: str


@dataclass(frozen=True)
class Figure:
    """An estimate in words: the figure, its circumstances, whom it speaks for; "" for what nobody said."""

    thing: Thing
    words: str
    circumstances: str
    favours: str


def section(page: Page) -> Values | None:
    """Return the questions about the page's thing: what this base is about first, then what is borrowed.

    Return None where there are none.
    """
    claims = [claim for claim in page.records.claims_about(page.iri) if claim.asks]
    return {"questions": _in_order(page, claims)} if claims else None


def _in_order(page: Page, claims: Iterable[Claim]) -> list[Asked]:
    return [asked(page, claim) for claim in sorted(claims, key=lambda claim: _order(page, claim))]


def _order(page: Page, claim: Claim) -> tuple[bool, bool, str]:
    return claim.intervention not in page.records.own, claim.kind == "Factor", claim.iri


def asked(page: Page, claim: Claim) -> Asked:
    """Return a question with its judgements in sentences."""
    found = judgements_of(page.records, claim.iri)
    return Asked(Thing(page, claim.iri), [_judged(page, claim, one) for one in found], weight(page, claim))


def _judged(page: Page, claim: Claim, judged: Judgement) -> Judged:
    words = sentence(page.records, judged, page.language)
    return Judged(
        Thing(page, judged.iri),
        words,
        page.link(claim.iri, words),
        page.term(judged.certainty),
        page.term(judged.finding),
        weight(page, claim, judged),
        Thing(page, judged.target_group) if judged.target_group else None,
        [_reason(page, reason) for reason in judged.lowered],
        [(*_reason(page, reason), _vouched(page, reason)) for reason in judged.waived],
        page.day(judged.date),
    )


def _reason(page: Page, reason: Reason) -> tuple[str, Markup]:
    """Return a reason about certainty: its kind in words, and why."""
    return page.term(reason.kind), page.text(DUO.reason, reason.iri)


def _vouched(page: Page, reason: Reason) -> str:
    """Return who vouches for a waiver."""
    return page.joined(page.plain(name) for name in reason.names)


def overview(page: Page) -> Values:
    """Return all questions by outcome: domain by domain, then what stands in none."""
    records = page.records
    groups = [(outcome, records.subjects(DUO.outcome, outcome)) for outcome in _outcomes(page)]
    shown = [
        (Thing(page, outcome), _in_order(page, map(records.claim, claims))) for outcome, claims in groups if claims
    ]
    return {"groups": shown}


def _outcomes(page: Page) -> list[str]:
    records = page.records
    placed = [iri for domain in records.things["domain"] for iri in in_order(page, records.narrower(domain))]
    return [*placed, *(iri for iri in records.things["outcome"] if iri not in placed)]


def weight(page: Page, claim: Claim, judged: Judgement | None = None) -> str:
    """Return how many studies and reviews stand behind a judgement, or behind a question that has none."""
    items = body(page.records, claim, judged.target_group if judged else "")
    return how_many(page, studies(items))


# -- figures


def shown(page: Page, found: Estimate) -> Figure:
    """Return an estimate in words."""
    favours = page.t(f"favours-{found.favours}") if found.favours else ""
    return Figure(Thing(page, found.iri), figure(page, found), circumstances(page, found), favours)


def figure(page: Page, found: Estimate) -> str:
    """Return a figure as printed, with what it is compared with and its interval."""
    told = [_value(page, found), _against(page, found), _interval(page, found)]
    return " ".join(words for words in told if words)


def _value(page: Page, found: Estimate) -> str:
    if found.value is None:
        return page.t("no-figure")
    value = number(page, found.value)
    return f"{value}%" if found.measure in _IN_PER_CENT else f"{page.term(found.measure)} {value}"


def _against(page: Page, found: Estimate) -> str:
    if found.comparator_value is None:
        return ""
    sign = "%" if found.measure in _IN_PER_CENT else ""
    return page.t("against", value=f"{number(page, found.comparator_value)}{sign}")


def _interval(page: Page, found: Estimate) -> str:
    if found.low is None or found.high is None:
        sign = language_data(page.language).decimal_sign
        return page.t("p-value", p=found.p_value.replace(".", sign)) if found.p_value else ""
    return page.t("interval", low=number(page, found.low), high=number(page, found.high))


def number(page: Page, value: Decimal) -> str:
    """Return a number with the decimal sign of the page's language and a minus sign."""
    return str(value).replace("-", "−").replace(".", language_data(page.language).decimal_sign)


_IN_PER_CENT = ("Percent", "RelativeDifference")


def circumstances(page: Page, found: Estimate) -> str:
    """Return what an estimate was measured with, when, on whom and how many, in a few words."""
    texts = [page.records.text(found.iri, DUO[name], page.language).words for name in _TEXTS]
    told = [
        *(words for words in texts if words),
        page.counted("k-studies", found.studies) if found.studies else "",
        page.t("n-people", n=found.participants) if found.participants else "",
        page.t("primary-outcome") if found.primary == "true" else "",
        page.t("known-via", work=page.joined(map(page.plain, found.cited_via))) if found.cited_via else "",
        page.t("adjusted") if found.adjusted == "true" else page.t("not-adjusted") if found.adjusted == "false" else "",
    ]
    return ", ".join(words for words in told if words)


_TEXTS = ("population", "instrument", "followUp", "comparator")


OVERVIEWS = {"effect/index": ("effects", overview)}
SECTIONS = {"effects": section}
