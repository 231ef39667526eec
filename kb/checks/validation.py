"""Every fault in the content, as diagnostics: names, rules of the shapes, questions and answers."""

import re
from collections.abc import Collection, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from pyshacl import validate as shacl_validate
from rdflib import DCTERMS, OWL, RDF, RDFS, SKOS, Graph, Literal, URIRef
from rdflib.namespace import SH as SHACL
from rdflib.namespace import DefinedNamespace
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.sparql import Query as PreparedQuery
from rdflib.query import Result
from rdflib.term import Node

from kb.checks.judgement_faults import judgement_faults
from kb.checks.naming import is_of_no_kind, label_faults, naming_faults
from kb.checks.shapes import PLACEHOLDER, Constraint, UnknownConstraint, constraints
from kb.content.changes import load_change_faults
from kb.content.knowledge_base import KnowledgeBase, Table
from kb.content.queries import Query, former_name_faults, query_faults
from kb.diagnostics import Diagnostic, Severity, errors, fault
from kb.errors import QueryError
from kb.model.records import Records
from kb.namespaces import BASE, DUO, compact, expand, kind_of, slug_of
from kb.suggestions import did_you_mean, nearest
from kb.words import REFERENCE, phrase

STANDARDS: tuple[type[DefinedNamespace], ...] = (SKOS, DCTERMS, RDF, RDFS, OWL)


@dataclass(frozen=True)
class Violation:
    """A shape that does not hold: what to tell, for which focus node, path and value, "" where there is none.

    `words` are what its text names besides: {?design} in a text is the word of that name.
    """

    severity: Severity
    texts: tuple[tuple[str, str], ...]
    focus: str
    path: str
    value: str
    words: tuple[tuple[str, str], ...] = ()

    def filled(self, records: Records) -> tuple[tuple[str, str], ...]:
        """Return the texts, each with its language, filled with what they name as an editor writes it.

        {duo:Basis} names all members of that list.
        """
        words = {"path": self.path, "value": self.value, **dict(self.words)}
        return tuple((language, _filled(text, words, records, language)) for language, text in self.texts)


_LIST = re.compile(r"\{duo:(\w+)\}")


def _filled(text: str, words: Mapping[str, str], records: Records, language: str) -> str:
    told = PLACEHOLDER.sub(lambda found: compact(words.get(found[1], "")), text)
    return _LIST.sub(lambda found: _members(records, found[1], language), told)


def _members(records: Records, name: str, language: str) -> str:
    *first, last = [f"duo:{member}" for member in records.members(name)] or [f"duo:{name}"]
    return f"{', '.join(first)} {phrase('or', language)} {last}" if first else last


def validate(kb: KnowledgeBase, taken: Collection[str] = ()) -> list[Diagnostic]:
    """Return all faults and warnings, sorted by file and line; `taken` are the paths of pages about no single thing.

    A file that cannot be read makes everything that refers to it look wrong, so then only reading faults are returned.
    Judgements, labels and questions are checked only where names and shapes have no errors.
    """
    if errors(kb.faults):
        return list(kb.faults)
    unknown, twice, odd = list(name_faults(kb)), list(described_twice(kb)), list(naming_faults(kb, taken))
    strange, told = {expand(found.item) for found in unknown}, {found.item for found in twice}
    names = [*(found for found in unknown if not _follows(kb, found.item, strange)), *twice, *odd]
    places = {(found.file, found.line) for found in errors(names)}
    rules = [
        found
        for found in shape_faults(kb, strange)
        if (found.file, found.line) not in places and found.item not in told and not (odd and _is_unnamed(found.item))
    ]
    whole = not errors(names + rules)
    judged = [*judgement_faults(kb), *label_faults(kb)] if whole else []
    questions = list(question_faults(kb)) if whole else []
    return sorted({*kb.faults, *names, *rules, *judged, *questions, *load_change_faults(kb.root)})


def name_faults(kb: KnowledgeBase) -> Iterator[Diagnostic]:
    """Yield a fault for each name in a file that nothing describes, at the line where it first stands.

    Names are citation keys, individuals, terms of our vocabulary and of the standards.
    """
    described = set(_described(kb))
    for file, lines in kb.lines.items():
        for iri, line in lines.mentions.items():
            start = "" if iri in described else _namespace(iri)
            if start and iri != start:
                yield unknown_name(iri, start, file, line, described)


