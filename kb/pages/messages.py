"""What a page opens with: the key message of its thing, what a project can do with it, and what each rests on."""

from collections.abc import Iterable

from markupsafe import Markup
from rdflib import PROV, SKOS

from kb.judgements import judgement, sentence
from kb.kinds import KINDS, names
from kb.markdown import escape
from kb.namespaces import DUO, kind_of
from kb.pages import survey
from kb.pages.claims import study
from kb.pages.page import Page

# Kinds whose pages open with a message, in the order in which the overview lists them.
ORDER = names(sorted((kind for kind in KINDS.values() if kind.message), key=lambda kind: kind.message))


def message(page: Page, iri: str = "") -> str:
    """The key message of a thing, or ""."""
    return next(iter(_about(page, iri or page.iri, "message")), "")


def implications(page: Page, iri: str = "") -> list[str]:
    """The implications for practice of a thing, and, of an outcome, those of its domain."""
    thing = iri or page.iri
    above = [up for up in page.records.values(thing, SKOS.broader) if kind_of(up) == "domain"]
    return list(dict.fromkeys(name for place in (thing, *above) for name in _about(page, place, "implication")))


def _about(page: Page, thing: str, kind: str) -> list[str]:
    return [iri for iri in page.records.subjects(DUO.about, thing) if kind_of(iri) == kind]


def listed(page: Page) -> list[tuple[str, list[tuple[str, list[str]]]]]:
    """All implications, by kind of thing and by thing, under what each is about first in that order."""
    seen: set[str] = set()
    groups = []
    for kind in ORDER:
        rows = [(iri, _unseen(_about(page, iri, "implication"), seen)) for iri in page.records.things[kind]]
        groups.append((kind, [(iri, found) for iri, found in rows if found]))
    return [(kind, rows) for kind, rows in groups if rows]


def _unseen(names: Iterable[str], seen: set[str]) -> list[str]:
    found = [name for name in names if name not in seen]
    seen.update(found)
    return found


def grounds(page: Page, note: str) -> list[str]:
    """The claims, caveats, gaps and figures that a message or an implication is derived from."""
    return page.records.values(note, PROV.wasDerivedFrom)


def works(page: Page, note: str) -> str:
    """The works behind it, by name; "" where it rests on caveats or gaps alone."""
    return page.enumerated(page.records.sources_of(note))


def ground(page: Page, iri: str) -> Markup:
    """One of its grounds as raw HTML: what it says, linked to its place, and how that is known."""
    small = Markup("").join(Markup(f" <small>{escape(words)}</small>") for words in _how(page, iri))
    return Markup(f'<a href="{page.address(iri)}">{_said(page, iri)}</a>{small}')


def _said(page: Page, iri: str) -> Markup:
    if kind_of(iri) == "judgement":
        return escape(sentence(page.records, judgement(page.records, iri), page.language))
    if kind_of(iri) != "observation":
        return page.label(iri)
    question, answer = (page.plain(page.records.value(iri, axis)) for axis in (DUO.question, DUO.answer))
    return escape(f"{question}: {answer} ({survey.figure(page, iri)})")


def _how(page: Page, iri: str) -> list[str]:
    """The sources of a claim, each with what it studied and how; of anything else what kind of thing it is."""
    if kind_of(iri) == "judgement":
        return [page.term(judgement(page.records, iri).certainty)]
    if kind_of(iri) != "claim":
        return [page.t("kind-question" if kind_of(iri) == "observation" else f"kind-{kind_of(iri)}")]
    return [f"{page.plain(item.source)}: {study(page, item)}" for item in page.records.claim(iri).evidence]


def used_in(page: Page) -> list[tuple[str, str]]:
    """The things whose message or advice is derived from the page's claim: thing, message or implication."""
    found = page.records.subjects(PROV.wasDerivedFrom, page.iri)
    return [(thing, note) for note in found for thing in page.records.values(note, DUO.about)]
