"""The two tools for coordinators: what they are made from, and in a real browser what a coordinator does with them."""

import itertools
import json
from collections import Counter

import pytest
from browsing import DESK, PHONE, serving
from conftest import ROOT
from playwright.sync_api import expect

from kb.model.records import Records
from kb.namespaces import BASE, DUO
from kb.pages.page import Page
from kb.pages.subjects import tools

LANGUAGES = ("en", "nl")
POSITIONS = range(1, 7)
ANSWERS = "matching=absent&training=partly&clear-agreements=absent&setting=absent&trust-relationship=present"
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
FAULTS = "() => axe.run('.tool').then(({violations}) => violations.map(({id, nodes}) => [id, nodes.map(n => n.html)]))"


@pytest.fixture(scope="module")
def records(real_kb):
    return Records(real_kb)


@pytest.fixture(scope="module")
def placing(records):
    return tools.placing(records)


def places(answers):
    """The positions to which the most of these answers point."""
    times = Counter(position for answer in answers for position in answer.positions)
    return {position for position, count in times.items() if count == max(times.values())}


def consistent(placing, position):
    """To each question the answer that points to this position and to the fewest others."""
    fitting = [
        [answer for answer in question.answers if position in answer.positions] for question in placing.questions
    ]
    return [min(found, key=lambda answer: len(answer.positions)) for found in fitting]


# -- what they are made from


@pytest.mark.parametrize("position", POSITIONS)
def test_every_position_can_be_reached(placing, position):
    assert places(consistent(placing, position)) == {position}


def test_every_project_can_answer_every_question(placing):
    for question in placing.questions:
        assert {place for answer in question.answers for place in answer.positions} == set(POSITIONS), question.name


def test_questions_and_answers_are_in_both_languages(placing, records):
    things = [thing.iri for question in placing.questions for thing in (question, *question.answers)]
    assert len(things) > 20
    for thing in things:
        texts = [records.label(thing, language) for language in LANGUAGES]
        assert [text.foreign for text in texts] == [False, False], thing
        assert len({text.words for text in texts}) == len(LANGUAGES), thing


def test_names_are_told_apart(placing):
    names = [question.name for question in placing.questions]
    assert len(names) == len(set(names))
    for question in placing.questions:
        assert len({answer.name for answer in question.answers}) == len(question.answers)


def test_answers_rest_on_claims_about_their_positions(placing, records):
    for answer in (answer for question in placing.questions for answer in question.answers):
        about = {thing for claim in answer.claims for thing in records.claim(claim).about}
        assert {f"{BASE}spectrum/{position}" for position in answer.positions} <= about, answer


def test_every_position_has_a_role_and_what_to_look_at(placing):
    assert sorted(itertools.chain.from_iterable(role.positions for role in placing.roles)) == list(POSITIONS)
    for position in POSITIONS:
        assert sum(position in pointer.positions for pointer in placing.first) >= 3


def test_reasons_to_look_are_claims_about_the_indicator(placing, records):
    for pointer in placing.first:
        assert pointer.iri in records.claim(pointer.claim).about, pointer
    assert {role.iri for role in placing.roles} == set(records.things["role"])


def test_best_known_indicators_rank_first(records):
    ranks = tools.ranks(Page(records, "en", "tools/self-check"))
    assert sorted(ranks.values()) == list(range(1, len(records.things["indicator"]) + 1))
    places = [records.number(records.value(iri, DUO.standing), DUO.position) for iri in sorted(ranks, key=ranks.get)]
    assert places == sorted(places)
    assert len(set(places)) > 1


# -- in the browser


@pytest.fixture(scope="module")
def address(site):
    with serving(site) as origin:
        yield origin


@pytest.fixture
def look(browser, address):
    """Open a page in a browser that has never been here; `sent` of the page holds what it asked for."""
    opened = []

    def open_page(path, context=None, **options):
        if context is None:
            context = browser.new_context(**options)
            context.set_default_timeout(60_000)
            opened.append(context)
        page = context.new_page()
        page.sent = []
        page.on("request", lambda request: page.sent.append((request.method, request.url)))
        page.goto(f"{address}/{path}")
        return page

    yield open_page
    for context in opened:
        context.close()


def findings(page, name):
    """The slugs of the indicators in a list of the result, in order."""
    links = page.locator(f"[data-list={name}] .tool-about a").evaluate_all("links => links.map(link => link.href)")
    return [link.rstrip("/").rpartition("/")[2] for link in links]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("position", POSITIONS)
