"""Tables in, statements and faults out: CSV, read as the description beside it says (`kb/content/csvw_metadata.py`).

This is the minimal mode of “Generating RDF from Tabular Data on the Web” (W3C, csv2rdf): what comes of a table is what
its cells say. Cells are read as “Model for Tabular Data” (§6.4) has it. Every statement knows the line of its row.
"""

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, lru_cache, partial
from pathlib import Path
from typing import NamedTuple

import pyoxigraph as ox
from rdflib import RDF, XSD

from kb.content.csvw_metadata import (
    BASES,
    DESCRIPTION,
    Column,
    Datatype,
    Schema,
    parse_metadata,
    template_of,
    variables,
    with_prefix,
)
from kb.content.text_files import CONTROL, MERGE
from kb.content.turtle import StatementLines
from kb.diagnostics import Diagnostic, Severity, fault
from kb.suggestions import did_you_mean, nearest
from kb.words import phrase

TABLE = ".csv"
_TYPE = str(RDF.type)
_NUMBER = {
    "integer": re.compile(r"[+-]?[0-9]+"),
    "decimal": re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)"),
}
_XSD = {base: ox.NamedNode(XSD[base]) for base in BASES}
_SEPARATORS = {",": "separator-comma", ";": "separator-semicolon", "\t": "separator-tab"}

# What a cell says: nothing, one value as its datatype writes it, or a list of such.
Value = str | tuple[str, ...] | None


# Subject, predicate and value of what a cell says, and the line at which its row begins.
Statement = tuple[ox.NamedNode, ox.NamedNode, ox.NamedNode | ox.Literal, int]


@dataclass(frozen=True)
class TableContent:
    """What a table says, in the order of its cells, and what is wrong with it.

    `addresses` are those that its description gives, each with the line where it stands there.
    """

    statements: tuple[Statement, ...] = ()
    faults: tuple[Diagnostic, ...] = ()
    addresses: Mapping[str, int] = field(default_factory=dict)

    @cached_property
    def lines(self) -> StatementLines:
        """Return where the statements stand: each at the line of its row."""
        lines = StatementLines()
        for subject, predicate, value, line in self.statements:
            one, said, other = subject.value, predicate.value, value.value
            lines.subjects.setdefault(one, line)
            lines.predicates.setdefault((one, said), line)
            lines.objects.setdefault((one, said, other), line)
            lines.objects.setdefault((one, "", other), line)
            for name in (one, other) if isinstance(value, ox.NamedNode) else (one,):
                if name not in self.addresses:
                    lines.mentions.setdefault(name, line)
            if said == _TYPE and line not in lines.described.setdefault(one, []):
                lines.described[one].append(line)
        return lines

    @cached_property
    def description_lines(self) -> StatementLines:
        """Return where the addresses stand that the description gives."""
        return StatementLines(mentions=dict(self.addresses))


class _Row(NamedTuple):
    """The cells of a row as they stand in the file, and the line at which it begins."""

    line: int
    cells: list[str]


class _BadCell(ValueError):
    """A cell that does not hold what its column asks for: a phrase and what it is filled with."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code)
        self.code, self.values = code, values

    def at(self, name: str, line: int, column: Column, cell: str) -> Diagnostic:
        """Return the fault at the row and column where the cell stands."""
        values = {"value": _shortened(cell), **self.values}
        return fault(self.code, name, line, item=column.name, severity=Severity.ERROR, **values)


def read_table(path: Path, name: str) -> TableContent:
    """Return what the table at `path` says, read with the description beside it.

    `name` is what diagnostics call the table. Where one of the two is missing or not UTF-8, there are only faults.
    """
    described = f"{name}{DESCRIPTION}"
    text = _read(path, name, fault("missing-file", name, item=name, name=name))
    description = _read(Path(f"{path}{DESCRIPTION}"), described, fault("table-undescribed", name, described=described))
    unreadable = tuple(found for found in (text, description) if isinstance(found, Diagnostic))
    return TableContent(faults=unreadable) if unreadable else _table(str(text), str(description), name)


def _read(path: Path, name: str, otherwise: Diagnostic) -> str | Diagnostic:
    """Return the text of a file, each line ended in one way; a fault where it is not UTF-8.

    Where there is no file, return `otherwise`. A byte-order mark, which Excel puts at the start, is passed over.
    """
    try:
        found = path.read_bytes()
        return found.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except FileNotFoundError:
        return otherwise
    except UnicodeDecodeError as error:
        before = found[: error.start].replace(b"\r\n", b"\n").replace(b"\r", b"\n")
        return fault("table-not-utf8", name, before.count(b"\n") + 1, byte=f"{found[error.start]:02X}")


@lru_cache(maxsize=100)
def _table(text: str, description: str, name: str) -> TableContent:
    """Return what a table says; of a preview's many readings only the file that was edited is converted anew."""
    told = [fault("table-merge", name, text.count("\n", 0, found.start()) + 1) for found in MERGE.finditer(text)]
    schema, wrong = parse_metadata(description, f"{name}{DESCRIPTION}", name.rpartition("/")[2])
    if told or not schema:
        return TableContent(faults=(*told, *wrong))
    faults: list[Diagnostic] = []
    rows = list(_rows(text, schema, name, faults))
    statements = tuple(said for row in rows for said in _row(row, schema, name, faults))
    return TableContent(statements, (*faults, *_same_twice(rows, schema, name)), schema.addresses)