def _follows(kb: KnowledgeBase, name: str, unknown: Container[str | None]) -> bool:
    """Return whether a name is unknown only since the claim that makes it an evidence item has an unknown one."""
    iri = expand(name) or name
    if kind_of(iri) != "evidence":
        return False
    said = kb.graph.predicate_objects(URIRef(_claim_of(iri)))
    return any(str(term) in unknown for pair in said for term in pair)


def _is_unnamed(item: str) -> bool:
    """Return whether the thing of a fault has no name that an editor knows; that it has none is told besides."""
    return ":" not in item


def _claim_of(item: str) -> str:
    """Return the IRI of the claim after which an evidence item is named."""
    return f"{BASE}claim/{slug_of(item).rpartition('--')[0]}"


def described_twice(kb: KnowledgeBase) -> Iterator[Diagnostic]:
    """Yield a fault for each statement after the first that gives an individual a type."""
    places: dict[str, list[tuple[str, int]]] = {}
    for file, lines in kb.lines.items():
        for iri, found in lines.described.items():
            places.setdefault(iri, []).extend((file, line) for line in found)
    for iri, ((first, at), *others) in places.items():
        for file, line in others if kind_of(iri) else ():
            name = compact(iri)
            yield fault("described-twice", file, line, item=name, name=name, other=f"{first}:{at}")


def _described(kb: KnowledgeBase) -> Iterator[str]:
    """Yield the IRIs that may be named: what has a type, the entries of sources.bib, the terms of the standards."""
    for subject in kb.types:
        if kind_of(subject) != "source" or slug_of(subject) in kb.bibliography.sources:
            yield subject
    for standard in STANDARDS:
        yield from (str(standard[name]) for name in standard.__annotations__ if not name.startswith("_"))


def _namespace(iri: str) -> str:
    """Return the start of `iri` that we answer for: our vocabulary, one kind of individual, or a standard; else ""."""
    if is_of_no_kind(iri):
        return BASE
    if iri.startswith(BASE):
        return str(DUO) if iri.startswith(str(DUO)) else f"{BASE}{kind_of(iri)}/" if kind_of(iri) else ""
    return next((str(standard) for standard in STANDARDS if iri.startswith(str(standard))), "")


def unknown_name(iri: str, start: str, file: str, line: int, described: Iterable[str]) -> Diagnostic:
    """Return the fault for a name that nothing describes, with the nearest one that something does."""
    codes = {str(DUO): "unknown-term", f"{BASE}source/": "unknown-citation-key"}
    code = codes.get(start, "unknown-thing" if start.startswith(BASE) else "unknown-standard-term")
    near = nearest(iri.removeprefix(start), (name.removeprefix(start) for name in described if name.startswith(start)))
    suggestion = did_you_mean(compact(start + near) if near else "")
    name, key = compact(iri), iri.removeprefix(start)
    return fault(code, file, line, item=name, name=name, key=key, suggestion=suggestion)


def shape_faults(kb: KnowledgeBase, unknown: Collection[str | None] = ()) -> Iterator[Diagnostic]:
    """Yield what the shapes find, each result placed at the line of the statement that it is about.

    What is about an `unknown` name, or about a thing that names one, is left out: it has been told of already, and what
    is derived of it may be wrong for that reason alone. Shapes that cannot be used give one fault.
    """
    try:
        rules = constraints(kb.shapes, kb.subclasses)
        broken = [found for rule in rules for found in _broken(rule, kb.select(rule.select))]
    except (UnknownConstraint, QueryError) as error:
        detail = error.text if isinstance(error, QueryError) else str(error).rstrip(".")
        yield fault("no-shapes", "shapes.ttl", detail=detail)
        return
    astray = {str(subject) for name in unknown if name for subject, *_ in kb.triples(value=name)}
    yield from _diagnostics(kb, (found for found in broken if found.value not in unknown and found.focus not in astray))


def _broken(rule: Constraint, found: Table) -> Iterator[Violation]:
    for row in found.rows:
        focus, path, value, *others = map(_text, row)
        words = tuple(zip(found.columns[3:], others, strict=True))
        yield Violation(rule.severity, rule.texts, focus, path, value, words)


def _text(term: Node | None) -> str:
    """Return the term as text, "" for None; a number 0 is "0"."""
    return "" if term is None else str(term)


