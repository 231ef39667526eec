"""Noting what is looked up while something is made, so that later it need be made again only where that has changed.

What may be looked up goes by a name, such as "says …" for the statements about a thing; `kb.pages.incremental` keeps a
digest of what stood under each.
"""

import hashlib
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, TypeVar

T = TypeVar("T")


class Reading:
    """The names of what is being looked up, and the answers that took several look-ups, each with what it read."""

    def __init__(self) -> None:
        self._read: set[str] = set()
        self._made: dict[tuple[object, ...], tuple[Any, set[str]]] = {}

    def note(self, name: str) -> None:
        """Say that what stands under this name was looked up."""
        self._read.add(name)

    @contextmanager
    def apart(self) -> Iterator[set[str]]:
        """Gather the names that are noted within the block, for itself alone."""
        around, self._read = self._read, set()
        try:
            yield self._read
        finally:
            self._read = around

    def once(self, make: Callable[..., T], *arguments: Hashable) -> T:
        """What `make` makes of the arguments, made once; who asks for it again has read all that it was made from."""
        key = (make, *arguments)
        if key not in self._made:
            with self.apart() as read:
                made = make(*arguments)
            self._made[key] = made, read
        known, read = self._made[key]
        self._read |= read
        return known  # type: ignore[no-any-return]


class Noted(Mapping[str, list[str]]):
    """Lists by name, each made when first asked for; what is noted is that it was, not what it is made from."""

    def __init__(self, reading: Reading, word: str, names: Collection[str], make: Callable[[str], list[str]]) -> None:
        self._reading, self._word, self._names, self._make = reading, word, names, make
        self._lists: dict[str, list[str]] = {}

    def __getitem__(self, name: str) -> list[str]:
        self._reading.note(f"{self._word} {name}")
        if name not in self._lists:
            with self._reading.apart():
                self._lists[name] = self._make(name)
        return self._lists[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)


def digest(words: Iterable[str]) -> str:
    """A short hash of some words in their order."""
    return hashlib.blake2b("\0".join(words).encode(), digest_size=12).hexdigest()
