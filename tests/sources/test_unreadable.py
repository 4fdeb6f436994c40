"""A battery over raw records: what can't be read is said to be so, in words that quote nobody, and nothing else escapes.

Most records are those that each source's fake, program or file gave of a small scene, damaged; ``OWN`` are made by hand.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from contextlib import suppress
from functools import cache
from typing import Any, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.sources.scenes import SERVICES, scene

from worklens.sources.base import Reading, Unreadable
from worklens.sources.reasons import REASONS
from worklens.sources.registry import source

WRITTEN = "soon, or never"  # what a person wrote where something else belongs
DEEP = b"[" * 100_000 + b"]" * 100_000
NEVER = (b"", b"{", b"[]", b"{}", b"3", b"\xff", b'{"a":' * 5_000, DEEP)

# What a source alone may say wrongly: the fields of a record of a kind ("": the record's own), and the reason.
SHAPE, VALUE, DATE = "wrong-shape", "wrong-value", "unreadable-date"
OWN: dict[str, dict[str, Iterable[tuple[str, str]]]] = {
    "caldav": {"": [('"todo":{}', SHAPE), ('"gone":1', SHAPE)], "todo": [('"uid":"a","text":""', SHAPE)]},
    "csv": {"": [('"place":"p","cells":{"id":1}', SHAPE)]},
    "github": {
        "issue": [
            ('"id":"7"', SHAPE),
            (f'"id":7,"created_at":"{WRITTEN}"', VALUE),
            ('"id":7,"due_on":"0000-01-01T00:00:00Z"', DATE),
        ]
    },
    "google_tasks": {
        "task": [
            ('"id":7', SHAPE),
            ('"id":"a","updated":"2026-01-01T00:00:00"', SHAPE),
            (f'"id":"a","notes":{{"{WRITTEN}":1}}', SHAPE),
            ('"id":"a","updated":"0001-01-01T00:00:00Z"', VALUE),
            (f'"id":"a","due":"{WRITTEN}"', DATE),
            ('"id":"a","due":"0000-01-01T00:00:00.000Z"', DATE),
        ]
    },
    "microsoft_todo": {
        "": [('"task":3', SHAPE)],
        "task": [
            ("", SHAPE),
            ('"id":"1","title":7', SHAPE),
            (f'"id":"1","createdDateTime":"{WRITTEN}"', SHAPE),
            ('"id":"1","createdDateTime":"2017-01-12T17:08:30"', SHAPE),
            ('"id":"1","checklistItems":[{}]', SHAPE),
            ('"id":"1","createdDateTime":"0001-01-01T00:00:00Z"', VALUE),
            (f'"id":"1","dueDateTime":{{"dateTime":"{WRITTEN}"}}', DATE),
            ('"id":"1","dueDateTime":{"dateTime":"9999-12-31T23:00:00","timeZone":"UTC"}', DATE),
            (f'"id":"1","status":"completed","completedDateTime":{{"dateTime":"{WRITTEN}"}}', DATE),
        ],
    },
    "taskwarrior": {
        "": [
            (f'"uuid":"u","entry":"{WRITTEN}"', VALUE),
            ('"uuid":"u","due":"99991231T235959Z"', VALUE),
            ('"uuid":"u","description":7', SHAPE),
        ]
    },
    "ticktick": {
        "": [('"task":3', SHAPE)],
        "task": [
            ("", SHAPE),
            ('"id":"1","title":7', SHAPE),
            ('"id":"1","items":[{}]', SHAPE),
            ('"id":"1","focusSummaries":[{"pomoDuration":-1}]', VALUE),
            (f'"id":"1","createdTime":"{WRITTEN}"', DATE),
            ('"id":"1","createdTime":"2017-01-12T17:08:30"', DATE),
            ('"id":"1","dueDate":"2017-02-30T00:00:00+0000"', DATE),
            (f'"id":"1","status":2,"completedTime":"{WRITTEN}"', DATE),
        ],
    },
    "todoist": {
        "": [('"item":null', SHAPE), ('"item":{"id":"1"},"occurrence":{"key":"yesterday"}', VALUE)],
        "item": [
            ('"id":1.5', SHAPE),
            ('"id":"1","added_at":"0000-01-01T00:00:00Z"', SHAPE),
            ('"id":"1","added_at":"2026-01-01T00:00:00"', SHAPE),
            (f'"id":"1","description":{{"{WRITTEN}":1}}', SHAPE),
            ('"id":"1","due":{"date":"2016-12-0T12:00:00.000000"}', DATE),
            ('"id":"1","due":{"date":"0000-01-01"}', DATE),
        ],
    },
    "wunderlist": {
        "": [('"task":3', SHAPE), ('"subtask":{"id":1}', SHAPE)],
        "task": [
            *((f'"id":{value}', SHAPE) for value in ("1.0", "1e300", "null", "9" * 5_000)),
            ('"id":1,"title":7', SHAPE),
            ('"id":1,"title":"\\ud800"', SHAPE),
            *(
                (f'"id":1,"created_at":"{text}"', SHAPE)
                for text in ("2016-12-0T12:00:00.000000", "0000-01-01T00:00:00Z", "2017-01-12T17:08:30")
            ),
            *(
                (f'"id":1,"due_date":"{text}"', VALUE)
                for text in ("2017-02-30", WRITTEN, "2017-01-16T09:30:00")
            ),
        ],
    },
}
WRONG = [
    (name, (f'{{"{kind}":{{{fields}}}}}' if kind else f"{{{fields}}}").encode(), reason)
    for name, kinds in OWN.items()
    for kind, some in kinds.items()
    for fields, reason in some
]
JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)


class Records(NamedTuple):
    """What a scene gave: raw records, how they are read, and the places in them: a record's number and a path."""

    raw: tuple[bytes, ...]
    reading: Reading
    places: tuple[tuple[int, tuple[str | int, ...]], ...]


