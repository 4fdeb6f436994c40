"""Wunderlist's export files: three forms, one set of records, and all that can be wrong with a file."""

from __future__ import annotations

import codecs
import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from worklens.sources.base import Coverage, File, Reading, Refused
from worklens.sources.file_pull import PAGE
from worklens.sources.wunderlist import export as wunderlist_export
from worklens.sources.wunderlist.export import WunderlistExport
from worklens.sources.wunderlist.source import Wunderlist
from worklens.tasks import Collection, Moment, Task, day, instant
from worklens.testing.files import Pulled, parse_all, pull_file

FEED = "wunderlist:7"
READING = Reading(feed=FEED, seen_at=0)
NOW = instant("2020-01-01T00:00:00Z").micros
EXPORTED = "Fri Jan 13 2017 03:39:26 GMT+0000 (UTC)"
MADE, ENDED = "2016-01-02T03:04:05.678Z", "2016-02-03T04:05:06.789Z"

# One small world in each of the three forms: a list with an open task that has a note, a due date and a subtask that
# is done, and a starred task that is done.
BACKUP: dict[str, Any] = {
    "user": 7,
    "exported": EXPORTED,
    "data": {
        "lists": [{"id": 1, "title": "home", "list_type": "list"}],
        "tasks": [
            {"id": 9007199254740993, "list_id": 1, "title": "paint", "created_at": MADE, "completed": False,
             "starred": False, "due_date": "2017-01-16"},
            {"id": 12, "list_id": 1, "title": "call", "created_at": MADE, "completed": True, "completed_at": ENDED,
             "starred": True},
        ],
        "subtasks": [{"id": 5, "task_id": 9007199254740993, "title": "buy", "created_at": MADE, "completed": True,
                      "completed_at": ENDED}],
        "notes": [{"id": 3, "task_id": 9007199254740993, "content": "blue"}],
        "reminders": [{"id": 4}, {"id": 4}],
        "task_positions": [{"id": 1, "values": [99]}],
    },
}  # fmt: skip
NESTED: list[dict[str, Any]] = [
    {"id": 1, "title": "home", "folder": None, "tasks": [
        {"id": 9007199254740993, "title": "paint", "createdAt": MADE, "completed": False, "completedAt": None,
         "starred": False, "dueDate": "2017-01-16T00:00:00.000Z", "notes": [None, {"content": "blue"}],
         "subtasks": [{"id": 5, "title": "buy", "createdAt": MADE, "completed": True, "completedAt": ENDED}]},
        {"id": 12, "title": "call", "createdAt": MADE, "completed": True, "completedAt": ENDED, "starred": True,
         "dueDate": "null", "notes": [], "subtasks": None, "comments": [{"text": "hm"}]},
    ]},
]  # fmt: skip
OLD: dict[str, Any] = {
    "lists": [{"id": "ABoE", "title": "home"}],
    "reminders": [],
    "tasks": [
        {"id": "AAA", "list_id": "ABoE", "title": "paint", "created_at": MADE, "note": "blue", "updated_at": ENDED},
        {"id": "AAC", "list_id": "ABoE", "title": "call", "created_at": MADE, "completed_at": ENDED, "starred": True},
        {"id": "AAB", "list_id": "ABoE", "parent_id": "AAA", "title": "buy", "created_at": MADE, "completed_at": ENDED},
    ],
}  # fmt: skip


def pulled(content: Any, **more: Any) -> Pulled:
    """What a file hands on; anything but bytes is written as JSON."""
    content = content if isinstance(content, bytes) else json.dumps(content).encode()
    about: dict[str, Any] = {"name": "w.json", "feed": FEED, "now": NOW} | more
    return pull_file(WunderlistExport(), content, **about)


def items(content: Any) -> list[Any]:
    """What a good file is read into, by the reader of the service's own records."""
    found = pulled(content)
    understood = parse_all(Wunderlist(), found.records, READING)
    assert not found.rejected
    assert not understood.unreadable
    return list(understood.items)


def refusal(content: bytes, **more: Any) -> Refused:
    """How a file is refused."""
    with pytest.raises(Refused) as refused:
        pulled(content, **more)
    assert refused.value.params["file"] == "w.json"
    return refused.value


