"""What changed, as an Atom feed for feed readers."""

import html
import re
from collections.abc import Sequence
from xml.sax.saxutils import escape, quoteattr

from kb.content.changes import Release
from kb.namespaces import BASE
from kb.words import phrase

# Where the feed stands in the site of a language.
FEED = "assets/changes.atom"
# The first of them, for a feed without versions: Atom wants a date.
_BEGINNING = "2026-01-01"


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
