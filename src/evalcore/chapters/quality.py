"""Chapter 3: volumes, cleaning and weights."""

import numpy as np
import pandas as pd

from evalcore.clean.clean import VALID
from evalcore.survey import design_effect
from evalcore.words import Number


def rules_frame(waterfall: pd.DataFrame) -> pd.DataFrame:
    """source, step (rule id), removed, raw: one row per cleaning rule in the order of application."""
    raw = waterfall[waterfall["step"] == "raw"].set_index("source")["left"]
    rules = waterfall[~waterfall["step"].isin(["raw", VALID])]
    return rules.assign(raw=rules["source"].map(raw))[["source", "step", "removed", "raw"]].reset_index(drop=True)


def sources_frame(waterfall: pd.DataFrame, origins: pd.DataFrame) -> pd.DataFrame:
    """source, rows, valid, obtained, licence, sha256: what each source is and what became of it."""
    volumes = waterfall.pivot(index="source", columns="step", values="left")[["raw", VALID]]
    joined = origins.merge(volumes.rename(columns={"raw": "rows", VALID: "valid"}), left_on="source", right_index=True)
    return joined.astype({"rows": "int64", "valid": "int64"})


def weights_frame(weights: pd.DataFrame) -> pd.DataFrame:
    """source, n, effective (Kish), deff, smallest, largest weight (mean one); empty where nothing is weighted."""
    rows = []
    for source, own in weights.groupby("source"):
        weight = own["weight_micro"].to_numpy() / 1e6
        deff = design_effect(weight)
        rows.append((source, len(own), len(own) / deff, deff, weight.min(), weight.max()))
    return pd.DataFrame(rows, columns=["source", "n", "effective", "deff", "smallest", "largest"])


def quality_numbers(waterfall: pd.DataFrame, weights: pd.DataFrame) -> dict[str, Number]:
    """Per source `data.<source>.raw`, `.valid`, `.removed_share`, in all `data.sources`, `data.total.raw`, `.valid`.

    A weighted source also has `.design_effect` and `.effective`.
    """
    ends = {"raw": waterfall["step"] == "raw", "valid": waterfall["step"] == VALID}
    found = {f"data.total.{end}": Number(int(waterfall.loc[rows, "left"].sum())) for end, rows in ends.items()}
    found["data.sources"] = Number(int(waterfall["source"].nunique()))
    for source, own in waterfall.groupby("source"):
        left = own.set_index("step")["left"]
        found[f"data.{source}.raw"] = Number(int(left["raw"]))
        found[f"data.{source}.valid"] = Number(int(left[VALID]))
        found[f"data.{source}.removed_share"] = Number(100 * (1 - left[VALID] / left["raw"]), "percent", 1)
    for row in weights_frame(weights).itertuples():
        found[f"data.{row.source}.design_effect"] = Number(float(row.deff), "plain", 2)
        found[f"data.{row.source}.effective"] = Number(int(np.rint(row.effective)))
    return found
