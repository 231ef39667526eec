"""The answers to competency questions, run once for both languages."""

from dataclasses import dataclass

from rdflib.term import Node

from kb.knowledge_base import KnowledgeBase
from kb.queries import Query


@dataclass(frozen=True)
class Answer:
    """A question with the columns and rows of its answer."""

    query: Query
    columns: tuple[str, ...]
    rows: tuple[tuple[Node | None, ...], ...]

    def defaults(self) -> list[tuple[str, str]]:
        """The parameters with the values that the answer is for."""
        return [(name, self.query.default(name) or "") for name in self.query.parameters]


def answer(kb: KnowledgeBase, query: Query) -> Answer:
    """Run a question as it stands in its file."""
    result = kb.query(query.text)
    columns = tuple(str(name) for name in result.vars or ())
    return Answer(query, columns, tuple(tuple(row) for row in result))
