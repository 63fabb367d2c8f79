"""All pages of both books: nothing fetched, no complaint, no barrier, no sideways scrolling."""

import pytest
from window import AXE, PHONE, WIDE, ZOOMED, pages_of

STANDARD = {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
CONTRAST = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
LOOKS = {
    "wide": ("light", WIDE, STANDARD),
    "dark": ("dark", WIDE, CONTRAST),
    "phone": ("light", PHONE, STANDARD),
}
"""Colour scheme, window and rules: in the dark only colours differ."""
# preload: axe would fetch what style sheets import, from the wrong folder, and fill the console itself
RUN = """async (rules) => {
  const options = { runOnly: rules, resultTypes: ["violations"], preload: false };
  const found = await axe.run(document, options);
  return found.violations.map((v) => `${v.id}: ${v.nodes.slice(0, 3).map((n) => n.target.join(" ")).join(" | ")}`);
}"""
LISTING, NOTEBOOK = "/code/", "/appendix/"
"""Pages of source come from one template, those of notebooks from another: a few stand for all, but for one look."""


def looked_at(site, lang, *sampled, limit=2):
    """Every page of a book, of the sampled kinds the first and the last ones."""
    pages = [page for page in pages_of(site) if page.startswith(f"{lang}/")]
    alike = [[page for page in pages if kind in page] for kind in (LISTING, *sampled)]
    return [page for page in pages if not any(page in kind[limit:-limit] for kind in alike)]


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_axe_finds_nothing(lang, look, site, server, visiting):
    """No violation of WCAG 2.2, level AA, by axe's rules, no complaint in the console, no request to anywhere else."""
    scheme, size, rules = LOOKS[look]
    found = []
    with visiting(scheme, size) as visit:
        for name in looked_at(site, lang, *([] if look == "wide" else [NOTEBOOK])):
            visit.page.goto(f"{server}/{name}")
            visit.page.evaluate(AXE)
            found += [f"{name}: {why}" for why in visit.page.evaluate(RUN, rules)]
    assert found == []
    assert visit.complaints == []
    assert visit.outside == []


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_phone_scrolls_downwards_only(lang, site, visiting):
    """At 390 points no page is wider than the screen; 1280 points at 200 % zoom are 640 and hold as well."""
    wide = []
    for size in (PHONE, ZOOMED):
        with visiting(size=size) as visit:
            for name in looked_at(site, lang):
                visit.page.goto(f"{site.as_uri()}/{name}")
                over = visit.page.evaluate("() => document.documentElement.scrollWidth - innerWidth")
                wide += [f"{name}: {over} points too wide at {size['width']}"] if over > 0 else []
    assert wide == []


def test_every_page_leads_to_its_twin(base, site, visit):
    """The switch is on every page and leads to the same page in the other language, which has one back."""
    for name in [page for page in pages_of(site) if LISTING not in page]:
        text = (site / name).read_text("utf-8")
        assert 'class="btn btn-sm language-switch"' in text, name
    for name in ("en/index.html", "zh/entities/A.html", "en/appendix/40_score.html", "zh/search.html"):
        visit.page.goto(f"{base}/{name}")
        visit.page.click(".language-switch")
        other = name.replace("en/", "zh/", 1) if name.startswith("en/") else name.replace("zh/", "en/", 1)
        assert visit.page.url.removesuffix("#") == f"{base}/{other}"
        assert visit.page.locator("html").get_attribute("lang") == ("zh-CN" if other.startswith("zh/") else "en")
    assert visit.complaints == []


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_first_load_is_light(lang, site, visit):
    """What a first page loads, without MathJax and icon fonts, is at most 1 MB."""
    loaded = []
    visit.page.on("response", lambda response: loaded.append(response.url))
    visit.page.goto(f"{site.as_uri()}/{lang}/index.html")
    visit.page.wait_for_load_state("networkidle")
    files = {url.split("?")[0].split("#")[0] for url in loaded if "mathjax" not in url and "webfonts" not in url}
    sizes = {url: (site / url.removeprefix(f"{site.as_uri()}/")).stat().st_size for url in files if "file:" in url}
    assert sum(sizes.values()) <= 1_000_000, sorted(sizes.items(), key=lambda item: -item[1])[:5]


def test_both_books_are_light(site):
    """At most 25 MB without archives, and no source maps."""
    whole = sum(path.stat().st_size for path in site.rglob("*") if path.is_file() and path.suffix != ".zip")
    assert whole <= 25_000_000
    assert list(site.rglob("*.map")) == []
