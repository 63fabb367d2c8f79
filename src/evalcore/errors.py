"""The one exception a user of the pipeline is meant to read."""

import errno

DISK_REMEDY = "make room or make the folder writable, and run the command again: finished work is kept"


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


def is_about_the_disk(error: OSError) -> bool:
    """Whether the disk is full or may not be written to: nothing is wrong with the program."""
    return error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES, errno.EPERM)
