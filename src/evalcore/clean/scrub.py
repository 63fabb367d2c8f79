"""Open answers lose what tells who or where somebody is: numbers, addresses, accounts, names."""

import re

import pandas as pd

GAP = r"[\s.–—-]?"
HAN = r"[\u4e00-\u9fff]"
EMAIL = re.compile(r"[\w.+-]+\s?@\s?[\w-]+(?:\.[\w-]+)+", re.ASCII)
IDENTITY = re.compile(r"(?<!\d)[1-9]\d{5}(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx](?!\d)")
"""Identity cards: region, day of birth, three digits, a check digit that may be an X."""
MOBILE = rf"1[3-9]\d(?:{GAP}\d{{4}}){{2}}"
LANDLINE = rf"[(（]?0\d{{2,3}}[)）]?{GAP}\d{{3,4}}{GAP}\d{{4}}"
ABROAD = rf"(?:\+|00)86{GAP}[1-9]\d{{1,2}}{GAP}\d{{3,4}}{GAP}\d{{4}}"
HOTLINE = rf"[48]00(?:{GAP}\d){{7}}"
PHONE = re.compile(rf"(?<!\d)(?:{ABROAD}|(?:(?:\+|00)?86{GAP})?(?:{MOBILE}|{LANDLINE}|{HOTLINE}))(?!\d)")
ACCOUNT = re.compile(r"(微信|[Qq]{2}|扣扣|[Vv]信|[Vv]x)(号?(?:是|为|[:：])?\s?)[A-Za-z0-9][\w-]{4,}", re.ASCII)
PLACE = rf"(?:{HAN}{{2,8}}?(?:省|自治区))?(?:{HAN}{{2,8}}?[市州])?(?:{HAN}{{1,6}}?[区县镇乡])?"
HOUSE = r"\d+(?:号?院|号楼|号|弄|栋|幢|座|单元|门|室|楼|层)"
ADDRESS = re.compile(rf"{PLACE}{HAN}{{1,6}}?[路街巷道弄村里同]{HOUSE}(?:{HOUSE})*\d{{0,4}}")
SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎"
    "余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"
)
NAME = rf"(?:欧阳|上官|司马|诸葛|[{SURNAMES}]){HAN}{{1,2}}"
NAMED = re.compile(rf"((?:我叫|我名叫|收件人|收货人|联系人|姓名|名字)(?:是|叫|[:：])?\s?){NAME}")
RECEIVER = re.compile(rf"(?<!{HAN}){NAME}(?=收(?!{HAN}))")
NARROW = str.maketrans({chr(wide): chr(wide - 0xFEE0) for wide in (*range(0xFF10, 0xFF1A), *map(ord, "＋－．＠"))})

STEPS = (
    (EMAIL, "[e-mail]"),
    (IDENTITY, "[identity]"),
    (PHONE, "[phone]"),
    (ACCOUNT, r"\1\2[account]"),
    (ADDRESS, "[address]"),
    (NAMED, r"\1[name]"),
    (RECEIVER, "[name]"),
)
"""What is looked for, in this order, and what stands there afterwards."""


def scrub(texts: pd.Series) -> pd.Series:
    """Texts with a word in brackets where something private stood.

    Found are e-mail addresses, numbers of identity cards, Chinese telephone numbers, accounts
    after their service's name, street addresses with a house number, and names after words that introduce one
    (or before "received by"). A name without such a word is not found. Full-width digits are read as digits first,
    so that they hide nothing. Missing stays missing.
    """
    plain = texts.str.translate(NARROW)
    for pattern, instead in STEPS:
        plain = plain.str.replace(pattern, instead, regex=True)
    return plain
