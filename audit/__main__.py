"""`scripts/audit`: holds the finished site against what readers need and prints what it found; ends with 1 where bad.

Without words it does everything; else only what is named: axe, html, weight, lighthouse.
"""

import sys
import time
from collections.abc import Callable
from pathlib import Path

from audit import axe, html, lighthouse, weight
from audit.browser import browsing
from audit.kinds import NOT_FOUND, pages, sample
from audit.server import Served, serving_compressed
from kb.words import LANGUAGES, REFERENCE

SITE = Path(__file__).parent.parent / "site"
# Where there is no evidence map yet, the others.
_PAGES = ("", "indicator/matching/", "source/dubois2002/", "evidence-map/")
LOOKED_AT = (*(f"{LANGUAGES[-1]}/{page}" for page in _PAGES), f"{REFERENCE}/")


def audit_axe(served: Served) -> bool:
    """Every page, both schemes."""
    every = ["", *NOT_FOUND, *(page for language in LANGUAGES for page in pages(SITE, language))]
    found = [f"{served.address}/{page}" for page in every]
    told = axe.audit(found)
    print(f"axe-core: {len(found)} pages, each in light and in dark: {len(told)} finding(s)")
    print("".join(f"  {line.removeprefix(served.address)}\n" for line in told), end="")
    return not told


def audit_html(_: Served) -> bool:
    """Every page."""
    every = sorted(SITE.rglob("*.html"))
    told = html.faults(every)
    print(f"html-validate: {len(every)} pages: {len(told)} fault(s)")
    print("".join(f"  {line.removeprefix(f'{SITE}/')}\n" for line in told), end="")
    return not told


def audit_weight(served: Served) -> bool:
    """A first visit to one page of every kind."""
    with browsing() as browser:
        weighed = [weight.weigh(browser, served, page) for language in LANGUAGES for page in sample(SITE, language)]
    print(f"first visit with the search opened, limit {weight.LIMIT / 1000:.0f} kB compressed")
    for each in sorted(weighed, key=lambda each: -each.bytes):
        print(f"  {each.bytes / 1000:6.1f} kB, of which {each.search / 1000:.1f} kB for the search: {each.page}")
    return all(each.bytes <= weight.LIMIT for each in weighed)


def audit_lighthouse(served: Served) -> bool:
    """The pages that are named in the demands."""
    shown = [page for page in LOOKED_AT if (SITE / page / "index.html").is_file()]
    found = {page: lighthouse.report(f"{served.address}/{page}") for page in shown}
    for page, told in found.items():
        print(f"Lighthouse (phone), {page}, on a machine of {told.machine:.0f}")
        print("  " + ", ".join(f"{name} {score}" for name, score in told.scores.items()))
        print("  " + ", ".join(f"{name} {value}" for name, value in told.timings.items()))
    return all(told.scores[name] >= least for told in found.values() for name, least in lighthouse.LEAST.items())


AUDITS: dict[str, Callable[[Served], bool]] = {
    "html": audit_html,
    "weight": audit_weight,
    "lighthouse": audit_lighthouse,
    "axe": audit_axe,
}


def main(names: list[str]) -> int:
    """Run the audits of these names, or all; 0 where none found anything, 2 where a name is unknown."""
    if not set(names) <= AUDITS.keys() or not (SITE / "index.html").is_file():
        print(f"audit: give any of {', '.join(AUDITS)}, after scripts/build", file=sys.stderr)
        return 2
    good = True
    with serving_compressed(SITE) as served:
        for name in names or AUDITS:
            start = time.monotonic()
            good = AUDITS[name](served) and good
            print(f"  ({time.monotonic() - start:.0f} s)\n", flush=True)
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
