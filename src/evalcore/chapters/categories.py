"""Chapter 7: scores per category, with each category's own indicators."""

import pandas as pd

from evalcore.chapters.composite import rated_grid
from evalcore.edition import Edition
from evalcore.words import Number


def category_grid(categories: pd.DataFrame, ranking: pd.DataFrame, edition: Edition) -> pd.DataFrame:
    """entity, group, low, lower, upper in the order of ranking and edition; missing if not sold, small or unrated."""
    return rated_grid(categories, ranking, [category.id for category in edition.categories])


def own_indicators(category_indicators: pd.DataFrame, edition: Edition) -> pd.DataFrame:
    """Indicators that a category adds or weighs differently: group, indicator, entity, value, n, status."""
    special = {
        (category.id, indicator)
        for category in edition.categories
        for indicator in (*category.multiply, *(i.id for added in category.adds.values() for i in added))
    }
    pairs = zip(category_indicators["group"], category_indicators["indicator"], strict=True)
    own = category_indicators[[pair in special for pair in pairs]]
    order = {category.id: k for k, category in enumerate(edition.categories)}
    ordered = own.sort_values(["group", "indicator", "entity"], key=lambda c: c.map(order) if c.name == "group" else c)
    return ordered[["group", "indicator", "entity", "value", "n", "status"]].reset_index(drop=True)


def category_numbers(categories: pd.DataFrame, edition: Edition) -> dict[str, Number]:
    """`category.<id>.mean` and `.entities`: unweighted over the entities shown, pooled groups left out."""
    found: dict[str, Number] = {}
    categories = categories[~categories["entity"].isin(edition.pooled)]
    for category in edition.categories:
        shown = categories[(categories["group"] == category.id) & categories["rated"]]["low"].dropna()
        found[f"category.{category.id}.mean"] = Number(float(shown.mean()) if len(shown) else None, "plain", 1)
        found[f"category.{category.id}.entities"] = Number(len(shown))
    return found
