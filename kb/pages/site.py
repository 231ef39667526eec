"""All pages of one language: path → Markdown, from the records, the concept graph and the templates."""

from collections import defaultdict
from collections.abc import Callable, Container, Iterator
from dataclasses import dataclass
from functools import cache, cached_property, partial
from pathlib import Path

import jinja2
import networkx as nx
from markupsafe import Markup
from rdflib import DCTERMS, SKOS

from kb.concept_graph import build_graph, concepts_only, graph_digests, measures
from kb.exports import export_graphml
from kb.knowledge_base import KnowledgeBase
from kb.layouts import cached_layout
from kb.markdown import finalize, front_matter, tidy
from kb.namespaces import DUO, compact, kind_of, slug_of, source_iri
from kb.pages import recomputed, report, strengths, survey, tables
from kb.pages.charts import chart, small_bar
from kb.pages.layout import GRAPHML, MAP, MOST_CAVEATS, MOST_ROWS, OVERVIEWS, SECTIONS
from kb.pages.names import alphabet
from kb.pages.page import Page, page_path
from kb.pages.pictures import all_neighbours, neighbourhood, overview, relation_label
from kb.reading import digest
from kb.records import Records
from kb.references import render_references
from kb.shares import EVERYONE, MOST_MISSING
from kb.words import LANGUAGES


@dataclass(frozen=True)
class Maker:
    """What all pages share: look-ups, graph, layout and references, each made once."""

    kb: KnowledgeBase
    cache: Path

    @cached_property
    def records(self) -> Records:
        """The graph as plain values."""
        return Records(self.kb)

    @cached_property
    def graph(self) -> nx.MultiDiGraph:
        """Concepts and sources with what links them."""
        return build_graph(self.records)

    @cached_property
    def concepts(self) -> nx.MultiDiGraph:
        """Concepts alone, for the overview."""
        return concepts_only(self.graph)

    @cached_property
    def positions(self) -> dict[str, tuple[float, float]]:
        """Where each concept stands in the overview."""
        edges = sorted({(start, end) for start, end, _ in self.concepts.edges(keys=True)})
        return cached_layout(sorted(self.concepts), edges, folder=self.cache)

    @cached_property
    def best_connected(self) -> list[tuple[str, dict[str, float]]]:
        """The fifteen concepts with the most neighbours, with their measures."""
        found = measures(self.concepts)
        return sorted(found.items(), key=lambda pair: (-pair[1]["degree"], -pair[1]["betweenness"], pair[0]))[:15]

    @cached_property
    def references(self) -> dict[str, dict[str, str]]:
        """In each language the reference of each source as HTML."""
        return {language: render_references(self.kb.bibliography, language, self.cache) for language in LANGUAGES}

    @cached_property
    def graphml(self) -> str:
        """The concept graph for other programs."""
        self.records.reading.note("graph")
        return export_graphml(self.records, self.graph)

    @cached_property
    def facts(self) -> dict[str, str]:
        """A digest of all that a page may read, by the name under which that is noted."""
        return dict([*self.records.digests(), *graph_digests(self.graph), *self._entries(), *self._questions()])

    def _entries(self) -> Iterator[tuple[str, str]]:
        for key, source in self.kb.bibliography.sources.items():
            references = [found.get(key, "") for found in self.references.values()]
            yield f"entry {source_iri(key)}", digest([source.raw, *references])

    def _questions(self) -> Iterator[tuple[str, str]]:
        queries = self.kb.queries
        yield "questions", digest(word for name, query in queries.items() for word in (name, query.text))
        for name, query in queries.items():
            yield f"question {name}", digest([query.text, repr(self.kb.answer(query).rows)])


@dataclass(frozen=True)
class Rendered:
    """The generated files of each language, path → text, and by path the names of all that a file read."""

    files: dict[str, dict[str, str]]
    read: dict[str, set[str]]


