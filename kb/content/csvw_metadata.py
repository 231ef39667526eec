"""How a table is to be read: the JSON beside it, as “Metadata Vocabulary for Tabular Data” (W3C, CSVW) has it.

The parts that are named here are read; any other is a fault, never passed over. Common properties such as
`dc:description` (§5.8) are for people: what is made in minimal mode holds none of them.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any

import pyoxigraph as ox
from uritemplate import URITemplate

from kb.diagnostics import Diagnostic, Severity, fault
from kb.namespaces import PREFIXES
from kb.suggestions import did_you_mean, nearest

DESCRIPTION = "-metadata.json"
_CONTEXT = "http://www.w3.org/ns/csvw"
_TEMPLATES = ("aboutUrl", "propertyUrl", "valueUrl")
# Of the initial context those that go by the same prefix here (§5.1.3); any other address is written in full.
_KNOWN_PREFIXES = {name: PREFIXES[name] for name in ("rdf", "rdfs", "owl", "xsd", "skos", "dcterms", "qb", "prov")}
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.]*")
BASES = ("string", "boolean", "integer", "decimal", "date")
_INHERITED: dict[str, type | tuple[type, ...]] = {
    **dict.fromkeys((*_TEMPLATES, "default", "lang", "separator"), str),
    "datatype": (str, dict),
    "null": (str, list),
    "required": bool,
}
# Each object by its parts, and the type of each part.
PARTS: dict[str, dict[str, type | tuple[type, ...]]] = {
    "table": {"@context": (str, list), "url": str, "dialect": dict, "tableSchema": dict, **_INHERITED},
    "dialect": {"delimiter": str, "skipBlankRows": bool},
    "tableSchema": {"columns": list, "primaryKey": (str, list), **_INHERITED},
    "column": {"name": str, "virtual": bool, "suppressOutput": bool, **_INHERITED},
    "datatype": {"base": str, "format": (str, dict)},
    "format": {"decimalChar": str},
}


@dataclass(frozen=True)
class Datatype:
    """What a cell holds: one of `BASES`; a pattern of strings, or the words for true and false; the decimal sign."""

    base: str = "string"
    pattern: str = ""
    words: tuple[str, str] = ("true", "false")
    sign: str = "."


@dataclass(frozen=True)
class Column:
    """A column (§5.6) with what it inherits (§5.7); `about`, `property` and `value` are URI templates, "" for none."""

    name: str
    about: str
    property: str
    value: str = ""
    datatype: Datatype = Datatype()
    lang: str = ""
    nulls: frozenset[str] = frozenset({""})
    default: str = ""
    separator: str = ""
    required: bool = False
    virtual: bool = False
    suppressed: bool = False


@dataclass(frozen=True)
class Schema:
    """How a table is to be read: its columns, those of the primary key, and how its file is written.

    `addresses` are those that stand in the description itself, each with its line.
    """

    columns: tuple[Column, ...]
    key: tuple[str, ...] = ()
    delimiter: str = ","
    skips_blank: bool = False
    addresses: Mapping[str, int] = field(default_factory=dict)

    @property
    def names(self) -> list[str]:
        """Return the names of the columns that stand in the file, in order."""
        return [column.name for column in self.columns if not column.virtual]


class _Doubled(ValueError):
    """A part of an object is there twice; the JSON reader would keep the last."""


@dataclass(frozen=True)
class _Reader:
    """The text of a description, what diagnostics call its file, and the faults found so far."""

    text: str
    name: str
    faults: list[Diagnostic] = field(default_factory=list)
    start: int = 0

    def of_column(self, name: str) -> "_Reader":
        """Return a reader that looks for words from this column on; the same one where the column is not found."""
        found = re.search(rf'"name"\s*:\s*{re.escape(json.dumps(name))}', self.text)
        return replace(self, start=found.start()) if found else self

    def line(self, word: object) -> int:
        """Return the line, from 1, where a word stands first; 0 where it stands nowhere as it is."""
        at = self.text.find(json.dumps(word, ensure_ascii=False), self.start)
        return self.text.count("\n", 0, at) + 1 if at >= 0 else 0

    def tell(self, code: str, word: object, **values: object) -> None:
        """Add a fault at the line of a word."""
        self.faults.append(fault(code, self.name, self.line(word), item="", severity=Severity.ERROR, **values))

    def parts(self, kind: str, found: object) -> dict[str, Any]:
        """Return the parts of an object that can be read; add a fault for each other one, but common properties.

        What is no object gives a fault and no parts.
        """
        if not isinstance(found, dict):
            self.tell("table-value", found, part=kind, value=_shown(found))
            return {}
        return {part: value for part, value in found.items() if ":" not in part and self._is_read(kind, part, value)}

    def _is_read(self, kind: str, part: str, value: object) -> bool:
        known = PARTS[kind]
        if part not in known:
            suggestion = did_you_mean(nearest(part, known))
            self.tell("table-part", part, part=part, known=", ".join(known), suggestion=suggestion)
        elif not isinstance(value, known[part]):
            self.tell("table-value", part, part=part, value=_shown(value))
        else:
            return True
        return False


def parse_metadata(text: str, name: str, table: str) -> tuple[Schema | None, list[Diagnostic]]:
    """Return the schema that the description of the file called `table` gives, and the faults in it.

    `name` is what diagnostics call the description. The schema is None where there are faults.
    """
    reader = _Reader(text, name)
    try:
        found = json.loads(text, object_pairs_hook=_once)
    except json.JSONDecodeError as error:
        return None, [fault("table-json", name, error.lineno, detail=error.msg)]
    except _Doubled as error:
        reader.tell("table-part-twice", str(error), part=str(error))
        return None, reader.faults
    schema = _schema(reader, reader.parts("table", found), table)
    return (None if reader.faults else schema), reader.faults


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    parts = dict(pairs)
    if len(parts) < len(pairs):
        names = [name for name, _ in pairs]
        raise _Doubled(next(name for name in names if names.count(name) > 1))
    return parts


def _shown(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) < 60 else f"{text[:50]} …"


def _schema(reader: _Reader, table: dict[str, Any], file: str) -> Schema:
    """Return the schema of a table description (§5.4), its dialect (§5.9) with it."""
    context = table.get("@context")
    if context != _CONTEXT:
        reader.tell("table-value", "@context", part="@context", value=_shown(context))
    if table.get("url") != file:
        reader.tell("table-url", "url", url=_shown(table.get("url")), table=file)
    dialect = reader.parts("dialect", table.get("dialect", {}))
    delimiter = dialect.get("delimiter", ",")
    if len(delimiter) != 1 or delimiter in '"\r\n':
        reader.tell("table-value", "delimiter", part="delimiter", value=_shown(delimiter))
    schema = reader.parts("tableSchema", table.get("tableSchema", {}))
    columns = tuple(_columns(reader, schema, table))
    key = _texts(reader, "primaryKey", schema.get("primaryKey", []))
    _check_columns(reader, columns, key)
    return Schema(columns, key, delimiter, dialect.get("skipBlankRows", False), _addresses(reader, columns))


def _columns(reader: _Reader, schema: dict[str, Any], table: dict[str, Any]) -> Iterator[Column]:
    above = {part: value for part, value in {**table, **schema}.items() if part in _INHERITED}
    for described in schema.get("columns", []):
        name = described.get("name") if isinstance(described, dict) else ""
        within = reader.of_column(str(name))
        yield _column(within, above, within.parts("column", described))


def _column(reader: _Reader, above: dict[str, Any], own: dict[str, Any]) -> Column:
    parts = above | own
    datatype = parts.get("datatype", "string")
    return Column(
        name=parts.get("name", ""),
        about=parts.get("aboutUrl", ""),
        property=parts.get("propertyUrl", ""),
        value=parts.get("valueUrl", ""),
        datatype=_datatype(reader, {"base": datatype} if isinstance(datatype, str) else datatype),
        lang=_language(reader, parts.get("lang", "und")),
        nulls=frozenset(_texts(reader, "null", parts.get("null", ""))),
        default=parts.get("default", ""),
        separator=parts.get("separator", ""),
        required=parts.get("required", False),
        virtual=parts.get("virtual", False),
        suppressed=parts.get("suppressOutput", False),
    )


def _texts(reader: _Reader, part: str, value: object) -> tuple[str, ...]:
    texts = value if isinstance(value, list) else [value]
    if all(isinstance(text, str) for text in texts):
        return tuple(texts)
    reader.tell("table-value", part, part=part, value=_shown(value))
    return ()


def _language(reader: _Reader, tag: str) -> str:
    """Return a language tag, "" for `und`, which stands for none (§5.7); add a fault for one that cannot be a tag."""
    if tag == "und":
        return ""
    try:
        ox.Literal("", language=tag)
    except ValueError:
        reader.tell("table-value", tag, part="lang", value=_shown(tag))
    return tag


def _datatype(reader: _Reader, described: object) -> Datatype:
    """Return a datatype (§5.11.1) with the formats of “Model for Tabular Data” §6.4 that are read here."""
    parts = reader.parts("datatype", described)
    base, form = parts.get("base", "string"), parts.get("format", "")
    if base not in BASES:
        reader.tell("table-value", base, part="datatype", value=_shown(base))
    elif base == "string" and isinstance(form, str) and _is_pattern(form):
        return Datatype(base, pattern=form)
    elif base == "boolean" and isinstance(form, str) and len(set((form or "true|false").split("|"))) == 2:
        true, _, false = (form or "true|false").partition("|")
        return Datatype(base, words=(true, false))
    elif base in ("integer", "decimal") and (not form or isinstance(form, dict)):
        return Datatype(base, sign=_sign(reader, reader.parts("format", form or {})))
    elif form:
        reader.tell("table-value", form, part="format", value=_shown(form))
    return Datatype(base)


def _sign(reader: _Reader, form: dict[str, Any]) -> str:
    sign = str(form.get("decimalChar", "."))
    if sign not in (".", ","):
        reader.tell("table-value", "decimalChar", part="decimalChar", value=_shown(sign))
    return sign


def _is_pattern(text: str) -> bool:
    try:
        re.compile(text)
    except re.error:
        return False
    return True


def _check_columns(reader: _Reader, columns: tuple[Column, ...], key: tuple[str, ...]) -> None:
    """Add a fault for each column without a proper name (§5.6), out of place, or without the addresses that it needs.

    Do so too where there are no columns, and where the primary key names a column that is not in the file.
    """
    if not columns:
        reader.tell("table-value", "columns", part="columns", value="[]")
    names, texts = [column.name for column in columns], {one.name for one in columns if _goes_into_addresses(one)}
    for at, column in enumerate(columns):
        if not _NAME.fullmatch(column.name) or column.name in names[:at]:
            reader.tell("table-column-name", column.name, value=_shown(column.name))
        if not column.virtual and any(before.virtual for before in columns[:at]):
            reader.tell("table-virtual-last", column.name, column=column.name)
        _check_addresses(reader.of_column(column.name), column, texts)
    for name in sorted(set(key) - {column.name for column in columns if not column.virtual}):
        reader.tell("table-no-column", "primaryKey", part="primaryKey", column=name)


def _goes_into_addresses(column: Column) -> bool:
    """Return whether the cells of a column stand in an address as they do in the file, as only strings do.

    A number stands there in its canonical form.
    """
    return column.datatype.base == "string"


def _check_addresses(reader: _Reader, column: Column, names: set[str]) -> None:
    given = {"aboutUrl": column.about, "propertyUrl": column.property, "valueUrl": column.value}
    for part, template in given.items():
        unknown = sorted(variables(template) - names)
        if unknown:
            reader.tell("table-no-column", template, part=part, column=", ".join(unknown))
        elif not column.suppressed and (template or part != "valueUrl") and not _begins_whole(template):
            reader.tell("table-address", template or column.name, column=column.name, part=part)


def _begins_whole(template: str) -> bool:
    return with_prefix(template).startswith(("http://", "https://"))


def with_prefix(address: str) -> str:
    """Return an address in full where it begins with a known prefix, as common properties do (§5.1.3, §5.8).

    Any other address is returned as it is.
    """
    prefix, colon, rest = address.partition(":")
    return _KNOWN_PREFIXES[prefix] + rest if colon and prefix in _KNOWN_PREFIXES else address


@lru_cache(maxsize=1000)
def template_of(text: str) -> URITemplate:
    """Return a text as a URI template (RFC 6570)."""
    return URITemplate(text)


@lru_cache(maxsize=1000)
def variables(text: str) -> frozenset[str]:
    """Return the names of the columns from which a URI template takes values."""
    return frozenset(map(str, template_of(text).variable_names))


def _addresses(reader: _Reader, columns: Iterable[Column]) -> dict[str, int]:
    """Return the lines of the addresses in a description that take nothing from a row, by the address in full."""
    given = (text for column in columns if not column.suppressed for text in (column.property, column.value) if text)
    return {with_prefix(text): reader.line(text) for text in given if not variables(text)}
