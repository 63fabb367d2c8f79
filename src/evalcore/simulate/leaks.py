"""What people should not have written: numbers, addresses and names, all invented, for the cleaning stage to remove."""

import numpy as np

SURNAMES = "王李张刘陈杨赵黄周吴徐孙"
GIVEN = ("小明", "丽华", "建国", "雨桐", "志强", "秀英", "子涵", "晓燕", "国栋", "梦洁")
STREETS = ("幸福路", "建设大街", "人民中路", "解放巷", "学府街", "滨江大道", "朝阳胡同")
CITIES = ("南江市东湖区", "临海市西城区", "北岭省安平市新华区", "云州市高新区")
HOMES = (
    "{number}号{block}号楼{unit}单元{room}室",
    "{number}号{block}栋{room}",
    "{number}号院{block}幢{unit}门{room}室",
)
LEAKS = (
    "，我的电话{phone}",
    "，打我手机{phone}处理一下",
    "，邮箱{mail}",
    "，我叫{name}，请给个说法",
    "，收件人{name}，电话{phone}",
    "，联系人：{name}",
    "，地址是{city}{street}{home}",
    "，寄到{city}{street}{home}，{name}收",
    "，加我微信{account}",
    "，我的QQ{qq}",
    "，身份证{identity}都给你们了",
)


def leak(rng: np.random.Generator) -> tuple[str, tuple[str, ...]]:
    """An ending that tells who or where somebody is, and the private values in it.

    Telephone numbers lie in a block that is not used for people, addresses under a domain reserved for examples.
    """
    values = _values(rng)
    form = LEAKS[rng.integers(len(LEAKS))]
    used = tuple(value for key, value in values.items() if f"{{{key}}}" in form)
    return form.format(**values), used


def _values(rng: np.random.Generator) -> dict[str, str]:
    number = int(rng.integers(0, 10_000))
    home = HOMES[rng.integers(len(HOMES))].format(
        number=rng.integers(1, 300), block=rng.integers(1, 30), unit=rng.integers(1, 5), room=rng.integers(101, 2900)
    )
    return {
        "phone": f"1380000{number:04d}",
        "mail": f"user{number}@example.com",
        "name": SURNAMES[rng.integers(len(SURNAMES))] + GIVEN[rng.integers(len(GIVEN))],
        "city": CITIES[rng.integers(len(CITIES))],
        "street": STREETS[rng.integers(len(STREETS))],
        "home": home,
        "account": f"wx_user{number:04d}",
        "qq": f"1000{number:05d}",
        "identity": f"110101190001{number % 29 + 1:02d}{number % 1000:03d}X",
    }
