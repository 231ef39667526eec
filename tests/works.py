"""What each work must have given: the tables in evidence/WORK/expected, which any work may have."""

import csv

from conftest import ROOT

EVIDENCE = ROOT / "evidence"


def works_with(name):
    """The works, by citation key, that have a table of this name."""
    return sorted(path.parent.parent.name for path in EVIDENCE.glob(f"*/expected/{name}"))


def rows(work, name):
    """The rows of a table of a work; none where it has no such table."""
    path = EVIDENCE / work / "expected" / name
    if not path.is_file():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t"))


def confirmed_dois():
    """The DOIs that were looked up, by the citation key of the work."""
    lists = (EVIDENCE / work / "expected" / "confirmed-dois.txt" for work in works_with("confirmed-dois.txt"))
    lines = (line for path in lists for line in path.read_text("utf-8").splitlines())
    return dict(line.split() for line in lines if line and not line.startswith("#"))
