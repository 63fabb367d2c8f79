"""Open answers lose telephone numbers and e-mail addresses, and nothing else."""

import pandas as pd
import pytest

from evalcore.clean.scrub import scrub
from evalcore.simulate.leaks import leak
from evalcore.streams import stream


def scrubbed(text: str | None) -> object:
    """One text, scrubbed."""
    return scrub(pd.Series([text], dtype="string"))[0]


@pytest.mark.parametrize(
    "number",
    [
        "13812345678",
        "138 1234 5678",
        "138-1234-5678",
        "138.1234.5678",
        "+8613812345678",
        "+86 138 1234 5678",
        "+86-13812345678",
        "8613812345678",
        "008613812345678",
        "１３８１２３４５６７８",
        "＋８６　１３８１２３４５６７８",
        "010-62345678",
        "01062345678",
        "0755 8765 4321",
        "(0571)87654321",
        "（0571）87654321",
        "+86-10-62345678",
        "400-800-1234",
        "4008001234",
        "400 123 4567",
        "800-810-8888",
    ],
)
def test_telephone_number_goes(number: str) -> None:
    """Mobile, landline and service numbers with and without prefix, spaces, hyphens and full-width digits."""
    assert scrubbed(f"请打{number}找我") == "请打[phone]找我"


@pytest.mark.parametrize(
    "address", ["li.si+shop@example.com", "a_b@mail.example.com.cn", "12345@qq.com", "a ＠ qq．com"]
)
def test_email_address_goes(address: str) -> None:
    """The words around an address stay, with or without spaces between."""
    assert scrubbed(f"邮箱{address}谢谢") == "邮箱[e-mail]谢谢"


def test_all_of_them_go() -> None:
    """More than one in a text."""
    assert scrubbed("13812345678 or a@b.cn or 13912345678") == "[phone] or [e-mail] or [phone]"


@pytest.mark.parametrize(
    "text",
    [
        "订单号 202503111234567890 还没到",
        "订单202503111234567",
        "运单SF1381234567890",
        "2025-03-11 10:00:00 下单",
        "等了12天，退了1380.00元",
        "打了10086个电话",
        "客服@了我三次",
        "",
    ],
)
def test_other_numbers_stay(text: str) -> None:
    """Order numbers, dates, sums of money and counts are no telephone numbers."""
    assert scrubbed(text) == text


def test_missing_answer_stays_missing() -> None:
    """A blank is not turned into a text."""
    assert scrubbed(None) is pd.NA


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("寄到云州市高新区幸福路88号3单元501室，尽快", "[address]，尽快"),
        ("我住建设大街12号院5号楼1203", "[address]"),
        ("我叫欧阳小明，请给个说法", "我叫[name]，请给个说法"),
        ("收件人：王丽华", "收件人：[name]"),
        ("退回来李建国收", "退回来李建国收"),
        ("地址写错了，李建国收", "地址写错了，[name]收"),
        ("加我微信wx_user0001", "加我微信[account]"),
        ("QQ号：100001234", "QQ号：[account]"),
        ("身份证11010119900101123X都给了", "身份证[identity]都给了"),
    ],
)
def test_who_and_where_somebody_is_goes(text: str, left: str) -> None:
    """Street addresses, names after their word, accounts and identity cards; a name inside a sentence is not found."""
    assert scrubbed(text) == left


@pytest.mark.parametrize(
    "text", ["我叫了三次客服", "联系人工客服", "走了一路也没找到3号窗口", "微信支付也不行", "QQ糖坏了"]
)
def test_words_that_only_look_private_stay(text: str) -> None:
    """Calling three times is no name, and a service's name no account."""
    assert scrubbed(text) == text


def test_simulated_leaks_go_by_value() -> None:
    """Of two thousand invented endings no private value is left."""
    rng = stream(7, "leaks")
    told = [leak(rng) for _ in range(2000)]
    clean = scrub(pd.Series(["退款太慢" + text for text, _ in told], dtype="string"))
    assert not [
        (text, value) for text, (_, values) in zip(clean, told, strict=True) for value in values if value in text
    ]
