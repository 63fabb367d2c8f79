"""Chapter on the expert panel: how far it agrees, who judges severely, what rests on one expert, disputed cases."""

import krippendorff
import numpy as np
import pandas as pd

from evalcore.edition import Edition, Text
from evalcore.survey.outliers import outliers
from evalcore.words import LANGUAGES, Number, in_a_row, shared_words

ALL = "all"
VOTES = ("user", "shared", "platform")
CASE_COLUMNS = [
    *("case", "entity", "matter", "what_zh", "what_en", *(f"votes_{name}" for name in VOTES)),
    *("recused", "verdict", "reasoning_zh", "reasoning_en"),
]
MOST_DISPUTED = 8
"""Scores that are listed."""
POINTS = 10
"""Points of 100 for one of the panel's scale."""


def order_of(without: pd.DataFrame) -> list[str]:
    """Entities by the panel's overall score with everybody, best first."""
    whole = without[(without["expert"] == ALL) & (without["dimension"] == ALL)].dropna(subset="value")
    return list(whole.sort_values("value", ascending=False, kind="stable")["entity"])


def scores_frame(scores: pd.DataFrame, without: pd.DataFrame) -> pd.DataFrame:
    """The panel's scores (as `survey.panel.panel_scores`), entities by the overall score, best first."""
    place = {entity: k for k, entity in enumerate(order_of(without))}
    order = scores["entity"].map(place).fillna(len(place))
    return scores.assign(order=order).sort_values("order", kind="stable", ignore_index=True).drop(columns="order")


def ranges_frame(without: pd.DataFrame) -> pd.DataFrame:
    """entity, rank (everybody), best, worst (any expert left out), mover (whose absence moves it most), best first.

    Ranks by the overall score of the panel. `mover` is missing where no absence moves the rank.
    """
    own = without[(without["dimension"] == ALL)].dropna(subset="rank")
    wide = own.pivot(index="expert", columns="entity", values="rank")
    rows = []
    for entity in order_of(without):
        rank, left = wide.loc[ALL, entity], wide.drop(index=ALL)[entity]
        moved = (left - rank).abs()
        rows.append((entity, rank, left.min(), left.max(), moved.idxmax() if moved.max() > 0 else None))
    return pd.DataFrame(rows, columns=["entity", "rank", "best", "worst", "mover"])


def disputed_frame(reviews: pd.DataFrame) -> pd.DataFrame:
    """entity, dimension, blind, discussed (standard deviations, points of 100), lowest, highest (blind scores).

    The scores about which experts were least of one mind before their discussion; without declared conflicts.
    """
    used = reviews[~reviews["conflict"].astype(bool)].assign(points=POINTS * reviews["score"].astype(float))
    groups = used.groupby(["entity", "dimension", "round"])["points"]
    spread = groups.std(ddof=1).unstack("round").reindex(columns=["blind", "discussed"])
    blind = used[used["round"] == "blind"].groupby(["entity", "dimension"])["points"]
    found = spread.assign(lowest=blind.min(), highest=blind.max()).dropna(subset="blind")
    return found.sort_values("blind", ascending=False, kind="stable").head(MOST_DISPUTED).reset_index()


def severity_frame(experts: pd.DataFrame) -> pd.DataFrame:
    """The experts, the severest first, with `outstanding`: "severe" or "lenient" for an outlying severity, else ""."""
    found = experts.sort_values("severity", ascending=False, kind="stable", ignore_index=True)
    far, above = outliers(found["severity"].to_numpy()), found["severity"] > found["severity"].median()
    return found.assign(outstanding=np.select([far & above, far], ["severe", "lenient"], default=""))


def conflicts_frame(reviews: pd.DataFrame, scores: pd.DataFrame, experts: pd.DataFrame) -> pd.DataFrame:
    """expert, entity, scores, favour, error: points of 100 given above what the panel and the own severity explain.

    One row per declared conflict of interest, scores after the discussion; where nobody else scored there is nothing
    to hold them against.
    """
    used = reviews[(reviews["round"] == "discussed") & reviews["conflict"].astype(bool)]
    fair = scores.set_index(["entity", "dimension"])["value"]
    own = experts.set_index("expert")
    rows = []
    for (expert, entity), given in used.groupby(["expert", "entity"]):
        expected = fair.loc[list(zip(given["entity"], given["dimension"], strict=True))].to_numpy()
        rest = POINTS * given["score"].to_numpy(float) - expected + own.loc[expert, "severity"]
        rest = rest[~np.isnan(rest)]
        if len(rest):
            error = own.loc[expert, "spread"] / np.sqrt(len(rest))
            rows.append((expert, entity, len(rest), float(rest.mean()), float(error)))
    return pd.DataFrame(rows, columns=["expert", "entity", "scores", "favour", "error"])


