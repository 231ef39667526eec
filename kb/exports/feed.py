"""What changed, from the page of changes in each language (docs/*/changes.md), as an Atom feed for feed readers."""

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from kb.diagnostics import fault
from kb.errors import ContentError
from kb.namespaces import BASE
from kb.words import phrase

# Where the feed stands in the site of a language.
FEED = "assets/changes.atom"
_RELEASE = re.compile(r"^## \S+ (\S+) \((\d{1,2}) (\w+) (\d{4})\)$", re.MULTILINE)
_POINT = re.compile(r"^[*-] (.*(?:\n(?![*-] |\n|#).*)*)", re.MULTILINE)
# The first of them, for a feed without versions: Atom wants a date.
_BEGINNING = "2026-01-01"


@dataclass(frozen=True)
class Release:
    """A version that was released, its date as YYYY-MM-DD, and the points of its changes, in Markdown."""

    version: str
    date: str
    points: tuple[str, ...]


def parse_changes(text: str, language: str) -> list[Release]:
    """Return the released versions, the newest first as they stand on the page; what has no date yet is left out.

    Raise ContentError where the month of a date is none of the language.
    """
    heads = list(_RELEASE.finditer(text))
    bodies = (text[head.end() :].partition("\n## ")[0] for head in heads)
    return [Release(head[1], _date(head, language), _points(body)) for head, body in zip(heads, bodies, strict=True)]


def _date(head: re.Match[str], language: str) -> str:
    """Return the date in a heading as YYYY-MM-DD; raise ContentError where its month is none of the language."""
    months = [phrase(f"month-{number}", language) for number in range(1, 13)]
    if head[3] not in months:
        raise ContentError([fault("changes-month", f"docs/{language}/changes.md", _line(head), month=head[3])])
    return f"{head[4]}-{months.index(head[3]) + 1:02}-{int(head[2]):02}"


def _line(head: re.Match[str]) -> int:
    return head.string.count("\n", 0, head.start()) + 1


def _points(body: str) -> tuple[str, ...]:
    return tuple(" ".join(point.split()) for point in _POINT.findall(body))


def write_feed(releases: Sequence[Release], language: str) -> str:
    """Return the feed of one language as Atom. The points keep their words; links in them become plain text."""
    address, title = f"{BASE}{language}/", phrase("changes-title", language)
    latest = releases[0].date if releases else _BEGINNING
    entries = "".join(_entry(release, language) for release in releases)
    return f"""<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang={quoteattr(language)}>
<id>{address}assets/changes.atom</id>
<title>{escape(title)}</title>
<updated>{latest}T00:00:00Z</updated>
<author><name>{escape(phrase("contributors", language))}</name></author>
<link rel="self" type="application/atom+xml" href="{address}assets/changes.atom"/>
<link rel="alternate" type="text/html" href="{address}"/>
{entries}</feed>
"""


def _entry(release: Release, language: str) -> str:
    points = "".join(f"<li>{_marked_up(point)}</li>" for point in release.points)
    return f"""<entry>
<id>{BASE}changes/{escape(release.version)}</id>
<title>{escape(phrase("changes-version", language, version=release.version))}</title>
<updated>{release.date}T00:00:00Z</updated>
<link rel="alternate" type="text/html" href="{BASE}{language}/"/>
<content type="html">{escape(f"<ul>{points}</ul>")}</content>
</entry>
"""


def _marked_up(point: str) -> str:
    linked = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", point)  # where a page stands, a feed reader does not know
    return re.sub(r"`([^`]*)`", r"<code>\1</code>", html.escape(linked, quote=False))
