"""What people get wrong, through the real command: exit status, file and line, what to do, and nothing is changed."""

import re

import pytest
from conftest import DATA, ROOT

CLAIMS, ITEMS, SURVEY = "evidence/claims.ttl", "evidence/items.ttl", "evidence/survey.ttl"
BIB, CONCEPTS = "sources.bib", "ontology.ttl"
CELL = """cell:ally-training a qb:Observation , duo:RoleCell ;
    qb:dataSet duo:roleTable ;
    duo:role role:ally ;
    duo:characteristic characteristic:training ;
    duo:level level:low ;
    skos:prefLabel "ally: training (low)"@en , "bondgenoot: opleiding (laag)"@nl ;
    duo:statement "An ally needs little training."@en , "Een bondgenoot heeft weinig opleiding nodig."@nl ;
    dcterms:source source:clark2016 .
"""
WEEKLY = "evidence/survey.ttl:{}: error: observation:meetings--weekly: "
# Stand before the survey's first question, at line 21.
CAVEAT = """<https://w3id.org/duo-kb/caveat/odd> a duo:Caveat ;{}
    duo:severity duo:Doubt ; duo:statement "Odd."@en , "Vreemd."@nl .

"""
GAP = CAVEAT.replace("caveat/odd> a duo:Caveat", "gap/odd> a duo:Gap").replace("duo:severity duo:Doubt ; ", "")
QUESTION = "question:meetings a duo:SurveyQuestion ;"
CLAIM = """<https://w3id.org/duo-kb/claim/matching-lasts> a duo:Claim ;
    duo:about question:meetings ;
    duo:statement "Another."@en , "Een andere."@nl ; duo:kind duo:Condition ;
    duo:reportedIn source:clark2016 ; duo:section "2.9" ; duo:supportedBy source:brown2008 .

"""
ONE_CELL = "ontology.ttl:44: error: role:ally: The roles table needs exactly one cell for this role and characteristic:"


def line_of(words):
    """The line at which words of the real vocabulary stand in the miniature's ontology.ttl (`lay_out_tiny`)."""
    text = (DATA / "tiny/ontology.ttl").read_text("utf-8") + (ROOT / "ontology.ttl").read_text("utf-8")
    return text[: text.index(words)].count("\n") + 1


HEADER, ISSUED = line_of("<https://w3id.org/duo-kb/ontology> a"), line_of("dcterms:issued")
# The day on which the version is of.
DAY = re.search(r'dcterms:issued "([^"]+)"', (ROOT / "ontology.ttl").read_text("utf-8"))[1]

