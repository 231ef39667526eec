"""Which files are read, and what is said of one that cannot be, or that would be passed over without a word."""

import pytest
from conftest import ROOT

MERGE = "<<<<<<< HEAD\n{}\n=======\n{}\n>>>>>>> other\n"
CONTENT = [
    "evidence/claims.ttl", "ontology.ttl", "shapes.ttl", "sources.bib", "queries/claims-about.rq",
    "rules/40-sources.rq",
]  # fmt: skip


def appended(path, more):
    """Append bytes to a file; return the number of the first new line."""
    before = path.read_bytes()
    path.write_bytes(before + more)
    return before.count(b"\n") + 1


@pytest.mark.parametrize("file", CONTENT)
@pytest.mark.parametrize(("language", "said"), [("en", "error: Git put two"), ("nl", "fout: Git zette hier twee")])
def test_unfinished_merge_is_told_in_every_file(file, language, said, tiny, told):
    line = appended(tiny / file, MERGE.format("# a", "# b").encode())
    run = told("--root", tiny, "--language", language, "check")
    assert run.exit_code == 1
    assert f"{file}:{line}: {said} versi" in run.stderr


def test_seven_equals_signs_are_a_heading_in_markdown(tiny, told):
    (tiny / "docs/en").mkdir(parents=True)
    (tiny / "docs/en/about.md").write_text("About us\n=======\n", "utf-8")
    assert told("--root", tiny, "check").exit_code == 0
    (tiny / "docs/en/about.md").write_text(MERGE.format("a", "b"), "utf-8")
    run = told("--root", tiny, "check")
    assert run.stderr.startswith("docs/en/about.md:1: error: Git put two versions side by side here.")


@pytest.mark.parametrize("file", CONTENT)
def test_line_of_a_byte_that_is_not_utf8(file, tiny, told):
    line = appended(tiny / file, b"# fine\r\n# caf\xe9\r\n")
    run = told("--root", tiny, "--language", "nl", "check")
    assert run.exit_code == 1
    assert f"{file}:{line + 1}: fout: deze lijn is geen UTF-8-tekst (byte E9). Bewaar het" in run.stderr
    assert "Traceback" not in run.stderr


def test_hand_written_page_that_is_not_utf8(tiny, told):
    (tiny / "docs/nl").mkdir(parents=True)
    (tiny / "docs/nl/about.md").write_bytes(b"# Over\n\nCaf\xe9\n")
    assert told("--root", tiny, "check").stderr.startswith("docs/nl/about.md:3: error: this line is not UTF-8 text")


HIDDEN = [
    "evidence/.#claims.ttl", "evidence/~$survey.csv", "evidence/.trash/old.ttl", "evidence/#claims.ttl#",
    "queries/.#claims-about.rq", "rules/.#40-sources.rq", "queries/~$x.rq",
]  # fmt: skip


@pytest.mark.parametrize("name", HIDDEN)
def test_hidden_and_temporary_files_are_passed_over(name, tiny, told):
    (tiny / name).parent.mkdir(exist_ok=True)
    (tiny / name).symlink_to("me@host.1:2")
    run = told("--root", tiny, "check")
    assert (run.exit_code, run.stderr) == (0, "")


# The file, and how it is told.
UNREAD = [
    ("evidence/NEW.TTL", "error: NEW.TTL is not read: its name must end in small letters and in nothing more."),
    ("evidence/claims.ttl.txt", "error: claims.ttl.txt is not read: its name must end in small letters and in nothing"),
    ("evidence/adams2001/Survey.Csv", "error: Survey.Csv is not read"),
    ("queries/mine.RQ", "error: mine.RQ is not read"),
    ("evidence/claims.turtle", "warning: this file is not read. Below evidence/ only files that end in .ttl, .csv, "),
    ("evidence/adams2001/survey.xlsx", "warning: this file is not read. Below evidence/ only"),
    ("queries/more/mine.rq", "warning: this file is not read. Below queries/ only"),
    ("rules/90-mine.sparql", "warning: this file is not read. Below rules/ only"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "said"), UNREAD, ids=[name for name, _ in UNREAD])
def test_file_that_is_not_read_is_told(name, said, tiny, told):
    (tiny / name).parent.mkdir(exist_ok=True)
    (tiny / name).write_text("", "utf-8")
    run = told("--root", tiny, "check")
    assert run.stderr.startswith(f"{name}: {said}")
    assert run.exit_code == int(said.startswith("error"))


@pytest.mark.parametrize("name", ["evidence/README.md", "evidence/scan.pdf", "evidence/adams2001/expected/counts.tsv"])
def test_what_is_no_content_may_stand_there(name, tiny, told):
    (tiny / name).parent.mkdir(parents=True, exist_ok=True)
    (tiny / name).write_text("", "utf-8")
    assert told("--root", tiny, "check").stderr == ""


def test_place_of_a_file_that_is_a_folder(tiny, told):
    (tiny / "sources.bib").unlink()
    (tiny / "sources.bib").mkdir()
    assert told("--root", tiny, "check").stderr.startswith("sources.bib: error: this file cannot be opened: Is a dir")


def test_contributing_tells_of_these_faults():
    text = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    for words in ("would have the address of another page", "has no name", "is not read", "differ in capitals alone"):
        assert words in text
