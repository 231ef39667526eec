"""What stops a command.

Error                    a message for a person, and the exit status that goes with it
├── ContentError         the content has faults (exit 1); carries the diagnostics
└── CannotRun            the command could not be carried out (exit 2)
    ├── QueryError       this is not a query that can be run: syntax, name or parameter
    └── WriteError       an output could not be written; what stood there before is untouched
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kb.diagnostics import Diagnostic


class Error(Exception):
    """Base of all errors that a person is told about in one or two sentences."""

    exit_status = 2


class ContentError(Error):
    """The content has faults; `diagnostics` lists them."""

    exit_status = 1

    def __init__(self, diagnostics: "Sequence[Diagnostic]") -> None:
        super().__init__(f"{len(diagnostics)} fault(s) in the content")
        self.diagnostics = diagnostics


class CannotRun(Error):
    """The command could not be carried out."""


class QueryError(CannotRun):
    """The query cannot be run as it stands."""


class WriteError(CannotRun):
    """An output could not be written."""
