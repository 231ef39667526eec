"""The roles table and the survey are well-formed RDF Data Cubes: they pass the integrity constraints of the W3C (2014).

Each constraint is written from what the recommendation says that it asks, as a query for whatever breaks it, and has at
least one change to the real cubes that it must find. The recommendation speaks of a normalised graph: see NORMAL.
"""

import pyoxigraph as ox
import pytest

from kb.content.knowledge_base import PREFIX_TEXTS
from kb.namespaces import compact

# The types and the shorthand of components written out (normalisation, phase 1); nothing here is attached to slices or
# data sets, so that phase 2 has nothing to push down.
NORMAL = """
INSERT { ?observation a qb:Observation . ?set a qb:DataSet } WHERE { ?observation qb:dataSet ?set } ;
INSERT { ?part qb:componentProperty ?p . ?p a ?class , qb:ComponentProperty } WHERE {
  VALUES (?short ?class) {
    (qb:dimension qb:DimensionProperty) (qb:measure qb:MeasureProperty) (qb:attribute qb:AttributeProperty)
  }
  ?part ?short ?p
}
"""

# What each asks, and the query that finds what breaks it.
CONSTRAINTS = {
    "IC-1": (
        "Every observation belongs to exactly one data set.",
        """SELECT ?broken WHERE {
            ?broken a qb:Observation
            OPTIONAL { ?broken qb:dataSet ?set }
        } GROUP BY ?broken HAVING (COUNT(?set) != 1)""",
    ),
    "IC-2": (
        "Every data set has exactly one structure definition.",
        """SELECT ?broken WHERE {
            ?broken a qb:DataSet
            OPTIONAL { ?broken qb:structure ?structure . ?structure a qb:DataStructureDefinition }
        } GROUP BY ?broken HAVING (COUNT(?structure) != 1)""",
    ),
    "IC-3": (
        "Every structure definition declares at least one measure.",
        """SELECT ?broken WHERE {
            ?broken a qb:DataStructureDefinition
            FILTER NOT EXISTS { ?broken qb:component/qb:componentProperty ?p . ?p a qb:MeasureProperty }
        }""",
    ),
    "IC-4": (
        "Every dimension has a range.",
        """SELECT ?broken WHERE {
            ?broken a qb:DimensionProperty
            FILTER NOT EXISTS { ?broken rdfs:range ?range }
        }""",
    ),
    "IC-5": (
        "Every dimension whose values are concepts has a code list; of subclasses of skos:Concept that holds too.",
        """SELECT ?broken WHERE {
            ?broken a qb:DimensionProperty ; rdfs:range/rdfs:subClassOf* skos:Concept
            FILTER NOT EXISTS { ?broken qb:codeList ?list }
        }""",
    ),
    "IC-6": (
        "Only attributes may be optional.",
        """SELECT ?broken WHERE {
            ?structure qb:component ?broken . ?broken qb:componentRequired false ; qb:componentProperty ?p
            FILTER NOT EXISTS { ?p a qb:AttributeProperty }
        }""",
    ),
    "IC-11": (
        "Every observation has a value for each dimension.",
        """SELECT ?broken WHERE {
            ?broken qb:dataSet/qb:structure/qb:component/qb:componentProperty ?p . ?p a qb:DimensionProperty
            FILTER NOT EXISTS { ?broken ?p ?value }
        }""",
    ),
    "IC-12": (
        "No two observations of a data set have the same value for every dimension.",
        """SELECT ?broken WHERE {
            { SELECT ?set (COUNT(DISTINCT ?p) AS ?all) WHERE {
                ?set qb:structure/qb:component/qb:componentProperty ?p . ?p a qb:DimensionProperty
            } GROUP BY ?set }
            { SELECT ?set ?broken ?other (COUNT(DISTINCT ?p) AS ?same) WHERE {
                ?set qb:structure/qb:component/qb:componentProperty ?p . ?p a qb:DimensionProperty .
                ?broken qb:dataSet ?set ; ?p ?value . ?other ?p ?value ; qb:dataSet ?set
                FILTER(?broken != ?other)
            } GROUP BY ?set ?broken ?other }
            FILTER(?same = ?all)
        }""",
    ),
    "IC-13": (
        "Every observation has a value for each attribute that is required.",
        """SELECT ?broken WHERE {
            ?broken qb:dataSet/qb:structure/qb:component ?part .
            ?part qb:componentRequired true ; qb:componentProperty ?p
            FILTER NOT EXISTS { ?broken ?p ?value }
        }""",
    ),
    "IC-14": (
        "Every observation has a value for each measure (there is no measure dimension).",
        """SELECT ?broken WHERE {
            ?broken qb:dataSet/qb:structure/qb:component/qb:componentProperty ?p . ?p a qb:MeasureProperty
            FILTER NOT EXISTS { ?broken ?p ?value }
        }""",
    ),
    "IC-19": (
        "The value of a dimension with a code list is in that list: a scheme or a collection.",
        """SELECT ?broken WHERE {
            ?broken qb:dataSet/qb:structure/qb:component/qb:componentProperty ?p ; ?p ?value .
            ?p a qb:DimensionProperty ; qb:codeList ?list
            FILTER NOT EXISTS { ?value a skos:Concept ; skos:inScheme ?list }
            FILTER NOT EXISTS { ?list a skos:Collection ; skos:member+ ?value }
        }""",
    ),
}

