"""The live listing of Taskwarrior: what travels, what is gone, and what is not believed."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

import pytest

from worklens.sources.base import Command, Context, Coverage, Done, Output, Page, Refused
from worklens.sources.taskwarrior.known import HASH_BYTES, UUID_BYTES, saved, unpacked
from worklens.sources.taskwarrior.source import Taskwarrior, arguments
from worklens.testing.files import Pulled
from worklens.testing.follow import Follower
from worklens.testing.taskwarrior import FakeTaskwarrior
from worklens.testing.world import World


def uuid(number: int) -> str:
    """One of many."""
    return str(UUID(int=number))


def listing(count: int, **changes: str) -> list[dict[str, Any]]:
    """So many tasks, some with another description (``t7="new"``)."""
    return [
        {"id": n, "uuid": uuid(n), "status": "pending", "description": changes.get(f"t{n}", "x" * 200), "urgency": n / 7}
        for n in range(count)
    ]  # fmt: skip


def pulled(tasks: Any, cursor: str = "", *, full: bool = False, checkpoint: str = "") -> Pulled:
    """What a pull hands on that is answered with these tasks (or this text)."""
    text = tasks if isinstance(tasks, bytes) else json.dumps(tasks).encode()
    pull = Taskwarrior().pull(
        Context(feed="taskwarrior:me", now=0, cursor=cursor, full=full, checkpoint=checkpoint)
    )
    assert isinstance(next(pull), Command)
    pages: list[Page] = []
    try:
        asked = pull.send(Output(code=0, stdout=text))
        while True:
            assert isinstance(asked, Page)
            pages.append(asked)
            asked = pull.send(None)
    except StopIteration as stop:
        return Pulled(pages, stop.value)


def end(found: Pulled) -> Done:
    """How a pull that came to its end ended."""
    assert found.done is not None
    return found.done


def test_ten_of_twenty_thousand() -> None:
    """One command a sync, and under a hundredth of what a first one hands on; the urgency of all others is no change."""
    first = pulled(listing(20_000))
    again = listing(20_000, **{f"t{n}": "new" for n in range(10)})
    for task in again:
        task["urgency"] += 1
    second = pulled(again, end(first).cursor)

    assert end(first).coverage == Coverage(listed="everything")
    assert end(second).coverage == Coverage(listed="nothing")
    assert len(second.records) == 10
    assert 100 * sum(map(len, second.records)) < sum(map(len, first.records))
    assert len(unpacked(saved(end(second).cursor).tasks)) == 20_000
    assert len(end(second).cursor) < 20_000 * (UUID_BYTES + HASH_BYTES) * 1.4


def test_purged_tasks_are_told() -> None:
    """A task that is listed no more travels as word of that, once."""
    first = pulled(listing(30))
    second = pulled(listing(29), end(first).cursor)
    assert [json.loads(record) for record in second.records] == [{"purged": uuid(29)}]
    assert pulled(listing(29), end(second).cursor).records == []


@pytest.mark.parametrize(("before", "now"), [(5, 0), (20, 9), (1_000, 3)])
def test_most_gone_at_once_is_not_believed(before: int, now: int) -> None:
    """Another data folder, or one of version 3 beside that of 2, looks so; asked for in full it is taken as it is."""
    cursor = end(pulled(listing(before))).cursor
    with pytest.raises(Refused) as refused:
        pulled(listing(now), cursor)
    assert (refused.value.reason, refused.value.params["gone"]) == ("listing-shrunk", str(before - now))

    full = pulled(listing(now), cursor, full=True)
    assert len(full.records) == now
    assert end(full).coverage == Coverage(listed="everything")


def test_few_may_go() -> None:
    """Of a handful, most may be purged in one go."""
    assert len(pulled(listing(1), end(pulled(listing(10))).cursor).records) == 9
    assert len(pulled([], end(pulled(listing(4))).cursor).records) == 4


def test_nothing_at_all() -> None:
    """An empty Taskwarrior says nothing or an empty array."""
    assert pulled([]).records == pulled(b"\n").records == []


def test_a_damaged_task_costs_no_other() -> None:
    """A line that is no JSON, as corruption of ``depends`` left them, is put aside, and nothing counts as gone."""
    lines = [json.dumps(task) for task in listing(3)]
    broken = lines[1].replace('"status"', '"depends":["["a"]"],"status"')
    cursor = end(pulled(listing(3))).cursor
    found = pulled(("[\n" + ",\n".join([lines[0], broken, lines[2]]) + "\n]\n").encode(), cursor)

    assert ([item.reason for item in found.rejected], found.records) == (["wrong-shape"], [])
    assert found.rejected[0].place == "task export:line 3"
    assert end(found).coverage == Coverage()
    assert end(pulled(listing(3), end(found).cursor)).cursor == cursor


def test_interrupted() -> None:
    """A run goes on after the page it came to, if the listing is still the same, else anew."""
    whole = pulled(listing(4_500))
    rest = pulled(listing(4_500), checkpoint=whole.pages[0].checkpoint)
    assert [len(page.records) for page in whole.pages] == [2_000, 2_000, 500]
    assert rest.records == whole.records[2_000:]
    assert len(pulled(listing(4_499), checkpoint=whole.pages[0].checkpoint).records) == 4_499


def test_what_no_version_writes() -> None:
    """Words in place of a listing are refused, and nothing of them said."""
    with pytest.raises(Refused) as refused:
        pulled(b"Cannot proceed without rc file.")
    assert refused.value.reason == "broken-json"


def test_a_task_without_uuid_is_put_aside() -> None:
    """It can't be told from another one."""
    found = pulled([{"description": "a"}, *listing(1)])
    assert [item.reason for item in found.rejected] == ["wrong-shape"]
    assert len(found.records) == 1


def test_the_command_changes_nothing() -> None:
    """No garbage collection, no next of recurring tasks, no hooks; a configuration of one's own comes first."""
    args = arguments({"taskrc": "/home/me/my rc", "taskdata": "/home/me/data"})
    assert args[:3] == ("task", "rc:/home/me/my rc", "rc.data.location=/home/me/data")
    assert {"rc.gc=off", "rc.recurrence=off", "rc.hooks=off", "rc.context="} <= set(args)
    assert args[-1] == "export"


def test_a_failed_sync_loses_nothing() -> None:
    """What happened while the program failed is there after the next sync, and nothing was closed."""
    world = World()
    home = world.add_list("home")
    keys = [world.create(home, title) for title in ("a", "b", "c")]
    fake = FakeTaskwarrior(world)
    me = Follower(Taskwarrior(), "", {}, "taskwarrior:me", fake.run)
    me.sync(world.clock.now())
    world.complete(keys[0])
    world.delete(keys[1])
    me.local = lambda asked: Output(code=0, stdout=b'[\n{"uuid":')
    before = dict(me.tasks)
    with pytest.raises(Refused):
        me.sync(world.clock.now())
    assert me.tasks == before

    me.local = fake.run
    me.sync(world.clock.now())
    clean = Follower(Taskwarrior(), "", {}, "taskwarrior:me", fake.run)
    clean.sync(world.clock.now())
    assert me.tasks == clean.tasks
    assert [task.status for task in me.tasks.values()] == ["completed", "open"]
