"""From rows to tables: values for the parameters of a question in; cells for people, CSV and standard formats out."""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rdflib import Graph, Literal, URIRef
from rdflib.query import Result
from rdflib.term import Node

from kb.content.knowledge_base import KnowledgeBase
from kb.content.queries import Query
from kb.errors import QueryError
from kb.model.records import Records
from kb.namespaces import PREFIXES, compact, expand, kind_of
from kb.suggestions import did_you_mean, nearest
from kb.words import phrase

_WIDEST = 60


def bind_values(kb: KnowledgeBase, query: Query, given: Iterable[str]) -> str:
    """Return the query text with `name=value` words put in as SPARQL terms.

    Raise QueryError for a word without "=", a value that the graph does not describe, and an unknown or missing
    parameter.
    """
    values = {}
    for word in given:
        name, equals, value = word.partition("=")
        if not equals:
            raise QueryError("not-a-parameter", word=word)
        values[name] = _term(kb, query, name, value)
    return query.bind(values)


def _term(kb: KnowledgeBase, query: Query, name: str, value: str) -> str:
    """Return a value as a SPARQL term; raise QueryError for a name that the graph does not describe.

    A prefixed name or an IRI stands for itself, a bare name for a thing with the prefix of the default; else it is a
    text.
    """
    default = query.default(name) or ""
    prefix = default.partition(":")[0]
    iri = expand(value)
    if iri is None and prefix in PREFIXES and re.fullmatch(r"[\w.-]+", value):
        iri = PREFIXES[prefix] + value
    if iri is None:
        return Literal(value).n3()
    if (URIRef(iri), None, None) not in kb.graph:
        near = nearest(
            compact(iri),
            (compact(str(subject)) for subject in set(kb.graph.subjects()) if kind_of(str(subject)) == kind_of(iri)),
        )
        raise QueryError("unknown-value", name=compact(iri), suggestion=did_you_mean(near))
    return URIRef(iri).n3()


def serialize(result: Result, format_: str) -> str:
    """Return the result as SPARQL 1.1 `csv` or `json`; a graph as JSON-LD in `json`, an ASK as csv in one word.

    Raise QueryError for a graph as csv: it is no table.
    """
    if result.graph is not None:
        if format_ == "csv":
            raise QueryError("answer-is-graph")
        return _graph(result, "json-ld")
    if result.type == "ASK" and format_ == "csv":
        return f"{str(result.askAnswer).lower()}\n"
    return _text(result.serialize(format=format_))


def _graph(result: Result, format_: str) -> str:
    """Return the graph that answers a CONSTRUCT or DESCRIBE, with our prefixes."""
    graph = Graph(bind_namespaces="none")
    for prefix, namespace in PREFIXES.items():
        graph.bind(prefix, namespace)
    graph += result.graph or ()
    return graph.serialize(format=format_, auto_compact=True).rstrip("\n") + "\n"


def _text(made: bytes | None) -> str:
    return (made or b"").decode("utf-8").replace("\r\n", "\n").rstrip("\n") + "\n"


@dataclass(frozen=True)
class Cell:
    """A value of an answer for people: its words, and the IRI of the thing that they name, "" for a text."""

    words: str
    iri: str = ""

    def __str__(self) -> str:
        """Return the words, and after those of a thing its prefixed name in brackets, unless the words are its name.

        By its prefixed name a thing can be asked after.
        """
        name = compact(self.iri)
        return self.words if self.words in (name, self.iri) or not self.iri else f"{self.words} [{name}]"


def cells(records: Records, rows: Iterable[Sequence[Node | None]], language: str) -> list[list[Cell]]:
    """Return the rows of an answer for people, a cell per column; the cell of an unbound value has no words."""
    return [[_cell(records, value, language) for value in row] for row in rows]


def _cell(records: Records, value: Node | None, language: str) -> Cell:
    if isinstance(value, URIRef):
        label = records.label(str(value), language).words
        return Cell(compact(str(value)) if label == str(value) else label, str(value))
    return Cell("" if value is None else " ".join(str(value).split()))


def as_table(kb: KnowledgeBase, result: Result, language: str, *, markdown: bool) -> str:
    """Return the result as a table for people, Markdown or plain; a graph as Turtle, an ASK as yes or no."""
    if result.graph is not None:
        return _graph(result, "turtle")
    if result.type == "ASK":
        return phrase("yes" if result.askAnswer else "no", language) + "\n"
    names = result.vars or []
    found = cells(Records(kb), ([row.get(name) for name in names] for row in result.bindings), language)
    columns, rows = [str(name) for name in names], [[str(cell) for cell in row] for row in found]
    if markdown:
        return _markdown(columns, rows)
    return _plain(columns, rows) + phrase("rows", language, n=len(rows)) + "\n"


def _markdown(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [columns, ["---"] * len(columns), *rows]
    return "".join("| " + " | ".join(text.replace("|", "\\|") for text in line) + " |\n" for line in lines)


def _plain(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    cut = [[_cut(text) for text in row] for row in rows]
    widths = [max(len(line[at]) for line in [columns, *cut]) for at in range(len(columns))]
    lines = [columns, ["-" * width for width in widths], *cut]
    return "".join(
        "  ".join(f"{text:{width}}" for text, width in zip(line, widths, strict=True)).rstrip() + "\n" for line in lines
    )


def _cut(text: str) -> str:
    if len(text) <= _WIDEST or text.endswith("]"):
        return text
    return text[: _WIDEST - 1] + "…"


def csv_text(rows: Iterable[Sequence[object]], between: str = ",") -> str:
    """Return rows as separated values, a line for each; the first row holds the names of the columns."""
    text = io.StringIO()
    csv.writer(text, delimiter=between, lineterminator="\n").writerows(rows)
    return text.getvalue()


def spreadsheet_csv(rows: Iterable[Sequence[object]]) -> str:
    """Return the same as `csv_text`, after the mark by which spreadsheets know that it is UTF-8."""
    return f"\ufeff{csv_text(rows)}"
