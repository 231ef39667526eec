"""A work says the same in its label, reference, CSL-JSON, RIS, head of its page, JSON-LD and graph."""

import json
from dataclasses import dataclass

import pytest
from conftest import lay_out_tiny
from rdflib import DCTERMS, RDFS, SDO, URIRef
from rdflib.collection import Collection

from kb.checks.validation import validate
from kb.content.knowledge_base import KnowledgeBase, load_knowledge_base
from kb.exports.references import csl_items, first_and_last, render_references, without_markup
from kb.exports.ris import as_ris
from kb.model.records import Records
from kb.namespaces import BIBO, MARC, compact, source_iri
from kb.pages.page import Page
from kb.pages.schema_org import described
from kb.pages.subjects.citing import highwire
from kb.site.pages import Places, write_markdown
from kb.words import LANGUAGES

DUTCH, ENGLISH, TITLE = "langid = {dutch}", "langid = {english}", "title = {Een titel}"
# Entries by citation key: type, then fields; each has a family name of its own, so that no two labels are alike.
ENTRIES = {
    "z01": ("book", r"author = {Acht, B.}, title = {Zie \href{https://example.org}{hier}}"),
    "z02": ("book", r"author = {Baas, B.}, title = {Zie \enquote{hier} \url{example.org}}"),
    "z03": ("book", f"author = {{Cool, B.}}, {TITLE}, {DUTCH}, year = {{n.d.}}"),
    "z04": ("misc", "author = {Dam, B.}, title = {Ook een}, year = {Z.D.}"),
    "z05": ("book", f"author = {{Eik, B.}}, {TITLE}, note = {{Een opmerking die\n    doorloopt}}"),
    "z06": ("book", 'author = {Fok, B.}, title =\n    "Over\n    twee lijnen", Note = "Een\n opmerking"'),
    "z07": ("book", "author = {Gul, B.}, title = {Kost $5 en meer}"),
    "z08": ("book", "author = {Hal, B.}, title = {Van $5 naar $10, 50% & #1_a ^ ~ x}, publisher = {A and B}"),
    "z09": ("article", f"author = {{Ide, B.}}, {TITLE}, doi = {{https://doi.org/10.1000/xyz_1}}"),
    "z10": ("article", f"author = {{Jol, B.}}, {TITLE}, doi = {{doi: 10.1000/a\\_b}}"),
    "z11": ("book", rf"author = {{Kok, B.}}, {TITLE}, url = {{https://example.org/a\_b\%20c}}"),
    "z12": ("book", rf"author = {{Lam, B.}}, {TITLE}, url = {{https://example.org/a--b\~{{}}c?d=e\&f\#g}}"),
    "z13": ("book", r"author = {Mart{\'{\i}}nez, Jos{\'e} and {\v{C}}ern{\'y}, Ji{\v{r}}{\'\i}}, title = {Na{\"\i}ve}"),
    "z14": ("book", "author = {Nie\u0308l, Zoe\u0308}, title = {Cafe\u0301}"),
    "z15": ("book", f"author = {{Oud, Jr., Piet}}, {TITLE}"),
    "z16": ("book", f"author = {{van der Pol, III, Jan}}, {TITLE}"),
    "z17": ("book", f"author = {{de Jong}}, {TITLE}"),
    "z18": ("book", f"author = {{van der Kwast and Rik de Rooij}}, {TITLE}"),
    "z19": ("book", r"author = {Sas, B.}, title = {Over \emph{duo's} en H\textsubscript{2}O}"),
    "z20": ("book", r"author = {Tak, B.}, title = {p < 0.05 en $x^2$ > 1}"),
    "z21": ("book", "author = {Uil, B.}, title = {Vrijwilligers -- een ``warm'' verhaal --- deel 2}"),
    "z22": ("book", 'author = {Vos, B.}, title = {Het "warme" huis}'),
    "z23": ("book", f"author = {{{{Koning Boudewijnstichting}} and Wit, B.}}, {TITLE}"),
    "z24": ("book", f"editor = {{{{Bread and Roses}}}}, {TITLE}"),
    "z25": (
        "incollection",
        f"author = {{Xen, B.}}, {TITLE}, booktitle = {{Het verzamelwerk}}, editor = {{Yde, V.}}, pages = {{1--9}}, "
        "series = {Reeks}, number = {4}, address = {Gent}, month = sep",
    ),
    "z26": ("phdthesis", f"author = {{Zee, B.}}, {TITLE}, school = {{Hogeschool}}, type = {{Masterproef}}"),
    "z27": ("book", f"author = {{Bos, B.}}, title = {{Een boek}}, {DUTCH}, year = {{2001}}"),
    "z28": ("book", f"author = {{Bos, B.}}, title = {{Een ander boek}}, {DUTCH}, year = {{2001}}"),
    "z29": ("book", f"author = {{Bos, B.}}, title = {{Zonder}}, {DUTCH}, year = {{n.d.}}"),
    "z30": ("book", f"author = {{Bos, B.}}, title = {{Datum}}, {DUTCH}, year = {{n.d.}}"),
    "z31": ("book", f"author = {{Aal, B.}}, title = {{The Role of Volunteers: A Study in {{Flanders}}}}, {ENGLISH}"),
    "z32": (
        "article",
        f"author = {{Bal, B.}}, title = {{What I Saw: A {{USA}} Tale}}, journal = {{Duo}}, {ENGLISH}",
    ),
    "z33": ("article", f"author = {{Cor, B.}}, {TITLE}, pages = {{10--20, 25--30}}"),
    "z34": ("article", f"author = {{Dop, B.}}, {TITLE}, pages = {{e12}}"),
    "z35": ("article", f"author = {{Elf, B.}}, {TITLE}, year = {{2014--2015}}, journal = {{J}}"),
    "z36": ("misc", "author = {Fee, B. and others}, title = {In Twee Talen}, langid = {french}"),
    "z37": ("book", "author = {de la {Gat}}, title = {De ‘kleine’ `duo`}"),
}
BRACKETED = (
    "@book(z90,\n  author = {Gom, B.},\n  title = {Ronde haken},\n  verification = {partly},\n  year = {2001},\n)\n"
)


