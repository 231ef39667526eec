"""From the content to Markdown: load, check, render, write; nothing when nothing changed."""

import hashlib
import re
from collections.abc import Callable, Container, Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path

from kb.checks.validation import validate
from kb.content.knowledge_base import KnowledgeBase, load_knowledge_base
from kb.content.text_files import read_text
from kb.diagnostics import Diagnostic, errors
from kb.errors import CannotRun, ContentError
from kb.files import remove_file, write_pages, write_text
from kb.kinds import style_sheet
from kb.pages.contents import OVERVIEWS
from kb.pages.incremental import MadeFrom, read_made_from, write_made_from
from kb.pages.render import render_pages
from kb.pages.search_index import STEMMERS, search_files, stands_for_itself
from kb.pages.shared import Shared
from kb.words import LANGUAGES, REFERENCE, language_data, language_name, phrase

# Puts a name and a clock on a stage of the work.
Stage = Callable[[str], AbstractContextManager[object]]

CONTENT = ("ontology.ttl", "shapes.ttl", "sources.bib", "evidence", "queries", "rules")
HAND_WRITTEN = (*(f"docs/{language}" for language in LANGUAGES), "docs/assets", "docs/style", "build/script")
# The style sheets in their order: of two rules of the same weight the later one holds. A page fetches all as one file.
STYLES = ("look", "message", "graph", "chart", "tools", "citing", "accessibility", "map", "search")
STYLE = "assets/site.css"
_HEAD = re.compile(r"\A(?:---\n.*?\n---\n\s*)?", re.DOTALL)


@dataclass(frozen=True)
class Places:
    """The files and folders below the root that are made."""

    root: Path

    @property
    def cache(self) -> Path:
        """Return the folder of layouts, references and fingerprints; it may be deleted at any time."""
        return self.root / "build" / "cache"

    @property
    def stamp(self) -> Path:
        """Return the file with the fingerprint of what the Markdown was made from."""
        return self.cache / "pages.fingerprint"

    @property
    def made_from(self) -> Path:
        """Return the file that says what each page of the Markdown was made from."""
        return self.cache / "pages.json"

    def pages(self, language: str) -> Path:
        """Return the folder of the Markdown of a language, which the site tool reads."""
        return self.root / "build" / "pages" / language

    @property
    def site(self) -> Path:
        """Return the folder of the finished site."""
        return self.root / "site"


def find_root(start: Path) -> Path:
    """Return the nearest folder at or above `start` that holds the content; raise CannotRun where there is none."""
    for folder in (start, *start.parents):
        if (folder / "ontology.ttl").is_file() or (folder / "sources.bib").is_file():
            return folder
    raise CannotRun("no-project", folder=start)


def quiet(_: str) -> AbstractContextManager[object]:
    """Return a stage that tells nothing."""
    return nullcontext()


def checked(root: Path, stage: Stage = quiet) -> tuple[KnowledgeBase, list[Diagnostic]]:
    """Return the knowledge base and its warnings; raise ContentError with everything found where there are errors."""
    with stage("load"):
        kb = load_knowledge_base(root)
    with stage("check"):
        found = faults_of(kb)
    if errors(found):
        raise ContentError(found)
    return kb, found


def faults_of(kb: KnowledgeBase) -> list[Diagnostic]:
    """Return everything that is wrong with the content and the pages written by hand, sorted by file and line."""
    by_hand = [(language, path) for language in LANGUAGES for path in _hand_written(kb.root, language)]
    texts = (read_text(path, path.relative_to(kb.root).as_posix()) for _, path in by_hand)
    pages = {path.relative_to(kb.root / "docs" / language).with_suffix("").as_posix() for language, path in by_hand}
    return sorted({*validate(kb, {*OVERVIEWS, *pages}), *(text for text in texts if isinstance(text, Diagnostic))})


def _hand_written(root: Path, language: str) -> list[Path]:
    return files_below(root / "docs" / language, (".md",))


def generate(root: Path, stage: Stage = quiet, *, changed_only: bool = False) -> KnowledgeBase | None:
    """Bring the Markdown of all languages up to date and return the knowledge base; None where it already was.

    `changed_only` is as for `write_markdown`. Raise ContentError where the content has errors.
    """
    places = Places(root)
    now = fingerprint(root, (*CONTENT, *HAND_WRITTEN))
    if _read(places.stamp) == now and all((places.pages(language) / "index.md").is_file() for language in LANGUAGES):
        return None
    kb, _ = checked(root, stage)
    with stage("pages"):
        write_markdown(kb, places, changed_only=changed_only)
    write_text(places.stamp, now)
    return kb


