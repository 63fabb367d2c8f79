"""The one exception a user of the pipeline is meant to read."""


class EvalcoreError(Exception):
    """A mistake in data, edition or pages that a person can mend.

    The message names the place (file, row, column or key), the value found, what is allowed and what to do.
    """


def say(place: object, found: str, allowed: str = "", remedy: str = "") -> str:
    """Join the four parts every error message has; empty parts are left out."""
    parts = [f"{place}: {found}"]
    parts += [f"allowed: {allowed}"] if allowed else []
    parts += [f"what to do: {remedy}"] if remedy else []
    return "\n  ".join(parts)
