"""Every word that the program says: once, and in both languages."""

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