def test_project_finds_its_place(look, placing, language, position):
    page = look(f"{language}/tools/spectrum/", viewport=PHONE)
    for question, answer in zip(placing.questions, consistent(placing, position), strict=True):
        page.locator(f"input[name={question.name}][value={answer.name}]").check()
    page.locator("button[type=submit]").click()
    expect(page.locator(".tool-position:visible")).to_have_attribute("data-position", str(position))
    expect(page.locator(".spectrum-steps .here")).to_have_text(
        page.locator(".spectrum-steps li").nth(position - 1).text_content()
    )
    assert page.locator("[data-list=why] li").count() == len(placing.questions)
    expect(page.locator("[data-list=elsewhere]")).to_be_hidden()
    assert page.locator(".tool-position:visible a[href*='/indicator/']").count() >= 3
    assert page.locator(".tool-position:visible a[href*='/role/']").count() >= 1


@pytest.mark.parametrize(
    ("answers", "found", "said"),
    [
        ("aim=bond&moment=open", ["1", "2"], "two"),
        ("goals=none&moment=start&weight=all", ["6"], "one"),
        ("goals=none&weight=all", ["1", "6"], "spread"),
    ],
)
def test_answers_that_disagree_are_told(look, answers, found, said):
    page = look(f"en/tools/spectrum/#{answers}", viewport=DESK)
    shown = page.locator(".tool-position:visible").evaluate_all("all => all.map(one => one.dataset.position)")
    assert shown == found
    expect(page.locator(".tool-verdict")).to_contain_text(page.locator(".tool").get_attribute(f"data-{said}"))


def test_self_check_puts_absent_and_best_known_first(look, records):
    ranks = {iri.rpartition("/")[2]: rank for iri, rank in tools.ranks(Page(records, "nl", "x")).items()}
    page = look(f"nl/tools/self-check/#{ANSWERS}", viewport=DESK)
    absent = sorted(("matching", "clear-agreements", "setting"), key=ranks.get)
    assert findings(page, "attention") == [*absent, "training"]
    assert findings(page, "strengths") == ["trust-relationship"]
    assert page.locator("[data-list=open] li").count() == len(ranks) - 5
    for entry in page.locator("[data-list=attention] > ol > li").all():
        assert entry.locator(".state").inner_text()
    setting = page.locator("[data-list=attention] > ol > li", has_text="Setting van de activiteit")
    expect(setting.locator(".state")).to_contain_text("genoemd in een overzicht")
    assert page.locator("[data-list=attention] a[href*='/question/matching']").count()


def test_self_check_by_keyboard_alone(look):
    page = look("en/tools/self-check/", viewport=DESK)
    page.locator(".tool-keep").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("ArrowRight")
    outlined = "getComputedStyle(document.activeElement.closest('label')).outlineStyle"
    assert page.evaluate(outlined) == "solid"
    assert page.locator("#fitness-for-purpose input:checked").get_attribute("value") == "partly"
    for _ in range(100):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.type") == "submit":
            break
    page.keyboard.press("Enter")
    expect(page.locator("#result-title")).to_be_focused()
    assert findings(page, "attention") == ["fitness-for-purpose"]


def test_nothing_answered_is_told(look):
    page = look("nl/tools/self-check/", viewport=DESK)
    page.locator("button[type=submit]").click()
    expect(page.locator(".tool-status")).to_have_text("Beantwoord eerst minstens één vraag.")
    expect(page.locator(".tool-result")).to_be_hidden()


@pytest.mark.parametrize("name", ["self-check", "spectrum"])
def test_nothing_is_sent_or_kept_unasked(look, name):
    page = look(f"en/tools/{name}/", viewport=DESK)
    before = len(page.sent)
    page.locator("fieldset").first.locator("input").first.check()
    page.locator("button[type=submit]").click()
    assert [url for _, url in page.sent[before:] if not url.endswith("favicon.svg")] == []
    assert page.evaluate("Object.keys(localStorage).filter(key => key.startsWith('duo-kb'))") == []
    assert "#" not in page.url
    again = look(f"en/tools/{name}/", context=page.context)
    assert again.locator(".tool input:checked").count() == 0


