"""``worklens import FILE...``: files become tasks and events; the same again changes nothing."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from worklens.cli.options import DataDir, Json, Language
from worklens.cli.shell import Shell

if TYPE_CHECKING:
    from worklens.cli.desk import Desk
    from worklens.cli.files import Candidate, Wish
    from worklens.cli.watch import Failure, Watch

Files = Annotated[
    list[Path], typer.Argument(metavar="FILE", show_default=False, help="The files to take in.")
]
Format = Annotated[
    str,
    typer.Option(
        "--format",
        metavar="F",
        show_default=False,
        help="csv, tsv, ics, wunderlist, taskwarrior or todotxt; else told from the content.",
    ),
]
Mapping = Annotated[
    Path | None,
    typer.Option("--mapping", metavar="M.toml", show_default=False, help="What the columns of a table mean."),
]
Whose = Annotated[
    str, typer.Option("--account", metavar="ACCOUNT", show_default=False, help="Whose tasks these are.")
]
Zone = Annotated[
    str,
    typer.Option(
        "--time-zone",
        metavar="ZONE",
        show_default=False,
        help="Where the person lives, such as Europe/Paris; since a day: Asia/Tokyo@2026-03-01.",
    ),
]
Preview = Annotated[
    bool, typer.Option("--preview", help="Show ten tasks as they would be understood, and take in nothing.")
]


def command(
    files: Files,
    format_: Format = "",
    mapping: Mapping = None,
    account: Whose = "",
    time_zone: Zone = "",
    preview: Preview = False,
    json: Json = False,
    data_dir: DataDir = None,
    language: Language = None,
) -> None:
    """Take in files: exports of a service, tables, logs.

    What a file is, is told from its content. A later file of the same account is a difference: nothing doubles. Ends
    with 3 where records were put aside that can't be read; `worklens problems` shows them.
    """
    from worklens.cli.files import Wish, candidates

    shell = Shell(data_dir, language, json=json)
    wish = Wish(format=format_, mapping=mapping, account=account, zone=time_zone)
    found = candidates(files, wish)
    if preview:
        from worklens.cli.preview import show

        show(found, wish, shell)
        return
    raise typer.Exit(take_in(found, wish, shell))


def take_in(found: Sequence[Candidate], wish: Wish, shell: Shell) -> int:
    """Import the files one after another, and say what they brought; the exit code."""
    from worklens.cli.progress import progress
    from worklens.cli.runs import exit_code, outcomes
    from worklens.cli.summary import show_failures, show_import
    from worklens.cli.work import taken_in

    with shell.platform() as platform:
        with progress(shell) as watch, taken_in(platform) as runs:
            platform.take_up(shell, watch)
            failures = import_all(platform, found, wish, shell, watch)
        brought = outcomes(platform, runs, shell)
        show_import(brought, failures, shell)
        show_failures(failures, shell)
        platform.let_go()
        return 1 if failures else exit_code(brought)


def import_all(
    platform: Desk, found: Sequence[Candidate], wish: Wish, shell: Shell, watch: Watch
) -> list[Failure]:
    """Each file in its turn, and the scores at the end, once for all.

    Where one is refused, the rest of its account is left alone, since their order matters.
    """
    failures: list[Failure] = []
    for one in found:
        if one.feed not in {failure.feed for failure in failures}:
            run = _request(platform, one, wish, shell)
            failures += platform.until_settled([run], shell, watch, scores=False)
    return failures + platform.finish(watch)


def _request(platform: Desk, one: Candidate, wish: Wish, shell: Shell) -> str:
    """Ask for the import of a file; the id of its run."""
    from worklens.cli.files import zone_for
    from worklens.stages.intake import Intake, request_import

    intake = Intake(
        name=one.path.name,
        content=one.content,
        feed=one.feed,
        source=one.known.source,
        zone=zone_for(one, wish, platform.state.feed(one.feed), shell),
        settings=one.known.settings,
        seen_at=one.tells_of,
    )
    return request_import(intake, platform.ports).run
