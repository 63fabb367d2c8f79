"""Interviews, focus groups and threads of a community: passages, coded by one person and in part by two."""

import numpy as np
import pandas as pd

from evalcore.simulate.frames import times
from evalcore.simulate.leaks import leak
from evalcore.simulate.truth import Truth
from evalcore.simulate.year import random_days

TALKS = {"depth": 30, "focus": 4, "community": 6}
"""Stated numbers of depth interviews and focus groups; threads of a parents' community beside them."""
PASSAGES = (9, 16)
ROLES = {"depth": (0.55, 0.15, 0.15, 0.15), "focus": (0.5, 0.5, 0.0, 0.0), "community": (0.2, 0.8, 0.0, 0.0)}
ROLE_NAMES = ("user", "parent", "older_user", "agent")
TOLD_PLATFORM, CONSENT, LEAKING = 0.7, 0.8, 0.08
CODED_TWICE, AGREEMENT = 0.3, 0.9
"""Share of talks that a second person coded, and of their passages on which both agree beyond chance."""

CODES = {
    "slow_answer": ["发出去的消息像石沉大海", "最怕的就是等，一等就是一下午", "催一次动一下"],
    "bot_wall": ["我就想找个人说话，机器人挡着门", "机器人问来问去又回到开头", "转人工转到一半断了"],
    "passed_around": ["商家让找平台，平台让找厂家，厂家让找商家", "换了四个客服，每次都要从头讲", "没人认这个账"],
    "proof_again": ["照片传了十二张，还说不清楚", "同样的材料要了三遍", "填了三张表才肯受理"],
    "no_authority": ["客服说她没有权限，要上报", "一百块以内她才能做主", "她也想帮我，可是系统不让"],
    "not_trained": ["培训三天就上岗，很多东西我们也不懂", "话术背得熟，产品没见过", "新人流动太快"],
    "wrong_reward": ["考核看的是响应秒数，不看有没有解决", "关单越快奖金越高", "满意度占的分很少"],
    "worry": ["孩子吃的东西，心里放不下", "半夜发现不对，特别慌", "我要的不是券，是一句准话"],
    "unclear_rules": ["页面写能退，客服说不能退", "拆封到底算不算，没人说得清", "线上线下两套规矩"],
    "old_user": ["字太小，步骤太多，我不会弄", "还是打电话踏实", "儿女不在身边，没人帮我点"],
    "trust_lost": ["说好二十四小时，过了三天", "以后贵的东西不敢在那儿买了", "一次就够了，换平台"],
    "good_recovery": ["她马上道歉，还当场退了款", "师傅带着配件来，十分钟修好", "出了问题反而更信他们了"],
}
"""Open code -> passages; the codes belong to the axes of `AXES`."""
AXES = {
    "slow_answer": "process",
    "bot_wall": "process",
    "passed_around": "process",
    "proof_again": "process",
    "no_authority": "capability",
    "not_trained": "capability",
    "wrong_reward": "goal",
    "worry": "feeling",
    "unclear_rules": "process",
    "old_user": "feeling",
    "trust_lost": "feeling",
    "good_recovery": "feeling",
}
OF_AGENTS = ("no_authority", "not_trained", "wrong_reward", "unclear_rules")
OF_OLDER = ("old_user", "bot_wall", "proof_again", "slow_answer")
FILLERS = ("", "怎么说呢，", "说实话，", "那次啊，", "后来呢，", "你知道吗，")


def draw_interviews(truth: Truth, rng: np.random.Generator) -> pd.DataFrame:
    """One row per passage, talk by talk; what a talk is about and whether it may be quoted holds for all of it."""
    talks = [kind for kind, number in TALKS.items() for _ in range(number)]
    twice = rng.permutation(len(talks)) < round(CODED_TWICE * len(talks))
    quarter = rng.integers(0, len(truth.edition.periods), len(talks))
    held = random_days(truth.edition, quarter, rng) + 3600 * rng.integers(9, 20, len(talks))
    parts = [_talk(f"J{n + 1:02d}", kind, held[n], bool(twice[n]), truth, rng) for n, kind in enumerate(talks)]
    return pd.concat(parts, ignore_index=True)


def _talk(name: str, kind: str, held: float, twice: bool, truth: Truth, rng: np.random.Generator) -> pd.DataFrame:
    number = int(rng.integers(*PASSAGES))
    role = str(rng.choice(ROLE_NAMES, p=ROLES[kind]))
    known = {"agent": OF_AGENTS, "older_user": OF_OLDER}.get(role, tuple(CODES))
    code = rng.choice(np.array(known, dtype=object), number)
    other = np.where(rng.random(number) < AGREEMENT, code, rng.choice(np.array(list(CODES), dtype=object), number))
    platform = str(rng.choice(truth.platforms)) if rng.random() < TOLD_PLATFORM else None
    return pd.DataFrame(
        {
            "talk": name,
            "passage": np.arange(1, number + 1),
            "kind": kind,
            "role": role,
            "platform": pd.Series([platform] * number, dtype="str"),
            "held_at": times(np.full(number, held)),
            "consent": bool(rng.random() < CONSENT),
            "text": [_said(c, rng) for c in code],
            "code_a": code,
            "code_b": pd.Series(other if twice else [None] * number, dtype="str"),
            "axis": [AXES[c] for c in code],
        }
    )


def _said(code: str, rng: np.random.Generator) -> str:
    text = FILLERS[rng.integers(len(FILLERS))] + CODES[code][rng.integers(len(CODES[code]))]
    return text + (leak(rng)[0] if rng.random() < LEAKING else "")
