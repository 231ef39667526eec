"""BibTeX in, entries and faults out."""

import pytest

from kb.content.bibliography import load_bibliography, parse_bibliography
from kb.diagnostics import Severity

REST = "year = {2001}, verification = {partly}"


def entry(fields, key="a1", type_="article"):
    return f"@{type_}{{{key},\n  {fields},\n}}\n"


def only(text):
    """The one entry of `text`, which must be without faults."""
    found = parse_bibliography(text)
    assert found.faults == ()
    (source,) = found.sources.values()
    return source


def test_fields_are_plain_text():
    text = f'Title = {{The {{BIG}}  {{\\"U}}ber\n   \\& co}}, subtitle = "On \\emph{{it}}", author = {{A, B}}, {REST}'
    source = only(entry(text))
    assert source.title == "The BIG Über & co. On it"
    assert source.fields == {
        "title": "The BIG Über & co",
        "subtitle": "On it",
        "author": "A, B",
        "year": "2001",
        "verification": "partly",
    }


def test_lines_and_order_are_those_of_the_file():
    fields = f"author = {{A, B}}, {REST}"
    found = parse_bibliography(f"% head\n\n{entry(fields)}\n{entry(fields, 'b1', 'book')}").sources.values()
    assert [(source.key, source.type, source.line) for source in found] == [("a1", "article", 3), ("b1", "book", 7)]


# The author field, the names, and how a text refers to the work.
NAMES = [
    ("Brown, Bo", ("Brown, Bo",), "Brown (2001)"),
    ("Bo Brown", ("Brown, Bo",), "Brown (2001)"),
    ("Brown, Bo and Clark, C.", ("Brown, Bo", "Clark, C."), "Brown & Clark (2001)"),
    ("A, B and C, D and E, F", ("A, B", "C, D", "E, F"), "A et al. (2001)"),
    ("A, B and others", ("A, B", "others"), "A et al. (2001)"),
    ("van der Tier, Michelle", ("van der Tier, Michelle",), "van der Tier (2001)"),
    ("Michelle van der Tier", ("van der Tier, Michelle",), "van der Tier (2001)"),
    ("{Bread and Roses}", ("Bread and Roses",), "Bread and Roses (2001)"),
    ("Smith, Jr., Al", ("Smith, Al, Jr.",), "Smith (2001)"),
    ("M{\\\"u}ller, J{\\'e}r\\^ome", ("Müller, Jérôme",), "Müller (2001)"),
]


@pytest.mark.parametrize(("field", "names", "author_year"), NAMES)
def test_names(field, names, author_year):
    source = only(entry(f"author = {{{field}}}, {REST}"))
    assert (source.names, source.author_year) == (names, author_year)


def test_editors_stand_in_for_authors():
    assert only(entry(f"editor = {{A, B and C, D}}, {REST}", type_="book")).author_year == "A & C (2001)"


def test_untraced_author_keeps_the_words_of_the_citation():
    assert only(entry(f"citedas = {{Some guide, 2001}}, {REST}", type_="misc")).author_year == "Some guide, 2001"


def test_year_may_be_a_range():
    text = entry("author = {A, B}, year = {2014--2015}, verification = {partly}")
    assert only(text).author_year == "A (2014–2015)"


