"""What every notebook imports sooner or later, loaded once before the first is forked."""
# ruff: noqa: E402, F401

import signal

# Ctrl-C in a terminal reaches every process; it is the runner's to handle, here and in all that are forked from here.
signal.signal(signal.SIGINT, signal.SIG_IGN)

import duckdb
import ibis
import matplotlib.pyplot
import pandas
import pandera.pandas
import papermill
import pyarrow.parquet
import scipy.stats
import seaborn
import xarray

import evalcore.pipeline.engine
import evalcore.publish
