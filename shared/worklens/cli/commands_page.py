"""Makes docs/commands.md from the commands' own help: ``python -m worklens.cli.commands_page docs/commands.md``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import typer

from worklens.cli.app import COMMANDS, app, load

WIDTH = 100  # of a code block on a page

HEAD = """\
# Commands

What each command takes, as it says itself with `--help`.

Common to all:

* Results go to stdout, everything else to stderr. With `--json` stdout holds one JSON document and nothing else;
  `tasks` and `events` print a line of JSON each, for as much history as there is unless `--since` or `--until` cut it.
* Exit codes: 0 done; 1 failed; 2 the command was put wrongly; 3 done, but some records can't be read and were put aside.
* Progress is shown on a terminal only.
* A run is called `ACCOUNT#NUMBER`, as `import` and `status` show it; `undo` takes that.
* An account is called `SOURCE:NAME`. As much of it as tells it from the others will do; `csv:team` stands for
  `csv:team/ann` and everyone else in it.
* Words come in English or Chinese: `--language`, else as LC_ALL, LC_MESSAGES or LANG say.

| variable | |
|---|---|
| `WORKLENS_DATA_DIR` | Where the data lies, unless `--data-dir` says otherwise. |
| `WORKLENS_PLATFORM` | `local` or `google`, unless `--platform` says otherwise. |
| `WORKLENS_PROJECT`, `WORKLENS_LOCATION`, `WORKLENS_DATASET`, `WORKLENS_BUCKET` | With `google`: which deployment. `terraform output` shows them. |
| `WORKLENS_PREFIX`, `WORKLENS_DATABASE` | With `google`: what names begin with (`worklens`), and Datastore's database (the default one). |
| `WORKLENS_RAW_DAYS` | How many days records are kept as the service gave them; 90 unless given. |
| `WORKLENS_BORROW` | `1` lets what is learnt of one feed draw on what the models of the other feeds here have in common: parameters, no task of anyone's. |
| `WORKLENS_SECRETS` | `file` keeps tokens in a file of mode 0600 even where there is a keyring. |
| `WORKLENS_SOURCE_TOKEN`, `WORKLENS_SOURCE_PASSWORD` | A token or password for `connect`, SOURCE being the source's name in capitals. |
| `WORKLENS_SOURCE_CLIENT_ID`, `WORKLENS_SOURCE_CLIENT_SECRET` | Of the application you registered there, for `connect --oauth`. |
| `WORKLENS_DIGEST` | Where a digest is sent, as JSON; goes before what `digest --channel` kept. |
| `WORKLENS_DEBUG` | Anything: show the traceback of an error that nobody foresaw. |

This page is made from the commands: `python -m worklens.cli.commands_page docs/commands.md`.
"""


def page() -> str:
    """The whole page, in Markdown."""
    root = typer.main.get_command(app)
    sections = [_section("worklens", root)]
    sections += [_section(f"worklens {name}", load(name)) for name in COMMANDS]
    return "\n".join([HEAD, *sections])


def _section(name: str, command: Any) -> str:
    context = command.context_class(
        command, info_name=name, terminal_width=WIDTH, max_content_width=WIDTH, **_help(command)
    )
    return f"## {name}\n\n```text\n{command.get_help(context).rstrip()}\n```\n"


def _help(command: Any) -> dict[str, Any]:
    return {"help_option_names": command.context_settings["help_option_names"]}


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(page(), encoding="utf-8")
