"""Positions: whole, inside the unit square, the same every time, and read back from the cache only if sound."""

import os
import random
import subprocess
import sys
from pathlib import Path

import pytest

from kb.drawing import layout as layouts
from kb.drawing.layout import cached_layout, layout

ROOT = Path(__file__).parents[2]


def tree(count):
    """A graph of so many nodes in which every seventh node stands alone."""
    names = [f"concept:{number}" for number in range(count)]
    chance = random.Random(7)
    return names, [(names[at], names[chance.randrange(at)]) for at in range(1, count) if at % 7]


def test_small_layouts():
    assert layout([], []) == {}
    assert layout(["a"], [("a", "a")]) == {"a": (0.5, 0.5)}
    assert sorted(layout(["a", "b"], [])) == ["a", "b"]


@pytest.mark.parametrize("count", [3, 40, 300, 2000])
def test_positions_fill_the_unit_square(count):
    positions = layout(*tree(count))
    for axis in zip(*positions.values(), strict=True):
        assert (min(axis), max(axis)) == (0, 1)
        assert all(value == round(value, 4) for value in axis)
    assert len(set(positions.values())) == count


def test_same_positions_twice():
    assert layout(*tree(2000)) == layout(*tree(2000))


def test_order_and_doubles_make_no_difference():
    names, edges = tree(80)
    turned = [(end, start) for start, end in reversed(edges)]
    assert layout(names[::-1] + names, turned + edges) == layout(names, edges)


def test_same_positions_in_another_process():
    code = "from tests.code.test_layout import *; print(sorted(layout(*tree(90)).items()))"
    printed = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            check=True,
            cwd=ROOT,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(printed) == 1


def test_neighbours_stand_nearer_than_strangers():
    names, edges = tree(200)
    positions = layout(names, edges)

    def mean(pairs):
        return sum(
            abs(positions[a][0] - positions[b][0]) + abs(positions[a][1] - positions[b][1]) for a, b in pairs
        ) / len(pairs)

    assert mean(edges) < 0.5 * mean([(a, b) for a in names[::9] for b in names[::11] if a != b])


def test_edge_to_no_node():
    with pytest.raises(KeyError):
        layout(["a", "b"], [("a", "c")])


def test_cache_is_used(tmp_path, monkeypatch):
    first = cached_layout(*tree(30), folder=tmp_path)
    monkeypatch.setattr(layouts, "layout", None)
    assert cached_layout(*tree(30), folder=tmp_path) == first
    assert len(list(tmp_path.iterdir())) == 1


def test_other_graph_other_file(tmp_path):
    cached_layout(*tree(30), folder=tmp_path)
    cached_layout(*tree(31), folder=tmp_path)
    cached_layout(*tree(31), folder=tmp_path, seed=1)
    assert len(list(tmp_path.iterdir())) == 3


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "null", "{}", '{"concept:0": 1}', '{"concept:0": [0, NaN]}', '{"concept:0": [2, 0]}']
)
def test_damaged_cache_is_made_anew(tmp_path, text):
    whole = cached_layout(*tree(10), folder=tmp_path)
    (file,) = tmp_path.iterdir()
    file.write_text(text)
    assert cached_layout(*tree(10), folder=tmp_path) == whole
    assert list(tmp_path.iterdir()) == [file]
    assert file.read_text() != text


def test_cache_with_one_bad_position(tmp_path):
    whole = cached_layout(*tree(2), folder=tmp_path)
    (file,) = tmp_path.iterdir()
    file.write_text('{"concept:0": [0, NaN], "concept:1": [1, 1]}')
    assert cached_layout(*tree(2), folder=tmp_path) == whole
