"""The start page: how much there is, and how well it is known, in figures and in one picture."""

from collections.abc import Sequence

from markupsafe import Markup
from rdflib import DCTERMS, OWL

from kb.markdown import escape
from kb.namespaces import DUO
from kb.pages.page import Page
from kb.pages.strengths import having, terms

_VOCABULARY = str(DUO).rstrip("#")
_KINDS = ("indicator", "outcome", "pitfall")


def figures(page: Page) -> list[tuple[int, str, str]]:
    """How many there are of what, and the page that lists them."""
    records = page.records
    return [
        (len(records.things["source"]), page.t("front-sources"), page.file("source/index")),
        (len(records.claims), page.t("front-claims"), page.file("section/index")),
        (len(records.things["gap"]), page.t("front-gaps"), page.file("gap/index")),
        (len(records.things["caveat"]), page.t("front-caveats"), page.file("caveat/index")),
    ]


def directness(page: Page) -> str:
    """How often the evidence is about the thing itself, in one sentence."""
    items = [item for claim in page.records.claims.values() for item in claim.evidence]
    count = {kind: sum(item.directness == kind for item in items) for kind in ("Direct", "Indirect", "")}
    return page.t(
        "front-directness", items=len(items), direct=count["Direct"], borrowed=count["Indirect"], open=count[""]
    )


def strength_table(page: Page) -> Markup:
    """How many indicators, outcomes and pitfalls bear each label for strength: a bar and its figure, label by label."""
    labels = terms(page, "EvidenceStrength")
    counts = {term: [len(having(page, term, kind)) for kind in _KINDS] for term in labels}
    most = max((n for row in counts.values() for n in row), default=0)
    heads = "".join(f'<th scope="col">{escape(page.t(f"front-many-{kind}"))}</th>' for kind in _KINDS)
    rows = "".join(_row(page, term, row, most) for term, row in counts.items() if any(row))
    return Markup(
        f'<table class="strengths"><caption>{escape(page.t("front-strengths"))}</caption>'
        f'<thead><tr><th scope="col">{escape(page.t("front-strength"))}</th>{heads}</tr></thead>'
        f"<tbody>{rows}</tbody></table>"
    )


def _row(page: Page, term: str, counts: Sequence[int], most: int) -> str:
    cells = "".join(f"<td><b>{n}</b>{_bar(n, most)}</td>" for n in counts)
    return f'<tr><th scope="row">{page.label(term)}</th>{cells}</tr>'


def _bar(n: int, most: int) -> str:
    width = f"{100 * n / most:.1f}" if most else "0"
    return (
        '<svg viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">'
        f'<path class="strength-track" d="M0 0h100v8H0z"/><path class="strength-bar" d="M0 0h{width}v8H0z"/></svg>'
    )


def version(page: Page) -> tuple[str, str]:
    """The version of the content, and the day it is of, as written in the page's language."""
    number = page.records.value(_VOCABULARY, OWL.versionInfo)
    year, month, day = page.records.value(_VOCABULARY, DCTERMS.issued).split("-")
    return number, f"{int(day)} {page.t(f'month-{int(month)}')} {year}"
