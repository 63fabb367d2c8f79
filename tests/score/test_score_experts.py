"""Expert scores: severities are taken off, conflicts left out, and draws resample the panel."""

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest

from evalcore.edition import Edition
from evalcore.score.experts import expert_scores, severity_adjusted

QUALITY = {"A": 7.0, "B": 5.0}
SEVERITY = {"mild": 1.5, "fair": 0.0, "strict": -1.5}
PANEL = {x: {e: quality + severity for e, quality in QUALITY.items()} for x, severity in SEVERITY.items()}


def value_of(reviews: pd.DataFrame, edition: Edition) -> dict[str, float]:
    """Score of the first dimension by entity."""
    return expert_scores(reviews, edition)["value"].sel(dimension="R").to_series().to_dict()


def test_planted_severities_are_recovered(reviews_of: Callable) -> None:
    """Scores are quality plus severity: adjusted, every expert gives an entity its quality."""
    adjusted = severity_adjusted(reviews_of(PANEL))
    found = adjusted.groupby("entity")["adjusted"].agg(["min", "max"])
    np.testing.assert_allclose(found.to_numpy(), [[7, 7], [5, 5]])
    severity = (adjusted["score"] - adjusted["adjusted"]).groupby(adjusted["expert"]).mean().to_dict()
    assert severity == pytest.approx(SEVERITY)


def test_a_balanced_panel_scores_its_raw_mean(reviews_of: Callable, tiny_edition: Edition) -> None:
    """Where everybody scores everyone, severities cancel: ten times the plain mean."""
    rng = np.random.default_rng(3)
    reviews = reviews_of({f"x{k}": {"A": rng.integers(1, 11), "B": rng.integers(1, 11)} for k in range(15)})
    raw = 10 * reviews[reviews["dimension"] == "R"].groupby("entity")["score"].mean()
    assert value_of(reviews, tiny_edition) == pytest.approx(raw.to_dict())


def test_reviews_with_a_conflict_are_left_out(reviews_of: Callable, tiny_edition: Edition) -> None:
    """A friend's 10 changes nothing."""
    reviews = reviews_of(PANEL)
    friend = reviews_of({"friend": {"A": 10.0, "B": 1.0}}).assign(conflict=True)
    assert value_of(pd.concat([reviews, friend]), tiny_edition) == pytest.approx(value_of(reviews, tiny_edition))


def test_only_the_discussed_round_counts(reviews_of: Callable, tiny_edition: Edition) -> None:
    """Blind scores show agreement; they do not enter."""
    reviews = reviews_of(PANEL)
    blind = reviews.assign(round="blind", score=1.0)
    assert value_of(pd.concat([blind, reviews]), tiny_edition) == pytest.approx(value_of(reviews, tiny_edition))


def test_an_entity_nobody_scored_is_missing(reviews_of: Callable, tiny_edition: Edition) -> None:
    """Missing, not zero, in the value and in every draw."""
    found = expert_scores(reviews_of({"x1": {"A": 8.0}, "x2": {"A": 6.0}}), tiny_edition)
    assert np.isnan(found["value"].sel(entity="B")).all()
    assert np.isnan(found["draws"].sel(entity="B")).all()


def test_experts_who_agree_leave_no_uncertainty(reviews_of: Callable, tiny_edition: Edition) -> None:
    """After severity is taken off they all say the same: every draw is the value."""
    found = expert_scores(reviews_of(PANEL), tiny_edition)
    np.testing.assert_allclose(found["draws"].sel(entity="A"), 70)


def test_draws_resample_the_panel(reviews_of: Callable, tiny_edition: Edition) -> None:
    """Variance s^2 / (n + 1) of the adjusted scores, as the Bayesian bootstrap has it (4 standard errors)."""
    rng = np.random.default_rng(3)
    reviews = reviews_of({f"x{k}": {"A": rng.integers(1, 11), "B": rng.integers(1, 11)} for k in range(15)})
    adjusted = severity_adjusted(reviews).query("entity == 'A' and dimension == 'R'")["adjusted"] * 10
    draws = expert_scores(reviews, tiny_edition)["draws"].sel(entity="A", dimension="R").to_numpy()
    variance = adjusted.var(ddof=0) / 16
    assert draws.mean() == pytest.approx(adjusted.mean(), abs=4 * np.sqrt(variance / len(draws)))
    assert draws.var() == pytest.approx(variance, rel=4 * np.sqrt(2 / len(draws)))
