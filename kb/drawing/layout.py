"""Where the nodes of a graph stand: positions in the unit square, the same on every run."""

import hashlib
import json
import math
import os
import random
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations, product
from pathlib import Path

import igraph

Edges = Sequence[tuple[str, str]]
Position = tuple[float, float]
Positions = dict[str, Position]

_ALGORITHM = "fruchterman-reingold-2"  # part of a cached layout's name: change it when positions change
_SMALL = 50  # up to here Kamada-Kawai is fast and neater
_SPREAD = 0.7  # how far positions move towards an even density: 0 not, 1 wholly
_ROUNDS = 12
_GOLDEN_ANGLE = math.pi * (3 - math.sqrt(5))


def layout(nodes: Sequence[str], edges: Edges, *, seed: int = 2016) -> Positions:
    """Return a position for every node, both coordinates from 0 to 1 with 4 digits.

    The order in which nodes and edges are given, and doubles among them, make no difference. A node alone stands in the
    middle; where there are more, raise KeyError for an edge to no node.
    """
    names, pairs = _tidy(nodes, edges)
    if len(names) < 2:
        return dict.fromkeys(names, (0.5, 0.5))
    points = _force_directed(_graph(names, pairs), seed)
    across, down = (_even(axis) for axis in zip(*points, strict=True))
    _part(across, down)
    return dict(zip(names, zip(_normalised(across), _normalised(down), strict=True), strict=True))


def cached_layout(nodes: Sequence[str], edges: Edges, *, folder: Path, seed: int = 2016) -> Positions:
    """Return what `layout` gives, kept in `folder` as a JSON file; a missing or damaged file is made anew."""
    names, pairs = _tidy(nodes, edges)
    path = folder / f"layout-{_fingerprint(names, pairs, seed)}.json"
    positions = _read(path, names)
    if positions is None:
        positions = layout(names, pairs, seed=seed)
        _write(path, positions)
    return positions


def _tidy(nodes: Iterable[str], edges: Edges) -> tuple[list[str], list[tuple[str, str]]]:
    pairs = {(min(pair), max(pair)) for pair in edges if pair[0] != pair[1]}
    return sorted(set(nodes)), sorted(pairs)


def _graph(names: list[str], pairs: list[tuple[str, str]]) -> igraph.Graph:
    """Return one connected graph: separate parts hang on the heaviest node by a weak tie that nobody sees."""
    number = {name: at for at, name in enumerate(names)}
    graph = igraph.Graph(n=len(names), edges=[(number[start], number[end]) for start, end in pairs])
    graph.es["weight"] = [1.0] * graph.ecount()
    heaviest = [_heaviest(graph, part) for part in graph.connected_components()]
    middle = _heaviest(graph, heaviest)
    ties = [(middle, other) for other in heaviest if other != middle]
    graph.add_edges(ties, {"weight": [0.3] * len(ties)})
    return graph


def _heaviest(graph: igraph.Graph, nodes: Iterable[int]) -> int:
    return max(nodes, key=lambda node: (graph.degree(node), -node))


def _force_directed(graph: igraph.Graph, seed: int) -> list[list[float]]:
    igraph.set_random_number_generator(random.Random(seed))
    try:
        start = _spiral(graph.vcount())
        if graph.vcount() <= _SMALL:
            return graph.layout_kamada_kawai(seed=start).coords  # type: ignore[no-any-return]
        points = graph.layout_fruchterman_reingold(weights="weight", seed=start, niter=500, grid="auto")
        return points.coords  # type: ignore[no-any-return]
    finally:
        igraph.set_random_number_generator(random)


def _spiral(count: int) -> list[Position]:
    """Return `count` positions like the seeds of a sunflower: evenly spread, no two in one place."""
    turns = [(math.sqrt(at + 0.5), at * _GOLDEN_ANGLE) for at in range(count)]
    return [(radius * math.cos(angle), radius * math.sin(angle)) for radius, angle in turns]


def _even(values: Sequence[float]) -> list[float]:
    """Return the values scaled to 0 to 1 and drawn towards their rank, so that crowded places open up."""
    low, high = min(values), max(values)
    share = [(value - low) / (high - low or 1) for value in values]
    order = sorted(range(len(values)), key=lambda at: (values[at], at))
    rank = {at: place / (len(values) - 1) for place, at in enumerate(order)}
    return [(1 - _SPREAD) * value + _SPREAD * rank[at] for at, value in enumerate(share)]


def _part(across: list[float], down: list[float]) -> None:
    """Push points apart, in place, until few are nearer than 0.6 of the spacing of an even grid."""
    reach = 0.6 / math.sqrt(len(across))
    for _ in range(_ROUNDS):
        for one, other in list(_close(across, down, reach)):
            dx, dy = across[other] - across[one], down[other] - down[one]
            distance = math.hypot(dx, dy)
            if distance < reach:
                push = (reach - distance) / (2 * distance) if distance else 0
                across[one], across[other] = across[one] - dx * push, across[other] + dx * push
                down[one], down[other] = down[one] - dy * push, down[other] + dy * push


def _close(across: list[float], down: list[float], reach: float) -> Iterator[tuple[int, int]]:
    """Yield the pairs of points, by number, that share a cell of the size `reach` or stand in adjacent ones."""
    cells: dict[tuple[int, int], list[int]] = defaultdict(list)
    for at, (x, y) in enumerate(zip(across, down, strict=True)):
        cells[int(x // reach), int(y // reach)].append(at)
    for (column, row), here in cells.items():
        yield from combinations(here, 2)
        for right, below in ((1, -1), (1, 0), (1, 1), (0, 1)):
            yield from product(here, cells.get((column + right, row + below), ()))


def _normalised(values: Sequence[float]) -> list[float]:
    low, high = min(values), max(values)
    return [round((value - low) / (high - low or 1), 4) for value in values]


def _fingerprint(names: list[str], pairs: list[tuple[str, str]], seed: int) -> str:
    text = json.dumps([_ALGORITHM, seed, names, pairs])
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def _read(path: Path, names: list[str]) -> Positions | None:
    """Return the positions in a cached file, or None where it is missing or not whole."""
    try:
        found = json.loads(path.read_text("utf-8"))
        positions = {name: (float(x), float(y)) for name, (x, y) in found.items()}
    except (OSError, ValueError, TypeError, AttributeError):
        return None
    return positions if _whole(positions, names) else None


def _whole(positions: Mapping[str, Position], names: list[str]) -> bool:
    inside = all(0 <= value <= 1 for position in positions.values() for value in position)
    return inside and sorted(positions) == names


def _write(path: Path, positions: Positions) -> None:
    """Write the positions beside `path`, then rename, so that a build that is stopped leaves no half file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f"{path.name}.{os.getpid()}")
    beside.write_text(json.dumps(positions, ensure_ascii=False), "utf-8")
    beside.replace(path)
