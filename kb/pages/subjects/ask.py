"""The competency questions on pages: all of them by group, and each with its answer and its SPARQL."""

import re

from markupsafe import Markup

from kb.answers import Cell, cells
from kb.content.knowledge_base import Table
from kb.content.queries import Query
from kb.namespaces import expand, kind_of
from kb.pages.markdown import escape
from kb.pages.page import Page
from kb.pages.thing import Values
from kb.words import has_phrase

# How many rows of an answer a page shows; the command line gives all.
MOST_ROWS = 100


def overview(page: Page) -> Values:
    """Return the questions by group, both in order of name: title, address and what the answer shows."""
    groups: dict[str, list[tuple[str, str, str]]] = {}
    for query in page.records.queries.values():
        groups.setdefault(query.group, []).append(
            (query.title(page.language), page.file(f"ask/{query.name}"), query.about(page.language))
        )
    return {"groups": [(page.t(f"group-{group}"), found) for group, found in sorted(groups.items())]}


def question(page: Page, query: Query, answer: Table) -> Values:
    """Return a question with the first rows of its answer, its parameters, and how to ask it oneself."""
    rows = answer.rows[:MOST_ROWS]
    count = {"shown": len(rows), "n": len(answer.rows)}
    return {
        "title": query.title(page.language),
        "about": query.about(page.language),
        "parameters": [_parameter(page, name, term) for name, term in query.defaults()],
        "columns": [_column(page, name) for name in answer.columns],
        "rows": [[_shown(page, cell) for cell in row] for row in cells(page.records, rows, page.language)],
        "count": page.t("answer-cut", **count) if len(rows) < len(answer.rows) else page.t("answer-rows", **count),
        "command": Markup(" ".join(["kb query", query.name, *(f"{name}={term}" for name, term in query.defaults())])),
        "sparql": fenced(query.body(), "sparql"),
    }


def moved(page: Page, query: Query) -> Values:
    """Return where a question now is whose old address this page has."""
    return {
        "title": query.title(page.language),
        "about": query.about(page.language),
        "path": f"ask/{query.name}",
        "name": query.name,
    }


def _parameter(page: Page, name: str, term: str) -> str:
    """Return in a sentence for what a parameter stands."""
    iri = expand(term)
    return page.t("parameter-default", name=name, value=page.plain(iri) if iri else term)


def _column(page: Page, name: str) -> str:
    """Return a column heading in words: the phrase of that name, or the variable's name."""
    return page.t(f"column-{name}") if has_phrase(f"column-{name}") else name


def _shown(page: Page, cell: Cell) -> Markup:
    """Return a value of an answer: a thing as a link, a term in words, anything else as text."""
    if kind_of(cell.iri):
        return page.link(cell.iri)
    return escape(cell.words or "–")


def fenced(text: str, language: str) -> Markup:
    """Return text as a code block, its fence longer than any in the text."""
    longest = max((len(run) for run in re.findall(r"`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return Markup("\n".join([f"{fence}{language}", *text.strip().splitlines(), fence]))


OVERVIEWS = {"ask/index": ("questions", overview)}
