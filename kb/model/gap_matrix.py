"""The evidence map as values: what was found on which intervention about which outcomes, and where nobody looked."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import product

from rdflib import SKOS

from kb.model.evidence import Study, state, studies
from kb.model.records import DIRECTIONS, Claim, EvidenceItem, Records
from kb.namespaces import DUO, kind_of, of_kind

# The kinds of claims that say what comes about.
_YIELDING = ("Outcome", "Effect")
# Stands for the intervention where it is not known what was studied.
NOT_STATED = ""


@dataclass(frozen=True)
class Finding:
    """An evidence item of a claim about outcomes: which interventions it bears on, which outcomes, in which domains.

    `interventions` are those that it was gathered on and those that its claim is about; only NOT_STATED where there are
    none. `counts_for` are those for which it counts as a study: it is direct for them. `design` is that of its source,
    "Unknown" where that is not known.
    """

    item: EvidenceItem
    design: str
    interventions: tuple[str, ...]
    counts_for: tuple[str, ...]
    outcomes: tuple[str, ...]
    domains: tuple[str, ...]


@dataclass(frozen=True)
class Cell:
    """The findings on one intervention about one domain; none where nobody has looked."""

    row: str
    findings: tuple[Finding, ...] = ()

    @property
    def counting(self) -> list[EvidenceItem]:
        """Return the evidence from studies of this very intervention."""
        return [finding.item for finding in self.findings if self.row in finding.counts_for]

    @property
    def state(self) -> str:
        """Return what the studies found, taken together, as `kb.model.evidence.state` names it."""
        return state(self.counting)

    @property
    def claims(self) -> int:
        """Return the number of claims."""
        return len({finding.item.claim for finding in self.findings})

    @property
    def sources(self) -> int:
        """Return the number of works."""
        return len({finding.item.source for finding in self.findings})

    @property
    def studies(self) -> list[Study]:
        """Return the studies and the reviews."""
        return studies(self.counting)

    @property
    def designs(self) -> dict[str, int]:
        """Return how many distinct sources have each of the designs that there are."""
        pairs = {(finding.design, finding.item.source) for finding in self.findings}
        return Counter(design for design, _ in pairs)

    @property
    def directions(self) -> dict[str, int]:
        """Return how many evidence items point in each of the directions that there are, in the order of DIRECTIONS."""
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
    """Return the evidence of all claims that say what comes about, by claim.

    Claims about no outcome of a domain are left out.
    """
    found = (
        _finding(records, claim, item, outcomes)
        for claim in map(records.claim, _yielding(records))
        if (outcomes := _about(claim, "outcome", "domain"))
        for item in claim.evidence
    )
    return [finding for finding in found if finding.domains]


def _yielding(records: Records) -> list[str]:
    return sorted(iri for kind in _YIELDING for iri in records.subjects(DUO.kind, str(DUO[kind])))


def _finding(records: Records, claim: Claim, item: EvidenceItem, outcomes: tuple[str, ...]) -> Finding:
    return Finding(
        item,
        records.design(item.source),
        tuple(sorted({*item.studied_in, *_about(claim, "concept")})) or (NOT_STATED,),
        (item.direct_for or (NOT_STATED,)) if item.counts else (),
        outcomes,
        tuple(sorted({domain for outcome in outcomes for domain in _domains(records, outcome)})),
    )


def _about(claim: Claim, *kinds: str) -> tuple[str, ...]:
    return tuple(of_kind(claim.about, *kinds))


def _domains(records: Records, outcome: str) -> list[str]:
    return [outcome] if kind_of(outcome) == "domain" else records.values(outcome, SKOS.broader)


def matrix(found: Iterable[Finding], rows: Iterable[str], columns: Iterable[str]) -> Matrix:
    """Return the findings by intervention and domain, with an empty cell where there are none."""
    groups: dict[tuple[str, str], list[Finding]] = {}
    for finding in found:
        for row in finding.interventions:
            for column in finding.domains:
                groups.setdefault((row, column), []).append(finding)
    down, across = tuple(rows), tuple(columns)
    cells = {key: Cell(key[0], tuple(groups.get(key, ()))) for key in product(down, across)}
    return Matrix(down, across, cells)


def interventions(records: Records) -> dict[str, int]:
    """Return how deep each intervention stands in the tree, from 0, in the order of the tree; NOT_STATED is last."""
    tops = [iri for iri in records.things["concept"] if not records.values(iri, SKOS.broader)]
    return {iri: depth for top in tops for iri, depth in _branch(records, top, 0)} | {NOT_STATED: 0}


def _branch(records: Records, iri: str, depth: int) -> Iterator[tuple[str, int]]:
    yield iri, depth
    for narrower in records.narrower(iri):
        yield from _branch(records, narrower, depth + 1)


def evidence_map(records: Records) -> Matrix:
    """Return the matrix of all findings."""
    return matrix(records.dependencies.cached(findings, records), interventions(records), records.things["domain"])


@dataclass(frozen=True)
class Backing:
    """The works behind what is said for an indicator: studies of what this base is about, borrowed ones, all others."""

    own: tuple[str, ...]
    borrowed: tuple[str, ...]
    others: tuple[str, ...]


def backing(records: Records, indicator: str) -> Backing:
    """Return the works behind an indicator by what they studied for it, each group sorted."""
    counting = records.weighing_on(indicator)
    own = {item.source for item in counting if set(item.studied_in) & set(records.own)}
    borrowed = {item.source for item in counting} - own
    others = {item.source for item in records.evidence_about(indicator)} - own - borrowed
    return Backing(tuple(sorted(own)), tuple(sorted(borrowed)), tuple(sorted(others)))
