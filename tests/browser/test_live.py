"""The preview: `mkdocs serve` as an editor runs it, and a browser open on a page, which follows what is saved."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time

import pytest
from browsing import DESK, PATIENCE, lay_out_site, search
from conftest import DATA
from languages import begin_french
from playwright.sync_api import expect


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


class Preview:
    """A project, the server that shows it, and what that said in its terminal."""

    def __init__(self, folder, *options):
        self.folder, self.port, self.log = folder, free_port(), folder.with_name("terminal")
        command = [sys.executable, "-m", "mkdocs", "serve", "-a", f"127.0.0.1:{self.port}", *options]
        self.scratch = folder.with_name("scratch")
        self.scratch.mkdir()
        environment = os.environ | {"TMPDIR": str(self.scratch)}
        with self.log.open("wb") as file:
            self.process = subprocess.Popen(command, cwd=folder, env=environment, stdout=file, stderr=subprocess.STDOUT)
        self.wait_for("Serving on")

    @property
    def address(self):
        return f"http://127.0.0.1:{self.port}/duo-kb"

    @property
    def said(self):
        return self.log.read_text("utf-8", errors="replace")

    def wait_for(self, words, deadline=PATIENCE / 1000):
        end = time.monotonic() + deadline
        while words not in self.said:
            assert self.process.poll() is None, self.said
            assert time.monotonic() < end, f"the terminal does not say {words!r}: {self.said}"
            time.sleep(0.05)

    def edit(self, name, old, new):
        """Save a file with one text changed."""
        path = self.folder / name
        text = path.read_text("utf-8")
        assert text.count(old) == 1, f"{old!r} stands in {name} {text.count(old)} times"
        path.write_text(text.replace(old, new), "utf-8")

    def stop(self):
        """Ctrl-C, as an editor stops it."""
        self.process.send_signal(signal.SIGINT)
        try:
            self.process.wait(60)
        finally:
            self.process.kill()


@pytest.fixture(scope="module")
def preview(tmp_path_factory):
    folder = lay_out_site(tmp_path_factory.mktemp("live") / "project")
    shutil.copytree(DATA / "brown2008", folder / "evidence/brown2008")
    found = Preview(folder)
    yield found
    found.stop()


def shows(place, words):
    expect(place).to_contain_text(words, timeout=PATIENCE)


def test_edited_definition_appears(preview, visit):
    page = visit(f"{preview.address}/en/indicator/matching/", viewport=DESK)
    shows(page.locator(".definition"), "Bringing the right two together.")
    preview.edit("ontology.ttl", "Bringing the right two together.", "Finding two who suit.")
    shows(page.locator(".definition"), "Finding two who suit.")


def test_edited_statement_appears(preview, visit):
    page = visit(f"{preview.address}/en/indicator/training/", viewport=DESK)
    shows(page.locator("article"), "Trained volunteers do better.")
    preview.edit("evidence/claims.ttl", "Trained volunteers do better.", "Trained volunteers stay longer.")
    shows(page.locator("article"), "Trained volunteers stay longer.")


def test_edited_title_appears(preview, visit):
    page = visit(f"{preview.address}/en/source/adams2001/", viewport=DESK)
    shows(page.locator(".reference"), "Befriending in three towns")
    preview.edit("sources.bib", "Befriending in three towns", "Befriending in four towns")
    shows(page.locator(".reference"), "Befriending in four towns")


def test_edited_cell_of_a_table_appears(preview, visit):
    survey, page = "evidence/brown2008/survey.csv", visit(f"{preview.address}/en/question/trained/", viewport=DESK)
    shows(page.locator("article"), "all mentors")
    preview.edit(survey, "all mentors", "every mentor")
    shows(page.locator("article"), "every mentor")
    preview.edit(survey, ",50,", ",5O,")
    shows(page.get_by_role("alert"), f"{survey}:2")
    preview.edit(survey, ",5O,", ",50,")
    expect(page.get_by_role("alert")).to_have_count(0, timeout=PATIENCE)


def test_dutch_page_follows(preview, visit):
    page = visit(f"{preview.address}/nl/outcome/less-stress/", viewport=DESK)
    shows(page.locator(".definition"), "Minder piekeren.")
    preview.edit("ontology.ttl", "Minder piekeren.", "Minder tobben.")
    shows(page.locator(".definition"), "Minder tobben.")


def test_page_written_by_hand_follows(preview, visit):
    page = visit(f"{preview.address}/en/about/", viewport=DESK)
    preview.edit("docs/en/about.md", "## Who may reuse what", "## Who may share what")
    shows(page.locator("article"), "Who may share what")


@pytest.mark.parametrize("language", ["en", "nl"])
def test_fault_is_told_until_mended(preview, visit, language):
    good, broken = '"Goes ahead of the participant."@en', '"Goes ahead of the participant.@en'
    line = (preview.folder / "ontology.ttl").read_text("utf-8").partition(good)[0].count("\n") + 1
    page = visit(f"{preview.address}/{language}/role/mentor/", viewport=DESK)
    preview.edit("ontology.ttl", good, broken)
    shows(page.get_by_role("alert"), f"ontology.ttl:{line}")
    preview.wait_for(f"ontology.ttl:{line}")
    shows(
        page.locator(".definition"), {"en": "Goes ahead of the participant.", "nl": "Gaat de deelnemer voor."}[language]
    )
    preview.edit("ontology.ttl", broken, good)
    expect(page.get_by_role("alert")).to_have_count(0, timeout=PATIENCE)


def test_fault_is_told_on_every_page(preview, visit):
    preview.edit("evidence/claims.ttl", "duo:supportedBy source:brown2008 .", "duo:supportedBy source:brwn2008 .")
    preview.wait_for("brwn2008")
    for path in ("en/", "nl/source/"):
        page = visit(f"{preview.address}/{path}", viewport=DESK)
        shows(page.get_by_role("alert"), "evidence/claims.ttl:")
        shows(page.get_by_role("alert"), "brown2008")
    preview.edit("evidence/claims.ttl", "duo:supportedBy source:brwn2008 .", "duo:supportedBy source:brown2008 .")
    expect(page.get_by_role("alert")).to_have_count(0, timeout=PATIENCE)


# The file, bytes that are put at its end, and what is said of it in both languages.
BROKEN = [
    (
        "queries/bad.rq",
        b"\xff\xfe",
        "queries/bad.rq:1: error: this line is not",
        "queries/bad.rq:1: fout: deze lijn is",
    ),
    ("docs/nl/about.md", b"\n\xe9\n", "error: this line is not UTF-8 text", "fout: deze lijn is geen UTF-8-tekst"),
    ("evidence/NEW.TTL", b"", "error: NEW.TTL is not read", "fout: NEW.TTL wordt niet gelezen"),
    ("mkdocs.yml", b"\n]\n", "the pages could not be made: ", "de pagina's konden niet gemaakt worden: "),
]


@pytest.mark.parametrize(("file", "more", "english", "dutch"), BROKEN, ids=[case[0] for case in BROKEN])
def test_whatever_breaks_is_told_in_the_language_of_the_page(preview, visit, file, more, english, dutch):
    path = preview.folder / file
    before = path.read_bytes() if path.exists() else None
    page = visit(f"{preview.address}/nl/role/mentor/", viewport=DESK)
    path.write_bytes((before or b"") + more)
    shows(page.get_by_role("alert"), dutch)
    shows(page.locator(".definition"), "Gaat de deelnemer voor.")
    preview.wait_for(english)
    other = visit(f"{preview.address}/en/role/mentor/", viewport=DESK)
    shows(other.get_by_role("alert"), english)
    assert "Traceback" not in preview.said
    path.unlink() if before is None else path.write_bytes(before)
    expect(page.get_by_role("alert")).to_have_count(0, timeout=PATIENCE)


def test_lock_file_of_an_editor_is_passed_over(preview, visit):
    page = visit(f"{preview.address}/en/indicator/training/", viewport=DESK)
    lock = preview.folder / "evidence/.#claims.ttl"
    lock.symlink_to("me@host.1:2")
    preview.edit("evidence/claims.ttl", "Participants grow in self-confidence.", "Confidence grows well.")
    page.goto(f"{preview.address}/en/claim/confidence-grows/")
    shows(page.locator("article"), "Confidence grows well.")
    expect(page.get_by_role("alert")).to_have_count(0)
    lock.unlink()


@pytest.mark.parametrize(
    ("options", "said"),
    [([], "Something else is served at 127.0.0.1:"), (["-f", "mkdocs.nl.yml"], "draait al iets anders")],
)
def test_address_that_is_taken(tmp_path, options, said):
    folder = lay_out_site(tmp_path / "project")
    with socket.create_server(("127.0.0.1", 0)) as server:
        address = f"127.0.0.1:{server.getsockname()[1]}"
        command = [sys.executable, "-m", "mkdocs", "serve", "-a", address, *options]
        run = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=60)
    assert run.returncode == 2
    assert said in run.stdout + run.stderr
    assert "Traceback" not in run.stderr


@pytest.mark.parametrize(
    ("language", "old", "new"),
    [
        ("en", "Not managing alone any more.", "Leaning too much."),
        ("nl", "Niet meer alleen kunnen.", "Te veel leunen."),
    ],
)
def test_search_stays_whole(preview, visit, language, old, new):
    page = visit(f"{preview.address}/{language}/pitfall/dependency/", viewport=DESK)
    preview.edit("ontology.ttl", old, new)
    shows(page.locator(".definition"), new)
    page.reload()  # the search of this page began before the edit
    for words, path in (
        (new.split()[-1], "pitfall/dependency"),
        ("stress", "outcome/less-stress"),
        ("mentor", "role/mentor"),
    ):
        assert f"{preview.address}/{language}/{path}/" in search(page, words.rstrip("."))


def test_new_thing_gets_its_page(preview, visit):
    page = visit(f"{preview.address}/en/pitfall/", viewport=DESK)
    with (preview.folder / "ontology.ttl").open("a", encoding="utf-8") as file:
        file.write("""
