"""What is measured on: the real content and generated ones, each a whole project in a temporary folder."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.generate import copy_shell, generate_content
from benchmarks.measure import PROGRAM, tell
from kb.content.knowledge_base import KnowledgeBase, load_knowledge_base
from kb.words import REFERENCE

REAL = 0  # the size that stands for the real content


@dataclass(frozen=True)
class Content:
    """A project in a folder of its own; `size` is the number of claims that was asked for."""

    root: Path
    size: int

    @property
    def name(self) -> str:
        """What tables call it."""
        return f"{self.size:,} claims" if self.size else "real"

    def load(self) -> KnowledgeBase:
        """The knowledge base; RuntimeError where it cannot be read without faults."""
        kb = load_knowledge_base(self.root)
        if kb.faults:
            raise RuntimeError(f"The {self.name} content has faults, first {kb.faults[0].render(REFERENCE)}")
        return kb


@dataclass
class Workshop:
    """What is to be measured, how often, and the contents made so far."""

    folder: Path
    sizes: tuple[int, ...]
    site_sizes: tuple[int, ...]
    rounds: int
    _made: dict[int, Content] = field(default_factory=dict)

    def contents(self) -> Iterator[Content]:
        """The contents for all that is quick."""
        return map(self._content, self.sizes)

    def site_contents(self) -> Iterator[Content]:
        """The contents that whole sites are built from."""
        return map(self._content, self.site_sizes)

    def _content(self, size: int) -> Content:
        if size not in self._made:
            tell(f"making content: {size or 'real'}")
            place = self.folder / (f"claims-{size}" if size else "real")
            _copy_real(place) if size == REAL else generate_content(PROGRAM, place, size)
            self._made[size] = Content(place, size)
        return self._made[size]


def _copy_real(place: Path) -> None:
    copy_shell(PROGRAM, place)
    shutil.copytree(PROGRAM / "evidence", place / "evidence")
    for name in ("ontology.ttl", "sources.bib"):
        shutil.copyfile(PROGRAM / name, place / name)