@dataclass(frozen=True)
class Made:
    """The miniature with the entries, and what is made of each of them."""

    kb: KnowledgeBase
    items: dict
    references: dict

    def values(self, key, predicate):
        found = self.kb.graph.objects(source_iri(key), URIRef(predicate))
        return sorted(str(value) for value in found)

    def page(self, key, language="en"):
        iri = str(source_iri(key))
        return Page(Records(self.kb), language, f"source/{key}", iri)

    def data(self, key):
        return described(self.page(key), {str(source_iri(key)): self.items[key]}, ())

    def tags(self, key, name):
        return [content for tag, content in highwire(self.items[key]) if tag == name]

    def ris(self, key, tag):
        lines = as_ris(self.items[key]).splitlines()
        return [line.removeprefix(f"{tag}  - ") for line in lines if line.startswith(f"{tag}  - ")]


def entry(key, type_, fields):
    year = "" if "year =" in fields else f",\n  year = {{{1960 + int(key[1:])}}}"
    return f"@{type_}{{{key},\n  {fields}{year},\n  verification = {{partly}},\n}}\n"


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    root = lay_out_tiny(tmp_path_factory.mktemp("works"))
    with (root / "sources.bib").open("a", encoding="utf-8") as file:
        file.write("\n".join(["", *(entry(key, *said) for key, said in ENTRIES.items()), BRACKETED]))
    kb = load_knowledge_base(root)
    items = csl_items(kb.bibliography, root / "cache")
    references = {language: render_references(kb.bibliography, language, root / "cache") for language in LANGUAGES}
    return Made(kb, items, references)


def test_entries_are_without_faults(made):
    assert [found.render("en") for found in validate(made.kb)] == []


def test_pages_are_made_of_all_of_them(made):
    places = Places(made.kb.root)
    write_markdown(made.kb, places)
    for language in LANGUAGES:
        written = {path.stem for path in (places.pages(language) / "source").iterdir()}
        assert written >= {*ENTRIES, "z90"}


