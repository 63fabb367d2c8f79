"""Chapter 18, first part: how far the ranking is settled, and what moves it."""

from typing import NamedTuple

import numpy as np
import pandas as pd
import xarray as xr

from evalcore.edition import Edition, Text
from evalcore.indicators.values import indicator_values
from evalcore.robust import Index, index_of, rated_only, space_of
from evalcore.robust.design import moving, own_choice
from evalcore.robust.effective import effective_weights, ranks_without
from evalcore.robust.evaluate import composites
from evalcore.robust.ranksets import rank_sets
from evalcore.robust.sensitivity import RankCounts, rank_counts, rank_range
from evalcore.robust.sobol import rank_shares
from evalcore.robust.ties import clear_steps, tie_letters
from evalcore.score.experts import expert_scores
from evalcore.score.rank import ahead, ranks
from evalcore.words import LANGUAGES, Number, digits_for
from evalcore.words.words import exhibit_words

NODE_OF_ALL, INTERACTION = "experts", "interaction"
"""Rows of frames that are no indicator, and no factor."""


class Year(NamedTuple):
    """The rated entities, best first, their index, and their composites per draw, (draw, entity)."""

    entities: list[str]
    index: Index
    draws: np.ndarray


def year_of(
    cells: pd.DataFrame,
    panel: xr.DataArray | None,
    ranking: pd.DataFrame,
    edition: Edition,
    modelled: xr.DataArray | None = None,
) -> Year:
    """The index of the rated entities in the order of the ranking; arguments and draws as `score_edition` has them."""
    values = indicator_values(cells, edition, None, modelled)
    experts = None if panel is None else expert_scores(panel, edition)
    entities = list(ranking[ranking["rated"]]["entity"])
    values = values.sel(entity=entities)
    index = index_of(values, None if experts is None else experts.sel(entity=entities), edition)
    index = rated_only(index, np.ones(len(entities), dtype=bool))
    return Year(entities, index, _composites(index, edition))


def _composites(index: Index, edition: Edition) -> np.ndarray:
    """The published composites again, row 0 the point: what all alternatives are compared with."""
    rows = np.arange(len(index.values))
    found = []
    for begin in range(0, len(rows), edition.robustness.chunk):
        own = rows[begin : begin + edition.robustness.chunk]
        design = own_choice(index, len(own))
        design.data[:] = own
        found.append(composites(index, design))
    return np.concatenate(found)


def ranks_frame(year: Year, edition: Edition) -> pd.DataFrame:
    """One row per rated entity, best first.

    Columns: entity, rank; data_low, data_high (rank interval from the draws); own_low, own_high and set_low,
    set_high (rank sets, each for itself and all at once); bands (letters); weights_low, weights_high, all_low,
    all_high (sensitivity ranges), first (share of replicates, all factors varied, in which it is first).
    """
    level = edition.model.interval
    point, draws = year.draws[0], year.draws[1:]
    own, joint = (rank_sets(point, draws, level, simultaneous) for simultaneous in (False, True))
    weights, everything = (_counts(year, edition, varied) for varied in (("weights",), _varied(year, edition)))
    columns = {"rank": ranks(point), **_pair("data", rank_range(_data_counts(draws), level))}
    columns |= {**_pair("own", own), **_pair("set", joint)}
    columns |= {**_pair("weights", rank_range(weights, level))}
    columns |= {**_pair("all", rank_range(everything, level))}
    whole = pd.DataFrame(columns).astype("int64")
    letters = tie_letters(ahead(draws), np.arange(len(point)), edition.grammar.probably)
    return whole.assign(entity=year.entities, bands=letters, first=everything.first)[
        ["entity", *whole.columns, "bands", "first"]
    ]


def shares_frame(year: Year, edition: Edition) -> pd.DataFrame:
    """entity, factor, first, total, their errors, variance: Sobol shares of the variance of the rank.

    The factor "interaction" carries in `first` what no factor explains alone. Missing where a rank never moves.
    """
    varied, chosen = _varied(year, edition), edition.robustness
    found = rank_shares(year.index, space_of(edition), varied, edition.seed, chosen.replicates, chosen.chunk)
    rows = [
        {
            "entity": entity,
            "factor": factor,
            "first": found.first[f, e],
            "first_error": found.first_error[f, e],
            "total": found.total[f, e],
            "total_error": found.total_error[f, e],
            "variance": found.variance[e],
        }
        for e, entity in enumerate(year.entities)
        for f, factor in enumerate(varied)
    ]
    rest = [
        {"entity": entity, "factor": INTERACTION, "first": found.interaction[e], "variance": found.variance[e]}
        for e, entity in enumerate(year.entities)
    ]
    return pd.DataFrame([*rows, *rest])


