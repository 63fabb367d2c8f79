"""Five dimensions of service (SERVQUAL): how reliable the scales are, what is perceived and expected, what weighs."""

import numpy as np
import pandas as pd
from scipy import stats

from evalcore.chapters.maternal import CODES, RATING, named, shown
from evalcore.chapters.measures_maternal import PER_LEVEL, PERCEPTIONS, cronbach
from evalcore.chapters.shapley import enumerated
from evalcore.edition import Edition, Text
from evalcore.streams import stream
from evalcore.survey.factors import bifactor, by_chance, eigenvalues
from evalcore.survey.interval import mean_estimate
from evalcore.survey.least_squares import correlation, least_squares
from evalcore.survey.surface import LEAST, Surface, surface
from evalcore.words import Number

ITEMS = {name: [f"{name}_1", f"{name}_2"] for name in PERCEPTIONS}
EXPECTED = {name: f"expected_{name}" for name in PERCEPTIONS}
ALL_ITEMS = [item for own in ITEMS.values() for item in own]
MIDDLE = 3
"""Middle of the scale of one to five, at which slopes are read."""
GROUPS, WORLDS = 50, 100
"""Groups of the jackknife; random data sets of the parallel analysis."""
SCALES = {"perceived": ALL_ITEMS, **ITEMS, "expected": list(EXPECTED.values())}


def perceived(answers: pd.DataFrame, name: str) -> pd.Series:
    """Mean of a dimension's items, levels."""
    return answers[ITEMS[name]].astype("Float64").mean(axis=1).astype(float)


def dimensions_frame(answers: pd.DataFrame, edition: Edition) -> pd.DataFrame:
    """dimension, store ("all" for everybody), n, perceived, expected, each with `_lower`, `_upper`; points of 100.

    Kinds of store with too few answers are left out.
    """
    rows = []
    for store in ("all", *CODES["store"]):
        own = answers if store == "all" else answers[answers["store"] == store]
        for name in PERCEPTIONS if len(own) >= edition.minimum_cell else ():
            told = mean_estimate(perceived(own, name), edition.model.interval, PER_LEVEL)
            hoped = mean_estimate(own[EXPECTED[name]], edition.model.interval, PER_LEVEL)
            rows.append((name, store, len(own), *told[:3], *hoped[:3]))
    columns = [f"{kind}{end}" for kind in ("perceived", "expected") for end in ("", "_lower", "_upper")]
    return pd.DataFrame(rows, columns=["dimension", "store", "n", *columns])


def reliability_frame(answers: pd.DataFrame, edition: Edition) -> pd.DataFrame:
    """scale, wave ("main" or "pretest"), items, n, alpha, lower, upper; intervals by a jackknife of groups."""
    rows = []
    for wave in ("main", "pretest"):
        own = answers[answers["wave"] == wave]
        for scale, items in SCALES.items():
            known = own[items].astype(float).dropna().to_numpy()
            if len(known) >= edition.minimum_cell and (known.std(axis=0) > 0).all():
                rows.append((scale, wave, len(items), len(known), *_jackknifed(known, edition.model.interval)))
    return pd.DataFrame(rows, columns=["scale", "wave", "items", "n", "alpha", "lower", "upper"])


def _jackknifed(known: np.ndarray, p: float) -> tuple[float, float, float]:
    """Alpha and its interval: what it becomes without each of so many groups of people, taken in turn."""
    groups = min(GROUPS, len(known))
    group = np.arange(len(known)) % groups
    without = np.array([cronbach(known[group != g]) for g in range(groups)])
    error = np.sqrt((groups - 1) * without.var())
    alpha, half = cronbach(known), stats.t.ppf(0.5 + p / 2, groups - 1) * error
    return alpha, alpha - half, min(alpha + half, 1.0)


def factors_frame(answers: pd.DataFrame) -> pd.DataFrame:
    """item, dimension, mean (level), rest (correlation with the sum of the others), general, shared: see `bifactor`.

    Empty where there are too few answers, or an item that everybody answered alike.
    """
    known = complete(answers)
    if known.empty:
        return pd.DataFrame(columns=["item", "dimension", "mean", "rest", "general", "shared"])
    found, total = bifactor(known, ITEMS), known.sum(axis=1)
    rows = [
        (
            item,
            name,
            known[item].mean(),
            correlation(known[item].to_numpy(), (total - known[item]).to_numpy()),
            found.general[item],
            found.shared[name],
        )
        for name, own in ITEMS.items()
        for item in own
    ]
    return pd.DataFrame(rows, columns=["item", "dimension", "mean", "rest", "general", "shared"])


def complete(answers: pd.DataFrame) -> pd.DataFrame:
    """Who answered all perceptions; nobody where these are too few, or an item does not vary."""
    known = answers[ALL_ITEMS].astype(float).dropna()
    return known if len(known) >= LEAST and (known.std() > 0).all() else known.iloc[:0]


def surfaces(answers: pd.DataFrame, edition: Edition) -> dict[str, Surface]:
    """Dimension -> index on perception and expectation together, at the middle of the scale."""
    index, p = answers[RATING] * PER_LEVEL, edition.model.interval
    found = {name: surface(perceived(answers, name), answers[EXPECTED[name]], index, MIDDLE, p) for name in PERCEPTIONS}
    return {name: own for name, own in found.items() if own is not None}


def surfaces_frame(found: dict[str, Surface]) -> pd.DataFrame:
    """dimension, gap, perceived, both, surface (adjusted R^2), along and across with `_lower`, `_upper`."""
    columns = [f"{kind}{end}" for kind in ("along", "across") for end in ("", "_lower", "_upper")]
    rows = [(name, *own.r2, *own.along, *own.across) for name, own in found.items()]
    return pd.DataFrame(rows, columns=["dimension", "gap", "perceived", "both", "surface", *columns])


