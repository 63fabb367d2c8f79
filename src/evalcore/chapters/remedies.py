"""Chapter 16: what each weak indicator costs, and the measures that fit it."""

import pandas as pd

from evalcore.edition import Edition, Text
from evalcore.words import LANGUAGES, Number

LOSSES = ["entity", "indicator", "status", "loss", "lower", "upper", "p_most", "gain_low", "gain_high"]


def weakest(losses: pd.DataFrame, entity: str, edition: Edition) -> pd.DataFrame:
    """The indicators that cost one entity most points, the costliest first; columns as `score.losses.loss_frame`."""
    own = losses[(losses["entity"] == entity) & (losses["loss"] > 0)]
    ordered = own.sort_values("loss", ascending=False, kind="stable")
    return ordered.head(edition.remedies.shown).reset_index(drop=True)


def entity_remedies(losses: pd.DataFrame, figures: dict[str, float], entity: str, edition: Edition) -> pd.DataFrame:
    """One row per measure for one entity.

    Columns: place (1 for the costliest indicator), indicator, status, loss, lower, upper, gain_low, gain_high, remedy,
    told, does_<lang> and others_<lang> (empty where nobody's result is known). An indicator without a measure has none.
    """
    rows = [
        {"place": place, **{key: getattr(row, key) for key in LOSSES[1:]}, **_said(remedy, figures)}
        for place, row in enumerate(weakest(losses, entity, edition).itertuples(), start=1)
        for remedy in edition.remedies.against(row.indicator)
    ]
    said = [f"{kind}_{lang}" for kind in ("does", "others") for lang in LANGUAGES]
    return pd.DataFrame(rows, columns=["place", *LOSSES[1:], "remedy", "told", *said])


def catalogue_frame(losses: pd.DataFrame, figures: dict[str, float], edition: Edition) -> pd.DataFrame:
    """Every measure: remedy, weak, told, does_<lang>, others_<lang>, entities (how many call for it)."""
    called = pd.concat([weakest(losses, e.id, edition) for e in edition.entities])
    return pd.DataFrame(
        [
            {
                **_said(remedy, figures),
                "weak": ", ".join(remedy.weak),
                "entities": called.loc[called["indicator"].isin(remedy.weak), "entity"].nunique(),
            }
            for remedy in edition.remedies.items
        ]
    )


def _said(remedy: object, figures: dict[str, float]) -> dict[str, str]:
    """A measure in words; what others reached is told only where every figure it quotes is collected."""
    known = remedy.others if remedy.others and remedy.figures <= set(figures) else None
    values = {id_: f"{value:g}" for id_, value in figures.items()}
    said = {f"others_{lang}": known[lang].format(**values) if known else "" for lang in LANGUAGES}
    told = ", ".join((*remedy.told, *(sorted(remedy.figures) if known else ())))
    return {"remedy": remedy.id, "told": told, **{f"does_{lang}": remedy.does[lang] for lang in LANGUAGES}, **said}


def figures_of(published: pd.DataFrame | None) -> dict[str, float]:
    """Id -> value of the published figures; none where they were not collected."""
    return {} if published is None else dict(zip(published["id"], published["value"].astype(float), strict=True))


def industry_frame(losses: pd.DataFrame) -> pd.DataFrame:
    """indicator, loss (mean over entities), most (entities whose costliest indicator it is), entities."""
    first = losses.loc[losses.groupby("entity")["loss"].idxmax(), "indicator"].value_counts()
    mean = losses.groupby("indicator", sort=False)["loss"].agg(["mean", "size"])
    found = mean.set_axis(["loss", "entities"], axis=1).reset_index()
    found = found.assign(most=found["indicator"].map(first).fillna(0).astype(int))
    return found.sort_values("loss", ascending=False, kind="stable", ignore_index=True)


def remedy_numbers(losses: pd.DataFrame, edition: Edition) -> dict[str, Number]:
    """`remedies.*`: the indicators that cost the mean entity most, and how much of all that is lost they are."""
    mean = industry_frame(losses)
    total, top = mean["loss"].sum(), mean["loss"].head(edition.remedies.shown).sum()
    found = {
        "remedies.lost": Number(float(total), "plain", 1),
        "remedies.items": Number(len(edition.remedies.items)),
        "remedies.shown": Number(edition.remedies.shown),
        "remedies.top_share": Number(float(100 * top / total), "percent", 0),
    }
    for place, row in enumerate(mean.head(edition.remedies.shown).itertuples(), start=1):
        found[f"remedies.top_{place}"] = Number(_name(row.indicator, edition), "text")
        found[f"remedies.top_{place}_loss"] = Number(float(row.loss), "plain", 1)
        found[f"remedies.top_{place}_most"] = Number(int(row.most))
    return found


def entity_numbers(losses: pd.DataFrame, entity: str, edition: Edition) -> dict[str, Number]:
    """`weak.<k>.indicator`, `.loss`, `.chance` (that it costs most), `.gain_low`, `.gain_high` for the costliest."""
    found = {}
    own = weakest(losses, entity, edition)
    for k in range(edition.remedies.shown):
        row = own.iloc[k] if k < len(own) else None
        place = f"weak.{k + 1}"
        name = None if row is None else _name(row["indicator"], edition)
        found[f"{place}.indicator"] = Number(name, "text")
        for key in ("loss", "gain_low", "gain_high"):
            found[f"{place}.{key}"] = Number(None if row is None else float(row[key]), "plain", 1)
        found[f"{place}.lower"] = Number(None if row is None else float(row["lower"]), "plain", 1)
        found[f"{place}.upper"] = Number(None if row is None else float(row["upper"]), "plain", 1)
        chance = None if row is None else 100 * float(row["p_most"])
        found[f"{place}.chance"] = Number(chance, "percent", 0)
    return found


def _name(indicator: str, edition: Edition) -> Text:
    name = edition.indicators[indicator].name
    return Text(en=f"{name.en} ({indicator})", zh=f"{name.zh}（{indicator}）")
