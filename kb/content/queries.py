"""Competency questions: one .rq file each, its metadata in the leading comment lines, its parameters in VALUES lines.

A file is complete and runs unchanged in any SPARQL tool. It looks like this:

    # title@en: Which sources back this success indicator?
    # title@nl: …
    # about@en: one or two sentences (and about@nl)
    # group: evidence
    # rows: 6
    # parameter: indicator
    PREFIX … SELECT … WHERE { VALUES ?indicator { indicator:matching } … }

The term in the VALUES line is the parameter's default; `UNDEF` there means that a value must be given.

A question that was renamed keeps its old name answering, a line for each name that it had:

    # formerly: sources-of-factor
"""

import re
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from kb.content.text_files import files_in, read_text
from kb.diagnostics import Diagnostic, fault
from kb.errors import QueryError
from kb.words import others, phrase

QUERY = ".rq"
_METADATA = re.compile(r"^#[ \t]*([a-z]+)(?:@([a-z]{2}))?:[ \t]*(.*?)[ \t\r]*$", re.MULTILINE)
GROUPS = ("concepts", "evidence", "sources", "survey", "gaps", "coverage")
_REQUIRED = ("title@en", "title@nl", "about@en", "about@nl", "group", "rows")
# What is not query text: comments, strings and IRIs, in which words mean nothing.
_OPAQUE = r"""<[^<>\s]*>|\"{3}(?:\"{0,2}(?:[^\"\\]|\\.))*\"{3}|'{3}(?:'{0,2}(?:[^'\\]|\\.))*'{3}
      |\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*'|\#[^\n]*"""
