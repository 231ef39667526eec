"""What it takes to cite: a source in the formats of reference managers, and a page of this site."""

import html
import json
from collections.abc import Iterator

from markupsafe import Markup
from rdflib import DCTERMS, OWL

from kb.exports.references import ET_AL, Item, first_and_last, inverted, without_markup
from kb.exports.ris import as_ris
from kb.namespaces import BASE, ONTOLOGY, slug_of
from kb.pages.page import Page
from kb.pages.thing import Values

FORMATS = ("bib", "ris", "json")

# The names that Google Scholar and Zotero read in the head of a page, and the fields of an item that they stand for.
_HIGHWIRE = {
    "citation_title": "title",
    "citation_volume": "volume",
    "citation_issue": "issue",
    "citation_doi": "DOI",
    "citation_isbn": "ISBN",
    "citation_issn": "ISSN",
    "citation_language": "language",
}
_CONTAINERS = {"article-journal": "citation_journal_title", "chapter": "citation_inbook_title"}
_PUBLISHERS = {"report": "citation_technical_report_institution", "thesis": "citation_dissertation_institution"}


def cite_path(iri: str, format_: str) -> str:
    """Return the place in the site of a source's entry in a format."""
    return f"assets/cite/{slug_of(iri)}.{format_}"


def entry(page: Page, item: Item, format_: str) -> str:
    """Return the entry of this page's source as a file in a format; what could not be confirmed is said in it."""
    source = page.records.source(page.iri)
    if format_ == "bib":
        return source.raw.strip() + "\n"
    verification = source.fields.get("verification", "author-year-only")
    told = {} if verification == "confirmed" else {"note": page.t(f"verification-{verification}")}
    if format_ == "ris":
        return as_ris({**item, **told})
    return json.dumps([{**item, **told}], ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def shown(text: str) -> Markup:
    """Return a file as it is shown in a `pre`: whatever it holds is text, and spaces at the ends of its lines stay."""
    escaped = html.escape(text.rstrip("\n")).replace("\n\n", "\n&#10;")
    return Markup("\n".join(f"{line[:-1]}&#32;" if line.endswith(" ") else line for line in escaped.split("\n")))


def highwire(item: Item) -> list[list[str]]:
    """Return name and content of each tag that describes a source in the head of its page; none without a title."""
    return [list(tag) for tag in _tags(item)] if item.get("title") else []


def _tags(item: Item) -> Iterator[tuple[str, str]]:
    yield from ((name, without_markup(str(item[field]))) for name, field in _HIGHWIRE.items() if item.get(field))
    for role in ("author", "editor"):
        yield from ((f"citation_{role}", inverted(name)) for name in item.get(role, ()) if name != ET_AL)
    if "issued" in item:
        yield "citation_publication_date", "/".join(f"{part:02}" for part in item["issued"]["date-parts"][0])
    if item.get("container-title") and item["type"] in _CONTAINERS:
        yield _CONTAINERS[item["type"]], without_markup(item["container-title"])
    if item.get("publisher"):
        yield _PUBLISHERS.get(item["type"], "citation_publisher"), item["publisher"]
    first, last = first_and_last(str(item.get("page", "")))
    pages = {"citation_firstpage": first, "citation_lastpage": last}
    yield from ((name, number) for name, number in pages.items() if number)


def page_citation(page: Page, title: str) -> Values:
    """Return how to cite a page: its title as a sentence, the day and version of the content, its address."""
    told = title[:1].upper() + title[1:].rstrip(".")
    return {
        "title": told if told.endswith(("?", "!")) else f"{told}.",
        "issued": issued(page),
        "version": version(page),
        "address": permanent(page),
    }


def permanent(page: Page) -> str:
    """Return the address under which a page can always be found: that of its thing, else its own."""
    return page.iri or address(page)


def address(page: Page) -> str:
    """Return the address at which a page is meant to stand."""
    path = "" if page.path == "index" else page.path.removesuffix("/index") + "/"
    return f"{BASE}{page.language}/{path}"


def version(page: Page) -> str:
    """Return the version of the content."""
    return page.records.value(ONTOLOGY, OWL.versionInfo)


def issued(page: Page) -> str:
    """Return the date of the content as a reference has it: "2026, November 22", "22 november 2026"; "" without one."""
    year, _, rest = page.records.value(ONTOLOGY, DCTERMS.issued).partition("-")
    month, _, number = rest.partition("-")
    return page.t("cite-date", year=year, month=page.t(f"month-{int(month)}"), day=int(number)) if number else ""
