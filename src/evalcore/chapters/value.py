"""Chapter 13, second part: what goes with satisfaction, what after-sales costs, what it may be worth."""

from collections.abc import Mapping

import numpy as np
import pandas as pd
from scipy import stats
from scipy.special import expit

from evalcore.drivers.ordinal import fit_ordinal
from evalcore.drivers.worth import chance_of_return, tornado_frame, worth_frame
from evalcore.edition import Edition, Text
from evalcore.words import LANGUAGES, Number, shared_words

SATISFIED = 4
"""The level of five from which somebody counts as satisfied; index points are 20 times the level."""
TEN_POINTS = 0.5
"""Levels of five that ten index points are."""
PROMOTER = 9
"""Of 0 to 10 for recommending."""
POOLED_SD = 0.5
"""Prior standard deviation of entities around their mean, logit scale."""
COSTS = ("staff", "technology", "logistics", "compensation")
FEWEST = 4
"""Entities that a line through them needs."""
TOLD = {
    "repurchase": ("D4-06", "D4-05"),
    "ten_people": ("D0-28",),
    "ten_entities": ("D0-28",),
}
"""Link -> published figures to lay beside it."""
LINKS = ["link", "n", "low", "high", "effect", "lower", "upper", "unit"]


def links_frame(sources: Mapping[str, pd.DataFrame], ranking: pd.DataFrame, edition: Edition) -> pd.DataFrame:
    """How repurchase, word of mouth and giving up differ with satisfaction.

    Columns: link, n, low and high (percent among the dissatisfied and the satisfied, where two groups are compared),
    effect, lower, upper, unit ("points" between them, or "percent" more for ten points). Links whose source
    was not collected, or with a group below the smallest cell, have no row.
    """
    rows = []
    if "maternal_survey" in sources:
        rows += _of_parents(sources["maternal_survey"], edition)
    if "accounts" in sources:
        rows += _of_accounts(sources["accounts"], ranking, edition)
    if "survey" in sources:
        rows += _of_recommending(sources["survey"], edition)
    return pd.DataFrame(rows, columns=LINKS)


def with_published(links: pd.DataFrame, figures: Mapping[str, float]) -> pd.DataFrame:
    """The links with `published`: ids and values of published figures, empty where none was collected."""
    said = [", ".join(f"{i}: {figures[i]:g}" for i in TOLD.get(link, ()) if i in figures) for link in links["link"]]
    return links.assign(published=said)


def _of_parents(people: pd.DataFrame, edition: Edition) -> list[tuple]:
    happy = people["csi"] >= SATISFIED
    found = [
        _two_groups(link, people[column].astype(float), happy, edition)
        for link, column in (("repurchase", "repurchased"), ("gave_up", "gave_up"))
    ]
    level, known = people["csi"].astype(float), people["repurchased"].notna()
    entity = pd.get_dummies(people["entity"], dtype=float).to_numpy()
    x = np.column_stack([level - level.mean(), entity])[known]
    spread = np.append(np.inf, np.full(entity.shape[1], POOLED_SD))
    bought = people.loc[known, "repurchased"].astype(int).to_numpy()
    if len(np.unique(bought)) < 2 or min(np.bincount(bought)) < edition.minimum_cell:
        return [row for row in found if row]
    fit = fit_ordinal(bought, x, spread)
    half = _z(edition) * fit.errors[0]
    rest = (x[:, 1:] * fit.coefficients[1:]).sum(axis=1) - fit.cuts[0]
    effect = [_growth(x[:, 0], rest, fit.coefficients[0] + side * half) for side in (0, -1, 1)]
    return [row for row in [*found, ("ten_people", len(x), np.nan, np.nan, *effect, "percent")] if row]


def _growth(level: np.ndarray, rest: np.ndarray, slope: float) -> float:
    """Percent by which the mean chance grows when everybody is ten index points more satisfied."""
    now, then = expit(rest + slope * level).mean(), expit(rest + slope * (level + TEN_POINTS)).mean()
    return float(100 * (then / now - 1))


def _of_accounts(accounts: pd.DataFrame, ranking: pd.DataFrame, edition: Edition) -> list[tuple]:
    """Logarithm of the share that buys again, on the composite, over entities."""
    amount = accounts.pivot_table(index="entity", columns="item", values="amount", aggfunc="sum").astype(float)
    score = ranking.set_index("entity").query("rated")["low"].reindex(amount.index)
    known = score.notna() & (amount["buyers"] > 0) & (amount["bought_again"] > 0)
    if known.sum() < FEWEST:
        return []
    log = np.log(amount.loc[known, "bought_again"] / amount.loc[known, "buyers"])
    line = stats.linregress(score[known] / 10, log)
    half = stats.t.ppf(0.5 + edition.model.interval / 2, known.sum() - 2) * line.stderr
    effect = [100 * float(np.expm1(line.slope + side * half)) for side in (0, -1, 1)]
    return [("ten_entities", int(known.sum()), np.nan, np.nan, *effect, "percent")]


