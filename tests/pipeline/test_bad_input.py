"""Bad input through the whole pipeline: it ends in quarantine, or in one clear refusal, and the rest is imported."""

from __future__ import annotations

import csv
import io
import json
import tracemalloc
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec
import pytest

from tests.pipeline.chaos import Chaos, calm
from tests.pipeline.services import TODOIST, WUNDERLIST, Service, fake_of, followed, new_world
from tests.pipeline.test_effect_once import backup, task
from worklens.messages import MAX_BYTES
from worklens.sources.base import Parsed, Reading, Refused
from worklens.sources.csv.mapping import read_mapping
from worklens.sources.reasons import REASONS, in_words
from worklens.sources.recognize import recognize
from worklens.sources.wunderlist.export import WunderlistExport
from worklens.stages.connect import connect
from worklens.stages.fetch import fetch
from worklens.stages.intake import Intake, request_import
from worklens.stages.transform import read_records
from worklens.testing.chance import seeded
from worklens.testing.clock import Clock
from worklens.testing.server import Call, Reply
from worklens.warehouse import catalogue

MAPPING = """
[columns]
id = "id"
title = "title"
notes = "notes"
created = "created"
due = "due"
estimate = "hours"
"""
HEADER = "id,title,notes,created,due,hours"
GOOD = "{n},task {n},,2017-01-0{n},,1"
READING = Reading(feed="csv:a", seen_at=0)
BROKEN_DATE = "2016-12-0T12:00:00.000000"


class Held(NamedTuple):
    """A row of quarantine, as far as a person sees it."""

    place: str
    reason: str
    params: Mapping[str, str]
    payload: str
    blob: str | None


class Taken(NamedTuple):
    """What an import came to."""

    titles: dict[str, str]
    held: list[Held]

    @property
    def reasons(self) -> list[tuple[str, str]]:
        """Where and why something was put aside."""
        return sorted((held.place, held.reason) for held in self.held)


class Desk:
    """A data directory that files are given to."""

    def __init__(self, root: Path) -> None:
        """Nothing is there yet."""
        self.chaos: Chaos = calm(root, Clock())

    def give(self, name: str, content: bytes, mapping: str = "") -> Intake:
        """Recognise a file and ask for its import. Raises Refused."""
        wanted = read_mapping("mapping.toml", mapping) if mapping else None
        known = recognize(name, content, "", wanted)
        intake = Intake(
            name=name,
            content=content,
            feed=known.default_account,
            source=known.source,
            zone="Europe/Berlin",
            settings=known.settings,
        )
        request_import(intake, self.chaos.platform.ports)
        return intake

    def take(self, name: str, content: bytes, mapping: str = "") -> Taken:
        """Import a file, and look at everything. Raises Refused."""
        self.give(name, content, mapping)
        self.chaos.run()
        return self.look()

    def fetch(self) -> None:
        """The first step alone."""
        queue = self.chaos.platform.queue
        (letter,) = queue.claim(["worklens.sync-requested.v1"], 1 << 62)
        fetch(letter.message, self.chaos.platform.ports, connect)  # type: ignore[arg-type]
        queue.acknowledge([letter])

    def look(self) -> Taken:
        """What is there now; every reason can be put into words."""
        with self.chaos.platform.warehouse.read() as session:
            tasks, rows = session.query("current_tasks"), session.query("quarantine")
        columns = (rows[name] for name in ("place", "reason", "params", "payload", "blob"))
        held = [
            Held(place, reason, json.loads(params), payload, blob)
            for place, reason, params, payload, blob in zip(*columns, strict=True)
        ]
        for one in held:
            assert_said(one.reason, one.params)
        return Taken(dict(zip(tasks["task"], tasks["title"], strict=True)), held)

    def look_everywhere(self) -> None:
        """Every view can be read."""
        with self.chaos.platform.warehouse.read() as session:
            for name in catalogue.views():
                session.query(name)


