"""Tables become statements, each with the line of its row, or faults that say where and what to do."""

import json
import random
import shutil

import pytest
from conftest import DATA, ROOT

from kb.checks.validation import validate
from kb.content.csvw import read_table
from kb.content.csvw_metadata import PARTS, parse_metadata
from kb.content.knowledge_base import load_knowledge_base
from kb.namespaces import expand
from kb.site.pages import Places, write_markdown

EX = "http://example.org/"
# A table of persons and their dogs, with a column of each sort.
COLUMNS = [
    {"name": "id", "datatype": {"base": "string", "format": "[a-z]+"}, "required": True, "suppressOutput": True},
    {"name": "name", "propertyUrl": "skos:prefLabel", "lang": "en"},
    {"name": "also", "propertyUrl": f"{EX}also", "separator": "|"},
    {"name": "size", "propertyUrl": f"{EX}size", "datatype": "decimal", "null": ["", "?"]},
    {"name": "age", "propertyUrl": f"{EX}age", "datatype": "integer"},
    {"name": "born", "propertyUrl": f"{EX}born", "datatype": "date"},
    {"name": "tall", "propertyUrl": f"{EX}tall", "datatype": {"base": "boolean", "format": "yes|no"}},
    {"name": "dog", "propertyUrl": f"{EX}dog", "valueUrl": f"{EX}dog/{{id}}-{{dog}}"},
    {"name": "town", "propertyUrl": f"{EX}town", "valueUrl": f"{EX}{{town}}", "default": "ghent"},
    {"name": "note", "suppressOutput": True},
    {"name": "type", "virtual": True, "propertyUrl": "rdf:type", "valueUrl": f"{EX}Person"},
    {"name": "of", "virtual": True, "aboutUrl": f"{EX}all", "propertyUrl": f"{EX}holds", "valueUrl": f"{EX}{{id}}"},
]
DESCRIPTION = {
    "@context": "http://www.w3.org/ns/csvw",
    "url": "a.csv",
    "dc:title": "Persons",
    "dialect": {"skipBlankRows": True},
    "tableSchema": {"aboutUrl": f"{EX}{{id}}", "primaryKey": "id", "columns": COLUMNS},
}
HEAD = "id,name,also,size,age,born,tall,dog,town,note\n"
ANN = "ann,Ann,A|Annie,1.50,7,2019-02-28,no,rex,aalst,seen\n"
BOB = "bob,,,?,,,,,,\n"


def described(*changes, **parts):
    """The description with parts of a table and of columns put in: ("size", {"datatype": "string"})."""
    columns = [column | next((new for name, new in changes if name == column["name"]), {}) for column in COLUMNS]
    return json.dumps(
        DESCRIPTION | {"tableSchema": DESCRIPTION["tableSchema"] | {"columns": columns}} | parts, indent=1
    )


@pytest.fixture
def read(tmp_path):
    """Write a table and its description, and read them."""

    def give(content, description=None):
        (tmp_path / "a.csv").write_bytes(content if isinstance(content, bytes) else content.encode())
        (tmp_path / "a.csv-metadata.json").write_text(described() if description is None else description, "utf-8")
        return read_table(tmp_path / "a.csv", "evidence/a.csv")

    return give


def said(table):
    """What a table says, a line each: the number of the row's line, then the statement, without the start of names."""
    shortened = (f"{line} {one} {said} {other}".replace(EX, "") for one, said, other, line in table.statements)
    return [text.replace("http://www.w3.org/2001/XMLSchema#", "xsd:") for text in shortened]


def faults(table):
    return [f"{found.where()}: {found.item}: {found.text('en')}" for found in table.faults]


