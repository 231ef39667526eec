"""Every rule of shapes.ttl has a counter-example in tests/data/invalid, which is found at its line, and nothing else.

A counter-example is named after its shape and is added to the knowledge base in miniature as evidence/added.ttl. Its
comment lines `# expect:` say, in order, how each diagnostic begins. One file shows every way of breaking the shape.
"""

import re
import shutil
from dataclasses import replace

import pytest
from conftest import DATA, ROOT, lay_out_tiny
from rdflib import RDF, Graph
from rdflib.namespace import SH

from kb.checks.shapes import constraints
from kb.checks.validation import shacl_faults, shape_faults, validate
from kb.content.knowledge_base import load_knowledge_base
from kb.diagnostics import Severity

INVALID = sorted((DATA / "invalid").glob("*.ttl"), key=lambda path: path.stem)
# rdflib says so of the counter-example for a truth value.
pytestmark = pytest.mark.filterwarnings("ignore:Parsing weird boolean")
PREFIXES = """@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix duo: <https://w3id.org/duo-kb/ontology#> .
@prefix pitfall: <https://w3id.org/duo-kb/pitfall/> .
"""


@pytest.fixture(scope="module")
def all_invalid(tmp_path_factory):
    """The miniature with all counter-examples at once."""
    folder = lay_out_tiny(tmp_path_factory.mktemp("invalid"))
    for path in INVALID:
        shutil.copy(path, folder / "evidence")
    return load_knowledge_base(folder)


def places(diagnostics):
    return {(found.file, found.line, found.item, found.severity) for found in diagnostics}


def add(folder, text):
    (folder / "evidence/added.ttl").write_text(PREFIXES + text, "utf-8")
    return load_knowledge_base(folder)


@pytest.mark.parametrize("path", INVALID, ids=lambda path: path.stem)
def test_counter_example_is_found(path, tiny):
    expected = re.findall(r"^# expect: (.*)$", path.read_text("utf-8"), re.MULTILINE)
    shutil.copy(path, tiny / "evidence/added.ttl")
    found = validate(load_knowledge_base(tiny))
    lines = [diagnostic.render("en") for diagnostic in found]
    assert [line[: len(start)] for line, start in zip(lines, expected, strict=False)] == expected
    assert lines[len(expected) :] == []
    assert {language for diagnostic in found for language, _ in diagnostic.texts} == {"en", "nl"}


def test_every_shape_has_a_counter_example():
    shapes = Graph().parse(ROOT / "shapes.ttl")
    names = {str(shape).rpartition("/")[2] for shape in shapes.subjects(SH.message)}
    assert sorted(names) == [path.stem for path in INVALID]


def test_every_constraint_is_broken(all_invalid):
    """Each component of a shape on its own, and each SPARQL constraint."""
    alone = [
        replace(rule, tests=tests).select
        for rule in constraints(all_invalid.shapes, all_invalid.subclasses)
        for tests in [(test,) for test in rule.tests] or [()]
    ]
    assert [select for select in alone if not all_invalid.select(select).rows] == []


def test_every_shape_is_used():
    shapes = Graph().parse(ROOT / "shapes.ttl")
    used = {*shapes.objects(None, SH.property), *shapes.objects(None, SH.sparql)}
    assert {shape for shape in shapes.subjects(SH.message) if shape not in used} == set()


def test_every_message_has_both_languages():
    shapes = Graph().parse(ROOT / "shapes.ttl")
    told = {*shapes.subjects(RDF.type, SH.PropertyShape), *shapes.subjects(RDF.type, SH.SPARQLConstraint)}
    lacking = [
        shape for shape in told if sorted(text.language for text in shapes.objects(shape, SH.message)) != ["en", "nl"]
    ]
    assert lacking == []


def test_pyshacl_finds_the_same(all_invalid):
    assert places(shape_faults(all_invalid)) == places(shacl_faults(all_invalid))


def test_pyshacl_finds_nothing_in_the_miniature(tiny_kb):
    assert list(shacl_faults(tiny_kb)) == []


