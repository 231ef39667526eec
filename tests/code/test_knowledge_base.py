"""What loading derives: evidence items, their directness and way of reading, sources, CiTO, inverses, works as BIBO."""

import pytest
from conftest import lay_out_tiny
from rdflib import DCTERMS, RDF, RDFS, SKOS, Graph, URIRef
from rdflib.collection import Collection

from kb.content.bibliography import parse_bibliography
from kb.content.knowledge_base import load_knowledge_base, source_triples
from kb.namespaces import BASE, CITO, DUO, PREFIXES, compact, expand, source_iri

ONTOLOGY = URIRef(f"{BASE}ontology")
HEAD = "".join(f"@prefix {prefix}: <{start}> .\n" for prefix, start in PREFIXES.items())
NEIGHBOURS = """
concept:duo-werking a duo:Intervention .
concept:mentoring skos:broader concept:duo-werking .
concept:youth-mentoring a duo:Intervention ; skos:broader concept:mentoring .
"""


def load_with(folder, text):
    """The miniature with `text` added to it."""
    (folder / "evidence/added.ttl").write_text(HEAD + text, "utf-8")
    return load_knowledge_base(folder)


def work(fields):
    """The statements about a work with these fields."""
    graph = Graph()
    for triple in source_triples(parse_bibliography(f"@book{{a1, {fields}}}").sources["a1"]):
        graph.add(triple)
    return graph


def values(kb, subject, predicate):
    found = kb.graph.objects(URIRef(expand(subject)), URIRef(expand(predicate)))
    return sorted(compact(str(value)) for value in found)


def test_one_item_a_claim_and_source(tiny_kb):
    rows = tiny_kb.select(
        "PREFIX duo: <https://w3id.org/duo-kb/ontology#> SELECT ?item ?direction ?basis ?comparison ?readAs WHERE "
        "{ ?item a duo:EvidenceItem ; duo:direction ?direction ; duo:basis ?basis ; duo:readAs ?readAs "
        "OPTIONAL { ?item duo:comparison ?comparison } } ORDER BY ?item"
    ).rows
    assert [" ".join(compact(str(value or "-")) for value in row).replace("duo:", "") for row in rows] == [
        "evidence:confidence-grows--adams2001 Supports OwnData NoComparison SecondaryCitation",
        "evidence:confidence-grows--brown2008 Contradicts OwnData Allotted SecondaryCitation",
        "evidence:confidence-grows--clark2016 Qualifies Statement - Original",
        "evidence:matching-lasts--adams2001 Supports OwnData NoComparison SecondaryCitation",
        "evidence:mentoring--less-stress--brown2008 NoEffectFound OwnData Allotted Original",
        "evidence:stress-falls--brown2008 NoEffectFound OwnData Allotted SecondaryCitation",
        "evidence:training-helps--brown2008 Supports OwnData Allotted SecondaryCitation",
    ]


# What was studied, and the interventions for which that is direct: befriending, mentoring and youth mentoring are kinds
# of duo project here; the base is about befriending and duo projects.
DIRECT_FOR = [
    ("concept:befriending", ["concept:befriending", "concept:duo-werking"]),
    ("concept:duo-werking", ["concept:duo-werking"]),
    ("concept:mentoring", ["concept:mentoring"]),
    ("concept:youth-mentoring", ["concept:mentoring", "concept:youth-mentoring"]),
    ("concept:befriending , concept:mentoring", ["concept:befriending", "concept:duo-werking", "concept:mentoring"]),
]


@pytest.fixture(scope="module")
def directness_kb(tmp_path_factory):
    """The miniature with one claim for each case; clark2016 itself does not say what it studied."""
    claims = "".join(
        f"claim:case-{at} duo:about indicator:matching ; duo:studiedIn {studied} ; duo:supportedBy source:clark2016 .\n"
        for at, (studied, _) in enumerate(DIRECT_FOR)
    )
    subject = (
        "<https://w3id.org/duo-kb/ontology> dcterms:subject concept:duo-werking .\n"
        "concept:befriending skos:broader concept:duo-werking .\n"
    )
    return load_with(lay_out_tiny(tmp_path_factory.mktemp("directness")), NEIGHBOURS + subject + claims)


