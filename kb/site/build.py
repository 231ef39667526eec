"""The finished site: check, pages, one site tool run per language, then swapped in whole."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from rdflib import DCTERMS, URIRef

from kb.content.knowledge_base import KnowledgeBase
from kb.errors import CannotRun, WriteError
from kb.files import swap_folder, write_text
from kb.namespaces import DUO
from kb.pages.landing import Site, render_landing
from kb.site.content_security_policy import content_policy, finished
from kb.site.pages import (
    CONTENT,
    HAND_WRITTEN,
    Places,
    Stage,
    checked,
    files_below,
    fingerprint,
    quiet,
    write_markdown,
)
from kb.words import LANGUAGES, REFERENCE, has_phrase, language_data, others, phrase

# Tells the site tool's hook that the pages are up to date.
PAGES_READY = "KB_PAGES_READY"

_SHELL = ("docs/theme", "docs/landing.html", "docs/hooks.py")


@dataclass(frozen=True)
class Built:
    """What a build made: pages per language, claims, sources, and the warnings that did not stop it."""

    pages: dict[str, int]
    claims: int
    sources: int
    warnings: int


def build_site(root: Path, stage: Stage = quiet, *, force: bool = False) -> Built | None:
    """Build the site, swap it in and return what was made; None where nothing changed since the last build.

    Content, pages and program are compared; with `force` the site is built in any case.
    """
    places = Places(root)
    names = (*CONTENT, *HAND_WRITTEN, *_SHELL, *_configurations(root))
    now, stamp = fingerprint(root, names), places.cache / "site.fingerprint"
    if not force and (places.site / "index.html").is_file() and stamp.is_file() and stamp.read_text("utf-8") == now:
        return None
    kb, warnings = checked(root, stage)
    check_sites(root)
    with stage("pages"):
        pages = write_markdown(kb, places)
    with _staging(places) as staging:
        with stage("site"):
            run_site_tool(kb, root, staging)
        (staging / "index.html").write_text(_landing(root), "utf-8")
        finish(staging)
        swap_folder(staging, places.site)
    write_text(stamp, now)
    count = len(set(kb.graph.subjects(DUO.kind)))
    return Built(pages, count, len(kb.bibliography.sources), len(warnings))


def configuration(language: str) -> str:
    """Return the name of the file, below the root, that configures the site of a language."""
    return "mkdocs.yml" if language == REFERENCE else f"mkdocs.{language}.yml"


def check_words() -> None:
    """Raise CannotRun where the words of a language cannot be read or do not say what must be known of it."""
    for language in LANGUAGES:
        try:
            language_data(language)
        except ValueError as error:
            raise CannotRun("language-not-read", folder=f"kb/words/{language}", detail=error) from error


def check_sites(root: Path) -> None:
    """Raise CannotRun where a language has words but no site, a site but no words, or a stemmer that there is not."""
    check_words()
    for language in LANGUAGES:
        if not (root / configuration(language)).is_file():
            raise CannotRun("language-without-site", file=configuration(language), folder=f"kb/words/{language}")
    known = {configuration(language) for language in LANGUAGES}
    for name in _configurations(root):
        if name not in known:
            raise CannotRun("site-without-words", file=name, folder=f"kb/words/{name.split('.')[1]}")
    _check_stemmers(root / "build" / "script" / "stemmer")


def _configurations(root: Path) -> list[str]:
    """Return the names of the files that configure a site, sorted, whether or not its language has words."""
    return sorted(path.name for path in (*root.glob("mkdocs.yml"), *root.glob("mkdocs.*.yml")))


def _check_stemmers(folder: Path) -> None:
    known = sorted(path.stem for path in files_below(folder))
    for language in LANGUAGES:
        name = language_data(language).stemmer
        if name and name not in known:
            raise CannotRun("no-such-stemmer", folder=f"kb/words/{language}", name=name, known=", ".join(known) or "–")


def theme_values(language: str) -> dict[str, Any]:
    """Return what the theme shows of the language of a site and of the others: codes, names, locales, stemmers."""
    return {
        "language": language,
        "locale": language_data(language).site_locale,
        "alternates": [
            {"language": other, "locale": language_data(other).site_locale, "name": language_data(other).name}
            for other in others(language)
        ],
        "stemmers": sorted({language_data(each).stemmer for each in LANGUAGES} - {""}),
    }


def menu(entries: Iterable[Any], language: str) -> list[Any]:
    """Return the menu of mkdocs.yml in a language: a path under its phrase, else alone, so that its page names it."""
    return [_menu_entry(entry, language) for entry in entries]


def _menu_entry(entry: Any, language: str) -> Any:
    if isinstance(entry, dict):
        return {_menu_name(name, language): menu(below, language) for name, below in entry.items()}
    code = f"menu-{entry.removesuffix('.md').removesuffix('/index').replace('/', '-')}"
    return {phrase(code, language): entry} if has_phrase(code) else entry


def _menu_name(code: str, language: str) -> str:
    return phrase(code, language) if has_phrase(code) else code


def _landing(root: Path) -> str:
    """Return the page above the sites as HTML.

    It is in the language that `landing` in the reference language's configuration names.
    """
    first = _configured(root, REFERENCE, "landing")
    sites = [
        Site(language, language_data(language).name, _configured(root, language, "site_name"))
        for language in sorted(LANGUAGES, key=lambda language: language != first)
    ]
    return render_landing((root / "docs" / "landing.html").read_text("utf-8"), sites)


def _configured(root: Path, language: str, name: str) -> str:
    """Return what a line of the configuration of a site says, else that of the reference language.

    It is "" where neither has such a line.
    """
    line = re.compile(rf"^ *{name}: *([^#\n]*[^#\s])", re.MULTILINE)
    texts = ((root / configuration(each)).read_text("utf-8") for each in (language, REFERENCE))
    return next((found[1].strip("\"'") for found in map(line.search, texts) if found), "")


@contextmanager
def _staging(places: Places) -> Iterator[Path]:
    folder = places.site.with_name(f".site.{os.getpid()}.new")
    try:
        folder.mkdir(parents=True)
        yield folder
    except OSError as error:
        raise WriteError("not-written", place=error.filename or folder, reason=error.strerror) from error
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def run_site_tool(kb: KnowledgeBase, root: Path, staging: Path) -> None:
    """Run the site tool for all languages side by side; raise CannotRun with what it said where one fails."""
    environment = os.environ | {
        PAGES_READY: "1",
        "NO_MKDOCS_2_WARNING": "1",
        "SOURCE_DATE_EPOCH": str(_issued(kb)),
    }
    runs = {
        language: subprocess.Popen(
            [
                sys.executable,
                "-m",
                "mkdocs",
                "build",
                "--strict",
                "-f",
                configuration(language),
                "-d",
                staging / language,
            ],
            cwd=root,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        for language in LANGUAGES
    }
    told = {language: run.communicate()[0] for language, run in runs.items()}
    for language, run in runs.items():
        if run.returncode:
            raise CannotRun("site-not-built", site=language, told=_complaints(told[language]))


def finish(site: Path) -> None:
    """Give every page of the sites its policy, which trusts the scripts of the page for what is not found.

    That page shows no content; each language has its own.
    """
    _finish_page(site / "index.html", content_policy(""))
    for language in LANGUAGES:
        policy = content_policy((site / language / "404.html").read_text("utf-8"))
        for page in (site / language).rglob("*.html"):
            _finish_page(page, policy)


def _finish_page(page: Path, policy: str) -> None:
    page.write_text(finished(page.read_text("utf-8"), policy), "utf-8")


def _complaints(output: str) -> str:
    lines = [line for line in output.splitlines() if line.startswith(("WARNING", "ERROR", "Error", "Abort"))]
    return "\n".join(lines) or output[-2000:]


def _issued(kb: KnowledgeBase) -> int:
    """Return the date of the content in seconds, so that two builds of it carry the same date."""
    value = str(kb.graph.value(URIRef(str(DUO).rstrip("#")), DCTERMS.issued) or "2026-01-01")
    return int(datetime.fromisoformat(value).replace(tzinfo=UTC).timestamp())


def site_files(root: Path) -> list[Path]:
    """Return the files of the finished site, sorted."""
    return files_below(Places(root).site)
