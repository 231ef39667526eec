"""The graph read once into plain values, for everything that shows it: things with their texts, claims, evidence."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from rdflib import DCTERMS, RDF, RDFS, SKOS, Graph, Literal, URIRef

from kb.knowledge_base import KnowledgeBase
from kb.namespaces import DUO, KINDS, kind_of, slug_of
from kb.shares import UNITS, Share
from kb.words import OTHER

# Types of what only holds other things together.
_PLUMBING = {str(RDF.List), str(SKOS.OrderedCollection)}
MATCHES = ("exactMatch", "closeMatch", "broadMatch", "narrowMatch", "relatedMatch")


@dataclass(frozen=True)
class Text:
    """A text as it is shown: its words, the language they are in, and whether that is not the reader's."""

    words: str
    language: str
    foreign: bool = False

    def __str__(self) -> str:
        return self.words


@dataclass(frozen=True)
class EvidenceItem:
    """How one source bears on one claim; `directness` is "" where it is not known what the source studied."""

    claim: str
    source: str
    direction: str
    directness: str
    transferred_from: tuple[str, ...]
    read_as: str


@dataclass(frozen=True)
class Claim:
    """One proposition, the things it is about and the evidence for it, supporting evidence first."""

    iri: str
    kind: str
    section: str
    reported_in: str
    about: tuple[str, ...]
    studied_in: tuple[str, ...]
    evidence: tuple[EvidenceItem, ...]


