"""The knowledge base in miniature, and commands as a person gives them."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from kb.knowledge_base import load_knowledge_base

ROOT = Path(__file__).parent.parent
DATA = Path(__file__).parent / "data"
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
