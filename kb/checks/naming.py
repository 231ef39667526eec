"""What things are called: names that can be addresses of pages, values that have one, labels that tell things apart."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from itertools import chain

import pyoxigraph as ox
from rdflib.namespace import DCTERMS, OWL, SKOS

from kb.content.knowledge_base import KnowledgeBase, known
from kb.content.text_files import CONTROL, sign_name
from kb.diagnostics import Diagnostic, Severity, fault
from kb.kinds import KINDS
from kb.namespaces import BASE, DUO, PREFIXES, compact, expand, kind_of, slug_of

# What a thing can be called: a part of an address and the name of a file, on every computer.
_SLUG = re.compile(r"[^\W_](?:[\w.-]*[^\W_])?")
_LONGEST = 120
# The site tool makes the first two the page of the folder; Windows has no file of the other names.
_RESERVED = re.compile(r"index|readme|con|prn|aux|nul|(?:com|lpt)[0-9]")
_RETIRED = str(DUO.Retired)


def naming_faults(kb: KnowledgeBase, taken: Collection[str] = ()) -> Iterator[Diagnostic]:
    """Yield the faults of names, of things and values that have none, and of texts.

    `taken` are the paths of pages that are about no single thing.
    """
    written = dict(_written(kb))
    yield from _address_faults(written, {path.casefold() for path in taken})
    yield from _capitals_faults(written)
    yield from _misnamed_faults(kb)
    yield from _statement_faults(kb)
    yield from _retirement_faults(kb)


def _written(kb: KnowledgeBase) -> Iterator[tuple[str, tuple[str, int]]]:
    """Yield the IRI of each thing of which a file tells, and where it does so last."""
    for file, lines in kb.lines.items():
        for iri, line in lines.subjects.items():
            if kind_of(iri):
                yield iri, (file, line)


def _address_faults(written: Mapping[str, tuple[str, int]], taken: Collection[str]) -> Iterator[Diagnostic]:
    """Yield a fault for each name that cannot be the address of a page, or is that of a page that there is."""
    for iri, (file, line) in written.items():
        name, slug = compact(iri), slug_of(iri)
        if not _SLUG.fullmatch(slug) or len(slug.encode()) > _LONGEST or not unicodedata.is_normalized("NFC", slug):
            yield fault("name-signs", file, line, item=name, name=name, most=_LONGEST)
        elif _RESERVED.fullmatch(slug.casefold()) or f"{kind_of(iri)}/{slug}".casefold() in taken:
            yield fault("name-taken", file, line, item=name, name=name)


def _capitals_faults(written: Mapping[str, tuple[str, int]]) -> Iterator[Diagnostic]:
    """Yield a fault for each name that differs from an earlier one in capitals alone."""
    first: dict[str, str] = {}
    for iri, (file, line) in written.items():
        other = first.setdefault(_folded(iri), iri)
        if other != iri:
            one, two = compact(iri), compact(other)
            yield fault("name-capitals", file, line, item=one, name=one, other=two)


def _unnamed_faults(kb: KnowledgeBase) -> Iterator[Diagnostic]:
    """Yield a fault for each statement about a thing without a name."""
    for file, lines in kb.lines.items():
        labelled = (line for name, line in lines.subjects.items() if name.startswith("_:"))
        yield from (fault("thing-unnamed", file, line) for line in chain(lines.unnamed, labelled))


def _misnamed_faults(kb: KnowledgeBase) -> Iterator[Diagnostic]:
    """Yield a fault for each thing whose name begins otherwise than those of its class do."""
    starts = {str(expand(kind.class_)): name for name, kind in KINDS.items()}
    for iri, classes in kb.types.items():
        wanted = {starts[name] for name in classes if name in starts}
        if wanted and kind_of(iri) not in wanted and ":" in iri:
            file, line = kb.place(iri)
            prefix = min(wanted)
            yield fault("thing-misnamed", file, line, item=compact(iri), class_=KINDS[prefix].class_, prefix=prefix)


def _statement_faults(kb: KnowledgeBase) -> Iterator[Diagnostic]:
    """Yield the faults of things without a name, and of texts, in one walk through the graph, which takes a while."""
    unnamed = False
    for quad in kb.store:
        if isinstance(quad.subject, ox.BlankNode):
            unnamed = unnamed or _is_ours(quad)
        elif isinstance(quad.object, ox.Literal):
            yield from _text_faults(kb, quad, quad.object)
        elif isinstance(quad.object, ox.BlankNode) and kind_of(str(known(quad.subject))):
            yield _placed(kb, "value-unnamed", quad)
    if unnamed:
        yield from _unnamed_faults(kb)


def _is_ours(quad: ox.Quad) -> bool:
    """Return whether a statement about a thing without a name is one that we make of our things."""
    return any(str(part).startswith(f"<{DUO}") for part in (quad.predicate, quad.object))


def _text_faults(kb: KnowledgeBase, quad: ox.Quad, text: ox.Literal) -> Iterator[Diagnostic]:
    """Yield a fault for a text that is empty, or holds a sign that nobody can see."""
    strange = CONTROL.search(text.value)
    if strange:
        yield _placed(kb, "control-sign", quad, sign=sign_name(strange[0]))
    elif text.language and not text.value.strip():
        yield _placed(kb, "text-empty", quad)


def _placed(kb: KnowledgeBase, code: str, quad: ox.Quad, sign: str = "") -> Diagnostic:
    """Return the fault at the line of a statement."""
    subject, predicate = str(known(quad.subject)), str(known(quad.predicate))
    file, line = kb.place(subject, predicate, str(known(quad.object)))
    return fault(code, file, line, item=compact(subject), property=compact(predicate), sign=sign)


def label_faults(kb: KnowledgeBase) -> Iterator[Diagnostic]:
    """Yield a warning for each thing that has the preferred label of another of its kind, in the same language."""
    bearing: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    for iri, _, label in kb.triples(predicate=str(SKOS.prefLabel)):
        kind = KINDS.get(kind_of(str(iri)))
        if kind and kind.names and _RETIRED not in kb.types[str(iri)]:
            language = str(getattr(label, "language", ""))
            bearing[kind.name, language, " ".join(_folded(str(label)).split())].append(str(iri))
    for things in bearing.values():
        first, *rest = sorted(set(things), key=lambda iri: _order(kb, iri))
        for thing in rest:
            file, line = kb.place(thing, str(SKOS.prefLabel))
            weight = Severity.WARNING
            yield fault("label-twice", file, line, item=compact(thing), severity=weight, other=compact(first))


def _order(kb: KnowledgeBase, iri: str) -> tuple[int, int, str]:
    file, line = kb.place(iri)
    return kb.files.index(file), line, iri


def _retirement_faults(kb: KnowledgeBase) -> Iterator[Diagnostic]:
    """Yield a fault for what was meant to retire a thing and does not."""
    odd = kb.select("SELECT ?s ?v { ?s owl:deprecated ?v FILTER(!sameTerm(?v, true) && !sameTerm(?v, false)) }")
    for subject, value in odd.rows:
        file, line = kb.place(str(subject), str(OWL.deprecated), str(value))
        yield fault("deprecated-value", file, line, item=compact(str(subject)), value=value)
    alone = kb.select("SELECT ?s { ?s dcterms:isReplacedBy ?v FILTER NOT EXISTS { ?s owl:deprecated ?any } }")
    for (subject,) in alone.rows:
        file, line = kb.place(str(subject), str(DCTERMS.isReplacedBy))
        yield fault("replaced-not-retired", file, line, item=compact(str(subject)))


def _folded(text: str) -> str:
    """Return a text in small letters and with each accent in one way, as a file system may keep it."""
    return unicodedata.normalize("NFC", text.casefold())


def is_of_no_kind(iri: str) -> bool:
    """Return whether a name begins as ours do, but with no kind of thing."""
    return iri.startswith(BASE) and not kind_of(iri) and not iri.startswith((str(DUO), PREFIXES["duo"].rstrip("#")))
