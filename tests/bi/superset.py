"""Apache Superset against a publication: it lists the marts, runs a query and a chart's dataset.

`python -m tests.bi.superset PUBLICATION [FOLDER]` makes an environment of its own in FOLDER (default: a
temporary one), sets Superset up in it (about two minutes), and ends with 0 if all of it agrees.
"""

import os
import secrets
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).parent
PACKAGES = [
    "apache-superset==6.1.0",
    "sqlalchemy==1.4.54",
    "duckdb-engine==0.17.0",
    "duckdb==2.0.1",
    "rich",
    "cachetools",
    "flask-caching<2.4",
]


def main(publication: str, folder: str) -> None:
    """Set up and look; a CalledProcessError says which step failed."""
    home = Path(folder).resolve()
    python = home / "environment" / "bin" / "python"
    if not python.exists():
        _run([sys.executable, "-m", "venv", str(home / "environment")])
        _run([str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *PACKAGES])
    surroundings = _configured(home)
    _run([str(python.with_name("superset")), "db", "upgrade"], surroundings)
    database = (Path(publication) / "warehouse.duckdb").resolve()
    # -P: this folder has a superset.py, too, and Superset's own is meant.
    _run([str(python), "-P", str(HERE / "in_superset.py"), str(database)], surroundings)


def _configured(home: Path) -> dict[str, str]:
    config = home / "superset_config.py"
    config.write_text(
        f"SECRET_KEY = {secrets.token_urlsafe(42)!r}\n"
        f"SQLALCHEMY_DATABASE_URI = 'sqlite:///{home / 'superset.db'}'\n"
        "PREVENT_UNSAFE_DB_CONNECTIONS = False\n",
        encoding="utf-8",
    )
    asked = {"SUPERSET_CONFIG_PATH": str(config), "SUPERSET_HOME": str(home), "FLASK_APP": "superset"}
    return os.environ | asked


def _run(command: list[str], surroundings: dict[str, str] | None = None) -> None:
    subprocess.run(command, check=True, env=surroundings)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as temporary:
        main(sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else temporary)