def assert_said(reason: str, params: Mapping[str, str]) -> None:
    """There are words for it in both languages, and nothing is missing in them."""
    english, chinese = (in_words(reason, params, language) for language in ("en", "zh"))
    assert reason in REASONS
    assert english != chinese
    assert "?" not in english + chinese


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    """An empty data directory."""
    monkeypatch.setenv("WORKLENS_SECRETS", "file")
    desk = Desk(tmp_path)
    yield desk
    desk.chaos.platform.close()


def table(*rows: str, end: str = "\n") -> str:
    """A table with these rows between two good ones."""
    return end.join([HEADER, GOOD.format(n=1), *rows, GOOD.format(n=2), ""])


def test_every_broken_row_is_put_aside_by_itself(desk: Desk) -> None:
    """With its file, its row and its reason; and the rows around it are taken."""
    broken = {
        f"3,a,,{BROKEN_DATE},,": "bad-date",
        "4,a,,0000-01-01,,": "bad-date",
        "5,a,,2017-02-30,,": "bad-date",
        "6,a,,2017-01-01,9999-12-31T23:59:59-14:00,": "bad-date",
        "7,a,,2017-01-01,,1e30": "bad-number",
        "8,a,,2017-01-01,,-1": "bad-number",
        "9,a\0b,,2017-01-01,,": "nul-bytes",
        ",a,,2017-01-01,,": "no-id",
        "10,a": "row-too-short",
        "11,a,,,,,,,b": "row-too-long",
        '12,"a"b,,,,': "broken-quotes",
        "13," + "a" * 70_000 + ",,soon,,": "bad-date",
    }
    taken = desk.take("tasks.csv", table(*broken).encode(), MAPPING)

    assert taken.titles == {"1": "task 1", "2": "task 2"}
    rows = [(f"tasks.csv:row {number}", reason) for number, reason in enumerate(broken.values(), start=3)]
    assert taken.reasons == sorted(rows)
    desk.look_everywhere()


def test_every_encoding_and_end_of_line(desk: Desk) -> None:
    """The text is that which was written, whatever bytes it was written in."""
    written = [
        ("cp1252", "\n"),
        ("utf-8", "\r\n"),
        ("utf-8-sig", "\r\n"),
        ("utf-8-sig", "\r"),
        ("utf-16", "\r\n"),
        ("utf-16-le", "\n"),
        ("utf-32", "\n"),
    ]
    for number, (encoding, end) in enumerate(written):
        row = f'{encoding}-{number},Käse – „fein“,"two\nlines",2017-01-03,,'.replace("\n", end)
        desk.give("tasks.csv", table(row, end=end).encode(encoding), MAPPING)
        desk.chaos.run()
    taken = desk.look()

    rows = {f"{encoding}-{number}": "Käse – „fein“" for number, (encoding, _) in enumerate(written)}
    assert taken == Taken({"1": "task 1", "2": "task 2"} | rows, [])


def test_bytes_without_a_meaning_cost_their_row(desk: Desk) -> None:
    """A damaged byte in a file of UTF-8."""
    taken = desk.take(
        "tasks.csv", table("3,Käse ü,,,,", "4,Kxse,,,,").encode().replace(b"x", b"\xff"), MAPPING
    )

    assert sorted(taken.titles) == ["1", "2", "3"]
    assert taken.reasons == [("tasks.csv:row 4", "wrong-bytes")]


def test_an_id_that_stands_twice(desk: Desk) -> None:
    """The last is taken, and it is said so, for each account by itself; what merely stands twice is no matter."""
    mapping = '[columns]\nid = "id"\ntitle = "title"\naccount = "who"\n'
    rows = "id,title,who\n1,a,x\n1,b,y\n1,c,y\n1,d,x\n2,e,x\n2,e,x\n"
    taken = desk.take("tasks.csv", rows.encode(), mapping)

    assert taken.titles in ({"1": "c", "2": "e"}, {"1": "d", "2": "e"})  # there are two tasks 1
    assert taken.reasons == [("tasks.csv:id 1/x", "repeated-id"), ("tasks.csv:id 1/y", "repeated-id")]


