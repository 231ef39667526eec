"""Pictures of the concept graph: nodes and edges in, SVG in a `<figure>` out; the colours are in graph.css.

Every text is escaped here. The markup has no blank line, style or script; equal input gives equal text.
"""

import hashlib
import html
import math
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import groupby

from kb.lettering import as_markup, clean, text_width, wrapped

MOST_NEIGHBOURS = 60
_WORDS = {
    "nl": {"skip": "Sla de tekening over", "further": "een stap verder"},
    "en": {"skip": "Skip the picture", "further": "one step further"},
}
_DISC = "M-{0} 0a{0} {0} 0 1 0 {1} 0 {0} {0} 0 1 0-{1} 0z"
# A mark for every kind, about 14 by 14 round the origin, in a legend's order; holes by the even-odd rule.
_MARKS = {
    "concept": _DISC.format(6.5, 13),
    "attribute": _DISC.format(6.8, 13.6) + _DISC.format(3.4, 6.8),
    "dimension": "M-7-6.4h14v3.2h-14zM-7-1.6h8.5v3.2h-8.5zM-7 3.2h11.5v3.2h-11.5z",
    "role": "M-3-4.3a3 3 0 1 0 6 0 3 3 0 1 0-6 0zM-6.5 7.2c0-4.4 2.6-7 6.5-7s6.5 2.6 6.5 7z",
    "characteristic": "M-2.6-7h5.2v4.4h4.4v5.2h-4.4v4.4h-5.2v-4.4h-4.4v-5.2h4.4z",
    "spectrum": "M-7 1.6h3.8v5.4h-3.8zM-1.9-2.7h3.8v9.7h-3.8zM3.2-7h3.8v14h-3.8z",
    "domain": "M-7.4 0-3.7-6.4H3.7L7.4 0 3.7 6.4h-7.4z",
    "outcome": "M0-8 2.1-2.9 7.6-2.5 3.4 1.1 4.7 6.5 0 3.6-4.7 6.5-3.4 1.1-7.6-2.5-2.1-2.9z",
    "indicator": "M0-8 8 0 0 8-8 0z",
    "framework": "M-6.2-6.2H6.2V6.2H-6.2z",
    "item": "M-6.2-6.2H6.2V6.2H-6.2zM-3.2-3.2V3.2H3.2V-3.2z",
    "pitfall": "M0-7.4 8 6.6H-8z",
    "target-group": "M-6.4-3.6a2.5 2.5 0 1 0 5 0 2.5 2.5 0 1 0-5 0z"
    "M1.4-3.6a2.5 2.5 0 1 0 5 0 2.5 2.5 0 1 0-5 0z"
    "M-8 6.4c0-3.7 1.5-6 4.1-6 1.7 0 2.9.9 3.9 2.6 1-1.7 2.2-2.6 3.9-2.6 2.6 0 4.1 2.3 4.1 6z",
    "action-domain": "M0-7.6 7.2-1.4V7H-7.2V-1.4z",
    "source": "M-5.6-7.4h7.2l4 4v10.8h-11.2zM-3-1v1.5h6v-1.5zM-3 2.4v1.5h6v-1.5z",
    "claim": "M-7.5-6.5h15v10h-7.5l-4.5 4v-4h-3zM-4.5-3.5v1.5h9v-1.5zM-4.5-.5v1.5h6v-1.5z",
    "question": "M-7.5-7h9v3.4h-9zM-7.5-1.7h15v3.4h-15zM-7.5 3.6h5v3.4h-5z",
    "cell": "M-7-7h14v14h-14zM-5.4-5.4v4.6h4.6v-4.6zM.8-5.4v4.6h4.6v-4.6zM-5.4.8v4.6h4.6v-4.6z",
    "level": "M-7 3h4v4h-4zM-2-2h4v9h-4zM3-7h4v14h-4z",
    "implication": "M-7.6.2-5-2.4-1.9.7 5-6.2 7.6-3.6-1.9 5.9z",
    "gap": _DISC.format(6.8, 13.6) + _DISC.format(4.6, 9.2),
    "section": "M-6-7.5h12v15h-12zM-3.5-4.5v1.5h7v-1.5zM-3.5-1v1.5h7v-1.5zM-3.5 2.5v1.5h4.5v-1.5z",
    "ask": "M-7.5-7.5h15v11h-8l-4.5 4v-4h-2.5zM-1-6v5h2v-5zM-1 0v2h2v-2z",
    "about": _DISC.format(7.5, 15) + "M-1.1-4.6v2.2h2.2v-2.2zM-1.1-1v5.6h2.2v-5.6z",
    "other": _DISC.format(4.5, 9),
}
_KINDS = list(_MARKS)
# The order in which relations are read round a concept; those that are not named here stand at the "".
_RELATIONS = [
    *("broader", "narrower", "related", "distinguished-from", "exact-match", "close-match", "broad-match"),
    *("narrow-match", "related-match", "", "about", "claim", "source"),
]
_BOTH_WAYS = {"related", "distinguished-from", "exact-match", "close-match", "related-match", "claim"}

