"""Editions of one shop and of sixty with very long names: the whole book of each, its pages in shape."""

import random
from pathlib import Path

import pytest
import yaml
from window import PHONE, WIDE, pages_of

from checkouts import Checkout, copy_checkout
from evalcore.edition import load_edition
from evalcore.io.manifest import accept

COLUMNS = "respondent,shop,goods,submitted_at,age,satisfaction,solved,seconds,paid,comment"
NAMES = {
    "en": "The quite extraordinarily long name of shop {} beside Donaudampfschifffahrtsgesellschaftskapitänswitwen",
    "zh": "名字长得出奇、招牌上根本写不下而且逢人便要念上半天的第{}家百货商店有限责任公司河畔总店",
}
ENTRY = {"what": {"en": "answers", "zh": "回答"}, "licence": "none", "date": "2025-07-01", "obtained": "made by a test"}


def answers(shops: list[str]) -> str:
    """Forty answers for each shop, the first shops better than the last."""
    chance = random.Random(60)
    rows = []
    for place, shop in enumerate(shops):
        for day in range(1, 21):
            for month in ("01", "05"):
                rating, solved = chance.randint(1 + 2 * (place < 20), 5), chance.choice(["yes", "yes", "no"])
                age = chance.choice(["young", "old"])
                rows.append(f"r{len(rows)},{shop},fresh,2025-{month}-{day:02} 10:00:00,{age},{rating},{solved},90,,")
    return "\n".join([COLUMNS, *rows, ""])


@pytest.fixture(scope="module", params=[1, 60])
def odd(request: pytest.FixtureRequest, root: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, int]:
    """The site of an edition of so many shops, built from raw data in a copy of the checkout, and their number."""
    copy = tmp_path_factory.mktemp("checkout")
    copy_checkout(root, copy)
    shops = [f"s{number:02}" for number in range(request.param)]
    content = yaml.safe_load((root / "tests/tiny.yml").read_text("utf-8"))
    content["entities"] = [
        {"id": shop, "name": {lang: name.format(shop) for lang, name in NAMES.items()}, "categories": ["fresh"]}
        for shop in shops
    ]
    (copy / "editions/odd.yml").write_text(yaml.safe_dump(content, allow_unicode=True), "utf-8")
    raw = copy / "data/raw/odd"
    raw.mkdir(parents=True)
    (raw / "survey.csv").write_text(answers(shops), "utf-8")
    (raw / "SOURCES.yml").write_text(yaml.safe_dump({"survey.csv": ENTRY}, allow_unicode=True), "utf-8")
    accept(load_edition("odd", copy), copy)
    checkout = Checkout(copy, "odd")
    checkout.report()
    return checkout.build / "site", request.param


def _of_each_kind(pages: list[str]) -> list[str]:
    """All pages but listings and notebooks, and but the shops between the first and the last, which differ by name."""
    shown = [page for page in pages if "/code/" not in page and "/appendix/" not in page]
    shops = [[page for page in shown if page.startswith(f"{lang}/entities/")] for lang in ("en", "zh")]
    return [page for page in shown if "/entities/" not in page] + [own[end] for own in shops for end in (0, -1)]


def test_pages_of_odd_editions_keep_their_shape(odd, visiting):
    """In both languages no page is wider than a desk or a phone, and none complains; every shop has its page."""
    site, shops = odd
    pages = pages_of(site)
    assert len([page for page in pages if page.startswith("zh/entities/")]) == shops
    wide = []
    for size in (WIDE, PHONE):
        with visiting(size=size) as visit:
            for name in _of_each_kind(pages):
                visit.page.goto(f"{site.as_uri()}/{name}")
                over = visit.page.evaluate("() => document.documentElement.scrollWidth - innerWidth")
                wide += [f"{name}: {over} points too wide at {size['width']}"] if over > 0 else []
            assert visit.complaints == []
    assert wide == []