@pytest.mark.parametrize("at", range(len(DIRECT_FOR)), ids=[case[0] for case in DIRECT_FOR])
def test_direct_for_what_was_studied_and_what_it_is_a_kind_of(at, directness_kb):
    assert values(directness_kb, f"evidence:case-{at}--clark2016", "duo:directFor") == DIRECT_FOR[at][1]


@pytest.mark.parametrize(
    ("claim", "item", "expected"),
    [
        ("", "", ["concept:befriending"]),
        ("duo:studiedIn concept:mentoring ;", "", ["concept:mentoring"]),
        ("duo:studiedIn concept:mentoring ;", "duo:studiedIn concept:befriending", ["concept:befriending"]),
        ("", "duo:studiedIn concept:befriending , concept:mentoring", ["concept:befriending", "concept:mentoring"]),
    ],
)
def test_item_goes_before_claim_before_source(claim, item, expected, tiny):
    """In general, adams2001 studied befriending."""
    written = f"claim:x a duo:Claim ; duo:about indicator:matching ; {claim} duo:supportedBy source:adams2001 ."
    kb = load_with(tiny, written + (f"\nevidence:x--adams2001 {item} ." if item else ""))
    assert values(kb, "evidence:x--adams2001", "duo:studiedIn") == expected


def test_unknown_study_stays_open(tiny_kb):
    assert values(tiny_kb, "evidence:confidence-grows--clark2016", "duo:studiedIn") == []
    assert values(tiny_kb, "evidence:confidence-grows--clark2016", "duo:directFor") == []


# A work and its item, and how was compared where the item does not say so.
COMPARED = [
    ("duo:randomised true", "duo:OwnData", ["duo:Allotted"]),
    ("duo:studyDesign duo:ControlledStudy", "duo:OwnData", ["duo:NotAllotted"]),
    ("duo:studyDesign duo:MetaAnalysis", "duo:PooledData", ["duo:NotAllotted"]),
    ("duo:studyDesign duo:InterviewStudy", "duo:OwnData", ["duo:NoComparison"]),
    ("duo:studyDesign duo:ControlledStudy ; duo:randomised false", "duo:OwnData", ["duo:NotAllotted"]),
    ("duo:randomised true ; duo:comparison duo:NotAllotted", "duo:OwnData", ["duo:NotAllotted"]),
    ("duo:randomised true", "duo:Statement", []),
]


@pytest.mark.parametrize(("work", "basis", "expected"), COMPARED)
def test_comparison_follows_from_the_work(work, basis, expected, tiny):
    (tiny / "evidence/studies.ttl").write_text("", "utf-8")
    written = "claim:x a duo:Claim ; duo:about indicator:matching ; duo:supportedBy source:adams2001 ."
    kb = load_with(tiny, f"{written}\nevidence:x--adams2001 duo:basis {basis} .\nsource:adams2001 {work} .")
    assert values(kb, "evidence:x--adams2001", "duo:comparison") == expected


def test_works_on_one_study_share_its_name(tiny):
    kb = load_with(
        tiny, "source:brown2008 duo:sameStudyAs source:clark2016 . source:clark2016 duo:sameStudyAs source:adams2001 ."
    )
    works = ("source:adams2001", "source:brown2008", "source:clark2016")
    assert [values(kb, work, "duo:study") for work in works] == [["source:adams2001"]] * 3


def test_how_far_a_work_was_read(tiny):
    (tiny / "evidence/studies.ttl").write_text("", "utf-8")
    kb = load_with(tiny, "source:adams2001 duo:extentRead duo:Abstract .")
    told = {work: values(kb, f"source:{work}", "duo:extentRead") for work in ("adams2001", "brown2008", "clark2016")}
    assert told == {"adams2001": ["duo:Abstract"], "brown2008": ["duo:Record"], "clark2016": ["duo:Record"]}


