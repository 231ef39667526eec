"""The evidence map as values: what was found on which intervention about which outcomes, and where nobody looked."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import product

from rdflib import SKOS

from kb.evidence import Standing, standing, state
from kb.namespaces import DUO, kind_of
from kb.records import Claim, EvidenceItem, Records

# The order in which designs and directions are told.
DESIGNS = (
    "MetaAnalysis", "SystematicReview", "LiteratureReview", "ControlledStudy", "SurveyStudy", "InterviewStudy",
    "MixedMethods", "ConceptAnalysis", "Theory", "Guidance", "PracticeDescription", "PolicyText", "Unknown",
)  # fmt: skip
DIRECTIONS = ("Supports", "Qualifies", "Contradicts", "NoEffectFound")
# The kinds of claims that say what an indicator is for (rules/80).
_WEIGHED = ("Outcome", "SuccessFactor", "Condition", "Pitfall")
# Stands for the intervention where neither the claim nor its source names one.
NOT_STATED = ""


@dataclass(frozen=True)
class Finding:
    """An evidence item of a claim about outcomes: which interventions it bears on, which outcomes, in which domains.

    `interventions` are those that it was gathered on and those that its claim is about; only NOT_STATED where there are
    none. `design` is that of its source, "Unknown" where that is not known.
    """

    item: EvidenceItem
    design: str
    interventions: tuple[str, ...]
    outcomes: tuple[str, ...]
    domains: tuple[str, ...]


@dataclass(frozen=True)
class Cell:
    """The findings on one intervention about one domain; none where nobody has looked."""

    findings: tuple[Finding, ...] = ()

    @property
    def state(self) -> str:
        """The state of the evidence, by the rubric."""
        return state(finding.item for finding in self.findings)

    @property
    def claims(self) -> int:
        """How many claims there are."""
        return len({finding.item.claim for finding in self.findings})

    @property
    def studies(self) -> int:
        """How many distinct sources studied it."""
        return len({finding.item.source for finding in self.findings if finding.item.from_study})

    @property
    def standing(self) -> Standing:
        """The distinct sources, direct and borrowed ones."""
        return standing(finding.item for finding in self.findings)

    @property
    def designs(self) -> dict[str, int]:
        """How many distinct sources have each of the designs that there are, in the order of DESIGNS."""
        pairs = {(finding.design, finding.item.source) for finding in self.findings}
        return _counts((design for design, _ in pairs), DESIGNS)

    @property
    def directions(self) -> dict[str, int]:
        """How many evidence items point in each of the directions that there are, in the order of DIRECTIONS."""
        return _counts((finding.item.direction for finding in self.findings), DIRECTIONS)


@dataclass(frozen=True)
class Matrix:
    """A cell for each intervention (row) and each outcome domain (column), also where there is nothing."""

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: Mapping[tuple[str, str], Cell]


def _counts(found: Iterable[str], order: Iterable[str]) -> dict[str, int]:
    known = list(found)
    return {name: known.count(name) for name in order if name in known}


def findings(records: Records) -> list[Finding]:
    """The evidence of all claims that say what comes about, those about no outcome left out; in order of claim."""
    return [
        _finding(records, claim, item, outcomes)
        for claim in map(records.claim, records.subjects(DUO.kind, str(DUO.Outcome)))
        if (outcomes := _about(claim, "outcome", "domain"))
        for item in claim.evidence
    ]


def _finding(records: Records, claim: Claim, item: EvidenceItem, outcomes: tuple[str, ...]) -> Finding:
    studied = claim.studied_in or records.values(item.source, DUO.studiedIn)
    return Finding(
        item,
        records.value(item.source, DUO.studyDesign).removeprefix(str(DUO)) or "Unknown",
        tuple(sorted({*studied, *_about(claim, "concept")})) or (NOT_STATED,),
        outcomes,
        tuple(sorted({domain for outcome in outcomes for domain in _domains(records, outcome)})),
    )


def _about(claim: Claim, *kinds: str) -> tuple[str, ...]:
    return tuple(iri for iri in claim.about if kind_of(iri) in kinds)


def _domains(records: Records, outcome: str) -> list[str]:
    return [outcome] if kind_of(outcome) == "domain" else records.values(outcome, SKOS.broader)


def matrix(found: Iterable[Finding], rows: Iterable[str], columns: Iterable[str]) -> Matrix:
    """The findings by intervention and domain, zeros filled in."""
    groups: dict[tuple[str, str], list[Finding]] = {}
    for finding in found:
        for row in finding.interventions:
            for column in finding.domains:
                groups.setdefault((row, column), []).append(finding)
    down, across, nothing = tuple(rows), tuple(columns), Cell()
    filled = {key: Cell(tuple(group)) for key, group in groups.items()}
    return Matrix(down, across, {key: filled.get(key, nothing) for key in product(down, across)})


def interventions(records: Records) -> dict[str, int]:
    """How deep each intervention stands in the tree, in the order of the tree; last, NOT_STATED."""
    tops = [iri for iri in records.things["concept"] if not records.values(iri, SKOS.broader)]
    return {iri: depth for top in tops for iri, depth in _branch(records, top, 0)} | {NOT_STATED: 0}


def _branch(records: Records, iri: str, depth: int) -> Iterator[tuple[str, int]]:
    yield iri, depth
    for narrower in records.values(iri, SKOS.narrower):
        yield from _branch(records, narrower, depth + 1)


def evidence_map(records: Records) -> Matrix:
    """The matrix of all findings."""
    return matrix(records.reading.once(findings, records), interventions(records), records.things["domain"])


@dataclass(frozen=True)
class Backing:
    """The sources of what is said for an indicator: studies on the thing itself, borrowed ones, and all others."""

    direct: tuple[str, ...]
    borrowed: tuple[str, ...]
    others: tuple[str, ...]


def backing(records: Records, indicator: str) -> Backing:
    """The sources of an indicator by what they studied; one may be direct for one claim and borrowed for another."""
    items = [item for claim in records.claims_about(indicator) if claim.kind in _WEIGHED for item in claim.evidence]
    direct, borrowed = (
        {item.source for item in items if item.from_study and item.directness == directness}
        for directness in ("Direct", "Indirect")
    )
    others = {item.source for item in items} - direct - borrowed
    return Backing(tuple(sorted(direct)), tuple(sorted(borrowed)), tuple(sorted(others)))
