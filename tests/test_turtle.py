"""Where statements stand in a Turtle file, and what is said of a file that cannot be read."""

import pytest

from kb.knowledge_base import new_graph
from kb.turtle import parse_turtle, statement_lines

PREFIXES = {"ex": "http://example.org/", "duo": "https://w3id.org/duo-kb/ontology#"}
TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"

# What it shows, Turtle, and the lines of the objects by subject, predicate and value.
OBJECTS = [
    ("one a line", "ex:a\n  ex:p\n  ex:b ,\n  ex:c .", {("ex:a", "ex:p", "ex:b"): 3, ("ex:a", "ex:p", "ex:c"): 4}),
    ("two subjects", "ex:a ex:p ex:b .\n\nex:c ex:p 1.5 .", {("ex:a", "ex:p", "ex:b"): 1, ("ex:c", "ex:p", "1.5"): 3}),
    ("marks in a string", 'ex:a ex:p "# ; . , [ <" ;\n  ex:q "x" .', {("ex:a", "ex:p", "# ; . , [ <"): 1, ("ex:a", "ex:q", "x"): 2}),
    ("quotes in a string", 'ex:a ex:p "say \\"hi\\"" ;\n  ex:q "it\'s" .', {("ex:a", "ex:p", 'say "hi"'): 1, ("ex:a", "ex:q", "it's"): 2}),
    ("single quotes", "ex:a ex:p 'a \"b' ;\n  ex:q '''c\n'd' ''' .", {("ex:a", "ex:p", 'a "b'): 1, ("ex:a", "ex:q", "c\n'd' "): 2}),
    ("long string", 'ex:a ex:p """one "two" .\n# three""" ;\n  ex:q ex:b .', {("ex:a", "ex:p", 'one "two" .\n# three'): 1, ("ex:a", "ex:q", "ex:b"): 3}),
    ("long string ending in a backslash", 'ex:a ex:p """b\\\\""" ;\n  ex:q """c""" .', {("ex:a", "ex:p", "b\\\\"): 1, ("ex:a", "ex:q", "c"): 2}),
    ("empty strings", 'ex:a ex:p "" ;\n  ex:q """""" ;\n  ex:r ex:b .', {("ex:a", "ex:p", ""): 1, ("ex:a", "ex:q", ""): 2, ("ex:a", "ex:r", "ex:b"): 3}),
    ("comment with a quote", "# it's \"\nex:a ex:p ex:b . # don't ;\nex:c ex:p ex:d .", {("ex:a", "ex:p", "ex:b"): 2, ("ex:c", "ex:p", "ex:d"): 3}),
    ("dots in names", "ex:a.b ex:p.q ex:c.d.\nex:e ex:p ex:f.", {("ex:a.b", "ex:p.q", "ex:c.d"): 1, ("ex:e", "ex:p", "ex:f"): 2}),
    ("escapes in names", "ex:a\\-b ex:p ex:c\\.d .", {("ex:a-b", "ex:p", "ex:c.d"): 1}),
    ("marks in an address", "<http://example.org/a#b;c> ex:p <http://example.org/d.e> .", {("ex:a#b;c", "ex:p", "ex:d.e"): 1}),
    ("blank node", "ex:a ex:p [ ex:q ex:b ;\n    ex:r ex:c ] ;\n  ex:s ex:d .", {("ex:a", "ex:p", "ex:b"): 1, ("ex:a", "ex:p", "ex:c"): 2, ("ex:a", "ex:s", "ex:d"): 3}),
    ("list", "ex:a ex:p ( ex:b\n  ex:c ) .\nex:d ex:p 1 .", {("ex:a", "ex:p", "ex:b"): 1, ("ex:a", "ex:p", "ex:c"): 2, ("ex:d", "ex:p", "1"): 3}),
    ("blank subject", "[] ex:p ex:b .\n[ ex:q ex:c ] ex:r ex:d .\nex:a ex:p 1 .", {("ex:a", "ex:p", "1"): 3}),
    ("tags and datatypes", 'ex:a ex:p "x"@en-GB ,\n  "5"^^ex:t ,\n  true .', {("ex:a", "ex:p", "x"): 1, ("ex:a", "ex:p", "5"): 2, ("ex:a", "ex:p", "true"): 3}),
    ("prefix of its own", "@prefix my:\n  <http://example.org/> .\nmy:a my:p ex:b .", {("ex:a", "ex:p", "ex:b"): 3}),
    ("prefix as in SPARQL", "PREFIX my: <http://example.org/>\nBASE <http://b.org/>\nmy:a my:p ex:b .", {("ex:a", "ex:p", "ex:b"): 3}),
    ("said twice", "ex:a ex:p ex:b .\nex:a ex:p ex:b .", {("ex:a", "ex:p", "ex:b"): 1}),
]  # fmt: skip


