"""Pages are made from one function and one template each; a template only shows what it is given."""

from inspect import signature
from pathlib import Path

import pytest
from conftest import ROOT
from jinja2 import nodes
from jinja2.defaults import DEFAULT_NAMESPACE
from jinja2.meta import find_undeclared_variables

from kb.kinds import KINDS
from kb.pages import contents, render
from kb.pages.contents import OVERVIEWS, SECTIONS
from kb.pages.shared import Shared

TEMPLATES = ROOT / "kb" / "templates"
NAMES = sorted(path.relative_to(TEMPLATES).with_suffix("").as_posix() for path in TEMPLATES.rglob("*.md"))
# Templates of files that are no overview and no section.
OTHERS = {"cite-page", "macros", "moved", "question", "retired", "thing", "tool-macros"}
# What every template may say and reach: words, and the addresses of other pages.
WORDS = {"t", "counted", "kind_name", "file", "front_matter"}


def parsed(name: str) -> nodes.Template:
    return render._environment().parse((TEMPLATES / f"{name}.md").read_text("utf-8"))


def test_every_template_has_its_function():
    overviews = {overview.template for overview in OVERVIEWS.values()}
    assert {*overviews, *(f"sections/{name}" for name in SECTIONS), *OTHERS} == set(NAMES)


def test_no_two_subjects_make_the_same():
    told = [key for name in ("OVERVIEWS", "SECTIONS") for key, _ in contents._told(name)]
    assert len(told) == len(set(told)) > 60


def test_sections_of_kinds_are_known_and_used():
    assert {name for kind in KINDS.values() for name in kind.sections} == set(SECTIONS)


@pytest.mark.parametrize("make", [*(overview.make for overview in OVERVIEWS.values()), *SECTIONS.values()])
def test_functions_ask_for_what_pages_share(make):
    first, *wanted = signature(make).parameters
    assert first == "page"
    assert [name for name in wanted if name not in vars(Shared) and name not in Shared.__annotations__] == []


def test_templates_are_given_nothing_that_looks_things_up():
    environment = render._environment()
    assert set(environment.globals) - set(DEFAULT_NAMESPACE) == {"Markup"}
    given = set(DEFAULT_NAMESPACE) | {"Markup"} | WORDS
    for name in NAMES:
        assert not find_undeclared_variables(parsed(name)) & {"page", "records", "shared", "kb"}, name
        called = {call.node.name for call in parsed(name).find_all(nodes.Call) if isinstance(call.node, nodes.Name)}
        macros = {macro.name for macro in parsed(name).find_all(nodes.Macro)}
        assert called <= given | macros, name


def test_page_modules_do_not_know_the_templates():
    """Only kb/pages/render.py turns values into text."""
    users = {path.name for path in Path(ROOT / "kb").rglob("*.py") if "get_template(" in path.read_text("utf-8")}
    assert users == {"render.py"}
