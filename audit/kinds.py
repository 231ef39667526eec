"""Which pages there are, and one or two of every kind."""

from pathlib import Path

from kb.words import LANGUAGES

# The pages for what is not found, where they find their own files.
NOT_FOUND = tuple(f"duo-kb/{language}/404.html" for language in LANGUAGES)


def pages(site: Path, language: str) -> list[str]:
    """The addresses of all pages of a language from the root of the site, such as "nl/indicator/matching/"."""
    found = (path.parent.relative_to(site).as_posix() for path in (site / language).rglob("index.html"))
    return sorted(f"{folder}/" for folder in found)


def sample(site: Path, language: str) -> list[str]:
    """Every overview, and of every kind of thing the page with the most in it."""
    found = pages(site, language)
    overviews = [page for page in found if page.count("/") <= 2]
    kinds: dict[str, list[str]] = {}
    for page in found:
        if page.count("/") > 2:
            kinds.setdefault(page.split("/")[1], []).append(page)
    fullest = [max(of_kind, key=lambda page: _size(site, page)) for of_kind in kinds.values()]
    return [*overviews, *fullest]


def _size(site: Path, page: str) -> int:
    return (site / page / "index.html").stat().st_size
