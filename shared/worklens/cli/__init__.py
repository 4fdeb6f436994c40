"""The command line. This file imports nothing heavy: `worklens --help` must answer at once."""

from __future__ import annotations


def main() -> None:
    """The console script: run the command that the arguments name, and end with its exit code."""
    from worklens.cli.app import run

    raise SystemExit(run())
