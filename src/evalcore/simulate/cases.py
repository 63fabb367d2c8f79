"""Disputed cases before the expert panel: what is disputed, how the experts voted, the verdict and its reasoning."""

import numpy as np
import pandas as pd

from evalcore.simulate.frames import times
from evalcore.simulate.plan import expert_ids
from evalcore.simulate.truth import Truth
from evalcore.simulate.year import random_days

CASES = 24
VERDICTS = ("user", "shared", "platform")
SPREAD = 6.0
"""How far a case departs from what is usual for its matter: the larger, the less."""

MATTERS: dict[str, tuple[float, float, float]] = {
    "opened_goods": (0.55, 0.25, 0.20),
    "activated_device": (0.35, 0.35, 0.30),
    "fresh_arrival": (0.60, 0.30, 0.10),
    "worn_part": (0.25, 0.40, 0.35),
    "infant_reaction": (0.45, 0.40, 0.15),
    "late_refund": (0.80, 0.15, 0.05),
}
"""What is disputed -> usual shares of votes for the user, for sharing, for the platform."""
WHAT: dict[str, tuple[str, str]] = {
    "opened_goods": (
        "拆封试用后申请退货，平台以影响二次销售为由拒绝",
        "Opened and tried, then refused as no longer fit for sale",
    ),
    "activated_device": (
        "设备激活后发现故障，平台称激活即不退",
        "A fault found after activation; refused because activated",
    ),
    "fresh_arrival": (
        "生鲜签收时已变质，平台要求当场拍照举证",
        "Fresh goods spoilt on arrival; proof asked for on the doorstep",
    ),
    "worn_part": (
        "使用数月后配件磨损，双方对是否人为各执一词",
        "A part worn after months; wear or misuse is in dispute",
    ),
    "infant_reaction": (
        "婴儿使用后起疹，平台要求医院证明因果",
        "A rash after use on an infant; proof of cause asked for",
    ),
    "late_refund": (
        "退货入仓两周仍未退款，平台称系统复核中",
        "No refund two weeks after the return; said to be under review",
    ),
}
"""What is disputed, in Chinese and English."""
FOR_USER: dict[str, tuple[str, str]] = {
    "opened_goods": (
        "不拆封无法检验，拆封本身不构成损坏",
        "Without opening nothing can be examined; opening alone is no damage",
    ),
    "activated_device": (
        "故障在激活后才能显现，激活不能免除质量责任",
        "The fault only shows after activation, which ends no duty",
    ),
    "fresh_arrival": (
        "照片时间与签收一致，举证要求超出常理",
        "The picture was taken at delivery; more proof cannot be expected",
    ),
    "worn_part": ("同批次多起同类反馈，更像质量问题", "Several alike from the same batch point to the goods"),
    "infant_reaction": (
        "停用即消退且有就诊记录，足以采信",
        "It went when use stopped and a doctor saw it; that is enough",
    ),
    "late_refund": ("货已入仓，复核不应由用户承担", "The goods are back; a review is not for the user to bear"),
}
FOR_PLATFORM: dict[str, tuple[str, str]] = {
    "opened_goods": (
        "商品有明显使用痕迹，且下单前已单独提示",
        "Clear traces of use, and the rule was shown before the order",
    ),
    "activated_device": ("检测未见故障，激活前已提示并确认", "No fault was found, and the notice was confirmed before"),
    "fresh_arrival": ("签收两天后才提出，温度无法还原", "Raised two days after delivery; the storage cannot be known"),
    "worn_part": ("磨损符合正常使用年限，保养记录缺失", "Wear as expected of its age, and no upkeep on record"),
    "infant_reaction": (
        "成分与批次检测合格，且未按说明使用",
        "Ingredients and batch passed, and it was not used as told",
    ),
    "late_refund": (
        "退回商品与原订单不符，平台已及时告知",
        "Other goods came back than were sold, and the user was told",
    ),
}
SHARED = ("双方证据均不足以排除对方说法，费用各担一半", "Neither side's proof rules the other out; the cost is split")
"""Reasoning, in Chinese and English."""


def draw_expert_cases(truth: Truth, rng: np.random.Generator) -> pd.DataFrame:
    """One row per case; who has an interest in the platform stands aside. Sharing is decided where votes are level."""
    matter = np.resize(np.array(list(MATTERS), dtype=object), CASES)
    platform = rng.choice(np.array(truth.platforms, dtype=object), CASES)
    recused = (platform == truth.plan.conflict[1]).astype(int)
    leaning = np.array([rng.dirichlet(SPREAD * np.array(MATTERS[m])) for m in matter])
    votes = np.array([rng.multinomial(len(expert_ids()) - r, p) for r, p in zip(recused, leaning, strict=True)])
    verdict = [_verdict(own) for own in votes]
    reasons = [_reasoning(m, v) for m, v in zip(matter, verdict, strict=True)]
    quarter = rng.integers(0, len(truth.edition.periods), CASES)
    frame = pd.DataFrame(
        {
            "platform": platform,
            "decided_at": times(random_days(truth.edition, quarter, rng) + 3600.0 * rng.integers(9, 18, CASES)),
            "matter": matter,
            **{f"what_{lang}": [WHAT[m][k] for m in matter] for k, lang in enumerate(("zh", "en"))},
            **{f"votes_{name}": votes[:, k] for k, name in enumerate(VERDICTS)},
            "recused": recused,
            "verdict": verdict,
            **{f"reasoning_{lang}": [r[k] for r in reasons] for k, lang in enumerate(("zh", "en"))},
        }
    ).sort_values("decided_at", kind="stable", ignore_index=True)
    return frame.assign(case=[f"D{n:02d}" for n in range(1, CASES + 1)])


def _verdict(votes: np.ndarray) -> str:
    most = np.flatnonzero(votes == votes.max())
    return VERDICTS[most[0]] if len(most) == 1 else "shared"


def _reasoning(matter: str, verdict: str) -> tuple[str, str]:
    return {"user": FOR_USER, "platform": FOR_PLATFORM}[verdict][matter] if verdict != "shared" else SHARED
