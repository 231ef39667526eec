"""sources.bib in, entries and faults out; the one module that reads BibTeX."""

import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
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
from pylatexenc.latex2text import LatexNodes2Text

from kb.diagnostics import Diagnostic, fault

ENTRY_TYPES = ("article", "book", "incollection", "inproceedings", "misc", "phdthesis", "techreport")
VERIFICATIONS = ("confirmed", "partly", "author-year-only")
_KEY = re.compile(r"[a-z0-9]+")
# What may stand without braces: a number or the name of a month.
_BARE = re.compile(r"\d*|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec")
# Most values hold nothing to decode, and most others only a sign that LaTeX wants escaped.
_TO_CLEAN = re.compile(r"[\\{}\n\t]|  |^ | $")
_ESCAPED = re.compile(r"(?<!\\)\\([%&#_])")
_BRACES = re.compile(r'(?<!\\)[{}"]')

# What cannot be read comes back as a fault; the library would tell it on standard error besides.
logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)


@dataclass(frozen=True)
class Source:
    """One entry: citation key, entry type, fields as plain text (no braces, no LaTeX), line from 1, and its text."""

    key: str
    type: str
    fields: dict[str, str]
    line: int
    raw: str

    @property
    def year(self) -> str:
        """Return the year as printed, which may be a range such as 2014–2015; "" where there is none."""
        return self.fields.get("year", "").replace("--", "–")

    @property
    def title(self) -> str:
        """Return title and subtitle, a full stop between them; "" where the title was not traced."""
        return ". ".join(self.fields[name] for name in ("title", "subtitle") if name in self.fields)

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Return the authors, else the editors, each as `Family, Given`; `others` stands for the rest."""
        return tuple(_plain(name) for name in self._raw_names)

    def people(self, role: str) -> tuple[str, ...]:
        """Return those who are named as `author` or `editor`, as in `names`, in the order of the work."""
        return tuple(map(_plain, _people(self.fields.get(f"{role}~raw", ""))))

    @property
    def surnames(self) -> tuple[str, ...]:
        """Return the family names of authors, else editors, with their particles; a corporate name whole."""
        return tuple(_surname(name) for name in self._raw_names)

    @property
    def _raw_names(self) -> tuple[str, ...]:
        value = self.fields.get("author~raw") or self.fields.get("editor~raw") or ""
        return _people(value) if value else ()

    @property
    def author_year(self) -> str:
        """Return how a text refers to the work: "Jansen et al. (2010)"; et al. from three names on, as in APA 7 §8.17.

        A work whose author could not be traced keeps the words in which it is cited; without those it has its key.
        """
        return f"{_in_text(self.surnames)} ({self.year})" if self.surnames else self.fields.get("citedas", self.key)

    @property
    def public_fields(self) -> dict[str, str]:
        """Return the fields as plain text, by name, without the raw name lists."""
        return {name: value for name, value in self.fields.items() if not name.endswith("~raw")}


@dataclass(frozen=True)
class Bibliography:
    """All entries by citation key, in the order of the file, and the faults found while reading."""

    sources: dict[str, Source]
    faults: tuple[Diagnostic, ...] = ()


def _in_text(surnames: tuple[str, ...]) -> str:
    named = [name for name in surnames if name != "others"]
    if len(surnames) > 2 or (len(surnames) == 2 and len(named) == 1):
        return f"{named[0]} et al."
    return " & ".join(named)


def with_whole_family_names(names: str) -> str:
    """Return a BibTeX name list with each particle bound to its family name: "{van den Berg}, Anna"."""
    return " and ".join(map(_bound, _people(names)))


def _bound(name: str) -> str:
    parts = parse_single_name_into_parts(name)
    family = " ".join([*parts.von, *parts.last])
    return f"{{{family}}}, {' '.join(parts.first)}" if parts.von else name


@lru_cache(maxsize=50_000)
def _people(names: str) -> tuple[str, ...]:
    return tuple(split_multiple_persons_names(names))


@lru_cache(maxsize=50_000)
def _surname(raw: str) -> str:
    if raw == "others":
        return raw
    parts = parse_single_name_into_parts(raw)
    return _plain(" ".join([*parts.von, *parts.last]))


def _plain(text: str) -> str:
    """Return the text without LaTeX; decoded only where there is something to decode, which is slow."""
    if not _TO_CLEAN.search(text):
        return text
    signs = _ESCAPED.sub(r"\1", text)
    if "\\" not in signs:
        text = signs
    else:
        text = LatexNodes2Text(keep_braced_groups=False).latex_to_text(with_bare_signs(text))
    return re.sub(r"\s+", " ", text.replace("{", "").replace("}", "")).strip()


def with_bare_signs(text: str) -> str:
    """Return the text as LaTeX in which a bare % & or # is escaped and stands for itself, as in BibTeX.

    Unescaped it would begin a comment or get lost.
    """
    return re.sub(r"(?<!\\)[%&#]", r"\\\g<0>", text)


def load_bibliography(path: Path, name: str = "sources.bib") -> Bibliography:
    """Return the bibliography in the file at `path`; `name` is what diagnostics call it.

    A file that is missing or not UTF-8 gives no entries and one fault.
    """
    try:
        return parse_bibliography(path.read_text("utf-8-sig"), name)
    except FileNotFoundError:
        return Bibliography({}, (fault("missing-file", name, item=name, name=name),))
    except UnicodeDecodeError as error:
        return Bibliography({}, (fault("not-utf8", name, byte=error.start),))


def parse_bibliography(text: str, name: str = "sources.bib") -> Bibliography:
    """Return the bibliography in a BibTeX text; `name` is what diagnostics call its file.

    Nothing is dropped silently: what cannot be read is among the faults.
    """
    library = parse_string(text, parse_stack=[])
    unreadable = [found for entry in library.entries for found in _unreadable(entry, name)]
    broken = {found.item for found in unreadable}
    sources = {entry.key: _source(entry) for entry in library.entries if entry.key not in broken}
    faults = [*_failures(library, name), *unreadable, *_entry_faults(sources, name)]
    if not library.entries and not faults:
        faults = [fault("bib-empty", name)]
    return Bibliography(sources, tuple(sorted(faults)))


def _source(entry: Entry) -> Source:
    values = {field.key.lower(): _enclosed(str(field.value)) for field in entry.fields}
    fields = {name: _plain(value) for name, value in values.items()}
    raw = {f"{name}~raw": values[name] for name in ("author", "editor") if name in values}
    return Source(entry.key, entry.entry_type.lower(), fields | raw, (entry.start_line or 0) + 1, entry.raw or "")


def _unreadable(entry: Entry, name: str) -> Iterator[Diagnostic]:
    """Yield faults: fields that are no word, values that run on into the next field, names that cannot be split."""
    for field in entry.fields:
        value = str(field.value).strip()
        if not (field.key.isalpha() and field.key.isascii() and _is_one_value(value)):
            line = (field.start_line or 0) + 1
            yield fault("bib-syntax", name, line, item=entry.key, detail=f"{field.key}: {value.splitlines()[0]} …")
        elif field.key.lower() in ("author", "editor"):
            yield from _name_faults(entry.key, _enclosed(value), name, (field.start_line or 0) + 1)


def _is_one_value(value: str) -> bool:
    inner = _enclosed(value)
    if inner == value:
        return bool(_BARE.fullmatch(value.lower()))
    if not _BRACES.search(inner):
        return True
    depth = 0
    for mark in _BRACES.findall(inner):
        depth += {"{": 1, "}": -1}.get(mark, 0)
        if depth < 0 or (mark == value[0] == '"' and not depth):
            return False
    return depth == 0


def _name_faults(key: str, names: str, name: str, line: int) -> Iterator[Diagnostic]:
    try:
        for person in _people(names):
            _surname(person)
    except InvalidNameError as error:
        yield fault("bib-name", name, line, item=key, key=key, person=error.name)


def _enclosed(value: str) -> str:
    value = value.strip()
    paired = len(value) > 1 and (value[0], value[-1]) in (("{", "}"), ('"', '"'))
    return value[1:-1] if paired else value


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
    found = re.match(r"@\w+\s*\{\s*([^,\s]+)", block.raw or "")
    error = block.error if isinstance(block, ParsingFailedBlock) else None
    detail = str(getattr(error, "abort_reason", "")).strip(" .") or "unclosed"
    return fault("bib-syntax", name, line, item=found[1] if found else "", detail=detail)


def _entry_faults(sources: dict[str, Source], name: str) -> Iterator[Diagnostic]:
    previous = ""
    for key, source in sources.items():
        yield from _source_faults(source, name)
        if key < previous:
            yield fault("bib-order", name, source.line, item=key, key=key, previous=previous)
        previous = max(previous, key)


def _source_faults(source: Source, name: str) -> Iterator[Diagnostic]:
    key, fields = source.key, source.fields
    verification = fields.get("verification", "")
    checks = {
        "bib-key": _KEY.fullmatch(key),
        "bib-type": source.type in ENTRY_TYPES,
        "bib-no-year": fields.get("year"),
        "bib-no-author": source.surnames or fields.get("citedas"),
        "bib-verification": verification in VERIFICATIONS,
    }
    known = ", ".join(VERIFICATIONS if checks["bib-type"] else ENTRY_TYPES)
    for code, fine in checks.items():
        if not fine:
            yield fault(
                code,
                name,
                source.line,
                item=key,
                key=key,
                type=source.type,
                known=known,
                value=verification or "–",
            )
