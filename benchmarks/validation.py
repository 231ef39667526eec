"""Target 4, its first half: every rule of the everyday check against the load."""

from collections.abc import Iterator
from dataclasses import replace

from benchmarks.content import Workshop
from benchmarks.measure import interleaved, middle, ratio, tell
from benchmarks.report import Figure
from kb.checks.validation import validate
from kb.content.knowledge_base import load_knowledge_base


def figures(workshop: Workshop) -> Iterator[Figure]:
    """The check as a multiple of the whole load, both of content whose files were read before."""
    for content in workshop.contents():
        tell(f"validation: {content.name}")
        kb = content.load()
        jobs = {"check": lambda kb=kb: validate(replace(kb)), "load": lambda root=kb.root: load_knowledge_base(root)}
        times = interleaved(jobs, workshop.rounds)
        seconds = middle(times, "check"), middle(times, "load")
        value = ratio(times, "check", "load")
        yield Figure(4, "every rule / whole load", content.name, value, at_most=2, ours=seconds[0], other=seconds[1])
