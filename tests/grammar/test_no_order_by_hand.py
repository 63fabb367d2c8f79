"""No page of the book claims an order by hand: order is said by {num} references to generated sentences."""

import re
from pathlib import Path

GENERATED = re.compile(
    r"\A---\n.*?\n---\n|\{num\}`[^`]*`|\{numref\}`[^`]*`|```\{exhibit\}[^`]*```|\{\{.*?\}\}|\{%.*?%\}|\]\([^)]*\)",
    re.DOTALL,
)
ORDER = re.compile(
    r"\b(?:ahead|behind|best|worst|lead(?:s|ing|er|ers)?|first place|last place"
    r"|(?:is|comes?|ranks?|stands?) (?:first|last)"
    r"|highest|lowest|better|worse|strongest|weakest|winners?|losers?|beats?|out(?:performs?|ranks?|does)"
    r"|superior|inferior|overtakes?|trails?|tops|surpass(?:es)?)\b"
    r"|领先|落后|最高|最低|最好|最差|最强|最弱|第一名|居首|末位|垫底|优于|劣于|名列前茅|高于其|低于其",
    re.IGNORECASE,
)
METHOD = "method prose: says how a score or a word is made, of nobody in particular"
EXACT = "an index of given values has no sampling error: the extremes of its scores are computed, and nothing is drawn"
ALLOWED = {
    ("en/_front_index.md", "Its highest score in"): EXACT,
    ("en/_front_index.md", "its lowest"): EXACT,
    ("en/framework.md", "already the best possible value"): METHOD,
    ("en/framework.md", "Where less is better"): METHOD,
    ("en/framework.md", "and at its best"): METHOD,
    ("en/index.md", "a line leads to both"): METHOD,
    ("en/index.md", "every indicator is at its best"): METHOD,
    ("en/index-ranking.md", "equal scores share the better rank"): METHOD,
    ("en/index-method.md", "directions are turned so that more is better"): METHOD,
    ("en/dimensions.md", "The strongest dimension is"): "the extremes of means, with their values beside them",
    ("en/dimensions.md", "the weakest"): "the extremes of means, with their values beside them",
    ("en/robustness.md", "where neither is ahead with a probability of"): METHOD,
    ("en/robustness.md", "the first yet be ahead of the third"): METHOD,
    ("en/index-robustness.md", "is first in"): "a share of replicates, with its value beside it",
    ("en/robustness.md", "is first in"): "a share of replicates, with its value beside it",
    ("en/robustness.md", "Without the worst event"): "the name of a computation",
    ("en/robustness.md", "earns the lowest score of those who reported"): METHOD,
}
"""(page, words of it) -> why they may stand there."""


def prose(text: str) -> str:
    """What a person wrote, with everything generated, all links and directives as blanks."""
    return GENERATED.sub(lambda found: "\n" * found[0].count("\n") or " ", text)


def allowed(name: str, text: str) -> str:
    """The prose without the phrases that may stand there."""
    for (page, phrase), reason in ALLOWED.items():
        if page == name and reason:
            text = text.replace(phrase, "")
    return text


def test_no_page_claims_an_order_by_hand(root: Path) -> None:
    """Words of order stand inside {num}, or in the list above with a reason."""
    found = [
        f"{page.relative_to(root)}, line {number}: '{word[0]}' in: {line.strip()[:100]}"
        for page in sorted((root / "book").rglob("*.md"))
        for number, line in enumerate(
            allowed(page.relative_to(root / "book").as_posix(), prose(page.read_text("utf-8"))).splitlines(), start=1
        )
        for word in ORDER.finditer(line)
    ]
    assert not found, "generate them (evalcore.grammar), or allow method prose with a reason:\n" + "\n".join(found)


def test_allowed_words_are_still_on_their_page(root: Path) -> None:
    """An exception outlives its sentence by no day."""
    gone = [
        f"{name}: {phrase}"
        for name, phrase in ALLOWED
        if not (root / "book" / name).is_file() or phrase not in prose((root / "book" / name).read_text("utf-8"))
    ]
    assert not gone


def test_scan_sees_claims_and_only_claims() -> None:
    """A planted claim is found; a reference, a link and a directive are not."""
    assert ORDER.search(prose("Platform A is ahead of B."))
    assert ORDER.search(prose("平台A领先于平台B。"))
    assert not ORDER.search(prose("{num}`order.best` and [x](ahead.md)\n```{exhibit} composite-ahead\n```\n"))
