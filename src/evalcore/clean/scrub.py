"""Open answers lose telephone numbers and e-mail addresses."""

import re

import pandas as pd

GAP = r"[\s.–—-]?"
EMAIL = re.compile(r"[\w.+-]+\s?@\s?[\w-]+(?:\.[\w-]+)+", re.ASCII)
MOBILE = rf"1[3-9]\d(?:{GAP}\d{{4}}){{2}}"
LANDLINE = rf"[(（]?0\d{{2,3}}[)）]?{GAP}\d{{3,4}}{GAP}\d{{4}}"
ABROAD = rf"(?:\+|00)86{GAP}[1-9]\d{{1,2}}{GAP}\d{{3,4}}{GAP}\d{{4}}"
HOTLINE = rf"[48]00(?:{GAP}\d){{7}}"
PHONE = re.compile(rf"(?<!\d)(?:{ABROAD}|(?:(?:\+|00)?86{GAP})?(?:{MOBILE}|{LANDLINE}|{HOTLINE}))(?!\d)")
NARROW = str.maketrans({chr(wide): chr(wide - 0xFEE0) for wide in (*range(0xFF10, 0xFF1A), *map(ord, "＋－．＠"))})


def scrub(texts: pd.Series) -> pd.Series:
    """Texts with `[e-mail]` and `[phone]` where an address or a Chinese telephone number stood.

    Full-width digits are read as digits first, so that they hide nothing. Missing stays missing.
    """
    plain = texts.str.translate(NARROW)
    return plain.str.replace(EMAIL, "[e-mail]", regex=True).str.replace(PHONE, "[phone]", regex=True)
