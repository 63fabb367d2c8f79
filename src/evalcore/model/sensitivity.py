"""Sensitivity to the hyper-priors: by how much results move when only those are made a little stronger or weaker."""

from collections.abc import Mapping

import arviz as az
import pandas as pd
import xarray as xr
from scipy import stats


def log_hyperprior(posterior: xr.Dataset, scales: Mapping[str, float]) -> xr.DataArray:
    """Log density of the half-normal priors of standard deviations, summed, (chain, draw).

    Only these are scaled: effects follow from them, and scaling their prior too would mix the question up with the
    pooling that the model is there for.

    Parameters
    ----------
    scales : mapping of str to float
        Name of a standard deviation -> scale of its half-normal prior.
    """
    terms = [xr.apply_ufunc(stats.halfnorm.logpdf, posterior[name], 0, scale) for name, scale in scales.items()]
    return sum(terms[1:], terms[0])


def power_scaling(results: xr.Dataset, log_prior: xr.DataArray) -> pd.DataFrame:
    """Power-scaling sensitivity (Kallioinen et al. 2024, doi:10.1007/s11222-023-10366-5) of each result.

    The prior is raised to 0.99 and 1.01; the cumulative Jensen-Shannon distance between the reweighted distributions
    per unit of log2 alpha tells how strongly a result answers. Nothing is fitted again.

    Parameters
    ----------
    results : Dataset
        What is asked about, dims chain, draw and one more.
    log_prior : DataArray (chain, draw)

    Returns
    -------
    DataFrame
        quantity, sensitivity (0 and up).
    """
    tree = xr.DataTree.from_dict({"posterior": results, "log_prior": xr.Dataset({"hyper": log_prior})})
    found = az.psense(tree)
    return pd.concat([_column(found[name]) for name in found.data_vars], ignore_index=True)


def _column(found: xr.DataArray) -> pd.DataFrame:
    if not found.dims:
        return pd.DataFrame({"quantity": [found.name], "sensitivity": [float(found)]})
    (dim,) = found.dims
    return pd.DataFrame({"quantity": found[dim].to_numpy().astype(str), "sensitivity": found.to_numpy()})
