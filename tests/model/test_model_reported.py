"""Reported figures: the eight schools, and what is refused."""

import json
import os
import zipfile
from pathlib import Path

import arviz as az
import pandas as pd
import pytest

from evalcore.errors import EvalcoreError
from evalcore.model.reported import fit_reported
from evalcore.model.sampler import Settings

FOLDER = Path(os.environ.get("EVALCORE_SHARED", "/nowhere")) / "data" / "eight-schools"
NAME = "eight_schools-eight_schools_noncentered"


@pytest.mark.skipif(not FOLDER.is_dir(), reason="the reference draws are not at hand: set EVALCORE_SHARED")
def test_eight_schools_agree_with_the_reference_draws():
    """Means of level, spread and all eight effects within 3 combined Monte Carlo errors of posteriordb's."""
    with zipfile.ZipFile(FOLDER / "eight_schools.data.json.zip") as packed:
        data = json.loads(packed.read("eight_schools.json"))
    figures = pd.DataFrame(
        {"entity": [f"{k + 1}" for k in range(data["J"])], "figure": data["y"], "error": data["sigma"]}
    )
    tree = fit_reported(figures, level=5, spread=5, settings=Settings(20000, 1000), seed=8)
    posterior = tree["posterior"].to_dataset()
    errors = az.mcse(posterior, method="mean")
    reference = json.loads((FOLDER / f"{NAME}.mean_value.json").read_text())
    for name, mean, error in zip(reference["names"], reference["mean_value"], reference["mcse_mean"], strict=True):
        at = {"entity": name[6:-1]} if name.startswith("theta") else {}
        ours = posterior[name.split("[")[0]].sel(at).mean().item()
        own = errors[name.split("[")[0]].sel(at).item()
        assert abs(ours - mean) < 3 * (own**2 + error**2) ** 0.5, name
    assert int(tree["sample_stats"]["diverging"].sum()) == 0


@pytest.mark.parametrize(
    ("figures", "message"),
    [
        ({"figure": [1.0, 2.0], "error": [1.0, 0.0]}, "b: figure 2.0, error 0.0"),
        ({"figure": [None, 2.0], "error": [1.0, 1.0]}, "a: figure"),
        ({"figure": [1.0], "error": [1.0]}, "two at least"),
    ],
)
def test_figures_without_an_error_are_refused(figures, message):
    """By name, with the numbers found."""
    frame = pd.DataFrame(figures).assign(entity=["a", "b"][: len(figures["figure"])])
    with pytest.raises(EvalcoreError, match=message):
        fit_reported(frame, 5, 5, Settings(), seed=1)
