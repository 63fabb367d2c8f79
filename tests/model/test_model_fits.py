"""What an edition asks of its fits, and what comes of one on few answers."""

from collections.abc import Callable
from dataclasses import replace

import ibis
import numpy as np
import pandas as pd
import pytest
import xarray as xr

from evalcore.edition import Edition
from evalcore.model.fits import answers_of, request
from evalcore.model.modelled import modelled_draws
from evalcore.model.ordinal_fitting import fit_ordinal
from evalcore.model.people import poststratified_fit
from evalcore.model.responses import UNKNOWN

MODEL = {"source": "survey", "items": ["satisfaction"], "segments": ["age"], "draws": 200, "taken": 400, "tune": 200}


@pytest.fixture
def edition(tiny: dict, edition_of: Callable[[dict], Edition]) -> Edition:
    """Two shops and one rating by age."""
    return edition_of(tiny | {"model": MODEL})


@pytest.fixture
def answers() -> pd.DataFrame:
    """300 answers; some people state no age, some do not rate."""
    rng = np.random.default_rng(4)
    frame = pd.DataFrame(
        {
            "entity": rng.choice(["A", "B"], 300),
            "category": "fresh",
            "period": rng.choice(["Q1", "Q2"], 300),
            "age": rng.choice(["young", "old", None], 300, p=[0.5, 0.4, 0.1]),
            "satisfaction": pd.array(rng.choice([1, 2, 3, 4, 5], 300), dtype="Int64"),
            "weight_micro": rng.integers(500_000, 1_500_000, 300),
        }
    )
    frame.loc[:9, "satisfaction"] = pd.NA
    return frame


def test_answers_are_counted_with_their_weights(answers: pd.DataFrame, edition: Edition) -> None:
    """Whoever rated, by cell and level; a segment left open is a group of its own."""
    found = answers_of(ibis.memtable(answers), edition.model.fits["satisfaction"], edition)
    keys = ["entity", "age", "category", "period", "satisfaction"]
    rated = answers.dropna(subset="satisfaction").fillna({"age": UNKNOWN})
    plain = rated.groupby(keys)["weight_micro"].agg(["size", "sum"]).reset_index()
    expected = plain.rename(columns={"satisfaction": "level", "size": "n", "sum": "weight"}).assign(item="satisfaction")
    pd.testing.assert_frame_equal(found, expected[list(found)], check_dtype=False)
    assert found["n"].sum() == 290


def test_answers_without_weights_weigh_a_million_each(answers: pd.DataFrame, edition: Edition) -> None:
    """As survey weights with mean one do."""
    found = answers_of(ibis.memtable(answers.drop(columns="weight_micro")), edition.model.fits["satisfaction"], edition)
    assert (found["weight"] == found["n"] * 1_000_000).all()


def test_a_request_holds_all_that_shapes_a_fit(answers: pd.DataFrame, edition: Edition) -> None:
    """Scale, priors and settings from the edition; the seed follows from the edition's and the name of the fit."""
    fit = edition.model.fits["satisfaction"]
    counts = answers_of(ibis.memtable(answers), fit, edition)
    asked = request(counts, fit, edition)
    assert (asked.levels, asked.segments, asked.draws, asked.tune) == ((1, 2, 3, 4, 5), ("age",), 200, 200)
    assert (asked.priors.link, asked.priors.unequal) == ("logit", None)
    assert asked.facts == request(counts, fit, edition).facts
    other = request(counts, fit._replace(id="satisfaction-again"), edition)
    assert other.seed != asked.seed
    assert replace(asked, seed=other.seed).facts == other.facts


def test_unequal_variances_are_those_of_entities(
    answers: pd.DataFrame, tiny: dict, edition_of: Callable[[dict], Edition]
) -> None:
    """Each entity spreads its answers in its own way."""
    edition = edition_of(tiny | {"model": MODEL | {"variances": "unequal", "link": "probit"}})
    asked = request(pd.DataFrame({"n": [1]}), edition.model.fits["satisfaction"], edition)
    assert (asked.priors.link, asked.priors.unequal) == ("probit", "entity")


@pytest.fixture(scope="module")
def shares() -> xr.Dataset:
    """Level shares of two shops in one cell each, three draws."""
    drawn = np.random.default_rng(5).dirichlet(np.ones(5), (2, 3)).transpose(0, 2, 1)
    coords = {"entity": ("row", ["A", "B"]), "category": ("row", ["fresh"] * 2), "period": ("row", ["Q1"] * 2)}
    return xr.Dataset({"shares": (("row", "level", "draw"), drawn)}, coords=coords | {"level": range(1, 6)})


def test_measures_read_means_and_shares_of_levels(shares: xr.Dataset, edition: Edition) -> None:
    """The tiny edition's E1 is the mean level: five levels weighed by their shares, draw by draw."""
    draws = modelled_draws({"satisfaction": shares}, None, edition)
    assert draws["indicator"].to_numpy().tolist() == ["E1", "E1"]
    assert draws["entity"].to_numpy().tolist() == ["A", "B"]
    np.testing.assert_allclose(draws, np.einsum("rld,l->rd", shares["shares"], range(1, 6)), rtol=1e-6)


def test_a_top_two_share_reads_two_levels(
    shares: xr.Dataset, tiny: dict, edition_of: Callable[[dict], Edition]
) -> None:
    """Four or five of five."""
    known, rated = {"column": "satisfaction", "known": True}, {"column": "satisfaction", "at_least": 4}
    experience = tiny["framework"]["dimensions"][1]["indicators"][0]
    experience |= {"unit": "percent", "goalposts": {"floor": 20, "baseline": 90}}
    experience["measure"] = {"source": "survey", "statistic": "share", "among": [known], "count": [rated]}
    draws = modelled_draws({"satisfaction": shares}, None, edition_of(tiny | {"model": MODEL}))
    np.testing.assert_allclose(draws, shares["shares"][:, 3:].sum("level"), rtol=1e-6)


@pytest.mark.slow
def test_a_fit_keeps_the_names_of_segments_and_can_be_read(answers: pd.DataFrame, edition: Edition) -> None:
    """Segments have other names while a fit is made; effects, dims, cells and lists of terms bear their own."""
    fit = edition.model.fits["satisfaction"]
    counts = answers_of(ibis.memtable(answers), fit, edition)
    tree = fit_ordinal(request(counts, fit, edition))
    assert tree["posterior"]["effect_entity_x_age"].dims[2:] == ("entity", "age")
    assert set(tree["posterior"]["age"].to_numpy()) == {"young", "old", UNKNOWN}
    assert "segment" not in str(tree["posterior"].to_dataset()) + str(tree["constant_data"].to_dataset())
    found = poststratified_fit(tree, counts, fit, edition)
    assert found["entity"]["shares"].sizes == {"row": 2, "level": 5, "draw": 200}
    np.testing.assert_allclose(found["entity"]["shares"].sum("level"), 1, atol=1e-5)
    weight = found["pooling-age"]["data_weight"]
    assert weight.dims == ("entity", "age")
    assert ((weight >= 0) & (weight <= 1)).all()
