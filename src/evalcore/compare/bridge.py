"""Results scored by another framework, or with another year's mix of categories."""

import numpy as np
import pandas as pd
import xarray as xr

from evalcore.compare.results import Results
from evalcore.edition import Edition, Entity
from evalcore.indicators.pool import PART
from evalcore.indicators.values import indicator_values
from evalcore.score.index import score_index
from evalcore.streams import stream

OWN = [*PART, "entity"]
KEPT = ("name", "year", "model", "seed", "minimum_cell", "minimum_valid", "periods", "sources")


def rescored(
    data: Results, rules: Edition, entities: list[str], left_out: frozenset[str], mix: Results | None = None
) -> xr.Dataset:
    """The index of one year's results by the framework of an edition.

    Parameters
    ----------
    data : Results
        What is scored; draws are normal around its values, one per indicator and entity, whatever the category.
    rules : Edition
        Whose framework and categories; indicators of `left_out` leave the denominator for everybody.
    entities : list of str
        Who is scored; each was evaluated in the year of `data`.
    mix : Results, optional
        The year whose mix of categories weighs the categories' values, where both years know them.

    Returns
    -------
    Dataset
        As `score_index` returns it, with `value` (entity, group, indicator); the same draws for the same data.
    """
    edition = _edition(data, rules, entities, left_out)
    cells = data.cells[data.cells["entity"].isin(entities) & data.cells["indicator"].isin(list(edition.indicators))]
    if mix is not None:
        cells = remixed(cells, mix.cells)
    year = cells.assign(period="year")
    values = indicator_values(year, edition, None, _draws(cells, data.edition, rules.model.draws))
    scored = score_index(values, _experts(data, edition), edition)
    return scored.assign(value=values["value"], status=values["status"])


def _edition(data: Results, rules: Edition, entities: list[str], left_out: frozenset[str]) -> Edition:
    """The rules with the entities of the year of the data, to which what is left out does not apply."""
    by_id = {entity.id: entity for entity in (*rules.entities, *data.edition.entities)}
    known = {i.id for d in rules.framework.dimensions for i in d.indicators}
    members = tuple(_without(by_id[e], left_out & known, known) for e in entities)
    kept = {key: getattr(data.edition, key) for key in KEPT} | {"model": rules.model, "minimum_cell": 0}
    return Edition.model_construct(**kept, framework=rules.framework, categories=(), entities=members)


def _without(entity: Entity, left_out: frozenset[str], known: set[str]) -> Entity:
    return entity.model_copy(update={"inapplicable": tuple(sorted((set(entity.inapplicable) & known) | left_out))})


def remixed(cells: pd.DataFrame, other: pd.DataFrame) -> pd.DataFrame:
    """The cells with the denominators that another year's shares of categories would give them (Kitagawa 1955).

    Of categories that only one of the years knows, each keeps its own share.
    """
    keys = [*OWN, "category"]
    theirs = other.set_index(keys)["denominator"]
    shared = pd.MultiIndex.from_frame(cells[keys]).isin(theirs.index)
    wanted = theirs.reindex(pd.MultiIndex.from_frame(cells[keys])).to_numpy(dtype=float, na_value=np.nan)
    own = cells["denominator"].where(shared).groupby([cells[key] for key in OWN]).transform("sum")
    there = pd.Series(wanted, cells.index).groupby([cells[key] for key in OWN]).transform("sum")
    factor = (wanted / there * own / cells["denominator"]).where(shared, 1.0).astype(float)
    return cells.assign(numerator=cells["numerator"] * factor, denominator=cells["denominator"] * factor)


def _draws(cells: pd.DataFrame, edition: Edition, draws: int) -> xr.DataArray:
    """Draws of every cell: its value and its entity's error times a standard normal of entity and part."""
    groups = cells.groupby(OWN, sort=True).ngroup().to_numpy()
    names = cells[OWN].drop_duplicates().sort_values(OWN)
    normals = [
        stream(edition.seed, "compare", edition.name, *map(str, row)).standard_normal(draws)
        for row in names.itertuples(index=False)
    ]
    z = np.stack(normals)[groups] if normals else np.empty((0, draws))
    drawn = cells["value"].to_numpy(float)[:, None] + cells["sd"].to_numpy(float)[:, None] * _centred(z)
    coords = {key: ("cell", cells[key].to_numpy()) for key in (*OWN, "category")}
    coords["period"] = ("cell", np.full(len(cells), "year"))
    return xr.DataArray(drawn, dims=("cell", "draw"), coords=coords)


def _centred(z: np.ndarray) -> np.ndarray:
    """With mean exactly 0, so that the mean of the draws is the value."""
    return z - z.mean(axis=1, keepdims=True) if len(z) else z


def _experts(data: Results, edition: Edition) -> xr.Dataset | None:
    """The panel's scores with normal draws; None where nobody was asked."""
    if data.experts.empty:
        return None
    entities, dimensions = [e.id for e in edition.entities], list(edition.dimensions)
    wide = data.experts.pivot(index="entity", columns="dimension", values=["value", "sd"])
    value, sd = (wide[key].reindex(index=entities, columns=dimensions).to_numpy(float) for key in ("value", "sd"))
    rng = stream(data.edition.seed, "compare", data.edition.name, "experts")
    z = rng.standard_normal((edition.model.draws, *value.shape))
    coords = {"entity": entities, "dimension": dimensions}
    return xr.Dataset(
        {
            "value": (("entity", "dimension"), value),
            "draws": (("draw", "entity", "dimension"), value + sd * (z - z.mean(axis=0))),
        },
        coords=coords,
    )