AUTHOR, YEAR, PARTLY = "author = {A, B}", "year = {2001}", "verification = {partly}"
WHOLE = f"{AUTHOR}, {YEAR}, {PARTLY}"
UNREADABLE = "this BibTeX entry cannot be read"
# BibTeX, and how the one diagnostic begins: line, item and text.
FAULTS = [
    (entry(WHOLE) + entry(WHOLE), "4: a1: the citation key a1 occurs a second time; it was first used at line 1"),
    (entry(f"{WHOLE}, year = {{2002}}"), "1: a1: the entry a1 has the field year twice"),
    (f"@article{{a1,\n {WHOLE},\n\n{entry(WHOLE, 'b1')}", f"1: a1: {UNREADABLE} (Expected a `=` after entry key"),
    (f"@article{{a1,\n {WHOLE},\n", f"1: a1: {UNREADABLE} (Unexpectedly reached end of file)"),
    (f"@article{{a1,\n title = {{x,\n {WHOLE},\n}}\n", f"1: a1: {UNREADABLE} (Unexpectedly reached end of file)"),
    (f"@article{{a1\n {WHOLE}\n}}", f"1: a1: {UNREADABLE} (Expected comma after entry key"),
    (f"@article{{a1,\n {PARTLY},\n {AUTHOR}\n {YEAR}\n}}", f"3: a1: {UNREADABLE} (author: {{A, B}} …)"),
    (f"@article{{a1,\n {WHOLE},\n title = {{T}}\n pages = {{1}}}}", f"3: a1: {UNREADABLE} (title: {{T}} …)"),
    (f'@article{{a1,\n {WHOLE},\n title = "T"\n pages = "1"}}', f'3: a1: {UNREADABLE} (title: "T" …)'),
    (entry(f"{WHOLE}, jour nal = {{J}}"), f"2: a1: {UNREADABLE} (jour nal: {{J}} …)"),
    (entry(f"{WHOLE}, journal = jas"), f"2: a1: {UNREADABLE} (journal: jas …)"),
    (entry(f"author = {{A, B, C, D}}, {YEAR}, {PARTLY}"), "2: a1: a name in the entry a1 cannot be read: A, B, C, D"),
    (entry(f"{AUTHOR}, {PARTLY}"), "1: a1: the entry a1 has no year"),
    (entry(f"{AUTHOR}, year = {{}}, {PARTLY}"), "1: a1: the entry a1 has no year. Add a line: year = {2010},"),
    (entry(f"{YEAR}, {PARTLY}"), "1: a1: the entry a1 has neither author nor editor"),
    (entry(WHOLE, type_="blog"), "1: a1: the entry type @blog is not used here. Use one of: article, book"),
    (entry(WHOLE, "A1"), "1: A1: the citation key A1 may hold only ASCII letters and digits"),
    (entry(f"{AUTHOR}, {YEAR}, verification = {{yes}}"), "1: a1: the field verification of a1 must be one of: conf"),
    (entry(f"{AUTHOR}, {YEAR}"), "1: a1: the field verification of a1 must be one of: confirmed, partly, author"),
    (entry(WHOLE, "c1") + entry(WHOLE, "b1") + entry(WHOLE, "d1"), "4: b1: entries are sorted by citation key: b1 mu"),
    (entry(f"{WHOLE},\n  Author = {{C, D}}"), "3: a1: the entry a1 has the field author twice. Keep one."),
    (entry(f"{WHOLE},\n  TITLE = {{T}},\n  Title = {{T}}"), "4: a1: the entry a1 has the field title twice"),
    (entry(f"{AUTHOR},\n  year = {{2O15}}, {PARTLY}"), "3: a1: the year of a1 cannot be read: 2O15. Write four digits"),
    (entry(f"{AUTHOR},\n  year = {{2015--2014}}, {PARTLY}"), "3: a1: the year of a1 cannot be read: 2015–2014"),
    (entry(f"{AUTHOR},\n  year = {{c. 2015}}, {PARTLY}"), "3: a1: the year of a1 cannot be read: c. 2015"),
    (entry(f"{WHOLE},\n  month = {{13}}"), "3: a1: 13 is no month. Write its number from 1 to 12"),
    (entry(f"{WHOLE},\n  month = {{0}}"), "3: a1: 0 is no month"),
    (entry(f'{WHOLE},\n  month = "10~" # apr'), "3: a1: 10 apr is no month"),
    (entry(f"{WHOLE},\n  langid = {{dutsch}}"), "3: a1: the language dutsch of a1 is not known. Did you mean dutch? "),
    (entry(f"{WHOLE},\n  langid = {{Klingon}}"), "3: a1: the language Klingon of a1 is not known. Write its name in"),
    (entry(f"author = {{A, B; C, D}}, {YEAR}, {PARTLY}"), "2: a1: a ; or & stands between two names of a1: A, B; C"),
    (entry(f"{WHOLE},\n  editor = {{Bo A; Al B}}"), "3: a1: a ; or & stands between two names of a1: Bo A; Al B."),
    (entry(f"author = {{A, B. & C, D}}, {YEAR}, {PARTLY}"), "2: a1: a ; or & stands between two names of a1: A, B."),
    (entry(f"author = {{A, B. and }}, {YEAR}, {PARTLY}"), "2: a1: a name in the entry a1 cannot be read: A, B. and"),
    (entry(f"author = {{others}}, {YEAR}, {PARTLY}"), "1: a1: the entry a1 has neither author nor editor"),
    (entry(f"{WHOLE},\n  url = {{example org}}"), "3: a1: example org is no address. Write it from https:// on"),
    (entry(f"{WHOLE},\n  doi = {{https://x.org/1}}"), "3: a1: https://x.org/1 is no DOI. Write it from 10. on"),
    (entry(f"{WHOLE},\n  title = {{\\cite{{b}}}}"), "3: a1: the command \\cite in the field title cannot be shown"),
    (entry(f"{WHOLE},\n  journal = {{\\frac{{1}}}}"), "3: a1: the command \\frac in the field journal cannot be"),
    (entry(f"{WHOLE},\n  crossref = {{a2}}"), "3: a1: a1 refers to the entry a2, which is not in this file."),
    (entry(WHOLE, "a 1"), "1: a 1: the citation key a 1 may hold only ASCII letters and digits"),
    (entry(WHOLE, "a:1"), "1: a:1: the citation key a:1 may hold only ASCII letters and digits"),
    (entry(WHOLE, "a/1#é"), "1: a/1#é: the citation key a/1#é may hold only ASCII letters and digits"),
    (f"@book(a1,\n {AUTHOR}\n {YEAR}, {PARTLY})", f"2: a1: {UNREADABLE} (author: {{A, B}} …)"),
    ("", "0: : there are no entries in this file"),
    ("% nothing yet\n", "0: : there are no entries in this file. Every source"),
]


