"""What indicators cost: weights of the composite times what is lacking, and what two goals would bring."""

import pytest

from evalcore.indicators.values import indicator_values
from evalcore.score.frames import Scored
from evalcore.score.index import score_index
from evalcore.score.losses import loss_frame


@pytest.fixture
def losses(year, edition_with):
    """Shop A at both baselines, 90 points each; shop B 35 of 70 (R1) and 0.9 of 1.8 (E1), 45 points each."""
    edition = edition_with()
    values = indicator_values(year, edition)
    return loss_frame(Scored(values, score_index(values, None, edition)), edition).set_index(["entity", "indicator"])


def test_a_loss_is_the_share_of_the_composite_times_what_is_lacking(losses):
    """R1 decides 60 % of the composite and E1 40 %."""
    assert losses["loss"].to_dict() == pytest.approx(
        {("A", "R1"): 6.0, ("A", "E1"): 4.0, ("B", "R1"): 33.0, ("B", "E1"): 22.0}
    )


def test_losses_add_up_to_what_the_composite_lacks(losses, year, edition_with):
    """Without experts: 100 less the composite."""
    edition = edition_with()
    composite = score_index(indicator_values(year, edition), None, edition)["composite_low"].to_numpy()[0, :, 0]
    assert losses["loss"].groupby("entity").sum().to_list() == pytest.approx(list(100 - composite))


def test_the_interval_holds_the_loss_and_one_indicator_costs_most(losses):
    """B loses 33 points through R1 against 22: in nearly every draw R1 costs most."""
    assert (losses["lower"] <= losses["loss"] + 1e-9).all()
    assert (losses["loss"] <= losses["upper"] + 1e-9).all()
    assert losses.loc[("B", "R1"), "p_most"] > 0.95
    assert losses["p_most"].groupby("entity").sum().to_list() == pytest.approx([1, 1])


def test_the_gain_lies_between_the_peers_and_the_baseline(losses):
    """B's peers stand at 45 + 0.75 x 45 = 78.75 points, the baseline at 90: 0.6 x 33.75 and 0.6 x 45 points."""
    row = losses.loc[("B", "R1")]
    assert row["gain_low"] < 0.6 * 33.75 + 1
    assert row["gain_high"] > 0.6 * 45 - 1
    assert row["gain_low"] < row["gain_high"]
