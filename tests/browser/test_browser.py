"""The site as a reader meets it: a real browser, both languages, phone and desktop, below a path of its own."""

import contextlib
import posixpath
import shutil
from urllib.parse import urljoin

import pytest
from browsing import DESK, PATIENCE, PHONE, search, serving
from playwright.sync_api import expect
from rdflib import SKOS

from kb.model.records import Records
from kb.namespaces import BASE, DUO

LANGUAGES = ("en", "nl")
OTHER = {"en": "nl", "nl": "en"}
NOT_FOUND = {"en": "This page does not exist", "nl": "Deze pagina bestaat niet"}
NODE = "a.graph-node:visible"
# Below which paths the site is served: another than is meant, the one that is meant, one with the name of a language.
PLACES = ("some/base", "duo-kb", "nl/base")


@pytest.fixture(scope="module")
def address(site, tmp_path_factory):
    """Where the site is served: not at the root of its host."""
    folder = tmp_path_factory.mktemp("served")
    for place in PLACES:
        (folder / place).parent.mkdir(exist_ok=True)
        (folder / place).symlink_to(site)
    with serving(folder) as origin:
        yield f"{origin}/some/base"


def pages_of_every_kind(site, language):
    """Every overview, and the page with the most in it of every kind of thing, half of the kinds in each language."""
    folder = site / language
    pages = {posixpath.dirname(path.relative_to(folder).as_posix()) for path in folder.rglob("index.html")}
    kinds = {page.partition("/")[0] for page in pages if "/" in page}
    fullest = [
        max(
            (page for page in pages if page.startswith(f"{kind}/")),
            key=lambda page: (folder / page / "index.html").stat().st_size,
        )
        for kind in sorted(kinds)[LANGUAGES.index(language) :: 2]
    ]
    return [*sorted(page for page in pages if "/" not in page), *fullest]


@pytest.fixture(scope="module")
def walk(site, address, browser):
    """A walk on a phone over pages of every kind in both languages, with a search: what each showed and asked for."""
    context = browser.new_context(viewport=PHONE)
    page, said, asked, missing, seen = context.new_page(), [], [], [], {}
    page.on("console", lambda message: said.append((page.url, message.type, message.text)))
    page.on("pageerror", lambda error: said.append((page.url, "error", str(error))))
    page.on("request", lambda request: asked.append(request.url))
    page.on("response", lambda response: missing.append(response.url) if response.status >= 400 else None)
    page.goto(f"{address}/", timeout=PATIENCE)
    for language in LANGUAGES:
        for path in pages_of_every_kind(site, language):
            page.goto(f"{address}/{language}/{path}", timeout=PATIENCE)
            shown = "({lang: document.documentElement.lang, width: document.documentElement.scrollWidth})"
            seen[f"{language}/{path}"] = page.evaluate(shown)
        search(page, "mentoring")
    context.close()
    return {"said": said, "asked": asked, "missing": missing, "seen": seen}


def test_walk_sees_every_kind(walk):
    things = {name.split("/")[1] for name in walk["seen"] if name.count("/") == 2}
    assert {"ask", "cell", "claim", "concept", "framework", "indicator", "item", "outcome", "role", "source"} <= things
    assert {"en/", "nl/", "en/graph", "nl/graph", "en/role", "nl/role", "en/source", "nl/source"} <= walk["seen"].keys()


def test_nothing_leaves_the_site(walk, address):
    assert len(walk["asked"]) > 100
    assert [url for url in walk["asked"] if not url.startswith(f"{address}/")] == []


def test_nothing_is_missing(walk):
    assert walk["missing"] == []


def test_console_stays_silent(walk):
    assert [line for line in walk["said"] if line[1] in ("error", "warning")] == []


def test_pages_tell_their_language(walk):
    assert {name: shown["lang"] for name, shown in walk["seen"].items()} == {name: name[:2] for name in walk["seen"]}


def test_no_page_scrolls_sideways(walk):
    wide = {name: shown["width"] for name, shown in walk["seen"].items() if shown["width"] > PHONE["width"] + 1}
    assert wide == {}


