"""Promise 1 for what is reckoned: scores, forecasts and models come out the same, whatever was repeated, reordered or killed."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import numpy as np
import pytest

from tests.pipeline.chaos import Chaos, calm, facts
from tests.pipeline.test_effect_once import FEED, ask, backup, task
from worklens.messages import LearnRequested
from worklens.ports import Pointer
from worklens.stages import hazards
from worklens.stages.curves import MODEL, place
from worklens.tasks import DAY, instant, iso
from worklens.testing.clock import Clock

FIRST = instant("2016-01-01T08:00:00Z").micros
DAYS = 400
TABLES = ("scores", "forecasts")


class Reckoned(NamedTuple):
    """All that was made of the facts."""

    tables: dict[str, list[tuple[str, ...]]]
    pointer: Pointer | None
    model: bytes
    hazard: Pointer | None  # its version is a hash of the file


def habit(days: int) -> bytes:
    """What a backup says after so many days: a task a day, half done within three days, the others hardly ever."""
    dice = np.random.default_rng(1)
    lives = np.where(dice.random(DAYS) < 0.5, dice.exponential(1.5, DAYS), 60 + dice.exponential(200, DAYS))
    return backup(*(_task(day, float(lives[day]), days) for day in range(days)))


def _task(day: int, lives: float, days: int) -> dict[str, object]:
    ended = {"completed_at": at(day + lives)} if day + lives < days else {}
    return task(day + 1, **{"created_at": at(day), **ended})


def at(days: float) -> str:
    """An instant so many days after the first."""
    return iso(FIRST + round(days * DAY))


def story(chaos: Chaos) -> None:
    """A year, what it teaches, and a week later, told by what was taught."""
    ask(chaos.platform, habit(DAYS - 10), at(DAYS - 10))
    chaos.run()
    learning = LearnRequested(feed=FEED, run="r", window="learn", at=FIRST + (DAYS - 9) * DAY)
    chaos.platform.ports.bus.publish([learning])
    chaos.run()
    ask(chaos.platform, habit(DAYS - 3), at(DAYS - 3))
    chaos.run()


def reckoned(chaos: Chaos) -> Reckoned:
    """What there is in the end."""
    ports = chaos.platform.ports
    pointer = ports.state.pointer(FEED, MODEL)
    model = ports.blobs.get(place(FEED, pointer.version)) if pointer and pointer.version else b""
    tables = {table: facts(chaos.platform, table) for table in TABLES}
    return Reckoned(tables, pointer, model, ports.state.pointer(FEED, hazards.MODEL))


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> Reckoned:
    """After a run in which nothing went wrong."""
    chaos = calm(tmp_path_factory.mktemp("clean"), Clock(), reckons=True)
    story(chaos)
    found = reckoned(chaos)
    chaos.platform.close()
    return found


def test_the_clean_run_says_something(clean: Reckoned) -> None:
    """Scores by a curve that was learnt, and standing forecasts of both days."""
    scores, forecasts = clean.tables["scores"], clean.tables["forecasts"]

    assert clean.model
    assert clean.hazard
    assert len(scores) > 400
    assert len({row[0] for row in forecasts}) == 2 * 6


def assert_same(seed: int, crash: float, tmp_path: Path, clean: Reckoned) -> None:
    """Row for row and byte for byte; a step is cut off by the chance ``crash``."""
    chaos = Chaos(tmp_path, Clock(), seed, crash=crash, reckons=True)
    story(chaos)
    found = reckoned(chaos)
    chaos.platform.close()

    assert chaos.crashes > 0
    for table in TABLES:
        assert found.tables[table] == clean.tables[table], table
    assert found.pointer == clean.pointer
    assert found.model == clean.model
    assert found.hazard == clean.hazard


def test_chaos_reckons_as_calm_does(tmp_path: Path, clean: Reckoned) -> None:
    """However the steps fall; half the crashes of the deep run, each of which opens the stores anew."""
    assert_same(0, 0.01, tmp_path, clean)


@pytest.mark.deep
@pytest.mark.parametrize("seed", range(51))
def test_chaos_reckons_as_calm_does_many_times(seed: int, tmp_path: Path, clean: Reckoned) -> None:
    """The same over many seeds."""
    assert_same(seed, 0.02, tmp_path, clean)
