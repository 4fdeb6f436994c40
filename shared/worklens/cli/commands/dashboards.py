"""``worklens dashboards``: the numbers in Looker Studio and in Tableau."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple, cast

import typer

from worklens.cli.options import DataDir, Json, Language
from worklens.cli.shell import Shell

if TYPE_CHECKING:
    from worklens.cli.desk import Desk
    from worklens.local.warehouse import LocalSession

Tableau = Annotated[
    Path | None,
    typer.Option(
        "--tableau", metavar="DIR", show_default=False, help="Write data sources for Tableau there."
    ),
]
Project = Annotated[
    str,
    typer.Option(
        "--project", metavar="ID", show_default=False, help="The deployment's project on Google Cloud."
    ),
]
Dataset = Annotated[str, typer.Option("--dataset", metavar="NAME", help="Its data set in BigQuery.")]


class Place(NamedTuple):
    """Where a deployment's views are."""

    project: str
    dataset: str


def command(
    tableau: Tableau = None,
    project: Project = "",
    dataset: Dataset = "worklens",
    json: Json = False,
    data_dir: DataDir = None,
    language: Language = None,
) -> None:
    """Open the numbers in Looker Studio or Tableau.

    For a deployment it prints addresses that open Looker Studio on the views behind each page. --tableau writes a data
    source for each view: on BigQuery for a deployment, and on files beside them for this machine.
    """
    shell = Shell(data_dir, language, json=json)
    place = _place(shell, project, dataset)
    if tableau is not None:
        _for_tableau(shell, tableau, place)
    elif place:
        _addresses(shell, place)
    else:
        from worklens.cli.failures import Usage

        raise Usage("dashboards-local")


def _place(shell: Shell, project: str, dataset: str) -> Place | None:
    """The deployment that is named, or that the environment names; None on this machine. Raises Usage and BadSettings."""
    from worklens.google.settings import DATASET, PROJECT, settings

    if not project and shell.chosen != "google":
        return None
    if not project:
        found = settings()
        return Place(found.project, found.dataset)
    if not (PROJECT.fullmatch(project) and DATASET.fullmatch(dataset)):
        from worklens.cli.failures import Usage

        raise Usage("dashboards-place", project=project, dataset=dataset)
    return Place(project, dataset)


def _addresses(shell: Shell, place: Place) -> None:
    from worklens.warehouse.described import titles
    from worklens.warehouse.looker_studio import PAGES, page_addresses, view_addresses

    pages = page_addresses(titles(), *place, shell.language)
    if shell.json:
        shell.document({"pages": pages, "views": view_addresses(titles(), *place, shell.language)})
        return
    for name, url in pages.items():
        shell.out.print(PAGES[name][0][shell.language], style="bold")
        print(url, file=shell.out.file)
    shell.line("dashboards-addresses", **place._asdict())


def _for_tableau(shell: Shell, folder: Path, place: Place | None) -> None:
    from worklens.cli import dashboards
    from worklens.cli.failures import Problem

    target = folder.expanduser().absolute()
    if target.exists() and not target.is_dir():
        raise Problem("not-a-folder", path=target)
    target.mkdir(parents=True, exist_ok=True, mode=0o700)
    if place:
        made = dashboards.of_bigquery(target, *place, shell.language)
        said = "dashboards-bigquery"
    else:
        with shell.existing() as platform:
            made = list(_rows(platform, target, shell.language))
        said = "dashboards-files"
    if shell.json:
        shell.document({"folder": str(target), "views": made})
    else:
        shell.line(said, path=target, n=len(made))


def _rows(platform: Desk, folder: Path, language: str) -> dict[str, int]:
    from worklens.cli import dashboards

    with platform.warehouse.read() as session:
        return dashboards.of_store(cast("LocalSession", session), folder, language)
