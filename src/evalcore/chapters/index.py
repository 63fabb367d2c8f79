"""Chapters of an index of given values: its steps, its ranking, its course."""

import pandas as pd

from evalcore.edition import Edition, Text
from evalcore.words import Number

LEADERS = 20
"""Units that fit into one readable figure."""


def steps_frame(stages: pd.DataFrame, edition: Edition) -> pd.DataFrame:
    """indicator, better, transform, denominator, method, missing, treated: what happened to each indicator.

    `missing` counts raw values that are not there, `treated` values that winsorising moved, over all periods.
    """
    moved = stages["treated"].sub(stages["imputed"]).abs() > 0
    counts = stages.assign(missing=stages["raw"].isna(), moved=moved).groupby("indicator")[["missing", "moved"]].sum()
    rows = [
        {
            "indicator": i.id,
            "better": i.better,
            "transform": i.transform,
            "denominator": i.denominator.column if i.denominator else None,
            "method": (i.normalise or edition.index.normalise).method,
            "missing": int(counts.loc[i.id, "missing"]),
            "treated": int(counts.loc[i.id, "moved"]),
        }
        for i in edition.index.indicators
    ]
    return pd.DataFrame(rows)


def ranking_frame(scores: pd.DataFrame, edition: Edition) -> pd.DataFrame:
    """entity, label, rank, the root and the nodes below it, of the last period, best first; scored units only."""
    root = edition.index.tree
    last = scores[scores["period"] == scores["period"].max()]  # "year" where the source has no period
    wide = last.pivot(index=["entity", "label"], columns="node", values="score").reset_index()
    ranks = last[last["node"] == root.id].set_index("entity")["rank"]
    wide = wide.assign(rank=wide["entity"].map(ranks)).dropna(subset=[root.id])
    columns = ["entity", "label", "rank", root.id, *(node.id for node in root.nodes)]
    return wide.sort_values(["rank", "label"])[columns].reset_index(drop=True)


def leaders_frame(ranking: pd.DataFrame) -> pd.DataFrame:
    """label, the root and the nodes below it, of the first `LEADERS` units of a ranking."""
    return ranking.drop(columns=["entity", "rank"]).head(LEADERS)


def course_frame(scores: pd.DataFrame, edition: Edition) -> pd.DataFrame:
    """period, lowest, quarter, median, three_quarters, highest of the root over units."""
    root = scores[scores["node"] == edition.index.tree.id].groupby("period")["score"]
    names = {0.0: "lowest", 0.25: "quarter", 0.5: "median", 0.75: "three_quarters", 1.0: "highest"}
    return root.quantile(list(names)).unstack().rename(columns=names).rename_axis(columns=None).reset_index()


def index_numbers(scores: pd.DataFrame, edition: Edition) -> dict[str, Number]:
    """Units, periods, values, and who is first and last in the last period."""
    index, ranking = edition.index, ranking_frame(scores, edition)
    first, last = ranking.iloc[0], ranking.iloc[-1]
    known = scores[(scores["node"] == index.tree.id) & scores["score"].notna()]
    return {
        "index.indicators": Number(len(index.indicators)),
        "index.units": Number(len(ranking)),
        "index.periods": Number(len(edition.periods)),
        "index.values": Number(len(known)),
        "index.period": Number(edition.periods[-1].name, "text"),
        "index.first": Number(Text(en=first["label"], zh=first["label"]), "text"),
        "index.first_score": Number(float(first[index.tree.id]), "plain", index.digits),
        "index.last": Number(Text(en=last["label"], zh=last["label"]), "text"),
        "index.last_score": Number(float(last[index.tree.id]), "plain", index.digits),
        "index.median": Number(float(ranking[index.tree.id].median()), "plain", index.digits),
    }
