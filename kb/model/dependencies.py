"""What a page is made from: look-ups are tracked, so that it need be made again only where one would answer otherwise.

What may be looked up goes by a name, such as "says …" for the statements about a thing; `kb/pages/incremental.py` keeps
a digest of what stood under each.
"""

import hashlib
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, TypeVar

T = TypeVar("T")


class Dependencies:
    """The names of what was looked up, and the answers that took several look-ups, each kept with its names."""

    def __init__(self) -> None:
        self._names: set[str] = set()
        self._cache: dict[tuple[object, ...], tuple[Any, set[str]]] = {}

    def track(self, name: str) -> None:
        """Track that what stands under this name was looked up."""
        self._names.add(name)

    @contextmanager
    def separately(self) -> Iterator[set[str]]:
        """Yield the names that are tracked within the block, and keep them out of those around it."""
        around, self._names = self._names, set()
        try:
            yield self._names
        finally:
            self._names = around

    def cached(self, make: Callable[..., T], *arguments: Hashable) -> T:
        """Return what `make` makes of the arguments, made once; track at each call all names that it was made from."""
        key = (make, *arguments)
        if key not in self._cache:
            with self.separately() as names:
                made = make(*arguments)
            self._cache[key] = made, names
        known, names = self._cache[key]
        self._names |= names
        return known  # type: ignore[no-any-return]


class TrackedLists(Mapping[str, list[str]]):
    """Lists by name, each made when first asked for; what is tracked is the name, not what the list is made from."""

    def __init__(
        self, dependencies: Dependencies, word: str, names: Collection[str], make: Callable[[str], list[str]]
    ) -> None:
        self._dependencies, self._word, self._names, self._make = dependencies, word, names, make
        self._lists: dict[str, list[str]] = {}

    def __getitem__(self, name: str) -> list[str]:
        self._dependencies.track(f"{self._word} {name}")
        if name not in self._lists:
            with self._dependencies.separately():
                self._lists[name] = self._make(name)
        return self._lists[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)


def digest(words: Iterable[str]) -> str:
    """Return a short hash of some words in their order."""
    return hashlib.blake2b("\0".join(words).encode(), digest_size=12).hexdigest()
