"""`kb build`: the same content gives the same bytes anywhere, and a build that fails changes nothing."""

import ctypes
import os
import resource
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import mkdocs
import pytest
from browsing import digests, lay_out_site

ROOT = Path(__file__).parents[2]
KB = Path(sys.executable).with_name("kb")
CONTENT = ("ontology.ttl", "shapes.ttl", "sources.bib", "evidence", "queries", "rules", "docs")


def run(folder, *words, seed="0", **options):
    """Run `kb` in a folder, with a seed of its own for the order of sets."""
    environment = os.environ | {"PYTHONHASHSEED": seed}
    return subprocess.run(
        [KB, *words], cwd=folder, env=environment, capture_output=True, text=True, check=False, **options
    )


@pytest.fixture(scope="module")
def original(tmp_path_factory):
    """A project in miniature, built; to look at only."""
    folder = lay_out_site(tmp_path_factory.mktemp("original") / "project")
    built = run(folder, "build", seed="1")
    assert built.returncode == 0, built.stderr
    return folder


@pytest.fixture
def project(original, tmp_path):
    """A copy of it, built as the original is, to change at will."""
    return shutil.copytree(original, tmp_path / "project")


@pytest.fixture
def old_site_stays(project):
    """Whatever the test does, the site is the old one at its end, and nothing is left beside it."""
    old, beside = digests(project / "site"), sorted(path.name for path in project.iterdir())
    yield
    assert digests(project / "site") == old
    assert sorted(path.name for path in project.iterdir()) == beside


def edit(project, name, old, new):
    path = project / name
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def test_two_builds_are_identical(original, tmp_path):
    elsewhere = lay_out_site(tmp_path / "elsewhere and deeper" / "project")
    built = run(elsewhere, "build", "--force", seed="2")
    assert built.returncode == 0, built.stderr
    assert digests(elsewhere / "site") == digests(original / "site")
    assert len(digests(elsewhere / "site")) > 100


def test_real_pages_are_identical(site, tmp_path):
    """Those of scripts/build, which has caches and another seed, and those of a folder without any."""
    (tmp_path / "build").mkdir()
    for name in (*CONTENT, "build/script"):
        (tmp_path / name).symlink_to(ROOT / name)
    made = "from pathlib import Path; from kb.site.pages import generate; generate(Path.cwd())"
    subprocess.run([sys.executable, "-c", made], cwd=tmp_path, env=os.environ | {"PYTHONHASHSEED": "1"}, check=True)
    old, new = digests(site.parent / "build" / "pages"), digests(tmp_path / "build" / "pages")
    assert len(new) > 1500
    assert old == new, "unless something changed since scripts/build: then run it first"


@pytest.mark.usefixtures("old_site_stays")
def test_second_build_has_nothing_to_do(project):
    built = run(project, "build")
    assert (built.returncode, "Nothing changed" in built.stdout) == (0, True)


@pytest.mark.usefixtures("old_site_stays")
def test_build_from_caches_is_identical(project):
    kept = project / "build" / "cache" / f"mkdocs-{mkdocs.__version__}"
    compiled = {path: path.stat().st_mtime_ns for path in kept.iterdir()}
    built = run(project, "build", "--force")
    assert built.returncode == 0, built.stderr
    assert {path: path.stat().st_mtime_ns for path in kept.iterdir()} == compiled != {}


@pytest.mark.usefixtures("old_site_stays")
def test_fault_leaves_the_old_site(project):
    edit(project, "evidence/claims.ttl", "source:brown2008", "source:brwn2008")
    built = run(project, "build", "--force")
    assert built.returncode == 1
    assert "evidence/claims.ttl:" in built.stderr
    assert "brown2008" in built.stderr


@pytest.mark.usefixtures("old_site_stays")
def test_failing_site_tool_leaves_the_old_site(project):
    edit(project, "docs/nl/about.md", "source/clark2016.md", "source/nobody2016.md")
    built = run(project, "build")
    assert built.returncode == 2
    assert "source/nobody2016.md" in built.stderr


@pytest.mark.usefixtures("old_site_stays")
def test_site_of_the_pages_of_another_language_is_told(project):
    edit(project, "mkdocs.nl.yml", "docs_dir: build/pages/nl\n", "")
    built = run(project, "build")
    assert built.returncode == 2
    assert "mkdocs.nl.yml is made from the pages in build/pages/en, which are another language's." in built.stderr


@pytest.mark.usefixtures("old_site_stays")
def test_full_disk_leaves_the_old_site(project):
    limit = (50_000, 50_000)  # bytes a file; the theme's script alone is larger
    built = run(project, "build", "--force", preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, limit))
    assert built.returncode == 2
    assert built.stderr.startswith("kb: ")
    assert "Traceback" not in built.stderr


def as_any_user():
    """Let permissions count for the superuser too: a container's tests run as root."""
    drop, override = 24, 1
    ctypes.CDLL(None).prctl(drop, override)


@pytest.mark.usefixtures("old_site_stays")
def test_closed_folder_leaves_the_old_site(project):
    project.chmod(0o555)
    built = run(project, "build", "--force", preexec_fn=as_any_user)
    project.chmod(0o755)
    assert built.returncode == 2
    assert str(project) in built.stderr
    assert "Traceback" not in built.stderr


@pytest.mark.usefixtures("old_site_stays")
def test_interrupted_build_leaves_the_old_site(project):
    process = subprocess.Popen(
        [KB, "build", "--force"],
        cwd=project,
        env=os.environ | {"PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )
    said = b""
    while b"Building the sites" not in said:
        said += os.read(process.stdout.fileno(), 100)
    os.killpg(process.pid, signal.SIGINT)
    assert process.wait(60) != 0


def test_plain_site_tool_builds(project):
    shutil.rmtree(project / "site")
    edit(project, "ontology.ttl", "De juiste twee samenbrengen.", "Wie bij wie past.")
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "-f", "mkdocs.nl.yml"]
    built = subprocess.run(command, cwd=project, capture_output=True, text=True, check=False)
    assert built.returncode == 0, built.stderr
    assert "Wie bij wie past." in (project / "site/nl/indicator/matching/index.html").read_text("utf-8")


def test_plain_site_tool_tells_faults(project):
    edit(project, "ontology.ttl", "skos:related pitfall:dependency", "skos:related pitfall:dependenci")
    command = [sys.executable, "-m", "mkdocs", "build", "--strict"]
    built = subprocess.run(command, cwd=project, capture_output=True, text=True, check=False)
    assert built.returncode == 1
    assert "ontology.ttl:" in built.stderr
    assert "Did you mean pitfall:dependency?" in built.stderr