def render_pages(maker: Maker, left: Container[str] = ()) -> Rendered:
    """Make the files of all languages, but for those that are `left` as they are, by path."""
    rendered = Rendered({}, defaultdict(set))
    for language in LANGUAGES:
        rendered.files[language] = {}
        for path, make in _files(maker, language):
            if path not in left:
                with maker.records.reading.apart() as names:
                    rendered.files[language][path] = make()
                rendered.read[path] |= names
    return rendered


def _files(maker: Maker, language: str) -> Iterator[tuple[str, Callable[[], str]]]:
    """The path of each file and how it is made."""
    yield GRAPHML, lambda: maker.graphml
    yield f"{MAP}.md", partial(_map, maker, Page(maker.records, language, MAP))
    for path, template in OVERVIEWS.items():
        yield f"{path}.md", partial(_render, template, Page(maker.records, language, path), maker)
    for name in maker.kb.queries:
        yield f"ask/{name}.md", partial(_question, maker, Page(maker.records, language, f"ask/{name}"), name)
    for page in _thing_pages(maker.records, language):
        yield f"{page.path}.md", partial(_thing, maker, page)


def _map(maker: Maker, page: Page) -> str:
    page.records.reading.note("graph")
    picture = Markup(overview(page, maker.concepts, maker.positions))
    return _render("graph", page, maker, overview_picture=picture)


def _question(maker: Maker, page: Page, name: str) -> str:
    page.records.reading.note(f"question {name}")
    query = maker.kb.queries[name]
    return _render("question", page, maker, answer=maker.kb.answer(query), query=query)


def _thing_pages(records: Records, language: str) -> Iterator[Page]:
    for kind in SECTIONS:
        for iri in records.things[kind]:
            if page_path(iri) == f"{kind}/{iri.rpartition('/')[2]}":
                yield Page(records, language, page_path(iri), iri)


def _thing(maker: Maker, page: Page) -> str:
    kind = kind_of(page.iri)
    return _render(
        "thing",
        page,
        maker,
        kind=kind,
        sections=SECTIONS[kind],
        picture=Markup(neighbourhood(page, maker.graph, maker.cache)) if "neighbourhood" in SECTIONS[kind] else "",
        around=_around(maker, page),
        claim=maker.records.claim(page.iri) if kind == "claim" else None,
    )


def _around(maker: Maker, page: Page) -> dict[str, list[str]]:
    """Everything one step away, grouped by relation in words."""
    groups: dict[str, list[str]] = {}
    for neighbour in all_neighbours(page, maker.graph):
        label = relation_label(page, neighbour.relation, outward=neighbour.outward)
        groups.setdefault(label, []).append(neighbour.iri)
    return groups


def _render(template: str, page: Page, maker: Maker, **values: object) -> str:
    context = {
        "page": page,
        "t": page.t,
        "compact": compact,
        "kind_of": kind_of,
        "slug_of": slug_of,
        "maker": maker,
        "records": maker.records,
        "references": maker.references[page.language],
        "chart": partial(chart, cache=maker.cache),
    }
    return tidy(_environment().get_template(f"{template}.md").render({**values, **context}))


def compiled_templates(folder: Path) -> jinja2.BytecodeCache:
    """Where compiled templates are kept; one whose text has changed is compiled again."""
    folder.mkdir(parents=True, exist_ok=True)
    return jinja2.FileSystemBytecodeCache(str(folder))


@cache
def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("kb", "templates"),
        autoescape=True,
        finalize=finalize,
        undefined=jinja2.StrictUndefined,
        auto_reload=False,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(
        front_matter=front_matter,
        Markup=Markup,
        small_bar=small_bar,
        tables=tables,
        alphabet=alphabet,
        survey=survey,
        report=report,
        strengths=strengths,
        recomputed=recomputed,
        EVERYONE=EVERYONE,
        MOST_MISSING=MOST_MISSING,
        DUO=DUO,
        SKOS=SKOS,
        DCTERMS=DCTERMS,
        GRAPHML=GRAPHML,
        MOST_ROWS=MOST_ROWS,
        MOST_CAVEATS=MOST_CAVEATS,
    )
    return environment