def world(ids: tuple[str, str, str, str], due: Moment | None) -> list[Any]:
    """The small world as it should be understood, in the order lists, tasks, subtasks."""
    home, paint, call, buy = ids
    return [
        Collection(account=FEED, collection=home, title="home"),
        Task(account=FEED, task=paint, collection=home, title="paint", notes="blue", created=instant(MADE), due=due),
        Task(
            account=FEED, task=call, collection=home, title="call", priority=1, created=instant(MADE),
            completed=instant(ENDED),
        ),
        Task(
            account=FEED, task=f"subtask-{buy}", collection=home, parent=paint, title="buy", created=instant(MADE),
            completed=instant(ENDED),
        ),
    ]  # fmt: skip


def test_a_backup_is_understood() -> None:
    """Notes and subtasks find their task; ids keep all their digits."""
    assert items(BACKUP) == world(("1", "9007199254740993", "12", "5"), day("2017-01-16"))


def test_the_nested_form_is_understood_as_the_same_world() -> None:
    """The file of 2020 and that of 2017 agree on every id, so that one follows the other without a double."""
    assert sorted(items(NESTED), key=repr) == sorted(items(BACKUP), key=repr)


def test_the_oldest_form_is_understood() -> None:
    """Ids are text, a note is a field, a subtask is a task with a parent."""
    assert items(OLD) == world(("ABoE", "AAA", "AAC", "AAB"), None)


def test_the_real_backup_is_understood(test_data: Path) -> None:
    """Four lists, four tasks, two subtasks; a note; the repeated reminder and the strange positions do no harm."""
    found = items((test_data / "wunderlist-backup-sample.json").read_bytes())
    tasks = [item for item in found if isinstance(item, Task)]

    assert len(found) - len(tasks) == 4
    assert len(tasks) == 6
    assert [task.title for task in tasks if task.completed and not task.parent] == ["ccc"]
    assert [task.parent for task in tasks if task.task.startswith("subtask-")] == ["2440792940"] * 2
    assert sum(bool(task.notes) for task in tasks) == 1


