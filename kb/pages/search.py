"""What the search of a language knows: two files that the page's script reads, statements apart since they are many.

`{"words": …, "kinds": {kind: [name, weight]}, "entries": [[path, kind, label, text, other names, names in the other
language, misspellings], …]}`; an entry leaves out what it has not at its end.
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping

from rdflib import SKOS

from kb.kinds import KINDS, ROWS, Kind
from kb.markdown import read_front_matter
from kb.namespaces import kind_of, row_of, slug_of
from kb.pages.contents import OVERVIEWS
from kb.pages.page import Page, page_path
from kb.pages.standings import judged
from kb.records import Records
from kb.words import OTHER, phrase

THINGS, SAID = "assets/search.json", "assets/search-statements.json"
_WORDS = (
    "search-words", "search-hint", "search-all", "search-close", "search-things", "search-statements", "search-one",
    "search-many", "search-cut", "search-none", "search-some", "search-keys",
)  # fmt: skip
_ADDRESS = re.compile(r"(^|/)index$")

Entry = list[str | list[str]]


def search_files(records: Records, language: str, files: Mapping[str, Mapping[str, str]]) -> dict[str, str]:
    """Both files, path → text; `files` are the Markdown files of each language, those of things may be missing."""
    page = Page(records, language, "")
    mine, other = files[language], files[OTHER[language]]
    things = [
        *(_page_entry(path, mine[path], other.get(path, "")) for path in sorted(mine) if _is_found(path, mine[path])),
        *(_thing_entry(page, iri) for iri in _things(records, lambda kind: bool(kind.sections) and not kind.statement)),
    ]
    said = [_statement_entry(page, iri) for iri in _things(records, lambda kind: kind.statement)]
    return {THINGS: _file(language, things), SAID: _file(language, said)}


def stands_for_itself(path: str) -> bool:
    """Whether a file is a page that is not about one thing: an overview, a question or one written by hand."""
    name, kind = path.removesuffix(".md"), path.partition("/")[0]
    return path.endswith(".md") and (name in OVERVIEWS or not (kind in KINDS and KINDS[kind].sections))


def _is_found(path: str, text: str) -> bool:
    """Whether the search finds a file itself; not where it only says where something stands now."""
    return stands_for_itself(path) and "moved" not in read_front_matter(text)


def _things(records: Records, wanted: Callable[[Kind], bool]) -> Iterator[str]:
    for name, kind in sorted(KINDS.items()):
        if kind.search and wanted(kind):
            yield from (iri for iri in records.things[name] if address(iri))


def address(iri: str) -> str:
    """Where a thing is shown, from the root of the site of a language, or "" where an overview stands for it."""
    overview = row_of(iri).listed_on
    if overview:
        return f"{_ADDRESS.sub('', overview)}/#{slug_of(iri)}"
    path = page_path(iri)
    return "" if path in OVERVIEWS else f"{path}/"


def _page_entry(path: str, text: str, translation: str) -> Entry:
    name = path.removesuffix(".md")
    told, foreign = read_front_matter(text), read_front_matter(translation).get("title", "")
    kind = "ask" if name.startswith("ask/") and name not in OVERVIEWS else "overview"
    kind = kind if name in OVERVIEWS or kind == "ask" else "page"
    place = _ADDRESS.sub("", name)
    return [f"{place}/" if place else "", kind, told.get("title", name), told.get("description", ""), [], [foreign]]


def _thing_entry(page: Page, iri: str) -> Entry:
    own = Page(page.records, page.language, page_path(iri), iri)
    names, hidden = own.names(), own.hidden_names()
    text = " ".join([*judged(page, iri)[:1], page.records.text(iri, SKOS.definition, page.language).words])
    if kind_of(iri) == "source":
        source = page.records.source(iri)
        text, hidden = source.title, [*hidden, " ".join(source.surnames)]
    return _short([f"{own.path}/", kind_of(iri), own.plain(), text, names, own.foreign_names(), hidden])


def _statement_entry(page: Page, iri: str) -> Entry:
    return _short([address(iri), kind_of(iri), page.plain(iri), " ".join(judged(page, iri))])


def _short(entry: Entry) -> Entry:
    while not entry[-1]:
        entry = entry[:-1]
    return entry


def _file(language: str, entries: list[Entry]) -> str:
    kinds = sorted({str(entry[1]) for entry in entries})
    told = {
        "words": {code.removeprefix("search-"): phrase(code, language) for code in _WORDS},
        "kinds": {kind: [phrase(f"kind-{kind}", language), ROWS.get(kind, Kind(kind)).search] for kind in kinds},
        "entries": entries,
    }
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))
