"""Turtle files in, triples and faults out; and at which line each statement stands.

rdflib and SHACL know no line numbers, so `statement_lines` reads the tokens of a file (Turtle 1.1, §6.5) once more and
notes where each subject, predicate and object stands. It is used only when there is a fault to be placed.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from rdflib import RDF, Graph

from kb.diagnostics import Diagnostic, fault

TURTLE = ".ttl"
_TYPE = str(RDF.type)
_TOKEN = re.compile(
    r"""(?P<string>\"{3}(?:\"{0,2}(?:[^\"\\]|\\.))*\"{3}|'{3}(?:'{0,2}(?:[^'\\]|\\.))*'{3}
                  |\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*')
      |(?P<comment>\#[^\n]*)
      |(?P<iri><[^>\s]*>)
      |(?P<directive>@(?:prefix|base)\b[^<]*<[^>]*>\s*\.|\b(?i:prefix|base)\s[^<>"';,.]*<[^>]*>)
      |(?P<suffix>@[A-Za-z][\w-]*|\^\^)
      |(?P<number>[+-]?(?:\d+\.\d+|\.\d+|\d+)(?:[eE][+-]?\d+)?)
      |(?P<name>[\w-]*:(?:[\w:%-]|\.(?=[\w:%-])|\\.)*|\b(?:a|true|false)\b)
      |(?P<mark>[.;,\[\]()])""",
    re.VERBOSE | re.DOTALL,
)


@dataclass
class StatementLines:
    """Where things stand in one file: lines from 1, by subject, by (subject, predicate), and by object value.

    Each object stands there twice, once under the predicate "", for a look-up that does not know the predicate.
    `described` has for each subject with a type the lines of all statements that give it one.
    """

    subjects: dict[str, int] = field(default_factory=dict)
    predicates: dict[tuple[str, str], int] = field(default_factory=dict)
    objects: dict[tuple[str, str, str], int] = field(default_factory=dict)
    mentions: dict[str, int] = field(default_factory=dict)
    described: dict[str, list[int]] = field(default_factory=dict)

    def line(self, subject: str, predicate: str = "", value: str = "") -> int:
        """Return the line of just this object, predicate or subject, the last that is given; 0 where there is none."""
        if value:
            return self.objects.get((subject, predicate, value), 0)
        return self.predicates.get((subject, predicate), 0) if predicate else self.subjects.get(subject, 0)


def parse_turtle(graph: Graph, path: Path, name: str) -> list[Diagnostic]:
    """Add the triples of the file at `path` to `graph`; return a fault where the file is missing or broken.

    A byte-order mark, which some editors put at the start, is passed over.
    """
    try:
        graph.parse(data=path.read_text("utf-8-sig"), format="ox-turtle")
    except FileNotFoundError:
        return [fault("missing-file", name, item=name, name=name)]
    except UnicodeDecodeError as error:
        return [fault("not-utf8", name, byte=error.start)]
    except SyntaxError as error:
        detail = str(error.msg).partition(": ")[2] or str(error.msg)
        return [fault("turtle-syntax", name, error.lineno or 0, detail=detail)]
    return []


def statement_lines(text: str, prefixes: Mapping[str, str]) -> StatementLines:
    """Return the lines of all statements in `text`; blank nodes count as part of the statement that they stand in."""
    lines = StatementLines()
    prefixes = dict(prefixes) | _declared(text)
    subject = predicate = ""
    depth = start = 0
    for token, line in _tokens(text):
        if token in "[(":
            depth += 1
            subject = subject or "[]"
        elif token in "])":
            depth -= 1
        elif token == "." and not depth:
            subject = predicate = ""
        elif token == ";" and not depth:
            predicate = ""
        elif token not in ",.;":
            value = _value(token, prefixes)
            if token[0] not in "\"'":
                lines.mentions.setdefault(value, line)
            if subject and (depth or predicate):
                lines.objects.setdefault((subject, predicate, value), line)
                lines.objects.setdefault((subject, "", value), line)
            elif not subject:
                subject, start = value, line
                lines.subjects.setdefault(subject, line)
            else:
                predicate = value
                lines.predicates.setdefault((subject, predicate), line)
                if predicate == _TYPE and start not in lines.described.setdefault(subject, []):
                    lines.described[subject].append(start)
    return lines


def _declared(text: str) -> dict[str, str]:
    return dict(re.findall(r"^\s*@?prefix\s+([\w-]*):\s*<([^>]*)>", text, re.MULTILINE | re.IGNORECASE))


def _tokens(text: str) -> Iterator[tuple[str, int]]:
    line, at = 1, 0
    for found in _TOKEN.finditer(text):
        line += text.count("\n", at, found.start())
        at = found.start()
        if not (found["comment"] or found["directive"] or found["suffix"]):
            yield found[0], line


def _value(token: str, prefixes: Mapping[str, str]) -> str:
    if token == "a":
        return _TYPE
    if token[0] == "<":
        return token[1:-1]
    if token[0] in "\"'":
        quotes = 3 if token[:3] in ('"""', "'''") else 1
        return token[quotes:-quotes].replace('\\"', '"').replace("\\n", "\n")
    prefix, colon, local = token.partition(":")
    return prefixes.get(prefix, f"{prefix}:") + local.replace("\\", "") if colon else token
