"""Everything a night imports, for a process that nights are forked from; and a night in such a process."""

import gc
import os
import sys
from pathlib import Path

import altair
import dbt.adapters.duckdb
import dbt.cli.main
import dlt
import dlt.destinations.impl.duckdb.duck
import duckdb
import great_expectations
import pandas
import vl_convert

import cli
import expectations
import extract
import publish.publishing
import transform
from nightly import job

__all__ = [
    "altair",
    "dbt",
    "dlt",
    "duckdb",
    "expectations",
    "extract",
    "great_expectations",
    "job",
    "pandas",
    "publish",
    "transform",
    "vl_convert",
]

# What is imported stays: no night need look through it for garbage.
gc.freeze()


def command(words: list[str], environment: dict[str, str], output: str) -> None:
    """Be `smarketing` with these words: its streams go to the file `output`; ends with its exit code."""
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(Path(output).parent)
    descriptor = os.open(output, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    os.dup2(descriptor, 1)
    os.dup2(descriptor, 2)
    sys.stdout = open(1, "w", closefd=False)  # noqa: SIM115
    sys.stderr = open(2, "w", closefd=False, buffering=1)  # noqa: SIM115
    cli.main(words, prog_name="smarketing")
