"""What a judgement says, in a fixed sentence: the same words for the same finding and certainty, everywhere.

Findings and certainties are the local names of the vocabulary. Each of its sentences stands whole in
kb/words/fixed-sentences.toml, so that the order of words is each language's own.
"""

from dataclasses import dataclass

from kb.words import language_data, phrase

_MIXED, _VERY_LOW = "MixedFinding", "VeryLowCertainty"
# What a finding says: that something changes, that nothing does, or that studies disagree.
_POINTS = {
    "LargeBenefit": "change",
    "Benefit": "change",
    "SmallBenefit": "change",
    "LittleOrNoDifference": "no-difference",
    "Harm": "change",
    _MIXED: "mixed",
}
_LEVELS = {"HighCertainty": "high", "ModerateCertainty": "moderate", "LowCertainty": "low", _VERY_LOW: "very-low"}
_SIZES = {"LargeBenefit": "sentence-far", "SmallBenefit": "sentence-slightly"}

FINDINGS = tuple(_POINTS)
CERTAINTIES = tuple(_LEVELS)


@dataclass(frozen=True)
class Phrases:
    """An outcome in words ("school results"), and in the words for more and for less of what is good.

    `better` and `worse` begin with a comparative ("better school results"), so that a word for size can come first.
    """

    neutral: str
    better: str
    worse: str


def fixed_sentence(
    language: str,
    *,
    finding: str,
    certainty: str,
    subject: str,
    outcome: Phrases,
    causal: bool,
    intervention: str = "",
    pitfall: bool = False,
    target_group: str = "",
    alone: bool = False,
) -> str:
    """Return the sentence that says this finding, as surely as its certainty allows.

    `subject` is the noun phrase of the intervention; or that of a factor, which was studied in `intervention`. Without
    `causal` a link is said. With `alone` one study is all there is, so that it is not said that studies disagree. Raise
    ValueError if no judgement may hold this finding with this certainty.
    """
    _check(finding, certainty, alone=alone)
    said = _with_group(language, _sized(language, outcome, finding, certainty, pitfall=pitfall), target_group)
    kind, words = "factor" if intervention else "effect", "cause" if causal else "link"
    code = f"sentence-{kind}-{words}-{_pattern(finding, certainty, alone=alone)}"
    return _capitalised(phrase(code, language, subject=subject, outcome=said, intervention=intervention), language)


def no_study(language: str) -> str:
    """Return the words that stand in the place of a sentence where no study is known."""
    return phrase("sentence-no-study", language)


def _check(finding: str, certainty: str, *, alone: bool) -> None:
    if finding not in _POINTS:
        raise ValueError(f"{finding} is no finding; there are {', '.join(FINDINGS)}")
    if certainty not in _LEVELS:
        raise ValueError(f"{certainty} is no certainty; there are {', '.join(CERTAINTIES)}")
    if finding == _MIXED and _LEVELS[certainty] in ("high", "moderate"):
        raise ValueError(f"{finding} is of low certainty at most; it cannot be said with {certainty}")
    if finding == _MIXED and alone and certainty != _VERY_LOW:
        raise ValueError(f"{finding} of one study alone is of very low certainty; it cannot be said with {certainty}")


def _pattern(finding: str, certainty: str, *, alone: bool) -> str:
    """Return the last part of the name of the pattern of the sentence.

    Very low certainty says no direction, only whether studies disagree.
    """
    if certainty == _VERY_LOW and (alone or finding != _MIXED):
        return _LEVELS[certainty]
    return f"{_POINTS[finding]}-{_LEVELS[certainty]}"


def _sized(language: str, outcome: Phrases, finding: str, certainty: str, *, pitfall: bool) -> str:
    """Return the words of the outcome that the sentence needs, with a word for size where the finding has one."""
    if certainty == _VERY_LOW or finding == "LittleOrNoDifference":
        return outcome.neutral
    if finding == "Harm" or (finding == _MIXED and pitfall):
        return outcome.worse
    return phrase(_SIZES[finding], language, outcome=outcome.better) if finding in _SIZES else outcome.better


def _with_group(language: str, outcome: str, group: str) -> str:
    return phrase("sentence-among", language, outcome=outcome, group=group) if group else outcome


def _capitalised(sentence: str, language: str) -> str:
    pairs = language_data(language).double_letters
    length = 2 if sentence.startswith(pairs) else 1
    return sentence[:length].upper() + sentence[length:]
