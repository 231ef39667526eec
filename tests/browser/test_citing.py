"""Findable, citable, downloadable: entries for reference managers, heads of pages, downloads, feed, facets."""

import csv
import html
import io
import json
import re
from html.parser import HTMLParser
from xml.etree import ElementTree

import pypandoc
import pytest
from browsing import DESK, PATIENCE, PHONE, serving
from conftest import ROOT
from languages import COMPLETE
from playwright.sync_api import expect
from rdflib import DCTERMS, RDF, Graph, Namespace, URIRef

from kb.checks.validation import validate
from kb.content.bibliography import parse_bibliography
from kb.content.changes import change_faults, parse_changes
from kb.content.knowledge_base import load_knowledge_base
from kb.errors import ContentError
from kb.exports.data_tables import as_csv, claims_table, csvw, estimates_table, sssom, survey_table
from kb.exports.feed import write_feed
from kb.exports.references import ET_AL, csl_items, inverted, without_markup
from kb.exports.ris import as_ris
from kb.kinds import KINDS
from kb.model.records import Records
from kb.namespaces import BASE, DUO, source_iri
from kb.pages.page import page_path
from kb.pages.subjects.citing import highwire, shown
from kb.pages.subjects.source_list import FACETS
from kb.site.pages import Places, write_markdown
from kb.words import LANGUAGES, language_data, others

XML = "{http://www.w3.org/XML/1998/namespace}"
ATOM = "{http://www.w3.org/2005/Atom}"
XHTML = "{http://www.w3.org/1999/xhtml}"
DCAT = Namespace("http://www.w3.org/ns/dcat#")
DATA = ("duo-kb.ttl", "duo-kb.nt", "duo-kb.jsonld", "sources.bib", "sources.json", "claims.csv", "survey.csv")


class Head(HTMLParser):
    """What stands in the head of a page: tags of meta and link, and the data."""

    def __init__(self, text):
        super().__init__()
        self.meta, self.links, self.data, self.in_data = [], [], "", False
        self.feed(text.partition("</head>")[0])

    def handle_starttag(self, tag, attributes):
        values = dict(attributes)
        if tag == "meta":
            self.meta.append((values.get("name") or values.get("property"), values.get("content")))
        if tag == "link":
            self.links.append(values)
        self.in_data = tag == "script" and values.get("type") == "application/ld+json"

    def handle_endtag(self, _):
        self.in_data = False

    def handle_data(self, data):
        if self.in_data:
            self.data += data

    def said(self, name):
        return [content for key, content in self.meta if key == name]


@pytest.fixture(scope="module")
def items(real_kb):
    return csl_items(real_kb.bibliography, ROOT / "build" / "cache")


@pytest.fixture(scope="module")
def records(real_kb):
    return Records(real_kb)


@pytest.fixture(scope="module")
def heads(site):
    """The head of a page, read once."""
    read = {}

    def head(language, path):
        if (language, path) not in read:
            read[language, path] = Head((site / language / path / "index.html").read_text("utf-8"))
        return read[language, path]

    return head


def flat(text):
    """Letters and digits alone: formats differ in capitals, quotation marks and what joins title and subtitle."""
    return re.sub(r"[\W_]", "", text).casefold()


def whole(name):
    """A name as pandoc reads it from RIS: it takes a particle for one that may be dropped."""
    return flat(f"{name.get('dropping-particle', '')}{inverted(name)}")


# -- entries


def test_every_source_has_an_item(real_kb, items):
    assert list(items) == list(real_kb.bibliography.sources)


def test_items_agree_with_the_bibliography(real_kb, items):
    for key, source in real_kb.bibliography.sources.items():
        item = items[key]
        assert flat(without_markup(item.get("title", ""))) == flat(source.title), key
        years = [str(date[0]) for date in item["issued"]["date-parts"]]
        assert years == re.findall(r"\d{4}", source.year), key
        people = item.get("author") or item.get("editor") or []
        names = [inverted(name).partition(",")[0] for name in people if name != {"literal": "et al."}]
        assert [flat(name) for name in names] == [flat(name) for name in source.surnames if name != "others"], key
        assert item.get("DOI", "") == source.fields.get("doi", ""), key


