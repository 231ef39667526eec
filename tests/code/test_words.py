"""Every word that the program says: once, and in both languages."""

import ast
import re
from collections import Counter

import pytest
from conftest import ROOT

from kb.words import LANGUAGES, phrase

FILES = sorted((ROOT / "kb" / "words").glob("*.toml"))
CODES = [code for path in FILES for code in re.findall(r"^\[([\w-]+)\]", path.read_text("utf-8"), re.MULTILINE)]


def test_no_phrase_stands_twice():
    assert len(CODES) > 500
    assert [code for code, times in Counter(CODES).items() if times > 1] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_phrase_is_there(language):
    assert [code for code in CODES if not isinstance(phrase(code, language), str)] == []


def test_places_to_fill_are_the_same_in_both_languages():
    places = {
        code: [set(re.findall(r"\{([a-z]\w*)", phrase(code, language))) for language in LANGUAGES] for code in CODES
    }
    assert {code: found for code, found in places.items() if found[0] != found[1]} == {}


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
