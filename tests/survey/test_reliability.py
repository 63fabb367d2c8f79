"""Reliability: alpha by its formula, omega of known loadings, item-rest correlations in plain pandas."""

import numpy as np
import pandas as pd
import pytest

from evalcore.survey.reliability import cronbach, item_rest, loadings, omega

LOADINGS = np.array([0.9, 0.8, 0.7, 0.6])
PEOPLE = 40_000


@pytest.fixture(scope="module")
def answers() -> pd.DataFrame:
    """Normal items of one factor, unit variances, with known loadings."""
    rng = np.random.default_rng(41)
    factor = rng.normal(size=(PEOPLE, 1))
    noise = rng.normal(size=(PEOPLE, len(LOADINGS))) * np.sqrt(1 - LOADINGS**2)
    return pd.DataFrame(factor * LOADINGS + noise, columns=list("abcd"))


def test_alpha_is_that_of_the_formula(answers: pd.DataFrame) -> None:
    """k / (k - 1) times one less the variances over that of the sum, and inside its interval."""
    k, total = answers.shape[1], answers.sum(axis=1)
    found = cronbach(answers)
    assert found.value == pytest.approx(k / (k - 1) * (1 - answers.var().sum() / total.var()), abs=1e-9)
    assert found.lower <= found.value <= found.upper


def test_loadings_of_an_exact_correlation_matrix_are_found() -> None:
    """Where the matrix is that of one factor the residuals vanish."""
    correlation = np.outer(LOADINGS, LOADINGS)
    np.fill_diagonal(correlation, 1)
    assert loadings(correlation) == pytest.approx(LOADINGS, abs=1e-9)


def test_omega_is_that_of_the_known_loadings(answers: pd.DataFrame) -> None:
    """9 / (9 + 1.7) for these; 40,000 people leave an error of about 0.001."""
    expected = LOADINGS.sum() ** 2 / (LOADINGS.sum() ** 2 + (1 - LOADINGS**2).sum())
    assert omega(answers) == pytest.approx(expected, abs=0.005)
    assert omega(answers) > cronbach(answers).value


def test_two_items_have_no_omega(answers: pd.DataFrame) -> None:
    """One factor is not identified; alpha is then Spearman and Brown's 2 r / (1 + r) of standardised items."""
    pair = (answers[["a", "b"]] - answers[["a", "b"]].mean()) / answers[["a", "b"]].std()
    r = pair["a"].corr(pair["b"])
    assert np.isnan(omega(pair))
    assert cronbach(pair).value == pytest.approx(2 * r / (1 + r), abs=1e-9)


def test_item_rest_leaves_the_item_out(answers: pd.DataFrame) -> None:
    """The correlation with the sum of the other three, as pandas has it."""
    rest = answers[["b", "c", "d"]].sum(axis=1)
    assert item_rest(answers)["a"] == pytest.approx(answers["a"].corr(rest), abs=1e-9)


def test_missing_answers_take_their_row_out(answers: pd.DataFrame) -> None:
    """Only complete rows count."""
    holes = answers.head(200).copy()
    holes.loc[holes.index[:50], "a"] = np.nan
    assert cronbach(holes).value == cronbach(answers.iloc[50:200]).value


def test_what_does_not_vary_has_no_reliability() -> None:
    """Everybody gave the same answers: not a number, and no warning."""
    same = pd.DataFrame({name: [4, 4, 4] for name in "abc"})
    assert np.isnan(cronbach(same).value)
    assert np.isnan(omega(same))
    assert item_rest(same).isna().all()
