"""The content as one value: the graph with what is derived, the bibliography, the shapes and the questions."""

import logging
import re
import warnings
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from urllib.parse import quote

import pyoxigraph as ox
from oxrdflib import OxigraphStore
from rdflib import BNode, Graph, Literal, URIRef
from rdflib.graph import DATASET_DEFAULT_GRAPH_ID
from rdflib.namespace import DCTERMS, RDF, RDFS, SDO, XSD
from rdflib.query import Result
from rdflib.term import Node

from kb.content.bibliography import load_bibliography
from kb.content.csvw import TABLE, read_table
from kb.content.csvw_metadata import DESCRIPTION
from kb.content.queries import QUERY, Query, forbid_network, load_queries, query_files, undeclared_prefix
from kb.content.retirement import retire
from kb.content.text_files import files_in, read_text, unread_faults
from kb.content.turtle import TURTLE, StatementLines, parse_turtle, statement_lines
from kb.content.works import OTHERS, UNDATED, Bibliography, Person, Source
from kb.diagnostics import Diagnostic, fault
from kb.errors import QueryError
from kb.namespaces import BASE, BIBO, DUO, MARC, PREFIXES, source_iri
from kb.suggestions import did_you_mean, nearest
from kb.words import LANGUAGES, phrase

# A literal such as "two"^^xsd:integer is a fault that the shapes tell; rdflib would print its own traceback besides.
logging.getLogger("rdflib.term").setLevel(logging.CRITICAL)
warnings.filterwarnings("ignore", "Parsing weird boolean", module=r"rdflib\.term")

ENTRY_CLASSES = {
    "article": BIBO.AcademicArticle,
    "book": BIBO.Book,
    "incollection": BIBO.Chapter,
    "inproceedings": BIBO.Article,
    "misc": BIBO.Document,
    "phdthesis": BIBO.Thesis,
    "techreport": BIBO.Report,
}
VERIFICATION_TERMS = {
    "confirmed": DUO.Confirmed,
    "partly": DUO.PartlyConfirmed,
    "author-year-only": DUO.AuthorYearOnly,
}
_LITERAL_FIELDS = {
    "volume": BIBO.volume,
    "number": BIBO.number,
    "pages": BIBO.pages,
    "pagetotal": BIBO.numPages,
    "edition": BIBO.edition,
    "doi": BIBO.doi,
    "isbn": BIBO.isbn,
    "issn": BIBO.issn,
    "type": DCTERMS.type,
    "address": MARC.pup,
    "citedas": DUO.citedAs,
}
# What a work may stand in: the start of its name, and its class.
_CONTAINERS = {
    "journal": ("journal", BIBO.Journal),
    "booktitle": ("book", BIBO.Book),
    "series": ("series", BIBO.Series),
}
_CONTENT_ENDINGS = (TURTLE, TABLE, DESCRIPTION)
PREFIX_TEXTS = {prefix: str(namespace) for prefix, namespace in PREFIXES.items()}


