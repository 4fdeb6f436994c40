"""Progress on stderr while something long is done; silent where nobody looks."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from worklens.cli.work import QUIET, Watch

if TYPE_CHECKING:
    from worklens.cli.shell import Shell
    from worklens.ports import Run


class Bar(Watch):
    """Records read, of those fetched so far."""

    def __init__(self, progress: Any, task: Any, shell: Shell) -> None:
        """``task`` of a Rich ``progress``."""
        self.progress = progress
        self.task = task
        self.shell = shell
        self.total = 0

    def fetched(self, run: Run, records: int, total: int | None) -> None:
        """More to read."""
        self.total += records
        words = run.name or run.feed
        self.progress.update(self.task, total=max(total or 0, self.total), description=words)

    def parsed(self, records: int) -> None:
        """More was read."""
        self.progress.advance(self.task, records)

    def settling(self) -> None:
        """Nearly through."""
        self.progress.update(self.task, description=self.shell.say("settling"))


@contextmanager
def progress(shell: Shell) -> Iterator[Watch]:
    """A bar where stderr is a terminal."""
    if not sys.stderr.isatty():
        yield QUIET
        return
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        SpinnerColumn,
        TextColumn,
        TimeElapsedColumn,
    )

    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}", markup=False),
        BarColumn(bar_width=None),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=shell.err, transient=True) as shown:
        yield Bar(shown, shown.add_task(shell.say("reading"), total=None), shell)
