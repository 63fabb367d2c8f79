"""`evalcore calibrate`: fit worlds whose truth is known, and keep what came out with the source it was made with."""

import json
from collections.abc import Callable, Sequence
from pathlib import Path

from evalcore.errors import EvalcoreError, say
from evalcore.io.files import write_bytes
from evalcore.provenance.calibration import FOLDER, STUDIES, model_source

SEED = 89
"""Of all studies; their worlds do not depend on an edition."""


def calibrate_studies(
    studies: Sequence[str], worlds: int, workers: int, root: Path, tell: Callable[[str], None]
) -> list[Path]:
    """Calibrate the named studies, none named: all whose result is not that of the present source.

    Returns
    -------
    list of Path
        The files that were written, `data/calibration/<study>.json`.

    Raises
    ------
    EvalcoreError
        An unknown study.
    """
    unknown = sorted(set(studies) - set(STUDIES))
    if unknown:
        raise EvalcoreError(say("calibrate", ", ".join(unknown), ", ".join(STUDIES)))
    wanted = studies or [study for study in STUDIES if not is_fresh(study, root)]
    return [_calibrate(study, worlds, workers, root, tell) for study in wanted]


def is_fresh(study: str, root: Path) -> bool:
    """Whether a study's result is there and was made with the present source of the model."""
    path = root / FOLDER / f"{study}.json"
    return path.is_file() and _read(path).get("source") == model_source(study, root / "src")


def _calibrate(study: str, worlds: int, workers: int, root: Path, tell: Callable[[str], None]) -> Path:
    from evalcore.calibrate import CALIBRATIONS, calibrate

    source = model_source(study, root / "src")
    found = calibrate(study, CALIBRATIONS[study], worlds, SEED, workers, lambda line: tell(f"{study}: {line}"))
    path = root / FOLDER / f"{study}.json"
    write_bytes(path, (json.dumps({"source": source} | found, separators=(",", ":")) + "\n").encode())
    return path


def _read(path: Path) -> dict:
    return json.loads(path.read_text(encoding="utf-8"))
