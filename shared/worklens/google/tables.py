"""Makes the dataset with its tables and views: in emulators and tests. In production Terraform does, from the same files."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from worklens.google.clients import Clients
from worklens.google.warehouse import CloudWarehouse
from worklens.ports import Clock
from worklens.warehouse import catalogue, schema
from worklens.warehouse.calendar import calendar_rows

PARTITIONED = "seen_at"  # by month
CLUSTERED = ("feed", "account", "task", "occurrence")  # as far as a table has them


def install(clients: Clients, clock: Clock) -> None:
    """Make dataset, tables and calendar where they are not there yet, and the views anew. Harmless when repeated."""
    install_tables(clients, clock)
    install_views(clients)


def install_tables(clients: Clients, clock: Clock) -> None:
    """All that the stages need: their questions name no view."""
    from google.cloud import bigquery

    settings = clients.settings
    dataset = bigquery.Dataset(f"{settings.project}.{settings.dataset}")
    dataset.location = settings.location
    clients.bigquery.create_dataset(dataset, exists_ok=True)
    for name, columns in schema.tables().items():
        clients.bigquery.create_table(_table(clients, name, columns), exists_ok=True)
    _fill_calendar(CloudWarehouse(clients, clock))


def install_views(clients: Clients) -> None:
    """What people ask by hand, and dashboards read."""
    for name in catalogue.order():
        clients.bigquery.query_and_wait(view(clients, name))


def view(clients: Clients, name: str) -> str:
    """The statement that makes a view, whose file names tables and views as they stand in its dataset."""
    place = f"{clients.settings.project}.{clients.settings.dataset}"
    names = {*schema.tables(), *catalogue.order()}
    text = catalogue.reading(catalogue.sources()[name], {one: f"`{place}.{one}`" for one in names})
    return f"CREATE OR REPLACE VIEW `{place}.{name}` AS\n{text}"


def _table(clients: Clients, name: str, columns: Sequence[schema.Column]) -> Any:
    from google.cloud import bigquery

    fields = [bigquery.SchemaField(c.name, c.type, c.mode, description=c.description) for c in columns]
    table = bigquery.Table(f"{clients.settings.project}.{clients.settings.dataset}.{name}", schema=fields)
    names = [column.name for column in columns]
    if PARTITIONED in names:
        table.time_partitioning = bigquery.TimePartitioning(type_="MONTH", field=PARTITIONED)
    table.clustering_fields = [one for one in CLUSTERED if one in names] or None
    return table


def _fill_calendar(warehouse: CloudWarehouse) -> None:
    with warehouse.write() as session:
        if not session.ask("calendar", columns="COUNT(*) AS n")["n"][0]:
            session.load("calendar", calendar_rows())
