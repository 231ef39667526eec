"""Text files of the content: which are read, what each says, and what keeps one from being read at all."""

import re
from collections.abc import Iterator
from pathlib import Path

from kb.diagnostics import Diagnostic, Severity, fault

# Lines that Git leaves where two versions of a text meet.
MERGE = re.compile(r"^(?:<{7} .*|={7}|>{7} .*)$", re.MULTILINE)
# In Markdown seven equals signs are a heading.
_MERGE_IN_MARKDOWN = re.compile(r"^(?:<{7}|>{7}) .*$", re.MULTILINE)
# Signs that nobody can see and that XML 1.0, and so a picture or a graph, cannot hold; tab and end of line are none.
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")
# Temporary files of an editor or a spreadsheet, beside the hidden ones.
_TEMPORARY = ("~$", "#")
# Endings of files that hold data, of which only some are read.
_DATA = {
    *("ttl", "turtle", "n3", "nt", "trig", "rdf", "owl", "jsonld", "csv", "tsv", "xls", "xlsx", "ods", "bib"),
    *("rq", "sparql"),
}
# Where work that was read is held against tables of the tests.
_HELD_AGAINST = "expected"


def read_text(path: Path, name: str) -> str | Diagnostic:
    """Return the text of a file, each line ended in one way; a fault where it is missing or cannot be read as text.

    A byte-order mark, which some editors put at the start, is passed over. `name` is what diagnostics call the file.
    """
    try:
        found = path.read_bytes()
        text = _one_ending(found).decode("utf-8-sig")
    except FileNotFoundError:
        return fault("missing-file", name, item=name, name=name)
    except OSError as error:
        return fault("file-not-opened", name, reason=error.strerror or error)
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        return fault("not-utf8", name, line, byte=f"{error.object[error.start]:02X}")
    return next(_strange(text, name), text)


def _one_ending(text: bytes) -> bytes:
    return text.replace(b"\r\n", b"\n").replace(b"\r", b"\n")


def _strange(text: str, name: str) -> Iterator[Diagnostic]:
    """Yield a fault for the first line of a merge that was not finished, and for the first sign that nobody can see."""
    merge = _MERGE_IN_MARKDOWN if name.endswith(".md") else MERGE
    for pattern, code in ((merge, "merge-unfinished"), (CONTROL, "control-sign")):
        found = pattern.search(text)
        if found:
            yield fault(code, name, text.count("\n", 0, found.start()) + 1, sign=sign_name(found[0][0]))


def sign_name(sign: str) -> str:
    """Return how Unicode writes a sign that cannot be shown: "U+0008"."""
    return f"U+{ord(sign):04X}"


def files_in(folder: Path, *endings: str) -> list[Path]:
    """Return the files at any depth below a folder whose name ends in one of these, sorted.

    Hidden ones are no content, nor are the temporary ones of an editor.
    """
    return [path for path in _visible(folder) if path.name.endswith(endings)]


def _visible(folder: Path) -> list[Path]:
    found = (path for path in sorted(folder.rglob("*")) if not path.is_dir())
    return [path for path in found if not _is_hidden(path.relative_to(folder))]


def _is_hidden(path: Path) -> bool:
    return any(part.startswith(".") for part in path.parts) or path.name.startswith(_TEMPORARY)


def unread_faults(root: Path, folder: str, endings: tuple[str, ...], *, deep: bool) -> Iterator[Diagnostic]:
    """Yield a fault for each file below `folder` that looks as if it held content, and is not read.

    Where only capitals or an ending more keep it from being read, that is an error. `deep` tells whether the folders
    below it are read too.
    """
    for path in _visible(root / folder):
        place = path.relative_to(root / folder)
        meant = next((name for ending in endings for name in _meant(path.name, ending)), "")
        if meant:
            yield fault("file-ending", path.relative_to(root), name=path.name, meant=meant)
        elif not _is_read(place, endings, deep=deep) and _holds_data(place):
            known = ", ".join(endings)
            weight = Severity.WARNING
            yield fault("file-not-read", path.relative_to(root), severity=weight, folder=folder, known=known)


def _meant(name: str, ending: str) -> Iterator[str]:
    """Yield the name that was meant by one that ends nearly in `ending`: in capitals, or with .txt after it."""
    found = re.search(rf"{re.escape(ending)}(?:\.txt)?$", name, re.IGNORECASE)
    if found and found[0] != ending:
        yield name[: found.start()] + ending


def _is_read(place: Path, endings: tuple[str, ...], *, deep: bool) -> bool:
    return place.name.endswith(endings) and (deep or len(place.parts) == 1)


def _holds_data(place: Path) -> bool:
    return place.suffix.removeprefix(".").lower() in _DATA and _HELD_AGAINST not in place.parts[:-1]
