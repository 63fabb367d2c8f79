"""Verdicts on fits, and what a failed one takes with it: everything made from it, by what the tasks read."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from evalcore.errors import EvalcoreError, say
from evalcore.io.files import write_json
from evalcore.pipeline.plan import PlannedTask
from evalcore.words import LANGUAGES, shared_words

FILE = "withheld.json"
"""What is not shown, and why, for assembly and pages: exhibit -> reason, task -> reason."""


@dataclass(frozen=True)
class Failed:
    """A fit that may not be believed: its id, its file below the build, why, in both languages."""

    fit: str
    file: str
    reasons: dict[str, str]


def failed_fits(plan: list[PlannedTask], build: Path) -> list[Failed]:
    """Failed fits, as the judging tasks wrote them: a JSON list of {fit, file, passed, reasons: {en, zh}} each."""
    verdicts = [verdict for path in _verdict_files(plan) for verdict in json.loads((build / path).read_text("utf-8"))]
    return [Failed(v["fit"], v["file"], v["reasons"]) for v in verdicts if not v["passed"]]


def withheld(failed: list[Failed], plan: list[PlannedTask]) -> dict[str, dict[str, str]]:
    """Task -> reason in both languages, for every task that reads a failed fit or what was made from it."""
    behind: dict[str, set[int]] = {}
    for place, fit in enumerate(failed):  # one file may hold several fits
        behind.setdefault(fit.file, set()).add(place)
    found: dict[str, dict[str, str]] = {}
    for task in plan:  # in an order in which they can run, so that what a task reads was looked at before it
        rests_on = set().union(*(behind.get(name, set()) for name in task.inputs))
        if rests_on and not task.declaration.judges:
            behind |= {name: rests_on for name in task.products}
            found[task.name] = _reason([failed[place] for place in sorted(rests_on)])
    return found


def write_withheld(tasks: dict[str, dict[str, str]], plan: list[PlannedTask], build: Path) -> None:
    """Write withheld.json: exhibits and tasks that are not shown, each with its reason in both languages."""
    exhibits = {
        Path(name).name: tasks[task.name]
        for task in plan
        if task.name in tasks
        for name in task.products
        if name.startswith("exhibits/")
    }
    write_json(build / FILE, {"exhibits": exhibits, "tasks": tasks})


def read_withheld(build: Path) -> dict[str, dict[str, dict[str, str]]]:
    """What `write_withheld` wrote; nothing is withheld where there is no file."""
    path = build / FILE
    return json.loads(path.read_text("utf-8")) if path.is_file() else {"exhibits": {}, "tasks": {}}


def refuse_withheld(edition: str, root: Path) -> None:
    """Let nobody pass on what a build withholds.

    Raises
    ------
    EvalcoreError
        A fit failed its checks in the edition's last build; the message gives the first reason.
    """
    if tasks := read_withheld(root / "build" / edition)["tasks"]:
        reason = next(iter(tasks.values()))["en"]
        remedy = "mend model, data or settings, and build again"
        raise EvalcoreError(say(f"edition {edition}", f"{len(tasks)} tasks are withheld: {reason}", remedy=remedy))


def withheld_numbers(numbers: dict[str, dict], tasks: dict[str, dict[str, str]], shown: bool) -> dict[str, dict]:
    """Published numbers; those of withheld tasks carry the reason, and a word in place of the value unless `shown`."""
    return {key: _withheld_number(number, tasks.get(number["record"]), shown) for key, number in numbers.items()}


def _withheld_number(number: dict, reason: dict[str, str] | None, shown: bool) -> dict:
    if reason is None:
        return number
    words = {lang: shared_words(lang)["withheld"] for lang in LANGUAGES}
    blank = {} if shown else {"value": None, "interval": None, "text": words}
    return number | blank | {"withheld": reason}


def _reason(failed: Iterable[Failed]) -> dict[str, str]:
    return {
        lang: " ".join(shared_words(lang)["withheld_by"].format(fit=f.fit, why=f.reasons[lang]) for f in failed)
        for lang in LANGUAGES
    }


def _verdict_files(plan: list[PlannedTask]) -> list[str]:
    made = [name for task in plan if task.declaration.judges for name in task.products]
    return [name for name in made if name.startswith("checks/") and name.endswith(".json")]