def test_ris_says_what_the_item_says(items):
    """Read back by pandoc, which knows nothing of how it was written."""
    text = "\n".join(as_ris(item) for item in items.values())
    back = {item["id"]: item for item in json.loads(pypandoc.convert_text(text, "csljson", format="ris"))}
    assert back.keys() == items.keys()
    for key, item in items.items():
        read = back[key]
        assert flat(read.get("title", "")) == flat(item.get("title", "")), key
        assert read["issued"]["date-parts"][0][0] == item["issued"]["date-parts"][0][0], key
        told = [flat(inverted(name)) for name in item.get("author", ()) if "family" in name]
        assert [whole(name) for name in read.get("author", ())][: len(told)] == told, key
        assert not item.get("ISBN") or f"\nSN  - {item['ISBN']}\n" in as_ris(item), key  # pandoc passes it over
        for field in ("DOI", "volume", "publisher", "container-title"):
            assert flat(read.get(field, "")) == flat(item.get(field, "")), (key, field)


@pytest.mark.parametrize("language", LANGUAGES)
def test_files_agree(site, real_kb, items, language):
    folder = site / language / "assets" / "cite"
    assert {path.name for path in folder.iterdir()} == {
        f"{key}.{end}" for key in items for end in ("bib", "ris", "json")
    }
    for key, source in real_kb.bibliography.sources.items():
        again = parse_bibliography((folder / f"{key}.bib").read_text("utf-8"))
        assert again.faults == (), key
        assert again.sources[key].fields == source.fields
        (item,) = json.loads((folder / f"{key}.json").read_text("utf-8"))
        assert {**items[key], "note": item.get("note")} == {**item, "note": item.get("note")}
        assert ("note" in item) == (source.fields["verification"] != "confirmed"), key
        ris = (folder / f"{key}.ris").read_text("utf-8")
        assert ris == as_ris(item)
        assert re.search(rf"^PY  - {source.year[:4]}", ris, re.MULTILINE), key


def test_ris_tells_ranges_months_particles_and_pages():
    item = {
        "id": "a1",
        "type": "chapter",
        "title": 'A <span class="nocase">B</span>\nC',
        "author": [{"family": "Tier", "non-dropping-particle": "van der", "given": "M."}, {"literal": "et al."}],
        "issued": {"date-parts": [[2014, 4]]},
        "page": "7-20",
    }
    assert as_ris(item).splitlines() == [
        "TY  - CHAP",
        "ID  - a1",
        "AU  - van der Tier, M.",
        "AU  - et al.,",
        "PY  - 2014",
        "DA  - 2014/04//",
        "TI  - A B C",
        "SP  - 7",
        "EP  - 20",
        "ER  - ",
    ]
    years = {**item, "issued": {"date-parts": [[2014], [2015]]}}
    assert "PY  - 2014\nDA  - 2014///2014–2015\n" in as_ris(years)
    day = {**years, "issued": {"date-parts": [[2014, 4, 9]]}}
    assert "DA  - 2014/04/09/\n" in as_ris(day)


def test_shown_keeps_spaces_and_hides_markup():
    assert str(shown("ER  - \n")) == "ER  -&#32;"
    assert str(shown("</pre>\n\n\nb")) == "&lt;/pre&gt;\n&#10;\nb"


@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_show_what_the_files_hold(visit, site, address, language):
    for key in ("allen2006", "vandertier2015", "amssoms2015", "bongers2001"):
        page = visit(f"{address}/{language}/source/{key}/")
        for end in ("bib", "ris", "json"):
            held = (site / language / "assets" / "cite" / f"{key}.{end}").read_text("utf-8")
            assert page.locator(f"#cite-{end}").text_content().strip() == held.strip()
            assert page.locator(f"a[href$='assets/cite/{key}.{end}']").count() == 1


def test_doi_is_a_link(site, real_kb):
    having = {
        key: source.fields["doi"] for key, source in real_kb.bibliography.sources.items() if "doi" in source.fields
    }
    assert len(having) > 10
    for key, doi in having.items():
        assert f'href="https://doi.org/{doi}"' in (site / "nl" / "source" / key / "index.html").read_text("utf-8"), key


# -- heads