# What is wrong: file, text in it, what stands there instead, and how each line of the message begins.
FAULTS = {
    "broken Turtle": (
        CLAIMS, 'duo:section "2.1" ;', 'duo:section "2.1"',
        ["evidence/claims.ttl:14: error: this is not valid Turtle: "],
    ),
    "unknown prefix": (
        CLAIMS, "@prefix outcome:", "@prefix outcom:",
        ["evidence/claims.ttl:24: error: this is not valid Turtle: the prefix outcome: is not declared. Add at"],
    ),
    "unknown citation key": (
        CLAIMS, "source:adams2001 .", "source:adam2001 .",
        ["evidence/claims.ttl:14: error: source:adam2001: the citation key adam2001 is not in sources.bib. "
         "Did you mean source:adams2001? Correct the key, or add the entry to sources.bib."],
    ),
    "citation key like no other": (
        CLAIMS, "source:adams2001 .", "source:zzz1999 .",
        ["evidence/claims.ttl:14: error: source:zzz1999: the citation key zzz1999 is not in sources.bib. Correct"],
    ),
    "duplicate key": (
        BIB, "@book{brown2008", "@book{adams2001",
        ["sources.bib:15: error: adams2001: the citation key adams2001 occurs a second time"],
    ),
    "unclosed entry": (
        BIB, "{confirmed},\n}\n\n@book", "{confirmed},\n\n@book",
        ["sources.bib:3: error: adams2001: this BibTeX entry cannot be read"],
    ),
    "no comma between fields": (
        BIB, "{Adams, Ann and Bakker, Bea},", "{Adams, Ann and Bakker, Bea}",
        ["sources.bib:4: error: adams2001: this BibTeX entry cannot be read (author: {Adams, Ann and Bakker, Bea} …)"],
    ),
    "entry without a year": (
        BIB, "  year = {2008},\n", "",
        ["sources.bib:15: error: brown2008: the entry brown2008 has no year. Add a line: year = {2010},"],
    ),
    "empty bibliography": (BIB, None, "", ["sources.bib: error: there are no entries in this file."]),
    "claim read nowhere": (
        CLAIMS, "duo:reportedIn source:clark2016 ; ", "",
        ["evidence/claims.ttl:9: error: claim:matching-lasts: Name the work in which you read this: duo:reportedIn "
         "source:KEY, where KEY is a citation key of sources.bib; once for each work in which you read it."],
    ),
    "section with a final dot": (
        CLAIMS, '"2.1"', '"2.1."',
        ["evidence/claims.ttl:13: error: claim:matching-lasts: Give the section once, as printed"],
    ),
    "finding of a work that nobody has read": (
        "evidence/effects.ttl", "duo:source source:brown2008", "duo:source source:adams2001",
        ["evidence/effects.ttl:29: error: evidence:mentoring--less-stress--brown2008: Nobody has read this source, so "
         "say through which work you know what it found: duo:readAs duo:SecondaryCitation ; duo:citedVia source:KEY.",
         "evidence/effects.ttl:37: error: estimate:brown2008-stress: An estimate is named after the work that gives "],
    ),
    "interval turned round": (
        "evidence/effects.ttl", "duo:ciLow -0.3 ; duo:ciHigh 0.1", "duo:ciLow 0.3 ; duo:ciHigh -0.1",
        ["evidence/effects.ttl:38: error: estimate:brown2008-stress: The interval begins above its end."],
    ),
    "statement without a language": (
        CLAIMS, 'longer."@en', 'longer."',
        ["evidence/claims.ttl:11: error: claim:matching-lasts: A statement must stand here exactly once"],
    ),
    "claim about nothing": (
        CLAIMS, "    duo:about indicator:matching ;\n", "",
        ["evidence/claims.ttl:9: error: claim:matching-lasts: Say what this claim is about: duo:about indicator:…"],
    ),
    "unknown kind": (
        CLAIMS, "duo:SuccessFactor", "duo:SuccesFactor",
        ["evidence/claims.ttl:12: error: duo:SuccesFactor: duo:SuccesFactor is not a term of our vocabulary. "
         "Did you mean duo:SuccessFactor?"],
    ),
    "thing that is no kind": (
        CLAIMS, "duo:SuccessFactor", "duo:Direct",
        ["evidence/claims.ttl:12: error: claim:matching-lasts: Give exactly one kind: duo:Effect"],
    ),
    "two labels in one language": (
        CONCEPTS, '"dependency"@en ,', '"dependency"@en , "leaning"@en ,',
        ["ontology.ttl:223: error: pitfall:dependency: A preferred label must stand here exactly once in English"],
    ),
    "missing cell": (CONCEPTS, CELL, "", [f"{ONE_CELL}training. Add the missing cell, or delete"]),
    "second cell": (
        CONCEPTS, CELL, CELL + CELL.replace("cell:ally-training", "cell:ally-training-2"),
        [f"{ONE_CELL}training. Add the missing cell, or delete"],
    ),
    "loop": (
        CONCEPTS, "duo:distinguishedFrom concept:mentoring",
        "skos:broader concept:mentoring ; skos:narrower concept:mentoring",
        ["ontology.ttl:33: error: concept:befriending: Going up along skos:broader from here leads back here.",
         "ontology.ttl:36: error: concept:mentoring: Going up along skos:broader from here leads back here."],
    ),
    "typo in a property of ours": (
        CLAIMS, "duo:noEffectFoundBy", "duo:noEfectFoundBy",
        ["evidence/claims.ttl:32: error: claim:stress-falls: Say which source bears on this",
         "evidence/claims.ttl:37: error: duo:noEfectFoundBy: duo:noEfectFoundBy is not a term of our vocabulary. "
         "Did you mean duo:noEffectFoundBy?"],
    ),
    "typo in a property of SKOS": (
        CONCEPTS, 'skos:altLabel "buddying"', 'skos:altLable "buddying"',
        ["ontology.ttl:31: error: skos:altLable: skos:altLable does not exist in the standard that this prefix "
         "stands for. Did you mean skos:altLabel?"],
    ),
    "typo in a thing": (
        CLAIMS, "indicator:matching", "indicator:matchin",
        ["evidence/claims.ttl:10: error: indicator:matchin: indicator:matchin is used here but not described "
         "anywhere. Did you mean indicator:matching?"],
    ),
    "evidence item of a claim that does not name the source": (
        ITEMS, "evidence:training-helps--brown2008", "evidence:training-helps--bron2008",
        ["evidence/items.ttl:7: error: evidence:training-helps--bron2008: evidence:training-helps--bron2008 is used "
         "here but not described anywhere. Did you mean evidence:training-helps--brown2008?"],
    ),
    "data of its own in a review": (
        "evidence/studies.ttl", "duo:InterviewStudy", "duo:LiteratureReview",
        ["evidence/items.ttl:6: error: evidence:matching-lasts--adams2001: The work is duo:LiteratureReview: it gath",
         "evidence/items.ttl:8: error: evidence:confidence-grows--adams2001: The work is duo:LiteratureReview: it ga"],
    ),
    "missing ontology": (CONCEPTS, None, None, ["ontology.ttl: error: ontology.ttl: this file is missing. Put it"]),
    "missing bibliography": (BIB, None, None, ["sources.bib: error: sources.bib: this file is missing. Put it back"]),
    "missing shapes": ("shapes.ttl", None, None, ["shapes.ttl: error: shapes.ttl: this file is missing. Put it back"]),
    "not UTF-8": (
        CLAIMS, None, "# caf\udce9",
        ["evidence/claims.ttl:1: error: this line is not UTF-8 text (byte E9). Save the file again as UTF-8."],
    ),
    "bibliography not UTF-8": (
        BIB, None, "% one\n% caf\udce9", ["sources.bib:2: error: this line is not UTF-8 text (byte E9). Save the file"],
    ),
    "question that is no SPARQL": (
        "queries/claims-about.rq", "SELECT ?claim", "SELEKT ?claim",
        ["queries/claims-about.rq: error: claims-about: this query cannot be run: "],
    ),
    "question without a title": (
        "queries/claims-about.rq", "# title@nl:", "# titel@nl:",
        ["queries/claims-about.rq:1: error: claims-about: the comment lines at the top lack: title@nl."],
    ),
    "question that finds too little": (
        "queries/claims-about.rq", "# rows: 4", "# rows: 7",
        ["queries/claims-about.rq:1: error: claims-about: this question returns 6 row(s); it must return at least 7."],
    ),
    "no label at all": (
        CONCEPTS, '    skos:prefLabel "dependency"@en , "afhankelijkheid"@nl ;\n', "",
        ["ontology.ttl:220: error: pitfall:dependency: A preferred label must stand here exactly once in English"],
    ),
    "least number of rows in words": (
        "queries/claims-about.rq", "# rows: 4", "# rows: many",
        ["queries/claims-about.rq:6: error: claims-about: the least number of rows must be a whole number; here it is "
         "many. Write for instance: # rows: 6"],
    ),
    "share of more than all": (
        SURVEY, "54.5", "130.0",
        [WEEKLY.format(39) + "A share cannot be larger than the whole: 130 is too high for its unit. Compare the "],
    ),
    "share of nobody": (
        SURVEY, "duo:base 11", "duo:base 0",
        [WEEKLY.format(40) + "The base is one whole number above 0. Write what the share is of, as in duo:base 55, or"],
    ),
    "two figures at once": (
        SURVEY, "54.5", "54.5 , 45.5",
        [WEEKLY.format(39) + "A value is one decimal number from 0, such as 54.5 or 8.0. Write it so, and give a "],
    ),
    "figure that answers no question": (
        SURVEY, "    duo:question question:meetings ;\n", "",
        [WEEKLY.format(35) + "An observation answers exactly one question: duo:question question:…."],
    ),
    "caveat on nothing": (
        SURVEY, QUESTION, CAVEAT.format("") + QUESTION,
        ["evidence/survey.ttl:21: error: caveat:odd: Say what this is about: duo:about claim:… (or another thing"],
    ),
    "caveat on what is not there": (
        SURVEY, QUESTION, CAVEAT.format(" duo:about question:meeting ;") + QUESTION,
        ["evidence/survey.ttl:21: error: question:meeting: question:meeting is used here but not described anywhere. "
         "Did you mean question:meetings?"],
    ),
    "caveat on a text": (
        SURVEY, QUESTION, CAVEAT.format(' duo:about "meetings" ;') + QUESTION,
        ["evidence/survey.ttl:21: error: caveat:odd: Say what this is about: duo:about claim:… (or another thing"],
    ),
    "gap about nothing": (
        SURVEY, QUESTION, GAP.format("") + QUESTION,
        ["evidence/survey.ttl:21: error: gap:odd: Say what this is about: duo:about claim:… (or another thing of"],
    ),
    "version without a date": (
        CONCEPTS, f'    dcterms:issued "{DAY}"^^xsd:date ;\n', "",
        [f"ontology.ttl:{HEADER}: error: https://w3id.org/duo-kb/ontology: Give the date of this version once, "],
    ),
    "date of the version in words": (
        CONCEPTS, f'"{DAY}"^^xsd:date', '"22 November 2026"',
        [f"ontology.ttl:{ISSUED}: error: https://w3id.org/duo-kb/ontology: Give the date of this version once, "],
    ),
    "date of the version with a time zone": (
        CONCEPTS, f'"{DAY}"^^xsd:date', f'"{DAY}+01:00"^^xsd:date',
        [f"ontology.ttl:{ISSUED}: error: https://w3id.org/duo-kb/ontology: Give the date of this version once, "],
    ),
    "day that does not exist": (
        CONCEPTS, f'"{DAY}"^^xsd:date', '"2026-11-31"^^xsd:date',
        [f"ontology.ttl:{ISSUED}: error: https://w3id.org/duo-kb/ontology: Give the date of this version once, "],
    ),
    "claim described in two files": (
        SURVEY, QUESTION, CLAIM + QUESTION,
        ["evidence/survey.ttl:21: error: claim:matching-lasts: claim:matching-lasts is also described in "
         "evidence/claims.ttl:9. A thing is described in one place: join the two, or give one another name."],
    ),
    "observation described twice in a file": (
        SURVEY, QUESTION, "observation:meetings--weekly a duo:SurveyObservation .\n\n" + QUESTION,
        ["evidence/survey.ttl:37: error: observation:meetings--weekly: observation:meetings--weekly is also described "
         "in evidence/survey.ttl:21."],
    ),
    "caveat described twice": (
        SURVEY, QUESTION, 2 * CAVEAT.format(" duo:about question:meetings ;") + QUESTION,
        ["evidence/survey.ttl:24: error: caveat:odd: caveat:odd is also described in evidence/survey.ttl:21."],
    ),
    "number that is none": (
        "evidence/studies.ttl", "duo:sampleSize 12",
        'duo:sampleSize "twelve"^^<http://www.w3.org/2001/XMLSchema#integer>',
        ["evidence/studies.ttl:8: error: source:adams2001: A sample size is a whole number above 0, once."],
    ),
}  # fmt: skip

