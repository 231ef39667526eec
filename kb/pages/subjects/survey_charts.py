"""From the figures of a survey question to charts on a page: which bars, on which axis, in the page's words."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from markupsafe import Markup

from kb.drawing import bar_charts, text_metrics
from kb.drawing.bar_charts import LIGHT_SWATCH, OPEN_SWATCH, Bar, Chart, draw_chart, drawing_version
from kb.files import cached_text, source_hash
from kb.namespaces import DUO
from kb.pages.markdown import escape
from kb.pages.page import Page
from kb.pages.subjects import survey_figures as survey

# No axis of counts is shorter, so that one organisation does not look like all of them.
_SHORTEST_COUNT = 10.0


@dataclass(frozen=True)
class _Axis:
    """Values with their words, from 0 to the end, and a sentence that says how far it runs."""

    ticks: tuple[tuple[float, str], ...]
    sentence: str


def chart(page: Page, question: str, *, cache: Path) -> Markup:
    """Return the figures of a survey question as pictures, shares before counts; "" where it has no figure.

    Each is a `<figure>` with a legend of the marks in it; the answers without a figure are named below. The question
    itself is named in what is read out alone: where its chart stands on another page, a heading leads to it. `cache`
    keeps what was drawn.
    """
    found = [name for _, name in survey.observed(page, question)]
    figures = [name for name in found if survey.has_figure(page, name)]
    shares = [name for name in figures if survey.share(page, name) is not None]
    counts = [name for name in figures if name not in shares]
    drawn = [
        _figure(page, _chart(page, question, names, axis), axis.sentence, cache)
        for names, axis in ((shares, _share_axis(page)), (counts, _count_axis(page, counts)))
        if names
    ]
    return Markup("\n\n").join(
        [*drawn, *_others(page, [name for name in found if name not in figures])] if drawn else []
    )


def small_bar(page: Page, observation: str) -> Markup:
    """Return a share as a small bar, for beside the words that say it; an empty place for a count."""
    value = survey.share(page, observation)
    if value is None:
        return Markup('<span class="chart-small"></span>')
    look = "bar" if survey.known_base(page, observation) else "light"
    return Markup(
        '<svg class="chart-small" viewBox="0 0 100 12" aria-hidden="true">'
        f'<path class="chart-track" d="M0 1h100v10H0z"/><path class="chart-{look}" d="M0 1h{value:g}v10H0z"/></svg>'
    )


# What is to be drawn.


def _share_axis(page: Page) -> _Axis:
    half, whole = (page.t("figure-Percent", value=value) for value in (50, 100))
    return _Axis(((0.0, "0"), (50.0, half), (100.0, whole)), page.t("chart-shares"))


def _count_axis(page: Page, observations: Sequence[str]) -> _Axis:
    """Return an axis as far as the highest count, or the highest number that anything was counted among."""
    numbers = [page.records.value(name, number) for name in observations for number in (DUO.value, DUO.base)]
    end = max([_SHORTEST_COUNT, *(float(number) for number in numbers if number)])
    return _Axis(((0.0, "0"), (end, f"{end:g}")), page.t("chart-counts", n=f"{end:g}"))


def _chart(page: Page, question: str, observations: Sequence[str], axis: _Axis) -> Chart:
    bars = tuple(_bar(page, name) for name in observations)
    told = "; ".join(f"{bar.name}: {', '.join((bar.figure, *bar.notes))}" for bar in bars)
    return Chart(bars, axis.ticks, f"{page.plain(question)}. {axis.sentence}", f"{told}.", page.language)


def _bar(page: Page, observation: str) -> Bar:
    share, hedge = survey.share(page, observation), survey.hedge(page, observation)
    base = survey.known_base(page, observation)
    return Bar(
        _answer(page, observation),
        float(page.records.value(observation, DUO.value)) if share is None else share,
        survey.bare_figure(page, observation),
        tuple(note for note in (hedge, base) if note),
        light=share is not None and not base,
        open=bool(hedge),
    )


def _answer(page: Page, observation: str) -> str:
    return page.plain(page.records.value(observation, DUO.answer))


# How it stands on the page.


def _figure(page: Page, drawn: Chart, sentence: str, cache: Path) -> Markup:
    key = repr((source_hash(bar_charts, text_metrics), drawing_version(), drawn))
    picture = cached_text(cache / "charts", key, lambda: draw_chart(drawn))
    caption = f"<figcaption>{escape(sentence)}</figcaption>"
    lines = ['<figure class="chart" data-search-exclude="">', caption, picture, *_legend(page, drawn), "</figure>"]
    return Markup("\n".join(lines))


def _legend(page: Page, drawn: Chart) -> Iterator[str]:
    """Yield what the marks in a chart mean, as one list; nothing where it has none."""
    marks = [
        (LIGHT_SWATCH, "chart-light", any(bar.light for bar in drawn.bars)),
        (OPEN_SWATCH, "chart-open", any(bar.open for bar in drawn.bars)),
    ]
    entries = [f"<li>{swatch} {escape(page.t(code))}</li>" for swatch, code, used in marks if used]
    if entries:
        yield f'<ul class="chart-legend">{"".join(entries)}</ul>'


def _others(page: Page, observations: Sequence[str]) -> Iterator[Markup]:
    if observations:
        told = page.t("also-named", what="; ".join(_answer(page, name) for name in observations))
        yield Markup(f'<p class="chart-others" data-search-exclude="">{escape(told)}</p>')
