"""Progress on stderr while something long is done; silent where nobody looks."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from worklens.cli.watch import QUIET, Watch

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


@contextmanager
def step(shell: Shell, key: str) -> Iterator[None]:
    """One word, and that time goes by, while something of unknown length is done."""
    if not sys.stderr.isatty():
        yield
        return
    with shell.err.status(shell.say(key)):
        yield


@contextmanager
def steps(shell: Shell, key: str) -> Iterator[Callable[[int, int], None]]:
    """A bar that is told how many steps are done, of how many."""
    if not sys.stderr.isatty():
        yield lambda done, total: None
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=shell.err, transient=True) as shown:
        task = shown.add_task(shell.say(key), total=None)
        yield lambda done, total: shown.update(task, completed=done, total=total)