_BOLD = 1.15

_MARGIN = 10  # above and below the wide composition
_NEAR, _BULGE = 104, 24  # from the middle to the marks: at the ends of a column, and how much more half-way
_TRUNK, _BRANCH = 16, 42  # across the narrow composition
_BESIDE = 16  # from the middle of a mark to its label

_MAP_WIDTH, _MAP_HEIGHT, _MAP_EDGE = 1000, 760, 24
_MAP_SIZE, _MAP_LEADING, _MAP_LABEL = 17, 19, 176
_MAJOR = 12  # the most names that may cover something on the overview
_PLACES = [(1, 0), (-1, 0), (0, 1), (0, -1), (1, 1), (1, -1), (-1, 1), (-1, -1)]
_ANCHORS = {1: "start", 0: "middle", -1: "end"}
_Box = tuple[float, float, float, float]  # left, top, right, bottom


@dataclass(frozen=True)
class Node:
    """A thing in a picture: its name, its kind, where it leads ("" for nowhere) and a longer text to show."""

    id: str
    label: str
    kind: str
    kind_label: str
    href: str
    title: str = ""


@dataclass(frozen=True)
class Edge:
    """A statement about two nodes.

    The label of an edge at the centre of a picture is read from the centre outward, whichever end it is;
    between two neighbours it is read from `start` to `end`, or from `end` to `start` if not `forward`.
    """

    start: str
    end: str
    relation: str
    relation_label: str
    forward: bool = True


@dataclass(frozen=True)
class _Frame:
    """What the compositions of one picture have in common."""

    prefix: str
    caption: str
    description: str
    language: str


@dataclass(frozen=True)
class _Page:
    """The measures of a composition, in units of its viewBox."""

    name: str
    width: float
    label: float  # the longest line of a label
    centre: float  # the longest line in the pill
    size: float
    leading: float
    row: float  # the height of a row of one line
    gap: float  # above a heading


_WIDE = _Page("wide", 700, label=204, centre=124, size=14, leading=17, row=27, gap=16)
_NARROW = _Page("narrow", 312, label=250, centre=270, size=15, leading=19, row=36, gap=12)


@dataclass(frozen=True)
class _Group:
    """Nodes in the same relations to the centre, or, if not `direct`, joined to it by the same neighbour."""

    heading: str
    nodes: tuple[Node, ...]
    direct: bool = True
    both_ways: bool = False


@dataclass(frozen=True)
class _Row:
    """Lines of text beside the point (x, y), on its right if `side` is 1, on its left if -1."""

    lines: tuple[str, ...]
    height: float
    y: float
    node: Node | None = None  # None in a heading
    x: float = 0
    side: int = 1


@dataclass(frozen=True)
class _Block:
    """A group that has its place: its heading and the rows of its nodes."""

    group: _Group
    heading: _Row
    rows: tuple[_Row, ...]


@dataclass(frozen=True)
class _Pill:
    """The centre, in a rounded box round the point (x, y)."""

    node: Node
    lines: tuple[str, ...]
    width: float
    height: float
    x: float
    y: float


