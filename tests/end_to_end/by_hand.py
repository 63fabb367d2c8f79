"""The miniature's numbers computed a second time from its raw files, in plain pandas and numpy.

Nothing of evalcore is used. Goalposts, weights and margins are taken from the edition's YAML as text; what is counted
is written out here from the definitions, so that a slip in measures, rules or scoring shows as a difference. Of what a
model estimates, the draws of its parameters are read from the posterior's file; what they say is worked out here.
"""

from pathlib import Path

import numpy as np
import pandas as pd
import xarray as xr
import yaml
from scipy.special import expit

PLATFORMS = ["A", "B", "C"]
FIRST, LAST = pd.Timestamp("2025-01-01"), pd.Timestamp("2026-01-01")
RATINGS = [
    "csat",
    "speed",
    "professionalism",
    "attitude",
    "result",
    "clarity",
    "fairness",
    "progress",
    "channels",
    "trust",
]
MODELLED = {"E1": "csat", "s-professionalism": "professionalism", "s-attitude": "attitude"}
PEOPLE = ["age_band", "city_tier"]
DRAWS = 4000
CELL = ["platform", "category", "period"]
VISITS = {"m-bot": "R5-1", "m-professionalism": "E2-1", "m-attitude": "E4-1"}
"""What mystery visits add, and what its model is called; the others are called after their indicator."""
NORMAL_95 = 1.6448536269514722
"""95 % of a standard normal lie below."""


def edition_text(root: Path) -> dict:
    """The full edition's YAML; the miniature shares its framework, margins and model."""
    return yaml.safe_load((root / "editions" / "demo-2025.yml").read_text("utf-8"))


def read_raw(root: Path) -> dict[str, pd.DataFrame]:
    """The raw files as pandas reads them."""
    folder = root / "data" / "raw" / "demo-mini"
    experts = pd.read_csv(folder / "experts.csv", encoding="gb18030")
    experts.columns = ["expert", "platform", "dimension", "round", "score", "conflict"]
    return {
        "tickets": pd.read_parquet(folder / "tickets.parquet"),
        "survey": pd.read_csv(folder / "survey.csv", encoding="utf-8-sig", parse_dates=["submitted_at"]),
        "platform_reports": pd.read_excel(folder / "platform_reports.xlsx", sheet_name="reports"),
        "experts": experts,
        "mystery": pd.read_csv(folder / "mystery.csv", parse_dates=["visited_at"]),
        "compliance": pd.read_csv(folder / "compliance.csv"),
        "third_party": pd.read_csv(folder / "third_party.csv"),
    }


def valid_tickets(raw: pd.DataFrame) -> pd.DataFrame:
    """Opened in the year, times in order, answered after 1 s to 24 h (or not yet)."""
    rows = raw.assign(answered=raw["human_answered_at"].fillna(raw["bot_closed_at"]))
    rows = rows[(rows["opened_at"] >= FIRST) & (rows["opened_at"] < LAST)]
    backwards = (
        (rows["answered"] < rows["opened_at"])
        | (rows["resolved_at"] < rows["answered"].fillna(rows["opened_at"]))
        | (rows["refunded_at"] < rows["refund_approved_at"])
    )
    rows = rows[~backwards]
    seconds = (rows["answered"] - rows["opened_at"]).dt.total_seconds()
    return rows.assign(seconds=seconds)[~((seconds < 1) | (seconds > 86400))]


def valid_answers(raw: pd.DataFrame) -> pd.DataFrame:
    """In the year, two minutes or more, one per address and device, trap passed, not all ten ratings the same."""
    rows = raw[(raw["submitted_at"] >= FIRST) & (raw["submitted_at"] < LAST) & (raw["seconds"] >= 120)]
    rows = rows.drop_duplicates("ip").drop_duplicates("device")
    return rows[(rows["trap"] == 4) & (rows[RATINGS].nunique(axis=1) > 1)]


