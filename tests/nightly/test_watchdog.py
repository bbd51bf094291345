"""A run that is told to stop, or takes too long, ends within seconds even if its work does not listen."""

import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DEAF = """
import os, signal, sys, threading, time
from nightly.signals import caught
from nightly.watchdog import watched

def last_words(stop):
    print("forced", stop.exit_code, stop.sentence, flush=True)
    os._exit(stop.exit_code)

def query():
    import duckdb
    connection = duckdb.connect()
    connection.execute("set enable_progress_bar = false")
    connection.execute("select sum(a.range * b.range) from range(1000000) a, range(1000000) b").fetchall()

def deaf():
    while True:
        try:
            time.sleep(60)
        except KeyboardInterrupt:
            pass

def sleep():
    time.sleep(60)

with caught() as signals, watched(signals, last_words, grace=1.0) as dog:
    if sys.argv[2] == "signal":
        threading.Timer(1.0, os.kill, [os.getpid(), signal.SIGTERM]).start()
    try:
        with dog.within("The work", 0.02 if sys.argv[2] == "time" else 5, "TIMEOUTS__WORK_MINUTES", 4):
            globals()[sys.argv[1]]()
    except (KeyboardInterrupt, RuntimeError):
        dog.over()
        print("polite", dog.stopped().exit_code, dog.stopped().sentence)
        os._exit(dog.stopped().exit_code)
"""


@pytest.mark.parametrize(
    ("why", "code", "sentence"),
    [
        ("signal", 1, "Stopped by SIGTERM."),
        (
            "time",
            4,
            "The work was stopped: it took longer than 0.02 minutes. "
            "If it needs more, say so in TIMEOUTS__WORK_MINUTES.",
        ),
    ],
)
@pytest.mark.parametrize(
    ("work", "how"), [("query", "polite or forced"), ("deaf", "forced"), ("sleep", "polite")]
)
def test_whatever_the_work_is_it_ends(work: str, how: str, why: str, code: int, sentence: str) -> None:
    begun = time.monotonic()
    ended = subprocess.run(
        [sys.executable, "-c", DEAF, work, why], cwd=ROOT, check=False, capture_output=True, text=True
    )
    ended_how, _, said = ended.stdout.partition(" ")
    assert said == f"{code} {sentence}\n", ended.stderr
    assert ended_how in how
    assert ended.returncode == code
    assert time.monotonic() - begun < 15