@dataclass(frozen=True)
class _Lateral:
    """What is said about two neighbours, by their ids."""

    start: str
    end: str
    sentence: str


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


def draw_neighbourhood(
    centre: Node,
    nodes: Sequence[Node],
    edges: Sequence[Edge],
    *,
    caption: str,
    description: str,
    language: str,
) -> str:
    """A `<figure>` with the centre and its neighbours, composed once for wide and once for narrow places.

    Edges between neighbours show in the wide one only; edges to nodes that are not given are not drawn.
    ValueError for more than `MOST_NEIGHBOURS` nodes.
    """
    neighbours = _distinct(node for node in nodes if node.id != centre.id)
    if len(neighbours) > MOST_NEIGHBOURS:
        raise ValueError(f"{centre.id} has {len(neighbours)} neighbours; {MOST_NEIGHBOURS} can be drawn")
    frame = _Frame(_prefix(centre.id), caption, description, language)
    groups = _groups(centre, neighbours, edges, further=_WORDS[language]["further"])
    laterals = _laterals(neighbours, edges)
    pictures = [_wide(centre, groups, laterals, frame), _narrow(centre, groups, frame)]
    return _figure(pictures, [centre, *neighbours], frame)


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
    """A `<figure>` with every node at its position (0 to 1), the heaviest ones named; all are links.

    A node without a weight weighs nothing; KeyError for a node without a position.
    """
    distinct = _distinct(nodes)
    frame = _Frame(_prefix("overview", *(node.id for node in distinct)), caption, description, language)
    labelled = _labelled(_spots(distinct, positions, weights))
    body = [_threads((spot for spot, _ in labelled), edges), *(_spot_markup(*pair) for pair in labelled)]
    picture = _picture("overview", _MAP_WIDTH, _MAP_HEIGHT, body, frame, size=_MAP_SIZE)
    return _figure([picture], distinct, frame)


# The facts of a neighbourhood.


def _distinct(nodes: Iterable[Node]) -> list[Node]:
    """One node an id, sorted by kind and name."""
    return sorted({node.id: node for node in sorted(nodes, key=repr)}.values(), key=_rank)


def _rank(node: Node) -> tuple[int, str, str]:
    return _KINDS.index(_kind(node)), _folded(node.label), node.id


def _kind(node: Node) -> str:
    return node.kind if node.kind in _MARKS else "other"


def _folded(text: str) -> str:
    """For sorting: without accents and capitals."""
    plain = unicodedata.normalize("NFKD", text)
    return "".join(character for character in plain if not unicodedata.combining(character)).casefold()


def _groups(centre: Node, neighbours: list[Node], edges: Sequence[Edge], *, further: str) -> list[_Group]:
    """The neighbours by what joins them to the centre, then the others by the neighbour that leads there."""
    ties = [(_other(edge, centre.id), edge) for edge in edges if centre.id in (edge.start, edge.end)]
    near = {other for other, _ in ties}
    direct = [node for node in neighbours if node.id in near]
    distant = [node for node in neighbours if node.id not in near]
    return [*_direct_groups(direct, ties), *_distant_groups(distant, _ways(direct, edges), further)]


def _other(edge: Edge, end: str) -> str:
    return edge.end if edge.start == end else edge.start


def _direct_groups(nodes: list[Node], ties: Iterable[tuple[str, Edge]]) -> Iterator[_Group]:
    ranks: dict[str, tuple[int, str]] = {}
    labels: dict[str, set[str]] = defaultdict(set)
    for other, edge in ties:
        rank = _place(edge.relation), edge.relation
        ranks[edge.relation_label] = min(rank, ranks.get(edge.relation_label, rank))
        labels[other].add(edge.relation_label)
    keys = {node.id: tuple(sorted((ranks[label], label) for label in labels[node.id])) for node in nodes}
    for key, members in groupby(sorted(nodes, key=lambda node: keys[node.id]), lambda node: keys[node.id]):
        both_ways = all(relation in _BOTH_WAYS for (_, relation), _ in key)
        yield _Group(" · ".join(label for _, label in key), tuple(members), both_ways=both_ways)


