"""Target 5: our pages and the site tool against the site tool alone on the same Markdown, one language at a time."""

import re
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from benchmarks.content import Content, Workshop
from benchmarks.measure import Cost, exponent, run_python, tell
from benchmarks.report import Figure
from kb.site.build import PAGES_READY, configuration
from kb.site.pages import Places
from kb.words import LANGUAGES, REFERENCE

MOST_NODES = 60
GENERATE = ("-c", "from pathlib import Path; from kb.site.pages import generate; generate(Path())")
_BARE = f"INHERIT: {configuration(REFERENCE)}\nhooks: []\n"


@dataclass(frozen=True)
class Built:
    """What one content cost and gave: the pages of all languages, the site tool with our hook and without."""

    content: Content
    pages: int
    size: int
    cold: Cost
    warm: Cost
    hooked: Cost
    alone: Cost

    @property
    def ours(self) -> Cost:
        """For one language: its part of the making of the pages, which makes all, and the site tool with our hook."""
        return Cost(self.cold.wall / len(LANGUAGES), self.cold.cpu / len(LANGUAGES)) + self.hooked


def figures(workshop: Workshop) -> Iterator[Figure]:
    """Ratios on every content, then how costs and bytes grow with the number of pages."""
    found = []
    for content in workshop.site_contents():
        found.append(_measured(content, max(1, workshop.rounds // 5)))
        yield from _ratios(found[-1])
        yield _largest_picture(content)
    yield from _growth([built for built in found if built.content.size])


def _measured(content: Content, rounds: int) -> Built:
    root = content.root
    (root / "bare.yml").write_text(_BARE, "utf-8")
    costs = [_round(content) for _ in range(rounds)]
    cold, warm, hooked, alone = (_middle(column) for column in zip(*costs, strict=True))
    pages = list((root / "bare").rglob("*.html"))
    return Built(content, len(pages), sum(page.stat().st_size for page in pages), cold, warm, hooked, alone)


def _round(content: Content) -> tuple[Cost, Cost, Cost, Cost]:
    """The pages from nothing, the pages again from what is kept in the cache, the site tool with and without us."""
    root, places = content.root, Places(content.root)
    tell(f"site: {content.name}, pages")
    shutil.rmtree(places.cache, ignore_errors=True)
    cold = run_python(root, *GENERATE)
    (places.cache / "pages.fingerprint").unlink()
    warm = run_python(root, *GENERATE)
    tell(f"site: {content.name}, site tool")
    hooked = run_python(root, *_site_tool(configuration(REFERENCE), "hooked"), **{PAGES_READY: "1"})
    alone = run_python(root, *_site_tool("bare.yml", "bare"))
    return cold, warm, hooked, alone


def _site_tool(configuration: str, folder: str) -> tuple[str, ...]:
    return "-m", "mkdocs", "build", "--strict", "-f", configuration, "-d", folder


def _middle(costs: Sequence[Cost]) -> Cost:
    return Cost(median(cost.wall for cost in costs), median(cost.cpu for cost in costs))


def _ratios(built: Built) -> Iterator[Figure]:
    name = f"{built.content.name}, {built.pages:,} pages"
    ours, alone = built.ours, built.alone
    cpu, wall = ours.cpu / alone.cpu, ours.wall / alone.wall
    what = "pages + mkdocs / mkdocs alone"
    yield Figure(5, f"{what}, processor", name, cpu, at_most=1.3, ours=ours.cpu, other=alone.cpu)
    yield Figure(5, f"{what}, clock", name, wall, at_most=1.3, ours=ours.wall, other=alone.wall)
    warm = built.warm.cpu / 2 + built.hooked.cpu
    yield Figure(5, "the same with warm caches, processor", name, warm / alone.cpu, ours=warm, other=alone.cpu)
    yield Figure(5, "our hook / mkdocs alone, processor", name, built.hooked.cpu / alone.cpu, ours=built.hooked.cpu)
    yield Figure(
        5, "making the pages of all languages, a page", name, built.warm.cpu * 1000 / len(LANGUAGES) / built.pages, "ms"
    )
    yield Figure(5, "mkdocs alone, a page", name, alone.cpu * 1000 / built.pages, "ms")
    yield Figure(5, "HTML a page", name, built.size / built.pages / 1000, "kB")


def _growth(found: Sequence[Built]) -> Iterator[Figure]:
    if len(found) < 2:
        return
    between = f"{found[0].pages:,}–{found[-1].pages:,} pages"
    ours = [(float(built.pages), built.ours.cpu) for built in found]
    alone = [(float(built.pages), built.alone.cpu) for built in found]
    size = (found[-1].size / found[-1].pages) / (found[0].size / found[0].pages)
    yield Figure(5, "exponent of pages + mkdocs", between, exponent(ours), "", at_most=1.1)
    yield Figure(5, "exponent of mkdocs alone", between, exponent(alone), "")
    yield Figure(5, "HTML a page, most pages / fewest", between, size, at_most=1.1)


def _largest_picture(content: Content) -> Figure:
    """The nodes, the centre among them, in the fullest picture on any page but the map of all concepts."""
    folder = Places(content.root).pages(REFERENCE)
    most, page = max((_nodes(path), path) for path in folder.rglob("*.md") if path.name != "graph.md")
    note = page.relative_to(folder).as_posix()
    return Figure(7, "nodes in the fullest picture", content.name, most, "nodes", at_most=MOST_NODES, note=note)


def _nodes(page: Path) -> int:
    drawings = re.findall(r"<svg.*?</svg>", page.read_text("utf-8"), re.DOTALL)
    return max((drawing.count('class="graph-node"') for drawing in drawings), default=0)
