"""One page under way: its language and place, and the words, links and look-ups that templates use."""

import posixpath
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from markupsafe import Markup
from rdflib import SKOS

from kb.evidence import Standing, standing
from kb.markdown import escape
from kb.namespaces import DUO, kind_of, slug_of
from kb.pages.layout import ANCHORED, SECTIONS
from kb.records import EvidenceItem, Records, Text
from kb.words import OTHER, has_phrase, phrase


@dataclass(frozen=True)
class Page:
    """A page in `language` at `path` (without .md, as in "indicator/matching") about `iri` ("" for overviews)."""

    records: Records
    language: str
    path: str
    iri: str = ""

    # -- words

    def t(self, code: str, **values: object) -> str:
        """A phrase in the page's language."""
        return phrase(code, self.language, **values)

    def counted(self, code: str, n: int, **values: object) -> str:
        """The phrase for a number: `code-0` or `code-1` where there is one of its own, else `code`."""
        exact = f"{code}-{n}"
        return self.t(exact if has_phrase(exact) else code, n=n, **values)

    def text(self, predicate: str, iri: str = "") -> Markup:
        """A text of a thing, marked where it exists in the other language only."""
        prefix, _, name = predicate.partition(":")
        predicate_iri = SKOS[name] if prefix == "skos" else DUO[name]
        return self._shown(self.records.text(iri or self.iri, predicate_iri, self.language))

    def explained(self) -> str:
        """What the page's thing is, as plain text: its definition, statement or title; "" where there is none."""
        if kind_of(self.iri) == "source":
            return self.records.source(self.iri).title
        texts = (
            self.records.text(self.iri, predicate, self.language) for predicate in (SKOS.definition, DUO.statement)
        )
        return next((text.words for text in texts if text.words), "") if self.iri else ""

    def label(self, iri: str = "") -> Markup:
        """What a thing is called."""
        return self._shown(self.records.label(iri or self.iri, self.language))

    def plain(self, iri: str = "") -> str:
        """What a thing is called, as plain text."""
        return self.records.label(iri or self.iri, self.language).words

    def _shown(self, text: Text) -> Markup:
        if not text.foreign:
            return escape(text.words)
        note = f"<small>{escape(self.t('only-in'))}</small>"
        return Markup(f'<span lang="{text.language}">{escape(text.words)}</span> {note}')

    def names(self) -> list[str]:
        """Other names in the page's language."""
        return self.records.texts(self.iri, SKOS.altLabel, self.language)

    def foreign_names(self) -> list[str]:
        """Preferred and other names in the other language."""
        other = OTHER[self.language]
        return self.records.texts(self.iri, SKOS.prefLabel, other) + self.records.texts(self.iri, SKOS.altLabel, other)

    def hidden_names(self) -> list[str]:
        """Misspellings in both languages, for the search only."""
        return [
            name
            for tag in (self.language, OTHER[self.language])
            for name in self.records.texts(self.iri, SKOS.hiddenLabel, tag)
        ]

    # -- links

    def link(self, iri: str, text: object = None) -> Markup:
        """A link to the page of a thing, or its name where it has no page."""
        shown = self.label(iri) if text is None else escape(text)
        if kind_of(iri) == "observation":
            question, answer = self.records.value(iri, DUO.question), self.records.value(iri, DUO.answer)
            return self.link(question, text or f"{self.plain(question)}: {self.plain(answer)}")
        target = page_path(iri)
        if kind_of(iri) in ANCHORED:
            return Markup(f"[{shown}]({self.file(ANCHORED[kind_of(iri)])}#{slug_of(iri)})")
        return Markup(f"[{shown}]({self.file(target)})") if target else shown

    def links(self, iris: Iterable[str], between: str = ", ") -> Markup:
        """Links with something between."""
        return Markup(between).join(self.link(iri) for iri in iris)

    def file(self, path: str) -> str:
        """The Markdown file of another page, relative to this one."""
        return _relative(f"{path}.md", posixpath.dirname(self.path) or ".")

    def to_file(self, path: str) -> str:
        """A file that is no page, relative to this page's Markdown file."""
        return _relative(path, posixpath.dirname(self.path) or ".")

    def url(self, path: str) -> str:
        """The address of another page, relative to this one's address, for raw HTML that the site tool leaves alone."""
        here = "." if self.path == "index" else self.path.removesuffix("/index")
        there = "." if path == "index" else path.removesuffix("/index")
        return _relative(there, here) + "/"

    def address(self, iri: str) -> str:
        """The address of what shows a thing, relative to this page's address, for raw HTML; "" where nothing does."""
        if kind_of(iri) == "observation":
            return self.address(self.records.value(iri, DUO.question))
        if kind_of(iri) in ANCHORED:
            return f"{self.url(ANCHORED[kind_of(iri)])}#{slug_of(iri)}"
        target = page_path(iri)
        return self.url(target) if target else ""

    def asset(self, path: str) -> str:
        """The address of a file that is no page, relative to this page's address."""
        return _relative(path, "." if self.path == "index" else self.path.removesuffix("/index"))

    def kind(self, iri: str = "") -> str:
        """The kind of a thing in words."""
        return self.t(f"kind-{kind_of(iri or self.iri)}")

    # -- evidence

    def gathered(self, item: EvidenceItem) -> str:
        """What an evidence item was gathered on, in words."""
        if item.directness == "Direct":
            return self.t("direct")
        if item.transferred_from:
            return self.t("borrowed-from", what=self.enumerated(item.transferred_from))
        return self.t("not-known-on-what")

    def enumerated(self, iris: Iterable[str]) -> str:
        """Names with commas, as plain text."""
        return ", ".join(self.plain(iri) for iri in iris)

    def how_known(self) -> list[str]:
        """How well the thing is known, in sentences: how many sources, on what, in agreement or not, which designs."""
        found = self.standing(self.iri)
        if not found.sources:
            return [self.t("known-none")]
        told = [
            self.counted("known-sources", len(found.sources)),
            self.counted("known-direct", len(found.direct)),
            self.counted("known-borrowed", len(found.borrowed), what=self.enumerated(found.borrowed_from)),
            self.counted("known-open", len(found.open)),
            self.counted("known-against", len(found.against)),
            self._designs(found.sources),
        ]
        return [sentence for sentence in told if sentence]

    def standing(self, iri: str) -> Standing:
        """How well a thing is known."""
        return standing(self.records.evidence_about(iri))

    def _designs(self, sources: Iterable[str]) -> str:
        found: dict[str, int] = {}
        for source in sources:
            design = self.records.value(source, DUO.studyDesign)
            found[design] = found.get(design, 0) + 1
        most = sorted(found.items(), key=lambda pair: (pair[0].endswith("Unknown"), -pair[1], pair[0]))
        return self.t("designs-are", what=", ".join(f"{self.plain(design)} ({n})" for design, n in most if design))

    def short_tally(self, iri: str) -> str:
        """How much stands behind a thing, in a few words."""
        found = self.standing(iri)
        told = [
            self.counted("sources-short", len(found.sources)),
            self.counted("direct-short", len(found.direct)),
            self.counted("borrowed-short", len(found.borrowed)),
        ]
        return ", ".join(part for part in told if part)

    def term(self, name: str) -> str:
        """The label of a term of our vocabulary, such as a study design."""
        return self.plain(str(DUO[name]))

    def design(self, source: str) -> str:
        """The study design of a source in words."""
        value = self.records.value(source, DUO.studyDesign)
        return self.plain(value) if value else self.term("Unknown")

    def design_within(self, source: str) -> str:
        """The same among other words, where "not known" alone would not tell what is not."""
        return self.t("design-not-known") if self.design(source) == self.term("Unknown") else self.design(source)

    def countries(self) -> str:
        """Where a source was studied, in words; a country that has none yet by its code."""
        codes = self.records.values(self.iri, DUO.country)
        return ", ".join(self.t(f"country-{code}") if has_phrase(f"country-{code}") else code for code in codes)

    def source_rows(self) -> list[tuple[str, str, str, str, int]]:
        """The sources behind a thing: IRI, design, how each bears on it, what was studied, number of claims."""
        found: dict[str, list[EvidenceItem]] = {iri: [] for iri in self.records.sources_of(self.iri)}
        for item in self.records.evidence_about(self.iri):
            found.setdefault(item.source, []).append(item)
        return [self._source_row(source, items) for source, items in sorted(found.items())]

    def _source_row(self, source: str, items: Sequence[EvidenceItem]) -> tuple[str, str, str, str, int]:
        says = ", ".join(dict.fromkeys(self.t(f"does-{item.direction}") for item in items))
        gathered = ", ".join(dict.fromkeys(self.gathered(item) for item in items))
        return source, self.design(source), says or "–", gathered or "–", len({item.claim for item in items})


@lru_cache(maxsize=200_000)
def _relative(path: str, start: str) -> str:
    return posixpath.relpath(path, start)


def page_path(iri: str) -> str:
    """The path of a thing's page ("indicator/matching"), or "" where it has none."""
    if iri.endswith("/spectrum/positions"):
        return "spectrum/index"
    kind = kind_of(iri)
    return f"{kind}/{slug_of(iri)}" if kind in SECTIONS else ""