class Records:
    """Look-ups by subject and by object, in memory, sorted; built in one pass over the graph."""

    def __init__(self, kb: KnowledgeBase) -> None:
        self.kb = kb
        self._values, self._subjects = _index(kb.graph)
        self._labels: dict[tuple[str, str], Text] = {}

    def values(self, subject: str, predicate: URIRef) -> list[str]:
        """The IRIs or literal values of `predicate`, sorted."""
        return [str(value) for value in self._values[subject].get(str(predicate), ())]

    def value(self, subject: str, predicate: URIRef) -> str:
        """The first value, or ""."""
        return next(iter(self.values(subject, predicate)), "")

    def subjects(self, predicate: URIRef, value: str) -> list[str]:
        """The subjects that have this value, sorted."""
        return self._subjects[value].get(str(predicate), [])

    def number(self, subject: str, predicate: URIRef) -> int:
        """A whole number such as a position; 0 where there is none."""
        value = self.value(subject, predicate)
        return int(value) if value.lstrip("-").isdigit() else 0

    def text(self, subject: str, predicate: URIRef, language: str) -> Text:
        """The text in `language`, else in the other one, marked as foreign; empty where there is none."""
        found = self._tagged(subject, predicate)
        for tag in (language, OTHER[language]):
            if found.get(tag):
                return Text(found[tag][0], tag, tag != language)
        return Text("", language)

    def texts(self, subject: str, predicate: URIRef, language: str) -> list[str]:
        """All texts in `language`, sorted."""
        return self._tagged(subject, predicate).get(language, [])

    def _tagged(self, subject: str, predicate: URIRef) -> dict[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for value in self._values[subject].get(str(predicate), ()):
            if isinstance(value, Literal) and value.language:
                found[value.language].append(str(value))
        return found

    def label(self, iri: str, language: str) -> Text:
        """What a thing is called: preferred label, statement of a claim, author and year of a source."""
        known = self._labels.get((iri, language))
        if known is None:
            known = self._labels[iri, language] = self._label(iri, language)
        return known

    def _label(self, iri: str, language: str) -> Text:
        for predicate in (SKOS.prefLabel, DUO.statement):
            text = self.text(iri, predicate, language)
            if text.words:
                return text
        return Text(self.value(iri, RDFS.label) or slug_of(iri), language)

    @cached_property
    def things(self) -> dict[str, list[str]]:
        """The individuals of each kind, in their order (`duo:position`, then label or citation key)."""
        found: dict[str, list[str]] = {kind: [] for kind in KINDS}
        for iri in self._values:
            types = self.values(iri, RDF.type)
            if kind_of(iri) and types and not _PLUMBING.intersection(types):
                found[kind_of(iri)].append(iri)
        return {kind: sorted(iris, key=self._order) for kind, iris in found.items()}

    def _order(self, iri: str) -> tuple[str, int, str]:
        group = self.value(iri, SKOS.inScheme) if kind_of(iri) == "item" else ""
        return group, self.number(iri, DUO.position), slug_of(iri)

    @cached_property
    def claims(self) -> dict[str, Claim]:
        """All claims by IRI."""
        return {iri: self._claim(iri) for iri in self.things["claim"]}

    def _claim(self, iri: str) -> Claim:
        items = [self._evidence(item) for item in self.subjects(DUO.forClaim, iri)]
        order = ("Supports", "Qualifies", "Contradicts", "NoEffectFound")
        return Claim(
            iri,
            _local(self.value(iri, DUO.kind)),
            self.value(iri, DUO.section),
            self.value(iri, DUO.reportedIn),
            tuple(self.values(iri, DUO.about)),
            tuple(self.values(iri, DUO.studiedIn)),
            tuple(sorted(items, key=lambda item: (order.index(item.direction), item.source))),
        )

    def _evidence(self, iri: str) -> EvidenceItem:
        return EvidenceItem(
            self.value(iri, DUO.forClaim),
            self.value(iri, DUO.source),
            _local(self.value(iri, DUO.direction)),
            _local(self.value(iri, DUO.directness)),
            tuple(self.values(iri, DUO.transferredFrom)),
            _local(self.value(iri, DUO.readAs)),
        )

    @cached_property
    def _claims_by_thing(self) -> Mapping[str, list[Claim]]:
        found: dict[str, list[Claim]] = defaultdict(list)
        for claim in self.claims.values():
            for thing in claim.about:
                found[thing].append(claim)
        return found

    def claims_about(self, iri: str) -> list[Claim]:
        """The claims about a thing, in the order of the sections that report them."""
        return sorted(self._claims_by_thing.get(iri, []), key=lambda claim: (section_order(claim.section), claim.iri))

    @cached_property
    def _evidence_by_source(self) -> Mapping[str, list[EvidenceItem]]:
        found: dict[str, list[EvidenceItem]] = defaultdict(list)
        for claim in self.claims.values():
            for item in claim.evidence:
                found[item.source].append(item)
        return found

    def evidence_from(self, source: str) -> list[EvidenceItem]:
        """Everything that a source bears on, in the order of the sections that report it."""
        items = self._evidence_by_source.get(source, [])
        return sorted(items, key=lambda item: (section_order(self.claims[item.claim].section), item.claim))

    def evidence_about(self, iri: str) -> list[EvidenceItem]:
        """The evidence items of all claims about a thing."""
        return [item for claim in self.claims_about(iri) for item in claim.evidence]

    def sources_of(self, iri: str) -> list[str]:
        """The sources behind a thing: those it is taken from and those of every claim about it."""
        return self.values(iri, DCTERMS.source)

    @cached_property
    def shares(self) -> dict[str, Share]:
        """The shares of the survey by observation, each with the count that is printed for the same answer."""
        units = {iri: _local(self.value(iri, DUO.unit)) for iri in self.things["observation"]}
        counts = {self._answered(iri): self.number(iri, DUO.value) for iri, unit in units.items() if unit == "Count"}
        return {
            iri: Share(
                Decimal(self.value(iri, DUO.value)),
                UNITS[unit],
                self.value(iri, DUO.hedge),
                self.number(iri, DUO.base) or None,
                counts.get(self._answered(iri)),
            )
            for iri, unit in units.items()
            if unit in UNITS
        }

    def _answered(self, observation: str) -> tuple[str, str]:
        return self.value(observation, DUO.question), self.value(observation, DUO.answer)

    def matches(self, item: str) -> list[tuple[str, str]]:
        """The (match type, indicator) pairs of a framework item."""
        return [
            (match, target)
            for match in MATCHES
            for target in self.values(item, SKOS[match])
            if kind_of(target) == "indicator"
        ]


def section_order(section: str) -> tuple[int, ...]:
    """A section number as numbers, so that 4.2.10 comes after 4.2.9."""
    return tuple(int(part) for part in section.split(".") if part.isdigit())


def _local(iri: str) -> str:
    return iri.removeprefix(str(DUO))


def _index(graph: Graph) -> tuple[Mapping[str, dict[str, list[object]]], Mapping[str, dict[str, list[str]]]]:
    values: dict[str, dict[str, list[object]]] = defaultdict(lambda: defaultdict(list))
    subjects: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for subject, predicate, value in sorted(graph):
        values[str(subject)][str(predicate)].append(value)
        if isinstance(value, URIRef):
            subjects[str(value)][str(predicate)].append(str(subject))
    return values, subjects
