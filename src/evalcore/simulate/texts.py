"""Open answers in Chinese: what went worst and best, wishes, stories, and what people should not have written."""

import numpy as np
import pandas as pd

SHARES = {"open_pain": 0.14, "open_good": 0.08, "open_wish": 0.06, "open_story": 0.04, "open_other": 0.02}
"""Share of respondents who write something."""
WITH_CONTACT = 0.02
"""Share of open answers with a telephone number or an e-mail address in them."""
WITH_FORMULA = 0.006
"""Share of open answers that a spreadsheet would take for a formula."""

PAINS = {
    "csat": ["整体体验很差，不想再用了", "售后让人失望，和宣传完全不一样", "买的时候热情，出了问题没人管"],
    "speed": ["等了三天才有人回复", "排队排了四十分钟客服才出来", "退款拖了一周才到账", "回复太慢，催了好几次"],
    "professionalism": ["客服答非所问，只会复制话术", "问了三个客服，三个说法", "客服不懂产品，保修政策都说不清"],
    "attitude": ["客服态度敷衍，爱答不理", "说话很冲，好像是我的错", "一直道歉但没有一句有用的"],
    "result": ["问题到现在也没解决", "只退了一半的钱，理由说不清", "维修回来第三天又坏了", "换回来的还是有瑕疵"],
    "clarity": ["退货规则写得太绕，运费谁出看不明白", "拆封后能不能退，页面上找不到", "补偿标准不透明"],
    "fairness": ["平台明显偏向商家", "商家拒绝退货，平台也不管", "仲裁只看商家的证据"],
    "progress": ["不知道处理到哪一步了", "进度一直显示处理中，没有任何说明", "催一次动一下，不催就没消息"],
    "channels": ["找人工客服要点七八层菜单", "电话一直打不通", "只有机器人，没有人工入口", "老人不会用，没电话可打"],
    "trust": ["承诺24小时解决，结果拖了三天", "说好补偿优惠券，后来不认账", "不敢再在这里买贵的东西了"],
}
"""Rating -> complaints of those whose lowest rating it is."""

GOODS = {
    "csat": ["整体挺满意的", "比以前好多了", "售后省心"],
    "speed": ["回复很快，当天就解决了", "退款秒到账", "上门取件很及时"],
    "professionalism": ["客服很专业，一次就说清楚了", "师傅一看就知道毛病在哪"],
    "attitude": ["客服很耐心，语气很好", "态度好，一直安抚我"],
    "result": ["换了新的，很满意", "修好了，用到现在没问题", "全额退款，没有扯皮"],
    "clarity": ["退货流程写得清楚", "规则简单明了"],
    "fairness": ["处理公平，没有偏袒商家", "平台主动先行赔付"],
    "progress": ["每一步都有短信提醒", "进度看得见，放心"],
    "channels": ["电话一打就通", "可以视频报修，很方便"],
    "trust": ["说到做到，下次还来", "有保障，买得放心"],
}
"""Rating -> praise of those whose highest rating it is."""

WISHES = [
    "希望人工客服入口明显一点",
    "希望退款快一点",
    "材料交一次就够了，不要反复上传照片",
    "希望给老年人开电话专线",
    "希望补偿标准公开",
    "希望能看到处理进度",
    "夜间也应该有人工客服",
    "维修价格要提前公示",
]
STORIES = [
    "买的奶粉到货日期不新鲜，联系客服换货，拍了十二张照片才受理，前后五天",
    "冰箱不制冷报修，第一次师傅没带配件，第二次才修好，请了两天假",
    "水果坏了一半，客服让我选部分退款，第二天就到账了",
    "衣服色差大申请退货，商家说拆了吊牌不给退，平台介入后才同意",
    "手机屏幕有亮点，商家让找厂家，厂家让找平台，转了四次",
    "沙发少发一个脚，补发又寄错，最后客服直接退了差价",
]
OTHERS = ["无", "没有了", "问卷有点长", "谢谢", "希望越来越好", "暂时没有其他意见"]
ENDINGS = ["", "", "", "。", "！", "，希望改进", "，唉"]
CONTACTS = ["，我的电话{phone}", "，请联系{phone}", "，打我手机{phone}处理一下", "，邮箱{mail}", "，请发到{mail}"]
FORMULAS = ["=1+1都算得清，退款算不清", "=SUM(A1:A9)就是我跑的次数", "=cmd|' /C calc'!A0", "=没有=售后"]


def open_answers(ratings: pd.DataFrame, rng: np.random.Generator) -> dict[str, pd.Series]:
    """Open question -> text, blank for most; complaints and praise fit a person's lowest and highest rating.

    Parameters
    ----------
    ratings : DataFrame
        The ten ratings, in the order of the rows that get the texts.
    """
    written = {name: np.flatnonzero(rng.random(len(ratings)) < share) for name, share in SHARES.items()}
    topics = {"open_pain": (PAINS, ratings.idxmin(axis=1)), "open_good": (GOODS, ratings.idxmax(axis=1))}
    plain = {"open_wish": WISHES, "open_story": STORIES, "open_other": OTHERS}
    phrases = {name: [by[topic] for topic in of.iloc[written[name]]] for name, (by, of) in topics.items()}
    phrases |= {name: [known] * len(written[name]) for name, known in plain.items()}
    return {name: _column(len(ratings), rows, phrases[name], rng) for name, rows in written.items()}


def open_column(number: int, share: float, phrases: list[str], rng: np.random.Generator) -> pd.Series:
    """One open question that a share of respondents answers."""
    rows = np.flatnonzero(rng.random(number) < share)
    return _column(number, rows, [phrases] * len(rows), rng)


def _column(number: int, rows: np.ndarray, phrases: list[list[str]], rng: np.random.Generator) -> pd.Series:
    texts = np.full(number, None, dtype=object)
    texts[rows] = _with_formulas(_with_contacts([_pick(rng, p) + _pick(rng, ENDINGS) for p in phrases], rng), rng)
    return pd.Series(texts, dtype="str")


def _with_contacts(texts: list[str], rng: np.random.Generator) -> list[str]:
    leaks = rng.random(len(texts)) < WITH_CONTACT
    endings = [_pick(rng, CONTACTS).format(**_contact(rng)) if leak else "" for leak in leaks]
    return [text + ending for text, ending in zip(texts, endings, strict=True)]


def _with_formulas(texts: list[str], rng: np.random.Generator) -> list[str]:
    odd = rng.random(len(texts)) < WITH_FORMULA
    return [_pick(rng, FORMULAS) if is_odd else text for text, is_odd in zip(texts, odd, strict=True)]


def _contact(rng: np.random.Generator) -> dict[str, str]:
    """Invented ones: numbers in the 1380000 block, addresses under a domain reserved for examples."""
    number = rng.integers(0, 10_000)
    return {"phone": f"1380000{number:04d}", "mail": f"user{number}@example.com"}


def _pick(rng: np.random.Generator, phrases: list[str]) -> str:
    return phrases[rng.integers(len(phrases))]
