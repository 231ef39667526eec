"""The shares of each survey turned back into whole counts, as they are shown: rows, verdicts in words, sums."""

from collections import Counter
from dataclasses import dataclass

from markupsafe import Markup

from kb.model.percentages import MOST_MISSING, Outcome, Recomputed, Share, recompute
from kb.model.records import section_order
from kb.namespaces import DUO, of_kind
from kb.pages.page import Page
from kb.pages.subjects import caveats
from kb.pages.subjects.survey import respondents, section_heading, survey_head
from kb.pages.subjects.survey_figures import base, figure, in_digits
from kb.pages.thing import Thing, Values


@dataclass(frozen=True)
class Row:
    """One share: question and answer, the rest in words; `care` links the caveats about it."""

    question: Thing
    answer: Thing
    figure: str
    base: str
    counts: str
    verdict: str
    care: Markup


def overview(page: Page) -> Values:
    """Return how shares are turned back into counts, and for each survey its head, its sums and its rows by section."""
    return {
        "how": how(page),
        "surveys": [
            (survey_head(page, survey), sums(page, survey), rows_by_section(page, survey)) for survey in surveys(page)
        ],
    }


def surveys(page: Page) -> list[str]:
    """Return the surveys that have shares."""
    return sorted({page.records.survey_of(observation) for observation in page.records.shares})


def _shares(page: Page, survey: str) -> dict[str, Share]:
    found = page.records.shares.items()
    return {observation: share for observation, share in found if page.records.survey_of(observation) == survey}


def rows_by_section(page: Page, survey: str) -> list[tuple[str, list[Row]]]:
    """Return every share of a survey by the section that reports it, in the order of questions and answers."""
    groups: dict[str, list[Row]] = {}
    for observation in sorted(_shares(page, survey), key=lambda name: _order(page, name)):
        groups.setdefault(page.records.value(observation, DUO.section), []).append(_row(page, observation))
    in_order = sorted(groups.items(), key=lambda pair: section_order(pair[0]))
    return [(section_heading(page, survey, section), rows) for section, rows in in_order]


def _order(page: Page, observation: str) -> tuple[int, int, str]:
    things = (page.records.value(observation, axis) for axis in (DUO.question, DUO.answer))
    question, answer = (page.records.number(thing, DUO.position) for thing in things)
    return question, answer, observation


def _row(page: Page, observation: str) -> Row:
    share = page.records.shares[observation]
    found = recompute(share)
    return Row(
        Thing(page, page.records.value(observation, DUO.question)),
        Thing(page, page.records.value(observation, DUO.answer)),
        figure(page, observation),
        base(page, observation) if share.base else page.t("base-of-unknown"),
        "; ".join(_counts(page, whole, counts) for whole, counts in found.found) or "–",
        page.t(_verdict(page, observation, found), n=share.everyone),
        _care(page, observation),
    )


def _counts(page: Page, base: int, counts: tuple[int, ...]) -> str:
    first, last = counts[0], counts[-1]
    return page.t("count-of" if first == last else "counts-of", first=first, last=last, base=base)


def _verdict(page: Page, observation: str, found: Recomputed) -> str:
    known = page.records.shares[observation].base
    return f"share-{found.outcome}" if known else f"share-{found.outcome}-of-all"


def _care(page: Page, observation: str) -> Markup:
    """Return links to the caveats about the observation or its question, the weightiest first."""
    found = caveats.weighed(page, sorted(_caveats(page, observation)))
    return Markup(", ").join(page.link(one.thing.iri, one.weight) for one in found) or Markup("–")


def _caveats(page: Page, observation: str) -> set[str]:
    """Return the caveats about an observation or about its question, without those about other answers to it."""
    things = (observation, page.records.value(observation, DUO.question))
    return set(of_kind((name for thing in things for name in page.records.subjects(DUO.about, thing)), "caveat"))


def sums(page: Page, survey: str) -> list[str]:
    """Return how many shares of a survey fit, fit only with a smaller number, and fit nothing, in sentences."""
    shares = _shares(page, survey).values()
    number = Counter(recompute(share).outcome for share in shares)
    everyone = respondents(page, survey)
    return [
        page.counted(f"sum-{outcome}", number[outcome], shares=len(shares), everyone=everyone) for outcome in Outcome
    ]


def how(page: Page) -> list[str]:
    """Return how shares are turned back into counts, in sentences.

    One on words that leave room is among them only where a survey has such words.
    """
    rooms = {share.hedge.room for share in page.records.shares.values() if share.hedge}
    told = [
        page.t("recomputed-rounding"),
        page.t("recomputed-hedges", room=in_digits(page, float(max(rooms)))) if any(rooms) else "",
        page.t("recomputed-bases", most=MOST_MISSING),
        page.t("recomputed-alone"),
    ]
    return [sentence for sentence in told if sentence]


OVERVIEWS = {"question/recomputed": ("recomputed", overview)}
