"""Texts that try to be more than text are shown as they are written, everywhere, and nothing in them is carried out."""

import json
import subprocess
import sys

import pytest
from browsing import DESK, PATIENCE, lay_out_site, search, serving
from playwright.sync_api import expect

HOSTILE = (
    "<script>alert(1)</script>",
    "</title><script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "[x](javascript:alert(1))",
    "**bold** _it_ `code` | pipe",
    "{{ 7*7 }} {% raw %}",
    "{: onclick=alert(1) }",
    "]]> <!-- &lt;b&gt; &amp;",
    "# 1. https://example.org/ <https://example.org/> x@example.org",
    r"\*a\* C:\temp ~x~ ^y^ $z$ [^1] --8<-- !!! note",
)
NUMBERS = range(len(HOSTILE))
PREFIXES = "".join(
    f"@prefix {prefix}: <{start}> .\n"
    for prefix, start in {
        "skos": "http://www.w3.org/2004/02/skos/core#",
        "dcterms": "http://purl.org/dc/terms/",
        "duo": "https://w3id.org/duo-kb/ontology#",
        "indicator": "https://w3id.org/duo-kb/indicator/",
        "claim": "https://w3id.org/duo-kb/claim/",
        "source": "https://w3id.org/duo-kb/source/",
    }.items()
)


def text(number, words):
    """A hostile text with words and a number of its own, to be found by."""
    return f"{HOSTILE[number]} {words}{number}"


def in_turtle(number, words):
    return ", ".join(f"{json.dumps(text(number, words), ensure_ascii=False)}@{tag}" for tag in ("en", "nl"))


def things(number):
    """An indicator, a claim about it and what its source studied, all of whose texts are hostile."""
    return f"""
indicator:hostile{number} a duo:SuccessIndicator ; skos:inScheme duo:concepts ; duo:position {number + 10} ;
    skos:prefLabel {in_turtle(number, "label")} ; skos:definition {in_turtle(number, "definition")} ;
    duo:checkQuestion {in_turtle(number, "question")} ;
    skos:altLabel {in_turtle(number, "other")} ; skos:hiddenLabel {in_turtle(number, "hidden")} ;
    skos:related indicator:matching ; dcterms:source source:hostile{number} .
claim:hostile{number} a duo:Claim ; duo:about indicator:hostile{number} , indicator:matching ;
    duo:statement {in_turtle(number, "statement")} ; duo:kind duo:SuccessFactor ;
    duo:reportedIn source:clark2016 ; duo:section "2" ; duo:supportedBy source:hostile{number} .
source:hostile{number} duo:studyDesign duo:InterviewStudy ; duo:population {in_turtle(number, "people")} .
"""


def entry(number):
    """The source, in which braces and dollars mean what they mean in BibTeX."""
    plain = in_bibtex(number, "").rstrip("0123456789 ")
    fields = {name: f"{plain} {name}{number}" for name in ("author", "title", "publisher", "note", "citedas")}
    lines = "".join(f"  {name} = {{{{{value}}}}},\n" for name, value in fields.items())
    return f"@book{{hostile{number},\n{lines}  year = {{2001}},\n  verification = {{confirmed}},\n}}\n"


def in_bibtex(number, words):
    """What is left of a hostile text in sources.bib, where LaTeX has two hyphens for a dash and ~ for a space."""
    left = text(number, words).translate(str.maketrans("", "", "{}$\\"))
    return " ".join(left.replace("--", "–").replace("~", " ").split())


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    """Where the English site of the hostile content is served, as `mkdocs build --strict` makes it."""
    folder = lay_out_site(tmp_path_factory.mktemp("hostile"))
    (folder / "evidence" / "hostile.ttl").write_text(PREFIXES + "".join(map(things, NUMBERS)), "utf-8")
    with (folder / "sources.bib").open("a", encoding="utf-8") as file:
        file.write("\n".join(map(entry, NUMBERS)))
    command = [sys.executable, "-m", "mkdocs", "build", "--strict"]
    built = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert built.returncode == 0, built.stderr
    with serving(folder / "site") as origin:
        yield f"{origin}/en"


