"""What the sections and overviews list: rows and groups in their order, ready for the templates."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import networkx as nx
from markupsafe import Markup
from rdflib import DCTERMS, RDFS, SKOS, URIRef
from rdflib.term import Node

from kb.concept_graph import NODE_KINDS
from kb.markdown import escape
from kb.namespaces import DUO, compact, expand, kind_of
from kb.pages.page import Page
from kb.queries import Query
from kb.words import has_phrase

# Attributes of this kind are shown as a comparison.
_COMPARED = "DistinguishingFeature"


@dataclass(frozen=True)
class Comparison:
    """Interventions side by side: a row per dimension, a cell per intervention holding its distinguishing features."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[tuple[str, ...], ...]], ...]


def in_order(page: Page, iris: Iterable[str]) -> list[str]:
    """Things by their position, then by name."""
    return sorted(iris, key=lambda iri: (page.records.number(iri, DUO.position), page.plain(iri).casefold()))


def attributes_by_kind(page: Page) -> list[tuple[str, list[str]]]:
    """The attributes of an intervention, grouped; distinguishing features are shown as a comparison instead."""
    found = page.records.subjects(DUO.attributeOf, page.iri)
    groups = [
        (kind, [iri for iri in found if page.records.value(iri, DUO.attributeKind) == str(DUO[kind])])
        for kind in page.records.members("AttributeKind")
        if kind != _COMPARED
    ]
    return [(page.term(kind), in_order(page, iris)) for kind, iris in groups if iris]


def compared_concepts(page: Page) -> list[str]:
    """The interventions that the overview compares, in the order of their columns."""
    columns = {iri: page.records.number(iri, DUO.comparedInColumn) for iri in page.records.things["concept"]}
    return sorted(filter(columns.get, columns), key=lambda iri: (columns[iri], iri))


def neighbours_compared(page: Page) -> list[str]:
    """An intervention and those it is told apart from."""
    records = page.records
    apart = records.values(page.iri, DUO.distinguishedFrom) + records.subjects(DUO.distinguishedFrom, page.iri)
    return list(dict.fromkeys([page.iri, *apart]))


def compare(page: Page, columns: Iterable[str]) -> Comparison:
    """The comparison of those of the interventions that there are, without dimensions on which nothing is said."""
    shown = tuple(iri for iri in columns if iri in page.records.things["concept"])
    rows = (
        (dimension, tuple(_features(page, iri, dimension) for iri in shown))
        for dimension in page.records.things["dimension"]
    )
    return Comparison(shown, tuple((dimension, cells) for dimension, cells in rows if any(cells)))


def _features(page: Page, iri: str, dimension: str) -> tuple[str, ...]:
    features = set(page.records.subjects(DUO.attributeOf, iri)) & set(page.records.subjects(DUO.dimension, dimension))
    return tuple(sorted(features))


def cells(page: Page, predicate: URIRef) -> list[str]:
    """The cells of the roles table with this page's role, characteristic or level, in the order of the table."""
    records = page.records
    order = (DUO.characteristic, DUO.role)
    found = records.subjects(predicate, page.iri)
    return sorted(found, key=lambda cell: [records.number(records.value(cell, axis), DUO.position) for axis in order])


def table_row(page: Page, characteristic: str) -> list[str]:
    """The cells of one characteristic, a cell per role."""
    records = page.records
    found = records.subjects(DUO.characteristic, characteristic)
    return sorted(found, key=lambda cell: records.number(records.value(cell, DUO.role), DUO.position))


def level(page: Page, cell: str) -> Markup:
    """The level of a cell in words, with the sign that is printed, as a link to the cell."""
    value = page.records.value(cell, DUO.level)
    sign = escape(page.records.value(value, SKOS.notation))
    return Markup(f"{page.link(cell, page.plain(value))} <small>({sign})</small>")


def tree(page: Page) -> list[tuple[int, str]]:
    """The interventions as a tree: depth and IRI, those with the most sources first."""
    tops = [iri for iri in page.records.things["concept"] if not page.records.values(iri, SKOS.broader)]
    return [entry for iri in _most_sources_first(page, tops) for entry in _branch(page, iri, 0)]


def _branch(page: Page, iri: str, depth: int) -> Iterator[tuple[int, str]]:
    yield depth, iri
    for narrower in _most_sources_first(page, page.records.narrower(iri)):
        yield from _branch(page, narrower, depth + 1)