@dataclass(frozen=True)
class Table:
    """The answer to a SELECT: the names of the columns, and rows of as many values, None where one is unbound."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Node | None, ...], ...]


@dataclass(frozen=True)
class KnowledgeBase:
    """Everything that the content says. `faults` are those found while reading; `validation` finds the rest.

    `graph` holds what people wrote and what the rules derive, and `store` is where it is kept; `asserted` is the number
    of triples before derivation.
    """

    root: Path
    graph: Graph
    store: ox.Store
    shapes: Graph
    bibliography: Bibliography
    queries: dict[str, Query]
    files: tuple[str, ...]
    asserted: int
    faults: tuple[Diagnostic, ...] = ()

    @cached_property
    def size(self) -> int:
        """Return the number of triples, counted once; rdflib would go through them all at each asking."""
        return len(self.store)

    def query(self, text: str) -> Result:
        """Return the answer to a SPARQL query on the graph; raise QueryError with the reason where it cannot be run."""
        forbid_network(text)
        try:
            return self.graph.query(text)
        except (SyntaxError, ValueError) as error:
            raise QueryError("not-sparql", detail=sparql_detail(error, text)) from error

    def select(self, text: str) -> Table:
        """Return the answer to a SELECT, read whole; raise QueryError as `query` does, and for any other kind of query.

        The store itself is asked: the way through rdflib makes each value anew, which costs more than a small question.
        """
        forbid_network(text)
        try:
            answer = self.store.query(text, prefixes=PREFIX_TEXTS)
        except (SyntaxError, ValueError) as error:
            raise QueryError("not-sparql", detail=sparql_detail(error, text)) from error
        if not isinstance(answer, ox.QuerySolutions):
            raise QueryError("not-select", kind="ASK" if isinstance(answer, ox.QueryBoolean) else "CONSTRUCT")
        columns = tuple(variable.value for variable in answer.variables)
        return Table(columns, tuple(tuple(map(_term, solution)) for solution in answer))

    def answer(self, query: Query) -> Table:
        """Return the answer to a competency question as its file asks it; raise QueryError as `select` does.

        Each question is asked once.
        """
        if query.name not in self._answers:
            self._answers[query.name] = self.select(query.text)
        return self._answers[query.name]

    @cached_property
    def _answers(self) -> dict[str, Table]:
        return {}

    def triples(
        self, *, subject: str | None = None, predicate: str | None = None, value: str | None = None
    ) -> Iterator[tuple[Node, Node, Node]]:
        """Yield the triples of the graph that have these parts, in no order; `value` is a thing, not a text.

        None stands for any part; a name that can stand nowhere gives nothing. As in `select`, the store itself is
        asked: rdflib makes each value anew.
        """
        try:
            pattern = _node(subject), None if predicate is None else ox.NamedNode(predicate), _node(value)
        except ValueError:  # such a name can stand nowhere
            return
        for quad in self.store.quads_for_pattern(*pattern):
            yield known(quad.subject), known(quad.predicate), known(quad.object)

    @cached_property
    def types(self) -> Mapping[str, set[str]]:
        """Return the classes of each thing that has any, by the IRI of the thing."""
        found: dict[str, set[str]] = defaultdict(set)
        for subject, _, value in self.triples(predicate=str(RDF.type)):
            found[str(subject)].add(str(value))
        return found

    @cached_property
    def subclasses(self) -> Mapping[str, set[str]]:
        """Return the classes below each class that has any, at any depth, by the IRI of that class."""
        found: dict[str, set[str]] = defaultdict(set)
        for below, above in self.select("SELECT ?below ?above { ?below rdfs:subClassOf+ ?above }").rows:
            found[str(above)].add(str(below))
        return found

    @cached_property
    def lines(self) -> dict[str, StatementLines]:
        """Return where each statement stands, by file; read when first asked for."""
        return {name: _lines_in(self.root / name, name) for name in self.files if (self.root / name).is_file()}

    def place(self, subject: str, predicate: str = "", value: str = "") -> tuple[str, int]:
        """Return file and line of a statement, as exactly as any file has it.

        Where nobody wrote it, return the first file and 0. A thing that several statements tell of stands where it is
        given its type.
        """
        exact = ((predicate, value), ("", value), (predicate,), (str(RDF.type),))
        wanted = [*(words for words in exact if words[-1]), ()]
        places = ((name, lines.line(subject, *words)) for words in wanted for name, lines in self.lines.items())
        return next(((name, line) for name, line in places if line), (self.files[0], 0))

    def source(self, iri: str) -> Source:
        """Return the entry of sources.bib that a source's IRI stands for; raise KeyError where there is none."""
        return self.bibliography.sources[iri.removeprefix(f"{BASE}source/")]


def _lines_in(path: Path, name: str) -> StatementLines:
    """Return where the statements of a file stand; of the description of a table, where the addresses stand."""
    if name.endswith(DESCRIPTION):
        table = name.removesuffix(DESCRIPTION)
        return read_table(path.with_name(table.rpartition("/")[2]), table).description_lines
    return read_table(path, name).lines if name.endswith(TABLE) else _lines_of(path.read_text("utf-8-sig"))


@lru_cache(maxsize=100)
def _lines_of(text: str) -> StatementLines:
    """Return where the statements of a Turtle text stand.

    Of a preview's many readings only the file that was edited is read anew.
    """
    return statement_lines(text, PREFIXES)


def content_files(root: Path) -> tuple[str, ...]:
    """Return the files that hold content, in the order in which they are read, named relative to `root`.

    They are Turtle, and tables with their descriptions.
    """
    evidence = files_in(root / "evidence", *_CONTENT_ENDINGS)
    return ("ontology.ttl", *(path.relative_to(root).as_posix() for path in evidence))


def load_knowledge_base(root: Path) -> KnowledgeBase:
    """Return the content below `root`, with what the rules derive.

    Faults are collected, not raised.
    """
    store, shapes = ox.Store(), Graph(bind_namespaces="none")
    graph = new_graph(store)
    files = content_files(root)
    faults = [found for name in files for found in parse_content(graph, store, root, name)]
    faults += parse_turtle(shapes, root / "shapes.ttl", "shapes.ttl")
    bibliography = load_bibliography(root / "sources.bib")
    for source in bibliography.sources.values():
        add_all(graph, source_triples(source))
    asserted = len(store)
    retire(store)
    faults += [*bibliography.faults, *derive(store, root / "rules")]
    queries, unread = load_queries(root / "queries")
    faults += [*unread, *_passed_over(root)]
    return KnowledgeBase(root, graph, store, shapes, bibliography, queries, files, asserted, tuple(sorted(faults)))


