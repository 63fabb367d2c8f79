"""Signs of gaming: each by hand on clean and gamed clocks, and the planted one under two seeds."""

import json

import numpy as np
import pandas as pd
import pytest

from evalcore.chapters.gaming import ALARM_Z, alarms_frame, bunching, closing_frame, gaming_frame, heaped, unresolved


def tickets(close_h, resolved=True):
    """Tickets opened at once and closed after so many hours, resolved then or never."""
    opened = pd.Timestamp("2025-03-01")
    closed = opened + pd.to_timedelta(np.asarray(close_h, dtype=float), unit="h")
    solved = np.broadcast_to(resolved, len(closed))
    return pd.DataFrame(
        {"entity": "A", "close_h": close_h, "closed_at": closed, "resolved_at": closed.where(solved), "handling_s": 61}
    )


def test_a_smooth_density_does_not_jump():
    """Exponential closing times, 20,000 of them: within three errors of nothing, of which one in 400 is beyond."""
    _, jump, z = bunching(tickets(np.random.default_rng(5).exponential(24, 20_000)))
    assert abs(z) < 3
    assert abs(jump) < 0.3


def test_a_halved_density_jumps_by_the_log_of_two():
    """Uniform closing times, every second one after the deadline taken away: log 2 within three standard errors."""
    rng = np.random.default_rng(6)
    hours = rng.uniform(18, 30, 60_000)
    _, jump, z = bunching(tickets(hours[(hours < 24) | (rng.random(60_000) < 0.5)]))
    assert z > ALARM_Z
    assert jump == pytest.approx(np.log(2), abs=3 * jump / z)


def test_unresolved_before_the_deadline_is_a_difference_of_shares():
    """Half of those closed in the last two hours are unresolved, none of the others."""
    late = tickets([23.0] * 40, np.arange(40) % 2 == 0)
    n, points, z = unresolved(pd.concat([late, tickets([12.0] * 60)]))
    pooled = np.sqrt(0.2 * 0.8 * (1 / 40 + 1 / 60))
    assert (n, points, z) == (40, pytest.approx(50), pytest.approx(0.5 / pooled))


def test_heaped_seconds_are_those_beyond_a_fifth():
    """Every second handling time ends in 0: 30 points more than a clock gives."""
    frame = tickets([1.0] * 100).assign(handling_s=[60, 61] * 50)
    assert heaped(frame) == (100, pytest.approx(30), pytest.approx(0.3 / np.sqrt(0.2 * 0.8 / 100)))


def test_few_cases_are_not_tested(edition):
    """Ten tickets say nothing about a density."""
    assert gaming_frame(tickets(np.linspace(20, 28, 10)), edition).empty


def test_bins_of_few_tickets_are_not_shown(edition):
    """Counts under the smallest cell are blank in what is published."""
    edition = edition.model_copy(update={"minimum_cell": 5})
    frame = pd.concat([tickets(np.repeat(np.arange(20.1, 28, 0.25), 6)), tickets([23.9] * 3).assign(entity="B")])
    tests = pd.DataFrame({"sign": ["bunching"], "entity": ["B"], "z": [9.0]})
    shown = closing_frame(frame, tests, edition)
    assert shown[shown["entity"] == "B"]["n"].isna().all()
    assert (shown[shown["entity"] == "all"]["n"].dropna() >= 5).all()


@pytest.mark.parametrize("world", ["drawn", "second"])
def test_the_gamed_clock_is_found_and_no_other_accused(request, world):
    """Under two seeds both signs of the planted clock alarm at its platform, and no sign alarms elsewhere."""
    edition, cleaned, truth = request.getfixturevalue(world)
    found = gaming_frame(cleaned["tickets"], edition)
    alarms = found[found["alarm"]]
    assert set(alarms["entity"]) == {truth["planted"]["findings"]["gamed_clock"]}
    assert set(alarms["sign"]) == {"bunching", "unresolved"}


def test_measured_rates_are_alarms_over_clean_tests(root):
    """The committed measurement: every sign on hundreds of clean tests, its rate by division."""
    measured = json.loads((root / "data/quality/alarms.json").read_text("utf-8"))
    frame = alarms_frame(measured).set_index("sign")
    for sign, own in measured["signs"].items():
        assert own["clean"] >= 100
        assert frame.loc[sign, "rate"] == pytest.approx(100 * own["alarms"] / own["clean"])
