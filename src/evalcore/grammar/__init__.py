"""The publication grammar: what may be said about order, from probabilities and thresholds, in both languages."""

from evalcore.grammar.relation import BEHIND, NOT_APART, relations
from evalcore.grammar.sentences import (
    first_sentence,
    groups_sentence,
    last_sentence,
    listed,
    pair_sentence,
    pairs_sentence,
    place_phrase,
    rule_sentence,
)
from evalcore.grammar.standing import Standing, standing, tie_groups

__all__ = [
    "BEHIND",
    "NOT_APART",
    "Standing",
    "first_sentence",
    "groups_sentence",
    "last_sentence",
    "listed",
    "pair_sentence",
    "pairs_sentence",
    "place_phrase",
    "relations",
    "rule_sentence",
    "standing",
    "tie_groups",
]
