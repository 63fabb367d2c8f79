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
VALUE = "the ends of a list or a share, found by computation and with their values beside them"
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
    ("en/dimensions.md", "The strongest dimension is"): VALUE,
    ("en/dimensions.md", "the weakest"): VALUE,
    ("en/robustness.md", "where neither is ahead with a probability of"): METHOD,
    ("en/robustness.md", "the first yet be ahead of the third"): METHOD,
    ("en/index-robustness.md", "is first in"): "a share of replicates, with its value beside it",
    ("en/robustness.md", "is first in"): "a share of replicates, with its value beside it",
    ("en/robustness.md", "Without the worst event"): "the name of a computation",
    ("en/robustness.md", "earns the lowest score of those who reported"): METHOD,
    ("en/_cite.md", "every result leads to its code"): METHOD,
    ("en/cross-validation.md", "the report is the better for it"): METHOD,
    ("en/cross-validation.md", "look worse than its users"): METHOD,
    ("en/diagnosis.md", "for and satisfaction stays behind"): METHOD,
    ("en/diagnosis.md", "diagnosis says who is worse placed than others"): METHOD,
    ("en/drivers.md", "Answered worse than the mean"): VALUE,
    ("en/drivers.md", "between these can stand behind a share"): METHOD,
    ("en/drivers.md", "those of the feelings behind the answers far"): METHOD,
    ("en/drivers.md", "is pleased rates everything better"): METHOD,
    ("en/guide-platforms.md", "end is what the better quarter of all"): METHOD,
    ("en/guide-platforms.md", "not by its best day"): METHOD,
    ("en/guide.md", "leads in"): VALUE,
    ("en/guide.md", "leads  in"): VALUE,
    ("en/interviews.md", "is what they leave behind"): METHOD,
    ("en/ledger.md", "the indicator has become better in"): VALUE,
    ("en/ledger.md", "and worse in"): VALUE,
    ("en/ledger.md", "What is expected behind it is worked"): METHOD,
    ("en/measures.md", "the best possible score"): METHOD,
    ("en/measures.md", "bring to reach the better quarter"): METHOD,
    ("en/monitoring.md", "The lowest in promotions is"): VALUE,
    ("en/reliability.md", "the lowest alpha is"): VALUE,
    ("en/reliability.md", "the lowest omega of those"): VALUE,
    ("en/risks.md", "at the worst day of the"): METHOD,
    ("en/risks.md", "alone makes of the worst day"): METHOD,
    ("en/risks.md", "Single worst event"): METHOD,
    ("en/risks.md", "returns of the worst stretch of days"): METHOD,
    ("en/weights.md", "one that is first under most weights"): METHOD,
    ("zh/_front_index.md", "最高分为"): EXACT,
    ("zh/_front_index.md", "最低分为"): EXACT,
    ("zh/composite.md", "的均值为 ，最低 ，最高"): VALUE,
    ("zh/diagnosis.md", "为速度付费而满意度落后之处"): METHOD,
    ("zh/dimensions.md", "得分最高的维度是"): VALUE,
    ("zh/dimensions.md", "最低的是"): VALUE,
    ("zh/drivers.md", "末位为"): VALUE,
    ("zh/framework.md", "若基准值尚非可能的最好水平"): METHOD,
    ("zh/gaming.md", "末位数字"): METHOD,
    ("zh/guide-platforms.md", "而不看最好的一天"): METHOD,
    ("zh/guide.md", "由一个 独自领先的品类有"): VALUE,
    ("zh/guide.md", "由一个 独自领先的单项关切有"): VALUE,
    ("zh/guide.md", "是指该 全年平均领先"): METHOD,
    ("zh/index-robustness.md", "在 次重复中有 居首"): VALUE,
    ("zh/index.md", "居首的是"): VALUE,
    ("zh/index.md", "与满意度关联最强的是"): VALUE,
    ("zh/index.md", "表示每项指标都达到最好水平"): METHOD,
    ("zh/measures.md", "最高得分"): METHOD,
    ("zh/monitoring.md", "大促期最低的是"): VALUE,
    ("zh/process.md", "履行最差的是"): VALUE,
    ("zh/reliability.md", "α最低为"): VALUE,
    ("zh/reliability.md", "三题及以上者ω最低为"): VALUE,
    ("zh/risks.md", "取全年最差的一天"): METHOD,
    ("zh/risks.md", "最差单一事件"): METHOD,
    ("zh/risks.md", "最差的一段日子与其余日子"): METHOD,
    ("zh/robustness.md", "有 居首"): VALUE,
    ("zh/robustness.md", "若任何一方领先的概率都达不到"): METHOD,
    ("zh/robustness.md", "第一却可能领先于第三"): METHOD,
    ("zh/robustness.md", "## 去掉最差的一次事件"): METHOD,
    ("zh/robustness.md", "上报的项目取已上报者中的最低分"): METHOD,
    ("zh/satisfaction.md", "平均评分为 ，最低 ，最高"): VALUE,
    ("zh/weights.md", "有 个在某种权重下可以居首"): VALUE,
    ("zh/weights.md", "居首最多的是"): VALUE,
    ("zh/weights.md", "在一切权重下很少居首的"): METHOD,
    ("zh/weights.md", "在多数权重下居首的，换一套权重也可能落后"): METHOD,
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
