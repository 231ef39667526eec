"""All names of concepts in the order of the alphabet, for whoever would rather look than search."""

import unicodedata
from collections.abc import Iterator
from itertools import groupby

from rdflib import SKOS

from kb.kinds import KINDS
from kb.pages.page import Page
from kb.pages.thing import Thing, Values


def overview(page: Page) -> Values:
    """Return for each letter the names with their thing: labels and other names in the page's language, in order."""
    found = sorted(set(_names(page)), key=lambda pair: (fold(pair[0]), pair[1]))
    letters = [(letter, list(pairs)) for letter, pairs in groupby(found, key=lambda pair: _letter(pair[0]))]
    return {"letters": [(letter, [(name, Thing(page, iri)) for name, iri in pairs]) for letter, pairs in letters]}


def _names(page: Page) -> Iterator[tuple[str, str]]:
    for kind in KINDS.values():
        for iri in page.records.things[kind.name] if kind.names else ():
            yield page.plain(iri), iri
            yield from ((name, iri) for name in page.records.texts(iri, SKOS.altLabel, page.language))


def _letter(name: str) -> str:
    return next((sign.upper() for sign in fold(name) if "a" <= sign <= "z"), "#")


def fold(name: str) -> str:
    """Return a name without accents and capitals, for putting names in order."""
    return "".join(sign for sign in unicodedata.normalize("NFD", name.casefold()) if not unicodedata.combining(sign))


OVERVIEWS = {"a-z": ("a-z", overview)}
