"""Files in and out: raw data, tables of a build, the task a notebook runs as."""

__all__ = ["Task"]


def __getattr__(name: str) -> type:
    """`Task`, loaded when it is asked for: the audit reads manifests in a second, engines take another to load."""
    if name not in __all__:
        raise AttributeError(name)
    from evalcore.io.task import Task

    return Task
