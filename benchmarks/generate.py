"""Synthetic content of any size in the project's own file formats, the same every time.

Each new individual copies the shape of a real one of its kind, drawn at random: the same predicates, the same number
of values, texts spliced from two real texts, and links to new things of the same kinds. So ratios, lengths and words
stay those of the real content, whatever is added to it. A few things are linked to often and most of them seldom.

What does not grow with the number of claims stays as it is: the schema, the closed lists, the roles table, the
spectrum, the dimensions, the best-known interventions, the rules, the questions and the shapes. The survey and the
evidence items written by hand are left out, with the caveats about them.
"""

import random
import re
import shutil
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import cycle, repeat
from pathlib import Path
from typing import Any

import pyoxigraph as ox
from rdflib import RDF, SKOS, XSD

from benchmarks.bibtex import grow_bibliography
from kb.content.csvw import TABLE, read_table
from kb.content.knowledge_base import content_files
from kb.content.turtle import TURTLE
from kb.namespaces import BASE, DUO, PREFIXES, compact, kind_of, slug_of
from kb.site.build import configuration
from kb.words import LANGUAGES

GROWN = (
    "concept", "attribute", "domain", "outcome", "indicator", "framework", "item", "pitfall", "target-group",
    "action-domain",
)  # fmt: skip
NOTES = ("caveat", "gap")
LEFT_OUT = {"question", "answer", "observation", "evidence"}
CONCEPTS_PER_CLAIM = 0.15
SOURCES_PER_CLAIM = 0.1
CLAIMS_PER_FILE = 250
_COPIED = (*map(configuration, LANGUAGES), "docs", "rules", "queries", "shapes.ttl", "build/script")
_LEAST_ROWS = re.compile(r"^# rows: \d+$", re.MULTILINE)
_HAND_WRITTEN = "---\ntitle: A page\n---\n\n# A page\n\nWritten by hand.\n"
_MATCHES = {str(SKOS[f"{name}Match"]) for name in ("exact", "close", "broad", "narrow", "related")}

# Predicate, then value.
Fact = tuple[str, ox.NamedNode | ox.Literal]


@dataclass
class Real:
    """The real content: the facts of each individual, and texts by predicate and language."""

    facts: dict[str, list[Fact]] = field(default_factory=lambda: defaultdict(list))
    texts: dict[tuple[str, str], list[str]] = field(default_factory=lambda: defaultdict(list))

    @cached_property
    def kinds(self) -> dict[str, list[str]]:
        """The individuals of each kind that can be copied: they link to nothing that is left out."""
        found: dict[str, list[str]] = defaultdict(list)
        for iri, facts in self.facts.items():
            if not LEFT_OUT.intersection(kind_of(value.value) for _, value in facts):
                found[kind_of(iri)].append(iri)
        return found


@dataclass
class Growth:
    """Content under way: the real content to copy from, a seeded chance, and the names to link to by kind."""

    real: Real
    chance: random.Random
    names: dict[str, list[str]]


def generate_content(root: Path, place: Path, claims: int, seed: int = 2016) -> None:
    """Make at `place` a project of `claims` claims that looks like the one at `root`."""
    chance = random.Random(f"{seed}/{claims}")
    copy_shell(root, place)
    _relax(place)
    sources = grow_bibliography((root / "sources.bib").read_text("utf-8"), round(claims * SOURCES_PER_CLAIM), chance)
    (place / "sources.bib").write_text("\n\n".join(sources.values()) + "\n", "utf-8")
    real = read_content(root)
    kept = _kept(root)
    asked = "".join(path.read_text("utf-8") for path in (root / "queries").glob("*.rq"))
    growth = Growth(real, chance, _names(real, kept + asked, claims, list(sources)))
    (place / "ontology.ttl").write_text(kept + "\n\n" + "\n".join(_concepts(growth)), "utf-8")
    _write_evidence(place / "evidence", growth)


def copy_shell(root: Path, place: Path) -> None:
    """Copy what is no content: configuration, pages written by hand, theme, rules, questions, shapes."""
    for name in _COPIED:
        if (root / name).is_dir():
            shutil.copytree(root / name, place / name)
        else:
            place.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(root / name, place / name)
    for language in LANGUAGES:
        (place / "build" / "pages" / language).mkdir(parents=True)