def test_read_in_two_works_is_left_open(tiny):
    claim = (
        "claim:x duo:about indicator:matching ; duo:reportedIn source:clark2016 , source:brown2008 ; duo:supportedBy "
    )
    kb = load_with(tiny, f"claim:x a duo:Claim . {claim} source:adams2001 , source:brown2008 .")
    assert values(kb, "evidence:x--brown2008", "duo:readAs") == ["duo:Original"]
    assert values(kb, "evidence:x--adams2001", "duo:readAs") == []


def test_cited_via_the_report(tiny_kb):
    assert values(tiny_kb, "evidence:matching-lasts--adams2001", "duo:citedVia") == ["source:clark2016"]
    assert values(tiny_kb, "evidence:confidence-grows--clark2016", "duo:citedVia") == []


def test_hand_written_item_is_respected(tiny):
    item = "evidence:matching-lasts--adams2001"
    kb = load_with(tiny, f"{item} duo:studiedIn concept:mentoring ; duo:readAs duo:Original .")
    assert values(kb, item, "duo:studiedIn") == ["concept:mentoring"]
    assert values(kb, item, "duo:readAs") == ["duo:Original"]
    assert values(kb, item, "duo:citedVia") == []


def test_hand_written_item_is_not_a_second_one(tiny):
    kb = load_with(tiny, 'evidence:matching-lasts--adams2001 a duo:EvidenceItem ; bibo:locator "12" .')
    assert values(kb, "evidence:matching-lasts--adams2001", "duo:direction") == ["duo:Supports"]
    items = kb.graph.subjects(DUO.forClaim, URIRef(expand("claim:matching-lasts")))
    assert [compact(str(item)) for item in items] == ["evidence:matching-lasts--adams2001"]


@pytest.mark.parametrize(
    ("thing", "sources"),
    [
        ("indicator:matching", ["source:adams2001"]),
        ("outcome:self-confidence", ["source:adams2001", "source:brown2008", "source:clark2016"]),
        ("outcome:less-stress", ["source:brown2008"]),
    ],
)
def test_sources_of_a_thing(thing, sources, tiny_kb):
    assert values(tiny_kb, thing, "dcterms:source") == sources


def test_source_that_nobody_wrote_is_derived(tiny):
    kb = load_with(tiny, "claim:x a duo:Claim ; duo:about pitfall:dependency ; duo:contradictedBy source:brown2008 .")
    assert values(kb, "pitfall:dependency", "dcterms:source") == ["source:brown2008", "source:clark2016"]


def test_verdicts_in_cito(tiny_kb):
    found = [(compact(str(claim)), compact(str(p)), compact(str(o))) for claim, p, o in tiny_kb.graph if p in CITO]
    assert sorted(found) == [
        ("claim:confidence-grows", "cito:isDisputedBy", "source:brown2008"),
        ("claim:confidence-grows", "cito:isQualifiedBy", "source:clark2016"),
        ("claim:confidence-grows", "cito:isSupportedBy", "source:adams2001"),
        ("claim:matching-lasts", "cito:isSupportedBy", "source:adams2001"),
        ("claim:mentoring--less-stress", "cito:isDisputedBy", "source:brown2008"),
        ("claim:stress-falls", "cito:isDisputedBy", "source:brown2008"),
        ("claim:training-helps", "cito:isSupportedBy", "source:brown2008"),
    ]


@pytest.mark.parametrize(
    ("subject", "predicate", "expected"),
    [
        ("domain:psychological", "skos:narrower", ["outcome:less-stress", "outcome:self-confidence"]),
        ("indicator:matching", "skos:exactMatch", ["item:brown-2008-1"]),
        ("indicator:training", "skos:narrowMatch", ["item:brown-2008-2"]),
        ("pitfall:dependency", "skos:related", ["indicator:matching"]),
        ("domain:psychological", "skos:topConceptOf", ["duo:concepts"]),
        ("outcome:less-stress", "skos:topConceptOf", []),
        ("framework:brown-2008", "skos:hasTopConcept", ["item:brown-2008-1", "item:brown-2008-2"]),
    ],
)
def test_inverses(subject, predicate, expected, tiny_kb):
    assert values(tiny_kb, subject, predicate) == expected


