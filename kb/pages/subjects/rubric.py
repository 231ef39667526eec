"""How we judge: what each standing, basis and certainty means, and which things have which standing."""

from rdflib import RDFS

from kb.kinds import placed
from kb.namespaces import DUO
from kb.pages.page import Page
from kb.pages.subjects.standings import having, terms
from kb.pages.thing import Thing, Values, things

# The closed lists that the page explains: what evidence is, and what makes it sure.
_EVIDENCE = ("Basis", "Comparison", "ExtentRead")
_CERTAINTY = ("Certainty", "Finding", "ReasonKind")
# How many points the phrases rubric-how-1, rubric-how-2, … tell.
_POINTS = 7
_COUNTED = placed(lambda kind: kind.front)


def overview(page: Page) -> Values:
    """Return the standings with what has each, the closed lists with their members, and the steps of judging."""
    having_each = {kind: _by_standing(page, kind) for kind in _COUNTED}
    return {
        "kinds": [page.t(f"many-short-{kind}") for kind in _COUNTED],
        "standings": [
            (Thing(page, term), [len(found[term]) for found in having_each.values()]) for term in terms(page)
        ],
        "evidence": [_list(page, name) for name in _EVIDENCE],
        "certainty": [_list(page, name) for name in _CERTAINTY],
        "points": [page.t(f"rubric-how-{point}") for point in range(1, _POINTS + 1)],
        "question": page.question_link("standings"),
        "which": [
            (page.t(f"many-short-{kind}"), [(Thing(page, term), found) for term, found in groups.items() if found])
            for kind, groups in having_each.items()
        ],
    }


def _by_standing(page: Page, kind: str) -> dict[str, list[Thing]]:
    return {term: things(page, having(page, term, kind)) for term in terms(page)}


def _list(page: Page, name: str) -> tuple[str, list[Thing]]:
    """Return a closed list: what it is called, and its members."""
    title = page.records.text(str(DUO[name]), RDFS.label, page.language).words
    return title, things(page, page.closed_list(name))


OVERVIEWS = {"rubric": ("rubric", overview)}
