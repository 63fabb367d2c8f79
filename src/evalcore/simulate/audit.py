"""The compliance audit: items checked per platform and category sold."""

import numpy as np
import pandas as pd

from evalcore.simulate.chances import calibrated
from evalcore.simulate.reports import deduction
from evalcore.simulate.truth import Truth

ITEMS = {
    "C1": (
        *("无理由退货天数", "退货运费承担方", "退款到账时限", "换货条件", "维修价格", "保修期限", "上门取件范围"),
        *("拆封商品规则", "补偿标准", "投诉入口", "人工客服入口", "夜间服务时间", "第三方投诉渠道", "纠纷处理时限"),
        *("运费险说明", "赠品退回规则", "预售商品退款", "定制商品例外", "老年人服务专线", "个人信息处理说明"),
    ),
    "C2": (
        *("包修期内免费维修", "七日内性能故障可退", "十五日内性能故障可换", "两次维修仍故障可换"),
        *("维修期限不超过三十日", "出具维修记录", "提供有效发票凭证", "不以外包装缺失拒修", "更换后重新计算保修"),
        "召回信息及时告知",
    ),
    "C3": (
        *("不得规定拆封后一律不退", "不得规定生鲜一律不退", "不得规定激活后一律不退", "不得以最终解释权免责"),
        *("不得限定只退优惠券", "不得单方缩短保修期", "不得要求消费者承担举证全部费用", "不得限制投诉渠道"),
    ),
}
"""Indicator -> what is checked: disclosed (C1), met (C2), free of the unfair term (C3)."""


def draw_compliance(truth: Truth, rng: np.random.Generator) -> pd.DataFrame:
    """One row per platform, category sold, and item."""
    parts = [_audit(truth, indicator, share, rng) for indicator, share in _shares(truth).items()]
    return pd.concat(parts).sort_values(["platform", "category", "indicator"], kind="stable", ignore_index=True)


def _shares(truth: Truth) -> dict[str, np.ndarray]:
    """(platforms,) Shares of items met; C2 before the deduction for third-party complaints."""
    met = {indicator: truth.rate(indicator) for indicator in ITEMS}
    return met | {"C2": np.minimum(met["C2"] + deduction(truth) / 100, 1)}


def _audit(truth: Truth, indicator: str, share: np.ndarray, rng: np.random.Generator) -> pd.DataFrame:
    """Items met: an audit counts what is there, so only the fraction of an item is left to chance."""
    items, categories = ITEMS[indicator], [c.id for c in truth.edition.categories]
    sells = truth.category_share > 0
    weight = np.repeat(sells.astype(float)[:, :, None], len(items), axis=2)
    offset = np.repeat(truth.category[indicator][:, :, None], len(items), axis=2)
    chance = calibrated(np.minimum(share, 1 - 1e-9), offset, weight)
    met = np.stack([_chosen(c, s.ravel() > 0, rng) for c, s in zip(chance, weight, strict=True)]).reshape(chance.shape)
    index = pd.MultiIndex.from_product([truth.platforms, categories, items], names=["platform", "category", "item"])
    rows = pd.DataFrame({"met": met.ravel(), "indicator": indicator}, index=index)[weight.ravel() > 0]
    return rows.reset_index()


def _chosen(chance: np.ndarray, audited: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Systematic sampling: each item with its chance, and together as many as expected (within one)."""
    order = rng.permutation(chance.size)
    steps = np.floor(np.cumsum(np.where(audited, chance.ravel(), 0)[order]) + rng.random())
    met = np.empty(chance.size, dtype=bool)
    met[order] = np.diff(steps, prepend=0.0) > 0
    return met