@pytest.mark.parametrize("language", LANGUAGES)
def test_zotero_finds_the_sources(heads, items, language):
    for key, item in items.items():
        head = heads(language, f"source/{key}")
        title = [without_markup(item["title"])] if item.get("title") else []
        assert head.said("citation_title") == title, key
        if item.get("title"):
            names = [inverted(name) for name in item.get("author", ()) if name != ET_AL]
            assert head.said("citation_author") == names, key
            assert head.said("citation_publication_date")[0].startswith(str(item["issued"]["date-parts"][0][0]))
            assert head.said("citation_doi") == ([item["DOI"]] if "DOI" in item else [])


def test_tags_tell_where_a_work_stands(items):
    tags = dict(map(tuple, highwire(items["allen2006"])))
    assert tags["citation_journal_title"] == "Journal of Applied Psychology"
    assert (tags["citation_firstpage"], tags["citation_lastpage"]) == ("567", "578")
    assert dict(map(tuple, highwire(items["eby2007"])))["citation_inbook_title"].startswith("The Blackwell handbook")
    assert "citation_technical_report_institution" in dict(map(tuple, highwire(items["hall2003"])))


def addresses(site, language):
    folder = site / language
    return [path.parent.relative_to(folder).as_posix() for path in sorted(folder.rglob("index.html"))]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_head_is_complete(site, heads, language):
    for path in addresses(site, language):
        head, place = heads(language, path), "" if path == "." else f"{path}/"
        links = {(link["rel"].strip(), link.get("hreflang")): link["href"] for link in head.links}
        assert links["canonical", None] == f"{BASE}{language}/{place}"
        for tag in LANGUAGES:
            assert links["alternate", tag] == f"{BASE}{tag}/{place}", path
        assert head.said("og:url") == [f"{BASE}{language}/{place}"]
        assert head.said("og:locale") == [language_data(language).site_locale]
        assert head.said("og:locale:alternate") == [language_data(other).site_locale for other in others(language)]
        assert head.said("og:title")[0], path
        assert head.said("og:description") == head.said("description"), path
        assert head.said("og:type")[0] in ("article", "website")
        assert len(head.said("og:site_name")) == len(head.said("twitter:card")) == 1
        feed = [link for link in head.links if link.get("type") == "application/atom+xml"]
        assert [link["href"].endswith("assets/changes.atom") for link in feed] == [True]


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_link_wakes_the_script_of_the_theme(site, language):
    assert '<link rel="alternate"' not in (site / language / "indicator/matching/index.html").read_text("utf-8")


@pytest.mark.parametrize("language", LANGUAGES)
def test_sitemap_names_the_other_language(site, language):
    urls = ElementTree.parse(site / language / "sitemap.xml").getroot()
    assert len(urls) > 800
    for url in urls:
        place = url.findtext("{*}loc").removeprefix(f"{BASE}{language}/")
        links = {link.get("hreflang"): link.get("href") for link in url.iterfind(f"{XHTML}link")}
        assert links == {tag: f"{BASE}{tag}/{place}" for tag in LANGUAGES}


def graph_of(head):
    """The data of a head as RDF; the context of schema.org says no more than where its words stand."""
    data = json.loads(head.data)
    assert data.pop("@context") == "https://schema.org"
    context = {"@vocab": "https://schema.org/"}
    return Graph().parse(data=json.dumps({"@context": context, **data}), format="json-ld")


def schema_type(graph, iri):
    return {str(value).removeprefix("https://schema.org/") for value in graph.objects(URIRef(iri), RDF.type)}


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")
@pytest.mark.parametrize("language", LANGUAGES)
def test_data_has_the_right_type(heads, records, items, language):
    terms = [name for name, kind in KINDS.items() if kind.schema == "DefinedTerm"]
    wanted = {iri: "DefinedTerm" for kind in terms for iri in records.things[kind] if page_path(iri).count("/") == 1}
    wanted |= dict.fromkeys(records.things["framework"], "DefinedTermSet")
    wanted |= dict.fromkeys(records.things["claim"][::7], "Claim")
    wanted |= {f"{BASE}dataset": "Dataset"}
    works = {"article-journal": "ScholarlyArticle", "book": "Book", "report": "Report", "chapter": "Chapter"}
    wanted |= {str(source_iri(key)): works.get(item["type"], "CreativeWork") for key, item in items.items()}
    wanted.pop(f"{BASE}spectrum/positions", None)
    assert set(wanted.values()) > {"DefinedTerm", "Claim", "ScholarlyArticle", "Book", "Report", "Dataset"}
    for iri, type_ in wanted.items():
        path = "." if type_ == "Dataset" else page_path(iri)
        if path.endswith("/index"):
            continue
        assert schema_type(graph_of(heads(language, path)), iri) == {type_}, iri


