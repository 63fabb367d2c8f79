"""What readers do: search, weigh for themselves, open a card, download, read in the dark."""

import json
import re

import numpy as np
import pytest
from window import PHONE

from evalcore.chapters.weights import own_weights, reweighted

FOUND = {
    "zh": {"各平台": "composite", "贝叶斯分层模型": "satisfaction", "综合得分": "composite", "用户行为": "glossary"},
    "en": {"composite score": "composite", "shapley values": "dimensions", "attention check": "data-quality"},
}
"""Words a reader looks for -> a page that must be among those found."""


@pytest.mark.parametrize(("lang", "query"), [(lang, query) for lang, queries in FOUND.items() for query in queries])
def test_search_finds_the_page(lang, query, base, visit):
    """Chinese words that no dictionary cuts and two English words find their page, from disk and from a server."""
    visit.page.goto(f"{base}/{lang}/search.html?q={query}")
    visit.page.wait_for_selector("#search-results li a")
    visit.page.locator("#search-results .search-summary", has_text=re.compile(r"\d")).wait_for()
    links = [link.get_attribute("href") for link in visit.page.query_selector_all("#search-results li a")]
    assert any(link.startswith(f"{FOUND[lang][query]}.html") for link in links), links
    assert visit.complaints == []


def page_data(site, lang="en"):
    """What the page with the sliders computes with."""
    text = (site / lang / "_reader/weights.js").read_text("utf-8")
    return json.loads(text.removeprefix("window.evalcoreWeightsPage = ").rstrip(";\n"))


def test_browser_ranks_as_python_does(base, site, visit):
    """For the edition's weights and twenty others drawn at random, rank, score and interval agree to 1e-9."""
    page, draw = page_data(site), np.random.default_rng(7)
    drawn = [(draw.integers(0, 101, len(page["dimensions"])), draw.integers(0, 101, len(page["indicators"])))]
    drawn += [(draw.integers(0, 101, len(a)), draw.integers(0, 101, len(b))) for a, b in drawn * 19]
    visit.page.goto(f"{base}/en/weights.html")
    visit.page.wait_for_selector(".weights-result tbody tr")
    for dimensions, indicators in [own_weights(page), *drawn]:
        weights = {"dimensions": np.asarray(dimensions).tolist(), "indicators": np.asarray(indicators).tolist()}
        shown = visit.page.evaluate("(w) => evalcoreWeights.ranking(evalcoreWeightsPage, w)", weights)
        told = reweighted(page, np.asarray(dimensions, float), np.asarray(indicators, float))
        assert [row["entity"]["id"] for row in shown] == list(told["entity"])
        assert [row["rank"] for row in shown] == list(told["rank"])
        for key in ("score", "lower", "upper"):
            assert [row[key] for row in shown] == pytest.approx(told[key].tolist(), abs=1e-9)
    assert visit.complaints == []


def test_slider_by_keyboard_changes_ranking_and_address(base, visit):
    """A key moves a slider, the table follows, the address carries the weights to another window."""
    page = visit.page
    page.goto(f"{base}/zh/weights.html")
    page.wait_for_selector(".weights-result tbody tr")
    before = page.locator(".weights-result tbody").inner_text()
    page.locator("input[type=range]").first.focus()
    page.keyboard.press("Home")
    after = page.locator(".weights-result tbody").inner_text()
    assert after != before
    assert page.locator("output").first.inner_text() == "0"
    shared = page.url
    assert "#w=0," in shared
    page.goto("about:blank")
    page.goto(shared)
    page.wait_for_selector(".weights-result tbody tr")
    assert page.locator(".weights-result tbody").inner_text() == after
    page.get_by_role("button", name="恢复本期权重").click()
    assert page.locator(".weights-result tbody").inner_text() == before
    assert visit.complaints == []


def test_weights_that_do_not_fit_are_not_taken(base, visit):
    """A mended address shows the edition's weights; no weight at all shows no ranking."""
    visit.page.goto(f"{base}/en/weights.html#w=1,2;<script>")
    visit.page.wait_for_selector(".weights-result tbody tr")
    visit.page.evaluate(
        "() => document.querySelectorAll('.reader-weights input').forEach((i) => { i.value = 0;"
        " i.dispatchEvent(new Event('input')); })"
    )
    assert visit.page.locator(".weights-result tbody tr").count() == 0
    assert "zero" in visit.page.locator(".weights-status").inner_text()
    assert visit.complaints == []


def test_card_opens_by_keyboard_and_offers_data(base, visit):
    """Under a figure: the card opens with the keyboard, names function and command, and its CSV can be saved."""
    page = visit.page
    page.goto(f"{base}/en/composite.html")
    summary = page.locator("details.record > summary").first
    summary.focus()
    page.keyboard.press("Enter")
    card = page.locator("details.record").first
    assert "evalcore audit" in card.inner_text()
    with page.expect_download() as saved:
        card.locator("a.download").first.click()
    assert saved.value.suggested_filename.endswith(".csv")


def test_dark_mode_is_dark_and_can_be_chosen(base, visiting):
    """The system's choice is followed; the button changes it and the next page, by its link, remembers."""
    with visiting("dark") as visit:
        visit.page.goto(f"{base}/zh/index.html")
        shade = "() => Math.max(...getComputedStyle(document.body).backgroundColor.match(/\\d+/g).slice(0, 3))"
        assert visit.page.evaluate(shade) < 64
        visit.page.locator(".theme-switch-button").first.click()
        chosen = visit.page.locator("html").get_attribute("data-mode")
        visit.page.locator("a.right-next").click()
        visit.page.wait_for_url(lambda url: "index.html" not in url)
        assert visit.page.locator("html").get_attribute("data-mode") == chosen != "auto"
        assert visit.complaints == []


def test_menu_opens_on_a_phone(base, visiting):
    """The contents are one touch away."""
    with visiting(size=PHONE) as visit:
        visit.page.goto(f"{base}/en/index.html")
        visit.page.locator(".primary-toggle").first.click()
        assert visit.page.locator(".bd-sidebar-primary a", has_text="Composite score").first.is_visible()
        assert visit.complaints == []
