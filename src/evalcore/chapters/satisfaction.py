"""Chapter 6: satisfaction by entity, like for like, who can be told apart, and the way from raw to post-stratified."""

from collections.abc import Mapping

import numpy as np
import pandas as pd
import xarray as xr

from evalcore import grammar
from evalcore.chapters.order import standing_of
from evalcore.edition import Edition, Text
from evalcore.model.poststratify import mean_level, of_hundred, top_two
from evalcore.score.rank import ahead, interval, rank_summary
from evalcore.words import Number

SUMMARIES = {"mean": mean_level, "hundred": of_hundred, "top": top_two}
"""Column -> what it says of the shares of the levels."""


def summarised(shares: xr.Dataset, edition: Edition) -> pd.DataFrame:
    """The rows of a grouping with `mean` (levels), `hundred` (0 to 100) and `top` (two highest levels, percent).

    Each is the mean of its draws, with its interval as `<name>_lower` and `<name>_upper`.
    """
    frame = pd.DataFrame({str(key): shares[key].to_numpy() for key in shares.coords if shares[key].dims == ("row",)})
    for name, read in SUMMARIES.items():
        draws = read(shares["shares"]).transpose("draw", "row").to_numpy()
        lower, upper = interval(draws, edition.model.interval)
        frame = frame.assign(**{name: draws.mean(axis=0), f"{name}_lower": lower, f"{name}_upper": upper})
    return frame


def respondents(counts: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    """keys, `n`: answers to the item, not weighted."""
    return counts.groupby(keys, as_index=False)["n"].sum()


def entities_frame(shares: xr.DataTree, counts: pd.DataFrame, edition: Edition) -> pd.DataFrame:
    """entity, n, the summaries, and `own`, `own_lower`, `own_upper` (mean level with its own people); best first.

    Entities with fewer answers than the edition shows are left out.
    """
    found = summarised(shares["entity"].to_dataset(), edition).merge(respondents(counts, ["entity"]), on="entity")
    own = summarised(shares["own"].to_dataset(), edition).set_index("entity")
    for name in ("mean", "mean_lower", "mean_upper"):
        found[name.replace("mean", "own")] = found["entity"].map(own[name])
    shown = found[found["n"] >= edition.minimum_cell]
    return shown.sort_values("mean", ascending=False, ignore_index=True)


def path_frame(shares: xr.DataTree, counts: pd.DataFrame, edition: Edition) -> pd.DataFrame:
    """entity, n, raw, weighted, own, mean, mean_lower, mean_upper: mean levels on the way to like for like, best first.

    `raw` is the plain mean, `weighted` that of the survey weights, `own` the model's with the entity's own people,
    `mean` the model's with the common population.
    """
    found = entities_frame(shares, counts, edition)
    for name, weight in (("raw", "n"), ("weighted", "weight")):
        sums = counts.assign(sum=counts["level"] * counts[weight]).groupby("entity")[["sum", weight]].sum()
        found[name] = found["entity"].map(sums["sum"] / sums[weight])
    return found[["entity", "n", "raw", "weighted", "own", "mean", "mean_lower", "mean_upper"]]


def compared(found: pd.DataFrame, edition: Edition) -> list[str]:
    """The entities of a frame that are compared, in its order: those that pool many are not."""
    pooled = {entity.id for entity in edition.entities if entity.pooled}
    return [entity for entity in found["entity"] if entity not in pooled]


def chances_frame(shares: xr.DataTree, entities: list[str]) -> pd.DataFrame:
    """entity, other, probability that the first's mean level is the higher, like for like; both in the order given."""
    chance = ahead(_draws(shares, entities))
    found = xr.DataArray(chance, coords={"entity": entities, "other": entities}, dims=("entity", "other"))
    frame = found.to_dataframe("probability").reset_index()
    return frame[frame["entity"] != frame["other"]].reset_index(drop=True)


def satisfaction_numbers(shares: xr.DataTree, counts: pd.DataFrame, edition: Edition) -> dict[str, Number]:
    """`satisfaction.*`: mean, ends, what like for like moves, and the sentences about order."""
    found = path_frame(shares, counts, edition)
    moved = (found["mean"] - found["raw"]).abs()
    return {
        "satisfaction.respondents": Number(int(counts["n"].sum())),
        "satisfaction.entities": Number(len(found)),
        "satisfaction.mean": Number(float(found["mean"].mean()), "plain", 2),
        "satisfaction.lowest": Number(float(found["mean"].min()), "plain", 2),
        "satisfaction.highest": Number(float(found["mean"].max()), "plain", 2),
        "satisfaction.moved": Number(float(moved.max()), "plain", 2),
        **_order(shares, found, edition),
    }


def _order(shares: xr.DataTree, found: pd.DataFrame, edition: Edition) -> dict[str, Number]:
    """Who is first, last, and in groups; by the mean level like for like."""
    order = compared(found, edition)
    draws = _draws(shares, order)
    ranking = rank_summary(draws, draws.mean(axis=0), order, edition.model.interval).assign(rated=True)
    standing = standing_of(ranking, chances_frame(shares, order), edition)
    told = {
        "first": grammar.first_sentence(standing, edition),
        "last": grammar.last_sentence(standing, edition),
        "groups": grammar.groups_sentence(standing, edition),
        "pairs": grammar.pairs_sentence(standing, edition),
    }
    return {f"satisfaction.{key}": Number(text, "text") for key, text in told.items()}


def _draws(shares: xr.DataTree, entities: list[str]) -> np.ndarray:
    """Mean levels like for like, (draw, entity)."""
    own = shares["entity"].to_dataset()
    place = pd.Index(own["entity"].to_numpy()).get_indexer(entities)
    return mean_level(own["shares"]).transpose("draw", "row").to_numpy()[:, place]


def item_facts(edition: Edition) -> dict[str, object]:
    """What captions call the first item: `item` (its question) and `levels` of its scale."""
    name = edition.model.items[0]
    column = edition.sources[edition.model.source].columns[name]
    return {"item": column.what or Text(en=name, zh=name), "levels": column.levels}


def every_segment(edition: Edition) -> Mapping[str, str]:
    """Segment -> id of the fit that tells of it: the first item's with both segments, or its own."""
    model = edition.model
    together = {name: model.items[0].lower() for name in model.segments}
    own = {fit.segments[-1]: fit.id for fit in model.fits.values() if fit.segments}
    return together | {name: fit for name, fit in own.items() if name in model.apart}
