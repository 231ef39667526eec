"""Where statements stand in a Turtle file, and what is said of a file that cannot be read."""

import pytest

from kb.content.knowledge_base import new_graph
from kb.content.turtle import parse_turtle, statement_lines

EX = "http://example.org/"
PREFIXES = {"ex": EX}
TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"

# What it shows, Turtle, and the line of each object after its subject and predicate, without the start of addresses.
OBJECTS = [
    ("one a line", "ex:a\n ex:p\n ex:b ,\n ex:c .", {"a p b": 3, "a p c": 4}),
    ("two subjects", "ex:a ex:p ex:b .\n\nex:c ex:p 1.5 .", {"a p b": 1, "c p 1.5": 3}),
    ("marks in a string", 'ex:a ex:p "# ; . , [ <" ;\n ex:q "x" .', {"a p # ; . , [ <": 1, "a q x": 2}),
    ("quotes in a string", 'ex:a ex:p "say \\"hi\\"" ;\n ex:q "it\'s" .', {'a p say "hi"': 1, "a q it's": 2}),
    ("single quotes", "ex:a ex:p 'a \"b' ;\n ex:q '''c\n'd' ''' .", {'a p a "b': 1, "a q c\n'd' ": 2}),
    ("long string", 'ex:a ex:p """b "c" .\n# d""" ;\n ex:q ex:e .', {'a p b "c" .\n# d': 1, "a q e": 3}),
    ("backslash at the end", 'ex:a ex:p """b\\\\""" ;\n ex:q """c""" .', {"a p b\\\\": 1, "a q c": 2}),
    ("empty strings", 'ex:a ex:p "" ;\n ex:q """""" ;\n ex:r ex:b .', {"a p ": 1, "a q ": 2, "a r b": 3}),
    ("comments", "# it's \"\nex:a ex:p ex:b . # don't ;\nex:c ex:p ex:d .", {"a p b": 2, "c p d": 3}),
    ("dots in names", "ex:a.b ex:p.q ex:c.d.\nex:e ex:p ex:f.", {"a.b p.q c.d": 1, "e p f": 2}),
    ("escapes in names", "ex:a\\-b ex:p ex:c\\.d .", {"a-b p c.d": 1}),
    ("marks in an address", "<http://example.org/a#b;c> ex:p <http://example.org/d.e> .", {"a#b;c p d.e": 1}),
    ("blank node", "ex:a ex:p [ a ex:b ;\n ex:q ex:c ] .", {f"a p {TYPE}": 1, "a p b": 1, "a p q": 2, "a p c": 2}),
    ("list", "ex:a ex:p ( ex:b\n ex:c ) .\nex:d ex:p 1 .", {"a p b": 1, "a p c": 2, "d p 1": 3}),
    ("blank subject", "[] ex:p ex:b .\nex:a ex:p 1 .", {"[] p b": 1, "a p 1": 2}),
    (
        "tags and types",
        'ex:a ex:p "b"@en-GB ,\n "5"^^ex:t , true .',
        {"a p b": 1, "a p 5": 2, "a p t": 2, "a p true": 2},
    ),
    ("prefix of its own", "@prefix my:\n <http://example.org/> .\nmy:a my:p ex:b .", {"a p b": 3}),
    ("prefix as in SPARQL", "PREFIX my: <http://example.org/>\nBASE <http://b/>\nmy:a my:p ex:b .", {"a p b": 3}),
    ("said twice", "ex:a ex:p ex:b .\nex:a ex:p ex:b .", {"a p b": 1}),
]


@pytest.mark.parametrize(("text", "expected"), [case[1:] for case in OBJECTS], ids=[case[0] for case in OBJECTS])
def test_lines_of_objects(text, expected):
    found = statement_lines(text, PREFIXES).objects
    assert {" ".join(words).replace(EX, ""): line for words, line in found.items() if words[1]} == expected


def test_lines_of_subjects_and_predicates():
    found = statement_lines("# head\n\nex:a\n  a ex:C ;\n  ex:p ex:b .\nex:b ex:p\n  ex:a .\n", PREFIXES)
    assert found.subjects == {f"{EX}a": 3, f"{EX}b": 6}
    assert found.predicates == {(f"{EX}a", TYPE): 4, (f"{EX}a", f"{EX}p"): 5, (f"{EX}b", f"{EX}p"): 6}


def test_lines_of_descriptions():
    text = "ex:a a ex:C ;\n a ex:D .\nex:b ex:p [ a ex:C ] .\n\nex:a\n  ex:p 1 ; a ex:C .\nex:c a ex:C , ex:D ."
    assert statement_lines(text, PREFIXES).described == {f"{EX}a": [1, 5], f"{EX}c": [7]}


def test_nothing_else_is_a_subject():
    text = "PREFIX my: <http://m.org/>\n[] ex:p [ ex:q ex:r ] .\n( 1 2 ) ex:p ex:b .\nex:a ex:p 1 ."
    assert statement_lines(text, PREFIXES).subjects == {f"{EX}a": 4}


@pytest.mark.parametrize(
    ("words", "line"),
    [
        ((f"{EX}a", f"{EX}p", "x"), 3),
        ((f"{EX}a", "", "x"), 3),
        ((f"{EX}a", f"{EX}p"), 2),
        ((f"{EX}a",), 1),
        ((f"{EX}a", f"{EX}p", "y"), 0),
        ((f"{EX}a", f"{EX}q"), 0),
        ((f"{EX}b",), 0),
    ],
)
def test_line_is_exact_or_unknown(words, line):
    assert statement_lines('ex:a\n  ex:p\n    "x" .', PREFIXES).line(*words) == line


