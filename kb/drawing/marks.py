"""Nodes and edges, the mark of each kind, and the figure round a picture with its legend."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from kb.drawing.svg import element, path_element, rounded
from kb.lettering import as_markup
from kb.words import phrase

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
class Frame:
    """What the compositions of one picture have in common."""

    prefix: str
    caption: str
    description: str
    language: str


def distinct_nodes(nodes: Iterable[Node]) -> list[Node]:
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


def kind_class(node: Node) -> str:
    """The class that gives a node the colour of its kind."""
    return f"kind-{_kind(node)}"


def mark_at(node: Node, x: float, y: float, scale: float = 1) -> str:
    """The mark of a node round the point (x, y)."""
    place = f"translate({rounded(x)} {rounded(y)})" + (f" scale({scale:.2f})" if scale != 1 else "")
    return f'<path class="graph-mark" transform="{place}" d="{_MARKS[_kind(node)]}"/>'


def linked(node: Node, *content: str, **attributes: str) -> str:
    """The content as a link, or as a plain group where the node leads nowhere."""
    title = element("title", as_markup(f"{node.title or node.label} ({node.kind_label})"))
    if not node.href:
        spoken = f"{node.label} ({node.kind_label})"
        return element("g", title, *content, class_="graph-node", role="img", aria_label=spoken)
    return element("a", title, *content, class_="graph-node", href=node.href, **attributes)


def framed(name: str, width: float, height: float, body: Iterable[str], frame: Frame, *, size: float) -> str:
    """The parts of one composition as an `<svg>` with its title and description."""
    title, description = f"{frame.prefix}-{name}-title", f"{frame.prefix}-{name}-description"
    picture = element(
        "svg",
        element("title", as_markup(frame.caption), id=title),
        element("desc", as_markup(frame.description), id=description),
        "\n",
        "\n".join(filter(None, body)),
        viewBox=f"0 0 {rounded(width)} {rounded(height)}",
        font_size=rounded(size),
        role="group",
        aria_labelledby=title,
        aria_describedby=description,
        lang=frame.language,
    )
    return element("div", picture, class_=f"graph graph-{name}", data_search_exclude="")


def whole_figure(pictures: Iterable[str], nodes: Iterable[Node], frame: Frame) -> str:
    """The pictures in a `<figure>` with caption, legend and a way past them."""
    end = f"{frame.prefix}-end"
    word = as_markup(phrase("graph-skip", frame.language))
    skip = element("a", word, class_="graph-skip", href=f"#{end}", data_search_exclude="")
    caption = element("figcaption", as_markup(frame.caption))
    after = element("span", "", id=end, class_="graph-end", tabindex="-1")
    parts = [caption, skip, _legend(nodes), *pictures, after]
    return element("figure", "\n".join(parts), class_="concept-graph")


def _legend(nodes: Iterable[Node]) -> str:
    kinds = {_kind(node): node for node in sorted(nodes, key=lambda node: node.kind_label, reverse=True)}
    entries = [_legend_entry(kinds[kind]) for kind in _KINDS if kind in kinds]
    return element("ul", *entries, class_="graph-legend", data_search_exclude="")


def _legend_entry(node: Node) -> str:
    return element("li", _swatch(_kind(node)), as_markup(node.kind_label), class_=kind_class(node))


def _swatch(kind: str) -> str:
    mark = path_element("graph-mark", _MARKS[kind])
    return element("svg", mark, viewBox="-9 -9 18 18", width="18", height="18", aria_hidden="true")


def draw_mark(kind: str) -> str:
    """The mark of a kind of thing or page on its own, for beside its name; a disc for a kind without a mark."""
    known = kind if kind in _MARKS else "other"
    return element("span", _swatch(known), class_=f"mark kind-{known}")
