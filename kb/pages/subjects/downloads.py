"""The page of what can be downloaded: the files by what is in them, each with its form and size."""

from collections.abc import Iterable
from dataclasses import dataclass

from kb.exports.data_tables import DataFile
from kb.exports.feed import FEED
from kb.pages.page import Page
from kb.pages.thing import Values
from kb.words import language_data


@dataclass(frozen=True)
class Entry:
    """A file in the list: its name, where it stands from this page, and its form, size and contents in a few words."""

    name: str
    place: str
    facts: str


def overview(page: Page, *, files: Iterable[DataFile]) -> Values:
    """Return the files by what is in them, in their order, and where the feed of changes stands."""
    groups: dict[str, list[Entry]] = {}
    for file in files:
        groups.setdefault(file.about, []).append(_entry(page, file))
    return {"groups": list(groups.items()), "feed": page.to_file(FEED)}


def _entry(page: Page, file: DataFile) -> Entry:
    facts = [page.t(f"media-{file.media_type}"), _size(page, file), _holds(page, file) if file.counted else ""]
    return Entry(file.name, page.to_file(file.path), ", ".join(filter(None, facts)))


def _holds(page: Page, file: DataFile) -> str:
    """Return how much is in a file, in words."""
    number = f"{file.counted:,}".replace(",", language_data(page.language).thousands_sign)
    return page.t(f"holds-{file.unit}", n=number)


def _size(page: Page, file: DataFile) -> str:
    """Return how large a file is, in kB or MB."""
    if file.size < 1_000_000:
        return page.t("size-kb", n=max(1, round(file.size / 1000)))
    number = f"{file.size / 1_000_000:.1f}"
    return page.t("size-mb", n=number.replace(".", language_data(page.language).decimal_sign))


OVERVIEWS = {"downloads": ("downloads", overview)}
