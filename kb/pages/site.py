"""All pages of one language: path → Markdown, from the records, the concept graph and the templates."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

import jinja2
import networkx as nx
from markupsafe import Markup
from rdflib import DCTERMS, SKOS

from kb.concept_graph import build_graph, concepts_only, measures
from kb.exports import export_graphml
from kb.knowledge_base import KnowledgeBase, Table
from kb.layouts import cached_layout
from kb.markdown import finalize, front_matter, tidy
from kb.namespaces import DUO, compact, kind_of
from kb.pages import recomputed, survey, tables
from kb.pages.layout import MOST_ROWS, OVERVIEWS, SEARCH_BOOST, SECTIONS
from kb.pages.page import Page, page_path
from kb.pages.pictures import all_neighbours, neighbourhood, overview, relation_label
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
    def answers(self) -> dict[str, Table]:
        """The answers to the competency questions."""
        return {name: self.kb.select(query.text) for name, query in self.kb.queries.items()}

    @cached_property
    def best_connected(self) -> list[tuple[str, dict[str, float]]]:
        """The fifteen concepts with the most neighbours, with their measures."""
        found = measures(self.concepts)
        return sorted(found.items(), key=lambda pair: (-pair[1]["degree"], -pair[1]["betweenness"], pair[0]))[:15]

    def references(self, language: str) -> dict[str, str]:
        """The reference of each source as HTML."""
        return render_references(self.kb.bibliography, language, self.cache)


def render_pages(kb: KnowledgeBase, cache: Path) -> dict[str, dict[str, str]]:
    """For each language the generated files: path → text. `cache` keeps layouts, drawings and references."""
    maker = Maker(kb, cache)
    graphml = export_graphml(maker.records, maker.graph)
    return {
        language: dict(_language_pages(maker, language)) | {"assets/concepts.graphml": graphml}
        for language in LANGUAGES
    }


def _language_pages(maker: Maker, language: str) -> Iterator[tuple[str, str]]:
    templates = _environment()
    shared = {"maker": maker, "records": maker.records, "references": maker.references(language)}
    for path, template in OVERVIEWS.items():
        page = Page(maker.records, language, path)
        yield f"{path}.md", _render(templates, f"{template}.md", page, shared)
    for kind in SECTIONS:
        for iri in maker.records.things[kind]:
            if page_path(iri) == f"{kind}/{iri.rpartition('/')[2]}":
                page = Page(maker.records, language, page_path(iri), iri)
                yield f"{page.path}.md", _render(templates, "thing.md", page, shared | _thing(maker, page))
    for name, found in maker.answers.items():
        page = Page(maker.records, language, f"ask/{name}")
        yield (
            f"{page.path}.md",
            _render(templates, "question.md", page, shared | {"answer": found, "query": maker.kb.queries[name]}),
        )


def _thing(maker: Maker, page: Page) -> dict[str, object]:
    kind = kind_of(page.iri)
    return {
        "kind": kind,
        "sections": SECTIONS[kind],
        "boost": SEARCH_BOOST.get(kind, 1.0),
        "picture": Markup(neighbourhood(page, maker.graph, maker.cache)) if "neighbourhood" in SECTIONS[kind] else "",
        "around": _around(maker, page),
        "claim": maker.records.claims.get(page.iri),
    }


def _around(maker: Maker, page: Page) -> dict[str, list[str]]:
    """Everything one step away, grouped by relation in words."""
    groups: dict[str, list[str]] = {}
    for neighbour in all_neighbours(maker.graph, page.iri):
        label = relation_label(page, neighbour.relation, outward=neighbour.outward)
        groups.setdefault(label, []).append(neighbour.iri)
    return groups


def _render(templates: jinja2.Environment, template: str, page: Page, values: Mapping[str, object]) -> str:
    context = {
        "page": page,
        "t": page.t,
        "compact": compact,
        "kind_of": kind_of,
        "overview_picture": _picture_of(values, page),
    }
    return tidy(templates.get_template(template).render({**values, **context}))


def _picture_of(values: Mapping[str, object], page: Page) -> str:
    maker = values["maker"]
    assert isinstance(maker, Maker)
    return Markup(overview(page, maker.concepts, maker.positions)) if page.path == "graph" else ""


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
        tables=tables,
        survey=survey,
        recomputed=recomputed,
        EVERYONE=EVERYONE,
        MOST_MISSING=MOST_MISSING,
        DUO=DUO,
        SKOS=SKOS,
        DCTERMS=DCTERMS,
        MOST_ROWS=MOST_ROWS,
    )
    return environment
