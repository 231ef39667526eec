"""What the pages of all languages are made from: look-ups, graph, layout, references and files, each made once."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import networkx as nx

from kb.content.changes import Release, parse_changes
from kb.content.knowledge_base import KnowledgeBase
from kb.drawing.layout import cached_layout
from kb.exports.data_tables import DataFile
from kb.exports.dataset import data_files
from kb.exports.graph import export_graphml
from kb.exports.references import Item, csl_items, render_references
from kb.model.concept_graph import build_graph, concepts_only, graph_digests, measures
from kb.model.dependencies import digest
from kb.model.records import Records
from kb.namespaces import source_iri
from kb.words import LANGUAGES, REFERENCE

# How many of the best connected concepts are listed.
_MOST_CONNECTED = 15


@dataclass(frozen=True)
class Shared:
    """What all pages share; `cache` is a folder for what was made before, which may be deleted at any time."""

    kb: KnowledgeBase
    cache: Path

    @cached_property
    def records(self) -> Records:
        """Return the graph as plain values."""
        return Records(self.kb, whole=True)

    @cached_property
    def graph(self) -> nx.MultiDiGraph:
        """Return the graph of concepts and sources with what links them."""
        return build_graph(self.records)

    @cached_property
    def concepts(self) -> nx.MultiDiGraph:
        """Return the graph of the concepts alone, for the overview."""
        return concepts_only(self.graph)

    @cached_property
    def positions(self) -> dict[str, tuple[float, float]]:
        """Return where each concept stands in the overview, both coordinates from 0 to 1, by IRI."""
        edges = sorted({(start, end) for start, end, _ in self.concepts.edges(keys=True)})
        return cached_layout(sorted(self.concepts), edges, folder=self.cache)

    @cached_property
    def best_connected(self) -> list[tuple[str, dict[str, float]]]:
        """Return the concepts with the most neighbours, each with its measures, the best connected first."""
        found = measures(self.concepts)
        ordered = sorted(found.items(), key=lambda pair: (-pair[1]["degree"], -pair[1]["betweenness"], pair[0]))
        return ordered[:_MOST_CONNECTED]

    @cached_property
    def references(self) -> dict[str, dict[str, str]]:
        """Return in each language the reference of each source as HTML, by citation key."""
        return {language: render_references(self.kb.bibliography, language, self.cache) for language in LANGUAGES}

    @cached_property
    def items(self) -> dict[str, Item]:
        """Return the CSL-JSON item of each source, by IRI."""
        return {str(source_iri(key)): item for key, item in csl_items(self.kb.bibliography, self.cache).items()}

    @property
    def files(self) -> list[DataFile]:
        """Return what there is to download, which is made from everything."""
        self.records.dependencies.track("everything")
        return self._files

    @cached_property
    def _files(self) -> list[DataFile]:
        with self.records.dependencies.separately():
            return data_files(self.kb, self.records, self.items, export_graphml(self.records, self.graph))

    @property
    def releases(self) -> Mapping[str, list[Release]]:
        """Return in each language the versions that were released, with what each brought, the latest first.

        They are those of the reference language where no page of the language itself tells them.
        """
        return {language: self._releases(language) for language in LANGUAGES}

    def _releases(self, language: str) -> list[Release]:
        written = language if self._changes(language) else REFERENCE
        return parse_changes(self._changes(written), written)

    def _changes(self, language: str) -> str:
        """Return the page of changes, "" where there is none."""
        self.records.dependencies.track("changes")
        path = self.kb.root / "docs" / language / "changes.md"
        return path.read_text("utf-8") if path.is_file() else ""

    @cached_property
    def facts(self) -> dict[str, str]:
        """Return a digest of all that a page may read, by the name under which its reading is tracked."""
        said = [*self.records.digests(), *graph_digests(self.graph), *self._entries(), *self._questions()]
        everything = digest(word for pair in sorted(said) for word in pair)
        return {**dict(said), "everything": everything, "changes": digest(map(self._changes, LANGUAGES))}

    def _entries(self) -> Iterator[tuple[str, str]]:
        for key, source in self.kb.bibliography.sources.items():
            references = [found.get(key, "") for found in self.references.values()]
            yield f"entry {source_iri(key)}", digest([source.raw, *references])

    def _questions(self) -> Iterator[tuple[str, str]]:
        queries = self.kb.queries
        yield "questions", digest(word for name, query in queries.items() for word in (name, query.text))
        for name, query in queries.items():
            yield f"question {name}", digest([query.text, repr(self.kb.answer(query).rows)])