def _passed_over(root: Path) -> Iterator[Diagnostic]:
    """Yield a fault for each file that looks like content and is not read."""
    yield from unread_faults(root, "evidence", _CONTENT_ENDINGS, deep=True)
    yield from unread_faults(root, "queries", (QUERY,), deep=False)
    yield from unread_faults(root, "rules", (QUERY,), deep=False)


def parse_content(graph: Graph, store: ox.Store, root: Path, name: str) -> list[Diagnostic]:
    """Add what a file of content says to the default graph of `store`, which `graph` is; return what is wrong.

    A description is read with its table; alone it is a fault.
    """
    if name.endswith(DESCRIPTION):
        table = name.removesuffix(DESCRIPTION)
        return [] if (root / table).is_file() else [fault("table-missing", name, table=table)]
    if not name.endswith(TABLE):
        return parse_turtle(graph, root / name, name)
    found = read_table(root / name, name)
    store.extend([ox.Quad(*statement[:3]) for statement in found.statements])
    return list(found.faults)


def new_graph(store: ox.Store | None = None) -> Graph:
    """Return the default graph of an embedded Oxigraph store, a new one unless given, with our prefixes only."""
    graph = Graph(OxigraphStore(store=store), DATASET_DEFAULT_GRAPH_ID, bind_namespaces="none")
    for prefix, namespace in PREFIXES.items():
        graph.bind(prefix, namespace)
    return graph


def _term(value: ox.NamedNode | ox.BlankNode | ox.Literal | None) -> Node | None:
    return None if value is None else known(value)


def _node(name: str | None) -> ox.NamedNode | ox.BlankNode | None:
    """Return a node of the store by its IRI, or by the name that a blank one was given; None for None.

    Raise ValueError for what is neither.
    """
    if name is None:
        return None
    return ox.NamedNode(name) if ":" in name else ox.BlankNode(name)


@lru_cache(maxsize=200_000)
def known(value: ox.NamedNode | ox.BlankNode | ox.Literal) -> Node:
    """Return a value of the store as rdflib has it."""
    if isinstance(value, ox.Literal):
        if value.language:
            return Literal(value.value, lang=value.language)
        return Literal(value.value, datatype=URIRef(value.datatype.value))
    return BNode(value.value) if isinstance(value, ox.BlankNode) else URIRef(value.value)


def add_all(graph: Graph, triples: Iterable[tuple[Node, Node, Node]]) -> None:
    """Add many triples in one call to the store."""
    graph.addN((subject, predicate, value, graph) for subject, predicate, value in triples)


def derive(store: ox.Store, folder: Path) -> list[Diagnostic]:
    """Run the rules in the order of their file names, each on the result of those before it; return the faults.

    The store itself is asked, as in `select`; what a rule constructs goes straight back into it.
    """
    faults = []
    for path in query_files(folder):
        file = f"{folder.name}/{path.name}"
        text = read_text(path, file)
        found = text if isinstance(text, Diagnostic) else _applied(store, text, file)
        faults += [found] if found else []
    return faults


def _applied(store: ox.Store, rule: str, file: str) -> Diagnostic | None:
    """Put what a rule constructs into the store; return what is wrong with the rule, None where nothing is."""
    try:
        result = store.query(rule)
    except (SyntaxError, ValueError) as error:
        return fault("rule-syntax", file, sparql_line(error), detail=sparql_detail(error, rule))
    if not isinstance(result, ox.QueryTriples):
        return fault("rule-kind", file, 1)
    store.extend([ox.Quad(triple.subject, triple.predicate, triple.object) for triple in result])
    return None


def source_triples(source: Source) -> Iterator[tuple[Node, Node, Node]]:
    """Yield the bibliographic facts of one entry as BIBO and DCTERMS triples."""
    iri, fields = source_iri(source.key), source.fields
    yield iri, RDF.type, DUO.Source
    yield iri, RDF.type, ENTRY_CLASSES.get(source.type, BIBO.Document)
    yield iri, DUO.citationKey, Literal(source.key)
    yield from ((iri, RDFS.label, label) for label in _labels(source))
    yield iri, DUO.verification, VERIFICATION_TERMS.get(fields.get("verification", ""), DUO.AuthorYearOnly)
    if source.title:
        yield iri, DCTERMS.title, Literal(source.title, lang=source.language or None)
    yield from _made_by(iri, source)
    yield from _dated(iri, source)
    yield from _inside(iri, source)
    yield from ((iri, DCTERMS.publisher, Literal(name)) for name in source.publishers)
    for field, predicate in _LITERAL_FIELDS.items():
        if fields.get(field):
            yield iri, predicate, Literal(fields[field])
    if fields.get("doi"):
        yield iri, SDO.sameAs, doi_iri(fields["doi"])
    if fields.get("url"):
        yield iri, BIBO.uri, Literal(fields["url"], datatype=XSD.anyURI)
    if source.language:
        yield iri, DCTERMS.language, Literal(source.language)


