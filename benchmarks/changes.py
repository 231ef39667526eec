"""Target 6: a build when nothing changed, and one claim edited under the live preview, against a full build."""

import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from urllib.parse import urlsplit

from benchmarks.content import Content, Workshop
from benchmarks.measure import child_environment, kb_command, run_python, tell
from benchmarks.report import Figure
from benchmarks.site import GENERATE
from kb.site.build import configuration
from kb.site.pages import Places
from kb.words import REFERENCE

EDITS = 3
_PATIENCE = 900.0
_CLAIM = re.compile(r'^claim:(\S+) a duo:Claim\b[^"]*?duo:statement "(?=[^"]*"@en)', re.MULTILINE)


@dataclass(frozen=True)
class Spot:
    """Where a claim's English statement begins, and the address of its page below that of the preview."""

    path: Path
    at: int
    page: str


def figures(workshop: Workshop) -> Iterator[Figure]:
    """On the first of the contents for sites."""
    content = next(workshop.site_contents())
    rounds = max(1, workshop.rounds // 5)
    if not Places(content.root).cache.is_dir():
        run_python(content.root, *GENERATE)
    tell(f"changes: {content.name}, full build")
    full = median(run_python(content.root, *kb_command("build", "--force")).wall for _ in range(rounds))
    again = median(run_python(content.root, *kb_command("build")).wall for _ in range(2 * rounds + 1))
    yield _figure("nothing changed / full build", content, again, full, at_most=0.1)
    tell(f"changes: {content.name}, preview")
    yield _figure("edit to refreshed page / full build", content, _edited(content), full, at_most=0.2)


def _figure(what: str, content: Content, ours: float, full: float, at_most: float) -> Figure:
    note = "seconds on the clock"
    return Figure(6, what, content.name, ours / full, at_most=at_most, ours=ours, other=full, note=note)


def _edited(content: Content) -> float:
    """The median of the seconds from a saved edit to the page that shows it."""
    spot = _spot(content.root)
    with _preview(content.root) as address:
        _wait_for(f"{address}{spot.page}", "<h1")
        return median(_seconds(content, spot, address, f"Edited{number}") for number in range(EDITS))


def _seconds(content: Content, spot: Spot, address: str, word: str) -> float:
    tell(f"changes: {content.name}, {word}")
    text = spot.path.read_text("utf-8")
    started = time.perf_counter()
    spot.path.write_text(f"{text[: spot.at]}{word} {text[spot.at :]}", "utf-8")
    _wait_for(f"{address}{spot.page}", word)
    return time.perf_counter() - started


def _spot(root: Path) -> Spot:
    for path in sorted((root / "evidence").rglob("*.ttl")):
        found = _CLAIM.search(path.read_text("utf-8"))
        if found:
            return Spot(path, found.end(), f"{REFERENCE}/claim/{found[1]}/")
    raise RuntimeError(f"no claim with an English statement below {root}")


@contextmanager
def _preview(root: Path) -> Iterator[str]:
    """A running `mkdocs serve`; gives the address above the languages."""
    host = f"127.0.0.1:{_free_port()}"
    command = [sys.executable, "-m", "mkdocs", "serve", "-f", configuration(REFERENCE), "-a", host]
    with (root / "preview.log").open("wb") as log:
        process = subprocess.Popen(command, cwd=root, env=child_environment(root), stdout=log, stderr=log)
        try:
            yield f"http://{host}{_mount(root)}"
        finally:
            process.terminate()
            process.wait(30)


def _mount(root: Path) -> str:
    """The path of the site's address without its language."""
    found = re.search(r"^site_url: (\S+)$", (root / configuration(REFERENCE)).read_text("utf-8"), re.MULTILINE)
    return urlsplit(found[1]).path.removesuffix(f"{REFERENCE}/") if found else "/"


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def _wait_for(address: str, word: str) -> None:
    """Ask for the page until it holds `word`; RuntimeError where that takes too long."""
    until = time.perf_counter() + _PATIENCE
    while word not in _page(address):
        if time.perf_counter() > until:
            raise RuntimeError(f"{address} does not show {word} after {_PATIENCE:g} s")
        time.sleep(0.05)


def _page(address: str) -> str:
    try:
        with urllib.request.urlopen(address, timeout=_PATIENCE) as answer:
            return str(answer.read().decode("utf-8"))
    except (urllib.error.URLError, ConnectionError):
        return ""
