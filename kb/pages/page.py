"""One page while it is made: its language and place, and the words, links and look-ups that templates use."""

import posixpath
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from markupsafe import Markup
from rdflib import DCTERMS, RDF, SKOS, URIRef

from kb.model.records import EvidenceItem, Place, Records, Text
from kb.namespaces import DUO, kind_of, of_kind, row_of, slug_of
from kb.pages.markdown import escape
from kb.words import counted, language_name, others, phrase


@dataclass(frozen=True)
class Page:
    """A page in `language` at `path` (without .md, as in "indicator/matching") about `iri` ("" for overviews)."""

    records: Records
    language: str
    path: str
    iri: str = ""

    # -- words

    def t(self, code: str, **values: object) -> str:
        """Return a phrase in the page's language."""
        return phrase(code, self.language, **values)

    def counted(self, code: str, n: int, **values: object) -> str:
        """Return the phrase for a number: `code-0` or `code-1` where there is one of its own, else `code`."""
        return counted(code, n, self.language, **values)

    def text(self, predicate: URIRef, iri: str = "") -> Markup:
        """Return a text of a thing, the page's own if none is given; marked where it is in another language only."""
        return self._shown(self.records.text(iri or self.iri, predicate, self.language))

    def explained(self) -> str:
        """Return in plain text what the page's thing is: its definition, statement or title; "" where there is none."""
        if kind_of(self.iri) == "source":
            return self.records.source(self.iri).title
        texts = (
            self.records.text(self.iri, predicate, self.language) for predicate in (SKOS.definition, DUO.statement)
        )
        return next((text.words for text in texts if text.words), "") if self.iri else ""

    def label(self, iri: str = "") -> Markup:
        """Return what a thing is called, the page's own if none is given."""
        return self._shown(self.records.label(iri or self.iri, self.language))

    def plain(self, iri: str = "") -> str:
        """Return what a thing is called, the page's own if none is given, as plain text."""
        return self.records.label(iri or self.iri, self.language).words

    def language_name(self, language: str) -> str:
        """Return the name of a language, in the language of the page."""
        return language_name(language, self.language)

    def _shown(self, text: Text) -> Markup:
        if not text.foreign:
            return escape(text.words)
        note = f"<small>{escape(self.t('only-in', language=self.language_name(text.language)))}</small>"
        return Markup(f'<span lang="{text.language}">{escape(text.words)}</span> {note}')

    def names(self) -> list[str]:
        """Return the other names of the page's thing in the page's language."""
        return self.records.texts(self.iri, SKOS.altLabel, self.language)

    def foreign_names(self) -> dict[str, list[str]]:
        """Return preferred and other names of the page's thing in each other language that has any, by its code."""
        kinds = (SKOS.prefLabel, SKOS.altLabel)
        found = {
            language: [name for kind in kinds for name in self.records.texts(self.iri, kind, language)]
            for language in others(self.language)
        }
        return {language: names for language, names in found.items() if names}

    def hidden_names(self) -> list[str]:
        """Return misspellings of the names of the page's thing in every language, for the search only."""
        return [
            name
            for tag in (self.language, *others(self.language))
            for name in self.records.texts(self.iri, SKOS.hiddenLabel, tag)
        ]

    # -- links

    def link(self, iri: str, text: object = None) -> Markup:
        """Return a link to what shows a thing, or its name where nothing does; `text` stands in place of the name."""
        shown = self._name(iri) if text is None else escape(text)
        path, anchor = self._home(iri)
        return Markup(f"[{shown}]({self.file(path)}{anchor})") if path else shown

    def _name(self, iri: str) -> Markup:
        if kind_of(iri) != "observation":
            return self.label(iri)
        question, answer = self.records.value(iri, DUO.question), self.records.value(iri, DUO.answer)
        return escape(f"{self.plain(question)}: {self.plain(answer)}")

    def _home(self, iri: str) -> tuple[str, str]:
        """Return the path of the page that shows a thing and the anchor on it.

        The path is "" where no page does; the anchor is "" where the whole page shows it.
        """
        kind = row_of(iri)
        if kind.listed_on:
            return kind.listed_on, f"#{slug_of(iri)}"
        if kind.shown_with:
            return self._home_with(iri, kind.shown_with)
        return page_path(iri), ""

    def _home_with(self, iri: str, with_what: str) -> tuple[str, str]:
        """Return path and anchor for what is shown on the page of another thing, to which `with_what` leads.

        That is the first thing that it says or that says it of it; both are "" where there is none.
        """
        found = [*self.records.values(iri, DUO[with_what]), *self.records.subjects(DUO[with_what], iri)]
        path, anchor = self._home(found[0]) if found else ("", "")
        return path, anchor or (f"#{slug_of(iri)}" if path and kind_of(iri) != "observation" else "")

    def links(self, iris: Iterable[str], between: str = ", ") -> Markup:
        """Return links to things with something between."""
        return Markup(between).join(self.link(iri) for iri in iris)

    def file(self, path: str) -> str:
        """Return the place of the Markdown file of another page, relative to this one."""
        return _relative(f"{path}.md", posixpath.dirname(self.path) or ".")

    def to_file(self, path: str) -> str:
        """Return the place of a file that is no page, relative to this page's Markdown file."""
        return _relative(path, posixpath.dirname(self.path) or ".")

    def question_link(self, name: str) -> Markup:
        """Return a link to a competency question; to all of them where this base has none of that name."""
        query = self.records.queries.get(name)
        title = query.title(self.language) if query else self.t("questions-title")
        return Markup(f"[{escape(title)}]({self.file(f'ask/{name}' if query else 'ask/index')})")

    def url(self, path: str) -> str:
        """Return the address of another page, relative to this one's address.

        It is for raw HTML, which the site tool leaves alone.
        """
        here = "." if self.path == "index" else self.path.removesuffix("/index")
        there = "." if path == "index" else path.removesuffix("/index")
        return _relative(there, here) + "/"

    def address(self, iri: str) -> str:
        """Return the address of what shows a thing, relative to this page's address; "" where nothing does.

        It is for raw HTML, which the site tool leaves alone.
        """
        path, anchor = self._home(iri)
        return f"{self.url(path)}{anchor}" if path else ""

    def anchor(self, iri: str, text: object = None) -> Markup:
        """Return a link in raw HTML to what shows a thing; its name alone where nothing shows or knows it."""
        shown = self.label(iri) if text is None else escape(text)
        address = self.address(iri) if self.knows(iri) else ""
        return Markup(f'<a href="{address}">{shown}</a>') if address else shown

    def knows(self, iri: str) -> bool:
        """Return whether the records hold this thing."""
        return bool(self.records.values(iri, RDF.type))

    def asset(self, path: str) -> str:
        """Return the address of a file that is no page, relative to this page's address."""
        return _relative(path, "." if self.path == "index" else self.path.removesuffix("/index"))

    def kind(self, iri: str = "") -> str:
        """Return the kind of a thing in words, of the page's own if none is given."""
        return self.kind_name(kind_of(iri or self.iri))

    def kind_name(self, kind: str) -> str:
        """Return what things of a kind are called."""
        return self.records.kind_name(kind, self.language)

    # -- evidence

    def gathered(self, item: EvidenceItem) -> str:
        """Return in words on what an evidence item was gathered: on what this base is about, or borrowed from what.

        Where nothing says it, return that it is not known.
        """
        if not item.studied_in:
            return self.t("not-known-on-what")
        code = "gathered-on-own" if set(item.studied_in) & set(self.records.own) else "borrowed-from"
        return self.t(code, what=self.joined(map(self.studied, item.studied_in)))

    def studied(self, intervention: str) -> str:
        """Return what was studied, as a sentence says it: the noun phrase of the intervention, else its name.

        A name that takes in more than what was studied has a noun phrase beside it.
        """
        phrased = self.records.text(intervention, DUO.nounPhrase, self.language)
        return self.plain(intervention) if phrased.foreign else phrased.words or self.plain(intervention)

    def rests_on(self, item: EvidenceItem) -> str:
        """Return what an evidence item rests on, in words: data and how those studied were compared.

        Of one that is no study, return that it is only said, or that a caveat keeps it from being counted.
        """
        if not item.counts:
            return self.t("not-counted") if item.discounted_by else self.term(item.basis)
        return f"{self.term(item.basis)}, {self.term(item.comparison)}"

    def read_how(self, item: EvidenceItem) -> str:
        """Return in words how the source of an evidence item is known: what of it was read, or through which work."""
        if item.read_as == "Original":
            return self.plain(self.records.value(item.source, DUO.extentRead))
        via = self.joined(map(self.plain, item.cited_via))
        return self.t("known-via", work=via) if via else self.t("known-via-other")

    def where(self, place: Place, works: Iterable[str]) -> Markup:
        """Return where something stands in what was read, the section as a link; "" where nothing says it."""
        told = [
            self._section(place.section, list(works)) if place.section else "",
            place.locator,
            self.t("lines", lines=place.lines.replace("-", "–")) if place.lines else "",
        ]
        return Markup(", ").join(words for words in told if words)

    def _section(self, number: str, works: list[str]) -> Markup:
        words = self.t("section-of", section=number)
        found = of_kind(self.records.subjects(SKOS.notation, number), "section")
        section = next((iri for iri in found if self.records.value(iri, DCTERMS.isPartOf) in works), "")
        return self.link(section, words) if section else escape(words)

    def joined(self, words: Iterable[str]) -> str:
        """Return words with commas, and the last after "and"; "" where there are none."""
        *first, last = list(words) or [""]
        return f"{', '.join(first)} {self.t('and')} {last}" if first else last

    def enumerated(self, iris: Iterable[str]) -> str:
        """Return the names of things with commas, as plain text."""
        return ", ".join(self.plain(iri) for iri in iris)

    def closed_list(self, name: str) -> list[str]:
        """Return the members of a closed list of our vocabulary, such as "Basis", in their order."""
        return [str(DUO[member]) for member in self.records.members(name)]

    def day(self, date: str) -> str:
        """Return a day such as "2026-12-01" as a reader writes it: "1 December 2026"; "" for none."""
        year, _, rest = date.partition("-")
        month, _, number = rest.partition("-")
        return f"{int(number)} {self.t(f'month-{int(month)}')} {year}" if number else ""

    def term(self, name: str) -> str:
        """Return the label of a term of our vocabulary, such as a study design."""
        return self.plain(str(DUO[name]))

    def design(self, source: str) -> str:
        """Return the study design of a source in words, under a heading that says that it is one."""
        return self.term(self.records.design(source))

    def design_within(self, design: str) -> str:
        """Return a design among other words, where "not known" alone would not tell what is not."""
        return self.t("design-not-known") if design == "Unknown" else self.term(design)


@lru_cache(maxsize=200_000)
def _relative(path: str, start: str) -> str:
    return posixpath.relpath(path, start)


def page_path(iri: str) -> str:
    """Return the path of the page of a thing ("indicator/matching"), or "" where it has none."""
    if iri.endswith("/spectrum/positions"):
        return "spectrum/index"
    kind = kind_of(iri)
    return f"{kind}/{slug_of(iri)}" if row_of(iri).sections else ""
