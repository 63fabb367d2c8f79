"""Two texts word by word, Chinese character by character."""

import re
from difflib import SequenceMatcher

TOKENS = re.compile(r"[\u3400-\u9fff]|\d+(?:[.,]\d+)*|[^\W\u3400-\u9fff]+|\s+|[^\w\s]")
"""Chinese characters, numbers as they are printed, words, blanks, signs."""
OPERATIONS = {"equal": "same", "delete": "out", "insert": "in"}

Wording = list[tuple[str, str]]
"""Pieces of a text in order: ("same" | "out" | "in", piece)."""


def compare_words(old: str, new: str) -> Wording:
    """The pieces that both texts have, that only the old one has ("out") and that only the new one has ("in")."""
    one, other = TOKENS.findall(old), TOKENS.findall(new)
    pieces: Wording = []
    for operation, a, b, c, d in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        if operation == "replace":
            pieces += [("out", "".join(one[a:b])), ("in", "".join(other[c:d]))]
        else:
            pieces.append((OPERATIONS[operation], "".join(one[a:b] or other[c:d])))
    return pieces


def compare_paragraphs(old: str, new: str) -> list[Wording]:
    """The paragraphs that changed, each word by word; paragraphs are apart by an empty line."""
    one, other = (re.split(r"\n\s*\n", text.strip()) for text in (old, new))
    return [
        compare_words("\n\n".join(one[a:b]), "\n\n".join(other[c:d]))
        for operation, a, b, c, d in SequenceMatcher(None, one, other, autojunk=False).get_opcodes()
        if operation != "equal"
    ]


def share_changed(changed: list[Wording], old: str, new: str) -> float:
    """Percent of the words of both texts that only one of them has, 0 to 100."""
    apart = sum(_words(text) for pieces in changed for operation, text in pieces if operation != "same")
    return 100 * apart / max(1, _words(old) + _words(new))


def _words(text: str) -> int:
    return sum(not token.isspace() for token in TOKENS.findall(text))
