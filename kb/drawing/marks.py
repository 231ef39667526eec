"""Nodes and edges, the mark of each kind, and the figure round a picture with its legend."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from kb.drawing.svg import element, path_element, rounded
from kb.drawing.text_metrics import as_markup
from kb.kinds import ROWS
from kb.words import phrase

# A legend's order.
_MARKED = [name for name, row in ROWS.items() if row.mark]


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
    """Return one node for each id, sorted by kind, in the order of the legend, and by name."""
    return sorted({node.id: node for node in sorted(nodes, key=repr)}.values(), key=_rank)


def _rank(node: Node) -> tuple[int, str, str]:
    return _MARKED.index(_kind(node)), _folded(node.label), node.id


def _kind(node: Node) -> str:
    return node.kind if node.kind in _MARKED else "other"


def _folded(text: str) -> str:
    """Return a text without accents and capitals, for sorting."""
    plain = unicodedata.normalize("NFKD", text)
    return "".join(character for character in plain if not unicodedata.combining(character)).casefold()


def kind_class(node: Node) -> str:
    """Return the class that gives a node the colour of its kind."""
    return f"kind-{_kind(node)}"


def mark_at(node: Node, x: float, y: float, scale: float = 1) -> str:
    """Return the mark of a node round the point (x, y), as a path."""
    place = f"translate({rounded(x)} {rounded(y)})" + (f" scale({scale:.2f})" if scale != 1 else "")
    return f'<path class="graph-mark" transform="{place}" d="{ROWS[_kind(node)].mark}"/>'


def linked(node: Node, *content: str, **attributes: str) -> str:
    """Return the content as a link, or as a plain group where the node leads nowhere."""
    title = element("title", as_markup(f"{node.title or node.label} ({node.kind_label})"))
    if not node.href:
        spoken = f"{node.label} ({node.kind_label})"
        return element("g", title, *content, class_="graph-node", role="img", aria_label=spoken)
    return element("a", title, *content, class_="graph-node", href=node.href, **attributes)


def framed(name: str, width: float, height: float, body: Iterable[str], frame: Frame, *, size: float) -> str:
    """Return the parts of one composition as an `<svg>` with its title and description, in a `<div>`."""
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
    """Return the pictures in a `<figure>` with caption, legend and a link that leads past them."""
    end = f"{frame.prefix}-end"
    word = as_markup(phrase("graph-skip", frame.language))
    skip = element("a", word, class_="graph-skip", href=f"#{end}", data_search_exclude="")
    caption = element("figcaption", as_markup(frame.caption))
    after = element("span", "", id=end, class_="graph-end", tabindex="-1")
    parts = [caption, skip, _legend(nodes), *pictures, after]
    return element("figure", "\n".join(parts), class_="concept-graph")


def _legend(nodes: Iterable[Node]) -> str:
    kinds = {_kind(node): node for node in sorted(nodes, key=lambda node: node.kind_label, reverse=True)}
    entries = [_legend_entry(kinds[kind]) for kind in _MARKED if kind in kinds]
    return element("ul", *entries, class_="graph-legend", data_search_exclude="")


def _legend_entry(node: Node) -> str:
    return element("li", _swatch(_kind(node)), as_markup(node.kind_label), class_=kind_class(node))


def _swatch(kind: str) -> str:
    mark = path_element("graph-mark", ROWS[kind].mark)
    return element("svg", mark, viewBox="-9 -9 18 18", width="18", height="18", aria_hidden="true")


def draw_mark(kind: str) -> str:
    """Return the mark of a kind of thing or page on its own, for beside its name; a disc for a kind without a mark."""
    known = kind if kind in _MARKED else "other"
    return element("span", _swatch(known), class_=f"mark kind-{known}")
