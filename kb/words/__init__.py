"""Every word that the program says, in both languages, from the TOML files beside this one."""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

LANGUAGES = ("en", "nl")
OTHER = {"en": "nl", "nl": "en"}


@cache
def _phrases() -> dict[str, dict[str, str]]:
    folder = Path(__file__).parent
    tables = [tomllib.loads(path.read_text("utf-8")) for path in sorted(folder.glob("*.toml"))]
    return {code: texts for table in tables for code, texts in table.items()}


def phrase(code: str, language: str, **values: object) -> str:
    """The phrase `code` in `language` with `values` put in; KeyError if there is no such phrase."""
    text = _phrases()[code][language]
    return text.format(**values) if values else text


def counted(code: str, n: int, language: str, **values: object) -> str:
    """The phrase for a number: `code-0` or `code-1` where there is one of its own, else `code`."""
    exact = f"{code}-{n}"
    return phrase(exact if has_phrase(exact) else code, language, n=n, **values)


def in_language(values: Mapping[str, object], language: str) -> dict[str, object]:
    """The values for a phrase; one that is a function is called with the language, for words that differ."""
    return {name: value(language) if callable(value) else value for name, value in values.items()}


def has_phrase(code: str) -> bool:
    """Whether there is a phrase of this name."""
    return code in _phrases()