def shacl_faults(kb: KnowledgeBase) -> Iterator[Diagnostic]:
    """Yield what pySHACL, the slow reference, finds by the shapes; shapes that it cannot use give one fault."""
    try:
        _, report, text = shacl_validate(in_memory(kb.graph), shacl_graph=kb.shapes, advanced=False, inplace=True)
    except Exception as error:  # pySHACL raises many types for shapes that it cannot use
        yield fault("no-shapes", "shapes.ttl", detail=str(error).splitlines()[0])
        return
    if not isinstance(report, Graph):  # pySHACL returns, not raises, some failures
        yield fault("no-shapes", "shapes.ttl", detail=str(text).splitlines()[0])
        return
    results = report.subjects(RDF.type, SHACL.ValidationResult)
    yield from _diagnostics(kb, (_reported(report, result) for result in results))


class _Asked(Graph):
    """A graph that reads each query once: pySHACL asks the same one of every focus node."""

    def query(self, query_object: str | PreparedQuery, *args: Any, **options: Any) -> Result:
        """Return the answer to a query as rdflib does; what a text asks is read once and remembered."""
        prepared = _prepared(query_object) if isinstance(query_object, str) else query_object
        return super().query(prepared, *args, **options)


_prepared = lru_cache(maxsize=None)(prepareQuery)


def in_memory(graph: Graph) -> Graph:
    """Return a copy of the graph on rdflib's own store: pySHACL fails for some SPARQL constraints on others."""
    copy = _Asked(bind_namespaces="none")
    for triple in graph:
        copy.add(triple)
    return copy


def _reported(report: Graph, result: Node) -> Violation:
    where = (SHACL.focusNode, SHACL.resultPath, SHACL.value)
    focus, path, value = (_text(report.value(result, term)) for term in where)
    weight = report.value(result, SHACL.resultSeverity)
    severity = Severity.WARNING if weight == SHACL.Warning else Severity.ERROR
    messages = sorted(text for text in report.objects(result, SHACL.resultMessage) if isinstance(text, Literal))
    texts = tuple((text.language or REFERENCE, str(text)) for text in messages)
    return Violation(severity, texts, focus, path, value)


def _diagnostics(kb: KnowledgeBase, found: Iterable[Violation]) -> Iterator[Diagnostic]:
    """Yield the violations where they stand; a warning about a property that has an error too is left out."""
    violations, records = list(found), Records(kb)
    wrong = {(one.focus, one.path) for one in violations if one.severity is Severity.ERROR}
    for one in violations:
        if one.severity is Severity.ERROR or (one.focus, one.path) not in wrong:
            file, line = _place(kb, one.focus, one.path, one.value)
            yield Diagnostic(file, line, one.severity, compact(one.focus), one.filled(records))


def _place(kb: KnowledgeBase, focus: str, path: str, value: str) -> tuple[str, int]:
    """Return the file and line where the statement stands that a violation is about.

    A source stands in sources.bib, what a claim says of an evidence item at the claim.
    """
    if kind_of(focus) == "evidence" and not _is_written(kb, focus, path):
        focus = _claim_of(focus)
    file, line = kb.place(focus, path, value)
    if not line and kind_of(focus) == "source":
        return "sources.bib", kb.source(focus).line
    return file, line


def _is_written(kb: KnowledgeBase, item: str, path: str) -> bool:
    """Return whether an editor described this evidence item, or wrote this property of it."""
    return any(item in lines.described or lines.line(item, path) for lines in kb.lines.values())


def question_faults(kb: KnowledgeBase) -> Iterator[Diagnostic]:
    """Yield the faults of questions: wrong or missing comment lines, queries that cannot be run, answers too short."""
    yield from former_name_faults(kb.queries, "queries")
    for query in kb.queries.values():
        file = f"queries/{query.name}.rq"
        yield from query_faults(query, file)
        yield from _answer_faults(kb, query, file)


def _answer_faults(kb: KnowledgeBase, query: Query, file: str) -> Iterator[Diagnostic]:
    try:
        rows = len(kb.answer(query).rows)
    except QueryError as error:
        yield fault("query-syntax", file, item=query.name, detail=error.text)
        return
    if rows < query.least_rows:
        yield fault("query-rows", file, 1, item=query.name, rows=rows, least=query.least_rows)
