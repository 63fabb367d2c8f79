"""Chapter 10: satisfaction with maternal and infant goods by group, problem, stage and purchase path."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
import xarray as xr

from evalcore.chapters.measures_maternal import HIGH, LOW, PER_LEVEL
from evalcore.edition import Edition, Text
from evalcore.score.rank import interval
from evalcore.survey.interval import Estimate, mean_estimate, share_estimate
from evalcore.words import LANGUAGES, Number, shared_words

RATING = "csi"
VALUES = {level: level * PER_LEVEL for level in (1, 2, 4, 5)}
"""Level of the overall rating -> points of the index; there is no neutral answer."""
FACTORS = (
    *("store", "problem", "special", "income_band", "stage"),
    *("buyer", "channel_use", "city_tier", "children"),
)
"""What divides respondents; all enter one model together."""
CODES: dict[str, tuple[str, ...]] = {
    "store": ("head", "brand", "small-mid"),
    "problem": ("none", "size", "other", "logistics", "quality"),
    "special": ("none", "preterm", "allergy"),
    "income_band": ("under-10k", "10k-30k", "30k-50k", "over-50k"),
    "stage": ("pregnancy", "0-1", "1-3", "3-6"),
    "buyer": ("first-time", "repeat"),
    "channel_use": ("single", "several"),
    "city_tier": ("tier-1", "new-1", "tier-2", "tier-3"),
    "children": ("first", "second"),
    "path": ("social", "price", "other"),
}
"""Factor -> its codes in the order in which they are shown."""
PLACES = (("need_first", 3), ("need_second", 2), ("need_third", 1))
"""Needs named first, second and third, and what each counts."""
GROUP_COLUMNS = ["factor", "code", "n", "plain", "own", "alike", "lower", "upper"]


def groups_frame(means: xr.Dataset, answers: pd.DataFrame, edition: Edition) -> pd.DataFrame:
    """Index of every group: factor, code, n, plain, own, alike, lower, upper.

    `plain` is the mean of its answers, `own` the model's for its own people, `alike` what it would be if all groups
    of the factor had the same people otherwise, with interval. Groups with too few answers are left out.
    """
    low, high = interval(means["alike"].to_numpy(), edition.model.interval)
    keys = {name: means[name].to_numpy() for name in ("factor", "code", "n")}
    found = pd.DataFrame(keys).assign(
        plain=[_plain(answers, factor, code) for factor, code in zip(keys["factor"], keys["code"], strict=True)],
        own=means["own"].mean("draw").to_numpy(),
        alike=means["alike"].mean("draw").to_numpy(),
        lower=low,
        upper=high,
    )
    place = {(factor, code): k for factor in FACTORS for k, code in enumerate(CODES[factor])}
    found = found[found["n"] >= edition.minimum_cell]
    order = [(FACTORS.index(r.factor), place.get((r.factor, r.code), len(place))) for r in found.itertuples()]
    return found.assign(order=order).sort_values("order", ignore_index=True)[GROUP_COLUMNS]


def problems_frame(answers: pd.DataFrame, groups: pd.DataFrame, edition: Edition) -> pd.DataFrame:
    """problem, n, share (percent of those who had one), lower, upper, solved (percent at first contact), alike.

    `solved` and `alike` are missing where too few had the problem.
    """
    had = answers[answers["problem"] != "none"]
    alike = groups[groups["factor"] == "problem"].set_index("code")["alike"]
    rows = []
    for kind in CODES["problem"][1:]:
        share, own = share_estimate(had["problem"] == kind, edition.model.interval), had[had["problem"] == kind]
        solved = shown(share_estimate(own["solved_first_contact"], edition.model.interval), edition)
        rows.append((kind, len(own), share.value, share.lower, share.upper, solved.value, alike.get(kind, np.nan)))
    columns = ["problem", "n", "share", "lower", "upper", "solved", "alike"]
    return pd.DataFrame(rows, columns=columns).sort_values("share", ascending=False, ignore_index=True)


def needs_frame(answers: pd.DataFrame, edition: Edition) -> pd.DataFrame:
    """stage, n, need, first (percent naming it first), weight (percent of 3, 2 and 1 points for the three named).

    Stages with too few answers are left out; needs in the order of their weight over all stages.
    """
    parts = []
    for stage in CODES["stage"]:
        own = answers[answers["stage"] == stage]
        if len(own) >= edition.minimum_cell:
            named = [own[column].value_counts() * count for column, count in _counted(own)]
            points = pd.concat(named).groupby(level=0).sum()
            frame = pd.DataFrame({"need": points.index, "weight": 100 * points.to_numpy() / points.sum()})
            first = own["need_first"].value_counts(normalize=True) * 100
            parts.append(frame.assign(stage=stage, n=len(own), first=frame["need"].map(first).fillna(0.0)))
    if not parts:
        return pd.DataFrame(columns=["stage", "n", "need", "first", "weight"])
    found = pd.concat(parts, ignore_index=True)
    order = found.groupby("need")["weight"].sum().sort_values(ascending=False).index
    place = {stage: k for k, stage in enumerate(CODES["stage"])}
    keys = found.assign(row=found["need"].map(order.get_loc), column=found["stage"].map(place))
    return keys.sort_values(["row", "column"], ignore_index=True)[["stage", "n", "need", "first", "weight"]]


def _counted(own: pd.DataFrame) -> list[tuple[str, int]]:
    return [(column, count) for column, count in PLACES if own[column].notna().any()]


def paths_frame(answers: pd.DataFrame, edition: Edition) -> pd.DataFrame:
    """path, n, share, share_lower, share_upper, index, index_lower, index_upper, size, first_time, repurchased.

    Percent, but for the index. Paths with too few answers have nothing but their share.
    """
    p, rows = edition.model.interval, []
    for path in CODES["path"]:
        own = answers[answers["path"] == path]
        share = share_estimate(answers["path"] == path, p)
        index = shown(mean_estimate(own[RATING], p, PER_LEVEL), edition)
        had = own["problem"].where(own["problem"] != "none")
        told = [(had == "size").where(had.notna()), own["buyer"] == "first-time", own["repurchased"]]
        rest = [shown(share_estimate(values, p), edition).value for values in told]
        rows.append((path, len(own), *share[:3], *index[:3], *rest))
    columns = ["path", "n", "share", "share_lower", "share_upper", "index", "index_lower", "index_upper"]
    return pd.DataFrame(rows, columns=[*columns, "size", "first_time", "repurchased"])


def maternal_numbers(
    answers: pd.DataFrame, means: xr.Dataset, groups: pd.DataFrame, edition: Edition
) -> dict[str, Number]:
    """`maternal.*`: the index, shares of the levels, what satisfaction goes with, the order of the kinds of store."""
    p, points = edition.model.interval, answers[RATING] * PER_LEVEL
    index = mean_estimate(answers[RATING], p, PER_LEVEL)
    shares = {
        "very": answers[RATING] == 5,
        "fairly": answers[RATING] == 4,
        "unhappy": answers[RATING] <= 2,
        "problem": answers["problems"] >= 1,
        "several": answers["problems"] >= 2,
        "first_contact": answers["solved_first_contact"],
        "lacks_empathy": answers["lacks_empathy"],
        "gave_up": answers["gave_up"],
        "bought_high": answers["repurchased"][points >= HIGH],
        "bought_low": answers["repurchased"][points <= LOW],
    }
    waits = {"wait": answers["waited_min"], "wait_night": answers["waited_min"][answers["night"].astype(bool)]}
    return {
        "maternal.answers": Number(len(answers)),
        "maternal.index": Number(index.value, "points", 1, (index.lower, index.upper)),
        "maternal.interval": Number(100 * p, "percent"),
        **{f"maternal.{k}": _number(share_estimate(v, p), edition, "percent") for k, v in shares.items()},
        **{f"maternal.{k}": _number(mean_estimate(v, p), edition, "plain") for k, v in waits.items()},
        **_spans(groups),
        "maternal.stores": Number(stores_sentence(means, groups, edition), "text"),
    }


def shown(found: Estimate, edition: Edition) -> Estimate:
    """The estimate, or where too few answered nothing but their number."""
    return found if found.n >= edition.minimum_cell else Estimate(np.nan, np.nan, np.nan, found.n)


def stores_sentence(means: xr.Dataset, groups: pd.DataFrame, edition: Edition) -> Text:
    """Which kinds of store stand where, like for like, as far as the edition's thresholds let it be said."""
    own = groups[groups["factor"] == "store"].sort_values("alike", ascending=False)
    draws = means["alike"].to_numpy()[:, _rows(means, "store", list(own["code"]))]
    chance = min(((draws[:, k] > draws[:, k + 1]).mean() for k in range(draws.shape[1] - 1)), default=0.0)
    key = "sure" if chance >= edition.grammar.ahead else "probable" if chance >= edition.grammar.probably else "open"
    return Text(**{lang: _stores(lang, key if len(own) > 1 else "none", list(own["code"])) for lang in LANGUAGES})


