"""Turtle files in, triples and faults out; and at which line each statement stands.

rdflib and SHACL know no line numbers, so `statement_lines` reads the tokens of a file (Turtle 1.1, §6.5) once more and
notes where each subject, predicate and object stands. It is used only when there is a fault to be placed.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from rdflib import RDF, Graph

from kb.content.text_files import read_text
from kb.diagnostics import Diagnostic, fault
from kb.namespaces import PREFIXES
from kb.suggestions import did_you_mean, nearest
from kb.words import in_language, phrase

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
    `described` has for each subject with a type the lines of all statements that give it one, `unnamed` the lines of
    statements whose subject has no name.
    """

    subjects: dict[str, int] = field(default_factory=dict)
    predicates: dict[tuple[str, str], int] = field(default_factory=dict)
    objects: dict[tuple[str, str, str], int] = field(default_factory=dict)
    mentions: dict[str, int] = field(default_factory=dict)
    described: dict[str, list[int]] = field(default_factory=dict)
    unnamed: list[int] = field(default_factory=list)

    def line(self, subject: str, predicate: str = "", value: str = "") -> int:
        """Return the line of just this object, predicate or subject, the last that is given; 0 where there is none."""
        if value:
            return self.objects.get((subject, predicate, value), 0)
        return self.predicates.get((subject, predicate), 0) if predicate else self.subjects.get(subject, 0)


def parse_turtle(graph: Graph, path: Path, name: str) -> list[Diagnostic]:
    """Add the triples of the file at `path` to `graph`; return a fault where the file is missing or broken."""
    text = read_text(path, name)
    if isinstance(text, Diagnostic):
        return [text]
    try:
        graph.parse(data=text, format="ox-turtle")
    except SyntaxError as error:
        return [fault("turtle-syntax", name, error.lineno or 0, cause=_cause(text, error))]
    return []


# What the engine says, and the phrase that tells an editor what it means. {token} is what it stumbles over.
_CAUSES = {
    r"A dot is expected": "turtle-end-of-statement",
    r"The prefix (?P<token>\S*): has not been declared": "turtle-prefix",
    r"(?P<token>\S+) is not a valid (?:subject|graph name)": "turtle-subject",
    r"(?P<token>\S+) is not a valid predicate": "turtle-property",
    r"(?P<token>\S+) is not a valid RDF object": "turtle-value",
    r"Line jumps|Unexpected end of file": "turtle-open-text",
    r"Unexpected end$": "turtle-last-dot",
    r"blank node property lists": "turtle-bracket",
    r"Invalid IRI": "turtle-address",
    r"escape": "turtle-backslash",
}
# Quotation marks of a word processor, of which the last ends a text; and spaces that do not break, or have no width.
_CURLY = "“”„‘’\u201a\u201f«»″\u00b4`"
_CLOSING = re.compile(rf"[{_CURLY}][ \t]*(?:@[a-z]|\^\^|[;,.][ \t]*$)")
_SPACES = "\u00a0\u2007\u202f\u2009\u200b\u200c\u200d\u2060\ufeff"


def _cause(text: str, error: SyntaxError) -> Callable[[str], str]:
    """Return what is most likely wrong and what to do, in the words of each language."""
    line = text.split("\n")[(error.lineno or 1) - 1]
    at = line[(error.offset or 1) - 1 :][:1]
    detail = str(error.msg).partition(": ")[2]
    is_open = "end of file" in detail or "jumps" in detail
    if (at and at in _CURLY) or (is_open and _CLOSING.search(line)):
        return _told("turtle-curly")
    if at and at in _SPACES:
        return _told("turtle-space", sign=f"U+{ord(at):04X}")
    found = next(((code, match) for said, code in _CAUSES.items() if (match := re.search(said, detail))), None)
    if not found:
        return _told("turtle-other")
    code, match = found
    token = match.groupdict().get("token", "")
    return _unknown_prefix(token, text) if code == "turtle-prefix" else _told(code, token=token)


def _unknown_prefix(prefix: str, text: str) -> Callable[[str], str]:
    """Return the words about a prefix that is not declared, with the nearest that is, or that is one of ours."""
    if prefix in PREFIXES:
        return _told("turtle-prefix-of-ours", prefix=prefix, address=PREFIXES[prefix])
    near = nearest(prefix, {*_declared(text), *PREFIXES} - {""})
    return _told("turtle-prefix", prefix=prefix, suggestion=did_you_mean(f"{near}:" if near else ""))


def _told(code: str, **values: object) -> Callable[[str], str]:
    return lambda language: phrase(code, language, **in_language(values, language))


def statement_lines(text: str, prefixes: Mapping[str, str]) -> StatementLines:
    """Return the lines of all statements in `text`; blank nodes count as part of the statement that they stand in."""
    lines = StatementLines()
    prefixes = dict(prefixes) | _declared(text)
    subject = predicate = ""
    depth = start = 0
    for token, line in _tokens(text):
        if token in "[(":
            depth += 1
            lines.unnamed.extend(() if subject else (line,))
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
