"""Who contacts whom, when and about what."""

from dataclasses import dataclass

import numpy as np

from evalcore.edition import Edition
from evalcore.simulate.targets import SCENE_SHARES, SCENES
from evalcore.simulate.toss import choose, happens
from evalcore.simulate.truth import Truth
from evalcore.simulate.year import Year

ONLINE = 0.85
NIGHT = 0.15
BOT_FIRST = np.array([0.70, 0.75, 0.35, 0.15])
"""Share of online contacts that begin with the bot, by scene: hardly any complaint does."""
DISPUTED = np.array([0.003, 0.01, 0.06, 0.35])
"""Share of contacts that become disputes, by scene."""

SERVICES = ("advice", "return", "exchange", "refund", "repair")
SERVICE_SHARES = {
    False: np.array([[1, 0, 0, 0, 0], [1, 0, 0, 0, 0], [0, 0.72, 0.18, 0.10, 0], [0.45, 0.15, 0.05, 0.35, 0]]),
    True: np.array([[1, 0, 0, 0, 0], [1, 0, 0, 0, 0], [0, 0.50, 0.17, 0.08, 0.25], [0.30, 0.10, 0.05, 0.22, 0.33]]),
}
"""Scene × service, for categories whose goods are not and are repaired."""

COMPLAINT = SCENES.index("complaint")
CONSULTATION = SCENES.index("consultation")


@dataclass(frozen=True)
class Contacts:
    """One element per contact; indices into platforms, categories, periods, scenes and services."""

    platform: np.ndarray
    category: np.ndarray
    quarter: np.ndarray
    promotion: np.ndarray
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
        """Index into arrays of (platforms, categories, quarters, promotion, scenes)."""
        return self.platform, self.category, self.quarter, self.promotion, self.scene

    def serves(self, *services: str) -> np.ndarray:
        """Which contacts ended in one of the services."""
        return np.isin(self.service, [SERVICES.index(s) for s in services])


def draw_contacts(number: int, truth: Truth, year: Year, rng: np.random.Generator) -> Contacts:
    """`number` contacts; repeat visits of a user are not modelled."""
    platform = rng.choice(len(truth.share), number, p=truth.share)
    category = choose(rng, truth.category_share[platform])
    day = rng.choice(len(year.days), number, p=year.load)
    scene = rng.choice(len(SCENES), number, p=SCENE_SHARES)
    service = choose(rng, service_shares(truth.edition)[category, scene])
    online, night = rng.random(number) < ONLINE, rng.random(number) < NIGHT
    return Contacts(
        platform=platform,
        category=category,
        quarter=year.quarter[day],
        promotion=year.promotion[day].astype(int),
        scene=scene,
        service=service,
        online=online,
        bot_first=online & happens(rng, BOT_FIRST[scene]),
        night=night,
        disputed=happens(rng, DISPUTED[scene]),
        opened=year.days[day].astype("datetime64[s]").astype(np.int64) + _clock(night, rng),
    )


def service_shares(edition: Edition) -> np.ndarray:
    """(categories, scenes, services) What contacts end in; repairs only where repair success applies."""
    return np.array([SERVICE_SHARES["S2" not in c.inapplicable] for c in edition.categories])


def _clock(night: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Second of the day: nights run from 22:00 to 08:00 (fewest before dawn), days peak in the afternoon."""
    number = len(night)
    asleep = (22 * 3600 + 36000 * rng.beta(0.5, 0.9, number)) % 86400
    awake = 8 * 3600 + 50400 * rng.beta(1.6, 1.3, number)
    return np.clip(np.where(night, asleep, awake), 0, 86399).astype(np.int64)
