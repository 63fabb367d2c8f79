"""Where an edition leaves what it found for the years after it: `data/results/<edition>.json`, in git."""

from pathlib import Path

RESULTS = Path("data", "results")
"""Below the root; one file per edition, written by `evalcore results`."""


def results_path(edition: str, root: Path) -> Path:
    """Where an edition's results lie."""
    return root / RESULTS / f"{edition}.json"
