"""The pages of last time that need not be made again: nothing that they read has changed.

For the preview, which answers an edit by making the others; a published site is always made whole.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from kb.files import write_text


@dataclass(frozen=True)
class MadeFrom:
    """What pages were made from: the program, and for each file, by its path, the names of all that it read.

    `facts` holds the digest of what stood under each name, "" where nothing did.
    """

    program: str = ""
    facts: Mapping[str, str] = field(default_factory=dict)
    pages: Mapping[str, Iterable[str]] = field(default_factory=dict)

    def unchanged(self, program: str, facts: Mapping[str, str]) -> set[str]:
        """Return the paths of the files that would come out the same from this program and these facts."""
        changed = {name for name, digest in self.facts.items() if facts.get(name, "") != digest}
        return {path for path, read in self.pages.items() if changed.isdisjoint(read) and program == self.program}


def read_made_from(path: Path) -> MadeFrom:
    """Return what `write_made_from` wrote; where none can be read an empty one, by which all pages are made."""
    try:
        program, names, digests, pages = json.loads(path.read_text("utf-8"))
        read = {page: [names[at] for at in places] for page, places in pages.items()}
        return MadeFrom(program, dict(zip(names, digests, strict=True)), read)
    except (OSError, ValueError, TypeError, LookupError, AttributeError):
        return MadeFrom()


def write_made_from(path: Path, made: MadeFrom) -> None:
    """Write what pages were made from to one file; each page names what it read by its place in a list of names."""
    names = sorted({name for read in made.pages.values() for name in read})
    place = {name: at for at, name in enumerate(names)}
    pages = {page: sorted(place[name] for name in read) for page, read in made.pages.items()}
    digests = [made.facts.get(name, "") for name in names]
    write_text(path, json.dumps([made.program, names, digests, pages], ensure_ascii=False, separators=(",", ":")))