def _labels(source: Source) -> list[Literal]:
    """Return how a text refers to the work; in each language where the words for "no date" stand in it."""
    if source.year != UNDATED or not source.people:
        return [Literal(source.author_year)]
    start, _, end = source.author_year.rpartition(f"({UNDATED}")
    return [Literal(f"{start}({phrase('undated', language)}{end}", lang=language) for language in LANGUAGES]


def doi_iri(doi: str) -> URIRef:
    """Return the address of a work with this DOI, encoded as the DOI Handbook asks."""
    return URIRef(f"https://doi.org/{quote(doi, safe='/:;()')}")


def _made_by(iri: URIRef, source: Source) -> Iterator[tuple[Node, Node, Node]]:
    """Yield who made a work: each alone, and authors and editors in their order."""
    editors = source.editors if source.authors else ()
    for predicate, people in ((DCTERMS.creator, source.people), (DCTERMS.contributor, editors)):
        yield from ((iri, predicate, Literal(one.inverted)) for one in people if one != OTHERS)
    yield from _in_order(iri, BIBO.authorList, "authors", source.authors)
    yield from _in_order(iri, BIBO.editorList, "editors", source.editors)


def _in_order(
    iri: URIRef, predicate: URIRef, name: str, people: tuple[Person, ...]
) -> Iterator[tuple[Node, Node, Node]]:
    """Yield people as an RDF list with named nodes; nothing if some are not named: a list says that these are all."""
    if not people or OTHERS in people:
        return
    nodes = [URIRef(f"{iri}#{name}-{at}") for at in range(1, len(people) + 1)]
    yield iri, predicate, nodes[0]
    for node, person, rest in zip(nodes, people, [*nodes[1:], RDF.nil], strict=True):
        yield node, RDF.type, RDF.List
        yield node, RDF.first, Literal(person.inverted)
        yield node, RDF.rest, rest


def _dated(iri: URIRef, source: Source) -> Iterator[tuple[Node, Node, Node]]:
    """Yield the year, or the range of years as text, and the month where it is known."""
    if len(source.years) == 1:
        yield iri, DCTERMS.issued, Literal(source.iso_year, datatype=XSD.gYear)
    elif source.years:
        yield iri, DCTERMS.issued, Literal(source.iso_year)
    if len(source.years) == 1 and source.month:
        yield iri, DCTERMS.date, Literal(f"{source.iso_year}-{source.month:02}", datatype=XSD.gYearMonth)


def _inside(iri: URIRef, source: Source) -> Iterator[tuple[Node, Node, Node]]:
    """Yield in what a work stands; it is named after its title, so that all works in it share one."""
    for field, (kind, class_) in _CONTAINERS.items():
        title = source.fields.get(field, "")
        if title:
            slug = re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-")
            whole = URIRef(f"{BASE}{kind}/{slug or source.key}")
            yield iri, DCTERMS.isPartOf, whole
            yield whole, RDF.type, class_
            yield whole, DCTERMS.title, Literal(title)


def sparql_detail(error: Exception, query: str) -> Callable[[str], str]:
    """Return what the SPARQL engine found wrong, in one short line without its list of expected characters."""
    text = re.sub(r"\s+", " ", str(error)).strip()
    place = re.match(r"error at (\d+):(\d+): (.*)", text)
    if not place:
        return lambda _: _shortened(text)
    line, column, said = int(place[1]), int(place[2]), place[3]
    missing = undeclared_prefix(query, PREFIXES) or ("Prefix not found" in said and undeclared_prefix(query, ()))
    if not missing:
        return lambda language: phrase("sparql-place", language, line=line, column=column, said=_shortened(said))
    prefix, line, column = missing
    near = nearest(prefix, PREFIXES)
    suggestion = did_you_mean(f"{near}:" if near not in ("", prefix) else "")
    return lambda language: phrase(
        "sparql-prefix", language, line=line, column=column, prefix=prefix, suggestion=suggestion(language)
    )


def _shortened(text: str) -> str:
    return text if len(text) < 160 else f"{text[:150].rsplit(' ', 1)[0]} …"


def sparql_line(error: Exception) -> int:
    """Return the line that the SPARQL engine names; 0 where it names none."""
    found = re.search(r"error at (\d+):", str(error))
    return int(found[1]) if found else 0
