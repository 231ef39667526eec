"""After an edit the preview makes some pages and leaves the others: the Markdown is what it would be if made whole."""

import re
import shutil
from pathlib import Path

import pytest
from conftest import lay_out_tiny

import kb
from kb.content.knowledge_base import load_knowledge_base
from kb.namespaces import compact
from kb.pages.incremental import MadeFrom, read_made_from, write_made_from
from kb.pages.search_index import SAID, THINGS
from kb.pages.shared import Shared
from kb.site.pages import CONTENT, Places, generate, write_markdown

MARK = "\nleft as it was\n"
NEW_CLAIM = """
claim:pairs-meet a duo:Claim ;
    duo:about indicator:matching , outcome:less-stress ;
    duo:statement "Pairs that meet worry less."@en , "Duo’s die elkaar zien piekeren minder."@nl ;
    duo:kind duo:Outcome ; duo:reportedIn source:clark2016 ; duo:section "3.2" ; duo:supportedBy source:brown2008 .
"""
NEW_CAVEAT = """
<https://w3id.org/duo-kb/caveat/few> a duo:Caveat ; duo:about claim:matching-lasts ; duo:severity duo:Doubt ;
    duo:statement "Few were asked."@en , "Er werden er weinig bevraagd."@nl .
"""
NEW_GAP = """
<https://w3id.org/duo-kb/gap/years> a duo:Gap ; duo:about outcome:less-stress ; duo:section "3" ;
    <http://purl.org/dc/terms/source> source:clark2016 ;
    duo:statement "What lasts for years."@en , "Wat jaren blijft."@nl .
"""
NEW_INDICATOR = """
indicator:meeting a duo:SuccessIndicator ; skos:inScheme duo:concepts ; duo:position 3 ;
    skos:prefLabel "meeting"@en , "ontmoeten"@nl ; skos:definition "Seeing each other."@en , "Elkaar zien."@nl ;
    duo:checkQuestion "Do they meet?"@en , "Zien ze elkaar?"@nl ;
    skos:related pitfall:dependency ; dcterms:source source:adams2001 .
"""
NEW_COUNT = """
observation:meetings--weekly--count a qb:Observation , duo:SurveyObservation ;
    qb:dataSet duo:survey ; duo:question question:meetings ; duo:answer answer:meetings--weekly ;
    duo:value 6.0 ; duo:unit duo:Count ; duo:section "5.1" ; dcterms:source source:clark2016 .
"""
CELL = "characteristic:training ;\n    duo:level"
ONTOLOGY, CLAIMS, STUDIES = "ontology.ttl", "evidence/claims.ttl", "evidence/studies.ttl"
SURVEY, SOURCES = "evidence/survey.ttl", "sources.bib"
# What is edited: file, text that stands there once, or "" for its end, and what to put there.
EDITS = {
    "label": (ONTOLOGY, '"matching"@en', '"pairing"@en'),
    "other name": (ONTOLOGY, '"buddying"@en', '"company"@en'),
    "definition": (ONTOLOGY, '"Minder piekeren."@nl', '"Minder tobben."@nl'),
    "label of a term": (ONTOLOGY, '"interview study"@en', '"talks"@en'),
    "order": (ONTOLOGY, "domain:psychological ;\n    duo:position 1", "domain:psychological ;\n    duo:position 3"),
    "relation removed": (ONTOLOGY, "    skos:related pitfall:dependency ;\n", ""),
    "mapping": (ONTOLOGY, "skos:exactMatch indicator:matching", "skos:closeMatch indicator:matching"),
    "reason of a mapping": (ONTOLOGY, '"A first course is a part of training."@en', '"One is a part of the other."@en'),
    "level of a cell": (ONTOLOGY, f"{CELL} level:present", f"{CELL} level:low"),
    "new indicator": (ONTOLOGY, "", NEW_INDICATOR),
    "statement": (CLAIMS, "Trained volunteers do better.", "Trained volunteers stay longer."),
    "section": (CLAIMS, '"3.10"', '"3.1"'),
    "verdict": (CLAIMS, "duo:contradictedBy source:brown2008", "duo:supportedBy source:brown2008"),
    "subject": (CLAIMS, "duo:about outcome:less-stress", "duo:about outcome:self-confidence"),
    "second subject": (CLAIMS, "duo:about outcome:less-stress", "duo:about outcome:less-stress , indicator:training"),
    "new claim": (CLAIMS, "", NEW_CLAIM),
    "caveat": (CLAIMS, "", NEW_CAVEAT),
    "gap": (CLAIMS, "", NEW_GAP),
    "design": (STUDIES, "duo:InterviewStudy", "duo:SurveyStudy"),
    "what was studied": (STUDIES, "duo:studiedIn concept:mentoring", "duo:studiedIn concept:befriending"),
    "figure": (SURVEY, "duo:value 54.5", "duo:value 45.5"),
    "answer": (SURVEY, '"every month"@en', '"each month"@en'),
    "title": (SOURCES, "Befriending in three towns", "Befriending in four towns"),
    "new field": (SOURCES, "  pages = {10--20},\n", "  pages = {10--20},\n  doi = {10.1000/towns},\n"),
    "year": (SOURCES, "  year = {2001},\n", "  year = {2002},\n"),
    "framework's work": (SOURCES, "author = {Brown, Bo and", "author = {Braun, Bo and"),
    "field that is in no triple": (SOURCES, "  pages = {10--20},\n", "  pages = {10--20},\n  month = {may},\n"),
    "title of a question": ("queries/claims-about.rq", "What is claimed", "What is said"),
    "query": ("queries/claims-about.rq", "ORDER BY", "# \nORDER BY"),
    "name in a reference": (SOURCES, "Bos, Bert", "Bos, Carl"),
}  # fmt: skip

