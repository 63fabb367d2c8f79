"""Editions with as many shops as a test needs, and a judged order of them."""

from collections.abc import Callable

import numpy as np
import pytest

from evalcore.edition import Edition
from evalcore.grammar import Standing, standing

Shops = Callable[[int], Edition]
Judge = Callable[..., Standing]


@pytest.fixture
def shops(tiny: dict, edition_of: Callable[[dict], Edition]) -> Shops:
    """Number -> the tiny edition with shops A, B, C ...."""

    def build(count: int) -> Edition:
        letters = "ABCDEFGHIJ"[:count]
        named = [{"id": k, "name": {"en": f"Shop {k}", "zh": f"店{k}"}, "categories": ["fresh"]} for k in letters]
        return edition_of({**tiny, "entities": named})

    return build


@pytest.fixture
def judge() -> Judge:
    """Upper triangle of P(row above column) -> the standing of A, B, C ...; the extremes are as sure as their pairs."""

    def build(edition: Edition, *rows: list[float], p_first: float | None = None) -> Standing:
        count = len(rows) + 1
        chance = np.full((count, count), 0.5)
        for i, row in enumerate(rows):
            for j, p in enumerate(row, start=i + 1):
                chance[i, j], chance[j, i] = p, 1 - p
        others = ~np.eye(count, dtype=bool)
        first = np.array([chance[k, others[k]].min(initial=1) for k in range(count)])
        last = np.array([chance[others[k], k].min(initial=1) for k in range(count)])
        first = first if p_first is None else np.array([p_first, *first[1:]])
        return standing(tuple("ABCDEFGHIJ"[:count]), chance, first, last, edition.grammar)

    return build
