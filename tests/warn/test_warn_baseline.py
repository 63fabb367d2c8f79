"""The baseline: against statsmodels, its false alarms against the nominal rate, and blind to tomorrow."""

import numpy as np
import pytest
import statsmodels.api as sm

from evalcore.edition.warning import Baseline
from evalcore.warn.baseline import Expected, design_of, expect, inverses, quantile, regress, upper_tail
from evalcore.warn.past import past_of

SPEC = Baseline(chance={"red": 1e-6, "blue": 1e-3}, promotion={"load": 4, "spread": 0.25})
DAYS = 200
WEEKDAY = np.arange(DAYS) % 7
ORDINARY = np.zeros(DAYS, bool)


def overdispersed(mean: np.ndarray, dispersion: float, rng: np.random.Generator) -> np.ndarray:
    """Counts of a mean whose variance is `dispersion` times as large."""
    return rng.negative_binomial(mean / (dispersion - 1), 1 / dispersion)


@pytest.fixture
def counts() -> np.ndarray:
    """Three series of 200 days with weekdays and a trend, drawn once."""
    rng = np.random.default_rng(11)
    log_mean = np.log([20, 60, 200]) + 0.2 * np.sin(WEEKDAY)[:, None] + 0.001 * np.arange(DAYS)[:, None]
    return overdispersed(np.exp(log_mean), 1.8, rng)


def test_mean_and_variance_are_those_of_statsmodels(counts: np.ndarray) -> None:
    """A quasi-Poisson GLM of the days kept gives the same prediction; its variance is phi m + (m se)^2."""
    design = design_of(np.arange(-84, 1), WEEKDAY[:85], 84)
    kept = np.ones((84, 3), bool)
    kept[10:15, 1] = False
    found = regress(design, counts[:84], kept)
    for k in range(3):
        own = kept[:, k]
        model = sm.GLM(counts[:84, k][own], design[:-1][own], family=sm.families.Poisson()).fit(scale="X2")
        predicted = model.get_prediction(design[-1:])
        mean = predicted.predicted_mean[0]
        assert found.mean[k] == pytest.approx(mean, rel=1e-6)
        assert found.variance[k] == pytest.approx(max(model.scale, 1) * mean + predicted.se_mean[0] ** 2, rel=1e-6)
        assert found.df[k] == model.df_resid


@pytest.mark.parametrize("level", [20, 150])
def test_false_alarms_come_at_the_nominal_rate(level: float) -> None:
    """20,000 overdispersed weeks with a trend: the rate lies between that of as many and that of more, within 4 errors.

    A count is discrete: P(as many or more) is under a chance a little less often than the chance says, P(more) a
    little more often.
    """
    number, rng = 20_000, np.random.default_rng(12)
    design = design_of(np.arange(-84, 1), np.arange(85) % 7, 84)
    week = np.array([0.1, -0.2, 0.3, 0.1, -0.5, 0.2, 0.0])[np.arange(85) % 7]
    mean = level * np.exp(week + 0.002 * np.arange(85))
    drawn = overdispersed(np.broadcast_to(mean[:, None], (85, number)), 1.7, rng)
    expected = regress(design, drawn[:-1], np.ones((84, number), bool))
    for chance in (0.01, 0.001):
        error = 4 * np.sqrt(chance * (1 - chance) / number)
        assert (upper_tail(drawn[-1], expected) <= chance).mean() <= chance + error
        assert (upper_tail(drawn[-1] + 1, expected) <= chance).mean() >= chance - error


@pytest.mark.slow
def test_with_years_behind_the_season_is_no_alarm() -> None:
    """Three years of a season of a third up and down: with annual terms the nominal rate is kept within 4 errors."""
    number, past, chance = 1500, 1095, 0.05
    days, rng = np.arange(past + 1), np.random.default_rng(13)
    mean = 80 * np.exp(0.3 * np.cos(2 * np.pi * (days[:, None] / 365.25 + rng.random(number))))
    drawn = overdispersed(mean, 1.7, rng)
    design = design_of(days - past, days % 7, past)
    assert design.shape[1] == 12
    expected = regress(design, drawn[:-1], np.ones((past, number), bool))
    error = 4 * np.sqrt(chance * (1 - chance) / number)
    assert (upper_tail(drawn[-1], expected) <= chance).mean() <= chance + error
    assert (upper_tail(drawn[-1] + 1, expected) <= chance).mean() >= chance - error