@pytest.fixture
def look(visit, address):
    """Open a page, and know at the end that nothing ran and nothing of the texts became more than text."""
    ran, pages = [], []

    def open_page(path):
        page = visit("about:blank", viewport=DESK)
        page.on("dialog", lambda dialog: (ran.append(dialog.message), dialog.dismiss()))
        page.on("pageerror", lambda error: ran.append(str(error)))
        page.on("requestfailed", lambda request: ran.append(request.url))
        page.goto(f"{address}/{path}", timeout=PATIENCE)
        pages.append(page)
        return page

    yield open_page
    assert ran == []
    strange = "[onclick], [onerror], [src='x'], [href^='javascript'], [href*='example.org'], article strong strong"
    assert [page.url for page in pages if page.locator(strange).count()] == []


def heading(page):
    return page.locator(".md-content h1").text_content().strip("¶\n ")


@pytest.mark.parametrize("number", NUMBERS)
def test_page_shows_what_is_written(look, number):
    page = look(f"indicator/hostile{number}/")
    assert page.title().startswith(text(number, "label"))
    assert heading(page) == text(number, "label")
    assert page.locator(".definition").text_content() == text(number, "definition")
    expect(page.locator(".names").first).to_contain_text(text(number, "other"))
    expect(page.locator("article li", has_text=text(number, "statement")).first).to_be_visible()


@pytest.mark.parametrize("number", NUMBERS)
def test_claim_shows_what_is_written(look, number):
    page = look(f"claim/hostile{number}/")
    expect(page.locator("article")).to_contain_text(text(number, "statement"))
    expect(page.locator("article a", has_text=text(number, "label"))).to_be_visible()
    assert page.title().startswith(HOSTILE[number].split()[0])
    described = json.loads(page.locator("head script[type='application/ld+json']").text_content())
    assert described["text"] == text(number, "statement")


@pytest.mark.parametrize("number", NUMBERS)
def test_source_shows_what_is_written(look, number):
    page = look(f"source/hostile{number}/")
    assert heading(page) == f"{in_bibtex(number, 'author')} (2001)"
    expect(page.locator("#cite-apa")).to_contain_text(f"title{number}")
    expect(page.locator("article li", has_text=text(number, "people"))).to_be_visible()
    page.locator("details.cite summary", has_text="BibTeX").click()
    expect(page.locator("#cite-bib")).to_contain_text(f"note{number}")
    assert page.locator("#cite-bib").text_content().strip() == entry(number).strip()
    described = json.loads(page.locator("head script[type='application/ld+json']").text_content())
    assert f"title{number}" in described["name"]
    assert f"title{number}" in page.locator("head meta[name=citation_title]").get_attribute("content")


def test_lists_show_what_is_written(look):
    shown = look("indicator/").locator("article li a").all_inner_texts()
    assert [text(number, "label") for number in NUMBERS] == shown[-len(HOSTILE) :]
    sources = " ".join(look("source/").locator("#source-list").inner_text().split())
    assert [number for number in NUMBERS if in_bibtex(number, "title") not in sources] == []


def test_graph_shows_what_is_written(look):
    page = look("indicator/matching/")
    drawn = ["".join(node.text_content().split()) for node in page.locator("a.graph-node:visible").all()]
    wanted = ["".join(text(number, "label").split()) for number in NUMBERS]
    assert [label for label in wanted if not any(label in node for node in drawn)] == []
    listed = page.locator("article li a").all_inner_texts()
    assert [number for number in NUMBERS if text(number, "label") not in listed] == []


def test_map_shows_what_is_written(look):
    names = look("graph/").locator(".graph-overview a.graph-node").all_text_contents()
    flat = ["".join(name.split()) for name in names]
    wanted = ["".join(text(number, "label").split()) for number in NUMBERS]
    assert [label for label in wanted if not any(label in name for name in flat)] == []


def test_search_shows_what_is_written(look, address):
    page = look("about/")
    for number in NUMBERS:
        assert f"{address}/indicator/hostile{number}/" in search(page, f"label{number}")
        result = page.locator(f"a.search-result[href$='indicator/hostile{number}/'] .search-result__label")
        assert result.text_content() == text(number, "label")


def test_results_lead_to_what_is_written(look):
    page = look("about/")
    search(page, "label0 script")
    page.locator("a.search-result[href$='indicator/hostile0/']").first.click()
    page.wait_for_url("**/indicator/hostile0/**")
    expect(page.locator(".md-content h1")).to_contain_text(text(0, "label"))