# The constraints that do not apply, because the terms that they are about do not occur.
SLICES = ("qb:Slice", "qb:SliceKey", "qb:slice", "qb:sliceKey", "qb:sliceStructure")
MEASURE_DIMENSION = ("qb:measureType",)
HIERARCHIES = ("qb:HierarchicalCodeList", "qb:parentChildProperty")
NOT_APPLICABLE = {
    "IC-7": ("Slice keys are declared: there are no slices.", SLICES),
    "IC-8": ("Slice keys agree with the structure: there are no slices.", SLICES),
    "IC-9": ("A slice has one structure: there are no slices.", SLICES),
    "IC-10": ("A slice has a value for each of its dimensions: there are no slices.", SLICES),
    "IC-15": (
        "A measure dimension agrees with the measure: there is none, each data set has one measure.",
        MEASURE_DIMENSION,
    ),
    "IC-16": ("One measure an observation where there is a measure dimension: there is none.", MEASURE_DIMENSION),
    "IC-17": ("All measures for each point where there is a measure dimension: there is none.", MEASURE_DIMENSION),
    "IC-18": ("The observations of a slice are of its data set: there are no slices.", SLICES),
    "IC-20": ("Codes are in their hierarchy: the code lists have no levels.", HIERARCHIES),
    "IC-21": ("Codes are in their hierarchy, upwards: the code lists have no levels.", HIERARCHIES),
}

# A change to the real cubes, and what must then be found.
WEEKLY = "observation:contact-frequency--weekly"
LENGTH = "observation:contact-length--one-to-three-hours"
CELL = "cell:ally-training"
BROKEN = [
    ("IC-1", f"DELETE WHERE {{ {WEEKLY} qb:dataSet ?any }}", {WEEKLY}),
    ("IC-1", f"INSERT DATA {{ {WEEKLY} qb:dataSet duo:surveyMentions }}", {WEEKLY}),
    ("IC-2", "DELETE WHERE { duo:roleTable qb:structure ?any }", {"duo:roleTable"}),
    ("IC-2", "INSERT DATA { duo:survey qb:structure duo:roleTableStructure }", {"duo:survey"}),
    ("IC-2", "DELETE DATA { duo:surveyStructure a qb:DataStructureDefinition }", {"duo:survey"}),
    ("IC-3", "DELETE WHERE { duo:surveyValue qb:measure ?any }", {"duo:surveyStructure"}),
    ("IC-3", "DELETE DATA { duo:roleTableStructure qb:component duo:roleTableLevel }", {"duo:roleTableStructure"}),
    ("IC-4", "DELETE WHERE { duo:unit rdfs:range ?any }", {"duo:unit"}),
    ("IC-4", "INSERT DATA { duo:surveyHedge qb:dimension duo:place }", {"duo:place"}),
    ("IC-5", "DELETE WHERE { duo:answer qb:codeList ?any }", {"duo:answer"}),
    ("IC-5", "DELETE WHERE { duo:unit qb:codeList ?any }", {"duo:unit"}),
    ("IC-5", "INSERT DATA { duo:place a qb:DimensionProperty ; rdfs:range skos:Concept }", {"duo:place"}),
    ("IC-6", "INSERT DATA { duo:surveyUnit qb:componentRequired false }", {"duo:surveyUnit"}),
    ("IC-6", "INSERT DATA { duo:roleTableLevel qb:componentRequired false }", {"duo:roleTableLevel"}),
    ("IC-11", f"DELETE WHERE {{ {WEEKLY} duo:unit ?any }}", {WEEKLY}),
    ("IC-11", f"DELETE WHERE {{ {LENGTH} duo:answer ?any }}", {LENGTH}),
    ("IC-11", f"DELETE WHERE {{ {CELL} duo:role ?any }}", {CELL}),
    (
        "IC-12",
        f"INSERT {{ observation:twin ?p ?value }} WHERE {{ {WEEKLY} ?p ?value }}",
        {WEEKLY, "observation:twin"},
    ),
    (
        "IC-12",
        f"DELETE DATA {{ {CELL} duo:role role:ally }} ; INSERT DATA {{ {CELL} duo:role role:mentor }}",
        {CELL, "cell:mentor-training"},
    ),
    ("IC-13", f"DELETE WHERE {{ {WEEKLY} duo:baseStatus ?any }}", {WEEKLY}),
    ("IC-14", f"DELETE WHERE {{ {WEEKLY} duo:value ?any }}", {WEEKLY}),
    ("IC-14", f"DELETE WHERE {{ {LENGTH} duo:mentioned ?any }}", {LENGTH}),
    ("IC-14", f"DELETE WHERE {{ {CELL} duo:level ?any }}", {CELL}),
    ("IC-19", f"INSERT DATA {{ {WEEKLY} duo:answer concept:mentoring }}", {WEEKLY}),
    ("IC-19", f"INSERT DATA {{ {WEEKLY} duo:unit duo:Reported }}", {WEEKLY}),
    (
        "IC-19",
        "DELETE WHERE { duo:characteristicList skos:member characteristic:training }",
        {CELL, "cell:coach-training", "cell:mentor-training"},
    ),
]


