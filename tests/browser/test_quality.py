"""What readers need of every page: axe-core, valid HTML, a light first visit, the policy obeyed, all without script."""

import re
import shutil
import zipfile

import pytest
from browsing import DESK, PATIENCE, PHONE, eventually, search, serving
from playwright.sync_api import expect

from audit import axe, html, weight
from audit.kinds import LANGUAGES, NOT_FOUND, pages, sample
from audit.server import serving_compressed
from kb.model.records import Records
from kb.namespaces import DUO
from kb.pages.contents import OVERVIEWS
from kb.site.content_security_policy import content_policy, finished, inline_scripts
from kb.words import has_phrase

THEME = """<head>
<meta charset="utf-8">
<script>first()</script><script type="application/json">{"no": "script"}</script><script src="a.js"></script>
</head><input class="md-toggle" id="a" autocomplete="off"><td style="text-align: right;">1</td>
"""
FIRST = "'sha256-fDYmfWjvur9AxjhDbjHe6RvExc05MbXhhrbgz2vvy/A='"


def of_every_kind(site):
    """The start pages, and one page of every kind, half of the kinds in each language."""
    chosen = [page for at, language in enumerate(LANGUAGES) for page in sample(site, language)[at::2]]
    return [*dict.fromkeys(["en/", "nl/", *chosen])]


@pytest.fixture(scope="module")
def served(site):
    """The site as a host serves it."""
    with serving_compressed(site) as served:
        yield served


# The policy.


def test_policy_allows_the_scripts_of_the_trusted_page_alone():
    policy = content_policy(THEME)
    assert inline_scripts(THEME) == ["first()"]
    assert re.search(r"script-src ([^;]*)", policy)[1] == f"'self' {FIRST}"
    assert policy.startswith("default-src 'none'; ")


def test_page_is_finished():
    assert finished(THEME, "P") == THEME.replace(
        '<meta charset="utf-8">\n',
        '<meta charset="utf-8">\n      <meta http-equiv="Content-Security-Policy" content="P">\n',
    ).replace(' autocomplete="off"', "").replace('style="text-align: right;"', 'class="align-right"')


def test_every_page_has_the_policy_first(site):
    every = sorted(site.rglob("*.html"))
    heads = {path: path.read_text("utf-8").partition("<body")[0] for path in every}
    first = re.compile(r'<meta charset="utf-8">\s*<meta http-equiv="Content-Security-Policy" content="default-src')
    late = [path for path, head in heads.items() if not first.search(head) or head.index("<meta http") > 300]
    assert len(every) > 1500
    assert late == []


def test_no_page_has_a_style_of_its_own(site):
    styled = re.compile(r"<style|\sstyle=\"|\son[a-z]+=\"|javascript:")
    assert [path for path in site.rglob("*.html") if styled.search(path.read_text("utf-8"))] == []


def test_pages_have_the_scripts_of_the_policy_alone(site):
    for language in LANGUAGES:
        trusted = set(inline_scripts((site / language / "404.html").read_text("utf-8")))
        found = {text for path in (site / language).rglob("*.html") for text in inline_scripts(path.read_text("utf-8"))}
        assert found == trusted
        assert 0 < len(trusted) < 6


VIOLATIONS = """addEventListener("securitypolicyviolation", event => {
    (window.violations ??= []).push(`${event.violatedDirective} ${event.blockedURI} ${event.sample}`);
});"""


def test_policy_is_obeyed(site, served, browser):
    context = browser.new_context(viewport=PHONE)
    context.add_init_script(VIOLATIONS)
    page, violations = context.new_page(), {}
    page.set_default_timeout(PATIENCE)
    for path in of_every_kind(site):
        page.goto(f"{served.address}/{path}")
        page.locator("label.md-header__button[for^=__palette]:visible").click()
        violations[path] = page.evaluate("window.violations ?? []")
    for language in LANGUAGES:
        page.goto(f"{served.address}/{language}/")
        search(page, "mentoring")
        violations[f"{language} search"] = page.evaluate("window.violations ?? []")
    context.close()
    assert {path: found for path, found in violations.items() if found} == {}