# The same in the real content, a few at a time: what is changed wherever it stands first, and what it becomes.
REAL_EDITS = (
    [
        (r'(\nindicator:\S+ a duo:SuccessIndicator\b[^"]*")', r"\1Edited "),
        (r"duo:value \d[\d.]*", "duo:value 77"),
    ],
    [
        (r'(\nclaim:\S+ a duo:Claim\b[^"]*?duo:statement ")', r"\1Edited "),
        (r"duo:studyDesign duo:(?!Theory)\w+", "duo:studyDesign duo:Theory"),
    ],
    [(r"(?s)(\nclaim:\S+)( a duo:Claim\b.*?[^.]\.\n)", r"\1\2\1-again\2")],
    [(r"skos:exactMatch", "skos:closeMatch"), (r"duo:severity duo:Doubt", "duo:severity duo:Note")],
)


def edit(folder, name, old, new):
    """Put `new` where `old` stands, at the end where that is ""."""
    path = folder / name
    text = path.read_text("utf-8")
    assert not old or text.count(old) == 1, f"{old!r} stands in {name} {text.count(old)} times"
    path.write_text(text.replace(old, new) if old else text + new, "utf-8")


def markdown(folder):
    """All files of both languages with what they hold."""
    pages = folder / "build" / "pages"
    return {path.relative_to(pages).as_posix(): path.read_text("utf-8") for path in pages.rglob("*") if path.is_file()}


def marked(folder):
    """Mark every file, so that it shows which are left."""
    for path in filter(Path.is_file, (folder / "build" / "pages").rglob("*")):
        path.write_text(path.read_text("utf-8") + MARK, "utf-8")


def made_whole(folder):
    """The Markdown of the content of a folder, made in another that knows nothing."""
    whole = folder.with_name("whole")
    for name in CONTENT:
        (whole / name).parent.mkdir(exist_ok=True)
        (whole / name).symlink_to(folder / name)
    shutil.copytree(folder / "build" / "cache" / "references", whole / "build" / "cache" / "references")
    generate(whole)
    return markdown(whole)


@pytest.fixture(scope="module")
def original(tmp_path_factory):
    """The miniature with its Markdown, to copy."""
    folder = lay_out_tiny(tmp_path_factory.mktemp("original") / "project")
    generate(folder)
    return folder


@pytest.fixture
def project(original, tmp_path):
    """A copy of it, to edit."""
    return shutil.copytree(original, tmp_path / "project")


def refreshed(project, *edits):
    """The Markdown after some edits, each followed by what the preview does, and the files left at the last."""
    for name, old, new in edits:
        marked(project)
        edit(project, name, old, new)
        assert generate(project, changed_only=True) is not None
        found = markdown(project)
        left = {name for name, text in found.items() if text.endswith(MARK)}
        for name in left:
            (project / "build" / "pages" / name).write_text(found[name].removesuffix(MARK), "utf-8")
    return markdown(project), left


@pytest.mark.parametrize("kind", EDITS)
def test_as_if_made_whole(kind, project):
    before = markdown(project)
    after, left = refreshed(project, EDITS[kind])
    assert after == made_whole(project)
    assert after != before
    assert left


def test_claim_under_another_name(project):
    """What an evidence item rests on names the claim too, in another file: both are edited before anything is made."""
    before = markdown(project)
    edit(project, "evidence/items.ttl", "evidence:stress-falls--", "evidence:stress-drops--")
    after, left = refreshed(project, (CLAIMS, "claim:stress-falls a", "claim:stress-drops a"))
    assert after == made_whole(project)
    names = {path.name for path in map(Path, after)} ^ {path.name for path in map(Path, before)}
    assert names == {"stress-falls.md", "stress-drops.md"}
    assert left


def made_at_every_edit(project):
    """The files to download and those of the search hold everything."""
    files = Shared(load_knowledge_base(project), Places(project).cache).files
    return {THINGS, SAID, *(file.path for file in files)}


def test_only_what_read_the_statement_is_made(project):
    _, left = refreshed(project, EDITS["statement"])
    made = {name.removeprefix("en/") for name in markdown(project).keys() - left if name.startswith("en/")}
    things = {"claim/training-helps.md", "indicator/training.md", "source/brown2008.md"}
    overviews = {
        "index.md", "indicator/index.md", "tools/self-check.md", "source/index.md", "ask/claims-about.md",
        "downloads.md", "evidence-map.md",
    }  # fmt: skip
    assert {name for name in made if name.endswith(".md")} == things | overviews
    assert {name for name in made if not name.endswith(".md")} == made_at_every_edit(project)