@pytest.mark.parametrize(("text", "expected"), FAULTS, ids=[words for _, words in FAULTS])
def test_fault(text, expected):
    (found,) = parse_bibliography(text, "x.bib").faults
    assert f"{found.line}: {found.item}: {found.text('en')}"[: len(expected)] == expected
    assert found.file == "x.bib"
    assert found.text("nl") != found.text("en")


# Fields of two entries, a1 and a2, and how the one warning begins.
TITLED = f"{WHOLE}, title = {{The {{T}}est}}"
WARNINGS = [
    (
        f"{WHOLE},\n  jornal = {{J}}",
        "",
        "3: a1: nothing here reads the field jornal, so it is left out everywhere. Did",
    ),
    (f"{WHOLE},\n  journaltitle = {{J}}", "", "3: a1: nothing here reads the field journaltitle, so it is left out e"),
    (f"{WHOLE},\n  location = {{Ghent}}", "", "3: a1: nothing here reads the field location, so it is left out every"),
    (f"{WHOLE}, doi = {{10.1000/A1}}", f"{WHOLE}, doi = {{doi:10.1000/a1}}", "4: a2: a2 seems to be the same work as"),
    (TITLED, f"author = {{C, D}}, {YEAR}, {PARTLY}, title = {{the test.}}", "4: a2: a2 seems to be the same work as"),
]