def _rows(text: str, schema: Schema, name: str, faults: list[Diagnostic]) -> Iterator[_Row]:
    """Yield the rows below the first, which names the columns; add a fault to `faults` for each that is no row.

    No row comes of a table whose first row has faults, and none after quotes that cannot be read.
    """
    reader = csv.reader(io.StringIO(text), delimiter=schema.delimiter, strict=True)
    wanted, line = len(schema.names), 1
    try:
        faults += _header_faults(next(reader, []), text.partition("\n")[0], schema, name)
        line = reader.line_num + 1
        for cells in () if faults else reader:
            if len(cells) == wanted and (any(cells) or not schema.skips_blank):
                yield _Row(line, cells)
            elif any(cells) or not schema.skips_blank:
                faults.append(fault("table-cells", name, line, n=len(cells), wanted=wanted))
            line = reader.line_num + 1
    except csv.Error:
        faults.append(fault("table-quotes", name, line))


def _header_faults(cells: list[str], first: str, schema: Schema, name: str) -> list[Diagnostic]:
    """Return what is wrong with the first row: it must name the columns, in their order (Model §6.2)."""
    names = schema.names
    other = next((sign for sign in _SEPARATORS if sign != schema.delimiter and first.split(sign) == names), "")
    if cells == names:
        return []
    if other:
        return [_separator_fault(other, schema, name)]
    if not any(cells):
        return [fault("table-empty", name, 1, columns=schema.delimiter.join(names))]
    astray = [*_unknown_columns(cells, names, name), *_missing_columns(cells, names, name)]
    return astray or [fault("table-order", name, 1, columns=schema.delimiter.join(names))]


def _unknown_columns(cells: list[str], names: list[str], name: str) -> Iterator[Diagnostic]:
    for cell in cells:
        if cell not in names:
            suggestion = did_you_mean(nearest(cell, set(names) - set(cells)))
            yield fault("table-column-unknown", name, 1, item=cell, column=cell, suggestion=suggestion)


def _missing_columns(cells: list[str], names: list[str], name: str) -> Iterator[Diagnostic]:
    for column in names:
        if column not in cells:
            yield fault("table-column-missing", name, 1, item=column, column=column)


def _separator_fault(found: str, schema: Schema, name: str) -> Diagnostic:
    told, asked = (partial(phrase, _SEPARATORS.get(sign, "separator-other")) for sign in (found, schema.delimiter))
    written, description = json.dumps(found), f"{name}{DESCRIPTION}"
    return fault("table-separator", name, 1, found=told, wanted=asked, description=description, written=written)


def _same_twice(rows: list[_Row], schema: Schema, name: str) -> Iterator[Diagnostic]:
    """Yield a fault for each row whose primary key (Metadata §5.5) a row before it has."""
    places = [schema.names.index(column) for column in schema.key]
    first: dict[tuple[str, ...], int] = {}
    for row in rows if places else ():
        key = tuple(row.cells[place] for place in places)
        if first.setdefault(key, row.line) != row.line:
            yield fault("table-row-twice", name, row.line, columns=", ".join(schema.key), first=first[key])


