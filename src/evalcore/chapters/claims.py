"""What a person says of a contact against what the ticket of that contact says."""

import pandas as pd

from evalcore.edition import Edition


def claims_frame(answers: pd.DataFrame, contacts: pd.DataFrame) -> pd.DataFrame:
    """One row per answer that names a ticket: entity, what was promised, what the person and the ticket say (hours).

    `contradicts`: the ticket was closed within the promised time, and the person says it took longer.
    """
    told = answers.loc[answers["ticket_key"].notna(), ["ticket_key", "promised_h", "solved_h", "waited_min"]]
    logged = contacts.loc[contacts["ticket_key"].notna(), ["ticket_key", "entity", "close_h", "human_wait_min"]]
    pairs = told.merge(logged, on="ticket_key", validate="many_to_one")
    broken = (pairs["solved_h"] > pairs["promised_h"]) & (pairs["close_h"] <= pairs["promised_h"])
    return pairs.assign(contradicts=broken.fillna(False).astype(bool))


def agreement_frame(answers: pd.DataFrame, contacts: pd.DataFrame, edition: Edition) -> pd.DataFrame:
    """entity, n, wait, promises, late, contradicts: how told and logged times of one and the same ticket agree.

    `wait`: median of told over logged minutes; `late`: percent of promises the person says were not kept;
    `contradicts`: percent of promises kept by the ticket and not by the person. Entities with fewer promises than the
    edition's smallest cell are left out.
    """
    claims = claims_frame(answers, contacts)
    ratio = (claims["waited_min"] / claims["human_wait_min"]).where(claims["human_wait_min"] >= 1)
    known = claims["promised_h"].notna() & claims["solved_h"].notna() & claims["close_h"].notna()
    late = (claims["solved_h"] > claims["promised_h"]).astype("Float64").where(known)
    contradicts = claims["contradicts"].astype("Float64").where(known)
    grouped = claims.assign(ratio=ratio, known=known, late=late, contradicts=contradicts).groupby("entity")
    found = grouped.agg(
        n=("ratio", "size"), wait=("ratio", "median"), promises=("known", "sum"), late=("late", "mean"),
        contradicts=("contradicts", "mean"),
    )  # fmt: skip
    shown = found[found["promises"] >= edition.minimum_cell].reset_index()
    return shown.assign(late=100 * shown["late"], contradicts=100 * shown["contradicts"])
