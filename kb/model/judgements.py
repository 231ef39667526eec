"""Judgements: what a body of evidence comes down to, how sure a rule lets it be, and the fixed sentence that says so.

The levels and the reasons for lowering are those of GRADE (Guyatt et al. 2008), used as a way of thinking. Where a
judgement starts follows from how was compared; each reason lowers it by one level (design/evidence, §4).
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from rdflib import DCTERMS, PROV

from kb.model.evidence import COMPARISONS, Study, studies
from kb.model.fixed_sentences import CERTAINTIES, Phrases, fixed_sentence
from kb.model.records import Claim, Estimate, EvidenceItem, Records
from kb.namespaces import DUO, kind_of

# Which evidence points as a finding does; a mixed finding rests on all of it. Of a pitfall it supports that it harms.
_POINTING = {
    "LargeBenefit": "Supports",
    "Benefit": "Supports",
    "SmallBenefit": "Supports",
    "LittleOrNoDifference": "NoEffectFound",
    "Harm": "Contradicts",
}
_OF_PITFALL = {"Supports": "Contradicts", "Contradicts": "Supports"}
_MIXED = "MixedFinding"
# The certainty at which a judgement starts, by how was compared; what is said as a link only starts one level higher.
_START = {"Allotted": 0, "PartlyAllotted": 1, "NotAllotted": 2, "NoComparison": 3}
_LINK_START = 1
_CHANCE = ("Allotted", "PartlyAllotted")
_LOWEST = len(CERTAINTIES) - 1
_LOW = CERTAINTIES.index("LowCertainty")
# What is little or no difference, in standard deviations: an interval within it says so.
_LITTLE = Decimal("0.2")
_STANDARDISED = ("SMD", "HedgesG", "CohensD")
# Studies that a review combines where it is not known how many.
_SOME = 2


@dataclass(frozen=True)
class Reason:
    """Why a certainty was lowered, or was not although a rule asks it; `names` are those who vouch for it."""

    iri: str
    kind: str
    names: tuple[str, ...]


@dataclass(frozen=True)
class Judgement:
    """What the evidence for one claim comes down to, as written; `rests_on` are the evidence items that it names."""

    iri: str
    claim: str
    finding: str
    certainty: str
    target_group: str
    lowered: tuple[Reason, ...]
    waived: tuple[Reason, ...]
    rests_on: tuple[str, ...]
    date: str


@dataclass(frozen=True)
class Bound:
    """How sure a judgement may be at most, and why: the best comparison, what lowers it, and a review's own rating."""

    certainty: str
    comparison: str
    lowered: tuple[str, ...]
    rated: str


def judgements(records: Records) -> list[Judgement]:
    """Return all judgements, sorted by claim and target group."""
    found = (judgement(records, iri) for iri in records.things["judgement"])
    return sorted(found, key=lambda judged: (judged.claim, judged.target_group, judged.iri))


def judgement(records: Records, iri: str) -> Judgement:
    """Return the judgement with this IRI."""
    return records.dependencies.cached(_judgement, records, iri)


def _judgement(records: Records, iri: str) -> Judgement:
    return Judgement(
        iri,
        records.value(iri, DUO.judges),
        records.term(iri, DUO.finding),
        records.term(iri, DUO.certainty),
        records.value(iri, DUO.targetGroup),
        _reasons(records, iri, "loweredFor"),
        _reasons(records, iri, "notLoweredFor"),
        tuple(records.values(iri, PROV.wasDerivedFrom)),
        records.value(iri, DCTERMS.modified) or records.value(iri, DCTERMS.date),
    )


def _reasons(records: Records, iri: str, predicate: str) -> tuple[Reason, ...]:
    return tuple(
        Reason(name, records.term(name, DUO.reasonKind), tuple(records.values(name, PROV.wasAttributedTo)))
        for name in records.values(iri, DUO[predicate])
    )


def judgements_of(records: Records, claim: str) -> list[Judgement]:
    """Return the judgements of a claim, that for everybody before those for a target group."""
    found = [judgement(records, iri) for iri in records.subjects(DUO.judges, claim)]
    return sorted(found, key=lambda judged: (judged.target_group, judged.iri))


