"""How far a thing has been studied and what that comes down to, as pages show it: one count, from the same evidence."""

from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup
from rdflib import SKOS

from kb.kinds import KINDS, names
from kb.model.evidence import COMPARISONS, Study, Tally, by_intervention, tally
from kb.model.fixed_sentences import CERTAINTIES
from kb.model.judgements import Judgement, claims_judged_about, judgements_of, sentence
from kb.model.records import DIRECTIONS, Claim
from kb.namespaces import DUO, kind_of
from kb.pages.markdown import escape
from kb.pages.page import Page
from kb.pages.subjects.searches import known_up_to
from kb.pages.thing import Values

# Kinds of which a reader asks whether it is really known.
ASKED = names(kind for kind in KINDS.values() if kind.standing)
# How many sentences a list shows of one thing.
MOST_SENTENCES = 2


@dataclass(frozen=True)
class Told:
    """A judgement in its fixed sentence."""

    claim: Claim
    judged: Judgement
    sentence: str


@dataclass(frozen=True)
class Part:
    """What single studies, or what reviews, found for a thing, in words.

    `how_many` tells how many there are; `found` how many found what, `compared` how many compared how, and `known` how
    many are known how.
    """

    how_many: str
    found: str
    compared: str
    known: str


@dataclass(frozen=True)
class Row:
    """What studies of one intervention found for a thing; `own` tells whether this base or the page is about it.

    `name` is a link to the intervention, or that it is not known on what they were. Single studies and reviews are
    parts of their own: a review is never added to the studies that it may pool.
    """

    intervention: str
    name: Markup
    own: bool
    parts: tuple[Part, ...]


def section(page: Page) -> Values:
    """Return how far the page's thing was studied: the standing, its meaning, what is only said, the rows."""
    name = standing(page, page.iri)
    return {
        "standing": page.term(name) if name else "",
        "meaning": page.text(SKOS.definition, str(DUO[name])) if name else "",
        "sayings": sayings_line(page, page.iri) if name else "",
        "rows": rows(page, page.iri) if name else [],
        "up_to": known_up_to(page),
    }


def terms(page: Page) -> list[str]:
    """Return the standings in their order."""
    return page.closed_list("Standing")


def having(page: Page, term: str, kind: str) -> list[str]:
    """Return the things of a kind that have a standing."""
    found = set(page.records.subjects(DUO.standing, term))
    return [iri for iri in page.records.things[kind] if iri in found]


def standing(page: Page, iri: str) -> str:
    """Return the standing of a thing, such as "ListedOnly"; "" where it has none."""
    return page.records.term(iri, DUO.standing)


def badge(page: Page, iri: str) -> Markup:
    """Return the standing in words, with how many studies there are; "" where a thing has none."""
    name = standing(page, iri)
    if not name:
        return Markup("")
    more = count_line(page, iri) if name == "StudiedNotJudged" else ""
    sign = escape(page.records.value(str(DUO[name]), SKOS.notation))  # standings differ in shape, not in colour alone
    mark = Markup(f'<span aria-hidden="true">{sign}</span> {escape(page.term(name))}')
    counted = Markup(f' <span class="strength">{escape(more)}</span>') if more else Markup("")
    return Markup(f'<span class="state state-{name}">{mark}</span>{counted}')


def short(page: Page, iri: str) -> Markup:
    """Return what a list says of a thing: the first of its fixed sentences where it was judged, else its standing."""
    told = sentences(page, iri)
    if not told:
        return badge(page, iri)
    shown = [Markup(f'<span class="fixed-sentence">{escape(one.sentence)}</span>') for one in told[:MOST_SENTENCES]]
    more = len(told) - len(shown)
    left = [Markup(f"<small>{escape(page.counted('more-sentences', more))}</small>")] if more else []
    return Markup(" ").join([*shown, *left])


def sentences(page: Page, iri: str) -> list[Told]:
    """Return what was judged about a thing, in fixed sentences: on what this base is about first."""
    claims = claims_judged_about(page.records, iri)
    found = [
        Told(claim, judged, sentence(page.records, judged, page.language))
        for claim in claims
        for judged in judgements_of(page.records, claim.iri)
    ]
    return sorted(found, key=lambda told: _order(page, told))


