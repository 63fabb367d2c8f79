"""What the cards under figures and tables add to the book of an edition that was built.

    python -m benchmarks.cards demo-mini

Builds the book again in scratch copies of the checkout, with cards and without, in turns; nothing else runs. Seconds
are the processor's, with those of all processes of the build. Prints a Markdown table.
"""

import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LEFT_OUT = shutil.ignore_patterns(".git", ".venv", ".cache", "site*", "*_cache", "__pycache__")
PLACE, CARDS = "book/_ext/evalcore_book/exhibit.py", ', *card_nodes(self.env, record["id"], self)'
TURNS = 3


def main(edition: str) -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as scratch:
        copies = {way: Path(scratch) / way for way in ("with cards", "without")}
        for copy in copies.values():
            shutil.copytree(ROOT, copy, ignore=LEFT_OUT, symlinks=True)
        plain = copies["without"] / PLACE
        text = plain.read_text(encoding="utf-8")
        if CARDS not in text:
            sys.exit(f"{PLACE} no longer holds '{CARDS}'; say here how a book is built without cards")
        plain.write_text(text.replace(CARDS, ""), encoding="utf-8")
        seconds = {way: [] for way in copies}
        for _ in range(TURNS):
            for way, copy in copies.items():
                seconds[way].append(_book(edition, copy))
    median = {way: statistics.median(found) for way, found in seconds.items()}
    print(f"| book of {edition} | CPU s (median of {TURNS}) | all |\n|---|---|---|")
    for way, found in seconds.items():
        print(f"| {way} | {median[way]:.1f} | {', '.join(f'{one:.1f}' for one in found)} |")
    print(f"\nCards add {100 * (median['with cards'] / median['without'] - 1):.1f} % to the book alone.")


def _book(edition: str, root: Path) -> float:
    """Seconds of a build that finds nothing stale but the site."""
    for site in (root / "build" / edition).glob("site*"):
        shutil.rmtree(site)
    before = _used()
    command = [sys.executable, "-m", "evalcore", "report", edition]
    done = subprocess.run(command, cwd=root, env={"PYTHONPATH": str(root / "src")}, capture_output=True, text=True)
    if done.returncode or "\n0 task(s) ran" not in f"\n{done.stderr}":
        sys.exit(f"the edition is not built, or something is stale:\n{done.stderr}")
    return _used() - before


def _used() -> float:
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    return spent.ru_utime + spent.ru_stime


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "demo-mini")
