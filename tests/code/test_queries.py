"""Competency questions: what their comment lines say, their parameters, and what they may not do."""

import json

import pytest

from kb.content.knowledge_base import load_knowledge_base
from kb.content.queries import (
    find_query,
    forbid_network,
    former_name_faults,
    former_names,
    load_queries,
    load_query,
    parse_query,
    query_faults,
)
from kb.errors import QueryError
from kb.pages.render import render_pages
from kb.pages.search_index import THINGS, search_files
from kb.pages.shared import Shared

HEAD = """# title@en: Which?
# title@nl: Welke?
# about@en: Says: which one.
# about@nl: Zegt welke.
# group: evidence
# rows: 6
"""
TEXT = f"""{HEAD}# parameter: one
# parameter: two

PREFIX ex: <http://example.org/>
# rows: 9 is no comment line at the top
SELECT * WHERE {{
  VALUES ?one {{ ex:a }}
  values ?two{{UNDEF}}
  ?s ?one ?two .
}}
"""


def test_comment_lines():
    asked = parse_query(TEXT, "which")
    assert (asked.name, asked.group, asked.least_rows) == ("which", "evidence", 6)
    assert (asked.title("en"), asked.title("nl")) == ("Which?", "Welke?")
    assert (asked.about("en"), asked.about("nl")) == ("Says: which one.", "Zegt welke.")
    assert asked.parameters == ("one", "two")
    assert asked.defaults() == [("one", "ex:a"), ("two", "")]


def test_query_without_comment_lines():
    asked = parse_query("SELECT * WHERE { ?s ?p ?o }", "mine")
    assert (asked.title("en"), asked.about("en"), asked.group, asked.least_rows) == ("mine", "", "", 0)
    assert (asked.parameters, asked.body()) == ((), "SELECT * WHERE { ?s ?p ?o }\n")


def test_body_is_the_query_alone():
    assert parse_query(TEXT, "which").body().splitlines()[:2] == [
        "PREFIX ex: <http://example.org/>",
        "# rows: 9 is no comment line at the top",
    ]


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"two": "ex:b"}, ("VALUES ?one { ex:a }", "values ?two{ ex:b }")),
        ({"one": "<http://x>", "two": '"}"'}, ("VALUES ?one { <http://x> }", 'values ?two{ "}" }')),
        ({"two": r'"\\1 \g<0>"'}, ("VALUES ?one { ex:a }", r'values ?two{ "\\1 \g<0>" }')),
    ],
)
def test_values_are_put_in(values, expected):
    lines = parse_query(TEXT, "which").bind(values).splitlines()
    assert tuple(line.strip() for line in lines if "alues" in line.lower()) == expected


# What stands in the braces of VALUES.
DEFAULTS = [
    '"a}b"',
    '"a{b"@en',
    "'''two\n}lines'''",
    r'"say \"}\""',
    "<http://x.org/{a}#b>",
    '"# no comment"',
]


@pytest.mark.parametrize("term", DEFAULTS)
def test_default_is_read_as_sparql_has_it(term):
    head = "# parameter: x\n# VALUES ?x { 1 } is what a comment says\n"
    text = f"{head}SELECT ?s WHERE {{ VALUES ?x {{ {term} }} ?s ?p ?x }}"
    asked = parse_query(text, "mine")
    assert asked.default("x") == term
    assert asked.bind({"x": '"new"'}) == text.replace(f"{{ {term} }}", '{ "new" }')


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"two": "ex:b", "three": "ex:c"}, "which has no parameter three; its parameters are: one, two."),
        ({"one": "ex:b"}, "which needs a value: add two=… to the command."),
    ],
)
def test_wrong_parameters(values, told):
    with pytest.raises(QueryError) as error:
        parse_query(TEXT, "which").bind(values)
    assert error.value.text("en") == told
    assert error.value.text("nl") != told


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } }",
        "select * { service silent ?x { ?s ?p ?o } }",
        "SELECT * { ?s ?p ?o FILTER(?a<?b) SERVICE<http://x> {} }",
        "LOAD <http://example.org/>",
        "SELECT * { ?s ?p '''it's''' . SERVICE <http://x> { ?s ?p \"'\" } }",
        "# a comment with a quote: '\nSELECT * { SERVICE <http://x> {} } # '",
        r"SELECT * { \u0053ERVICE <http://x> {} }",
        "SELECT * { ?s ?p 1.SERVICE <http://x> {} }",
        "SELECT * { ?s ex:p 'x'@en SERVICE ex:here {} }",
    ],
)
def test_no_query_reaches_out(text):
    with pytest.raises(QueryError, match="would fetch data from the network"):
        forbid_network(text)


@pytest.mark.parametrize(
    "text",
    [
        'SELECT * { ?s ?p "SERVICE <http://x>" }',
        "SELECT * { ?s ?p 'load' }",
        'SELECT * { ?s ?p """two\nlines "SERVICE" x""" }',
        "SELECT * { ?s <http://example.org/service> ?o }",
        "# SERVICE is a word\nSELECT * { ?s ?p ?o }",
        "SELECT ?services ?loading { ?s ?services ?loading }",
        "SELECT ?service $load { ?service a $load }",
        "PREFIX service: <http://x/> SELECT * { ?s service:load ex:service ; ex:load-of ex:a.service }",
        "SELECT * { _:service ex:p 'x'@load }",
    ],
)
def test_words_are_no_commands(text):
    assert forbid_network(text) is None


