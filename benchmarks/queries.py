"""Target 2: the competency questions through our own call, on the bare store and on rdflib's memory store."""

import gc
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import pyoxigraph as ox
from rdflib import Graph

from benchmarks.content import Content, Workshop
from benchmarks.measure import TooLong, interleaved, limited, mean_ratio, middle, ratio, tell
from benchmarks.report import Figure
from kb.content.knowledge_base import KnowledgeBase

# rdflib is stopped after this multiple of what we took, and left out where that alone would take too many seconds.
MOST_RATIO, MOST_SECONDS = 40.0, 2.0

Rows = list[tuple[object, ...]]


@dataclass(frozen=True)
class Engines:
    """One graph, three ways to ask it."""

    kb: KnowledgeBase
    bare: ox.Store
    memory: Graph


@dataclass(frozen=True)
class Asked:
    """What one question cost: seconds of ours, ours / bare, rdflib / ours (None where that was left out).

    `stopped` marks a ratio that is at least this high, `differs` an answer of rdflib's that is not ours.
    """

    name: str
    ours: float
    to_bare: float
    to_rdflib: float | None
    stopped: bool = False
    differs: bool = False


def figures(workshop: Workshop) -> Iterator[Figure]:
    """Geometric means over all questions, and the one that is furthest from the bare store."""
    for content in workshop.contents():
        tell(f"queries: {content.name}")
        engines = _engines(content)
        gc.freeze()  # else every measurement first goes over all that rdflib holds
        asked = [_asked(engines, name, workshop.rounds) for name in engines.kb.queries]
        gc.unfreeze()
        yield from _to_bare(content, asked)
        yield from _to_rdflib(content, asked)


def _engines(content: Content) -> Engines:
    kb = content.load()
    triples = kb.graph.serialize(format="ox-nt", encoding="utf-8")
    bare = ox.Store()
    bare.bulk_load(input=triples, format=ox.RdfFormat.N_TRIPLES)
    return Engines(kb, bare, Graph(bind_namespaces="none").parse(data=triples, format="nt"))


def _to_bare(content: Content, asked: Sequence[Asked]) -> Iterator[Figure]:
    total, mean = sum(one.ours for one in asked), mean_ratio([one.to_bare for one in asked])
    worst, slowest = max(asked, key=lambda one: one.to_bare), max(asked, key=lambda one: one.ours)
    yield Figure(2, f"{len(asked)} questions / bare pyoxigraph", content.name, mean, at_most=1.5, ours=total)
    yield Figure(2, "the worst of them", content.name, worst.to_bare, ours=worst.ours, note=worst.name)
    yield Figure(2, "the slowest of them", content.name, slowest.ours, "s", note=slowest.name)


def _to_rdflib(content: Content, asked: Sequence[Asked]) -> Iterator[Figure]:
    compared = [one.to_rdflib for one in asked if one.to_rdflib is not None]
    stopped, differing = sum(one.stopped for one in asked), sum(one.differs for one in asked)
    notes = {
        f"{stopped} stopped at {MOST_RATIO:g}×": stopped,
        f"{len(asked) - len(compared)} left out as too slow": len(asked) - len(compared),
        f"{differing} with another answer": differing,
    }
    note = ", ".join(note for note, number in notes.items() if number)
    mean = mean_ratio(compared)
    yield Figure(2, "rdflib in memory / ours", content.name, mean, at_least=10, beyond=stopped > 0, note=note)


def _asked(engines: Engines, name: str, rounds: int) -> Asked:
    text = engines.kb.queries[name].text
    answers: dict[str, Iterable[tuple[object, ...]]] = {}
    jobs = {
        "ours": lambda: answers.update(ours=engines.kb.select(text).rows),
        "bare": lambda: answers.update(bare=bare_rows(engines.bare, text)),
    }
    times = interleaved(jobs, rounds)
    if _shown(answers["ours"]) != _shown(answers["bare"]):
        raise RuntimeError(f"{name}: our answer is not that of the bare store")
    ours, to_bare = middle(times, "ours"), ratio(times, "ours", "bare")
    if ours * MOST_RATIO > MOST_SECONDS:
        return Asked(name, ours, to_bare, None)
    rows, seconds = _rdflib(engines.memory, text, max(0.5, ours * MOST_RATIO))
    differs = rows is not None and _shown(rows) != _shown(answers["ours"])
    return Asked(name, ours, to_bare, seconds / ours, rows is None, differs)


def bare_rows(store: ox.Store, text: str) -> Rows:
    """All rows of the answer, read into Python."""
    answer = store.query(text)
    assert isinstance(answer, ox.QuerySolutions)
    return [tuple(row) for row in answer]


def _rdflib(graph: Graph, text: str, limit: float) -> tuple[Rows | None, float]:
    """The rows, None where it took too long, and the seconds."""
    started = time.process_time()
    try:
        with limited(limit):
            rows: Rows = [tuple(row) for row in graph.query(text)]  # type: ignore[arg-type]
    except TooLong:
        return None, limit
    return rows, time.process_time() - started


def _shown(rows: Iterable[tuple[object, ...]]) -> list[tuple[str, ...]]:
    """The rows of any of the three in words, sorted."""
    return sorted(tuple(_words(value) for value in row) for row in rows)


def _words(value: object) -> str:
    """An rdflib term is a string, one of pyoxigraph's has it as its value."""
    return str(value) if isinstance(value, str) else str(getattr(value, "value", value))