def _place(relation: str) -> int:
    return _RELATIONS.index(relation if relation in _RELATIONS else "")


def _ways(direct: Iterable[Node], edges: Iterable[Edge]) -> dict[str, set[str]]:
    """The names of the direct neighbours to which a node is joined, by its id."""
    names = {node.id: node.label for node in direct}
    ways: dict[str, set[str]] = defaultdict(set)
    for edge in edges:
        for near, far in ((edge.start, edge.end), (edge.end, edge.start)):
            if near in names:
                ways[far].add(names[near])
    return ways


def _distant_groups(nodes: list[Node], ways: dict[str, set[str]], further: str) -> Iterator[_Group]:
    """The nodes that one neighbour leads to, by its name, and then those with more ways or none."""
    only = {node.id: next(iter(ways[node.id])) for node in nodes if len(ways.get(node.id, ())) == 1}
    ordered = sorted(nodes, key=lambda node: (node.id not in only, only.get(node.id, "")))
    for way, members in groupby(ordered, lambda node: only.get(node.id)):
        yield _Group(f"via {way}" if way else further, tuple(members), direct=False)


def _laterals(neighbours: list[Node], edges: Iterable[Edge]) -> list[_Lateral]:
    """The edges between neighbours, one a pair."""
    labels = {node.id: node.label for node in neighbours}
    sentences: dict[tuple[str, str], set[str]] = defaultdict(set)
    for edge in edges:
        if edge.start in labels and edge.end in labels and edge.start != edge.end:
            first, last = (edge.start, edge.end) if edge.forward else (edge.end, edge.start)
            sentence = f"{labels[first]} – {edge.relation_label} – {labels[last]}"
            sentences[min(first, last), max(first, last)].add(sentence)
    return [_Lateral(*ends, "; ".join(sorted(sentences[ends]))) for ends in sorted(sentences)]


# The wide composition: two columns of rows, left and right of the centre.


def _wide(centre: Node, groups: list[_Group], laterals: list[_Lateral], frame: _Frame) -> str:
    pill = _pill(centre, _WIDE)
    left, right = (_stack(half, _WIDE) for half in _halves(groups))
    height = max(pill.height, _tall(left), _tall(right)) + 2 * _MARGIN
    pill = replace(pill, x=_WIDE.width / 2, y=height / 2)
    sides = [_bent(left, -1, height / 2), _bent(right, 1, height / 2)]
    spokes = _curves(sides[0], pill) | _curves(sides[1], pill)
    body = [_arcs(laterals, sides[0] + sides[1], reach=48), _pill_markup(pill, _WIDE)]
    return _picture_of_blocks(_WIDE, height, body, sides[0] + sides[1], spokes, frame)


def _halves(groups: list[_Group]) -> tuple[list[_Group], list[_Group]]:
    """The groups in two columns of about one height; only a group too long for that stands in both."""
    heights = [_tall(_stack([group], _WIDE)) for group in groups]
    half, before, at = sum(heights) / 2, 0.0, 0
    while at < len(groups) - 1 and before + heights[at] < half:
        before, at = before + heights[at], at + 1
    ways = [(groups[:at], groups[at:]), (groups[: at + 1], groups[at + 1 :])]
    if groups:
        ways += _cut(groups, at, share=(half - before) / heights[at])
    return min(ways, key=_imbalance)


def _cut(groups: list[_Group], at: int, *, share: float) -> Iterator[tuple[list[_Group], list[_Group]]]:
    """The columns with `share` of the group `at` on the left; none where fewer than three would be apart."""
    nodes = groups[at].nodes
    count = round(share * len(nodes))
    if 3 <= count <= len(nodes) - 3:
        upper, lower = replace(groups[at], nodes=nodes[:count]), replace(groups[at], nodes=nodes[count:])
        yield [*groups[:at], upper], [lower, *groups[at + 1 :]]


def _imbalance(way: tuple[list[_Group], list[_Group]]) -> float:
    left, right = way
    torn = left and right and left[-1].heading == right[0].heading
    return max(_tall(_stack(half, _WIDE)) for half in way) + (2 * _WIDE.row if torn else 0)


