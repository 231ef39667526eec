"""Charts: true to the figures, legible, escaped, small and the same every time; and which figures a page draws."""

import re
import subprocess
import sys
from itertools import combinations
from pathlib import Path
from xml.etree import ElementTree

import pytest

from kb.content.knowledge_base import load_knowledge_base
from kb.drawing.bar_charts import WIDTH, Bar, Chart, draw_chart
from kb.drawing.text_metrics import text_width
from kb.model.records import Records
from kb.namespaces import BASE
from kb.pages.page import Page
from kb.pages.subjects.survey_charts import chart

ROOT = Path(__file__).parents[2]
SHARES = ((0.0, "0"), (50.0, "50%"), (100.0, "100%"))
LONG = "vluchtelingenvrouwen met medische problemen, zonder woning en papieren, in een samengesteld gezin"
NOTE = "in de woorden van het werk: op één organisatie na"
HOSTILE = "<script>alert(\"x\")</script> ]]> & 'q' \x00\n\n# *kop* {{ x }}"
BOX = re.compile(r"M([-\d.]+),([-\d.]+)h([-\d.]+)v([-\d.]+)h[-\d.]+Z")
QUESTION = f"{BASE}question/meetings"
PER_CENT = "duo:value 54.5 ; duo:unit duo:Percent"


def draw(*bars, ticks=SHARES, title="Titel", description="Wat er te zien is."):
    return ElementTree.fromstring(draw_chart(Chart(bars, ticks, title, description, "nl")))


def boxes(svg, name):
    """The boxes of a layer: left, top, width, height."""
    outline = "".join(path.get("d") for path in svg.iter("path") if path.get("class") == f"chart-{name}")
    return [tuple(map(float, box)) for box in BOX.findall(outline)]


def text_boxes(svg):
    """Where each text stands: left, top, right, bottom."""
    for group in svg.iter("g"):
        size = float(group.get("font-size"))
        for text in group:
            width = text_width(text.text, size * (1.15 if group.get("class") == "chart-figure" else 1))
            left = float(text.get("x")) - width * {None: 0, "middle": 0.5, "end": 1}[text.get("text-anchor")]
            yield left, float(text.get("y")) - 0.75 * size, left + width, float(text.get("y")) + 0.2 * size


def meet(one, other):
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def words(svg, name):
    return [text.text for group in svg.iter("g") if group.get("class") == f"chart-{name}" for text in group]


@pytest.mark.parametrize("value", [0.4, 20.5, 50, 94, 100])
def test_bar_is_as_long_as_its_share(value):
    svg = draw(Bar("a", value, f"{value}%"))
    ((_, _, whole, _),), ((left, _, width, _),) = boxes(svg, "track"), boxes(svg, "bar")
    assert left == 0
    assert width / whole == pytest.approx(value / 100, abs=0.001)


def test_bars_stand_in_their_order():
    svg = draw(Bar("c", 5, "5%"), Bar("a", 90, "90%"), Bar("b", 50, "50%"))
    assert words(svg, "name") == ["c", "a", "b"]
    assert words(svg, "figure") == ["5%", "90%", "50%"]
    tops = [top for _, top, _, _ in boxes(svg, "bar")]
    assert tops == sorted(tops)


def test_axis_of_counts_ends_where_it_says():
    svg = draw(Bar("a", 13, "13"), ticks=((0.0, "0"), (52.0, "52")))
    assert boxes(svg, "bar")[0][2] / boxes(svg, "track")[0][2] == pytest.approx(0.25, abs=0.001)
    assert words(svg, "scale") == ["0", "52"]


def test_light_bar_is_of_another_layer():
    svg = draw(Bar("a", 50, "de helft", light=True), Bar("b", 20, "20%"))
    assert len(boxes(svg, "light")) == len(boxes(svg, "bar")) == 1
    assert boxes(svg, "light")[0][2] > boxes(svg, "bar")[0][2]


def test_open_end_dissolves_before_the_value():
    svg = draw(Bar("a", 50, "50%", open=True))
    whole, bar = boxes(svg, "track")[0][2], boxes(svg, "bar")[0][2]
    ends = [left + width for left, _, width, _ in boxes(svg, "open")]
    assert bar < min(left for left, _, _, _ in boxes(svg, "open"))
    assert max(ends) == pytest.approx(whole / 2, abs=0.1)


def test_open_end_of_a_short_bar_stays_on_the_axis():
    svg = draw(Bar("a", 1, "1%", open=True), Bar("b", 0, "0%", open=True))
    assert min(left for name in ("bar", "open") for left, _, _, _ in boxes(svg, name)) == 0


@pytest.mark.parametrize("value", [0, 1, 50, 99, 100])
def test_texts_stand_apart_and_inside(value):
    svg = draw(
        Bar(LONG, value, "0,9 van het geheel", (NOTE, "van 55 (gerapporteerd)"), light=True, open=True),
        Bar("Vrijwilligersbegeleidingsmethodiekontwikkelingstraject" * 2, 30, "30%"),
        Bar("kort", value, "bijna alle organisaties"),
    )
    height = float(svg.get("viewBox").split()[3])
    found = list(text_boxes(svg))
    assert not [pair for pair in combinations(found, 2) if meet(*pair)]
    assert all(left >= 0 and top >= 0 and right <= WIDTH + 1 and bottom <= height for left, top, right, bottom in found)


def test_no_tick_strikes_a_figure_through():
    svg = draw(Bar("a", 45, "45%"), Bar("b", 10, "10%"), Bar("c", 33.3, "een derde"), Bar("d", 90, "90%"))
    tops = [top for _, top, _, _ in boxes(svg, "track")]
    assert [top for _, top, _, _ in boxes(svg, "tick")] == [tops[1], tops[3]]


