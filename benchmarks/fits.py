"""All fits of an edition that was built, and nothing else: with an empty compile cache, then with a warm one.

    python -m benchmarks.fits demo-2025

Works in a scratch copy of the checkout, where only the posteriors are missing: they come out as they were, so that
nothing behind them runs. What a report takes that finds everything is taken off. Prints a Markdown table.
"""

import shutil
import sys
import tempfile
from pathlib import Path

from benchmarks.reports import ROOT, report
from evalcore.io.kept import KEPT

LEFT_OUT = shutil.ignore_patterns(".git", ".venv", KEPT.parts[0], "site*", "*_cache", "__pycache__")


def main(edition: str) -> None:
    """Measure and print."""
    kept = {path.stat().st_ino for path in (ROOT / KEPT).glob("*.nc")}
    fitted = [p.relative_to(ROOT) for p in (ROOT / "build" / edition).rglob("*.nc") if p.stat().st_ino in kept]
    if not fitted:
        sys.exit(f"no posterior of {edition} is kept in {KEPT}: build it first")
    with tempfile.TemporaryDirectory() as scratch:
        copy, flags = Path(scratch) / "checkout", f"base_compiledir={scratch}/compiled"
        shutil.copytree(ROOT, copy, ignore=LEFT_OUT, symlinks=True)
        report(edition, copy)  # its site was not copied
        rest, _ = report(edition, copy)
        print(f"| {edition}, {len(fitted)} files of posteriors | seconds | notebooks run |\n|---|---|---|")
        for cache in ("empty", "warm"):
            shutil.rmtree(copy / KEPT, ignore_errors=True)
            for path in fitted:
                (copy / path).unlink()
            seconds, ran = report(edition, copy, PYTENSOR_FLAGS=flags)
            print(f"| compile cache {cache} | {seconds - rest:.0f} | {ran} |", flush=True)


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "demo-2025")