DUTCH = {
    "unknown citation key": "evidence/claims.ttl:14: fout: source:adam2001: de citeersleutel adam2001 staat niet in "
    "sources.bib. Bedoelde je source:adams2001?",
    "broken Turtle": "evidence/claims.ttl:14: fout: dit is geen geldige Turtle",
    "entry without a year": "sources.bib:15: fout: brown2008: de bron brown2008 heeft geen jaartal.",
    "thing that is no kind": "evidence/claims.ttl:12: fout: claim:matching-lasts: Geef precies één soort: ",
    "missing cell": "ontology.ttl:44: fout: role:ally: De rollentabel heeft precies één cel nodig",
    "share of more than all": "evidence/survey.ttl:39: fout: observation:meetings--weekly: Een aandeel kan niet groter "
    "zijn dan het geheel: 130 is te hoog voor zijn eenheid. Vergelijk het cijfer met de bron; ",
    "share of nobody": "evidence/survey.ttl:40: fout: observation:meetings--weekly: De basis is één geheel getal boven "
    "0. Schrijf waarvan het een deel is, zoals duo:base 55, of laat duo:base weg",
    "two figures at once": "evidence/survey.ttl:39: fout: observation:meetings--weekly: Een waarde is één decimaal "
    "getal vanaf 0, zoals 54.5 of 8.0. Schrijf ze zo, en geef een tweede cijfer een eigen gegeven.",
    "figure that answers no question": "evidence/survey.ttl:35: fout: observation:meetings--weekly: Een gegeven "
    "beantwoordt precies één vraag: duo:question question:…",
    "caveat on nothing": "evidence/survey.ttl:21: fout: caveat:odd: Zeg waarover dit gaat: duo:about claim:…",
    "gap about nothing": "evidence/survey.ttl:21: fout: gap:odd: Zeg waarover dit gaat: duo:about claim:…",
    "date of the version in words": f"ontology.ttl:{ISSUED}: fout: https://w3id.org/duo-kb/ontology: Geef de datum van",
    "least number of rows in words": "queries/claims-about.rq:6: fout: claims-about: het minste aantal rijen moet een",
    "caveat described twice": "evidence/survey.ttl:24: fout: caveat:odd: caveat:odd is ook beschreven in "
    "evidence/survey.ttl:21. Iets wordt op één plaats beschreven: voeg beide samen of geef er één een andere naam.",
}