@pytest.mark.parametrize(("language", "name", "size"), [("nl", "Nederlands", PHONE), ("en", "English", DESK)])
def test_landing_page_leads_on(visit, address, language, name, size):
    page = visit(f"{address}/", viewport=size)
    page.get_by_role("link", name=name).click()
    page.wait_for_url(f"{address}/{language}/")
    expect(page.locator("h1")).to_be_visible()
    assert page.locator("html").get_attribute("lang") == language


@pytest.mark.parametrize(
    ("language", "words", "place"),
    [
        ("nl", "klik", "indicator/matching"),
        ("nl", "maatjesproject", "concept/duo-werking"),
        ("nl", "buddy", "concept/duo-werking"),
        ("nl", "mentoring", "concept/mentoring"),
        ("en", "klik", "indicator/matching"),
        ("en", "maatjesproject", "concept/duo-werking"),
        ("en", "buddy", "concept/duo-werking"),
        ("en", "mentoring", "concept/mentoring"),
    ],
)
def test_search_leads_to_the_concept(visit, address, language, words, place):
    page = visit(f"{address}/{language}/about/", viewport=DESK)
    found = search(page, words)
    assert f"{address}/{language}/{place}/" in found[:4]
    page.locator(f"a.search-result[href$='{place}/']").first.click()
    page.wait_for_url(f"{address}/{language}/{place}/**")
    expect(page.locator(".md-content article")).to_contain_text(words, ignore_case=True)


@pytest.mark.parametrize(
    ("path", "size"),
    [
        ("", PHONE),
        ("graph/", DESK),
        ("indicator/matching/", PHONE),
        ("source/dubois2002/", DESK),
        ("ask/roles-table/", PHONE),
    ],
)
def test_language_switch_stays_on_the_page(visit, address, path, size):
    page = visit(f"{address}/nl/{path}", viewport=size)
    for language in ("en", "nl"):
        page.locator("a.language-switch").click()
        page.wait_for_url(f"{address}/{language}/{path}")
        assert page.locator("html").get_attribute("lang") == language


@pytest.fixture(params=PLACES)
def place(request, address):
    """Where the site is served below each of the paths."""
    return f"{address.removesuffix('some/base')}{request.param}"


@pytest.mark.parametrize(("language", "path"), [("en", "nosuch/page/"), ("nl", "nosuch"), ("nl", "role/no/such/one/")])
def test_page_for_what_is_not_found_works(visit, place, language, path):
    page = visit("about:blank", viewport=DESK)
    missing = []
    page.on("response", lambda response: missing.append(response.url) if response.status >= 400 else None)
    page.goto(f"{place}/{language}/{path}")
    expect(page.locator("h1")).to_have_text(NOT_FOUND[language])
    assert search(page, "matching")[0] == f"{place}/{language}/indicator/matching/"
    page.keyboard.press("Escape")
    links = page.locator("a[href]").evaluate_all("links => [...new Set(links.map(link => link.href))]")
    assert len(links) > 20
    assert [link for link in links if not page.request.get(link).ok] == []
    page.locator("a.language-switch").click()
    page.wait_for_url(f"{place}/{OTHER[language]}/")
    assert missing == [f"{place}/{language}/{path}"]


def test_page_for_what_is_not_found_works_above_the_sites(visit, site, tmp_path):
    """As a host shows it that has one such page for everything: README says to copy it."""
    (tmp_path / "duo-kb").mkdir()
    for name in LANGUAGES:
        (tmp_path / "duo-kb" / name).symlink_to(site / name)
    shutil.copy(site / "nl" / "404.html", tmp_path / "duo-kb")
    with serving(tmp_path) as origin:
        page = visit(f"{origin}/duo-kb/nosuch/", viewport=DESK)
        assert page.locator(".md-header").evaluate("header => getComputedStyle(header).position") == "sticky"
        page.locator("a.language-switch").click()
        page.wait_for_url(f"{origin}/duo-kb/en/")


KEY_WITHOUT_NAME = """field => {
    const errors = [];
    addEventListener("error", event => errors.push(event.message));
    for (const ctrlKey of [undefined, true]) {
        field.dispatchEvent(Object.assign(new Event("keydown", {bubbles: true}), {ctrlKey}));
    }
    return errors;
}"""


