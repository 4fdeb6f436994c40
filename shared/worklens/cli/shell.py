"""What every command has: a voice, the data directory, and the platform that lies there."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from worklens.cli.failures import Problem
from worklens.cli.voice import Voice

if TYPE_CHECKING:
    from worklens.cli.desk import Desk


class Shell(Voice):
    """One command at work."""

    @cached_property
    def chosen(self) -> str:
        """The platform: by the option, else by the environment. Raises UnknownPlatform."""
        from worklens.platforms import chosen

        return chosen(self.named)

    @cached_property
    def root(self) -> Path:
        """The data directory, made or not."""
        from worklens.local.paths import data_directory

        return data_directory(self.given)

    @property
    def empty(self) -> bool:
        """Whether nothing was ever taken in here; a deployment is never told empty."""
        if self.chosen != "local":
            return False
        from worklens.local.paths import Paths

        return not Paths(self.root).state.exists()

    @contextmanager
    def platform(self) -> Iterator[Desk]:
        """The platform that was chosen, opened; a data directory is made where it is not there yet."""
        opened = self._opened()
        try:
            yield opened
        finally:
            opened.close()

    def _opened(self) -> Desk:
        if self.chosen == "google":
            from worklens.cli.cloud_desk import CloudDesk

            return CloudDesk()
        from worklens.cli.local_desk import LocalDesk

        if self.root.exists() and not self.root.is_dir():
            raise Problem("data-dir-is-file", path=self.root)
        return LocalDesk(self.root)

    @contextmanager
    def existing(self) -> Iterator[Desk]:
        """The data directory of someone who has data. Raises Problem where there is none."""
        if self.empty:
            raise Problem("no-data", path=self.root)
        with self.platform() as opened:
            yield opened