def _row(row: _Row, schema: Schema, name: str, faults: list[Diagnostic]) -> Iterator[Statement]:
    """Yield what the cells of a row say (csv2rdf §4.2), those of virtual columns too; add what is wrong to `faults`.

    A row with a bad cell says nothing.
    """
    cells = [*row.cells, *[""] * (len(schema.columns) - len(row.cells))]
    values: dict[str, Value] = {}
    for column, cell in zip(schema.columns, cells, strict=True):
        try:
            values[column.name] = _value(cell, column)
        except _BadCell as bad:
            faults.append(bad.at(name, row.line, column, cell))
    if len(values) < len(schema.columns):
        return
    addresses = _Addresses(values)
    for column in schema.columns:
        try:
            yield from _statements(column, values[column.name], addresses, row.line)
        except ValueError as error:
            faults.append(fault("table-no-address", name, row.line, item=column.name, detail=str(error)))


def _shortened(cell: str) -> str:
    text = re.sub(r"\s+", " ", CONTROL.sub("�", cell))
    return text if len(text) < 60 else f"{text[:50]} …"


def _value(cell: str, column: Column) -> Value:
    """Return what a cell says (Model §6.4): a value, a tuple where its column has a separator, or None for nothing.

    Raise _BadCell where the cell does not hold what its column asks for.
    """
    if CONTROL.search(cell):
        raise _BadCell("table-control")
    text = (cell if column.datatype.base == "string" else " ".join(cell.split())) or column.default
    if column.separator:
        parts = text.split(column.separator) if text not in column.nulls and text else []
        values = tuple(_lexical(part, column.datatype) for part in parts)
    elif text in column.nulls:
        values = ()
    else:
        return _lexical(text, column.datatype)
    if column.required and not values:
        raise _BadCell("table-required")
    return values if column.separator else None


def _lexical(text: str, datatype: Datatype) -> str:
    """Return a value as its datatype writes it (Model §6.4.2 to §6.4.5); raise _BadCell where it is none."""
    return _WRITTEN.get(datatype.base, _number)(text, datatype)


def _string(text: str, datatype: Datatype) -> str:
    if datatype.pattern and not re.fullmatch(datatype.pattern, text):
        raise _BadCell("table-pattern", pattern=datatype.pattern)
    return text


def _boolean(text: str, datatype: Datatype) -> str:
    true, false = datatype.words
    if text not in datatype.words:
        raise _BadCell("table-boolean", true=true, false=false)
    return "true" if text == true else "false"


def _date(text: str, datatype: Datatype) -> str:  # noqa: ARG001
    try:
        if date.fromisoformat(text).isoformat() == text:
            return text
    except ValueError:
        pass
    raise _BadCell("table-date")


def _number(text: str, datatype: Datatype) -> str:
    written = text.replace(datatype.sign, ".")
    if not _NUMBER[datatype.base].fullmatch(written) or ("." in text and datatype.sign != "."):
        raise _BadCell(f"table-{datatype.base}", sign=datatype.sign)
    return written


_WRITTEN = {"string": _string, "boolean": _boolean, "date": _date}


class _Addresses(dict[str, ox.NamedNode]):
    """The addresses that URI templates give with the cells of a row (Metadata §5.1.3), made when asked for."""

    def __init__(self, cells: Mapping[str, Value]) -> None:
        super().__init__()
        self.cells = cells

    def __missing__(self, template: str) -> ox.NamedNode:
        values = tuple((name, self.cells[name]) for name in variables(template))
        made = self[template] = _address(template, values)
        return made


@lru_cache(maxsize=50_000)
def _address(template: str, values: tuple[tuple[str, Value], ...]) -> ox.NamedNode:
    """Return the address that a template gives with these values; raise ValueError where it cannot be one."""
    return ox.NamedNode(with_prefix(template_of(template).expand(dict(values))))


def _statements(column: Column, value: Value, addresses: _Addresses, line: int) -> Iterator[Statement]:
    """Yield what one cell says (csv2rdf §4.2, minimal mode); raise ValueError where an address cannot be one.

    A column with a `value` template gives one address per cell: a virtual column always, any other where the cell's
    value is not None (Model §6.4).
    """
    if column.suppressed or (value is None and not (column.virtual and column.value)):
        return
    subject, predicate = addresses[column.about], addresses[column.property]
    if column.value:
        yield subject, predicate, addresses[column.value], line
        return
    for text in (value,) if isinstance(value, str) else value or ():
        yield subject, predicate, _literal(text, column), line


def _literal(text: str, column: Column) -> ox.Literal:
    """Return a text as a literal of its datatype (csv2rdf §4.3); a string has the language of its column."""
    if column.datatype.base != "string":
        return ox.Literal(text, datatype=_XSD[column.datatype.base])
    return ox.Literal(text, language=column.lang) if column.lang else ox.Literal(text)
