"""Data of every figure for any number of entities, with names of any length."""

from collections.abc import Callable, Iterator

import matplotlib as mpl
import numpy as np
import pandas as pd
import pytest
from matplotlib.figure import Figure

from evalcore.edition import Edition
from evalcore.figures import decomposition, evidence, grids, order, profile, quality, satisfaction, scores, service
from evalcore.figures.style import house_style
from evalcore.words import Words

LONG = {
    "en": "The {k}th Very Long Named International Electronic Commerce & Logistics Company of $omewhere, Limited ($)",
    "zh": "第{k}号名称特别长的国际电子商务物流综合服务平台有限责任公司（集团·控股）",
}
FIGURES = {
    "summary-scores": scores.draw_ranking,
    "composite-parts": scores.draw_parts,
    "composite-levels": scores.draw_levels,
    "composite-ahead": scores.draw_ahead,
    "composite-periods": scores.draw_periods,
    "composite-ranks": order.draw_ranks,
    "composite-decomposition": decomposition.draw_decomposition,
    "dimension-scores": scores.draw_dimensions,
    "speed-resolution": scores.draw_speed,
    "indicator-scores": grids.draw_indicators,
    "category-scores": grids.draw_categories,
    "entity-profile": profile.draw_profile,
    "framework-weights": quality.draw_weights,
    "quality-waterfall": quality.draw_waterfall,
    "satisfaction-entities": satisfaction.draw_entities,
    "satisfaction-segments": satisfaction.draw_segments,
    "satisfaction-map": satisfaction.draw_map,
    "service-promotions": service.draw_promotions,
    "service-bots": service.draw_bots,
    "cross-bias": evidence.draw_bias,
    "gaming-closing": evidence.draw_closing,
    "weighting-margins": evidence.draw_margins,
}
"""Exhibit -> its drawing function; `exhibit` in the arguments of a test stands for each of them."""


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run a test that takes `exhibit` once for each figure."""
    if "exhibit" in metafunc.fixturenames:
        metafunc.parametrize("exhibit", list(FIGURES))


@pytest.fixture(autouse=True)
def style() -> Iterator[None]:
    """The house style, without a window."""
    mpl.use("agg")
    with house_style():
        yield


@pytest.fixture
def draw() -> Callable[[str, pd.DataFrame, str, Edition], Figure]:
    """(Exhibit, data, language, edition) -> its figure."""
    return lambda exhibit, data, lang, edition: FIGURES[exhibit](data, Words(lang, exhibit, edition))


@pytest.fixture
def shops(tiny: dict, edition_of: Callable[[dict], Edition]) -> Callable[..., Edition]:
    """(Number, long names?) -> an edition with so many shops, as many indicators in R, and five levels."""

    def make(count: int, long: bool = False) -> Edition:
        def named(kind: str, k: int = 0) -> dict:
            short = {"en": f"{kind} {k}", "zh": f"{kind}{k}"}
            return {lang: text.format(k=k) for lang, text in LONG.items()} if long else short

        framework, survey = tiny["framework"], tiny["sources"]["survey"]
        first = framework["dimensions"][0]["indicators"][0] | {"weight": 100 / count}
        indicators = [first | {"id": f"X{k}", "name": named("indicator", k)} for k in range(count)]
        dimension = framework["dimensions"][0] | {"name": named("dimension"), "indicators": indicators}
        levels = [{"id": f"l{k}", "name": named("level", k), "at_least": 20 * k} for k in range(5)]
        rules = [rule | {"reason": named("rule")} for rule in survey["rules"]]
        changes = {
            "entities": [tiny["entities"][0] | {"id": f"e{k}", "name": named("shop", k)} for k in range(count)],
            "categories": [tiny["categories"][0] | {"name": named("category")}],
            "framework": framework | {"dimensions": [dimension, framework["dimensions"][1]], "levels": levels},
            "sources": {"survey": survey | {"rules": rules}},
        }
        return edition_of(tiny | changes)

    return make


@pytest.fixture
def data_of() -> Callable[[str, Edition], pd.DataFrame]:
    """(Exhibit, edition) -> what its chapter would hand to the figure, seeded."""

    def make(exhibit: str, edition: Edition) -> pd.DataFrame:
        rng, ids = np.random.default_rng(4), [e.id for e in edition.entities]
        score = np.sort(rng.uniform(55, 90, len(ids)))[::-1]
        base = pd.DataFrame({"entity": ids, "low": score, "high": score, "lower": score - 2, "upper": score + 2})
        if exhibit in PER_INDICATOR:
            indicators = list(edition.indicators)
            return PER_INDICATOR[exhibit](pd.DataFrame({"indicator": indicators}), rng)
        return PER_ENTITY[exhibit](base, rng)

    return make


def across(base: pd.DataFrame, column: str, values: list[str]) -> pd.DataFrame:
    """Each row of the base once per value of a column."""
    return base.merge(pd.DataFrame({column: values}), how="cross")


def chances(base: pd.DataFrame) -> pd.DataFrame:
    """Probabilities of all pairs, the larger the further apart."""
    both = base[["entity", "low"]].merge(base[["entity", "low"]].add_prefix("other_"), how="cross")
    both = both[both["entity"] != both["other_entity"]].rename(columns={"other_entity": "other"})
    return both.assign(probability=1 / (1 + np.exp(both["other_low"] - both["low"])))


def levels(base: pd.DataFrame) -> pd.DataFrame:
    """Mean levels with their intervals, and a little higher with their own people."""
    mean = 1 + base["low"] / 25
    return base[["entity"]].assign(mean=mean, mean_lower=mean - 0.1, mean_upper=mean + 0.1, own=mean + 0.05)


def by_age(base: pd.DataFrame) -> pd.DataFrame:
    """Satisfaction by age, one cell in seven too small; who stated no age is a group of its own."""
    cells = across(levels(base), "value", ["young", "old", "unknown"]).assign(segment="age")
    hundred = np.where(np.arange(len(cells)) % 7 == 1, np.nan, 25 * (cells["mean"] - 1))
    return cells.assign(hundred=hundred)


def ranked(base: pd.DataFrame) -> pd.DataFrame:
    """Ranks that are sure, in groups of three."""
    place = np.arange(1, len(base) + 1)
    groups = [str(1 + k // 3) for k in range(len(base))]
    return base.assign(rank=place, rank_lower=place, rank_upper=place, groups=groups)


def in_promotions(base: pd.DataFrame) -> pd.DataFrame:
    """A fifth fewer answered at once than on ordinary days."""
    low = 0.8 * base["low"]
    shares = base[["entity"]].assign(ordinary=base["low"], promotion=low, promotion_lower=low - 1)
    return shares.assign(promotion_upper=low + 1, fall=base["low"] - low)


def of_bots(base: pd.DataFrame) -> pd.DataFrame:
    """Reports a little above the tickets, users a little below."""
    users = base["low"] - 3
    told = base[["entity"]].assign(reported=base["low"] + 5, solved=base["low"], users=users, gap=5.0)
    return told.assign(users_lower=users - 4, users_upper=users + 4)


PER_ENTITY = {
    "service-promotions": lambda base, rng: in_promotions(base),
    "service-bots": lambda base, rng: of_bots(base),
    "summary-scores": lambda base, rng: base.assign(high=base["low"] + np.where(np.arange(len(base)) % 4, 0, 5)),
    "composite-parts": lambda base, rng: base.assign(base=base["low"] - 20, bonus=0.4, expert=19.6),
    "composite-levels": lambda base, rng: base[["entity"]].assign(**{f"l{k}": 0.2 for k in range(5)}),
    "composite-ahead": lambda base, rng: chances(base),
    "composite-periods": lambda base, rng: across(base, "group", ["Q1", "Q2"]),
    "composite-ranks": lambda base, rng: ranked(base),
    "composite-decomposition": lambda base, rng: across(base, "dimension", ["R", "E"]).assign(points=1.5),
    "dimension-scores": lambda base, rng: across(base, "dimension", ["R", "E"]),
    "speed-resolution": lambda base, rng: base.assign(
        response=rng.normal(75, 8, len(base)), resolution=rng.normal(70, 8, len(base))
    ),
    "indicator-scores": lambda base, rng: across(base, "indicator", [f"X{k}" for k in range(20)]).assign(
        score=lambda frame: rng.uniform(20, 100, len(frame))
    ),
    "category-scores": lambda base, rng: across(base, "group", ["fresh"]),
    "satisfaction-entities": lambda base, rng: levels(base),
    "satisfaction-segments": lambda base, rng: by_age(base.iloc[:1]),
    "satisfaction-map": lambda base, rng: by_age(base),
    "cross-bias": lambda base, rng: across(base[["entity"]], "measure", ["mean_response_min", "bot_solved"]).assign(
        flattery=0.1,
        lower=-0.2,
        upper=0.4,
        verdict=lambda frame: np.where(frame["entity"] == "s1", "resubmit", "agrees"),
    ),
    "gaming-closing": lambda base, rng: across(
        pd.DataFrame({"entity": [base["entity"].iloc[0], "all"]}), "hour", list(np.arange(20, 28, 0.25))
    ).assign(n=9, share=3.1),
    "weighting-margins": lambda base, rng: pd.DataFrame(
        {
            "margin": "age",
            "value": ["young", "old"],
            "sample": [60.0, 40],
            "weighted": [55.0, 45],
            "population": [55.0, 45],
        }
    ),
    "quality-waterfall": lambda base, rng: pd.DataFrame(
        {"source": "survey", "step": ["s-period", "s-fast"], "removed": [1200, 30], "raw": 24_000}
    ),
}
PER_INDICATOR = {
    "entity-profile": lambda own, rng: own.assign(score=rng.uniform(30, 100, len(own)), median=70.0),
    "framework-weights": lambda own, rng: own.assign(
        dimension=np.where(own["indicator"] == "E1", "E", "R"), effective=3.0
    ),
}
"""Exhibit -> its data for some scores (best first) or indicators."""