@pytest.mark.parametrize(
    ("path", "field"),
    [
        (
            "evidence-map/",
            "#map-filters input[type=number], #map-filters input[type=text], #map-filters input:not([type])",
        ),
        ("source/", "article input"),
        ("tools/self-check/", "article input, article select"),
        ("role/", "#search-input"),
        ("role/", "body"),
    ],
)
def test_key_without_name_is_no_error(visit, address, path, field):
    """A browser that fills in a field tells of a key that has no name."""
    page = visit(f"{address}/en/{path}", viewport=DESK)
    page.locator("#search-input").wait_for(state="attached")
    assert page.locator(field).first.evaluate(KEY_WITHOUT_NAME) == []


@pytest.mark.parametrize(("language", "size"), [("en", DESK), ("nl", PHONE)])
def test_graph_nodes_are_links(visit, address, real_kb, language, size):
    name = Records(real_kb).label(f"{BASE}indicator/clear-agreements", language).words
    page = visit(f"{address}/{language}/indicator/matching/", viewport=size)
    page.locator(NODE, has_text=name).first.click()
    page.wait_for_url(f"{address}/{language}/indicator/clear-agreements/")
    expect(page.locator("h1")).to_contain_text(name)


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_graph_nodes_take_the_keyboard(visit, address, size):
    page = visit(f"{address}/nl/indicator/matching/", viewport=size)
    page.locator(".concept-graph figcaption").click()
    focused = page.locator(f"{NODE}:focus:not(.graph-centre *)")
    for _ in range(10):
        page.keyboard.press("Tab")
        if focused.count():
            break
    target = urljoin(page.url, focused.get_attribute("href"))
    page.keyboard.press("Enter")
    page.wait_for_url(target)
    expect(page.locator("h1")).to_be_visible()


@pytest.mark.parametrize("path", ["role/", "framework/", "graph/"])
def test_wide_things_scroll_inside(visit, address, path):
    page = visit(f"{address}/nl/{path}", viewport=PHONE)
    box = page.locator(".graph-overview, .md-typeset__scrollwrap").first
    assert box.evaluate("box => box.scrollWidth > box.clientWidth && getComputedStyle(box).overflowX") == "auto"
    box.evaluate("box => { box.scrollLeft = 100 }")
    assert (box.evaluate("box => box.scrollLeft"), page.evaluate("scrollX")) == (100, 0)


BACKGROUND = "body => getComputedStyle(body).backgroundColor.match(/[0-9.]+/g).slice(0, 3).map(Number)"


@pytest.mark.parametrize(("scheme", "low", "high"), [("light", 240, 255), ("dark", 0, 60)])
def test_scheme_of_the_reader_applies(visit, address, scheme, low, high):
    page = visit(f"{address}/nl/indicator/matching/", viewport=DESK, color_scheme=scheme)
    assert all(low <= part <= high for part in page.locator("body").evaluate(BACKGROUND))


def test_reader_can_change_the_scheme(browser, address):
    with contextlib.closing(browser.new_context(viewport=PHONE, color_scheme="light")) as window:
        page = window.new_page()
        page.goto(f"{address}/nl/indicator/matching/", timeout=PATIENCE)
        page.get_by_title("Naar donkere weergave").click()
        page.locator("a.language-switch").click()
        page.wait_for_url(f"{address}/en/indicator/matching/")
        assert all(part < 60 for part in page.locator("body").evaluate(BACKGROUND))


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_page_reads_without_scripts(visit, address, real_kb, size):
    definition = Records(real_kb).text(f"{BASE}indicator/matching", SKOS.definition, "en").words
    page = visit(f"{address}/en/indicator/matching/", viewport=size, java_script_enabled=False)
    expect(page.locator(".definition")).to_have_text(definition)
    expect(page.locator(".concept-graph svg:visible").first).to_be_visible()
    assert page.locator(NODE).count() > 10
    page.locator("table a", has_text="DuBois et al. (2002)").first.click()
    page.wait_for_url(f"{address}/en/source/dubois2002/")
    expect(page.locator(".reference")).to_contain_text("DuBois")


