"""Text into Markdown so that it is shown as text, whatever it holds."""

import html
import json
import re
from functools import lru_cache

from markupsafe import Markup

# Characters that mean something to Markdown or to the extensions that the sites use.
_MARKS = re.compile(r"[\\`*_{}\[\]|~^$#]")
# At the start of a line: lists, rules, attributes, notes, details.
_START = re.compile(r"^(?:[+:=!?-]|\d+(?=[.)]))")


def escape(text: object) -> Markup:
    """Return `text` on one line, with HTML and Markdown in it shown as written, never carried out."""
    return _escaped(str(text))


@lru_cache(maxsize=100_000)
def _escaped(text: str) -> Markup:
    flat = html.escape(re.sub(r"\s+", " ", text).strip(), quote=False)
    flat = _MARKS.sub(_entity, flat)
    flat = re.sub(r"(?<=\w)://", "&#58;//", flat)
    return Markup(_START.sub(lambda found: "".join(map(_character, found[0])), flat))


def _entity(found: re.Match[str]) -> str:
    return _character(found[0])


def _character(character: str) -> str:
    return f"&#{ord(character)};"


def finalize(value: object) -> object:
    """Return what a template puts out: safe markup as it is, everything else escaped, None as an empty text."""
    return value if hasattr(value, "__html__") else escape("" if value is None else value)


def front_matter(**fields: object) -> Markup:
    """Return a page's YAML head, without the fields that are None.

    Texts are escaped for the HTML head that the theme puts them in; those within lists and mappings the theme escapes.
    """
    lines = [
        f"{name}: {json.dumps(html.escape(value) if isinstance(value, str) else value, ensure_ascii=False)}"
        for name, value in fields.items()
        if value is not None
    ]
    return Markup("---\n" + "\n".join(lines) + "\n---\n")


def read_front_matter(page: str) -> dict[str, str]:
    """Return the fields at a page's head, but lists and mappings, as plain text by name; none where it has no head.

    It makes no difference whether `front_matter` or a person wrote them.
    """
    head = page.partition("---\n")[2].partition("\n---")[0] if page.startswith("---\n") else ""
    fields = (line.partition(": ") for line in head.splitlines())
    return {name: html.unescape(_bare(value)) for name, _, value in fields if value and value[0] not in "[{"}


def _bare(value: str) -> str:
    return str(json.loads(value)) if value.startswith('"') else value.strip()


def tidy(page: str) -> str:
    """Return a page without trailing spaces and without more than one blank line in a row, ended by one line break."""
    page = re.sub(r"[ \t]+$", "", page, flags=re.MULTILINE)
    return re.sub(r"\n{3,}", "\n\n", page).strip() + "\n"
