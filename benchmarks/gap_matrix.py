"""Target 3: the evidence map with its zeros against the query that finds its cells that are not empty."""

from collections.abc import Iterator

from benchmarks.content import Content, Workshop
from benchmarks.measure import interleaved, middle, ratio, tell
from benchmarks.report import Figure
from kb.model.dependencies import Dependencies
from kb.model.gap_matrix import Matrix, evidence_map
from kb.model.records import Records

QUESTION = "outcomes-by-intervention"


def figures(workshop: Workshop) -> Iterator[Figure]:
    """The whole matrix as a multiple of the query; both start from content that is loaded and indexed."""
    for content in workshop.contents():
        tell(f"gap matrix: {content.name}")
        yield _figure(content, workshop.rounds)


def _figure(content: Content, rounds: int) -> Figure:
    kb = content.load()
    records, query = Records(kb), kb.queries[QUESTION].text
    times = interleaved({"matrix": lambda: _matrix(records), "query": lambda: kb.select(query)}, rounds)
    cells = _matrix(records).cells.values()
    return Figure(
        3,
        "gap matrix with zeros / its query",
        content.name,
        ratio(times, "matrix", "query"),
        at_most=3,
        ours=middle(times, "matrix"),
        other=middle(times, "query"),
        note=f"{len(cells)} cells, {sum(not cell.findings for cell in cells)} empty",
    )


def _matrix(records: Records) -> Matrix:
    """The matrix, made anew."""
    records.dependencies = Dependencies()
    return evidence_map(records)
