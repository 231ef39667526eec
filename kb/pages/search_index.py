"""The index of the search of a language: two files that the page's script reads, statements apart since they are many.

Both hold `kinds`, kind → its name and how much its entries weigh, and `entries`, each the fields of an `Entry` that are
not empty. That of the things also holds the `words` of the window, the `language` of the page, and of each of the
`languages` whose names stand in it how its words are compared. The same names stand in docs/script/search-index.ts.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from rdflib import SKOS

from kb.kinds import KINDS, ROWS, Kind
from kb.model.records import Records
from kb.namespaces import kind_of, row_of, slug_of
from kb.pages.contents import OVERVIEWS
from kb.pages.markdown import read_front_matter
from kb.pages.page import Page, page_path
from kb.pages.subjects.standings import judged
from kb.words import language_data, others, phrase

THINGS, SAID = "assets/search.json", "assets/search-statements.json"
STEMMERS = "assets/script/stemmer/"
_WORDS = (
    "search-words", "search-hint", "search-all", "search-close", "search-things", "search-statements", "search-one",
    "search-many", "search-cut", "search-none", "search-some", "search-keys",
)  # fmt: skip
_ADDRESS = re.compile(r"(^|/)index$")


@dataclass(frozen=True)
class Entry:
    """A page or thing to be found: its address, kind and label, a text that is searched too, and its other names.

    `foreign` holds the names in each other language by its code, `hidden` misspellings, which are never shown.
    """

    path: str
    kind: str
    label: str
    text: str = ""
    names: list[str] = field(default_factory=list)
    foreign: dict[str, list[str]] = field(default_factory=dict)
    hidden: list[str] = field(default_factory=list)


def search_files(records: Records, language: str, files: Mapping[str, Mapping[str, str]]) -> dict[str, str]:
    """Return the two files of the search of a language, path → text.

    `files` holds the Markdown files of each language by path; those of things may be missing.
    """
    page, mine = Page(records, language, ""), files[language]
    things = [
        *(_page_entry(path, language, files) for path in sorted(mine) if _is_found(path, mine[path])),
        *(_thing_entry(page, iri) for iri in _things(records, lambda kind: bool(kind.sections) and not kind.statement)),
    ]
    said = [_statement_entry(page, iri) for iri in _things(records, lambda kind: kind.statement)]
    words = {code.removeprefix("search-"): phrase(code, language) for code in _WORDS}
    told = {"words": words, "language": language, "languages": _languages(language, things)}
    return {
        THINGS: _as_json(told | _entries(records, language, things)),
        SAID: _as_json(_entries(records, language, said)),
    }


def stands_for_itself(path: str) -> bool:
    """Return whether a file is a page that is not about one thing: an overview, a question or one written by hand."""
    name, kind = path.removesuffix(".md"), path.partition("/")[0]
    return path.endswith(".md") and (name in OVERVIEWS or not (kind in KINDS and KINDS[kind].sections))


def _is_found(path: str, text: str) -> bool:
    """Return whether the search finds a file itself; it does not find one that only says where something stands now."""
    return stands_for_itself(path) and "moved" not in read_front_matter(text)


def _things(records: Records, wanted: Callable[[Kind], bool]) -> Iterator[str]:
    for name, kind in sorted(KINDS.items()):
        if kind.search and wanted(kind):
            yield from (iri for iri in records.things[name] if address(iri))


def address(iri: str) -> str:
    """Return where a thing is shown, from the root of the site of a language; "" where an overview stands for it."""
    overview = row_of(iri).listed_on
    if overview:
        return f"{_ADDRESS.sub('', overview)}/#{slug_of(iri)}"
    path = page_path(iri)
    return "" if path in OVERVIEWS else f"{path}/"


def _page_entry(path: str, language: str, files: Mapping[str, Mapping[str, str]]) -> Entry:
    name = path.removesuffix(".md")
    told = read_front_matter(files[language][path])
    kind = "ask" if name.startswith("ask/") and name not in OVERVIEWS else "overview"
    kind = kind if name in OVERVIEWS or kind == "ask" else "page"
    place, label = _ADDRESS.sub("", name), told.get("title", name)
    titles = {other: read_front_matter(files[other].get(path, "")).get("title", "") for other in others(language)}
    return Entry(
        f"{place}/" if place else "", kind, label, told.get("description", ""), foreign=_new_titles(label, titles)
    )


def _new_titles(label: str, titles: Mapping[str, str]) -> dict[str, list[str]]:
    """Return the title of a page in each other language, without those that a language shares with one before it."""
    known = [label, "", *titles.values()]
    return {language: [title] for at, (language, title) in enumerate(titles.items(), 2) if title not in known[:at]}


def _thing_entry(page: Page, iri: str) -> Entry:
    own = Page(page.records, page.language, page_path(iri), iri)
    hidden = own.hidden_names()
    text = " ".join([*judged(page, iri)[:1], page.records.text(iri, SKOS.definition, page.language).words])
    if kind_of(iri) == "source":
        source = page.records.source(iri)
        text, hidden = source.title, [*hidden, *filter(None, [" ".join(source.surnames)])]
    return Entry(f"{own.path}/", kind_of(iri), own.plain(), text, own.names(), own.foreign_names(), hidden)


def _statement_entry(page: Page, iri: str) -> Entry:
    return Entry(address(iri), kind_of(iri), page.plain(iri), " ".join(judged(page, iri)))


def _entries(records: Records, language: str, entries: Iterable[Entry]) -> dict[str, Any]:
    rows = [{name: value for name, value in asdict(entry).items() if value or name == "path"} for entry in entries]
    kinds = sorted({row["kind"] for row in rows})
    return {"kinds": {kind: _kind(records, kind, language) for kind in kinds}, "entries": rows}


def _kind(records: Records, kind: str, language: str) -> dict[str, Any]:
    return {"name": records.kind_name(kind, language), "weight": ROWS[kind].search}


def _languages(language: str, entries: Iterable[Entry]) -> dict[str, Any]:
    """Return by code how words are compared in the page's language and in those that have names in the entries."""
    used = {language, *(other for entry in entries for other in entry.foreign)}
    return {code: _compared(code) for code in (language, *others(language)) if code in used}


def _compared(language: str) -> dict[str, Any]:
    known = language_data(language)
    return {
        "stemmer": f"{STEMMERS}{known.stemmer}.js" if known.stemmer else "",
        "beforeStemming": known.before_stemming,
        "smallWords": known.small_words,
        "compoundLinks": known.compound_links,
    }


def _as_json(told: object) -> str:
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))
