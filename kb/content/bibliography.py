"""sources.bib in, entries and faults out; the one module that reads BibTeX."""

import logging
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from bibtexparser.entrypoint import parse_string
from bibtexparser.library import Library
from bibtexparser.middlewares.names import (
    InvalidNameError,
    parse_single_name_into_parts,
    split_multiple_persons_names,
)
from bibtexparser.model import (
    Block,
    DuplicateBlockKeyBlock,
    DuplicateFieldKeyBlock,
    Entry,
    ParsingFailedBlock,
)

from kb.content.entry_faults import entry_faults
from kb.content.latex import bare, plain, without_marks
from kb.content.text_files import read_text
from kb.content.works import MONTHS, OTHERS, UNDATED, Bibliography, Person, Source, with_letters
from kb.diagnostics import Diagnostic, fault
from kb.suggestions import did_you_mean, nearest

# What may stand without braces: a number or the name of a month.
_BARE = re.compile(rf"\d*|{'|'.join(MONTHS)}")
_BRACES = re.compile(r'(?<!\\)[{}"]')
# Fields in which signs are meant as they stand: two hyphens are no dash.
_VERBATIM = ("doi", "url", "isbn", "issn")
_RESOLVER = re.compile(r"^(?:https?://(?:dx\.|www\.)?doi\.org/|doi:\s*)", re.IGNORECASE)
_UNDATED = re.compile(r"[nsz]\.? ?d\.?", re.IGNORECASE)
_LEFT_OVER = re.compile(r"(?:^|\s)and(?:\s|$)", re.IGNORECASE)
# What an entry does not take from the one that it refers to.
_OWN = ("crossref", "citedas", "doi", "isbn", "note", "pages", "subtitle", "title", "url", "verification")

# What cannot be read comes back as a fault; the library would tell it on standard error besides.
logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)


@dataclass(frozen=True)
class _Written:
    """An entry as it was written: its fields in LaTeX, the line of each, and its text."""

    key: str
    type: str
    latex: dict[str, str]
    lines: dict[str, int]
    line: int
    raw: str


def load_bibliography(path: Path, name: str = "sources.bib") -> Bibliography:
    """Return the bibliography in the file at `path`; `name` is what diagnostics call it.

    A file that is missing or cannot be read as text gives no entries and one fault.
    """
    text = read_text(path, name)
    return Bibliography({}, (text,)) if isinstance(text, Diagnostic) else parse_bibliography(text, name)


def parse_bibliography(text: str, name: str = "sources.bib") -> Bibliography:
    """Return the bibliography in a BibTeX text; `name` is what diagnostics call its file.

    Nothing is dropped silently: what cannot be read is among the faults.
    """
    library = parse_string(without_marks(text), parse_stack=[])
    strings = _strings(library)
    unreadable = [found for entry in library.entries for found in _unreadable(entry, strings, name)]
    broken = {found.item for found in unreadable}
    written = {entry.key: _written(entry, strings) for entry in library.entries if entry.key not in broken}
    sources = with_letters(_source(_inheriting(entry, written)) for entry in written.values())
    faults = [*_failures(library, name), *unreadable, *_unknown_parents(written, broken, name)]
    faults += entry_faults(sources, name)
    if not library.entries and not faults:
        faults = [fault("bib-empty", name)]
    return Bibliography({source.key: source for source in sources}, tuple(sorted(faults)))


# -- values


def _strings(library: Library) -> dict[str, str]:
    """Return the texts that @string gives a name, by that name; each may use those before it."""
    found: dict[str, str] = {}
    for string in library.strings:
        found[string.key.lower()] = _value(str(string.value), found)
    return found


def _value(written: str, strings: Mapping[str, str]) -> str:
    """Return what the value of a field comes to: its parts, of which some may be names of texts, put together."""
    return "".join(strings.get(part.lower(), _enclosed(part)) for part in _parts(written))