@pytest.mark.parametrize("language", LANGUAGES)
def test_data_says_what_the_records_say(heads, records, language):
    claim = next(iter(records.claims.values()))
    data = json.loads(heads(language, page_path(claim.iri)).data)
    assert data["text"] == records.text(claim.iri, DUO.statement, language).words
    assert {work["@id"] for work in data["citation"]} == {item.source for item in claim.evidence}
    assert [work["@id"] for work in data.get("appearance", [])] == list(claim.reported_in)
    term = json.loads(heads(language, "indicator/matching").data)
    assert term["inDefinedTermSet"]["@type"] == "DefinedTermSet"
    assert term["name"] == records.label(f"{BASE}indicator/matching", language).words


def test_data_set_names_its_files(heads, site):
    data = json.loads(heads("en", ".").data)
    assert data["license"].startswith("https://creativecommons.org/")
    assert data["creator"]["name"]
    assert re.fullmatch(r"\d{4}/\d{4}", data["temporalCoverage"])
    for file in data["distribution"]:
        path = site / file["contentUrl"].removeprefix(BASE)
        assert file["contentSize"] == f"{path.stat().st_size} B"


# -- this page


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_says_how_to_cite_it(site, records, language):
    issued = records.value(str(DUO).rstrip("#"), DCTERMS.issued)
    for path in addresses(site, language):
        text = (site / language / path / "index.html").read_text("utf-8")
        if path in (".", "about", "changes") or 'content="noindex"' in text:
            continue
        found = re.search(r'id="cite-page-text">(.*?)</p>', text)
        assert found, path
        assert issued[:4] in found[1], path
        assert html.unescape(found[1]).endswith((f" {BASE}{path}", f" {BASE}{language}/{path}/")), path


@pytest.mark.parametrize("language", COMPLETE)
def test_reference_to_a_page_reads_well(site, language):
    text = (site / language / "indicator" / "matching" / "index.html").read_text("utf-8")
    made = html.unescape(re.sub("<[^>]+>", "", re.search(r'id="cite-page-text">(.*?)</p>', text)[1]))
    wanted = {
        "en": r"Matching\. \(\d{4}, \w+ \d+\)\. Befriending evidence base \(version [\d.]+\)\. ",
        "nl": r"Matching\. \(\d+ \w+ \d{4}\)\. Kennisbank duo-werkingen \(versie [\d.]+\)\. ",
    }
    assert re.fullmatch(f"{wanted[language]}{BASE}indicator/matching", made)


# -- downloads


@pytest.mark.parametrize(("make", "least"), [(survey_table, 200), (claims_table, 200), (estimates_table, 10)])
def test_columns_are_described(make, least, real_kb):
    table = make(Records(real_kb))
    rows = list(csv.reader(io.StringIO(as_csv(table))))
    described = json.loads(csvw(table))["tableSchema"]["columns"]
    assert [column["titles"] for column in described] == rows[0]
    assert {len(row) for row in rows} == {len(described)}
    assert len(rows) > least
    begun = set(LANGUAGES) - set(COMPLETE)
    patterns = {"anyURI": r"https?://\S+", "decimal": r"-?\d+(\.\d+)?", "integer": r"\d+", "boolean": "true|false"}
    for at, column in enumerate(described):
        assert set(COMPLETE) <= {note["@language"] for note in column["dc:description"]} <= set(LANGUAGES)
        values = [value for row in rows[1:] for value in row[at].split(column.get("separator")) if row[at]]
        assert values or column.get("lang") in begun, column["name"]
        pattern = patterns.get(column.get("datatype"))
        assert not pattern or [value for value in values if not re.fullmatch(pattern, value)] == [], column["name"]


def test_survey_holds_every_answer(real_kb):
    records = Records(real_kb)
    rows = list(csv.DictReader(io.StringIO(as_csv(survey_table(records)))))
    assert [row["observation"] for row in rows] == records.things["observation"]
    for row in rows:
        assert row["value"] == records.value(row["observation"], DUO.value)