def test_picture_reads_the_edges_at_what_it_shows(original):
    read = read_made_from(Places(original).made_from).pages["indicator/matching.md"]
    edges = {compact(name.removeprefix("edges ")) for name in read if name.startswith("edges ")}
    assert edges == {"indicator:matching", "item:brown-2008-1", "pitfall:dependency", "source:adams2001"}


def test_one_edit_after_another(project):
    kinds = ("new claim", "label", "caveat", "new indicator", "design")
    after, left = refreshed(project, *(EDITS[kind] for kind in kinds))
    assert after == made_whole(project)
    assert left


def test_count_beside_a_share(project):
    """The page of recomputed shares reads a figure that it does not show."""
    after, left = refreshed(project, (SURVEY, "", NEW_COUNT), (SURVEY, "duo:value 6.0", "duo:value 5.0"))
    assert after == made_whole(project)
    assert left


def test_build_makes_everything(project):
    marked(project)
    edit(project, *EDITS["statement"])
    generate(project)
    assert markdown(project) == made_whole(project)


@pytest.mark.parametrize("kind", ["new claim", "new indicator", "caveat", "gap"])
def test_removed_again(kind, project):
    before, (name, _, new) = markdown(project), EDITS[kind]
    after, left = refreshed(project, EDITS[kind], (name, new, ""))
    assert after == before
    assert left


def test_page_that_is_gone_is_made(project):
    (project / "build" / "pages" / "nl" / "role" / "ally.md").unlink()
    after, _ = refreshed(project, EDITS["figure"])
    assert after == made_whole(project)


@pytest.mark.parametrize("text", ["", "[", "null", '["p",["a"],["b"],{"c":[3]}]', '["p",["a"],[],{}]'])
def test_everything_is_made_where_it_is_not_known_what_was_read(text, project):
    Places(project).made_from.write_text(text, "utf-8")
    after, left = refreshed(project, EDITS["figure"])
    assert after == made_whole(project)
    assert not left


def test_content_set_back_after_a_build(project):
    """A build in between is known of, though it is the content of before that is set back."""
    edit(project, *EDITS["figure"])
    generate(project)
    edit(project, SURVEY, "duo:value 45.5", "duo:value 54.5")
    generate(project, changed_only=True)
    assert markdown(project) == made_whole(project)


def change(folder, pattern, new):
    """Change what a pattern finds first in the content."""
    paths = [folder / "ontology.ttl", *sorted((folder / "evidence").rglob("*.ttl"))]
    path = next(path for path in paths if re.search(pattern, path.read_text("utf-8")))
    path.write_text(re.sub(pattern, new, path.read_text("utf-8"), count=1), "utf-8")


def test_real_content_as_if_made_whole(site, tmp_path):
    project, whole = tmp_path / "project", tmp_path / "whole"
    for name in (*CONTENT, "docs", "build"):
        copy = shutil.copytree if (site.parent / name).is_dir() else shutil.copy
        (project / name).parent.mkdir(exist_ok=True)
        copy(site.parent / name, project / name)
    for edits in REAL_EDITS:
        for pattern, new in edits:
            change(project, pattern, new)
        base = load_knowledge_base(project)
        assert 0 < sum(write_markdown(base, Places(project), changed_only=True).values()) < 1000
    shutil.copytree(project / "build" / "cache", whole / "build" / "cache")
    write_markdown(base, Places(whole))
    assert markdown(project) == markdown(whole)


def test_pages_read_through_what_notes_it():
    """What a page reads past the records is not noted, and would stay as it was."""
    program = Path(kb.__file__).parent
    notes = {program / "pages" / name for name in ("render.py", "shared.py")}
    files = {*program.glob("templates/**/*.md"), *program.glob("pages/**/*.py")} - notes
    assert len(files) > 40
    assert [path.name for path in files if ".kb." in path.read_text("utf-8")] == []


def test_what_pages_were_made_from_is_kept(tmp_path):
    made = MadeFrom("program", {"says a": "1", "of a": ""}, {"a.md": {"of a", "says a"}, "b.md": set()})
    write_made_from(tmp_path / "made-from", made)
    found = read_made_from(tmp_path / "made-from")
    assert (found.program, found.facts) == (made.program, made.facts)
    assert {path: set(read) for path, read in found.pages.items()} == made.pages


@pytest.mark.parametrize(
    ("program", "facts", "expected"),
    [
        ("p", {"x": "1", "y": "2"}, {"a", "b", "c"}),
        ("p", {"x": "1", "y": "2", "z": "3"}, {"b", "c"}),
        ("p", {"x": "1"}, {"a", "c"}),
        ("another", {"x": "1", "y": "2"}, set()),
    ],
)
def test_unchanged(program, facts, expected):
    read = {"a": ["x", "z"], "b": ["y"], "c": []}
    assert MadeFrom("p", {"x": "1", "y": "2", "z": ""}, read).unchanged(program, facts) == expected
