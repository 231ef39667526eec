"""Target 2: the competency questions through our own call, on the bare store and on rdflib's memory store."""

import time
from collections.abc import Iterator
from dataclasses import dataclass

import pyoxigraph as ox
from rdflib import Graph

from benchmarks.content import Content, Workshop
from benchmarks.measure import TooLong, interleaved, limited, mean_ratio, ratio, tell
from benchmarks.report import Figure
from kb.knowledge_base import KnowledgeBase

# A query of rdflib's is stopped after so many processor seconds and counts as that slow.
RDFLIB_LIMIT = 10.0


@dataclass(frozen=True)
class Engines:
    """One graph, three ways to ask it."""

    kb: KnowledgeBase
    bare: ox.Store
    memory: Graph


@dataclass(frozen=True)
class Asked:
    """What one question cost: seconds of ours, ours / bare, rdflib / ours, and whether rdflib was stopped."""

    name: str
    ours: float
    to_bare: float
    to_rdflib: float
    stopped: bool


def figures(workshop: Workshop) -> Iterator[Figure]:
    """Geometric means over all questions, and the one that is furthest from the bare store."""
    for content in workshop.contents():
        tell(f"queries: {content.name}")
        engines = _engines(content)
        asked = [_asked(engines, name, workshop.rounds) for name in engines.kb.queries]
        total = sum(one.ours for one in asked)
        worst = max(asked, key=lambda one: one.to_bare)
        bare, rdflib = mean_ratio([one.to_bare for one in asked]), mean_ratio([one.to_rdflib for one in asked])
        stopped = sum(one.stopped for one in asked)
        note = f" ({stopped} of {len(asked)} stopped at {RDFLIB_LIMIT:g} s)" if stopped else ""
        yield Figure(2, f"{len(asked)} questions / bare pyoxigraph", content.name, bare, at_most=1.5, ours=total)
        yield Figure(2, f"worst: {worst.name}", content.name, worst.to_bare, ours=worst.ours)
        yield Figure(2, f"rdflib in memory / ours{note}", content.name, rdflib, at_least=10, beyond=stopped > 0)


def _engines(content: Content) -> Engines:
    kb = content.load()
    triples = kb.graph.serialize(format="ox-nt", encoding="utf-8")
    bare = ox.Store()
    bare.bulk_load(input=triples, format=ox.RdfFormat.N_TRIPLES)
    return Engines(kb, bare, Graph(bind_namespaces="none").parse(data=triples, format="nt"))


def _asked(engines: Engines, name: str, rounds: int) -> Asked:
    text = engines.kb.queries[name].text
    jobs = {"ours": lambda: engines.kb.select(text), "bare": lambda: bare_rows(engines.bare, text)}
    times = interleaved(jobs, rounds)
    rows, seconds = _rdflib(engines.memory, text)
    found = len(engines.kb.select(text).rows), len(bare_rows(engines.bare, text))
    if len({*found, *([rows] if rows is not None else [])}) > 1:
        raise RuntimeError(f"{name}: ours, the bare store and rdflib give {found} and {rows} rows")
    return Asked(name, min(times["ours"]), ratio(times, "ours", "bare"), seconds / min(times["ours"]), rows is None)


def bare_rows(store: ox.Store, text: str) -> list[tuple[object, ...]]:
    """All rows of the answer, read into Python."""
    answer = store.query(text)
    assert isinstance(answer, ox.QuerySolutions)
    return [tuple(row) for row in answer]


def _rdflib(graph: Graph, text: str) -> tuple[int | None, float]:
    """The number of rows, None where it took too long, and the seconds."""
    started = time.process_time()
    try:
        with limited(RDFLIB_LIMIT):
            rows = len(list(graph.query(text)))
    except TooLong:
        return None, RDFLIB_LIMIT
    return rows, time.process_time() - started
