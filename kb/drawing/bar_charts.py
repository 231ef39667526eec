"""Charts of figures: bars in, SVG out, drawn by Vega-Lite; colours and lines are in chart.css.

Equal input gives equal text on any machine: no measure depends on the fonts that are installed.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib.metadata import version
from xml.etree import ElementTree

from kb.drawing.text_metrics import as_markup, clean, text_width, wrapped

# In units of the viewBox; on a phone of 320 px six of them take about five pixels.
WIDTH = 350.0
_LONGEST_AXIS, _SHORTEST_AXIS, _THICKNESS = 296.0, 90.0, 18.0
_ABOVE_BAR, _BELOW_BAR, _BEFORE_FIGURE = 5.0, 15.0, 6.0
_MOST_LINES = 4
# An open end dissolves: the bar stops so far before its end, and strips (from, to) follow.
_SHORT, _STRIPS = 9.0, ((7.0, 4.5), (2.5, 0.0))

_VEGA_LITE = "5.21"
_SCHEMA = "https://vega.github.io/schema/vega-lite/v5.json"
_SHAPES = ("track", "light", "bar", "open", "tick")
_TEXTS = {"name": 15.0, "note": 13.0, "figure": 15.0, "scale": 12.0}  # the size of each
_LEADING = {"name": 19.0, "note": 16.0}
_BOLD = 1.15  # how much wider the figures are
_MOVED = re.compile(r"translate\(([^,]+),([^)]+)\)")
_DECIMAL = re.compile(r"-?\d+\.\d+(?:e-\d+)?")

_SWATCH = '<svg viewBox="0 0 24 18" width="24" height="18" aria-hidden="true">{}</svg>'
LIGHT_SWATCH = _SWATCH.format('<path class="chart-light" d="M1 2h22v14h-22z"/>')
OPEN_SWATCH = _SWATCH.format(
    '<path class="chart-bar" d="M1 2h13v14h-13z"/><path class="chart-open" d="M16 2h2.5v14h-2.5zM20.5 2h2.5v14h-2.5z"/>'
)

_Data = list[dict[str, object]]


@dataclass(frozen=True)
class Bar:
    """A bar as long as `value`; above it stand its name and notes, at its end the figure in words.

    A `light` bar is a share of a whole that is not known; one with an `open` end has no exact value.
    """

    name: str
    value: float
    figure: str
    notes: tuple[str, ...] = ()
    light: bool = False
    open: bool = False


@dataclass(frozen=True)
class Chart:
    """Bars on one axis, which runs from 0 to the last tick (value, words); title and description are read out."""

    bars: tuple[Bar, ...]
    ticks: tuple[tuple[float, str], ...]
    title: str
    description: str
    language: str

    @property
    def end(self) -> float:
        """Return the value at which the axis ends, that of its last tick."""
        return self.ticks[-1][0]


@dataclass(frozen=True)
class _Row:
    """A bar in its place: each line of text with what it is and its baseline, and the upper edge of the bar."""

    bar: Bar
    lines: tuple[tuple[str, str, float], ...]
    top: float

    @property
    def bottom(self) -> float:
        return self.top + _THICKNESS


def drawing_version() -> str:
    """Return the versions that decide on a drawing beside this module: a part of the key of what it makes."""
    return f"vl-convert-python {version('vl-convert-python')}, Vega-Lite {_VEGA_LITE}"


def draw_chart(chart: Chart) -> str:
    """Return the chart as an SVG element on one line, without colours, styles, scripts or ids."""
    from vl_convert import vegalite_to_svg  # a large library, and most builds find every chart in the cache

    drawn = ElementTree.fromstring(vegalite_to_svg(specification(chart), vl_version=_VEGA_LITE))
    height = _height(list(_rows(chart)))
    return (
        f'<svg class="chart-picture" role="img" lang="{chart.language}" viewBox="0 0 {WIDTH:g} {height:g}">'
        f"<title>{as_markup(chart.title)}</title><desc>{as_markup(chart.description)}</desc>"
        f"{''.join(_shapes(drawn))}{''.join(_texts(drawn))}</svg>"
    )


# What is to be drawn.


def specification(chart: Chart) -> dict[str, object]:
    """Return the chart in Vega-Lite: a layer for all that looks the same, each with its data."""
    rows = list(_rows(chart))
    length = _length(chart)
    scale = {"type": "quantitative", "scale": {"domain": [0, chart.end], "nice": False}, "axis": None}
    shapes = _boxes(rows, chart, one=chart.end / length)
    texts = _words(rows, chart)
    return {
        "$schema": _SCHEMA,
        "width": length,
        "height": _height(rows),
        "padding": 0,
        "autosize": "none",
        "layer": [_box_layer(name, shapes[name], scale) for name in _SHAPES]
        + [_text_layer(name, texts[name], scale) for name in _TEXTS],
    }


def _rows(chart: Chart) -> Iterator[_Row]:
    below = 0.0
    for bar in chart.bars:
        lines = []
        for kind, text in (("name", bar.name), *(("note", note) for note in bar.notes)):
            for line in wrapped(text, WIDTH, _TEXTS[kind], _MOST_LINES):
                below += _LEADING[kind]
                lines.append((kind, line, below - 4))
        yield _Row(bar, tuple(lines), below + _ABOVE_BAR)
        below += _ABOVE_BAR + _THICKNESS + _BELOW_BAR


def _height(rows: list[_Row]) -> float:
    return rows[-1].bottom + _BELOW_BAR + _TEXTS["scale"]


def _length(chart: Chart) -> float:
    """Return how long the whole axis is, in units of the viewBox.

    It is so long that every figure has its place after its bar, within the bounds that this module sets.
    """
    rooms = [
        (WIDTH - _BEFORE_FIGURE - text_width(bar.figure, _BOLD * _TEXTS["figure"]), bar.value) for bar in chart.bars
    ]
    return max(_SHORTEST_AXIS, min([_LONGEST_AXIS, *(room * chart.end / value for room, value in rooms if value)]))


def _boxes(rows: Iterable[_Row], chart: Chart, *, one: float) -> Mapping[str, _Data]:
    """Return the boxes of each layer by its name, from left to right in values of the axis.

    `one` is a unit of the viewBox in values of the axis.
    """
    boxes: dict[str, _Data] = {name: [] for name in _SHAPES}
    for row in rows:
        for name, left, right in _row_boxes(row.bar, chart, one):
            boxes[name].append({"x": max(left, 0), "x2": max(right, 0), "y": row.top, "y2": row.bottom})
    return boxes


def _row_boxes(bar: Bar, chart: Chart, one: float) -> Iterator[tuple[str, float, float]]:
    yield "track", 0, chart.end
    yield "light" if bar.light else "bar", 0, bar.value - (_SHORT * one if bar.open else 0)
    for before, after in _STRIPS if bar.open else ():
        yield "open", bar.value - before * one, bar.value - after * one
    figure_ends = bar.value + (2 * _BEFORE_FIGURE + _figure_width(bar)) * one
    for tick, _ in chart.ticks[1:-1]:
        if not bar.value <= tick <= figure_ends:
            yield "tick", tick - one / 2, tick + one / 2


def _figure_width(bar: Bar) -> float:
    return text_width(bar.figure, _BOLD * _TEXTS["figure"])


def _words(rows: list[_Row], chart: Chart) -> Mapping[str, _Data]:
    """Return the texts of each layer by its name, clean: a null character would end the program in the library."""
    words: dict[str, _Data] = {name: [] for name in _TEXTS}
    for row in rows:
        for kind, line, baseline in row.lines:
            words[kind].append({"x": 0, "y": baseline, "text": line, "align": "left"})
        figure = clean(row.bar.figure)
        words["figure"].append({"x": row.bar.value, "y": row.bottom - 4, "text": figure, "align": "left"})
    for tick, text in chart.ticks:
        align = "left" if tick == 0 else "right" if tick == chart.end else "center"
        words["scale"].append({"x": tick, "y": _height(rows) - 3, "text": clean(text), "align": align})
    return words


def _box_layer(name: str, data: _Data, scale: Mapping[str, object]) -> dict[str, object]:
    down = {"type": "quantitative", "scale": None, "axis": None}
    sides = {"x": {"field": "x", **scale}, "x2": {"field": "x2"}, "y": {"field": "y", **down}, "y2": {"field": "y2"}}
    return {"name": name, "data": {"values": data}, "mark": "rect", "encoding": sides}


def _text_layer(name: str, data: _Data, scale: Mapping[str, object]) -> dict[str, object]:
    mark = {
        "type": "text",
        "align": {"expr": "datum.align"},
        "baseline": "alphabetic",
        "dx": _BEFORE_FIGURE if name == "figure" else 0,
        "fontSize": _TEXTS[name],
        "limit": 0,
    }
    place = {"x": {"field": "x", **scale}, "y": {"field": "y", "type": "quantitative", "scale": None, "axis": None}}
    text = {"text": {"field": "text", "type": "nominal"}}
    return {"name": name, "data": {"values": data}, "mark": mark, "encoding": place | text}


# What Vega drew, without all that a page does not need.


def _layer(drawn: ElementTree.Element, name: str) -> Iterable[ElementTree.Element]:
    return next((group for group in drawn.iter() if f"{name}_marks" in group.get("class", "").split()), ())


def _shapes(drawn: ElementTree.Element) -> Iterator[str]:
    """Yield a path for each layer that has any boxes."""
    for name in _SHAPES:
        outline = "".join(path.get("d", "") for path in _layer(drawn, name))
        if outline:
            yield f'<path class="chart-{name}" d="{_rounded(outline)}"/>'


def _texts(drawn: ElementTree.Element) -> Iterator[str]:
    for name, size in _TEXTS.items():
        texts = "".join(map(_text, _layer(drawn, name)))
        if texts:
            yield f'<g class="chart-{name}" font-size="{size:g}">{texts}</g>'


def _text(drawn: ElementTree.Element) -> str:
    found = _MOVED.fullmatch(drawn.get("transform", ""))
    x, y = map(_rounded, found.groups()) if found else ("0", "0")
    anchor = drawn.get("text-anchor", "start")
    anchored = "" if anchor == "start" else f' text-anchor="{anchor}"'
    return f'<text x="{x}" y="{y}"{anchored}>{as_markup("".join(drawn.itertext()))}</text>'


def _rounded(numbers: str) -> str:
    """Return the text with every number in it rounded to one decimal."""
    return _DECIMAL.sub(lambda found: f"{round(float(found[0]), 1) + 0:g}", numbers)
