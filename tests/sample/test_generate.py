"""Making and writing the sample."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import settings

from worklens.sample import Sample, Truth, generate, write
from worklens.sample.generate import NOTICE

# Of the default sample's last export. It changes with any change of the tables or the draws: then look at the new
# sample (its tests below and docs/sample.md), and write the new hash here.
GOLDEN = "da60bd93f88b2f2ca62d85b7b9ba9aa7346a820f2f52341ac09e0fa4428fcecb"
FEWER = 8 if settings.get_current_profile_name() == "deep" else 3  # exports that are made again


@pytest.fixture(scope="module")
def fewer() -> Sample:
    """The same sample with fewer exports."""
    return generate(count=FEWER)


def test_the_same_seed_gives_the_same_bytes_everywhere(sample: Sample) -> None:
    """The last export of the default seed has this hash, today and on any machine."""
    assert sha256(sample.backup).hexdigest() == GOLDEN


def test_another_process_makes_the_same_files_and_truth(fewer: Sample) -> None:
    """Whatever its hash seed, zone or language."""
    program = (
        f"import hashlib, msgspec; from worklens.sample import generate; s = generate(count={FEWER});"
        "print(hashlib.sha256(b''.join(e.data for e in s.exports) + msgspec.json.encode(s.truth)).hexdigest())"
    )
    environment = {"PYTHONHASHSEED": "12345", "TZ": "Asia/Tokyo", "PYTHONPATH": ":".join(sys.path)}

    printed = subprocess.run(
        [sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=True
    )

    mine = b"".join(export.data for export in fewer.exports) + msgspec.json.encode(fewer.truth)
    assert sha256(mine).hexdigest() == printed.stdout.strip()


def test_fewer_exports_show_the_same_world(sample: Sample, fewer: Sample) -> None:
    """They are the last of the twenty-four, byte for byte."""
    assert list(fewer.exports) == list(sample.exports[-FEWER:])
    assert sample.truth.tasks == fewer.truth.tasks


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_other_seeds_are_other_lives_of_the_same_habits(sample: Sample, seed: int) -> None:
    """The tasks differ; what was planted shows in each."""
    other = generate(seed=seed, count=1)
    lists = {row.title: row for row in other.truth.lists}
    done = [sum(week.done for week in other.truth.weeks if week.pace == pace) for pace in (0.35, 0.0)]

    assert other.backup != sample.backup
    assert 2700 <= other.truth.exports[-1].tasks <= 3500
    assert lists["Reading"].done_share < 0.25
    assert other.truth.moved.moved_late_share > 1.5 * other.truth.moved.kept_late_share
    assert 0 < done[0] / 7 < 22
    assert done[1] == 0


@pytest.mark.parametrize(
    "end", [datetime(2025, 7, 7, 22, 30, tzinfo=UTC), datetime(2024, 2, 29, 0, 0, tzinfo=UTC)]
)
def test_the_history_ends_where_it_is_told_to(end: datetime) -> None:
    """Nothing happens after the end, wherever it lies in its day, week and year."""
    moved = generate(end=end, count=2)
    times = [change.at for task in moved.truth.tasks for change in task.events]

    assert end == moved.exports[-1].at == moved.truth.end
    assert max(times) < end
    assert moved.truth.exports[-1].tasks == sum(task.outcome != "deleted" for task in moved.truth.tasks)


@pytest.mark.parametrize(
    "arguments",
    [{"seed": -1}, {"count": 0}, {"count": 25}, {"end": datetime(2026, 1, 1)}],  # noqa: DTZ001
)
def test_what_cannot_be_made_is_refused(arguments: dict[str, Any]) -> None:
    """A negative seed, no exports or too many, an end without a zone."""
    with pytest.raises(ValueError, match="seed is 0 or more"):
        generate(**arguments)


def test_writing_gives_the_exports_in_order_and_the_truth(sample: Sample, tmp_path: Path) -> None:
    """In a folder made for them; the truth reads back as it was."""
    paths = write(sample, tmp_path / "new" / "folder")

    assert 25 == len(paths) == len(list((tmp_path / "new" / "folder").iterdir()))
    assert [export.data for export in sample.exports] == [path.read_bytes() for path in paths[:-1]]
    assert sorted(paths[:-1]) == paths[:-1]
    assert paths[-1].name == "truth.json"
    assert sample.truth == msgspec.json.decode(paths[-1].read_bytes(), type=Truth)


def test_the_truth_says_that_it_is_made_up(sample: Sample, tmp_path: Path) -> None:
    """In its first words."""
    truth = json.loads(write(sample, tmp_path)[-1].read_bytes())

    assert next(iter(truth.items())) == ("notice", NOTICE)
    assert NOTICE.startswith("Synthetic")
