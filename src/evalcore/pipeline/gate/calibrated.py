"""A calibration shown in the book was made with the source that makes its fits."""

import json
from pathlib import Path

from evalcore.errors import EvalcoreError, say
from evalcore.pipeline.plan import PlannedTask
from evalcore.provenance.calibration import FOLDER, STUDIES, model_source


def check_calibration(plan: list[PlannedTask], root: Path) -> None:
    """Refuse calibrations that an edition reads and that are missing or were made with another model.

    Raises
    ------
    EvalcoreError
        Naming the study's file and the command that makes it anew.
    """
    read = {name for task in plan for name in task.inputs}
    for study in STUDIES:
        name = (FOLDER / f"{study}.json").as_posix()
        if name in read and (found := _stale(root / name, study, root / "src")):
            remedy = f"run `evalcore calibrate {study}`, look at the result, commit it; or build with --draft"
            raise EvalcoreError(say(name, found, "a calibration of the present model", remedy))


def _stale(path: Path, study: str, src: Path) -> str:
    """What is wrong with a calibration; empty where it is that of the present source."""
    if not path.is_file():
        return "is missing: this model was never calibrated"
    made_with = json.loads(path.read_text(encoding="utf-8")).get("source")
    return "" if made_with == model_source(study, src) else "is stale: the model's source has changed since"