# The contrast, as WCAG reckons it, between the page and each look in a chart: what fills it, or else its outline.
CONTRASTS = """() => {
    const parts = colour => colour.match(/[0-9.]+/g).slice(0, 3).map(part => part / 255);
    const light = colour => parts(colour).map(part => part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)
        .reduce((sum, part, at) => sum + part * [0.2126, 0.7152, 0.0722][at], 0);
    const ground = light(getComputedStyle(document.body).backgroundColor);
    const contrast = element => {
        const style = getComputedStyle(element);
        const own = light(style.stroke === "none" ? style.fill : style.stroke);
        return (Math.max(own, ground) + 0.05) / (Math.min(own, ground) + 0.05);
    };
    const looks = ["bar", "light", "open", "name", "note", "figure", "scale"];
    return Object.fromEntries(looks.map(look => [look, document.querySelector(`.chart-picture .chart-${look}`)])
        .filter(([, element]) => element).map(([look, element]) => [look, contrast(element)]));
}"""


@pytest.mark.parametrize("media", ["screen", "print"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_charts_are_readable(visit, address, scheme, media):
    page = visit(f"{address}/nl/question/kinds-of-support/", viewport=PHONE, color_scheme=scheme)
    page.emulate_media(media=media)
    found = page.evaluate(CONTRASTS)
    least = {"bar": 3, "light": 3, "open": 3, "name": 4.5, "note": 4.5, "figure": 4.5, "scale": 4.5}
    assert found.keys() == least.keys()
    assert {look: contrast for look, contrast in found.items() if contrast < least[look]} == {}


@pytest.mark.parametrize(("language", "path"), [("nl", "target-groups-complex"), ("en", "partners"), ("nl", "age")])
def test_charts_fit_the_smallest_phone(visit, address, language, path):
    page = visit(f"{address}/{language}/question/{path}/", viewport={"width": 320, "height": 640})
    right = "texts => Math.max(...texts.map(text => text.getBoundingClientRect().right))"
    letters = "texts => Math.min(...texts.map(text => text.getBoundingClientRect().height))"
    texts = page.locator(".chart-picture text")
    assert texts.evaluate_all(right) <= 320 - 8
    assert texts.evaluate_all(letters) >= 10
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_chart_tells_its_message(visit, address):
    page = visit(f"{address}/en/question/matching-criteria/", viewport=DESK)
    nodes = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    told = {node["name"]["value"]: node["description"]["value"] for node in nodes if node.get("description")}
    (message,) = (words for name, words in told.items() if name.startswith("use of matching criteria. Shares"))
    assert "94%" in message
    assert "maar liefst" in message


@pytest.mark.parametrize("language", LANGUAGES)
def test_page_of_matching_tells_all_there_is(visit, address, real_kb, language):
    """What a coordinator comes for: is it known, what do others do, what can go wrong, and who says so."""
    records = Records(real_kb)
    page = visit(f"{address}/{language}/indicator/matching/", viewport=PHONE)
    article = page.locator("article")
    label = records.label(f"{BASE}answer/matching-criteria--uses-criteria", language).words
    expect(page.locator("figure.chart", has_text=label).first).to_contain_text("94")
    caveat = records.text(f"{BASE}caveat/matching-criteria-94-not-of-55", DUO.statement, language).words
    for words in (
        records.text(f"{BASE}message/indicator-matching", DUO.statement, language).words,
        records.text(f"{BASE}indicator/matching", SKOS.definition, language).words,
        records.label(str(DUO.StudiedNotJudged), language).words,
        caveat,
        records.label(f"{BASE}item/hall-2003-3", language).words,
    ):
        expect(article).to_contain_text(words)
    assert "52" in caveat
    names = [
        records.label(f"{BASE}source/{key}", language).words for key in ("dubois2002", "bradshaw1998", "dekker2013")
    ]
    assert [name for name in names if not page.locator("table a", has_text=name).count()] == []
    assert page.locator("a[href*='/pitfall/'], a[href*='pitfall/']").count() > 0
    expect(page.locator(".concept-graph svg:visible").first).to_be_visible()