def full(name):
    return name.replace("ex:", "http://example.org/", 1) if name.startswith("ex:") else name


@pytest.mark.parametrize(("text", "expected"), [case[1:] for case in OBJECTS], ids=[case[0] for case in OBJECTS])
def test_lines_of_objects(text, expected):
    found = statement_lines(text, PREFIXES)
    lines = {words: found.line(*map(full, words)) or found.objects.get(tuple(map(full, words))) for words in expected}
    assert lines == expected


def test_lines_of_subjects_and_predicates():
    found = statement_lines("# head\n\nex:a\n  a ex:C ;\n  ex:p ex:b .\nex:b ex:p\n  ex:a .\n", PREFIXES)
    ex = PREFIXES["ex"]
    assert found.subjects == {f"{ex}a": 3, f"{ex}b": 6}
    assert found.predicates == {(f"{ex}a", TYPE): 4, (f"{ex}a", f"{ex}p"): 5, (f"{ex}b", f"{ex}p"): 6}


def test_nothing_else_is_a_subject():
    found = statement_lines("PREFIX my: <http://m.org/>\n[] ex:p [ ex:q ex:r ] .\n( 1 2 ) ex:p ex:b .\nex:a ex:p 1 .", PREFIXES)
    assert found.subjects == {"http://example.org/a": 4}


@pytest.mark.parametrize(
    ("subject", "predicate", "value", "line"),
    [
        ("ex:a", "ex:p", "x", 3),
        ("ex:a", "", "x", 3),
        ("ex:a", "ex:p", "", 2),
        ("ex:a", "", "", 1),
        ("ex:a", "ex:p", "y", 0),
        ("ex:a", "ex:q", "", 0),
        ("ex:b", "", "", 0),
    ],
)
def test_line_is_exact_or_unknown(subject, predicate, value, line):
    found = statement_lines('ex:a\n  ex:p\n    "x" .', PREFIXES)
    assert found.line(full(subject), full(predicate), value) == line


def test_texts_are_no_names():
    found = statement_lines('ex:a ex:p "http://example.org/b" , <http://example.org/c> .', PREFIXES)
    assert sorted(found.mentions) == [full("ex:a"), full("ex:c"), full("ex:p")]


# What it shows, the bytes of the file (None: there is no file), line and words of the fault.
BROKEN = [
    ("missing dot", b"@prefix ex: <http://e.org/> .\nex:a ex:p ex:b\nex:c ex:p ex:d .", 3, "this is not valid Turtle"),
    ("unclosed string", b'@prefix ex: <http://e.org/> .\n\nex:a ex:p "b .\n', 3, "this is not valid Turtle"),
    ("unknown prefix", b"\nno:a no:p no:b .", 2, "this is not valid Turtle"),
    ("not UTF-8", b"# caf\xe9", 0, "this file is not UTF-8 text (byte 5)"),
    ("missing file", None, 0, "this file is missing"),
]


@pytest.mark.parametrize(("content", "line", "words"), [case[1:] for case in BROKEN], ids=[case[0] for case in BROKEN])
def test_broken_file_is_one_fault(content, line, words, tmp_path):
    path = tmp_path / "a.ttl"
    if content is not None:
        path.write_bytes(content)
    (found,) = parse_turtle(new_graph(), path, "a.ttl")
    assert (found.file, found.line) == ("a.ttl", line)
    assert words in found.text("en")
    assert found.text("nl") != found.text("en")


def test_sound_file_has_no_faults(tmp_path):
    path, graph = tmp_path / "a.ttl", new_graph()
    path.write_bytes(b"\xef\xbb\xbf@prefix ex: <http://e.org/> .\r\nex:a ex:p ex:b .\r\n")
    assert parse_turtle(graph, path, "a.ttl") == []
    assert len(graph) == 1
