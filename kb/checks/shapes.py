"""The shapes as SPARQL: each constraint one query over all focus nodes at once.

pySHACL judges node by node and needs half a minute for what the embedded store answers in a fraction of a second,
too long for an editor who waits. The queries follow the definitions of W3C SHACL §4 (core) and §5 (SPARQL-based
constraints) for the parts of SHACL that shapes.ttl uses; a part that is not known here is a fault, never passed over.
pySHACL stays the reference: the tests hold that both find the same.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations, product

from rdflib import RDF, XSD, Graph, Literal, URIRef
from rdflib.collection import Collection
from rdflib.namespace import SH
from rdflib.term import Node

from kb.diagnostics import Severity
from kb.words import REFERENCE

_QUIET = {RDF.type, SH.path, SH.message, SH.severity, SH.qualifiedMinCount, SH.prefixes, SH.name, SH.order}
# The start of a group, or what is left as it is: a brace in a string, and the group of EXISTS, where what is bound
# outside stays bound. A subquery has its group after WHERE.
_GROUP = re.compile(r"""(\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*'|\bEXISTS\s*\{)|\{(?!\s*SELECT\b)""")
PLACEHOLDER = re.compile(r"\{\?(\w+)\}")
_MOST_COUNTED = 4
_CASTS = {XSD.integer, XSD.decimal, XSD.boolean, XSD.date}


@dataclass(frozen=True)
class Constraint:
    """One thing that must hold: where to look, and `tests`, of which any is true of what breaks it.

    Its query returns `?this ?path ?value` for each violation. After those three come the other variables of a SPARQL
    constraint that its message names, as in {?sections}; such a constraint has no tests, its pattern finds violations.
    """

    variables: str
    pattern: str
    tests: tuple[str, ...]
    texts: tuple[tuple[str, str], ...]
    severity: Severity

    @property
    def select(self) -> str:
        """Return the query for what breaks the constraint."""
        test = f" FILTER({' || '.join(self.tests)})" if self.tests else ""
        return f"{self.variables} WHERE {{ {self.pattern}{test} }}"


class UnknownConstraint(ValueError):
    """shapes.ttl uses a part of SHACL that has no query here."""


def constraints(shapes: Graph, below: Mapping[str, Iterable[str]]) -> list[Constraint]:
    """Return all constraints of the shapes, sorted by their queries.

    Raise UnknownConstraint where one cannot be turned into a query, and where there are none. `below` names the
    subclasses of classes: their instances are those of the class too (SHACL §2.1.3.2).
    """
    found = [
        constraint
        for (node, severity), classes in _targets(shapes).items()
        for constraint in _constraints(shapes, node, _focus(_with_subclasses(classes, below)), severity)
    ]
    if not found:
        raise UnknownConstraint("there are none")
    return sorted(found, key=lambda constraint: constraint.select)


def _targets(shapes: Graph) -> dict[tuple[Node, Severity], set[str]]:
    """Return the classes of all focus nodes, by property shape or SPARQL constraint and its severity.

    A SPARQL constraint has no severity of its own: it has that of its shape (SHACL §2.1.4).
    """
    found: dict[tuple[Node, Severity], set[str]] = defaultdict(set)
    for shape in shapes.subjects(RDF.type, SH.NodeShape):
        classes = map(_term, shapes.objects(shape, SH.targetClass))
        weighed = [(prop, _severity(shapes, prop)) for prop in shapes.objects(shape, SH.property)]
        weighed += [(sparql, _severity(shapes, shape)) for sparql in shapes.objects(shape, SH.sparql)]
        for one, name in product(weighed, classes):
            found[one].add(name)
    return found


def _severity(shapes: Graph, shape: Node) -> Severity:
    return Severity.WARNING if shapes.value(shape, SH.severity) == SH.Warning else Severity.ERROR


def _with_subclasses(classes: Iterable[str], below: Mapping[str, Iterable[str]]) -> set[str]:
    return {name for one in classes for name in (one, *(f"<{iri}>" for iri in below.get(one[1:-1], ())))}


def _focus(classes: Iterable[str]) -> str:
    return f"VALUES ?class {{ {' '.join(sorted(classes))} }} ?this a ?class ."


def _constraints(shapes: Graph, node: Node, focus: str, severity: Severity) -> Iterator[Constraint]:
    texts = _texts(shapes, node)
    if shapes.value(node, SH.select):
        yield Constraint(*_whole_select(shapes, node, focus), (), texts, severity)
        return
    path_node = shapes.value(node, SH.path)
    if path_node is None:
        raise UnknownConstraint(f"{node} has no sh:path")
    path = _path(shapes, path_node)
    shown = _term(path_node) if isinstance(path_node, URIRef) else _term(next(iter(_members(shapes, path_node))))
    variables = f"SELECT DISTINCT ?this ({shown} AS ?path) ?value"
    for pattern, tests in zip((focus, f"{focus} ?this {path} ?value ."), _tests(shapes, node, path), strict=True):
        if tests:
            yield Constraint(variables, pattern, tests, texts, severity)


def _tests(shapes: Graph, prop: Node, path: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the tests of the components of a property shape: those of a focus node, and those of a value.

    Raise UnknownConstraint for a component that has no test here.
    """
    found: tuple[list[str], list[str]] = [], []
    for name, value in sorted(pair for pair in shapes.predicate_objects(prop) if pair[0] not in _QUIET):
        if name not in _OF_NODE and name not in _OF_VALUE:
            raise UnknownConstraint(f"{name} is not known to the everyday check (kb/checks/shapes.py)")
        for tests, known in zip(found, (_OF_NODE, _OF_VALUE), strict=True):
            tests += [known[name](shapes, value, path)] if name in known else []
    return tuple(found[0]), tuple(found[1])


def _texts(shapes: Graph, node: Node) -> tuple[tuple[str, str], ...]:
    messages = [text for text in shapes.objects(node, SH.message) if isinstance(text, Literal)]
    return tuple(sorted((text.language or REFERENCE, str(text)) for text in messages))


def _whole_select(shapes: Graph, sparql: Node, focus: str) -> tuple[str, str]:
    """Return a SPARQL constraint over all focus nodes in two parts: the SELECT line with its prefixes, and the pattern.

    `$this` and `?this` are one variable (SHACL §5.3.1). SHACL binds it beforehand, also in groups that SPARQL evaluates
    on their own: so each group says what it may be.
    """
    text = str(shapes.value(sparql, SH.select)).replace("$this", "?this")
    select = _GROUP.sub(lambda found: found[0] if found[1] else f"{{ {focus}", text)
    prefixes = "".join(
        f"PREFIX {shapes.value(declared, SH.prefix)}: <{shapes.value(declared, SH.namespace)}>\n"
        for declared in sorted(shapes.objects(None, SH.declare), key=str)
    )
    shown = " ".join(f"?{name}" for name in ("this", "path", "value", *_named(_texts(shapes, sparql))))
    return f"{prefixes}SELECT DISTINCT {shown}", f"{{ {select} }}"


def _named(texts: tuple[tuple[str, str], ...]) -> list[str]:
    """Return the variables that a message names besides the three that every violation has (SHACL §5.3.2), sorted."""
    names = {name for _, text in texts for name in PLACEHOLDER.findall(text)}
    return sorted(names - {"this", "path", "value"})


# The tests of constraint components: true of a focus node, or of a value of the path, that breaks the component.
_Test = Callable[[Graph, Node, str], str]


def _least(shapes: Graph, value: Node, path: str) -> str:  # noqa: ARG001
    return f"!({_at_least(int(str(value)), path)})"


def _most(shapes: Graph, value: Node, path: str) -> str:  # noqa: ARG001
    return _at_least(int(str(value)) + 1, path)


def _at_least(count: int, path: str) -> str:
    """Return the test that is true of a focus node with `count` values or more.

    Each value is told apart from every other, so few can be counted: raise UnknownConstraint above _MOST_COUNTED.
    """
    if count > _MOST_COUNTED:
        raise UnknownConstraint(
            f"counts above {_MOST_COUNTED} are not known to the everyday check (kb/checks/shapes.py)"
        )
    names = [f"?value{at}" for at in range(count)]
    apart = " && ".join(f"!sameTerm({one}, {two})" for one, two in combinations(names, 2))
    return f"EXISTS {{ ?this {path} {', '.join(names)} {f'FILTER({apart})' if apart else ''} }}"


def _qualified(shapes: Graph, value: Node, path: str) -> str:
    tags = _languages(shapes, shapes.value(value, SH.languageIn))
    return f"NOT EXISTS {{ ?this {path} ?any FILTER(LANG(?any) IN ({tags})) }}"


def _datatype(shapes: Graph, value: Node, path: str) -> str:  # noqa: ARG001
    cast = f"{_term(value)}(STR(?value))"
    lexical = f" && {cast} = {cast}" if value in _CASTS else ""
    return f"!COALESCE(isLiteral(?value) && DATATYPE(?value) = {_term(value)}{lexical}, false)"


def _node_kind(shapes: Graph, value: Node, path: str) -> str:  # noqa: ARG001
    if value != SH.Literal:
        raise UnknownConstraint(
            "sh:nodeKind other than sh:Literal is not known to the everyday check (kb/checks/shapes.py)"
        )
    return "!isLiteral(?value)"


def _wrong(test: str) -> _Test:
    """Return the function that makes the test of a component out of `test`, which is true of what breaks it.

    In `test` {0} stands for the parameter and {1} for the path.
    """
    return lambda shapes, value, path: test.format(_parameter(shapes, value), path)


_OF_NODE: dict[Node, _Test] = {
    SH.minCount: _least,
    SH.maxCount: _most,
    SH.qualifiedValueShape: _qualified,
    SH.hasValue: _wrong("NOT EXISTS {{ ?this {1} {0} }}"),
}
_OF_VALUE: dict[Node, _Test] = {
    SH.uniqueLang: _wrong(
        "(LANG(?value) != '' && EXISTS {{ ?this {1} ?other FILTER(?value != ?other && LANG(?value) = LANG(?other)) }})"
    ),
    SH.datatype: _datatype,
    SH.nodeKind: _node_kind,
    SH.lessThanOrEquals: _wrong("EXISTS {{ ?this {0} ?other FILTER(!COALESCE(?value <= ?other, false)) }}"),
    SH["class"]: _wrong("NOT EXISTS {{ ?value a {0} }}"),
    SH["in"]: _wrong("?value NOT IN ({0})"),
    SH.languageIn: _wrong("!COALESCE(LANG(?value) IN ({0}), false)"),
    SH.pattern: _wrong("!COALESCE(REGEX(STR(?value), {0}), false)"),
    SH.minInclusive: _wrong("!COALESCE(?value >= {0}, false)"),
    SH.maxInclusive: _wrong("!COALESCE(?value <= {0}, false)"),
    SH.disjoint: _wrong("EXISTS {{ ?this {0} ?value }}"),
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
    """Return a node as a SPARQL term on one line; n3() doubles the backslashes of a pattern."""
    return re.sub(r"\n", " ", node.n3())
