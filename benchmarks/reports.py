"""The report of an edition in some copy of the checkout, as the command line builds it, timed."""

import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def report(edition: str, root: Path, *options: str, **variables: str) -> tuple[float, int]:
    """Seconds and number of notebooks that ran; ends the benchmark with what was said where the build failed."""
    shared = os.environ.get("EVALCORE_SHARED", str(ROOT.parent / "shared"))
    begun = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-m", "evalcore", "report", edition, *options],
        cwd=root,
        env={**os.environ, "EVALCORE_SHARED": shared, "PYTHONPATH": str(root / "src"), **variables},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        sys.exit(done.stderr)
    ran = next(int(line.split()[0]) for line in done.stderr.splitlines() if line.endswith("task(s) ran"))
    return time.monotonic() - begun, ran
