"""Chapter 1: the headline."""

import pandas as pd

from evalcore.edition import Edition
from evalcore.errors import EvalcoreError, say
from evalcore.words import Number


def summary_numbers(ranking: pd.DataFrame, dimensions: pd.DataFrame, edition: Edition) -> dict[str, Number]:
    """Mean, spread, first and last, strongest and weakest dimension.

    `summary.qualified` counts those who reach `Framework.qualified`.

    Raises
    ------
    EvalcoreError
        Nobody is rated.
    """
    rated = ranking[ranking["rated"]]
    if rated.empty:
        limit = f"at most {edition.framework.unreported_limit:g} % of the weight unreported"
        raise EvalcoreError(
            say("composite", "nobody is rated", limit, "collect what is missing, or see the limitations")
        )
    names = {e.id: e.name for e in edition.entities}
    first, last = rated.iloc[0], rated.iloc[-1]
    means = dimensions[dimensions["entity"].isin(rated["entity"])].groupby("dimension")["low"].mean()
    strongest, weakest = means.idxmax(), means.idxmin()
    bound = edition.framework.qualified.at_least
    return {
        "summary.entities": Number(len(rated)),
        "summary.mean": Number(float(rated["low"].mean()), "plain", 1),
        "summary.range_low": Number(float(rated["low"].min()), "plain", 1),
        "summary.range_high": Number(float(rated["low"].max()), "plain", 1),
        "summary.first": Number(names[first["entity"]], "text"),
        "summary.first_score": Number(float(first["low"]), "plain", 1, (float(first["lower"]), float(first["upper"]))),
        "summary.first_chance": Number(float(100 * first["p_first"]), "percent", 0),
        "summary.last": Number(names[last["entity"]], "text"),
        "summary.last_score": Number(float(last["low"]), "plain", 1, (float(last["lower"]), float(last["upper"]))),
        "summary.last_chance": Number(float(100 * last["p_last"]), "percent", 0),
        "summary.strongest": Number(edition.dimensions[strongest].name, "text"),
        "summary.strongest_score": Number(float(means[strongest]), "plain", 1),
        "summary.weakest": Number(edition.dimensions[weakest].name, "text"),
        "summary.weakest_score": Number(float(means[weakest]), "plain", 1),
        "summary.qualified": Number(int((rated["low"] >= bound).sum())),
        "summary.level_bound": Number(bound, "plain", 0),
    }
