"""All fits of an edition that was built, and nothing else: with an empty compile cache, then with a warm one.

    python -m benchmarks.fits demo-2025

Works in a scratch copy of the checkout, where only the posteriors are missing: they come out as they were, so that
nothing behind them runs. What a report takes that finds everything is taken off. Prints a Markdown table.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from evalcore.io.kept import KEPT

ROOT = Path(__file__).resolve().parent.parent
LEFT_OUT = shutil.ignore_patterns(".git", ".venv", KEPT.parts[0], "site*", "*_cache", "__pycache__")


def main(edition: str) -> None:
    """Measure and print."""
    kept = {path.stat().st_ino for path in (ROOT / KEPT).glob("*.nc")}
    fitted = [p.relative_to(ROOT) for p in (ROOT / "build" / edition).rglob("*.nc") if p.stat().st_ino in kept]
    if not fitted:
        sys.exit(f"no posterior of {edition} is kept in {KEPT}: build it first")
    with tempfile.TemporaryDirectory() as scratch:
        copy, compiled = Path(scratch) / "checkout", Path(scratch) / "compiled"
        shutil.copytree(ROOT, copy, ignore=LEFT_OUT, symlinks=True)
        _report(edition, copy, compiled)  # its site was not copied
        print(f"| {len(fitted)} files of posteriors, {edition} | seconds |\n|---|---|")
        rest = _report(edition, copy, compiled)
        for cache in ("empty", "warm"):
            shutil.rmtree(copy / KEPT, ignore_errors=True)
            for path in fitted:
                (copy / path).unlink()
            print(f"| compile cache {cache} | {_report(edition, copy, compiled) - rest:.0f} |", flush=True)


def _report(edition: str, root: Path, compiled: Path) -> float:
    """Seconds of a report."""
    shared = os.environ.get("EVALCORE_SHARED", str(ROOT.parent / "shared"))
    own = {"EVALCORE_SHARED": shared, "PYTHONPATH": str(root / "src"), "PYTENSOR_FLAGS": f"base_compiledir={compiled}"}
    begun = time.monotonic()
    command = [sys.executable, "-m", "evalcore", "report", edition]
    done = subprocess.run(command, cwd=root, env={**os.environ, **own}, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(done.stderr)
    return time.monotonic() - begun


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "demo-2025")
