"""Chinese texts into words, with a dictionary of the domain, and labels by word lists."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import rjieba

FREQUENCY = 100_000
"""Of the words of the lists in the dictionary: so common that the segmentation keeps them whole."""
STOPS = frozenset("，。！？；：、,.!?;:~… \n\t")
HIT = 3
"""Weight of a word of the lists among the tokens."""
Lists = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Segmenter:
    """Cuts texts into words; the words of `lists` (label -> words) are in its dictionary."""

    lists: Lists
    cutter: rjieba.Jieba = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        cutter = rjieba.Jieba()
        for word in sorted({word for own in self.lists.values() for word in own}):
            cutter.add_word(word, FREQUENCY, "n")
        object.__setattr__(self, "cutter", cutter)

    def words(self, text: str) -> list[str]:
        """The words of a text in their order, punctuation left out."""
        return [word for word in self.cutter.cut(text) if not STOPS.issuperset(word)]

    def hits(self, text: str, labels: Sequence[str]) -> list[str]:
        """Labels whose lists hold a word of the text, one per word and list, in the order of the text."""
        return [label for word in self.words(text) for label in labels if word in self.lists[label]]

    def label(self, text: str, labels: Sequence[str], otherwise: str) -> str:
        """The label hit most often, among equals the one hit first; `otherwise` without any."""
        found = self.hits(text, labels)
        return max(dict.fromkeys(found), key=found.count) if found else otherwise

    def tokens(self, text: str) -> list[str]:
        """What a classifier sees: words, single characters, pairs of them, and hits of the lists.

        Short texts of words never seen before say little in words alone.
        """
        characters = [character for character in text if character not in STOPS]
        hits = [f"#{label}" for label in self.hits(text, list(self.lists))]
        return [*self.words(text), *characters, *(a + b for a, b in pairwise(characters)), *hits * HIT]
