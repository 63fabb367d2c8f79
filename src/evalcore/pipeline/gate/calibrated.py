"""A calibration shown in the book was made with the source that makes its fits."""

from pathlib import Path

from evalcore.errors import EvalcoreError, say
from evalcore.pipeline.calibration import is_fresh
from evalcore.pipeline.plan import PlannedTask
from evalcore.provenance.calibration import FOLDER, STUDIES


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
        if name in read and not is_fresh(study, root):
            found = "is stale: the model's source has changed since"
            found = found if (root / name).is_file() else "is missing: this model was never calibrated"
            remedy = f"run `evalcore calibrate {study}`, look at the result, commit it; or build with --draft"
            raise EvalcoreError(say(name, found, "a calibration of the present model", remedy))
