"""How files are written: beside their place and then swapped in, so that nothing is ever half there."""

import hashlib
import os
import shutil
from collections.abc import Callable, Collection, Mapping
from functools import cache
from pathlib import Path
from types import ModuleType

from kb.errors import WriteError


def write_text(path: Path, text: str) -> None:
    """Write `text` to `path` in one step; where that fails, raise WriteError and leave the old file as it was."""
    beside = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        beside.write_text(text, "utf-8")
        os.replace(beside, path)
    except OSError as error:
        _forget(beside)
        raise WriteError("not-written", place=path, reason=error.strerror or error) from error


def remove_file(path: Path) -> None:
    """Remove a file where there is one; raise WriteError where that fails."""
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise WriteError("not-written", place=path, reason=error.strerror or error) from error


def cached_text(folder: Path, key: str, make: Callable[[], str]) -> str:
    """Return the text that `make` makes for `key`, made once and kept in `folder`.

    The folder may be deleted at any time. Raise WriteError where the text cannot be kept.
    """
    path = folder / hashlib.sha256(key.encode()).hexdigest()[:32]
    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        text = make()
        write_text(path, text)
        return text


@cache
def source_hash(*modules: ModuleType) -> str:
    """Return a hash of the text of modules, as a part of the key of what they make."""
    return hashlib.sha256(b"".join(Path(str(module.__file__)).read_bytes() for module in modules)).hexdigest()


def write_pages(folder: Path, pages: Mapping[str, str], left: Collection[str] = ()) -> tuple[int, int]:
    """Make `folder` hold just these files (relative path → text); return how many were written and how many removed.

    Those that are `left`, by relative path, stay as they are. A file whose text is the same is not touched, so that a
    live preview rebuilds no more than it must.
    """
    written = [name for name, text in pages.items() if _differs(folder / name, text)]
    for name in written:
        write_text(folder / name, pages[name])
    stale = [path for path in _files(folder) if path.relative_to(folder).as_posix() not in {*pages, *left}]
    for path in stale:
        remove_file(path)
    return len(written), len(stale)


def _differs(path: Path, text: str) -> bool:
    try:
        return path.read_text("utf-8") != text
    except (OSError, UnicodeDecodeError):
        return True


def _files(folder: Path) -> list[Path]:
    return [path for path in sorted(folder.rglob("*")) if path.is_file()] if folder.is_dir() else []


def swap_folder(new: Path, place: Path) -> None:
    """Put the folder `new` at `place`; what stood there goes only once the new one is in.

    Where that fails, raise WriteError and put back what stood there.
    """
    old = place.with_name(f".{place.name}.{os.getpid()}.old")
    try:
        if place.exists():
            place.rename(old)
        try:
            new.rename(place)
        except OSError:
            if old.exists():
                old.rename(place)
            raise
    except OSError as error:
        raise WriteError("not-written", place=place, reason=error.strerror or error) from error
    shutil.rmtree(old, ignore_errors=True)


def _forget(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError:
        return
