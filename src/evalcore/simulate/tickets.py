"""Service tickets: contacts, what came of them, and the clocks behind it."""

import numpy as np
import pandas as pd

from evalcore.simulate import clocks
from evalcore.simulate.answers import Answers, draw_answers
from evalcore.simulate.chances import chances_of
from evalcore.simulate.contacts import COMPLAINT, CONSULTATION, SERVICES, Contacts, draw_contacts
from evalcore.simulate.dirt import soil_tickets
from evalcore.simulate.frames import flags, labels, numbered, times
from evalcore.simulate.more import more_of_tickets
from evalcore.simulate.signs import close_times, record_times, sentiments, stalled
from evalcore.simulate.speed import handling_minutes
from evalcore.simulate.targets import SCENES
from evalcore.simulate.toss import happens
from evalcore.simulate.truth import Truth
from evalcore.simulate.year import year_of

TICKETS = 1_000_000
"""Stated volume of a year."""
CONTACTS_PER_USER = 1.6
MOST_TRANSFERS = 20


def draw_tickets(truth: Truth, rng: np.random.Generator) -> pd.DataFrame:
    """One row per contact, in the order of opening; dirt included."""
    year = year_of(truth.edition)
    number = round(TICKETS * truth.edition.simulation.volume)
    contacts = draw_contacts(number, truth, year, rng)
    chances = chances_of(truth, year)
    answers = draw_answers(contacts, chances, truth.plants, truth.platforms, rng)
    outcomes = {i: happens(rng, chance[contacts.cell]) for i, chance in chances.simple.items()}
    talking = clocks.talk(handling_minutes(truth)[contacts.platform, contacts.season], rng)
    seconds = soil_tickets(_clocks(contacts, answers, outcomes, talking, truth, rng), rng)
    frame = pd.DataFrame(
        {
            **_contact_columns(contacts, truth, rng),
            **_outcome_columns(contacts, answers, outcomes, talking, rng),
            "sentiment": sentiments(contacts, answers, truth, rng),
        }
        | {column: times(values) for column, values in seconds.items()}
    )
    ordered = frame.sort_values("opened_at", kind="stable", ignore_index=True)
    return ordered.assign(ticket_id=numbered("T", number, 7), **more_of_tickets(ordered, truth))


def _clocks(
    contacts: Contacts,
    answers: Answers,
    outcomes: dict[str, np.ndarray],
    talking: np.ndarray,
    truth: Truth,
    rng: np.random.Generator,
) -> dict[str, np.ndarray]:
    """Seconds since 1970 of every time in a ticket; NaN where nothing happened."""
    opened, goods = contacts.opened, contacts.serves("return", "exchange")
    money, never = contacts.serves("return", "refund"), np.full(len(contacts.opened), np.nan)
    bot, human = opened + answers.bot_s, opened + answers.human_s
    legs = clocks.settlement(outcomes["S1"], outcomes["S5"], rng)
    pickup = np.where(goods, opened + legs.pickup, never)
    approved = np.where(goods, pickup, opened) + legs.approval
    arrived = approved + legs.arrival
    refunded = np.where(money, arrived, never)
    settled = np.where(goods | money, arrived, never)
    resolved = stalled(contacts, _resolved(contacts, answers, bot, human, settled, talking, rng), truth)
    return {
        "opened_at": opened.astype(float),
        "bot_closed_at": bot,
        "human_asked_at": opened + answers.asked_s,
        "human_answered_at": human,
        "resolved_at": resolved,
        "closed_at": close_times(contacts, resolved, truth, rng),
        "pickup_at": pickup,
        "settled_at": np.where(goods, arrived, never),
        "refund_approved_at": np.where(money, approved, never),
        "refunded_at": refunded,
        "refund_recorded_at": record_times(contacts, approved, refunded, truth, rng),
        "outline_at": np.where(contacts.disputed, opened + clocks.outline(outcomes["S7"], rng), never),
    }


def _resolved(
    contacts: Contacts,
    answers: Answers,
    bot: np.ndarray,
    human: np.ndarray,
    settled: np.ndarray,
    talking: np.ndarray,
    rng: np.random.Generator,
) -> np.ndarray:
    """Advice ends with the talk (or the bot), goods and money with their arrival; never before the answer."""
    at_once = answers.first_contact & ~contacts.serves("repair")
    talked = np.where(answers.bot_solved, bot, human + clocks.handling(at_once, talking, rng))
    arrived = np.where(np.isnan(settled), np.nan, np.fmax(settled, talked))
    return np.where(contacts.serves("advice", "repair"), talked, arrived)


def _contact_columns(contacts: Contacts, truth: Truth, rng: np.random.Generator) -> dict:
    edition, number = truth.edition, len(contacts.opened)
    users = rng.integers(0, round(number / CONTACTS_PER_USER), number)
    return {
        "user_key": numbered("u", number, 7)[users],
        "platform": labels(contacts.platform, [e.id for e in edition.entities]),
        "category": labels(contacts.category, [c.id for c in edition.categories]),
        "channel": labels(contacts.online.astype(int), ["phone", "online"]),
        "scene": labels(contacts.scene, SCENES),
        "service": labels(contacts.service, SERVICES),
        "after_sales": contacts.scene != CONSULTATION,
        "bot_first": contacts.bot_first,
        "disputed": contacts.disputed,
    }


def _outcome_columns(
    contacts: Contacts, answers: Answers, outcomes: dict, talking: np.ndarray, rng: np.random.Generator
) -> dict:
    complaint = contacts.scene == COMPLAINT
    mean = 0.15 + 0.5 * ~answers.first_contact + 0.3 * complaint
    return {
        "bot_solved": flags(answers.bot_solved, contacts.bot_first),
        "asked_human": answers.asked_human,
        "transfers": np.where(answers.answered, np.minimum(rng.poisson(mean), MOST_TRANSFERS), 0),
        "handling_s": pd.array(np.where(answers.answered, talking, np.nan)).astype("Int64"),
        "solved_first_contact": answers.first_contact,
        "repeat_repair_30d": flags(~outcomes["S2"], contacts.serves("repair")),
        "outcome_told": flags(outcomes["S3"], complaint),
        "complained_again": flags(outcomes["S4"], complaint),
        "followed_up": flags(outcomes["S6"], contacts.scene != CONSULTATION),
    }
