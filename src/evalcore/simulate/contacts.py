"""Who contacts whom, when and about what."""

from dataclasses import dataclass

import numpy as np

from evalcore.edition import Edition
from evalcore.simulate.plants import WAVE_SHARE
from evalcore.simulate.targets import SCENE_SHARES, SCENES
from evalcore.simulate.toss import choose, happens
from evalcore.simulate.truth import Truth
from evalcore.simulate.year import Year

ONLINE = 0.85
NIGHT = 0.15
BOT_FIRST = np.array([0.60, 0.64, 0.35, 0.15])
"""Share of online contacts that begin with the bot, by scene: hardly any complaint does."""
DISPUTED = np.array([0.003, 0.01, 0.06, 0.35])
"""Share of contacts that become disputes, by scene."""

SERVICES = ("advice", "return", "exchange", "refund", "repair")
SERVICE_SHARES = {
    False: np.array([[1, 0, 0, 0, 0], [1, 0, 0, 0, 0], [0, 0.72, 0.18, 0.10, 0], [0.45, 0.15, 0.05, 0.35, 0]]),
    True: np.array([[1, 0, 0, 0, 0], [1, 0, 0, 0, 0], [0, 0.50, 0.17, 0.08, 0.25], [0.30, 0.10, 0.05, 0.22, 0.33]]),
}
"""Scene × service, for categories whose goods are not and are repaired."""

ORDINARY, PROMOTION, WAVE = range(3)
SEASONS = 3
"""What a day is: ordinary, of a promotion, or of the planted delivery wave."""

COMPLAINT = SCENES.index("complaint")
CONSULTATION = SCENES.index("consultation")


@dataclass(frozen=True)
class Contacts:
    """One element per contact; indices into platforms, categories, periods, seasons, scenes and services."""

    platform: np.ndarray
    category: np.ndarray
    quarter: np.ndarray
    season: np.ndarray
    scene: np.ndarray
    service: np.ndarray
    online: np.ndarray
    bot_first: np.ndarray
    night: np.ndarray
    disputed: np.ndarray
    opened: np.ndarray
    """Seconds since 1970-01-01."""

    @property
    def cell(self) -> tuple[np.ndarray, ...]:
        """Index into arrays of (platforms, categories, quarters, seasons, scenes)."""
        return self.platform, self.category, self.quarter, self.season, self.scene

    def serves(self, *services: str) -> np.ndarray:
        """Which contacts ended in one of the services."""
        return np.isin(self.service, [SERVICES.index(s) for s in services])


def draw_contacts(number: int, truth: Truth, year: Year, rng: np.random.Generator) -> Contacts:
    """`number` contacts; repeat visits of a user are not modelled."""
    platform = rng.choice(len(truth.share), number, p=truth.share)
    category = choose(rng, truth.category_share[platform])
    day = rng.choice(len(year.days), number, p=year.load)
    waved = truth.plants.at("delivery_wave", truth.platforms)[platform] & (rng.random(number) < WAVE_SHARE)
    day = np.where(waved, rng.choice(_wave_days(truth, year), number), day)
    scene = rng.choice(len(SCENES), number, p=SCENE_SHARES)
    return contacts_at(platform, category, day, scene, truth, year, rng)


def contacts_at(
    platform: np.ndarray,
    category: np.ndarray,
    day: np.ndarray,
    scene: np.ndarray,
    truth: Truth,
    year: Year,
    rng: np.random.Generator,
) -> Contacts:
    """Contacts at given places and on given days (indices): what they are about and how they begin."""
    number = len(platform)
    online, night = rng.random(number) < ONLINE, rng.random(number) < NIGHT
    in_wave = truth.plants.at("delivery_wave", truth.platforms)[platform] & _in_wave(truth, year)[day]
    return Contacts(
        platform=platform,
        category=category,
        quarter=year.quarter[day],
        season=np.where(in_wave, WAVE, year.promotion[day].astype(int)),
        scene=scene,
        service=choose(rng, service_shares(truth.edition)[category, scene]),
        online=online,
        bot_first=online & happens(rng, BOT_FIRST[scene]),
        night=night,
        disputed=happens(rng, DISPUTED[scene]),
        opened=year.days[day].astype("datetime64[s]").astype(np.int64) + _clock(night, rng),
    )


def season_shares(truth: Truth, year: Year) -> np.ndarray:
    """(platforms, quarters, seasons) Each platform's contacts; adds up to 1 per platform."""
    days = np.zeros((year.quarter.max() + 1, SEASONS))
    np.add.at(days, (year.quarter, year.promotion.astype(int)), year.load)
    wave = _in_wave(truth, year)
    waved = np.zeros_like(days)
    np.add.at(waved, (year.quarter, np.where(wave, WAVE, year.promotion.astype(int))), year.load)
    extra = np.zeros_like(days)
    extra[year.quarter[wave][0], WAVE] = 1
    planted = truth.plants.at("delivery_wave", truth.platforms)[:, None, None]
    return np.where(planted, (1 - WAVE_SHARE) * waved + WAVE_SHARE * extra, days)


def _in_wave(truth: Truth, year: Year) -> np.ndarray:
    return np.isin(year.days, truth.plants.wave)


def _wave_days(truth: Truth, year: Year) -> np.ndarray:
    return np.flatnonzero(_in_wave(truth, year))


def service_shares(edition: Edition) -> np.ndarray:
    """(categories, scenes, services) What contacts end in; repairs only where repair success applies."""
    return np.array([SERVICE_SHARES["S2" not in c.inapplicable] for c in edition.categories])


def _clock(night: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Second of the day: nights run from 22:00 to 08:00 (fewest before dawn), days peak in the afternoon."""
    number = len(night)
    asleep = (22 * 3600 + 36000 * rng.beta(0.5, 0.9, number)) % 86400
    awake = 8 * 3600 + 50400 * rng.beta(1.6, 1.3, number)
    return np.clip(np.where(night, asleep, awake), 0, 86399).astype(np.int64)
