"""Shares corrected for a classifier's errors."""

import numpy as np
import pytest

from evalcore.survey.prevalence import corrected_shares

ERRORS = np.array([[0.8, 0.15, 0.05], [0.3, 0.6, 0.1], [0.1, 0.2, 0.7]])
"""Chance of telling each class (columns) when another is true (rows)."""
TRUE = np.array([0.2, 0.5, 0.3])


def draws(told, confusion, seed=1, **idle):
    """Corrected shares, seeded."""
    return corrected_shares(told, confusion, 500, np.random.default_rng(seed), **idle)


def test_known_errors_are_undone() -> None:
    """With errors known from many statements, the mixture of true shares comes back, within 2 points."""
    found = draws(1e6 * TRUE @ ERRORS, 1e5 * ERRORS)
    assert found.mean(axis=0) == pytest.approx(TRUE, abs=0.02)
    assert found.sum(axis=1) == pytest.approx(np.ones(500))


def test_texts_without_a_problem_are_taken_out() -> None:
    """A fifth of the texts names no problem and is told to be of the first class; the shares of the rest come back."""
    told = 1e6 * (0.8 * TRUE @ ERRORS + 0.2 * np.array([1.0, 0, 0]))
    idle = {"idle": np.array([1e5, 0, 0]), "idle_share": (20_000, 100_000)}
    assert draws(told, 1e5 * ERRORS, **idle).mean(axis=0) == pytest.approx(TRUE, abs=0.02)


def test_few_labelled_statements_leave_wide_intervals() -> None:
    """Ten statements a class say less than a thousand, however many texts were classified."""
    wide, narrow = (draws(1e6 * TRUE @ ERRORS, number * ERRORS).std(axis=0) for number in (10, 1000))
    assert (wide > 3 * narrow).all()


@pytest.mark.slow
def test_intervals_hold_the_truth_as_often_as_they_say() -> None:
    """200 worlds, 20 statements a class and 3,000 texts: 89 % intervals hold each share in 80 to 98 of 100."""
    rng, held = np.random.default_rng(8), []
    for world in range(200):
        confusion = np.stack([rng.multinomial(20, row) for row in ERRORS]).astype(float)
        told = rng.multinomial(3000, TRUE @ ERRORS).astype(float)
        low, high = np.quantile(draws(told, confusion, seed=world), [0.055, 0.945], axis=0)
        held.append((low <= TRUE) & (high >= TRUE))
    coverage = np.mean(held, axis=0)
    assert (coverage > 0.80).all()
    assert (coverage < 0.98).all()
