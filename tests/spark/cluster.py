"""A standalone Spark cluster of one's own: a master, two workers and Spark Connect, gone at the end."""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.engines.server import free_port
from warehouse.spark import SparkCluster

LOCAL, WORKERS, PATIENCE = "127.0.0.1", 2, 120
PACKAGE = "org.apache.spark"
SMALL = {
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.shuffle.partitions": "2",
    "spark.default.parallelism": "2",
    "spark.ui.enabled": "false",
    "spark.driver.memory": "1g",
    "spark.executor.memory": "768m",
    "spark.executor.cores": "1",
}


@dataclass(frozen=True)
class Cluster:
    """A running one."""

    port: int
    workers: tuple[subprocess.Popen[bytes], ...]

    @property
    def remote(self) -> str:
        """What SPARK_REMOTE is to be."""
        return f"sc://{LOCAL}:{self.port}"

    def warehouse_in(self, folder: Path) -> SparkCluster:
        """One whose shared path is in a folder of this machine, as the whole cluster is."""
        return SparkCluster("spark", folder / "spill", {}, folder / "shared", self.remote)

    def kill_a_worker(self) -> None:
        """With its executor: what a machine that loses power does."""
        os.killpg(self.workers[0].pid, signal.SIGKILL)


def _home() -> Path:
    """Where Spark's programs are. Without Java a laptop skips, loudly, and CI fails."""
    import pyspark

    if shutil.which("java") is None:
        if os.environ.get("CI") == "true":
            pytest.fail("CI has no Java: Spark was not tried.")
        pytest.skip("There is no Java here: SPARK WAS NOT TRIED. Install `openjdk-17-jre-headless`.")
    return Path(pyspark.__file__).parent


@contextmanager
def running() -> Iterator[Cluster]:
    """A cluster for the block; its logs and tables are in a folder that goes with it."""
    home, folder = _home(), Path(tempfile.mkdtemp(prefix="smarketing-spark-"))
    started: list[subprocess.Popen[bytes]] = []
    master_port, port = free_port(), free_port()
    master = f"spark://{LOCAL}:{master_port}"
    environment = os.environ | {
        "SPARK_HOME": str(home),
        "SPARK_LOCAL_IP": LOCAL,
        "SPARK_LOCAL_DIRS": str(folder / "spill"),
        "SPARK_WORKER_DIR": str(folder / "work"),
    }
    environment.pop("SPARK_REMOTE", None)

    def start(name: str, *command: str) -> subprocess.Popen[bytes]:
        # Spark Connect takes its memory from here, too, and does not start with so little.
        little = {} if name == "connect" else {"SPARK_DAEMON_MEMORY": "256m"}
        process = _started(folder, name, command, environment | little)
        started.append(process)
        return process

    def told_by(name: str, words: str) -> None:
        _until_told(folder / f"{name}.log", words, started[-1])

    daemon = str(home / "bin" / "spark-class")
    try:
        lead = ("--host", LOCAL, "--port", str(master_port), "--webui-port", "0")
        start("master", daemon, f"{PACKAGE}.deploy.master.Master", *lead)
        told_by("master", "Starting Spark master")
        size = ("--cores", "1", "--memory", "1g", "--webui-port", "0", "--host", LOCAL)
        workers = tuple(
            start(f"worker{nth}", daemon, f"{PACKAGE}.deploy.worker.Worker", *size, master)
            for nth in range(WORKERS)
        )
        for nth in range(WORKERS):
            told_by(f"worker{nth}", "Successfully registered with master")
        told = SMALL | {
            "spark.connect.grpc.binding.address": LOCAL,
            "spark.connect.grpc.binding.port": str(port),
            "spark.sql.warehouse.dir": str(folder / "warehouse"),
        }
        flags = [word for name, value in told.items() for word in ("--conf", f"{name}={value}")]
        connect = ("--class", f"{PACKAGE}.sql.connect.service.SparkConnectServer", "--master", master)
        start("connect", str(home / "bin" / "spark-submit"), *connect, *flags, "spark-internal")
        told_by("connect", "Spark Connect server started")
        cluster = Cluster(port, workers)
        yield cluster
        _let_go(cluster)
    finally:
        for process in reversed(started):
            _stop(process)
        shutil.rmtree(folder, ignore_errors=True)


def _started(
    folder: Path, name: str, command: tuple[str, ...], environment: Mapping[str, str]
) -> subprocess.Popen[bytes]:
    """In a process group of its own, so that its executors can go with it."""
    with (folder / f"{name}.log").open("wb") as log:
        return subprocess.Popen(
            command, cwd=folder, env=environment, stdout=log, stderr=log, start_new_session=True
        )


def _let_go(cluster: Cluster) -> None:
    """End this process's session: its client would wait for minutes for a cluster that is gone."""
    from pyspark.sql import SparkSession

    SparkSession.builder.remote(cluster.remote).getOrCreate().stop()


def _stop(process: subprocess.Popen[bytes]) -> None:
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _until_told(log: Path, words: str, process: subprocess.Popen[bytes]) -> None:
    """Wait until a process says so in its log, but not for one that is gone."""
    until = time.monotonic() + PATIENCE
    while words not in log.read_text(encoding="utf-8", errors="replace"):
        if time.monotonic() > until or process.poll() is not None:
            pytest.fail(f"Spark did not say '{words}':\n{log.read_text(encoding='utf-8', errors='replace')}")
        time.sleep(0.3)