def _of_recommending(answers: pd.DataFrame, edition: Edition) -> list[tuple]:
    known = answers.dropna(subset=["recommend", "csat"])
    row = _two_groups("recommend", known["recommend"] >= PROMOTER, known["csat"] >= SATISFIED, edition)
    return [row] if row else []


def _two_groups(link: str, yes: pd.Series, happy: pd.Series, edition: Edition) -> tuple | None:
    """Shares among the dissatisfied and the satisfied, and their difference in points with its interval.

    No ratio: where next to none of the dissatisfied say yes, it would be of any size.
    """
    known = yes.notna() & happy.notna()
    own, glad = yes[known].astype(float).to_numpy(), happy[known].astype(bool).to_numpy()
    sizes = [int((glad == side).sum()) for side in (False, True)]
    if min(sizes) < edition.minimum_cell:
        return None
    low, high = (float(own[glad == side].mean()) for side in (False, True))
    half = _z(edition) * np.hypot(*(np.sqrt(p * (1 - p) / n) for p, n in zip((low, high), sizes, strict=True)))
    return (
        link,
        len(own),
        100 * low,
        100 * high,
        100 * (high - low),
        100 * (high - low - half),
        100 * (high - low + half),
        "points",
    )


def _z(edition: Edition) -> float:
    return float(stats.norm.ppf(0.5 + edition.model.interval / 2))


def costs_frame(accounts: pd.DataFrame | None) -> pd.DataFrame:
    """What after-sales costs are made of; no rows where accounts were not collected.

    Columns: item, share of the costs (percent), lowest and highest entity, of_revenue.
    """
    columns = ["item", "share", "lowest", "highest", "of_revenue"]
    if accounts is None:
        return pd.DataFrame(columns=columns)
    amount = accounts[accounts["area"] == "all"]
    table = amount.pivot_table(index="entity", columns="item", values="amount", aggfunc="sum").astype(float)
    total = table[list(COSTS)].sum(axis=1)
    rows = [
        (
            item,
            100 * table[item].sum() / total.sum(),
            100 * (table[item] / total).min(),
            100 * (table[item] / total).max(),
            100 * table[item].sum() / table["revenue"].sum(),
        )
        for item in COSTS
    ]
    return pd.DataFrame(rows, columns=columns)


def inputs_frame(edition: Edition) -> pd.DataFrame:
    """input, unit, low, usual, high of every scenario input, in the order of the edition."""
    rows = [(item.id, item.unit, item.low, item.usual, item.high) for item in edition.scenarios.inputs]
    return pd.DataFrame(rows, columns=["input", "unit", "low", "usual", "high"])


def value_numbers(links: pd.DataFrame, costs: pd.DataFrame, edition: Edition) -> dict[str, Number]:
    """`value.*`: each link with its interval, the cost share, and the range of the return."""
    found = {}
    by = links.set_index("link")
    for link in ("repurchase", "gave_up", "ten_people", "ten_entities", "recommend"):
        row = by.loc[link] if link in by.index else None
        for key in ("low", "high", "effect", "lower", "upper"):
            known = row is not None and not np.isnan(row[key])
            unit = "percent" if key in ("low", "high") or (row is not None and row["unit"] == "percent") else "plain"
            found[f"value.{link}.{key}"] = Number(float(row[key]) if known else None, unit, 1)
    worth, widest = worth_frame(edition).set_index("part").loc["return"], tornado_frame(edition).iloc[0]
    name = next(item.name for item in edition.scenarios.inputs if item.id == widest["input"])
    share = None if costs.empty else float(costs["of_revenue"].sum())
    return found | {
        "value.accounts": Number(_of_lines(found, edition), "text"),
        "value.cost_share": Number(share, "percent", 1),
        "value.return_low": Number(float(worth["low"]), "plain", 1),
        "value.return_high": Number(float(worth["high"]), "plain", 1),
        "value.return_chance": Number(100 * chance_of_return(edition), "percent", 0),
        "value.widest": Number(name, "text"),
        "value.inputs": Number(len(edition.scenarios.inputs)),
    }


def _of_lines(found: dict[str, Number], edition: Edition) -> Text:
    """What the line over entities says, or that there are too few for one."""

    def told(lang: str) -> str:
        line = {key: found[f"value.ten_entities.{key}"].text(lang) for key in ("effect", "lower", "upper")}
        known = found["value.ten_entities.effect"].value is not None
        phrase = shared_words(lang)["value.accounts" if known else "value.no_accounts"]
        return phrase.format(many=edition.entity.many[lang], **line)

    return Text(**{lang: told(lang) for lang in LANGUAGES})
