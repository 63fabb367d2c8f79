"""The two-year model against the definition it comes from, and its intervals against the truth."""

import numpy as np
import pytest
from pairs import CATEGORIES, INDICATORS, SHOPS, counted, edition_of
from scipy import integrate
from scipy.stats import norm

from evalcore.compare import compare_years
from evalcore.compare.shrink import SPREAD, true_changes

CHANGES, ERRORS = np.array([-5.0, 0.2, 0.4, 1.5]), np.array([0.4, 0.5, 0.4, 1.0])


def test_expectations_agree_with_direct_integration():
    """mu and tau integrated numerically over their densities, one change after the other."""

    def posterior(tau: float) -> tuple[float, np.ndarray]:
        variance = ERRORS**2 + tau**2
        precision = 1 / variance
        mu = (precision * CHANGES).sum() / precision.sum()
        density = (
            np.prod(norm.pdf(CHANGES, mu, np.sqrt(variance))) / np.sqrt(precision.sum()) / (1 + (tau / SPREAD) ** 2)
        )
        own = tau**2 / variance
        return density, own * CHANGES + (1 - own) * mu

    total = integrate.quad(lambda t: posterior(t)[0], 0, 200, limit=400, points=[1, 5, 20])[0]
    wanted = [
        integrate.quad(lambda t, k=k: posterior(t)[0] * posterior(t)[1][k], 0, 200, limit=400, points=[1, 5, 20])[0]
        / total
        for k in range(4)
    ]
    assert np.allclose(true_changes(CHANGES, ERRORS).expected, wanted, atol=0.01)


def test_uncertain_changes_are_drawn_to_the_others():
    """What is seen with a large error moves further than what is seen sharply."""
    found = true_changes(np.array([0.0, 0.1, -0.1, 3.0, 3.0]), np.array([0.2, 0.2, 0.2, 0.2, 2.0])).expected
    assert found[3] > found[4] > 0


def test_probabilities_and_intervals_belong_to_one_distribution():
    """Below the lower end of the 89 % interval lie 5.5 %."""
    changes = true_changes(CHANGES, ERRORS)
    low, high = changes.interval(0.89)
    for k in range(4):
        assert changes.below(low[k])[k] == pytest.approx(0.055, abs=1e-6)
        assert changes.above(high[k])[k] == pytest.approx(0.055, abs=1e-6)


def test_two_changes_share_nothing():
    """With fewer than three nothing is known of how changes scatter."""
    assert list(true_changes(np.array([1.0, 5.0]), np.array([0.5, 0.5])).expected) == [1.0, 5.0]


@pytest.mark.slow
def test_intervals_cover_true_changes_and_false_changes_are_as_rare_as_stated(tiny: dict):
    """120 pairs of years: two drops, one rise, nine shops that stay. Intervals of 89 % cover at that rate within four
    Monte Carlo errors (1440 changes, correlated within a pair of years at most through mu and tau), and of the shops
    without a change of a point no more are called changed than 5 %."""
    old, new = edition_of(tiny, 2024), edition_of(tiny, 2025, previous={"edition": "shops-2024"})
    rng = np.random.default_rng(7)
    shape = (len(SHOPS), len(INDICATORS), len(CATEGORIES))
    covered, called, stayed = [], 0, 0
    for _ in range(120):
        before = rng.uniform(0.4, 0.7, shape)
        shift = rng.normal(0, 0.003, len(SHOPS)) + np.array([-0.06, -0.05, 0.05] + [0.0] * 9)
        now = before + shift[:, None, None]
        rows = rng.integers(300, 900, shape)
        found = compare_years(counted(old, before, rows, rng), counted(new, now, rows, rng), new).split.set_index(
            "entity"
        )
        truth = _composite(now, rows) - _composite(before, rows)
        own = found.loc[SHOPS]
        covered += list((own["lower"] <= truth) & (truth <= own["upper"]))
        still = np.abs(truth) < 1
        called += int(((own["up"] >= 0.95) | (own["down"] >= 0.95)).to_numpy()[still].sum())
        stayed += int(still.sum())
    share = np.mean(covered)
    assert abs(share - 0.89) < 4 * np.sqrt(0.89 * 0.11 / len(covered))
    assert called / stayed <= 0.05


def _composite(rates: np.ndarray, rows: np.ndarray) -> np.ndarray:
    """The composite of true rates, by hand: below the baseline of 90 the score is 90 (x - 20) / 70."""
    value = 100 * (rates * rows).sum(axis=2) / rows.sum(axis=2)
    score = 90 * (value - 20) / 70
    return score @ np.array([0.30, 0.20, 0.25, 0.25])
