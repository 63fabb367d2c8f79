"""Raking and design effects against R's package `survey` (Debian: r-cran-survey)."""

import shutil
import subprocess
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from evalcore.survey import design_effect, rake

MARGINS = {
    "age": {"18-34": 45.0, "35-54": 35.0, "55+": 20.0},
    "gender": {"female": 52.0, "male": 48.0},
    "tier": {"one": 30.0, "two": 70.0},
}
SCRIPT = """
suppressMessages(library(survey))
d <- read.csv("answers.csv"); d$one <- 1
total <- function(file) { m <- read.csv(file); m$Freq <- m$Freq / 100 * nrow(d); m }
margins <- list(total("age.csv"), total("gender.csv"), total("tier.csv"))
raked <- rake(svydesign(ids = ~1, weights = ~one, data = d), list(~age, ~gender, ~tier), margins,
              control = list(maxit = 500, epsilon = 1e-10))
mean <- svymean(~score, raked)
write.csv(data.frame(weight = weights(raked)), "weights.csv", row.names = FALSE)
cat(sprintf("%.10f\\n", coef(mean)))
"""


def has_survey() -> bool:
    """Whether R and its package `survey` are here."""
    if shutil.which("Rscript") is None:
        return False
    asked = ["Rscript", "-e", "q(status = !requireNamespace('survey', quietly = TRUE))"]
    return subprocess.run(asked, capture_output=True, check=False).returncode == 0


@pytest.mark.skipif(not has_survey(), reason="needs R with the package survey: apt-get install r-cran-survey")
def test_weights_are_those_of_the_survey_package_of_r(tmp_path: Path) -> None:
    """1,500 answers whose margins depend on each other: weights to 1e-6, the weighted mean to 1e-7, Kish's effect."""
    rng = np.random.default_rng(7)
    age = rng.choice(list(MARGINS["age"]), 1500, p=[0.6, 0.3, 0.1])
    gender = np.where(rng.random(1500) < np.where(age == "55+", 0.35, 0.6), "female", "male")
    tier = np.where(rng.random(1500) < np.where(gender == "female", 0.5, 0.35), "one", "two")
    frame = pd.DataFrame({"age": age, "gender": gender, "tier": tier, "score": rng.integers(1, 6, 1500)})
    frame.to_csv(tmp_path / "answers.csv", index=False)
    for name, shares in MARGINS.items():
        pd.DataFrame({name: shares.keys(), "Freq": shares.values()}).to_csv(tmp_path / f"{name}.csv", index=False)
    said = subprocess.run(
        ["Rscript", "-e", SCRIPT], cwd=tmp_path, capture_output=True, text=True, check=True, timeout=120
    )
    ours, theirs = rake(frame, MARGINS, (0.0, 1e9)), pd.read_csv(tmp_path / "weights.csv")["weight"].to_numpy()
    assert ours == pytest.approx(theirs / theirs.mean(), abs=1e-6)
    assert (ours * frame["score"]).mean() == pytest.approx(float(said.stdout.split()[-1]), abs=1e-7)
    assert design_effect(ours) == pytest.approx(1 + np.var(theirs) / np.mean(theirs) ** 2, abs=1e-6)
