"""How well something is known: its evidence counted by source, never added up to one score."""

from collections.abc import Iterable
from dataclasses import dataclass

from kb.records import EvidenceItem


@dataclass(frozen=True)
class Standing:
    """Distinct sources behind something, by what they gathered their evidence on and by direction.

    A source that is direct for one claim and borrowed for another counts as direct, so that `direct`, `borrowed` and
    `open` together are `sources`. `borrowed_from` are the interventions that the borrowed ones studied.
    """

    sources: frozenset[str]
    direct: frozenset[str]
    borrowed: frozenset[str]
    borrowed_from: tuple[str, ...]
    against: frozenset[str]

    @property
    def open(self) -> frozenset[str]:
        """The sources of which it is not known what they studied."""
        return self.sources - self.direct - self.borrowed


def standing(items: Iterable[EvidenceItem]) -> Standing:
    """The standing of whatever these evidence items are about."""
    known = list(items)
    direct = frozenset(item.source for item in known if item.directness == "Direct")
    borrowed = frozenset(item.source for item in known if item.directness == "Indirect") - direct
    return Standing(
        sources=frozenset(item.source for item in known),
        direct=direct,
        borrowed=borrowed,
        borrowed_from=tuple(
            sorted({iri for item in known if item.source in borrowed for iri in item.transferred_from})
        ),
        against=frozenset(item.source for item in known if item.direction != "Supports"),
    )


def state(items: Iterable[EvidenceItem]) -> str:
    """The state of the evidence by the rubric (rules/80), such as "MixedOrDisputed": what its studies found."""
    found = {item.direction for item in items if item.from_study}
    if not found:
        return "NotStudied"
    if found == {"NoEffectFound"}:
        return "NoEffectFound"
    return "Supported" if found in ({"Supports"}, {"Supports", "Qualifies"}) else "MixedOrDisputed"
