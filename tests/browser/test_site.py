"""The files of the finished site: nothing missing, no dead link, nothing from elsewhere, each language in its place."""

import json
import posixpath
import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from itertools import chain
from pathlib import Path
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree

import pytest

from kb.kinds import KINDS
from kb.model.records import Records
from kb.namespaces import DUO
from kb.pages.contents import OVERVIEWS
from kb.pages.page import page_path
from kb.pages.search_index import SAID, THINGS
from kb.words import LANGUAGES, others, phrase

ROOT = Path(__file__).parents[2]
# Where the site is meant to stand; the page for addresses that do not exist has no other way to name its files.
HOME = "https://w3id.org/duo-kb/"
FETCHED = {
    "link": "href",
    "script": "src",
    "img": "src",
    "iframe": "src",
    "use": "href",
    "source": "src",
    "video": "src",
}
# Kinds of things that have a page.
PAGED = [kind.name for kind in KINDS.values() if kind.sections]
HEADINGS = {"h1", "h2", "h3", "h4"}


@dataclass
class Html(HTMLParser):
    """What a test asks of a page: its language, ids, links, what it fetches, headings and the words of the theme."""

    lang: str = ""
    ids: set[str] = field(default_factory=set)
    links: list[str] = field(default_factory=list)
    fetched: list[str] = field(default_factory=list)
    headings: list[str] = field(default_factory=list)
    titles: set[str] = field(default_factory=set)
    open_heading: bool = False

    def __post_init__(self):
        super().__init__()

    def handle_starttag(self, tag, attributes):
        values = dict(attributes)
        self.lang = values.get("lang") or "" if tag == "html" else self.lang
        self.ids |= {values[name] for name in ("id", "name") if values.get(name)}
        self.links += [values[name] or "" for name in ("href", "xlink:href", "src") if name in values]
        self.titles |= {values[name] for name in ("title", "aria-label", "placeholder") if values.get(name)}
        if FETCHED.get(tag) in values and (values.get("rel") or "").strip() not in ("canonical", "alternate"):
            self.fetched.append(values[FETCHED[tag]])
        if tag in HEADINGS:
            self.headings.append("")
            self.open_heading = True

    def handle_endtag(self, tag):
        self.open_heading = self.open_heading and tag not in HEADINGS

    def handle_data(self, data):
        if self.open_heading:
            self.headings[-1] += data


def read(path):
    page = Html()
    page.feed(path.read_text("utf-8"))
    return page


@pytest.fixture(scope="module")
def files(site):
    """All files by their path from the root of the site."""
    return {path.relative_to(site).as_posix(): path for path in sorted(site.rglob("*")) if path.is_file()}


@pytest.fixture(scope="module")
def pages(files):
    """All pages, read."""
    return {name: read(path) for name, path in files.items() if name.endswith(".html")}


@pytest.fixture(scope="module")
def records(real_kb):
    return Records(real_kb)


def target(name, link):
    """The file and the place in it that a link on a page leads to; None where it leaves the site."""
    if link.startswith(HOME):
        link = f"/duo-kb/{link.removeprefix(HOME)}"
    parts = urlsplit(link)
    if parts.scheme or parts.netloc:
        return None
    path = unquote(parts.path)
    if path.startswith("/duo-kb/"):
        path = f"/{path.removeprefix('/duo-kb/')}"
    whole = posixpath.normpath(posixpath.join("/", posixpath.dirname(name), path)).lstrip("/") if path else name
    is_folder = path.endswith(("/", "/..", "..", ".")) or whole == "."
    return (posixpath.join(whole, "index.html") if is_folder else whole).removeprefix("./"), unquote(parts.fragment)


def dead(files, pages, name, link):
    """Whether a link leads to a file that is not there, or to a place that the file does not have."""
    found = target(name, link)
    if found is None:
        return False
    file, place = found
    return file not in files or bool(place and file in pages and place not in pages[file].ids)


def linked(pages, name):
    """The pages that a page links to, as paths such as "source/hall2003"."""
    found = (target(name, link) for link in pages[name].links)
    language = name.partition("/")[0]
    return {posixpath.dirname(file).removeprefix(f"{language}/") for file, _ in filter(None, found)}


