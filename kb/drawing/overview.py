"""The picture of all concepts: every node at its position, the heaviest ones named."""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from kb.drawing.marks import Edge, Frame, Node, distinct_nodes, framed, kind_class, linked, mark_at, whole_figure
from kb.drawing.svg import BOLD, element, id_prefix, path_element, rounded, text_lines
from kb.drawing.text_metrics import text_width, wrapped

_MAP_WIDTH, _MAP_HEIGHT, _MAP_EDGE = 1000, 760, 24
_MAP_SIZE, _MAP_LEADING, _MAP_LABEL = 17, 19, 176
_MAJOR = 12  # the most names that may cover something on the overview
_PLACES = [(1, 0), (-1, 0), (0, 1), (0, -1), (1, 1), (1, -1), (-1, 1), (-1, -1)]
_ANCHORS = {1: "start", 0: "middle", -1: "end"}
_Box = tuple[float, float, float, float]  # left, top, right, bottom


@dataclass(frozen=True)
class _Spot:
    """A node on the overview, its mark round the point (x, y)."""

    node: Node
    x: float
    y: float
    radius: float
    major: bool


@dataclass(frozen=True)
class _Label:
    """The name of a spot on the overview: what it covers and whether it is always shown."""

    lines: tuple[str, ...]
    anchor: str
    x: float
    box: _Box
    shown: bool = True


def draw_overview(
    nodes: Sequence[Node],
    edges: Sequence[Edge],
    positions: Mapping[str, tuple[float, float]],
    *,
    weights: Mapping[str, float],
    caption: str,
    description: str,
    language: str,
) -> str:
    """Return a `<figure>` with every node at its position (0 to 1), the heaviest ones named; all are links.

    A node without a weight weighs nothing; raise KeyError for a node without a position.
    """
    distinct = distinct_nodes(nodes)
    frame = Frame(id_prefix("overview", *(node.id for node in distinct)), caption, description, language)
    labelled = _labelled(_spots(distinct, positions, weights))
    body = [_threads((spot for spot, _ in labelled), edges), *(_spot_markup(*pair) for pair in labelled)]
    picture = framed("overview", _MAP_WIDTH, _MAP_HEIGHT, body, frame, size=_MAP_SIZE)
    return whole_figure([picture], distinct, frame)


def _spots(
    nodes: Iterable[Node], positions: Mapping[str, tuple[float, float]], weights: Mapping[str, float]
) -> list[_Spot]:
    """Return the nodes at their places on the map, the heaviest first."""
    heaviest = max([*weights.values(), 0]) or 1
    spots: list[_Spot] = []
    for node in sorted(nodes, key=lambda node: -weights.get(node.id, 0)):
        across, down = positions[node.id]
        share = max(0.0, weights.get(node.id, 0)) / heaviest
        x = _MAP_EDGE + across * (_MAP_WIDTH - 2 * _MAP_EDGE)
        y = _MAP_EDGE + down * (_MAP_HEIGHT - 2 * _MAP_EDGE)
        spots.append(_Spot(node, x, y, 5.5 + 9 * math.sqrt(share), share >= 0.3 and len(spots) < _MAJOR))
    return spots


def _threads(spots: Iterable[_Spot], edges: Iterable[Edge]) -> str:
    """Return all edges as one path, so that crossings do not grow darker."""
    at = {spot.node.id: f"{rounded(spot.x)} {rounded(spot.y)}" for spot in spots}
    pairs = {(min(edge.start, edge.end), max(edge.start, edge.end)) for edge in edges}
    lines = [f"M{at[start]}L{at[end]}" for start, end in sorted(pairs) if start in at and end in at]
    return path_element("graph-threads", "".join(lines))


def _labelled(spots: list[_Spot]) -> list[tuple[_Spot, _Label]]:
    """Return each spot with its label: first the major ones, for which the others make room."""
    majors = [spot for spot in spots if spot.major]
    named = _placed(majors, [_around(spot) for spot in spots], [])
    kept = [_union(_around(spot), label.box) for spot, label in named if label.shown]
    minors = _making_room([spot for spot in spots if not spot.major], kept)
    return named + _placed(minors, [_around(spot) for spot in minors], kept)


