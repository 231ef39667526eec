"""Judgements: how sure the rules let them be, the sentence that they make, and when they are at fault; case by case."""

import re
from typing import NamedTuple

import pytest

from kb.checks.judgement_faults import causal_word
from kb.checks.validation import validate
from kb.content.knowledge_base import load_knowledge_base
from kb.model.judgements import body, bound, is_causal, judgement, sentence
from kb.model.records import Records
from kb.namespaces import BASE, compact

HEAD = """@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix bibo: <http://purl.org/ontology/bibo/> .
@prefix duo: <https://w3id.org/duo-kb/ontology#> .
@prefix concept: <https://w3id.org/duo-kb/concept/> .
@prefix outcome: <https://w3id.org/duo-kb/outcome/> .
@prefix indicator: <https://w3id.org/duo-kb/indicator/> .
@prefix pitfall: <https://w3id.org/duo-kb/pitfall/> .
@prefix source: <https://w3id.org/duo-kb/source/> .
@prefix claim: <https://w3id.org/duo-kb/claim/> .
@prefix evidence: <https://w3id.org/duo-kb/evidence/> .
@prefix estimate: <https://w3id.org/duo-kb/estimate/> .
@prefix judgement: <https://w3id.org/duo-kb/judgement/> .
@prefix reason: <https://w3id.org/duo-kb/reason/> .
@prefix message: <https://w3id.org/duo-kb/message/> .

concept:befriending duo:nounPhrase "befriending"@en , "befriending"@nl .
concept:mentoring duo:nounPhrase "mentoring"@en , "mentoring"@nl .
outcome:less-stress duo:nounPhrase "stress"@en , "stress"@nl ; duo:betterPhrase "less stress"@en , "minder stress"@nl ;
    duo:worsePhrase "more stress"@en , "meer stress"@nl .
source:adams2001 duo:extentRead duo:Abstract . source:brown2008 duo:extentRead duo:Abstract .
source:clark2016 duo:extentRead duo:Abstract .
"""
EFFECT = """
claim:x a duo:Claim ; duo:kind duo:Effect ; duo:intervention concept:befriending ; duo:outcome outcome:less-stress ;
    duo:statement "The effect of befriending on stress"@en , "Het effect van befriending op stress"@nl .
"""
FACTOR = """
claim:x a duo:Claim ; duo:kind duo:Factor ; duo:factor {} ; duo:intervention concept:mentoring ;
    duo:outcome outcome:less-stress ; duo:nounPhrase "a long match"@en , "een lang duo"@nl ;
    duo:statement "A long match, and stress"@en , "Een lang duo, en stress"@nl .
"""
JUDGEMENT = """
judgement:x a duo:Judgement ; duo:judges claim:x ; duo:finding duo:{finding} ; duo:certainty duo:{certainty} ;
    prov:wasDerivedFrom {names} ; dcterms:date "2026-12-01"^^xsd:date ; prov:wasAttributedTo duo:Editor {more} .
"""
WAIVED = """
reason:x a duo:CertaintyReason ; duo:reasonKind duo:{} ; duo:reason "For once."@en , "Voor één keer."@nl ;
    prov:wasAttributedTo duo:Editor , duo:SecondReader .
"""


class Found(NamedTuple):
    """What one work found: direction, how compared, basis, interval of a standardised difference."""

    source: str
    direction: str = "Supports"
    comparison: str = "Allotted"
    basis: str = "OwnData"
    interval: str = ""
    more: str = ""

    def turtle(self):
        name = f"evidence:x--{self.source}"
        low, high = self.interval.split() if self.interval else ("", "")
        figure = f"; duo:estimate estimate:{self.source}-x" if low else ""
        value = (
            f"estimate:{self.source}-x a duo:Estimate ; duo:measure duo:SMD ; duo:value {low} ; duo:ciLow {low} ;"
            f" duo:ciHigh {high} ."
            if low
            else ""
        )
        return (
            f"{name} a duo:EvidenceItem ; duo:forClaim claim:x ; duo:source source:{self.source} ; duo:direction"
            f" duo:{self.direction} ; duo:comparison duo:{self.comparison} ; duo:basis duo:{self.basis} {figure}"
            f" {self.more} . {value}\n"
        )


ADAMS, BROWN = Found("adams2001"), Found("brown2008")
REVIEW = Found("clark2016", basis="PooledData")
FULL = "source:adams2001 duo:extentRead duo:FullText .\n"


