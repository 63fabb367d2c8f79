"""Chapter 4: the composite, its parts, levels, order and groups."""

import pandas as pd

from evalcore.edition import Edition


def scores_frame(ranking: pd.DataFrame) -> pd.DataFrame:
    """entity, low, high, lower, upper of the rated entities, best first."""
    return ranking[ranking["rated"]][["entity", "low", "high", "lower", "upper"]].reset_index(drop=True)


def parts_frame(ranking: pd.DataFrame) -> pd.DataFrame:
    """entity, base, bonus, expert, low of the rated entities: the parts add up to low."""
    return ranking[ranking["rated"]][["entity", "base", "bonus", "expert", "low"]].reset_index(drop=True)


def levels_frame(ranking: pd.DataFrame, edition: Edition) -> pd.DataFrame:
    """Column entity and the probability of each level, a column per level; rated entities only."""
    columns = {f"p_{level.id}": level.id for level in edition.framework.levels}
    return ranking[ranking["rated"]][["entity", *columns]].rename(columns=columns).reset_index(drop=True)


def ahead_in_order(ahead: pd.DataFrame, ranking: pd.DataFrame) -> pd.DataFrame:
    """Pairs of rated entities in the order of the ranking."""
    order = {entity: k for k, entity in enumerate(ranking[ranking["rated"]]["entity"])}
    kept = ahead[ahead["entity"].isin(order) & ahead["other"].isin(order)]
    return kept.sort_values(["entity", "other"], key=lambda column: column.map(order)).reset_index(drop=True)


def in_order(frame: pd.DataFrame, ranking: pd.DataFrame, then: str, ids: list[str]) -> pd.DataFrame:
    """A complete grid in the order of the ranking, then of `ids`; what the frame lacks is missing.

    Only entities and ids that occur somewhere in the frame stand in the grid.
    """
    entities = [entity for entity in ranking["entity"] if entity in set(frame["entity"])]
    others = [id_ for id_ in ids if id_ in set(frame[then])]
    grid = pd.MultiIndex.from_product([entities, others], names=["entity", then])
    return frame.set_index(["entity", then]).reindex(grid).reset_index()[list(frame.columns)]


def rated_grid(composites: pd.DataFrame, ranking: pd.DataFrame, ids: list[str]) -> pd.DataFrame:
    """entity, group, low, lower, upper as a complete grid; missing where small or, with too much unreported, not rated.

    Parameters
    ----------
    composites : DataFrame
        As `evalcore.score.frames.composite_frame`, of categories or periods.
    ids : list of str
        Groups in their order.
    """
    scores = composites[["low", "lower", "upper"]].where(composites["rated"])
    return in_order(composites[["entity", "group"]].join(scores), ranking, "group", ids)


def groups_frame(ranking: pd.DataFrame, dimensions: pd.DataFrame, edition: Edition) -> pd.DataFrame:
    """Unweighted means over rated entities: all, by size, by type.

    Columns: kind ("" for all, "sizes", "types"), label, entities, one per dimension, composite.
    """
    rated = ranking[ranking["rated"]][["entity", "low"]].rename(columns={"low": "composite"})
    wide = dimensions.pivot(index="entity", columns="dimension", values="low")[list(edition.dimensions)]
    table = rated.merge(wide, left_on="entity", right_index=True)
    members = {("", "all"): set(table["entity"])}
    for kind, attribute in (("sizes", "size"), ("types", "type")):
        for label in getattr(edition, kind):
            members[kind, label.id] = {e.id for e in edition.entities if getattr(e, attribute) == label.id}
    rows = [
        {"kind": kind, "label": label, "entities": len(own), **own.drop(columns="entity").mean()}
        for (kind, label), ids in members.items()
        if len(own := table[table["entity"].isin(ids)])
    ]
    return pd.DataFrame(rows, columns=["kind", "label", "entities", *edition.dimensions, "composite"])
