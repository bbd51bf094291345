"""Everything a night imports, for a process that nights are forked from; and a night in such a process."""

import gc
import logging
import multiprocessing
import os
import sys
from dataclasses import dataclass
from multiprocessing.context import ForkServerProcess
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
# Importing dbt leaves a handler behind, unless somebody was first; in a night we are.
logging.getLogger().handlers.clear()


def forked(
    words: list[str], folder: Path, environment: dict[str, str], streams: "Streams"
) -> ForkServerProcess:
    """`smarketing` with these words, begun in a process of its own, in `folder`; ends with its exit code."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([__name__])
    process = context.Process(target=_command, args=(words, folder, environment, streams))
    process.start()
    return process


@dataclass(frozen=True)
class Streams:
    """The files that a command's streams go to."""

    output: Path
    errors: Path


def _command(words: list[str], folder: Path, environment: dict[str, str], streams: Streams) -> None:
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(folder)
    for number, path in enumerate((streams.output, streams.errors), 1):
        os.dup2(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_APPEND), number)
    sys.stdout = open(1, "w", closefd=False, encoding="utf-8")  # noqa: SIM115
    sys.stderr = open(2, "w", closefd=False, encoding="utf-8", buffering=1)  # noqa: SIM115
    cli.main(words, prog_name="smarketing")