def text_of(claim, found, finding, certainty, more=""):
    names = " , ".join(f"evidence:x--{one.source}" for one in found)
    judged = JUDGEMENT.format(finding=finding, certainty=certainty, names=names, more=more)
    return "".join([HEAD, claim, *(one.turtle() for one in found), judged])


@pytest.fixture
def loaded(tiny):
    """The miniature with this text, loaded; where it was read in full, adams2001 says so instead of the abstract."""

    def load(text):
        if FULL in text:
            text = text.replace("source:adams2001 duo:extentRead duo:Abstract .", "", 1)
        studies = tiny / "evidence/studies.ttl"
        studies.write_text(re.sub(r" ;\s+duo:extentRead duo:\w+", "", studies.read_text("utf-8")), "utf-8")
        (tiny / "evidence/effects.ttl").write_text(text, "utf-8")
        return load_knowledge_base(tiny)

    return load


# Finding, what was found, and the most that the rules allow, with what lowers it.
BOUNDS = {
    "two trials, abstracts": ("Benefit", [ADAMS, BROWN], "ModerateCertainty", ["NotAppraised"]),
    "one trial": ("Benefit", [ADAMS], "LowCertainty", ["NotAppraised", "Imprecision"]),
    "a review counts for those it combines": ("Benefit", [REVIEW], "ModerateCertainty", ["NotAppraised"]),
    "mixed review": (
        "Benefit",
        [REVIEW._replace(comparison="PartlyAllotted")],
        "LowCertainty",
        ["NotAppraised"],
    ),
    "compared otherwise": (
        "Benefit",
        [ADAMS._replace(comparison="NotAllotted"), BROWN._replace(comparison="NotAllotted")],
        "VeryLowCertainty",
        ["NotAppraised"],
    ),
    "interviews": ("Benefit", [ADAMS._replace(comparison="NoComparison")], "VeryLowCertainty", None),
    "the best comparison carries it alone": (
        "Benefit",
        [ADAMS, BROWN._replace(comparison="NoComparison")],
        "LowCertainty",
        ["NotAppraised", "Imprecision"],
    ),
    "trials point different ways": (
        "Benefit",
        [ADAMS, REVIEW, BROWN._replace(direction="NoEffectFound")],
        "LowCertainty",
        ["NotAppraised", "Inconsistency"],
    ),
    "what only qualifies points no way": (
        "Benefit",
        [ADAMS, REVIEW, BROWN._replace(direction="Qualifies")],
        "ModerateCertainty",
        ["NotAppraised"],
    ),
    "intervals that include no difference": (
        "Benefit",
        [ADAMS._replace(interval="-0.1 0.4"), BROWN._replace(interval="-0.2 0.5")],
        "LowCertainty",
        ["NotAppraised", "Imprecision"],
    ),
    "one interval that leaves it out": (
        "Benefit",
        [ADAMS._replace(interval="0.1 0.4"), BROWN._replace(interval="-0.2 0.5")],
        "ModerateCertainty",
        ["NotAppraised"],
    ),
    "not significant is not no difference": (
        "LittleOrNoDifference",
        [ADAMS._replace(direction="NoEffectFound"), BROWN._replace(direction="NoEffectFound")],
        "LowCertainty",
        ["NotAppraised", "Imprecision"],
    ),
    "an interval within little": (
        "LittleOrNoDifference",
        [
            ADAMS._replace(direction="NoEffectFound", interval="-0.1 0.15"),
            BROWN._replace(direction="NoEffectFound", interval="-0.4 0.5"),
        ],
        "ModerateCertainty",
        ["NotAppraised"],
    ),
    "mixed is at most low": (
        "MixedFinding",
        [ADAMS, BROWN._replace(direction="Contradicts")],
        "LowCertainty",
        ["NotAppraised", "Inconsistency"],
    ),
    "one study that points both ways": (
        "MixedFinding",
        [ADAMS._replace(direction="Qualifies")],
        "VeryLowCertainty",
        None,
    ),
    "harm": (
        "Harm",
        [ADAMS._replace(direction="Contradicts"), BROWN._replace(direction="Contradicts")],
        "ModerateCertainty",
        ["NotAppraised"],
    ),
    "never surer than the review": (
        "Benefit",
        [REVIEW._replace(more="; duo:certainty duo:VeryLowCertainty"), ADAMS],
        "VeryLowCertainty",
        ["NotAppraised"],
    ),
}


