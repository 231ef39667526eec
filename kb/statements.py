"""The statements of the graph by subject and by object, in order; all at once, or each when it is first asked for."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Protocol

from rdflib import BNode, Literal, URIRef
from rdflib.term import Node

from kb.knowledge_base import KnowledgeBase
from kb.reading import digest


class Statements(Protocol):
    """What stands in the graph, sorted; empty lists for what does not."""

    def values(self, subject: str, predicate: str) -> list[Node]:
        """The values that a subject has."""

    def subjects(self, predicate: str, value: str) -> list[str]:
        """The subjects that have a thing as their value."""

    def digests(self) -> Iterator[tuple[str, str]]:
        """A digest of what is said of each thing ("says IRI"), and of what has it as its value ("of IRI")."""


class Asked:
    """Asks the store for each thing once: for who looks at a small part of the graph."""

    def __init__(self, kb: KnowledgeBase) -> None:
        self._kb = kb
        self._values: dict[str, dict[str, list[Node]]] = {}
        self._subjects: dict[tuple[str, str], list[str]] = {}

    def values(self, subject: str, predicate: str) -> list[Node]:
        """The values that a subject has."""
        if subject not in self._values:
            self._values[subject] = _by_predicate((said, value) for _, said, value in self._kb.triples(subject=subject))
        return self._values[subject].get(predicate, [])

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

    def values(self, subject: str, predicate: str) -> list[Node]:
        """The values that a subject has."""
        return self._values.get(subject, {}).get(predicate, [])

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
