"""What tools for thesauri load is well-formed SKOS: it keeps the integrity conditions of the SKOS Reference (2009).

Each condition is written from what the Reference says that it asks, as a query for whatever breaks it, and has at least
one change to the miniature that it must find. Such tools draw no conclusions, so what follows from SKOS must be written
out. That every concept is in a scheme, and the rest without a number, the Reference leaves open and we do not.
"""

import pyoxigraph as ox
import pytest

from kb.content.knowledge_base import PREFIX_TEXTS
from kb.exports.graph import export_graph
from kb.namespaces import compact

# What counts as broader, as related and as an exact match, with what is a kind of it (S39–S45) and in either direction.
BROADER = "(skos:broader|^skos:narrower|skos:broadMatch|^skos:narrowMatch)"
RELATED = "(skos:related|^skos:related|skos:relatedMatch|^skos:relatedMatch)"
EXACT = "(skos:exactMatch|^skos:exactMatch)+"
OTHER_MATCH = "(skos:broadMatch|^skos:narrowMatch|skos:relatedMatch|^skos:relatedMatch)"
MEMBERS = "skos:Concept skos:Collection"
KINDS = f"skos:ConceptScheme {MEMBERS}"
LABELS = "(skos:prefLabel skos:altLabel) (skos:prefLabel skos:hiddenLabel) (skos:altLabel skos:hiddenLabel)"
INVERSES = """(skos:broader skos:narrower) (skos:narrower skos:broader) (skos:related skos:related)
    (skos:broadMatch skos:narrowMatch) (skos:narrowMatch skos:broadMatch) (skos:relatedMatch skos:relatedMatch)
    (skos:exactMatch skos:exactMatch) (skos:closeMatch skos:closeMatch)"""
SEMANTIC = "skos:broader skos:related skos:broadMatch skos:relatedMatch skos:exactMatch skos:closeMatch"

# What each asks, and the query that finds what breaks it.
CONDITIONS = {
    "S4": (
        "What a concept is in is a scheme.",
        "?broken skos:inScheme ?scheme FILTER NOT EXISTS { ?scheme a skos:ConceptScheme }",
    ),
    "S5, S6": (
        "A scheme has concepts as its top concepts.",
        "?broken skos:hasTopConcept ?top FILTER NOT EXISTS { ?broken a skos:ConceptScheme . ?top a skos:Concept }",
    ),
    "S7": (
        "A top concept of a scheme is in it.",
        "?broken skos:topConceptOf ?scheme FILTER NOT EXISTS { ?broken skos:inScheme ?scheme }",
    ),
    "S8": (
        "A scheme has as its top concepts those that say so, and no others.",
        """{ ?broken skos:topConceptOf ?scheme FILTER NOT EXISTS { ?scheme skos:hasTopConcept ?broken } }
        UNION { ?scheme skos:hasTopConcept ?broken FILTER NOT EXISTS { ?broken skos:topConceptOf ?scheme } }""",
    ),
    "S9": (
        "Nothing is both a concept and a scheme.",
        "?broken a skos:Concept , skos:ConceptScheme",
    ),
    "S13": (
        "No label is of two kinds at once.",
        f"VALUES (?one ?other) {{ {LABELS} }} ?broken ?one ?label ; ?other ?label",
    ),
    "S14": (
        "Nothing has two preferred labels in one language.",
        "?broken skos:prefLabel ?one , ?other FILTER(?one != ?other && LANG(?one) = LANG(?other))",
    ),
    "S19, S20": (
        "Semantic relations are between concepts.",
        f"""VALUES ?relation {{ {SEMANTIC} }} ?broken ?relation ?other
        FILTER NOT EXISTS {{ ?broken a skos:Concept . ?other a skos:Concept }}""",
    ),
    "S23, S25, S43, S44": (
        "Every relation stands in both directions.",
        f"VALUES (?there ?back) {{ {INVERSES} }} ?broken ?there ?other FILTER NOT EXISTS {{ ?other ?back ?broken }}",
    ),
    "S27": (
        "What is related to something is not above or below it.",
        f"?broken {RELATED} ?other . ?broken {BROADER}+ ?other",
    ),
    "S29": (
        "An ordered collection is a collection.",
        "?broken a skos:OrderedCollection FILTER NOT EXISTS { ?broken a skos:Collection }",
    ),
    "S31, S32": (
        "A collection has concepts and collections as its members.",
        f"""?broken skos:member ?member
        FILTER NOT EXISTS {{ VALUES ?class {{ {MEMBERS} }} ?broken a skos:Collection . ?member a ?class }}""",
    ),
    "S36": (
        "What is on the list of an ordered collection is a member of it.",
        "?broken skos:memberList/rdf:rest*/rdf:first ?member FILTER NOT EXISTS { ?broken skos:member ?member }",
    ),
    "S37": (
        "No collection is a concept or a scheme.",
        "?broken a skos:Collection , ?other FILTER(?other IN (skos:Concept, skos:ConceptScheme))",
    ),
    "S46": (
        "What is the same as something is not broader, narrower or only related; the same as the same is the same.",
        f"?broken {EXACT} ?other . ?broken {OTHER_MATCH} ?other",
    ),
    "in a scheme": (
        "Every concept is in a scheme.",
        "?broken a skos:Concept FILTER NOT EXISTS { ?broken skos:inScheme ?scheme }",
    ),
    "with a top": (
        "Every scheme has a top concept.",
        "?broken a skos:ConceptScheme FILTER NOT EXISTS { ?broken skos:hasTopConcept ?top }",
    ),
    "at the top": (
        "A concept is at the top of its scheme exactly if nothing in the scheme is broader.",
        """?broken skos:inScheme ?scheme
        OPTIONAL { ?broken skos:broader ?wider . ?wider skos:inScheme ?scheme }
        BIND(EXISTS { ?broken skos:topConceptOf ?scheme } AS ?top)
        FILTER(?top = BOUND(?wider))""",
    ),
    "named": (
        "Every concept, scheme and collection has a preferred label in both languages.",
        f"""VALUES ?class {{ {KINDS} }} VALUES ?language {{ "en" "nl" }} ?broken a ?class
        FILTER NOT EXISTS {{ ?broken skos:prefLabel ?label FILTER(LANG(?label) = ?language) }}""",
    ),
    "of a kind": (
        "What our vocabulary names with a preferred label is a concept, a scheme or a collection.",
        f"""?broken skos:prefLabel ?label FILTER(STRSTARTS(STR(?broken), STR(duo:)))
        FILTER NOT EXISTS {{ VALUES ?class {{ {KINDS} }} ?broken a ?class }}""",
    ),
}

