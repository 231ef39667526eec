"""The graph as plain values, for everything that shows it: things with their texts, claims, evidence."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from rdflib import DCTERMS, RDF, RDFS, SKOS, Literal, URIRef

from kb.content.knowledge_base import KnowledgeBase
from kb.content.queries import Query
from kb.content.works import Source
from kb.kinds import KINDS, ROWS
from kb.model.dependencies import Dependencies, TrackedLists, digest
from kb.model.percentages import UNITS, Hedge, Share, Side
from kb.model.statements import Asked, Indexed, Said, Statements
from kb.namespaces import BIBO, DUO, ONTOLOGY, QB, expand, kind_of, local_name, of_kind, slug_of
from kb.words import has_phrase, others, phrase

# Types of what only holds other things together, and of what is retired.
_PLUMBING = {str(RDF.List), str(SKOS.OrderedCollection), str(DUO.Retired)}
# What an evidence item rests on that makes it a study.
DATA = ("OwnData", "PooledData")
DIRECTIONS = ("Supports", "Qualifies", "Contradicts", "NoEffectFound")
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
class Place:
    """Where something stands in a work: section, page or table, lines of the file that was read; each may be ""."""

    section: str = ""
    locator: str = ""
    lines: str = ""


@dataclass(frozen=True)
class Estimate:
    """A figure that a work gives, as printed; None and "" where it gives none."""

    iri: str
    measure: str
    value: Decimal | None
    comparator_value: Decimal | None
    low: Decimal | None
    high: Decimal | None
    p_value: str
    studies: int
    participants: int
    primary: str
    adjusted: str
    better_when: str
    favours: str
    comparison: str
    cited_via: tuple[str, ...]


@dataclass(frozen=True)
class EvidenceItem:
    """How one source bears on one claim; `study` names the study that the source is on, the same for all works on it.

    `studied_in` is empty where it is not known what was studied, and `direct_for` holds the interventions for which the
    evidence is direct. `discounted_by` names the caveats for which it counts nowhere.
    """

    iri: str
    claim: str
    source: str
    study: str
    direction: str
    basis: str
    comparison: str
    studied_in: tuple[str, ...]
    direct_for: tuple[str, ...]
    read_as: str
    cited_via: tuple[str, ...]
    target_group: str
    certainty: str
    citation_check: str
    checked_as: str
    discounted_by: tuple[str, ...]
    estimates: tuple[Estimate, ...]
    place: Place

    @property
    def counts(self) -> bool:
        """Return whether this is evidence from a study: it rests on data, and no caveat discounts it (rules/75)."""
        return self.basis in DATA and not self.discounted_by

    @property
    def pooled(self) -> bool:
        """Return whether this pools or compares the data of others."""
        return self.basis == "PooledData"


@dataclass(frozen=True)
class Claim:
    """One proposition, the things it is about and the evidence for it, supporting evidence first.

    A question of effect or of a factor has an `intervention` and an `outcome`, and was read in no work.
    """

    iri: str
    kind: str
    place: Place
    reported_in: tuple[str, ...]
    about: tuple[str, ...]
    studied_in: tuple[str, ...]
    intervention: str
    outcome: str
    factor: str
    evidence: tuple[EvidenceItem, ...]

    @property
    def asks(self) -> bool:
        """Return whether this is a question of ours, of an effect or a factor."""
        return self.kind in ("Effect", "Factor")


class Records:
    """Look-ups by subject and by object, sorted, and what follows from them.

    `whole` is for looking at most of the graph. `dependencies` tracks what is looked up: "says IRI" the statements
    about a thing, "of IRI" those with it as their object, "kind KIND" the things of a kind, "entry IRI" the entry of a
    source, "questions" all questions.
    """

    def __init__(self, kb: KnowledgeBase, *, whole: bool = False) -> None:
        self.kb = kb
        self.dependencies = Dependencies()
        self._statements: Statements = Indexed(kb) if whole else Asked(kb)

    def values(self, subject: str, predicate: URIRef) -> list[str]:
        """Return the IRIs or literal values of `predicate`, sorted."""
        return self.said(subject).values(predicate)

    def value(self, subject: str, predicate: URIRef) -> str:
        """Return the first value of `predicate`; "" where there is none."""
        return self.said(subject).value(predicate)

    def term(self, subject: str, predicate: URIRef) -> str:
        """Return the name of the first value, a term of our vocabulary; "" where there is none."""
        return self.said(subject).term(predicate)

    def subjects(self, predicate: URIRef, value: str) -> list[str]:
        """Return the subjects that have the thing `value` under `predicate`, sorted."""
        self.dependencies.track(f"of {value}")
        return self._statements.subjects(str(predicate), value)

    def said(self, subject: str) -> Said:
        """Return what is said of a thing, for reading several values of it."""
        self.dependencies.track(f"says {subject}")
        return self._statements.about(subject)

    def number(self, subject: str, predicate: URIRef) -> int:
        """Return a whole number such as a position; 0 where there is none."""
        return self.said(subject).number(predicate)

    def text(self, subject: str, predicate: URIRef, language: str) -> Text:
        """Return the text in `language`, else in the first other that has it, marked as foreign; else an empty one."""
        found = self._tagged(subject, predicate)
        for tag in (language, *others(language)):
            if found.get(tag):
                return Text(found[tag][0], tag, tag != language)
        return Text("", language)

    def texts(self, subject: str, predicate: URIRef, language: str) -> list[str]:
        """Return all texts in `language`, sorted."""
        return self._tagged(subject, predicate).get(language, [])

    def _tagged(self, subject: str, predicate: URIRef) -> dict[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for value in self.said(subject).nodes(predicate):
            if isinstance(value, Literal) and value.language:
                found[value.language].append(str(value))
        return found

    def label(self, iri: str, language: str) -> Text:
        """Return what a thing is called: preferred label, statement of a claim, label of a class, author and year.

        Without any of these it is the last part of the IRI.
        """
        return self.dependencies.cached(self._label, iri, language)

    def _label(self, iri: str, language: str) -> Text:
        for predicate in (SKOS.prefLabel, DUO.statement, RDFS.label):
            text = self.text(iri, predicate, language)
            if text.words:
                return text
        return Text(self.value(iri, RDFS.label) or slug_of(iri), language)

    @cached_property
    def things(self) -> Mapping[str, list[str]]:
        """Return the individuals of each kind, in their order: by `duo:position`, then by the last part of the IRI.

        Of a source that is the citation key. The items of a framework stand together.
        """
        return TrackedLists(self.dependencies, "kind", KINDS, lambda kind: sorted(self._by_kind[kind], key=self._order))

    @cached_property
    def _by_kind(self) -> dict[str, list[str]]:
        """Return the individuals of each kind, in no order."""
        found: dict[str, list[str]] = {kind: [] for kind in KINDS}
        for iri, classes in self.kb.types.items():
            if kind_of(iri) and not _PLUMBING & classes:
                found[kind_of(iri)].append(iri)
        return found

    def members(self, name: str) -> list[str]:
        """Return the members of a closed list of our vocabulary, such as "StudyDesign", as local names in its order."""
        return self.dependencies.cached(self._members, name)

    def _members(self, name: str) -> list[str]:
        found = [iri for iri in self.subjects(RDF.type, str(DUO[name])) if iri.startswith(str(DUO))]
        return [local_name(iri) for iri in sorted(found, key=lambda iri: (self.number(iri, DUO.position), iri))]

    def kind_name(self, kind: str, language: str) -> str:
        """Return what things of a kind are called: by a phrase of the site where there is one, else by their class."""
        code, row = f"kind-{kind}", ROWS[kind]
        if has_phrase(code):
            return phrase(code, language)
        return self.label(expand(row.class_) or "", language).words

    @property
    def retired(self) -> list[str]:
        """Return the things that this knowledge base no longer says, sorted."""
        return self.subjects(RDF.type, str(DUO.Retired))

    def _order(self, iri: str) -> tuple[str, int, str]:
        group = self.value(iri, SKOS.inScheme) if kind_of(iri) == "item" else ""
        return group, self.number(iri, DUO.position), slug_of(iri)

    @property
    def claims(self) -> dict[str, Claim]:
        """Return all claims by IRI."""
        return {iri: self.claim(iri) for iri in self.things["claim"]}

    def claim(self, iri: str) -> Claim:
        """Return the claim with this IRI."""
        return self.dependencies.cached(self._claim, iri)

    def _claim(self, iri: str) -> Claim:
        items = [self.item(name) for name in self.subjects(DUO.forClaim, iri)]
        said = self.said(iri)
        return Claim(
            iri,
            said.term(DUO.kind),
            _place(said),
            tuple(said.values(DUO.reportedIn)),
            tuple(said.values(DUO.about)),
            tuple(said.values(DUO.studiedIn)),
            said.value(DUO.intervention),
            said.value(DUO.outcome),
            said.value(DUO.factor),
            tuple(sorted(items, key=lambda item: (DIRECTIONS.index(item.direction), item.source))),
        )

    def place(self, iri: str) -> Place:
        """Return where a claim, an evidence item or a gap stands in the work in which it was read."""
        return _place(self.said(iri))

    def item(self, iri: str) -> EvidenceItem:
        """Return the evidence item with this IRI."""
        return self.dependencies.cached(self._item, iri)

    def _item(self, iri: str) -> EvidenceItem:
        said = self.said(iri)
        source, comparison = said.value(DUO.source), said.term(DUO.comparison)
        return EvidenceItem(
            iri,
            said.value(DUO.forClaim),
            source,
            self.value(source, DUO.study),
            said.term(DUO.direction),
            said.term(DUO.basis),
            comparison,
            tuple(said.values(DUO.studiedIn)),
            tuple(said.values(DUO.directFor)),
            said.term(DUO.readAs),
            tuple(said.values(DUO.citedVia)),
            said.value(DUO.targetGroup),
            said.term(DUO.certainty),
            said.term(DUO.citationCheck),
            said.term(DUO.checkedAs),
            tuple(said.values(DUO.discountedBy)),
            tuple(_estimate(name, self.said(name), comparison) for name in said.values(DUO.estimate)),
            _place(said),
        )

    def claims_about(self, iri: str) -> list[Claim]:
        """Return the claims about a thing: our own questions first, then by work, in the order of its sections."""
        return self.dependencies.cached(self._claims_about, iri)

    def _claims_about(self, iri: str) -> list[Claim]:
        return self._claims(self.subjects(DUO.about, iri))

    def _claims(self, iris: Iterable[str]) -> list[Claim]:
        claims = (self.claim(iri) for iri in of_kind(iris, "claim") if self.values(iri, RDF.type))
        return sorted(claims, key=lambda claim: (claim.reported_in, section_order(claim.place.section), claim.iri))

    def evidence_from(self, source: str) -> list[EvidenceItem]:
        """Return the evidence items of a source, in the order of the works and sections that report their claims."""
        named = {self.value(item, DUO.forClaim) for item in self.subjects(DUO.source, source)}
        return [item for claim in self._claims(named) for item in claim.evidence if item.source == source]

    def evidence_about(self, iri: str) -> list[EvidenceItem]:
        """Return the evidence items of all claims about a thing, in the order of `claims_about`."""
        return [item for claim in self.claims_about(iri) for item in claim.evidence]

    def weighing_on(self, iri: str) -> list[EvidenceItem]:
        """Return the evidence from studies that counts for a thing (rules/77), sorted by source."""
        return sorted(map(self.item, self.subjects(DUO.weighsOn, iri)), key=lambda item: (item.source, item.iri))

    def narrower(self, iri: str) -> list[str]:
        """Return the things one step below a thing, sorted, without those that stand below another of them too."""
        found = self.values(iri, SKOS.narrower)
        return [name for name in found if not set(self.values(name, SKOS.broader)) & set(found)]

    @property
    def own(self) -> list[str]:
        """Return the interventions that this knowledge base is about; what was gathered on any other is borrowed."""
        return self.values(ONTOLOGY, DCTERMS.subject)

    def design(self, source: str) -> str:
        """Return the study design of a source, a member of the closed list: "Unknown" where nothing says it."""
        return self.said(source).term(DUO.studyDesign) or "Unknown"

    def sources_of(self, iri: str) -> list[str]:
        """Return the sources behind a thing, sorted: those it is taken from and those of every claim about it."""
        return self.values(iri, DCTERMS.source)

    def source(self, iri: str) -> Source:
        """Return the entry of sources.bib that a source's IRI stands for; raise KeyError where there is none."""
        self.dependencies.track(f"entry {iri}")
        return self.kb.source(iri)

    @property
    def queries(self) -> dict[str, Query]:
        """Return the competency questions by name."""
        self.dependencies.track("questions")
        return self.kb.queries

    @property
    def shares(self) -> dict[str, Share]:
        """Return the shares of the survey by observation, each with the count that is printed for the same answer."""
        return self.dependencies.cached(self._shares)

    def _shares(self) -> dict[str, Share]:
        units = {iri: self.term(iri, DUO.unit) for iri in self.things["observation"]}
        counts = {self._answered(iri): self.number(iri, DUO.value) for iri, unit in units.items() if unit == "Count"}
        hedges = self._hedges()
        return {
            iri: Share(
                Decimal(self.value(iri, DUO.value)),
                UNITS[unit],
                self.number(self.survey_of(iri), DUO.respondents),
                hedges.get((self.survey_of(iri), self.value(iri, DUO.hedge))),
                self.number(iri, DUO.base) or None,
                counts.get(self._answered(iri)),
            )
            for iri, unit in units.items()
            if unit in UNITS
        }

    def _hedges(self) -> dict[tuple[str, str], Hedge]:
        """Return what words before a share say of the real one, by survey and by the words as printed."""
        return {
            (self.value(iri, DCTERMS.isPartOf), self.value(iri, SKOS.notation)): Hedge(
                Side(self.term(iri, DUO.hedgeDirection)), Decimal(self.value(iri, DUO.room))
            )
            for iri in self.things["hedge"]
        }

    def survey_of(self, observation: str) -> str:
        """Return the survey to which an observation belongs: its data set, or that of which this one is part."""
        found = self.value(observation, QB.dataSet)
        return self.value(found, DCTERMS.isPartOf) or found

    def _answered(self, observation: str) -> tuple[str, str]:
        return self.value(observation, DUO.question), self.value(observation, DUO.answer)

    def matches(self, item: str) -> list[tuple[str, str]]:
        """Return the (match type, indicator) pairs of a framework item, in the order of MATCHES."""
        return [(match, target) for match in MATCHES for target in of_kind(self.values(item, SKOS[match]), "indicator")]

    def digests(self) -> Iterator[tuple[str, str]]:
        """Yield each name that `dependencies` may hold, with a digest of what stands there.

        Those of entries and questions are not among them.
        """
        yield from self._statements.digests()
        yield from ((f"kind {kind}", digest(iris)) for kind, iris in self.things.items())


def _place(said: Said) -> Place:
    return Place(said.value(DUO.section), said.value(BIBO.locator), said.value(DUO.lines))


def _estimate(iri: str, said: Said, comparison: str) -> Estimate:
    """Return the estimate with this IRI; its comparison is that of its evidence item where it gives none itself."""
    return Estimate(
        iri,
        said.term(DUO.measure),
        said.decimal(DUO.value),
        said.decimal(DUO.comparatorValue),
        said.decimal(DUO.ciLow),
        said.decimal(DUO.ciHigh),
        said.value(DUO.pValue),
        said.number(DUO.studiesCombined),
        said.number(DUO.participants),
        said.value(DUO.primary),
        said.value(DUO.adjusted),
        said.term(DUO.betterWhen),
        said.term(DUO.favours),
        said.term(DUO.comparison) or comparison,
        tuple(said.values(DUO.citedVia)),
    )


def section_order(section: str) -> tuple[int, ...]:
    """Return a section number as numbers, so that 4.2.10 comes after 4.2.9."""
    return tuple(int(part) for part in section.split(".") if part.isdigit())
