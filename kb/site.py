"""The finished site: check, pages, one site tool run per language, then swapped in whole."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from rdflib import DCTERMS, URIRef

from kb.errors import CannotRun, WriteError
from kb.finishing import content_policy, finished
from kb.generate import (
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
from kb.knowledge_base import KnowledgeBase
from kb.namespaces import DUO
from kb.output import swap_folder, write_text
from kb.words import LANGUAGES

CONFIGURATIONS = {"en": "mkdocs.yml", "nl": "mkdocs.nl.yml"}
# Tells the site tool's hook that the pages are up to date.
PAGES_READY = "KB_PAGES_READY"
_SHELL = (*CONFIGURATIONS.values(), "docs/theme", "docs/landing.html", "docs/hooks.py")


@dataclass(frozen=True)
class Built:
    """What a build made: pages per language, claims, sources, and the warnings that did not stop it."""

    pages: dict[str, int]
    claims: int
    sources: int
    warnings: int


def build_site(root: Path, stage: Stage = quiet, *, force: bool = False) -> Built | None:
    """Build the site and swap it in; None where the content, the pages and the program are those of the last build."""
    places = Places(root)
    now, stamp = fingerprint(root, (*CONTENT, *HAND_WRITTEN, *_SHELL)), places.cache / "site.fingerprint"
    if not force and (places.site / "index.html").is_file() and stamp.is_file() and stamp.read_text("utf-8") == now:
        return None
    kb, warnings = checked(root, stage)
    with stage("pages"):
        pages = write_markdown(kb, places)
    with _staging(places) as staging:
        with stage("site"):
            run_site_tool(kb, root, staging)
        shutil.copyfile(root / "docs" / "landing.html", staging / "index.html")
        finish(staging)
        swap_folder(staging, places.site)
    write_text(stamp, now)
    count = len(set(kb.graph.subjects(DUO.kind)))
    return Built(pages, count, len(kb.bibliography.sources), len(warnings))


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
    """Run the site tool for both languages side by side; CannotRun with what it said where one fails."""
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
                CONFIGURATIONS[language],
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
    """Give every page of a site the policy of its language; the page for what is not found shows no content."""
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
    """The date of the content as seconds, so that two builds of it carry the same date."""
    value = str(kb.graph.value(URIRef(str(DUO).rstrip("#")), DCTERMS.issued) or "2026-01-01")
    return int(datetime.fromisoformat(value).replace(tzinfo=UTC).timestamp())


def site_files(root: Path) -> list[Path]:
    """The files of the finished site."""
    return files_below(Places(root).site)
