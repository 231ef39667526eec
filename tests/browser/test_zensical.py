"""The way to the site tool's successor stays open: Zensical builds the sites from the same Markdown and configuration.

Zensical runs no hooks, so the pages must be there before, and what the theme shows of the languages is configured here.
It wants `docs_dir` to lie in the project's folder, links followed, and keeps a cache in `.cache/` there: hence a copy.
The miniature in English, the real content in Dutch.
"""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from browsing import lay_out_site
from conftest import ROOT
from rdflib import SKOS

from kb.content.knowledge_base import load_knowledge_base
from kb.model.records import Records
from kb.pages.page import page_path
from kb.site.build import configuration, menu, theme_values
from kb.site.pages import generate
from kb.words import LANGUAGES, others

# The last part of mkdocs.yml, which names no type of mkdocs alone.
NAV = yaml.safe_load((ROOT / "mkdocs.yml").read_text("utf-8").partition("\nnav:\n")[2])
MATCHING = "https://w3id.org/duo-kb/indicator/matching"


def miniature(folder):
    generate(lay_out_site(folder))
    return load_knowledge_base(folder)


def real(folder, root):
    shutil.copytree(root / "docs" / "theme", folder / "docs" / "theme")
    shutil.copytree(root / "build" / "pages", folder / "build" / "pages")
    for language in LANGUAGES:
        shutil.copy(root / configuration(language), folder)
    return load_knowledge_base(root)


@pytest.fixture(scope="module", params=LANGUAGES)
def built(request, site, tmp_path_factory):
    """The language, the project, what it says and what Zensical said."""
    language, folder = request.param, tmp_path_factory.mktemp("zensical") / "project"
    kb = miniature(folder) if language == "en" else real(folder, site.parent)
    shown = {"INHERIT": configuration(language), "extra": theme_values(language), "nav": menu(NAV, language)}
    configured = "".join(f"{name}: {json.dumps(value)}\n" for name, value in shown.items())
    (folder / "zensical.yml").write_text(configured, "utf-8")
    command = [Path(sys.executable).with_name("zensical"), "build", "--strict", "-f", "zensical.yml"]
    run = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    return language, folder, Records(kb), run


def matching(language, folder):
    return (folder / "site" / language / "indicator" / "matching" / "index.html").read_text("utf-8")


def test_builds_without_a_warning(built):
    *_, run = built
    assert run.returncode == 0, run.stdout + run.stderr
    assert "No issues found" in run.stdout + run.stderr


def test_every_page_is_there(built):
    language, folder, *_ = built
    sources, site = folder / "build" / "pages" / language, folder / "site" / language
    addresses = {path.relative_to(sources).with_suffix("").as_posix() for path in sources.rglob("*.md")}
    wanted = {name if name.endswith("index") else f"{name}/index" for name in addresses}
    made = {path.relative_to(site).with_suffix("").as_posix() for path in site.rglob("*.html")}
    assert made == wanted | {"404"}


def test_page_has_text_and_sources(built):
    language, folder, records, _ = built
    page = matching(language, folder)
    sources = [f"../../{page_path(iri)}/" for iri in records.sources_of(MATCHING)]
    assert f'<html lang="{language}"' in page
    assert records.text(MATCHING, SKOS.definition, language).words in page
    assert sources
    assert [address for address in sources if f'href="{address}"' not in page] == []


def test_page_has_graph_and_switch(built):
    language, folder, *_ = built
    page = matching(language, folder)
    assert page.count('class="graph-node') > 4
    for other in others(language):
        assert f'href="../../../{other}/indicator/matching/"' in page
