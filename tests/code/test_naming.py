"""Names, values and texts that would break or empty a page: each is told with file and line, in both languages."""

import json

import pytest

from kb.content.knowledge_base import load_knowledge_base
from kb.pages.render import render_pages
from kb.pages.search_index import THINGS, search_files
from kb.pages.shared import Shared
from kb.site.pages import faults_of

BASE = "https://w3id.org/duo-kb"
PREFIXES = f"""@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix duo: <{BASE}/ontology#> .
@prefix indicator: <{BASE}/indicator/> .
@prefix question: <{BASE}/question/> .
@prefix tools: <{BASE}/tools/> .
@prefix claim: <{BASE}/claim/> .
@prefix gap: <{BASE}/gap/> .
@prefix source: <{BASE}/source/> .
"""
FIRST = PREFIXES.count("\n") + 1


def indicator(name, label="a new one", more=""):
    """An indicator that has all it must, on two lines."""
    return f"""{name} a duo:SuccessIndicator ; skos:inScheme duo:concepts ; duo:position 50 ; dcterms:source source:adams2001 ;
    skos:prefLabel "{label}"@en , "nl: {label}"@nl ; skos:definition "A."@en , "Een."@nl ; duo:checkQuestion "?"@en , "?"@nl {more}.
"""  # noqa: E501


def claim(name="claim:new", about="indicator:matching", statement="New."):
    """A claim that has all it must, on two lines."""
    return f"""{name} a duo:Claim ; duo:about {about} ;
    duo:statement "{statement}"@en , "Nieuw."@nl ; duo:kind duo:SuccessFactor ; duo:reportedIn source:clark2016 ;
    duo:section "2" ; duo:supportedBy source:adams2001 .
"""


# What it shows, what an editor adds, and how each message in English begins, after the name of the file.
FAULTS = [
    ("name of an overview", indicator("indicator:index"),
     [f"{FIRST}: error: indicator:index: indicator:index would have the address of another page."]),
    ("name of an overview in capitals", indicator("indicator:Index"),
     [f"{FIRST}: error: indicator:Index: indicator:Index would have the address of another page."]),
    ("name of an overview that is not the first",
     'question:recomputed a duo:SurveyQuestion ; skos:prefLabel "q"@en , "v"@nl ; skos:definition "Q."@en , "V."@nl .',
     [f"{FIRST}: error: question:recomputed: question:recomputed would have the address of another page."]),
    ("name that the site tool takes for the page of the folder", indicator("indicator:readme"),
     [f"{FIRST}: error: indicator:readme: indicator:readme would have the address of another page."]),
    ("name that Windows keeps for itself", indicator("indicator:con"),
     [f"{FIRST}: error: indicator:con: indicator:con would have the address of another page."]),
    ("capitals alone", indicator("indicator:Matching"),
     [f"{FIRST}: error: indicator:Matching: indicator:Matching and indicator:matching differ in capitals alone"]),
    ("capitals alone, in a claim", claim("claim:new") + claim("claim:New"),
     [f"{FIRST + 3}: error: claim:New: claim:New and claim:new differ in capitals alone"]),
    *((f"sign in a name: {sign}", indicator(f"<{BASE}/indicator/a{sign}b>"),
       [f"{FIRST}: error: indicator:a{sign}b: indicator:a{sign}b cannot be the address of a page."])
      for sign in ("/", "%20", "#", "?", "&", "'", "e\u0301")),
    ("dot at the end", indicator(f"<{BASE}/indicator/a.>"),
     [f"{FIRST}: error: indicator:a.: indicator:a. cannot be the address of a page."]),
    ("long name", indicator(f"indicator:{'a' * 121}"), [f"{FIRST}: error: indicator:{'a' * 121}: indicator:aaaa"]),
    ("list as a value", claim(about="( indicator:matching indicator:training )"),
     [f"{FIRST}: error: claim:new: a value of duo:about is a list in ( ) or stands between [ ]."]),
    ("nameless thing as a value", claim(about="[ a duo:Gap ]"),
     [f"{FIRST}: error: claim:new: a value of duo:about is a list in ( ) or stands between [ ]."]),
    ("empty list as a value", claim(about="()"),
     [f"{FIRST}: error: claim:new: Say what this claim is about: duo:about indicator:…"]),
    ("thing of no kind", claim(about=f"<{BASE}/idea/x>"),
     [f"{FIRST}: error: {BASE}/idea/x: {BASE}/idea/x is used here but not described anywhere."]),
    ("claim without a name", claim("[]"), [f"{FIRST}: error: this has no name, so no page can show it."]),
    ("claim with a name for this file alone", claim("_:new"),
     [f"{FIRST}: error: this has no name, so no page can show it."]),
    ("caveat without a name",
     '[ a duo:Caveat ; duo:about indicator:matching ; duo:statement "A."@en , "B."@nl ; duo:severity duo:Doubt ] .',
     [f"{FIRST}: error: this has no name, so no page can show it."]),
    ("claim with the name of an indicator", claim("indicator:new"),
     [f"{FIRST}: error: indicator:new: this is a duo:Claim, and the names of those begin with claim: ."]),
    ("sign that nobody sees", claim(statement=r"bell \b back"),
     [f"{FIRST + 1}: error: claim:new: there is a sign here that nobody can see (U+0008)."]),
    ("sign that nobody sees, by its number", claim(statement=r"bell \u0085 back"),
     [f"{FIRST + 1}: error: claim:new: there is a sign here that nobody can see (U+0085)."]),
    ("sign that nobody sees, as it is", claim(statement="bell \x1f back"),
     [f"{FIRST + 1}: error: there is a sign here that nobody can see (U+001F)."]),
    ("empty label", indicator("indicator:new", " "),
     [f"{FIRST + 1}: error: indicator:new: a text of skos:prefLabel is empty."]),
    ("label of another", indicator("indicator:new", "matching"),
     [f"{FIRST + 1}: warning: indicator:new: this has the same preferred label as indicator:matching"]),
    ("label of another, with a capital and a space", indicator("indicator:new", "Matching "),
     [f"{FIRST + 1}: warning: indicator:new: this has the same preferred label as indicator:matching"]),
    ("label of another, its accent apart",
     indicator("indicator:one", "caf\u00e9") + indicator("indicator:two", "cafe\u0301"),
     [f"{FIRST + 3}: warning: indicator:two: this has the same preferred label as indicator:one"]),
    ("retired with a text", indicator("indicator:new", more='; owl:deprecated "true"'),
     [f"{FIRST + 1}: error: indicator:new: owl:deprecated has the value true here, which does nothing."]),
    ("replaced and not retired", indicator("indicator:new", more="; dcterms:isReplacedBy indicator:matching"),
     [f"{FIRST + 1}: error: indicator:new: dcterms:isReplacedBy does nothing without owl:deprecated true."]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), [case[1:] for case in FAULTS], ids=[case[0] for case in FAULTS])
