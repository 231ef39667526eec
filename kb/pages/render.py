"""All pages of one language: path → Markdown, from the values that their subjects give and the templates."""

from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Iterator
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from textwrap import shorten
from typing import Any

import jinja2
from markupsafe import Markup
from rdflib import DCTERMS

from kb.content.queries import former_names
from kb.exports.data_tables import DataFile
from kb.exports.feed import FEED, write_feed
from kb.kinds import KINDS
from kb.model.records import Records
from kb.namespaces import kind_of
from kb.pages.contents import OVERVIEWS, SECTIONS, Overview, values
from kb.pages.markdown import finalize, front_matter, tidy
from kb.pages.page import Page, page_path
from kb.pages.schema_org import described
from kb.pages.shared import Shared
from kb.pages.subjects import ask, citing, evidence_map, standings
from kb.pages.subjects.concept_pictures import kind_mark
from kb.pages.thing import Thing, Values, things
from kb.words import LANGUAGES

# How long a description for search engines may be, in characters.
_MOST_DESCRIBED = 200


@dataclass(frozen=True)
class Rendered:
    """The generated files of each language, path → text, and by path the names of all that a file read."""

    files: dict[str, dict[str, str]]
    read: dict[str, set[str]]


def render_pages(shared: Shared, left: Container[str] = ()) -> Rendered:
    """Return the files of all languages, but for those that are `left` as they are, by path."""
    rendered = Rendered({}, defaultdict(set))
    for language in LANGUAGES:
        rendered.files[language] = {}
        for path, make in _files(shared, language):
            if path not in left:
                with shared.records.dependencies.separately() as names:
                    rendered.files[language][path] = make()
                rendered.read[path] |= names
    return rendered


def _files(shared: Shared, language: str) -> Iterator[tuple[str, Callable[[], str]]]:
    """Yield the path of each file of a language, and the function that makes its text."""
    records, queries = shared.records, shared.kb.queries
    yield FEED, lambda: write_feed(shared.releases[language], language)
    for file in shared.files:
        yield file.path, partial(_download, shared, file)
    for iri in records.things["source"]:
        for format_ in citing.FORMATS:
            page = Page(records, language, page_path(iri), iri)
            yield citing.cite_path(iri, format_), partial(citing.entry, page, shared.items[iri], format_)
    for path, make in evidence_map.FILES.items():
        yield path, partial(make, Page(records, language, path))
    for path, overview in OVERVIEWS.items():
        yield f"{path}.md", partial(_overview, shared, Page(records, language, path), overview)
    for name in queries:
        yield f"ask/{name}.md", partial(_question, shared, Page(records, language, f"ask/{name}"), name)
    for old, name in former_names(queries).items():
        yield f"ask/{old}.md", partial(_moved, shared, Page(records, language, f"ask/{old}"), name)
    for page in _thing_pages(records, language):
        yield f"{page.path}.md", partial(_thing, shared, page)
    for iri in filter(page_path, records.retired):
        page = Page(records, language, page_path(iri), iri)
        yield f"{page.path}.md", partial(_retired, shared, page)


def _thing_pages(records: Records, language: str) -> Iterator[Page]:
    for name, kind in KINDS.items():
        for iri in records.things[name] if kind.sections else ():
            if page_path(iri) == f"{name}/{iri.rpartition('/')[2]}":
                yield Page(records, language, page_path(iri), iri)


# -- the files


def _download(shared: Shared, file: DataFile) -> str:
    shared.records.dependencies.track("everything")
    return file.text


def _overview(shared: Shared, page: Page, overview: Overview) -> str:
    return _page(shared, page, overview.template, values(overview.make, page, shared) or {})


def _question(shared: Shared, page: Page, name: str) -> str:
    page.records.dependencies.track(f"question {name}")
    query = shared.kb.queries[name]
    return _page(shared, page, "question", ask.question(page, query, shared.kb.answer(query)))


