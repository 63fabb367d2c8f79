"""Shares corrected for a classifier's errors."""

import numpy as np
import pytest

from evalcore.survey.prevalence import calibrated_shares, corrected_shares

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


def test_groups_share_the_draws_of_the_errors() -> None:
    """Two equal groups differ by what their own counts leave open only, though the few statements leave much open."""
    told, confusion = 1e6 * TRUE @ ERRORS, 10 * ERRORS
    found = draws(np.stack([told, told]), confusion)
    assert found.shape == (500, 2, 3)
    assert (found[:, 0] - found[:, 1]).std(axis=0).max() < 0.1 * found[:, 0].std(axis=0).min()
    assert found[:, 0] == pytest.approx(draws(told, confusion), abs=1e-12)


def calibrated(told, read, seed=1):
    """Shares by what was read of this very corpus, seeded."""
    return calibrated_shares(told, read, 500, np.random.default_rng(seed), 1 / 3)


def test_a_sample_of_the_same_texts_undoes_errors_that_were_measured_elsewhere() -> None:
    """Texts told with other errors than those known: what was read in the corpus corrects, the other errors do not."""
    other = ERRORS[[1, 2, 0]]
    told = 1e6 * TRUE @ other
    assert calibrated(told, 1e5 * TRUE[:, None] * other).mean(axis=0) == pytest.approx(TRUE, abs=0.01)
    assert np.abs(draws(told, 1e5 * ERRORS).mean(axis=0) - TRUE).max() > 0.1


def test_classes_that_are_never_told_are_found_by_reading() -> None:
    """A third of what is told to be of the first class is of a class that the classifier does not know."""
    read = np.array([[200.0, 0], [0, 300], [100, 0]])
    found = calibrated(np.array([6000.0, 4000]), read).mean(axis=0)
    assert found == pytest.approx([0.4, 0.4, 0.2], abs=0.01)


@pytest.mark.slow
def test_calibrated_intervals_hold_the_truth_as_often_as_they_say() -> None:
    """300 worlds, 100 of 3,000 texts read: 89 % intervals hold each share in 83 to 95 of 100."""
    rng, held = np.random.default_rng(9), []
    joint = (TRUE[:, None] * ERRORS).ravel()
    for world in range(300):
        texts = rng.choice(9, 3000, p=joint)
        read = np.bincount(texts[:100], minlength=9).reshape(3, 3).astype(float)
        cells = np.bincount(texts, minlength=9).reshape(3, 3)
        low, high = np.quantile(calibrated(cells.sum(axis=0).astype(float), read, world), [0.055, 0.945], axis=0)
        truth = cells.sum(axis=1) / 3000
        held.append((low <= truth) & (truth <= high))
    coverage = np.mean(held, axis=0)
    assert (coverage > 0.83).all()
    assert (coverage < 0.95).all()
