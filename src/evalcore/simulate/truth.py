"""The truth behind the demonstration world. Only tests may read it from a file."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from evalcore.edition import Edition
from evalcore.simulate.changes import earlier
from evalcore.simulate.latent import draw_dimensions, draw_indicators, true_values
from evalcore.simulate.plan import Plan, draw_plan, pinned_ends, pinned_points
from evalcore.simulate.plants import Plants, draw_plants, pinned_by_plants
from evalcore.simulate.scale import points_of
from evalcore.simulate.targets import CATEGORY_EFFECTS, CATEGORY_SHARES, COVERAGE, SIZE_SHARES
from evalcore.streams import stream

CATEGORY_JITTER = 0.12
QUARTER_JITTER = 0.06
QUARTER_TREND = 0.04
DRIFT = -0.2
"""Logit scale, a quarter; in the misspecified world respondents become stricter as the year goes on."""
SHARE_JITTER = 0.2
COVERAGE_JITTER = 6.0


@dataclass(frozen=True)
class Truth:
    """True values and effects; rows follow the edition's platforms, columns its categories or quarters.

    Attributes
    ----------
    changes : dict of str to str
        Platforms that really change until the following year -> "drop" or "rise".
    dimensions, points, values : DataFrame
        Platforms × dimensions (points), × indicators (points; value in the indicator's unit).
    category, quarter : dict of str to ndarray
        Per indicator, effects on the logit scale: (platforms, categories) and (platforms, quarters).
    share, category_share : ndarray
        (platforms,) of all contacts; (platforms, categories) of a platform's, 0 where it does not sell.
    """

    edition: Edition
    plan: Plan
    plants: Plants
    changes: dict[str, str]
    dimensions: pd.DataFrame
    points: pd.DataFrame
    values: pd.DataFrame
    category: dict[str, np.ndarray]
    quarter: dict[str, np.ndarray]
    share: np.ndarray
    category_share: np.ndarray

    @property
    def platforms(self) -> list[str]:
        """Ids in the edition's order."""
        return list(self.dimensions.index)

    def rate(self, indicator: str) -> np.ndarray:
        """(platforms,) True share, 0 to 1."""
        return self.values[indicator].to_numpy() / 100

    def offset(self, indicator: str) -> np.ndarray:
        """(platforms, categories, quarters) Category and quarter effect, logit scale."""
        return self.category[indicator][:, :, None] + self.quarter[indicator][:, None, :]


def draw_truth(edition: Edition) -> Truth:
    """The truth of a simulated edition, each part from its own stream."""
    seed, platforms = edition.simulation.seed, edition.simulation.platforms
    dimensions = draw_dimensions(edition, stream(platforms, "truth/dimensions"))
    dimensions, changes = earlier(edition, dimensions)
    plan, plants = draw_plan(edition, dimensions), draw_plants(edition, dimensions)
    planted = pinned_by_plants(plants, list(dimensions.index))
    ends = pinned_ends(edition, dimensions, planted.dropna(how="all").index)
    pinned = pinned_points(edition, plan).join(planted).join(ends)
    points = draw_indicators(edition, dimensions, pinned, stream(platforms, "truth/indicators"))
    points = points.join(_coverage_points(edition))
    effects = {i: stream(seed, f"truth/effects/{i}") for i in points}
    drift = QUARTER_TREND if edition.simulation.world == "as_modelled" else DRIFT
    return Truth(
        edition=edition,
        plan=plan,
        plants=plants,
        changes=changes,
        dimensions=dimensions,
        points=points,
        values=true_values(edition, points),
        category={i: _category_effects(edition, i, rng) for i, rng in effects.items()},
        quarter={i: _quarter_effects(edition, rng, drift) for i, rng in effects.items()},
        share=_shares(edition),
        category_share=_category_shares(edition),
    )


def _coverage_points(edition: Edition) -> pd.DataFrame:
    """Points of the on-site repair coverage, an indicator of appliances alone (NaN where they are not sold)."""
    rng = stream(edition.simulation.platforms, "truth/coverage")
    drawn = rng.normal([COVERAGE[e.size] for e in edition.entities], COVERAGE_JITTER)
    sells = ["appliances" in e.categories for e in edition.entities]
    values = np.where(sells, np.clip(drawn, 35, 98), np.nan)
    added = {"A1": points_of(values, edition.indicators["A1"].goalposts)} if "A1" in edition.indicators else {}
    return pd.DataFrame(added, index=[e.id for e in edition.entities])


def _category_effects(edition: Edition, indicator: str, rng: np.random.Generator) -> np.ndarray:
    known = np.array([CATEGORY_EFFECTS.get(indicator, {}).get(c.id, 0) for c in edition.categories])
    return known + rng.normal(0, CATEGORY_JITTER, (len(edition.entities), len(known)))


def _quarter_effects(edition: Edition, rng: np.random.Generator, drift: float) -> np.ndarray:
    """A slow rise (or fall) over the year and a little that is each quarter's own."""
    quarters = np.arange(len(edition.periods))
    trend = drift * (quarters - quarters.mean())
    return trend + rng.normal(0, QUARTER_JITTER, (len(edition.entities), len(quarters)))


def _shares(edition: Edition) -> np.ndarray:
    rng = stream(edition.simulation.platforms, "truth/shares")
    relative = np.array([SIZE_SHARES[e.size] for e in edition.entities])
    relative = relative * np.exp(rng.normal(0, SHARE_JITTER, len(relative)))
    return relative / relative.sum()


def _category_shares(edition: Edition) -> np.ndarray:
    relative = np.array(
        [[CATEGORY_SHARES[c.id] * (c.id in e.categories) for c in edition.categories] for e in edition.entities]
    )
    return relative / relative.sum(axis=1, keepdims=True)


def describe(truth: Truth) -> dict:
    """The truth as plain values for truth.json."""
    weights, plan = {d.id: d.weight / 100 for d in truth.edition.framework.dimensions}, truth.plan
    categories = [c.id for c in truth.edition.categories]
    quarters = [p.id for p in truth.edition.periods]
    return {
        "seed": truth.edition.simulation.seed,
        "composite": {p: float(sum(row[d] * w for d, w in weights.items())) for p, row in _rows(truth.dimensions)},
        "dimensions": {p: row for p, row in _rows(truth.dimensions)},
        "points": {p: row for p, row in _rows(truth.points)},
        "values": {p: row for p, row in _rows(truth.values)},
        "category_effects": {i: _nested(e, truth.platforms, categories) for i, e in truth.category.items()},
        "quarter_effects": {i: _nested(e, truth.platforms, quarters) for i, e in truth.quarter.items()},
        "share": dict(zip(truth.platforms, truth.share.tolist(), strict=True)),
        "category_share": _nested(truth.category_share, truth.platforms, categories),
        "planted": {
            "unfair_terms": list(plan.unfair),
            "experts": {"severe": plan.severe, "lenient": plan.lenient, "conflict": list(plan.conflict)},
            "unreported": [list(pair) for pair in plan.unreported],
            "findings": truth.plants.describe(),
            "changes": truth.changes,
        },
    }


def _rows(frame: pd.DataFrame) -> list[tuple[str, dict]]:
    return [(str(i), {c: None if pd.isna(v) else float(v) for c, v in row.items()}) for i, row in frame.iterrows()]


def _nested(values: np.ndarray, rows: list[str], columns: list[str]) -> dict:
    return {r: dict(zip(columns, line, strict=True)) for r, line in zip(rows, values.tolist(), strict=True)}