def _most_sources_first(page: Page, iris: Iterable[str]) -> list[str]:
    return sorted(iris, key=lambda iri: (-len(page.records.sources_of(iri)), iri))


def short_name(page: Page, framework: str) -> str:
    """A framework by the author and year of the work that published it; by its name where that is not one work."""
    published = page.records.values(framework, DUO.publishedIn)
    return page.plain(published[0] if len(published) == 1 else framework)


def positions(page: Page) -> list[str]:
    """The positions of the spectrum in order."""
    return [iri for iri in page.records.things["spectrum"] if page.records.value(iri, DUO.position)]


def steps(page: Page) -> Markup:
    """The spectrum as a picture of six steps, each a link; the one of this page is marked."""
    entries = [
        f'<li{_marked(page, iri)}><a href="{page.url("spectrum/" + iri.rpartition("/")[2])}">'
        f"<b>{page.records.number(iri, DUO.position)}</b> {page.label(iri)}</a></li>"
        for iri in positions(page)
    ]
    return Markup(f'<ol class="spectrum-steps">{"".join(entries)}</ol>')


def _marked(page: Page, iri: str) -> str:
    return ' class="here" aria-current="true"' if iri == page.iri else ""


def naming_items(page: Page) -> list[tuple[str, str, Markup]]:
    """The framework items mapped to an indicator: item, match type, reason."""
    found = [
        (item, match, _reason(page, item, page.iri))
        for item in page.records.things["item"]
        for match, indicator in page.records.matches(item)
        if indicator == page.iri
    ]
    return sorted(
        found,
        key=lambda row: (
            page.records.value(row[0], SKOS.inScheme),
            page.records.number(row[0], DUO.position),
        ),
    )


def own_matches(page: Page) -> list[tuple[str, str, Markup]]:
    """The indicators that a framework item is mapped to: match type, indicator, reason."""
    return [(match, target, _reason(page, page.iri, target)) for match, target in page.records.matches(page.iri)]


def _reason(page: Page, item: str, indicator: str) -> Markup:
    mappings = set(page.records.subjects(DUO.item, item)) & set(page.records.subjects(DUO.indicator, indicator))
    return page.text("duo:reason", min(mappings)) if mappings else Markup("")


def crosswalk(page: Page, indicator: str) -> list[Markup]:
    """For each framework the items that name an indicator, as links with the item's number."""
    rows = [
        (item, match)
        for item in page.records.things["item"]
        for match, target in page.records.matches(item)
        if target == indicator
    ]
    return [_crosswalk_cell(page, framework, rows) for framework in page.records.things["framework"]]


def _crosswalk_cell(page: Page, framework: str, rows: Iterable[tuple[str, str]]) -> Markup:
    links = [
        page.link(
            item,
            f"{page.records.number(item, DUO.position)}{'' if match in ('exactMatch', 'closeMatch') else '*'}",
        )
        for item, match in rows
        if page.records.value(item, SKOS.inScheme) == framework
    ]
    return Markup(", ").join(links) if links else Markup("–")


def caveats(page: Page, iri: str) -> list[tuple[str, str]]:
    """The caveats about a thing, and about the answers to a question, the weightiest first: severity, caveat."""
    things = [iri, *page.records.subjects(DUO.question, iri)]
    every = {name for thing in things for name in page.records.subjects(DUO.about, thing)}
    found = sorted(name for name in every if kind_of(name) == "caveat")
    return [
        (page.term(severity), name)
        for severity in page.records.members("Severity")
        for name in found
        if _weighs(page, name, severity)
    ]