def test_a_field_of_fifty_megabytes(desk: Desk) -> None:
    """It lies whole in a blob that its quarantine row names, the rest is imported, and memory stays within reason."""
    field = b"0123456789" * 5_000_000
    content = table("3,x,FIELD,2017-01-03,,").encode().replace(b"FIELD", field)
    desk.give("任务清单" * 12 + ".csv", content, MAPPING)
    tracemalloc.start()
    desk.fetch()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    desk.chaos.run()
    taken = desk.look()

    assert taken.titles == {"1": "task 1", "2": "task 2"}
    assert taken.reasons == [("任务清单" * 12 + ".csv:row 3", "record-too-large")]
    held = taken.held[0]
    assert len(held.payload) < 10_000
    assert field in desk.chaos.platform.blobs.get(held.blob or "")
    assert peak < 5 * len(field)  # the file, its text, the cell and its record at once


def test_records_too_large_are_told_apart(desk: Desk) -> None:
    """Each lies in a blob of its own, wherever in the file it stood."""
    large = [f"{n},{n},{str(n) * (MAX_BYTES // 2)},," for n in range(11, 14)]
    many = [f"{n},x,,," for n in range(100, 2_200)]
    rows = ["id,title,notes,created,due", large[0], *many, *large[1:], ""]
    taken = desk.take("tasks.csv", "\n".join(rows).encode(), MAPPING.replace('estimate = "hours"', ""))

    assert len(taken.titles) == len(many)
    found = {held.place: desk.chaos.platform.blobs.get(held.blob or "") for held in taken.held}
    assert sorted(found) == ["tasks.csv:row 2", "tasks.csv:row 2103", "tasks.csv:row 2104"]
    for place, n in zip(sorted(found), range(11, 14), strict=True):
        assert str(n).encode() * 1_000 in found[place]


def test_no_message_is_large_however_much_is_broken(desk: Desk) -> None:
    """What is put aside travels in batches as bounded as those of records."""
    rows = [f"{n},{'x' * 5_000}" for n in range(2_500)]
    intake = desk.give("tasks.csv", "\n".join([HEADER, *rows]).encode(), MAPPING)
    desk.fetch()

    sizes = desk.chaos.platform.database.connection.execute(
        "SELECT LENGTH(body) FROM queue WHERE type = 'worklens.tasks-fetched.v1'"
    )
    assert intake.feed == "csv:tasks"
    assert max(size for (size,) in sizes) < 1.1 * MAX_BYTES


def test_a_backup_with_broken_tasks(desk: Desk) -> None:
    """Ids beyond any float are kept apart, a bad value costs its task, and what isn't known is passed over."""
    tasks = [
        task(2**53), task(2**53 + 1), task(2**64 + 1), task(2**53, title="again"),
        task(1, title="a\0b", something_new={"deep": [1, None]}), task(2, title="\ud83e!"), task(3, title="B Y"),
        task(11, created_at=BROKEN_DATE), task(12, created_at="0000-01-01T00:00:00Z"), task(13, due_date="2017-02-30"),
        task(14, due_date="9999-12-31T23:59:59-14:00"), task(15, due_date="0001-01-01T00:00:00+14:00"),
        task(16, title=7), {"title": "nobody"}, "nothing", None,
    ]  # fmt: skip
    taken = desk.take("backup.json", backup(*tasks).replace(b"B Y", b"\xe4 \xf6"))  # type: ignore[arg-type]

    assert taken.titles == {
        str(2**53): "again",
        str(2**53 + 1): f"task {2**53 + 1}",
        str(2**64 + 1): f"task {2**64 + 1}",
        "1": "a\0b",
        "2": "\ufffd!",
        "3": "ä ö",
    }
    assert sorted(reason for _, reason in taken.reasons) == [
        "repeated-id", *["wrong-shape"] * 6, *["wrong-value"] * 3,
    ]  # fmt: skip
    assert all(place.startswith("backup.json:") for place, _ in taken.reasons)


