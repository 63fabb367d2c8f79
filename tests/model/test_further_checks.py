"""Rates and panels are judged like ratings: replicated data, sampler, sensitivity."""

import numpy as np
import pytest
from test_model_experts import reviews_of
from test_model_rates import KNOWN, world

from evalcore.model.experts import fit_experts
from evalcore.model.further_checks import check_panel, check_rate
from evalcore.model.rate_fitting import fit_rate
from evalcore.model.sampler import Settings

SETTINGS = Settings(draws=4000, tune=500)


@pytest.fixture(scope="module")
def rate():
    """A rate of sixty cases a cell."""
    return fit_rate(world(np.random.default_rng(4), 60), KNOWN, SETTINGS, seed=5, name="R1-0")


@pytest.fixture(scope="module")
def experts():
    """Ten experts who score everything."""
    rng = np.random.default_rng(3)
    quality, severity = 6.5 + rng.normal(0, 0.7, (8, 3)), rng.normal(0, 0.4, 10)
    return fit_experts(reviews_of(rng, quality, severity, noise=0.6), SETTINGS, seed=6)


def test_rate_of_a_world_as_modelled_passes(rate):
    """Observed shares of every entity lie among the replicated; each is reported in percent."""
    found = check_rate("R1-0", rate, 0.89, np.random.default_rng(1))
    assert found.verdict.passed, found.verdict.reasons
    assert len(found.groups) == 8
    assert found.groups["observed"].between(0, 100).all()
    assert 0.01 < found.summary["distance_p"] < 0.99


def test_cases_of_another_world_are_a_misfit(rate):
    """Every case a hit at one entity: its share no longer looks like its replications."""
    strange = rate.copy(deep=True)
    mine = strange["observed_data"]["entity"] == "e1"
    hits = strange["observed_data"]["hits"].where(~mine, strange["observed_data"]["n"])
    strange["observed_data"]["hits"] = hits
    found = check_rate("R1-0", strange, 0.89, np.random.default_rng(1))
    assert [reason.check for reason in found.verdict.reasons] == ["misfit"]
    assert found.verdict.reasons[0].where == "e1"


def test_panel_of_a_world_as_modelled_passes(experts):
    """Mean scores of every entity, points of 100, lie among the replicated."""
    found = check_panel("experts", experts, 0.89, np.random.default_rng(1))
    assert found.verdict.passed, found.verdict.reasons
    assert found.summary["respondents"] == 240
    assert found.groups["observed"].between(10, 100).all()
    assert found.groups["difference"].abs().max() < 2


def test_hyperpriors_decide_little(rate, experts):
    """Counts and scores enough: no mean moves with the priors of the spreads."""
    for found in (
        check_rate("R1-0", rate, 0.89, np.random.default_rng(1)),
        check_panel("experts", experts, 0.89, np.random.default_rng(1)),
    ):
        assert found.summary["sensitive"] == 0
