"""The program holds for any work: no file below kb/ names one, or its numbers, hedge words, frameworks or comparisons.

What is looked for is read from the content, so that a work that is added is looked for as well.
"""

import ast
import re
from dataclasses import dataclass

import pytest
from conftest import ROOT
from rdflib import DCTERMS, RDF, SKOS

from kb.namespaces import DUO, slug_of

FILES = sorted(path for path in (ROOT / "kb").rglob("*") if path.suffix in (".py", ".toml", ".md"))
ONE_REPORT = re.compile(r"\b(?:the|this) report\b|\b(?:het|dit) rapport\b", re.IGNORECASE)
# Where numbers of a survey would stand; elsewhere they would be widths and lengths.
RECKONS = (
    "words/",
    "templates/",
    "shares.py",
    "records.py",
    "pages/survey.py",
    "pages/recomputed.py",
    "pages/charts.py",
)
# Names of authors of the content that are meant otherwise, with what is meant.
MEANT_OTHERWISE = {"Freeman": "whose measure of centrality kb/model/concept_graph.py takes"}


@dataclass(frozen=True)
class Named:
    """What a file of the program may not name."""

    keys: frozenset[str]
    authors: frozenset[str]
    numbers: frozenset[str]
    surveys: frozenset[str]
    frameworks: frozenset[str]
    hedges: frozenset[str]
    compared: frozenset[str]


@pytest.fixture(scope="module")
def named(real_kb):
    graph, sources = real_kb.graph, real_kb.bibliography.sources

    def slugs(things):
        return frozenset(slug_of(str(thing)) for thing in things)

    def texts(*predicates):
        return frozenset(str(text) for predicate in predicates for text in graph.objects(None, predicate))

    surveys = set(graph.subjects(RDF.type, DUO.SurveyDataSet))
    return Named(
        keys=frozenset(sources),
        authors=frozenset(name for source in sources.values() for name in source.surnames) - ordinary_words(),
        numbers=texts(DUO.respondents),
        surveys=frozenset(str(title) for survey in surveys for title in graph.objects(survey, DCTERMS.title)),
        frameworks=slugs(graph.subjects(RDF.type, DUO.Framework)),
        hedges=frozenset(
            str(words) for hedge in graph.subjects(RDF.type, DUO.Hedge) for words in graph.objects(hedge, SKOS.notation)
        ),
        compared=slugs(graph.subjects(DUO.comparedInColumn)),
    )


def ordinary_words():
    """Words of the program that, with a capital, are somebody's name: "First", "Young"."""
    texts = " ".join(path.read_text("utf-8") for path in FILES)
    return {word.capitalize() for word in re.findall(r"\b[a-z]+\b", texts)} | {"others", *MEANT_OTHERWISE}


def found(path, text, named):
    """What of it a file names: as words anywhere, as numbers where surveys are reckoned with, as values in Python."""
    words = named.keys | named.authors | named.surveys | named.frameworks
    if path.startswith(RECKONS):
        words |= named.numbers
    as_words = {word for word in words if word in text and re.search(rf"(?<![\w.]){re.escape(word)}(?!\w)", text)}
    values = {value.rpartition("/")[2] for value in strings(text)} if path.endswith(".py") else set()
    return as_words | (values & (named.hedges | named.compared)) | set(ONE_REPORT.findall(text))


def strings(text):
    """The strings of a module but for its docstrings."""
    tree = ast.parse(text)
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef)
    docs = {id(node.body[0].value) for node in ast.walk(tree) if isinstance(node, documented) and is_told(node)}
    constants = (node for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str))
    return {node.value for node in constants if id(node) not in docs}


def is_told(node):
    return ast.get_docstring(node) is not None


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_file_names_no_work(path, named):
    told = found(path.relative_to(ROOT / "kb").as_posix(), path.read_text("utf-8"), named)
    assert told == set(), "Make this content: a property of the work, survey, framework or intervention it is about"


# A file, its text, and what must be found in it.
PLANTED = [
    ("pages/page.py", "WORK = 'source/vanrobaeys2016'", {"vanrobaeys2016"}),
    ("words/x.toml", 'en = "As Vanrobaeys and Hall say"', {"Hall"}),
    ("words/x.toml", 'en = "cited via the report"\nnl = "via het rapport"', {"the report", "het rapport"}),
    ("templates/x.md", "What 55 projects answered", {"55"}),
    ("shares.py", "EVERYONE = 55", {"55"}),
    ("shares.py", "HEDGES = {'net geen': 1}", {"net geen"}),
    ("pages/tables.py", "COMPARED = ('befriending', 'peer-support')", {"befriending", "peer-support"}),
    ("pages/tables.py", "X = f'{BASE}concept/friendship'", {"friendship"}),
    ("pages/tables.py", "X = 'hall-2003'", {"hall-2003"}),
    ("words/x.toml", 'en = "from the survey of Flemish duo projects, 2016"', {"survey of Flemish duo projects, 2016"}),
]
# What may stand there: words about what all this is about, and what only looks like one of these.
ALLOWED = [
    ("words/x.toml", 'en = "What is known about befriending"\nnl = "bijna hetzelfde; ruim een derde"'),
    ("pages/page.py", '"""The slug: "befriending" of concept:befriending."""\nWIDTH = 55'),
    ("shares.py", "X = 0.55, 155, 'reports'"),
    ("words/x.toml", 'en = "type: report"\nnl = "rapport"'),
]


@pytest.mark.parametrize(("path", "text", "expected"), PLANTED)
def test_what_names_a_work_is_found(path, text, expected, named):
    assert found(path, text, named) == expected


@pytest.mark.parametrize(("path", "text"), ALLOWED)
def test_what_names_no_work_is_let_be(path, text, named):
    assert found(path, text, named) == set()


def test_names_meant_otherwise_are_in_use(named, real_kb):
    authors = {name for source in real_kb.bibliography.sources.values() for name in source.surnames}
    assert set(MEANT_OTHERWISE) <= authors
    assert min(map(len, (named.keys, named.authors, named.frameworks, named.hedges, named.compared))) >= 5