# A change to the miniature, and what must then be found.
BROKEN = [
    ("S4", "INSERT DATA { role:ally skos:inScheme duo:nowhere }", {"role:ally"}),
    ("S4", "DELETE DATA { framework:brown-2008 a skos:ConceptScheme }", {"item:brown-2008-1", "item:brown-2008-2"}),
    ("S5, S6", "DELETE DATA { role:ally a skos:Concept }", {"duo:concepts"}),
    ("S5, S6", "INSERT DATA { role:ally skos:hasTopConcept role:mentor }", {"role:ally"}),
    ("S7", "DELETE DATA { role:ally skos:inScheme duo:concepts }", {"role:ally"}),
    ("S8", "DELETE DATA { role:ally skos:topConceptOf duo:concepts }", {"role:ally"}),
    ("S8", "DELETE DATA { duo:concepts skos:hasTopConcept role:ally }", {"role:ally"}),
    ("S9", "INSERT DATA { question:meetings a skos:Concept }", {"question:meetings"}),
    ("S13", 'INSERT DATA { role:ally skos:altLabel "ally"@en }', {"role:ally"}),
    ("S13", 'INSERT DATA { role:ally skos:hiddenLabel "ally"@en }', {"role:ally"}),
    ("S13", 'INSERT DATA { concept:befriending skos:hiddenLabel "buddying"@en }', {"concept:befriending"}),
    ("S14", 'INSERT DATA { role:ally skos:prefLabel "companion"@en }', {"role:ally"}),
    ("S14", 'INSERT DATA { duo:studyDesignList skos:prefLabel "designs"@en }', {"duo:studyDesignList"}),
    ("S19, S20", "INSERT DATA { role:ally skos:related duo:concepts }", {"role:ally"}),
    ("S19, S20", "INSERT DATA { framework:brown-2008 skos:closeMatch role:ally }", {"framework:brown-2008"}),
    ("S23, S25, S43, S44", "INSERT DATA { role:ally skos:related role:mentor }", {"role:ally"}),
    (
        "S23, S25, S43, S44",
        "DELETE DATA { domain:psychological skos:narrower outcome:less-stress }",
        {"outcome:less-stress"},
    ),
    (
        "S23, S25, S43, S44",
        "DELETE DATA { item:brown-2008-2 skos:broadMatch indicator:training }",
        {"indicator:training"},
    ),
    ("S27", "INSERT DATA { outcome:less-stress skos:related domain:psychological }", {"outcome:less-stress"}),
    (
        "S27",
        """INSERT DATA {
            domain:psychological skos:broader role:ally . role:ally skos:relatedMatch outcome:less-stress
        }""",
        {"outcome:less-stress"},
    ),
    ("S27", "INSERT DATA { indicator:training skos:related item:brown-2008-2 }", {"item:brown-2008-2"}),
    ("S29", "INSERT DATA { spectrum:all a skos:OrderedCollection }", {"spectrum:all"}),
    ("S31, S32", "INSERT DATA { role:ally skos:member role:mentor }", {"role:ally"}),
    ("S31, S32", "INSERT DATA { duo:roleList skos:member framework:brown-2008 }", {"duo:roleList"}),
    (
        "S36",
        "INSERT DATA { spectrum:all skos:memberList ( spectrum:1 spectrum:6 ) ; skos:member spectrum:1 }",
        {"spectrum:all"},
    ),
    ("S37", "INSERT DATA { duo:answerList a skos:Concept }", {"duo:answerList"}),
    ("S37", "INSERT DATA { duo:unitList a skos:Collection }", {"duo:unitList"}),
    ("S46", "INSERT DATA { item:brown-2008-1 skos:broadMatch indicator:matching }", {"item:brown-2008-1"}),
    (
        "S46",
        """INSERT DATA {
            item:brown-2008-2 skos:exactMatch indicator:matching ; skos:relatedMatch item:brown-2008-1
        }""",
        {"item:brown-2008-1", "item:brown-2008-2"},
    ),
    ("in a scheme", "DELETE WHERE { duo:Fraction skos:inScheme ?any }", {"duo:Fraction"}),
    ("in a scheme", "INSERT DATA { role:new a skos:Concept }", {"role:new"}),
    ("with a top", "INSERT DATA { framework:empty a skos:ConceptScheme }", {"framework:empty"}),
    (
        "at the top",
        "DELETE DATA { answer:meetings--weekly skos:topConceptOf question:meetings }",
        {"answer:meetings--weekly"},
    ),
    ("at the top", "INSERT DATA { role:ally skos:broader role:mentor }", {"role:ally"}),
    ("at the top", "INSERT DATA { outcome:less-stress skos:topConceptOf duo:concepts }", {"outcome:less-stress"}),
    ("named", 'DELETE DATA { duo:unitList skos:prefLabel "eenheid"@nl }', {"duo:unitList"}),
    ("named", 'DELETE DATA { role:ally skos:prefLabel "ally"@en }', {"role:ally"}),
    ("of a kind", "DELETE DATA { duo:MetaAnalysis a skos:Concept }", {"duo:MetaAnalysis"}),
]


