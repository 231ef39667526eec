"""The picture of a thing and its neighbours, composed once for wide and once for narrow places."""

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from kb.drawing.marks import Edge, Frame, Node, distinct_nodes, framed, kind_class, linked, mark_at, whole_figure
from kb.drawing.svg import BOLD, element, id_prefix, path_element, rounded, rounded_box, text_lines
from kb.drawing.text_metrics import as_markup, text_width, wrapped
from kb.words import phrase

MOST_NEIGHBOURS = 59  # with the centre sixty
# The order in which relations are read round a concept; those that are not named here stand at the "".
_RELATIONS = [
    *("broader", "narrower", "related", "distinguished-from", "exact-match", "close-match", "broad-match"),
    *("narrow-match", "related-match", "", "about", "claim", "source"),
]
_BOTH_WAYS = {"related", "distinguished-from", "exact-match", "close-match", "related-match", "claim"}

_MARGIN = 10  # above and below the wide composition
_NEAR, _BULGE = 104, 24  # from the middle to the marks: at the ends of a column, and how much more half-way
_TRUNK, _BRANCH = 16, 42  # across the narrow composition
_BESIDE = 16  # from the middle of a mark to its label


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
    """What the edges between two neighbours say, in one text; `start` and `end` are the ids of the two."""

    start: str
    end: str
    sentence: str


def draw_neighbourhood(
    centre: Node,
    nodes: Sequence[Node],
    edges: Sequence[Edge],
    *,
    caption: str,
    description: str,
    language: str,
) -> str:
    """Return a `<figure>` with the centre and its neighbours, composed once for wide and once for narrow places.

    Edges between neighbours show in the wide one only; edges to nodes that are not given are not drawn.
    Raise ValueError for more than `MOST_NEIGHBOURS` nodes.
    """
    neighbours = distinct_nodes(node for node in nodes if node.id != centre.id)
    if len(neighbours) > MOST_NEIGHBOURS:
        raise ValueError(f"{centre.id} has {len(neighbours)} neighbours; {MOST_NEIGHBOURS} can be drawn")
    frame = Frame(id_prefix(centre.id), caption, description, language)
    groups = _groups(centre, neighbours, edges, further=phrase("graph-further", language))
    laterals = _laterals(neighbours, edges)
    pictures = [_wide(centre, groups, laterals, frame), _narrow(centre, groups, frame)]
    return whole_figure(pictures, [centre, *neighbours], frame)


# The facts of a neighbourhood.


def _groups(centre: Node, neighbours: list[Node], edges: Sequence[Edge], *, further: str) -> list[_Group]:
    """Return the neighbours by what joins them to the centre, then the others by the neighbour that leads there."""
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
    """Return the names of the direct neighbours to which a node is joined, by its id."""
    names = {node.id: node.label for node in direct}
    ways: dict[str, set[str]] = defaultdict(set)
    for edge in edges:
        for near, far in ((edge.start, edge.end), (edge.end, edge.start)):
            if near in names:
                ways[far].add(names[near])
    return ways


def _distant_groups(nodes: list[Node], ways: dict[str, set[str]], further: str) -> Iterator[_Group]:
    """Yield a group of the nodes that each neighbour alone leads to, by its name; then those with more ways or none."""
    only = {node.id: next(iter(ways[node.id])) for node in nodes if len(ways.get(node.id, ())) == 1}
    ordered = sorted(nodes, key=lambda node: (node.id not in only, only.get(node.id, "")))
    for way, members in groupby(ordered, lambda node: only.get(node.id)):
        yield _Group(f"via {way}" if way else further, tuple(members), direct=False)


def _laterals(neighbours: list[Node], edges: Iterable[Edge]) -> list[_Lateral]:
    """Return the edges between neighbours, one for each pair."""
    labels = {node.id: node.label for node in neighbours}
    sentences: dict[tuple[str, str], set[str]] = defaultdict(set)
    for edge in edges:
        if edge.start in labels and edge.end in labels and edge.start != edge.end:
            first, last = (edge.start, edge.end) if edge.forward else (edge.end, edge.start)
            sentence = f"{labels[first]} – {edge.relation_label} – {labels[last]}"
            sentences[min(first, last), max(first, last)].add(sentence)
    return [_Lateral(*ends, "; ".join(sorted(sentences[ends]))) for ends in sorted(sentences)]