def claims_judged_about(records: Records, thing: str) -> list[Claim]:
    """Return the questions of effect and of factors about a thing that have a judgement, sorted by IRI."""
    about = (iri for iri in records.subjects(DUO.about, thing) if records.subjects(DUO.judges, iri))
    return [claim for claim in map(records.claim, about) if claim.asks]


# -- the body of evidence


def body(records: Records, claim: Claim, target_group: str = "") -> list[EvidenceItem]:
    """Return the evidence from studies that a judgement of a claim must name.

    That is the claim's own and, for an effect, that on the same outcome of kinds of its intervention; for a target
    group only what is about it.
    """
    items = [item for one in _with_kinds(records, claim) for item in one.evidence if item.counts]
    return [item for item in items if not target_group or item.target_group == target_group]


def _with_kinds(records: Records, claim: Claim) -> list[Claim]:
    if claim.kind != "Effect":
        return [claim]
    kinds = _kinds(records, claim.intervention)
    asked = (records.claim(iri) for iri in records.subjects(DUO.outcome, claim.outcome))
    others = (one for one in asked if one.kind == "Effect" and one.intervention in kinds and one.iri != claim.iri)
    return [claim, *others]


def _kinds(records: Records, intervention: str) -> set[str]:
    """Return the IRIs of an intervention and of everything that is a kind of it."""
    found, open_ = set(), [intervention]
    while open_:
        one = open_.pop()
        if one not in found:
            found.add(one)
            open_ += records.narrower(one)
    return found


def starting(records: Records, judged: Judgement) -> list[EvidenceItem]:
    """Return the evidence that a judgement starts from: what points as its finding does, by the best comparison."""
    claim = records.claim(judged.claim)
    return _carrying(claim, judged.finding, body(records, claim, judged.target_group))


def _carrying(claim: Claim, finding: str, items: Iterable[EvidenceItem]) -> list[EvidenceItem]:
    wanted = _POINTING.get(finding, "")
    if kind_of(claim.factor) == "pitfall":
        wanted = _OF_PITFALL.get(wanted, wanted)
    pointing = [item for item in items if finding == _MIXED or item.direction == wanted]
    best = min((COMPARISONS.index(item.comparison) for item in pointing), default=0)
    return [item for item in pointing if COMPARISONS.index(item.comparison) == best]


# -- how sure it may be


def bound(records: Records, judged: Judgement) -> Bound | None:
    """Return how sure a judgement may be at most; None where no evidence points as its finding does."""
    claim = records.claim(judged.claim)
    items = body(records, claim, judged.target_group)
    start = _carrying(claim, judged.finding, items)
    if not start:
        return None
    comparison = start[0].comparison
    asked = [kind for kind, holds in _lowering(records, judged.finding, start, items) if holds]
    lowered = [kind for kind in asked if kind not in {reason.kind for reason in judged.waived}]
    level = _start(claim, comparison) + len(lowered)
    rated = _own_rating(items, judged.target_group)
    mixed = (_LOWEST if _alone(records, items) else _LOW) if judged.finding == _MIXED else 0
    least = max(level, CERTAINTIES.index(rated) if rated else 0, mixed)
    return Bound(CERTAINTIES[min(least, _LOWEST)], comparison, tuple(lowered), rated)


def _start(claim: Claim, comparison: str) -> int:
    if claim.kind == "Factor" and comparison == "NotAllotted":
        return _LINK_START
    return _START[comparison]


def _lowering(
    records: Records, finding: str, start: Sequence[EvidenceItem], items: Iterable[EvidenceItem]
) -> Iterator[tuple[str, bool]]:
    """Yield each reason that a rule knows, and whether it holds."""
    yield "NotAppraised", not any(_read_in_full(records, item) for item in start)
    yield "Imprecision", _imprecise(records, finding, start)
    yield "Inconsistency", _inconsistent(studies(items))


def _read_in_full(records: Records, item: EvidenceItem) -> bool:
    return records.value(item.source, DUO.extentRead) == str(DUO.FullText) and item.read_as == "Original"


