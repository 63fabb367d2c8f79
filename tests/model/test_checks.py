"""All checks of one fit, from its tree alone, as it comes back from its file."""

import numpy as np
import pytest
import xarray as xr

from evalcore.model.checks import Checked, answered_cells, check_ordinal, joined
from evalcore.model.predictive import mean_level
from evalcore.model.priors import Priors
from evalcore.model.sample import Settings, sample


@pytest.fixture(scope="module")
def stored(design, tmp_path_factory) -> xr.DataTree:
    """A posterior of the shared world with as many draws as an edition takes, written and read again."""
    settings = Settings(draws=1000, tune=700, taken=4000)
    path = tmp_path_factory.mktemp("posterior") / "csat.nc"
    sample(design, Priors(), settings, seed=29).to_netcdf(path, engine="h5netcdf")
    return xr.open_datatree(path, engine="h5netcdf").load()


@pytest.fixture(scope="module")
def checked(stored) -> Checked:
    """Its checks."""
    return check_ordinal("csat", stored, 0.89, np.random.default_rng(30))


def test_fit_of_a_world_as_modelled_passes(checked, design):
    """It converges, its replications look like its answers, no respondent decides."""
    assert checked.verdict.reasons == ()
    assert checked.summary["passed"]
    assert checked.summary["respondents"] == design.counts.sum()
    assert checked.summary["cells"] == len(design.cells)
    assert 0.01 < checked.summary["distance_p"] < 0.99
    assert checked.summary["k_above"] == 0


def test_observed_means_and_shares_are_those_of_the_answers(checked, design):
    """Per entity and over all, counted in plain NumPy."""
    entity = design.cells["entity"].to_numpy()
    for row in checked.groups.itertuples():
        assert row.observed == pytest.approx(mean_level(design.counts[entity == row.quantity].sum(axis=0)))
        assert row.low < row.mean < row.high
    shares = 100 * design.counts.sum(axis=0) / design.counts.sum()
    assert checked.levels["observed"].to_numpy() == pytest.approx(shares)


def test_prior_allows_far_more_than_the_fit(checked):
    """The prior's interval of every level's share holds the posterior's and is ten times as wide."""
    levels = checked.levels
    assert (levels["prior_low"] < levels["low"]).all()
    assert (levels["prior_high"] > levels["high"]).all()
    assert ((levels["prior_high"] - levels["prior_low"]) > 10 * (levels["high"] - levels["low"])).all()


def test_means_do_not_hang_on_the_hyperpriors(checked):
    """Several hundred answers per entity leave the priors of the spreads nothing to decide."""
    assert len(checked.sensitivity) == 6
    assert checked.summary["sensitive"] == 0


def test_answers_of_another_world_are_a_misfit(stored):
    """Were the answers of one entity turned upside down after the fit, its replications would not look like them."""
    turned = stored.copy(deep=True)
    first = (answered_cells(turned)["entity"] == "entity-0").to_numpy()
    counts = turned["observed_data"]["counts"].to_numpy()
    counts[first] = counts[first, ::-1]
    found = check_ordinal("csat", turned, 0.89, np.random.default_rng(31))
    assert [(reason.check, reason.where) for reason in found.verdict.reasons] == [("misfit", "entity-0")]
    assert found.summary["distance_p"] == 0


def test_checks_of_several_fits_are_joined(checked):
    """One row per fit, and the frames below each other under the fit's name."""
    frames = joined([checked, checked._replace(summary=checked.summary | {"fit": "other"})])
    assert list(frames["summary"]["fit"]) == ["csat", "other"]
    assert len(frames["groups"]) == 12