@pytest.mark.parametrize("case", BOUNDS)
def test_the_most_that_the_rules_allow(case, loaded):
    finding, found, most, lowered = BOUNDS[case]
    records = Records(loaded(text_of(EFFECT, found, finding, most)))
    allowed = bound(records, judgement(records, f"{BASE}judgement/x"))
    assert allowed.certainty == most
    assert lowered is None or list(allowed.lowered) == lowered


def test_read_in_full_is_not_lowered(loaded):
    kb = loaded(text_of(EFFECT, [ADAMS, BROWN], "Benefit", "HighCertainty") + FULL)
    assert bound(Records(kb), judgement(Records(kb), f"{BASE}judgement/x")).certainty == "HighCertainty"
    assert validate(kb) == []


@pytest.mark.parametrize(
    ("factor", "direction", "finding", "most"),
    [
        ("indicator:matching", "Supports", "Benefit", "LowCertainty"),
        ("pitfall:dependency", "Supports", "Harm", "LowCertainty"),
        ("pitfall:dependency", "Contradicts", "Benefit", "LowCertainty"),
        ("pitfall:dependency", "Supports", "Benefit", None),
    ],
)
def test_a_factor_is_a_link(factor, direction, finding, most, loaded):
    found = [one._replace(direction=direction, comparison="NotAllotted") for one in (ADAMS, BROWN)]
    records = Records(loaded(text_of(FACTOR.format(factor), found, finding, "LowCertainty")))
    judged = judgement(records, f"{BASE}judgement/x")
    allowed = bound(records, judged)
    assert (allowed and allowed.certainty) == most
    assert not is_causal(records, judged)


SENTENCES = [
    ([ADAMS, BROWN], "ModerateCertainty", "Befriending probably leads to less stress.",
     "Befriending leidt waarschijnlijk tot minder stress."),
    ([ADAMS._replace(comparison="NotAllotted"), BROWN._replace(comparison="NotAllotted")], "LowCertainty",
     "Befriending may go with less stress: a link, not a proven cause.",
     "Befriending hangt misschien samen met minder stress: een verband, geen bewezen oorzaak."),
]  # fmt: skip


@pytest.mark.parametrize(("found", "certainty", "english", "dutch"), SENTENCES)
def test_sentence_says_a_cause_only_where_chance_made_the_groups(found, certainty, english, dutch, loaded):
    records = Records(loaded(text_of(EFFECT, found, "Benefit", certainty)))
    judged = judgement(records, f"{BASE}judgement/x")
    assert [sentence(records, judged, language) for language in ("en", "nl")] == [english, dutch]


def test_body_holds_the_kinds_of_an_intervention(loaded):
    kind = """
concept:buddies a duo:Intervention ; skos:broader concept:befriending ; skos:inScheme duo:concepts ;
    skos:prefLabel "buddies"@en , "buddy’s"@nl ; skos:definition "Buddies."@en , "Buddy’s."@nl ;
    dcterms:source source:clark2016 ; duo:nounPhrase "a buddy"@en , "een buddy"@nl .
claim:y a duo:Claim ; duo:kind duo:Effect ; duo:intervention concept:buddies ; duo:outcome outcome:less-stress ;
    duo:statement "The effect of buddies on stress"@en , "Het effect van buddy’s op stress"@nl .
evidence:y--brown2008 a duo:EvidenceItem ; duo:forClaim claim:y ; duo:source source:brown2008 ;
    duo:direction duo:Supports ; duo:basis duo:OwnData .
"""
    records = Records(loaded(text_of(EFFECT, [ADAMS], "Benefit", "LowCertainty") + kind))
    assert [compact(item.iri) for item in body(records, records.claim(f"{BASE}claim/x"))] == [
        "evidence:x--adams2001",
        "evidence:y--brown2008",
    ]
    assert [compact(item.iri) for item in body(records, records.claim(f"{BASE}claim/y"))] == ["evidence:y--brown2008"]


# -- what is at fault


