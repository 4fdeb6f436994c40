"""``worklens export DIR``: everything as Parquet, for whatever else one may want to ask."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from worklens.cli.options import DataDir, Json, Language
from worklens.cli.shell import Shell

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
        rows = platform.export(target)
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