def test_what_breaks_a_page_is_told(text, expected, tiny):
    (tiny / "evidence/added.ttl").write_text(PREFIXES + text, "utf-8")
    found = faults_of(load_knowledge_base(tiny))
    told = [diagnostic.render("en") for diagnostic in found]
    starts = [f"evidence/added.ttl:{start}" for start in expected]
    assert [line[: len(start)] for line, start in zip(told, starts, strict=True)] == starts
    assert [diagnostic for diagnostic in found if diagnostic.text("nl") == diagnostic.text("en")] == []


NAMES = ["b", "two-words", "v2.1", "Upper", "één-op-één", "a_b"]


@pytest.mark.parametrize("name", NAMES)
def test_name_that_can_be_an_address(name, tiny, tmp_path):
    (tiny / "evidence/added.ttl").write_text(PREFIXES + indicator(f"indicator:{name}"), "utf-8")
    kb = load_knowledge_base(tiny)
    assert [found.render("en") for found in faults_of(kb)] == []
    assert f"indicator/{name}.md" in render_pages(Shared(kb, tmp_path), ()).files["nl"]


def test_retired_thing_points_to_its_successor_alone(tiny, tmp_path):
    retired = "; owl:deprecated true ; dcterms:isReplacedBy indicator:matching"
    (tiny / "evidence/added.ttl").write_text(PREFIXES + indicator("indicator:old", "former way", retired), "utf-8")
    kb = load_knowledge_base(tiny)
    assert [found.render("en") for found in faults_of(kb)] == []
    shared = Shared(kb, tmp_path)
    files = render_pages(shared, ()).files
    for language, said in (("en", "Replaced by: [matching](matching.md)"), ("nl", "Vervangen door: [matching]")):
        assert said in files[language]["indicator/old.md"]
        named = [path for path, text in files[language].items() if path.endswith(".md") and "former way" in text]
        assert named == ["indicator/old.md"]
        entries = json.loads(search_files(shared.records, language, files)[THINGS])["entries"]
        assert [entry for entry in entries if entry["path"] == "indicator/old/"] == []


def test_mistyped_source_is_told_once(tiny):
    """Not also that nobody read it: of a name that is not known nothing else can be said."""
    path = next(path for path in sorted((tiny / "evidence").glob("*.ttl")) if "duo:source source:" in path.read_text())
    path.write_text(path.read_text("utf-8").replace("duo:source source:", "duo:source source:x", 1), "utf-8")
    (found,) = faults_of(load_knowledge_base(tiny))
    assert "the citation key xbrown2008 is not in sources.bib" in found.render("en")
