"""Effects and factors as pages show them: the fixed sentence, how sure and why, and the figures of each study."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from markupsafe import Markup

from kb.evidence import studies
from kb.judgements import Judgement, Reason, body, judgements_of, sentence
from kb.namespaces import DUO
from kb.pages.page import Page
from kb.pages.standings import how_many
from kb.pages.tables import in_order
from kb.records import Claim, Estimate


@dataclass(frozen=True)
class Asked:
    """A question of effect or of a factor with what was judged of it, each judgement in its sentence."""

    claim: Claim
    judged: tuple[tuple[Judgement, str], ...]


def asked_about(page: Page, iri: str) -> list[Asked]:
    """Return the questions about a thing: what this base is about first, then what is borrowed from its neighbours."""
    claims = [claim for claim in page.records.claims_about(iri) if claim.asks]
    return [asked(page, claim) for claim in sorted(claims, key=lambda claim: _order(page, claim))]


def _order(page: Page, claim: Claim) -> tuple[bool, bool, str]:
    return claim.intervention not in page.records.own, claim.kind == "Factor", claim.iri


def asked(page: Page, claim: Claim) -> Asked:
    """Return a question with its judgements in sentences."""
    found = judgements_of(page.records, claim.iri)
    return Asked(claim, tuple((judged, sentence(page.records, judged, page.language)) for judged in found))


def overview(page: Page) -> list[tuple[str, list[Asked]]]:
    """Return all questions by outcome: domain by domain, then what stands in none."""
    groups = [(outcome, page.records.subjects(DUO.outcome, outcome)) for outcome in _outcomes(page)]
    return [
        (
            outcome,
            [
                asked(page, claim)
                for claim in sorted(map(page.records.claim, claims), key=lambda one: _order(page, one))
            ],
        )
        for outcome, claims in groups
        if claims
    ]


def _outcomes(page: Page) -> list[str]:
    records = page.records
    placed = [iri for domain in records.things["domain"] for iri in in_order(page, records.narrower(domain))]
    return [*placed, *(iri for iri in records.things["outcome"] if iri not in placed)]


def weight(page: Page, claim: Claim, judged: Judgement | None = None) -> str:
    """Return how many studies and reviews stand behind a judgement, or behind a question that has none."""
    items = body(page.records, claim, judged.target_group if judged else "")
    return how_many(page, studies(items))


def reasons(page: Page, found: Iterable[Reason]) -> list[tuple[str, Markup]]:
    """Return reasons about certainty: kind in words, and why."""
    return [(page.term(reason.kind), page.text("duo:reason", reason.iri)) for reason in found]


def vouched(page: Page, reason: Reason) -> str:
    """Return who vouches for a waiver."""
    return page.joined(page.plain(name) for name in reason.names)


# -- figures


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
        return page.t("p-value", p=found.p_value.replace(".", page.t("decimal-sign"))) if found.p_value else ""
    return page.t("interval", low=number(page, found.low), high=number(page, found.high))


def number(page: Page, value: Decimal) -> str:
    """Return a number with the decimal sign of the page's language and a minus sign."""
    return str(value).replace("-", "−").replace(".", page.t("decimal-sign"))


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


def favours(page: Page, found: Estimate) -> str:
    """Return whom a figure speaks for, in words; "" where nobody said it."""
    return page.t(f"favours-{found.favours}") if found.favours else ""