def _stores(lang: str, key: str, codes: Sequence[str]) -> str:
    words = shared_words(lang)
    names = [words[f"maternal.store.{code}"] for code in codes]
    listed = words["maternal.then"].join(names)
    return words[f"maternal.order.{key}"].format(names=listed, first=names[0] if names else "")


def _rows(means: xr.Dataset, factor: str, codes: Sequence[str]) -> list[int]:
    keys = list(zip(means["factor"].to_numpy(), means["code"].to_numpy(), strict=True))
    return [keys.index((factor, code)) for code in codes]


def widest_factor(groups: pd.DataFrame) -> Text:
    """The factor whose groups lie furthest apart like for like."""
    span = _span(groups)
    return named(f"maternal.factor.{span.index[0]}") if len(span) else named("none")


def first_need(needs: pd.DataFrame) -> Text:
    """The need that weighs most over all stages."""
    return named(f"maternal.need.{needs['need'].iloc[0]}") if len(needs) else named("none")


def named(key: str) -> Text:
    """A shared word in both languages."""
    return Text(**{lang: shared_words(lang)[key] for lang in LANGUAGES})


def problem_numbers(problems: pd.DataFrame) -> dict[str, Number]:
    """`maternal.problem.*`: the commonest problem and its share; the one after which people are least satisfied."""
    ranked = problems.dropna(subset="alike").sort_values("alike")
    worst = ranked.iloc[0] if len(ranked) else None
    return {
        "maternal.problem.first": Number(named(f"maternal.problem.{problems['problem'].iloc[0]}"), "text"),
        "maternal.problem.share": Number(_or_none(problems["share"].iloc[0]), "percent", 1),
        "maternal.problem.worst": Number(
            named("none") if worst is None else named(f"maternal.problem.{worst['problem']}"), "text"
        ),
        "maternal.problem.index": Number(None if worst is None else float(worst["alike"]), "points", 1),
    }