def spoil(folder, file, old, new):
    """Put `new` in the place of the first `old` (None: of everything); None there removes the file."""
    path = folder / file
    if new is None:
        path.unlink()
        return
    text = path.read_text("utf-8")
    assert old is None or old in text, f"tests/data/tiny/{file} has no {old!r}"
    path.write_text(new if old is None else text.replace(old, new, 1), "utf-8", errors="surrogateescape")


def tree(folder):
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize(("file", "old", "new", "expected"), FAULTS.values(), ids=FAULTS)
def test_fault_is_told(file, old, new, expected, tiny, told):
    spoil(tiny, file, old, new)
    run = told("--root", tiny, "check")
    *lines, last = run.stderr.splitlines()
    assert [line[: len(start)] for line, start in zip(lines, expected, strict=False)] == expected
    assert (run.exit_code, len(lines), run.stdout) == (1, len(expected), "")
    number = int(last.partition(" ")[0])
    it = "1 error. Correct it" if number == 1 else f"{number} errors. Correct them"
    assert last == f"{it} and run the check again."


@pytest.mark.parametrize(("name", "expected"), DUTCH.items(), ids=DUTCH)
def test_fault_is_told_in_dutch(name, expected, tiny, told):
    spoil(tiny, *FAULTS[name][:3])
    run = told("--root", tiny, "--language", "nl", "check")
    assert run.stderr[: len(expected)] == expected
    assert run.stderr.splitlines()[-1] == "1 fout. Verbeter ze en controleer opnieuw."
    assert run.exit_code == 1


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("broken Turtle", "check"),
        ("number that is none", "check --shacl"),
        ("unclosed entry", "build"),
        ("unknown citation key", "export --output all.ttl"),
        ("missing shapes", "query claims-about thing=indicator:matching"),
    ],
)
def test_fault_leaves_everything_as_it_was(name, words, tiny, run_kb):
    (tiny / "site").mkdir()
    for file in ("site/index.html", "all.ttl"):
        (tiny / file).write_text("the last good one")
    spoil(tiny, *FAULTS[name][:3])
    before = tree(tiny)
    run = run_kb(*words.split(), cwd=tiny)
    assert run.returncode == 1
    assert FAULTS[name][3][0] in run.stderr
    assert [line for line in run.stderr.splitlines() if not re.match(r"\S+: error: |\d+ error", line)] == []
    assert tree(tiny) == before


