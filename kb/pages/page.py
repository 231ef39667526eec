"""One page under way: its language and place, and the words, links and look-ups that templates use."""

import posixpath
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from markupsafe import Markup
from rdflib import DCTERMS, SKOS

from kb.markdown import escape
from kb.namespaces import DUO, kind_of, row_of, slug_of
from kb.pages.layout import SECTIONS
from kb.records import EvidenceItem, Place, Records, Text
from kb.words import OTHER, counted, has_phrase, phrase


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
        return counted(code, n, self.language, **values)

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
        """A link to what shows a thing, or its name where nothing does."""
        shown = self._name(iri) if text is None else escape(text)
        path, anchor = self._home(iri)
        return Markup(f"[{shown}]({self.file(path)}{anchor})") if path else shown

    def _name(self, iri: str) -> Markup:
        if kind_of(iri) != "observation":
            return self.label(iri)
        question, answer = self.records.value(iri, DUO.question), self.records.value(iri, DUO.answer)
        return escape(f"{self.plain(question)}: {self.plain(answer)}")

    def _home(self, iri: str) -> tuple[str, str]:
        """The path of the page that shows a thing ("" where none does), and the place on it."""
        kind = row_of(iri)
        if kind.listed_on:
            return kind.listed_on, f"#{slug_of(iri)}"
        if kind.shown_with:
            return self._home_with(iri, kind.shown_with)
        return page_path(iri), ""

    def _home_with(self, iri: str, with_what: str) -> tuple[str, str]:
        """The same for what is shown on the page of another thing: the first that it says or that says it of it."""
        found = [*self.records.values(iri, DUO[with_what]), *self.records.subjects(DUO[with_what], iri)]
        path, anchor = self._home(found[0]) if found else ("", "")
        return path, anchor or (f"#{slug_of(iri)}" if path and kind_of(iri) != "observation" else "")

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
        path, anchor = self._home(iri)
        return f"{self.url(path)}{anchor}" if path else ""

    def asset(self, path: str) -> str:
        """The address of a file that is no page, relative to this page's address."""
        return _relative(path, "." if self.path == "index" else self.path.removesuffix("/index"))

    def kind(self, iri: str = "") -> str:
        """The kind of a thing in words."""
        return self.t(f"kind-{kind_of(iri or self.iri)}")

    # -- evidence

    def gathered(self, item: EvidenceItem) -> str:
        """On what an evidence item was gathered, in words: on what this base is about, or borrowed from what."""
        if not item.studied_in:
            return self.t("not-known-on-what")
        code = "gathered-on-own" if set(item.studied_in) & set(self.records.own) else "borrowed-from"
        return self.t(code, what=self.joined(map(self.studied, item.studied_in)))

    def studied(self, intervention: str) -> str:
        """What was studied, as a sentence says it: a name that takes in more than that has a noun phrase beside it."""
        phrased = self.records.text(intervention, DUO.nounPhrase, self.language)
        return self.plain(intervention) if phrased.foreign else phrased.words or self.plain(intervention)

    def rests_on(self, item: EvidenceItem) -> str:
        """What an evidence item rests on, in words: data, how those studied were compared, or that it is only said."""
        if not item.counts:
            return self.t("not-counted") if item.discounted_by else self.term(item.basis)
        return f"{self.term(item.basis)}, {self.term(item.comparison)}"

    def read_how(self, item: EvidenceItem) -> str:
        """How the source of an evidence item is known, in words: what of it was read, or through which work."""
        if item.read_as == "Original":
            return self.plain(self.records.value(item.source, DUO.extentRead))
        via = self.joined(map(self.plain, item.cited_via))
        return self.t("known-via", work=via) if via else self.t("known-via-other")

    def where(self, place: Place, works: Iterable[str]) -> Markup:
        """Where something stands in what was read, the section as a link; "" where nothing says it."""
        told = [
            self._section(place.section, list(works)) if place.section else "",
            place.locator,
            self.t("lines", lines=place.lines.replace("-", "–")) if place.lines else "",
        ]
        return Markup(", ").join(words for words in told if words)

    def _section(self, number: str, works: list[str]) -> Markup:
        words = self.t("section-of", section=number)
        found = (iri for iri in self.records.subjects(SKOS.notation, number) if kind_of(iri) == "section")
        section = next((iri for iri in found if self.records.value(iri, DCTERMS.isPartOf) in works), "")
        return self.link(section, words) if section else escape(words)

    def joined(self, words: Iterable[str]) -> str:
        """Words with commas, and the last after "and"."""
        *first, last = list(words) or [""]
        return f"{', '.join(first)} {self.t('and')} {last}" if first else last

    def enumerated(self, iris: Iterable[str]) -> str:
        """Names with commas, as plain text."""
        return ", ".join(self.plain(iri) for iri in iris)

    def short_tally(self, iri: str) -> str:
        """How many works stand behind a thing, in a few words."""
        return self.counted("sources-short", len({item.source for item in self.records.evidence_about(iri)}))

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
        rests = ", ".join(dict.fromkeys(self.rests_on(item) for item in items))
        gathered = ", ".join(dict.fromkeys(self.gathered(item) for item in items if item.counts))
        how = f"{rests}: {gathered}" if gathered else rests
        return source, self.design(source), says or "–", how or "–", len({item.claim for item in items})


@lru_cache(maxsize=200_000)
def _relative(path: str, start: str) -> str:
    return posixpath.relpath(path, start)


def page_path(iri: str) -> str:
    """The path of a thing's page ("indicator/matching"), or "" where it has none."""
    if iri.endswith("/spectrum/positions"):
        return "spectrum/index"
    kind = kind_of(iri)
    return f"{kind}/{slug_of(iri)}" if kind in SECTIONS else ""
