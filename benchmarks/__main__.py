"""Measures the program against its peers and prints the ratios with their targets. Run by scripts/bench.

Targets 1, 2, 4 (without pySHACL), 5, 6 and 7 of the design's performance targets. Trust the ratios, not the seconds.
"""

import argparse
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks import changes, layout, load, queries, site, validation
from benchmarks.content import Workshop
from benchmarks.measure import tell
from benchmarks.report import Figure, as_json, as_table, machine, summary

TARGETS: dict[int, Callable[[Workshop], Iterator[Figure]]] = {
    1: load.figures,
    2: queries.figures,
    4: validation.figures,
    5: site.figures,
    6: changes.figures,
    7: layout.figures,
}
SIZES, SITE_SIZES, ROUNDS = (0, 1000, 10000), (0, 300, 1000), 5
QUICK_SIZES, QUICK_SITE_SIZES, QUICK_ROUNDS = (0, 300), (60,), 3


def main() -> None:
    """Measure what is asked for, print the table, and write it as JSON where wanted."""
    options = _options()
    on = machine()
    print(on, flush=True)
    started = time.perf_counter()
    with tempfile.TemporaryDirectory(prefix="kb-bench-") as folder:
        workshop = Workshop(Path(folder), options.sizes, options.site_sizes, options.rounds)
        figures: list[Figure] = []
        try:
            for target in options.targets:
                for figure in TARGETS[target](workshop):
                    figures.append(figure)
                    tell("  ".join(filter(None, figure.row())))
        finally:  # what was measured before something failed, or was stopped, is told
            _print(on, sorted(figures, key=lambda figure: figure.target), options.json)
    tell(f"took {time.perf_counter() - started:.0f} s")


def _print(on: str, figures: list[Figure], file: Path | None) -> None:
    print(f"\n{as_table(figures)}\n\n{summary(figures)}", flush=True)
    if file:
        file.write_text(as_json(on, figures), "utf-8")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser("scripts/bench", description=__doc__.splitlines()[0] if __doc__ else None)
    add = parser.add_argument
    add("--targets", type=int, nargs="+", choices=TARGETS, default=list(TARGETS), help="all if not given")
    add("--sizes", type=int, nargs="+", help=f"claims of each content, 0 the real one; {_words(SIZES)} if not given")
    add("--site-sizes", type=int, nargs="+", help=f"the same for sites, of target 6 the first; {_words(SITE_SIZES)}")
    add("--rounds", type=int, help=f"{ROUNDS} if not given; sites are built once every five rounds")
    add("--quick", action="store_true", help="small contents, few rounds: does it still run, not how fast it is")
    add("--json", type=Path, metavar="FILE", help="write the figures there too")
    return _filled(parser.parse_args())


def _filled(options: argparse.Namespace) -> argparse.Namespace:
    """What was not given, by whether it should be quick."""
    quick = options.quick
    options.sizes = tuple(options.sizes or (QUICK_SIZES if quick else SIZES))
    options.site_sizes = tuple(options.site_sizes or (QUICK_SITE_SIZES if quick else SITE_SIZES))
    options.rounds = options.rounds or (QUICK_ROUNDS if quick else ROUNDS)
    return options


def _words(sizes: tuple[int, ...]) -> str:
    return " ".join(map(str, sizes))


if __name__ == "__main__":
    main()