def raked(rows: pd.DataFrame, margins: dict[str, dict[str, float]]) -> pd.Series:
    """Weights that meet the margins one after the other until nothing moves, cut to 0.3 and 3 times the mean."""
    weight = pd.Series(1.0, index=rows.index)
    for _ in range(50):
        for column, shares in margins.items():
            now = weight.groupby(rows[column]).sum() / weight.sum()
            weight = weight * rows[column].map(pd.Series(shares) / 100 / now).astype(float)
    cut = (weight / weight.mean()).clip(0.3, 3.0)
    return cut / cut.mean()


def common_population(rows: pd.DataFrame, weight: pd.Series, margins: dict[str, dict[str, float]]) -> pd.Series:
    """Shares of age by city tier: those of the weighted sample, scaled to either margin in turn until nothing moves."""
    table = weight.groupby([rows[name] for name in PEOPLE]).sum().unstack()
    for _ in range(200):
        table = table.mul(pd.Series(margins["age_band"]) / table.sum(axis=1), axis=0)
        table = table.mul(pd.Series(margins["city_tier"]) / table.sum(axis=0), axis=1)
    return (table / table.to_numpy().sum()).stack()


def effect(posterior: xr.Dataset, names: list[str], at: dict[str, str]) -> np.ndarray:
    """Draws of one term of the model where its factors have the given levels; 0 where the term is not in the model."""
    name = f"effect_{'_x_'.join(names)}"
    if name not in posterior:
        return np.zeros(posterior.sizes["chain"] * posterior.sizes["draw"])
    return posterior[name].sel({factor: at[factor] for factor in names}).to_numpy().ravel()


def levels_at(posterior: xr.Dataset, at: dict[str, str]) -> np.ndarray:
    """Probabilities of the levels in one cell, (draw, 5): logistic steps at the cut points, moved by all effects."""
    terms = [["entity"], *([name] for name in PEOPLE), ["category"], ["period"]]
    terms += [["entity", name] for name in (*PEOPLE, "category")]
    cuts = posterior["cut_point"].to_numpy().reshape(-1, 4)
    below = expit(cuts - sum(effect(posterior, names, at) for names in terms)[:, None])
    return np.diff(np.hstack([np.zeros((len(below), 1)), below, np.ones((len(below), 1))]), axis=1)


def like_for_like(posterior: xr.Dataset, rows: pd.DataFrame, weight: pd.Series, people: pd.Series) -> np.ndarray:
    """Level shares of each platform, (draw, platform, 5): the same people, its own categories and quarters."""
    quarter = "Q" + rows["submitted_at"].dt.quarter.astype(str)
    shares = []
    for platform in PLATFORMS:
        own = weight[rows["platform"] == platform].groupby([rows["category"], quarter]).sum()
        shares.append(
            sum(
                mine / own.sum() * part * levels_at(posterior, {"entity": platform, "category": category, "period": q}
                | dict(zip(PEOPLE, group, strict=True)))
                for (category, q), mine in own.items()
                for group, part in people.items()
            )
        )  # fmt: skip
    return np.stack(shares, axis=1)


def shares_of(rows: pd.DataFrame, hit: pd.Series, among: pd.Series) -> pd.DataFrame:
    """Per platform: percent of hits among rows, and the number of those rows."""
    counted = cells_of(rows.assign(category="all", period="year"), hit, among).groupby("platform").sum()
    return pd.DataFrame({"value": 100 * counted["hits"] / counted["n"], "n": counted["n"]}).reindex(PLATFORMS)


def cells_of(rows: pd.DataFrame, hit: pd.Series, among: pd.Series) -> pd.DataFrame:
    """Per platform, category and period: hits among rows, and the number of those rows."""
    counted = rows[CELL].assign(hits=hit.fillna(False).astype(int), n=1)
    return counted[among.fillna(False).astype(bool)].groupby(CELL)[["hits", "n"]].sum()


def quarter(times: pd.Series) -> pd.Series:
    """Q1 to Q4."""
    return "Q" + times.dt.quarter.astype(str)