def _bent(blocks: list[_Block], side: int, middle: float) -> list[_Block]:
    """The column on its side of the middle, along the arc of a lens."""
    top = middle - _tall(blocks) / 2

    def place(row: _Row) -> _Row:
        depth = math.sqrt(max(0.0, 1 - ((top + row.y - middle) / middle) ** 2))
        return replace(row, x=_WIDE.width / 2 + side * (_NEAR + _BULGE * depth), y=top + row.y, side=side)

    return [_moved(block, place) for block in blocks]


def _curves(blocks: list[_Block], pill: _Pill) -> dict[str, str]:
    """The path from the centre to each row, by node id; every group leaves the pill at a port of its own."""
    direct = [block for block in blocks if block.group.direct]
    step = min(9.0, (pill.height - 24) / max(1, len(direct)))
    ports = [pill.y + (at - (len(direct) - 1) / 2) * step for at in range(len(direct))]
    ends = [(port, row) for block, port in zip(direct, ports, strict=True) for row in block.rows]
    return {_id(row): _curve(pill, port, row) for port, row in ends}


def _curve(pill: _Pill, port: float, row: _Row) -> str:
    start, end = pill.x + row.side * pill.width / 2, row.x - row.side * 11
    across = end - start
    return _bezier((start, port), start + 0.62 * across, end - 0.72 * across, (end, row.y))


def _bezier(start: tuple[float, float], bend: float, back: float, end: tuple[float, float]) -> str:
    """A curve that leaves and arrives level; `bend` and `back` say how far it holds on."""
    (x, y), (far, level) = start, end
    return f"M{_n(x)} {_n(y)}C{_n(bend)} {_n(y)} {_n(back)} {_n(level)} {_n(far)} {_n(level)}"


# The narrow composition: the centre on top, a trunk down the left side, all rows below each other.


def _narrow(centre: Node, groups: list[_Group], frame: _Frame) -> str:
    pill = _pill(centre, _NARROW)
    pill = replace(pill, x=pill.width / 2 + 1, y=pill.height / 2 + 1)
    top = pill.height + _NARROW.gap
    stack = _stack(groups, _NARROW)
    blocks = [_moved(block, lambda row: replace(row, x=_BRANCH, y=top + row.y)) for block in stack]
    spokes = {_id(row): _branch(row) for block in blocks if block.group.direct for row in block.rows}
    body = [_trunk(pill, blocks), _pill_markup(pill, _NARROW)]
    return _picture_of_blocks(_NARROW, top + _tall(stack) + 2, body, blocks, spokes, frame)


def _trunk(pill: _Pill, blocks: list[_Block]) -> str:
    joined = [row.y - 14 for block in blocks if block.group.direct for row in block.rows]
    bottom = max([pill.y, *joined])
    return _path("graph-trunk", f"M{_TRUNK} {_n(pill.y)}V{_n(bottom)}")


def _branch(row: _Row) -> str:
    return f"M{_TRUNK} {_n(row.y - 14)}q0 14 14 14H{_n(row.x - 11)}"


# Rows and blocks.


def _stack(groups: Iterable[_Group], page: _Page) -> list[_Block]:
    """The groups below each other from y = 0."""
    blocks: list[_Block] = []
    for group in groups:
        rows = [_row(group.heading, page, _tall(blocks) + (page.gap if blocks else 0))]
        for node in group.nodes:
            rows.append(_row(node.label, page, _bottom(rows[-1]), node))
        blocks.append(_Block(group, rows[0], tuple(rows[1:])))
    return blocks


def _row(text: str, page: _Page, top: float, node: Node | None = None) -> _Row:
    lines = wrapped(text, page.label, page.size if node else page.size * _BOLD)
    height = max(page.row, len(lines) * page.leading + 10) if node else len(lines) * page.leading + 10
    return _Row(lines, height, top + height / 2, node)


def _bottom(row: _Row) -> float:
    return row.y + row.height / 2


def _tall(stack: list[_Block]) -> float:
    return _bottom(stack[-1].rows[-1]) if stack else 0