# Citation key, and the title on the site, in CSL-JSON and, where it is not the same, without markup.
TITLES = [
    ("z01", "Zie hier", "Zie hier"),
    ("z02", "Zie “hier” example.org", "Zie “hier” example.org"),
    ("z05", "Een titel", "Een titel"),
    ("z06", "Over twee lijnen", "Over twee lijnen"),
    ("z07", "Kost $5 en meer", "Kost $5 en meer"),
    ("z08", "Van $5 naar $10, 50% & #1_a ^ x", "Van $5 naar $10, 50% & #1_a ^ x"),
    ("z13", "Naïve", "Naïve"),
    ("z14", "Café", "Café"),
    ("z19", "Over duo's en H2O", "Over <i>duo’s</i> en H<sub>2</sub>O"),
    ("z20", "p < 0.05 en x2 > 1", "p < 0.05 en x<sup>2</sup> > 1"),
    ("z21", "Vrijwilligers – een “warm” verhaal — deel 2", "Vrijwilligers – een “warm” verhaal — deel 2"),
    ("z31", "The Role of Volunteers: A Study in Flanders", "The role of volunteers: A study in Flanders"),
    ("z32", "What I Saw: A USA Tale", "What I saw: A USA tale"),
    ("z36", "In Twee Talen", "In Twee Talen"),
    ("z37", "De ‘kleine’ `duo`", "De ‘kleine’ `duo`"),
    ("z90", "Ronde haken", "Ronde haken"),
]


@pytest.mark.parametrize(("key", "title", "item"), TITLES, ids=[title[0] for title in TITLES])
def test_title_is_the_same_everywhere(key, title, item, made):
    told = without_markup(item)
    assert (made.kb.bibliography.sources[key].title, made.items[key]["title"]) == (title, item)
    assert made.values(key, DCTERMS.title) == [title]
    assert (made.ris(key, "TI"), made.tags(key, "citation_title"), made.data(key)["name"]) == ([told], [told], told)


# Citation key, then how its references begin, or all of them, in English and Dutch.
REFERENCES = [
    ("z03", "Cool, B. (n.d.). <em>Een titel</em>.", "Cool, B. (z.d.). <em>Een titel</em>."),
    ("z04", "Dam, B. (n.d.). <em>Ook een</em>.", "Dam, B. (z.d.). <em>Ook een</em>."),
    ("z05", "Eik, B. (1965). <em>Een titel</em>.", "Eik, B. (1965). <em>Een titel</em>."),
    ("z07", "Gul, B. (1967). <em>Kost $5 en meer</em>.", "Gul, B. (1967). <em>Kost $5 en meer</em>."),
    ("z08", "Hal, B. (1968). <em>Van $5 naar $10, 50% &amp; #1_a ^ x</em>. A and B.", ""),
    ("z13", "Martínez, J., &amp; Černý, J. (1973). <em>Naïve</em>.", ""),
    ("z15", "Oud, P., Jr. (1975).", "Oud, P., Jr. (1975)."),
    ("z17", "de Jong. (1977).", "de Jong. (1977)."),
    ("z19", "Sas, B. (1979). <em>Over <em>duo’s</em> en H<sub>2</sub>O</em>.", ""),
    ("z21", "Uil, B. (1981). <em>Vrijwilligers – een “warm” verhaal — deel 2</em>.", ""),
    ("z22", "Vos, B. (1982). <em>Het “warme” huis</em>.", "Vos, B. (1982). <em>Het “warme” huis</em>."),
    ("z23", "Koning Boudewijnstichting, &amp; Wit, B. (1983).", ""),
    ("z25", "Xen, B. (1985). Een titel. In V. Yde (Ed.), <em>Het verzamelwerk</em> (pp. 1–9).", ""),
    ("z26", "Zee, B. (1986). <em>Een titel</em> [Masterproef]. Hogeschool.", ""),
    ("z27", "Bos, B. (2001a). <em>Een boek</em>.", "Bos, B. (2001a). <em>Een boek</em>."),
    ("z28", "Bos, B. (2001b). <em>Een ander boek</em>.", "Bos, B. (2001b). <em>Een ander boek</em>."),
    ("z29", "Bos, B. (n.d.-a). <em>Zonder</em>.", "Bos, B. (z.d.-a). <em>Zonder</em>."),
    ("z30", "Bos, B. (n.d.-b). <em>Datum</em>.", "Bos, B. (z.d.-b). <em>Datum</em>."),
    (
        "z31",
        "Aal, B. (1991). <em>The role of volunteers: A study in Flanders</em>.",
        "Aal, B. (1991). <em>The role of volunteers: A study in Flanders</em>.",
    ),
    (
        "z32",
        "Bal, B. (1992). What I saw: A USA tale. <em>Duo</em>.",
        "Bal, B. (1992). What I saw: A USA tale. <em>",
    ),
    ("z35", "Elf, B. (2014–2015).", "Elf, B. (2014–2015)."),
    ("z90", "Gom, B. (2001). <em>Ronde haken</em>.", "Gom, B. (2001). <em>Ronde haken</em>."),
]