@pytest.mark.parametrize(("first", "second", "expected"), WARNINGS)
def test_warning(first, second, expected):
    (found,) = parse_bibliography(entry(first) + (entry(second, "a2") if second else "")).faults
    assert f"{found.line}: {found.item}: {found.text('en')}"[: len(expected)] == expected
    assert (found.severity, found.text("nl") != found.text("en")) == (Severity.WARNING, True)


def test_names_of_fields_elsewhere_are_suggested():
    (found,) = parse_bibliography(entry(f"{WHOLE}, journaltitle = {{J}}")).faults
    assert "Did you mean journal?" in found.text("en")


def test_other_year_is_another_work():
    assert parse_bibliography(entry(TITLED) + entry(TITLED.replace("2001", "2002"), "a2")).faults == ()


def test_strings_are_put_in():
    text = '@string{jas = "Journal of "}\n@string(full = jas # {A \\& S})\n'
    source = only(text + entry(f"{WHOLE}, journal = full, title = {{C# }} # jas, month = APR"))
    assert (source.fields["journal"], source.title, source.month) == ("Journal of A & S", "C# Journal of", 4)
    assert only(source.raw).fields == source.fields


def test_crossref_takes_the_book_of_a_chapter():
    chapter = entry(
        f"{AUTHOR}, title = {{Chapter}}, crossref = {{b1}}, pages = {{1--2}}, {PARTLY}", "a1", "incollection"
    )
    book = entry(f"editor = {{C, D}}, title = {{The Book}}, publisher = {{P}}, {YEAR}, {PARTLY}", "b1", "book")
    found = parse_bibliography(chapter + book)
    assert found.faults == ()
    source = found.sources["a1"]
    assert (source.title, source.year, source.author_year) == ("Chapter", "2001", "A (2001)")
    assert (source.fields["booktitle"], source.editors[0].inverted, source.publishers) == ("The Book", "C, D", ("P",))
    assert only(source.raw).fields == source.fields


def test_letters_follow_the_keys():
    authors = {"a1b": "A, B", "a1c": "A, C", "b2": "B, B"}
    text = "".join(entry(WHOLE.replace("A, B", name), key) for key, name in authors.items())
    labels = [source.author_year for source in parse_bibliography(text).sources.values()]
    assert labels == ["A (2001a)", "A (2001b)", "B (2001)"]


def test_work_of_a_key_with_a_letter_alone_has_none():
    assert only(entry(WHOLE, "a2001a")).author_year == "A (2001)"


def test_every_entry_out_of_order_is_told():
    found = parse_bibliography("".join(entry(WHOLE, key) for key in ("b1", "d1", "a1", "c1", "e1"))).faults
    assert [fault.item for fault in found] == ["a1", "c1"]


def test_one_broken_entry_leaves_the_others():
    found = parse_bibliography(f"@article{{a1,\n  {AUTHOR}\n  {YEAR},\n}}\n{entry(WHOLE, 'b1')}")
    assert list(found.sources) == ["b1"]


@pytest.mark.parametrize("field", ["month = apr", "number = 4", 'title = "a {"} b"', "title = {a \\{ b}", "note = {}"])
def test_value_that_is_whole(field):
    assert only(entry(f"{WHOLE}, {field}")).key == "a1"


def test_signs_of_private_use_are_left_out():
    assert only(entry(f"{WHOLE}, title = {{a\ue000b}}")).title == "ab"


def test_missing_file_is_a_fault(tmp_path):
    (found,) = load_bibliography(tmp_path / "sources.bib").faults
    assert (found.file, found.line) == ("sources.bib", 0)
    assert found.text("en").startswith("this file is missing. Put it back")


def test_file_that_is_not_utf8_is_a_fault(tmp_path):
    (tmp_path / "sources.bib").write_bytes(b"@article{a1,\n  author = {Andr\xe9},\n}")
    (found,) = load_bibliography(tmp_path / "sources.bib").faults
    assert (
        found.render("en")
        == "sources.bib:2: error: this line is not UTF-8 text (byte E9). Save the file again as UTF-8."
    )
