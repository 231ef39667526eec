"""The whole graph, with what is derived, in formats that other programs read; equal content gives equal text."""

import json
from collections.abc import Iterable
from functools import lru_cache
from itertools import groupby

import networkx as nx
import pyoxigraph as ox
from rdflib import RDF, XSD

from kb.content.knowledge_base import PREFIX_TEXTS, KnowledgeBase
from kb.model.records import Records
from kb.namespaces import PREFIXES, compact
from kb.words import LANGUAGES

FORMATS = {"turtle": "ttl", "ntriples": "nt", "jsonld": "jsonld"}
_TYPE, _STRING = str(RDF.type), str(XSD.string)


def export_graph(kb: KnowledgeBase, format_: str) -> str:
    """Return the graph as `turtle`, `ntriples` or `jsonld` text, sorted.

    The store itself writes it: the way through rdflib takes some forty times as long.
    """
    triples = (quad.triple for quad in kb.store)
    return {"turtle": _turtle, "ntriples": _ntriples, "jsonld": _jsonld}[format_](triples)


def _sorted(triples: Iterable[ox.Triple]) -> list[ox.Triple]:
    """Return triples by subject, of each the types first, then what else is said of it."""
    return sorted(triples, key=_place)


def _place(triple: ox.Triple) -> tuple[str, str, str]:
    predicate = triple.predicate.value
    return str(triple.subject), "" if predicate == _TYPE else predicate, str(triple.object)


def _turtle(triples: Iterable[ox.Triple]) -> str:
    written = ox.serialize(_sorted(triples), format=ox.RdfFormat.TURTLE, prefixes=PREFIX_TEXTS)
    return str(written, "utf-8")  # type: ignore[arg-type]


def _ntriples(triples: Iterable[ox.Triple]) -> str:
    return "".join(sorted(f"{triple} .\n" for triple in triples))


def _jsonld(triples: Iterable[ox.Triple]) -> str:
    """Return the triples as JSON-LD: a line for the context and one for each thing."""
    nodes = (_node(subject, said) for subject, said in groupby(_sorted(triples), key=lambda triple: triple.subject))
    lines = ",\n".join(json.dumps(node, ensure_ascii=False) for node in nodes)
    context = json.dumps({prefix: PREFIXES[prefix] for prefix in sorted(PREFIXES)})
    return f'{{"@context": {context},\n"@graph": [\n{lines}\n]}}\n'


def _node(subject: ox.NamedNode | ox.BlankNode | ox.Triple, said: Iterable[ox.Triple]) -> dict[str, object]:
    node: dict[str, object] = {"@id": _name(subject)}
    for predicate, triples in groupby(said, key=lambda triple: triple.predicate.value):
        if predicate == _TYPE:
            node["@type"] = [_name(triple.object) for triple in triples]
        else:
            node[_compact(predicate)] = [_value(triple.object) for triple in triples]
    return node


def _name(node: object) -> str:
    return _compact(node.value) if isinstance(node, ox.NamedNode) else str(node)


def _value(node: object) -> object:
    if not isinstance(node, ox.Literal):
        return {"@id": _name(node)}
    if node.language:
        return {"@value": node.value, "@language": node.language}
    datatype = node.datatype.value
    return node.value if datatype == _STRING else {"@value": node.value, "@type": _compact(datatype)}


@lru_cache(maxsize=100_000)
def _compact(iri: str) -> str:
    return compact(iri)


def export_graphml(records: Records, graph: nx.MultiDiGraph) -> str:
    """Return the concept graph as GraphML.

    Nodes have kind, labels and number of sources, edges relation and weight.
    """
    named = nx.MultiDiGraph()
    for iri, kind in graph.nodes(data="kind"):
        labels = {f"label_{language}": records.label(iri, language).words for language in LANGUAGES}
        named.add_node(compact(iri), iri=iri, kind=kind, sources=len(records.sources_of(iri)), **labels)
    for at, (start, end, relation, weight) in enumerate(sorted(graph.edges(keys=True, data="weight"))):
        named.add_edge(compact(start), compact(end), key=str(at), relation=relation, weight=weight)
    return "\n".join(nx.generate_graphml(named)) + "\n"
