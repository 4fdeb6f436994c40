"""``worklens export DIR``: everything as Parquet, for whatever else one may want to ask."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from worklens.cli.options import DataDir, Json, Language
from worklens.cli.shell import Shell

if TYPE_CHECKING:
    from worklens.local.platform import Platform

Folder = Annotated[
    Path, typer.Argument(metavar="DIR", show_default=False, help="The folder to write into; made if need be.")
]


def command(folder: Folder, json: Json = False, data_dir: DataDir = None, language: Language = None) -> None:
    """Write all tables and views as Parquet files, one each.

    Files of the same names are replaced. They hold titles and notes: they are yours to keep or delete.
    """
    from worklens.cli.failures import Problem

    shell = Shell(data_dir, language, json=json)
    target = folder.expanduser().absolute()
    if target.exists() and not target.is_dir():
        raise Problem("not-a-folder", path=target)
    with shell.existing() as platform:
        target.mkdir(parents=True, exist_ok=True, mode=0o700)
        rows = exported(platform, target)
    if json:
        shell.document({"folder": str(target), "rows": rows})
        return
    from worklens.cli.tables import Table, number

    headings = (shell.say("column-parquet"), shell.say("column-rows"))
    made = Table(*headings, right=headings[1:])
    for name, count in rows.items():
        made.add(f"{name}.parquet", number(count))
    made.print(shell.out)
    shell.line("exported", path=target)


def exported(platform: Platform, target: Path) -> dict[str, int]:
    """Write each table and view; how many rows each has."""
    from worklens.warehouse import catalogue, schema

    with platform.warehouse.read() as session:
        counts = {}
        for name in (*schema.tables(), *catalogue.order()):
            sql = session.translate(catalogue.query(name)[0])
            beside = target / f"{name}.parquet.part"
            place = str(beside).replace("'", "''")
            copied = session.connection.execute(f"COPY ({sql}) TO '{place}' (FORMAT parquet)").fetchone()
            beside.replace(target / f"{name}.parquet")
            counts[name] = int(copied[0]) if copied else 0
    return counts