def write_markdown(kb: KnowledgeBase, places: Places, *, changed_only: bool = False) -> dict[str, int]:
    """Write the pages of all languages, and return how many were made in each.

    With `changed_only` files are left as they are that have read nothing that changed since.
    """
    shared = Shared(kb, places.cache)
    program, facts, last = fingerprint(kb.root, ()), shared.facts, read_made_from(places.made_from)
    left = set(_there(places, last.unchanged(program, facts))) if changed_only else set()
    for path in (places.stamp, places.made_from):  # until the files are written, nothing is known of them
        remove_file(path)
    rendered = render_pages(shared, left)
    by_hand = {language: dict(_by_hand(kb.root, language, left)) for language in rendered.files}
    kept = {language: _kept(places.pages(language), filter(stands_for_itself, left)) for language in rendered.files}
    whole = {language: kept[language] | by_hand[language] | files for language, files in rendered.files.items()}
    for language, files in rendered.files.items():
        found = search_files(shared.records, language, whole)
        write_pages(places.pages(language), by_hand[language] | files | found, left)
    read = {**rendered.read, **{path: last.pages[path] for path in left}}
    write_made_from(places.made_from, MadeFrom(program, facts, read))
    return {language: sum(name.endswith(".md") for name in files) for language, files in rendered.files.items()}


def _there(places: Places, paths: Iterable[str]) -> Iterator[str]:
    """Return those of the paths at which each language has a file."""
    return (path for path in paths if all((places.pages(language) / path).is_file() for language in LANGUAGES))


def _kept(folder: Path, paths: Iterable[str]) -> dict[str, str]:
    """Return the text of the files below a folder that stay as they are, by path."""
    return {path: (folder / path).read_text("utf-8") for path in paths}


def _by_hand(root: Path, language: str, left: Container[str]) -> Iterator[tuple[str, str]]:
    """Yield what people write by hand and the bundled scripts, by place in the site, without those that are `left`.

    The style sheets come last, as one file.
    """
    places = {f"docs/{language}": "", "docs/assets": "assets/", "build/script": "assets/script/"}
    for folder, prefix in ((root / place, prefix) for place, prefix in places.items()):
        for path in files_below(folder):
            place = prefix + path.relative_to(folder).as_posix()
            if place not in left and is_wanted(place):
                yield place, path.read_text("utf-8")
    if language != REFERENCE:
        yield from _not_translated(root, language, left)
    styles = [path for name in STYLES if (path := root / "docs" / "style" / f"{name}.css").is_file()]
    if styles:
        yield STYLE, "\n".join([style_sheet(), *(path.read_text("utf-8") for path in styles)])


def _not_translated(root: Path, language: str, left: Container[str]) -> Iterator[tuple[str, str]]:
    """Yield what is written by hand in the reference language and not in this one; pages with a note that says so."""
    folder = root / "docs" / REFERENCE
    for path in files_below(folder):
        place, text = path.relative_to(folder), path.read_text("utf-8")
        if place.as_posix() not in left and not (root / "docs" / language / place).exists():
            yield place.as_posix(), in_reference_only(text, language) if path.suffix == ".md" else text


def in_reference_only(page: str, language: str) -> str:
    """Return a page of the reference language as those who read `language` get it: marked, with a note on top."""
    head, body = _HEAD.match(page)[0], _HEAD.sub("", page, count=1)  # type: ignore[index]
    note = phrase("only-in", language, language=language_name(REFERENCE, language))
    return f'{head}<small>{note}</small>\n\n<div lang="{REFERENCE}" markdown>\n\n{body.strip()}\n\n</div>\n'


def is_wanted(place: str) -> bool:
    """Return whether the site needs a bundled script: of the stemmers only those of its languages."""
    name = place.removeprefix(STEMMERS)
    return name == place or name in {f"{language_data(language).stemmer}.js" for language in LANGUAGES}


def fingerprint(root: Path, names: Iterable[str]) -> str:
    """Return one hash over files and folders of the root and over this program itself."""
    digest = hashlib.sha256()
    program = Path(__file__).parents[1]
    for path in [
        *files_below(program, (".py", ".md", ".toml")),
        *(file for name in names for file in files_below(root / name)),
    ]:
        digest.update(f"{path.name}\0{path.parent.name}\0".encode() + path.read_bytes())
    return digest.hexdigest()


def files_below(place: Path, endings: tuple[str, ...] = ("",)) -> list[Path]:
    """Return the files at or below a place, sorted, hidden ones and byte code left out.

    Below a folder only those whose suffix ends with one of `endings` are taken.
    """
    if place.is_file():
        return [place]
    found = (path for path in place.rglob("*") if path.is_file() and path.suffix.endswith(endings))
    return sorted(path for path in found if "__pycache__" not in path.parts and not path.name.startswith("."))


def _read(path: Path) -> str:
    return path.read_text("utf-8") if path.is_file() else ""