def loaded(kb):
    """What a tool has that loads our export."""
    store = ox.Store()
    store.load(export_graph(kb, "turtle").encode(), format=ox.RdfFormat.TURTLE)
    return store


@pytest.fixture(scope="module")
def real(real_kb):
    return loaded(real_kb)


@pytest.fixture
def tiny_skos(tiny_kb):
    """The miniature, to change at will."""
    return loaded(tiny_kb)


def broken(store, name):
    """What breaks a condition."""
    rows = store.query(f"SELECT DISTINCT ?broken {{ {CONDITIONS[name][1]} }}", prefixes=PREFIX_TEXTS)
    return {compact(row["broken"].value) for row in rows}


@pytest.mark.parametrize("name", CONDITIONS)
def test_export_is_well_formed(name, real):
    assert broken(real, name) == set(), f"{name}: {CONDITIONS[name][0]}"


@pytest.mark.parametrize("name", CONDITIONS)
def test_miniature_is_well_formed(name, tiny_skos):
    assert broken(tiny_skos, name) == set(), f"{name}: {CONDITIONS[name][0]}"


@pytest.mark.parametrize(("name", "change", "expected"), BROKEN)
def test_what_breaks_it_is_found(name, change, expected, tiny_skos):
    tiny_skos.update(change, prefixes=PREFIX_TEXTS)
    assert broken(tiny_skos, name) == expected


def test_concepts_of_every_kind_are_there(real):
    """So that an empty graph is not taken for a well-formed one."""
    rows = real.query("SELECT ?concept ?scheme { ?scheme skos:hasTopConcept ?concept }", prefixes=PREFIX_TEXTS)
    found = {tuple(compact(row[name].value).partition(":")[0] for name in ("scheme", "concept")) for row in rows}
    assert {("question", "answer"), ("framework", "item"), ("duo", "duo")} <= found
    assert {("duo", kind) for kind in ("concept", "role", "domain", "indicator", "pitfall", "target-group")} <= found


def test_every_condition_has_a_counter_example():
    assert {name for name, _, _ in BROKEN} == set(CONDITIONS)