def rate(posterior: xr.Dataset, cells: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    """Shapes (draw, cell) of the beta distribution of each cell's rate, its own cases included.

    Before them it has mean 1 / (1 + e^-x) with x = base + platform + category + quarter, and a spread of about s.
    """
    x = posterior["base"].to_numpy().ravel()[:, None] + np.zeros(len(cells))
    for name, column in (("entity", "platform"), ("category", "category"), ("period", "period")):
        at = cells.index.get_level_values(column)
        if f"effect_{name}" in posterior and set(at) <= set(posterior[name].to_numpy()):
            drawn = posterior[f"effect_{name}"].sel({name: list(at)})
            x = x + drawn.to_numpy().reshape(-1, len(cells))
    square = posterior["spread"].to_numpy().ravel()[:, None] ** 2 + 1e-8
    hits, n = cells["hits"].to_numpy(), cells["n"].to_numpy()
    return (1 + np.exp(x)) / square + hits, (1 + np.exp(-x)) / square + n - hits


def by_platform(drawn: np.ndarray, cells: pd.DataFrame) -> np.ndarray:
    """Percent of each platform, (draw, platform): its cells weighted by what they stand for."""
    weight = cells["weight" if "weight" in cells else "n"].to_numpy()
    mine = np.stack([(cells.index.get_level_values("platform") == p) * weight for p in PLATFORMS], axis=1)
    return 100 * drawn @ (mine / mine.sum(axis=0))


def hours(rows: pd.DataFrame, start: str, end: str) -> pd.Series:
    """Hours from one column to another."""
    return (rows[end] - rows[start]).dt.total_seconds() / 3600


def ticket_cells(rows: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """The indicators counted in tickets."""
    rows = rows.assign(period=quarter(rows["opened_at"]))
    clock = rows["opened_at"].dt.hour
    night = (clock >= 22) | (clock < 8)
    complaint, after = rows["scene"] == "complaint", rows["after_sales"]
    quick = (hours(rows, "opened_at", "pickup_at") <= 24) & (hours(rows, "pickup_at", "settled_at") <= 72)
    answered = hours(rows, "opened_at", "human_answered_at")
    return {
        "R1": cells_of(rows, rows["seconds"] <= 30, rows["channel"] == "online"),
        "R4": cells_of(rows, rows["solved_first_contact"], after),
        "R5": cells_of(rows, rows["bot_solved"], rows["bot_first"]),
        "R6": cells_of(rows, answered * 60 <= 5, night & rows["asked_human"]),
        "S1": cells_of(rows, quick, rows["service"].isin(["return", "exchange"])),
        "S2": cells_of(rows, ~rows["repeat_repair_30d"].fillna(True).astype(bool), rows["service"] == "repair"),
        "S3": cells_of(rows, rows["outcome_told"], complaint),
        "S4": cells_of(rows, rows["complained_again"], complaint),
        "S5": cells_of(
            rows, hours(rows, "refund_approved_at", "refunded_at") <= 48, rows["refund_approved_at"].notna()
        ),
        "S6": cells_of(rows, rows["followed_up"], after),
        "S7": cells_of(rows, hours(rows, "opened_at", "outline_at") <= 24, rows["disputed"]),
    }


def reported(reports: pd.DataFrame, item: str) -> pd.Series:
    """Sum of numerators over sum of denominators."""
    sums = reports[reports["item"] == item].groupby("platform")[["numerator", "denominator"]].sum()
    return (sums["numerator"] / sums["denominator"]).reindex(PLATFORMS)


def warranty(compliance: pd.DataFrame, third_party: pd.DataFrame) -> pd.Series:
    """Audited duties met, less 1 point per 10 upheld complaints per million orders, 20 at most."""
    met = shares_of(compliance, compliance["met"] == "yes", compliance["indicator"] == "C2")["value"]
    sums = third_party.groupby("platform")[["upheld", "orders"]].sum().reindex(PLATFORMS)
    return (met - (sums["upheld"] / sums["orders"] * 1e6 / 10).clip(upper=20)).clip(lower=0)


def bot(tickets: pd.DataFrame, mystery: pd.DataFrame) -> np.ndarray:
    """Whether the mystery visits lie significantly below what the tickets say, by a test of two proportions."""
    p1, n1, p2, n2 = tickets["hits"] / tickets["n"], tickets["n"], mystery["hits"] / mystery["n"], mystery["n"]
    pooled = (p1 * n1 + p2 * n2) / (n1 + n2)
    return ((p1 - p2) / np.sqrt(pooled * (1 - pooled) * (1 / n1 + 1 / n2)) > NORMAL_95).to_numpy()


def experts_on(posterior: xr.Dataset) -> dict[str, np.ndarray]:
    """Points of 100 by dimension, (draw, platform): quality on the panel's scale of 1 to 10, severities taken off."""
    level = posterior["base"] + posterior["effect_entity"] + posterior["effect_dimension"]
    fair = 10 * (level + posterior["effect_entity_x_dimension"]).clip(1, 10).stack(sample=("chain", "draw"))
    return {
        d: fair.sel(dimension=d, entity=PLATFORMS).transpose("sample", "entity").to_numpy()
        for d in posterior["dimension"].to_numpy()
    }


def points(value: np.ndarray, posts: dict) -> np.ndarray:
    """Base points up to the baseline, bonus points beyond it; all 100 at the baseline where there is no stretch."""
    floor, baseline, stretch = posts["floor"], posts["baseline"], posts.get("stretch")
    base, bonus = (posts.get("base", 90), posts.get("bonus", 10)) if stretch is not None else (100, 0)
    scored = base * np.clip((value - floor) / (baseline - floor), 0, 1)
    return scored if stretch is None else scored + bonus * np.clip((value - baseline) / (stretch - baseline), 0, 1)


def composites(values: dict[str, np.ndarray], panel: dict[str, np.ndarray], framework: dict) -> tuple[np.ndarray, dict]:
    """Composite and dimensions; four fifths indicators and one fifth experts, what is not reported earns nothing."""
    dimensions, share = {}, framework["expert_share"] / 100
    for dimension in framework["dimensions"]:
        parts = {i["id"]: np.nan_to_num(points(values[i["id"]], i["goalposts"])) for i in dimension["indicators"]}
        own = sum(parts[i["id"]] * i["weight"] for i in dimension["indicators"]) / 100
        dimensions[dimension["id"]] = (1 - share) * own + share * panel[dimension["id"]]
    weights = {d["id"]: d["weight"] / 100 for d in framework["dimensions"]}
    return sum(dimensions[key] * weights[key] for key in weights), dimensions


class ByHand:
    """All of it, once: `values` per indicator, `draws` of the composite (draw, platform)."""

    def __init__(self, root: Path) -> None:
        self.edition = edition_text(root)
        self.framework = self.edition["framework"]
        self.raw = read_raw(root)
        self.valid = self.raw | {
            "tickets": valid_tickets(self.raw["tickets"]),
            "survey": valid_answers(self.raw["survey"]),
        }
        self.weight = raked(self.valid["survey"], self.edition["weighting"]["margins"])
        folder, draws = root / "build" / "demo-mini" / "posterior", self.edition["model"]["draws"]
        self.cells = self._cells()
        rates = {key: self._rates(folder, key, draws) for key in self.cells}
        panel = experts_on(_posterior(folder / "experts.nc", "posterior"))
        panel = {d: own[:: len(own) // draws] for d, own in panel.items()}
        ratings = self._modelled(folder, draws)
        means = {key: mean for key, (mean, _) in rates.items()}
        means |= {key: own.mean(axis=0) for key, own in ratings.items()}
        self.values = self._values(means)
        self.composite, self.dimensions = composites(
            self.values, {d: own.mean(axis=0) for d, own in panel.items()}, self.framework
        )
        rng = np.random.default_rng(7)
        chosen = [rng.integers(draws, size=DRAWS) for _ in range(2 + len(rates))]
        drawn = {key: own[pick] for (key, (_, own)), pick in zip(rates.items(), chosen[2:], strict=True)}
        drawn |= {key: own[chosen[0]] for key, own in ratings.items()}
        self.drawn = self._values(drawn)
        panel = {d: own[chosen[1]] for d, own in panel.items()}
        self.draws, self.drawn_dimensions = composites(self.drawn, panel, self.framework)

    def _modelled(self, folder: Path, draws: int) -> dict[str, np.ndarray]:
        """Draws (draw, platform) of mean satisfaction and of the percent that give 4 or 5."""
        rows, margins = self.valid["survey"], self.edition["weighting"]["margins"]
        people = common_population(rows, self.weight, margins)
        found = {}
        for key, item in MODELLED.items():
            levels = like_for_like(_posterior(folder / f"{item}.nc", "posterior"), rows, self.weight, people)
            levels = levels[:: len(levels) // draws]  # so many of those taken are handed on, evenly spaced
            found[key] = levels @ np.arange(1, 6) if key == "E1" else 100 * levels[..., 3:].sum(axis=-1)
        return found

    def _rates(self, folder: Path, key: str, draws: int) -> tuple[np.ndarray, np.ndarray]:
        """Percent of each platform, its expectation and draws (draw, platform)."""
        cells = self.cells[key]
        above, below = rate(_posterior(folder / "rates.nc", f"{VISITS.get(key, f'{key}-0')}/posterior"), cells)
        step, rng = len(above) // draws, np.random.default_rng(len(cells))
        above, below = above[::step], below[::step]
        return by_platform(above / (above + below), cells).mean(axis=0), by_platform(rng.beta(above, below), cells)

    def _cells(self) -> dict[str, pd.DataFrame]:
        """Every share of counted cases: its hits and cases per cell."""
        visits = self.raw["mystery"].assign(category="all", period=quarter(self.raw["mystery"]["visited_at"]))
        counted = ticket_cells(self.valid["tickets"])
        counted["m-bot"] = cells_of(visits, visits["bot_solved"] == "yes", visits["bot_solved"].notna())
        for key in ("professionalism", "attitude"):
            counted[f"m-{key}"] = cells_of(visits, visits[key] >= 4, visits[key].notna())
        return counted | {"E3": self._weighted()}

    def _weighted(self) -> pd.DataFrame:
        """Who had to hand in nothing twice: as many answers as are worth the same unweighted, W^2 / sum of w^2."""
        rows = self.valid["survey"].assign(period=quarter(self.valid["survey"]["submitted_at"]), w=self.weight)
        rows = rows.assign(hit=rows["w"] * (rows["material_twice"] == "no"), square=rows["w"] ** 2)
        sums = rows.groupby(CELL)[["w", "hit", "square"]].sum()
        n = (sums["w"] ** 2 / sums["square"]).round()
        return pd.DataFrame({"hits": (sums["hit"] / sums["w"] * n).round(), "n": n, "weight": sums["w"]})

    def _values(self, of: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
        """Each indicator from its parts; which platforms are lowered to the mystery visits is decided once."""
        reports, audit = self.raw["platform_reports"], self.raw["compliance"]
        lower = bot(*(self.cells[key].groupby("platform").sum().reindex(PLATFORMS) for key in ("R5", "m-bot")))
        return of | {
            "R2": 100 * reported(reports, "phone_answered").to_numpy(),
            "R3": reported(reports, "channels").to_numpy(),
            "R5": np.where(lower, np.minimum(of["R5"], of["m-bot"]), of["R5"]),
            "E2": 0.8 * of["s-professionalism"] + 0.2 * of["m-professionalism"],
            "E4": 0.8 * of["s-attitude"] + 0.2 * of["m-attitude"],
            "C1": shares_of(audit, audit["met"] == "yes", audit["indicator"] == "C1")["value"].to_numpy(),
            "C2": warranty(audit, self.raw["third_party"]).to_numpy(),
            "C3": shares_of(audit, audit["met"] == "yes", audit["indicator"] == "C3")["value"].to_numpy(),
        }


def _posterior(path: Path, group: str) -> xr.Dataset:
    with xr.open_datatree(path, engine="h5netcdf") as tree:
        return tree[group].to_dataset().load()
