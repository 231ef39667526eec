"""Clocks: jobs that take turns, ratios of what they cost, the exponent over sizes, and what a child process costs."""

import gc
import math
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import geometric_mean, linear_regression, median
from types import FrameType

import kb

PROGRAM = Path(kb.__file__).parent.parent
_LEAST_SECONDS = 0.03  # a shorter job is repeated within a round
_LEAST_MEASURED = 1e-4  # a coarse clock gives 0 for what is shorter
_MOST_SECONDS = 12.0  # once so much is used, there is no further round

# The processor seconds of each job, a value a round.
Times = dict[str, list[float]]


@dataclass(frozen=True)
class Cost:
    """What a child process took, with those that it started: seconds on the clock and of the processor."""

    wall: float
    cpu: float

    def __add__(self, other: "Cost") -> "Cost":
        return Cost(self.wall + other.wall, self.cpu + other.cpu)


class TooLong(BaseException):
    """The time that `limited` gives is over; no Exception, so that no library swallows it."""


def tell(text: str) -> None:
    """Say on standard error what is going on."""
    print(f"{time.strftime('%H:%M:%S')} {text}", file=sys.stderr, flush=True)


def interleaved(jobs: Mapping[str, Callable[[], object]], rounds: int) -> Times:
    """Run the jobs in turns, so that what else the machine does falls on all; the first round warms up."""
    warm = {name: _seconds(job, 1) for name, job in jobs.items()}
    times: Times = {name: [] for name in jobs}
    while len(times[next(iter(jobs))]) < rounds and sum(map(sum, times.values()), sum(warm.values())) < _MOST_SECONDS:
        for name, job in jobs.items():
            times[name].append(_seconds(job, max(1, round(_LEAST_SECONDS / max(warm[name], _LEAST_MEASURED)))))
    return {name: found or [warm[name]] for name, found in times.items()}


def _seconds(job: Callable[[], object], repeats: int) -> float:
    """Processor seconds of one run: other programs on the same machine count less than on the clock."""
    gc.collect()
    started = time.process_time()
    for _ in range(repeats):
        job()
    return (time.process_time() - started) / repeats


def ratio(times: Times, ours: str, other: str) -> float:
    """The median over the rounds of what `ours` took as a multiple of what `other` took in the same round."""
    return median(one / two for one, two in zip(times[ours], times[other], strict=True))


def middle(times: Times, job: str) -> float:
    """The median over the rounds of what a job took."""
    return median(times[job])


def exponent(points: Sequence[tuple[float, float]]) -> float:
    """The slope of cost over size on logarithmic scales: 1 is linear, 2 quadratic."""
    return linear_regression([math.log(size) for size, _ in points], [math.log(cost) for _, cost in points]).slope


def mean_ratio(ratios: Sequence[float]) -> float:
    """The geometric mean, in which twice as fast and twice as slow cancel out."""
    return geometric_mean(ratios)


@contextmanager
def limited(seconds: float) -> Iterator[None]:
    """Raise TooLong once the block has used so many processor seconds."""

    def stop(_signal: int, _frame: FrameType | None) -> None:
        raise TooLong

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def child_environment(root: Path, **variables: str) -> dict[str, str]:
    """For a child that works in `root`: this very program, and temporary files that go with the root."""
    temporary = root.with_name(f"{root.name}-tmp")
    temporary.mkdir(exist_ok=True)
    ours = {"PYTHONPATH": str(PROGRAM), "TMPDIR": str(temporary), "NO_MKDOCS_2_WARNING": "1"}
    return {**os.environ, **ours, **variables}


def run_python(root: Path, *arguments: str, **variables: str) -> Cost:
    """Run Python with these arguments in `root`; RuntimeError with what it said where it fails."""
    with tempfile.TemporaryFile() as said:
        started = time.perf_counter()
        command = [sys.executable, *arguments]
        environment = child_environment(root, **variables)
        process = subprocess.Popen(command, cwd=root, env=environment, stdout=said, stderr=subprocess.STDOUT)
        _, status, used = os.wait4(process.pid, 0)
        wall = time.perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            said.seek(0)
            raise RuntimeError(f"{' '.join(arguments)} in {root} failed:\n{said.read().decode(errors='replace')}")
    return Cost(wall, used.ru_utime + used.ru_stime)


def kb_command(*arguments: str) -> tuple[str, ...]:
    """The arguments with which Python runs the command line of this very program."""
    return "-c", "from kb.cli import main; main()", *arguments
