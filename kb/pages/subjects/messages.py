"""What a page opens with: the key message of its thing, what a project can do with it, and what each rests on."""

from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup
from rdflib import PROV, SKOS

from kb.kinds import placed
from kb.model.judgements import judgement, sentence
from kb.namespaces import DUO, kind_of, of_kind
from kb.pages.markdown import escape
from kb.pages.page import Page
from kb.pages.subjects import caveats, effects, standings
from kb.pages.subjects.claims import study
from kb.pages.subjects.survey_figures import figure
from kb.pages.thing import Thing, Values
from kb.words import has_phrase

# Kinds whose pages open with a message, in the order in which the overview lists them.
ORDER = placed(lambda kind: kind.message)


@dataclass(frozen=True)
class Advice:
    """A message or an implication, with what it rests on: works by name, "" for caveats or gaps alone, and grounds.

    Each ground is raw HTML: what it says, linked to its place, and how that is known.
    """

    thing: Thing
    works: str
    grounds: list[Markup]


@dataclass(frozen=True)
class InShort:
    """What a list says of a thing: how it was judged or how far studied, and where it was not judged what it is."""

    thing: Thing
    standing: Markup
    text: Markup


def opening(page: Page) -> Values | None:
    """Return what the page opens with: the first fixed sentences, the key message, how sure it is; None for none.

    `told` holds fixed sentences as links, with certainty and weight in words; `more` is how many there are besides.
    """
    key, badge = message(page, page.iri), Markup("")
    told: list[standings.Told] = []
    if kind_of(page.iri) in standings.ASKED:
        told, badge = standings.sentences(page, page.iri), standings.badge(page, page.iri)
    if not key and not badge:
        return None
    return {
        "told": [_told(page, one) for one in told[: standings.MOST_SENTENCES]],
        "more": max(0, len(told) - standings.MOST_SENTENCES),
        "message": _advice(page, key) if key else None,
        "badge": badge,
        "doubted": _doubted(page) if badge else "",
    }


def _told(page: Page, told: standings.Told) -> tuple[Markup, str, str]:
    certainty, weight = page.term(told.judged.certainty), effects.weight(page, told.claim, told.judged)
    return page.link(told.claim.iri, told.sentence), certainty, weight


def _doubted(page: Page) -> str:
    """Return in a sentence how many claims about the page's thing have a caveat that lets doubt; "" where none has."""
    doubted, many = caveats.doubted(page)
    if not doubted:
        return ""
    return page.t("only-claim-doubted") if many == 1 else page.counted("claims-doubted", doubted, many=many)


def message(page: Page, iri: str) -> str:
    """Return the key message of a thing; "" where it has none."""
    return next(iter(_about(page, iri, "message")), "")


def statement(page: Page, iri: str) -> Markup:
    """Return the words of the key message of a thing; "" where it has none."""
    key = message(page, iri)
    return page.text(DUO.statement, key) if key else Markup("")


def in_short(page: Page, iri: str) -> InShort:
    """Return what a list says of a thing."""
    thing, shown = Thing(page, iri), standings.short(page, iri)
    judged = bool(standings.sentences(page, iri))
    return InShort(thing, shown, Markup("") if judged else statement(page, iri) or thing.definition)


def section(page: Page) -> Values | None:
    """Return what a project can do with the page's thing; None where no implication says it."""
    found = advice(page, page.iri)
    return {"advice": found} if found else None


def advice(page: Page, iri: str) -> list[Advice]:
    """Return the implications for practice of a thing, each with what it rests on."""
    return [_advice(page, note) for note in implications(page, iri)]


def _advice(page: Page, note: str) -> Advice:
    grounds = page.records.values(note, PROV.wasDerivedFrom)
    works = page.enumerated(page.records.sources_of(note))
    return Advice(Thing(page, note), works, [ground(page, iri) for iri in grounds])


def implications(page: Page, iri: str) -> list[str]:
    """Return the implications for practice of a thing, and, of an outcome, those of its domain."""
    above = of_kind(page.records.values(iri, SKOS.broader), "domain")
    return list(dict.fromkeys(name for place in (iri, *above) for name in _about(page, place, "implication")))


def _about(page: Page, thing: str, kind: str) -> list[str]:
    return of_kind(page.records.subjects(DUO.about, thing), kind)


def overview(page: Page) -> Values:
    """Return all implications, by kind of thing and by thing, under what each is about first in that order."""
    seen: set[str] = set()
    groups = [(_many(page, kind), _listed(page, kind, seen)) for kind in ORDER]
    return {"groups": [(heading, rows) for heading, rows in groups if rows]}


def _many(page: Page, kind: str) -> str:
    """Return what things of a kind are called together."""
    return page.t(f"many-{kind}") if has_phrase(f"many-{kind}") else page.kind_name(kind).capitalize()


def _listed(page: Page, kind: str, seen: set[str]) -> list[tuple[Thing, Markup, list[Advice]]]:
    """Return the things of a kind with their key message and those of their implications that were not seen yet."""
    rows = [(iri, _unseen(_about(page, iri, "implication"), seen)) for iri in page.records.things[kind]]
    return [
        (Thing(page, iri), statement(page, iri), [_advice(page, note) for note in found])
        for iri, found in rows
        if found
    ]


def _unseen(names: Iterable[str], seen: set[str]) -> list[str]:
    found = [name for name in names if name not in seen]
    seen.update(found)
    return found


def ground(page: Page, iri: str) -> Markup:
    """Return a ground of a message as raw HTML: what it says, linked to its place, and how that is known."""
    small = Markup("").join(Markup(f" <small>{escape(words)}</small>") for words in _how(page, iri))
    return Markup(f'<a href="{page.address(iri)}">{_said(page, iri)}</a>{small}')


def _said(page: Page, iri: str) -> Markup:
    if kind_of(iri) == "judgement":
        return escape(sentence(page.records, judgement(page.records, iri), page.language))
    if kind_of(iri) != "observation":
        return page.label(iri)
    question, answer = (page.plain(page.records.value(iri, axis)) for axis in (DUO.question, DUO.answer))
    return escape(f"{question}: {answer} ({figure(page, iri)})")


def _how(page: Page, iri: str) -> list[str]:
    """Return the sources of a claim, each with what it studied and how; of anything else what kind of thing it is."""
    if kind_of(iri) == "judgement":
        return [page.term(judgement(page.records, iri).certainty)]
    if kind_of(iri) != "claim":
        return [page.kind_name("question" if kind_of(iri) == "observation" else kind_of(iri))]
    return [f"{page.plain(item.source)}: {study(page, item)}" for item in page.records.claim(iri).evidence]


def used_in(page: Page) -> Values | None:
    """Return where the page's claim is used: the thing, and the text about it that rests on the claim.

    Return None where it is not used.
    """
    found = page.records.subjects(PROV.wasDerivedFrom, page.iri)
    rows = [(Thing(page, thing), Thing(page, note)) for note in found for thing in page.records.values(note, DUO.about)]
    return {"rows": rows} if rows else None


OVERVIEWS = {"implication/index": ("implications", overview)}
SECTIONS = {"implications": section, "message": opening, "used-in": used_in}
