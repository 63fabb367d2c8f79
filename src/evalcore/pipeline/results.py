"""Keeping what a finished build found, for the years after it."""

from pathlib import Path

from evalcore.errors import EvalcoreError, say
from evalcore.io.files import write_bytes
from evalcore.io.results import results_path
from evalcore.pipeline.gate.verdicts import refuse_withheld


def keep_results(edition: str, root: Path) -> Path:
    """Copy what a build found to data/results, for the years after; it is then committed.

    Raises
    ------
    EvalcoreError
        The edition was never built, or what it found is withheld: next year must not be compared with a failed fit.
    """
    build = root / "build" / edition
    made = build / "score" / "results.json"
    if not made.is_file():
        remedy = f"`evalcore report {edition}` first"
        raise EvalcoreError(say(made.relative_to(root), "is missing", remedy=remedy))
    refuse_withheld(edition, root)
    write_bytes(results_path(edition, root), made.read_bytes())
    return results_path(edition, root)
