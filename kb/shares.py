"""From a share as printed back to whole counts: which number out of which base can have given it.

A share stands alone here: of two shares of one question each may fit 55, and the two together only 54.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from functools import cache
from math import ceil, floor

# Everyone who took part in the survey; a share whose base is not known is tried on them first.
EVERYONE = 55
# How many of a base may have left a question open. Of fewer still, nearly any share is a share.
MOST_MISSING = 10

# The words that the report puts before a share: what they leave of it.
_EXACT, _BELOW, _ABOVE, _ABOUT = "exact", "below", "above", "about"
HEDGES = {
    "bijna": _BELOW,
    "een klein kwart": _BELOW,
    "een kleine": _BELOW,
    "iets minder dan": _BELOW,
    "net geen": _BELOW,
    "vrijwel": _BELOW,
    "iets meer dan": _ABOVE,
    "ruim": _ABOVE,
    # These say how remarkable the share is, or what is among it, not that it is another.
    "maar liefst": _EXACT,
    "niet minder dan": _EXACT,
    "op één organisatie na": _EXACT,
}


class Unit(StrEnum):
    """What a share is printed as: so many per cent, or a part in words."""

    PERCENT = "Percent"
    FRACTION = "Fraction"


class Outcome(StrEnum):
    """Whether a share fits the number that it is of, only a smaller one, or none within reach."""

    FITS = "fits"
    OTHER = "fits-another-base"
    NONE = "fits-none"


UNITS = {unit.value: unit for unit in Unit}


@dataclass(frozen=True)
class Share:
    """A share as printed: `value` with the decimals it is printed with (54.5 per cent, 0.25 for a quarter).

    `hedge` holds the words before it, `base` what it is of (None: not known), `count` the number of projects that the
    report prints beside it for the same answer.
    """

    value: Decimal
    unit: Unit
    hedge: str = ""
    base: int | None = None
    count: int | None = None

    @property
    def part(self) -> Fraction:
        """The share as a part of one; a fraction in words as itself, so that 0.333 is a third."""
        exact = Fraction(self.value)
        return exact / 100 if self.unit is Unit.PERCENT else exact.limit_denominator(10)


@dataclass(frozen=True)
class Recomputed:
    """What came of it: the verdict, and each base that was found to fit with its counts, the largest base first."""

    outcome: Outcome
    found: tuple[tuple[int, tuple[int, ...]], ...]


@cache
def recompute(share: Share) -> Recomputed:
    """Try the share on its base, or on everyone where that is not known, then on each smaller base within reach."""
    whole = share.base or EVERYONE
    own = counts(share, whole)
    if own:
        return Recomputed(Outcome.FITS, ((whole, own),))
    others = tuple((base, found) for base in _smaller(whole) if (found := counts(share, base)))
    return Recomputed(Outcome.OTHER if others else Outcome.NONE, others)


def _smaller(base: int) -> Iterator[int]:
    yield from range(base - 1, max(base - 1 - MOST_MISSING, 0), -1)


def counts(share: Share, base: int) -> tuple[int, ...]:
    """The whole counts out of `base` that give the share.

    A percentage is rounded to the decimals it is printed with, halves up or to even: 30 of 55 is 54.5% and 55%. A
    fraction in words is read to the nearest whole count: a third of 55 is 18, half of it 27 or 28. For the tolerance
    of hedged shares see `_just_below`. Hedges that are not in HEDGES are read as being a little below or above.
    """
    fits = _TESTS[HEDGES.get(share.hedge, _ABOUT) if share.hedge else _EXACT]
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
    """Less than the share, by at most a tenth of it and at most three projects in 55 (5.5 points), or by one count.

    Almost 70% of 55 is thus 36 to 38, slightly less than a third 17 or 18, and virtually all 52 to 54; a base so small
    that no count is that near leaves the next lower one: slightly less than half of 14 is 6.
    """
    return 0 < share.part * base - count <= max(_slack(share, base), Fraction(1))


def _just_above(share: Share, count: int, base: int) -> bool:
    """More than the share, within the same tolerance."""
    return 0 < count - share.part * base <= max(_slack(share, base), Fraction(1))


def _nearly(share: Share, count: int, base: int) -> bool:
    return _exactly(share, count, base) or _just_below(share, count, base) or _just_above(share, count, base)


def _slack(share: Share, base: int) -> Fraction:
    return min(share.part / 10, Fraction(3, 55)) * base


_TESTS: dict[str, Callable[[Share, int, int], bool]] = {
    _EXACT: _exactly,
    _BELOW: _just_below,
    _ABOVE: _just_above,
    _ABOUT: _nearly,
}
