"""`worklens.open`: all that is known, in the form one works with, without standing in anyone's way."""

from __future__ import annotations

import gc
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np
import pytest

import worklens
from tests.pipeline.chaos import calm
from tests.pipeline.test_effect_once import ask, backup, task
from worklens.local.platform import open_platform
from worklens.opened import Work
from worklens.testing.clock import Clock
from worklens.warehouse.catalogue import UnknownName
from worklens.warehouse.metrics import metrics

DONE = {"completed_at": "2017-01-05T09:30:00.000Z"}


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data directory of a person with twenty tasks, ten of them done."""
    root = tmp_path_factory.mktemp("opened")
    chaos = calm(root, Clock())
    tasks = (task(n, **(DONE if n % 2 else {})) for n in range(1, 21))
    ask(chaos.platform, backup(*tasks), "2017-01-13T00:00:00Z")
    chaos.run()
    chaos.platform.close()
    return root


@pytest.fixture
def work(root: Path) -> Iterator[Work]:
    """It, opened."""
    with worklens.open(root) as opened:
        yield opened


def test_each_form_has_the_same_rows(work: Work) -> None:
    """NumPy, pandas and DuckDB itself; days stay days."""
    rows = work.relation("throughput").order("day").fetchall()
    arrays, frame = work.numpy("throughput"), work.pandas("throughput")

    assert sum(row[2] for row in rows) == arrays["value"].sum() == frame["value"].sum() == 10
    assert arrays["day"].dtype == np.dtype("M8[D]")
    assert list(frame.columns) == list(arrays) == list(work.columns("throughput"))


def test_polars_too(work: Work) -> None:
    """Where it is installed."""
    pytest.importorskip("polars")
    pytest.importorskip("pyarrow")

    assert work.polars("throughput")["value"].sum() == 10


@pytest.mark.parametrize("name", ["time-to-done", "task_states"])
def test_tables_views_and_metrics_have_the_columns_that_are_described(work: Work, name: str) -> None:
    """In their order, also where a metric is computed and no view."""
    assert work.relation(name).columns == list(work.columns(name))
    assert work.relation(name).fetchall()


def test_what_there_is_is_listed(work: Work) -> None:
    """Tables, views and metrics by name."""
    assert "task_events" in work.tables
    assert "current_tasks" in work.views
    assert work.metrics == tuple(metrics())


def test_a_question_of_ones_own(work: Work) -> None:
    """In DuckDB's SQL, with a value where it stands for one."""
    assert work.sql("SELECT COUNT(*) FROM current_tasks WHERE status = $s", {"s": "open"}).fetchall() == [
        (10,)
    ]


def test_it_can_be_asked_as_of_a_day(work: Work) -> None:
    """Before anything was done, nothing was; a time without a zone is no time."""
    before = work.relation("current_tasks", as_of=datetime(2017, 1, 5, tzinfo=UTC))

    assert before.filter("status = 'completed'").fetchall() == []
    with pytest.raises(ValueError, match="zone"):
        work.relation("current_tasks", as_of=datetime(2017, 1, 5))  # noqa: DTZ001 - that is the point


def test_a_sync_goes_on_meanwhile(root: Path) -> None:
    """Whoever writes needn't wait; what was opened stays as it was until it looks again."""
    with worklens.open(root) as work:
        runs = len(work.relation("sync_runs"))
        platform = open_platform(root)
        with platform.warehouse.write() as session:
            day = date(2300, 1, 1)
            session.append("calendar", {"day": [day], "weekday": [1], "week": [day], "month": [day]})
        platform.close()
        assert work.sql("SELECT 1 FROM calendar WHERE year(day) = 2300").fetchall() == []
        work.refresh()

        assert work.sql("SELECT 1 FROM calendar WHERE year(day) = 2300").fetchall() == [(1,)]
        assert len(work.relation("sync_runs")) == runs


def test_nothing_of_the_store_changes(root: Path) -> None:
    """Neither by asking nor by what one does with the copy, which is gone when it is closed."""
    files = [path for path in root.rglob("*") if path.is_file() and path.name != "warehouse.lock"]
    before = {path: path.read_bytes() for path in files}
    with worklens.open(root) as work:
        work.numpy("time-to-done")
        work.sql("SELECT 1").create("mine")
        copy = Path(str(work.sql("SELECT path FROM duckdb_databases() WHERE NOT internal").fetchall()[0][0]))
        assert copy.exists()

    assert not copy.parent.exists()
    assert {path: path.read_bytes() for path in files} == before


def test_a_copy_goes_with_whoever_forgets_to_close(root: Path) -> None:
    """It holds titles."""
    work = worklens.open(root)
    folder = Path(work._end.peek()[2][1].name)  # type: ignore[attr-defined]
    assert folder.exists()
    del work
    gc.collect()

    assert not folder.exists()


def test_where_nothing_was_taken_in_it_says_what_to_do(tmp_path: Path) -> None:
    """And makes nothing."""
    with pytest.raises(FileNotFoundError, match="worklens import"):
        worklens.open(tmp_path / "nowhere")
    assert not (tmp_path / "nowhere").exists()


def test_a_name_that_is_none(work: Work) -> None:
    """Is told which there are."""
    with pytest.raises(UnknownName, match="current_tasks"):
        work.relation("curent_tasks")


def test_to_import_it_costs_nothing() -> None:
    """What it needs is loaded when it is opened."""
    code = "import sys, worklens; print([name for name in ('duckdb', 'numpy', 'msgspec') if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout == "[]\n"
