"""Chapter 11, second part: coded talks, how far two coders agree, and what people let us quote."""

import numpy as np
import pandas as pd

from evalcore.edition import Edition
from evalcore.streams import stream
from evalcore.words import Number

REPLICATES = 1000
QUOTES = 1
"""Quotations per code."""


def codes_frame(talks: pd.DataFrame) -> pd.DataFrame:
    """axis, code, passages, talks: open codes by axial code, the most frequent axis and code first."""
    grouped = talks.groupby(["axis", "code_a"])["talk"].agg(["size", "nunique"]).reset_index()
    found = grouped.set_axis(["axis", "code", "passages", "talks"], axis=1)
    weight = found.groupby("axis")["passages"].transform("sum")
    order = found.assign(weight=weight).sort_values(["weight", "passages"], ascending=False, kind="stable")
    return order.drop(columns="weight").reset_index(drop=True)


def kappa(one: pd.Series, other: pd.Series) -> float:
    """Cohen's kappa: agreement beyond what the two coders' habits would bring; NaN where both use one code only.

    Source: Cohen (1960), A coefficient of agreement for nominal scales.
    """
    agreed = float((one.to_numpy() == other.to_numpy()).mean())
    habits = [own.value_counts(normalize=True) for own in (one, other)]
    chance = float((habits[0] * habits[1].reindex(habits[0].index).fillna(0)).sum())
    return (agreed - chance) / (1 - chance) if chance < 1 else np.nan


def agreement(talks: pd.DataFrame, edition: Edition) -> dict[str, float]:
    """passages, share (of all passages coded twice), agreed (share), kappa, lower, upper: talks are resampled."""
    twice = talks.dropna(subset=["code_b"])
    found = {"passages": len(twice), "share": len(twice) / max(len(talks), 1)}
    if twice.empty:
        return {**found, "agreed": np.nan, "kappa": np.nan, "lower": np.nan, "upper": np.nan}
    names, rng = twice["talk"].unique(), stream(edition.seed, "interviews", "kappa")
    parts = dict(iter(twice.groupby("talk")))
    drawn = []
    for _ in range(REPLICATES):
        own = pd.concat([parts[name] for name in rng.choice(names, len(names))])
        drawn.append(kappa(own["code_a"], own["code_b"]))
    tail = 50 * (1 - edition.model.interval)
    low, high = np.nanpercentile(drawn, [tail, 100 - tail])
    agreed = float((twice["code_a"] == twice["code_b"]).mean())
    return {**found, "agreed": agreed, "kappa": kappa(twice["code_a"], twice["code_b"]), "lower": low, "upper": high}


def disagreements_frame(talks: pd.DataFrame) -> pd.DataFrame:
    """code, other, passages: pairs of codes on which the two coders differ, in no order, the most frequent first."""
    apart = talks.dropna(subset=["code_b"])
    apart = apart[apart["code_a"] != apart["code_b"]]
    pairs = pd.DataFrame(np.sort(apart[["code_a", "code_b"]].to_numpy(dtype=str), axis=1), columns=["code", "other"])
    found = pairs.value_counts(sort=False).rename("passages").reset_index()
    return found.sort_values(["passages", "code", "other"], ascending=[False, True, True], ignore_index=True)


def stories_frame(talks: pd.DataFrame) -> pd.DataFrame:
    """axis, code, role, kind, text: one passage per code, of those who agreed to be quoted and named nothing private.

    Neither the talk nor the entity is told; a passage in which something private was blotted out is not quoted.
    """
    free = talks[talks["consent"].astype(bool) & ~talks["text"].str.contains("[", regex=False)]
    first = (
        free.sort_values(["axis", "code_a", "talk", "passage"], kind="stable").groupby(["axis", "code_a"]).head(QUOTES)
    )
    return first[["axis", "code_a", "role", "kind", "text"]].rename(columns={"code_a": "code"}).reset_index(drop=True)


def interview_numbers(talks: pd.DataFrame, edition: Edition) -> dict[str, Number]:
    """`interviews.*`: talks, passages, agreement of the coders, the main axis, how many may be quoted."""
    found, axes = agreement(talks, edition), talks["axis"].value_counts()
    known = not np.isnan(found["kappa"])
    return {
        "interviews.talks": Number(int(talks["talk"].nunique())),
        "interviews.passages": Number(len(talks)),
        "interviews.twice": Number(100 * found["share"], "percent", 0),
        "interviews.agreed": Number(100 * found["agreed"] if known else None, "percent", 0),
        "interviews.kappa": Number(found["kappa"] if known else None, "plain", 2),
        "interviews.kappa_lower": Number(float(found["lower"]) if known else None, "plain", 2),
        "interviews.kappa_upper": Number(float(found["upper"]) if known else None, "plain", 2),
        "interviews.main_share": Number(100 * float(axes.iloc[0]) / len(talks), "percent", 0),
        "interviews.consent": Number(int(talks.groupby("talk")["consent"].first().sum())),
    }
