"""All pages of one language: path → Markdown, from the records, the concept graph and the templates."""

from collections import defaultdict
from collections.abc import Callable, Container, Iterator
from dataclasses import dataclass
from functools import cache, cached_property, partial
from pathlib import Path
from textwrap import shorten
from typing import Any

import jinja2
import networkx as nx
from markupsafe import Markup
from rdflib import DCTERMS, SKOS

from kb.concept_graph import build_graph, concepts_only, graph_digests, measures
from kb.data_files import DataFile
from kb.exports import export_graphml
from kb.feed import Release, parse_changes, write_feed
from kb.knowledge_base import KnowledgeBase
from kb.layouts import cached_layout
from kb.markdown import finalize, front_matter, tidy
from kb.namespaces import DUO, compact, kind_of, slug_of, source_iri
from kb.pages import (
    citing,
    claims,
    downloads,
    effects,
    evidence_map,
    facets,
    front,
    messages,
    recomputed,
    sections,
    standings,
    survey,
    tables,
    tools,
)
from kb.pages.charts import chart, small_bar
from kb.pages.layout import (
    FEED,
    GRAPHML,
    MAP,
    MOST_CAVEATS,
    MOST_DESCRIBED,
    MOST_NEW,
    MOST_ROWS,
    MOST_SHOWN,
    OVERVIEWS,
    SECTIONS,
)
from kb.pages.names import alphabet
from kb.pages.page import Page, page_path
from kb.pages.pictures import all_neighbours, kind_mark, neighbourhood, overview, relation_label
from kb.pages.schema import described
from kb.queries import former_names
from kb.reading import digest
from kb.records import Records
from kb.references import csl_items, render_references
from kb.words import LANGUAGES, has_phrase


@dataclass(frozen=True)
class Maker:
    """What all pages share: look-ups, graph, layout and references, each made once."""

    kb: KnowledgeBase
    cache: Path

    @cached_property
    def records(self) -> Records:
        """The graph as plain values."""
        return Records(self.kb, whole=True)

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
    def items(self) -> dict[str, citing.Item]:
        """The CSL-JSON item of each source, by IRI."""
        return {str(source_iri(key)): item for key, item in csl_items(self.kb.bibliography, self.cache).items()}

    @property
    def files(self) -> list[DataFile]:
        """What there is to download; who asks has read everything."""
        self.records.reading.note("everything")
        return self._files

    @cached_property
    def _files(self) -> list[DataFile]:
        with self.records.reading.apart():
            graphml = export_graphml(self.records, self.graph)
            return downloads.data_files(self.kb, self.records, self.items, graphml)

    def changes(self, language: str) -> str:
        """The page of changes, "" where there is none."""
        self.records.reading.note("changes")
        path = self.kb.root / "docs" / language / "changes.md"
        return path.read_text("utf-8") if path.is_file() else ""

    def releases(self, language: str) -> list[Release]:
        """The versions that were released, with what each brought."""
        return parse_changes(self.changes(language), language)

    @cached_property
    def facts(self) -> dict[str, str]:
        """A digest of all that a page may read, by the name under which that is noted."""
        said = [*self.records.digests(), *graph_digests(self.graph), *self._entries(), *self._questions()]
        everything = digest(word for pair in sorted(said) for word in pair)
        return {**dict(said), "everything": everything, "changes": digest(map(self.changes, LANGUAGES))}

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
    yield FEED, lambda: write_feed(maker.releases(language), language)
    for file in maker.files:
        yield file.path, partial(_download, maker, file)
    for iri in maker.records.things["source"]:
        for format_ in citing.FORMATS:
            page = Page(maker.records, language, page_path(iri), iri)
            yield citing.cite_path(iri, format_), partial(citing.entry, page, maker.items[iri], format_)
    yield f"{MAP}.md", partial(_map, maker, Page(maker.records, language, MAP))
    for path, make in {
        evidence_map.CELLS_CSV: evidence_map.cells_csv,
        evidence_map.ITEMS_CSV: evidence_map.items_csv,
    }.items():
        yield path, partial(make, Page(maker.records, language, path))
    for path, template in OVERVIEWS.items():
        yield f"{path}.md", partial(_render, template, Page(maker.records, language, path), maker)
    for name in maker.kb.queries:
        yield f"ask/{name}.md", partial(_question, maker, Page(maker.records, language, f"ask/{name}"), name)
    for old, name in former_names(maker.kb.queries).items():
        yield f"ask/{old}.md", partial(_moved, Page(maker.records, language, f"ask/{old}"), name)
    for page in _thing_pages(maker.records, language):
        yield f"{page.path}.md", partial(_thing, maker, page)
    for iri in maker.records.retired:
        if page_path(iri):
            yield (
                f"{page_path(iri)}.md",
                partial(_render, "retired", Page(maker.records, language, page_path(iri), iri), maker),
            )