def _moved(block: _Block, place: Callable[[_Row], _Row]) -> _Block:
    return replace(block, heading=place(block.heading), rows=tuple(map(place, block.rows)))


def _id(row: _Row) -> str:
    return row.node.id if row.node else ""


def _picture_of_blocks(
    page: _Page, height: float, body: list[str], blocks: list[_Block], spokes: dict[str, str], frame: _Frame
) -> str:
    body += [_block_markup(block, spokes, page) for block in blocks]
    return _picture(page.name, page.width, height, body, frame, size=page.size)


def _block_markup(block: _Block, spokes: dict[str, str], page: _Page) -> str:
    name = block.group.heading
    heading = _beside(block.heading, page, class_="graph-heading")
    head = _element("g", _element("title", as_markup(name)), _path("graph-arrow", _arrow(block)), heading)
    rows = [_row_markup(row, row.node, spokes.get(row.node.id), page) for row in block.rows if row.node]
    return _element("g", head, *rows, role="group", aria_label=name)


def _arrow(block: _Block) -> str:
    """A small arrow beside the heading: which way the label is read, away from the centre or both ways."""
    x, y, side = block.heading.x, block.heading.y, block.heading.side
    tail, tip = x - side * 7, x + side * 7
    heads = [(tip, side)] + ([(tail, -side)] if block.group.both_ways else [])
    barbs = [f"M{_n(end - way * 4)} {_n(y - 4)}L{_n(end)} {_n(y)}l{-way * 4} 4" for end, way in heads]
    return f"M{_n(tail)} {_n(y)}H{_n(tip)}" + "".join(barbs)


def _row_markup(row: _Row, node: Node, spoke: str | None, page: _Page) -> str:
    left, right = sorted((row.x - row.side * 11, row.x + row.side * (_BESIDE + page.label)))
    area = _area(left, row.y - row.height / 2 + 1, right - left, row.height - 2, 5)
    link = _link(node, area, _mark(node, row.x, row.y), _beside(row, page, class_="graph-label"))
    return _element("g", _path("graph-spoke", spoke) if spoke else "", link, class_=_kind_class(node))


def _beside(row: _Row, page: _Page, **attributes: str) -> str:
    anchor = "start" if row.side > 0 else "end"
    return _lines(row.lines, row.x + row.side * _BESIDE, row.y, page.size, page.leading, anchor, **attributes)


def _arcs(laterals: list[_Lateral], blocks: list[_Block], *, reach: float) -> str:
    """The quiet curves between rows: on one side a bow towards the middle, else from side to side."""
    if not laterals:
        return ""
    rows = {_id(row): row for block in blocks for row in block.rows}
    curves = []
    for lateral in laterals:
        sentence = _element("title", as_markup(lateral.sentence))
        curves.append(_element("path", sentence, d=_arc(rows[lateral.start], rows[lateral.end], reach)))
    return _element("g", *curves, class_="graph-laterals", aria_hidden="true")


def _arc(one: _Row, other: _Row, reach: float) -> str:
    start, end = one.x - one.side * 9, other.x - other.side * 9
    if one.side == other.side:
        bow = min(reach, 8 + 0.2 * abs(one.y - other.y))
        return _bezier((start, one.y), start - one.side * bow, end - other.side * bow, (end, other.y))
    return _bezier((start, one.y), (start + end) / 2, (start + end) / 2, (end, other.y))


def _pill(centre: Node, page: _Page) -> _Pill:
    size = (page.size + 1) * _BOLD
    lines = wrapped(centre.label, page.centre, size, most=4)
    longest = max([text_width(line, size) for line in lines] + [text_width(centre.kind_label, page.size), 60])
    return _Pill(centre, lines, longest + 28, len(lines) * (page.leading + 2) + 36, 0, 0)


