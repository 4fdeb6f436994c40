"""The root command: knows every command by name and one line of help, and imports only the one that is named."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import typer
from typer.core import TyperGroup

from worklens.cli import failures
from worklens.cli.commands.today import today
from worklens.cli.options import LANGUAGE, platform_option

# Command, the module that holds it, and what the list of commands says; the module's docstring says more.
COMMANDS: dict[str, tuple[str, str]] = {
    "demo": ("demo", "Show it all on a made-up person's two years."),
    "import": ("import_file", "Take in files: exports of a service, tables, logs."),
    "connect": ("connect", "Connect a service by your token, or by signing in."),
    "disconnect": ("disconnect", "Forget an account's token; what was recorded stays."),
    "sync": ("sync", "Fetch what changed at the connected services."),
    "schedule": ("schedule", "Stay current: a timer here, and when each account is asked."),
    "calendar": ("calendar", "Say on which days you work: holidays, days off."),
    "status": ("status", "What is here, how fresh it is, and what was taken in."),
    "report": ("report", "Write the report, or serve it on this machine."),
    "answer": ("answer", "Answer a finding: wrong, not useful, or not now."),
    "alerts": ("alerts", "List what changed that you would want to know."),
    "digest": ("digest", "Print the week in a few lines, or send it."),
    "forecast": ("forecast", "Say when work will be done, and how sure that is."),
    "when": ("when", "Read when a task is meant to happen, from its title."),
    "scores": ("scores", "Say what becomes of each open task, and why."),
    "evaluate": ("evaluate", "Grade the forecasts on your own past."),
    "metrics": ("metrics", "List the metrics, or print one."),
    "tasks": ("tasks", "List tasks as last seen."),
    "task": ("task", "Tell the story of one task."),
    "events": ("events", "List what happened to tasks."),
    "duplicates": ("duplicates", "List open tasks that are written down twice."),
    "themes": ("themes", "Say what your tasks are about, from their words."),
    "problems": ("problems", "What could not be read, and taking it up again."),
    "link": ("link", "Count tasks that are in two accounts once, after moving."),
    "undo": ("undo", "Withdraw an import or a sync."),
    "forget": ("forget", "Remove a person's data everywhere."),
    "export": ("export", "Write all tables as Parquet files."),
    "dashboards": ("dashboards", "Open the numbers in Looker Studio or Tableau."),
    "doctor": ("doctor", "Look whether everything is in order."),
}
EPILOG = (
    "Worklens reads the to-do services you use and says honestly how you work. Begin with `worklens demo`."
)


HELP = {"help_option_names": ["--help", "-h"], "max_content_width": 100}


class LazyGroup(TyperGroup):
    """Commands by name, each imported when it is asked for."""

    def __init__(self, **attributes: Any) -> None:
        """Made by Typer; the names alone are kept here, to suggest the nearest for a misspelt one."""
        super().__init__(**attributes)
        self.commands = dict.fromkeys(COMMANDS, None)  # type: ignore[assignment]

    def list_commands(self, ctx: Any) -> list[str]:
        """Every command, in the order of a first acquaintance."""
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """The command of that name, or None."""
        return load(cmd_name) if cmd_name in COMMANDS else None

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """The list of commands, without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in COMMANDS.items()])

    def invoke(self, ctx: Any) -> Any:
        """Run it; what was to be foreseen ends in one paragraph on stderr, never in a traceback."""
        try:
            return super().invoke(ctx)
        except (Exception, KeyboardInterrupt) as error:
            if type(error).__module__.partition(".")[0] in {"typer", "click"}:
                raise
            raise typer.Exit(failures.tell(error, ctx.meta.get(LANGUAGE))) from None


def load(name: str) -> Any:
    """The command of that name, made from the function ``command`` of its module."""
    module = import_module(f"worklens.cli.commands.{COMMANDS[name][0]}")
    one = typer.Typer(add_completion=False, rich_markup_mode=None)
    one.command(name, context_settings=HELP)(module.command)
    made = typer.main.get_command(one)
    made.params.append(platform_option())
    return made


app = typer.Typer(
    name="worklens",
    cls=LazyGroup,
    invoke_without_command=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings=HELP,
    epilog=EPILOG,
)
app.callback()(today)


def run() -> int:
    """Run the command that this process's arguments name; its exit code."""
    failures.steady_streams()
    try:
        typer.main.get_command(app)(prog_name="worklens")
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else 1
    return 0
