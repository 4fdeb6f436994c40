"""Programs that a pull runs: real ones of this machine, through the driver."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from worklens.sources.base import Command, Output, Refused
from worklens.sources.todoist.source import Todoist
from worklens.stages.driver import Driver
from worklens.stages.programs import Bounds, run

PYTHON = sys.executable
ALLOWED = frozenset({PYTHON})


def python(code: str, bounds: Bounds | None = None, **more: tuple[int, ...]) -> Output:
    """What a few lines of Python say."""
    return run(Command(args=(PYTHON, "-c", code), **more), ALLOWED, bounds)


def test_a_program_says_what_it_says() -> None:
    """Both streams come back as bytes; there is no input to wait for."""
    output = python("import sys; print(1); print(sys.stdin.read(), 2, file=sys.stderr, end='')")

    assert output == Output(code=0, stdout=b"1\n", stderr=b" 2")


def test_no_shell_reads_the_arguments(tmp_path: Path) -> None:
    """What looks like a command within an argument stays text."""
    output = run(
        Command(args=(PYTHON, "-c", "import sys; print(sys.argv[1])", f"$(touch {tmp_path}/x)")), ALLOWED
    )

    assert output.stdout.startswith(b"$(touch")
    assert not list(tmp_path.iterdir())


def test_our_own_variables_are_none_of_its_business(monkeypatch: pytest.MonkeyPatch) -> None:
    """A token that stands in our environment does not go along."""
    monkeypatch.setenv("WORKLENS_TOKEN_X", "canary-4f9a1c")

    assert b"canary" not in python("import os; print(os.environ)").stdout


def test_an_exit_code_may_be_the_sources_business() -> None:
    """Any code but the accepted ones is an error, which quotes nothing of what was said."""
    assert python("import sys; sys.exit(3)", accept=(0, 3)).code == 3
    with pytest.raises(Refused) as caught:
        python("import sys; sys.exit('Buy milk')")

    assert (caught.value.reason, caught.value.params) == ("program-failed", {"program": PYTHON, "code": "1"})


@pytest.mark.parametrize(
    ("code", "bounds", "reason"),
    [
        ("import time; time.sleep(60)", Bounds(seconds=0.1), "program-too-slow"),
        ("while True: print('x' * 9999)", Bounds(size=100_000), "program-too-wordy"),
        ("import subprocess as s; s.run(['sleep', '60'])", Bounds(seconds=0.3), "program-too-slow"),
    ],
)
def test_a_program_is_stopped(code: str, bounds: Bounds, reason: str) -> None:
    """One that hangs, that never stops talking, or whose child hangs, costs no more than its bounds."""
    with pytest.raises(Refused, match=reason):
        python(code, bounds)


def test_only_what_the_source_declares_is_run() -> None:
    """A driver runs nothing for a source that names no programs, and says which one is missing."""
    with Driver(Todoist()) as driver, pytest.raises(Refused, match="program-unknown"):
        driver.answer(Command(args=(PYTHON, "-c", "")))
    with pytest.raises(Refused, match="program-missing"):
        run(Command(args=("no-such-program-here",)), frozenset({"no-such-program-here"}))
    with pytest.raises(Refused, match="program-unknown"):
        run(Command(args=()), ALLOWED)
