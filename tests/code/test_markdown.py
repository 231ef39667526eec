"""Whatever a text holds, a page shows it as written: no tag, link, list or table comes out of it."""

from html.parser import HTMLParser

import markdown
import pytest
import yaml
from conftest import ROOT

from kb.pages.markdown import escape, finalize, front_matter, tidy

HOSTILE = [
    "<script>alert(1)</script>",
    "a < b > c & d &amp; &#60;b&#62; &copy;",
    "<!-- c --> <b",
    "*a* _b_ **c** __d__ `e` ~~f~~ ==g== ^h^",
    "[x](http://evil.example) ![x](y) a](b)",
    "http://evil.example/a_b and https://x.org <a@b.c>",
    "[^1] [^1]: foot",
    "[x]: http://evil.example",
    "{ .cls #id onclick=x }",
    "{: .x }",
    "{{ x }} {% raw %}",
    "a | b | c",
    "# head",
    "## head ##",
    "ends with \\#",
    "> quote",
    "- item",
    "+ item",
    "* item",
    "1. one",
    "1) one",
    "2016. a year",
    "-",
    "    code",
    "``` python",
    "~~~ x",
    "---",
    "===",
    '=== "tab"',
    "!!! note",
    "??? note",
    "???+ note",
    '--8<-- "file"',
    "*[HTML]: abbreviation",
    ": definition",
    "$x$ $$y$$",
    "\\*x\\* \\\\",
    "ends with \\",
    "\"double\" 'single'",
    "one\ntwo\n\nthree\tfour",
    "zero\u2028width",
    "[@adams2001] @adams2001",
]
# A place in a page, and the tags that it makes itself.
PLACES = {
    "{}": "p",
    "- {}": "li ul",
    "# {}": "h1",
    "> {}": "blockquote p",
    "**{}**": "p strong",
    "[{}](x.md)": "a p",
    "| {} | b |\n| --- | --- |\n| c | d |": "table tbody td th thead tr",
    "- {}\n\n    - {}\n    {{ .evidence }}": "li p ul",
    "<div markdown>\n\n{}\n\n</div>": "div p",
}


class Reader(HTMLParser):
    """The tags, the attributes and the text of a page."""

    def __init__(self, page):
        super().__init__()
        self.tags, self.attributes, self.text = set(), set(), ""
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}

    def handle_comment(self, data):
        self.tags.add(f"comment {data}")

    def handle_data(self, data):
        self.text += data


@pytest.fixture(scope="module")
def render():
    """Markdown with the extensions of the site."""
    settings = yaml.safe_load((ROOT / "mkdocs.yml").read_text("utf-8"))["markdown_extensions"]
    del settings["toc"]["permalink"]
    return lambda page: markdown.markdown(page, extensions=list(settings), extension_configs=settings)


@pytest.mark.parametrize("text", HOSTILE)
def test_text_is_shown_as_written(text, render):
    for place, tags in PLACES.items():
        found = Reader(render(place.format(*[escape(text)] * 2)))
        assert " ".join(sorted(found.tags)) == tags
        assert found.attributes <= {"id", "href", "class"}
        assert " ".join(text.split()) in " ".join(found.text.split())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Plain, with dots. And (brackets)!", "Plain, with dots. And (brackets)!"),
        ("a*b", "a&#42;b"),
        ("<b>", "&lt;b&gt;"),
        ("2016. a year", "&#50;&#48;&#49;&#54;. a year"),
        ("http://x.org", "http&#58;//x.org"),
        (" two \n lines ", "two lines"),
        (5, "5"),
        ("", ""),
    ],
)
def test_escape(text, expected):
    assert escape(text) == expected


def test_templates_escape_what_is_not_markup():
    assert [finalize(value) for value in ("*", escape("*"), None, 0)] == ["&#42;", "&#42;", "", "0"]


def test_front_matter_is_read_back():
    head = front_matter(title='a: "b" <c>\n---\nd', boost=2.5, kind="claim")
    fields = {"title": "a: &quot;b&quot; &lt;c&gt;\n---\nd", "boost": 2.5, "kind": "claim"}
    assert list(yaml.safe_load_all(head)) == [fields, None]


def test_tidy_page():
    assert tidy("\n\n# a  \n\n\n\nb\t\n") == "# a\n\nb\n"
