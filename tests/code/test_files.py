"""Files and folders are swapped in whole; what cannot be written leaves what stood there."""

import os
import resource

import pytest

from kb.errors import WriteError
from kb.files import cached_text, swap_folder, write_pages, write_text


def tree(folder):
    """Every file below `folder`, hidden ones too, with its text."""
    return {
        path.relative_to(folder).as_posix(): path.read_text("utf-8") for path in folder.rglob("*") if path.is_file()
    }


def test_text_is_written_and_replaced(tmp_path):
    for text in ("one", "two: ☃\n"):
        write_text(tmp_path / "new/deep/a.txt", text)
        assert tree(tmp_path) == {"new/deep/a.txt": text}


def test_who_reads_the_old_file_reads_it_whole(tmp_path):
    write_text(tmp_path / "a.txt", "old")
    with (tmp_path / "a.txt").open() as reader:
        write_text(tmp_path / "a.txt", "new")
        assert reader.read() == "old"


def test_folder_in_the_place_of_a_file(tmp_path):
    (tmp_path / "a.txt/b").mkdir(parents=True)
    with pytest.raises(
        WriteError, match=r"a\.txt could not be written: Is a directory\. What stood there is untouched"
    ):
        write_text(tmp_path / "a.txt", "new")
    assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]


def test_pages_are_made_the_same_as_asked(tmp_path):
    (tmp_path / "pages/old").mkdir(parents=True)
    for name, text in {"same.md": "same", "other.md": "before", "old/stale.md": "stale", "broken.md": "\udcff"}.items():
        (tmp_path / "pages" / name).write_bytes(text.encode("utf-8", "surrogateescape"))
    pages = {"same.md": "same", "other.md": "after", "broken.md": "mended", "new/page.md": "new"}
    assert write_pages(tmp_path / "pages", pages) == (3, 1)
    assert tree(tmp_path / "pages") == pages


def test_unchanged_pages_are_not_touched(tmp_path):
    write_pages(tmp_path, {"a.md": "a", "b.md": "b"})
    for name in ("a.md", "b.md"):
        os.utime(tmp_path / name, ns=(1, 1))
    assert write_pages(tmp_path, {"a.md": "a", "b.md": "new"}) == (1, 0)
    assert (tmp_path / "a.md").stat().st_mtime_ns == 1
    assert (tmp_path / "b.md").stat().st_mtime_ns > 1


def test_output_folder_that_is_a_file(tmp_path):
    (tmp_path / "pages").write_text("precious")
    with pytest.raises(WriteError, match="could not be written"):
        write_pages(tmp_path / "pages", {"a.md": "a"})
    assert tree(tmp_path) == {"pages": "precious"}


def test_folder_is_swapped_in(tmp_path):
    write_pages(tmp_path / "site", {"old.html": "old"})
    write_pages(tmp_path / "new", {"new.html": "new"})
    swap_folder(tmp_path / "new", tmp_path / "site")
    assert tree(tmp_path) == {"site/new.html": "new"}


def test_folder_is_swapped_in_where_nothing_was(tmp_path):
    write_pages(tmp_path / "new", {"new.html": "new"})
    swap_folder(tmp_path / "new", tmp_path / "site")
    assert tree(tmp_path) == {"site/new.html": "new"}


def test_failed_swap_puts_the_old_folder_back(tmp_path):
    write_pages(tmp_path / "site", {"old.html": "old"})
    with pytest.raises(WriteError, match="What stood there is untouched"):
        swap_folder(tmp_path / "missing", tmp_path / "site")
    assert tree(tmp_path) == {"site/old.html": "old"}


def test_cached_text_is_made_once(tmp_path):
    made = []
    for key in ("a", "b", "a"):
        cached_text(tmp_path / "cache", key, lambda key=key: made.append(key) or f"text of {key}")
    assert made == ["a", "b"]
    assert cached_text(tmp_path / "cache", "a", str) == "text of a"


def test_broken_cache_is_made_anew(tmp_path):
    cached_text(tmp_path, "a", lambda: "before")
    (path,) = tmp_path.iterdir()
    path.write_bytes(b"\xff")
    assert cached_text(tmp_path, "a", lambda: "after") == "after"
    assert tree(tmp_path) == {path.name: "after"}


def full_disk():
    """As on a full disk: no file may grow beyond 4 kB."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", "kb: {} could not be written: File too large. What stood there is untouched.\n"),
        ("nl", "kb: {} kon niet geschreven worden: File too large. Wat er stond, is ongemoeid.\n"),
    ],
)
def test_full_disk_leaves_the_old_file(language, told, tiny, run_kb, tmp_path):
    (tmp_path / "out").mkdir()
    file = tmp_path / "out/all.ttl"
    file.write_text("old")
    run = run_kb("--root", tiny, "--language", language, "export", "--output", file, preexec_fn=full_disk)
    assert (run.returncode, run.stdout, run.stderr) == (2, "", told.format(file))
    assert tree(tmp_path / "out") == {"all.ttl": "old"}
