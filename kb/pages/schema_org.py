"""What a page is about, in the words of schema.org, for search engines; a value that the theme writes as JSON-LD."""

from collections.abc import Iterable, Mapping
from typing import Any

from rdflib import DCTERMS, OWL, SKOS

from kb.exports.data_tables import LICENCE, DataFile
from kb.exports.references import ET_AL, Item, family_name, without_markup
from kb.namespaces import BASE, DUO, ONTOLOGY, kind_of, row_of
from kb.pages.page import Page
from kb.pages.subjects.citing import address
from kb.words import LANGUAGES

Value = dict[str, Any]

DATASET = f"{BASE}dataset"
_CONTEXT = "https://schema.org"
_WORKS = {
    "article-journal": "ScholarlyArticle",
    "book": "Book",
    "chapter": "Chapter",
    "paper-conference": "ScholarlyArticle",
    "report": "Report",
    "thesis": "Thesis",
}


def described(page: Page, items: Mapping[str, Item], files: Iterable[DataFile]) -> Value | None:
    """Return what a page is about in the words of schema.org; None for pages that only bring others together."""
    if page.path == "index":
        return _whole(_dataset(page, files))
    schema = row_of(page.iri).schema
    if schema == "CreativeWork":
        return _whole(_work(page, items[page.iri]))
    made = {"DefinedTerm": _term, "DefinedTermSet": _set, "Claim": _claim}.get(schema)
    return _whole(made(page)) if made else None


def _whole(found: Value) -> Value:
    """Return a value with its context, without what is not known."""
    return {"@context": _CONTEXT} | {name: value for name, value in found.items() if value not in ("", [], None)}


def _named(page: Page) -> Value:
    names = [*page.names(), *(name for names in page.foreign_names().values() for name in names)]
    return {
        "@id": page.iri,
        "url": address(page),
        "name": page.plain(),
        "alternateName": names,
        "description": page.records.text(page.iri, SKOS.definition, page.language).words,
        "inLanguage": page.language,
    }


def _term(page: Page) -> Value:
    scheme = page.records.value(page.iri, SKOS.inScheme)
    inside = scheme if kind_of(scheme) == "framework" else ""
    name = page.plain(inside) if inside else page.t("site-name")
    return {
        "@type": "DefinedTerm",
        **_named(page),
        "termCode": page.records.value(page.iri, SKOS.notation),
        "inDefinedTermSet": {"@type": "DefinedTermSet", "@id": inside or f"{ONTOLOGY}#concepts", "name": name},
    }


def _set(page: Page) -> Value:
    items = page.records.subjects(SKOS.inScheme, page.iri)
    terms = [{"@type": "DefinedTerm", "@id": iri, "name": page.plain(iri)} for iri in items]
    return {"@type": "DefinedTermSet", **_named(page), "hasDefinedTerm": terms}


def _claim(page: Page) -> Value:
    claim = page.records.claim(page.iri)
    text = page.records.text(page.iri, DUO.statement, page.language)
    sources = dict.fromkeys(item.source for item in claim.evidence)
    return {
        "@type": "Claim",
        "@id": page.iri,
        "url": address(page),
        "text": text.words,
        "inLanguage": text.language,
        "about": [{"@type": "Thing", "@id": iri, "name": page.plain(iri)} for iri in claim.about],
        "appearance": [_mentioned(page, iri) for iri in claim.reported_in],
        "citation": [_mentioned(page, iri) for iri in sources],
        "isPartOf": {"@type": "Dataset", "@id": DATASET},
    }


def _mentioned(page: Page, source: str) -> Value:
    work = page.records.source(source)
    name = work.title or page.plain(source)
    dated = {"datePublished": work.iso_year} if work.years else {}
    return {"@type": "CreativeWork", "@id": source, "name": name, **dated}


def _work(page: Page, item: Item) -> Value:
    title, doi = without_markup(item.get("title", "")), item.get("DOI", "")
    return {
        "@type": _WORKS.get(item["type"], "CreativeWork"),
        "@id": page.iri,
        "url": address(page),
        "name": title or page.plain(),
        "author": [_person(name) for name in item.get("author", ())],
        "editor": [_person(name) for name in item.get("editor", ())],
        "datePublished": page.records.source(page.iri).iso_year,
        "inLanguage": item.get("language"),
        "isbn": item.get("ISBN"),
        "pagination": item.get("page"),
        "publisher": {"@type": "Organization", "name": item["publisher"]} if item.get("publisher") else None,
        "isPartOf": _container(item),
        "sameAs": [link for link in (f"https://doi.org/{doi}" if doi else "", item.get("URL")) if link],
    }


def _person(name: Mapping[str, str]) -> Value:
    """Return a person by family name, given name and suffix, a body by its whole name, and "et al." by these words."""
    if "family" not in name:
        return {"@type": "Thing" if name == ET_AL else "Organization", "name": name.get("literal", "")}
    family, given, suffix = family_name(name), name.get("given", ""), name.get("suffix", "")
    if not given:
        return {"@type": "Person", "name": family}
    whole = f"{given} {family}, {suffix}" if suffix else f"{given} {family}"
    found = {"@type": "Person", "name": whole, "familyName": family, "givenName": given}
    return found | ({"honorificSuffix": suffix} if suffix else {})


def _container(item: Item) -> Value | None:
    name = without_markup(item.get("container-title", ""))
    if not name:
        return None
    if item["type"] != "article-journal":
        return {"@type": "Book", "name": name}
    journal = {"@type": "Periodical", "name": name}
    volume, issue = item.get("volume"), item.get("issue")
    inside: Value = {"@type": "PublicationVolume", "volumeNumber": volume, "isPartOf": journal} if volume else journal
    return {"@type": "PublicationIssue", "issueNumber": issue, "isPartOf": inside} if issue else inside


def _dataset(page: Page, files: Iterable[DataFile]) -> Value:
    records = page.records
    years = sorted(year for iri in records.things["source"] for year in records.source(iri).years[:1])
    return {
        "@type": "Dataset",
        "@id": DATASET,
        "url": address(page),
        "name": page.t("site-name"),
        "description": records.text(ONTOLOGY, DCTERMS.description, page.language).words,
        "creator": {"@type": "Organization", "name": page.t("contributors")},
        "license": LICENCE,
        "isAccessibleForFree": True,
        "datePublished": records.value(ONTOLOGY, DCTERMS.issued),
        "version": records.value(ONTOLOGY, OWL.versionInfo),
        "inLanguage": list(LANGUAGES),
        "temporalCoverage": f"{years[0]}/{years[-1]}" if years else "",
        "distribution": [_download(page, file) for file in files],
    }


def _download(page: Page, file: DataFile) -> Value:
    return {
        "@type": "DataDownload",
        "name": file.name,
        "encodingFormat": file.media_type,
        "contentUrl": f"{BASE}{page.language}/{file.path}",
        "contentSize": f"{file.size} B",
    }