def test_foreign_script_is_refused(served, browser):
    """The policy bites: a script that is not the theme's does not run."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{served.address}/en/")
    page.evaluate("""() => {
        const script = document.createElement("script");
        script.textContent = "window.ran = true";
        document.body.append(script);
    }""")
    assert page.evaluate("window.ran") is None
    context.close()


# What is found by tools.


@pytest.mark.parametrize("scheme", axe.SCHEMES)
def test_axe_finds_nothing(site, served, window, scheme):
    page = window(viewport=DESK).new_page()
    found = {}
    for path in ["", *NOT_FOUND, *of_every_kind(site)]:
        page.goto(f"{served.address}/{path}")
        found[path] = axe.findings(page, scheme)
    page.close()
    assert len(found) > 40
    assert {path: told for path, told in found.items() if told} == {}


@pytest.mark.parametrize("scheme", axe.SCHEMES)
def test_axe_finds_nothing_in_the_open_search(served, window, scheme):
    page = window(viewport=PHONE).new_page()
    page.goto(f"{served.address}/nl/about/", timeout=PATIENCE)
    search(page, "mentoring")
    assert axe.findings(page, scheme) == []
    page.close()


def test_html_is_valid(site):
    every = [site / "index.html", *(site / language / "404.html" for language in LANGUAGES)]
    assert html.faults([*every, *(site / path / "index.html" for path in of_every_kind(site))]) == []


def test_html_faults_are_told(tmp_path):
    page = tmp_path / "page.html"
    page.write_text('<!doctype html>\n<html lang="nl"><title>a</title><p id="a"><p id="a"></html>\n', "utf-8")
    assert len(html.faults([page])) > 0


@pytest.mark.parametrize("path", ["nl/", "nl/indicator/matching/", "en/graph/", "en/source/", "nl/question/"])
def test_first_visit_is_light(served, browser, path):
    found = weight.weigh(browser, served, path)
    assert 100_000 < found.bytes <= weight.LIMIT


SHIFTS = """window.shifts = [];
new PerformanceObserver(list => {
    for (const entry of list.getEntries()) {
        const moved = entry.sources.map(({ node }) => (node?.outerHTML ?? node?.textContent ?? "?").slice(0, 80));
        window.shifts.push({ much: entry.value, moved });
    }
}).observe({ type: "layout-shift", buffered: true });"""


@pytest.mark.parametrize(
    "path", ["nl/", "nl/indicator/matching/", "en/source/", "en/source/dubois2002/", "nl/tools/self-check/"]
)
def test_nothing_shifts_on_a_slow_line(served, browser, path):
    context = browser.new_context(viewport=PHONE)
    context.add_init_script(SHIFTS)
    page = context.new_page()
    line = {"offline": False, "latency": 150, "downloadThroughput": 200_000, "uploadThroughput": 100_000}
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", line)
    page.goto(f"{served.address}/{path}", timeout=PATIENCE)
    page.wait_for_timeout(500)
    shifts = page.evaluate("window.shifts")
    context.close()
    assert sum(shift["much"] for shift in shifts) < 0.005, shifts


# Anywhere, with little.


def test_unpacked_zip_works(site, tmp_path, visit):
    """Served by `python -m http.server` below a path of its own, from an archive that was unpacked elsewhere."""
    shutil.make_archive(str(tmp_path / "site"), "zip", site)
    with zipfile.ZipFile(tmp_path / "site.zip") as archive:
        archive.extractall(tmp_path / "any" / "where")
    with serving(tmp_path / "any") as origin:
        page = visit(f"{origin}/where/nl/indicator/matching/", viewport=DESK)
        assert search(page, "klik")[0].startswith(f"{origin}/where/nl/")
        page.goto(f"{origin}/where/")
        page.get_by_role("link", name="English").click()
        expect(page.locator("h1")).to_contain_text("Befriending evidence base", timeout=PATIENCE)


HIDDEN = """() => {
    const shown = element => element.checkVisibility({ visibilityProperty: true });
    const folded = element => element.closest("details:not([open]) > :not(summary), svg, noscript");
    const meant = ".graph-narrow, .graph-wide, [data-search-open], .cite-copy, .headerlink, form, [role=status], "
        + "[hidden], [data-live], .map-tools, dialog";
    return [...document.querySelectorAll("article *")]
        .filter(element => [...element.childNodes].some(node => node.nodeType === 3 && node.data.trim()))
        .filter(element => !shown(element) && !folded(element) && !element.closest(meant))
        .map(element => `${element.localName}.${element.className}: ${element.textContent.trim().slice(0, 60)}`);
}"""


def test_everything_is_there_without_script(site, served, browser):
    """All text of an article is shown, or stands in a box that the reader opens without script."""
    context = browser.new_context(viewport=PHONE, java_script_enabled=False)
    page, hidden = context.new_page(), {}
    for path in of_every_kind(site):
        page.goto(f"{served.address}/{path}")
        hidden[path] = page.evaluate(HIDDEN)
        assert page.locator("article h1").is_visible(), path
    context.close()
    assert {path: found for path, found in hidden.items() if found} == {}


def test_boxes_open_without_script(served, browser):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{served.address}/nl/source/dubois2002/")
    box = page.locator("details.cite").first
    box.locator("summary").click()
    expect(box.locator(".cite-text")).to_be_visible()
    context.close()


# Eyes, hands, paper.


@pytest.mark.parametrize("width", [320, 640], ids=["320 px", "200 % of 1280 px"])
def test_no_page_scrolls_sideways(site, served, browser, width):
    context = browser.new_context(viewport={"width": width, "height": 512})
    page, wide = context.new_page(), {}
    for path in of_every_kind(site):
        page.goto(f"{served.address}/{path}")
        wide[path] = page.evaluate("document.documentElement.scrollWidth")
    context.close()
    assert {path: found for path, found in wide.items() if found > width} == {}


FOCUS = """() => {
    const style = getComputedStyle(document.activeElement);
    const label = document.activeElement.nextElementSibling;
    const outlines = [style, ...(label ? [getComputedStyle(label)] : [])];
    return [document.activeElement.outerHTML.slice(0, 90),
        outlines.some(style => style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2)];
}"""


@pytest.mark.parametrize("path", ["nl/", "en/source/dubois2002/", "nl/role/"])
def test_focus_is_seen(served, visit, path):
    page = visit(f"{served.address}/{path}", viewport=DESK)
    steps = []
    for _ in range(40):
        page.keyboard.press("Tab")
        steps.append(page.evaluate(FOCUS))
    seen = [html for html, visible in steps if visible]
    assert len(set(seen)) > 15
    assert [html for html, visible in steps if not visible and not html.startswith(("<body", "<html"))] == []


def test_search_is_opened_from_the_start_page(served, visit):
    for size in (PHONE, DESK):
        page = visit(f"{served.address}/nl/", viewport=size)
        page.get_by_role("button", name="Zoek:").press("Enter")
        expect(page.locator("#search-input")).to_be_focused(timeout=PATIENCE)


def test_wide_table_scrolls_by_keyboard(served, visit):
    page = visit(f"{served.address}/nl/rubric/", viewport={"width": 320, "height": 640})
    place = page.locator(".md-typeset__scrollwrap").first
    expect(place).to_have_attribute("tabindex", "0", timeout=PATIENCE)
    place.focus()
    page.keyboard.press("ArrowRight")
    eventually(page, "document.activeElement.scrollLeft > 0")


def test_nothing_moves_for_who_wants_that(served, browser):
    context = browser.new_context(reduced_motion="reduce")
    page = context.new_page()
    page.goto(f"{served.address}/nl/indicator/matching/")
    longest = """Math.max(...[...document.querySelectorAll("*")].flatMap(element => {
        const { transitionDuration, animationDuration } = getComputedStyle(element);
        return `${transitionDuration},${animationDuration}`.split(",").map(parseFloat);
    }))"""
    assert page.evaluate(longest) <= 0.001
    context.close()


def test_paper_shows_the_text_and_its_pictures(served, browser):
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{served.address}/nl/indicator/matching/")
    page.emulate_media(media="print")
    for name in ("header.md-header", ".md-sidebar--primary", ".md-sidebar--secondary", "footer.md-footer"):
        assert page.locator(name).is_hidden(), name
    assert page.locator(".chart-picture").first.is_visible()
    assert page.locator(".graph svg:visible").count() > 0
    after = "links => links.map(link => getComputedStyle(link, '::after').content)"
    assert set(page.locator("article a[href]").evaluate_all(after)) == {"none"}
    context.close()


# Words.


def test_titles_begin_with_a_capital(site):
    found = [re.search(r"<title>(.)", path.read_text("utf-8"))[1] for path in site.rglob("*.html")]
    assert [first for first in found if first.lower() == first and first.upper() != first] == []


def test_every_country_has_a_name(real_kb):
    records = Records(real_kb)
    codes = {code for source in records.things["source"] for code in records.values(source, DUO.country)}
    assert codes
    assert {code for code in codes if not has_phrase(f"country-{code}")} == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_start_page_counts(site, real_kb, language):
    records = Records(real_kb)
    text = (site / language / "index.html").read_text("utf-8")
    figures = [int(n) for n in re.findall(r"<li><strong>(\d+)</strong>", text)]
    assert figures == [len(records.things[kind]) for kind in ("source", "claim", "gap", "caveat")]
    table = re.search(r'<table class="strengths">.*?</table>', text, re.DOTALL)[0]
    rows = [[int(n) for n in re.findall(r"<b>(\d+)</b>", row)] for row in table.split("<tr>")[2:]]
    sums = [sum(column) for column in zip(*rows, strict=True)]
    assert sums == [len(records.things[kind]) for kind in ("indicator", "outcome", "pitfall")]


def test_sample_has_every_overview(site):
    for language in LANGUAGES:
        wanted = {f"{language}/{path}/".replace("/index/", "/") for path in OVERVIEWS if path.count("/") < 2}
        assert wanted <= set(pages(site, language))
        assert {path for path in wanted if path.count("/") <= 2} <= set(sample(site, language))
