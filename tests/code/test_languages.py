"""A language is a folder of words and a site's configuration: one that has begun falls back, half of one is a fault."""

import csv
import io
import json
import shutil

import pytest
from conftest import ROOT, lay_out_tiny
from languages import COMMAND, GENERATE, begin_french, run_copy

from kb.site.build import configuration
from kb.site.pages import in_reference_only
from kb.words import LANGUAGES, counted, langid_name, phrase

# A name in French, and shapes by which the content may be in French too.
FRENCH_NAME = '\nindicator:matching skos:altLabel "appariements"@fr .\n'
TWO, THREE = '( "en" "nl" )', '( "en" "fr" "nl" )'


def lay_out(folder):
    """The miniature with the pages written by hand and the stemmers, but for a site."""
    lay_out_tiny(folder)
    for name in ("docs/en", "docs/nl", "build/script"):
        shutil.copytree(ROOT / name, folder / name)
    return folder


@pytest.fixture(scope="module")
def without(tmp_path_factory):
    """The pages of the miniature, by language, as they are in the languages of the repository."""
    folder = lay_out(tmp_path_factory.mktemp("without") / "project")
    assert run_copy(folder, GENERATE).returncode == 0
    return folder / "build" / "pages"


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    """The pages of the same where French has begun."""
    folder = begin_french(lay_out(tmp_path_factory.mktemp("french") / "project"))
    made = run_copy(folder, GENERATE)
    assert made.returncode == 0, made.stderr
    return folder / "build" / "pages"


def markdown(folder):
    return {path.relative_to(folder).as_posix(): path.read_text("utf-8") for path in folder.rglob("*.md")}


def test_begun_language_has_every_page(pages):
    assert markdown(pages / "fr").keys() == markdown(pages / "en").keys()


def test_other_languages_stay_as_they_are(pages, without):
    told = {"index.md", "downloads.md"}  # which tell how large the tables are
    for language in LANGUAGES:
        old, new = markdown(without / language), markdown(pages / language)
        assert {path for path in old if old[path] != new.get(path)} <= told
        assert old.keys() == new.keys()


def test_text_falls_back_and_names_its_language(pages):
    page = (pages / "fr/indicator/matching.md").read_text("utf-8")
    definition = '<span lang="en">Bringing the right two together.</span> <small>(en anglais seulement)</small>'
    assert definition in page
    assert "## Dans quelle mesure est-ce connu ?" in page
    assert "**En anglais:** " in page
    assert "**En néerlandais:** " in page
    assert phrase("what-sources-say", "en") in page


def test_pages_written_by_hand_fall_back(pages):
    written = (ROOT / "docs/en/about.md").read_text("utf-8")
    page = (pages / "fr/about.md").read_text("utf-8")
    assert page == in_reference_only(written, "en").replace("(in English only)", "(en anglais seulement)")
    assert "<updated>2026-12-01T" in (pages / "fr/assets/changes.atom").read_text("utf-8")


def test_tables_have_a_column_for_it(pages):
    rows = list(csv.reader(io.StringIO((pages / "fr/assets/data/claims.csv").read_text("utf-8"))))
    assert [name for name in rows[0] if name.startswith("statement")] == [
        "statement_en",
        "statement_fr",
        "statement_nl",
    ]
    told = json.loads((pages / "fr/assets/data/claims.csv-metadata.json").read_text("utf-8"))
    columns = {column["name"]: column["dc:description"] for column in told["tableSchema"]["columns"]}
    assert [text["@language"] for text in columns["claim"]] == ["en", "fr", "nl"]
    assert [text["@language"] for text in columns["item"]] == ["en", "nl"]


@pytest.mark.parametrize(("language", "expected"), [("en", ["en", "nl"]), ("fr", ["fr", "en", "nl"])])
def test_search_holds_the_languages_of_its_names(pages, language, expected):
    found = json.loads((pages / language / "assets/search.json").read_text("utf-8"))
    assert list(found["languages"]) == expected
    scripts = {path.name for path in (pages / language / "assets/script/stemmer").iterdir()}
    assert scripts == {"dutch.js", "english.js", "french.js"}
    (entry,) = (entry for entry in found["entries"] if entry["path"] == "indicator/matching/")
    assert list(entry.get("foreign", ())) == expected[1:]


