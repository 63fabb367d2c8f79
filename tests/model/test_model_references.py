"""The ordinal model against published fits and against statsmodels."""

import json

import arviz as az
import numpy as np
import pandas as pd
import pytest
import xarray as xr
from statsmodels.miscmodels.ordinal_model import OrderedModel

from evalcore.edition import load_edition
from evalcore.edition.model import Model
from evalcore.model import ordinal_design
from evalcore.model.posterior import combined, log_likelihood
from evalcore.model.priors import Priors
from evalcore.model.sample import Settings, sample

LEVELS = range(1, 7)


def mood(shared_data) -> pd.DataFrame:
    """The counts of the shared data, one row per group and mood."""
    wide = pd.read_csv(shared_data / "forstmann-mood" / "mood_by_h24_counts.csv")
    long = wide.melt(id_vars="mood", var_name="h24", value_name="n").rename(columns={"mood": "level"})
    return long.assign(h24=long["h24"].str.removeprefix("h24_"), item="mood")


def agrees(draws: np.ndarray, published: dict, mean: str, interval: str):
    """The posterior mean within 0.01 of the published one, the ends of the 95 % interval within 0.02."""
    assert draws.mean() == pytest.approx(published[mean], abs=0.01)
    np.testing.assert_allclose(np.quantile(draws, [0.025, 0.975]), published[interval], atol=0.02)


@pytest.fixture(scope="module")
def published(shared_data) -> dict:
    """Both published fits."""
    return json.loads((shared_data / "forstmann-mood" / "published.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def chosen(root) -> Model:
    """What the edition `forstmann-mood` chooses: the priors of the published fits."""
    return load_edition("forstmann-mood", root).model


def fitted(counts: pd.DataFrame, chosen: Model, unequal: str | None = None) -> xr.DataTree:
    """The fit the edition asks for."""
    design = ordinal_design(counts, LEVELS, {"h24": ["no", "yes"]})
    priors = Priors(chosen.link, chosen.cut_points, chosen.effects, unequal)
    return sample(design, priors, Settings(chosen.draws, chosen.tune, chosen.chains), seed=7)


def test_mood_with_equal_variances_meets_the_published_fit(shared_data, published, chosen):
    """Thresholds, the effect of 24 hours and its interval; the rarest threshold has 4,000 effective draws as well."""
    tree = fitted(mood(shared_data), chosen)
    drawn = tree["posterior"].to_dataset()[["effect_h24", "cut_point"]].isel(h24=1)
    assert az.ess(drawn, method="bulk").to_array().min() > 4000
    fit = published["fit1"]
    np.testing.assert_allclose(combined(tree, "cut_point").mean(axis=0), fit["thresholds"], atol=0.01)
    agrees(combined(tree, "effect_h24")[:, 1], fit, "h24", "h24_ci")


@pytest.mark.slow
def test_mood_with_unequal_variances_meets_the_published_fit(shared_data, published, chosen):
    """The second group's log discrimination as well."""
    tree = fitted(mood(shared_data), chosen, unequal="h24")
    fit = published["fit2_unequal_variance(disc~0+h24)"]
    np.testing.assert_allclose(combined(tree, "cut_point").mean(axis=0), fit["thresholds"], atol=0.01)
    agrees(combined(tree, "effect_h24")[:, 1], fit, "h24", "h24_ci")
    agrees(combined(tree, "log_disc_h24")[:, 1], fit, "disc_h24", "disc_ci")


@pytest.mark.slow
def test_dirichlet_cut_points_move_the_threshold_of_a_rare_level(shared_data):
    """Five of 1,160 answers: the default prior gives about -2.56, as expected (architecture.md)."""
    design = ordinal_design(mood(shared_data), LEVELS, {"h24": ["no", "yes"]})
    tree = sample(design, Priors("probit", effects="flat"), Settings(draws=4000, tune=1000), seed=8)
    assert combined(tree, "cut_point").mean(axis=0)[0] == pytest.approx(-2.56, abs=0.01)


@pytest.fixture(scope="module")
def large() -> pd.DataFrame:
    """Five thousand answers of two groups, drawn with an effect of 0.5."""
    rng = np.random.default_rng(9)
    latent = rng.normal(size=5000) + 0.5 * (np.arange(5000) % 2)
    rows = pd.DataFrame({"h24": np.where(np.arange(5000) % 2, "yes", "no")})
    return rows.assign(level=1 + np.digitize(latent, [-1.5, -0.9, -0.2, 0.6, 1.4]))


def test_likelihood_at_the_estimate_is_that_of_statsmodels(large):
    """At statsmodels' estimate our log-likelihood is its `llf`, respondent for respondent."""
    found = ordered(large)
    cuts = found.model.transform_threshold_params(found.params.to_numpy())[1:-1]
    effect = np.array([0, found.params.iloc[0]])
    posterior = xr.Dataset(
        {
            "cut_point": (("chain", "draw", "cut"), cuts[None, None]),
            "effect_h24": (("chain", "draw", "h24"), effect[None, None]),
        },
        coords={"h24": ["no", "yes"]},
    )
    tree = xr.DataTree.from_dict({"posterior": posterior})
    tree.attrs = {"link": "probit", "draws": 1, "levels": list(LEVELS)}
    design = ordinal_design(counted(large), LEVELS, {"h24": None})
    assert float(log_likelihood(tree, design.cells, design.counts)["answers"].sum()) == pytest.approx(
        found.llf, rel=1e-6
    )


def test_flat_effects_agree_with_statsmodels(large, chosen):
    """Posterior mean within a twentieth, and standard deviation within 5 percent, of estimate and standard error."""
    found, draws = ordered(large), combined(fitted(counted(large), chosen), "effect_h24")[:, 1]
    assert abs(draws.mean() - found.params.iloc[0]) < 0.05 * found.bse.iloc[0]
    assert draws.std() == pytest.approx(found.bse.iloc[0], rel=0.05)


def ordered(rows: pd.DataFrame):
    """statsmodels' ordered probit of the level on the group."""
    return OrderedModel(rows["level"], (rows[["h24"]] == "yes").astype(float), distr="probit").fit(
        method="bfgs", disp=False
    )


def counted(rows: pd.DataFrame) -> pd.DataFrame:
    """Rows as counts."""
    return rows.value_counts().rename("n").reset_index().assign(item="mood")
