"""From a probability to the name of a relation, and from relations to groups."""

import numpy as np
import pytest

from evalcore.edition.grammar import Grammar
from evalcore.grammar import relations, tie_groups
from evalcore.grammar.standing import counts


def pair(p: float, grammar: Grammar | None = None) -> str:
    """The relation of two of whom the first is ahead with probability p."""
    return relations(np.array([[0.5, p], [1 - p, 0.5]]), grammar or Grammar())[0, 1]


@pytest.mark.parametrize(
    ("p", "name"),
    [
        (1.0, "ahead"), (0.95, "ahead"), (0.9499, "probably_ahead"), (0.8, "probably_ahead"), (0.7999, "open"),
        (0.6, "open"), (0.5999, "tied"), (0.5, "tied"), (0.4001, "tied"), (0.4, "open"), (0.2, "probably_behind"),
        (0.0501, "probably_behind"), (0.05, "behind"), (0.0, "behind"),
    ],
)  # fmt: skip
def test_each_probability_has_one_name(p: float, name: str) -> None:
    """Thresholds belong to the stronger claim, on both sides alike."""
    assert pair(p) == name


def test_relation_read_from_the_other_side_is_the_mirror() -> None:
    """Who is ahead of another leaves the other behind."""
    found = relations(np.array([[0.5, 0.97, 0.85], [0.03, 0.5, 0.55], [0.15, 0.45, 0.5]]), Grammar())
    assert found.tolist() == [["", "ahead", "probably_ahead"], ["behind", "", "tied"], ["probably_behind", "tied", ""]]


def test_thresholds_are_those_of_the_edition() -> None:
    """A stricter edition claims less."""
    assert pair(0.97, Grammar(ahead=0.99, probably=0.9, tied=0.55)) == "probably_ahead"


def test_pair_without_a_probability_is_refused() -> None:
    """Nobody stands in a relation to one who is not rated."""
    with pytest.raises(ValueError, match="leave out who is not rated"):
        relations(np.array([[0.5, np.nan], [np.nan, 0.5]]), Grammar())


def test_groups_hold_only_pairs_that_cannot_be_told_apart() -> None:
    """B is as close to A as to C, A is probably ahead of C: two groups that share B."""
    chance = np.array([[0.5, 0.7, 0.85], [0.3, 0.5, 0.7], [0.15, 0.3, 0.5]])
    assert tie_groups(chance, Grammar()) == ((0, 1), (1, 2))


def test_one_clear_of_all_is_a_group_alone() -> None:
    """A group of one is no tie."""
    chance = np.array([[0.5, 0.99, 0.99], [0.01, 0.5, 0.5], [0.01, 0.5, 0.5]])
    assert tie_groups(chance, Grammar()) == ((0,), (1, 2))


def test_nobody_rated_makes_no_group() -> None:
    """An empty order has no groups."""
    assert tie_groups(np.zeros((0, 0)), Grammar()) == ()


def test_ties_are_counted_among_those_who_cannot_be_told_apart() -> None:
    """In the counts "tied" is the special case it is."""
    row = np.array(["", "ahead", "tied", "open", "behind", "behind", "probably_behind"], dtype=object)
    found = counts(row)
    assert found == {"ahead": 1, "probably_ahead": 0, "open": 2, "probably_behind": 1, "behind": 2}
    assert list(found) == ["ahead", "probably_ahead", "open", "probably_behind", "behind"]