@pytest.fixture
def cubes(real_kb):
    """The real graph once more, to change at will."""
    store = ox.Store()
    store.extend(real_kb.store)
    return store


def broken(store, name):
    """What breaks a constraint."""
    store.update(NORMAL, prefixes=PREFIX_TEXTS)
    rows = store.query(CONSTRAINTS[name][1], prefixes=PREFIX_TEXTS)
    return {compact(row["broken"].value) for row in rows}


def occurs(store, term):
    """Whether a term is used anywhere, as predicate or as value."""
    return store.query(f"ASK {{ {{ ?s {term} ?o }} UNION {{ ?s ?p {term} }} }}", prefixes=PREFIX_TEXTS)


@pytest.mark.parametrize("name", CONSTRAINTS)
def test_cubes_are_well_formed(name, cubes):
    assert broken(cubes, name) == set(), f"{name}: {CONSTRAINTS[name][0]}"


@pytest.mark.parametrize(("name", "change", "expected"), BROKEN)
def test_what_breaks_it_is_found(name, change, expected, cubes):
    cubes.update(change, prefixes=PREFIX_TEXTS)
    assert broken(cubes, name) == expected


@pytest.mark.parametrize("name", NOT_APPLICABLE)
def test_constraint_does_not_apply(name, cubes):
    why, terms = NOT_APPLICABLE[name]
    assert [term for term in terms if occurs(cubes, term)] == [], f"{name} applies from now on; it was: {why}"


@pytest.mark.parametrize("term", [*SLICES, *MEASURE_DIMENSION, *HIERARCHIES])
def test_term_would_be_noticed(term, cubes):
    cubes.update(f"INSERT DATA {{ duo:new {term} duo:new }}", prefixes=PREFIX_TEXTS)
    assert occurs(cubes, term)


def test_every_constraint_is_there_and_has_a_counter_example():
    assert CONSTRAINTS.keys() | NOT_APPLICABLE.keys() == {f"IC-{number}" for number in range(1, 22)}
    assert CONSTRAINTS.keys() & NOT_APPLICABLE.keys() == set()
    assert {name for name, _, _ in BROKEN} == set(CONSTRAINTS)


def test_three_cubes(cubes):
    """So that an empty graph is not taken for a well-formed one."""
    rows = cubes.query("SELECT ?set (COUNT(?o) AS ?n) { ?o qb:dataSet ?set } GROUP BY ?set", prefixes=PREFIX_TEXTS)
    counts = {compact(row["set"].value): int(row["n"].value) for row in rows}
    assert counts.keys() == {"duo:roleTable", "duo:survey", "duo:surveyMentions"}
    assert min(counts.values()) == counts["duo:roleTable"] == 33
