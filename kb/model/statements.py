"""The statements of the graph by subject and by object, in order; all at once, or each when it is first asked for."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any, Protocol

from rdflib import BNode, Literal, URIRef
from rdflib.term import Node

from kb.content.knowledge_base import KnowledgeBase
from kb.model.dependencies import digest
from kb.namespaces import local_name


class Said:
    """What is said of one thing, by predicate; the values of each in order."""

    __slots__ = ("_facts",)

    def __init__(self, facts: Mapping[str, list[Node]]) -> None:
        self._facts = facts

    def nodes(self, predicate: URIRef) -> list[Node]:
        """Return the values of a predicate, in order; none where it is not said."""
        return self._facts.get(str(predicate), [])

    def values(self, predicate: URIRef) -> list[str]:
        """Return the IRIs or literal values of a predicate as text, in order."""
        return [str(value) for value in self.nodes(predicate)]

    def value(self, predicate: URIRef) -> str:
        """Return the first value of a predicate; "" where there is none."""
        found = self.nodes(predicate)
        return str(found[0]) if found else ""

    def term(self, predicate: URIRef) -> str:
        """Return the local name of a term of our vocabulary; "" where there is none."""
        return local_name(self.value(predicate))

    def number(self, predicate: URIRef) -> int:
        """Return a whole number such as a position; 0 where there is none."""
        value = self.value(predicate)
        return int(value) if value.lstrip("-").isdigit() else 0

    def decimal(self, predicate: URIRef) -> Decimal | None:
        """Return a number as it is written; None where there is none."""
        value = self.value(predicate)
        return Decimal(value) if value else None


class Statements(Protocol):
    """The statements of the graph, sorted; empty lists for what it does not hold."""

    def about(self, subject: str) -> Said:
        """Return what is said of a thing."""

    def subjects(self, predicate: str, value: str) -> list[str]:
        """Return the subjects that have the thing `value` under `predicate`, sorted."""

    def digests(self) -> Iterator[tuple[str, str]]:
        """Yield a digest of what is said of each thing ("says IRI"), and of what has it as its value ("of IRI")."""


class Asked:
    """Statements asked of the store, once for each thing: for looking at a small part of the graph."""

    def __init__(self, kb: KnowledgeBase) -> None:
        self._kb = kb
        self._said: dict[str, Said] = {}
        self._subjects: dict[tuple[str, str], list[str]] = {}

    def about(self, subject: str) -> Said:
        """Return what is said of a thing."""
        if subject not in self._said:
            found = self._kb.triples(subject=subject)
            self._said[subject] = Said(_by_predicate((predicate, value) for _, predicate, value in found))
        return self._said[subject]

    def subjects(self, predicate: str, value: str) -> list[str]:
        """Return the subjects that have the thing `value` under `predicate`, sorted."""
        key = predicate, value
        if key not in self._subjects:
            found = self._kb.triples(predicate=predicate, value=value)
            self._subjects[key] = sorted(str(subject) for subject, _, _ in found)
        return self._subjects[key]

    def digests(self) -> Iterator[tuple[str, str]]:
        """Yield a digest of what is said of each thing ("says IRI"), and of what has it as its value ("of IRI")."""
        return Indexed(self._kb).digests()


class Indexed:
    """Statements of the whole graph, read in one pass: for looking at most of it."""

    def __init__(self, kb: KnowledgeBase) -> None:
        self._values: dict[str, dict[str, list[Node]]] = defaultdict(lambda: defaultdict(list))
        self._subjects: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        for subject, predicate, value in kb.triples():
            self._values[str(subject)][str(predicate)].append(value)
            if isinstance(value, URIRef):
                self._subjects[str(value)][str(predicate)].append(str(subject))
        _sort(self._values.values())
        _sort(self._subjects.values())

    def about(self, subject: str) -> Said:
        """Return what is said of a thing."""
        return Said(self._values.get(subject, {}))

    def subjects(self, predicate: str, value: str) -> list[str]:
        """Return the subjects that have the thing `value` under `predicate`, sorted."""
        return self._subjects.get(value, {}).get(predicate, [])

    def digests(self) -> Iterator[tuple[str, str]]:
        """Yield a digest of what is said of each thing ("says IRI"), and of what has it as its value ("of IRI")."""
        yield from ((f"says {iri}", _digest(facts)) for iri, facts in self._values.items())
        yield from ((f"of {iri}", _digest(facts)) for iri, facts in self._subjects.items())


def _by_predicate(pairs: Iterable[tuple[Node, Node]]) -> dict[str, list[Node]]:
    found: dict[str, list[Node]] = {}
    for predicate, value in pairs:
        found.setdefault(str(predicate), []).append(value)
    _sort([found])
    return found


def _sort(groups: Iterable[Mapping[str, list[Any]]]) -> None:
    """Put the lists in order; most hold a single value, and comparing two of rdflib's is slow."""
    for group in groups:
        for found in group.values():
            if len(found) > 1:
                found.sort()


def _digest(facts: Mapping[str, Iterable[Node | str]]) -> str:
    return digest(word for predicate in sorted(facts) for word in (predicate, *map(_word, facts[predicate])))


def _word(value: Node | str) -> str:
    """Return a value as it stands in a digest; blank nodes all alike, as their names are other ones at each reading."""
    if isinstance(value, BNode):
        return "_:"
    return f"{value}@{value.language}" if isinstance(value, Literal) else str(value)
