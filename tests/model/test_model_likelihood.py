"""The cumulative likelihood against the textbook, and far out in the tails."""

import numpy as np
import pytensor
import pytensor.tensor as pt
import pytest
from pytensor.gradient import verify_grad
from scipy import special, stats

from evalcore.model.likelihood import LOGP
from evalcore.model.shares import log_shares, shares
from evalcore.model.tails import tails

CUTS = np.array([[-2.0, -0.5, 0.3, 1.7]])
F = {"logit": special.expit, "probit": special.ndtr}
COUNTS = np.array([[3, 0, 2, 5, 1], [1, 4, 2, 0, 9], [0, 0, 1, 0, 0]], dtype=float)
ETA = np.array([-0.7, 0.2, 1.4])
PLAIN = pytensor.compile.mode.Mode(linker="py", optimizer="fast_compile")


def logp(link: str, counts: np.ndarray, eta: np.ndarray, cuts: np.ndarray, disc: np.ndarray) -> np.ndarray:
    """The log-likelihood of cells, evaluated."""
    arguments = [pt.as_tensor(value) for value in (counts, eta, cuts, disc)]
    return pytensor.function([], LOGP[link](*arguments), mode=PLAIN)()


@pytest.mark.parametrize("link", ["logit", "probit"])
@pytest.mark.parametrize("disc", [np.ones(1), np.array([0.6, 1.0, 1.9])])
def test_likelihood_is_the_multinomial_of_differences(link, disc):
    """Cell by cell scipy's multinomial, whose chances are differences of F, less its coefficient."""
    below = F[link](disc[:, None] * (CUTS - ETA[:, None]))
    chances = np.diff(below, prepend=0, append=1, axis=1)
    n = COUNTS.sum(axis=1)
    coefficient = special.gammaln(n + 1) - special.gammaln(COUNTS + 1).sum(axis=1)
    expected = stats.multinomial.logpmf(COUNTS, n, chances) - coefficient
    np.testing.assert_allclose(logp(link, COUNTS, ETA, CUTS, disc), expected, rtol=1e-12)


@pytest.mark.parametrize("link", ["logit", "probit"])
@pytest.mark.parametrize("eta", [-1e4, -700.0, -38.0, 38.0, 700.0, 1e4])
def test_no_answer_is_impossible(link, eta):
    """Every level keeps a finite log share and a finite gradient, however extreme the cell."""
    value = pt.dvector()
    total = LOGP[link](pt.ones((1, 5)), value, pt.as_tensor(CUTS), pt.ones(1)).sum()
    found = pytensor.function([value], [total, pt.grad(total, value)], mode=PLAIN)(np.array([eta]))
    assert np.isfinite(found[0])
    assert np.isfinite(found[1]).all()
    np.testing.assert_allclose(found[0], log_shares(link, CUTS - eta).sum(), rtol=1e-9)


def test_tails_of_the_logit_by_hand():
    """At eta = 1000 the lowest level has log share c_1 - eta, the next that of its cut less the gap's part."""
    x = CUTS - 1000.0
    by_hand = [x[0, 0], *(x[0, k] + np.log1p(-np.exp(x[0, k - 1] - x[0, k])) for k in (1, 2, 3)), 0.0]
    np.testing.assert_allclose(log_shares("logit", x)[0], by_hand, rtol=1e-12)


def test_tail_of_the_probit_by_its_asymptotic_series():
    """At eta = 1000 the lowest level has log share -z^2/2 - log(z sqrt(2 pi)) with z = eta - c_1, to 1/z^2."""
    z = 1002.0
    expected = -(z**2) / 2 - np.log(z * np.sqrt(2 * np.pi))
    assert log_shares("probit", CUTS - 1000.0)[0, 0] == pytest.approx(expected, abs=2 / z**2)


@pytest.mark.parametrize("link", ["logit", "probit"])
def test_gradient_agrees_with_finite_differences(link):
    """Of location, cut points and discrimination."""

    def total(eta, cuts, disc):
        return LOGP[link](pt.as_tensor(COUNTS), eta, cuts, disc).sum()

    point = [ETA, CUTS, np.array([0.6, 1.0, 1.9])]
    verify_grad(total, point, rng=np.random.default_rng(1), mode=PLAIN)


def test_gradient_with_equal_variances_agrees_with_finite_differences():
    """The logit's own pass over the cells, near and far from the middle."""

    def total(eta, cuts):
        return LOGP["logit"](pt.as_tensor(COUNTS), eta, cuts, pt.ones(1)).sum()

    for eta in (ETA, ETA * 30, ETA * 300):
        verify_grad(total, [eta, CUTS], rng=np.random.default_rng(1), mode=PLAIN)


def test_series_of_the_logit_is_exact():
    """Terms of single cuts agree with scipy's softplus to the last digits over the whole range."""
    eta = np.concatenate([np.linspace(-299, 299, 4001), np.linspace(-3, 3, 4001)])
    counts, x = np.ones((len(eta), 2)), -eta
    np.testing.assert_allclose(tails(counts, eta, np.zeros(1))[0], x - 2 * np.logaddexp(0, x), rtol=1e-14)


@pytest.mark.parametrize("link", ["logit", "probit"])
def test_shares_add_up_to_one(link):
    """In the middle of the scale and far outside."""
    x = CUTS[0] - np.linspace(-50, 50, 11)[:, None]
    np.testing.assert_allclose(shares(link, x).sum(axis=1), 1, rtol=1e-12)
