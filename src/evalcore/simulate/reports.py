"""What platforms report themselves, and what third parties count about them."""

import numpy as np
import pandas as pd

from evalcore.simulate.chances import calibrated, chances_of
from evalcore.simulate.plan import period_months
from evalcore.simulate.plants import AGENTS_TIMES, CLAIMED_SECONDS, CLAIMED_SOLVED
from evalcore.simulate.truth import Truth
from evalcore.simulate.waits import expected_waits
from evalcore.simulate.year import year_of

CALLS_A_QUARTER = 60_000
CONTACTS_A_QUARTER = 400_000
BOT_SHARE = 0.45
BOT_SECONDS = (6.0, 18.0)
AGENTS_PER_THOUSAND, AGENTS_SPREAD = 6.0, 0.15
DISTRICTS = 2_800
ORDERS_A_QUARTER = 6_000_000
"""Of a platform of average size."""
PER_MILLION = 1_000_000
LEAST_UPHELD, MOST_UPHELD = 8.0, 60.0


def draw_platform_reports(truth: Truth, rng: np.random.Generator) -> pd.DataFrame:
    """What is reported by platform and period; planted gaps left out, planted claims put in."""
    drawn = [draw(truth, rng) for draw in (_phone, _channels, _repair, _bot, _bot_speed, _response, _agents)]
    reports = pd.concat(drawn, ignore_index=True)
    kept = [pair not in truth.plan.unreported for pair in zip(reports["platform"], reports["item"], strict=True)]
    return reports[kept].sort_values(["platform", "period", "item"], kind="stable", ignore_index=True)


def _phone(truth: Truth, rng: np.random.Generator) -> pd.DataFrame:
    chance = by_quarter(truth, "R2")
    calls = rng.poisson(CALLS_A_QUARTER * truth.share[:, None] * len(truth.share) + np.zeros_like(chance))
    return _report(truth, "phone_answered", rng.binomial(calls, chance), calls)


def _channels(truth: Truth, rng: np.random.Generator) -> pd.DataFrame:
    """Whole channels in whole months; a channel that ran for a part of the year opened in the course of it."""
    months = np.array(period_months(truth.edition))
    total = np.round(truth.values["R3"].to_numpy() * months.sum()).astype(int)
    monthly = (total[:, None] + np.arange(months.sum())) // months.sum()
    counts = np.add.reduceat(monthly, np.concatenate([[0], np.cumsum(months)[:-1]]), axis=1)
    return _report(truth, "channels", counts, np.broadcast_to(months, counts.shape))


