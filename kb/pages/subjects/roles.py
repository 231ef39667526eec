"""Roles of the volunteer: their overview with the table that compares them, and the cells of that table."""

from dataclasses import dataclass

from markupsafe import Markup
from rdflib import SKOS, URIRef

from kb.namespaces import DUO
from kb.pages.markdown import escape
from kb.pages.page import Page
from kb.pages.subjects import messages
from kb.pages.thing import Thing, Values, things


@dataclass(frozen=True)
class Cell:
    """A cell of the table: its role and characteristic, and a link to it by its level in words and its printed sign."""

    thing: Thing
    role: Thing
    characteristic: Thing
    level: Markup


def overview(page: Page) -> Values:
    """Return the roles with what each means for practice, the rows of their table, and what its levels mean."""
    records = page.records
    return {
        "roles": [(role, messages.advice(page, role.iri)) for role in things(page, records.things["role"])],
        "rows": [
            (Thing(page, iri), [_cell(page, cell) for cell in _row(page, iri)])
            for iri in records.things["characteristic"]
        ],
        "levels": things(page, records.things["level"]),
    }


def _row(page: Page, characteristic: str) -> list[str]:
    """Return the cells of one characteristic, a cell per role."""
    records = page.records
    found = records.subjects(DUO.characteristic, characteristic)
    return sorted(found, key=lambda cell: records.number(records.value(cell, DUO.role), DUO.position))


def _cell(page: Page, iri: str) -> Cell:
    role, characteristic = (Thing(page, page.records.value(iri, axis)) for axis in (DUO.role, DUO.characteristic))
    return Cell(Thing(page, iri), role, characteristic, _level(page, iri))


def _level(page: Page, cell: str) -> Markup:
    value = page.records.value(cell, DUO.level)
    sign = escape(page.records.value(value, SKOS.notation))
    return Markup(f"{page.link(cell, page.plain(value))} <small>({sign})</small>")


def of_role(page: Page) -> Values:
    """Return the cells of the page's role."""
    return {"cells": _cells(page, DUO.role)}


def of_characteristic(page: Page) -> Values:
    """Return the cells of the page's characteristic."""
    return {"cells": _cells(page, DUO.characteristic)}


def of_level(page: Page) -> Values:
    """Return the cells that have the page's level, each as a link that is called by its characteristic."""
    cells = _cells(page, DUO.level)
    return {"rows": [(cell.role, page.link(cell.thing.iri, cell.characteristic.name)) for cell in cells]}


def _cells(page: Page, axis: URIRef) -> list[Cell]:
    return [_cell(page, iri) for iri in cells(page, axis)]


def cells(page: Page, axis: URIRef) -> list[str]:
    """Return the cells that have the page's role, characteristic or level on `axis`, in the order of the table."""
    records = page.records
    order = (DUO.characteristic, DUO.role)
    found = records.subjects(axis, page.iri)
    return sorted(found, key=lambda cell: [records.number(records.value(cell, place), DUO.position) for place in order])


def place(page: Page) -> Values:
    """Return where the page's cell stands in the table."""
    return {"cell": _cell(page, page.iri)}


OVERVIEWS = {"role/index": ("roles", overview)}
SECTIONS = {
    "cell-place": place,
    "characteristic-cells": of_characteristic,
    "level-cells": of_level,
    "role-cells": of_role,
}
