"""Expert review: what the panel's posterior says of every entity and dimension of the edition."""

import xarray as xr

from evalcore.edition import Edition


def expert_scores(panel: xr.DataArray, edition: Edition) -> xr.Dataset:
    """Dimension scores of the panel after its discussion, points of 100.

    Parameters
    ----------
    panel : DataArray (draw, entity, dimension)
        Severity-adjusted scores as `evalcore.model.panel.expert_draws` returns them.

    Returns
    -------
    Dataset
        `value` (entity, dimension), the mean of the draws, and `draws` (draw, entity, dimension), in the edition's
        order; NaN where nobody scored.
    """
    places = {"entity": [entity.id for entity in edition.entities], "dimension": list(edition.dimensions)}
    draws = panel.reindex(places).transpose("draw", "entity", "dimension")
    return xr.Dataset({"value": draws.mean("draw", skipna=False), "draws": draws})
