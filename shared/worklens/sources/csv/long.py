"""A row with a very long field, cut out of the text by searching: Python's own reader would take eight bytes a character."""

from __future__ import annotations


def long_row(text: str, start: int, delimiter: str) -> tuple[list[str], int] | None:
    """The cells of the row that begins at ``start``, and where the next row does; None where its quotes are broken.

    By the rules of ``csv.reader`` with ``strict``.
    """
    cells: list[str] = []
    at = start
    while True:
        cut = _quoted(text, at) if text.startswith('"', at) else _plain(text, at, delimiter)
        if cut is None:
            return None
        cell, at = cut
        cells.append(cell)
        if not text.startswith(delimiter, at):
            break
        at += len(delimiter)
    end = at
    while text.startswith("\r", end):
        end += 1
    if text.startswith("\n", end):
        return cells, end + 1
    return (cells, end) if end == len(text) else None


def _quoted(text: str, start: int) -> tuple[str, int] | None:
    """The cell within quotation marks, where two of them stand for one, and where it ends."""
    end = text.find('"', start + 1)
    while text.startswith('""', end):
        end = text.find('"', end + 2)
    return (text[start + 1 : end].replace('""', '"'), end + 1) if end >= 0 else None


def _plain(text: str, start: int, delimiter: str) -> tuple[str, int]:
    """The cell up to the next delimiter or the end of the line, and where it ends."""
    end = text.find("\n", start) % (len(text) + 1)
    for mark in (delimiter, "\r"):
        found = text.find(mark, start, end)
        end = found if found >= 0 else end
    return text[start:end], end