def test_claims_hold_every_evidence_item(real_kb):
    records = Records(real_kb)
    rows = list(csv.DictReader(io.StringIO(as_csv(claims_table(records)))))
    said = {(row["item"], row["direction"].rpartition("#")[2], row["studied_in"], row["counts"]) for row in rows}
    items = [item for claim in records.claims.values() for item in claim.evidence]
    assert len(rows) == len(items)
    assert said == {
        (item.iri, item.direction, " ".join(item.studied_in), "true" if item.counts else "false") for item in items
    }


def test_estimates_hold_every_figure_as_printed(real_kb):
    records = Records(real_kb)
    rows = list(csv.DictReader(io.StringIO(as_csv(estimates_table(records)))))
    assert sorted(row["estimate"] for row in rows) == sorted(records.things["estimate"])
    for row in rows:
        assert row["value"] == records.value(row["estimate"], DUO.value)
        assert row["ci_low"] == records.value(row["estimate"], DUO.ciLow)


def test_crosswalk_is_a_mapping_set(real_kb):
    records = Records(real_kb)
    lines = sssom(records).splitlines()
    head = [line for line in lines if line.startswith("#")]
    rows = list(csv.DictReader(lines[len(head) :], delimiter="\t"))
    assert f"#mapping_set_id: {BASE}crosswalk" in head
    prefixes = dict(line[3:].split(": ") for line in head if line.startswith("#  "))
    graph = set(real_kb.graph)
    for row in rows:
        names = (row[column].split(":") for column in ("subject_id", "predicate_id", "object_id"))
        assert tuple(URIRef(prefixes[prefix] + local) for prefix, local in names) in graph
        assert row["mapping_justification"] == "semapv:ManualMappingCuration"
    assert len(rows) == sum(len(records.matches(item)) for item in records.things["item"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_description_tells_the_files(site, real_kb, language):
    graph = Graph().parse(site / language / "assets" / "data" / "void.ttl")
    files = dict(graph.subject_objects(DCAT.byteSize))
    assert {str(file).rpartition("/")[2] for file in files} > set(DATA)
    for file, size in files.items():
        assert (site / str(file).removeprefix(BASE)).stat().st_size == int(size)
    void = Namespace("http://rdfs.org/ns/void#")
    assert int(graph.value(URIRef(f"{BASE}dataset"), void.triples)) == len(real_kb.graph)
    assert str(graph.value(URIRef(f"{BASE}dataset"), DCTERMS.license)).endswith("/by/4.0/")


def test_languages_have_the_same_data(site):
    one, *rest = (site / language / "assets" / "data" for language in LANGUAGES)
    names = sorted(path.name for path in one.iterdir())
    assert rest
    assert set(DATA) < set(names)
    different = [name for name in names for other in rest if (one / name).read_bytes() != (other / name).read_bytes()]
    assert different == []


def test_two_makings_give_the_same_files(tiny):
    made = []
    for _ in range(2):
        write_markdown(load_knowledge_base(tiny), Places(tiny))
        folder = tiny / "build" / "pages" / "en" / "assets"
        made.append({path.name: path.read_bytes() for path in folder.rglob("*") if path.is_file()})
        for path in folder.rglob("*"):
            if path.is_file():
                path.unlink()
    assert made[0] == made[1]
    assert set(DATA) < made[0].keys()


@pytest.mark.parametrize("language", LANGUAGES)
def test_downloads_name_every_file(site, language):
    text = (site / language / "downloads" / "index.html").read_text("utf-8")
    for path in (site / language / "assets" / "data").iterdir():
        assert f'href="../assets/data/{path.name}"' in text
    assert 'href="../assets/concepts.graphml"' in text


# -- what changed


CHANGES = """# Changes

## Unreleased

* not yet

## {version} 0.2.0 (3 {march} 2027)

* First `code` <b>
  and [more](more.md).
* Second.

## {version} 0.1.0 (22 {november} 2026)

Words.

* Old.
"""


WRITTEN = {
    "en": CHANGES.format(version="Version", march="March", november="November"),
    "nl": CHANGES.format(version="Versie", march="maart", november="november"),
}


@pytest.mark.parametrize("language", WRITTEN)
def test_changes_are_read(language):
    new, old = parse_changes(WRITTEN[language], language)
    points = ("First `code` <b> and [more](more.md).", "Second.")
    assert (new.version, new.date, new.points) == ("0.2.0", "2027-03-03", points)
    assert (old.version, old.date, old.points) == ("0.1.0", "2026-11-22", ("Old.",))


def test_months_of_the_other_language_are_told():
    with pytest.raises(ContentError) as told:
        parse_changes(WRITTEN["en"], "nl")
    found, _ = told.value.diagnostics
    assert found.render("nl").startswith("docs/nl/changes.md:7: fout: March is geen maand in deze taal.")


# A heading in English, and how the fault begins.
HEADINGS = [
    ("## Version 0.3.0 (31 February 2026)", "docs/en/changes.md:3: error: there is no 31 February 2026. Correct the"),
    ("## Version 0.3.0 (0 March 2026)", "docs/en/changes.md:3: error: there is no 0 March 2026. Correct the date."),
    ("## Version 0.3.0 (29 February 2027)", "docs/en/changes.md:3: error: there is no 29 February 2027. Correct the"),
    ("## Version 0.2.9 – 3 March 2026", "docs/en/changes.md:3: error: the heading of this version cannot be read, and"),
    ("## Version 0.2.9", "docs/en/changes.md:3: error: the heading of this version cannot be read, and the feed would"),
    ("##  Version 0.2.9 (March 3, 2026)", "docs/en/changes.md:3: error: the heading of this version cannot be read"),
]


@pytest.mark.parametrize(("heading", "expected"), HEADINGS)
def test_version_whose_date_cannot_be_read_is_told(heading, expected):
    (found,) = change_faults(f"# Changes\n\n{heading}\n\n* A point.\n\n## Unreleased\n\n* Soon.\n", "en")
    assert found.render("en")[: len(expected)] == expected
    with pytest.raises(ContentError):
        parse_changes(heading, "en")


def test_the_check_tells_what_is_wrong_with_changes(tiny):
    page = tiny / "docs" / "nl" / "changes.md"
    page.parent.mkdir(parents=True, exist_ok=True)
    page.write_text("# Wat is nieuw\n\n## Versie 0.3.0 (31 februari 2026)\n", "utf-8")
    (found,) = validate(load_knowledge_base(tiny))
    assert found.render("nl") == "docs/nl/changes.md:3: fout: 31 februari 2026 bestaat niet. Verbeter de datum."


@pytest.mark.parametrize(("language", "title"), [("en", "Version 0.2.0"), ("nl", "Versie 0.2.0")])
def test_feed_is_atom(language, title):
    feed = ElementTree.fromstring(write_feed(parse_changes(WRITTEN[language], language), language).encode())
    assert feed.tag == f"{ATOM}feed"
    assert feed.get(f"{XML}lang") == language
    assert feed.findtext(f"{ATOM}updated") == "2027-03-03T00:00:00Z"
    assert all(feed.findtext(f"{ATOM}{name}") for name in ("id", "title"))
    first, second = feed.findall(f"{ATOM}entry")
    assert first.findtext(f"{ATOM}title") == title
    assert first.findtext(f"{ATOM}id") != second.findtext(f"{ATOM}id")
    content = first.findtext(f"{ATOM}content")
    assert content == "<ul><li>First <code>code</code> &lt;b&gt; and more.</li><li>Second.</li></ul>"


@pytest.mark.parametrize("language", LANGUAGES)
def test_site_has_a_feed_of_its_versions(site, language):
    feed = ElementTree.parse(site / language / "assets" / "changes.atom").getroot()
    released = re.findall(r"^## (\S+) \(", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE)
    assert released
    titles = [entry.findtext(f"{ATOM}title").split()[-1] for entry in feed.findall(f"{ATOM}entry")]
    assert titles == released
    assert 'href="changes/"' in (site / language / "index.html").read_text("utf-8")


def test_feed_without_versions_is_atom():
    feed = ElementTree.fromstring(write_feed([], "nl").encode())
    assert feed.findtext(f"{ATOM}updated")


# -- in the browser


@pytest.fixture(scope="module")
def address(site):
    with serving(site) as origin:
        yield origin


def visible(page):
    return page.locator("#source-list > li:visible")


@pytest.mark.parametrize("language", LANGUAGES)
def test_facets_narrow_and_stand_in_the_address(visit, address, language):
    page = visit(f"{address}/{language}/source/", viewport=DESK)
    all_ = page.locator("#source-list > li").count()
    expect(page.locator("#source-facets")).to_be_visible(timeout=PATIENCE)
    assert visible(page).count() == all_
    page.locator("#source-facets summary").click()
    page.locator("input[name=type][value=book]").check()
    books = visible(page).count()
    assert 0 < books < all_
    expect(page.locator("#source-count")).to_contain_text(re.compile(rf"\b{books}\b.*\b{all_}\b"))
    page.locator("input[name=type][value=report]").check()
    both = visible(page).count()
    assert both > books
    page.locator("input[name=language][value=dutch]").check()
    assert visible(page).count() < both
    page.locator("select[name=sort]").select_option("year")
    years = visible(page).evaluate_all("rows => rows.map(row => Number(row.dataset.year))")
    assert years == sorted(years, reverse=True)
    shown = visible(page).all_inner_texts()
    expect(page).to_have_url(f"{address}/{language}/source/?type=report&type=book&language=dutch&sort=year")
    again = visit(page.url, viewport=DESK)
    expect(again.locator("input[name=language][value=dutch]")).to_be_checked()
    assert visible(again).all_inner_texts() == shown
    again.locator("#source-facets button[type=reset]").click()
    expect(visible(again)).to_have_count(all_)
    expect(again).to_have_url(f"{address}/{language}/source/")


def test_facets_say_when_nothing_is_left(visit, address):
    page = visit(f"{address}/en/source/?period=1990&used=20&type=chapter", viewport=DESK)
    expect(page.locator("#source-count")).to_contain_text("None of the")
    assert visible(page).count() == 0


def test_facets_work_by_keyboard(visit, address):
    page = visit(f"{address}/nl/source/", viewport=DESK)
    page.locator("#source-facets summary").focus()
    for key in ("Enter", "Tab", "Space"):
        page.keyboard.press(key)
    expect(page).to_have_url(re.compile(r"\?period=\d+$"))
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.name") == "period"
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline != "none"


def test_sort_by_claims(visit, address):
    page = visit(f"{address}/en/source/?sort=claims", viewport=PHONE)
    claims = visible(page).evaluate_all("rows => rows.map(row => Number(row.dataset.claims))")
    assert claims == sorted(claims, reverse=True)
    assert len(claims) > 50


@pytest.mark.parametrize("language", LANGUAGES)
def test_sources_without_script(visit, address, real_kb, language):
    page = visit(f"{address}/{language}/source/", java_script_enabled=False)
    assert page.locator("#source-facets").is_hidden()
    assert visible(page).count() == len(real_kb.bibliography.sources)
    for facet in FACETS:
        assert page.locator(f"#source-list > li[data-is-{facet}]").count() == visible(page).count()


@pytest.mark.parametrize("language", LANGUAGES)
def test_buttons_copy(browser, site, address, language):
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"], viewport=PHONE)
    page = context.new_page()
    page.goto(f"{address}/{language}/source/allen2006/", timeout=PATIENCE)
    page.locator("details.cite summary", has_text="RIS").click()
    button = page.locator("button[data-copy=cite-ris]")
    button.focus()
    page.keyboard.press("Enter")
    expect(button).to_have_text(button.get_attribute("data-copied"))
    held = (site / language / "assets" / "cite" / "allen2006.ris").read_text("utf-8")
    assert page.evaluate("navigator.clipboard.readText()").strip() == held.strip()
    page.locator("button[data-copy=cite-page-text]").click()
    expect(page.locator("button[data-copy=cite-page-text]")).to_have_text(button.text_content())
    assert f"{BASE}source/allen2006" in page.evaluate("navigator.clipboard.readText()")
    context.close()


def test_buttons_hide_without_script(visit, address):
    page = visit(f"{address}/en/source/allen2006/", java_script_enabled=False)
    assert page.locator("button[data-copy]").count() == 5
    assert page.locator("button[data-copy]:visible").count() == 0


@pytest.mark.parametrize("path", ["source/", "source/allen2006/", "downloads/", "indicator/matching/"])
def test_fits_a_narrow_screen(visit, address, path):
    page = visit(f"{address}/nl/{path}", viewport={"width": 320, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
