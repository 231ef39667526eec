"""The way to the site tool's successor stays open: Zensical builds both sites from the same Markdown and configuration.

Zensical runs no hooks, so the pages must be there before; it wants `docs_dir` to lie in the project's folder, links
followed, and keeps a cache in `.cache/` there: hence the copy.
"""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from kb.pages.page import page_path
from kb.records import Records

CONFIGURATIONS = {"en": "mkdocs.yml", "nl": "mkdocs.nl.yml"}
MATCHING = "https://w3id.org/duo-kb/indicator/matching"


@pytest.fixture(scope="module", params=CONFIGURATIONS)
def built(request, site, tmp_path_factory):
    """The language, the folder of its site and what Zensical said."""
    language, root, folder = request.param, site.parent, tmp_path_factory.mktemp("zensical")
    shutil.copytree(root / "docs" / "theme", folder / "docs" / "theme")
    shutil.copytree(root / "build" / "pages" / language, folder / "build" / "pages" / language)
    for name in CONFIGURATIONS.values():
        shutil.copy(root / name, folder)
    program = Path(sys.executable).with_name("zensical")
    command = [program, "build", "--strict", "-f", CONFIGURATIONS[language]]
    run = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    return language, folder / "site" / language, run


def pages(folder):
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*.html")}


def test_builds_without_a_warning(built):
    _, _, run = built
    assert run.returncode == 0, run.stdout + run.stderr
    assert "No issues found" in run.stdout + run.stderr


def test_makes_the_same_pages(built, site):
    language, folder, _ = built
    assert pages(folder) == pages(site / language)


def test_page_has_text_and_sources(built, real_kb):
    language, folder, _ = built
    records = Records(real_kb)
    page = (folder / "indicator" / "matching" / "index.html").read_text("utf-8")
    sources = [f"../../{page_path(iri)}/" for iri in records.sources_of(MATCHING)]
    assert f'<html lang="{language}"' in page
    assert {"en": "Bringing a volunteer and a participant", "nl": "Een vrijwilliger en een deelnemer"}[language] in page
    assert len(sources) > 5
    assert [address for address in sources if f'href="{address}"' not in page] == []


def test_page_has_graph_and_switch(built):
    language, folder, _ = built
    page = (folder / "indicator" / "matching" / "index.html").read_text("utf-8")
    other = {"en": "nl", "nl": "en"}[language]
    assert page.count('class="graph-node') > 10
    assert f'href="../../../{other}/indicator/matching/"' in page
