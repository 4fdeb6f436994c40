"""Turns at the warehouse: one writer or many readers, and none is held by the dead."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from worklens.local.turns import turn

HOLD = """
import sys, time
from pathlib import Path
from worklens.local.turns import turn
with turn(Path(sys.argv[1]), shared=sys.argv[2] == "shared", patience=1):
    print("held", flush=True)
    time.sleep(60)
"""


@pytest.mark.parametrize(("theirs", "ours", "goes"), [
    ("shared", True, True), ("shared", False, False), ("alone", True, False), ("alone", False, False),
])  # fmt: skip
def test_one_writer_or_many_readers(tmp_path: Path, theirs: str, ours: bool, goes: bool) -> None:
    """Another process holds it; we get it, or TimeoutError. Once that one is killed, we do."""
    lock = tmp_path / "a.lock"
    command = [sys.executable, "-c", HOLD, str(lock), theirs]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"held\n"
        if goes:
            with turn(lock, shared=ours, patience=0):
                pass
        else:
            with pytest.raises(TimeoutError), turn(lock, shared=ours, patience=0.05):
                pass
        other.kill()
    with turn(lock, shared=ours, patience=0):
        pass


READ = """
import sys, time
from pathlib import Path
from worklens.local.turns import turn
print("reads", flush=True)
while True:
    with turn(Path(sys.argv[1]), shared=True, patience=10):
        time.sleep(0.05)
"""


def test_a_writer_gets_in_between_readers(tmp_path: Path) -> None:
    """Three who read all the time, so that the file is never free; and they go on when the writer is through."""
    lock = tmp_path / "a.lock"
    command = [sys.executable, "-c", READ, str(lock)]
    readers = [subprocess.Popen(command, stdout=subprocess.PIPE) for _ in range(3)]
    try:
        for one in readers:
            assert one.stdout is not None
            assert one.stdout.readline() == b"reads\n"
        for _ in range(3):
            with turn(lock, shared=False, patience=10):
                pass
            with turn(lock, shared=True, patience=10):
                pass
        assert [one.poll() for one in readers] == [None] * 3
    finally:
        for one in readers:
            one.kill()
            one.communicate()


def test_an_error_ends_the_turn(tmp_path: Path) -> None:
    """Whatever went wrong in it."""
    lock = tmp_path / "a.lock"
    with pytest.raises(ZeroDivisionError), turn(lock, shared=False, patience=0):
        raise ZeroDivisionError
    with turn(lock, shared=False, patience=0):
        pass
