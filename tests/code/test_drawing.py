"""Pictures of the graph: well-formed, linked, escaped, legible and the same every time."""

import os
import re
import subprocess
import sys
from itertools import combinations
from pathlib import Path
from xml.etree import ElementTree

import pytest

from kb.drawing.marks import Edge, Node
from kb.drawing.neighbourhood import MOST_NEIGHBOURS, draw_neighbourhood
from kb.drawing.overview import draw_overview
from kb.drawing.text_metrics import text_width
from kb.kinds import ROWS, style_sheet

ROOT = Path(__file__).parents[2]
KINDS = ["indicator", "source", "pitfall", "item", "something-new"]
LABELS = [
    "Uiteenlopende verwachtingen bij hulpvrager en vrijwilliger, met frustratie als gevolg",
    "Vrijwilligersbegeleidingsmethodiekontwikkelingstraject",
    "Van der Tier & Potting (2015)",
    "Klik",
]
CENTRE = Node("indicator:matching", "Matching", "indicator", "succesindicator", "")
HOSTILE = "<script>alert(\"x\")</script> ]]> & 'q' \x00\n\n# *kop* {{ x }}"


def node(number):
    kind = KINDS[number % len(KINDS)]
    return Node(f"n:{number}", f"{LABELS[number % len(LABELS)]} {number}", kind, kind, f"../{number}/")


def neighbourhood(count):
    """So many neighbours in six relations, with edges between some, the last one a step further."""
    nodes = [node(number) for number in range(count)]
    ties = [
        Edge(CENTRE.id, near.id, f"r{at % 6}", f"hangt op wijze {at % 6} samen met")
        for at, near in enumerate(nodes[:-1])
    ]
    between = [
        Edge(one.id, other.id, "related", "hangt samen met") for one, other in zip(nodes, nodes[3:], strict=False)
    ]
    return nodes, ties + between


def draw(nodes, edges, centre=CENTRE, caption="De omgeving van Matching"):
    return draw_neighbourhood(centre, nodes, edges, caption=caption, description="Wat ermee samenhangt.", language="nl")


def overview(count):
    nodes = [node(number) for number in range(count)]
    positions = {each.id: (at * 37 % 101 / 100, at * 61 % 97 / 96) for at, each in enumerate(nodes)}
    edges = [Edge(one.id, other.id, "related", "x") for one, other in zip(nodes, nodes[7:], strict=False)]
    weights = {each.id: count - at for at, each in enumerate(nodes)}
    return draw_overview(nodes, edges, positions, weights=weights, caption="Alles", description="Alles.", language="nl")


def pictures(markup):
    """The drawings of a figure by the name of their composition."""
    figure = ElementTree.fromstring(markup)
    return {div.get("class").split("-")[-1]: div.find("svg") for div in figure.iter("div")}


def labels(svg):
    """The boxes (left, top, right, bottom) of the texts that are shown."""
    for text in svg.iter("text"):
        if "graph-hidden" not in text.get("class"):
            lines = text.findall("tspan") or [text]
            boxes = [line_box(line, text, float(text.get("font-size") or svg.get("font-size"))) for line in lines]
            yield tuple(pick(side) for pick, side in zip((min, min, max, max), zip(*boxes, strict=True), strict=True))


def line_box(line, text, size):
    x, y, width = float(line.get("x")), float(line.get("y")), text_width("".join(line.itertext()), size)
    left = x - width * {None: 0, "middle": 0.5, "end": 1}[text.get("text-anchor")]
    return left, y - 0.75 * size, left + width, y + 0.2 * size


def meet(one, other):
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


@pytest.mark.parametrize("count", [0, 1, 2, 5, 25, MOST_NEIGHBOURS])
def test_every_neighbour_is_a_link_in_both_compositions(count):
    nodes, edges = neighbourhood(count)
    drawn = pictures(draw(nodes, edges))
    assert list(drawn) == ["wide", "narrow"]
    for svg in drawn.values():
        assert sorted(link.get("href") for link in svg.iter("a")) == sorted(each.href for each in nodes)


@pytest.mark.parametrize("count", [1, 5, 25, MOST_NEIGHBOURS])
def test_labels_stand_apart_and_inside(count):
    for svg in pictures(draw(*neighbourhood(count))).values():
        width, height = map(float, svg.get("viewBox").split()[2:])
        found = list(labels(svg))
        assert not [pair for pair in combinations(found, 2) if meet(*pair)]
        assert all(left >= 0 and top >= 0 and right <= width and bottom <= height for left, top, right, bottom in found)