def zipped(content: bytes, name: str = "Wunderlist-20200101/Tasks.json") -> bytes:
    """A zip that holds the content."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("Wunderlist-20200101/read me.txt", b"hello")
        archive.writestr(name, content)
    return file.getvalue()


TEXT = json.dumps(NESTED, ensure_ascii=False).replace("paint", "peindre l’été")


@pytest.mark.parametrize(
    "content",
    [
        TEXT.encode(),
        codecs.BOM_UTF8 + TEXT.encode(),
        codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"),
        TEXT.encode("cp1252"),
        json.dumps(json.loads(TEXT), indent=2).replace("\n", "\r\n").encode(),
        zipped(TEXT.encode()),
        zipped(codecs.BOM_UTF8 + TEXT.encode(), "TASKS.JSON"),
    ],
)
def test_however_it_is_wrapped_the_content_is_the_same(content: bytes) -> None:
    """Byte order marks, wide and Western encodings, indentation and zips change nothing."""
    plain = items(TEXT.encode())

    assert items(content) == plain
    assert "peindre l’été" in {item.title for item in plain}


def test_a_file_says_when_it_was_true() -> None:
    """Its records are as of the export; an export from the future is as of now."""
    exported = instant("2017-01-13T03:39:26Z").micros
    late = BACKUP | {"exported": "Fri Jan 13 2040 03:39:26 GMT+0800 (CST)"}

    assert {page.seen for page in pulled(BACKUP).pages} == {exported}
    assert {page.seen for page in pulled(late).pages} == {NOW}
    assert {page.seen for page in pulled(BACKUP | {"exported": "once"}).pages} == {None}
    assert {page.seen for page in pulled(NESTED).pages} == {None}


def test_a_whole_file_is_a_whole_listing_and_the_same_again_is_nothing() -> None:
    """What is not in it is gone; a repeated import hands on no page and says nothing of absence."""
    done = pulled(BACKUP).done
    assert done
    again = pulled(BACKUP, cursor=done.cursor)

    assert done.coverage == Coverage(listed="everything", snapshot=True)
    assert again.done
    assert ([], Coverage()) == (again.pages, again.done.coverage)
    assert len(pulled(BACKUP, cursor=done.cursor, full=True).records) == 4


def test_an_older_backup_after_a_newer_one_is_refused() -> None:
    """It would undo what the newer one told; the person is told the order."""
    newer = pulled(BACKUP | {"exported": "Sat Jan 14 2017 03:39:26 GMT+0000 (UTC)"}).done
    assert newer
    refused = refusal(json.dumps(BACKUP).encode(), cursor=newer.cursor)

    assert refused.reason == "older-export"
    assert (refused.params["exported"], refused.params["newest"]) == (
        "2017-01-13T03:39:26Z",
        "2017-01-14T03:39:26Z",
    )
    assert pulled(NESTED, cursor=newer.cursor).records


def test_a_cursor_of_the_service_is_no_hindrance() -> None:
    """A feed may be pulled from the service and then from a file."""
    assert pulled(BACKUP, cursor='{"schema":1,"root":2,"lists":{}}').records
    assert pulled(BACKUP, cursor="nonsense").records


def test_an_interrupted_import_goes_on_where_it_was() -> None:
    """Before and after the interruption make the whole."""
    tasks = [{"id": i, "list_id": 1, "title": "t"} for i in range(PAGE + 5)]
    content = {"user": 1, "data": {"lists": [], "tasks": tasks}}
    before = pulled(content, pages=1)
    after = pulled(content, checkpoint=before.pages[-1].checkpoint)

    assert before.records + after.records == pulled(content).records
    assert len(after.records) == 5
    assert {page.total for page in after.pages} == {PAGE + 5}
    assert [page.total for form in (BACKUP, OLD, NESTED) for page in pulled(form).pages] == [4, 4, 3]


@pytest.mark.parametrize(
    "form",
    [BACKUP, NESTED, OLD],
    ids=["backup", "nested", "old"],
)
@pytest.mark.parametrize("cut", [0.1, 0.5, 0.99])
def test_a_truncated_file_is_one_clear_refusal(form: Any, cut: float) -> None:
    """File, byte and remedy; nothing of it is imported, for it lists less than there is."""
    content = json.dumps(form).encode()
    content = content[: int(len(content) * cut)]
    refused = refusal(content)

    assert (refused.reason, refused.params["byte"]) == ("broken-json", str(len(content)))


def test_a_file_broken_in_the_middle_is_refused_with_the_place() -> None:
    """The byte is that of the damage."""
    content = json.dumps(BACKUP).encode().replace(b'"subtasks": [', b'"subtasks": [}')
    refused = refusal(content)

    assert (refused.reason, refused.params["byte"]) == ("broken-json", str(content.index(b"[}") + 1))


def test_a_damaged_element_is_rejected_and_the_rest_imported() -> None:
    """Each says where it stood in the file; the listing no longer counts as whole."""
    data = json.loads(json.dumps(BACKUP))
    data["data"]["tasks"].insert(1, {"title": "no id"})
    data["data"]["lists"].append("no list")
    data["data"]["notes"].append({"task_id": 1.5})
    data["data"]["subtasks"].append(None)
    found = pulled(data)

    assert len(found.records) == 4
    assert [item.place for item in found.rejected] == [
        "w.json:data.lists[1]", "w.json:data.notes[1]", "w.json:data.tasks[1]", "w.json:data.subtasks[1]",
    ]  # fmt: skip
    assert {item.reason for item in found.rejected} == {"wrong-shape"}
    assert found.done
    assert found.done.coverage.listed == "nothing"


def test_damaged_elements_of_the_other_forms_are_rejected_too() -> None:
    """A task, a subtask, an old task."""
    nested = json.loads(json.dumps(NESTED))
    nested[0]["tasks"].append({"id": 1, "title": 5})
    nested[0]["tasks"][0]["subtasks"].append({"title": []})
    old = json.loads(json.dumps(OLD))
    old["tasks"].append({"id": None})

    assert {item.place for item in pulled(nested).rejected} == {
        "w.json:[0].tasks[2]", "w.json:[0].tasks[0].subtasks[1]",
    }  # fmt: skip
    assert [item.place for item in pulled(old).rejected] == ["w.json:tasks[3]"]
    assert (len(pulled(nested).records), len(pulled(old).records)) == (4, 4)


def test_bytes_without_a_meaning_cost_their_record_only() -> None:
    """A UTF-8 file with one bad byte: that task is rejected, readably."""
    content = (
        json.dumps(BACKUP | {"x": "é" * 9}, ensure_ascii=False).encode().replace(b'"call"', b'"c\xffll"')
    )
    found = pulled(content)

    assert [item.reason for item in found.rejected] == ["wrong-bytes"]
    assert "c\\xffll" in found.rejected[0].payload
    assert len(found.records) == 3


def test_what_has_no_id_gets_one_that_stays() -> None:
    """Lists, tasks and subtasks without ids are the same in the next file, and alike ones differ."""
    task = {"title": "a", "createdAt": MADE, "subtasks": [{"title": "s"}, {"title": "s"}]}
    first = items([{"title": "l", "tasks": [task, task]}])
    second = items([{"title": "l", "tasks": [{"title": "new"}, task, task]}])
    keys = {(item.task, item.parent, item.collection) for item in first if isinstance(item, Task)}

    assert len(keys) == 6
    assert keys < {(item.task, item.parent, item.collection) for item in second if isinstance(item, Task)}


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{}",
        b"[]",
        b"[1]",
        b'[{"a":1}]',
        b'{"data":{}}',
        b'{"lists":[]}',
        b"null",
        b"3",
        b'{"tasks":[]}',
    ],
)
def test_other_json_is_refused(content: bytes) -> None:
    """Neither form, and said so; an empty file breaks off at its start."""
    assert refusal(content).reason == ("unknown-format" if content else "broken-json")


def test_zips_that_cannot_be_used_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """Damaged, without tasks, or far larger inside than any person's tasks."""
    good = zipped(b"[" + b" " * 100_000 + b"]")
    monkeypatch.setattr(wunderlist_export, "MAX_UNZIPPED", 10_000)

    assert refusal(good[:200]).reason == "broken-zip"
    assert refusal(good[:60] + b"\0\0\0\0" + good[64:]).reason in {"broken-zip", "zip-too-large"}
    assert refusal(zipped(b"[]", "Other.json")).reason == "zip-without-tasks"
    assert refusal(good).reason == "zip-too-large"