def _imprecise(records: Records, finding: str, start: Sequence[EvidenceItem]) -> bool:
    """Return whether there are fewer than two studies, or intervals of which none says what the finding says.

    An interval says little or no difference where it lies within _LITTLE, and there must be one that does. It says that
    there is a difference where it leaves out the value of no difference; this is not asked where no interval compares
    anything. For a mixed finding only the studies are counted.
    """
    if _alone(records, start):
        return True
    estimates = [estimate for item in start for estimate in item.estimates if estimate.low is not None]
    if finding == "LittleOrNoDifference":
        return not any(_within_little(estimate) for estimate in estimates)
    null = {estimate.iri: no_difference(records, estimate) for estimate in estimates}
    compared = [estimate for estimate in estimates if null[estimate.iri] is not None]
    return finding != _MIXED and bool(compared) and all(_holds(estimate, null[estimate.iri]) for estimate in compared)


def _alone(records: Records, items: Iterable[EvidenceItem]) -> bool:
    """Return whether no more than one study stands behind these items."""
    return sum(_combined(records, study) for study in studies(items)) < _SOME


def _combined(records: Records, study: Study) -> int:
    """Return how many studies one stands for: a review for those that it combines, _SOME where that is not known."""
    if not study.pooled:
        return 1
    known = [estimate.studies for item in study.items for estimate in item.estimates]
    return max([*known, *(records.number(item.source, DUO.studiesCombined) for item in study.items)]) or _SOME


def no_difference(records: Records, estimate: Estimate) -> Decimal | None:
    """Return the value of the estimate's measure that says no difference; None where it compares nothing."""
    value = records.value(str(DUO[estimate.measure]), DUO.noDifference) if estimate.measure else ""
    return Decimal(value) if value else None


def _holds(estimate: Estimate, value: Decimal | None) -> bool:
    if value is None or estimate.low is None or estimate.high is None:
        return False
    return estimate.low <= value <= estimate.high


def _within_little(estimate: Estimate) -> bool:
    if estimate.measure not in _STANDARDISED or estimate.low is None or estimate.high is None:
        return False
    return estimate.low >= -_LITTLE and estimate.high <= _LITTLE


def _inconsistent(found: Iterable[Study]) -> bool:
    """Return whether studies point different ways; one that only qualifies points no way of its own."""
    return len({study.direction for study in found} - {"Qualifies"}) > 1


def _own_rating(items: Iterable[EvidenceItem], target_group: str) -> str:
    """Return the least sure rating that a review gives its own evidence for this group; "" where none does."""
    ratings = [item.certainty for item in items if item.certainty and item.target_group == target_group]
    return max(ratings, key=CERTAINTIES.index, default="")


# -- in a fixed sentence


def is_causal(records: Records, judged: Judgement) -> bool:
    """Return whether a judgement may say a cause: chance made the groups, wholly or in part, in what it starts from."""
    return any(item.comparison in _CHANCE for item in starting(records, judged))


def sentence(records: Records, judged: Judgement, language: str) -> str:
    """Return what a judgement says, in the fixed words for its claim, finding and certainty."""
    claim = records.claim(judged.claim)
    of_factor = claim.kind == "Factor"
    intervention = _phrase(records, claim.intervention, "nounPhrase", language)
    return fixed_sentence(
        language,
        finding=judged.finding,
        certainty=judged.certainty,
        subject=_phrase(records, claim.iri, "nounPhrase", language) if of_factor else intervention,
        outcome=_phrases(records, claim.outcome, language),
        causal=is_causal(records, judged),
        intervention=intervention if of_factor else "",
        pitfall=kind_of(claim.factor) == "pitfall",
        target_group=records.label(judged.target_group, language).words if judged.target_group else "",
        alone=_alone(records, body(records, claim, judged.target_group)),
    )


def _phrases(records: Records, outcome: str, language: str) -> Phrases:
    return Phrases(
        *(_phrase(records, outcome, name, language) for name in ("nounPhrase", "betterPhrase", "worsePhrase"))
    )


def _phrase(records: Records, iri: str, name: str, language: str) -> str:
    return records.text(iri, DUO[name], language).words