def test_a_due_date_at_the_end_of_time_moves(desk: Desk) -> None:
    """The first and last days of the calendar are days like any other."""
    ends = ("0001-01-01", "9999-12-31", "9999-12-31T00:00:00Z", "0001-01-02T00:00:00+00:00")
    desk.give("backup.json", backup(*(task(n, due_date=due) for n, due in enumerate(ends))))
    desk.chaos.run()
    desk.give("backup.json", backup(*(task(n, due_date=due) for n, due in enumerate(reversed(ends)))))
    desk.chaos.run()
    taken = desk.take("backup.json", backup(*(task(n, created_at="0001-01-02T00:00:00Z") for n in range(4))))

    assert taken == Taken({str(n): f"task {n}" for n in range(4)}, [])
    desk.look_everywhere()


@pytest.mark.parametrize(
    ("name", "content", "mapping", "reason"),
    [
        ("backup.json", backup(task(1))[:-40], "", "broken-json"),
        ("backup.json", b'{"data": {"tasks": [' + b"[" * 100_000, "", "broken-json"),
        ("backup.json", b'{"something": "else"}', "", "unknown-format"),
        ("Tasks.zip", b"PK\x03\x04" + bytes(100), "", "broken-zip"),
        ("tasks.csv", b"", "", "empty-file"),
        ("tasks.csv", b"\0" * 10_000, "", "empty-file"),
        ("tasks.csv", b"\n\n,,,\n", MAPPING, "empty-file"),
        ("tasks.csv", b"number,subject\n1,x\n", MAPPING, "unknown-column"),
        ("tasks.csv", b"number,size\n1,2\n", "", "no-title-column"),
        ("page.html", b"<html><body>404</body></html>", "", "unknown-format"),
        ("photo.png", b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "", "unknown-format"),
    ],
)
def test_a_file_that_is_refused(name: str, content: bytes, mapping: str, reason: str) -> None:
    """With its name and what to do, before anything is begun."""
    with pytest.raises(Refused) as caught:
        recognize(name, content, "", read_mapping("mapping.toml", mapping) if mapping else None)

    assert caught.value.reason == reason
    assert_said(reason, caught.value.params)
    assert name in in_words(reason, caught.value.params)


def test_an_older_backup_is_refused_and_a_newer_one_taken(desk: Desk) -> None:
    """What is refused in the middle of its import stands in nobody's way."""
    desk.take("new.json", backup(task(1)))
    with pytest.raises(Refused, match="older-export"):
        desk.take("old.json", backup(task(2)).replace(b"2017", b"2016"))

    assert desk.take("newer.json", backup(task(1), task(3)).replace(b"Jan 13", b"Jan 14")).titles.keys() == {
        "1",
        "3",
    }


# ----- services


