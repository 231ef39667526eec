"""The policy: what it allows, that every page has it, and that pages live by it."""

import re

from browsing import PATIENCE, PHONE, of_every_kind, search

from audit.kinds import LANGUAGES
from kb.site.content_security_policy import content_policy, finished, inline_scripts

THEME = """<head>
<meta charset="utf-8">
<script>first()</script><script type="application/json">{"no": "script"}</script><script src="a.js"></script>
</head><input class="md-toggle" id="a" autocomplete="off"><td style="text-align: right;">1</td>
"""
FIRST = "'sha256-fDYmfWjvur9AxjhDbjHe6RvExc05MbXhhrbgz2vvy/A='"


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
