"""What every notebook imports sooner or later, loaded once before the first is forked."""

import duckdb  # noqa: F401
import ibis  # noqa: F401
import matplotlib.pyplot  # noqa: F401
import pandas  # noqa: F401
import pandera.pandas  # noqa: F401
import papermill  # noqa: F401
import pyarrow.parquet  # noqa: F401
import scipy.stats  # noqa: F401
import seaborn  # noqa: F401
import xarray  # noqa: F401

import evalcore.pipeline.engine
import evalcore.publish  # noqa: F401
