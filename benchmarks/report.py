"""What was measured, as figures with the target beside each; a table for people, JSON for programs."""

import json
import os
import platform
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from importlib.metadata import PackageNotFoundError, version

_PEERS = (
    "pyoxigraph", "oxrdflib", "rdflib", "bibtexparser", "mkdocs", "mkdocs-material", "igraph", "networkx", "numpy",
)  # fmt: skip
_HEAD = ("", "what", "content", "measured", "target", "verdict", "ours", "other", "note")
_UNITS = {"×": 2, "s": 2, "ms": 1, "kB": 1, "": 2}


@dataclass(frozen=True)
class Figure:
    """One measurement: `target` is its number in performance.md; no bound means that it is for information.

    `ours` and `other` are the seconds behind a ratio; `beyond` marks a value that is at least this high.
    """

    target: int
    what: str
    content: str
    value: float
    unit: str = "×"
    at_most: float | None = None
    at_least: float | None = None
    ours: float | None = None
    other: float | None = None
    beyond: bool = False
    note: str = ""

    @property
    def met(self) -> bool | None:
        """Whether the target is met; None where there is none."""
        if self.at_most is not None:
            return self.value <= self.at_most
        return self.value >= self.at_least if self.at_least is not None else None

    @property
    def verdict(self) -> str:
        """The same in words, with how far off it is."""
        if self.met is None:
            return "for information"
        bound = self.at_most if self.at_most is not None else self.at_least
        return "met" if self.met or not bound else f"MISSED: {self.value / bound:.2f} of the target"

    @property
    def bound(self) -> str:
        """The target as a sign and a number, or ""."""
        if self.at_most is not None:
            return f"≤ {self.at_most:g}{_spaced(self.unit)}"
        return f"≥ {self.at_least:g}{_spaced(self.unit)}" if self.at_least is not None else ""

    def row(self) -> tuple[str, ...]:
        """The cells of its line in the table."""
        measured = f"{'> ' if self.beyond else ''}{self.value:.{_UNITS[self.unit]}f}{_spaced(self.unit)}"
        seconds = ("" if value is None else _seconds(value) for value in (self.ours, self.other))
        return str(self.target), self.what, self.content, measured, self.bound, self.verdict, *seconds, self.note


def _spaced(unit: str) -> str:
    return unit if unit in ("", "×") else f" {unit}"


def _seconds(value: float) -> str:
    return f"{value * 1000:.3g} ms" if value < 1 else f"{value:.2f} s"


def machine() -> str:
    """The machine and what runs on it, in one line."""
    load = f"load {os.getloadavg()[0]:.1f}"
    python = f"Python {platform.python_version()}"
    peers = (f"{name} {_version(name)}" for name in _PEERS)
    return ", ".join([f"{os.cpu_count()} cores", load, platform.platform(), python, *peers])


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "missing"


def as_table(figures: Sequence[Figure]) -> str:
    """Columns of text, a line a figure."""
    rows = [_HEAD, *(figure.row() for figure in figures)]
    widths = [max(len(row[at]) for row in rows) for at in range(len(_HEAD))]
    rule = tuple("-" * width for width in widths)
    lines = [rows[0], rule, *rows[1:]]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in lines
    )


def summary(figures: Sequence[Figure]) -> str:
    """How many targets are met, and each one that is not."""
    judged = [figure for figure in figures if figure.met is not None]
    missed = [figure for figure in judged if not figure.met]
    lines = [f"{len(judged) - len(missed)} of {len(judged)} figures that have a target meet it."]
    lines += [f"Missed: {found.what}, {found.content}: {found.row()[3]}, target {found.bound}" for found in missed]
    return "\n".join(lines)


def as_json(on: str, figures: Sequence[Figure]) -> str:
    """The machine and all figures."""
    found = [{**asdict(figure), "met": figure.met} for figure in figures]
    return json.dumps({"machine": on, "figures": found}, ensure_ascii=False, indent=1) + "\n"
