"""How far something was studied: its evidence counted by study, never by work and never added up to one score."""

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import groupby

from kb.model.records import DIRECTIONS, EvidenceItem

# How those studied were compared, the comparison that says most about a cause first.
COMPARISONS = ("Allotted", "PartlyAllotted", "NotAllotted", "NoComparison")
# The direction of a study of which the best comparisons differ.
DIFFERING = "Qualifies"


@dataclass(frozen=True)
class Study:
    """A study, or a review, as it counts for a thing: once, in the direction of its best comparison.

    `name` is the work that stands for it, `items` what its works say. It qualifies where its best comparisons differ.
    """

    name: str
    pooled: bool
    direction: str
    comparison: str
    items: tuple[EvidenceItem, ...]

    @property
    def studied_in(self) -> tuple[str, ...]:
        """Return the interventions on which the study gathered its evidence, sorted."""
        return tuple(sorted({iri for item in self.items for iri in item.studied_in}))


def studies(items: Iterable[EvidenceItem]) -> list[Study]:
    """Return the studies and the reviews behind these items, by name; items that do not count are left out."""
    counting = sorted((item for item in items if item.counts), key=_study)
    return [_made(name, pooled, tuple(found)) for (name, pooled), found in groupby(counting, key=_study)]


def _study(item: EvidenceItem) -> tuple[str, bool]:
    return item.study, item.pooled


def _made(name: str, pooled: bool, items: tuple[EvidenceItem, ...]) -> Study:
    best = min((item.comparison for item in items), key=COMPARISONS.index)
    directions = {item.direction for item in items if item.comparison == best}
    return Study(name, pooled, directions.pop() if len(directions) == 1 else DIFFERING, best, items)


@dataclass(frozen=True)
class Tally:
    """What stands behind a thing: single studies and reviews, apart; and the works that only say or list it.

    What a caveat discounts is in none of them.
    """

    single: tuple[Study, ...]
    reviews: tuple[Study, ...]
    sayings: frozenset[str]

    @property
    def counted(self) -> tuple[Study, ...]:
        """Return the single studies, then the reviews."""
        return (*self.single, *self.reviews)

    @property
    def directions(self) -> dict[str, int]:
        """Return how many studies and reviews point in each direction that there is, in the order of DIRECTIONS."""
        found = [study.direction for study in self.counted]
        return {name: found.count(name) for name in DIRECTIONS if name in found}


def tally(weighing: Iterable[EvidenceItem], about: Iterable[EvidenceItem]) -> Tally:
    """Return what stands behind a thing: `weighing` is the evidence that counts for it, `about` all that is said."""
    found = studies(weighing)
    works = {item.source for study in found for item in study.items}
    return Tally(
        tuple(study for study in found if not study.pooled),
        tuple(study for study in found if study.pooled),
        frozenset(item.source for item in about if not item.discounted_by) - works,
    )


def by_intervention(found: Iterable[Study], own: Sequence[str]) -> Mapping[str, list[Study]]:
    """Return studies by the intervention studied, under each where there are several.

    `own` come first, then what is borrowed, then "" where it is not known.
    """
    groups: dict[str, list[Study]] = {}
    for study in found:
        for intervention in study.studied_in or ("",):
            groups.setdefault(intervention, []).append(study)
    return {iri: groups[iri] for iri in sorted(groups, key=lambda iri: (iri not in own, not iri, iri))}


def state(items: Iterable[EvidenceItem]) -> str:
    """Return what studies found, taken together: "supported", "mixed", "no-effect", "against" or "not-studied"."""
    return state_of({study.direction for study in studies(items)})


def state_of(directions: Set[str]) -> str:
    """Return the state, named as in `state`, of studies that point in these directions and in no other."""
    if not directions:
        return "not-studied"
    if directions <= {"NoEffectFound"}:
        return "no-effect"
    if directions <= {"Contradicts"}:
        return "against"
    return "supported" if "Supports" in directions and directions <= {"Supports", "Qualifies"} else "mixed"
