"""What changed, from CHANGELOG.md, as an Atom feed for feed readers."""

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from xml.sax.saxutils import escape, quoteattr

from kb.namespaces import BASE
from kb.words import phrase

_RELEASE = re.compile(r"^## (\S+) \((\d{1,2} \w+ \d{4})\)$", re.MULTILINE)
_POINT = re.compile(r"^[*-] (.*(?:\n(?![*-] |\n|#).*)*)", re.MULTILINE)
# The first of them, for a feed without versions: Atom wants a date.
_BEGINNING = "2026-01-01"


@dataclass(frozen=True)
class Release:
    """A version that was released, its date as YYYY-MM-DD, and the points of its changes, in Markdown."""

    version: str
    date: str
    points: tuple[str, ...]


def parse_changes(text: str) -> list[Release]:
    """The released versions, the newest first as they stand in the file; what has no date yet is left out."""
    parts = _RELEASE.split(text)[1:]
    triples = zip(parts[::3], parts[1::3], parts[2::3], strict=True)
    return [Release(version, _date(day), _points(body.partition("\n## ")[0])) for version, day, body in triples]


def _date(words: str) -> str:
    return datetime.strptime(words, "%d %B %Y").date().isoformat()


def _points(body: str) -> tuple[str, ...]:
    return tuple(" ".join(point.split()) for point in _POINT.findall(body))


def write_feed(releases: Sequence[Release], language: str) -> str:
    """The feed of one language. Titles are in it; the points are as they were written, and marked as English."""
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
<content type="html" xml:lang="en">{escape(f'<ul lang="en">{points}</ul>')}</content>
</entry>
"""


def _marked_up(point: str) -> str:
    return re.sub(r"`([^`]*)`", r"<code>\1</code>", html.escape(point, quote=False))
