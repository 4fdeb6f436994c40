"""Tables for the terminal: quiet, and no wider than it; text of others is made harmless first."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from worklens.render.safe import clean

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

Cell = Any
GAP = 3  # between columns, as the box draws them
LEAST = 6  # of the flexible column: below, the others give way too


class Table:
    """Headings and rows; fits itself into the terminal when it is printed."""

    def __init__(
        self, *headings: str, right: Sequence[str] = (), flexible: str = "", whole: str = ""
    ) -> None:
        """``right`` are numbers; ``flexible`` is cut first where there is no room, ``whole`` never."""
        self.headings = headings
        self.right = right
        self.flexible = flexible
        self.whole = whole
        self.rows: list[tuple[Cell, ...]] = []

    def add(self, *cells: Cell) -> None:
        """A row."""
        self.rows.append(cells)

    def print(self, console: Console) -> None:
        """Show it, no wider than the console."""
        from rich import box
        from rich.table import Table as RichTable

        made = RichTable(
            box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False, header_style="bold", padding=(0, 1)
        )
        for heading, width in zip(self.headings, self._widths(console.width), strict=True):
            justify: Any = "right" if heading in self.right else "left"
            made.add_column(heading, justify=justify, no_wrap=True, overflow="ellipsis", width=width)
        for row in self.rows:
            made.add_row(*row)
        console.print(made)

    def _widths(self, room: int) -> list[int]:
        """The columns' widths: as wide as they need, less what is too much, which the flexible one gives first."""
        widths = [max(map(_length, column)) for column in zip(self.headings, *self.rows, strict=True)]
        excess = sum(widths) + GAP * (len(widths) - 1) - room
        while excess > 0:
            chosen = self._widest(widths)
            least = LEAST if self.headings[chosen] == self.flexible else 1
            cut = min(excess, max(1, widths[chosen] - least))
            widths[chosen] -= cut
            excess -= cut
            if max(widths) <= 1:
                break
        return widths

    def _widest(self, widths: Sequence[int]) -> int:
        if self.flexible in self.headings and widths[self.headings.index(self.flexible)] > LEAST:
            return self.headings.index(self.flexible)
        return max(
            range(len(widths)), key=lambda place: 0 if self.headings[place] == self.whole else widths[place]
        )


def _length(cell: Cell) -> int:
    from rich.cells import cell_len

    return cell_len(str(cell))


def others(text: str | None, most: int = 140) -> Text:
    """Text that others wrote: one line, without what could steer the terminal."""
    from rich.text import Text

    return Text(clean(text or "", most))


def styled(text: str, style: str) -> Text:
    """Our own text in a style."""
    from rich.text import Text

    return Text(text, style=style)


def number(value: float | None) -> str:
    """Thousands told apart; a dash for what is unknown. A share keeps two digits: 0.85 and 0.0042."""
    if value is None:
        return "-"
    if isinstance(value, int):
        return f"{value:,}"
    return f"{value:.2g}" if 1e-4 <= abs(value) < 0.995 else f"{value:,.1f}"


def day(value: date | None) -> str:
    """A day as ISO text; empty for none."""
    return value.isoformat() if value else ""


BARS = " ▁▂▃▄▅▆▇█"


def spark(values: Sequence[int]) -> str:
    """A row of bars, each in proportion to the largest; what is above nothing shows at least the lowest."""
    most = max(values, default=0)
    if not most:
        return "·" * len(values)
    return "".join("·" if not value else BARS[max(1, round(value / most * 8))] for value in values)
