"""A bibliography of any size made after the real one."""

import random
import re
from collections.abc import Sequence
from itertools import count

_ENTRY = re.compile(r"^@\w+\{([^,\s]+),.*?^\}", re.MULTILINE | re.DOTALL)
_NAMES = re.compile(r"^  (?:author|editor) = \{(.*)\},$", re.MULTILINE)


def grow_bibliography(text: str, wanted: int, chance: random.Random) -> dict[str, str]:
    """At least `wanted` entries by citation key, sorted: the real ones, then copies with other names, titles, years."""
    real = {found[1]: found[0] for found in _ENTRY.finditer(text)}
    people = [name.split(", ") for found in _NAMES.findall(text) for name in found.split(" and ") if ", " in name]
    titles = re.findall(r"^  title = \{(.*)\},$", text, re.MULTILINE)
    entries = dict(real)
    for number in count(1):
        if len(entries) >= wanted:
            break
        entry = _copied(chance.choice(list(real.values())), people, titles, chance)
        key = _key(entry, number)
        entries[key] = re.sub(r"(?<=\{)[^,\s]+(?=,\n)", key, entry, count=1)
    return dict(sorted(entries.items()))


def _copied(entry: str, people: Sequence[list[str]], titles: Sequence[str], chance: random.Random) -> str:
    """A real entry with as many authors as it had, a spliced title, another year and other digits in its DOI."""
    entry = _NAMES.sub(lambda found: found[0].replace(found[1], _names(found[1], people, chance)), entry)
    first, second = chance.choice(titles).split(), chance.choice(titles).split()
    title = " ".join(first[: len(first) // 2] + second[len(second) // 2 :])
    title = title if title.count("{") == title.count("}") else title.replace("{", "").replace("}", "")
    entry = re.sub(r"(?<=^  title = \{).*(?=\},$)", lambda _: title, entry, flags=re.MULTILINE)
    entry = re.sub(r"(?<=^  year = \{)\d{4}(?:--\d{4})?", str(chance.randint(1975, 2026)), entry, flags=re.MULTILINE)
    return re.sub(r"(?<=^  doi = \{10\.)(\d+/\D*)\d*", rf"\g<1>{chance.randrange(10**6)}", entry, flags=re.MULTILINE)


def _names(old: str, people: Sequence[list[str]], chance: random.Random) -> str:
    """As many names as in `old`, family and given names drawn apart."""
    return " and ".join(f"{chance.choice(people)[0]}, {chance.choice(people)[-1]}" for _ in old.split(" and "))


def _key(entry: str, number: int) -> str:
    """A citation key as people make them: family name and year, then a number that no other has."""
    names, year = _NAMES.search(entry), re.search(r"^  year = \{(\d{4})", entry, re.MULTILINE)
    family = re.sub(r"[^a-z]", "", names[1].partition(",")[0].lower()) if names else "anon"
    return f"{family}{year[1] if year else ''}n{number}"
