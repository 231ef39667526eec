"""The fixed sentences: the whole grid against tests/data/sentences-grid.md, and what the grid does not hold."""

from itertools import product

import pytest
from conftest import DATA

from kb.model.fixed_sentences import CERTAINTIES, FINDINGS, Phrases, fixed_sentence, no_study

TITLE = "# The whole grid: 6 findings × 4 levels × effect, factor, pitfall × two directions of good × two languages"
LONELINESS = {
    "en": Phrases("loneliness", "less loneliness", "more loneliness"),
    "nl": Phrases("eenzaamheid", "minder eenzaamheid", "meer eenzaamheid"),
}
SCHOOL = {
    "en": Phrases("school results", "better school results", "worse school results"),
    "nl": Phrases("schoolresultaten", "betere schoolresultaten", "slechtere schoolresultaten"),
}
HEALTH = {
    "en": Phrases("volunteers’ health", "better health of volunteers", "worse health of volunteers"),
    "nl": Phrases(
        "de gezondheid van vrijwilligers",
        "betere gezondheid van vrijwilligers",
        "slechtere gezondheid van vrijwilligers",
    ),
}
OVERALL = {
    "en": Phrases("outcomes overall", "better outcomes overall", "worse outcomes overall"),
    "nl": Phrases(
        "de uitkomsten in het algemeen", "betere uitkomsten in het algemeen", "slechtere uitkomsten in het algemeen"
    ),
}
BEFRIENDING = {"en": "befriending", "nl": "befriending"}
MENTORING = {"en": "youth mentoring", "nl": "jongerenmentoring"}
VOLUNTEERING = {"en": "volunteering", "nl": "vrijwilligerswerk"}
A_YEAR = {"en": "a match of a year or longer", "nl": "een duo dat een jaar of langer duurt"}
ENDS_EARLY = {"en": "a match that ends early", "nl": "een duo dat vroeg stopt"}
NONE = {"en": "", "nl": ""}
# heading, subject, outcome, intervention of a factor, causal, pitfall
SECTIONS = [
    ("effect, less is good", BEFRIENDING, LONELINESS, NONE, True, False),
    ("effect, more is good", MENTORING, SCHOOL, NONE, True, False),
    ("effect that chance did not test", VOLUNTEERING, HEALTH, NONE, False, False),
    ("factor", A_YEAR, OVERALL, MENTORING, False, False),
    ("factor that chance tested", A_YEAR, OVERALL, MENTORING, True, False),
    ("pitfall", ENDS_EARLY, OVERALL, MENTORING, False, True),
]
NEVER = [("MixedFinding", "HighCertainty"), ("MixedFinding", "ModerateCertainty")]


def section(language, heading, subject, outcome, intervention, causal, pitfall):
    """The lines of one section of the grid."""
    lines = ["", f"## {language}: {heading}", ""]
    for finding, certainty in product(FINDINGS, CERTAINTIES):
        if (finding, certainty) not in NEVER:
            sentence = fixed_sentence(
                language, finding=finding, certainty=certainty, subject=subject[language], outcome=outcome[language],
                causal=causal, intervention=intervention[language], pitfall=pitfall,
            )  # fmt: skip
            lines.append(f"* {finding}, {certainty.removesuffix('Certainty')}: {sentence}")
    return lines


def test_whole_grid():
    made = [line for language in ("en", "nl") for row in SECTIONS for line in section(language, *row)]
    assert [TITLE, *made, ""] == (DATA / "sentences-grid.md").read_bytes().decode("utf-8").split("\n")


def effect(language, finding, certainty, *, causal=True, subject="youth mentoring", group=""):
    return fixed_sentence(
        language, finding=finding, certainty=certainty, subject=subject, outcome=SCHOOL[language], causal=causal,
        target_group=group,
    )  # fmt: skip


TARGET_GROUPS = [
    # after the words for better, with and without a size, and for worse
    (("en", "Benefit", "HighCertainty"), "Mentoring leads to better school results among girls."),
    (("nl", "Benefit", "HighCertainty"), "Mentoring leidt tot betere schoolresultaten bij meisjes."),
    (("en", "SmallBenefit", "LowCertainty"), "Mentoring may lead to slightly better school results among girls."),
    (("nl", "LargeBenefit", "LowCertainty"), "Mentoring leidt misschien tot veel betere schoolresultaten bij meisjes."),
    (("en", "Harm", "ModerateCertainty"), "Mentoring probably leads to worse school results among girls."),
    (("nl", "Harm", "ModerateCertainty"), "Mentoring leidt waarschijnlijk tot slechtere schoolresultaten bij meisjes."),
    # after the neutral words
    (
        ("en", "LittleOrNoDifference", "HighCertainty"),
        "Mentoring makes little or no difference to school results among girls.",
    ),
    (
        ("nl", "Benefit", "VeryLowCertainty"),
        "Het is niet bekend of mentoring een verschil maakt voor schoolresultaten bij meisjes: "
        "de onderzoeken geven geen uitsluitsel.",
    ),
    # before the verb that ends the Dutch sentence
    (
        ("nl", "MixedFinding", "LowCertainty"),
        "Onderzoeken zijn het er niet over eens of mentoring tot betere schoolresultaten bij meisjes leidt.",
    ),
]


