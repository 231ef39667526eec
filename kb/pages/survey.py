"""Surveys as they are shown: each answer with the figure as reported, in words, and what it is a share of."""

from collections.abc import Iterable

from markupsafe import Markup
from rdflib import DCTERMS

from kb.markdown import escape
from kb.namespaces import DUO
from kb.pages.page import Page
from kb.pages.sections import numbered
from kb.records import section_order

# Shares that works give in words.
FRACTIONS = {0.25: "fraction-quarter", 0.333: "fraction-third", 0.5: "fraction-half", 1.0: "fraction-all"}
_MOST_IN_LIST = 4


def survey_answers(page: Page, question: str) -> list[tuple[Markup, str, str]]:
    """The answers to a question in their order: answer, figure in words, base in words."""
    return [(page.label(answer), figure(page, found), base(page, found)) for answer, found in observed(page, question)]


def observed(page: Page, question: str) -> list[tuple[str, str]]:
    """The answers to a question in their order, each with its observation."""
    records = page.records
    found = [(records.value(name, DUO.answer), name) for name in records.subjects(DUO.question, question)]
    return sorted(found, key=lambda pair: (records.number(pair[0], DUO.position), pair))


def figure(page: Page, observation: str) -> str:
    """A figure as its work gives it, with the word that qualifies it; or that the answer is named without one."""
    if not has_figure(page, observation):
        return page.t("named-without-figure")
    words, qualified = bare_figure(page, observation), hedge(page, observation)
    return f"{words} ({qualified})" if qualified else words


def has_figure(page: Page, observation: str) -> bool:
    """Whether there is a figure, and not only a mention."""
    return bool(page.records.value(observation, DUO.value))


def bare_figure(page: Page, observation: str) -> str:
    """A figure in words or digits, without the word that qualifies it."""
    value, of = float(page.records.value(observation, DUO.value)), unit(page, observation)
    if of == "Fraction" and value in FRACTIONS:
        return page.t(FRACTIONS[value])
    return page.t(f"figure-{of}", value=in_digits(page, value))


def hedge(page: Page, observation: str) -> str:
    """The words with which the work qualifies a figure, and that they are the work's; "" where there are none."""
    words = page.records.value(observation, DUO.hedge)
    return page.t("words-of-work", words=words) if words else ""


def unit(page: Page, observation: str) -> str:
    """The unit of a figure: "Percent", "Count" or "Fraction"."""
    return page.records.value(observation, DUO.unit).removeprefix(str(DUO))


def share(page: Page, observation: str) -> float | None:
    """A figure as a share in per cent, a fraction told in words too; None for a count."""
    value = float(page.records.value(observation, DUO.value))
    return {"Percent": value, "Fraction": 100 * value}.get(unit(page, observation))


def in_digits(page: Page, value: float) -> str:
    """A number with the decimal sign of the page's language."""
    text = f"{value:g}"
    return text.replace(".", ",") if page.language == "nl" else text


def base(page: Page, observation: str) -> str:
    """What a figure is a part of, and how that is known; a dash where a count or a bare mention tells nothing of it."""
    needs_one = has_figure(page, observation) and unit(page, observation) != "Count"
    return known_base(page, observation) or (page.t("base-unknown") if needs_one else "–")


def known_base(page: Page, observation: str) -> str:
    """What a figure is a part of, and how that is known; "" where it is not."""
    number = page.records.value(observation, DUO.base)
    status = page.records.value(observation, DUO.baseStatus)
    return page.t("base-of", n=number, status=page.plain(status)) if number else ""


def practised(page: Page, indicator: str) -> list[str]:
    """The survey questions that show how far projects do what an indicator asks, in the order of their survey."""
    asked = page.records.values(indicator, DUO.practisedIn)
    return sorted(asked, key=lambda question: page.records.number(question, DUO.position))


def survey_of(page: Page, question: str) -> str:
    """The survey that a question is of; "" where nothing of it is known."""
    found = page.records.subjects(DUO.question, question)
    return next((page.records.survey_of(observation) for observation in found), "")


def surveys(page: Page, questions: Iterable[str]) -> list[str]:
    """The surveys that questions are of, each once."""
    return sorted({survey_of(page, question) for question in questions} - {""})


def title(page: Page, survey: str) -> str:
    """What a survey is called."""
    return page.records.text(survey, DCTERMS.title, page.language).words


def heading(page: Page, survey: str) -> str:
    """What a survey is called, as a heading."""
    words = title(page, survey)
    return words[:1].upper() + words[1:]


def named(page: Page, questions: Iterable[str]) -> str:
    """The surveys that questions are of, by name, each with how many took part."""
    told = (
        page.t("survey-named", title=title(page, survey), n=page.records.number(survey, DUO.respondents))
        for survey in surveys(page, questions)
    )
    return "; ".join(told)


def questions_by_theme(page: Page) -> list[tuple[str, list[tuple[str, list[tuple[str, list[str]]]]]]]:
    """The questions by survey, part and section: [(survey, [(title of the part, [(title, questions), …]), …]), …].

    The title is "" of a section that is the part itself.
    """
    groups: dict[str, list[str]] = {}
    for question in page.records.things["question"]:
        groups.setdefault(survey_of(page, question), []).append(question)
    return [(survey, _parts(page, survey, questions)) for survey, questions in sorted(groups.items())]


def _parts(page: Page, survey: str, questions: Iterable[str]) -> list[tuple[str, list[tuple[str, list[str]]]]]:
    parts: dict[str, dict[str, list[str]]] = {}
    for question in sorted(questions, key=lambda name: _section(page, name)):
        part, section = (".".join(map(str, _section(page, question)[:depth])) for depth in (2, 3))
        parts.setdefault(part, {}).setdefault("" if section == part else section, []).append(question)
    return [
        (
            section_title(page, survey, part),
            [(section_title(page, survey, number), found) for number, found in sections.items()],
        )
        for part, sections in parts.items()
    ]


def _section(page: Page, question: str) -> tuple[int, ...]:
    return section_order(page.records.value(question, DUO.section))


def section_title(page: Page, survey: str, number: str) -> str:
    """The title of a section of the work that reports a survey; its number where its table of contents is not known."""
    found = numbered(page, page.records.value(survey, DCTERMS.source)).get(number)
    if found:
        return page.plain(found)
    return page.t("section-of", section=number) if number else ""


def section_heading(page: Page, survey: str, number: str) -> str:
    """The same, with the number before it where there is a title."""
    found = section_title(page, survey, number)
    return f"{number} {found}" if number not in found else found


def main_figures(page: Page, question: str) -> list[tuple[Markup, str, str]]:
    """The first few answers with a figure: answer, figure in words, observation."""
    found = [(answer, name) for answer, name in observed(page, question) if has_figure(page, name)]
    return [(page.label(answer), figure(page, name), name) for answer, name in found[:_MOST_IN_LIST]]


def survey_sources(page: Page, question: str) -> list[str]:
    """The works that report the answers to a question."""
    found = page.records.subjects(DUO.question, question)
    return sorted({source for name in found for source in page.records.values(name, DCTERMS.source)})


def figures_line(page: Page, question: str) -> Markup:
    """The first few answers with a figure, on one line; or that the answers are named without one."""
    parts = [Markup(f"{answer} {escape(words)}") for answer, words, _ in main_figures(page, question)]
    return Markup("; ").join(parts) if parts else escape(page.t("named-without-figure"))