def _parts(written: str) -> list[str]:
    """Return what # joins outside braces and quotation marks."""
    depth, quoted, ends = 0, False, [-1]
    for at, sign in enumerate(written) if "#" in written else ():
        depth += {"{": 1, "}": -1}.get(sign, 0)
        quoted ^= sign == '"' and not depth
        if sign == "#" and not depth and not quoted:
            ends.append(at)
    return [written[start + 1 : end].strip() for start, end in zip(ends, [*ends[1:], len(written)], strict=True)]


def _enclosed(value: str) -> str:
    value = value.strip()
    paired = len(value) > 1 and (value[0], value[-1]) in (("{", "}"), ('"', '"'))
    return value[1:-1] if paired else value


def _is_one_value(value: str, strings: Mapping[str, str]) -> bool:
    inner = _enclosed(value)
    if inner == value:
        return bool(_BARE.fullmatch(value.lower())) or value.lower() in strings
    if not _BRACES.search(inner):
        return True
    depth = 0
    for mark in _BRACES.findall(inner):
        depth += {"{": 1, "}": -1}.get(mark, 0)
        if depth < 0 or (mark == value[0] == '"' and not depth):
            return False
    return depth == 0


# -- entries


def _written(entry: Entry, strings: Mapping[str, str]) -> _Written:
    latex = {field.key.lower(): _value(str(field.value), strings) for field in entry.fields}
    lines = {field.key.lower(): (field.start_line or 0) + 1 for field in entry.fields}
    alone = all(part.lower() not in strings for field in entry.fields for part in _parts(str(field.value)))
    found = _Written(entry.key, entry.entry_type.lower(), latex, lines, (entry.start_line or 0) + 1, entry.raw or "")
    return found if alone else replace(found, raw=_as_bibtex(found))


def _inheriting(entry: _Written, written: Mapping[str, _Written]) -> _Written:
    """Return an entry with what it takes from the one that its crossref names: the book of a chapter, its editors."""
    parent = written.get(entry.latex.get("crossref", ""))
    if parent is None or parent is entry:
        return entry
    taken = {name: value for name, value in parent.latex.items() if name not in _OWN}
    if entry.type in ("incollection", "inproceedings"):
        taken |= {"booktitle": parent.latex["title"]} if "title" in parent.latex else {}
        taken |= {"isbn": parent.latex["isbn"]} if "isbn" in parent.latex else {}
    own = {name: value for name, value in entry.latex.items() if name != "crossref"}
    whole = replace(entry, latex=taken | own)
    return replace(whole, raw=_as_bibtex(whole))


def _as_bibtex(entry: _Written) -> str:
    """Return an entry as BibTeX that needs no other entry and no @string."""
    fields = "".join(f"  {name} = {{{value}}},\n" for name, value in entry.latex.items())
    return f"@{entry.type}{{{entry.key},\n{fields}}}"


def _source(entry: _Written) -> Source:
    people = {role: tuple(map(_person, _names(entry.latex.get(role, "")))) for role in ("author", "editor")}
    fields = {name: _plain(name, value) for name, value in entry.latex.items()}
    return Source(
        entry.key,
        entry.type,
        fields,
        entry.line,
        entry.raw,
        people["author"],
        people["editor"],
        latex=entry.latex,
        lines=entry.lines,
    )


def _plain(name: str, value: str) -> str:
    """Return the value of a field as plain text."""
    if name in _VERBATIM:
        return _RESOLVER.sub("", bare(value)) if name == "doi" else bare(value)
    return _year(plain(value)) if name == "year" else plain(value)


def _year(text: str) -> str:
    """Return a year, a range with a dash, or UNDATED for what stands for it in some languages."""
    if _UNDATED.fullmatch(text):
        return UNDATED
    return re.sub(r"(?<=\d{4})\s*[-/–]\s*(?=\d{4})", "–", text)


# -- people


@lru_cache(maxsize=50_000)
def _names(written: str) -> tuple[str, ...]:
    return tuple(split_multiple_persons_names(written)) if written else ()


