"""The languages, and every word that the program says: the TOML files in the folder of each language beside this one.

`CODE/SUBJECT.toml` holds phrases, `code = "text"`; language.toml says in its table `[language]` what the program must
know of the language. One more folder is one more language. A phrase that a language lacks is shown as the reference
language has it, which has them all.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import MISSING, dataclass, fields
from functools import cache
from pathlib import Path
from typing import Any

REFERENCE = "en"
_FOLDER = Path(__file__).parent
# The reference language first, then the others in the order of their codes.
LANGUAGES = (REFERENCE, *sorted({path.parent.name for path in _FOLDER.glob("*/*.toml")} - {REFERENCE}))


@dataclass(frozen=True)
class Language:
    """What the program must know of a language; what has a value here need not be said."""

    name: str  # what it calls itself
    langid: str  # what sources.bib calls it
    reference_locale: str  # in the manner of which country references are set, such as nl-NL
    site_locale: str  # for which country the site is, such as nl_BE
    decimal_sign: str = "."
    thousands_sign: str = ","
    double_letters: tuple[str, ...] = ()  # two letters that are one, and both capitals where one is
    stemmer: str = ""  # that of @orama/stemmers by which the search knows word forms
    before_stemming: tuple[tuple[str, str], ...] = ()  # patterns, and what the stemmer is given in their place
    small_words: tuple[str, ...] = ()  # those that the search leaves out, with their accents
    compound_links: tuple[str, ...] = ()  # what stands between the parts of compounds, "" too; none where it has none


def others(language: str) -> tuple[str, ...]:
    """Return the other languages in their order."""
    return tuple(other for other in LANGUAGES if other != language)


@cache
def language_data(language: str) -> Language:
    """Return what the files of a language say of it.

    Raise ValueError where they cannot be read or do not say what they must.
    """
    return _language({name.replace("-", "_"): value for name, value in _read(language)[0].items()})


def _language(table: Mapping[str, Any]) -> Language:
    known, needed = {field.name for field in fields(Language)}, _needed()
    for told, names in (("lacks", needed - table.keys()), ("has no place for", table.keys() - known)):
        if names:
            raise ValueError(f"[language] {told} {', '.join(sorted(names)).replace('_', '-')}")
    return Language(**{name: _frozen(value) for name, value in table.items()})


def _needed() -> set[str]:
    return {field.name for field in fields(Language) if field.default is MISSING}


def _frozen(value: Any) -> Any:
    return tuple(map(_frozen, value)) if isinstance(value, list) else value


def language_of(langid: str) -> str:
    """Return the code of the language that sources.bib calls `langid`; "" where it is none of ours."""
    return next((language for language in LANGUAGES if language_data(language).langid == langid), "")


def language_name(language: str, reader: str) -> str:
    """Return the name of a language in the language `reader`, else the name that it has for itself."""
    return langid_name(language_data(language).langid, reader)


def langid_name(langid: str, reader: str) -> str:
    """Return the same for the language that sources.bib calls `langid`; where nothing names it, `langid` itself."""
    code = f"language-is-{langid}"
    if has_phrase(code) or has_own_phrase(code, reader):
        return phrase(code, reader)
    return language_data(language_of(langid)).name if language_of(langid) else langid


@cache
def _read(language: str) -> tuple[dict[str, Any], dict[str, str]]:
    """Return the table and the phrases in the files of a language; raise ValueError where one is not TOML."""
    tables = [_table(path) for path in sorted((_FOLDER / language).glob("*.toml"))]
    told = {name: value for table in tables for name, value in table.items()}
    return told.pop("language", {}), told


def _table(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except ValueError as error:
        raise ValueError(f"{path.name}: {error}") from error


@cache
def _phrases(language: str) -> Mapping[str, str]:
    return _read(REFERENCE)[1] | _read(language)[1]


def phrase(code: str, language: str, /, **values: object) -> str:
    """Return a phrase in `language`, else in the reference language, with `values` put in.

    Raise KeyError where there is none.
    """
    text = _phrases(language)[code]
    return text.format(**values) if values else text


def counted(code: str, n: int, language: str, /, **values: object) -> str:
    """Return the phrase for a number: `code-0` or `code-1` where there is one of its own, else `code`."""
    exact = f"{code}-{n}"
    special = has_own_phrase(exact, language) or (has_phrase(exact) and not has_own_phrase(code, language))
    return phrase(exact if special else code, language, n=n, **values)


def in_language(values: Mapping[str, object], language: str) -> dict[str, object]:
    """Return the values for a phrase; one that is a function is called with the language, for words that differ."""
    return {name: value(language) if callable(value) else value for name, value in values.items()}


def has_phrase(code: str) -> bool:
    """Return whether there is a phrase of this name in the reference language."""
    return code in _read(REFERENCE)[1]


def has_own_phrase(code: str, language: str) -> bool:
    """Return whether a language has a phrase of this name itself."""
    return code in _read(language)[1]