# The wide composition: two columns of rows, left and right of the centre.


def _wide(centre: Node, groups: list[_Group], laterals: list[_Lateral], frame: Frame) -> str:
    pill = _pill(centre, _WIDE)
    left, right = (_stack(half, _WIDE) for half in _halves(groups))
    height = max(pill.height, _tall(left), _tall(right)) + 2 * _MARGIN
    pill = replace(pill, x=_WIDE.width / 2, y=height / 2)
    sides = [_bent(left, -1, height / 2), _bent(right, 1, height / 2)]
    spokes = _curves(sides[0], pill) | _curves(sides[1], pill)
    body = [_arcs(laterals, sides[0] + sides[1], reach=48), _pill_markup(pill, _WIDE)]
    return _picture_of_blocks(_WIDE, height, body, sides[0] + sides[1], spokes, frame)


def _halves(groups: list[_Group]) -> tuple[list[_Group], list[_Group]]:
    """Return the groups in two columns of about one height; only a group too long for that stands in both."""
    heights = [_tall(_stack([group], _WIDE)) for group in groups]
    half, before, at = sum(heights) / 2, 0.0, 0
    while at < len(groups) - 1 and before + heights[at] < half:
        before, at = before + heights[at], at + 1
    ways = [(groups[:at], groups[at:]), (groups[: at + 1], groups[at + 1 :])]
    if groups:
        ways += _cut(groups, at, share=(half - before) / heights[at])
    return min(ways, key=_imbalance)


def _cut(groups: list[_Group], at: int, *, share: float) -> Iterator[tuple[list[_Group], list[_Group]]]:
    """Yield the columns with `share` of the group `at` on the left; nothing where fewer than three would be apart."""
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
    """Return the column moved to its side of the middle (-1 left, 1 right), along the arc of a lens."""
    top = middle - _tall(blocks) / 2

    def place(row: _Row) -> _Row:
        depth = math.sqrt(max(0.0, 1 - ((top + row.y - middle) / middle) ** 2))
        return replace(row, x=_WIDE.width / 2 + side * (_NEAR + _BULGE * depth), y=top + row.y, side=side)

    return [_moved(block, place) for block in blocks]


def _curves(blocks: list[_Block], pill: _Pill) -> dict[str, str]:
    """Return the path from the centre to each row of a direct group, by node id.

    Every group leaves the pill at a port of its own.
    """
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
    """Return a curve that leaves and arrives level; `bend` and `back` say how far it holds on."""
    (x, y), (far, level) = start, end
    holds = f"{rounded(bend)} {rounded(y)} {rounded(back)} {rounded(level)}"
    return f"M{rounded(x)} {rounded(y)}C{holds} {rounded(far)} {rounded(level)}"


# The narrow composition: the centre on top, a trunk down the left side, all rows below each other.


def _narrow(centre: Node, groups: list[_Group], frame: Frame) -> str:
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
    return path_element("graph-trunk", f"M{_TRUNK} {rounded(pill.y)}V{rounded(bottom)}")


def _branch(row: _Row) -> str:
    return f"M{_TRUNK} {rounded(row.y - 14)}q0 14 14 14H{rounded(row.x - 11)}"


# Rows and blocks.


def _stack(groups: Iterable[_Group], page: _Page) -> list[_Block]:
    """Return the groups below each other from y = 0."""
    blocks: list[_Block] = []
    for group in groups:
        rows = [_row(group.heading, page, _tall(blocks) + (page.gap if blocks else 0))]
        for node in group.nodes:
            rows.append(_row(node.label, page, _bottom(rows[-1]), node))
        blocks.append(_Block(group, rows[0], tuple(rows[1:])))
    return blocks


def _row(text: str, page: _Page, top: float, node: Node | None = None) -> _Row:
    lines = wrapped(text, page.label, page.size if node else page.size * BOLD)
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
    page: _Page, height: float, body: list[str], blocks: list[_Block], spokes: dict[str, str], frame: Frame
) -> str:
    body += [_block_markup(block, spokes, page) for block in blocks]
    return framed(page.name, page.width, height, body, frame, size=page.size)