def _pill_markup(pill: _Pill, page: _Page) -> str:
    left, top = pill.x - pill.width / 2, pill.y - pill.height / 2
    box = _area(left, top, pill.width, pill.height, min(20, pill.height / 2))
    kind = _lines((pill.node.kind_label,), pill.x, top + 17, page.size, 0, "middle", class_="graph-kind")
    name = _lines(
        pill.lines,
        pill.x,
        pill.y + 8,
        page.size + 1,
        page.leading + 2,
        "middle",
        class_="graph-name",
        font_size=_n(page.size + 1),
    )
    link = _link(pill.node, box, kind, name, aria_current="page")
    return _element("g", link, class_=f"graph-centre {_kind_class(pill.node)}")


# The overview.


def _spots(
    nodes: Iterable[Node], positions: Mapping[str, tuple[float, float]], weights: Mapping[str, float]
) -> list[_Spot]:
    """The nodes at their places on the map, the heaviest first."""
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
    """All edges as one path, so that crossings do not grow darker."""
    at = {spot.node.id: f"{_n(spot.x)} {_n(spot.y)}" for spot in spots}
    pairs = {(min(edge.start, edge.end), max(edge.start, edge.end)) for edge in edges}
    lines = [f"M{at[start]}L{at[end]}" for start, end in sorted(pairs) if start in at and end in at]
    return _path("graph-threads", "".join(lines))


def _labelled(spots: list[_Spot]) -> list[tuple[_Spot, _Label]]:
    """Each spot with its label: first the major ones, for which the others make room."""
    majors = [spot for spot in spots if spot.major]
    named = _placed(majors, [_around(spot) for spot in spots], [])
    kept = [_union(_around(spot), label.box) for spot, label in named if label.shown]
    minors = _making_room([spot for spot in spots if not spot.major], kept)
    return named + _placed(minors, [_around(spot) for spot in minors], kept)


def _placed(spots: Iterable[_Spot], marks: list[_Box], names: list[_Box]) -> list[tuple[_Spot, _Label]]:
    """Each spot with its label, which is shown where it covers no other label and, unless major, no mark."""
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
    """The spots; those that lie in a kept box move to the nearest place where they cover nothing."""
    moved = {spot.node.id: spot for spot in spots if _covered(_around(spot), kept)}
    taken = kept + [_around(spot) for spot in spots if spot.node.id not in moved]
    for name, spot in moved.items():
        moved[name] = next((place for place in _nearby(spot) if not _covered(_around(place), taken)), spot)
        taken.append(_around(moved[name]))
    return [moved.get(spot.node.id, spot) for spot in spots]


def _nearby(spot: _Spot) -> Iterator[_Spot]:
    """Places for the spot in ever wider rings."""
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
    """Where the name of a spot can stand, the best place first."""
    size = _MAP_SIZE * (_BOLD if spot.major else 1)
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
    """How many of the others meet the box."""
    left, top, right, bottom = box
    return sum(left < other[2] and other[0] < right and top < other[3] and other[1] < bottom for other in others)


def _spot_markup(spot: _Spot, label: _Label) -> str:
    mark = _mark(spot.node, spot.x, spot.y, spot.radius / 7)
    middle = (label.box[1] + label.box[3]) / 2
    look = ("graph-major" if spot.major else "graph-label") + ("" if label.shown else " graph-hidden")
    name = _lines(label.lines, label.x, middle, _MAP_SIZE, _MAP_LEADING, label.anchor, class_=look)
    return _element("g", _link(spot.node, mark, name), class_=_kind_class(spot.node))


# Marks, links, frames.


def _kind_class(node: Node) -> str:
    return f"kind-{_kind(node)}"


def _mark(node: Node, x: float, y: float, scale: float = 1) -> str:
    place = f"translate({_n(x)} {_n(y)})" + (f" scale({scale:.2f})" if scale != 1 else "")
    return f'<path class="graph-mark" transform="{place}" d="{_MARKS[_kind(node)]}"/>'


def _path(name: str, d: str) -> str:
    return f'<path class="{name}" d="{d}"/>'


def _area(left: float, top: float, width: float, height: float, radius: float) -> str:
    size = f'x="{_n(left)}" y="{_n(top)}" width="{_n(width)}" height="{_n(height)}" rx="{_n(radius)}"'
    return f'<rect class="graph-area" {size}/>'


