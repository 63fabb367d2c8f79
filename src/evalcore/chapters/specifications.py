"""Chapter 3: how the headline moves when cleaning rules are switched off, one by one and in pairs."""

from itertools import combinations

import numpy as np
import pandas as pd
from scipy import stats

from evalcore.clean.clean import VALID, first_rule
from evalcore.clean.derive import derive
from evalcore.edition import Edition, Source
from evalcore.survey.rake import rake
from evalcore.words import Number

CONFIDENCE = 0.95
JOINT = "+"
"""Between the ids of rules that are off together."""


def specifications(source: Source) -> list[tuple[str, ...]]:
    """Rules that are off: none, each alone, every pair."""
    rules = [rule.id for rule in source.rules]
    return [(), *((rule,) for rule in rules), *combinations(rules, 2)]


def curve_frame(typed: pd.DataFrame, edition: Edition) -> pd.DataFrame:
    """Off (ids joined by +), n, value, lower, upper, change, worst, turned: one row per specification.

    The headline is the weighted mean of the first modelled rating over all valid answers. With other answers, weights
    are raked anew; nothing is fitted again. `worst` is the largest change of an entity's mean, `turned` the number of
    pairs of entities whose order turns; 95 % intervals, of the sampling alone.

    Parameters
    ----------
    typed : DataFrame
        The ingested survey, before any rule.
    """
    name = edition.model.source
    source, item = edition.sources[name], edition.model.items[0]
    derived = derive(typed, source)
    rows = []
    for off in specifications(source):
        rules = tuple(rule for rule in source.rules if rule.id not in off)
        valid = derived[first_rule(derived, source.model_copy(update={"rules": rules}), edition) == VALID]
        rows.append((JOINT.join(off), _cells(valid, item, edition)))
    usual = _entity_means(rows[0][1])
    return pd.DataFrame([{"off": off, **_headline(cells, usual)} for off, cells in rows]).assign(
        change=lambda found: found["value"] - found["value"].iloc[0]
    )


def _cells(valid: pd.DataFrame, item: str, edition: Edition) -> pd.DataFrame:
    """entity, weight, n, total, squares: rated answers that share entity and weight, with the sums of the rating."""
    source = edition.sources[edition.model.source]
    entity = next(name for name, kind in source.types.items() if kind == "entity")
    weighting, given = edition.weighting, source.weight
    if weighting is not None and weighting.source == edition.model.source:
        margins = valid[list(weighting.margins)].value_counts().rename("people").reset_index()
        weight = rake(margins, weighting.margins, weighting.trim, margins["people"].to_numpy())
        valid = valid.merge(margins.assign(weight_=weight), on=list(weighting.margins), how="left", validate="m:1")
    else:
        valid = valid.assign(weight_=valid[given].astype(float) if given else 1.0)
    rated = valid[valid[item].notna()]
    values = rated[item].astype("int64")
    frame = pd.DataFrame({"entity": rated[entity], "weight": rated["weight_"], "total": values, "squares": values**2})
    grouped = frame.groupby(["entity", "weight"])
    return grouped[["total", "squares"]].sum().assign(n=grouped.size()).reset_index()


def _entity_means(cells: pd.DataFrame) -> pd.Series:
    sums = cells.assign(total=cells["weight"] * cells["total"], people=cells["weight"] * cells["n"])
    by_entity = sums.groupby("entity")[["total", "people"]].sum()
    return by_entity["total"] / by_entity["people"]


def _headline(cells: pd.DataFrame, usual: pd.Series) -> dict[str, float]:
    """Weighted mean with its interval, and how entities move against the edition's own choice."""
    weight, n, total = (cells[key].to_numpy(dtype=float) for key in ("weight", "n", "total"))
    people = (weight * n).sum()
    value = (weight * total).sum() / people
    squared = cells["squares"].to_numpy(dtype=float) - 2 * value * total + n * value**2
    reach = stats.norm.ppf(0.5 + CONFIDENCE / 2) * np.sqrt((weight**2 * squared).sum()) / people
    means = _entity_means(cells)
    return {
        "n": int(n.sum()), "value": float(value), "lower": float(value - reach), "upper": float(value + reach),
        "worst": float((means - usual).abs().max()), "turned": turned(usual, means),
    }  # fmt: skip


def turned(usual: pd.Series, means: pd.Series) -> int:
    """Pairs of entities whose order is the opposite."""
    first, then = usual.to_numpy(), means.reindex(usual.index).to_numpy()
    opposite = np.sign(first[:, None] - first) * np.sign(then[:, None] - then) < 0
    return int(opposite.sum() // 2)


def specification_numbers(curve: pd.DataFrame) -> dict[str, Number]:
    """`specification.count`, `.usual`, `.lowest`, `.highest`, `.change`, `.worst`, `.turned`."""
    usual = curve.iloc[0]
    return {
        "specification.count": Number(len(curve)),
        "specification.usual": Number(float(usual["value"]), "plain", 3, (usual["lower"], usual["upper"])),
        "specification.lowest": Number(float(curve["value"].min()), "plain", 3),
        "specification.highest": Number(float(curve["value"].max()), "plain", 3),
        "specification.change": Number(float(curve["change"].abs().max()), "plain", 3),
        "specification.worst": Number(float(curve["worst"].max()), "plain", 3),
        "specification.turned": Number(int(curve["turned"].max())),
    }
