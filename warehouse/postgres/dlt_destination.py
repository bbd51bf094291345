"""dlt's destination for PostgreSQL, with "" kept apart from null.

dlt's own reading of CSV makes every empty text null, quoted or not. Arrow's writer quotes all texts and no
null, so nothing needs to be forced.
"""

from typing import Any

from dlt.common.storages.file_storage import FileStorage
from dlt.destinations import postgres
from dlt.destinations.impl.postgres.postgres import PostgresClient, PostgresCsvCopyJob


class CopyJob(PostgresCsvCopyJob):
    """Loads one CSV file that has a line of names."""

    def run(self) -> None:
        """Copy it in one transaction."""
        client = self._job_client.sql_client
        table = client.make_qualified_table_name(self.load_table_name)
        with FileStorage.open_zipsafe_ro(self._file_path, "rb") as rows:
            names = rows.readline().decode("utf-8").strip().split(",")
            columns = ", ".join(client.escape_column_name(name.strip('"'), quote=True) for name in names)
            with client.begin_transaction(), client.native_connection.cursor() as cursor:
                cursor.copy_expert(f"copy {table} ({columns}) from stdin with (format csv, null '')", rows)


class Client(PostgresClient):
    """dlt's client with the job above."""

    def create_load_job(self, table: Any, file_path: str, load_id: str, restore: bool = False) -> Any:
        """A job for a file that dlt has written."""
        job = super().create_load_job(table, file_path, load_id, restore)
        return CopyJob(file_path) if type(job) is PostgresCsvCopyJob else job


class Destination(postgres):
    """What the pipeline loads into."""

    @property
    def client_class(self) -> type[PostgresClient]:
        """The client above."""
        return Client
