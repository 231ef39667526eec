"""The HTML of the pages: valid, with titles that begin with a capital, and with the counts of the content."""

import re

import pytest
from browsing import of_every_kind

from audit import html
from audit.kinds import LANGUAGES
from kb.model.records import Records


def test_html_is_valid(site):
    every = [site / "index.html", *(site / language / "404.html" for language in LANGUAGES)]
    assert html.faults([*every, *(site / path / "index.html" for path in of_every_kind(site))]) == []


def test_html_faults_are_told(tmp_path):
    page = tmp_path / "page.html"
    page.write_text('<!doctype html>\n<html lang="nl"><title>a</title><p id="a"><p id="a"></html>\n', "utf-8")
    assert len(html.faults([page])) > 0


def test_titles_begin_with_a_capital(site):
    found = [re.search(r"<title>(.)", path.read_text("utf-8"))[1] for path in site.rglob("*.html")]
    assert [first for first in found if first.lower() == first and first.upper() != first] == []


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
