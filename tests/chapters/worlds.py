"""Two small worlds of the demonstration edition, cleaned, and one of them scored: what chapters on evidence look at."""

import pytest

from evalcore.chapters.evidence import Evidence, contacts_frame
from evalcore.clean import clean
from evalcore.edition import load_edition
from evalcore.indicators import indicator_cells
from evalcore.ingest import ingest
from evalcore.io.manifest import read_raw
from evalcore.score import score_edition
from evalcore.simulate import simulate
from evalcore.survey import survey_weights

VOLUME = 0.1
SEEDS = (20252, 5)
FURTHER = ("maternal_survey", "monitoring", "capability", "policies", "accounts")


@pytest.fixture(scope="session")
def published(root):
    """The file of published figures, as the pipeline reads it."""
    edition = load_edition("demo-2025", root)
    raw = read_raw(edition, "published_figures", root)
    return clean(ingest(raw, "published_figures", edition), "published_figures", edition).valid


def drawn_world(root, seed):
    """A small world of the demonstration edition, cleaned, and its truth."""
    edition = load_edition("demo-2025", root)
    simulation = edition.simulation.model_copy(update={"volume": VOLUME, "seed": seed})
    edition = edition.model_copy(update={"simulation": simulation})
    world = simulate(edition)
    return edition, {n: clean(ingest(f, n, edition), n, edition).valid for n, f in world.frames.items()}, world.truth


def evidence_of(edition, cleaned, scores):
    """What chapters read of a cleaned world."""
    frames = {name: scores[name] for name in ("ranking", "dimensions", "indicators", "category_indicators")}
    contacts = contacts_frame(cleaned["tickets"], edition)
    return Evidence(
        edition,
        **frames,
        contacts=contacts,
        answers=cleaned["survey"],
        reports=cleaned["platform_reports"],
        sources={name: cleaned[name] for name in FURTHER},
    )


def scored(edition, cleaned):
    """Scores of a cleaned world."""
    import ibis

    engine = ibis.duckdb.connect()
    tables = {name: engine.create_table(name, frame) for name, frame in cleaned.items()}
    weights = engine.create_table("weights", survey_weights(cleaned, edition))
    panel = plain_panel(cleaned["experts"], edition)
    return score_edition(indicator_cells(tables, weights, edition), panel, edition)


def plain_panel(reviews, edition):
    """Plain means of what experts gave, the same in every draw: nothing here rests on their severities."""
    means = reviews[reviews["round"] == "discussed"].groupby(["entity", "dimension"])["score"].mean().astype(float)
    return (10 * means.to_xarray()).expand_dims(draw=edition.model.draws)


@pytest.fixture(scope="session")
def drawn(root):
    """The first seed's world."""
    return drawn_world(root, SEEDS[0])


@pytest.fixture(scope="session")
def evidence(drawn):
    """The first seed's world, scored."""
    edition, cleaned, _ = drawn
    return evidence_of(edition, cleaned, scored(edition, cleaned))


@pytest.fixture(scope="session")
def second(root):
    """The second seed's world."""
    return drawn_world(root, SEEDS[1])