SAID = [
    '2 <ann> <http://www.w3.org/2004/02/skos/core#prefLabel> "Ann"@en',
    '2 <ann> <also> "A"',
    '2 <ann> <also> "Annie"',
    '2 <ann> <size> "1.50"^^<xsd:decimal>',
    '2 <ann> <age> "7"^^<xsd:integer>',
    '2 <ann> <born> "2019-02-28"^^<xsd:date>',
    '2 <ann> <tall> "false"^^<xsd:boolean>',
    "2 <ann> <dog> <dog/ann-rex>",
    "2 <ann> <town> <aalst>",
    "2 <ann> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <Person>",
    "2 <all> <holds> <ann>",
    "3 <bob> <town> <ghent>",
    "3 <bob> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <Person>",
    "3 <all> <holds> <bob>",
]
# What it shows, and the file: each says the same.
SAME = [
    ("plain", HEAD + ANN + BOB),
    ("byte-order mark", b"\xef\xbb\xbf" + (HEAD + ANN + BOB).encode()),
    ("lines ended as Windows does", (HEAD + ANN + BOB).replace("\n", "\r\n")),
    ("lines ended as an old Mac does", (HEAD + ANN + BOB).replace("\n", "\r")),
    ("every cell quoted", "".join(f'"{line}"\n'.replace(",", '","') for line in (HEAD + ANN + BOB).splitlines())),
    ("no line end after the last row", (HEAD + ANN + BOB).rstrip("\n")),
    ("blank rows at the end", HEAD + ANN + BOB + "\n,,,,,,,,,\n\n"),
    ("blanks around numbers", HEAD + ANN.replace("1.50", " 1.50 ") + BOB),
]


@pytest.mark.parametrize("content", [case[1] for case in SAME], ids=[case[0] for case in SAME])
def test_what_a_table_says(content, read):
    table = read(content)
    assert (said(table), faults(table)) == (SAID, [])


def test_line_of_a_row_after_a_cell_of_two_lines(read):
    table = read(HEAD + ANN.replace("Ann,", '"Ann\r\nlonger",') + BOB)
    assert said(table)[0].endswith('"Ann\\nlonger"@en')
    assert [text[0] for text in said(table) if "<bob>" in text] == ["4", "4", "4"]


def test_table_as_flemish_excel_saves_it(read):
    """With semicolons and decimal commas, once its description says so."""
    size = ("size", {"datatype": {"base": "decimal", "format": {"decimalChar": ","}}, "null": ["?", ""]})
    content = (HEAD + ANN + BOB).replace(",", ";").replace("1.50", "1,50")
    table = read(content, described(size, dialect={"delimiter": ";"}))
    assert (said(table), faults(table)) == (SAID, [])


def test_names_with_other_signs_become_addresses(read):
    table = read(HEAD + ANN.replace("rex", "de élan/2"))
    assert "2 <ann> <dog> <dog/ann-de%20%C3%A9lan%2F2>" in said(table)


def test_lines_of_statements(read):
    lines = read(HEAD + ANN + BOB).lines
    kind = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
    assert lines.subjects == {f"{EX}ann": 2, f"{EX}all": 2, f"{EX}bob": 3}
    assert lines.described == {f"{EX}ann": [2], f"{EX}bob": [3]}
    assert (lines.line(f"{EX}bob", kind), lines.line(f"{EX}bob", kind, f"{EX}Person")) == (3, 3)
    assert (lines.line(f"{EX}bob", "", f"{EX}ghent"), lines.line(f"{EX}bob", f"{EX}size")) == (3, 0)
    assert lines.mentions == {
        f"{EX}{name}": line for name, line in {"ann": 2, "dog/ann-rex": 2, "aalst": 2, "bob": 3, "ghent": 3}.items()
    } | {f"{EX}all": 2}


def test_an_address_of_the_description_is_mentioned_there(read):
    table = read(HEAD + ANN)
    assert f"{EX}Person" not in table.lines.mentions
    line = described().partition(f'"{EX}Person"')[0].count("\n") + 1
    assert table.description_lines.mentions[f"{EX}Person"] == line