def _order(page: Page, told: Told) -> tuple[bool, int, bool, str]:
    """Return a sort key: what this base is about first, then what is surest, then what an intervention does.

    What helps an intervention comes after what it does.
    """
    borrowed, of_factor = told.claim.intervention not in page.records.own, told.claim.kind == "Factor"
    return borrowed, CERTAINTIES.index(told.judged.certainty), of_factor, told.claim.iri


def judged(page: Page, iri: str) -> list[str]:
    """Return the fixed sentences about a thing, or of a claim that asks after an effect or a factor."""
    if kind_of(iri) == "claim":
        found = judgements_of(page.records, iri)
        return [sentence(page.records, one, page.language) for one in found]
    return [told.sentence for told in sentences(page, iri)]


def counted(page: Page, iri: str) -> Tally:
    """Return what stands behind a thing: the studies and reviews that count, and the works that only say something."""
    return tally(page.records.weighing_on(iri), page.records.evidence_about(iri))


def count_line(page: Page, iri: str) -> str:
    """Return how many studies and reviews count for a thing and on what, in a few words; "" where none does."""
    found = counted(page, iri)
    if not found.counted:
        return ""
    return page.t("studied-on", how_many=how_many(page, found.counted), what=_on_what(page, found.counted))


def how_many(page: Page, found: Iterable[Study]) -> str:
    """Return how many single studies and how many reviews, which are never added up."""
    pooled = [study.pooled for study in found]
    told = [page.counted("single-studies", pooled.count(False)), page.counted("reviews", pooled.count(True))]
    return page.joined(words for words in told if words)


def _on_what(page: Page, found: Iterable[Study]) -> str:
    groups = by_intervention(found, page.records.own)
    return page.joined(page.studied(iri) if iri else page.t("unknown-intervention") for iri in groups)


def sayings_line(page: Page, iri: str) -> str:
    """Return how many works only say, list or describe it, in a sentence; "" where none does."""
    found = counted(page, iri)
    return page.counted("more-sayings" if found.counted else "sayings", len(found.sayings))


def rows(page: Page, iri: str) -> list[Row]:
    """Return what studies found, by intervention: those that this base is about first, then what is borrowed."""
    groups = by_intervention(counted(page, iri).counted, page.records.own)
    whole = kind_of(iri) == "concept"  # for an intervention counts only what was studied in it or a kind of it
    return [
        _row(page, intervention, found, own=whole or intervention in page.records.own)
        for intervention, found in groups.items()
    ]


def _row(page: Page, intervention: str, found: list[Study], *, own: bool) -> Row:
    apart = ([study for study in found if study.pooled is pooled] for pooled in (False, True))
    return Row(intervention, _name(page, intervention), own, tuple(_part(page, some) for some in apart if some))


def _name(page: Page, intervention: str) -> Markup:
    if not intervention:
        return escape(page.t("not-known-on-what").capitalize())
    return page.link(intervention, page.studied(intervention))


def _part(page: Page, found: list[Study]) -> Part:
    return Part(
        how_many(page, found),
        _counts(page, "finds", (study.direction for study in found), DIRECTIONS),
        _counts(page, "compared", (study.comparison for study in found), COMPARISONS),
        _counts(page, "known", (_known(page, study) for study in found), _KNOWN),
    )


_KNOWN = ("FullText", "Abstract", "SecondaryCitation")


def _known(page: Page, study: Study) -> str:
    """Return how a study is best known: by the most that was read of one of its works, else through another work."""
    read = {page.records.value(item.source, DUO.extentRead) for item in study.items if item.read_as == "Original"}
    return next((name for name in _KNOWN[:2] if str(DUO[name]) in read), _KNOWN[2])


def _counts(page: Page, code: str, values: Iterable[str], order: Iterable[str]) -> str:
    """Return how often each value occurs, in words."""
    found = list(values)
    return ", ".join(page.counted(f"{code}-{name}", found.count(name)) for name in order if name in found)


SECTIONS = {"how-known": section}
