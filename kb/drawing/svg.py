"""Markup of drawings: elements, lines of text, shapes."""

import hashlib
import html
from collections.abc import Sequence
from functools import cache

from kb.drawing.text_metrics import as_markup, clean

# How much wider bold letters are.
BOLD = 1.15


def text_lines(
    lines: Sequence[str], x: float, middle: float, size: float, leading: float, anchor: str, **attributes: str
) -> str:
    """Return a text element with the lines below each other, round the height `middle`."""
    first = middle + 0.35 * size - (len(lines) - 1) * leading / 2
    if anchor != "start":
        attributes["text_anchor"] = anchor
    if len(lines) == 1:
        return element("text", as_markup(lines[0]), x=rounded(x), y=rounded(first), **attributes)
    spans = [
        f'<tspan x="{rounded(x)}" y="{rounded(first + at * leading)}">{as_markup(line)}</tspan>'
        for at, line in enumerate(lines)
    ]
    return element("text", *spans, **attributes)


def element(name: str, *content: str, **attributes: str) -> str:
    """Return an element; the content is markup, the attributes are text, `aria_label` writes aria-label."""
    pairs = [f' {_attribute(key)}="{html.escape(clean(value))}"' for key, value in attributes.items()]
    return f"<{name}{''.join(pairs)}>{''.join(content)}</{name}>"


@cache
def _attribute(key: str) -> str:
    return key.rstrip("_").replace("_", "-")


def rounded(number: float) -> str:
    """Return a coordinate or a length as text, to a tenth and without needless zeros."""
    return f"{round(number, 1) + 0:g}"


def id_prefix(*names: str) -> str:
    """Return what the ids of a picture of these things begin with, so that pictures on one page do not share any."""
    return "g" + hashlib.sha256("\n".join(names).encode()).hexdigest()[:8]


def path_element(name: str, d: str) -> str:
    """Return a path of the class `name`."""
    return f'<path class="{name}" d="{d}"/>'


def rounded_box(left: float, top: float, width: float, height: float, radius: float) -> str:
    """Return the area of a link or of the centre, a rectangle with round corners."""
    sizes = {"x": left, "y": top, "width": width, "height": height, "rx": radius}
    told = " ".join(f'{name}="{rounded(size)}"' for name, size in sizes.items())
    return f'<rect class="graph-area" {told}/>'
