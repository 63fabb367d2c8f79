"""What sets each composite apart from the mean of the rated: by dimension, and by indicator where that can be told."""

import numpy as np
import pandas as pd

from evalcore.chapters.shapley import ENUMERATED, shapley
from evalcore.edition import Dimension, Edition, Text
from evalcore.indicators.values import INAPPLICABLE, SUPPRESSED, UNREPORTED
from evalcore.words import LANGUAGES, Number, format_value, shared_words

TOLD = 2
"""How many parts are named that pull a score up, and down."""
EXPERTS = "experts"


def dimension_pulls(ranking: pd.DataFrame, dimensions: pd.DataFrame, edition: Edition) -> pd.DataFrame:
    """entity, dimension, points: the Shapley value of each dimension; they add up to score - mean of the rated.

    Entities best first, dimensions in the order of the framework. A dimension that does not apply to an entity
    contributes by leaving the denominator.
    """
    entities, ids = list(ranking[ranking["rated"]]["entity"]), list(edition.dimensions)
    scores = _matrix(dimensions, "dimension", "low", entities, ids)
    weights = np.array([dimension.weight for dimension in edition.dimensions.values()])
    points = shapley(scores, weights) if entities else np.zeros((0, len(ids)))
    found = {"entity": np.repeat(entities, len(ids)), "dimension": ids * len(entities), "points": points.ravel()}
    return pd.DataFrame(found).astype({"points": float})


def part_pulls(
    ranking: pd.DataFrame, dimensions: pd.DataFrame, indicators: pd.DataFrame, edition: Edition
) -> pd.DataFrame:
    """entity, dimension, part, points: dimensions split into indicators and the experts' share ("experts").

    The Owen value with dimensions as unions: parts add up to their dimension. A dimension stays whole (part "") where
    some dimension does not apply to everybody, where a score is suppressed (it could be computed back), or where
    more than `ENUMERATED` indicators differ in who they apply to.
    """
    entities, ids = list(ranking[ranking["rated"]]["entity"]), list(edition.dimensions)
    low, own = (_matrix(dimensions, "dimension", key, entities, ids) for key in ("low", "indicators"))
    whole = dimension_pulls(ranking, dimensions, edition).assign(part="")
    splittable = len(entities) > 0 and not np.isnan(low).any()
    frames = []
    for k, dimension in enumerate(edition.dimensions.values()):
        items = _items(indicators, dimension, entities) if splittable else None
        split = None if items is None else _inside(items, low[:, k], own[:, k], dimension, edition)
        frames.append(
            whole[whole["dimension"] == dimension.id]
            if split is None
            else split.assign(
                entity=np.repeat(entities, len(split) // len(entities)), points=split["points"] * dimension.weight / 100
            )
        )
    return pd.concat(frames, ignore_index=True)[["entity", "dimension", "part", "points"]]


def _items(indicators: pd.DataFrame, dimension: Dimension, entities: list[str]) -> np.ndarray | None:
    """Scores (entity, indicator), 0 where unreported, NaN where inapplicable; None where they may not be split."""
    ids = [indicator.id for indicator in dimension.indicators]
    own = indicators[indicators["indicator"].isin(ids) & indicators["entity"].isin(entities)]
    if (own["status"] == SUPPRESSED).any():
        return None
    known = own[own["status"] != INAPPLICABLE]
    filled = known.assign(score=known["score"].mask(known["status"] == UNREPORTED, 0.0))
    scores = _matrix(filled, "indicator", "score", entities, ids)
    return None if np.isnan(scores).any() and len(ids) > ENUMERATED else scores


def _inside(
    items: np.ndarray, low: np.ndarray, own: np.ndarray, dimension: Dimension, edition: Edition
) -> pd.DataFrame:
    """dimension, part, points on the dimension's scale, entity after entity; `low` is `own` with the experts' share."""
    asked = not np.allclose(low, own)
    share = 1 - edition.framework.expert_share / 100 if asked else 1.0
    points = share * shapley(items, np.array([indicator.weight for indicator in dimension.indicators]))
    parts = [indicator.id for indicator in dimension.indicators]
    if asked:
        expert = low - share * own
        points, parts = np.column_stack([points, expert - expert.mean()]), [*parts, EXPERTS]
    return pd.DataFrame({"dimension": dimension.id, "part": parts * len(items), "points": points.ravel()})


def pull_numbers(ranking: pd.DataFrame, parts: pd.DataFrame, edition: Edition) -> dict[str, Number]:
    """`<id>.distance` (score - mean of the rated), `<id>.pulls_up`, `<id>.pulls_down`: the largest parts, as text."""
    rated = ranking[ranking["rated"]].set_index("entity")["low"]
    found: dict[str, Number] = {}
    for entity in ranking["entity"]:
        own, key = parts[parts["entity"] == entity], entity.lower()
        known = entity in rated.index
        found[f"{key}.distance"] = _signed(float(rated[entity] - rated.mean())) if known else Number(None, "text")
        for side, sign in (("pulls_up", 1), ("pulls_down", -1)):
            found[f"{key}.{side}"] = Number(_largest(own, sign, edition) if known else None, "text")
    return found


def _largest(own: pd.DataFrame, sign: int, edition: Edition) -> Text:
    """The parts that pull most to one side, at least a tenth of a point as printed."""
    felt = own[(own["points"] * sign).round(1) > 0]
    largest = felt.assign(size=felt["points"] * sign).nlargest(TOLD, "size")

    def told(lang: str) -> str:
        words = shared_words(lang)
        named = [(_name(row, lang, edition), _sign(row.points)) for row in largest.itertuples()]
        listed = [words["order.pull"].format(name=name, points=points) for name, points in named]
        return words["order.list"].join(listed) or words["order.no_pull"]

    return Text(**{lang: told(lang) for lang in LANGUAGES})


def _name(row: object, lang: str, edition: Edition) -> str:
    dimension = edition.named("dimensions", row.dimension)[lang]
    if row.part == EXPERTS:
        return shared_words(lang)["order.experts"].format(name=dimension)
    return edition.named("indicators", row.part)[lang] if row.part else dimension


def _signed(points: float) -> Number:
    return Number(Text(**{lang: _sign(points) for lang in LANGUAGES}), "text")


def _sign(points: float) -> str:
    shown = format_value(points, 1)
    return f"+{shown}" if points > 0 and float(f"{points:.1f}") else shown


def _matrix(frame: pd.DataFrame, column: str, value: str, entities: list[str], ids: list[str]) -> np.ndarray:
    wide = frame.pivot(index="entity", columns=column, values=value).reindex(index=entities, columns=ids)
    return wide.to_numpy(float)