@pytest.mark.parametrize(("key", "english", "dutch"), REFERENCES, ids=[words[0] for words in REFERENCES])
def test_reference(key, english, dutch, made):
    assert made.references["en"][key][: len(english)] == english
    assert made.references["nl"][key][: len(dutch)] == dutch


# Citation key, label in English, label in Dutch.
LABELS = [
    ("z03", "Cool (n.d.)", "Cool (z.d.)"),
    ("z13", "Martínez & Černý (1973)", "Martínez & Černý (1973)"),
    ("z17", "de Jong (1977)", "de Jong (1977)"),
    ("z18", "van der Kwast & de Rooij (1978)", "van der Kwast & de Rooij (1978)"),
    ("z37", "de la Gat (1997)", "de la Gat (1997)"),
    ("z27", "Bos (2001a)", "Bos (2001a)"),
    ("z28", "Bos (2001b)", "Bos (2001b)"),
    ("z30", "Bos (n.d.-b)", "Bos (z.d.-b)"),
]


@pytest.mark.parametrize(("key", "english", "dutch"), LABELS)
def test_label(key, english, dutch, made):
    assert (made.page(key).plain(), made.page(key, "nl").plain()) == (english, dutch)
    assert set(made.values(key, RDFS.label)) == {english, dutch}


# Citation key, RIS and tags of the authors, and JSON-LD of the first.
PEOPLE = [
    ("z13", ["Martínez, José", "Černý, Jiří"], {"familyName": "Martínez", "givenName": "José"}),
    ("z14", ["Niël, Zoë"], {"familyName": "Niël", "givenName": "Zoë"}),
    ("z15", ["Oud, Piet, Jr."], {"name": "Piet Oud, Jr.", "honorificSuffix": "Jr."}),
    ("z16", ["van der Pol, Jan, III"], {"name": "Jan van der Pol, III"}),
    ("z17", ["de Jong"], {"@type": "Person", "name": "de Jong"}),
    ("z18", ["van der Kwast", "de Rooij, Rik"], {"@type": "Person", "name": "van der Kwast"}),
    ("z23", ["Koning Boudewijnstichting", "Wit, B."], {"@type": "Organization", "name": "Koning Boudewijnstichting"}),
]


@pytest.mark.parametrize(("key", "names", "first"), PEOPLE, ids=[people[0] for people in PEOPLE])
def test_people_are_the_same_everywhere(key, names, first, made):
    assert [name.removesuffix(",") for name in made.ris(key, "AU")] == names
    assert made.tags(key, "citation_author") == names
    assert made.data(key)["author"][0].items() >= first.items()
    assert made.values(key, DCTERMS.creator) == sorted(names)
    start = made.kb.graph.value(source_iri(key), BIBO.authorList)
    assert [str(name) for name in Collection(made.kb.graph, start)] == names


