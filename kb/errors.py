"""What stops a command.

Error                    a message for a person, and the exit status that goes with it
├── ContentError         the content has faults (exit 1); carries the diagnostics
└── CannotRun            the command could not be carried out (exit 2)
    ├── QueryError       this is not a query that can be run: syntax, name or parameter
    └── WriteError       an output could not be written; what stood there before is untouched
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from kb.words import REFERENCE, in_language, phrase

if TYPE_CHECKING:
    from kb.diagnostics import Diagnostic


class Error(Exception):
    """What a person is told in one or two sentences: the phrase `code`, filled with `values`, in any language.

    A value that is a function is called with the language, for words that differ between them.
    """

    exit_status = 2

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code)
        self.code, self.values = code, values

    def text(self, language: str) -> str:
        """Return the message in `language`."""
        return phrase(self.code, language, **in_language(self.values, language))

    def __str__(self) -> str:
        return self.text(REFERENCE)


class ContentError(Error):
    """The content has faults; `diagnostics` lists them."""

    exit_status = 1

    def __init__(self, diagnostics: "Sequence[Diagnostic]") -> None:
        super().__init__("content-faults", n=len(diagnostics))
        self.diagnostics = diagnostics


class CannotRun(Error):
    """The command could not be carried out."""


class QueryError(CannotRun):
    """The query cannot be run as it stands."""


class WriteError(CannotRun):
    """An output could not be written."""
