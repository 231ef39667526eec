"""The nearest known name to one that is not known, and the words that suggest it."""

import difflib
from collections.abc import Callable, Iterable

from kb.words import phrase


def nearest(name: str, known: Iterable[str]) -> str:
    """The known name that looks most like `name`, or ""."""
    return next(iter(difflib.get_close_matches(name, sorted(known), 1, 0.6)), "")


def did_you_mean(name: str) -> Callable[[str], str]:
    """For each language the words that suggest `name`; nothing where there is no name to suggest."""
    return lambda language: phrase("suggestion", language, name=name) if name else ""