def _placed(spots: Iterable[_Spot], marks: list[_Box], names: list[_Box]) -> list[tuple[_Spot, _Label]]:
    """Return each spot with its label, shown where it covers no other label and, unless major, no mark."""
    names, placed = list(names), []
    for spot in spots:
        places = [label for label in _labels(spot) if _inside(label.box)]
        free = [label for label in places if not _covered(label.box, names)]
        best = min(free, key=lambda label: _covered(label.box, marks), default=places[0])
        shown = bool(free) and (spot.major or not _covered(best.box, marks))
        names += [best.box] if shown else []
        placed.append((spot, replace(best, shown=shown)))
    return placed


def _making_room(spots: list[_Spot], kept: list[_Box]) -> list[_Spot]:
    """Return the spots; those that lie in a kept box move to the nearest place where they cover nothing.

    One that finds no such place stays where it is.
    """
    moved = {spot.node.id: spot for spot in spots if _covered(_around(spot), kept)}
    taken = kept + [_around(spot) for spot in spots if spot.node.id not in moved]
    for name, spot in moved.items():
        moved[name] = next((place for place in _nearby(spot) if not _covered(_around(place), taken)), spot)
        taken.append(_around(moved[name]))
    return [moved.get(spot.node.id, spot) for spot in spots]


def _nearby(spot: _Spot) -> Iterator[_Spot]:
    """Yield places for the spot in ever wider rings."""
    for distance in range(6, 120, 6):
        for turn in range(16):
            angle = turn * math.tau / 16
            x, y = spot.x + distance * math.cos(angle), spot.y + distance * math.sin(angle)
            place = replace(spot, x=x, y=y)
            if _inside(_around(place)):
                yield place


def _union(one: _Box, other: _Box) -> _Box:
    return min(one[0], other[0]), min(one[1], other[1]), max(one[2], other[2]), max(one[3], other[3])


def _around(spot: _Spot) -> _Box:
    return spot.x - spot.radius, spot.y - spot.radius, spot.x + spot.radius, spot.y + spot.radius


def _labels(spot: _Spot) -> Iterator[_Label]:
    """Yield the label of a spot at each place where it can stand, the best place first."""
    size = _MAP_SIZE * (BOLD if spot.major else 1)
    lines = wrapped(spot.node.label, _MAP_LABEL, size)
    width, height = max(text_width(line, size) for line in lines), len(lines) * _MAP_LEADING
    for across, down in _PLACES if spot.major else _PLACES[:4]:
        away = (spot.radius + 5) * (0.7 if across and down else 1)
        x, y = spot.x + across * away, spot.y + down * (away + height / 2 - 2)
        left = x + (across - 1) * width / 2
        yield _Label(lines, _ANCHORS[across], x, (left, y - height / 2, left + width, y + height / 2))


def _inside(box: _Box) -> bool:
    left, top, right, bottom = box
    return left >= 0 and top >= 0 and right <= _MAP_WIDTH and bottom <= _MAP_HEIGHT


def _covered(box: _Box, others: Iterable[_Box]) -> int:
    """Return how many of the other boxes meet the box."""
    left, top, right, bottom = box
    return sum(left < other[2] and other[0] < right and top < other[3] and other[1] < bottom for other in others)


def _spot_markup(spot: _Spot, label: _Label) -> str:
    mark = mark_at(spot.node, spot.x, spot.y, spot.radius / 7)
    middle = (label.box[1] + label.box[3]) / 2
    look = ("graph-major" if spot.major else "graph-label") + ("" if label.shown else " graph-hidden")
    name = text_lines(label.lines, label.x, middle, _MAP_SIZE, _MAP_LEADING, label.anchor, class_=look)
    return element("g", linked(spot.node, mark, name), class_=kind_class(spot.node))
