"""How a command speaks: in the person's language, results on stdout and the rest on stderr."""

from __future__ import annotations

import re
import sys
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from worklens.cli.options import named_platform
from worklens.cli.words import Language, language_of, say

if TYPE_CHECKING:
    from rich.console import Console


class Voice:
    """What is said, and how a command is typed that works on the same data."""

    def __init__(
        self, data_dir: Path | None = None, language: str | None = None, *, json: bool = False
    ) -> None:
        """``data_dir`` and ``language`` as the options gave them; with ``json`` nothing but JSON goes to stdout."""
        self.given = data_dir
        self.language: Language = language_of(language)
        self.json = json
        self.named = named_platform()

    def say(self, key: str, **params: object) -> str:
        """Words of the catalogue in the person's language."""
        return say(key, self.language, **params)

    def reason(self, key: str, params: dict[str, str]) -> str:
        """Words for a reason that a source gave."""
        from worklens.sources.reasons import in_words

        return self.typed(in_words(key, params, self.language))

    def problem(self, error: Exception) -> None:
        """An error on stderr, its commands as they are typed for the same data."""
        from worklens.cli.failures import paragraph

        self.err.print(self.typed(paragraph(error, self.language)), soft_wrap=True)

    def typed(self, text: str) -> str:
        """A text in which commands stand as ``worklens ...`` between backticks, with the commands as one would type them."""
        return re.sub("`worklens ([^`]+)`", lambda found: f"`{self.command(found[1])}`", text)

    @cached_property
    def out(self) -> Console:
        """For results; 80 columns wide where nobody looks."""
        from rich.console import Console

        return Console(highlight=False, markup=False, emoji=False)

    @cached_property
    def err(self) -> Console:
        """For everything else."""
        from rich.console import Console

        return Console(stderr=True, highlight=False, markup=False, emoji=False)

    def note(self, key: str, **params: object) -> None:
        """A remark beside the results, on stderr."""
        self.err.print(self.say(key, **params), soft_wrap=True)

    def line(self, key: str, **params: object) -> None:
        """A sentence that belongs to the results; not in JSON."""
        if not self.json:
            self.out.print(self.say(key, **params), soft_wrap=True)

    def paragraph(self, text: Any, lead: Any = "", *, indent: int = 0, style: str = "") -> None:
        """Text of any length, ``indent`` columns in, with ``lead`` before it: broken where somebody looks, else one line."""
        if not self.out.is_terminal:
            self.out.print(f"{lead!s:<{indent}}", text, sep="", soft_wrap=True)
            return
        from rich.table import Table

        grid = Table.grid()
        grid.add_column(width=indent)
        grid.add_column()
        grid.add_row(lead, text)
        self.out.print(grid, style=style)

    def document(self, value: Any) -> None:
        """One JSON document on stdout."""
        import msgspec

        write(msgspec.json.format(msgspec.json.encode(value), indent=2) + b"\n")

    def command(self, rest: str) -> str:
        """A command as the person would type it to work on the same data."""
        import shlex

        where = f" --data-dir {shlex.quote(str(self.given))}" if self.given else ""
        where += f" --platform {self.named}" if self.named else ""
        return f"{_called()} {rest}{where}"


def _called() -> str:
    """The program as it can be called from here: by its name alone where the shell finds it."""
    import os
    import shutil

    if shutil.which("worklens"):
        return "worklens"
    path = os.path.relpath(sys.argv[0])
    return path if Path(path).name == "worklens" else "python -m worklens"


def write(content: bytes) -> None:
    """Bytes to stdout, as they are: JSON is UTF-8 whatever the terminal is."""
    sys.stdout.flush()
    sys.stdout.buffer.write(content)
    sys.stdout.buffer.flush()
