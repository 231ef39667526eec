"""What an editor of code adds most: how many files it takes, tried in a copy of the program, in the miniature."""

import shutil

import pytest
from conftest import ROOT, lay_out_tiny
from languages import GENERATE, copy_program, run_copy

from kb.words import LANGUAGES

# A kind of concept: a row in the table of kinds, and a class in the ontology with its first thing.
KIND = """
[setting]
class = "duo:Setting"
sections = ["definition", "names", "claims", "sources", "neighbourhood"]
graph = true
names = true
schema = "DefinedTerm"
colours = ["#726a10", "#d2c971"]
mark = "M-6-6h12v12h-12z"
"""
CLASS = """
@prefix setting: <https://w3id.org/duo-kb/setting/> .
duo:Setting a owl:Class ; rdfs:subClassOf duo:Concept ;
    rdfs:label "setting"@en , "ontmoetingsplaats"@nl ; rdfs:comment "Where they meet."@en , "Waar ze elkaar zien."@nl .
setting:at-home a duo:Setting ; skos:inScheme duo:concepts ;
    skos:prefLabel "at home"@en , "thuis"@nl ;
    skos:definition "Where the participant lives."@en , "Waar de deelnemer woont."@nl ;
    dcterms:source <https://w3id.org/duo-kb/source/adams2001> .
"""
# An overview: a module of its subject, the words of each language, and a line of the menu.
OVERVIEW = '''"""Where they meet."""

from kb.pages.page import Page
from kb.pages.thing import Values, things


def overview(page: Page) -> Values:
    """Return the settings."""
    found = things(page, page.records.things["setting"])
    return {"title": page.t("settings-title"), "lead": page.t("settings-lead"), "groups": [("", found)]}


OVERVIEWS = {"setting/index": ("list", overview)}
'''
WORDS = {
    "en": '\nsettings-title = "Where they meet"\nsettings-lead = "All of them."\n',
    "nl": '\nsettings-title = "Waar ze elkaar zien"\nsettings-lead = "Allemaal."\n',
}


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    """The miniature with both, its pages made by its own copy of the program; and the files that were touched."""
    folder = copy_program(lay_out_tiny(tmp_path_factory.mktemp("trial") / "project"))
    shutil.copytree(ROOT / "docs/style", folder / "docs/style")
    touched = {
        "kb/kinds.toml": KIND,
        "ontology.ttl": CLASS,
        "kb/pages/subjects/settings.py": OVERVIEW,
        **{f"kb/words/{language}/pages.toml": WORDS[language] for language in ("en", "nl")},
    }
    for name, added in touched.items():
        with (folder / name).open("a", encoding="utf-8") as file:
            file.write(added)
    made = run_copy(folder, GENERATE)
    assert made.returncode == 0, made.stderr
    return folder


def page(project, language, path):
    return (project / "build/pages" / language / f"{path}.md").read_text("utf-8")


def test_new_kind_is_a_row_and_a_class(project):
    text = page(project, "nl", "setting/at-home")
    assert "# thuis\n" in text
    assert "</span> ontmoetingsplaats\n{ .kind .kind-setting }" in text
    assert "Waar de deelnemer woont." in text
    assert "[Adams &amp; Bakker (2001)](../source/adams2001.md)" in text
    assert "[thuis](setting/at-home.md)" in page(project, "nl", "a-z")
    for language in LANGUAGES:
        assets = project / "build/pages" / language / "assets"
        assert "--graph-setting: #726a10;" in (assets / "site.css").read_text("utf-8")
        assert '"path":"setting/at-home/"' in (assets / "search.json").read_text("utf-8")
        assert "setting:at-home" in (assets / "concepts.graphml").read_text("utf-8")


def test_new_overview_is_a_module_and_its_words(project):
    """With a line in the menu four files: a page that only lists things needs no template of its own."""
    text = page(project, "nl", "setting/index")
    assert "# Waar ze elkaar zien\n" in text
    assert "- **[thuis](at-home.md)**" in text
    assert "# Where they meet\n" in page(project, "en", "setting/index")
    assert '"path":"setting/"' in (project / "build/pages/nl/assets/search.json").read_text("utf-8")
