"""Time the report of an edition: cold, unchanged, one page changed, one caption changed; kernels as the peer.

    python -m benchmarks demo-2025

Works in a scratch copy of the checkout; the raw data at hand are copied too. Prints a Markdown table.
"""

import shutil
import sys
import tempfile
from pathlib import Path

from benchmarks.reports import ROOT, report

COPIED = ("_config.yml", "book", "data", "editions", "notebooks", "pyproject.toml", "requirements.lock", "src")


def main(edition: str) -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as scratch:
        root = _copy(Path(scratch) / "checkout")
        page, words = root / "book" / "en" / "composite.md", root / "src" / "evalcore" / "words" / "en.yml"
        rows = [
            ("cold", report(edition, root)),
            ("nothing changed", report(edition, root)),
            ("one page's prose changed", _after(lambda: _append(page, "\nOne more sentence.\n"), edition, root)),
            ("one caption changed", _after(lambda: _reword(words, "How probable each level is."), edition, root)),
        ]
        shutil.rmtree(root / "build")
        rows.append(("cold, with ordinary kernels (the peer)", report(edition, root, "--notebooks", "kernel")))
    print(f"| `evalcore report {edition}` | seconds | notebooks run |\n|---|---|---|")
    for name, (seconds, ran) in rows:
        print(f"| {name} | {seconds:.1f} | {ran} |")


def _copy(target: Path) -> Path:
    for name in COPIED:
        source = ROOT / name
        copy = shutil.copytree if source.is_dir() else shutil.copy2
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        copy(source, target / name)
    return target


def _after(change: object, edition: str, root: Path) -> tuple[float, int]:
    change()
    return report(edition, root)


def _append(path: Path, text: str) -> None:
    path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")


def _reword(path: Path, phrase: str) -> None:
    text = path.read_text(encoding="utf-8")
    if phrase not in text:
        sys.exit(f"{path.name} no longer holds '{phrase}'; choose another caption here")
    path.write_text(text.replace(phrase, phrase.rstrip(".") + ", in percent."), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "demo-2025")
