"""Service tickets: contacts, what came of them, and the clocks behind it."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from evalcore.simulate import clocks
from evalcore.simulate.chances import ABANDONED, Chances, chances_of
from evalcore.simulate.contacts import COMPLAINT, CONSULTATION, SERVICES, Contacts, draw_contacts
from evalcore.simulate.dirt import soil_tickets
from evalcore.simulate.frames import flags, labels, numbered, times
from evalcore.simulate.targets import SCENES
from evalcore.simulate.toss import happens
from evalcore.simulate.truth import Truth
from evalcore.simulate.year import year_of

TICKETS = 1_000_000
"""Stated volume of a year."""
UNANSWERED = 0.1
"""Share that no human ever answers, of contacts that waited long and stayed unsolved."""
CONTACTS_PER_USER = 1.6
MOST_TRANSFERS = 20


def draw_tickets(truth: Truth, rng: np.random.Generator) -> pd.DataFrame:
    """One row per contact, in the order of opening; dirt included."""
    year = year_of(truth.edition)
    number = round(TICKETS * truth.edition.simulation.volume)
    contacts = draw_contacts(number, truth, year, rng)
    chances = chances_of(truth, year)
    answers = _answers(contacts, chances, rng)
    outcomes = {i: happens(rng, chance[contacts.cell]) for i, chance in chances.simple.items()}
    seconds = soil_tickets(_clocks(contacts, answers, outcomes, rng), rng)
    frame = pd.DataFrame(
        {**_contact_columns(contacts, truth, rng), **_outcome_columns(contacts, answers, outcomes, rng)}
        | {column: times(values) for column, values in seconds.items()}
    )
    ordered = frame.sort_values("opened_at", kind="stable", ignore_index=True)
    return ordered.assign(ticket_id=numbered("T", number, 7))


@dataclass(frozen=True)
class Answers:
    """Who answered, how soon, and whether that solved it; one element per contact."""

    bot_solved: np.ndarray
    asked_human: np.ndarray
    answered: np.ndarray
    fast: np.ndarray
    soon: np.ndarray
    first_contact: np.ndarray


def _answers(contacts: Contacts, chances: Chances, rng: np.random.Generator) -> Answers:
    cell = contacts.cell
    bot_solved = contacts.bot_first & happens(rng, chances.bot_solves[cell])
    abandoned = contacts.bot_first & ~bot_solved & (rng.random(len(bot_solved)) < ABANDONED)
    asked = ~bot_solved & ~abandoned
    human_soon = np.where(contacts.night, chances.human_soon_night[cell], chances.human_soon_day[cell])
    soon = asked & happens(rng, human_soon)
    fast = happens(rng, np.where(bot_solved, chances.bot_fast[cell], soon * chances.fast_if_soon[cell]))
    first_contact = bot_solved | (asked & happens(rng, chances.first_contact[cell]))
    unanswered = asked & ~soon & ~first_contact & (rng.random(len(asked)) < UNANSWERED)
    return Answers(bot_solved, asked, asked & ~unanswered, fast, soon, first_contact)


def _clocks(contacts: Contacts, answers: Answers, outcomes: dict, rng: np.random.Generator) -> dict[str, np.ndarray]:
    """Seconds since 1970 of every time in a ticket; NaN where nothing happened."""
    opened, goods = contacts.opened, contacts.serves("return", "exchange")
    money, never = contacts.serves("return", "refund"), np.full(len(contacts.opened), np.nan)
    human = np.where(answers.answered, opened + clocks.human_wait(answers.fast, answers.soon, rng), never)
    bot = np.where(answers.bot_solved, opened + clocks.bot_wait(answers.fast, rng), never)
    legs = clocks.settlement(outcomes["S1"], outcomes["S5"], rng)
    pickup = np.where(goods, opened + legs.pickup, never)
    approved = np.where(goods, pickup, opened) + legs.approval
    arrived = approved + legs.arrival
    return {
        "opened_at": opened.astype(float),
        "bot_closed_at": bot,
        "human_answered_at": human,
        "resolved_at": _resolved(contacts, answers, bot, human, np.where(goods | money, arrived, never), rng),
        "pickup_at": pickup,
        "settled_at": np.where(goods, arrived, never),
        "refund_approved_at": np.where(money, approved, never),
        "refunded_at": np.where(money, arrived, never),
        "outline_at": np.where(contacts.disputed, opened + clocks.outline(outcomes["S7"], rng), never),
    }


def _resolved(
    contacts: Contacts,
    answers: Answers,
    bot: np.ndarray,
    human: np.ndarray,
    settled: np.ndarray,
    rng: np.random.Generator,
) -> np.ndarray:
    """Advice ends with the talk (or the bot), goods and money with their arrival; never before the answer."""
    at_once = answers.first_contact & ~contacts.serves("repair")
    talk = np.where(answers.bot_solved, bot, human + clocks.handling(at_once, contacts.promotion, rng))
    arrived = np.where(np.isnan(settled), np.nan, np.fmax(settled, talk))
    return np.where(contacts.serves("advice", "repair"), talk, arrived)


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


def _outcome_columns(contacts: Contacts, answers: Answers, outcomes: dict, rng: np.random.Generator) -> dict:
    complaint = contacts.scene == COMPLAINT
    mean = 0.15 + 0.5 * ~answers.first_contact + 0.3 * complaint
    return {
        "bot_solved": flags(answers.bot_solved, contacts.bot_first),
        "asked_human": answers.asked_human,
        "transfers": np.where(answers.answered, np.minimum(rng.poisson(mean), MOST_TRANSFERS), 0),
        "solved_first_contact": answers.first_contact,
        "repeat_repair_30d": flags(~outcomes["S2"], contacts.serves("repair")),
        "outcome_told": flags(outcomes["S3"], complaint),
        "complained_again": flags(outcomes["S4"], complaint),
        "followed_up": flags(outcomes["S6"], contacts.scene != CONSULTATION),
    }