def test_questions_are_asked_where_the_owner_is_unknown() -> None:
    """Only the middle form says whose it is."""

    def keys(form: Any) -> list[str]:
        file = File(name="w.json", content=json.dumps(form).encode(), modified=0)
        return [question.key for question in WunderlistExport().questions(file, [], {})]

    assert (keys(BACKUP), keys(NESTED), keys(OLD)) == ([], ["account-unknown"], ["account-unknown"])


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5) | st.just(MADE),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(st.sampled_from(["id", "title", "task_id", "list_id", "parent_id", "notes", "subtasks",
                                       "createdAt", "created_at", "completed", "dueDate"]), inner, max_size=4),
    max_leaves=8,
)  # fmt: skip
ELEMENTS = st.lists(JSON, max_size=4)
FILES = (
    st.builds(
        lambda a, b, c, d: {"user": 1, "exported": EXPORTED, "data": {"lists": a, "tasks": b, "subtasks": c, "notes": d}},
        ELEMENTS, ELEMENTS, ELEMENTS, ELEMENTS,
    )
    | st.builds(lambda a, b: {"lists": a, "tasks": b}, ELEMENTS, ELEMENTS)
    | st.lists(st.fixed_dictionaries({"tasks": ELEMENTS}, optional={"id": JSON, "title": JSON}), max_size=3)
)  # fmt: skip


@given(FILES)
def test_any_elements_are_records_or_rejected(form: Any) -> None:
    """Whatever a file of a known form holds: no error but a refusal, and each record is understood or unreadable."""
    try:
        found = pulled(form)
    except Refused:
        return
    parse_all(WunderlistExport(), found.records, READING)
    assert all(json.loads(record) for record in found.records)
    assert all(item.reason and item.place for item in found.rejected)


@example(noise=b"\x8d", at=25, gap=0)  # no UTF-8 where the file says when it was made
@given(noise=st.binary(max_size=60), at=st.integers(0, 400), gap=st.integers(0, 20))
def test_any_damage_to_a_file_is_a_refusal_or_costs_records(noise: bytes, at: int, gap: int) -> None:
    """Bytes put in or lost anywhere never bring the reader down."""
    content = json.dumps(BACKUP).encode()
    try:
        found = pulled(content[:at] + noise + content[at + gap :])
    except Refused:
        return
    parse_all(WunderlistExport(), found.records, READING)
    for record in found.records:
        record.decode()