def fit_numbers(summary: dict[str, object]) -> dict[str, Number]:
    """`maternal.fit.*`: what the gate looked at."""
    return {
        "maternal.fit.respondents": Number(summary["respondents"]),
        "maternal.fit.parameters": Number(summary["parameters"]),
        "maternal.fit.rhat": Number(_or_none(summary["rhat"]), "plain", 3),
        "maternal.fit.ess": Number(float(min(summary["ess_bulk"], summary["ess_tail"]))),
        "maternal.fit.divergences": Number(summary["divergences"]),
    }


def _or_none(value: object) -> float | None:
    return float(value) if np.isfinite(value) else None


def _span(groups: pd.DataFrame) -> pd.Series:
    """Factor -> points between its highest and its lowest group, the widest first."""
    return groups.groupby("factor")["alike"].agg(lambda own: own.max() - own.min()).sort_values(ascending=False)


def _spans(groups: pd.DataFrame) -> dict[str, Number]:
    span = _span(groups)
    widest = Number(float(span.iloc[0]), "points", 1) if len(span) else Number(None)
    return {"maternal.widest": widest, "maternal.widest.factor": Number(widest_factor(groups), "text")}


def _number(found: Estimate, edition: Edition, unit: str) -> Number:
    if found.n < edition.minimum_cell:
        return Number(None)
    return Number(found.value, unit, 1, (found.lower, found.upper))


def _plain(answers: pd.DataFrame, factor: str, code: str) -> float:
    own = answers.loc[answers[factor] == code, RATING]
    return float(PER_LEVEL * own.mean()) if len(own) else np.nan
