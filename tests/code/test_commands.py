"""The commands when all is well: what they print, in which format, and their help."""

import csv
import io
import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from rdflib import DCTERMS, Graph

from kb.cli import main

TABLE = """\
source                                    direction                basis
----------------------------------------  -----------------------  -----------------------------
Adams & Bakker (2001) [source:adams2001]  supports [duo:Supports]  data of its own [duo:OwnData]
1 row(s)
"""
MARKDOWN = """\
| source | direction | basis |
| --- | --- | --- |
| Adams & Bakker (2001) [source:adams2001] | ondersteunt [duo:Supports] | eigen gegevens [duo:OwnData] |
"""
START = "https://w3id.org/duo-kb"


def test_answer_as_table(tiny, told):
    run = told("--root", tiny, "query", "sources-of-indicator", "indicator=matching")
    assert (run.exit_code, run.stdout, run.stderr) == (0, TABLE, "")


def test_answer_as_markdown_in_dutch(tiny, told):
    run = told("--root", tiny, "--language", "nl", "query", "sources-of-indicator", "--format", "markdown")
    assert (run.exit_code, run.stdout, run.stderr) == (0, MARKDOWN, "")


@pytest.mark.parametrize("value", ["training", "indicator:training", f"{START}/indicator/training"])
def test_answer_as_csv(value, tiny, told):
    run = told("--root", tiny, "query", "sources-of-indicator", f"indicator={value}", "--format", "csv")
    assert list(csv.DictReader(io.StringIO(run.stdout))) == [
        {
            "source": f"{START}/source/brown2008",
            "direction": f"{START}/ontology#Supports",
            "basis": f"{START}/ontology#OwnData",
        }
    ]


def test_answer_as_json(tiny, told):
    run = told("--root", tiny, "query", "claims-about", "thing=outcome:less-stress", "--format", "json")
    claims = ("mentoring--less-stress", "stress-falls")
    assert json.loads(run.stdout) == {
        "head": {"vars": ["claim"]},
        "results": {"bindings": [{"claim": {"type": "uri", "value": f"{START}/claim/{name}"}} for name in claims]},
    }


# A question of one's own, and the answer.
OWN = [
    ("ASK { claim:stress-falls a duo:Claim }", "yes\n"),
    ("ASK { claim:stress-falls a duo:Gap }", "no\n"),
    ("SELECT ?x { VALUES ?x { UNDEF } }", "x\n-\n\n1 row(s)\n"),
    ("SELECT ?x { VALUES ?x { } }", "x\n-\n0 row(s)\n"),
    (r'SELECT ?x { BIND("two\nlines | bar" AS ?x) }', "x\n---------------\ntwo lines | bar\n1 row(s)\n"),
    ("SELECT (COUNT(*) AS ?claims) { ?c a duo:Claim }", "claims\n------\n5\n1 row(s)\n"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "answer"), OWN)
def test_question_of_ones_own(text, answer, tiny, told):
    prefixes = f"PREFIX duo: <{START}/ontology#> PREFIX claim: <{START}/claim/> "
    (tiny / "my.rq").write_text(prefixes + text, "utf-8")
    run = told("--root", tiny, "query", tiny / "my.rq")
    assert (run.exit_code, run.stdout, run.stderr) == (0, answer, "")


GRAPHS = ["CONSTRUCT { ?s dcterms:issued ?o } WHERE { ?s dcterms:issued ?o }", "DESCRIBE source:adams2001"]
SOURCES = f"PREFIX dcterms: <http://purl.org/dc/terms/> PREFIX source: <{START}/source/> "


@pytest.mark.parametrize("text", GRAPHS)
@pytest.mark.parametrize(("format_", "written"), [("table", "turtle"), ("markdown", "turtle"), ("json", "json-ld")])
def test_graph_is_written_as_one(text, format_, written, tiny, told):
    (tiny / "my.rq").write_text(SOURCES + text)
    run = told("--root", tiny, "query", tiny / "my.rq", "--format", format_)
    found = {(str(work), str(year)) for work, year in Graph().parse(data=run.stdout, format=written)[: DCTERMS.issued]}
    assert (f"{START}/source/adams2001", "2001") in found
    assert "source:adams2001" in run.stdout
    assert "ns1" not in run.stdout


@pytest.mark.parametrize("text", GRAPHS)
@pytest.mark.parametrize(
    ("language", "said"), [("en", "kb: The answer is a graph and no table"), ("nl", "kb: Het antwoord is een graaf")]
)
def test_graph_is_no_csv(text, language, said, tiny, told):
    (tiny / "my.rq").write_text(SOURCES + text)
    run = told("--root", tiny, "--language", language, "query", tiny / "my.rq", "--format", "csv")
    assert (run.exit_code, run.stdout, run.stderr[: len(said)]) == (2, "", said)


PATTERNS = "{ ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
ENDLESS = f"SELECT (COUNT(*) AS ?n) {PATTERNS}"