def most_specific(page: Page, found: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Caveats about the fewest things first: what concerns this very figure before what concerns a whole chapter."""
    return sorted(found, key=lambda pair: len(page.records.values(pair[1], DUO.about)))


def caveats_by_severity(page: Page) -> list[tuple[str, list[str]]]:
    """All caveats by severity, the weightiest first."""
    every = page.records.things["caveat"]
    groups = [
        (severity, [name for name in every if _weighs(page, name, severity)])
        for severity in page.records.members("Severity")
    ]
    return [(page.term(severity), names) for severity, names in groups if names]


def _weighs(page: Page, caveat: str, severity: str) -> bool:
    return page.records.value(caveat, DUO.severity) == str(DUO[severity])


def pitfalls(page: Page) -> list[str]:
    """The pitfalls that are linked with a thing, or that one claim names together with it."""
    linked = {*page.records.values(page.iri, SKOS.related), *page.records.subjects(SKOS.related, page.iri)}
    named = {iri for claim in page.records.claims_about(page.iri) for iri in claim.about}
    return in_order(page, (iri for iri in linked | named if kind_of(iri) == "pitfall"))


def taken_from(page: Page) -> list[tuple[str, list[str]]]:
    """The concepts that are taken from a source, by kind."""
    found = [iri for iri in page.records.subjects(DCTERMS.source, page.iri) if kind_of(iri) in NODE_KINDS]
    return _by_kind(page, found)


def all_concepts(page: Page, graph: nx.MultiDiGraph) -> list[tuple[str, list[str]]]:
    """All concepts of the graph, by kind."""
    return _by_kind(page, graph)


def _by_kind(page: Page, iris: Iterable[str]) -> list[tuple[str, list[str]]]:
    groups: dict[str, list[str]] = {}
    for iri in iris:
        groups.setdefault(kind_of(iri), []).append(iri)
    kinds = [kind for kind in NODE_KINDS if kind in groups]
    return [
        (page.t(f"kind-{kind}"), sorted(groups[kind], key=lambda iri: page.plain(iri).casefold())) for kind in kinds
    ]


def domains_by_beneficiary(page: Page) -> list[tuple[str, list[str]]]:
    """The outcome domains by who gains."""
    found = page.records.things["domain"]
    groups = [
        (name, [iri for iri in found if str(DUO[name]) in page.records.values(iri, DUO.beneficiary)])
        for name in page.records.members("Beneficiary")
    ]
    return [(page.term(name), in_order(page, iris)) for name, iris in groups if iris]


def closed_list(page: Page, name: str) -> list[str]:
    """The members of a closed list of the vocabulary, such as "Basis", in their order."""
    return [str(DUO[member]) for member in page.records.members(name)]


def list_name(page: Page, name: str) -> str:
    """What a closed list of the vocabulary is called."""
    return page.records.text(str(DUO[name]), RDFS.label, page.language).words


def said_by(page: Page, iri: str) -> str:
    """A claim in words; an evidence item as its source with the claim that it bears on."""
    if kind_of(iri) != "evidence":
        return page.plain(iri)
    item = page.records.item(iri)
    return f"{page.plain(item.source)}: {page.plain(item.claim)} ({page.t(f'does-{item.direction}')})"


def questions(page: Page) -> list[tuple[str, list[Query]]]:
    """The competency questions by group, both in order of name."""
    groups: dict[str, list[Query]] = {}
    for query in page.records.queries.values():
        groups.setdefault(query.group, []).append(query)
    return sorted(groups.items())


def column(page: Page, name: str) -> str:
    """A column heading in words: the phrase of that name, or the variable's name."""
    return page.t(f"column-{name}") if has_phrase(f"column-{name}") else name


def cell(page: Page, value: Node | None) -> Markup:
    """A value of an answer: a thing as a link, a term in words, anything else as text."""
    if value is None:
        return Markup("–")
    if not isinstance(value, URIRef):
        return escape(value)
    name = str(value)
    if kind_of(name):
        return page.link(name)
    return escape(page.plain(name) if name.startswith(str(DUO)) else compact(name))


def parameter_name(page: Page, term: str) -> str:
    """What a parameter's value is called."""
    iri = expand(term)
    return page.plain(iri) if iri else term


def reference(page: Page, references: Mapping[str, str]) -> Markup:
    """The reference of a source, or the words in which it is cited where its title was not traced."""
    source = page.records.source(page.iri)
    if source.title:
        return Markup(references[source.key])
    words = source.fields.get("citedas")
    made = Markup(references.get(source.key, "")) if source.surnames else Markup("")
    note = page.t("cited-as-title-not-traced", words=words) if words else page.t("title-not-traced")
    return Markup(f"{made} [{escape(note)}]")


def fenced(text: str, language: str, indent: str = "") -> Markup:
    """Text as a code block, its fence longer than any in the text."""
    longest = max((len(run) for run in re.findall(r"`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    lines = [f"{fence}{language}", *text.strip().splitlines(), fence]
    return Markup("\n".join(indent + line for line in lines))
