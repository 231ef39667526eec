"""The HTML of pages held against the standard, by html-validate.

Two rules are off in htmlvalidate.json, neither of the standard. `unique-landmark` knows no styles and takes the theme's
table of contents, of which it shows one, for two; axe-core asks the same of what is shown. `wcag/h32` wants a button
for sending in forms that send nothing.
"""

import json
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path

ROOT = Path(__file__).parent.parent
_MOST = 400  # files a run, so that a command line does not grow too long


def faults(pages: Sequence[Path]) -> list[str]:
    """What is not valid, a line a fault: file, line, what is wrong."""
    return [fault for start in range(0, len(pages), _MOST) for fault in _validate(pages[start : start + _MOST])]


def _validate(pages: Sequence[Path]) -> Iterator[str]:
    program = ROOT / "node_modules" / ".bin" / "html-validate"
    command = [program, "--config", ROOT / "audit" / "htmlvalidate.json", "--formatter", "json", *pages]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if run.returncode not in (0, 1):
        raise SystemExit(f"audit: html-validate could not run\n{run.stderr}")
    for page in json.loads(run.stdout):
        yield from (f"{page['filePath']}:{found['line']}: {found['message']}" for found in page["messages"])