def cases_frame(cases: pd.DataFrame | None) -> pd.DataFrame:
    """The cases, the closest votes first; none where they were not collected."""
    if cases is None:
        return pd.DataFrame(columns=CASE_COLUMNS)
    votes = np.sort(cases[[f"votes_{name}" for name in VOTES]].to_numpy(dtype="int64"), axis=1)
    order = np.argsort(votes[:, -1] - votes[:, -2], kind="stable")
    return cases.iloc[order].reset_index(drop=True)[CASE_COLUMNS]


def votes_alpha(cases: pd.DataFrame) -> float | None:
    """Krippendorff's nominal alpha of the votes on cases; None where all vote for the same."""
    counts = cases[[f"votes_{name}" for name in VOTES]].to_numpy(dtype="int64")
    if (counts.sum(axis=0) > 0).sum() < 2:
        return None
    return float(krippendorff.alpha(value_counts=counts, level_of_measurement="nominal"))


def experts_numbers(
    severity: pd.DataFrame, agreement: pd.DataFrame, ranges: pd.DataFrame, conflicts: pd.DataFrame, edition: Edition
) -> dict[str, Number]:
    """`experts.*`: panel, agreement before and after, who judges differently, what rests on one expert."""
    overall = agreement[agreement["dimension"] == ALL].set_index("round")
    told = {
        "experts.number": Number(len(severity)),
        "experts.severe": Number(_listed(severity[severity["outstanding"] == "severe"]["expert"]), "text"),
        "experts.lenient": Number(_listed(severity[severity["outstanding"] == "lenient"]["expert"]), "text"),
        "experts.range": Number(float(severity["severity"].max() - severity["severity"].min()), "points", 1),
        "experts.moved": Number(int((ranges["best"] != ranges["worst"]).sum())),
        "experts.entities": Number(len(ranges)),
        "experts.conflicts": Number(len(conflicts)),
        "experts.conflict": Number(_conflict(conflicts, edition), "text"),
    }
    within = agreement[(agreement["dimension"] != ALL) & (agreement["round"] == "discussed")]["alpha"]
    for name, value in (("lowest", within.min()), ("highest", within.max())):
        told[f"experts.alpha.{name}"] = Number(None if np.isnan(value) else float(value), "plain", 2)
    for round_ in ("blind", "discussed"):
        for name in ("alpha", "icc_one", "icc_mean", "w"):
            value = overall.loc[round_, name] if round_ in overall.index else np.nan
            told[f"experts.{name}.{round_}"] = Number(None if np.isnan(value) else float(value), "plain", 2)
    return told


def cases_numbers(cases: pd.DataFrame) -> dict[str, Number]:
    """`experts.cases.*`: how many, for whom, how far experts agreed, in how many somebody stood aside."""
    verdicts = {f"experts.cases.{name}": Number(int((cases["verdict"] == name).sum())) for name in VOTES}
    return verdicts | {
        "experts.cases": Number(len(cases)),
        "experts.cases.alpha": Number(votes_alpha(cases), "plain", 2),
        "experts.cases.recused": Number(int((cases["recused"] > 0).sum())),
    }


def _listed(names: pd.Series) -> Text:
    return Text(**{lang: _joined(list(names), lang) for lang in LANGUAGES})


def _joined(names: list[str], lang: str) -> str:
    return in_a_row(names, lang) or shared_words(lang)["experts.nobody"]


def _conflict(conflicts: pd.DataFrame, edition: Edition) -> Text:
    """What the declared conflicts added, each with its error; or that there was none."""

    def told(lang: str) -> str:
        words = shared_words(lang)
        each = [
            words["experts.favoured"].format(
                expert=r.expert,
                name=edition.named("entities", r.entity)[lang],
                favour=f"{r.favour:.1f}",
                error=f"{r.error:.1f}",
            )
            for r in conflicts.itertuples()
        ]
        return words["order.semicolon"].join(each) if each else words["experts.nobody"]

    return Text(**{lang: told(lang) for lang in LANGUAGES})
