"""What an edition leaves behind for the years after it: `data/results/<edition>.json`, in git."""

from pathlib import Path

from evalcore.errors import EvalcoreError, say
from evalcore.io.files import write_bytes

RESULTS = Path("data", "results")
"""Below the root; one file per edition, written by `evalcore results`."""


def results_path(edition: str, root: Path) -> Path:
    """Where an edition's results lie."""
    return root / RESULTS / f"{edition}.json"


def keep_results(edition: str, root: Path) -> Path:
    """Copy what a finished build found to data/results, for the years after; it is then committed.

    Raises
    ------
    EvalcoreError
        The edition was never built.
    """
    made = root / "build" / edition / "score" / "results.json"
    if not made.is_file():
        remedy = f"`evalcore report {edition}` first"
        raise EvalcoreError(say(made.relative_to(root), "is missing", remedy=remedy))
    write_bytes(results_path(edition, root), made.read_bytes())
    return results_path(edition, root)
