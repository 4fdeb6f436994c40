"""Memory and time of learn and score on accounts of 20,000 and 200,000 tasks, beside the functions' limits in the cloud.

The account is one of five people whose lists differ in pace, some due dates moved, put straight into the embedded
warehouse. Learn runs the first night and the night after, score once by the model that was learnt: each in a process of
its own. What is counted is all that the process takes, the engine with it, which in the cloud is BigQuery's.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from _table import Row, row, show

SIZES = (20_000, 200_000)
FEED = "todoist:me"
PEOPLE, LISTS = 5, 20
DAYS = 1_500  # in which all were created, until the last night
FIRST_NIGHT, DAY = 1_772_323_200_000_000, 86_400_000_000  # 2026-03-01 in microseconds
CHUNK = 20_000
ROOT = Path(__file__).resolve().parent.parent


# ----- The account -----


def tasks(count: int, night: int) -> Iterator[Any]:
    """As they stood on a night: each list four tenths slower than the one before, each third task with a due date."""
    from worklens.tasks import Moment, Task

    dice = np.random.default_rng(2026)
    born, wait = dice.uniform(2, DAYS, count), dice.exponential(2.0, count)
    late = dice.integers(-5, 20, count)
    now = FIRST_NIGHT + night * DAY
    for number in range(count):
        place = number % LISTS
        since = FIRST_NIGHT - round(born[number] * DAY)
        end = since + round(wait[number] * 1.4**place * DAY)
        due = since + int(late[number] + 3 * night * (number % 50 == 0)) * DAY
        yield Task(
            account=f"{FEED}/{number % PEOPLE}",
            task=f"t{number}",
            collection=f"{FEED} {place}",
            created=Moment(since),
            due=Moment(due) if number % 3 == 0 else None,
            completed=Moment(end) if end < now else None,
        )


def write(count: int, folder: Path) -> None:
    """Both nights' states into an empty platform."""
    from worklens.local.platform import open_platform
    from worklens.ports import Feed
    from worklens.warehouse.rows import task_rows

    platform = open_platform(folder)
    platform.ports.state.save_feed(Feed(name=FEED, source="todoist"))
    for night in (0, 1):
        run, seen_at = night + 1, FIRST_NIGHT + night * DAY
        every = [one for one in tasks(count, night) if night == 0 or changed(one, seen_at)]
        for position, at in enumerate(range(0, len(every), CHUNK)):
            with platform.warehouse.write() as session:
                about = {"feed": FEED, "run": run, "position": position, "seen_at": seen_at}
                session.append("task_states", task_rows(every[at : at + CHUNK], **about))
        with platform.warehouse.write() as session:
            counts = {name: [0] for name in ("records", "rejected", "states", "events")}
            about = {"feed": [FEED], "run": [run], "run_id": [f"r{run}"], "seen_at": [seen_at]}
            said = {"status": ["settled"], "run_window": ["w"], "listed": ["nothing"]}
            session.append("sync_runs", {**about, **said, **counts})
    platform.close()


def changed(task: Any, seen_at: int) -> bool:
    """Whether the second night sees it otherwise than the first."""
    done = task.completed and task.completed.micros > seen_at - DAY
    return bool(done or (task.due and int(task.task[1:]) % 50 == 0))


# ----- One unit of work, in a process of its own -----


def learn(ports: Any, night: int) -> None:
    """The night's learning."""
    from worklens.messages import LearnRequested
    from worklens.stages.learn import learn

    at = FIRST_NIGHT + night * DAY
    learn(LearnRequested(feed=FEED, run=f"learn-{night}", window="w", at=at), ports)


def score(ports: Any, night: int) -> None:
    """The scores of the second night's run."""
    from worklens.messages import TasksChanged
    from worklens.stages.score import score

    score(TasksChanged(feed=FEED, run="r2", window="w", number=2, seen_at=FIRST_NIGHT + night * DAY), ports)


WORK: dict[str, Callable[[Any, int], None]] = {"learn": learn, "score": score}


def measured(stage: str, night: int, folder: Path) -> dict[str, Any]:
    """What it took of this process, and what came of it."""
    from worklens.local.platform import open_platform

    platform = open_platform(folder)
    began, worked = time.perf_counter(), time.process_time()
    WORK[stage](platform.ports, night)
    took = {"seconds": time.perf_counter() - began, "cpu": time.process_time() - worked}
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (
        1024 if sys.platform == "linux" else 1 << 20
    )
    with platform.warehouse.read() as session:
        table = session.connection.execute("SELECT model, COUNT(*) FROM prospects GROUP BY model").fetchall()
    pointer = platform.state.pointer(FEED, "hazard")
    platform.close()
    return {**took, "memory": memory, "told": dict(table), "why": pointer.evidence["why"] if pointer else ""}


def alone(*arguments: str) -> dict[str, Any]:
    """A part of it in a process of its own."""
    command = [sys.executable, __file__, *arguments]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


# ----- All -----

STEPS = (("learn", 0, "learn, the first night"), ("learn", 1, "learn, a night after"), ("score", 1, "score"))


def limits() -> dict[str, tuple[float, float]]:
    """MiB and seconds that each function has."""
    units = {"Mi": 1, "Gi": 1024}
    plan = json.loads((ROOT / "terraform" / "topology.json").read_text())["functions"]
    return {
        name: (float(one["memory"][:-2]) * units[one["memory"][-2:]], float(one["timeout_seconds"]))
        for name, one in plan.items()
    }


def rows(count: int, folder: Path) -> list[Row]:
    """The account's rows."""
    alone("--write", str(count), str(folder))
    found = []
    for stage, night, name in STEPS:
        took = alone("--measure", stage, str(night), str(folder))
        print(f"{name}, {count:,} tasks: {json.dumps(took)}")
        room, patience = limits()[stage]
        label = f"{name}, {count:,} tasks"
        found.append(row(f"{label}: memory, limit", [took["memory"]], [room], target=1, unit="MiB"))
        found.append(row(f"{label}: CPU, limit", [took["cpu"]], [patience], target=1, unit="s"))
    return found


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the table; or do one part, for the process of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", nargs=2, metavar=("TASKS", "FOLDER"), help=argparse.SUPPRESS)
    parser.add_argument("--measure", nargs=3, metavar=("STAGE", "NIGHT", "FOLDER"), help=argparse.SUPPRESS)
    parser.add_argument("--sizes", nargs="+", type=int, default=SIZES, metavar="TASKS")
    given = parser.parse_args(arguments)
    if given.write:
        write(int(given.write[0]), Path(given.write[1]))
        print("{}")
    elif given.measure:
        stage, night, folder = given.measure
        print(json.dumps(measured(stage, int(night), Path(folder))))
    else:
        with tempfile.TemporaryDirectory() as folder:
            show([one for count in given.sizes for one in rows(count, Path(folder) / str(count))])


if __name__ == "__main__":
    main()
