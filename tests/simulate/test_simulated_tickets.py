"""Tickets recover the truth, run by consistent clocks, and carry the planted dirt."""

import numpy as np
import pandas as pd
import pytest
from simulated import FIRST, LAST, counted, seconds_between, valid_tickets

from evalcore.simulate.dirt import RATES

STANDARD_ERRORS = 4
"""Monte Carlo tolerance: a right share misses by more once in 16,000 comparisons."""


@pytest.mark.parametrize("name", ["mini_world", "demo_world"])
def test_ticket_indicators_recover_the_truth(name, request):
    """Per platform, pooled over categories and quarters, every share lies within 4 standard errors of its truth."""
    world = request.getfixturevalue(name)
    frame = valid_tickets(world.frames["tickets"])
    for indicator, (among, meets) in counted(frame).items():
        counts = meets.fillna(False).astype(float)[among].groupby(frame["platform"][among]).agg(["mean", "size"])
        true = pd.Series({p: values[indicator] for p, values in world.truth["values"].items()}).dropna() / 100
        error = (counts["mean"] - true) / np.sqrt(true * (1 - true) / counts["size"])
        assert error.abs().max() < STANDARD_ERRORS, indicator


def test_scenes_have_their_shares_and_first_contacts(demo_world):
    """Consultations are solved best, complaints worst, and consultations are 43.5 % of the contacts."""
    frame = demo_world.frames["tickets"]
    shares = frame["scene"].value_counts(normalize=True)
    assert shares["consultation"] == pytest.approx(0.435, abs=4 * np.sqrt(0.435 * 0.565 / len(frame)))
    solved = frame["solved_first_contact"].groupby(frame["scene"]).mean()
    assert list(solved.sort_values().index) == ["complaint", "return", "order_query", "consultation"]
    assert (frame["after_sales"] == (frame["scene"] != "consultation")).all()


def test_promotion_days_carry_three_to_five_times_the_contacts(demo_world):
    """Thirty days (618 and 11.11) are busier and slower than the others."""
    frame = demo_world.frames["tickets"]
    frame = frame[frame["opened_at"].between(FIRST, LAST)]
    day = frame["opened_at"].dt.strftime("%m-%d")
    promotion = day.between("06-04", "06-18") | day.between("10-28", "11-11")
    load = promotion.sum() / 30 / ((~promotion).sum() / 335)
    assert 3 < load < 5
    wait = seconds_between(frame, "opened_at", "human_answered_at")
    assert (wait[promotion] <= 60).mean() < (wait[~promotion] <= 60).mean() - 0.1


def test_one_contact_in_seven_comes_at_night(demo_world):
    """About 15 % of the contacts open between 22:00 and 08:00."""
    hour = demo_world.frames["tickets"]["opened_at"].dt.hour
    assert ((hour >= 22) | (hour < 8)).mean() == pytest.approx(0.15, abs=0.005)


def test_clean_clocks_never_run_backwards(mini_world):
    """Apart from the planted dirt every leg of a ticket takes time, and what a bot solved no human answered."""
    frame = valid_tickets(mini_world.frames["tickets"])
    for start, end in (("opened_at", "pickup_at"), ("pickup_at", "settled_at"), ("refund_approved_at", "refunded_at")):
        assert (seconds_between(frame, start, end).dropna() > 0).all()
    assert frame.loc[frame["bot_solved"].fillna(False), "human_answered_at"].isna().all()
    returned = frame[(frame["service"] == "return")]
    assert returned["settled_at"].equals(returned["refunded_at"])


def test_every_kind_of_dirt_is_planted_at_its_rate(demo_world):
    """Backward clocks, zero and endless waits, early refunds and wrong years occur as often as declared."""
    frame = demo_world.frames["tickets"]
    answered = frame["human_answered_at"].fillna(frame["bot_closed_at"])
    wait = (answered - frame["opened_at"]).dt.total_seconds()
    found = {
        "clock_disorder": (frame["resolved_at"] < frame["opened_at"], frame["resolved_at"].notna()),
        "refund_disorder": (frame["refunded_at"] < frame["refund_approved_at"], frame["refunded_at"].notna()),
        "response_zero": (wait == 0, answered.notna()),
        "response_beyond_cap": (wait > 86400, frame["human_answered_at"].notna()),
        "outside_year": (~frame["opened_at"].between(FIRST, LAST), frame["opened_at"].notna()),
    }
    assert set(found) == set(RATES)
    for kind, (dirty, possible) in found.items():
        expected = RATES[kind] * possible.sum()
        assert abs(dirty.sum() - expected) < 4 * np.sqrt(expected), kind


def test_times_are_wholeseconds_between(mini_world):
    """Nothing finer than a second is written."""
    frame = mini_world.frames["tickets"].select_dtypes("datetime")
    assert frame.shape[1] == 12
    assert frame.apply(lambda times: (times.dropna() == times.dropna().dt.floor("s")).all()).all()
