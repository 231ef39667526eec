"""The nearest known name to one that is not known, and the words that suggest it."""

import difflib
from collections.abc import Callable, Iterable

from kb.words import phrase


def nearest(name: str, known: Iterable[str]) -> str:
    """Return the known name that looks most like `name`, or "" where none is like it."""
    return next(iter(difflib.get_close_matches(name, sorted(known), 1, 0.6)), "")


def did_you_mean(name: str) -> Callable[[str], str]:
    """Return a function that gives for each language the words that suggest `name`; "" where there is no name."""
    return lambda language: phrase("suggestion", language, name=name) if name else ""