@cache
def records_of(name: str) -> Records:
    """Those of a scene; all of them can be read."""
    with scene(name) as made:
        feed, settings = made.observer.feed, dict(made.fake.settings)
        assert made.observer.unreadable == []
        raw = tuple(made.observer.records)
    places = tuple((number, path) for number, record in enumerate(raw) for path in paths(json.loads(record)))
    return Records(raw, Reading(feed=feed, seen_at=1, settings=settings), places)


def paths(value: Any) -> list[tuple[str | int, ...]]:
    """Where something stands in a document, at any depth."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [(key, *rest) for key, part in inner for rest in [(), *paths(part)]]


def put(value: Any, path: tuple[str | int, ...], other: Any) -> Any:
    """The document with something else at a place."""
    if not path:
        return other
    changed = value.copy()
    changed[path[0]] = put(value[path[0]], path[1:], other)
    return changed


def read(name: str, record: bytes) -> None:
    """Read a record, to the end."""
    list(source(name).parse(record, records_of(name).reading))


@pytest.mark.parametrize("name", SERVICES)
def test_what_is_no_record_at_all(name: str) -> None:
    """Each says so, in words that there are."""
    for record in NEVER:
        with pytest.raises(Unreadable) as caught:
            read(name, record)
        assert caught.value.reason in REASONS


@pytest.mark.parametrize(("name", "record", "reason"), WRONG, ids=lambda value: str(value)[:60])
def test_what_cannot_be_read(name: str, record: bytes, reason: str) -> None:
    """It is said why, without what a person wrote."""
    with pytest.raises(Unreadable) as caught:
        read(name, record)

    assert caught.value.reason == reason
    assert WRITTEN not in str(caught.value)


@pytest.mark.parametrize("name", SERVICES)
@given(st.data())
def test_nothing_else_escapes(name: str, data: st.DataObject) -> None:
    """Whatever stands in whichever place of a record, it is read or refused."""
    records = records_of(name)
    number, path = data.draw(st.sampled_from(records.places))
    damaged = put(json.loads(records.raw[number]), path, data.draw(JUNK))
    with suppress(Unreadable):
        read(name, json.dumps(damaged).encode())


@pytest.mark.parametrize("name", SERVICES)
@given(st.data())
def test_no_bytes_surprise_it(name: str, data: st.DataObject) -> None:
    """A record in which any bytes stand in place of some of its own, too."""
    record = data.draw(st.sampled_from(records_of(name).raw))
    begin, end = sorted(data.draw(st.tuples(*[st.integers(0, len(record))] * 2)))
    with suppress(Unreadable):
        read(name, record[:begin] + data.draw(st.binary(max_size=80)) + record[end:])