def test_links_lead_somewhere(files, pages):
    links = [(name, link) for name, page in pages.items() for link in page.links]
    assert len(links) > 50_000
    assert [(name, link) for name, link in links if dead(files, pages, name, link)] == []


def test_links_name_no_strange_scheme(pages):
    schemes = {urlsplit(link).scheme for page in pages.values() for link in page.links}
    assert schemes <= {"", "https", "http"}


def test_languages_hold_the_same_pages(pages):
    names = {lang: {name[3:] for name in pages if name.startswith(f"{lang}/")} for lang in LANGUAGES}
    assert names["en"] == names["nl"]
    assert len(names["en"]) > 800


def test_pages_tell_their_language(pages):
    wrong = {name: page.lang for name, page in pages.items() if "/" in name and page.lang != name[:2]}
    assert wrong == {}


def test_nothing_is_fetched_elsewhere(pages):
    fetched = {link for page in pages.values() for link in page.fetched}
    assert len(fetched) > 10
    assert {link for link in fetched if urlsplit(link).netloc} == set()


def test_styles_fetch_nothing_elsewhere(files):
    styles = [path.read_text("utf-8") for name, path in files.items() if name.endswith(".css")]
    addresses = [found for text in styles for found in re.findall(r"(?:url\(|@import)\s*[\"']?([^\"')\s]+)", text)]
    assert len(styles) > 4
    assert [address for address in addresses if not address.startswith(("data:", "#"))] == []


def test_page_for_what_is_not_found_starts_at_its_site(files):
    """It is shown at any depth: no link of it may hang on the address that was asked for."""
    for language in LANGUAGES:
        text = files[f"{language}/404.html"].read_text("utf-8")
        head, base, body = text.partition(f'<base href="/duo-kb/{language}/">')
        assert base
        assert 'href="' not in head
        links = re.findall(r'(?:href|src|data-search[a-z-]*)="([^"]*)"', body)
        assert [link for link in links if not link.startswith("./")] == []
        assert {f"./../{other}/" for other in others(language)} <= set(links)


