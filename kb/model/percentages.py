"""From a share as printed back to whole counts: which number out of which base can have given it.

A share stands alone here: of two shares of one question each may fit the whole survey, and the two together only less.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from functools import cache
from math import ceil, floor

# How many of a base may have left a question open. Of fewer still, nearly any share is a share.
MOST_MISSING = 10


class Side(StrEnum):
    """The side of the printed share on which the real one lies, by the words before it; its values are our terms."""

    AS_PRINTED = "AsPrinted"
    BELOW = "Below"
    ABOVE = "Above"
    EITHER = "BelowOrAbove"


@dataclass(frozen=True)
class Hedge:
    """What the words before a share say of the real one: on which side it lies, at most how many points away."""

    side: Side
    room: Decimal


class Unit(StrEnum):
    """What a share is printed as: so many per cent, or a part in words."""

    PERCENT = "Percent"
    FRACTION = "Fraction"


class Outcome(StrEnum):
    """The result for a share: it fits the number that it is of, only a smaller one, or none within reach."""

    FITS = "fits"
    OTHER = "fits-another-base"
    NONE = "fits-none"


UNITS = {unit.value: unit for unit in Unit}


@dataclass(frozen=True)
class Share:
    """A share as printed: `value` with the decimals it is printed with (54.5 per cent, 0.25 for a quarter).

    `everyone` is the number of those who took part in the survey, `hedge` what the words before the share leave of it,
    `base` what it is of (None: not known), `count` the number that is printed beside it for the same answer.
    """

    value: Decimal
    unit: Unit
    everyone: int
    hedge: Hedge | None = None
    base: int | None = None
    count: int | None = None

    @property
    def part(self) -> Fraction:
        """Return the share as a part of one; a fraction in words as itself, so that 0.333 is a third."""
        exact = Fraction(self.value)
        return exact / 100 if self.unit is Unit.PERCENT else exact.limit_denominator(10)


@dataclass(frozen=True)
class Recomputed:
    """The result for a share, and each base that was found to fit with its counts, the largest base first."""

    outcome: Outcome
    found: tuple[tuple[int, tuple[int, ...]], ...]


@cache
def recompute(share: Share) -> Recomputed:
    """Return the result for the share on its base, or on everyone where that is not known.

    Where it does not fit there, each smaller base within reach is tried.
    """
    whole = share.base or share.everyone
    own = counts(share, whole)
    if own:
        return Recomputed(Outcome.FITS, ((whole, own),))
    others = tuple((base, found) for base in _smaller(whole) if (found := counts(share, base)))
    return Recomputed(Outcome.OTHER if others else Outcome.NONE, others)


def _smaller(base: int) -> Iterator[int]:
    yield from range(base - 1, max(base - 1 - MOST_MISSING, 0), -1)


def counts(share: Share, base: int) -> tuple[int, ...]:
    """Return the whole counts out of `base` that give the share, in ascending order.

    Where a count is printed beside the share, only that is tried. A percentage is rounded to the decimals it is printed
    with, halves up or to even: 3 of 11 is 27%, 1 of 8 is 12% and 13%. A fraction in words is read to the nearest whole
    count: a third of 8 is 3, half of 9 is 4 or 5. For the tolerance of hedged shares see `_just_below`.
    """
    fits = _TESTS[share.hedge.side if share.hedge else Side.AS_PRINTED]
    possible = range(base + 1) if share.count is None else (share.count,)
    return tuple(count for count in possible if count <= base and fits(share, count, base))


def _exactly(share: Share, count: int, base: int) -> bool:
    if share.unit is Unit.FRACTION:
        return count in (floor(share.part * base + Fraction(1, 2)), ceil(share.part * base - Fraction(1, 2)))
    return share.value in _rounded(Fraction(100 * count, base), _decimals(share.value))


def _decimals(value: Decimal) -> int:
    exponent = value.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _rounded(value: Fraction, decimals: int) -> set[Decimal]:
    scaled = value * 10**decimals
    up, even = floor(scaled + Fraction(1, 2)), round(scaled)
    return {Decimal(whole).scaleb(-decimals) for whole in (up, even)}


def _just_below(share: Share, count: int, base: int) -> bool:
    """Return whether a count is less than the share, and near enough to it.

    It may be less by at most a tenth of the share and at most the room that the words leave, or by one count. With room
    for five points, almost 70% of 40 is thus 26 or 27; a base so small that no count is that near leaves the next lower
    one: slightly less than half of 14 is 6.
    """
    return 0 < share.part * base - count <= max(_slack(share, base), Fraction(1))


def _just_above(share: Share, count: int, base: int) -> bool:
    """Return whether a count is more than the share, within the same tolerance."""
    return 0 < count - share.part * base <= max(_slack(share, base), Fraction(1))


def _nearly(share: Share, count: int, base: int) -> bool:
    return _exactly(share, count, base) or _just_below(share, count, base) or _just_above(share, count, base)


def _slack(share: Share, base: int) -> Fraction:
    room = Fraction(share.hedge.room) / 100 if share.hedge else Fraction(0)
    return min(share.part / 10, room) * base


_TESTS: dict[Side, Callable[[Share, int, int], bool]] = {
    Side.AS_PRINTED: _exactly,
    Side.BELOW: _just_below,
    Side.ABOVE: _just_above,
    Side.EITHER: _nearly,
}
