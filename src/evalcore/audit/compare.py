"""A lock against what is there now: what is identical, what differs, is missing, or was not there before."""

from dataclasses import dataclass
from math import hypot, isclose, sqrt

from evalcore.audit.lock import Lock

ERRORS = 4.0
"""Monte Carlo errors that two honest runs may lie apart (about 1 in 16,000 comparisons lies farther)."""
INTERVAL_SD = 3.2
"""Standard deviations in an interval of about 90 %: the posterior's spread where a number carries an interval."""


@dataclass(frozen=True, order=True)
class Finding:
    """One thing that does not agree: differs, missing, extra, tampered, stale or typed; `task` made or uses it."""

    verdict: str
    what: str
    why: str
    task: str | None = None

    def __str__(self) -> str:
        """As printed."""
        return f"{self.verdict}: {self.what}: {self.why}" + (f" ({self.task})" if self.task else "")


@dataclass(frozen=True)
class Comparison:
    """Entries `identical`, `within` Monte Carlo error, `judged` by their posteriors; findings for the rest."""

    identical: int
    within: int
    judged: int
    findings: tuple[Finding, ...]

    @property
    def total(self) -> int:
        """Entries looked at."""
        return self.identical + self.within + self.judged + len(self.findings)


def compare(locked: Lock, present: Lock, tasks: dict[tuple[str, str], str], drawn: frozenset[str]) -> Comparison:
    """Every entry of two locks, one to one.

    Parameters
    ----------
    tasks : dict
        (section, name) -> the task that made an entry, or the first that uses it.
    drawn : frozenset of str
        Tasks whose results rest on a posterior. On the machine type of the lock they are identical or not; on
        another one posteriors agree within Monte Carlo error, numbers with an interval likewise, and what else
        rests on posteriors that agree is counted as judged by them.
    """
    old, new = locked.entries, present.entries
    identical = sum(1 for key, content in old.items() if new.get(key) == content)
    apart = sorted(key for key in old.keys() | new.keys() if old.get(key) != new.get(key))
    findings, within, judged = [], 0, 0
    tolerant = locked.machine != present.machine
    wrong = _posteriors_apart(locked, present) if tolerant else {}
    for section, name in apart:
        task, both = tasks.get((section, name)), (section, name) in old and (section, name) in new
        if tolerant and both and task in drawn and section in ("files", "exhibits", "numbers") and not wrong:
            near = _near(old[section, name], new[section, name], locked) if section == "numbers" else None
            if near is False:
                findings.append(Finding("differs", f"{section}/{name}", _values(old, new, (section, name)), task))
            within, judged = within + (near is True), judged + (near is None)
            continue
        findings.append(_finding(section, name, old, new, task))
    findings += [
        Finding("differs", f"posteriors/{name}", why, tasks.get(("files", name))) for name, why in wrong.items()
    ]
    return Comparison(identical, within, judged, tuple(findings))


def _finding(section: str, name: str, old: dict, new: dict, task: str | None) -> Finding:
    key = (section, name)
    if key not in new:
        return Finding("missing", f"{section}/{name}", "the lock has it, this tree has not", task)
    if key not in old:
        return Finding("extra", f"{section}/{name}", "not in the lock", task)
    return Finding("differs", f"{section}/{name}", _values(old, new, key), task)


def _values(old: dict, new: dict, key: tuple[str, str]) -> str:
    before, now = old[key], new[key]
    if isinstance(before, dict) and isinstance(now, dict) and before.get("value") != now.get("value"):
        return f"{before.get('value')} in the lock, {now.get('value')} here"
    shown = [str(c.get("sha256") if isinstance(c, dict) else c)[:12] for c in (before, now)]
    return f"{shown[0]} in the lock, {shown[1]} here"


def _posteriors_apart(locked: Lock, present: Lock) -> dict[str, str]:
    """Posterior files whose means lie farther apart than Monte Carlo error explains, each with the worst of them."""
    found = {}
    for name, before in locked.sections["posteriors"].items():
        now = present.sections["posteriors"].get(name, {})
        apart = {key: _errors_apart(mean, now.get(key)) for key, mean in before.items()}
        worst = max(apart, key=apart.get, default=None)
        if worst is not None and apart[worst] > ERRORS:
            found[name] = (
                f"{worst} lies {apart[worst]:.1f} Monte Carlo errors from the lock, at most {ERRORS:g} are chance"
            )
    return found


def _errors_apart(before: list[float], now: list[float] | None) -> float:
    if now is None:
        return float("inf")
    gap, error = abs(before[0] - now[0]), hypot(before[1], now[1])
    return gap / error if error else (0.0 if isclose(before[0], now[0], rel_tol=1e-9) else float("inf"))


def _near(before: dict, now: dict, locked: Lock) -> bool | None:
    """Whether two numbers agree within Monte Carlo error; None where no interval tells how large it is."""
    if not before.get("interval") or not isinstance(before.get("value"), int | float):
        return None
    spread = (before["interval"][1] - before["interval"][0]) / INTERVAL_SD
    draws = min((size for _, size in _sizes(locked)), default=1.0)
    return abs(before["value"] - now["value"]) <= ERRORS * sqrt(2) * spread / sqrt(draws)


def _sizes(locked: Lock) -> list[tuple[str, float]]:
    """Effective draws of each posterior quantity: the least of them bounds the error of what is made from it."""
    return [
        (f"{name} {key}", values[2])
        for name, found in locked.sections["posteriors"].items()
        for key, values in found.items()
        if len(values) > 2
    ]
