"""The options that several commands share, so that each means the same everywhere."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

LANGUAGE = "worklens.language"  # where the chosen one is kept for whoever has to say what went wrong


def _else_of_root(ctx: typer.Context, param: typer.CallbackParam, value: Any) -> Any:
    """`worklens --data-dir D status` means what `worklens status --data-dir D` does."""
    return ctx.find_root().params.get(param.name or "") if value is None else value


def _language(ctx: typer.Context, param: typer.CallbackParam, value: str | None) -> str | None:
    value = _else_of_root(ctx, param, value)
    if value not in {None, "en", "zh"}:
        raise typer.BadParameter("en or zh")
    ctx.meta[LANGUAGE] = value
    return value


class _Named:
    """The platform that the command at work was told."""

    value: str | None = None


def keep_platform(ctx: typer.Context, param: typer.CallbackParam, value: str | None) -> str | None:
    """Keep the platform that was named for whoever opens it; a command's own word goes before the root's."""
    from worklens.platforms import PLATFORMS

    if value is not None and value not in PLATFORMS:
        raise typer.BadParameter(" or ".join(PLATFORMS))
    if value is not None or ctx.parent is None:
        _Named.value = value
    return value


def named_platform() -> str | None:
    """The platform that was named with this command, or None."""
    return _Named.value


WHERE = "local: this machine; google: a deployment on Google Cloud; else as WORKLENS_PLATFORM says."
Platform = Annotated[
    str | None,
    typer.Option("--platform", metavar="NAME", callback=keep_platform, show_default=False, help=WHERE),
]


def platform_option() -> Any:
    """The same option, for a command that takes no parameter for it: every command has it."""

    def holder(platform: Platform = None) -> None:
        pass

    one = typer.Typer(add_completion=False)
    one.command()(holder)
    made = typer.main.get_command(one).params[0]
    made.expose_value = False
    return made


DataDir = Annotated[
    Path | None,
    typer.Option(
        "--data-dir",
        metavar="DIR",
        callback=_else_of_root,
        show_default=False,
        help="Where the data lies; else WORKLENS_DATA_DIR, else the system's place for a user's data.",
    ),
]
Language = Annotated[
    str | None,
    typer.Option(
        "--language",
        metavar="en|zh",
        callback=_language,
        show_default=False,
        help="English or Chinese; else as the system is set.",
    ),
]
Json = Annotated[bool, typer.Option("--json", help="Print JSON, and nothing else, on stdout.")]
Account = Annotated[
    str,
    typer.Option(
        "--account",
        metavar="ACCOUNT",
        show_default=False,
        help="Only this account, such as todoist:me; one that holds several people stands for all of them.",
    ),
]
Since = Annotated[
    str,
    typer.Option(
        "--since", metavar="DAY", show_default=False, help="From this day on (YYYY-MM-DD, your days)."
    ),
]
Until = Annotated[
    str,
    typer.Option("--until", metavar="DAY", show_default=False, help="Up to this day, included."),
]
AsOf = Annotated[
    str,
    typer.Option(
        "--as-of",
        metavar="DAY",
        show_default=False,
        help="Show what had happened by the end of this day (or by an instant: 2026-03-01T12:00Z).",
    ),
]
KnownAt = Annotated[
    str,
    typer.Option(
        "--known-at", metavar="DAY", show_default=False, help="Show only what had been seen by then."
    ),
]