@pytest.mark.parametrize("text", [ENDLESS, f"SELECT ?a {PATTERNS}", f"CONSTRUCT {{ ?a ?b ?i }} {PATTERNS}"])
@pytest.mark.parametrize(
    ("language", "said"), [("en", "kb: This takes longer than 0.5 s"), ("nl", "kb: Dit duurt langer dan 0.5 s")]
)
def test_endless_question_is_ended(text, language, said, tiny, run_kb):
    (tiny / "my.rq").write_text(text)
    run = run_kb("--language", language, "query", "my.rq", "--seconds", "0.5", cwd=tiny, timeout=60)
    assert (run.returncode, run.stdout, run.stderr[: len(said)]) == (2, "", said)


def test_ctrl_c_ends_a_question(tiny):
    (tiny / "my.rq").write_text(ENDLESS)
    command = [Path(sys.executable).with_name("kb"), "query", "my.rq"]
    process = subprocess.Popen(command, cwd=tiny, stderr=subprocess.PIPE, text=True, start_new_session=True)
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    while not children.read_text():
        assert process.poll() is None
        time.sleep(0.05)
    (child,) = children.read_text().split()
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=20)
    assert (process.returncode, said) == (130, "\nkb: Stopped.\n")
    assert not Path(f"/proc/{child}").exists()


@pytest.mark.parametrize("seconds", ["0", "-1", "soon"])
def test_limit_of_time_is_a_number(seconds, told):
    assert told("query", "claims-about", "--seconds", seconds).exit_code == 2


@pytest.mark.parametrize("words", ["export", "queries", "check", "query sources-of-indicator"])
@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "kb: The answer could not be written out: No space left on device.\n"),
        ("nl", "kb: Het antwoord kon niet weggeschreven worden: No space left on device.\n"),
    ],
)
def test_full_disk_is_told(words, language, said, tiny):
    command = [Path(sys.executable).with_name("kb"), "--language", language, *words.split()]
    with open("/dev/full", "w") as full:
        run = subprocess.run(command, cwd=tiny, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert (run.returncode, run.stderr) == (2, said)


@pytest.mark.parametrize(("format_", "answer"), [("csv", "true\n"), ("json", '{"head": {}, "boolean": true}\n')])
def test_yes_in_other_formats(format_, answer, tiny, told):
    (tiny / "my.rq").write_text("ASK { ?s ?p ?o }")
    assert told("--root", tiny, "query", tiny / "my.rq", "--format", format_).stdout == answer


def test_text_as_a_value(tiny, told):
    (tiny / "my.rq").write_text('# parameter: word\nSELECT ?s { VALUES ?word { "x"@en } ?s ?p ?word }')
    run = told("--root", tiny, "query", tiny / "my.rq", 'word=a "text" } with marks', "--format", "csv")
    assert (run.exit_code, run.stdout, run.stderr) == (0, "s\n", "")


@pytest.mark.parametrize(
    ("language", "note"),
    [
        ("en", "The question who-backs is called sources-of-indicator now.\n"),
        ("nl", "De vraag who-backs heet nu sources-of-indicator.\n"),
    ],
)
def test_old_name_of_a_question_answers(language, note, tiny, told):
    path = tiny / "queries/sources-of-indicator.rq"
    path.write_text(path.read_text("utf-8").replace("# rows: 1\n", "# rows: 1\n# formerly: who-backs\n"), "utf-8")
    now, before = (
        told("--root", tiny, "--language", language, "query", name) for name in ("sources-of-indicator", "who-backs")
    )
    assert (before.exit_code, before.stdout) == (0, now.stdout)
    assert (now.stderr, before.stderr) == ("", note)


def test_old_name_that_is_taken_is_a_fault(tiny, told):
    path = tiny / "queries/sources-of-indicator.rq"
    path.write_text(path.read_text("utf-8").replace("# rows: 1\n", "# rows: 1\n# formerly: claims-about\n"), "utf-8")
    run = told("--root", tiny, "check")
    assert run.exit_code == 1
    assert run.stderr.startswith("queries/sources-of-indicator.rq:7: error: sources-of-indicator: the old name claims-")


def test_list_of_questions(tiny, told):
    run = told("--root", tiny, "queries")
    assert run.stdout == (
        "claims-about          What is claimed about a thing?  [thing=…]\n"
        "sources-of-indicator  Which sources back a success indicator?  [indicator=indicator:matching]\n"
    )


def test_check_in_dutch_with_pyshacl(tiny, told):
    run = told("--root", tiny, "--language", "nl", "check", "--shacl")
    assert (run.exit_code, run.stderr) == (0, "")
    assert run.stdout.startswith("Geen fouten: 3 bronnen, 5 beweringen, ")


def test_root_is_found_from_below(tiny, run_kb):
    run = run_kb("check", cwd=tiny / "evidence")
    assert (run.returncode, run.stderr) == (0, "")


@pytest.mark.parametrize("name", sorted(main.commands))
def test_help_has_an_example(name, told):
    run = told(name, "--help")
    assert run.exit_code == 0
    assert f"Example: kb {name}" in run.stdout or f"Example: kb --language nl {name}" in run.stdout
