"""The start page: how much there is, and how well it is known, in figures and in one picture."""

from collections.abc import Mapping, Sequence

from markupsafe import Markup
from rdflib import DCTERMS, OWL

from kb.content.changes import Release
from kb.kinds import placed
from kb.namespaces import ONTOLOGY
from kb.pages.markdown import escape
from kb.pages.page import Page
from kb.pages.subjects.concept_pictures import kind_mark
from kb.pages.subjects.searches import known_up_to
from kb.pages.subjects.standings import having, terms
from kb.pages.thing import Values

# How many points of what is new the page tells.
_MOST_NEW = 4
# Kinds of which the mark stands beside a way into the site.
_DOORS = (
    "indicator", "implication", "pitfall", "question", "spectrum", "outcome", "framework", "source", "ask", "section",
    "gap", "about",
)  # fmt: skip
_COUNTED = placed(lambda kind: kind.front)


def overview(page: Page, *, releases: Mapping[str, Sequence[Release]]) -> Values:
    """Return how much there is and how well it is known, and what is new."""
    number, date = version(page)
    return {
        "figures": figures(page),
        "evidence": evidence_line(page),
        "up_to": known_up_to(page),
        "standings": standings_table(page),
        "version": page.t("front-new-version", version=number, date=date),
        "new": [[Markup(point) for point in release.points[:_MOST_NEW]] for release in releases[page.language][:1]],
        "marks": {kind: kind_mark(kind) for kind in _DOORS},
    }


def figures(page: Page) -> list[tuple[int, str, str]]:
    """Return how many there are of what, and the page that lists them."""
    records = page.records
    return [
        (len(records.things["source"]), page.t("front-sources"), page.file("source/index")),
        (len(records.claims), page.t("front-claims"), page.file("section/index")),
        (len(records.things["gap"]), page.t("front-gaps"), page.file("gap/index")),
        (len(records.things["caveat"]), page.t("front-caveats"), page.file("caveat/index")),
    ]


def evidence_line(page: Page) -> str:
    """Return how many of the times that a work bears on a claim rest on data, in one sentence."""
    items = [item for claim in page.records.claims.values() for item in claim.evidence]
    counting = [item for item in items if item.counts]
    own = [item for item in counting if set(item.studied_in) & set(page.records.own)]
    return page.t("front-evidence", items=len(items), studies=len(counting), own=len(own))


def standings_table(page: Page) -> Markup:
    """Return how many indicators, outcomes and pitfalls have each standing: a bar and its figure for each."""
    counts = {term: [len(having(page, term, kind)) for kind in _COUNTED] for term in terms(page)}
    most = max((n for row in counts.values() for n in row), default=0)
    heads = "".join(f'<th scope="col">{escape(page.t(f"front-many-{kind}"))}</th>' for kind in _COUNTED)
    rows = "".join(_row(page, term, row, most) for term, row in counts.items() if any(row))
    return Markup(
        f'<table class="strengths"><caption>{escape(page.t("front-standings"))}</caption>'
        f'<thead><tr><th scope="col">{escape(page.t("standing"))}</th>{heads}</tr></thead>'
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
    """Return the version of the content, and the day it is of, as written in the page's language."""
    issued = page.records.value(ONTOLOGY, DCTERMS.issued)
    return page.records.value(ONTOLOGY, OWL.versionInfo), page.day(issued)


OVERVIEWS = {"index": ("front", overview)}