def test_what_may_be_written_is_no_fault(tiny):
    shutil.copy(DATA / "valid/forms.ttl", tiny / "evidence")
    kb = load_knowledge_base(tiny)
    assert [found.render("en") for found in [*validate(kb), *shacl_faults(kb)]] == []


def test_words_are_put_into_message(tiny):
    shutil.copy(DATA / "invalid/section-exists.ttl", tiny / "evidence/added.ttl")
    texts = [dict(found.texts) for found in validate(load_knowledge_base(tiny))]
    assert texts[0]["nl"].startswith("Het werk heeft geen sectie 7.9; de secties ervan: 1, Appendix A. Verbeter")


def test_value_is_put_into_message(tiny):
    shutil.copy(DATA / "invalid/role-cells.ttl", tiny / "evidence/added.ttl")
    texts = [dict(found.texts) for found in validate(load_knowledge_base(tiny))]
    assert [text["nl"].partition(".")[0] for text in texts] == [
        "De rollentabel heeft precies één cel nodig voor deze rol en characteristic:distance",
        "De rollentabel heeft precies één cel nodig voor deze rol en characteristic:role-cells",
    ]


def test_each_of_two_labels_is_placed(tiny):
    """More exact than pySHACL, which names no value: the second label may stand in another file than the first."""
    kb = add(tiny, 'pitfall:dependency skos:prefLabel "leaning"@en .')
    assert sorted(places(shape_faults(kb))) == [
        ("evidence/added.ttl", 4, "pitfall:dependency", Severity.ERROR),
        ("ontology.ttl", 223, "pitfall:dependency", Severity.ERROR),
    ]


def test_regional_language_is_neither_of_ours(tiny):
    """Stricter than SHACL, for which en-GB is English: the pages look for en and nl alone."""
    kb = add(tiny, 'pitfall:dependency skos:altLabel "leaning"@en-GB .')
    assert places(shape_faults(kb)) == {("evidence/added.ttl", 4, "pitfall:dependency", Severity.ERROR)}


def test_fault_of_derived_item_stands_at_its_claim(tiny):
    claims = tiny / "evidence/claims.ttl"
    claims.write_text(
        claims.read_text("utf-8").replace(
            "duo:noEffectFoundBy", "duo:supportedBy source:brown2008 ;\n    duo:qualifiedBy"
        )
    )
    found = places(shape_faults(load_knowledge_base(tiny)))
    assert found == {("evidence/claims.ttl", 32, "evidence:stress-falls--brown2008", Severity.ERROR)}


# What is added to shapes.ttl, and what is said of it.
UNUSABLE = [
    ("shape:claim-about sh:maxLength 5 .", "http://www.w3.org/ns/shacl#maxLength is not known to the everyday check"),
    ("shape:claim-about sh:minCount 7 .", "counts above 4 are not known to the everyday check"),
    ("shape:search-source sh:nodeKind sh:IRI .", "sh:nodeKind other than sh:Literal is not known to the"),
    ("shape:claim sh:property shape:claim-abuot .", "https://w3id.org/duo-kb/shape/claim-abuot has no sh:path"),
    ('shape:claim sh:sparql shape:new . shape:new sh:select "SELEKT" .', "This is not a SPARQL query that can be run"),
]


@pytest.mark.parametrize(("text", "expected"), UNUSABLE)
def test_shapes_that_cannot_be_used(text, expected, tiny):
    with (tiny / "shapes.ttl").open("a", encoding="utf-8") as file:
        file.write(text)
    (found,) = shape_faults(load_knowledge_base(tiny))
    start = f"shapes.ttl: error: the rules could not be applied: {expected}"
    assert found.render("en")[: len(start)] == start


def test_no_shapes_at_all(tiny):
    (tiny / "shapes.ttl").write_text("")
    (found,) = shape_faults(load_knowledge_base(tiny))
    assert found.text("en") == "the rules could not be applied: there are none. Check shapes.ttl."