def test_overview_labels_stand_apart_and_inside():
    svg = pictures(overview(150))["overview"]
    found = list(labels(svg))
    assert len(found) > 10
    assert not [pair for pair in combinations(found, 2) if meet(*pair)]
    assert len(list(svg.iter("a"))) == 150


def test_markup_may_stand_in_markdown():
    for markup in (draw(*neighbourhood(9)), overview(20)):
        assert markup.startswith('<figure class="concept-graph">')
        assert markup.endswith("</figure>")
        assert "\n\n" not in markup
        assert not re.search(r"<style|<script|\sstyle=|\son\w+=", markup)


def test_hostile_text_is_text():
    hostile = Node(HOSTILE, HOSTILE, HOSTILE, HOSTILE, HOSTILE, HOSTILE)
    markup = draw([hostile], [Edge(CENTRE.id, HOSTILE, HOSTILE, HOSTILE)], caption=HOSTILE)
    assert not [tag for tag in ElementTree.fromstring(markup).iter() if tag.tag == "script"]
    assert "\x00" not in markup
    assert "\n\n" not in markup
    link = next(pictures(markup)["wide"].iter("a"))
    assert link.get("href") == "<script>alert(\"x\")</script> ]]> & 'q' # *kop* {{ x }}"


def test_ids_are_unique():
    figure = ElementTree.fromstring(f"<p>{draw(*neighbourhood(9))}{overview(9)}</p>")
    ids = [found.get("id") for found in figure.iter() if found.get("id")]
    assert len(ids) == len(set(ids))


def test_groups_are_named_in_words():
    near, further = node(1), node(2)
    edges = [
        Edge(CENTRE.id, near.id, "source", "wordt onderbouwd door"),
        Edge(near.id, CENTRE.id, "broader", "is ruimer dan"),
        Edge(near.id, further.id, "related", "hangt samen met"),
    ]
    for svg in pictures(draw([further, near], edges)).values():
        names = [group.get("aria-label") for group in svg.iter("g") if group.get("role") == "group"]
        assert names == ["is ruimer dan · wordt onderbouwd door", f"via {near.label}"]


def test_node_without_address_is_no_link():
    plain = Node("n", "Klik", "concept", "concept", "")
    for svg in pictures(draw([plain], [])).values():
        assert not list(svg.iter("a"))
        assert "Klik (concept)" in [group.get("aria-label") for group in svg.iter("g")]


def test_legend_names_each_kind_once():
    legend = ElementTree.fromstring(draw(*neighbourhood(25))).find("ul")
    assert [entry.get("class") for entry in legend] == [
        "kind-indicator", "kind-item", "kind-pitfall", "kind-source", "kind-other",
    ]  # fmt: skip


def test_long_name_keeps_its_full_text():
    long = Node("n", LABELS[0] * 3, "concept", "concept", "x")
    link = next(pictures(draw([long], []))["narrow"].iter("a"))
    assert link.findtext("title") == f"{LABELS[0] * 3} (concept)"
    spans = [span.text for span in link.iter("tspan")]
    assert len(spans) == 2
    assert spans[1].endswith("…")


def test_too_many_neighbours():
    with pytest.raises(ValueError, match="61 neighbours"):
        draw(*neighbourhood(61))


def test_order_of_input_makes_no_difference():
    nodes, edges = neighbourhood(30)
    assert draw(nodes[::-1], edges[::-1]) == draw(nodes, edges)


def test_same_pictures_in_another_process():
    code = "from tests.code.test_drawing import *; print(draw(*neighbourhood(40)), overview(60))"
    printed = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"},
            capture_output=True,
            check=True,
            cwd=ROOT,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(printed) == 1


def test_every_kind_has_its_colours():
    css = style_sheet()
    drawn = [name for name, row in ROWS.items() if row.mark]
    assert "other" in drawn
    assert {name: css.count(f"--graph-{name}: ") for name in drawn} == dict.fromkeys(drawn, 2)
    assert [name for name in drawn if f".kind-{name} {{ --kind: var(--graph-{name}); }}" not in css] == []