def _relax(place: Path) -> None:
    """Synthetic content holds neither the rows that a question must have nor the things that a page links to."""
    for path in (place / "queries").glob("*.rq"):
        path.write_text(_LEAST_ROWS.sub("# rows: 0", path.read_text("utf-8")), "utf-8")
    for path in (place / "docs").rglob("*.md"):
        path.write_text(_HAND_WRITTEN, "utf-8")


def read_content(root: Path) -> Real:
    """What the real files say."""
    real = Real()
    for name in content_files(root):
        for subject, predicate, value in _read(root, name):
            if not kind_of(subject.value) or isinstance(value, ox.BlankNode):
                continue
            real.facts[subject.value].append((predicate.value, value))
            if isinstance(value, ox.Literal) and value.language:
                real.texts[predicate.value, value.language].append(value.value)
    return real


def _read(root: Path, name: str) -> Iterator[Any]:
    """What a file says: subject, predicate and value of each triple, in the order of the file."""
    if name.endswith(TABLE):
        yield from (statement[:3] for statement in read_table(root / name, name).statements)
    elif name.endswith(TURTLE):
        yield from (tuple(triple)[:3] for triple in ox.parse(path=str(root / name), format=ox.RdfFormat.TURTLE))


def _kept(root: Path) -> str:
    """The statements of the real ontology that stay, as they are written there."""
    blocks = re.split(r"\n\s*\n", (root / "ontology.ttl").read_text("utf-8"))
    grown = {*GROWN, "mapping"} - {"concept"}
    return "\n\n".join(block for block in blocks if _subject_prefix(block) not in grown)


def _subject_prefix(block: str) -> str:
    found = re.search(r"^([\w-]+):\S+ a\b", block, re.MULTILINE)
    return found[1] if found else ""


def _names(real: Real, mentions: str, claims: int, sources: list[str]) -> dict[str, list[str]]:
    """All names by kind: those that stay or that something which stays mentions, then new ones in the real ratios."""
    names = {"source": [f"{BASE}source/{key}" for key in _known_first(sources, real.kinds["source"])]}
    total = sum(len(real.kinds[kind]) for kind in GROWN)
    for kind in GROWN:
        known = real.kinds[kind]
        stay = [iri for iri in known if kind == "concept" or re.search(rf"\b{kind}:{slug_of(iri)}\b", mentions)]
        names[kind] = stay + _new(real, kind, max(1, round(claims * CONCEPTS_PER_CLAIM * len(known) / total)))
    for kind in ("claim", *NOTES):
        names[kind] = _new(real, kind, round(claims * len(real.kinds[kind]) / len(real.kinds["claim"])))
    return names


def _known_first(keys: list[str], known: list[str]) -> list[str]:
    first = [slug_of(iri) for iri in known if slug_of(iri) in set(keys)]
    return [*first, *(key for key in keys if key not in set(first))]


def _new(real: Real, kind: str, wanted: int) -> list[str]:
    """New names, their slugs as long as those of their kind."""
    slugs = cycle(map(slug_of, real.kinds[kind])) if real.kinds[kind] else repeat(kind)
    return [f"{BASE}{kind}/{slug}-{at}" for at, slug in zip(range(1, wanted + 1), slugs, strict=False)]


def _concepts(growth: Growth) -> Iterator[str]:
    """The statements of all new concepts, each framework item followed by the reasons for its mappings."""
    kept = set(growth.real.kinds["concept"])
    for kind in GROWN:
        for at, iri in enumerate(growth.names[kind], 1):
            if iri not in kept:
                facts = _copied(growth, iri, at)
                yield statement(iri, facts)
                yield from _mappings(growth, iri, facts)


def _mappings(growth: Growth, item: str, facts: list[Fact]) -> Iterator[str]:
    """A reason for each indicator that a framework item is mapped to."""
    targets = [value for predicate, value in facts if predicate in _MATCHES and kind_of(value.value) == "indicator"]
    for target in targets:
        reason = growth.real.facts[growth.chance.choice(growth.real.kinds["mapping"])]
        texts = [(predicate, value) for predicate, value in reason if isinstance(value, ox.Literal)]
        links: list[Fact] = [
            (str(RDF.type), ox.NamedNode(DUO.Mapping)),
            (str(DUO.item), ox.NamedNode(item)),
            (str(DUO.indicator), target),
        ]
        name = f"{BASE}mapping/{slug_of(item)}--{slug_of(target.value)}"
        yield statement(name, links + [(predicate, _spliced(growth, predicate, text)) for predicate, text in texts])


