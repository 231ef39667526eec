"""What pages open with, message and implications, and how they list the claims below: by what the sources find."""

import re

import pytest
from conftest import lay_out_tiny

from kb.content.knowledge_base import load_knowledge_base
from kb.model.records import Records
from kb.namespaces import compact, expand
from kb.pages.page import Page, page_path
from kb.pages.subjects import caveats, claims, messages
from kb.pages.subjects.standings import ASKED
from kb.words import LANGUAGES, phrase

DISCOUNTED = """
@prefix duo: <https://w3id.org/duo-kb/ontology#> .
@prefix claim: <https://w3id.org/duo-kb/claim/> .
@prefix source: <https://w3id.org/duo-kb/source/> .
@prefix evidence: <https://w3id.org/duo-kb/evidence/> .
@prefix caveat: <https://w3id.org/duo-kb/caveat/> .

caveat:not-about-training a duo:Caveat ; duo:severity duo:Doubt ; duo:about claim:training-helps ;
    duo:statement "Brown did not look at training."@en , "Brown keek niet naar opleiding."@nl .

evidence:training-helps--brown2008 a duo:EvidenceItem ;
    duo:forClaim claim:training-helps ; duo:source source:brown2008 ; duo:direction duo:Supports ;
    duo:discountedBy caveat:not-about-training .
"""


@pytest.fixture(scope="module")
def discounted(tmp_path_factory):
    """The miniature in which the study behind training does not count."""
    folder = lay_out_tiny(tmp_path_factory.mktemp("discounted") / "tiny")
    (folder / "evidence/added.ttl").write_text(DISCOUNTED, "utf-8")
    return Records(load_knowledge_base(folder))


def page_of(records, name, language="en"):
    iri = expand(name)
    return Page(records, language, page_path(iri), iri)


@pytest.mark.parametrize(
    ("name", "expected"),
    [("indicator:matching", "message:indicator-matching"), ("indicator:training", "")],
)
def test_message(name, expected, tiny_kb):
    assert compact(messages.message(page_of(Records(tiny_kb), name), expand(name))) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("indicator:matching", ["implication:match-with-care"]),
        ("outcome:less-stress", ["implication:promise-little"]),  # its domain's
        ("indicator:training", []),
    ],
)
def test_implications(name, expected, tiny_kb):
    found = messages.implications(page_of(Records(tiny_kb), name), expand(name))
    assert [compact(iri) for iri in found] == expected


def test_ground_tells_claim_source_and_study(tiny_kb):
    page = page_of(Records(tiny_kb), "indicator:matching", "nl")
    assert [advice.works for advice in messages.advice(page, page.iri)] == ["Adams & Bakker (2001)"]
    assert messages.ground(page, expand("claim:matching-lasts")) == (
        '<a href="../../claim/matching-lasts/">Goed gematchte duo’s blijven langer samen.</a>'
        " <small>Adams &amp; Bakker (2001): interviewstudie, 12 onderzocht, bij befriending, zonder"
        " vergelijking</small>"
    )


def test_ground_that_is_no_claim_tells_what_it_is(real_kb):
    page = page_of(Records(real_kb), "pitfall:crossed-boundaries", "nl")
    figure = messages.ground(page, expand("observation:refusal-boundaries--breaks-privacy-agreements"))
    assert figure == (
        '<a href="../../question/refusal-boundaries/">weigering in detail: grenzen: schendt afspraken over privacy'
        " (genoemd, zonder cijfer)</a> <small>surveyvraag</small>"
    )
    care = messages.ground(page, expand("caveat:allen-matching-at-work"))
    assert care.startswith('<a href="../../caveat/#allen-matching-at-work">Allen, Eby')
    assert care.endswith("<small>reden tot voorzichtigheid</small>")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("indicator:matching", [("supported", "●", 1)]),
        ("outcome:self-confidence", [("disputed", "◐", 1)]),
        ("outcome:less-stress", [("no-effect", "○", 1)]),
    ],
)
def test_claims_by_finding(name, expected, tiny_kb):
    found = claims.section(page_of(Records(tiny_kb), name))["findings"]
    assert [(one.name, one.mark, one.many) for one in found] == expected


def test_directions_are_told_where_sources_differ(tiny_kb):
    records = Records(tiny_kb)
    page = page_of(records, "outcome:self-confidence", "nl")
    line = claims.evidence_line(page, records.claim(expand("claim:confidence-grows")))
    told = [phrase(f"verdict-{name}", "nl") for name in ("Supports", "Qualifies", "Contradicts")]
    assert re.findall("|".join(told), line) == told


def test_discounted_study_does_not_count(discounted, tiny_kb):
    training = expand("indicator:training")
    before, after = (records.value(training, expand("duo:standing")) for records in (Records(tiny_kb), discounted))
    assert (compact(before), compact(after)) == ("duo:StudiedNotJudged", "duo:SaidOnly")
    page = page_of(discounted, "indicator:training")
    assert phrase("not-counted", "en") in claims.evidence_line(page, discounted.claim(expand("claim:training-helps")))
    assert caveats.doubted(page) == (1, 1)


# The real site.


def opened(site, language, iri):
    """What stands on the page of a thing before the sources."""
    text = (site / language / page_path(iri) / "index.html").read_text("utf-8")
    return text.partition("<article")[2]


@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_open_with_message_then_practice_then_evidence(language, site, real_kb):
    records = Records(real_kb)
    seen = 0
    for kind in messages.ORDER:
        for iri in records.things[kind]:
            page = Page(records, language, page_path(iri), iri)
            html = opened(site, language, iri)
            marks = ["class=key-message", 'id="practice"', 'id="how-known"', 'id="finding-']
            at = [html.find(mark.replace("class=key-message", 'class="key-message"')) for mark in marks]
            there = [place for place in at if place >= 0]
            assert at[0] >= 0, f"{compact(iri)} opens without a message"
            assert there == sorted(there), compact(iri)
            assert (at[1] >= 0) == bool(messages.implications(page, iri)), compact(iri)
            assert ('class="how-sure"' in html) == (kind in ASKED), compact(iri)
            seen += 1
    assert seen > 100


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_implication_has_its_place(language, site, real_kb):
    records = Records(real_kb)
    html = (site / language / "implication" / "index.html").read_text("utf-8")
    slugs = [iri.rpartition("/")[2] for iri in records.things["implication"]]
    assert len(slugs) > 80
    assert [slug for slug in slugs if html.count(f'<li id="{slug}">') != 1] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_claims_lead_to_what_is_made_of_them(language, site, real_kb):
    page = page_of(Records(real_kb), "claim:intake-interview-with-both", language)
    used = messages.used_in(page)["rows"]
    html = opened(site, language, page.iri)
    assert [thing.iri for thing, _ in used if f'href="../../{page_path(thing.iri)}/"' not in html] == []
