"""Lighthouse, run here: how a phone on a slow line fares with a page."""

import json
import os
import subprocess
from pathlib import Path

from audit.browser import FLAGS, chromium

ROOT = Path(__file__).parent.parent
# The least that each category must reach, of 100.
LEAST = {"performance": 95, "accessibility": 100, "best-practices": 100, "seo": 95}


def scores(address: str) -> dict[str, int]:
    """The score of a page in each category, of 100."""
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
    categories = json.loads(run.stdout)["categories"]
    return {name: round(100 * (categories[name]["score"] or 0)) for name in LEAST}
