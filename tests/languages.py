"""A project in which a language has begun, in a copy that has the program too: its words are part of the program."""

import shutil
import subprocess
import sys

from conftest import DATA, ROOT

# The languages that have every phrase; another may have begun.
COMPLETE = ("en", "nl")

GENERATE = "from pathlib import Path; from kb.site.pages import generate; generate(Path.cwd())"
COMMAND = "from kb.cli import main; main()"


def copy_program(folder):
    """Put a copy of the program into a project."""
    shutil.copytree(ROOT / "kb", folder / "kb", ignore=shutil.ignore_patterns("__pycache__"))
    return folder


def begin_french(folder):
    """Put the program into a project, and French: the files of tests/data/french, and nothing else."""
    copy_program(folder)
    shutil.copytree(DATA / "french", folder, dirs_exist_ok=True)
    (folder / "build/pages/fr").mkdir(parents=True, exist_ok=True)  # as scripts/setup does
    return folder


def run_copy(folder, program, *words):
    """Run Python in a project with its own copy of the program."""
    command = [sys.executable, "-c", program, *map(str, words)]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