pitfall:gossip a duo:Pitfall ; skos:inScheme duo:concepts ; duo:position 2 ; dcterms:source source:clark2016 ;
    skos:prefLabel "gossip"@en , "roddel"@nl ; skos:definition "Telling on."@en , "Voortvertellen."@nl .
""")
    page.locator("article a", has_text="gossip").click()
    shows(page.locator(".definition"), "Telling on.")
    page.locator("a.language-switch").click()
    shows(page.locator(".definition"), "Voortvertellen.")


def test_both_languages_are_linked(preview, visit):
    page = visit(f"{preview.address}/en/indicator/matching/", viewport=DESK)
    page.locator("a.language-switch").click()
    page.wait_for_url(f"{preview.address}/nl/indicator/matching/")
    assert page.locator("html").get_attribute("lang") == "nl"


def test_dutch_preview_speaks_dutch(tmp_path, visit):
    preview = Preview(lay_out_site(tmp_path / "project"), "-f", "mkdocs.nl.yml")
    try:
        page = visit(f"{preview.address}/nl/indicator/matching/", viewport=DESK)
        preview.edit("ontology.ttl", "De juiste twee samenbrengen.", "Wie bij wie past.")
        shows(page.locator(".definition"), "Wie bij wie past.")
        preview.edit("ontology.ttl", "skos:related pitfall:dependency ;", "skos:related pitfall:dependenci ;")
        shows(page.get_by_role("alert"), "Bedoelde je pitfall:dependency?")
        assert list(preview.scratch.iterdir()) != []
    finally:
        preview.stop()
    assert list(preview.scratch.iterdir()) == []


def test_begun_language_is_previewed_too(tmp_path, visit):
    preview = Preview(begin_french(lay_out_site(tmp_path / "project")))
    try:
        page = visit(f"{preview.address}/fr/indicator/matching/", viewport=DESK)
        shows(page.locator(".definition"), "Bringing the right two together. (en anglais seulement)")
        preview.edit("ontology.ttl", "Bringing the right two together.", "Finding two who suit.")
        shows(page.locator(".definition"), "Finding two who suit. (en anglais seulement)")
    finally:
        preview.stop()
