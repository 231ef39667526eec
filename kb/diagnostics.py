"""Faults in the content as values: where, what is wrong, what to do, in every language."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import IntEnum
from pathlib import Path

from kb.words import LANGUAGES, REFERENCE, in_language, phrase


class Severity(IntEnum):
    """How much a diagnostic weighs; errors stop a build, warnings do not."""

    ERROR = 0
    WARNING = 1


@dataclass(frozen=True, order=True)
class Diagnostic:
    """One fault: `file` (relative to the root), `line` (from 1, 0 unknown), `item` (a name the editor knows)."""

    file: str
    line: int
    severity: Severity
    item: str
    texts: tuple[tuple[str, str], ...] = field(compare=True)

    def text(self, language: str) -> str:
        """Return what is wrong and what to do, in `language`, else in the reference language, else in the first."""
        texts = dict(self.texts)
        return texts.get(language) or texts.get(REFERENCE) or next(iter(texts.values()))

    def where(self) -> str:
        """Return `file:line`, or the file alone where no line is known."""
        return f"{self.file}:{self.line}" if self.line else self.file

    def render(self, language: str) -> str:
        """Return one line for a terminal: place, weight, item and text."""
        item = f"{self.item}: " if self.item else ""
        return f"{self.where()}: {phrase(self.severity.name.lower(), language)}: {item}{self.text(language)}"


def fault(
    code: str,
    file: str | Path,
    line: int = 0,
    *,
    item: str = "",
    severity: Severity = Severity.ERROR,
    **values: object,
) -> Diagnostic:
    """Return a diagnostic whose text is the phrase `code`, filled with `values`, in every language.

    A value that is a function is called with the language, for words that differ between them.
    """
    texts = tuple((language, phrase(code, language, **in_language(values, language))) for language in LANGUAGES)
    return Diagnostic(Path(file).as_posix(), line, severity, item, texts)


def errors(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Return the diagnostics that stop a build, sorted by place."""
    return sorted(found for found in diagnostics if found.severity is Severity.ERROR)
