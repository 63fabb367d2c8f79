"""What tickets show besides service: when the platform closed and recorded, and how the user sounded."""

import numpy as np
import pandas as pd

from evalcore.simulate.answers import Answers
from evalcore.simulate.clocks import DAY, HOUR
from evalcore.simulate.contacts import Contacts
from evalcore.simulate.frames import labels
from evalcore.simulate.plants import RECORDS_LATE_H, RECORDS_SPREAD_H, RECORDS_USUAL_H
from evalcore.simulate.toss import happens
from evalcore.simulate.truth import Truth

LEFT_OPEN = 0.5
"""Share that stays open, of what is never resolved; the rest is closed a week or two later."""
GAMED = 0.6
"""Share closed just before 24 h at the platform that games the clock, of what takes longer."""
JUST_BEFORE_MIN = 25.0
STALLED_H = 26.0
"""Hours longer that it takes there once a day has passed: with its clock stopped, a ticket is nobody's."""
SENTIMENTS = ("calm", "upset", "angry")
ANGRY, UPSET = np.array([0.02, 0.05, 0.13, 0.36]), np.array([0.08, 0.15, 0.25, 0.34])
"""Shares of contacts by scene, judged by the user's first message."""
ANGRIER_IF_SLOW, CALMER_IF_FAST = 2.2, 0.55
"""Where angry users are served later: how their share differs among slow and fast answers."""
RECORDED_MIN = 20.0


def stalled(contacts: Contacts, resolved: np.ndarray, truth: Truth) -> np.ndarray:
    """When it was resolved; later where a ticket is closed first and what took longer than a day is left lying."""
    gamer = truth.plants.at("gamed_clock", truth.platforms)[contacts.platform]
    return resolved + np.where(gamer & (resolved > contacts.opened + DAY), HOUR * STALLED_H, 0)


def close_times(contacts: Contacts, resolved: np.ndarray, truth: Truth, rng: np.random.Generator) -> np.ndarray:
    """When the platform closed the ticket: soon after it was resolved, unless it games its clock."""
    number, opened = len(resolved), contacts.opened
    never = np.isnan(resolved)
    written_off = np.where(rng.random(number) < LEFT_OPEN, np.nan, opened + DAY * rng.uniform(7, 14, number))
    closed = np.where(never, written_off, resolved + rng.exponential(HOUR / 2, number))
    gamer = truth.plants.at("gamed_clock", truth.platforms)[contacts.platform]
    gamed = gamer & (never | (resolved > opened + DAY)) & (rng.random(number) < GAMED)
    return np.where(gamed, opened + DAY - np.fmin(60 * rng.exponential(JUST_BEFORE_MIN, number), DAY / 2), closed)


def record_times(
    contacts: Contacts, approved: np.ndarray, refunded: np.ndarray, truth: Truth, rng: np.random.Generator
) -> np.ndarray:
    """When the platform's system recorded a refund; at one platform a while later, and later still in one month."""
    number, plants = len(refunded), truth.plants
    first = np.datetime64(plants.incident, "M")
    begin, end = (m.astype("datetime64[s]").astype(np.int64) for m in (first, first + np.timedelta64(1, "M")))
    there = plants.at("late_records", truth.platforms)[contacts.platform]
    late = there & (refunded >= begin) & (refunded < end)
    delay = 60 * rng.exponential(RECORDED_MIN, number)
    spread = HOUR * rng.normal(0, RECORDS_SPREAD_H, number)
    booked = HOUR * RECORDS_USUAL_H - np.nanmean(np.where(there, refunded - approved, np.nan)) + spread
    return refunded + np.where(there, np.fmax(booked, delay) + HOUR * RECORDS_LATE_H * late, delay)


def sentiments(contacts: Contacts, answers: Answers, truth: Truth, rng: np.random.Generator) -> pd.Series:
    """How the first message sounded; nobody is served by it but at the platform where the angry come last."""
    later = truth.plants.at("angry_last", truth.platforms)[contacts.platform] & answers.asked_human
    factor = np.where(answers.pace.fast, CALMER_IF_FAST, ANGRIER_IF_SLOW)
    chance = np.minimum(ANGRY[contacts.scene] * np.where(later, factor, 1), 0.95)
    angry = happens(rng, chance)
    upset = ~angry & happens(rng, UPSET[contacts.scene] / (1 - ANGRY[contacts.scene]))
    return labels(upset + 2 * angry, SENTIMENTS)
