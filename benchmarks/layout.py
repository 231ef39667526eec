"""Target 7: where the nodes of the map stand, against bare igraph and networkx's spring layout."""

import importlib.util
import random
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import igraph
import networkx as nx

from benchmarks.content import Workshop
from benchmarks.measure import interleaved, middle, ratio, tell
from benchmarks.report import Figure
from kb.drawing.layout import cached_layout, layout

NODES, FEWER_NODES = 2000, 300
_LINKS = 3  # of each new node to those before it


def figures(workshop: Workshop) -> Iterator[Figure]:
    """Seconds at the target's size, ratios to both peers, and what is left of it the second time."""
    yield from _at_size(workshop.rounds)
    yield from _to_networkx(workshop.rounds)


def _at_size(rounds: int) -> Iterator[Figure]:
    tell(f"layout: {NODES} nodes")
    graph, name = _graph(NODES), f"{NODES:,} nodes"
    nodes, edges = list(graph), list(graph.edges)
    with tempfile.TemporaryDirectory() as folder:
        jobs: dict[str, Callable[[], object]] = {
            "ours": lambda: layout(nodes, edges),
            "bare": lambda: _bare(graph),
            "again": lambda: cached_layout(nodes, edges, folder=Path(folder)),
        }
        times = interleaved(jobs, rounds)
    ours, bare, again = (middle(times, job) for job in ("ours", "bare", "again"))
    yield Figure(7, "layout", name, ours, "s", at_most=2)
    value = ratio(times, "ours", "bare")
    yield Figure(7, "layout / bare igraph, the same algorithm", name, value, ours=ours, other=bare)
    value = ratio(times, "again", "ours")
    yield Figure(7, "layout the second time / first time", name, value, ours=again, other=ours)


def _to_networkx(rounds: int) -> Iterator[Figure]:
    if importlib.util.find_spec("numpy") is None:
        tell("layout: networkx's spring layout is not measured, as it needs numpy: pip install numpy")
        return
    graph, name = _graph(FEWER_NODES), f"{FEWER_NODES} nodes"
    nodes, edges = list(graph), list(graph.edges)
    jobs: dict[str, Callable[[], object]] = {
        "ours": lambda: layout(nodes, edges),
        "networkx": lambda: nx.spring_layout(graph, seed=1),
    }
    times = interleaved(jobs, rounds)
    seconds = middle(times, "ours"), middle(times, "networkx")
    value = ratio(times, "networkx", "ours")
    yield Figure(7, "networkx spring_layout / ours", name, value, ours=seconds[0], other=seconds[1])


def _graph(nodes: int) -> "nx.Graph[str]":
    """A graph in which, as among our concepts, few nodes have many links."""
    graph = nx.barabasi_albert_graph(nodes, _LINKS, seed=2016)
    return nx.relabel_nodes(graph, {at: f"n{at:05}" for at in graph})


def _bare(graph: "nx.Graph[str]") -> object:
    """igraph's own Fruchterman–Reingold with its defaults."""
    number = {name: at for at, name in enumerate(graph)}
    igraph.set_random_number_generator(random.Random(2016))
    try:
        edges = [(number[start], number[end]) for start, end in graph.edges]
        return igraph.Graph(n=len(number), edges=edges).layout_fruchterman_reingold()
    finally:
        igraph.set_random_number_generator(random)
