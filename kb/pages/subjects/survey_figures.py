"""The figures of a survey in words: each answer as its work gives it, and what it is a share of."""

from markupsafe import Markup

from kb.namespaces import DUO
from kb.pages.markdown import escape
from kb.pages.page import Page
from kb.words import language_data

# Shares that works give in words.
FRACTIONS = {0.25: "fraction-quarter", 0.333: "fraction-third", 0.5: "fraction-half", 1.0: "fraction-all"}
_MOST_IN_LIST = 4


def observed(page: Page, question: str) -> list[tuple[str, str]]:
    """Return the answers to a question in their order, each with its observation."""
    records = page.records
    found = [(records.value(name, DUO.answer), name) for name in records.subjects(DUO.question, question)]
    return sorted(found, key=lambda pair: (records.number(pair[0], DUO.position), pair))


def figure(page: Page, observation: str) -> str:
    """Return a figure as its work gives it, with the word that qualifies it, or that it is named without a figure."""
    if not has_figure(page, observation):
        return page.t("named-without-figure")
    words, qualified = bare_figure(page, observation), hedge(page, observation)
    return f"{words} ({qualified})" if qualified else words


def has_figure(page: Page, observation: str) -> bool:
    """Return whether there is a figure, and not only a mention."""
    return bool(page.records.value(observation, DUO.value))


def bare_figure(page: Page, observation: str) -> str:
    """Return a figure in words or digits, without the word that qualifies it."""
    value, of = float(page.records.value(observation, DUO.value)), unit(page, observation)
    if of == "Fraction" and value in FRACTIONS:
        return page.t(FRACTIONS[value])
    return page.t(f"figure-{of}", value=in_digits(page, value))


def hedge(page: Page, observation: str) -> str:
    """Return the words with which the work qualifies a figure, and that they are its own; "" where there are none."""
    words = page.records.value(observation, DUO.hedge)
    return page.t("words-of-work", words=words) if words else ""


def unit(page: Page, observation: str) -> str:
    """Return the unit of a figure: "Percent", "Count" or "Fraction"."""
    return page.records.term(observation, DUO.unit)


def share(page: Page, observation: str) -> float | None:
    """Return a figure as a share in per cent, a fraction told in words too; None for a count."""
    value = float(page.records.value(observation, DUO.value))
    return {"Percent": value, "Fraction": 100 * value}.get(unit(page, observation))


def in_digits(page: Page, value: float) -> str:
    """Return a number with the decimal sign of the page's language."""
    return f"{value:g}".replace(".", language_data(page.language).decimal_sign)


def base(page: Page, observation: str) -> str:
    """Return what a figure is a part of, and how that is known, or that it is not known.

    A dash stands where a count or a bare mention tells nothing of it.
    """
    needs_one = has_figure(page, observation) and unit(page, observation) != "Count"
    return known_base(page, observation) or (page.t("base-unknown") if needs_one else "–")


def known_base(page: Page, observation: str) -> str:
    """Return what a figure is a part of, and how that is known; "" where it is not."""
    number = page.records.value(observation, DUO.base)
    status = page.records.value(observation, DUO.baseStatus)
    return page.t("base-of", n=number, status=page.plain(status)) if number else ""


def main_figures(page: Page, question: str) -> list[tuple[Markup, str, str]]:
    """Return the first few answers with a figure: answer, figure in words, observation."""
    found = [(answer, name) for answer, name in observed(page, question) if has_figure(page, name)]
    return [(page.label(answer), figure(page, name), name) for answer, name in found[:_MOST_IN_LIST]]


def figures_line(page: Page, question: str) -> Markup:
    """Return the first few answers with a figure, on one line; or that the answers are named without one."""
    parts = [Markup(f"{answer} {escape(words)}") for answer, words, _ in main_figures(page, question)]
    return Markup("; ").join(parts) if parts else escape(page.t("named-without-figure"))
