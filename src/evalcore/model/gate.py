"""Whether a fit may be believed: convergence of every parameter, the sampler's own warnings, replicated data."""

from dataclasses import dataclass

import arviz as az
import numpy as np
import pandas as pd
import xarray as xr


@dataclass(frozen=True)
class Thresholds:
    """What a fit must meet; a constant of the house, so that no edition can relax it. The page prints them.

    Attributes
    ----------
    rhat : float
        Every split, rank-normalised R-hat lies below it (Vehtari et al. 2021, doi:10.1214/20-BA1221).
    ess : float
        Every bulk and tail effective sample size lies above it.
    divergences : int
        At most so many divergent transitions after warm-up.
    bfmi : float
        Every chain's E-BFMI lies above it (Betancourt 2016, arXiv:1604.00695).
    misfit : float
        Points of 100 by which a replicated quantity may differ from the observed one where the difference is clear.
    tail : float
        Posterior predictive tail probability below which a difference is clear.
    pareto_k : float
        Respondents above it are reported: the estimate without them cannot be had from this posterior.
    sensitivity : float
        Power-scaling sensitivity above which a prior is reported (Kallioinen et al. 2024).
    """

    rhat: float = 1.01
    ess: float = 400.0
    divergences: int = 0
    bfmi: float = 0.3
    misfit: float = 2.0
    tail: float = 0.001
    pareto_k: float = 0.7
    sensitivity: float = 0.05


THRESHOLDS = Thresholds()


@dataclass(frozen=True)
class Reason:
    """One check that failed: its key, the value found, the limit, and where (a parameter, a chain, a group)."""

    check: str
    value: float
    limit: float
    where: str


@dataclass(frozen=True)
class Verdict:
    """What is thought of one fit.

    Attributes
    ----------
    fit : str
    passed : bool
    table : dict of str to float
        parameters, draws, chains, rhat, ess_bulk, ess_tail (the worst), ess_mean (bulk), divergences, bfmi (the
        lowest chain's).
    reasons : tuple of Reason
        Empty where it passed.
    """

    fit: str
    passed: bool
    table: dict[str, float]
    reasons: tuple[Reason, ...]


def verdict(fit: str, tree: xr.DataTree, misfit: pd.DataFrame | None = None) -> Verdict:
    """Judge a fit.

    Parameters
    ----------
    tree : DataTree
        `posterior` and `sample_stats` (with `diverging` and `energy`), each with dims chain and draw.
    misfit : DataFrame, optional
        quantity, difference (points of 100), p (tail probability): replicated against observed data.
    """
    parameters, stats = parameter_diagnostics(tree), tree["sample_stats"]
    bfmi = az.bfmi(tree)["energy"].to_numpy()
    table = {
        "parameters": len(parameters),
        "chains": tree["posterior"].sizes["chain"],
        "draws": tree["posterior"].sizes["chain"] * tree["posterior"].sizes["draw"],
        "rhat": _worst(parameters["rhat"].max()),
        "ess_bulk": parameters["ess_bulk"].min(),
        "ess_tail": parameters["ess_tail"].min(),
        "ess_mean": parameters["ess_bulk"].mean(),
        "divergences": int(stats["diverging"].sum()),
        "bfmi": float(bfmi.min()),
    }
    reasons = (*_sampling_reasons(table, parameters, bfmi), *_misfit_reasons(misfit))
    return Verdict(fit, not reasons, table, reasons)


def parameter_diagnostics(tree: xr.DataTree) -> pd.DataFrame:
    """parameter, rhat, ess_bulk, ess_tail of every number in the posterior.

    A reference, exactly 0 in every draw, is left out; any other that does not move has no R-hat (missing), and
    neither has one with a value that is not finite.
    """
    posterior = tree["posterior"].to_dataset()
    frames = [_of_variable(name, posterior[name]) for name in posterior.data_vars]
    return pd.concat(frames, ignore_index=True)


def _of_variable(name: str, draws: xr.DataArray) -> pd.DataFrame:
    values = draws.transpose("chain", "draw", ...).to_numpy()
    values = values.reshape(*values.shape[:2], -1)
    labels = np.array(_labels(name, draws))
    used = ~(values == 0).all(axis=(0, 1))
    moving = np.isfinite(values).all(axis=(0, 1)) & (values != values[:1, :1]).any(axis=(0, 1))
    kept = xr.Dataset({"x": (("chain", "draw", "place"), values[:, :, moving])})
    found = pd.DataFrame({"parameter": labels}).reindex(columns=["parameter", "rhat", "ess_bulk", "ess_tail"])
    if moving.any():
        found.loc[moving, "rhat"] = az.rhat(kept)["x"].to_numpy()
        found.loc[moving, "ess_bulk"] = az.ess(kept, method="bulk")["x"].to_numpy()
        found.loc[moving, "ess_tail"] = az.ess(kept, method="tail")["x"].to_numpy()
    return found[used]


def _labels(name: str, draws: xr.DataArray) -> list[str]:
    own = draws.isel(chain=0, draw=0, drop=True)  # numbered where a dimension has no labels
    if not own.dims:
        return [name]
    index = own.stack(place=own.dims)["place"].to_index()
    return [f"{name}[{', '.join(map(str, key if isinstance(key, tuple) else (key,)))}]" for key in index]


def _sampling_reasons(table: dict, parameters: pd.DataFrame, bfmi: np.ndarray) -> list[Reason]:
    limits, found = THRESHOLDS, []
    still = parameters["rhat"].isna()
    if still.any():
        found.append(Reason("stuck", int(still.sum()), 0, parameters["parameter"][still].iloc[0]))
    worst = parameters[~still]
    if (worst["rhat"] >= limits.rhat).any():
        found.append(_reason("rhat", worst, worst["rhat"].idxmax(), limits.rhat))
    for key in ("ess_bulk", "ess_tail"):
        if (worst[key] <= limits.ess).any():
            found.append(_reason(key, worst, worst[key].idxmin(), limits.ess))
    if table["divergences"] > limits.divergences:
        found.append(Reason("divergences", table["divergences"], limits.divergences, ""))
    if not (bfmi > limits.bfmi).all():
        chain = int(np.argmin(bfmi))
        found.append(Reason("bfmi", float(bfmi[chain]), limits.bfmi, str(chain + 1)))
    return found


def _reason(check: str, parameters: pd.DataFrame, row: int, limit: float) -> Reason:
    return Reason(check, float(parameters[check][row]), limit, parameters["parameter"][row])


def _misfit_reasons(misfit: pd.DataFrame | None) -> list[Reason]:
    if misfit is None:
        return []
    clear = misfit[(misfit["p"] < THRESHOLDS.tail) & (misfit["difference"].abs() > THRESHOLDS.misfit)]
    if clear.empty:
        return []
    worst = clear.loc[clear["difference"].abs().idxmax()]
    return [Reason("misfit", float(worst["difference"]), THRESHOLDS.misfit, str(worst["quantity"]))]


def _worst(value: float) -> float:
    return float(value) if np.isfinite(value) else float("nan")