TWO = text_of(EFFECT, [ADAMS, BROWN], "Benefit", "ModerateCertainty")
MESSAGE = """
message:outcome-less-stress a duo:KeyMessage ; duo:about outcome:less-stress ;
    duo:statement "Befriending {verb} less stress."@en , "Befriending {werkwoord} minder stress."@nl ;
    prov:wasDerivedFrom judgement:x {more} .
"""
CALM = {"verb": "probably brings", "werkwoord": "geeft waarschijnlijk"}
READ = '; dcterms:modified "2026-12-01"^^xsd:date ; duo:certainty duo:ModerateCertainty'
FAULTS = {
    "fine": (TWO, []),
    "too sure": (
        TWO.replace("duo:ModerateCertainty", "duo:HighCertainty"),
        ["judgement:x: duo:HighCertainty is surer than the rules allow, at most duo:ModerateCertainty: the best"
         " comparison is by chance; one lower for not appraised (duo:NotAppraised). Write"],
    ),
    "waived": (
        TWO.replace("duo:ModerateCertainty", "duo:HighCertainty").replace(
            "duo:Editor  .", "duo:Editor ; duo:notLoweredFor reason:x ."
        )
        + WAIVED.format("NotAppraised"),
        [],
    ),
    "stale": (
        TWO.replace("evidence:x--adams2001 , evidence:x--brown2008", "evidence:x--adams2001"),
        ["judgement:x: this judgement is stale: it does not name evidence:x--brown2008"],
    ),
    "foreign": (
        TWO.replace("evidence:x--brown2008 ;", "evidence:x--brown2008 , evidence:matching-lasts--adams2001 ;"),
        ["judgement:x: this judgement names evidence:matching-lasts--adams2001, which is no evidence"],
    ),
    "borne out by nothing": (
        TWO.replace("duo:Benefit", "duo:Harm"),
        ["judgement:x: no evidence points to duo:Harm."],
    ),
    "not judged": (
        TWO.partition("judgement:x a")[0],
        ["claim:x: studies measured this, but nobody judged yet"],
    ),
    "a cause in a question": (
        TWO.replace("The effect of befriending on stress", "Befriending reduces stress"),
        ["claim:x: “reduces” says a cause"],
    ),
    "message read": (TWO + MESSAGE.format(more=READ, **CALM), []),
    "message without certainty": (
        TWO + MESSAGE.format(more='; dcterms:modified "2026-12-01"^^xsd:date', **CALM),
        ["message:outcome-less-stress: this message puts a judgement into words but does not say how sure"],
    ),
    "message too sure": (
        TWO + MESSAGE.format(more=READ.replace("Moderate", "High"), **CALM),
        ["message:outcome-less-stress: this message sounds surer (duo:HighCertainty)"],
    ),
    "message without a date": (
        TWO + MESSAGE.format(more="; duo:certainty duo:ModerateCertainty", **CALM),
        ["message:outcome-less-stress: this message puts a judgement into words but has no date."],
    ),
    "message that does not name a judgement": (
        TWO + MESSAGE.format(more=READ, **CALM).replace("judgement:x", "claim:x"),
        ["message:outcome-less-stress: judgement:x is about the same thing and this message does not name it."],
    ),
    "message stale": (
        TWO + MESSAGE.format(more=READ.replace("2026-12-01", "2026-11-30"), **CALM),
        ["message:outcome-less-stress: judgement:x was changed on 2026-12-01, after this message"],
    ),
    "message says a cause of a link": (
        text_of(EFFECT, [one._replace(comparison="NotAllotted") for one in (ADAMS, BROWN)], "Benefit",
                "VeryLowCertainty")
        + MESSAGE.format(more=READ.replace("Moderate", "VeryLow"), verb="leads to", werkwoord="leidt tot"),
        ["message:outcome-less-stress: “leads to” says a cause"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", FAULTS)
def test_faults_are_told(case, loaded):
    text, expected = FAULTS[case]
    told = [found.render("en") for found in validate(loaded(text))]
    told = [re.sub(r"^\S+: (error|warning): ", "", line) for line in told]
    assert [line[: len(start)] for line, start in zip(told, expected, strict=False)] == expected
    assert len(told) == len(expected), told


@pytest.mark.parametrize("case", [case for case in FAULTS if FAULTS[case][1]])
def test_faults_are_told_in_dutch_and_stand_at_their_line(case, loaded):
    found = validate(loaded(FAULTS[case][0]))
    assert [one.line > 0 and one.file == "evidence/effects.ttl" for one in found] == [True] * len(found)
    assert [one.text("nl") != one.text("en") for one in found] == [True] * len(found)


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("A match leads to less stress.", "en", "leads to"),
        ("A match goes with less stress.", "en", ""),
        ("Een duo leidt tot minder stress.", "nl", "leidt tot"),
        ("Een duo hangt samen met minder stress.", "nl", ""),
        ("The leader lowers his voice.", "en", "lowers"),
    ],
)
def test_causal_words(text, language, expected):
    assert causal_word(text, language) == expected
