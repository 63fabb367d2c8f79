"""What the second language adds to a cold report whose fits are kept.

    python -m benchmarks.languages demo-2025

Builds an edition that was built, anew but for its posteriors, in scratch copies of the checkout: in both languages and
in English alone. Seconds of the wall; nothing else should run. Prints a Markdown table.
"""

import shutil
import sys
import tempfile
from pathlib import Path

from benchmarks.reports import ROOT, report

LEFT_OUT = shutil.ignore_patterns(".git", ".venv", "build", "*_cache", "__pycache__")
PLACES = [
    ("src/evalcore/publish/exhibits.py", "for lang in LANGUAGES:\n", 'for lang in ("en",):\n'),
    ("src/evalcore/pipeline/book/building.py", "tuple[str, ...] = LANGUAGES)", 'tuple[str, ...] = ("en",))'),
    ("src/evalcore/pipeline/gate/exhibits.py", '"zh.svg", ', ""),
    ("src/evalcore/pipeline/gate/exhibits.py", '"zh.json", ', ""),
]
"""File, what loops over languages or asks for both, what stands there for English alone."""


def main(edition: str) -> None:
    """Measure and print."""
    print(f"| {edition}, cold, fits kept | seconds | notebooks run |\n|---|---|---|")
    taken = {}
    with tempfile.TemporaryDirectory() as scratch:
        for way in ("English alone", "both languages"):
            copy = Path(scratch) / "checkout"
            shutil.copytree(ROOT, copy, ignore=LEFT_OUT, symlinks=True)
            if way == "English alone":
                _without_chinese(copy)
            taken[way], ran = report(edition, copy)
            shutil.rmtree(copy)
            print(f"| {way} | {taken[way]:.0f} | {ran} |", flush=True)
    print(f"\nThe second language adds {100 * (taken['both languages'] / taken['English alone'] - 1):.0f} %.")


def _without_chinese(copy: Path) -> None:
    for name, found, alone in PLACES:
        text = (copy / name).read_text(encoding="utf-8")
        if found not in text:
            sys.exit(f"{name} no longer holds '{found.strip()}'; say here where languages are looped over")
        (copy / name).write_text(text.replace(found, alone), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "demo-2025")
