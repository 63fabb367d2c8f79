"""Chapter 5: dimensions, indicators and attainment."""

import pandas as pd

from evalcore.chapters.composite import in_order
from evalcore.edition import Edition, Indicator, Text
from evalcore.edition.validator import beyond_cap
from evalcore.indicators import lowered
from evalcore.words import LANGUAGES, Number, in_a_row, shared_words


def attainment_frame(indicators: pd.DataFrame, edition: Edition) -> pd.DataFrame:
    """indicator, mean, smallest, largest, baseline, attained, past, entities: over those that report it, unweighted.

    Pooled groups are no entities and stand in none of these.

    `past` counts values beyond the last goalpost, where points end: many of them say that it was set too low.
    """
    shown = indicators[(indicators["status"] == "measured") & ~indicators["entity"].isin(edition.pooled)]
    shown = shown.assign(past=beyond_cap(shown, edition))
    found = shown.groupby("indicator").agg(
        mean=("value", "mean"),
        smallest=("value", "min"),
        largest=("value", "max"),
        attained=("attained", "sum"),
        past=("past", "sum"),
        entities=("entity", "size"),
    )
    order = [i.id for i in edition.framework.indicators if i.id in found.index]
    found = found.loc[order].reset_index()
    baseline = [edition.indicators[i].goalposts.baseline for i in found["indicator"]]
    return found.assign(baseline=baseline).astype({"attained": "int64", "past": "int64"})


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


def dimension_numbers(
    ranking: pd.DataFrame, dimensions: pd.DataFrame, indicators: pd.DataFrame, edition: Edition
) -> dict[str, Number]:
    """`dimension.<id>.mean`, `.name`, `indicator.<id>.mean`, `.attained`, `.entities` and the attainment of all.

    Means of dimensions are over the rated, as the scores of others count what was not reported as 0; means of
    indicators are over all who report them.
    """
    found: dict[str, Number] = {}
    rated = dimensions[dimensions["entity"].isin(ranking[ranking["rated"]]["entity"])]
    for id_, dimension in edition.dimensions.items():
        own = rated[rated["dimension"] == id_]["low"]
        found[f"dimension.{id_}.mean"] = Number(float(own.mean()) if len(own) else None, "plain", 1)
        found[f"dimension.{id_}.name"] = Number(dimension.name, "text")
    table = attainment_frame(indicators, edition).set_index("indicator")
    for spec in edition.framework.indicators:
        found |= _indicator_numbers(table.loc[spec.id] if spec.id in table.index else None, spec)
    pairs = int(table["entities"].sum())
    found["attainment.share"] = Number(float(100 * table["attained"].sum() / pairs) if pairs else None, "percent", 1)
    found["attainment.none"] = Number(int((table["attained"] == 0).sum()))
    return found


def lowered_numbers(cells: pd.DataFrame, edition: Edition) -> dict[str, Number]:
    """`attainment.lowered`: for whom which indicator is the value of a second source that lies below the first."""
    found = lowered(cells, edition).groupby("indicator", sort=False)["entity"]

    def told(lang: str) -> str:
        say = shared_words(lang)
        listed = [
            say["value_of"].format(
                segment=edition.indicators[indicator].name[lang],
                value=in_a_row([edition.named("entities", entity)[lang] for entity in entities], lang),
            )
            for indicator, entities in found
        ]
        return say["order.semicolon"].join(listed) or say["attainment.not_lowered"]

    return {"attainment.lowered": Number(Text(**{lang: told(lang) for lang in LANGUAGES}), "text")}


def _indicator_numbers(row: pd.Series | None, spec: Indicator) -> dict[str, Number]:
    """Numbers of one indicator; without a row nobody reports it, and its mean is not available."""
    return {
        f"indicator.{spec.id}.mean": Number(None if row is None else float(row["mean"]), spec.unit, spec.digits),
        f"indicator.{spec.id}.attained": Number(0 if row is None else int(row["attained"])),
        f"indicator.{spec.id}.entities": Number(0 if row is None else int(row["entities"])),
    }
