"""The knowledge base in miniature, and commands as a person gives them."""

import contextlib
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from playwright.sync_api import sync_playwright

from audit.server import serving_compressed
from kb.cli import main
from kb.content.knowledge_base import load_knowledge_base

ROOT = Path(__file__).parent.parent
DATA = Path(__file__).parent / "data"
CHROMIUM = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# A shell that starts the tests in the background has Ctrl-C ignored, and every program that they start would have too.
signal.signal(signal.SIGINT, signal.default_int_handler)
# Where the vocabulary ends and the concepts begin in the real ontology.ttl.
CONCEPTS = "\n# Interventions\n"


def lay_out_tiny(folder):
    """Put a copy of tests/data/tiny in `folder`, with the real vocabulary, shapes and rules."""
    shutil.copytree(DATA / "tiny", folder, dirs_exist_ok=True)
    shutil.copytree(ROOT / "rules", folder / "rules")
    shutil.copy(ROOT / "shapes.ttl", folder)
    vocabulary, found, _ = (ROOT / "ontology.ttl").read_text("utf-8").partition(CONCEPTS)
    assert found, f"ontology.ttl has no line {CONCEPTS.strip()!r}: set CONCEPTS to the heading after the vocabulary"
    with (folder / "ontology.ttl").open("a", encoding="utf-8") as file:
        file.write(vocabulary)
    return folder


@pytest.fixture
def tiny(tmp_path):
    """The folder of a fresh copy, to change at will."""
    return lay_out_tiny(tmp_path / "tiny")


@pytest.fixture(scope="session")
def tiny_kb(tmp_path_factory):
    """The miniature loaded, to look at only."""
    return load_knowledge_base(lay_out_tiny(tmp_path_factory.mktemp("tiny")))


@pytest.fixture(scope="session")
def real_kb():
    """The real content loaded, to look at only."""
    return load_knowledge_base(ROOT)


@pytest.fixture
def run_kb(tmp_path):
    """Run the command `kb` as a person does; the result has `returncode`, `stdout` and `stderr`."""

    def run(*words, cwd=tmp_path, **options):
        command = [Path(sys.executable).with_name("kb"), *map(str, words)]
        return subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False, **options)

    return run


@pytest.fixture
def told(caplog):
    """Give the command `kb` in this process, since starting it for each case of a table takes minutes."""

    def give(*words):
        result = CliRunner().invoke(main, list(map(str, words)))
        assert isinstance(result.exception, SystemExit | None)
        assert caplog.messages == []
        return result

    return give


@pytest.fixture(scope="session")
def site():
    """The finished site of the real content."""
    if not (ROOT / "site" / "index.html").is_file():
        pytest.fail("There is no site/: run scripts/build first", pytrace=False)
    return ROOT / "site"


@pytest.fixture(scope="session")
def browser():
    """Chromium, with a profile of its own."""
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    with sync_playwright() as tool:
        chromium = tool.chromium.launch(executable_path=program, args=CHROMIUM)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def window(browser):
    """A window of the browser with these options, kept open, so that what was fetched once stays fetched."""
    opened = {}

    def open_window(**options):
        key = repr(sorted(options.items()))
        if key not in opened:
            opened[key] = browser.new_context(**options)
            opened[key].set_default_timeout(60_000)
        return opened[key]

    yield open_window
    for context in opened.values():
        context.close()


@pytest.fixture
def visit(window):
    """Open an address in a tab that is closed after the test; options as for a new context of Playwright."""
    with contextlib.ExitStack() as stack:

        def open_tab(address, **options):
            page = stack.enter_context(contextlib.closing(window(**options).new_page()))
            page.goto(address)
            return page

        yield open_tab


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    """The tests of a file run one after another in one process, so that a server or a site is made once."""
    from xdist.scheduler import LoadFileScheduling

    return LoadFileScheduling(config, log)


@pytest.fixture(scope="module")
def served(site):
    """The site as a host serves it."""
    with serving_compressed(site) as served:
        yield served