def test_top_of_its_own_scheme(tiny):
    kb = load_with(tiny, "item:brown-2008-1 skos:broader indicator:matching .")
    assert values(kb, "item:brown-2008-1", "skos:topConceptOf") == ["framework:brown-2008"]


def test_closed_list_is_a_scheme(tiny_kb):
    found = [(compact(str(p)), compact(str(o))) for p, o in tiny_kb.graph.predicate_objects(DUO.unitList)]
    assert sorted(found) == [
        ("rdf:type", "skos:ConceptScheme"),
        ("rdfs:isDefinedBy", "https://w3id.org/duo-kb/ontology"),
        ("rdfs:seeAlso", "duo:Unit"),
        ("skos:definition", "De eenheid van een gerapporteerd cijfer."),
        ("skos:definition", "The unit of a reported figure."),
        ("skos:hasTopConcept", "duo:Count"),
        ("skos:hasTopConcept", "duo:Fraction"),
        ("skos:hasTopConcept", "duo:Percent"),
        ("skos:prefLabel", "eenheid"),
        ("skos:prefLabel", "unit"),
    ]
    assert values(tiny_kb, "duo:Unit", "rdfs:subClassOf") == ["skos:Concept"]
    assert values(tiny_kb, "duo:NoEffectFound", "skos:inScheme") == ["duo:directionList", "duo:evidenceStateList"]


@pytest.mark.parametrize(
    ("name", "types"),
    [
        ("role:ally", ["duo:Role", "skos:Concept"]),
        ("question:meetings", ["duo:SurveyQuestion", "skos:ConceptScheme"]),
        ("duo:Outcome", ["duo:ClaimKind", "owl:Class", "skos:Concept"]),
        ("claim:stress-falls", ["duo:Claim"]),
    ],
)
def test_types_of_skos(name, types, tiny_kb):
    assert values(tiny_kb, name, "rdf:type") == types


def test_every_term_says_where_it_is_defined(tiny_kb):
    terms = {term for term in tiny_kb.graph.subjects(RDF.type) if str(term).startswith(str(DUO))}
    assert {DUO.Claim, DUO.about, DUO.Supports, DUO.concepts, DUO.unitList} < terms
    assert set(tiny_kb.graph.subject_objects(RDFS.isDefinedBy)) == {(term, ONTOLOGY) for term in terms}


def test_work_as_bibo(tiny_kb):
    found = source_triples(tiny_kb.bibliography.sources["adams2001"])
    assert sorted(f"{compact(str(s))} {compact(str(p))} {compact(str(o))}" for s, p, o in found) == [
        "journal:journal-of-small-studies dcterms:title Journal of Small Studies",
        "journal:journal-of-small-studies rdf:type bibo:Journal",
        "source:adams2001 bibo:authorList source:adams2001#authors-1",
        "source:adams2001 bibo:pages 10–20",
        "source:adams2001 bibo:volume 4",
        "source:adams2001 dcterms:creator Adams, Ann",
        "source:adams2001 dcterms:creator Bakker, Bea",
        "source:adams2001 dcterms:isPartOf journal:journal-of-small-studies",
        "source:adams2001 dcterms:issued 2001",
        "source:adams2001 dcterms:language en",
        "source:adams2001 dcterms:title Befriending in three towns",
        "source:adams2001 duo:citationKey adams2001",
        "source:adams2001 duo:citedAs Adams & Bakker, 2001",
        "source:adams2001 duo:verification duo:Confirmed",
        "source:adams2001 rdf:type bibo:AcademicArticle",
        "source:adams2001 rdf:type duo:Source",
        "source:adams2001 rdfs:label Adams & Bakker (2001)",
        "source:adams2001#authors-1 rdf:first Adams, Ann",
        "source:adams2001#authors-1 rdf:rest source:adams2001#authors-2",
        "source:adams2001#authors-1 rdf:type rdf:List",
        "source:adams2001#authors-2 rdf:first Bakker, Bea",
        "source:adams2001#authors-2 rdf:rest rdf:nil",
        "source:adams2001#authors-2 rdf:type rdf:List",
    ]


