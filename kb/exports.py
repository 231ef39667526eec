"""The whole graph, with what is derived, in formats that other programs read; equal content gives equal text."""

import csv
import io
import json
from collections.abc import Iterable, Iterator, Sequence

import networkx as nx
from rdflib import XSD, Graph, Literal
from rdflib.term import Node

from kb.knowledge_base import KnowledgeBase
from kb.namespaces import PREFIXES, compact
from kb.records import Records
from kb.words import LANGUAGES

FORMATS = {"turtle": "ttl", "ntriples": "nt", "jsonld": "jsonld"}


def export_graph(kb: KnowledgeBase, format_: str) -> str:
    """The graph as `turtle`, `ntriples` or `jsonld` text, sorted."""
    return {"turtle": _turtle, "ntriples": _ntriples, "jsonld": _jsonld}[format_](kb.graph)


def _triples(graph: Graph) -> Iterator[tuple[Node, Node, Node]]:
    """All triples; a text has no datatype: not every tool knows that it is an xsd:string all the same (RDF 1.1)."""
    for subject, predicate, value in graph:
        simple = isinstance(value, Literal) and value.datatype == XSD.string
        yield subject, predicate, Literal(str(value)) if simple else value


def _sorted_copy(graph: Graph) -> Graph:
    copy = Graph(bind_namespaces="none")
    for prefix, namespace in PREFIXES.items():
        copy.bind(prefix, namespace)
    for triple in sorted(_triples(graph)):
        copy.add(triple)
    return copy


def _turtle(graph: Graph) -> str:
    return _sorted_copy(graph).serialize(format="turtle")


def _ntriples(graph: Graph) -> str:
    return "".join(sorted(f"{s.n3()} {p.n3()} {o.n3()} .\n" for s, p, o in _triples(graph)))


def _jsonld(graph: Graph) -> str:
    used = {prefix: PREFIXES[prefix] for prefix in sorted(PREFIXES)}
    document = json.loads(_sorted_copy(graph).serialize(format="json-ld", context=used, auto_compact=True))
    document["@graph"] = sorted(document["@graph"], key=lambda node: str(node["@id"]))
    return json.dumps(document, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def export_graphml(records: Records, graph: nx.MultiDiGraph) -> str:
    """The concept graph as GraphML: nodes with kind, labels and number of sources, edges with relation and weight."""
    named = nx.MultiDiGraph()
    for iri, kind in graph.nodes(data="kind"):
        labels = {f"label_{language}": records.label(iri, language).words for language in LANGUAGES}
        named.add_node(compact(iri), iri=iri, kind=kind, sources=len(records.sources_of(iri)), **labels)
    for at, (start, end, relation, weight) in enumerate(sorted(graph.edges(keys=True, data="weight"))):
        named.add_edge(compact(start), compact(end), key=str(at), relation=relation, weight=weight)
    return "\n".join(nx.generate_graphml(named)) + "\n"


def csv_text(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A table as CSV, with the mark at its start by which spreadsheets know that it is UTF-8."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([head, *rows])
    return f"\ufeff{text.getvalue()}"
