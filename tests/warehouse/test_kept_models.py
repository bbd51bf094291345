"""What a Spark cluster must not forget is what the models say that no refresh may lose."""

from pathlib import Path

import transform
from warehouse.spark.registering import KEPT

MODELS = Path(transform.__file__).parent / "dbt" / "models"


def test_the_cluster_keeps_exactly_the_models_that_no_full_refresh_makes_anew() -> None:
    said = {path.stem for path in MODELS.rglob("*.sql") if "full_refresh=false" in path.read_text("utf-8")}
    assert set(KEPT) == said
