"""The session of Spark Connect: one for this process, which dbt shares."""

import os
import warnings
from typing import Any

from errors import UsageProblem


def opened(remote: str) -> Any:
    """A session in UTC with the cluster at `remote` (`sc://host:port`).

    Raises:
        UsageProblem: PySpark is missing, or the cluster does not answer.
    """
    try:
        from pyspark.errors import PySparkException
        from pyspark.sql import SparkSession
    except ImportError:
        raise UsageProblem(
            "A Spark target needs PySpark, in an environment of its own: see the README."
        ) from None
    os.environ["SPARK_REMOTE"] = remote  # where dbt looks
    # With each statement dbt asks for a catalog that the cluster has chosen long since.
    warnings.filterwarnings("ignore", "Failed to set spark.sql.catalogImplementation")
    try:
        session = SparkSession.builder.remote(remote).getOrCreate()
        session.conf.set("spark.sql.session.timeZone", "UTC")
    except PySparkException as error:
        said = str(error).strip().split("\n")[0]
        raise UsageProblem(f"The Spark cluster at {remote} cannot be used: {said}") from None
    return session
