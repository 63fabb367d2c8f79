"""A proposed column and code map for a file that does not fit: from names, values, ranges and a code book."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

import numpy as np
import pandas as pd
from scipy.optimize import linear_sum_assignment

from evalcore.edition import Edition, Source
from evalcore.edition.sources import Column
from evalcore.ingest.columns import ColumnMap
from evalcore.schema.raw import allowed_codes

LIKELY = 0.6
"""Likeness of names from which a column is proposed at all."""
ALIKE = 0.8
"""Likeness from which a code is taken for another spelling of one that is known."""
SHOWN = 60
"""Codes of a column that are looked at one by one."""


@dataclass(frozen=True)
class Guess:
    """Something of theirs, what it may be of ours (None: missing), why a person should look (None: as before)."""

    theirs: str
    ours: str | None
    why: str | None = None


@dataclass(frozen=True)
class Proposal:
    """Guessed columns, guessed codes per our column, our columns nothing fits."""

    columns: tuple[Guess, ...]
    codes: dict[str, tuple[Guess, ...]]
    missing: tuple[str, ...]


def propose_map(
    frame: pd.DataFrame,
    source: Source,
    edition: Edition,
    before: ColumnMap | None = None,
    code_book: dict[str, str] | None = None,
) -> Proposal:
    """What the columns and codes of a file may mean; every column is used once at most.

    Parameters
    ----------
    frame : DataFrame
        The file as read: text.
    before : ColumnMap, optional
        The map of the year before: its names and codes are the first guess.
    code_book : dict, optional
        Their column -> what it is, in words; compared with `what` of our columns.

    Notes
    -----
    Names count three quarters (difflib's ratio, question numbers apart), values one quarter: the share of them that
    the contract or the codes of the year before know. Pairs are chosen together (Hungarian method).
    """
    before, code_book = before or ColumnMap(), code_book or {}
    theirs, ours = [str(name) for name in frame.columns], list(source.columns)
    known = {name: {f"{k}": v for k, v in before.codes.get(name, {}).items()} for name in ours}
    likeness = np.array([[_likeness(t, o, source.columns[o], before, code_book) for o in ours] for t in theirs])
    values = [_values(frame[name]) for name in frame.columns]
    fits = np.array(
        [[_share_known(v, source.columns[o], known[o], edition) for o in ours] for v in values], dtype=float
    )
    score = np.where(likeness >= LIKELY, 0.75 * likeness + 0.25 * fits, 0.0)
    rows, columns = linear_sum_assignment(-score)
    pairs = {ours[j]: i for i, j in zip(rows, columns, strict=True) if score[i, j] > 0}
    guesses = tuple(
        Guess(theirs[i], name, _why(likeness[i, ours.index(name)], theirs[i], name, before))
        for name, i in pairs.items()
    )
    codes = {
        name: found
        for name, i in pairs.items()
        if (found := _codes(frame.iloc[:, i], name, source.columns[name], known[name], edition))
    }
    return Proposal(guesses, codes, tuple(name for name in ours if name not in pairs))


def bare(name: str) -> str:
    """A column's name without case, marks and the number of a question: Q19AGE and Q20Age are both "age"."""
    return re.sub(r"^q\d+[a-z]?(?=[a-z])|[^a-z0-9\u4e00-\u9fff]", "", name.strip().lower().lstrip("*")) or name


def _likeness(theirs: str, ours: str, column: Column, before: ColumnMap, code_book: dict[str, str]) -> float:
    """How much a name of theirs is like one of ours, last year's name for it, or what is said of it; 0 to 1."""
    olds = [old for old, name in before.columns.items() if name == ours]
    if theirs in olds or (theirs == ours and not olds):
        return 1.0
    told = code_book.get(theirs, "")
    described = _like(told.lower(), column.what.en.lower()) if told and column.what else 0.0
    question = re.match(r"\*?(Q\d+)", theirs)
    same = [old for old in olds if question and re.match(rf"{question[1]}(?!\d)", old)]
    bonus = 0.02 if same else 0.0  # of two columns with one name, that of the same question
    return min(max([_like(bare(theirs), bare(name)) for name in [*olds, ours]] + [described]), 0.96) + bonus


def _like(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other, autojunk=False).ratio()


def _why(likeness: float, theirs: str, ours: str, before: ColumnMap) -> str | None:
    """A name that differs in case and blanks alone is the same."""
    old = next((name for name, mapped in before.columns.items() if mapped == ours), ours)
    return None if likeness >= 1.0 or theirs.strip().lower() == old.strip().lower() else f"was {old}"


def _values(column: pd.Series) -> pd.Series:
    """Values and their number of rows, blanks left out."""
    text = column.astype("string").str.strip().fillna("")
    return text[text != ""].value_counts()


def _share_known(values: pd.Series, column: Column, known: dict, edition: Edition) -> float:
    """Share of rows whose value last year's codes or the contract know."""
    if values.empty:
        return 0.0
    fine = [value in known or _fits(value, column, edition) for value in values.index[:SHOWN]]
    return float(values[:SHOWN][fine].sum() / values.sum())


def _fits(value: str, column: Column, edition: Edition) -> bool:
    codes = allowed_codes(column, edition)
    if codes is not None:
        return value in codes
    if column.type == "timestamp":
        return bool(re.fullmatch(r"\d{4}-\d\d-\d\d.*", value))
    if column.type not in ("rating", "count", "number"):
        return True
    if not re.fullmatch(r"[+-]?\d+(\.\d+)?", value):
        return False
    top = column.levels or column.most
    return float(value) >= (1 if column.levels else column.least or 0) and (top is None or float(value) <= top)


def _codes(values: pd.Series, name: str, column: Column, known: dict, edition: Edition) -> tuple[Guess, ...]:
    """Last year's codes that occur, and a guess for each value that neither they nor the contract know."""
    counts = _values(values)
    blank = values.astype("string").str.strip().fillna("").eq("").any()
    there = [code for code in known if code in counts or not code]
    old = [Guess(code, known[code], _moved(known[code], counts.get(code, 0), column, edition)) for code in there]
    old = [guess for guess in old if guess.theirs or blank]
    old = [Guess(g.theirs, _dated(g, edition) if g.why else g.ours, g.why) for g in old]
    new = [v for v in counts.index[: 10 * SHOWN] if v not in known and not _fits(v, column, edition)]
    new = (
        sorted(new, key=lambda value: (-counts[value], value))
        if not all(map(str.isdigit, new))
        else sorted(new, key=int)
    )
    return (*old, *(_guess(value, int(counts[value]), column, known, edition) for value in new))


def _moved(to: str | None, rows: int, column: Column, edition: Edition) -> str | None:
    """Why a code of last year may not hold: date outside the periods, entity gone, too few rows now, or enough."""
    if column.type == "timestamp" and to and not any(str(p.first) <= to[:10] <= str(p.last) for p in edition.periods):
        return f"was {to}"
    codes = allowed_codes(column, edition)
    if codes and to and to not in codes:
        return f"was {to}, which is not in the edition"
    pool = _pool(edition)
    if column.type != "entity" or pool is None or (to == pool) == (rows < edition.minimum_valid):
        return None
    return f"{rows} rows, enough to be evaluated" if to == pool else f"{rows} rows, too few to be evaluated"


def _dated(guess: Guess, edition: Edition) -> str | None:
    """The same day in the edition's year; who has too few rows or is not evaluated belongs to the pooled group."""
    if re.fullmatch(r"\d{4}-\d\d-\d\d.*", guess.ours or ""):
        return f"{edition.year}{guess.ours[4:]}"
    return guess.ours if guess.why.endswith("enough to be evaluated") else _pool(edition)


def _pool(edition: Edition) -> str | None:
    return next((entity.id for entity in edition.entities if entity.pooled), None)


def _guess(value: str, rows: int, column: Column, known: dict, edition: Edition) -> Guess:
    if column.type == "timestamp":
        return Guess(value, _day(value, edition), f"{rows} rows, a day of the month?")
    codes = allowed_codes(column, edition)
    if codes is None:
        return Guess(value, None, f"{rows} rows, not in the contract")
    if column.type == "code" and value.isdigit():
        there = 1 <= int(value) <= len(codes)
        why = "by its place in the contract" if there else f"the contract has {len(codes)} codes"
        return Guess(value, codes[int(value) - 1] if there else None, f"{rows} rows, {why}")
    named = {code: code for code in codes} | {old: to for old, to in known.items() if to in codes}
    if column.type == "entity":
        named |= {entity.name.en: entity.id for entity in edition.entities}
    best = max(named, key=lambda name: _like(value.lower(), name.lower()), default="")
    if best and _like(value.lower(), best.lower()) >= ALIKE:
        return Guess(value, named[best], f"{rows} rows, like {best}")
    return Guess(value, _pool(edition) if column.type == "entity" else None, f"{rows} rows, unknown")


def _day(value: str, edition: Edition) -> str | None:
    """The date of a day of the month, where the edition lies in one month."""
    first, last = edition.periods[0].first, edition.periods[-1].last
    one_month = (first.year, first.month) == (last.year, last.month)
    return f"{first:%Y-%m}-{int(value):02d}" if one_month and re.fullmatch("[0-9]{1,2}", value) else None
