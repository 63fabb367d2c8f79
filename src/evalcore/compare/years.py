"""Two years compared: what is left of a change when framework, mix and chance are taken off."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
import xarray as xr

from evalcore.compare.bridge import rescored
from evalcore.compare.link import breaks, entities_frame, framework_frame, linked
from evalcore.compare.results import Results
from evalcore.compare.shrink import Changes, true_changes
from evalcore.edition import Edition

SCALE_SPREAD = 0.2
"""Scale of the prior of the spread of true changes of a mean of 1 to 5, in its levels."""


@dataclass(frozen=True)
class Years:
    """Everything the chapter shows; `split` is best first.

    Attributes
    ----------
    split : DataFrame
        entity, old, new (as published), old_here (last year by this framework), new_there (this year by last year's),
        change, method, mix, noise, real, and for `real` its error, lower, upper, up, down (probabilities of a change
        of at least `previous.smallest` points); points of 100.
    indicators : DataFrame
        entity, indicator, old, new (values), old_score, new_score, and real, lower, upper, up, down of the score.
    segments : DataFrame
        segment, member, old, new, real, lower, upper, up, down: of the first modelled rating, up and down at all.
    entities, framework : DataFrame
        As `evalcore.compare.link` gives them.
    """

    split: pd.DataFrame
    indicators: pd.DataFrame
    segments: pd.DataFrame
    entities: pd.DataFrame
    framework: pd.DataFrame


def compare_years(before: Results, now: Results, edition: Edition) -> Years:
    """Compare an edition with the one before.

    Parameters
    ----------
    before, now : Results
        Of the two editions.
    edition : Edition
        This year's, which says who was called otherwise and what was redefined.

    Notes
    -----
    With S(data, framework) the composite, the change S(now, new) - S(before, old) is split in two: what the data did,
    the mean of S(now, f) - S(before, f) over both frameworks f without the indicators that are a break, and
    the rest, which is `method`. Of what the data did, `mix` is what changed shares of categories did (mean over both
    years' rates and both frameworks; Kitagawa 1955); the rest was observed with known error and goes into
    `true_changes`: `real` is its posterior mean, `noise` what is left.
    """
    old = linked(before, edition)
    broken = breaks(before.edition, edition)
    known = set(old.cells["entity"]) & set(now.cells["entity"])
    common = [e.id for e in edition.entities if e.id in known and not e.pooled]
    whole = [rescored(data, data.edition, common, frozenset()) for data in (old, now)]
    sides = [_side(old, now, rules, common, broken) for rules in (before.edition, edition)]
    return Years(
        _split(whole, sides, common, edition).sort_values("new", ascending=False, ignore_index=True),
        _indicators(sides[1], common, broken, edition),
        _segments(before, now, edition),
        entities_frame(before.edition, edition),
        framework_frame(before.edition, edition),
    )


@dataclass(frozen=True)
class _Side:
    """Both years by one framework: index with own mix and with the other year's."""

    old: xr.Dataset
    new: xr.Dataset
    old_remixed: xr.Dataset
    new_remixed: xr.Dataset

    def data(self, name: str) -> np.ndarray:
        """What the data did to a score; the point first, then draws."""
        return _of(self.new, name) - _of(self.old, name)

    def mix(self, name: str) -> np.ndarray:
        """What the mix of categories did to it, whichever year's rates one takes."""
        old = _of(self.old_remixed, name) - _of(self.old, name)
        new = _of(self.new, name) - _of(self.new_remixed, name)
        return (old + new) / 2


def _side(old: Results, now: Results, rules: Edition, common: list[str], broken: frozenset[str]) -> _Side:
    return _Side(
        rescored(old, rules, common, broken),
        rescored(now, rules, common, broken),
        rescored(old, rules, common, broken, mix=now),
        rescored(now, rules, common, broken, mix=old),
    )


def _of(index: xr.Dataset, name: str) -> np.ndarray:
    """(draw, entity) or (draw, entity, indicator): there is one group."""
    return index[name].isel(group=0).to_numpy()


def _split(whole: list[xr.Dataset], sides: list[_Side], common: list[str], edition: Edition) -> pd.DataFrame:
    name = "composite_low"
    old, new = (_of(index, name)[0] for index in whole)
    data = np.mean([side.data(name) for side in sides], axis=0)
    mix = np.mean([side.mix(name) for side in sides], axis=0)
    judged = _judged(data - mix, edition)
    return pd.DataFrame(
        {
            "entity": common,
            "old": old,
            "new": new,
            "old_here": _of(sides[1].old, name)[0],
            "new_there": _of(sides[0].new, name)[0],
            "change": new - old,
            "method": new - old - data[0],
            "mix": mix[0],
            "noise": (data - mix)[0] - judged["real"],
            **judged,
        }
    )


def _judged(rest: np.ndarray, edition: Edition) -> dict[str, np.ndarray]:
    """What is believed of changes that were observed with error; the point first, then draws."""
    error = rest[1:].std(axis=0, ddof=1)
    return {"error": error, **_believed(true_changes(rest[0], error), edition.previous.smallest, edition)}


def _believed(changes: Changes, smallest: float, edition: Edition) -> dict[str, np.ndarray]:
    lower, upper = changes.interval(edition.model.interval)
    up, down = changes.above(smallest), changes.below(-smallest)
    return {"real": changes.expected, "lower": lower, "upper": upper, "up": up, "down": down}


def _indicators(side: _Side, common: list[str], broken: frozenset[str], edition: Edition) -> pd.DataFrame:
    """Each indicator's score by this year's framework, its mix taken off; entities share strength within one."""
    columns = ["entity", "indicator", "old", "new", "old_score", "new_score", "real", "lower", "upper", "up", "down"]
    rest = side.data("score") - side.mix("score")
    values = [index["value"].isel(group=0).to_numpy() for index in (side.old, side.new)]
    rows = [pd.DataFrame(columns=columns)]
    for k, indicator in enumerate(side.new["indicator"].to_numpy()):
        there = np.isfinite(rest[0, :, k])
        if indicator in broken or not there.any():
            continue
        judged = _judged(rest[:, there, k], edition)
        own = {"old": values[0][there, k], "new": values[1][there, k]}
        own |= {"old_score": _of(side.old, "score")[0, there, k], "new_score": _of(side.new, "score")[0, there, k]}
        rows.append(pd.DataFrame({"entity": np.array(common)[there], "indicator": indicator, **own, **judged}))
    return pd.concat(rows, ignore_index=True)[columns].infer_objects()


def _segments(before: Results, now: Results, edition: Edition) -> pd.DataFrame:
    """Means of the first modelled rating by segment, shared strength within a segment; any change counts."""
    joined = before.segments.merge(now.segments, on=["segment", "member"], suffixes=("_old", "_new"))
    rows = [pd.DataFrame(columns=["segment", "member", "old", "new", "real", "lower", "upper", "up", "down"])]
    same = before.edition.model.items[:1] == now.edition.model.items[:1]
    for _, own in joined.groupby("segment", sort=False) if same else ():
        error = np.hypot(own["sd_old"], own["sd_new"]).to_numpy()
        changes = true_changes((own["mean_new"] - own["mean_old"]).to_numpy(), error, SCALE_SPREAD)
        found = own[["segment", "member"]].assign(old=own["mean_old"], new=own["mean_new"])
        rows.append(found.assign(**_believed(changes, 0.0, edition)))
    return pd.concat(rows, ignore_index=True).infer_objects()
