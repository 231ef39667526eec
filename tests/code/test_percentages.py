"""Shares turned back into counts. Each expected count was worked out by hand from the decimals in its comment."""

from decimal import Decimal

import pytest

from kb.content.knowledge_base import load_knowledge_base
from kb.model.percentages import Hedge, Outcome, Share, Side, Unit, counts, recompute
from kb.model.records import Records
from kb.namespaces import DUO, expand
from kb.pages.page import Page
from kb.pages.subjects.recomputed import Row, rows_by_section, sums
from kb.pages.thing import things

ROOM = Decimal("5.5")
SLIGHTLY_LESS, SLIGHTLY_MORE, ABOUT = (Hedge(side, ROOM) for side in (Side.BELOW, Side.ABOVE, Side.EITHER))
NO_LESS = Hedge(Side.AS_PRINTED, Decimal(0))
ALL = 55


def percent(value, hedge=None, base=None, count=None):
    return Share(Decimal(value), Unit.PERCENT, ALL, hedge, base, count)


def part(value, hedge=None, base=None):
    return Share(Decimal(value), Unit.FRACTION, ALL, hedge, base)


SURVEY = str(DUO.survey)

COUNTS = [
    # 30/55 = 54.545…: 54.5 with a decimal, 55 without; never 54
    (percent("54.5"), 55, (30,)),
    (percent("55"), 55, (30,)),
    (percent("54"), 55, ()),
    # a nought printed after the point says no more than the whole number: Turtle writes 55.0 for 55
    (percent("55.0"), 55, (30,)),
    # 51/55 = 92.7, 52/55 = 94.545…
    (percent("94"), 55, ()),
    (percent("95"), 55, (52,)),
    # 51/54 = 94.4
    (percent("94"), 54, (51,)),
    # 36/55 = 65.4545…: rounded once it is 65
    (percent("66"), 55, ()),
    # 5/40 = 12.5 and 15/40 = 37.5: a half goes up, or to the even number, and no further
    (percent("13"), 40, (5,)),
    (percent("12"), 40, (5,)),
    (percent("38"), 40, (15,)),
    (percent("37"), 40, ()),
    # of 300, several counts round alike: 148.5/300 = 49.5, 151.5/300 = 50.5
    (percent("50"), 300, (149, 150, 151)),
    (percent("0"), 55, (0,)),
    (percent("100"), 55, (55,)),
    # the count that is printed beside it: 16/100 is 16, but 15 was printed
    (percent("16", count=15), 100, ()),
    (percent("16", count=16), 100, (16,)),
    (percent("16", count=16), 10, ()),
    # a third of 55 is 18.33, half of it 27.5, a quarter of 54 13.5, two thirds of 55 36.67
    (part("0.333"), 55, (18,)),
    (part("0.5"), 55, (27, 28)),
    (part("0.5"), 44, (22,)),
    (part("0.25"), 54, (13, 14)),
    (part("0.667"), 55, (37,)),
    (part("1"), 55, (55,)),
    # emphasis leaves the share as it is: 46/55 = 83.6, 22/55 = 40
    (percent("84", NO_LESS), 55, (46,)),
    (percent("94", NO_LESS), 55, ()),
    (percent("40", NO_LESS), 55, (22,)),
    # 70% of 55 is 38.5, less 3 in 55 is 35.5; 60% is 33 itself, less 3 is 30
    (percent("70", SLIGHTLY_LESS), 55, (36, 37, 38)),
    (percent("60", SLIGHTLY_LESS), 55, (30, 31, 32)),
    # 4% of 55 is 2.2, a tenth of that 0.22: but one count is always left
    (percent("4", SLIGHTLY_LESS), 55, (2,)),
    # 13.75 less 1.375 is 12.375; 18.33 less 1.83 is 16.5; 55 less 3 is 52
    (part("0.25", SLIGHTLY_LESS), 55, (13,)),
    (part("0.333", SLIGHTLY_LESS), 55, (17, 18)),
    (part("1", SLIGHTLY_LESS), 55, (52, 53, 54)),
    # 27.5 and a tenth of it is 30.25; half of 14 is 7 itself
    (part("0.5", SLIGHTLY_MORE), 55, (28, 29, 30)),
    (part("0.5", SLIGHTLY_LESS), 14, (6,)),
    # 54.5% of 11 is 5.995
    (percent("54.5", SLIGHTLY_MORE), 11, (6,)),
    # about as much: 33 and 3 either way
    (percent("60", ABOUT), 55, (30, 31, 32, 33, 34, 35, 36)),
    # more room, of which a tenth of the share is the limit: 16.5 and 1.65 to 33 and 3.3
    (percent("30", Hedge(Side.BELOW, Decimal(20))), 55, (15, 16)),
    # less room: 55 points of a thousand are 1.1 in 200, so that 98.9 is as low as it goes
    (percent("50", Hedge(Side.BELOW, Decimal("0.55"))), 200, (99,)),
]  # fmt: skip


@pytest.mark.parametrize(("share", "base", "expected"), COUNTS)
def test_counts(share, base, expected):
    assert counts(share, base) == expected


RECOMPUTED = [
    (percent("9", base=55), Outcome.FITS, ((55, (5,)),)),
    (percent("22"), Outcome.FITS, ((55, (12,)),)),
    # 59% of 55 would be 32.45: 32 is 58.2, 33 is 60
    (percent("59"), Outcome.OTHER, ((54, (32,)), (51, (30,)), (49, (29,)), (46, (27,)))),
    # 55 of 78 is 70.5; 55 of 74 is 74.3, of 73 75.3, of 72 76.4
    (percent("75", base=78, count=55), Outcome.OTHER, ((73, (55,)),)),
    # 1 of 55 is 1.8, of 45 2.2
    (percent("1"), Outcome.NONE, ()),
    # 1 of 3 is 33.3, of 2 50, of 1 100; no base is below one
    (percent("40", base=3), Outcome.NONE, ()),
]


@pytest.mark.parametrize(("share", "outcome", "found"), RECOMPUTED)
def test_recomputed(share, outcome, found):
    result = recompute(share)
    assert (result.outcome, result.found) == (outcome, found)


def test_least_base_that_is_tried():
    """11 is 24.4% of 45, and 25% of 44, which is out of reach."""
    assert recompute(percent("24.4")).found == ((45, (11,)),)
    assert recompute(percent("25", count=11)).found == ()


def test_share_of_nobody_knows_how_many(tiny):
    path = tiny / "evidence/survey.ttl"
    text = path.read_text("utf-8").replace("duo:base 11 ; ", "").replace('hedge "ruim"', 'hedge "maar liefst"')
    path.write_text(text, "utf-8")
    page = Page(Records(load_knowledge_base(tiny)), "en", "question/recomputed")
    ((_, (row,)),) = rows_by_section(page, SURVEY)
    assert (row.base, row.counts, row.verdict) == ("of how many is not stated", "12 of 22", "fits, if it is of all 22")


def test_rows_of_the_page(tiny_kb):
    page = Page(Records(tiny_kb), "nl", "question/recomputed")
    question, answer = things(page, map(expand, ("question:meetings", "answer:meetings--weekly")))
    row = Row(
        question, answer, "54,5% (in de woorden van het werk: ruim)", "van 11 (gerapporteerd)", "6 van 11",
        "past bij het bekende totaal", "–",
    )  # fmt: skip
    assert rows_by_section(page, SURVEY) == [("sectie 5.1", [row])]
    assert sums(page, SURVEY)[0].startswith("1 van de 1 cijfers passen")