def _copied(growth: Growth, iri: str, at: int) -> list[Fact]:
    """The facts of a real individual carried over to a new one; the same old name becomes the same new one."""
    template = growth.chance.choice(growth.real.kinds[kind_of(iri)])
    renamed: dict[str, ox.NamedNode | None] = {template: ox.NamedNode(iri)}
    facts: dict[Fact, None] = {}
    for predicate, value in growth.real.facts[template]:
        if predicate == str(DUO.position):
            facts[predicate, ox.Literal(at)] = None
        elif isinstance(value, ox.Literal):
            facts[predicate, _spliced(growth, predicate, value, at)] = None
        else:
            if value.value not in renamed:
                renamed[value.value] = _renamed(growth, iri, value, renamed)
            new = renamed[value.value]
            if new is not None:
                facts[predicate, new] = None
    return list(facts)


def _renamed(
    growth: Growth, iri: str, value: ox.NamedNode, taken: dict[str, ox.NamedNode | None]
) -> ox.NamedNode | None:
    """A name of the same kind that the individual does not link to yet; among its own kind only an earlier one."""
    kind = kind_of(value.value)
    if kind not in growth.names:
        return value
    names = growth.names[kind]
    known = names.index(iri) if kind == kind_of(iri) else len(names)
    for _ in range(9):
        name = ox.NamedNode(names[int(known * growth.chance.random() ** 2)])
        if known and name not in taken.values():
            return name
    return None


def _spliced(growth: Growth, predicate: str, value: ox.Literal, at: int = 0) -> ox.Literal:
    """A text made of the halves of two real ones in its place, a label numbered; anything but a text as it is."""
    if not value.language:
        return value
    texts = growth.real.texts[predicate, value.language]
    first, second = growth.chance.choice(texts).split(), growth.chance.choice(texts).split()
    words = [*first[: (len(first) + 1) // 2], *second[(len(second) + 1) // 2 :]]
    number = {str(SKOS.prefLabel): f" {at}", str(SKOS.altLabel): f" {at} bis", str(SKOS.hiddenLabel): f" {at} ter"}
    return ox.Literal(" ".join(words) + number.get(predicate, ""), language=value.language)


def statement(iri: str, facts: list[Fact]) -> str:
    """Turtle as people write it here: a predicate a line, its values after commas."""
    values: dict[str, list[str]] = defaultdict(list)
    for predicate, value in facts:
        values[predicate].append(_term(value))
    lines = [f"{_predicate(predicate)} {' , '.join(found)}" for predicate, found in values.items()]
    return f"{compact(iri)} " + " ;\n    ".join(lines) + " .\n"


def _predicate(predicate: str) -> str:
    return "a" if predicate == str(RDF.type) else compact(predicate)


def _term(value: ox.NamedNode | ox.Literal) -> str:
    if isinstance(value, ox.NamedNode):
        return compact(value.value)
    return value.value if value.datatype.value == str(XSD.integer) else str(value)


def _write_evidence(folder: Path, growth: Growth) -> None:
    """The claims, some hundreds a file, what is known about each source, and the caveats and gaps."""
    folder.mkdir()
    head = "".join(f"@prefix {prefix}: <{namespace}> .\n" for prefix, namespace in PREFIXES.items())
    claims = list(_statements(growth, "claim"))
    parts = {f"part-{at:06}": claims[at : at + CLAIMS_PER_FILE] for at in range(0, len(claims), CLAIMS_PER_FILE)}
    parts |= {kind: list(_statements(growth, kind)) for kind in ("source", *NOTES)}
    for name, statements in parts.items():
        (folder / f"{name}.ttl").write_text(head + "\n" + "\n".join(statements), "utf-8")


def _statements(growth: Growth, kind: str) -> Iterator[str]:
    for at, iri in enumerate(growth.names[kind], 1):
        yield statement(iri, _copied(growth, iri, at))
