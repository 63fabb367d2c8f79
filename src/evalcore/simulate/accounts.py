"""Accounts of the platforms: orders, returns, repurchases, what after-sales service costs and what for."""

import numpy as np
import pandas as pd

from evalcore.simulate.reports import ORDERS_A_QUARTER
from evalcore.simulate.truth import Truth

COST_SHARE = {"maternal": 0.018}
COST_SHARE_ALL = 0.035
"""After-sales cost of revenue: published for maternal goods and for all; other categories make up for it."""
STRUCTURE = {"staff": 0.42, "technology": 0.31, "logistics": 0.18, "compensation": 0.09}
ORDER_YUAN = {"appliances": 620.0, "fresh": 78.0, "maternal": 185.0, "apparel": 140.0, "home": 230.0, "other": 110.0}
RETURNED = {"appliances": 0.052, "fresh": 0.031, "maternal": 0.087, "apparel": 0.162, "home": 0.071, "other": 0.055}
DAMAGED = {"maternal": 0.123}
DAMAGED_ELSE = 0.058
FREIGHT_YUAN = {"tier-1": 8.0, "county": 25.0}
FREIGHT_AREAS = {"tier-1": 0.22, "county": 0.30}
"""Share of returns whose freight is accounted for by area; the rest lies in between and is not told."""
REPURCHASE, PER_TEN_POINTS = 0.52, 1.15
"""Share of a quarter's buyers who buy again within a year, and its factor for ten points of the composite."""
BUYERS_PER_ORDER = 0.6
SPREAD, COST_SPREAD = 0.012, 0.08
"""Between platforms, on the log scale: of repurchase, and of costs."""


def draw_accounts(truth: Truth, rng: np.random.Generator) -> pd.DataFrame:
    """One row per platform, category sold, period and item; amounts in orders, buyers or thousand yuan."""
    edition, quarters = truth.edition, len(truth.edition.periods)
    size = truth.share * len(truth.share) * ORDERS_A_QUARTER
    mean = size[:, None, None] * truth.category_share[:, :, None] * np.ones(quarters)
    orders = rng.poisson(mean)
    categories = [c.id for c in edition.categories]
    revenue = orders * np.array([ORDER_YUAN[c] for c in categories])[None, :, None] / 1000
    amounts = {
        ("orders", "all"): orders,
        ("returns", "all"): rng.binomial(orders, _by_category(RETURNED, categories)),
        ("damaged", "all"): rng.binomial(orders, _by_category(DAMAGED, categories, DAMAGED_ELSE)),
        ("revenue", "all"): np.round(revenue),
        **_costs(truth, revenue, categories, rng),
    }
    returns = amounts["returns", "all"]
    for area, share in FREIGHT_AREAS.items():
        own = rng.binomial(returns, share)
        paid = own * FREIGHT_YUAN[area] * np.exp(rng.normal(0, 0.03, own.shape)) / 1000
        amounts |= {("returns", area): own, ("return_freight", area): np.round(paid, 1)}
    amounts |= _buyers(truth, orders, rng)
    return _long(truth, amounts, categories)


def _by_category(shares: dict[str, float], categories: list[str], otherwise: float = 0.0) -> np.ndarray:
    return np.array([shares.get(c, otherwise) for c in categories])[None, :, None]


def cost_shares(truth: Truth, revenue: np.ndarray, categories: list[str]) -> np.ndarray:
    """(categories,) Cost of revenue: the published one for some, and for the rest what makes the mean the published."""
    total = revenue.sum(axis=(0, 2))
    given = np.array([COST_SHARE.get(c, np.nan) for c in categories])
    known = ~np.isnan(given)
    rest = (COST_SHARE_ALL * total.sum() - np.nansum(given * total)) / total[~known].sum()
    return np.where(known, given, rest)


def _costs(truth: Truth, revenue: np.ndarray, categories: list[str], rng: np.random.Generator) -> dict:
    share = cost_shares(truth, revenue, categories)
    noise = np.exp(rng.normal(-(COST_SPREAD**2) / 2, COST_SPREAD, (len(STRUCTURE), len(truth.platforms))))
    return {
        (item, "all"): np.round(revenue * share[None, :, None] * part * noise[k][:, None, None], 1)
        for k, (item, part) in enumerate(STRUCTURE.items())
    }


def _buyers(truth: Truth, orders: np.ndarray, rng: np.random.Generator) -> dict:
    """Buyers, and those who bought again; more of them where the composite is higher."""
    weights = np.array([d.weight for d in truth.edition.framework.dimensions]) / 100
    composite = truth.dimensions.to_numpy() @ weights
    level = np.log(REPURCHASE) + np.log(PER_TEN_POINTS) * (composite - composite.mean()) / 10
    chance = np.exp(level + rng.normal(0, SPREAD, len(composite)))
    buyers = rng.binomial(orders, BUYERS_PER_ORDER)
    return {("buyers", "all"): buyers, ("bought_again", "all"): rng.binomial(buyers, chance[:, None, None])}


def _long(truth: Truth, amounts: dict[tuple[str, str], np.ndarray], categories: list[str]) -> pd.DataFrame:
    periods = [p.id for p in truth.edition.periods]
    index = pd.MultiIndex.from_product([truth.platforms, categories, periods], names=["platform", "category", "period"])
    sells = np.repeat(truth.category_share > 0, len(periods), axis=1).ravel()
    parts = [
        pd.DataFrame({"amount": values.ravel().astype(float)}, index=index)[sells].reset_index().assign(item=i, area=a)
        for (i, a), values in amounts.items()
    ]
    return pd.concat(parts).sort_values(["platform", "category", "period", "item"], kind="stable", ignore_index=True)