def test_answers_are_kept_on_request_until_cleared(look):
    page = look("en/tools/self-check/", viewport=DESK)
    page.locator(".tool-keep").check()
    page.locator("#matching input[value=absent]").check()
    again = look("nl/tools/self-check/", context=page.context)
    assert findings(again, "attention") == ["matching"]
    other = look("en/tools/self-check/#training=absent", context=page.context)
    other.locator("#setting input[value=absent]").check()
    kept = look("en/tools/self-check/", context=page.context)
    assert findings(kept, "attention") == ["matching"], "answers from an address took the place of those kept"
    kept.locator("[data-do=clear]").click()
    assert kept.locator(".tool input[type=radio]:checked").count() == 0
    assert look("en/tools/self-check/", context=page.context).locator(".tool input:checked").count() == 0


def test_address_brings_the_result_back_in_the_other_language(look):
    page = look(f"en/tools/self-check/#{ANSWERS}", viewport=PHONE)
    page.locator("[data-do=address]").click()
    shared = page.locator(".tool-address").input_value()
    other = look(shared.partition("/en/")[2].join(("nl/", "")))
    assert findings(other, "attention") == findings(page, "attention")


def test_strange_address_does_no_harm(look):
    page = look("en/tools/self-check/#matching=%3Cb%3E&nothing=absent&%%%", viewport=DESK)
    assert page.locator(".tool input[type=radio]:checked").count() == 0
    expect(page.locator(".tool-result")).to_be_hidden()


@pytest.mark.parametrize(("name", "answers"), [("self-check", ANSWERS), ("spectrum", "aim=bond&goals=none")])
def test_result_can_be_taken_as_a_file(look, name, answers):
    page = look(f"nl/tools/{name}/#{answers}", viewport=DESK)
    with page.expect_download() as started:
        page.locator("[data-do=download]").click()
    assert started.value.suggested_filename == f"{name}.txt"
    text = started.value.path().read_text("utf-8")
    assert text.startswith(page.locator("h1").evaluate("title => title.firstChild.textContent"))
    assert f"/nl/tools/{name}/#" in text
    assert "/nl/indicator/" in text
    assert page.locator("#result-title").inner_text() in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_checklist_reads_without_scripts(look, records, language):
    page = look(f"{language}/tools/self-check/", viewport=PHONE, java_script_enabled=False)
    shown = [legend.strip().partition(" ")[2] for legend in page.locator("legend").all_text_contents()]
    asked = [records.text(iri, DUO.checkQuestion, language).words for iri in records.things["indicator"]]
    assert shown == asked
    assert page.locator(".tool-about a[href*='/indicator/']:visible").count() == len(asked)
    assert page.locator("input[type=radio]:visible").count() == len(asked) * len(tools.ANSWERS)
    assert page.locator("button[type=submit]:visible").count() == 0


def test_spectrum_reads_without_scripts(look, placing):
    page = look("nl/tools/spectrum/", viewport=PHONE, java_script_enabled=False)
    assert page.locator(".tool-points:visible").count() == sum(len(question.answers) for question in placing.questions)
    assert page.locator(".tool-position:visible").count() == len(POSITIONS)
    assert page.locator(".tool-points a[href*='/spectrum/']").count() >= 24


def test_print_leaves_out_what_is_not_paper(look):
    page = look(f"en/tools/self-check/#{ANSWERS}", viewport=DESK)
    page.emulate_media(media="print")
    expect(page.locator(".tool-share")).to_be_hidden()
    expect(page.locator("button[type=submit]")).to_be_hidden()
    expect(page.locator("#result-title")).to_be_visible()
    assert page.locator("legend:visible").count() == page.locator("legend").count()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("name", "answers"), [("self-check", ANSWERS), ("spectrum", "aim=bond&goals=none&bond=way")])
def test_tools_are_accessible(look, name, answers, scheme):
    page = look(
        f"nl/tools/{name}/#{answers}", viewport={"width": 320, "height": 640}, color_scheme=scheme, bypass_csp=True
    )
    expect(page.locator(".tool-result")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    page.add_script_tag(path=AXE)
    assert page.evaluate(FAULTS) == [], json.dumps(page.evaluate(FAULTS), indent=1)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("start", ["", "spectrum/", "indicator/"])
def test_tools_are_found(look, language, start):
    page = look(f"{language}/{start}", viewport=DESK)
    wanted = {"": ("self-check", "spectrum"), "spectrum/": ("spectrum",), "indicator/": ("self-check",)}[start]
    for name in wanted:
        assert page.locator(f".md-content a[href*='tools/{name}']").count() >= 1
