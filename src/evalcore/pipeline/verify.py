"""Whether a built tree is the one its lock describes, and what does not agree, by name."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from evalcore.audit.compare import Comparison, Finding, compare
from evalcore.audit.lock import Lock, read_lock, write_lock
from evalcore.edition import Edition
from evalcore.io.manifest import raw_path
from evalcore.pipeline.book.staleness import stale_pages
from evalcore.pipeline.gate.prose import typed_numbers
from evalcore.pipeline.numbers import published_numbers
from evalcore.pipeline.plan import RAW, PlannedTask, make_plan
from evalcore.pipeline.present import drawn_tasks, entry_tasks, present_lock
from evalcore.pipeline.record import fingerprint, product_hashes, read_record
from evalcore.pipeline.status import require_finished
from evalcore.words import LANGUAGES


@dataclass(frozen=True)
class Verdict:
    """What `verify` found; `rule` says how results that rest on posteriors were compared."""

    edition: str
    comparison: Comparison
    findings: tuple[Finding, ...]
    first: str | None
    rule: str

    def lines(self) -> list[str]:
        """As printed; findings first, then from which stage on, the count and the rule."""
        found, total = self.comparison, self.comparison.total
        lines = [str(finding) for finding in self.findings]
        lines += [f"from stage {self.first} on"] if self.first else []
        counted = f"{found.identical} of {total} identical"
        counted += f", {found.within} within Monte Carlo error" if found.within else ""
        counted += f", {found.judged} judged by their posteriors" if found.judged else ""
        return [*lines, f"{self.edition}: {counted}", self.rule]


def lock(edition: Edition, root: Path) -> Path:
    """Write the lock of a finished build; returns its path.

    Raises
    ------
    EvalcoreError
        Something is stale, so that the tree is not what its sources make.
    """
    require_finished(edition, root)
    return write_lock(present_lock(edition, make_plan(edition, root), root), root)


def verify(edition: Edition, root: Path) -> Verdict:
    """Compare what is there with the committed lock, with its own records and with the pages.

    Nothing is run or repaired: what was tampered with stays, to be looked at.
    """
    plan, locked = make_plan(edition, root), read_lock(edition.name, root)
    present = present_lock(edition, plan, root)
    tasks = entry_tasks(plan, locked, edition, root) | entry_tasks(plan, present, edition, root)
    drawn = drawn_tasks(plan)
    comparison = compare(locked, present, tasks, drawn)
    touched = _touched(plan, edition, root)
    findings = [*_told_as_tampered(comparison.findings, touched), *_beside(plan, edition, root)]
    order = [task.name for task in plan]
    first = min((order.index(f.task) for f in findings if f.task in order), default=None)
    rule = _rule(locked, present, bool(drawn))
    return Verdict(edition.name, comparison, tuple(findings), None if first is None else order[first], rule)


def _rule(locked: Lock, present: Lock, drawn: bool) -> str:
    same = locked.machine == present.machine
    if not drawn:
        return "rule: everything identical; nothing rests on a posterior"
    if same:
        return f"rule: everything identical, posteriors too (same machine type: {locked.machine})"
    machines = f"locked on {locked.machine}, here {present.machine}"
    return f"rule: identical, what rests on posteriors within 4 Monte Carlo errors ({machines})"


def _touched(plan: list[PlannedTask], edition: Edition, root: Path) -> dict[str, str]:
    """Products that are not what their task made -> the task."""
    build, found = root / "build" / edition.name, {}
    for task in plan:
        record = read_record(task, build)
        made = record["outputs"] if record else {}
        found |= {name: task.name for name, now in product_hashes(task, build).items() if made.get(name, now) != now}
    return found


def _told_as_tampered(findings: tuple[Finding, ...], touched: dict[str, str]) -> list[Finding]:
    """Differences in touched products are tampering; touched products that the lock does not hold are told beside."""
    told, left = [], dict(touched)
    for finding in findings:
        product = _product(finding, touched)
        left.pop(product, None)
        told.append(
            replace(finding, verdict="tampered", why=f"not what {touched[product]} made; {finding.why}")
            if product and finding.verdict != "missing"
            else finding
        )
    return told + [Finding("tampered", name, f"not what {task} made", task) for name, task in sorted(left.items())]


def _product(finding: Finding, touched: dict[str, str]) -> str | None:
    section, name = finding.what.split("/", 1)
    product = {"files": name, "exhibits": f"exhibits/{name.split('/')[0]}", "numbers": f"numbers/{finding.task}.json"}
    return product.get(section) if product.get(section) in touched else None


def _beside(plan: list[PlannedTask], edition: Edition, root: Path) -> Iterator[Finding]:
    """What no lock can tell: inputs and code against the records, merged numbers, pages, prose."""
    build, stale = root / "build" / edition.name, {}
    for task in plan:
        record = read_record(task, build)
        if record is None:
            yield Finding("missing", f"records/{task.name}.json", "the task has not run", task.name)
            continue
        made_from, now = record["fingerprint"], fingerprint(task, edition, root)
        for name in sorted(
            n for n in now["inputs"] if n.startswith(RAW) and made_from["inputs"].get(n) != now["inputs"][n]
        ):
            path = raw_path(edition, name.removeprefix(RAW), root)
            why = f"{path.name} is not the file that was read" if path.exists() else f"{path.name} is gone"
            yield Finding("tampered" if path.exists() else "missing", name, why, task.name)
        for part in ("code", "sections", "words", "environment"):
            for name in sorted(set(made_from[part]) | set(now[part])):
                if made_from[part].get(name) != now[part].get(name):
                    stale.setdefault((part, name), []).append(task.name)
    for (part, name), tasks in stale.items():
        place = name if part in ("code", "environment") else f"{part} {name}"
        yield Finding("stale", place, f"changed since {len(tasks)} task(s) ran: {', '.join(tasks[:5])}", tasks[0])
    yield from _around(plan, edition, root)


def _around(plan: list[PlannedTask], edition: Edition, root: Path) -> Iterator[Finding]:
    build = root / "build" / edition.name
    try:
        kept = json.loads((build / "numbers.json").read_text("utf-8"))
        for name in sorted(id_ for id_, n in published_numbers(plan, build).items() if _other(kept.get(id_), n)):
            yield Finding("tampered", f"numbers.json {name}", "not what its task published")
    except (OSError, ValueError) as problem:
        yield Finding("missing", "numbers.json", f"cannot be read: {problem}")
    for page, why in (found for lang in LANGUAGES for found in stale_pages(edition, root, lang)):
        yield Finding("stale", page, why)
    for place, text in typed_numbers(root):
        yield Finding("typed", place, f"the number {text} stands in the prose without {{num}} or {{fact}}")


def _other(kept: dict | None, published: dict) -> bool:
    """Whether a merged number is another than the published one; a withheld one shows its reason instead."""
    return kept != published and "withheld" not in (kept or {})