def _thing(shared: Shared, page: Page) -> str:
    kind = kind_of(page.iri)
    thing = Thing(page, page.iri)
    sections = list(_sections(shared, page, KINDS[kind].sections))
    return _page(shared, page, "thing", {"thing": thing, "kind": kind, "mark": kind_mark(kind), "sections": sections})


def _sections(shared: Shared, page: Page, names: Iterable[str]) -> Iterator[Markup]:
    for name in names:
        found = values(SECTIONS[name], page, shared)
        if found is not None:
            yield Markup(_show(f"sections/{name}", page, found))


def _moved(shared: Shared, page: Page, name: str) -> str:
    """Return the page at an old address of a question: where it is now, and nothing that a search should find."""
    return tidy(_show("moved", page, {**ask.moved(page, shared.kb.queries[name]), "front_matter": front_matter}))


def _retired(shared: Shared, page: Page) -> str:
    """Return the page of what this base no longer says: what came in its place."""
    next_ = things(page, page.records.values(page.iri, DCTERMS.isReplacedBy))
    told = {"thing": Thing(page, page.iri), "identifier": Markup(page.iri), "next": next_}
    return tidy(_show("retired", page, {**told, "front_matter": _Head(shared, page)}))


def _page(shared: Shared, page: Page, template: str, found: Values) -> str:
    """Return a page with its head, and at its foot how to cite it."""
    head = _Head(shared, page)
    text = _show(template, page, {**found, "front_matter": head})
    cited = "" if page.path == "index" else _show("cite-page", page, citing.page_citation(page, head.title))
    return tidy(text + cited)


@dataclass
class _Head:
    """The front matter of a page: what its template says, and what follows from what the page is about."""

    shared: Shared
    page: Page
    title: str = ""

    def __call__(self, title: str, **fields: Any) -> Markup:
        """Return the front matter of the page, and remember what the page is called."""
        self.title = title
        about = self._description() or fields.pop("description")
        scripts = [*fields.pop("scripts", ()), "copy"]
        return front_matter(title=title, **{**fields, "description": about, "scripts": scripts, **self._derived()})

    def _description(self) -> str:
        """Return the kind of the page's thing, the first that was judged of it and what it is, cut at a whole word.

        It is "" where nothing is said of the thing.
        """
        told = " ".join([*standings.judged(self.page, self.page.iri)[:1], self.page.explained()]).strip()
        kind = self.page.kind().capitalize() if told else ""
        return shorten(f"{kind}: {told}", _MOST_DESCRIBED, placeholder=" …") if told else ""

    def _derived(self) -> dict[str, object]:
        page, items = self.page, self.shared.items
        files = self.shared.files if page.path == "index" else ()
        citation = citing.highwire(items[page.iri]) if kind_of(page.iri) == "source" else None
        return {"schema": described(page, items, files), "citation": citation}


# -- templates


def _show(template: str, page: Page, found: Values) -> str:
    """Return the text of a template with values, and the words and addresses of the page; it can look nothing up."""
    words = {"t": page.t, "counted": page.counted, "kind_name": page.kind_name, "file": page.file}
    return _environment().get_template(f"{template}.md").render({**words, **found})


def compiled_templates(folder: Path) -> jinja2.BytecodeCache:
    """Return the store of compiled templates in `folder`; one whose text has changed is compiled again."""
    folder.mkdir(parents=True, exist_ok=True)
    return jinja2.FileSystemBytecodeCache(str(folder))


@cache
def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("kb", "templates"),
        autoescape=True,
        finalize=finalize,
        undefined=jinja2.StrictUndefined,
        auto_reload=False,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals["Markup"] = Markup
    environment.filters["links"] = _links
    return environment


def _links(found: Iterable[Thing], between: str = ", ") -> Markup:
    """Return links to things with something between."""
    return Markup(between).join(thing.link for thing in found)
