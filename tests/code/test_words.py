"""Every word that the program says: once in each language, in all of them, and in no other place."""

import ast
import re
import tomllib
from collections import Counter

import pytest
from conftest import ROOT
from languages import COMPLETE

from kb.words import LANGUAGES, REFERENCE, language_data


def said(language):
    """What the files of a language say: (subject, code, text), in their order."""
    return [
        (path.stem, code, text)
        for path in sorted((ROOT / "kb" / "words" / language).glob("*.toml"))
        for code, text in tomllib.loads(path.read_text("utf-8")).items()
        if code != "language"
    ]


CODES = [code for _, code, _ in said(REFERENCE)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_phrase_stands_twice(language):
    codes = [code for _, code, _ in said(language)]
    assert [code for code, times in Counter(codes).items() if times > 1] == []


@pytest.mark.parametrize("language", COMPLETE)
def test_phrases_are_the_same_everywhere(language):
    assert len(CODES) > 900
    places = [(subject, code) for subject, code, _ in said(REFERENCE)]
    assert [(subject, code) for subject, code, _ in said(language)] == places


@pytest.mark.parametrize("language", LANGUAGES)
def test_places_to_fill_are_the_same_everywhere(language):
    wanted = {code: to_fill(text) for _, code, text in said(REFERENCE)}
    found = {code: to_fill(text) for _, code, text in said(language)}
    assert {code: places for code, places in found.items() if places != wanted[code]} == {}


def to_fill(text):
    return set(re.findall(r"\{([a-z]\w*)", text))


def test_every_phrase_is_used():
    """By its name, or by a name that is put together; a number at its end is the count that it is for."""
    told, made = _names()
    made_of = [re.compile(pattern) for pattern in made]

    def used(code):
        return code in told or any(pattern.fullmatch(code) for pattern in made_of) or _is_member(code, told)

    assert [code for code in CODES if not used(code) and not used(re.sub(r"-\d+$", "", code))] == []


def test_every_phrase_that_is_used_exists():
    asked = [
        (path.name, code)
        for path in [*PROGRAM.rglob("*.py"), *PROGRAM.rglob("*.md")]
        for code in re.findall(r"\b(?:t|phrase|fault)\(\s*\"([\w-]*\w)\"", path.read_text("utf-8"))
    ]
    assert len(asked) > 300
    assert [(name, code) for name, code in asked if code not in CODES] == []


def test_only_the_reference_language_is_named_in_the_program():
    """A language is a folder of words and a site's configuration; what differs between languages stands there."""
    names = {*LANGUAGES, *(language_data(language).langid for language in LANGUAGES)}
    named = [
        f"{path.relative_to(ROOT)}:{node.lineno}: {node.value}"
        for folder in ("kb", "audit", "benchmarks")
        for path in sorted((ROOT / folder).rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Constant) and str(node.value).strip("/").casefold() in names
    ]
    assert [place.partition(":")[0] for place in named] == ["kb/words/__init__.py"], named
    docs = ROOT / "docs"
    word = re.compile(rf"[\"'`/]({'|'.join(names)})[\"'`/]")
    for path in [*PROGRAM.rglob("*.md"), *docs.rglob("*.ts"), *docs.rglob("*.html"), docs / "theme" / "sitemap.xml"]:
        assert word.findall(path.read_text("utf-8")) == [], path


PROGRAM = ROOT / "kb"
# The parts of a name in a template and in a script: a beginning, and what may follow what is put in.
_IN_TEMPLATE = re.compile(r'"([\w-]*-)" ~ [^"~]+(?: ~ "([\w-]+)")?')
_IN_SCRIPT = re.compile(r"`([\w-]*)\$\{[^}]*\}([\w-]*)`")


def _names():
    """The words in quotation marks of program, templates and scripts, and patterns of those that are put together."""
    told, made = set(), set()
    for path in PROGRAM.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                told |= {node.value, *node.value.split()}
            elif isinstance(node, ast.JoinedStr):
                made.add(_pattern(part.value if isinstance(part, ast.Constant) else None for part in node.values))
    docs = ROOT / "docs"
    for path in [*PROGRAM.rglob("*.md"), *docs.rglob("*.ts"), *docs.rglob("*.html"), docs / "hooks.py"]:
        text = path.read_text("utf-8")
        told |= set(re.findall(r"[\"'`]([\w-]+)[\"'`]", text))
        parts = [*_IN_TEMPLATE.findall(text), *_IN_SCRIPT.findall(text)]
        made |= {_pattern([start, None, end]) for start, end in parts}
    return told, {pattern for pattern in made if max(map(len, pattern.split("(.+)"))) >= 4}


def _pattern(parts):
    return "".join("(.+)" if part is None else re.escape(part) for part in parts)


def _is_member(code, told):
    """Whether it is the word for a member of a closed list, in a group of words: finds-Supports."""
    group, _, member = code.partition("-")
    return group in told and member[:1].isupper()
