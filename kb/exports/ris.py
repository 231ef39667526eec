"""A CSL-JSON item as RIS, which every reference manager reads; pandoc reads that format but does not write it."""

from collections.abc import Iterator, Mapping
from typing import Any

from kb.exports.references import first_and_last, inverted, without_markup

_TYPES = {
    "article-journal": "JOUR",
    "book": "BOOK",
    "chapter": "CHAP",
    "paper-conference": "CPAPER",
    "report": "RPRT",
    "thesis": "THES",
}
_FIELDS = {
    "title": "TI",
    "container-title": "T2",
    "collection-title": "T3",
    "volume": "VL",
    "issue": "IS",
    "number": "IS",
    "collection-number": "IS",
    "edition": "ET",
    "publisher": "PB",
    "publisher-place": "CY",
    "ISBN": "SN",
    "ISSN": "SN",
    "DOI": "DO",
    "URL": "UR",
    "language": "LA",
    "note": "N1",
}


def as_ris(item: Mapping[str, Any]) -> str:
    """Return the item as RIS: a line for each field, ended as the format wants it."""
    lines = (f"{tag}  - {without_markup(str(value))}" for tag, value in _tagged(item))
    return "".join(f"{line}\n" for line in lines) + "ER  - \n"


def _tagged(item: Mapping[str, Any]) -> Iterator[tuple[str, object]]:
    yield "TY", _TYPES.get(item["type"], "GEN")
    yield "ID", item["id"]
    for role, tag in (("author", "AU"), ("editor", "ED")):
        yield from ((tag, _person(name)) for name in item.get(role, ()))
    dates = item.get("issued", {}).get("date-parts", [])
    yield from (("PY", year) for year, *_ in dates[:1])
    yield from (("DA", date) for date in _date(dates))
    yield from ((tag, item[name]) for name, tag in _FIELDS.items() if item.get(name))
    first, last = first_and_last(str(item.get("page", "")))
    yield from ((tag, page) for tag, page in (("SP", first), ("EP", last)) if page)


def _person(name: Mapping[str, str]) -> str:
    """Return `Family, Given`; of a body its whole name with a comma, which says that no given name follows."""
    return f"{inverted(name)}," if "literal" in name else inverted(name)


def _date(dates: list[list[int]]) -> Iterator[str]:
    """Yield year/month/day/more, where more than the year is known; a range of years stands under more."""
    year, *rest = dates[0] if dates else [0]
    if len(dates) > 1:
        yield f"{year}///{year}–{dates[-1][0]}"
    elif rest:
        month, day, *_ = [*(f"{part:02}" for part in rest), ""]
        yield f"{year}/{month}/{day}/"
