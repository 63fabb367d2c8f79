"""Chapter 5: dimensions, indicators and attainment."""

import pandas as pd

from evalcore.chapters.composite import in_order
from evalcore.edition import Edition, Indicator
from evalcore.words import Number


def attainment_frame(indicators: pd.DataFrame, edition: Edition) -> pd.DataFrame:
    """indicator, mean, smallest, largest, baseline, attained, entities: over entities that report it, unweighted."""
    shown = indicators[indicators["status"] == "measured"]
    found = shown.groupby("indicator").agg(
        mean=("value", "mean"),
        smallest=("value", "min"),
        largest=("value", "max"),
        attained=("attained", "sum"),
        entities=("entity", "size"),
    )
    order = [i.id for i in edition.framework.indicators if i.id in found.index]
    found = found.loc[order].reset_index()
    baseline = [edition.indicators[i].goalposts.baseline for i in found["indicator"]]
    return found.assign(baseline=baseline).astype({"attained": "int64"})


def score_grid(indicators: pd.DataFrame, ranking: pd.DataFrame, edition: Edition) -> pd.DataFrame:
    """entity, indicator, score in the order of ranking and framework; missing where nothing is shown."""
    order = [i.id for i in edition.framework.indicators]
    scored = indicators[indicators["indicator"].isin(order)][["entity", "indicator", "score"]]
    return in_order(scored, ranking, "indicator", order)


def speed_frame(dimensions: pd.DataFrame, indicators: pd.DataFrame, response: str, resolution: str) -> pd.DataFrame:
    """entity, response (points of a dimension), resolution (value of an indicator)."""
    fast = dimensions[dimensions["dimension"] == response].set_index("entity")["low"]
    solved = indicators[indicators["indicator"] == resolution].set_index("entity")["value"]
    return pd.DataFrame({"response": fast, "resolution": solved}).dropna().rename_axis("entity").reset_index()


def dimension_numbers(dimensions: pd.DataFrame, indicators: pd.DataFrame, edition: Edition) -> dict[str, Number]:
    """`dimension.<id>.mean`, `.name`, `indicator.<id>.mean`, `.attained`, `.entities` and the attainment of all."""
    found: dict[str, Number] = {}
    for id_, dimension in edition.dimensions.items():
        own = dimensions[dimensions["dimension"] == id_]["low"]
        found[f"dimension.{id_}.mean"] = Number(float(own.mean()), "plain", 1)
        found[f"dimension.{id_}.name"] = Number(dimension.name, "text")
    table = attainment_frame(indicators, edition).set_index("indicator")
    for spec in edition.framework.indicators:
        found |= _indicator_numbers(table.loc[spec.id] if spec.id in table.index else None, spec)
    pairs = int(table["entities"].sum())
    found["attainment.share"] = Number(float(100 * table["attained"].sum() / pairs) if pairs else None, "percent", 1)
    found["attainment.none"] = Number(int((table["attained"] == 0).sum()))
    return found


def _indicator_numbers(row: pd.Series | None, spec: Indicator) -> dict[str, Number]:
    """Numbers of one indicator; without a row nobody reports it, and its mean is not available."""
    return {
        f"indicator.{spec.id}.mean": Number(None if row is None else float(row["mean"]), spec.unit, spec.digits),
        f"indicator.{spec.id}.attained": Number(0 if row is None else int(row["attained"])),
        f"indicator.{spec.id}.entities": Number(0 if row is None else int(row["entities"])),
    }