# What it shows, the file, and place, column and words of each fault.
FAULTS = [
    ("empty file", "", ["1: : the first line must name the columns and is empty. Put back: id,name,also"]),
    ("blank first line", "\n" + ANN, ["1: : the first line must name the columns"]),
    ("no rows", HEAD, []),
    (
        "unknown column",
        HEAD.replace("size", "seize") + ANN,
        [
            "1: seize: this table has no column of the name seize. Did you mean size? Correct",
            "1: size: the column size is not in the first line",
        ],
    ),
    (
        "column too many",
        HEAD.replace("note", "note,more") + ANN,
        ["1: more: this table has no column of the name more"],
    ),
    ("column missing", HEAD.replace(",note", "") + ANN, ["1: note: the column note is not in the first line. Put it"]),
    ("columns changed places", HEAD.replace("id,name", "name,id") + ANN, ["1: : each column stands in the first line"]),
    ("column twice", HEAD.replace("id,", "id,id,") + ANN, ["1: : each column stands in the first line once"]),
    (
        "semicolons",
        (HEAD + ANN).replace(",", ";"),
        [
            "1: : here semicolons stand between the cells, where commas must. Save the file again "
            'as CSV with commas, or add to evidence/a.csv-metadata.json, inside "dialect": "delimiter": ";"'
        ],
    ),
    ("tabs", (HEAD + ANN).replace(",", "\t"), ["1: : here tabs stand between the cells, where commas must."]),
    (
        "cell too many",
        HEAD + ANN.replace("Ann,", "Ann, A.,"),
        ["2: : this row has 11 cell(s) where there are 10 columns"],
    ),
    ("cell too few", HEAD + ANN + "bob\n", ["3: : this row has 1 cell(s) where there are 10 columns"]),
    ("unclosed quotation mark", HEAD + BOB + ANN.replace("Ann,", '"Ann,'), ["3: : in the row that begins here a quot"]),
    ("text after a quotation mark", HEAD + ANN.replace("Ann,", '"Ann"a,'), ["2: : in the row that begins here a quot"]),
    (
        "cell larger than a cell can be",
        HEAD + ANN.replace("Ann,", f"{'A' * 140_000},"),
        ["2: : in the row that begins"],
    ),
    ("letter in a number", HEAD + ANN.replace("1.50", "1.5O"), ["2: size: “1.5O” is no number. Write it in figures"]),
    (
        "decimal comma",
        HEAD + ANN.replace("1.50", '"1,50"'),
        ["2: size: “1,50” is no number. Write it in figures, with “.”"],
    ),
    (
        "other figures",
        HEAD + ANN.replace(",7,", ",\u0667,"),
        ["2: age: “\u0667” is no whole number. Write it in figures alone"],
    ),
    ("no whole number", HEAD + ANN.replace(",7,", ",7.0,"), ["2: age: “7.0” is no whole number."]),
    ("no date", HEAD + ANN.replace("2019-02-28", "28/02/2019"), ["2: born: “28/02/2019” is no date. Write it as 2026"]),
    (
        "neither true nor false",
        HEAD + ANN.replace(",no,", ",WAAR,"),
        ["2: tall: “WAAR” cannot stand here. Write yes or no"],
    ),
    (
        "other form",
        HEAD + BOB + ANN.replace("ann,", "Ann 1,", 1),
        ["3: id: “Ann 1” cannot stand here: it must be of the "],
    ),
    ("empty where it may not be", HEAD + BOB.replace("bob", ""), ["2: id: this cell must not be empty. Fill it in."]),
    (
        "sign that nobody sees",
        HEAD + ANN.replace("seen", "se\x00en"),
        ["2: note: there is a sign that nobody can see in"],
    ),
    (
        "a cell too few and a wrong cell",
        HEAD + BOB[1:-2] + "\n" + ANN.replace("1.50", "x"),
        ["2: : this row has 9 cell(s) where there are 10 columns", "3: size: “x” is no number."],
    ),
    (
        "same row twice, and two faults",
        HEAD + ANN + BOB + ANN.replace("1.50", "x").replace(",7,", ",y,"),
        [
            "4: size: “x” is no number.",
            "4: age: “y” is no whole number.",
            "4: : this row is about the same thing as line 2: the columns id are equal. Take one",
        ],
    ),
    (
        "two versions",
        f"{HEAD}<<<<<<< HEAD\n{ANN}=======\n{BOB}>>>>>>> other\n",
        [f"{line}: : Git put two versions side by side here. Keep one" for line in (2, 4, 6)],
    ),
    (
        "not UTF-8",
        (HEAD + BOB + ANN).encode() + b"bj\xf6rn,,,,,,,,,",
        ["4: : this line is not UTF-8 text (byte F6). Save"],
    ),
    ("as Excel saves “Unicode text”", (HEAD + ANN).encode("utf-16"), ["1: : this line is not UTF-8 text (byte FF)."]),
]