@pytest.mark.parametrize("language", LANGUAGES)
def test_things_have_their_page(pages, records, language):
    paths = {name.removeprefix(f"{language}/").removesuffix("/index.html") for name in pages if name[:2] == language}
    shown = {path for path in paths if path.partition("/")[0] in PAGED and "/" in path}
    things = {page_path(iri) for iri in chain(*(records.things[kind] for kind in PAGED), records.retired)}
    assert shown - set(OVERVIEWS) == things - {"spectrum/index"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_figure_of_the_survey_has_its_bar(files, records, language):
    for question in records.things["question"]:
        answers = records.subjects(DUO.question, question)
        text = files[f"{language}/{page_path(question)}/index.html"].read_text("utf-8")
        drawn = [len(group.split("<text")) - 1 for group in re.findall(r'<g class="chart-figure".*?</g>', text)]
        assert sum(drawn) == sum(bool(records.value(answer, DUO.value)) for answer in answers), question


@pytest.mark.parametrize("language", LANGUAGES)
def test_survey_overview_names_every_question(pages, records, language):
    assert {page_path(question) for question in records.things["question"]} <= linked(
        pages, f"{language}/question/index.html"
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_claims_link_their_sources(pages, records, language):
    for claim in records.claims.values():
        sources = {page_path(item.source) for item in claim.evidence}
        assert sources, claim.iri
        assert sources <= linked(pages, f"{language}/{page_path(claim.iri)}/index.html"), claim.iri


@pytest.mark.parametrize("language", LANGUAGES)
def test_sources_link_their_claims(pages, records, language):
    backing = [iri for iri in records.things["source"] if records.evidence_from(iri)]
    assert len(backing) > 50
    for source in backing:
        claims = {page_path(item.claim) for item in records.evidence_from(source)}
        assert claims <= linked(pages, f"{language}/{page_path(source)}/index.html"), source


@pytest.mark.parametrize("language", LANGUAGES)
def test_things_link_their_sources(pages, records, language):
    for kind in ("concept", "indicator", "outcome", "pitfall", "item", "cell", "attribute"):
        for iri in records.things[kind]:
            sources = {page_path(source) for source in records.sources_of(iri)}
            assert sources <= linked(pages, f"{language}/{page_path(iri)}/index.html"), iri


THEME = {
    "en": ("Search", "Table of contents", "Back to top", "Skip to content", "Switch to dark mode"),
    "nl": ("Zoeken", "Inhoudsopgave", "Terug naar boven", "Ga naar inhoud", "Naar donkere weergave"),
}
OURS = (
    "what-sources-say", "how-known", "sources", "neighbourhood", "neighbourhood-as-list", "attributes", "compared",
    "frameworks-that-name-it", "items", "outcomes", "cells", "evidence", "about", "reference", "study", "bears-on",
    "taken-from", "mapped-to", "answer", "the-query", "all-concepts", "best-connected", "crosswalk", "roles-table",
)  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_headings_keep_the_language(pages, language):
    mine = {phrase(code, language).casefold() for code in OURS}
    other = {phrase(code, tag).casefold() for tag in others(language) for code in OURS}
    shown = {
        heading.strip(" ¶\n").casefold()
        for name, page in pages.items()
        if name.startswith(f"{language}/")
        for heading in page.headings
    }
    assert (mine - other) - shown == set()
    assert shown & (other - mine) == set()


@pytest.mark.parametrize("language", THEME)
def test_theme_keeps_the_language(files, language):
    text = files[f"{language}/indicator/matching/index.html"].read_text("utf-8")
    assert [words for words in THEME[language] if words not in text] == []
    foreign = [words for other in THEME if other != language for words in THEME[other]]
    assert [words for words in foreign if f">{words}<" in text or f'"{words}"' in text] == []


def found_by_others(files, pages):
    """The pages that search engines and our search may find: not those that only say that something has moved."""
    return {
        name for name in pages if not name.endswith("404.html") and b'content="noindex"' not in files[name].read_bytes()
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_sitemap_lists_every_page(files, pages, language):
    found = ElementTree.parse(files[f"{language}/sitemap.xml"]).iterfind(".//{*}loc")
    listed = {target("index.html", place.text)[0] for place in found}
    assert listed == {name for name in found_by_others(files, pages) if name.startswith(f"{language}/")}


@pytest.mark.parametrize("language", LANGUAGES)
def test_search_knows_every_page(files, pages, language):
    found = [
        urlsplit(entry["path"])
        for name in (THINGS, SAID)
        for entry in json.loads(files[f"{language}/{name}"].read_text("utf-8"))["entries"]
    ]
    known = {f"{language}/{place.path}index.html" for place in found}
    unsearched = [name for name, kind in KINDS.items() if not kind.search]
    left_out = re.compile(rf"{language}/(404\.html|({'|'.join(unsearched)})/[^/]+/index\.html)")
    told = {name for name in found_by_others(files, pages) if name.startswith(f"{language}/")}
    assert known == {name for name in told if not left_out.fullmatch(name)}
    dead = {place for place in found if place.fragment not in {"", *pages[f"{language}/{place.path}index.html"].ids}}
    assert dead == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_search_knows_no_name_without_a_letter(files, language):
    """A source without authors had one, and whatever was asked without a letter found it."""
    entries = json.loads(files[f"{language}/{THINGS}"].read_text("utf-8"))["entries"]
    names = [(entry["path"], name) for entry in entries for name in [entry["label"], *entry.get("hidden", [])]]
    assert len(names) > len(entries)
    assert [(path, name) for path, name in names if not any(map(str.isalnum, name))] == []


def test_no_file_is_large(files):
    """But for the whole graph, which nobody fetches to read a page."""
    sizes = {name: path.stat().st_size for name, path in files.items() if "/duo-kb." not in name}
    assert {name: size for name, size in sizes.items() if size > 3_000_000} == {}


def test_no_file_names_this_machine(files):
    place = re.compile(b"|".join((re.escape(f"{ROOT}/".encode()), b"file:///", b"/site-packages/")))
    assert [name for name, path in files.items() if place.search(path.read_bytes())] == []
