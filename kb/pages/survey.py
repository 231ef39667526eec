"""The survey as it is shown: each answer with the figure as reported, in words, and what it is a share of."""

from markupsafe import Markup
from rdflib import DCTERMS

from kb.markdown import escape
from kb.namespaces import DUO
from kb.pages.page import Page
from kb.records import section_order

# Shares that the report gives in words.
FRACTIONS = {0.25: "fraction-quarter", 0.333: "fraction-third", 0.5: "fraction-half", 1.0: "fraction-all"}
_MOST_IN_LIST = 4


def survey_answers(page: Page, question: str) -> list[tuple[Markup, str, str]]:
    """The answers to a question in the order of the report: answer, figure in words, base in words."""
    return [(page.label(answer), figure(page, found), base(page, found)) for answer, found in _observed(page, question)]


def _observed(page: Page, question: str) -> list[tuple[str, str]]:
    records = page.records
    found = [(records.value(name, DUO.answer), name) for name in records.subjects(DUO.question, question)]
    return sorted(found, key=lambda pair: (records.number(pair[0], DUO.position), pair))


def figure(page: Page, observation: str) -> str:
    """A figure as the report gives it, with the word that qualifies it; or that the answer is named without one."""
    value = page.records.value(observation, DUO.value)
    if not value:
        return page.t("named-without-figure")
    hedge = page.records.value(observation, DUO.hedge)
    unit = page.records.value(observation, DUO.unit).removeprefix(str(DUO))
    words = page.t(f"figure-{unit}", value=_number(page, float(value)))
    if unit == "Fraction" and float(value) in FRACTIONS:
        words = page.t(FRACTIONS[float(value)])
    return f"{words} ({page.t('report-words', words=hedge)})" if hedge else words


def _number(page: Page, value: float) -> str:
    text = f"{value:g}"
    return text.replace(".", ",") if page.language == "nl" else text


def base(page: Page, observation: str) -> str:
    """What a share is of, and how that is known."""
    records = page.records
    if not records.value(observation, DUO.value) or records.value(observation, DUO.unit) == str(DUO.Count):
        return "–"
    number = records.value(observation, DUO.base)
    status = records.value(observation, DUO.baseStatus)
    return page.t("base-of", n=number, status=page.plain(status)) if number else page.t("base-unknown")


def questions_by_section(page: Page) -> list[tuple[str, list[str]]]:
    """The survey questions by the section that reports them."""
    groups: dict[str, list[str]] = {}
    for question in page.records.things["question"]:
        groups.setdefault(page.records.value(question, DUO.section), []).append(question)
    return sorted(groups.items(), key=lambda pair: section_order(pair[0]))


def practised(page: Page, indicator: str) -> list[str]:
    """The survey questions that show how far projects do what an indicator asks, in the order of the survey."""
    asked = page.records.values(indicator, DUO.practisedIn)
    return sorted(asked, key=lambda question: page.records.number(question, DUO.position))


def main_figures(page: Page, question: str) -> Markup:
    """The first few answers with a figure, on one line."""
    records = page.records
    observed = [(a, o) for a, o in _observed(page, question) if records.value(o, DUO.value)]
    parts = [
        Markup(f"{page.label(answer)} {escape(figure(page, found))}") for answer, found in observed[:_MOST_IN_LIST]
    ]
    return Markup("; ").join(parts) if parts else escape(page.t("named-without-figure"))


def survey_sources(page: Page, question: str) -> list[str]:
    """The works that report the answers to a question."""
    found = page.records.subjects(DUO.question, question)
    return sorted({source for name in found for source in page.records.values(name, DCTERMS.source)})