@pytest.mark.parametrize(("content", "expected"), [case[1:] for case in FAULTS], ids=[case[0] for case in FAULTS])
def test_fault_has_its_line_and_says_what_to_do(content, expected, read):
    table = read(content)
    found = [text.removeprefix("evidence/a.csv:") for text in faults(table)]
    assert [text[: len(start)] for text, start in zip(found, expected, strict=True)] == expected
    assert all(fault.text("nl") != fault.text("en") for fault in table.faults)


def test_table_that_nothing_describes(tmp_path):
    (tmp_path / "a.csv").write_text(HEAD)
    (found,) = read_table(tmp_path / "a.csv", "evidence/a.csv").faults
    assert found.text("en").startswith(
        "nothing says what the columns of this table mean. Put evidence/a.csv-metadata.j"
    )


# What it shows, the description, the word at whose line the fault stands, and words of the fault.
WRONG = [
    ("no JSON", described()[:-3], None, "this is not valid JSON: "),
    ("no object", "[]", None, "[] cannot be read as “table”"),
    ("part twice", described().replace('"url"', '"dc:title"', 1), "dc:title", "“dc:title” stands twice in the same"),
    (
        "part that is not read",
        described(notes=[]),
        "notes",
        "“notes” cannot be read here, and nothing would come of it",
    ),
    (
        "misspelt part",
        described(("size", {"datatipe": "x"})),
        "datatipe",
        " Did you mean datatype? Take it out, or use",
    ),
    ("part of another type", described(("dog", {"required": "yes"})), "required", '"yes" cannot be read as “required”'),
    ("other context", described(**{"@context": "http://x"}), "@context", '"http://x" cannot be read as “@context”.'),
    (
        "other table",
        described(url="b.csv"),
        "url",
        '“url” names the table beside this file: write "a.csv", not "b.csv".',
    ),
    ("other encoding", described(dialect={"encoding": "latin1"}), "encoding", "“encoding” cannot be read here"),
    ("long separator", described(dialect={"delimiter": ", "}), "delimiter", '", " cannot be read as “delimiter”.'),
    ("no columns", described(tableSchema={"columns": []}), "columns", "[] cannot be read as “columns”."),
    ("column that is none", described(tableSchema={"columns": [7]}), None, "7 cannot be read as “column”."),
    ("unknown datatype", described(("age", {"datatype": "number"})), "number", '"number" cannot be read as “datatype”'),
    (
        "limit of a number",
        described(("age", {"datatype": {"base": "integer", "minimum": 1}})),
        "minimum",
        "“minimum” ca",
    ),
    (
        "form of a date",
        described(("born", {"datatype": {"base": "date", "format": "d/M"}})),
        "d/M",
        '"d/M" cannot be re',
    ),
    (
        "pattern that is none",
        described(("id", {"datatype": {"base": "string", "format": "("}})),
        "(",
        '"(" cannot be rea',
    ),
    (
        "one word for two",
        described(("tall", {"datatype": {"base": "boolean", "format": "y|y"}})),
        "y|y",
        '"y|y" cannot',
    ),
    ("no language", described(("name", {"lang": "e n"})), "e n", '"e n" cannot be read as “lang”'),
    ("name twice", described(("name", {"name": "id"})), "id", '"id" cannot be the name of a column'),
    ("name with a blank", described(("name", {"name": "a b"})), "a b", '"a b" cannot be the name of a column'),
    ("virtual first", described(("id", {"virtual": True})), "name", "the column name stands in the file, so it comes"),
    (
        "key that is none",
        described(tableSchema={**DESCRIPTION["tableSchema"], "primaryKey": ["id", "x"]}),
        "primaryKey",
        "“primaryKey” names x, which is no column",
    ),
    (
        "virtual key",
        described(tableSchema={**DESCRIPTION["tableSchema"], "primaryKey": "type"}),
        "primaryKey",
        "“primaryKey” names type, which is no column",
    ),
    ("address of no column", described(("dog", {"valueUrl": f"{EX}{{cat}}"})), f"{EX}{{cat}}", "“valueUrl” names cat"),
    (
        "address of a number",
        described(("dog", {"valueUrl": f"{EX}{{size}}"})),
        f"{EX}{{size}}",
        "“valueUrl” names size",
    ),
    (
        "prefix of ours",
        described(("dog", {"propertyUrl": "duo:dog"})),
        "duo:dog",
        "the column dog needs a whole address",
    ),
    ("no property", described(("note", {"suppressOutput": False})), "note", "the column note needs a whole address as"),
]


