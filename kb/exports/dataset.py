"""The files to download: the whole graph, the sources, the tables and what describes them."""

import json
from collections.abc import Iterator, Mapping

from kb.content.knowledge_base import KnowledgeBase
from kb.exports.data_tables import (
    DataFile,
    DataTable,
    as_csv,
    claims_table,
    crosswalk_rows,
    csvw,
    describe,
    estimates_table,
    sssom,
    survey_table,
)
from kb.exports.graph import FORMATS, export_graph
from kb.exports.references import Item
from kb.model.records import Records

FOLDER = "assets/data"
GRAPHML = "assets/concepts.graphml"
_MEDIA = {"turtle": "text/turtle", "ntriples": "application/n-triples", "jsonld": "application/ld+json"}


def data_files(kb: KnowledgeBase, records: Records, items: Mapping[str, Item], graphml: str) -> list[DataFile]:
    """Return all files to download, in the order in which the page lists them; `items` holds CSL-JSON by IRI."""
    found = [*_graph_files(kb), *_source_files(kb, items)]
    for table in (claims_table(records), estimates_table(records), survey_table(records)):
        found += _table_files(table)
    mappings = len(crosswalk_rows(records))
    found.append(
        _file("crosswalk.sssom.tsv", "text/tab-separated-values", "crosswalk", sssom(records), mappings, "rows")
    )
    found.append(DataFile(GRAPHML, "application/graphml+xml", "concepts", graphml, graphml.count("<node "), "nodes"))
    return [*found, _file("void.ttl", "text/turtle", "void", describe(records, found, kb.size))]


def _file(name: str, media: str, about: str, text: str, counted: int = 0, unit: str = "") -> DataFile:
    return DataFile(f"{FOLDER}/{name}", media, about, text, counted, unit)


def _graph_files(kb: KnowledgeBase) -> Iterator[DataFile]:
    for name, ending in FORMATS.items():
        yield _file(f"duo-kb.{ending}", _MEDIA[name], "graph", export_graph(kb, name), kb.size, "statements")


def _source_files(kb: KnowledgeBase, items: Mapping[str, Item]) -> Iterator[DataFile]:
    sources = kb.bibliography.sources.values()
    bibtex = "\n\n".join(source.raw.strip() for source in sources) + "\n"
    yield _file("sources.bib", "application/x-bibtex", "sources", bibtex, len(sources), "sources")
    csl = json.dumps(list(items.values()), ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    yield _file("sources.json", "application/vnd.citationstyles.csl+json", "sources", csl, len(items), "sources")


def _table_files(table: DataTable) -> Iterator[DataFile]:
    yield _file(f"{table.name}.csv", "text/csv", table.name, as_csv(table), len(table.rows), "rows")
    yield _file(f"{table.name}.csv-metadata.json", "application/csvm+json", table.name, csvw(table))
