"""The index: indicators -> dimensions -> composite, with the experts' share and bounds for what is unreported."""

import numpy as np
import xarray as xr

from evalcore.edition import Category, Edition, Indicator
from evalcore.indicators.values import LEFT_OUT, MEASURED
from evalcore.score.aggregate import bounds, unreported_share, weighted_mean
from evalcore.score.normalise import baseline_bonus


def score_index(values: xr.Dataset, experts: xr.Dataset | None, edition: Edition) -> xr.Dataset:
    """Scores of all entities and groups.

    Parameters
    ----------
    values : Dataset
        As `indicator_values` returns it. Groups that are categories use their own indicators and weights.
    experts : Dataset or None
        As `expert_scores` returns it; None where no panel was asked, the indicators then count alone.

    Returns
    -------
    Dataset
        Index 0 along `draw` is the point estimate, the others are draws. `base`, `bonus`, `score`
        (draw, entity, group, indicator); `dimension_low`, `dimension_high` and `panel_share`, what the experts
        decide of it, 0 to 1 (draw, entity, group, dimension); `composite_low`, `composite_high`, and
        `composite_base`, `composite_bonus`, `composite_expert`, the parts of `composite_low` (draw, entity, group);
        `weight` and `unreported` (percent). Low: unreported items earn 0; high: 100. NaN where nothing applies.
    """
    scored = _scored(values, edition)
    status = values["status"].to_numpy()
    applies, reported = ~np.isin(status, LEFT_OUT), status == MEASURED
    weights = indicator_weights(values["group"].to_numpy(), edition)
    parts = {"low": [], "high": [], "base": [], "bonus": []}
    for dimension in edition.dimensions.values():
        own = weights["dimension"] == dimension.id
        inside = (weights["weight"][:, own], applies[..., own])
        low, high = bounds(scored["score"].to_numpy()[..., own], reported[..., own])
        for key, scores in {
            "low": low,
            "high": high,
            "base": bounds(scored["base"].to_numpy()[..., own], reported[..., own])[0],
            "bonus": bounds(scored["bonus"].to_numpy()[..., own], reported[..., own])[0],
        }.items():
            parts[key].append(weighted_mean(scores, *inside))
    stacked = {key: np.stack(found, axis=-1) for key, found in parts.items()}
    return _assemble(scored, stacked, _panel(experts, stacked["low"].shape), weights, (applies, reported), edition)


def _scored(values: xr.Dataset, edition: Edition) -> xr.Dataset:
    """Base, bonus and score per indicator; the point estimate in front of the draws."""
    both = np.concatenate([values["value"].to_numpy()[None], values["draws"].to_numpy()])
    split = [baseline_bonus(both[..., k], i.goalposts) for k, i in enumerate(edition.indicators.values())]
    base, bonus = (np.stack([pair[side] for pair in split], axis=-1) for side in (0, 1))
    dims = ("draw", "entity", "group", "indicator")
    found = {"base": (dims, base), "bonus": (dims, bonus), "score": (dims, base + bonus)}
    return xr.Dataset(found, coords={name: values[name] for name in dims[1:]})


def indicator_weights(groups: np.ndarray, edition: Edition) -> dict[str, np.ndarray]:
    """Dimension of each indicator (indicator,) and weights per group (group, indicator)."""
    categories = {category.id: category for category in edition.categories}
    homes = {i.id: (d, i) for d in edition.framework.dimensions for i in d.indicators}
    for category in edition.categories:
        homes |= {i.id: (edition.dimensions[d], i) for d, added in category.adds.items() for i in added}
    ordered = [homes[key] for key in edition.indicators]
    weight = [[_weight(indicator, categories.get(group)) for _, indicator in ordered] for group in groups]
    return {
        "dimension": np.array([dimension.id for dimension, _ in ordered]),
        "weight": np.array(weight, dtype=float).reshape(len(groups), len(ordered)),
    }


def _weight(indicator: Indicator, category: Category | None) -> float:
    return indicator.weight * (category.multiply.get(indicator.id, 1.0) if category else 1.0)


def _panel(experts: xr.Dataset | None, shape: tuple[int, ...]) -> np.ndarray:
    """Expert scores on the shape (draw, entity, group, dimension); NaN where nobody was asked."""
    if experts is None:
        return np.full(shape, np.nan)
    both = np.concatenate([experts["value"].to_numpy()[None], experts["draws"].to_numpy()])
    return np.broadcast_to(both[:, :, None, :], shape)


def _assemble(
    scored: xr.Dataset,
    parts: dict[str, np.ndarray],
    panel: np.ndarray,
    weights: dict[str, np.ndarray],
    flags: tuple[np.ndarray, np.ndarray],
    edition: Edition,
) -> xr.Dataset:
    share = np.where(np.isnan(panel), 0.0, edition.framework.expert_share / 100)
    expert = share * np.where(np.isnan(panel), 0.0, panel)
    own = {key: (1 - share) * found for key, found in parts.items()}
    dimension_weight = np.array([d.weight for d in edition.framework.dimensions])
    exists = ~np.isnan(parts["low"])

    def composite(scores: np.ndarray) -> np.ndarray:
        return weighted_mean(scores, dimension_weight, exists)

    cell, whole = ("draw", "entity", "group", "dimension"), ("draw", "entity", "group")
    added = {
        "dimension_low": (cell, own["low"] + expert),
        "dimension_high": (cell, own["high"] + expert),
        "dimension_indicators": (cell, parts["low"]),
        "panel_share": (cell, share),
        "composite_low": (whole, composite(own["low"] + expert)),
        "composite_high": (whole, composite(own["high"] + expert)),
        "composite_base": (whole, composite(own["base"])),
        "composite_bonus": (whole, composite(own["bonus"])),
        "composite_expert": (whole, composite(np.where(exists, expert, np.nan))),
        "unreported": (whole[1:], _unreported(weights, flags, dimension_weight, edition)),
    }
    return scored.assign(added).assign_coords(dimension=list(edition.dimensions))


def _unreported(
    weights: dict[str, np.ndarray], flags: tuple[np.ndarray, np.ndarray], dimension_weight: np.ndarray, edition: Edition
) -> np.ndarray:
    """Percent of the applicable indicator weight that was not reported, shape (entity, group)."""
    inside = [weights["dimension"] == id_ for id_ in edition.dimensions]
    applies, reported = flags
    shares = [unreported_share(weights["weight"][:, own], applies[..., own], reported[..., own]) for own in inside]
    share = np.stack(shares, axis=-1)
    return weighted_mean(share, dimension_weight, ~np.isnan(share))