def indicators_frame(year: Year, edition: Edition) -> pd.DataFrame:
    """One row per indicator, then one for the experts.

    Columns: indicator ("experts" last); nominal, effective, main (percent); moved (entities whose rank changes without
    it), largest (change of a rank).

    `moved` and `largest` are missing for the experts, and where nothing would be left without the indicator.
    """
    found, without = effective_weights(year.index), ranks_without(year.index)
    change = np.abs(without - ranks(year.draws[0]))
    possible = ~np.isnan(change).any(axis=1)
    moved = [float((row > 0).sum()) if ok else np.nan for row, ok in zip(change, possible, strict=True)]
    largest = [float(row.max()) if ok else np.nan for row, ok in zip(change, possible, strict=True)]
    ids = [*(i.id for i in edition.framework.indicators), NODE_OF_ALL]
    frame = pd.DataFrame(
        {"indicator": ids, **found._asdict(), "moved": [*moved, np.nan], "largest": [*largest, np.nan]}
    )
    return frame if year.index.panel is not None else frame[:-1]


def robustness_numbers(
    placed: pd.DataFrame, parts: pd.DataFrame, flips: pd.DataFrame, year: Year, edition: Edition
) -> dict[str, Number]:
    """Widths of ranges, who stays first, what moves ranks most, how little swaps neighbours."""
    names = {e.id: e.name for e in edition.entities}
    steady = placed.loc[placed["first"].idxmax()]
    clear = clear_steps(ahead(year.draws[1:]), np.arange(len(placed)), edition.grammar.probably)
    least = flips.loc[flips["change"].idxmin()] if flips["change"].notna().any() else None
    return {
        "robustness.replicates": Number(edition.robustness.replicates),
        "robustness.neighbours": Number(len(placed) - 1),
        "robustness.clear_neighbours": Number(clear),
        "robustness.tie_probability": Number(100 * edition.grammar.probably, "percent", 0),
        "robustness.first": Number(names[steady["entity"]], "text"),
        "robustness.first_share": Number(float(100 * steady["first"]), "percent", 0),
        "robustness.width_data": Number(_width(placed, "data"), "plain", 1),
        "robustness.width_set": Number(_width(placed, "set"), "plain", 1),
        "robustness.width_weights": Number(_width(placed, "weights"), "plain", 1),
        "robustness.width_all": Number(_width(placed, "all"), "plain", 1),
        **_strongest(parts),
        "robustness.impossible": Number(int((flips["change"].isna() & flips["proved"]).sum())),
        "robustness.least_change": change_number(None if least is None else float(least["change"])),
        "robustness.least_ahead": Number(None if least is None else names[least["entity"]], "text"),
        "robustness.least_behind": Number(None if least is None else names[least["other"]], "text"),
    }


def _strongest(parts: pd.DataFrame) -> dict[str, Number]:
    """The factor with the largest first-order share over all ranks, each weighing by its variance."""
    weighed = (parts["first"] * parts["variance"]).groupby(parts["factor"]).sum(min_count=1)
    overall = 100 * weighed / parts[parts["factor"] == INTERACTION]["variance"].sum()
    if overall.isna().all():
        return {f"robustness.{key}": Number(None) for key in ("strongest", "strongest_share", "interaction")}
    strongest = overall.drop(INTERACTION).idxmax()
    return {
        "robustness.strongest": Number(factor_in_prose(strongest), "text"),
        "robustness.strongest_share": Number(float(overall[strongest]), "percent", 0),
        "robustness.interaction": Number(float(overall[INTERACTION]), "percent", 0),
    }


def factor_in_prose(factor: str) -> Text:
    """A factor as sentences name it."""
    return Text(**{lang: exhibit_words("robustness-sobol", lang)[f"in_prose.{factor}"] for lang in LANGUAGES})


def _varied(year: Year, edition: Edition) -> tuple[str, ...]:
    return moving(year.index, space_of(edition))


def change_number(change: float | None) -> Number:
    """A smallest change of weights (L1, points of 100), with as many digits as it takes to see it."""
    return Number(change, "plain", 1 if change is None else digits_for(change, 1))


def _counts(year: Year, edition: Edition, varied: tuple[str, ...]) -> RankCounts:
    chosen = edition.robustness
    return rank_counts(
        year.index, space_of(edition), varied, edition.seed, chosen.replicates, chosen.chunk, "-".join(varied)
    )


def _data_counts(draws: np.ndarray) -> RankCounts:
    reached = ranks(draws).astype(int) - 1
    units = draws.shape[1]
    return RankCounts(np.stack([np.bincount(column, minlength=units) for column in reached.T]))


def _pair(name: str, ends: tuple[np.ndarray, np.ndarray]) -> dict[str, np.ndarray]:
    return {f"{name}_low": ends[0], f"{name}_high": ends[1]}


def _width(placed: pd.DataFrame, name: str) -> float:
    return float((placed[f"{name}_high"] - placed[f"{name}_low"] + 1).mean())