def joint_frame(answers: pd.DataFrame, edition: Edition) -> pd.DataFrame:
    """expected, perceived (nearest level of the mean over dimensions), n, index; too few answers: no index."""
    levels = {
        "perceived": np.rint(answers[ALL_ITEMS].astype(float).mean(axis=1)),
        "expected": np.rint(answers[list(EXPECTED.values())].astype(float).mean(axis=1)),
    }
    frame = pd.DataFrame(levels).assign(index=answers[RATING].astype(float) * PER_LEVEL).dropna()
    cells = frame.groupby(["expected", "perceived"])["index"].agg(["size", "mean"]).reset_index()
    cells = cells.rename(columns={"size": "n", "mean": "index"}).astype({"expected": int, "perceived": int})
    hidden = cells["n"] < edition.minimum_cell
    return cells.assign(index=cells["index"].mask(hidden), n=cells["n"].mask(hidden))


def weights_frame(answers: pd.DataFrame, dimensions: pd.DataFrame) -> pd.DataFrame:
    """dimension, weight (percent of the explained variance of the index, averaged over orders), performance, r2.

    The weights are those of Lindeman, Merenda and Gold: Shapley values of the share of variance explained. Empty where
    there are too few answers, or something varies too little.
    """
    x = pd.DataFrame({name: perceived(answers, name) for name in PERCEPTIONS})
    frame = x.assign(y=answers[RATING].astype(float) * PER_LEVEL).dropna()
    if len(frame) < LEAST or not (frame.std() > 0).all():
        return pd.DataFrame(columns=["dimension", "weight", "performance", "r2"])
    columns, y = frame[list(PERCEPTIONS)].to_numpy(), frame["y"].to_numpy()
    try:
        gained = enumerated(lambda joined: np.array([_explained_by(columns[:, joined], y)]), len(PERCEPTIONS))[0]
    except ZeroDivisionError:
        return pd.DataFrame(columns=["dimension", "weight", "performance", "r2"])
    performance = dimensions[dimensions["store"] == "all"].set_index("dimension")["perceived"]
    rows = [
        (name, 100 * own / gained.sum(), performance.get(name, np.nan), gained.sum())
        for name, own in zip(PERCEPTIONS, gained, strict=True)
    ]
    return pd.DataFrame(rows, columns=["dimension", "weight", "performance", "r2"])


def heaviest(weights: pd.DataFrame) -> Text:
    """The dimension that weighs most."""
    if weights.empty:
        return named("none")
    return named(f"maternal.dimension.{weights['dimension'][weights['weight'].idxmax()]}")


def _explained_by(columns: np.ndarray, y: np.ndarray) -> float:
    return least_squares(columns, y).explained if columns.shape[1] else 0.0


def servqual_numbers(
    answers: pd.DataFrame, reliability: pd.DataFrame, found: dict[str, Surface], edition: Edition
) -> dict[str, Number]:
    """`servqual.*`: alpha, omega, eigenvalues above chance, what expectation adds, the dimensions."""
    known = complete(answers)
    alpha = reliability[(reliability["scale"] == "perceived") & (reliability["wave"] == "main")]
    told = {"servqual.alpha": Number(float(alpha["alpha"].iloc[0]) if len(alpha) else None, "plain", 2)}
    names = ("omega", "omega_general", "misfit", "misfit_one")
    factors = bifactor(known, ITEMS)._asdict() if len(known) else dict.fromkeys(names)
    told |= {f"servqual.{name}": Number(factors[name], "plain", 2 if "omega" in name else 3) for name in names}
    told |= {"servqual.factors": Number(_beyond_chance(known, edition) if len(known) else None)}
    told |= _explained(found)
    return told | _levels(answers, edition)


def _explained(found: dict[str, Surface]) -> dict[str, Number]:
    """Explained variance of three models, mean over dimensions, and how often a gap score is ruled out."""
    r2 = {name: [own.r2[name] for own in found.values()] for name in ("gap", "perceived", "surface")}
    told = {f"servqual.r2.{k}": Number(float(np.mean(v)) if v else None, "plain", 3) for k, v in r2.items()}
    refuted = sum(own.along[1] > 0 or own.along[2] < 0 for own in found.values())
    return told | {"servqual.refuted": Number(int(refuted)), "servqual.surfaces": Number(len(found))}


def _beyond_chance(known: pd.DataFrame, edition: Edition) -> int:
    """Eigenvalues larger than uncorrelated answers have, from the first on."""
    chance = by_chance(len(known), known.shape[1], WORLDS, stream(edition.seed, "servqual", "parallel"))
    return int((eigenvalues(known) > chance).cumprod().sum())


def _levels(answers: pd.DataFrame, edition: Edition) -> dict[str, Number]:
    p, found = edition.model.interval, {}
    for name in PERCEPTIONS:
        for kind, values in (("perceived", perceived(answers, name)), ("expected", answers[EXPECTED[name]])):
            own = shown(mean_estimate(values, p, PER_LEVEL), edition)
            number = Number(None) if np.isnan(own.value) else Number(own.value, "points", 1, (own.lower, own.upper))
            found[f"servqual.{name}.{kind}"] = number
    pairs = [
        tuple(found[f"servqual.{name}.{kind}"].value for kind in ("perceived", "expected")) for name in PERCEPTIONS
    ]
    above = sum(hoped > told for told, hoped in pairs if None not in (told, hoped))
    return found | {"servqual.above": Number(above)}