# What is no keyword either: variables, tags of languages, and names with a prefix.
_NAMES = r"""[?$@][\w-]+|[\w.-]*:(?:[\w:-]|\.(?=[\w:.-])|%[0-9A-Fa-f]{2}|\\.)*"""
_NO_KEYWORD = re.compile(f"{_OPAQUE}|{_NAMES}", re.VERBOSE | re.DOTALL)
_PREFIXED = re.compile(rf"{_OPAQUE}|[?$@][\w-]+|_:\w+|(?P<prefix>(?:[^\W\d_][\w.-]*)?):", re.VERBOSE | re.DOTALL)
_DECLARED = re.compile(r"\bPREFIX\s+([\w.-]*):", re.IGNORECASE)
_CODE_POINT = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U(0010[0-9A-Fa-f]{4}|000[0-9A-Fa-f]{5})")
# What a question can be called: it is the name of a file and of a page.
_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_REACHING_OUT = re.compile(r"\b(SERVICE|LOAD)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Query:
    """A question: its name (the file's stem), its text, what the comment lines say, and the names that it had."""

    name: str
    text: str
    metadata: dict[str, str]
    parameters: tuple[str, ...]
    formerly: tuple[str, ...] = ()

    def title(self, language: str) -> str:
        """Return the question in plain words; its name where the head has no title."""
        return self._told("title", language) or self.name

    def about(self, language: str) -> str:
        """Return what the answer shows and how to read it; "" where the head does not say."""
        return self._told("about", language)

    def _told(self, key: str, language: str) -> str:
        """Return what the head says under `key` in `language`, else in the first other that has it, else ""."""
        found = (self.metadata.get(f"{key}@{tag}", "") for tag in (language, *others(language)))
        return next(filter(None, found), "")

    @property
    def group(self) -> str:
        """Return the heading under which the question is listed; "" where there is none."""
        return self.metadata.get("group", "")

    @property
    def least_rows(self) -> int:
        """Return the number of rows that the answer must have; 0 where no whole number is given."""
        value = self.metadata.get("rows", "0")
        return int(value) if value.isdecimal() else 0

    def default(self, parameter: str) -> str | None:
        """Return the term that stands in the query for `parameter`, or None where a value must be given."""
        found = _values_line(self.text, parameter)
        term = found["terms"].strip() if found else ""
        return None if term in ("", "UNDEF") else term

    def defaults(self) -> list[tuple[str, str]]:
        """Return the parameters, each with the term that stands in the query for it; "" where a value must be given."""
        return [(name, self.default(name) or "") for name in self.parameters]

    def body(self) -> str:
        """Return the query without its leading comment lines."""
        lines = self.text.splitlines()
        first = next((at for at, line in enumerate(lines) if line and not line.startswith("#")), 0)
        return "\n".join(lines[first:]).strip() + "\n"

    def bind(self, values: dict[str, str]) -> str:
        """Return the query with SPARQL terms put in for parameters; raise QueryError for an unknown or missing one."""
        self._check_parameters(values)
        text = self.text
        for parameter, term in values.items():
            found = _values_line(text, parameter)
            if found:
                text = f"{text[: found.start('terms')]} {term} {text[found.end('terms') :]}"
        return text

    def _check_parameters(self, values: dict[str, str]) -> None:
        known = ", ".join(self.parameters) or "–"
        for unknown in sorted(set(values) - set(self.parameters)):
            raise QueryError("no-such-parameter", question=self.name, name=unknown, known=known)
        for needed in self.parameters:
            if needed not in values and self.default(needed) is None:
                raise QueryError("parameter-missing", question=self.name, name=needed)


def _values_line(text: str, parameter: str) -> re.Match[str] | None:
    """Return where the query gives this parameter its `terms`, None where it does not.

    A comment or a text that looks like it is passed over, and so is a brace in a text among the terms.
    """
    terms = rf"(?:{_OPAQUE}|[^{{}}\"'<\#])*"
    line = rf"{_OPAQUE}|\bVALUES\s*[?$]{re.escape(parameter)}\s*\{{(?P<terms>{terms})\}}"
    found = re.finditer(line, text, re.IGNORECASE | re.VERBOSE | re.DOTALL)
    return next((match for match in found if match["terms"] is not None), None)


def parse_query(text: str, name: str) -> Query:
    """Return the question that `text` holds."""
    found = [
        (f"{key}@{language}" if language else key, value) for key, language, value in _METADATA.findall(_head(text))
    ]
    return Query(name, text, dict(found), _all(found, "parameter"), _all(found, "formerly"))


def _all(found: Iterable[tuple[str, str]], wanted: str) -> tuple[str, ...]:
    return tuple(value for key, value in found if key == wanted)


def _head(text: str) -> str:
    """Return the leading comment lines, with the empty ones between."""
    return text[: re.search(r"^(?!#)\S|\Z", text, re.MULTILINE).start()]  # type: ignore[union-attr]


def load_query(path: Path) -> Query:
    """Return the question in the file at `path`; raise QueryError where it cannot be read."""
    text = read_text(path, str(path))
    if isinstance(text, Diagnostic):
        detail = text.text if path.exists() else lambda language: phrase("no-such-file", language)
        raise QueryError("query-not-read", file=text.where(), detail=detail)
    return parse_query(text, path.stem)


def load_queries(folder: Path) -> tuple[dict[str, Query], list[Diagnostic]]:
    """Return all questions in `folder` by name, sorted, and a fault for each that cannot be read."""
    texts = {path.stem: read_text(path, f"{folder.name}/{path.name}") for path in query_files(folder)}
    read = {name: parse_query(text, name) for name, text in texts.items() if isinstance(text, str)}
    return read, [text for text in texts.values() if isinstance(text, Diagnostic)]


def query_files(folder: Path) -> list[Path]:
    """Return the files of a folder that hold a query or a rule, sorted."""
    return [path for path in files_in(folder, QUERY) if path.parent == folder]


def former_names(queries: Mapping[str, Query]) -> dict[str, str]:
    """Return the names that questions had, each with the name that its question has now."""
    return {old: query.name for query in queries.values() for old in query.formerly}


def find_query(queries: Mapping[str, Query], name: str) -> Query | None:
    """Return the question of this name, else the one that had this name before; None where there is none."""
    return queries.get(name) or queries.get(former_names(queries).get(name, ""))


def former_name_faults(queries: Mapping[str, Query], folder: str) -> Iterator[Diagnostic]:
    """Yield a fault for each old name that is no name, is that of a question there is, or is given to two questions."""
    taken = dict.fromkeys((*queries, "index"), "")  # the page that lists the questions is called index
    for query in queries.values():
        file = f"{folder}/{query.name}.rq"
        for old in query.formerly:
            line = _header_line(query, "formerly", old)
            if not _NAME.fullmatch(old):
                yield fault("query-old-name", file, line, item=query.name, name=old)
            elif old in taken:
                yield fault("query-name-taken", file, line, item=query.name, name=old, other=taken[old] or old)
            taken.setdefault(old, query.name)


def query_faults(query: Query, file: str) -> Iterator[Diagnostic]:
    """Yield what is wrong with the name, the comment lines and the parameters of a competency question."""
    if query.name == "index" or not _NAME.fullmatch(query.name):
        yield fault("query-name", file, item=query.name, name=query.name)
    missing = [key for key in _REQUIRED if not query.metadata.get(key)]
    if missing:
        yield fault("query-metadata", file, 1, item=query.name, missing=", ".join(missing))
    elif query.group not in GROUPS:
        yield fault("query-group", file, 1, item=query.name, group=query.group, known=", ".join(GROUPS))
    rows = query.metadata.get("rows", "")
    if rows and not rows.isdecimal():
        yield fault("query-rows-number", file, _header_line(query, "rows"), item=query.name, value=rows)
    for parameter in query.parameters:
        if not _values_line(query.text, parameter):
            yield fault("query-parameter", file, 1, item=query.name, name=parameter)


def _header_line(query: Query, key: str, value: str = "") -> int:
    """Return the line, from 1, of the last comment line with this key, which is the one that counts, and this value.

    Without a value it may have any.
    """
    pattern = rf"#[ \t]*{key}:" + (rf"[ \t]*{re.escape(value)}[ \t\r]*$" if value else "")
    return max(at for at, line in enumerate(_head(query.text).splitlines(), 1) if re.match(pattern, line))


def forbid_network(text: str) -> None:
    """Raise QueryError if the query asks another server for data: everything here works on the content alone."""
    # an escape may stand for a letter of a keyword (SPARQL 1.1, §19.2)
    plain = _CODE_POINT.sub(lambda found: chr(int(found[1] or found[2], 16)), text)
    found = _REACHING_OUT.search(_NO_KEYWORD.sub(" ", plain))
    if found:
        raise QueryError("query-network", word=found[1].upper())


def undeclared_prefix(text: str, known: Container[str]) -> tuple[str, int, int] | None:
    """Return the first prefix of a query that it does not declare and that is not `known`, with its line and column.

    Return None where there is none.
    """
    declared = set(_DECLARED.findall(text))
    for found in _PREFIXED.finditer(text):
        prefix, start = found["prefix"], found.start()
        if prefix is not None and prefix not in declared and prefix not in known:
            return prefix, text.count("\n", 0, start) + 1, start - text.rfind("\n", 0, start)
    return None
