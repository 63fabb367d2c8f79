"""What is stale and why, in plain words; nothing is run."""

from pathlib import Path

from evalcore.edition import Edition
from evalcore.errors import EvalcoreError, say
from evalcore.pipeline.plan import make_plan, upstream
from evalcore.pipeline.record import fingerprint, reasons


def status(edition: Edition, root: Path) -> dict[str, list[str]]:
    """Per task why it would run; an empty list where it is up to date.

    A task whose inputs are about to be made again is said to wait: it runs only if they come out different.
    """
    plan, build, found = make_plan(edition, root), root / "build" / edition.name, {}
    for task in plan:
        stale = sorted(name for name in upstream(task, plan) if found[name])
        why = reasons(task, fingerprint(task, edition, root), build)
        found[task.name] = why + ([f"waits for {', '.join(stale)}"] if stale else [])
    return found


def require_finished(edition: Edition, root: Path) -> None:
    """Refuse a build that is not what its sources make.

    Raises
    ------
    EvalcoreError
        The edition was never built, or something is stale.
    """
    place, remedy = f"build/{edition.name}", f"`evalcore report {edition.name}` first"
    if not (root / place / "records").is_dir():
        raise EvalcoreError(say(place, "was not built", remedy=remedy))
    stale = {name: why for name, why in status(edition, root).items() if why}
    if stale:
        name, why = next(iter(stale.items()))
        raise EvalcoreError(say(place, f"{len(stale)} task(s) are stale: {name} ({why[0]}) ...", remedy=remedy))