@pytest.mark.parametrize(("text", "word", "words"), [case[1:] for case in WRONG], ids=[case[0] for case in WRONG])
def test_what_a_description_cannot_say_is_told(text, word, words, read):
    table = read(HEAD + ANN, text)
    lines = [found.line for found in table.faults if words in found.text("en") != found.text("nl")]
    assert len(lines) >= 1, faults(table)
    assert {found.file for found in table.faults} == {"evidence/a.csv-metadata.json"}
    if word:
        assert json.dumps(word, ensure_ascii=False) in text.splitlines()[lines[0] - 1]


def test_contributing_names_every_part_that_is_read():
    text = (ROOT / "CONTRIBUTING.md").read_text("utf-8").partition("\n### A survey\n")[2].partition("\n### ")[0]
    assert [part for parts in PARTS.values() for part in parts if f"`{part}`" not in text and part != "@context"] == []


def test_nothing_is_read_where_the_description_is_wrong(read):
    assert read(HEAD + ANN, described(notes=[])).statements == ()
    assert parse_metadata("{}", "m.json", "a.csv")[0] is None


def test_what_an_address_cannot_hold(read):
    """A template that leaves the signs of a cell as they are (RFC 6570, {+name})."""
    table = read(HEAD + ANN.replace("rex", "a>b"), described(("dog", {"valueUrl": f"{EX}{{+dog}}x{{dog}}"})))
    assert said(table)[7] == "2 <ann> <dog> <a%3Eba%3Eb>".replace("<a%3Eba", "<a%3Ebxa")


@pytest.fixture
def surveyed(tiny):
    """The miniature with the survey of another work in tables."""
    shutil.copytree(DATA / "brown2008", tiny / "evidence/brown2008")
    return tiny