@pytest.mark.parametrize(
    ("fields", "predicate", "expected"),
    [
        ("author = {B, C and A, B}", "bibo:authorList", ["B, C", "A, B"]),
        ("author = {B, C and A, B}", "bibo:editorList", []),
        ("author = {{A Centre}}", "bibo:authorList", ["A Centre"]),
        ("author = {B, C and others}", "bibo:authorList", []),
        ("editor = {van B, C and A, B}", "bibo:authorList", []),
        ("editor = {van B, C and A, B}", "bibo:editorList", ["van B, C", "A, B"]),
        ("author = {B, C}, editor = {D, E and A, B}", "bibo:editorList", ["D, E", "A, B"]),
    ],
)
def test_people_in_order(fields, predicate, expected):
    graph = work(fields)
    start = graph.value(source_iri("a1"), URIRef(expand(predicate)))
    assert [str(name) for name in Collection(graph, start)] == expected


@pytest.mark.parametrize(
    ("doi", "address"),
    [
        ("10.1023/A:1014628810714", "https://doi.org/10.1023/A:1014628810714"),
        ("10.1002/(SICI)1520<215::AID-X>3.0;2-#", "https://doi.org/10.1002/(SICI)1520%3C215::AID-X%3E3.0;2-%23"),
    ],
)
def test_doi_as_address(doi, address):
    graph = work(f"doi = {{{doi}}}")
    found = [str(graph.value(source_iri("a1"), URIRef(expand(name)))) for name in ("bibo:doi", "schema:sameAs")]
    assert found == [doi, address]


@pytest.mark.parametrize(("year", "expected"), [("2001", "2001 xsd:gYear"), ("2014--2015", "2014/2015 xsd:string")])
def test_year_as_literal(year, expected):
    issued = work(f"year = {{{year}}}").value(source_iri("a1"), DCTERMS.issued)
    assert f"{issued} {compact(str(issued.datatype or expand('xsd:string')))}" == expected


def test_written_and_derived_are_told_apart(tiny_kb):
    assert tiny_kb.asserted < len(tiny_kb.graph)
    assert len(set(tiny_kb.graph.subjects(RDF.type, DUO.Claim))) == 5
    assert len(set(tiny_kb.graph.subjects(SKOS.prefLabel))) > 20


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("CONSTRUCT { ?s ?p ?o WHERE { ?s ?p ?o }", "rules/99-new.rq:1: error: this rule cannot be run"),
        ("CONSTRUCT { ?s ?p ?o } WHERE {\n  ?s no:thing ?o }", "rules/99-new.rq:2: error: this rule cannot be run"),
        ("SELECT * WHERE { ?s ?p ?o }", "rules/99-new.rq:1: error: a rule must be a SPARQL CONSTRUCT"),
    ],
)
def test_rule_that_is_none(rule, expected, tiny):
    (tiny / "rules/99-new.rq").write_text(rule, "utf-8")
    (found,) = load_knowledge_base(tiny).faults
    assert found.render("en")[: len(expected)] == expected


@pytest.mark.parametrize(
    ("words", "place"),
    [
        (("skos:altLabel", "leaning"), ("evidence/added.ttl", 2)),
        (("skos:altLabel", "not there"), ("evidence/added.ttl", 2)),
        (("skos:prefLabel", "dependency"), ("ontology.ttl", 223)),
        (("skos:definition", "leaning"), ("evidence/added.ttl", 2)),
        (("skos:notation", ""), ("ontology.ttl", 220)),
    ],
)
def test_place_is_as_exact_as_can_be(words, place, tiny):
    text = '<https://w3id.org/duo-kb/pitfall/dependency>\n<http://www.w3.org/2004/02/skos/core#altLabel> "leaning"@en .'
    (tiny / "evidence/added.ttl").write_text(text, "utf-8")
    predicate, value = words
    assert load_knowledge_base(tiny).place(expand("pitfall:dependency"), expand(predicate), value) == place


def test_what_nobody_wrote_has_no_line(tiny_kb):
    assert tiny_kb.place(expand("evidence:confidence-grows--clark2016")) == ("ontology.ttl", 0)