@pytest.mark.parametrize("service", [WUNDERLIST, TODOIST], ids=lambda service: service.source)
def test_a_service_that_sends_half_characters_and_wrong_bytes(
    service: Service, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One damaged title costs a character, not the account: the others come, and so does the next sync."""
    monkeypatch.setenv("WORKLENS_SECRETS", "file")
    world = new_world(service)
    for title in ("HALF", "BYTE", "whole"):
        world.create(world.add_list(title), title)
    fake = fake_of(service, world)
    answer = fake.answer

    def damaged(call: Call) -> Reply:
        reply = answer(call)
        return Reply(status=reply.status, headers=reply.headers, body=damage(reply.body))

    fake.answer = damaged  # type: ignore[method-assign]
    with followed(calm(tmp_path, world.clock), service, fake) as here:
        here.sync()
        world.create("list-1", "later")
        world.clock.advance(hours=1)
        here.sync()
        tasks, held = here.look("current_tasks", "quarantine")

    assert sorted(tasks["title"]) == ["later", "whole", "\ufffd", "\ufffd!"]
    assert held["reason"] == []


def damage(body: bytes) -> bytes:
    """As clients leave texts that they cut in the middle of a character."""
    return body.replace(b'"HALF"', b'"\\ud83e"').replace(b'"BYTE"', b'"\xe4!"')


def test_a_mistake_of_ours_in_one_record_stops_no_other() -> None:
    """A reader that fails over a record in a way it should not puts that one aside, and no title into the reason."""

    class Careless(WunderlistExport):
        def parse(self, record: bytes, reading: Reading) -> Iterable[Parsed]:
            if b"secret" in bytes(record):
                raise KeyError("secret")
            return super().parse(record, reading)

    records = [b'{"task":{"id":1}}', b'{"task":{"id":2,"title":"secret"}}', b'{"task":{"id":3}}']
    parsed = read_records(Careless(), list(map(msgspec.Raw, records)), READING, "a.json:", first=7)

    assert [task.task for task in parsed.tasks] == ["1", "3"]
    (held,) = parsed.rejected
    assert (held.place, held.reason, held.params) == ("a.json:record 9", "wrong-value", {"error": "KeyError"})


# ----- anything

TEXTS = (
    "", " ", "a", "0", "-1", "1.5", "1e400", "nan", "inf", str(2**70), "true", "null", "2017-01-05", "05/01/2017",
    "2017-01-05T09:30:00.000Z", "2017-01-05 09:30", "0001-01-01", "9999-12-31", "9999-12-31T23:59:59-14:00",
    "0001-01-01T00:00:00+14:00", BROKEN_DATE, "0000-01-01", "\0", "\x1f", "a\x1fb", "\u2028", "\u202eevil", "<script>",
    "'; DROP TABLE task_states; --", "\\n", "=1+1", "🧹" * 300, "ünïcödé", "\r\n", '"', "x" * 10_000,
)  # fmt: skip
VALUES: tuple[object, ...] = (
    *TEXTS,
    None,
    True,
    False,
    0,
    -1,
    2**53 + 1,
    2**63,
    -(2**70),
    1.5,
    1e300,
    [],
    [[]],
    {},
    {"id": 1},
)
FIELDS = ("title", "list_id", "created_at", "completed", "completed_at", "due_date", "starred", "recurrence_type",
    "recurrence_count", "assignee_id", "type", "revision")  # fmt: skip


def test_any_values_are_taken_or_put_aside(desk: Desk) -> None:
    """Six hundred tasks with anything in any field: each is a task or a row of quarantine, and every view stands."""
    random = seeded(1)
    odd = [{name: random.choice(VALUES) for name in random.sample(FIELDS, 2)} for _ in range(300)]
    rows = [
        ["title", *random.choice([["", "2017-01-05", ""], random.choices(TEXTS, k=3)]), "1"]
        for _ in range(300)
    ]
    for row in rows:
        row[random.randrange(5)] = random.choice(TEXTS)
    first = desk.take("backup.json", backup(*(task(n, **fields) for n, fields in enumerate(odd))))
    random.shuffle(odd)
    desk.give("again.json", backup(*(task(n, **fields) for n, fields in enumerate(odd))))
    desk.chaos.run()
    taken = desk.take("tasks.csv", csv_of(rows), MAPPING)

    assert len(first.titles) + len(first.held) == len(odd)
    there = {id_ for id_ in taken.titles if id_.startswith("row")}
    assert len(there) + sum(held.place.startswith("tasks.csv") for held in taken.held) == len(rows)
    assert min(len(first.titles), len(there)) > 5
    desk.look_everywhere()


def csv_of(rows: Sequence[Sequence[str]]) -> bytes:
    """A table of these cells, each row with a number of its own."""
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(HEADER.split(","))
    writer.writerows([f"row {n}", *row] for n, row in enumerate(rows))
    return file.getvalue().encode("utf-8", "surrogatepass")