SURVEY = "evidence/brown2008/survey.csv"
# File, what is replaced by what, and the faults that the check finds.
CHECKED = [
    ("survey.csv", "trained,all", "traind,all", ["survey.csv:2: error: question:traind: question:traind is used here"]),
    (
        "survey.csv",
        "Percent",
        "Percnt",
        ["survey.csv:2: error: duo:Percnt: duo:Percnt is not a term of our vocabulary"],
    ),
    (
        "survey.csv",
        "ruim",
        "rum",
        ["survey.csv:2: error: observation:trained--all: What these words leave of a figure"],
    ),
    ("survey.csv", "50,Percent", "150,Percent", ["survey.csv:2: error: observation:trained--all: A share cannot"]),
    (
        "survey.csv",
        "no,5.1,,,",
        "no,5.1,,brown,",
        ["survey.csv:2: error: duo:brown: duo:brown is not a term of our voc"],
    ),
    ("survey.csv", "all,1,", "all,0,", ["survey.csv:2: error: answer:trained--all: Give the place"]),
    ("survey.csv", "no,5.1,", "no,5.9,", ["survey.csv:2: error: observation:trained--all: The work has no section"]),
    ("questions.csv", "trained,1,", "trained,1.0,", ["questions.csv:2: error: position: “1.0” is no whole number"]),
    (
        "questions.csv",
        "\ntrained,1",
        '\ntrained,1,"a\nb",c,d,e,5.1,,\ntrained,1',
        ["questions.csv:4: error: this row is about the same thing as line 2"],
    ),
    (
        "sections.csv",
        "5-1,5.1",
        "5.1,5.1",
        ["sections.csv:2: error: name: “5.1” cannot stand here: it must be of the fo"],
    ),
    (
        "survey.csv-metadata.json",
        "source/brown2008",
        "source/brwn2008",
        ["survey.csv-metadata.json:148: error: source:brwn2008: the citation key brwn2008 is not in sources.bib."],
    ),
    (
        "survey.csv-metadata.json",
        'ontology#value"',
        'ontology#valu"',
        [
            "survey.csv:2: error: observation:trained--all: ",
            "survey.csv-metadata.json:69: error: duo:valu: duo:valu is not a term of our vocabulary.",
        ],
    ),
]


@pytest.mark.parametrize(("file", "old", "new", "expected"), CHECKED)
def test_check_tells_the_line_of_the_row(file, old, new, expected, surveyed, told):
    path = surveyed / "evidence/brown2008" / file
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")
    run = told("--root", surveyed, "check")
    found = [line.removeprefix("evidence/brown2008/") for line in run.stderr.splitlines()[:-1]]
    assert run.exit_code == 1
    assert [text[: len(start)] for text, start in zip(found, expected, strict=True)] == expected


def test_places_are_rows(surveyed):
    kb = load_knowledge_base(surveyed)
    for name in ("answer:trained--all", "observation:trained--all"):
        assert kb.place(expand(name), expand("skos:altLabel")) == (SURVEY, 2)
    assert kb.place(expand("section:brown2008--5-2")) == ("evidence/brown2008/sections.csv", 3)


def test_described_in_a_table_and_in_turtle(surveyed):
    text = "<https://w3id.org/duo-kb/answer/trained--all> a <https://w3id.org/duo-kb/ontology#Answer> ."
    (surveyed / "evidence/brown2008/again.ttl").write_text(text)
    (found,) = [fault for fault in validate(load_knowledge_base(surveyed)) if "also described" in fault.text("en")]
    assert found.render("en").startswith(f"{SURVEY}:2: error: answer:trained--all: answer:trained--all is also descri")


def test_description_without_its_table(surveyed):
    (surveyed / SURVEY).unlink()
    (found,) = load_knowledge_base(surveyed).faults
    assert found.render("en").startswith(f"{SURVEY}-metadata.json: error: this describes the table {SURVEY}, which is")


# What is put into cells that are changed at random.
ODD = [
    "",
    " ",
    "x",
    "7",
    "-1",
    "1,5",
    "5.1",
    "yes",
    "Percent",
    "trained",
    "all",
    "<b>",
    "{{ x }}",
    "|",
    "a|b",
    "#",
    "%",
]
ODD += ["é\n", '"', "\\", "—" * 300, "1" * 40]


@pytest.mark.parametrize("seed", range(12))
def test_what_passes_the_check_becomes_pages(seed, surveyed):
    """Cells changed at random, three at a time: never an exception, and no fault that only shows in the pages."""
    chance = random.Random(seed)
    for _ in range(3):
        path = surveyed / "evidence/brown2008" / chance.choice(["survey.csv", "questions.csv", "sections.csv"])
        head, *rows = path.read_text("utf-8").split("\n")
        cells = rows[0].split(",")
        cells[chance.randrange(len(cells))] = chance.choice(ODD)
        path.write_text("\n".join([head, ",".join(cells), *rows[1:]]), "utf-8")
    kb = load_knowledge_base(surveyed)
    if not [fault for fault in validate(kb) if fault.severity == 0]:
        write_markdown(kb, Places(surveyed))
