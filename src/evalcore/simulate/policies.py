"""The policy inventory: what each platform promises in each category it sells."""

import numpy as np
import pandas as pd

from evalcore.simulate.truth import Truth

SHARES = {
    "compensation_standard": 0.287,
    "free_pickup": 0.35,
    "one_policy": 0.12,
    "repair_in_24h": 0.28,
    "sends_knowledge": 0.154,
    "repair_prices_shown": 0.46,
    "opened_goods_returnable": 0.40,
    "night_hours": 0.53,
    "elder_friendly": 0.33,
    "freight_insurance": 0.60,
}
"""Policy -> share of the platforms of a category that have it; the first five are published for maternal goods."""
WITH_COMPLIANCE = 0.25
"""How far a platform's compliance, beside chance, decides whether it has a policy."""
RETURN_DAYS = {"appliances": (7, 7, 15), "fresh": (0, 1, 2), "maternal": (7, 7, 15)}
OTHER_DAYS = (7, 7, 15, 30)
FREIGHT_PAYERS = ("user", "seller", "platform", "insurance")
FREIGHT_SHARES = (0.30, 0.25, 0.15, 0.30)


def draw_policies(truth: Truth, rng: np.random.Generator) -> pd.DataFrame:
    """One row per platform and category sold; as many platforms have a policy as its share allows."""
    parts = []
    for column, category in enumerate(truth.edition.categories):
        sells = np.flatnonzero(truth.category_share[:, column] > 0)
        if len(sells):
            parts.append(_category(truth, category.id, sells, rng))
    frame = pd.concat(parts)
    return frame.sort_values(["platform", "category"], kind="stable", ignore_index=True)


def _category(truth: Truth, category: str, sells: np.ndarray, rng: np.random.Generator) -> pd.DataFrame:
    number, compliance = len(sells), truth.dimensions["C"].to_numpy()[sells]
    better = (compliance - compliance.mean()) / max(compliance.std(), 1e-9)
    has = {name: _holders(share, better, rng) for name, share in SHARES.items()}
    return pd.DataFrame(
        {
            "platform": np.array(truth.platforms, dtype=object)[sells],
            "category": category,
            "no_reason_days": rng.choice(RETURN_DAYS.get(category, OTHER_DAYS), number),
            "freight_payer": rng.choice(np.array(FREIGHT_PAYERS, dtype=object), number, p=FREIGHT_SHARES),
            **has,
        }
    )


def _holders(share: float, better: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """The whole number nearest to the share, those of better compliance more often."""
    order = np.argsort(-(WITH_COMPLIANCE * better + rng.normal(size=len(better))))
    has = np.zeros(len(better), dtype=bool)
    has[order[: round(share * len(better))]] = True
    return has
