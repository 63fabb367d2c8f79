"""Factors: what was put into correlations comes out of them."""

import numpy as np
import pandas as pd
import pytest

from evalcore.survey.factors import bifactor, by_chance, eigenvalues

GENERAL, SHARED = np.array([0.8, 0.8, 0.6, 0.6, 0.7, 0.7]), np.array([0.2, 0.1, 0.0])
DIMENSIONS = {"one": ["a", "b"], "two": ["c", "d"], "three": ["e", "f"]}


@pytest.fixture(scope="module")
def items():
    """Items whose sample correlations are exactly those of the factors."""
    wanted = np.outer(GENERAL, GENERAL) + np.kron(np.diag(SHARED), np.ones((2, 2)))
    np.fill_diagonal(wanted, 1)
    drawn = np.random.default_rng(1).normal(size=(500, 6))
    white = np.linalg.qr(drawn - drawn.mean(axis=0))[0]
    return pd.DataFrame(white @ np.linalg.cholesky(wanted).T, columns=list("abcdef"))


def test_loadings_are_found(items):
    """One general factor, and what items of a dimension share beyond it; nothing is missed."""
    found = bifactor(items, DIMENSIONS)
    np.testing.assert_allclose(found.general, GENERAL, atol=1e-5)
    np.testing.assert_allclose(found.shared, SHARED, atol=1e-5)
    assert found.misfit < 1e-6 < found.misfit_one


def test_omega_is_the_share_of_the_sums_variance(items):
    """General: squared sum of the loadings; in all: four times what each pair shares on top."""
    total = GENERAL.sum() ** 2 + 4 * SHARED.sum() + (1 - GENERAL**2 - np.repeat(SHARED, 2)).sum()
    found = bifactor(items, DIMENSIONS)
    assert found.omega_general == pytest.approx(GENERAL.sum() ** 2 / total, abs=1e-4)
    assert found.omega == pytest.approx((GENERAL.sum() ** 2 + 4 * SHARED.sum()) / total, abs=1e-4)


def test_a_general_factor_stands_above_chance_and_noise_does_not(items):
    """The first eigenvalue of correlated items lies above those of noise, which lie near one."""
    chance = by_chance(500, 6, 50, np.random.default_rng(2))
    assert eigenvalues(items)[0] > chance[0]
    assert 1 < chance[0] < 1.4
