"""The warehouse: the only place that reads profiles.yml and knows which engine we are on."""

from warehouse.duckdb_file import DuckDBFile
from warehouse.engine import Adopted, Connection, Warehouse
from warehouse.opening import open_warehouse
from warehouse.profile import DEFAULT_PROFILES

__all__ = ["DEFAULT_PROFILES", "Adopted", "Connection", "DuckDBFile", "Warehouse", "open_warehouse"]
