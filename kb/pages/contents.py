"""What makes each page and each section: a function of its subject, and the template that shows the values it returns.

A module of kb/pages/subjects says it in `OVERVIEWS`, by path without .md the template (kb/templates) and the function,
and in `SECTIONS`, by the name of the template (kb/templates/sections) the function. Nothing else lists them.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import import_module
from inspect import signature
from pkgutil import iter_modules
from typing import Any

from kb.pages import subjects
from kb.pages.page import Page
from kb.pages.shared import Shared
from kb.pages.thing import Values

# Gives a template its values from the page, and from what all pages share by the names of its parameters.
Make = Callable[..., Values | None]


@dataclass(frozen=True)
class Overview:
    """A page about no single thing: its template, and what gives that its values."""

    template: str
    make: Make


def _told(name: str) -> Iterator[tuple[str, Any]]:
    """Yield the entries of the table of this name in each module of the subjects that has one, key and value."""
    for module in iter_modules(subjects.__path__):
        yield from getattr(import_module(f"{subjects.__name__}.{module.name}"), name, {}).items()


OVERVIEWS = {path: Overview(template, make) for path, (template, make) in _told("OVERVIEWS")}
# A section that has no values is not shown.
SECTIONS: dict[str, Make] = dict(_told("SECTIONS"))


def values(make: Make, page: Page, shared: Shared) -> Values | None:
    """Return what `make` gives for a page; each of its further parameters is what `shared` has under that name."""
    _, *wanted = signature(make).parameters
    return make(page, **{name: getattr(shared, name) for name in wanted})