def _download(maker: Maker, file: DataFile) -> str:
    maker.records.reading.note("everything")
    return file.text


def _map(maker: Maker, page: Page) -> str:
    page.records.reading.note("graph")
    picture = Markup(overview(page, maker.concepts, maker.positions))
    return _render("graph", page, maker, overview_picture=picture)


def _question(maker: Maker, page: Page, name: str) -> str:
    page.records.reading.note(f"question {name}")
    query = maker.kb.queries[name]
    return _render("question", page, maker, answer=maker.kb.answer(query), query=query)


def _moved(page: Page, name: str) -> str:
    """The page at an old address of a question: where the question is now, and nothing that a search should find."""
    text = _environment().get_template("moved.md").render(page=page, t=page.t, query=page.records.queries[name])
    return tidy(text)


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


@dataclass
class _Head:
    """Writes the head of a page: what its template says, and what follows from what the page is about."""

    page: Page
    maker: Maker
    title: str = ""

    def __call__(self, title: str, **fields: Any) -> Markup:
        """The front matter; remembers what the page is called."""
        self.title = title
        about = self._description() or fields.pop("description")
        scripts = [*fields.pop("scripts", ()), "copy"]
        return front_matter(title=title, **{**fields, "description": about, "scripts": scripts, **self._derived()})

    def _description(self) -> str:
        """Kind and what it is, or what was judged of it, whole words of them."""
        told = " ".join([*standings.judged(self.page, self.page.iri)[:1], self.page.explained()]).strip()
        kind = self.page.kind().capitalize() if told else ""
        return shorten(f"{kind}: {told}", MOST_DESCRIBED, placeholder=" …") if told else ""

    def _derived(self) -> dict[str, object]:
        page, items = self.page, self.maker.items
        files = self.maker.files if page.path == "index" else ()
        citation = citing.highwire(items[page.iri]) if kind_of(page.iri) == "source" else None
        return {"schema": described(page, items, files), "citation": citation}


def _render(template: str, page: Page, maker: Maker, **values: object) -> str:
    head = _Head(page, maker)
    context = {
        "front_matter": head,
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
    text = _environment().get_template(f"{template}.md").render({**values, **context})
    if page.iri in maker.records.retired:
        return tidy(text)
    cited = _environment().get_template("cite-page.md").render({**context, "title": head.title})
    return tidy(text + cited)


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
        Markup=Markup,
        small_bar=small_bar,
        tables=tables,
        tools=tools,
        front=front,
        claim_lists=claims,
        messages=messages,
        has_phrase=has_phrase,
        mark=kind_mark,
        alphabet=alphabet,
        survey=survey,
        sections_of_works=sections,
        standings=standings,
        effects=effects,
        recomputed=recomputed,
        citing=citing,
        downloads=downloads,
        facets=facets,
        evidence_map=evidence_map,
        DUO=DUO,
        SKOS=SKOS,
        DCTERMS=DCTERMS,
        moved_front_matter=front_matter,
        GRAPHML=GRAPHML,
        FEED=FEED,
        MOST_ROWS=MOST_ROWS,
        MOST_CAVEATS=MOST_CAVEATS,
        MOST_NEW=MOST_NEW,
        MOST_SHOWN=MOST_SHOWN,
    )
    return environment
