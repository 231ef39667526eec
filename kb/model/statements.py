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
    """What is said of one thing, by predicate; the values of each in order, as a property of a thing is read."""

    __slots__ = ("_facts",)

    def __init__(self, facts: Mapping[str, list[Node]]) -> None:
        self._facts = facts

    def nodes(self, predicate: URIRef) -> list[Node]:
        """The values of a predicate."""
        return self._facts.get(str(predicate), [])

    def values(self, predicate: URIRef) -> list[str]:
        """The IRIs or literal values of a predicate."""
        return [str(value) for value in self.nodes(predicate)]

    def value(self, predicate: URIRef) -> str:
        """The first value, or ""."""
        found = self.nodes(predicate)
        return str(found[0]) if found else ""

    def term(self, predicate: URIRef) -> str:
        """The local name of a term of our vocabulary, or ""."""
        return local_name(self.value(predicate))

    def number(self, predicate: URIRef) -> int:
        """A whole number such as a position; 0 where there is none."""
        value = self.value(predicate)
        return int(value) if value.lstrip("-").isdigit() else 0

    def decimal(self, predicate: URIRef) -> Decimal | None:
        """A number as it is written; None where there is none."""
        value = self.value(predicate)
        return Decimal(value) if value else None


class Statements(Protocol):
    """What stands in the graph, sorted; empty lists for what does not."""

    def about(self, subject: str) -> Said:
        """What is said of a thing."""

    def subjects(self, predicate: str, value: str) -> list[str]:
        """The subjects that have a thing as their value."""

    def digests(self) -> Iterator[tuple[str, str]]:
        """A digest of what is said of each thing ("says IRI"), and of what has it as its value ("of IRI")."""


class Asked:
    """Asks the store for each thing once: for who looks at a small part of the graph."""

    def __init__(self, kb: KnowledgeBase) -> None:
        self._kb = kb
        self._said: dict[str, Said] = {}
        self._subjects: dict[tuple[str, str], list[str]] = {}

    def about(self, subject: str) -> Said:
        """What is said of a thing."""
        if subject not in self._said:
            found = self._kb.triples(subject=subject)
            self._said[subject] = Said(_by_predicate((predicate, value) for _, predicate, value in found))
        return self._said[subject]

    def subjects(self, predicate: str, value: str) -> list[str]:
        """The subjects that have a thing as their value."""
        key = predicate, value
        if key not in self._subjects:
            found = self._kb.triples(predicate=predicate, value=value)
            self._subjects[key] = sorted(str(subject) for subject, _, _ in found)
        return self._subjects[key]

    def digests(self) -> Iterator[tuple[str, str]]:
        """A digest of what is said of each thing ("says IRI"), and of what has it as its value ("of IRI")."""
        return Indexed(self._kb).digests()


class Indexed:
    """Reads the graph in one pass: for who looks at most of it."""

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
        """What is said of a thing."""
        return Said(self._values.get(subject, {}))

    def subjects(self, predicate: str, value: str) -> list[str]:
        """The subjects that have a thing as their value."""
        return self._subjects.get(value, {}).get(predicate, [])

    def digests(self) -> Iterator[tuple[str, str]]:
        """A digest of what is said of each thing ("says IRI"), and of what has it as its value ("of IRI")."""
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
    """A value in a digest; the names of blank nodes are other ones at each reading."""
    if isinstance(value, BNode):
        return "_:"
    return f"{value}@{value.language}" if isinstance(value, Literal) else str(value)
