"""The capability survey: platforms, brands and service providers on staff, training, systems and what they reward."""

import numpy as np
import pandas as pd

from evalcore.simulate.plants import AGENTS_TIMES
from evalcore.simulate.truth import Truth

OTHER_PLATFORMS, BRANDS, PROVIDERS = 5, 30, 10
"""Beside the evaluated platforms; with fifteen of them the 20, 30 and 10 of the documents."""
USERS_PER_AGENT, USERS_SPREAD = 5_000.0, 0.10
SHARES = {
    "scripts_only": 0.60,
    "bot_simple": 0.28,
    "ticket_system": 0.36,
    "kpi_speed": 0.73,
}
"""Published (or "under 40 %"): only scripts trained, AI for simple questions, a ticket system, speed as core KPI."""
BOT_ACCURACY = (0.50, 0.62)
OUTSOURCED = {"head": (0.25, 0.45), "small-mid": (0.58, 0.78), "none": (0.20, 0.50)}
PROACTIVE, PROACTIVE_SPREAD = 0.287, 0.05
GRANTS_YUAN = (50, 50, 80, 100, 100, 100, 200)
TRAINING_DAYS, UPDATES = (1.0, 5.0), (1, 1, 2, 2, 2, 3)
TURNOVER = (0.38, 0.52)
SPEED_WEIGHT, ELSE_WEIGHT = (50, 75), (20, 45)
"""Percent of KPI weight on speed, of companies whose core it is and of others."""


def draw_capability(truth: Truth, rng: np.random.Generator) -> pd.DataFrame:
    """One row per company; the evaluated platforms first, others without a platform of the edition."""
    sizes = [e.size for e in truth.edition.entities]
    others = [str(s) for s in rng.choice(["head", "small-mid"], OTHER_PLATFORMS)]
    kinds = ["platform"] * (len(sizes) + OTHER_PLATFORMS) + ["brand"] * BRANDS + ["provider"] * PROVIDERS
    size = np.array([*sizes, *others, *(["none"] * (BRANDS + PROVIDERS))], dtype=object)
    number, is_platform = len(kinds), np.array(kinds) == "platform"
    core, bot = (
        _holders(SHARES["kpi_speed"], np.ones(number, dtype=bool), rng),
        _holders(SHARES["bot_simple"], is_platform, rng),
    )
    low, high = np.array([OUTSOURCED[s] for s in size]).T
    platforms = [*truth.platforms, *([None] * (number - len(sizes)))]
    return pd.DataFrame(
        {
            "company": [f"K{n:02d}" for n in range(1, number + 1)],
            "platform": pd.Series(platforms, dtype="str"),
            "kind": kinds,
            "size": size,
            "users_per_agent": _users_per_agent(truth, number, rng),
            "training_days": np.round(rng.uniform(*TRAINING_DAYS, number), 1),
            "scripts_only": _holders(SHARES["scripts_only"], is_platform, rng),
            "grant_yuan": rng.choice(GRANTS_YUAN, number),
            "knowledge_updates": rng.choice(UPDATES, number),
            "bot_simple": bot,
            "bot_accuracy": pd.Series(np.where(bot, np.round(100 * rng.uniform(*BOT_ACCURACY, number), 1), np.nan)),
            "ticket_system": _holders(SHARES["ticket_system"], is_platform, rng),
            "outsourced": np.round(100 * rng.uniform(low, high), 1),
            "kpi_speed": core,
            "kpi_speed_weight": np.where(core, rng.integers(*SPEED_WEIGHT, number), rng.integers(*ELSE_WEIGHT, number)),
            "proactive": np.round(100 * rng.normal(PROACTIVE, PROACTIVE_SPREAD, number), 1),
            "turnover": np.round(100 * rng.uniform(*TURNOVER, number), 1),
        }
    )


def _users_per_agent(truth: Truth, number: int, rng: np.random.Generator) -> np.ndarray:
    """Half the users an agent where there are twice the agents."""
    users = USERS_PER_AGENT * np.exp(rng.normal(-(USERS_SPREAD**2) / 2, USERS_SPREAD, number))
    planted = truth.plants.at("many_agents", truth.platforms)
    users[: len(planted)] /= np.where(planted, AGENTS_TIMES, 1.0)
    return np.round(users).astype(int)


def _holders(share: float, among: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """The whole number nearest to the share, drawn at random among some companies; the others by chance."""
    has = rng.random(len(among)) < share
    places = rng.permutation(np.flatnonzero(among))
    has[places] = np.arange(len(places)) < round(share * len(places))
    return has
