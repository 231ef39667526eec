"""What the tests of the site share: a miniature that can be built, a file server, and searching as a reader does."""

import contextlib
import functools
import hashlib
import http.server
import shutil
import threading
from http import HTTPStatus
from pathlib import Path

import pytest
from conftest import ROOT, lay_out_tiny

from audit.kinds import sample
from kb.site.build import configuration
from kb.words import LANGUAGES

PHONE = {"width": 360, "height": 740}
DESK = {"width": 1280, "height": 900}
# Two cores may be busy with much else.
PATIENCE = 60_000


class _Files(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_):
        """Say nothing."""

    def send_error(self, code, *told):
        """Show the nearest 404.html for what is not found, as hosts do."""
        page = self._page_for_missing() if code == HTTPStatus.NOT_FOUND else None
        if page is None:
            super().send_error(code, *told)
            return
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(page.read_bytes())

    def _page_for_missing(self):
        pages = (folder / "404.html" for folder in Path(self.translate_path(self.path)).parents)
        return next((page for page in pages if page.is_file()), None)


class _Server(http.server.ThreadingHTTPServer):
    def handle_error(self, *_):
        """A browser that goes to the next page breaks off what it was fetching."""


@contextlib.contextmanager
def serving(folder):
    """Serve a folder on a free port; gives the address of its root, without a slash at the end."""
    server = _Server(("127.0.0.1", 0), functools.partial(_Files, directory=folder))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


def lay_out_site(folder):
    """The miniature in `folder` with all that a site needs; its pages written by hand link to a source that it has."""
    lay_out_tiny(folder)
    for name in ("docs", "build/script"):
        shutil.copytree(ROOT / name, folder / name)
    for page in (folder / "docs").glob("*/about.md"):
        page.write_text(page.read_text("utf-8").replace("source/vanrobaeys2016.md", "source/clark2016.md"), "utf-8")
    for language in LANGUAGES:
        shutil.copy(ROOT / configuration(language), folder)
        (folder / "build" / "pages" / language).mkdir(parents=True)  # as scripts/setup does
    return folder


def digests(folder):
    """The files below a folder, each with the hash of what it holds."""
    paths = (path for path in Path(folder).rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in paths}


def search(page, words):
    """Search for words; the addresses of the results, best first, each once."""
    box = page.locator("#search-input")
    if not box.is_visible():
        page.locator("a.search-button").click()
    box.fill(words)
    page.locator("#search-results[aria-busy=false]").wait_for(state="attached", timeout=PATIENCE)
    links = page.locator("a.search-result").evaluate_all("links => links.map(link => link.href)")
    return list(dict.fromkeys(links))


def eventually(page, condition):
    """Wait until a JavaScript expression holds; the policy of the site keeps Playwright's own waiting from doing so."""
    for _ in range(PATIENCE // 50):
        if page.evaluate(condition):
            return
        page.wait_for_timeout(50)
    pytest.fail(f"{condition} does not come true")


def of_every_kind(site):
    """The start pages, and one page of every kind, half of the kinds in each language."""
    chosen = [page for at, language in enumerate(LANGUAGES) for page in sample(site, language)[at::2]]
    return [*dict.fromkeys(["en/", "nl/", *chosen])]