@lru_cache(maxsize=50_000)
def _person(written: str) -> Person:
    """Return who a name stands for; a name in braces is that of a body, particles alone are no given name."""
    if written == OTHERS.family:
        return OTHERS
    name = parse_single_name_into_parts(written)
    first, particle = name.first, name.von
    if "," not in written and not particle and all(word[:1].islower() for word in first):
        first, particle = [], first
    is_body = (
        not (first or particle)
        and len(name.last) == 1
        and name.last[0].startswith("{")
        and _is_one_value(name.last[0], {})
    )
    family, given, particles, suffix = (plain(" ".join(words)) for words in (name.last, first, particle, name.jr))
    return Person(family, given, particles, suffix, is_body)


# -- what cannot be read


def _unreadable(entry: Entry, strings: Mapping[str, str], name: str) -> Iterator[Diagnostic]:
    """Yield faults: fields that are no word, values that run on into the next field, names that cannot be split."""
    yield from _twice(entry, name)
    for field in entry.fields:
        value, line = str(field.value).strip(), (field.start_line or 0) + 1
        if not (field.key.isalpha() and field.key.isascii() and _is_value(value, strings)):
            yield fault("bib-syntax", name, line, item=entry.key, detail=f"{field.key}: {value.splitlines()[0]} …")
        elif field.key.lower() in ("author", "editor"):
            yield from _name_faults(entry.key, _value(value, strings), name, line)


def _is_value(written: str, strings: Mapping[str, str]) -> bool:
    return all(_is_one_value(part, strings) for part in _parts(written))


def _twice(entry: Entry, name: str) -> Iterator[Diagnostic]:
    """Yield a fault where a field stands twice, once perhaps in capitals."""
    names = [field.key.lower() for field in entry.fields]
    twice = sorted({field for field in names if names.count(field) > 1})
    if twice:
        line = (entry.fields[len(names) - 1 - names[::-1].index(twice[0])].start_line or 0) + 1
        yield fault("bib-duplicate-field", name, line, item=entry.key, key=entry.key, fields=", ".join(twice))


def _name_faults(key: str, names: str, name: str, line: int) -> Iterator[Diagnostic]:
    for written in _names(names):
        if not _is_name(written):
            yield fault("bib-name", name, line, item=key, key=key, person=written)


def _is_name(written: str) -> bool:
    """Return whether a name can be split, has a family name and no word "and" left over from a list."""
    try:
        return bool(_person(written).family) and not _LEFT_OVER.search(re.sub(r"\{.*\}", "", written))
    except InvalidNameError:
        return False


def _unknown_parents(written: Mapping[str, _Written], broken: Iterable[str], name: str) -> Iterator[Diagnostic]:
    for key, entry in written.items():
        parent = entry.latex.get("crossref", "")
        if parent and (parent not in written or parent == key) and parent not in broken:
            suggestion = did_you_mean(nearest(parent, set(written) - {key}))
            line = entry.lines["crossref"]
            yield fault("bib-crossref", name, line, item=key, key=key, parent=parent, suggestion=suggestion)


def _failures(library: Library, name: str) -> Iterator[Diagnostic]:
    for block in library.failed_blocks:
        yield _failure(block, name)


def _failure(block: Block, name: str) -> Diagnostic:
    line = (block.start_line or 0) + 1
    if isinstance(block, DuplicateBlockKeyBlock):
        first = (block.previous_block.start_line or 0) + 1
        return fault("bib-duplicate-key", name, line, item=block.key, key=block.key, first=first)
    if isinstance(block, DuplicateFieldKeyBlock):
        entry = block.ignore_error_block
        key = entry.key if isinstance(entry, Entry) else ""
        fields = ", ".join(sorted(block.duplicate_keys))
        return fault("bib-duplicate-field", name, line, item=key, key=key, fields=fields)
    found = re.match(r"@\w+\s*[{(]\s*([^,\s]+)", block.raw or "")
    error = block.error if isinstance(block, ParsingFailedBlock) else None
    detail = str(getattr(error, "abort_reason", "")).strip(" .") or "unclosed"
    return fault("bib-syntax", name, line, item=found[1] if found else "", detail=detail)