def test_message_is_read_out():
    svg = draw(Bar("a", 94, "94%"), title="Matching", description="a: 94%.")
    assert svg.get("role") == "img"
    assert [(each.tag, each.text) for each in svg[:2]] == [("title", "Matching"), ("desc", "a: 94%.")]


def test_hostile_text_is_text():
    svg = draw(Bar(HOSTILE, 5, HOSTILE, (HOSTILE,)), ticks=((0.0, HOSTILE), (9.0, "9")), title=HOSTILE)
    assert {each.tag for each in svg.iter()} == {"svg", "title", "desc", "path", "g", "text"}
    assert svg[0].text == "<script>alert(\"x\")</script> ]]> & 'q' # *kop* {{ x }}"


def test_markup_leaves_the_look_to_the_style_sheet():
    markup = draw_chart(Chart((Bar(LONG, 5, "5%", (NOTE,), light=True, open=True),), SHARES, "a", "b", "nl"))
    assert not re.search(r"style|script|fill|stroke|#|font-family|\bid=|\son\w+=|aria-|\n", markup)


def test_chart_is_small():
    bars = tuple(Bar(LONG, 10 * number, f"{10 * number}%", (NOTE,), light=True, open=True) for number in range(8))
    assert len(draw_chart(Chart(bars, SHARES, "a", "b", "nl"))) < 6000


def test_two_processes_draw_the_same():
    code = (
        "from kb.drawing.bar_charts import *;"
        "bars = (Bar('a', 33.3, 'een derde'), Bar('b', 1 / 7, '0%', light=True, open=True));"
        "print(draw_chart(Chart(bars, ((0.0, '0'), (100.0, '100%')), 'a', 'b', 'nl')))"
    )
    command = [sys.executable, "-c", code]
    drawn = [subprocess.run(command, capture_output=True, check=True, cwd=ROOT).stdout for _ in range(2)]
    assert drawn[0] == drawn[1]


# On a page.


def on_page(kb, cache, language="en"):
    """The chart of the miniature's question, as an element that holds what stands on the page."""
    page = Page(Records(kb), language, QUESTION.removeprefix(BASE), QUESTION)
    return ElementTree.fromstring(f"<div>{chart(page, QUESTION, cache=cache)}</div>")


def changed(tiny, old, new):
    """The miniature with another text in its survey."""
    file = tiny / "evidence" / "survey.ttl"
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new), "utf-8")
    return load_knowledge_base(tiny)


@pytest.mark.parametrize(
    ("language", "name", "figure", "notes", "others"),
    [
        ("en", "every week", "54.5%", ["in the words of the work: ruim", "of 11 (reported)"], "every month"),
        ("nl", "elke week", "54,5%", ["in de woorden van het werk: ruim", "van 11 (gerapporteerd)"], "elke maand"),
    ],
)
def test_question_is_drawn_in_its_words(language, name, figure, notes, others, tiny_kb, tmp_path):
    found = on_page(tiny_kb, tmp_path, language)
    assert (words(found, "name"), words(found, "figure"), words(found, "note")) == ([name], [figure], notes)
    assert found.find("figure/svg/desc").text == f"{name}: {figure}, {notes[0]}, {notes[1]}."
    assert others in found.find("p").text


def test_share_of_an_unknown_whole_is_light_and_says_so(tiny, tmp_path):
    found = on_page(changed(tiny, "duo:base 11 ; duo:baseStatus duo:Reported", "duo:baseStatus duo:Unknown"), tmp_path)
    assert (len(boxes(found, "light")), len(boxes(found, "bar"))) == (1, 0)
    assert "not stated" in "".join(found.find("figure/ul").itertext())


def test_fraction_is_drawn_as_its_share_and_told_in_words(tiny, tmp_path):
    found = on_page(changed(tiny, PER_CENT, "duo:value 0.25 ; duo:unit duo:Fraction"), tmp_path)
    ends = [left + width for left, _, width, _ in boxes(found, "open")]
    assert max(ends) / boxes(found, "track")[0][2] == pytest.approx(0.25, abs=0.001)
    assert words(found, "figure") == ["a quarter"]


def test_count_runs_to_what_it_was_counted_among(tiny, tmp_path):
    found = on_page(changed(tiny, PER_CENT, "duo:value 3 ; duo:unit duo:Count"), tmp_path)
    assert words(found, "scale") == ["0", "11"]
    assert "11" in found.find("figure/figcaption").text


def test_lone_count_does_not_fill_the_axis(tiny, tmp_path):
    kb = changed(tiny, f'{PER_CENT} ; duo:hedge "ruim" ;\n    duo:base 11 ;', "duo:value 1 ; duo:unit duo:Count ;")
    assert words(on_page(kb, tmp_path), "scale") == ["0", "10"]


def test_question_without_figures_has_no_chart(tiny, tmp_path):
    kb = changed(tiny, 'duo:value 54.5 ; duo:unit duo:Percent ; duo:hedge "ruim" ;', "duo:mentioned true ;")
    assert len(on_page(kb, tmp_path)) == 0


def test_chart_is_drawn_once(tiny_kb, tmp_path):
    first = ElementTree.tostring(on_page(tiny_kb, tmp_path))
    (kept,) = (tmp_path / "charts").iterdir()
    kept.write_text(kept.read_text("utf-8").replace("54.5%", "kept"), "utf-8")
    assert b"kept" in ElementTree.tostring(on_page(tiny_kb, tmp_path))
    kept.unlink()
    assert ElementTree.tostring(on_page(tiny_kb, tmp_path)) == first
