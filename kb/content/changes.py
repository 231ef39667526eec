"""What each version brought, from the page of changes in each language (docs/*/changes.md)."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from kb.diagnostics import Diagnostic, fault
from kb.errors import ContentError
from kb.words import LANGUAGES, phrase

_RELEASE = re.compile(r"^## \S+ (\S+) \((\d{1,2}) (\w+) (\d{4})\)$", re.MULTILINE)
# A heading that names a version, whether or not its date can be read.
_VERSION = re.compile(r"^## +(.*\d+\.\d+.*?) *$", re.MULTILINE)
_POINT = re.compile(r"^[*-] (.*(?:\n(?![*-] |\n|#).*)*)", re.MULTILINE)


@dataclass(frozen=True)
class Release:
    """A version that was released, its date as YYYY-MM-DD, and the points of its changes, in Markdown."""

    version: str
    date: str
    points: tuple[str, ...]


def parse_changes(text: str, language: str) -> list[Release]:
    """Return the released versions, the newest first as they stand on the page; what has no version yet is left out.

    Raise ContentError where a heading with a version gives no date that can be read.
    """
    faults = change_faults(text, language)
    if faults:
        raise ContentError(faults)
    heads = list(_RELEASE.finditer(text))
    bodies = (text[head.end() :].partition("\n## ")[0] for head in heads)
    return [Release(head[1], _date(head, language), _points(body)) for head, body in zip(heads, bodies, strict=True)]


def change_faults(text: str, language: str) -> list[Diagnostic]:
    """Return what is wrong with the headings of versions, sorted by line."""
    heads = list(_RELEASE.finditer(text))
    wrong = (found for head in heads for found in _wrong(head, language))
    return sorted([*_strange_headings(text, heads, language), *wrong])


def load_change_faults(root: Path) -> list[Diagnostic]:
    """Return what is wrong with the headings of versions on the pages of changes below `root`."""
    pages = {language: root / _file(language) for language in LANGUAGES}
    return [
        found
        for language, page in pages.items()
        if page.is_file()
        for found in change_faults(page.read_text("utf-8"), language)
    ]


def _strange_headings(text: str, heads: Iterable[re.Match[str]], language: str) -> Iterator[Diagnostic]:
    read = {head.start() for head in heads}
    for head in _VERSION.finditer(text):
        if head.start() not in read:
            yield fault("changes-heading", _file(language), _line(head), heading=head[1])


def _wrong(head: re.Match[str], language: str) -> Iterator[Diagnostic]:
    """Yield what is wrong with the date in a heading: a month of no language or another one, a day that is none."""
    if head[3] not in _months(language):
        yield fault("changes-month", _file(language), _line(head), month=head[3])
        return
    try:
        date.fromisoformat(_date(head, language))
    except ValueError:
        yield fault("changes-day", _file(language), _line(head), day=head[2], month=head[3], year=head[4])


def _date(head: re.Match[str], language: str) -> str:
    """Return the date in a heading as YYYY-MM-DD."""
    return f"{head[4]}-{_months(language).index(head[3]) + 1:02}-{int(head[2]):02}"


def _months(language: str) -> list[str]:
    return [phrase(f"month-{number}", language) for number in range(1, 13)]


def _file(language: str) -> str:
    return f"docs/{language}/changes.md"


def _line(head: re.Match[str]) -> int:
    return head.string.count("\n", 0, head.start()) + 1


def _points(body: str) -> tuple[str, ...]:
    return tuple(" ".join(point.split()) for point in _POINT.findall(body))