# What it shows, the text, and the faults in its comment lines.
FAULTS = [
    ("sound", TEXT, []),
    ("no title", TEXT.replace("# title@nl: Welke?\n", ""), ["the comment lines at the top lack: title@nl."]),
    ("empty group", TEXT.replace("evidence", ""), ["the comment lines at the top lack: group."]),
    ("unknown group", TEXT.replace("evidence", "prices"), ["there is no group prices of questions."]),
    (
        "rows in words",
        TEXT.replace("rows: 6", "rows: many"),
        ["the least number of rows must be a whole number; here it is"],
    ),
    (
        "rows in a raised figure",
        TEXT.replace("rows: 6", "rows: ²"),
        ["the least number of rows must be a whole number"],
    ),
    ("no VALUES", TEXT.replace("VALUES ?one", "VALUES ?uno"), ["the parameter one is announced, but"]),
    (
        "nothing",
        "SELECT * {}",
        ["the comment lines at the top lack: title@en, title@nl, about@en, about@nl, group, rows."],
    ),
]


@pytest.mark.parametrize(("text", "expected"), [case[1:] for case in FAULTS], ids=[case[0] for case in FAULTS])
def test_faults_in_comment_lines(text, expected):
    found = list(query_faults(parse_query(text, "which"), "queries/which.rq"))
    assert [fault.text("en")[: len(start)] for fault, start in zip(found, expected, strict=True)] == expected
    assert {(fault.file, fault.item) for fault in found} <= {("queries/which.rq", "which")}


@pytest.mark.parametrize("name", ["index", "Which", "which one", "wat-één"])
def test_name_that_no_page_can_have(name):
    (found,) = query_faults(parse_query(f"{HEAD}SELECT * {{}}", name), "queries/x.rq")
    assert found.text("en").startswith(f"{name} cannot be the name of a question")


def test_fault_in_rows_stands_at_its_line():
    (found,) = query_faults(parse_query(TEXT.replace("rows: 6", "rows: many"), "which"), "queries/which.rq")
    assert found.line == TEXT.splitlines().index("# rows: 6") + 1


def named(name, *old):
    """A question of this name that had these names before."""
    return parse_query(HEAD + "".join(f"# formerly: {word}\n" for word in old) + "SELECT * {}", name)


def by_name(*queries):
    return {query.name: query for query in queries}


def test_old_names_lead_to_their_question():
    questions = by_name(named("which", "what", "who"), named("whither"))
    assert former_names(questions) == {"what": "which", "who": "which"}
    found = {name: find_query(questions, name) for name in ("which", "what", "who", "whither", "whence")}
    assert {name: query and query.name for name, query in found.items()} == {
        "which": "which", "what": "which", "who": "which", "whither": "whither", "whence": None,
    }  # fmt: skip


# The questions, and where and how each fault in their old names is told.
OLD_NAMES = [
    ((named("which", "what", "who"),), []),
    (
        (named("which", "whither", "whithersoever"), named("whither")),
        [(7, "which", "the old name whither leads to whither already.")],
    ),
    ((named("which", "what"), named("who", "what")), [(7, "who", "the old name what leads to which already.")]),
    ((named("which", "what", "what"),), [(8, "which", "the old name what leads to which already.")]),
    ((named("which", "index"),), [(7, "which", "the old name index leads to index already.")]),
    ((named("which", "what", "../What"),), [(8, "which", "../What can never have been the name of a question")]),
]


@pytest.mark.parametrize(("questions", "expected"), OLD_NAMES)
def test_faults_in_old_names(questions, expected):
    found = list(former_name_faults(by_name(*questions), "queries"))
    assert [(fault.file, fault.line) for fault in found] == [(f"queries/{name}.rq", at) for at, name, _ in expected]
    told = [fault.text("en")[: len(start)] for fault, (_, _, start) in zip(found, expected, strict=True)]
    assert told == [start for _, _, start in expected]


class AllBut(set):
    """Every path but these."""

    def __contains__(self, path):
        return not super().__contains__(path)


MOVED = """\
---
title: "Welke bronnen staan achter een succesindicator?"
description: "Elke bron van een bewering erover."
moved: "ask/sources-of-indicator"
robots: "noindex"
---

# Welke bronnen staan achter een succesindicator?

Deze vraag heeft nu een andere naam: **[sources-of-indicator](sources-of-indicator.md)**
"""


def test_page_at_an_old_address_points_to_the_question(tiny, tmp_path):
    path = tiny / "queries/sources-of-indicator.rq"
    path.write_text(path.read_text("utf-8").replace("# rows: 1\n", "# rows: 1\n# formerly: who-backs\n"), "utf-8")
    shared = Shared(load_knowledge_base(tiny), tmp_path / "cache")
    files = render_pages(shared, AllBut({"ask/who-backs.md", "ask/sources-of-indicator.md"})).files
    assert files["nl"]["ask/who-backs.md"] == MOVED
    entries = json.loads(search_files(shared.records, "nl", files)[THINGS])["entries"]
    assert [entry["path"] for entry in entries if entry["path"].startswith("ask/")] == ["ask/sources-of-indicator/"]


def test_queries_of_a_folder(tiny):
    found, faults = load_queries(tiny / "queries")
    assert faults == []
    assert {name: asked.parameters for name, asked in found.items()} == {
        "claims-about": ("thing",),
        "sources-of-indicator": ("indicator",),
    }


def test_unreadable_query(tmp_path):
    (tmp_path / "a.rq").write_bytes(b"# caf\xe9")
    for place in ("a.rq:1", "missing.rq"):
        with pytest.raises(QueryError, match=f"{place} cannot be read"):
            load_query(tmp_path / place.removesuffix(":1"))