def _block_markup(block: _Block, spokes: dict[str, str], page: _Page) -> str:
    name = block.group.heading
    heading = _beside(block.heading, page, class_="graph-heading")
    head = element("g", element("title", as_markup(name)), path_element("graph-arrow", _arrow(block)), heading)
    rows = [_row_markup(row, row.node, spokes.get(row.node.id), page) for row in block.rows if row.node]
    return element("g", head, *rows, role="group", aria_label=name)


def _arrow(block: _Block) -> str:
    """Return a small arrow beside the heading: which way the label is read, away from the centre or both ways."""
    x, y, side = block.heading.x, block.heading.y, block.heading.side
    tail, tip = x - side * 7, x + side * 7
    heads = [(tip, side)] + ([(tail, -side)] if block.group.both_ways else [])
    barbs = [
        f"M{rounded(end - way * 4)} {rounded(y - 4)}L{rounded(end)} {rounded(y)}l{-way * 4} 4" for end, way in heads
    ]
    return f"M{rounded(tail)} {rounded(y)}H{rounded(tip)}" + "".join(barbs)


def _row_markup(row: _Row, node: Node, spoke: str | None, page: _Page) -> str:
    left, right = sorted((row.x - row.side * 11, row.x + row.side * (_BESIDE + page.label)))
    area = rounded_box(left, row.y - row.height / 2 + 1, right - left, row.height - 2, 5)
    link = linked(node, area, mark_at(node, row.x, row.y), _beside(row, page, class_="graph-label"))
    return element("g", path_element("graph-spoke", spoke) if spoke else "", link, class_=kind_class(node))


def _beside(row: _Row, page: _Page, **attributes: str) -> str:
    anchor = "start" if row.side > 0 else "end"
    return text_lines(row.lines, row.x + row.side * _BESIDE, row.y, page.size, page.leading, anchor, **attributes)


def _arcs(laterals: list[_Lateral], blocks: list[_Block], *, reach: float) -> str:
    """Return the quiet curves between rows; "" where there are none.

    On one side a curve is a bow towards the middle, else it goes from side to side.
    """
    if not laterals:
        return ""
    rows = {_id(row): row for block in blocks for row in block.rows}
    curves = []
    for lateral in laterals:
        sentence = element("title", as_markup(lateral.sentence))
        curves.append(element("path", sentence, d=_arc(rows[lateral.start], rows[lateral.end], reach)))
    return element("g", *curves, class_="graph-laterals", aria_hidden="true")


def _arc(one: _Row, other: _Row, reach: float) -> str:
    start, end = one.x - one.side * 9, other.x - other.side * 9
    if one.side == other.side:
        bow = min(reach, 8 + 0.2 * abs(one.y - other.y))
        return _bezier((start, one.y), start - one.side * bow, end - other.side * bow, (end, other.y))
    return _bezier((start, one.y), (start + end) / 2, (start + end) / 2, (end, other.y))


def _pill(centre: Node, page: _Page) -> _Pill:
    size = (page.size + 1) * BOLD
    lines = wrapped(centre.label, page.centre, size, most=4)
    longest = max([text_width(line, size) for line in lines] + [text_width(centre.kind_label, page.size), 60])
    return _Pill(centre, lines, longest + 28, len(lines) * (page.leading + 2) + 36, 0, 0)


def _pill_markup(pill: _Pill, page: _Page) -> str:
    left, top = pill.x - pill.width / 2, pill.y - pill.height / 2
    box = rounded_box(left, top, pill.width, pill.height, min(20, pill.height / 2))
    kind = text_lines((pill.node.kind_label,), pill.x, top + 17, page.size, 0, "middle", class_="graph-kind")
    name = text_lines(
        pill.lines,
        pill.x,
        pill.y + 8,
        page.size + 1,
        page.leading + 2,
        "middle",
        class_="graph-name",
        font_size=rounded(page.size + 1),
    )
    link = linked(pill.node, box, kind, name, aria_current="page")
    return element("g", link, class_=f"graph-centre {kind_class(pill.node)}")
