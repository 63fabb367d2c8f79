"""Coverage of intervals over worlds drawn from a prior, from counts through indicators to scores and ranks."""

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest

from evalcore.edition import Edition
from evalcore.indicators.values import indicator_values
from evalcore.score.index import score_index
from evalcore.score.rank import interval, rank_summary, ranks

WORLDS, SHOPS, LEVEL = 200, 8, 0.89
MICRO = 1_000_000


def _world(rng: np.random.Generator) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Cells of what was answered, and cells of the truth (as if everybody had been asked)."""
    seen, true = [], []
    for shop in range(SHOPS):
        solved, satisfied = rng.beta(14, 5), rng.dirichlet([1, 2, 4, 8, 6])
        for period in ("Q1", "Q2"):
            n = int(rng.integers(60, 400))
            levels = np.arange(1, 6)
            answers = rng.multinomial(n, satisfied)
            key = {"entity": f"S{shop}", "period": period}
            hits = rng.binomial(n, solved)
            seen += [_cell("R1", key, n, hits, hits), _cell("E1", key, n, answers @ levels, answers @ levels**2)]
            true += [_cell("R1", key, n, n * solved, 0), _cell("E1", key, n, n * (satisfied @ levels), 0)]
    return pd.DataFrame(seen), pd.DataFrame(true)


def _cell(indicator: str, key: dict[str, str], n: int, total: float, square: float) -> dict[str, object]:
    sums = {
        "numerator": total * MICRO,
        "denominator": n * MICRO,
        "square": square * MICRO,
        "weight_square": n * MICRO,
        "n": n,
    }
    return {"indicator": indicator, "part": 0, "category": "fresh", **key, **sums}


@pytest.mark.slow
def test_intervals_of_scores_cover_and_intervals_of_ranks_cover_at_least(
    tiny: dict, edition_of: Callable[[dict], Edition], record_property: Callable[[str, object], None]
):
    """200 worlds: scores within 3 standard errors clustered by world, ranks at least nominal (excess recorded)."""
    entities = [
        {"id": f"S{k}", "name": {"en": f"Shop {k}", "zh": f"店{k}"}, "categories": ["fresh"]} for k in range(SHOPS)
    ]
    scores, places = np.empty(WORLDS), np.empty(WORLDS)
    for world in range(WORLDS):
        edition = edition_of({**tiny, "seed": world, "entities": entities, "model": {"draws": 800}})
        seen, true = _world(np.random.default_rng([7, world]))
        found = score_index(indicator_values(seen, edition), None, edition)["composite_low"].to_numpy()[:, :, 0]
        truth = score_index(indicator_values(true, edition), None, edition)["composite_low"].to_numpy()[0, :, 0]
        low, high = interval(found[1:], LEVEL)
        summary = rank_summary(found[1:], found[0], [e["id"] for e in entities], LEVEL)
        scores[world] = ((low <= truth) & (truth <= high)).mean()
        place = ranks(truth)
        places[world] = ((summary["rank_lower"] <= place) & (place <= summary["rank_upper"])).mean()
    error = scores.std(ddof=1) / np.sqrt(WORLDS)
    record_property("scores_covered", float(round(scores.mean(), 4)))
    record_property("scores_error", float(round(error, 4)))
    record_property("ranks_excess", float(round(places.mean() - LEVEL, 4)))
    print(f"scores {scores.mean():.4f} (error {error:.4f}), ranks {places.mean():.4f} of {LEVEL}")
    assert abs(scores.mean() - LEVEL) < 3 * error
    assert places.mean() >= LEVEL - 3 * places.std(ddof=1) / np.sqrt(WORLDS)