MARKED = [CLAIMS, CONCEPTS, BIB, "shapes.ttl", "rules/40-sources.rq", "queries/claims-about.rq"]


@pytest.mark.parametrize("file", MARKED)
def test_byte_order_mark_is_passed_over(file, tiny, told):
    path = tiny / file
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    run = told("--root", tiny, "check")
    assert (run.exit_code, run.stderr) == (0, "")


def test_lines_are_right_after_a_byte_order_mark(tiny, told):
    spoil(tiny, *FAULTS["unknown citation key"][:3])
    path = tiny / CLAIMS
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert told("--root", tiny, "check").stderr.startswith(FAULTS["unknown citation key"][3][0])


def test_warning_does_not_stop(tiny, told):
    spoil(tiny, CLAIMS, ' , "Goed gematchte duo’s blijven langer samen."@nl', "")
    run = told("--root", tiny, "check")
    expected = "evidence/claims.ttl:11: warning: claim:matching-lasts: A statement has no Dutch version yet"
    assert (run.exit_code, run.stderr[: len(expected)]) == (0, expected)
    assert run.stdout.startswith("No errors, and one warning, which does not stop a build: 3 sources, 5 claims, ")


def test_hostile_label_is_text(tiny, told):
    spoil(tiny, CONCEPTS, '"dependency"@en', '"<script>alert(1)</script> | *x* [y](z)"@en')
    run = told("--root", tiny, "check")
    assert (run.exit_code, run.stderr) == (0, "")