def test_body_as_editor(made):
    assert made.tags("z24", "citation_editor") == ["Bread and Roses"]
    assert made.data("z24")["editor"] == [{"@type": "Organization", "name": "Bread and Roses"}]


def test_those_not_named_have_no_tag(made):
    assert made.tags("z36", "citation_author") == ["Fee, B."]
    assert made.references["en"]["z36"].removeprefix('<span class="nocase">').startswith("Fee, B. et al.")


@pytest.mark.parametrize(("key", "doi"), [("z09", "10.1000/xyz_1"), ("z10", "10.1000/a_b")])
def test_doi_is_bare(key, doi, made):
    address = f"https://doi.org/{doi}"
    assert (made.ris(key, "DO"), made.tags(key, "citation_doi"), made.items[key]["DOI"]) == ([doi], [doi], doi)
    assert (made.values(key, BIBO.doi), made.values(key, SDO.sameAs)) == ([doi], [address])
    assert made.data(key)["sameAs"] == [address]
    assert made.references["en"][key].count("https://doi.org/") == 2
    assert f'href="{address}"' in made.references["en"][key]


@pytest.mark.parametrize(
    ("key", "address"), [("z11", "https://example.org/a_b%20c"), ("z12", "https://example.org/a--b~c?d=e&f#g")]
)
def test_address_is_as_it_is_meant(key, address, made):
    assert (made.items[key]["URL"], made.ris(key, "UR")) == (address, [address])
    assert (made.values(key, BIBO.uri), made.data(key)["sameAs"]) == ([address], [address])
    assert f'href="{address.replace("&", "&amp;")}"' in made.references["en"][key]


def test_undated_work_has_no_date(made):
    assert "issued" not in made.items["z03"]
    assert (made.ris("z03", "PY"), made.tags("z03", "citation_publication_date")) == ([], [])
    assert "datePublished" not in made.data("z03")
    assert made.values("z03", DCTERMS.issued) == []


def test_range_of_years_is_an_iso_date(made):
    assert made.data("z35")["datePublished"] == "2014/2015"
    assert made.values("z35", DCTERMS.issued) == ["2014/2015"]


def test_every_fact_of_a_reference_stands_in_the_graph(made):
    chapter, graph = source_iri("z25"), made.kb.graph
    inside = {
        (str(graph.value(whole, DCTERMS.title)), compact(str(kind)))
        for whole in graph.objects(chapter, DCTERMS.isPartOf)
        for kind in made.kb.types[str(whole)]
    }
    assert inside == {("Het verzamelwerk", "bibo:Book"), ("Reeks", "bibo:Series")}
    assert made.values("z25", DCTERMS.contributor) == ["Yde, V."]
    assert (made.values("z25", MARC.pup), made.values("z25", DCTERMS.date)) == (["Gent"], ["1985-09"])
    assert made.values("z26", DCTERMS.publisher) == ["Hogeschool"]
    assert made.values("z26", DCTERMS.type) == ["Masterproef"]


@pytest.mark.parametrize(
    ("key", "first", "last"), [("z33", ["10"], ["30"]), ("z34", ["e12"], []), ("z25", ["1"], ["9"])]
)
def test_first_and_last_page(key, first, last, made):
    assert (made.ris(key, "SP"), made.ris(key, "EP")) == (first, last)
    assert (made.tags(key, "citation_firstpage"), made.tags(key, "citation_lastpage")) == (first, last)


@pytest.mark.parametrize(
    ("pages", "expected"),
    [("173-174.e1", ("173", "174.e1")), ("5+", ("5", "")), ("", ("", "")), ("1, 3; 7–9", ("1", "9"))],
)
def test_runs_of_pages(pages, expected):
    assert first_and_last(pages) == expected


def test_language_is_the_same_everywhere(made):
    assert made.items["z36"]["language"] == "fr"
    assert (made.ris("z36", "LA"), made.values("z36", DCTERMS.language)) == (["fr"], ["fr"])


def test_items_are_plain_json(made):
    assert json.loads(json.dumps(made.items)) == made.items