def test_name_is_found_from_the_other_languages(tmp_path):
    folder = begin_french(lay_out(tmp_path / "project"))
    with (folder / "ontology.ttl").open("a", encoding="utf-8") as file:
        file.write(FRENCH_NAME)
    shapes = folder / "shapes.ttl"
    shapes.write_text(shapes.read_text("utf-8").replace(TWO, THREE), "utf-8")
    assert run_copy(folder, GENERATE).returncode == 0
    found = json.loads((folder / "build/pages/nl/assets/search.json").read_text("utf-8"))
    assert found["languages"]["fr"]["stemmer"] == "assets/script/stemmer/french.js"
    (entry,) = (entry for entry in found["entries"] if entry["path"] == "indicator/matching/")
    assert entry["foreign"]["fr"] == ["appariements"]


def without_site(folder):
    (folder / "mkdocs.fr.yml").unlink()


def without_words(folder):
    shutil.rmtree(folder / "kb/words/fr")


def change(name, old, new):
    def made(folder):
        path = folder / name
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new), "utf-8")

    return made


WORDS = "kb/words/fr/language.toml"
LACKS = "kb/words/fr does not say what it must: "
FAULTS = {
    "words without a site": (
        without_site,
        "kb/words/fr holds the words of a language that has no site. Write mkdocs.fr",
    ),
    "a site without words": (
        without_words,
        "mkdocs.fr.yml is the site of a language that has no words. Write kb/words/",
    ),
    "no name": (change(WORDS, 'name = "Français"', ""), f"{LACKS}[language] lacks name."),
    "a typo": (change(WORDS, "langid", "langidd"), f"{LACKS}[language] lacks langid."),
    "an unknown line": (change(WORDS, "small-words", "words"), f"{LACKS}[language] has no place for words."),
    "no TOML": (change(WORDS, "[language]", "[language"), f"{LACKS}language.toml: "),
    "no such stemmer": (
        change(WORDS, 'stemmer = "french"', 'stemmer = "frensh"'),
        "kb/words/fr names a stemmer that th",
    ),
}


@pytest.mark.parametrize(("spoil", "told"), FAULTS.values(), ids=FAULTS)
def test_half_a_language_is_a_fault(tmp_path, spoil, told):
    folder = begin_french(lay_out(tmp_path / "project"))
    for language in LANGUAGES:
        shutil.copy(ROOT / configuration(language), folder)
    spoil(folder)
    built = run_copy(folder, COMMAND, "build")
    assert (built.returncode, built.stderr[: len(f"kb: {told}")]) == (2, f"kb: {told}")
    assert not (folder / "site").exists()


def test_order_of_the_languages(tmp_path):
    folder = begin_french(tmp_path)
    said = run_copy(folder, "from kb.words import LANGUAGES, others; print(*LANGUAGES, '/', *others('nl'))")
    assert said.stdout == "en fr nl / en fr\n"


@pytest.mark.parametrize(
    ("langid", "reader", "expected"),
    [("dutch", "en", "Dutch"), ("dutch", "nl", "Nederlands"), ("english", "nl", "Engels"), ("danish", "nl", "danish")],
)
def test_name_of_a_language(langid, reader, expected):
    assert langid_name(langid, reader) == expected


# A language that has "claims" for any number and none for one keeps it; one that has neither takes both from elsewhere.
@pytest.mark.parametrize(("language", "n", "expected"), [("fr", 1, "1 affirmations"), ("nl", 1, "1 bewering")])
def test_number_stays_in_the_language(tmp_path, language, n, expected):
    folder = begin_french(tmp_path)
    said = run_copy(folder, f"from kb.words import counted; print(counted('claims-resting', {n}, '{language}'))")
    assert said.stdout == f"{expected}\n"
    assert counted("claims-resting", 1, "en") == "1 claim"
