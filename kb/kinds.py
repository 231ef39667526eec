"""The kinds of things, read from kinds.toml: what a page shows of each, where it is listed, how it is drawn."""

import tomllib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Kind:
    """A kind of thing, or of page, by its row in kinds.toml.

    `name` is the prefix of its individuals and the folder of their pages. `class_` is the class of its individuals, ""
    for what stands for no thing; `sections` what a page of one shows, in order, each a template of that name; none
    where it has no page. Then it is `listed_on` an overview, under its own anchor, or shown on the page of another
    thing, to which the property `shown_with` leads from either end.

    `message` is its place among the kinds whose pages open with a key message, `front` that among those counted on the
    start page, from 1; 0 for neither. `standing` tells whether the message says how far one was studied; `graph` and
    `names` whether it is in the concept graph and in the list from A to Z; `statement` whether its label is a
    statement. `search` is its weight among the results of the search, 0 for what the search leaves out. `schema` is its
    type in schema.org; `colours` are those on light and on dark; `mark` is a path about 14 by 14 round the origin.
    """

    name: str
    class_: str = ""
    sections: tuple[str, ...] = ()
    listed_on: str = ""
    shown_with: str = ""
    message: int = 0
    front: int = 0
    standing: bool = False
    graph: bool = False
    names: bool = False
    statement: bool = False
    search: float = 1.0
    schema: str = ""
    colours: tuple[str, ...] = ()
    mark: str = ""


def _read(path: Path) -> dict[str, Kind]:
    return {name: _row(name, row) for name, row in tomllib.loads(path.read_text("utf-8")).items()}


def _row(name: str, values: dict[str, Any]) -> Kind:
    fixed: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in values.items()}
    return Kind(name, class_=fixed.pop("class", ""), **fixed)


# Every row, those that stand for no thing too; and the kinds of things.
ROWS = _read(Path(__file__).with_name("kinds.toml"))
KINDS = {name: row for name, row in ROWS.items() if row.class_}


def names(kinds: Iterable[Kind]) -> tuple[str, ...]:
    """Return the names of kinds, in the order given."""
    return tuple(kind.name for kind in kinds)


def placed(place: Callable[[Kind], int]) -> tuple[str, ...]:
    """Return the names of the kinds with a place among some, in that order; `place` reads it: `message` or `front`."""
    return names(sorted(filter(place, KINDS.values()), key=place))


def style_sheet() -> str:
    """Return the colours of all kinds as CSS: a variable each on light and on dark, and a class that gives it."""
    coloured = [row for row in ROWS.values() if row.colours]
    light, dark = ("".join(f"  --graph-{row.name}: {row.colours[at]};\n" for row in coloured) for at in (0, 1))
    classes = "".join(f".kind-{row.name} {{ --kind: var(--graph-{row.name}); }}\n" for row in coloured)
    return (
        f':root,\n[data-md-color-scheme="default"] {{\n{light}}}\n\n'
        f'@media screen {{\n[data-md-color-scheme="slate"] {{\n{dark}}}\n}}\n\n{classes}'
    )