def test_texts_are_no_names():
    found = statement_lines('ex:a ex:p "http://example.org/b" , <http://example.org/c> .', PREFIXES)
    assert sorted(found.mentions) == [f"{EX}a", f"{EX}c", f"{EX}p"]


# What it shows, the bytes of the file (None: there is no file), line and words of the fault.
BROKEN = [
    ("missing dot", b"@prefix ex: <http://e.org/> .\nex:a ex:p ex:b\nex:c ex:p ex:d .", 3, "this is not valid Turtle"),
    ("unclosed string", b'@prefix ex: <http://e.org/> .\n\nex:a ex:p "b .\n', 3, "this is not valid Turtle"),
    ("unknown prefix", b"\nno:a no:p no:b .", 2, "this is not valid Turtle"),
    ("not UTF-8", b"# one\r# caf\xe9", 2, "this line is not UTF-8 text (byte E9)"),
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


# Turtle after a line that declares ex:, and what is said of it in English and in Dutch; nothing of the engine's words.
CAUSES = [
    ("ex:a ex:p ex:b\nex:c ex:p ex:d .", 3, "the statement before this place is not closed.", "wat hiervoor staat,"),
    ('ex:a ex:p "b" "c" .', 2, '"c" cannot begin a statement.', 'met "c" kan hier niets beginnen.'),
    ("ex:a p ex:b .", 2, "p stands where a property should.", "p staat waar een eigenschap hoort."),
    ("ex:a ex:p ex:b , .", 2, ". stands where a value should.", ". staat waar een waarde hoort."),
    (
        'ex:a ex:p "b .\n',
        2,
        "the text that begins here is not closed.",
        "de tekst die hier begint, is niet afgesloten.",
    ),
    ('ex:a ex:p "duo’s .\n', 2, "the text that begins here is not closed.", "de tekst die hier begint, is niet"),
    ("ex:a ex:p ex:b", 2, "the file ends in the middle of a statement.", "het bestand stopt midden in een zin."),
    (
        "ex:a ex:p [ ex:q ex:r .",
        2,
        "a bracket that was opened before",
        "een haakje van hiervoor is hier niet gesloten.",
    ),
    ("<a b> ex:p ex:b .", 2, "an address between < and > holds", "in een adres tussen < en > staat een spatie"),
    (r'ex:a ex:p "b\q" .', 2, "after a backslash stands a letter", "na een backslash staat een letter zonder"),
    ('ex:a ex:p "a"@en_GB .', 2, "a sign stands where it cannot.", "er staat een teken waar het niet kan."),
    (
        "ex:a dou:p ex:b .",
        2,
        "the prefix dou: is not declared. Did you mean duo:?",
        "het voorvoegsel dou: is niet bekend",
    ),
    (
        "ex:a exx:p ex:b .",
        2,
        "the prefix exx: is not declared. Did you mean ex:?",
        "het voorvoegsel exx: is niet bekend",
    ),
    (
        "ex:a duo:p ex:b .",
        2,
        "the prefix duo: is not declared. Add at the top of the file: @prefix duo: <https://",
        "het",
    ),
    ("ex:a ex:p “b”@en .", 2, "a text has the curved quotation marks", "hier staat een tekst tussen de gekrulde"),
    ('ex:a ex:p "b”@en ,\n "c"@nl .', 2, "a text has the curved quotation marks", "hier staat een tekst tussen de"),
    ("ex:a ex:p ex:b ;\n ex:q ‘c’ .", 3, "a text has the curved quotation marks", "hier staat een tekst tussen de"),
    (
        "ex:a\u00a0ex:p ex:b .",
        2,
        "there is a space here that looks like any other and is not (U+00A0)",
        "hier staat een",
    ),
    (
        "ex:a ex:p ex:b \u200b.",
        2,
        "there is a space here that looks like any other and is not (U+200B)",
        "hier staat een",
    ),
]


@pytest.mark.parametrize(("text", "line", "english", "dutch"), CAUSES, ids=[case[2][:40] for case in CAUSES])
def test_cause_is_told_in_our_words(text, line, english, dutch, tmp_path):
    path = tmp_path / "a.ttl"
    path.write_text(f"@prefix ex: <{EX}> .\n{text}", "utf-8")
    (found,) = parse_turtle(new_graph(), path, "a.ttl")
    assert found.line == line
    assert found.text("en").startswith(f"this is not valid Turtle: {english}")
    assert found.text("nl").startswith(f"dit is geen geldige Turtle: {dutch}")


def test_curved_marks_and_odd_spaces_may_stand_in_a_text(tmp_path):
    path = tmp_path / "a.ttl"
    path.write_text(f'@prefix ex: <{EX}> .\nex:a ex:p "“duo’s”\u00a0b" .', "utf-8")
    assert parse_turtle(new_graph(), path, "a.ttl") == []


def test_sound_file_has_no_faults(tmp_path):
    path, graph = tmp_path / "a.ttl", new_graph()
    path.write_bytes(b"PREFIX ex: <http://e.org/>\r\nex:a ex:p ex:b .\r\n")
    assert parse_turtle(graph, path, "a.ttl") == []
    assert len(graph) == 1
