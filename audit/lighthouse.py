"""Lighthouse, run here: how a phone on a slow line fares with a page."""

import json
import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

from audit.browser import FLAGS, chromium

ROOT = Path(__file__).parent.parent
# The least that each category must reach, of 100.
LEAST = {"performance": 95, "accessibility": 100, "best-practices": 100, "seo": 95}


# What performance is made of, and how fast this machine is: a busy or slow one blocks longer, and the score tells that.
TOLD = ("first-contentful-paint", "largest-contentful-paint", "total-blocking-time", "cumulative-layout-shift")


@dataclass(frozen=True)
class Report:
    """The score of a page in each category, of 100; its timings in words; Lighthouse's benchmark of this machine."""

    scores: dict[str, int]
    timings: dict[str, str]
    machine: float


def report(address: str) -> Report:
    """What Lighthouse says of a page; a desktop computer at rest has a benchmark of 1,000 or more."""
    command = [
        ROOT / "node_modules" / ".bin" / "lighthouse",
        address,
        "--quiet",
        "--output=json",
        f"--only-categories={','.join(LEAST)}",
        f"--chrome-flags={' '.join(FLAGS)}",
    ]
    environment = os.environ | {"CHROME_PATH": chromium()}
    run = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    if run.returncode:
        raise SystemExit(f"audit: Lighthouse could not run\n{run.stderr}")
    found = json.loads(run.stdout)
    return Report(
        {name: round(100 * (found["categories"][name]["score"] or 0)) for name in LEAST},
        {name: found["audits"][name].get("displayValue", "?") for name in TOLD},
        found["environment"]["benchmarkIndex"],
    )
