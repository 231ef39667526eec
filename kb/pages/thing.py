"""A thing as pages show it: each of its names, texts and links is formed here and nowhere else."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from markupsafe import Markup
from rdflib import DCTERMS, SKOS

from kb.namespaces import DUO, kind_of, slug_of
from kb.pages.page import Page

# What a template is given, by the names that it uses.
Values = Mapping[str, object]


@dataclass(frozen=True)
class Thing:
    """A thing on a page, for templates: what is asked of it is looked up when it is asked."""

    page: Page
    iri: str

    @property
    def link(self) -> Markup:
        """Return a link to what shows it, in Markdown."""
        return self.page.link(self.iri)

    @property
    def anchor(self) -> Markup:
        """Return a link to what shows it, in raw HTML, for where Markdown is not read."""
        return self.page.anchor(self.iri)

    @property
    def label(self) -> Markup:
        """Return what it is called."""
        return self.page.label(self.iri)

    @property
    def name(self) -> str:
        """Return what it is called, as plain text."""
        return self.page.plain(self.iri)

    @property
    def kind(self) -> str:
        """Return its kind in words."""
        return self.page.kind(self.iri)

    @property
    def slug(self) -> Markup:
        """Return its name in addresses, for the place where it stands on a page."""
        return Markup(slug_of(self.iri))

    @property
    def definition(self) -> Markup:
        """Return what it is, in a sentence or two."""
        return self.page.text(SKOS.definition, self.iri)

    @property
    def statement(self) -> Markup:
        """Return what it says: the words of a claim, a caveat, a gap, a message."""
        return self.page.text(DUO.statement, self.iri)

    @property
    def note(self) -> Markup:
        """Return the remark that stands with it."""
        return self.page.text(SKOS.note, self.iri)

    @property
    def notation(self) -> str:
        """Return its sign or number as it is printed."""
        return self.page.records.value(self.iri, SKOS.notation)

    @property
    def position(self) -> int:
        """Return its place among its kin, 0 where it has none."""
        return self.page.records.number(self.iri, DUO.position)

    @property
    def about(self) -> list["Thing"]:
        """Return what it is about."""
        return things(self.page, self.page.records.values(self.iri, DUO.about))

    @property
    def sources(self) -> list["Thing"]:
        """Return the works that it is taken from, and those of every claim about it."""
        return things(self.page, self.page.records.values(self.iri, DCTERMS.source))

    @property
    def works(self) -> str:
        """Return how many works stand behind it, in a few words."""
        found = {item.source for item in self.page.records.evidence_about(self.iri)}
        return self.page.counted("sources-short", len(found))


def things(page: Page, iris: Iterable[str]) -> list[Thing]:
    """Return things as the page shows them."""
    return [Thing(page, iri) for iri in iris]


def in_order(page: Page, iris: Iterable[str]) -> list[str]:
    """Return things by their position, then by name."""
    return sorted(iris, key=lambda iri: (page.records.number(iri, DUO.position), page.plain(iri).casefold()))


def by_kind(page: Page, iris: Iterable[str], kinds: Iterable[str]) -> list[tuple[str, list[Thing]]]:
    """Return things by their kind in words, those of one kind by name; of other kinds than `kinds` none."""
    groups: dict[str, list[str]] = {}
    for iri in iris:
        groups.setdefault(kind_of(iri), []).append(iri)
    return [
        (page.kind_name(kind), things(page, sorted(groups[kind], key=lambda iri: page.plain(iri).casefold())))
        for kind in kinds
        if kind in groups
    ]


def about(page: Page, iri: str) -> Page:
    """Return the page with another thing in the place of its own, for what is told of that."""
    return replace(page, iri=iri)
