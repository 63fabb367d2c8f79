"""Open answers lose telephone numbers and e-mail addresses, and nothing else."""

import pandas as pd
import pytest

from evalcore.clean.scrub import scrub


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
