"""Files for Tableau: of each view that people see, its data source, and on this machine its rows beside it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from worklens.warehouse import catalogue, tableau
from worklens.warehouse.described import View, shown

if TYPE_CHECKING:
    from worklens.local.warehouse import LocalSession

SEPARATOR = "; "  # between the labels of a task, in the one text that Tableau sees


def of_bigquery(folder: Path, project: str, dataset: str, language: str) -> list[str]:
    """Write NAME.tds for each view of a deployment; their names."""
    for name, view in shown().items():
        (folder / f"{name}.tds").write_bytes(tableau.on_bigquery(name, view, project, dataset, language))
    return list(shown())


def of_store(session: LocalSession, folder: Path, language: str) -> dict[str, int]:
    """Write NAME.csv and NAME.tds for each view; how many rows each has."""
    counts = {}
    for name, view in shown().items():
        beside = folder / f"{name}.csv.part"
        sql = f"SELECT {_columns(view)} FROM ({session.translate(catalogue.query(name)[0])})"  # noqa: S608 - our own names
        quoted = str(beside).replace("'", "''")
        copied = session.connection.execute(f"COPY ({sql}) TO '{quoted}' (FORMAT csv, HEADER)").fetchone()
        beside.replace(folder / f"{name}.csv")
        (folder / f"{name}.tds").write_bytes(tableau.on_csv(name, view, folder, language))
        counts[name] = int(copied[0]) if copied else 0
    return counts


def _columns(view: View) -> str:
    return ", ".join(
        f'array_to_string("{one.name}", \'{SEPARATOR}\') AS "{one.name}"'
        if one.mode == "REPEATED"
        else f'"{one.name}"'
        for one in view.fields
    )
