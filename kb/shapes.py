"""The shapes as SPARQL: each constraint one query over all focus nodes at once.

pySHACL judges node by node and needs half a minute for what the embedded store answers in a fraction of a second,
too long for an editor who waits. The queries follow the definitions of W3C SHACL §4 (core) and §5 (SPARQL-based
constraints) for the parts of SHACL that shapes.ttl uses; a part that is not known here is a fault, never passed over.
pySHACL stays the reference: the tests hold that both find the same.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from rdflib import RDF, XSD, Graph, Literal, URIRef
from rdflib.collection import Collection
from rdflib.namespace import SH
from rdflib.term import Node

from kb.diagnostics import Severity

_QUIET = {RDF.type, SH.path, SH.message, SH.severity, SH.qualifiedMinCount, SH.prefixes, SH.name, SH.order}
# The start of a group, or what only looks like one: a brace in a string. A subquery has its group after WHERE.
_GROUP = re.compile(r"""(\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*')|\{(?!\s*SELECT\b)""")
PLACEHOLDER = re.compile(r"\{\?(\w+)\}")
_CASTS = {XSD.integer, XSD.decimal, XSD.boolean, XSD.date}


@dataclass(frozen=True)
class Constraint:
    """One thing that must hold: a query that returns `?this ?path ?value` for each violation, and what to tell.

    After those three come the other variables of a SPARQL constraint that its message names, as in {?sections}.
    """

    select: str
    texts: tuple[tuple[str, str], ...]
    severity: Severity


class UnknownConstraint(ValueError):
    """shapes.ttl uses a part of SHACL that has no query here."""


def constraints(shapes: Graph) -> list[Constraint]:
    """All constraints of the shapes, sorted; UnknownConstraint where one cannot be turned into a query."""
    found = [constraint for shape in shapes.subjects(RDF.type, SH.NodeShape) for constraint in _of_shape(shapes, shape)]
    if not found:
        raise UnknownConstraint("there are none")
    return sorted(found, key=lambda constraint: constraint.select)


def _of_shape(shapes: Graph, shape: Node) -> Iterator[Constraint]:
    classes = sorted(map(_term, shapes.objects(shape, SH.targetClass)))
    if not classes:
        return
    focus = f"VALUES ?class {{ {' '.join(classes)} }} ?this a ?class ."
    for prop in shapes.objects(shape, SH.property):
        yield from _of_property(shapes, prop, focus)
    for sparql in shapes.objects(shape, SH.sparql):
        yield _constraint(shapes, sparql, _whole_select(shapes, sparql, focus), shape)


def _of_property(shapes: Graph, prop: Node, focus: str) -> Iterator[Constraint]:
    path_node = shapes.value(prop, SH.path)
    if path_node is None:
        raise UnknownConstraint(f"{prop} has no sh:path")
    path = _path(shapes, path_node)
    shown = _term(path_node) if isinstance(path_node, URIRef) else _term(next(iter(_members(shapes, path_node))))
    for predicate, value in shapes.predicate_objects(prop):
        if predicate in _QUIET:
            continue
        pattern = _pattern(shapes, predicate, value, path)
        select = f"SELECT DISTINCT ?this ({shown} AS ?path) ?value WHERE {{ {focus} {pattern} }}"
        yield _constraint(shapes, prop, select, prop)


def _constraint(shapes: Graph, node: Node, select: str, shape: Node) -> Constraint:
    """What `node` says, with the weight of its shape: a SPARQL constraint has none of its own (SHACL §2.1.4)."""
    severity = Severity.WARNING if shapes.value(shape, SH.severity) == SH.Warning else Severity.ERROR
    return Constraint(select, _texts(shapes, node), severity)


def _texts(shapes: Graph, node: Node) -> tuple[tuple[str, str], ...]:
    messages = [text for text in shapes.objects(node, SH.message) if isinstance(text, Literal)]
    return tuple(sorted((text.language or "en", str(text)) for text in messages))


def _whole_select(shapes: Graph, sparql: Node, focus: str) -> str:
    """A SPARQL constraint over all focus nodes; `$this` and `?this` are one variable (SHACL §5.3.1).

    SHACL binds it beforehand, also in groups that SPARQL evaluates on their own: so each group says what it may be.
    """
    text = str(shapes.value(sparql, SH.select)).replace("$this", "?this")
    select = _GROUP.sub(lambda found: found[0] if found[1] else f"{{ {focus}", text)
    prefixes = "".join(
        f"PREFIX {shapes.value(declared, SH.prefix)}: <{shapes.value(declared, SH.namespace)}>\n"
        for declared in sorted(shapes.objects(None, SH.declare), key=str)
    )
    shown = " ".join(f"?{name}" for name in ("this", "path", "value", *_named(_texts(shapes, sparql))))
    return f"{prefixes}SELECT DISTINCT {shown} WHERE {{ {focus} {{ {select} }} }}"


def _named(texts: tuple[tuple[str, str], ...]) -> list[str]:
    """The variables that a message names besides the three that every violation has (SHACL §5.3.2)."""
    names = {name for _, text in texts for name in PLACEHOLDER.findall(text)}
    return sorted(names - {"this", "path", "value"})


def _pattern(shapes: Graph, predicate: Node, value: Node, path: str) -> str:
    """The violation of one constraint component as a graph pattern."""
    make = _PATTERNS.get(predicate)
    if make is None:
        raise UnknownConstraint(f"{predicate} is not known to the everyday check (kb/shapes.py)")
    return make(shapes, value, path)


def _least(shapes: Graph, value: Node, path: str) -> str:  # noqa: ARG001
    if int(str(value)) == 1:
        return f"FILTER NOT EXISTS {{ ?this {path} ?any }}"
    return f"OPTIONAL {{ {_counted(path)} }} FILTER(COALESCE(?count, 0) < {value})"


def _most(shapes: Graph, value: Node, path: str) -> str:  # noqa: ARG001
    return f"{{ {_counted(path)} }} FILTER(?count > {value})"


def _counted(path: str) -> str:
    return f"SELECT ?this (COUNT(DISTINCT ?one) AS ?count) WHERE {{ ?this {path} ?one }} GROUP BY ?this"


def _qualified(shapes: Graph, value: Node, path: str) -> str:
    tags = _languages(shapes, shapes.value(value, SH.languageIn))
    return f"FILTER NOT EXISTS {{ ?this {path} ?any FILTER(LANG(?any) IN ({tags})) }}"


def _unique_language(shapes: Graph, value: Node, path: str) -> str:  # noqa: ARG001
    other = f"?this {path} ?other FILTER(?value != ?other && LANG(?value) = LANG(?other) && LANG(?value) != '')"
    return f"?this {path} ?value . FILTER EXISTS {{ {other} }}"


def _datatype(shapes: Graph, value: Node, path: str) -> str:  # noqa: ARG001
    cast = f"BIND({_term(value)}(STR(?value)) AS ?cast)" if value in _CASTS else "BIND(true AS ?cast)"
    wrong = f"!isLiteral(?value) || DATATYPE(?value) != {_term(value)} || !BOUND(?cast)"
    return f"?this {path} ?value . {cast} FILTER({wrong})"


def _node_kind(shapes: Graph, value: Node, path: str) -> str:  # noqa: ARG001
    if value != SH.Literal:
        raise UnknownConstraint("sh:nodeKind other than sh:Literal is not known to the everyday check (kb/shapes.py)")
    return f"?this {path} ?value FILTER(!isLiteral(?value))"


def _not_more(shapes: Graph, value: Node, path: str) -> str:  # noqa: ARG001
    return f"?this {path} ?value ; {_term(value)} ?other FILTER(!COALESCE(?value <= ?other, false))"


def _wrong(test: str) -> Callable[[Graph, Node, str], str]:
    """A component that every value must pass; `test` is true of a value that does not, {0} stands for the parameter."""
    return lambda shapes, value, path: f"?this {path} ?value FILTER({test.format(_parameter(shapes, value))})"


_PATTERNS: dict[Node, Callable[[Graph, Node, str], str]] = {
    SH.minCount: _least,
    SH.maxCount: _most,
    SH.uniqueLang: _unique_language,
    SH.datatype: _datatype,
    SH.nodeKind: _node_kind,
    SH.lessThanOrEquals: _not_more,
    SH.qualifiedValueShape: _qualified,
    SH["class"]: _wrong("NOT EXISTS {{ ?value a {0} }}"),
    SH["in"]: _wrong("?value NOT IN ({0})"),
    SH.languageIn: _wrong("!COALESCE(LANG(?value) IN ({0}), false)"),
    SH.pattern: _wrong("!REGEX(STR(?value), {0})"),
    SH.minInclusive: _wrong("!COALESCE(?value >= {0}, false)"),
    SH.maxInclusive: _wrong("!COALESCE(?value <= {0}, false)"),
    SH.disjoint: _wrong("EXISTS {{ ?this {0} ?value }}"),
    SH.hasValue: lambda shapes, value, path: f"FILTER NOT EXISTS {{ ?this {path} {_term(value)} }}",  # noqa: ARG005
}


def _parameter(shapes: Graph, value: Node) -> str:
    members = _members(shapes, value)
    return ", ".join(_term(member) for member in members) if members else _term(value)


def _members(shapes: Graph, node: Node | None) -> list[Node]:
    start = shapes.value(node, SH.alternativePath) or node
    return list(Collection(shapes, start)) if start and shapes.value(start, RDF.first) else []


def _languages(shapes: Graph, value: Node | None) -> str:
    return ", ".join(_term(tag) for tag in _members(shapes, value))


def _path(shapes: Graph, node: Node | None) -> str:
    if isinstance(node, URIRef):
        return _term(node)
    return f"({'|'.join(_term(member) for member in _members(shapes, node))})"


def _term(node: Node) -> str:
    """A SPARQL term; a pattern's backslashes are doubled by n3()."""
    return re.sub(r"\n", " ", node.n3())
