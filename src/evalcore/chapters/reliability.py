"""Chapter 3: whether the items of each scale measure one thing."""

from collections.abc import Mapping

import pandas as pd

from evalcore.edition import Edition
from evalcore.survey.reliability import cronbach, item_rest, omega
from evalcore.words import Number


def complete_answers(cleaned: Mapping[str, pd.DataFrame], edition: Edition) -> dict[str, pd.DataFrame]:
    """Scale -> complete answers to its items; scales with fewer than the edition's smallest cell are left out."""
    found = {s.id: cleaned[s.source][list(s.items)].dropna() for s in edition.quality.scales if s.source in cleaned}
    return {scale: answers for scale, answers in found.items() if len(answers) >= edition.minimum_cell}


def scales_frame(answers: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """scale, items, n (complete answers), alpha, lower, upper (95 %), omega; omega is NaN for two items."""
    rows = [(scale, own.shape[1], len(own), *cronbach(own), omega(own)) for scale, own in answers.items()]
    return pd.DataFrame(rows, columns=["scale", "items", "n", "alpha", "lower", "upper", "omega"])


def items_frame(answers: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """scale, item, rest: correlation of each item with the sum of the others of its scale."""
    rows = [(scale, item, rest) for scale, own in answers.items() for item, rest in item_rest(own).items()]
    return pd.DataFrame(rows, columns=["scale", "item", "rest"])


def reliability_numbers(scales: pd.DataFrame, items: pd.DataFrame) -> dict[str, Number]:
    """`reliability.scales`, and the lowest alpha, omega and item-rest correlation; None where there is none."""
    lowest = {"alpha": scales["alpha"].min(), "omega": scales["omega"].min(), "rest": items["rest"].min()}
    return {"reliability.scales": Number(len(scales))} | {
        f"reliability.{key}": Number(None if pd.isna(value) else float(value), "plain", 2)
        for key, value in lowest.items()
    }
