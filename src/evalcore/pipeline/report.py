"""The whole way of one edition: data at hand, tasks, numbers, gate, book."""

from collections.abc import Callable
from pathlib import Path

from evalcore.audit import read_lineage
from evalcore.edition import Edition, load_edition
from evalcore.errors import EvalcoreError, say
from evalcore.io.files import write_json
from evalcore.pipeline.gate.calibrated import check_calibration
from evalcore.pipeline.gate.verdicts import Failed, failed_fits, withheld, withheld_numbers, write_withheld
from evalcore.pipeline.machinery import Machinery
from evalcore.pipeline.numbers import published_numbers
from evalcore.pipeline.plan import PlannedTask, make_plan
from evalcore.pipeline.runner import Runner, build_lock


def report(
    edition: Edition,
    root: Path,
    machinery: Machinery,
    tell: Callable[[str], None],
    draft: bool = False,
    final: bool = False,
) -> Path:
    """Bring the edition's book up to date and return the path of its first page.

    Where a fit failed its checks, what rests on it is withheld and the book goes to `site.failed`. A `draft` goes to
    `site.draft`, shows such results with the reason beside them, and says on every page what it is. A `final` one is
    published only when a reviewer has signed what differs from the year before by more than the edition's threshold.

    Raises
    ------
    EvalcoreError
        Anything that stops the build, a failed fit included; the last good site is still in place.
    """
    from evalcore.pipeline.book import build as build_book
    from evalcore.pipeline.gate import check_exhibits, check_prose

    build, plan = root / "build" / edition.name, make_plan(edition, root)
    if not draft:
        check_calibration(plan, root)
    with build_lock(edition.name, root):
        ran = Runner(edition, root, machinery, tell).run()
        tell(f"{len(ran)} task(s) ran")
        failed = failed_fits(plan, build)
        tasks = withheld(failed, plan)
        write_withheld(tasks, plan, build)
        merge_numbers(plan, build, tasks, shown=draft)
        check_exhibits(build)
        check_prose(root)
        if final and not failed:
            _check_signed(edition, root, tell)
        kind = "draft" if draft else "failed" if failed else ""
        page = build_book(edition, root, read_lineage(edition, root), kind)
    if failed and not draft:
        raise EvalcoreError(_refusal(failed, len(tasks), page.relative_to(root)))
    for fit in failed:
        tell(f"draft in spite of a failed fit: {fit.fit}: {fit.reasons['en']}")
    return page


def _check_signed(edition: Edition, root: Path, tell: Callable[[str], None]) -> None:
    """Compare with the year before, write the comparison, and refuse while a reviewer has to look at it."""
    from evalcore.pipeline.diff import compare_editions, require_signed, write_diff

    if edition.previous is None:
        tell("there is no year before: nothing to sign")
        return
    former = load_edition(edition.previous.edition, root)
    with build_lock(former.name, root):
        found = compare_editions(former, edition, root)
    page = write_diff(found, root).relative_to(root).as_posix()
    require_signed(found, page)
    tell(f"{page}: all that has to be signed is signed")


def _refusal(failed: list[Failed], tasks: int, page: Path) -> str:
    lines = [f"{fit.fit}: {fit.reasons['en']}" for fit in failed]
    return say(
        f"{len(failed)} fit(s) failed their checks",
        "\n    ".join([f"the results of {tasks} task(s) are withheld, the last good site was not touched:", *lines]),
        remedy=f"look at {page.as_posix()}; mend model, data or settings, or build with --draft",
    )


def merge_numbers(plan: list[PlannedTask], build: Path, tasks: dict[str, dict[str, str]], shown: bool) -> None:
    """Write numbers.json from the numbers of all tasks.

    `tasks` are those whose results are withheld, with the reason; their numbers are `shown` in a draft only.
    """
    write_json(build / "numbers.json", withheld_numbers(published_numbers(plan, build), tasks, shown))