def test_tomorrow_changes_nothing_of_today(counts: np.ndarray) -> None:
    """Whatever comes from a day on, all that is expected up to that day stays bit for bit."""
    changed = counts.copy()
    changed[150:] = 9 * changed[150:] + 1
    promotion = (np.arange(DAYS) > 100) & (np.arange(DAYS) < 110)
    before, after = (expect(of, WEEKDAY, promotion, SPEC) for of in (counts, changed))
    for one, other in zip(before, after, strict=True):
        np.testing.assert_array_equal(one[:151], other[:151])
    assert (before.mean[152:] != after.mean[152:]).any()


def test_the_first_days_are_not_judged(counts: np.ndarray) -> None:
    """With fewer days behind than wanted nothing is expected, and the chance is 1."""
    found = expect(counts, WEEKDAY, ORDINARY, SPEC)
    assert np.isnan(found.mean[: SPEC.least_days]).all()
    assert not np.isnan(found.mean[SPEC.least_days :]).any()
    assert (upper_tail(counts[0] * 100, Expected(*(of[0] for of in found))) == 1).all()


def test_an_outbreak_is_no_standard_for_the_days_after(counts: np.ndarray) -> None:
    """Ten days of five times as many alarm each; then as much is expected as without them, within a tenth."""
    struck = counts.copy()
    struck[120:130] *= 5
    calm, after = expect(counts, WEEKDAY, ORDINARY, SPEC), expect(struck, WEEKDAY, ORDINARY, SPEC)
    chance = upper_tail(struck, after)
    assert (chance[120:130, 1:] <= SPEC.chance["blue"]).all()
    np.testing.assert_allclose(after.mean[130:150, 1:], calm.mean[130:150, 1:], rtol=0.1)


def test_what_stays_becomes_the_standard() -> None:
    """Days that alarmed are left out as long as enough others are in the window; then they come back."""
    ordinary, alarmed = np.ones(60, bool), np.zeros((60, 1), bool)
    alarmed[30:50] = True
    _, kept = past_of(50, 40, ordinary, alarmed, 20)
    assert kept[:, 0].tolist() == [True] * 20 + [False] * 20
    _, kept = past_of(51, 40, ordinary, alarmed, 21)
    assert kept.all()


def test_days_of_promotions_are_no_standard() -> None:
    """They never count, however few others there are."""
    ordinary = np.arange(30) % 2 == 0
    window, kept = past_of(30, 10, ordinary, np.zeros((30, 1), bool), 8)
    assert (window.start, window.stop) == (20, 30)
    assert kept[:, 0].tolist() == ordinary[20:].tolist()


def test_a_promotion_is_held_against_the_plan_and_then_against_itself() -> None:
    """First four times an ordinary day, as planned; after a week of it three times, as its own days had it."""
    counts = np.full((DAYS, 1), 100)
    promotion = (np.arange(DAYS) >= 100) & (np.arange(DAYS) < 115)
    counts[promotion] = 300
    found = expect(counts, WEEKDAY, promotion, SPEC)
    assert found.mean[100:107, 0] == pytest.approx(np.full(7, 400), rel=1e-6)
    assert found.mean[107:115, 0] == pytest.approx(np.full(8, 300), rel=0.01)
    assert found.mean[115, 0] == pytest.approx(100, rel=1e-6)
    assert (upper_tail(counts, found) > 0.1).all()


def test_the_interval_holds_as_many_as_it_says() -> None:
    """Of 20,000 Poisson counts of a known mean of 40, 95 percent within a point and a half: counts are discrete."""
    known = Expected(*(np.array(value) for value in (40.0, 40.0, 1e9)))
    drawn = np.random.default_rng(14).poisson(40, 20_000)
    inside = ((drawn >= quantile(0.025, known)) & (drawn <= quantile(0.975, known))).mean()
    assert inside == pytest.approx(0.95, abs=0.015)


def test_inverses_are_those_of_lapack() -> None:
    """A stack of positive definite matrices, to nine digits."""
    roots = np.random.default_rng(15).normal(size=(6, 9, 9))
    matrices = np.einsum("sij,skj->sik", roots, roots) + np.eye(9)
    np.testing.assert_allclose(inverses(matrices), np.linalg.inv(matrices), rtol=1e-9, atol=1e-12)