@pytest.mark.parametrize(("judged", "expected"), TARGET_GROUPS)
def test_target_group(judged, expected):
    group = {"en": "girls", "nl": "meisjes"}[judged[0]]
    assert effect(*judged, subject="mentoring", group=group) == expected


def test_target_group_before_the_words_of_a_link():
    sentence = effect("en", "Benefit", "LowCertainty", causal=False, subject="mentoring", group="girls")
    assert sentence == "Mentoring may go with better school results among girls: a link, not a proven cause."


@pytest.mark.parametrize("finding", ["MixedFinding", "Benefit"])
def test_one_study_alone_does_not_disagree(finding):
    said = {"certainty": "VeryLowCertainty", "subject": "mentoring", "outcome": SCHOOL["en"], "causal": False}
    assert fixed_sentence("en", finding=finding, alone=True, **said) == (
        "It is not known whether mentoring is linked to school results: the studies do not settle it."
    )


def test_one_study_alone_is_mixed_at_very_low_certainty_only():
    said = {"certainty": "LowCertainty", "subject": "mentoring", "outcome": SCHOOL["en"], "causal": False}
    assert "disagree" in fixed_sentence("en", finding="MixedFinding", **said)
    with pytest.raises(ValueError, match="one study alone"):
        fixed_sentence("en", finding="MixedFinding", alone=True, **said)


# A pitfall that chance tested stands in no section of the grid.
CHANCE_TESTED_PITFALL = [
    (
        ("en", "MixedFinding", "LowCertainty"),
        "In youth mentoring, studies disagree on whether a match that ends early leads to worse outcomes overall"
        " among girls.",
    ),
    (
        ("nl", "MixedFinding", "LowCertainty"),
        "Bij jongerenmentoring zijn onderzoeken het er niet over eens of een duo dat vroeg stopt"
        " tot slechtere uitkomsten in het algemeen bij meisjes leidt.",
    ),
    (
        ("nl", "Harm", "ModerateCertainty"),
        "Bij jongerenmentoring leidt een duo dat vroeg stopt waarschijnlijk"
        " tot slechtere uitkomsten in het algemeen bij meisjes.",
    ),
]


@pytest.mark.parametrize(("judged", "expected"), CHANCE_TESTED_PITFALL)
def test_pitfall_that_chance_tested(judged, expected):
    language, finding, certainty = judged
    sentence = fixed_sentence(
        language, finding=finding, certainty=certainty, subject=ENDS_EARLY[language], outcome=OVERALL[language],
        causal=True, intervention=MENTORING[language], pitfall=True,
        target_group={"en": "girls", "nl": "meisjes"}[language],
    )  # fmt: skip
    assert sentence == expected


SUBJECTS = [
    ("ijsschaatsen in duo", "IJsschaatsen in duo leidt tot betere schoolresultaten."),
    ("Big Brothers", "Big Brothers leidt tot betere schoolresultaten."),
    ("hulp {bij huiswerk}", "Hulp {bij huiswerk} leidt tot betere schoolresultaten."),
]


@pytest.mark.parametrize(("subject", "expected"), SUBJECTS)
def test_only_the_first_letter_becomes_a_capital(subject, expected):
    assert effect("nl", "Benefit", "HighCertainty", subject=subject) == expected


@pytest.mark.parametrize(
    ("language", "expected"), [("en", "no study is known here"), ("nl", "hier is geen onderzoek bekend")]
)
def test_no_study(language, expected):
    assert no_study(language) == expected


@pytest.mark.parametrize("certainty", ["HighCertainty", "ModerateCertainty"])
def test_mixed_finding_is_never_sure(certainty):
    with pytest.raises(ValueError, match=f"^MixedFinding is of low certainty at most; .* with {certainty}$"):
        effect("en", "MixedFinding", certainty)


def test_unknown_names():
    with pytest.raises(ValueError, match=r"^Benefits is no finding; there are LargeBenefit, .*, MixedFinding$"):
        effect("en", "Benefits", "LowCertainty")
    with pytest.raises(ValueError, match=r"^Low is no certainty; there are HighCertainty, .*, VeryLowCertainty$"):
        effect("en", "Benefit", "Low")
