"""The rectification ledger: what each platform was asked to mend, what it planned, and what was seen afterwards."""

from datetime import date, timedelta

import numpy as np
import pandas as pd

from evalcore.simulate.truth import Truth

WEAKEST = 3
"""Indicators a platform is asked to mend: those furthest below their best points."""
PLAN_DAYS, LATE_PLAN = 30, 0.15
"""Days within which a plan is due, and the share of plans that come later."""
NOTICE_DAY, CHECK_DAYS = 20, 120
DONE, REFUSED = 0.55, 0.05
"""Shares of cases closed after the check, and of platforms' answers that refuse; the rest stays open."""
SPREAD = 1.5
"""Points between the value noted at the notice and the present one."""

MEASURE_OF = {
    **dict.fromkeys(("R1", "R2"), "staff_plan"),
    "R3": "one_entry",
    "R4": "agents_may_grant",
    "R5": "bot_hands_over",
    "R6": "night_shift",
    **dict.fromkeys(("S1", "S5"), "door_pickup"),
    "S2": "repair_network",
    **dict.fromkeys(("S3", "S4", "S6"), "one_stop_flow"),
    "S7": "evidence_in_one_place",
    "E1": "satisfaction_in_kpis",
    "E2": "knowledge_base",
    "E3": "never_ask_twice",
    "E4": "empathy_training",
    **dict.fromkeys(("C1", "C2", "C3"), "clauses_and_prices"),
    "A1": "repair_network",
}
"""Indicator -> the measure a platform plans for it (measures.md)."""


def draw_ledger(truth: Truth, rng: np.random.Generator) -> pd.DataFrame:
    """One row per entry, in the order of writing; entries of one case share `case`."""
    start = truth.edition.periods[0].first
    cases = [(p, i) for p in truth.platforms for i in _weakest(truth, p)]
    entries = [
        {"case": f"Z{number:03d}", "platform": p, "indicator": i, "measure": MEASURE_OF[i], **entry}
        for number, (p, i) in enumerate(cases, start=1)
        for entry in _case(truth, p, i, start, rng)
    ]
    frame = pd.DataFrame(entries).sort_values(["at", "case"], kind="stable", ignore_index=True)
    return frame.assign(entry=np.arange(1, len(frame) + 1))


def _weakest(truth: Truth, platform: str) -> list[str]:
    return list(truth.points.loc[platform].dropna().sort_values().index[:WEAKEST])


def _case(truth: Truth, platform: str, indicator: str, start: date, rng: np.random.Generator) -> list[dict]:
    """Notice, plan, check; each entry is written when it happens, and none is changed afterwards."""
    before = float(truth.values.loc[platform, indicator] + rng.normal(0, SPREAD))
    notice = start + timedelta(NOTICE_DAY + int(rng.integers(0, 10)))
    due = notice + timedelta(PLAN_DAYS)
    late = rng.random() < LATE_PLAN
    planned = due + timedelta(int(rng.integers(1, 20)) if late else -int(rng.integers(1, 15)))
    refused, done = rng.random() < REFUSED, rng.random() < DONE
    entries = [_entry(notice, "notice", due, "open", before)]
    entries.append(_entry(planned, "plan", due, "refused" if refused else "planned", before))
    if not refused:
        seen = float(truth.values.loc[platform, indicator])
        entries.append(_entry(planned + timedelta(CHECK_DAYS), "check", due, "closed" if done else "open", seen))
    return entries


def _entry(at: date, event: str, due: date, status: str, value: float) -> dict:
    return {
        "at": pd.Timestamp(at),
        "event": event,
        "due": pd.Timestamp(due),
        "status": status,
        "value": round(value, 2),
    }
