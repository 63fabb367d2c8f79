"""Experts: severities, favours and qualities of a known panel are found; hard panels are fitted or refused."""

import numpy as np
import pandas as pd
import pytest

from evalcore.errors import EvalcoreError
from evalcore.model.experts import expert_data, fit_experts, panel
from evalcore.model.panel import expert_draws
from evalcore.model.sampler import Settings

ENTITIES, DIMENSIONS, EXPERTS = [f"p{k}" for k in range(8)], ["R", "S", "E"], [f"x{k:02d}" for k in range(10)]
SETTINGS = Settings(draws=2000, tune=500)


def reviews_of(rng: np.random.Generator, quality: np.ndarray, severity: np.ndarray, noise: float) -> pd.DataFrame:
    """Whole scores of 1 to 10, everybody everything: quality (entity, dimension) less severity (expert,)."""
    mean = quality[None] - severity[:, None, None]
    score = np.clip(np.round(rng.normal(mean, noise)), 1, 10)
    index = pd.MultiIndex.from_product([EXPERTS, ENTITIES, DIMENSIONS], names=["expert", "entity", "dimension"])
    return pd.DataFrame({"score": score.ravel()}, index=index).reset_index().assign(conflict=False)


@pytest.fixture(scope="module")
def truth() -> tuple[np.ndarray, np.ndarray]:
    """Qualities about 6.5, severities that add up to zero, the first expert severe, the second lenient."""
    rng = np.random.default_rng(11)
    severity = rng.normal(0, 0.2, len(EXPERTS))
    severity[:2] = 1.5, -1.5
    return 6.5 + rng.normal(0, 0.7, (8, 3)), severity - severity.mean()


@pytest.fixture(scope="module")
def reviews(truth) -> pd.DataFrame:
    """Some two thirds of all scores, the severe expert only for the first three entities, a friend's favour of 2."""
    rng = np.random.default_rng(12)
    whole = reviews_of(rng, *truth, noise=0.6)
    friend = (whole["expert"] == "x05") & (whole["entity"] == "p2")
    whole = whole.assign(conflict=friend, score=np.minimum(whole["score"] + 2 * friend, 10))
    kept = (rng.random(len(whole)) < 0.7) | friend
    partial = (whole["expert"] == "x00") & ~whole["entity"].isin(["p0", "p1", "p2"])
    return whole[kept & ~partial].reset_index(drop=True)


@pytest.fixture(scope="module")
def tree(reviews):
    """Its posterior."""
    return fit_experts(reviews, SETTINGS, seed=13)


def standardised(drawn: np.ndarray, truth: np.ndarray) -> np.ndarray:
    """Errors of posterior means in posterior standard deviations; draws along the first axis."""
    return (drawn.mean(axis=0) - truth) / drawn.std(axis=0)


def test_scores_are_recovered_though_the_panel_is_not_balanced(truth, tree):
    """No standardised error of 24 beyond 4; their root mean square is about one."""
    z = standardised(expert_draws(tree).sel(dimension=DIMENSIONS).to_numpy(), 10 * truth[0])
    assert np.abs(z).max() < 4
    assert np.sqrt((z**2).mean()) < 1.8


def test_severe_and_lenient_experts_are_seen(truth, tree):
    """Leniency is minus severity, recovered for everybody."""
    leniency = tree["posterior"]["effect_expert"].stack(sample=("chain", "draw")).to_numpy().T
    assert np.abs(standardised(leniency, -truth[1])).max() < 4
    order = tree["posterior"]["effect_expert"].mean(("chain", "draw")).to_series().sort_values().index
    assert (order[0], order[-1]) == ("x00", "x01")


def test_a_favour_is_told_from_quality(tree):
    """The declared conflict is worth about 2 points; its three scores do not lift the entity."""
    favour = tree["posterior"]["favour"]
    assert abs(float(favour.mean()) - 2) < 4 * float(favour.std())
    assert float(favour.mean()) > 1


def test_effects_add_up_to_zero(tree):
    """The panel as a whole defines the scale."""
    np.testing.assert_allclose(tree["posterior"]["effect_expert"].sum("expert"), 0, atol=1e-12)


def test_the_same_seed_gives_the_same_posterior(reviews, tree):
    """Bit for bit."""
    assert fit_experts(reviews, SETTINGS, seed=13).identical(tree)


def test_an_expert_left_out_is_one_more_fit_of_the_same_model(reviews, tree):
    """Same members, fewer rows; what nobody else scored is missing, the rest is not."""
    known = panel(reviews)
    less = fit_experts(reviews[reviews["expert"] != "x01"], Settings(400, 300), seed=14, known=known)
    assert less["posterior"].sizes["expert"] == len(EXPERTS)
    assert expert_draws(less).notnull().all()


def test_what_nobody_scored_is_missing(reviews):
    """In every draw, and nowhere else."""
    known = panel(reviews)
    unseen = (reviews["entity"] == "p4") & (reviews["dimension"] == "S")
    draws = expert_draws(fit_experts(reviews[~unseen], Settings(400, 300), seed=15, known=known))
    missing = draws.isnull()
    assert missing.sel(entity="p4", dimension="S").all()
    assert int(missing.sum()) == 400


def test_equal_scores_give_equal_finite_results(reviews):
    """Everybody says 7: every score is about 70, finite, and surer than rounding allows nobody to be."""
    same = reviews.assign(score=7.0, conflict=False)
    draws = expert_draws(fit_experts(same, Settings(2000, 500), seed=16, known=panel(reviews)))
    assert np.isfinite(draws).all()
    assert np.abs(draws.mean("draw") - 70).max() < 1.5


def test_an_expert_who_saw_one_entity_only_does_not_decide_it(reviews):
    """A harsh stranger is taken for severe: the entity falls, but by less than its raw mean does."""
    whole = reviews[reviews["expert"].isin(EXPERTS[1:])]
    stranger = pd.DataFrame({"expert": "x00", "entity": "p6", "dimension": DIMENSIONS, "score": 1.0, "conflict": False})
    with_one, without = (
        expert_draws(fit_experts(rows, Settings(1000, 500), seed=17, known=panel(reviews))).mean("draw")
        for rows in (pd.concat([whole, stranger], ignore_index=True), whole)
    )
    fall = float((without - with_one).sel(entity="p6").mean())
    own = whole[whole["entity"] == "p6"]
    raw = 10 * (own["score"].mean() - pd.concat([own, stranger])["score"].mean())
    assert 0 < fall < raw


BROKEN = {
    "one expert": (lambda r: r[r["expert"] == "x03"], "1 expert.*severity of one"),
    "eleven": (lambda r: r.assign(score=11), "score: 11.*1 to 10"),
    "missing": (lambda r: r.assign(score=np.nan), "score: nan.*1 to 10"),
    "twice": (lambda r: pd.concat([r, r]), "one score per expert"),
}


@pytest.mark.parametrize("how", BROKEN)
def test_reviews_that_cannot_be_fitted_are_refused(how, reviews):
    """With expert, entity and dimension, before anything is compiled."""
    broken, message = BROKEN[how]
    with pytest.raises(EvalcoreError, match=f"(?s){message}"):
        expert_data(broken(reviews), panel(reviews))
