"""The command that measures early warning, run again on worlds and years of its own."""

from pathlib import Path

import pandas as pd
import pytest
from benchmarks.warning import EDITION, SEEDS, Event, measure, scores
from scipy import stats

from evalcore.edition import load_edition
from evalcore.warn.alarms import CASES, COLUMNS, HOURS, RECORDS

BY_CHANCE = 1e-4


@pytest.mark.slow
def test_early_warning_is_as_good_as_stated(root: Path) -> None:
    """Both published seeds: everything planted found, the incident never called a service.

    Two other clean years: as many days fall below the baseline's chances as its own chances, or half as many more for
    the season it does not know, would give.
    """
    edition = load_edition(EDITION, root)
    found = measure(edition, list(SEEDS), 2, 9000)
    together = found["methods"]["together"]
    assert (together["planted"], together["found"]) == (2 * len(SEEDS), 2 * len(SEEDS))
    assert together["records"] == together["incidents"] == len(SEEDS)
    assert found["methods"]["baseline"]["delays"] == [0] * len(SEEDS)
    clean = found["clean"]
    for level, chance in edition.warning.baseline.chance.items():
        assert clean["nominal"][level] <= stats.binom.isf(BY_CHANCE, clean["judged"], 1.5 * chance), level


def test_scores_count_events_that_touch_what_was_planted(root: Path) -> None:
    """By hand: one true event with a day's delay, one false one, an incident found and called one of records."""
    edition = load_edition(EDITION, root)
    first, last = pd.Timestamp("2025-05-01"), pd.Timestamp("2025-05-10")
    planted = [Event("A", CASES, first, last), Event("B", HOURS, first, last)]
    alarms = [
        ("A", "all", "2025-05-02", "baseline", CASES, "red", "demand"),
        ("C", "all", "2025-05-02", "baseline", CASES, "red", "demand"),
        ("B", "refunds", "2025-05-05", "refunds", HOURS, "yellow", RECORDS),
    ]
    keys = ("entity", "topic", "day", "method", "quantity", "level", "cause")
    rows = [dict.fromkeys(COLUMNS) | dict(zip(keys, row, strict=True)) for row in alarms]
    found = scores(pd.DataFrame(rows).assign(day=lambda f: pd.to_datetime(f["day"])), planted, edition)
    together = {"events": 3, "true": 2, "planted": 2, "found": 2, "delays": [1, 4], "left": [8, 5]}
    assert found["together"] == together | {"incidents": 1, "records": 1}
    assert (found["baseline"]["events"], found["baseline"]["true"], found["baseline"]["planted"]) == (2, 1, 1)
    assert found["complaints"]["found"] == 0
