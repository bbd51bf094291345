"""PostgreSQL: a shared server, with the work in one database and what is published in another."""

from warehouse.postgres.server import PostgresServer

__all__ = ["PostgresServer"]
