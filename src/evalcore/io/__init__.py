"""Files in and out: raw data, tables of a build, the task a notebook runs as."""

from evalcore.io.task import Task

__all__ = ["Task"]
