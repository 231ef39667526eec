"""Works of another shape than a report go the same way: a guide without sections, and a review with a table.

The folder tests/data/second is added to the miniature as CONTRIBUTING tells: files of content, and nothing else.
"""

import csv
import io
import json
import re
import shutil

import pytest
from conftest import DATA, lay_out_tiny

from kb.checks.validation import shacl_faults, validate
from kb.content.knowledge_base import load_knowledge_base
from kb.exports.data_tables import as_csv, claims_table, estimates_table
from kb.exports.graph import FORMATS, export_graph
from kb.model.records import Records
from kb.namespaces import BASE, DUO
from kb.site.pages import Places, write_markdown

GUIDE, REVIEW = f"{BASE}source/davis2019", f"{BASE}source/evans2021"
EFFECT = f"{BASE}claim/befriending--self-confidence"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    root = lay_out_tiny(tmp_path_factory.mktemp("second"))
    shutil.copytree(DATA / "second" / "evidence", root / "evidence", dirs_exist_ok=True)
    with (root / "sources.bib").open("a", encoding="utf-8") as file:
        file.write((DATA / "second" / "sources.bib").read_text("utf-8"))
    return root


@pytest.fixture(scope="module")
def kb(folder):
    return load_knowledge_base(folder)


@pytest.fixture(scope="module")
def records(kb):
    return Records(kb)


@pytest.fixture(scope="module")
def pages(folder, kb):
    """Write the pages and give the text of one, on one line."""
    write_markdown(kb, Places(folder))

    def read(language, path):
        text = (folder / "build" / "pages" / language / f"{path}.md").read_text("utf-8")
        return re.sub(r"\s+", " ", text)

    return read


def test_nothing_is_at_fault(kb):
    assert validate(kb) == []
    assert list(shacl_faults(kb)) == []


def test_every_question_is_answered(kb):
    assert [name for name, query in kb.queries.items() if kb.answer(query) is None] == []


def test_what_the_guide_says_was_read_in_it(records):
    (item,) = records.claim(f"{BASE}claim/davis-advises-a-trial-month").evidence
    assert (item.read_as, item.cited_via, item.basis, item.counts) == ("Original", (), "Statement", False)


def test_a_claim_read_in_two_works_has_a_place_in_each(records):
    items = records.claim(f"{BASE}claim/projects-train-in-the-evening").evidence
    assert {item.source.rpartition("/")[2]: (item.read_as, item.place.locator) for item in items} == {
        "clark2016": ("Original", "p. 3"),
        "davis2019": ("Original", "p. 20"),
    }


@pytest.mark.parametrize(
    ("language", "path", "words"),
    [
        ("en", "claim/davis-advises-a-trial-month", "Read in [Davis (2019)](../source/davis2019.md), p. 12."),
        ("nl", "claim/davis-advises-a-trial-month", "Gelezen in [Davis (2019)](../source/davis2019.md), p. 12."),
        ("en", "claim/projects-train-in-the-evening", "p. 20"),
        ("en", "source/davis2019", "**How far we read it:** read in full"),
        ("en", "source/evans2021", "**Pools:** [Adams & Bakker (2001)](adams2001.md)"),
        ("nl", "source/adams2001", "**Samengebracht in:** [Evans et al. (2021)](evans2021.md)"),
        ("en", "claim/befriending--self-confidence", "Befriending probably leads to slightly more self-confidence."),
        ("nl", "claim/befriending--self-confidence", "Befriending leidt waarschijnlijk tot iets meer zelfvertrouwen."),
        ("nl", "outcome/self-confidence", "Befriending leidt waarschijnlijk tot iets meer zelfvertrouwen."),
        ("en", "concept/befriending", "Befriending probably leads to slightly more self-confidence."),
        (
            "en",
            "claim/befriending--self-confidence",
            "**standardised mean difference 0.31 (95% interval 0.12 to 0.5)** 6 months, usual care, 5 studies"
            " combined, 400 people",
        ),
        (
            "nl",
            "claim/befriending--self-confidence",
            "**gestandaardiseerd gemiddeld verschil 0,31 (95%-interval 0,12 tot 0,5)**",
        ),
        ("en", "claim/befriending--self-confidence", "**60% against 45%**"),
        ("en", "effect/index", "[Befriending probably leads to slightly more self-confidence.]"),
    ],
)  # fmt: skip
def test_pages_tell_it(language, path, words, pages):
    assert words in pages(language, path).replace("&amp;", "&")


@pytest.mark.parametrize("language", ["en", "nl"])
def test_search_knows_the_works_and_the_sentence(language, folder, pages):
    assert pages(language, "source/davis2019")
    assets = folder / "build" / "pages" / language / "assets"
    if not (assets / "search.json").is_file():
        pytest.skip("the search files are made with the site")
    assert "davis2019" in json.dumps(json.loads((assets / "search.json").read_text("utf-8")))


def test_files_hold_it(records):
    claims = list(csv.DictReader(io.StringIO(as_csv(claims_table(records)))))
    assert {row["locator"] for row in claims if row["source"] == GUIDE} == {"p. 12", "p. 20"}
    estimates = {row["estimate"]: row for row in csv.DictReader(io.StringIO(as_csv(estimates_table(records))))}
    found = estimates[f"{BASE}estimate/evans2021-short"]
    figures = tuple(found[name] for name in ("claim", "source", "value", "ci_low", "ci_high", "measure"))
    assert figures == (EFFECT, REVIEW, "0.31", "0.12", "0.5", str(DUO.SMD))


@pytest.mark.parametrize("format_", FORMATS)
def test_exports_hold_it(format_, kb):
    text = export_graph(kb, format_)
    assert "davis2019" in text
    assert "evans2021-short" in text
