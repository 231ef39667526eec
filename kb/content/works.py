"""What a work of sources.bib is: who made it, when, what it is called and where it stands; values and nothing else."""

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path

from kb.diagnostics import Diagnostic

# The codes of languages by the names that BibTeX has for them.
LANGUAGES_OF_WORKS: dict[str, str] = {
    name: code
    for code, names in tomllib.loads((Path(__file__).parent / "langids.toml").read_text("utf-8")).items()
    for name in names
}
UNDATED = "n.d."
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


@dataclass(frozen=True)
class Person:
    """Who made a work: family name, given names, particles such as "van der", suffix; a body has a family name alone.

    Those who are not named are OTHERS.
    """

    family: str
    given: str = ""
    particle: str = ""
    suffix: str = ""
    is_body: bool = False

    @property
    def surname(self) -> str:
        """Return the family name with its particles."""
        return " ".join(part for part in (self.particle, self.family) if part)

    @property
    def inverted(self) -> str:
        """Return `Family, Given, Suffix`, as far as they are known."""
        return ", ".join(part for part in (self.surname, self.given, self.suffix) if part)


OTHERS = Person("others")


@dataclass(frozen=True)
class Source:
    """One entry: citation key, entry type, fields as plain text (no braces, no LaTeX), line from 1, and its text.

    `latex` holds the fields as they were written, `lines` where each stands. `letter` tells works of the same people
    and year apart.
    """

    key: str
    type: str
    fields: dict[str, str]
    line: int
    raw: str
    authors: tuple[Person, ...] = ()
    editors: tuple[Person, ...] = ()
    letter: str = ""
    latex: dict[str, str] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)

    @property
    def year(self) -> str:
        """Return the year as printed, which may be a range such as 2014–2015, or UNDATED; "" where none is given."""
        return self.fields.get("year", "")

    @property
    def years(self) -> tuple[int, ...]:
        """Return the year, or the first and last of a range; nothing where there is none."""
        return tuple(map(int, re.findall(r"\d{4}", self.year)))

    @property
    def lettered_year(self) -> str:
        """Return the year with the letter that tells this work from another: 2014a, n.d.-a."""
        return f"{self.year}{'-' if self.letter and self.year == UNDATED else ''}{self.letter}"

    @property
    def iso_year(self) -> str:
        """Return the year or range as ISO 8601 has it: 2014, 2014/2015."""
        return "/".join(map(str, self.years))

    @property
    def month(self) -> int:
        """Return the number of the month; 0 where none is known."""
        written = self.fields.get("month", "").lower()
        if written in MONTHS:
            return MONTHS.index(written) + 1
        return int(written) if re.fullmatch(r"0?[1-9]|1[0-2]", written) else 0

    @property
    def title(self) -> str:
        """Return title and subtitle, a full stop between them; "" where the title was not traced."""
        return ". ".join(self.fields[name] for name in ("title", "subtitle") if name in self.fields)

    @property
    def language(self) -> str:
        """Return the code of the language of the work; "" where it is not known."""
        return LANGUAGES_OF_WORKS.get(self.fields.get("langid", ""), "")

    @property
    def publishers(self) -> tuple[str, ...]:
        """Return who published the work, institutions and schools first."""
        names = ("school", "institution", "organization", "howpublished", "publisher")
        return tuple(self.fields[name] for name in names if self.fields.get(name))

    @property
    def people(self) -> tuple[Person, ...]:
        """Return the authors, else the editors, in the order of the work."""
        return self.authors or self.editors

    @property
    def names(self) -> tuple[str, ...]:
        """Return the authors, else the editors, each as `Family, Given`; `others` stands for the rest."""
        return tuple(person.inverted for person in self.people)

    @property
    def surnames(self) -> tuple[str, ...]:
        """Return the family names of authors, else editors, with their particles; a corporate name whole."""
        return tuple(person.surname for person in self.people)

    @property
    def author_year(self) -> str:
        """Return how a text refers to the work: "Jansen et al. (2010)"; et al. from three names on, as in APA 7 §8.17.

        A work whose author could not be traced keeps the words in which it is cited; without those it has its key.
        """
        if not self.surnames:
            return self.fields.get("citedas", self.key)
        return f"{_in_text(self.surnames)} ({self.lettered_year})"


@dataclass(frozen=True)
class Bibliography:
    """All entries by citation key, in the order of the file, and the faults found while reading."""

    sources: dict[str, Source]
    faults: tuple[Diagnostic, ...] = ()


def _in_text(surnames: tuple[str, ...]) -> str:
    named = [name for name in surnames if name != OTHERS.family]
    if len(surnames) > 2 or (len(surnames) == 2 and len(named) == 1):
        return f"{named[0]} et al."
    return " & ".join(named)


def with_letters(sources: Iterable[Source]) -> list[Source]:
    """Return the sources, those that a text would name alike with the letters a, b, c … in the order of their keys."""
    found = list(sources)
    alike: dict[str, list[str]] = {}
    for source in found:
        if source.people and source.year:
            alike.setdefault(source.author_year, []).append(source.key)
    places = {key: at for keys in alike.values() if len(keys) > 1 for at, key in enumerate(sorted(keys))}
    return [replace(one, letter=_letters(places[one.key])) if one.key in places else one for one in found]


def _letters(place: int) -> str:
    """Return a to z, then aa, ab and so on."""
    more, last = divmod(place, 26)
    return (_letters(more - 1) if more else "") + "abcdefghijklmnopqrstuvwxyz"[last]
