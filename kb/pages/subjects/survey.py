"""The surveys on pages: their questions by theme, the answers to each, and what projects do about an indicator."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from markupsafe import Markup
from rdflib import DCTERMS

from kb.model.records import section_order
from kb.namespaces import DUO
from kb.pages.page import Page
from kb.pages.subjects import caveats
from kb.pages.subjects.sections_of_works import numbered
from kb.pages.subjects.survey_charts import chart, small_bar
from kb.pages.subjects.survey_figures import base, figure, figures_line, main_figures, observed
from kb.pages.thing import Thing, Values, things


@dataclass(frozen=True)
class Survey:
    """A survey: its name as a heading, how many took part, and by which works; "" where nothing is known of it."""

    heading: str
    respondents: str
    sources: list[Thing]


@dataclass(frozen=True)
class Shown:
    """A question in the list: its main figures, each as a bar, in words and with its answer."""

    thing: Thing
    figures: list[tuple[Markup, str, Markup]]


def overview(page: Page) -> Values:
    """Return the questions by survey, part and section; the title is "" of a section that is the part itself."""
    groups: dict[str, list[str]] = {}
    for question in page.records.things["question"]:
        groups.setdefault(survey_of(page, question), []).append(question)
    surveys = [(survey_head(page, name), _parts(page, name, questions)) for name, questions in sorted(groups.items())]
    return {"lead": page.t("survey-lead", surveys=named(page, page.records.things["question"])), "surveys": surveys}


def survey_head(page: Page, survey: str) -> Survey:
    """Return what stands above the questions of a survey; empty texts where nothing is known of it."""
    if not survey:
        return Survey("", "", [])
    took_part = page.t("survey-from", n=respondents(page, survey))
    return Survey(heading(page, survey), took_part, Thing(page, survey).sources)


def respondents(page: Page, survey: str) -> int:
    """Return how many took part in a survey."""
    return page.records.number(survey, DUO.respondents)


def practised(page: Page, indicator: str) -> list[str]:
    """Return the survey questions that show how far projects do what an indicator asks, in the order of the survey."""
    asked = page.records.values(indicator, DUO.practisedIn)
    return sorted(asked, key=lambda question: page.records.number(question, DUO.position))


def survey_of(page: Page, question: str) -> str:
    """Return the survey that a question is of; "" where nothing of it is known."""
    found = page.records.subjects(DUO.question, question)
    return next((page.records.survey_of(observation) for observation in found), "")


def surveys(page: Page, questions: Iterable[str]) -> list[str]:
    """Return the surveys that questions are of, each once, sorted."""
    return sorted({survey_of(page, question) for question in questions} - {""})


def title(page: Page, survey: str) -> str:
    """Return what a survey is called."""
    return page.records.text(survey, DCTERMS.title, page.language).words


def heading(page: Page, survey: str) -> str:
    """Return what a survey is called, as a heading."""
    words = title(page, survey)
    return words[:1].upper() + words[1:]


def named(page: Page, questions: Iterable[str]) -> str:
    """Return the surveys that questions are of, by name, each with how many took part."""
    told = (
        page.t("survey-named", title=title(page, survey), n=respondents(page, survey))
        for survey in surveys(page, questions)
    )
    return "; ".join(told)


def _parts(page: Page, survey: str, questions: Iterable[str]) -> list[tuple[str, list[tuple[str, list[Shown]]]]]:
    parts: dict[str, dict[str, list[str]]] = {}
    for question in sorted(questions, key=lambda name: _section(page, name)):
        part, section = (".".join(map(str, _section(page, question)[:depth])) for depth in (2, 3))
        parts.setdefault(part, {}).setdefault("" if section == part else section, []).append(question)
    return [
        (
            section_title(page, survey, part),
            [(section_title(page, survey, number), _shown(page, found)) for number, found in sections.items()],
        )
        for part, sections in parts.items()
    ]


def _shown(page: Page, questions: Iterable[str]) -> list[Shown]:
    return [
        Shown(
            Thing(page, question),
            [(small_bar(page, name), words, answer) for answer, words, name in main_figures(page, question)],
        )
        for question in questions
    ]


def _section(page: Page, question: str) -> tuple[int, ...]:
    return section_order(page.records.value(question, DUO.section))


def section_title(page: Page, survey: str, number: str) -> str:
    """Return the title of a section of the work that reports a survey; "" where there is no number.

    Where the table of contents of the work is not known, return the section's number in words.
    """
    found = _section_of(page, survey, number)
    if found:
        return page.plain(found)
    return page.t("section-of", section=number) if number else ""


def _section_of(page: Page, survey: str, number: str) -> str | None:
    return numbered(page, page.records.value(survey, DCTERMS.source)).get(number)


def section_heading(page: Page, survey: str, number: str) -> str:
    """Return the title of a section as `section_title` does, with its number before it where there is a title."""
    title = section_title(page, survey, number)
    return f"{number} {title}" if _section_of(page, survey, number) else title


# -- sections


def answers(page: Page) -> Values:
    """Return the answers to the page's question in their order: answer, figure in words, base in words; and by whom."""
    found = page.records.subjects(DUO.question, page.iri)
    sources = sorted({source for name in found for source in page.records.values(name, DCTERMS.source)})
    return {
        "rows": [
            (Thing(page, answer), figure(page, name), base(page, name)) for answer, name in observed(page, page.iri)
        ],
        "sources": things(page, sources),
        "section": page.records.value(page.iri, DUO.section),
    }


def charts(page: Page, *, cache: Path) -> Values | None:
    """Return the figures of the page's question as pictures; None where it has no figure."""
    picture = chart(page, page.iri, cache=cache)
    return {"picture": picture} if picture else None


@dataclass(frozen=True)
class Practised:
    """A question that shows what projects do: its figures as a picture or on one line, and what is to be minded."""

    thing: Thing
    figures: Markup
    caveats: list[caveats.Caveat]
    more: int


def practice(page: Page, *, cache: Path) -> Values | None:
    """Return how far projects do what the page's indicator asks; None where no survey asked after it."""
    asked = practised(page, page.iri)
    if not asked:
        return None
    return {"surveys": named(page, asked), "questions": [_practised(page, question, cache) for question in asked]}


def _practised(page: Page, question: str, cache: Path) -> Practised:
    figures = chart(page, question, cache=cache) or figures_line(page, question)
    return Practised(Thing(page, question), figures, *caveats.beside_question(page, question))


OVERVIEWS = {"question/index": ("survey", overview)}
SECTIONS = {"chart": charts, "practice": practice, "survey-answers": answers}