# What is asked, and what is said of it; my.rq holds the text where there is one.
QUESTIONS = [
    ("my.rq", "SELECT ?x WHERE { ?x }", "kb: This is not a SPARQL query that can be run: line 1, column 23: "),
    (
        "my.rq",
        "SELECT * WHERE { ?s no:thing ?o }",
        "kb: This is not a SPARQL query that can be run: line 1, column 21: the prefix no: is not declared.",
    ),
    ("my.rq", "", "kb: This is not a SPARQL query that can be run: "),
    ("my.rq", "DELETE WHERE { ?s ?p ?o }", "kb: This is not a SPARQL query that can be run: "),
    ("my.rq", "SELECT * { SERVICE <http://x.invalid/> { ?s ?p ?o } }", "kb: SERVICE would fetch data from the network"),
    ("not-there.rq", None, "kb: not-there.rq cannot be read: "),
    ("claim-about", None, "kb: There is no question called claim-about. Did you mean claims-about? `kb queries` lists"),
    ("claims-about", None, "kb: claims-about needs a value: add thing=… to the command."),
    ("claims-about ding=role:ally", None, "kb: claims-about has no parameter ding; its parameters are: thing."),
    ("claims-about role:ally", None, "kb: role:ally is not of the form parameter=value."),
    ("claims-about thing=role:aly", None, "kb: role:aly is not in the knowledge base. Did you mean role:ally?"),
    (
        "sources-of-indicator indicator=matchin",
        None,
        "kb: indicator:matchin is not in the knowledge base. Did you mean",
    ),
]


@pytest.mark.parametrize(("words", "text", "expected"), QUESTIONS, ids=[case[2][4:60] for case in QUESTIONS])
def test_question_that_cannot_be_asked(words, text, expected, tiny, told, monkeypatch):
    monkeypatch.chdir(tiny)
    if text is not None:
        (tiny / "my.rq").write_text(text, "utf-8")
    run = told("query", *words.split())
    assert run.stderr[: len(expected)] == expected
    assert (run.exit_code, run.stdout, run.stderr.count("\n")) == (2, "", 1)


def test_question_in_dutch(tiny, run_kb):
    run = run_kb("--language", "nl", "query", "claims-about", cwd=tiny)
    expected = "kb: claims-about heeft een waarde nodig: voeg thing=… toe aan het commando.\n"
    assert (run.returncode, run.stdout, run.stderr) == (2, "", expected)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["check"], "kb: There is no ontology.ttl in {} or above it. Go to the project's folder, or use --root.\n"),
        (["--language", "nl", "check"], "kb: Er staat geen ontology.ttl in {} of erboven. Ga naar de map van"),
        (["--root", "nowhere", "queries"], "kb: There is no ontology.ttl in {}/nowhere or above it."),
    ],
)
def test_outside_any_project(words, expected, told, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    run = told(*words)
    assert run.stderr.startswith(expected.format(tmp_path))
    assert (run.exit_code, run.stdout) == (2, "")


def test_export_to_where_nothing_can_be_written(tiny, run_kb):
    (tiny / "file").write_text("precious")
    run = run_kb("export", "--output", "file/all.ttl", cwd=tiny)
    expected = "kb: file/all.ttl could not be written: "
    assert (run.returncode, run.stdout, run.stderr[: len(expected)]) == (2, "", expected)
    assert (tiny / "file").read_text() == "precious"


@pytest.mark.parametrize("words", ["export --format word", "--language xx check", "chek", "query"])
def test_command_that_is_none(words, told):
    run = told(*words.split())
    assert (run.exit_code, run.stdout) == (2, "")
    assert run.stderr.startswith("Usage: ")