def _link(node: Node, *content: str, **attributes: str) -> str:
    """The content as a link, or as a plain group where the node leads nowhere."""
    title = _element("title", as_markup(f"{node.title or node.label} ({node.kind_label})"))
    if not node.href:
        spoken = f"{node.label} ({node.kind_label})"
        return _element("g", title, *content, class_="graph-node", role="img", aria_label=spoken)
    return _element("a", title, *content, class_="graph-node", href=node.href, **attributes)


def _picture(name: str, width: float, height: float, body: Iterable[str], frame: _Frame, *, size: float) -> str:
    title, description = f"{frame.prefix}-{name}-title", f"{frame.prefix}-{name}-description"
    picture = _element(
        "svg",
        _element("title", as_markup(frame.caption), id=title),
        _element("desc", as_markup(frame.description), id=description),
        "\n",
        "\n".join(filter(None, body)),
        viewBox=f"0 0 {_n(width)} {_n(height)}",
        font_size=_n(size),
        role="group",
        aria_labelledby=title,
        aria_describedby=description,
        lang=frame.language,
    )
    return _element("div", picture, class_=f"graph graph-{name}", data_search_exclude="")


def _figure(pictures: Iterable[str], nodes: Iterable[Node], frame: _Frame) -> str:
    end = f"{frame.prefix}-end"
    word = as_markup(_WORDS[frame.language]["skip"])
    skip = _element("a", word, class_="graph-skip", href=f"#{end}", data_search_exclude="")
    caption = _element("figcaption", as_markup(frame.caption))
    after = _element("span", "", id=end, class_="graph-end", tabindex="-1")
    parts = [caption, skip, _legend(nodes), *pictures, after]
    return _element("figure", "\n".join(parts), class_="concept-graph")


def _legend(nodes: Iterable[Node]) -> str:
    kinds = {_kind(node): node for node in sorted(nodes, key=lambda node: node.kind_label, reverse=True)}
    entries = [_legend_entry(kinds[kind]) for kind in _KINDS if kind in kinds]
    return _element("ul", *entries, class_="graph-legend", data_search_exclude="")


def _legend_entry(node: Node) -> str:
    return _element("li", _swatch(_kind(node)), as_markup(node.kind_label), class_=_kind_class(node))


def _swatch(kind: str) -> str:
    mark = _path("graph-mark", _MARKS[kind])
    return _element("svg", mark, viewBox="-9 -9 18 18", width="18", height="18", aria_hidden="true")


def draw_mark(kind: str) -> str:
    """The mark of a kind of thing or page on its own, for beside its name; a disc for a kind without a mark."""
    known = kind if kind in _MARKS else "other"
    return _element("span", _swatch(known), class_=f"mark kind-{known}")


# Text and markup.


def _lines(
    lines: Sequence[str], x: float, middle: float, size: float, leading: float, anchor: str, **attributes: str
) -> str:
    """The lines round the height `middle`."""
    first = middle + 0.35 * size - (len(lines) - 1) * leading / 2
    if anchor != "start":
        attributes["text_anchor"] = anchor
    if len(lines) == 1:
        return _element("text", as_markup(lines[0]), x=_n(x), y=_n(first), **attributes)
    spans = [
        f'<tspan x="{_n(x)}" y="{_n(first + at * leading)}">{as_markup(line)}</tspan>' for at, line in enumerate(lines)
    ]
    return _element("text", *spans, **attributes)


def _element(name: str, *content: str, **attributes: str) -> str:
    """An element; the content is markup, the attributes are text, `aria_label` writes aria-label."""
    pairs = [f' {_attribute(key)}="{html.escape(clean(value))}"' for key, value in attributes.items()]
    return f"<{name}{''.join(pairs)}>{''.join(content)}</{name}>"


@cache
def _attribute(key: str) -> str:
    return key.rstrip("_").replace("_", "-")


def _n(number: float) -> str:
    return f"{round(number, 1) + 0:g}"


def _prefix(*names: str) -> str:
    return "g" + hashlib.sha256("\n".join(names).encode()).hexdigest()[:8]