def _repair(truth: Truth, rng: np.random.Generator) -> pd.DataFrame:
    """Districts with on-site repair, of those where appliances are sold."""
    if "A1" not in truth.values:
        return pd.DataFrame()
    covered = np.nan_to_num(by_quarter(truth, "A1"))
    served = np.broadcast_to(rng.integers(DISTRICTS // 2, DISTRICTS, len(covered))[:, None], covered.shape)
    report = _report(truth, "onsite_repair", np.round(covered * served).astype(int), served)
    sells = truth.values["A1"].notna()
    return report[report["platform"].map(sells)].assign(category="appliances")


def _bot(truth: Truth, rng: np.random.Generator) -> pd.DataFrame:
    """Contacts the bot solved, of those that begin with it: the share of the tickets, or a claim."""
    claimed = truth.plants.at("boastful_bot", truth.platforms)[:, None]
    chance = np.where(claimed, CLAIMED_SOLVED, by_quarter(truth, "R5"))
    contacts = _contacts(truth, CONTACTS_A_QUARTER * BOT_SHARE, rng)
    return _report(truth, "bot_solved", rng.binomial(contacts, chance), contacts)


def _bot_speed(truth: Truth, rng: np.random.Generator) -> pd.DataFrame:
    """Seconds until the bot replies, summed over its replies."""
    claimed = truth.plants.at("boastful_bot", truth.platforms)[:, None]
    seconds = np.where(claimed, CLAIMED_SECONDS, rng.uniform(*BOT_SECONDS, (len(truth.platforms), 1)))
    replies = _contacts(truth, CONTACTS_A_QUARTER * BOT_SHARE, rng)
    return _report(truth, "bot_response_s", np.round(seconds * replies).astype(int), replies)


def _response(truth: Truth, rng: np.random.Generator) -> pd.DataFrame:
    """Minutes until a human answers, summed over contacts; one platform leaves out the wait inside its bot."""
    waits = expected_waits(truth, chances_of(truth, year_of(truth.edition)))
    left_out = truth.plants.at("slow_bot", truth.platforms)[:, None]
    minutes = np.where(left_out, waits.queue, waits.whole) / 60
    contacts = _contacts(truth, CONTACTS_A_QUARTER, rng)
    return _report(truth, "mean_response_min", np.round(minutes * contacts).astype(int), contacts)


def _agents(truth: Truth, rng: np.random.Generator) -> pd.DataFrame:
    """Agents, and thousands of contacts they serve."""
    thousands = np.maximum(np.round(_contacts(truth, CONTACTS_A_QUARTER, rng) / 1000), 1).astype(int)
    usual = AGENTS_PER_THOUSAND * np.exp(rng.normal(0, AGENTS_SPREAD, (len(truth.platforms), 1)))
    planted = truth.plants.at("many_agents", truth.platforms)[:, None]
    mean = usual[~planted].mean() if (~planted).any() else AGENTS_PER_THOUSAND
    agents = np.where(planted, AGENTS_TIMES * mean, usual) * thousands
    return _report(truth, "agents", np.round(agents).astype(int), thousands)


def _contacts(truth: Truth, average: float, rng: np.random.Generator) -> np.ndarray:
    """(platforms, quarters) Numbers around a quarter's average, by the size of the platform."""
    quarters = len(truth.edition.periods)
    return rng.poisson(average * len(truth.share) * np.repeat(truth.share[:, None], quarters, axis=1))


def by_quarter(truth: Truth, indicator: str) -> np.ndarray:
    """(platforms, quarters) Shares whose plain mean over the quarters is the true one."""
    return calibrated(truth.rate(indicator), truth.quarter[indicator], np.ones(()))


def _report(truth: Truth, item: str, numerator: np.ndarray, denominator: np.ndarray) -> pd.DataFrame:
    return _by_period(truth, {"numerator": numerator, "denominator": denominator}).assign(item=item, category=None)


def _by_period(truth: Truth, values: dict[str, np.ndarray]) -> pd.DataFrame:
    """Arrays of (platforms, quarters) as one row per platform and period."""
    periods = [p.id for p in truth.edition.periods]
    index = pd.MultiIndex.from_product([truth.platforms, periods], names=["platform", "period"])
    return pd.DataFrame({name: array.ravel() for name, array in values.items()}, index=index).reset_index()


def draw_third_party(truth: Truth, rng: np.random.Generator) -> pd.DataFrame:
    """Complaints upheld elsewhere and orders, by platform and period."""
    size = truth.share * len(truth.share)
    quarters = len(truth.edition.periods)
    orders = rng.poisson(ORDERS_A_QUARTER * np.repeat(size[:, None], quarters, axis=1))
    upheld = rng.poisson(orders * upheld_per_million(truth)[:, None] / PER_MILLION)
    return _by_period(truth, {"upheld": upheld, "orders": orders})


def upheld_per_million(truth: Truth) -> np.ndarray:
    """(platforms,) Upheld complaints per million orders: more where fewer warranty duties are met."""
    return np.clip(10 + 1.2 * (95 - truth.values["C2"].to_numpy()), LEAST_UPHELD, MOST_UPHELD)


def deduction(truth: Truth) -> np.ndarray:
    """(platforms,) Points that the edition's framework takes off C2 for these complaints."""
    rules = [rule for rule in truth.edition.indicators["C2"].combine if rule.rule == "deduct"]
    return sum((np.minimum(upheld_per_million(truth) * r.points / r.each, r.at_most) for r in rules), np.zeros(()))
