"""What must hold for the entries of sources.bib, as faults and warnings with their line."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from kb.content.latex import unknown_commands
from kb.content.works import LANGUAGES_OF_WORKS, OTHERS, UNDATED, Person, Source
from kb.diagnostics import Diagnostic, Severity, fault
from kb.suggestions import did_you_mean, nearest

ENTRY_TYPES = ("article", "book", "incollection", "inproceedings", "misc", "phdthesis", "techreport")
VERIFICATIONS = ("confirmed", "partly", "author-year-only")
FIELDS = (
    *("address", "author", "booktitle", "citedas", "crossref", "doi", "edition", "editor", "howpublished"),
    *("institution", "isbn", "issn", "journal", "langid", "month", "note", "number", "organization", "pages"),
    *("pagetotal", "publisher", "school", "series", "subtitle", "title", "type", "url", "verification", "volume"),
    "year",
)
# What biblatex calls otherwise, and what looks like no field of ours but stands for one.
_OTHER_NAMES = {"journaltitle": "journal", "date": "year", "location": "address", "language": "langid"}
_KEY = re.compile(r"[a-z0-9]+")
_YEAR = re.compile(r"([12]\d{3})(?:–([12]\d{3}))?")
_ADDRESS = re.compile(r"(?:https?|ftp)://[^\s<>\"]+")
_DOI = re.compile(r"10\.\d{4,9}(?:\.\d+)*/\S+")


def entry_faults(sources: Iterable[Source], file: str) -> Iterator[Diagnostic]:
    """Yield the faults of entries, one by one, then what two entries have in common or in the wrong order."""
    found = list(sources)
    for source in found:
        yield from _own_faults(source, file)
        yield from _field_faults(source, file)
    yield from _order_faults(found, file)
    yield from _twice(found, file)


def _own_faults(source: Source, file: str) -> Iterator[Diagnostic]:
    key, fields = source.key, source.fields
    verification = fields.get("verification", "")
    checks = {
        "bib-key": _KEY.fullmatch(key),
        "bib-type": source.type in ENTRY_TYPES,
        "bib-no-year": source.year,
        "bib-no-author": set(source.people) - {OTHERS} or fields.get("citedas"),
        "bib-verification": verification in VERIFICATIONS,
    }
    known = ", ".join(VERIFICATIONS if checks["bib-type"] else ENTRY_TYPES)
    told: dict[str, Any] = {"key": key, "type": source.type, "known": known, "value": verification or "–"}
    for code, fine in checks.items():
        if not fine:
            yield fault(code, file, source.line, item=key, **told)


def _field_faults(source: Source, file: str) -> Iterator[Diagnostic]:
    wrong = {
        "year": "bib-year" if source.year and not _is_year(source.year) else "",
        "month": "bib-month" if source.fields.get("month") and not source.month else "",
        "doi": "bib-doi" if source.fields.get("doi") and not _DOI.fullmatch(source.fields["doi"]) else "",
        "url": "bib-url" if source.fields.get("url") and not _ADDRESS.fullmatch(source.fields["url"]) else "",
        "author": "bib-semicolon" if _joined(source.authors) else "",
        "editor": "bib-semicolon" if _joined(source.editors) else "",
    }
    for name, code in wrong.items():
        if code:
            yield _at(source, name, code, file, value=source.fields[name])
    yield from _unknown_names(source, file)


def _at(source: Source, name: str, code: str, file: str, **values: Any) -> Diagnostic:
    """Return a fault at the line of a field."""
    line = source.lines.get(name, source.line)
    return fault(code, file, line, item=source.key, key=source.key, field=name, **values)


def _is_year(text: str) -> bool:
    found = _YEAR.fullmatch(text)
    return text == UNDATED or (found is not None and (not found[2] or found[1] < found[2]))


def _joined(people: tuple[Person, ...]) -> bool:
    return any(re.search(r";| & ", person.inverted) for person in people if not person.is_body)


def _unknown_names(source: Source, file: str) -> Iterator[Diagnostic]:
    """Yield what has a name that nothing knows: languages, commands of LaTeX, fields."""
    langid = source.fields.get("langid", "")
    if langid and langid not in LANGUAGES_OF_WORKS:
        suggestion = did_you_mean(nearest(langid, LANGUAGES_OF_WORKS))
        yield _at(source, "langid", "bib-langid", file, value=langid, suggestion=suggestion)
    for name in source.lines:
        if name not in FIELDS:
            suggestion = did_you_mean(_OTHER_NAMES.get(name) or nearest(name, FIELDS))
            yield _at(source, name, "bib-field", file, suggestion=suggestion, severity=Severity.WARNING)
        elif name not in ("doi", "url"):
            for command in unknown_commands(source.latex.get(name, "")):
                yield _at(source, name, "bib-command", file, command=command)


def _order_faults(sources: Iterable[Source], file: str) -> Iterator[Diagnostic]:
    previous = ""
    for source in sources:
        if source.key < previous:
            yield fault("bib-order", file, source.line, item=source.key, key=source.key, previous=previous)
        previous = max(previous, source.key)


def _twice(sources: Iterable[Source], file: str) -> Iterator[Diagnostic]:
    """Yield a warning for each work that seems to stand here already: the same DOI, or the same title and year."""
    seen: dict[tuple[str, ...], Source] = {}
    for source in sources:
        doi, title = source.fields.get("doi", "").lower(), re.sub(r"[\W_]", "", source.title).casefold()
        marks = [mark for mark in (("doi", doi), ("title", title, source.year)) if mark[1]]
        first = next((seen[mark] for mark in marks if mark in seen), None)
        if first:
            told: dict[str, Any] = {"key": source.key, "other": first.key, "first": first.line}
            yield fault("bib-twice", file, source.line, item=source.key, severity=Severity.WARNING, **told)
        seen |= {mark: source for mark in marks if mark not in seen}
