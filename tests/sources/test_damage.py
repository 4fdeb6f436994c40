"""Files that something happened to: whatever it was, who reads them says so in words, or takes what is left."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import msgspec
import pytest
from hypothesis import given, note
from hypothesis import strategies as st
from tests.sources.icalendar.test_source import calendar
from tests.sources.taskwarrior.test_export import TASKS
from tests.sources.wunderlist.test_export import BACKUP, NESTED, OLD

from worklens.sources.base import Reading, Refused, Unreadable
from worklens.sources.csv.mapping import FileMapping, read_mapping
from worklens.sources.reasons import REASONS, in_words
from worklens.sources.recognize import FORMATS, recognize
from worklens.sources.registry import FILES, file_source
from worklens.tasks import Collection, Task
from worklens.testing.files import pull_file
from worklens.warehouse.rows import collection_rows, task_rows

READING = Reading(feed="csv:a", seen_at=0, zone="Europe/Berlin")
TABLE = '''id,title,notes,created,due,hours,status
1,task 1,,2017-01-01,,1,open
2,"two
lines",x,2017-01-02,2017-02-01,0.5,done
3,"said ""so""",ü,03/01/2017,,,open
'''
LOG = """date,description,words,estimate,actual,done
2017-01-01,12,"a,b",2,1,0
2017-01-02,12,"a,b",2,2,1
2017-01-03,12,a,1,1,0
"""
MAPPING = """
[columns]
id = "id"
title = "title"
notes = "notes"
created = "created"
due = "due"
estimate = "hours"
status = "status"
"""
EXAMPLES = Path(__file__).resolve().parents[2] / "docs" / "examples"


class Sample(NamedTuple):
    """A file that can be read, and the mapping with which it is."""

    content: bytes
    mapping: FileMapping | None = None


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode()


def _zipped(content: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("Tasks.json", content)
    return file.getvalue()


SAMPLES: dict[str, Sample] = {
    "csv": Sample(TABLE.encode()),
    "csv/cp1252": Sample(TABLE.encode("cp1252"), read_mapping("mapping.toml", MAPPING)),
    "csv/log": Sample(
        LOG.encode(), read_mapping("log.toml", (EXAMPLES / "pomodoro-log.toml").read_text("utf-8"))
    ),
    "tsv": Sample(TABLE.replace(",", "\t").encode("utf-16")),
    "icalendar": Sample(
        calendar("ä", "b", name="Büro", more="BEGIN:VTODO\r\nUID:c\r\nDUE;TZID=Europe/Paris:20170102T090000\r\n"
                 "RRULE:FREQ=WEEKLY;BYDAY=MO\r\nSUMMARY:lang\r\n ü\r\nCOMPLETED:20170103T100000Z\r\nEND:VTODO\r\n"
                 "BEGIN:VTODO\r\nUID:c\r\nRECURRENCE-ID;TZID=Büro:20170109T090000\r\nEND:VTODO\r\n"
                 "BEGIN:VTIMEZONE\r\nTZID:Büro\r\nBEGIN:STANDARD\r\nDTSTART:16010101T030000\r\n"
                 "TZOFFSETFROM:+0200\r\nTZOFFSETTO:+0100\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n")
    ),
    "taskwarrior": Sample(b"[\n" + b",\n".join(map(_json, TASKS)) + b"\n]\n"),
    "todotxt": Sample(
        "(A) 2017-01-01 call Zoë +home @phone due:2017-02-01 rec:+1w t:2017-01-15 id:7\n"
        "x 2017-01-03 2017-01-02 paint +home pri:B h:1\nx no dates\n\nbuy milk key:va:lue\n".encode()
    ),
    "wunderlist-backup": Sample(_json(BACKUP)),
    "wunderlist-export": Sample(_zipped(_json(NESTED))),
    "wunderlist-2": Sample(_json(OLD)),
}  # fmt: skip


def test_every_reader_is_tried() -> None:
    """A format and a source that come new want a sample above."""
    known = [recognize("file", sample.content, "", sample.mapping) for sample in SAMPLES.values()]

    assert {one.format for one in known} == set(FORMATS)
    assert {one.source for one in known} == set(FILES)


def read(sample: Sample, format_: str) -> None:
    """Read a file through to the warehouse's rows. Whatever can't be read must be said in both languages."""
    try:
        known = recognize("file", sample.content, format_, sample.mapping)
        reader = file_source(known.source)
        pulled = pull_file(reader, sample.content, settings=known.settings, name="file")
    except Refused as refused:
        assert_said(refused.reason, refused.params)
        return
    for one in pulled.rejected:
        assert_said(one.reason, one.params)
    msgspec.json.encode(pulled.rejected)
    for record in pulled.records:
        try:
            items = list(reader.parse(record, READING))
        except Unreadable as error:
            assert_said(error.reason, error.params)
            continue
        order = {"feed": "csv:a", "run": 1, "seen_at": 0, "position": 0}
        task_rows([item for item in items if isinstance(item, Task)], **order)
        collection_rows([item for item in items if isinstance(item, Collection)], **order)


def assert_said(reason: str, params: Mapping[str, str]) -> None:
    """There are words for it in both languages, with a value for each name in them."""
    english, chinese = (in_words(reason, params, language) for language in ("en", "zh"))
    assert reason in REASONS
    assert english != chinese
    assert REASONS[reason][0].format_map({"why": "", "place": "", **params})


PIECES = st.one_of(
    st.binary(max_size=4),
    st.sampled_from(
        [b'"', b"\0", b"\n", b"\r", b"\xff", b"\xe2\x80\xa8", b"\\ud83e", b"9" * 400, b"{", b"}", b"[", b"]", b",",
         b"null", b"true", b"-1", b"1e400", b'""', b"0000-01-01", b"9999-12-31T23:59:59-14:00", b"10000-01-01",
         b"0001-01-01T00:00:00+14:00", b"END:VTODO\r\n", b"BEGIN:VCALENDAR\r\n", b"TZID=", b"P9999999999D", b"PK\x03\x04"]
    ),
)  # fmt: skip


@st.composite
def damaged(draw: st.DrawFn, content: bytes) -> bytes:
    """The content with up to four pieces of it cut out, and others put there, or its own put elsewhere."""
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(content)))
        length = draw(st.one_of(st.integers(0, 12), st.integers(0, len(content))))
        other = draw(st.integers(0, len(content)))
        put = draw(st.one_of(PIECES, st.just(content[other : other + 60])))
        content = content[:start] + put + content[start + length :]
    return content


@pytest.mark.parametrize("name", SAMPLES)
@given(data=st.data())
def test_any_damage_is_refused_or_put_aside(name: str, data: st.DataObject) -> None:
    """Wherever it was cut, and whatever stands there instead; told what it is, or left to be recognised."""
    sample = SAMPLES[name]
    content = data.draw(damaged(sample.content))
    note(repr(content))
    format_ = data.draw(st.sampled_from(["", name.partition("/")[0]]))
    read(sample._replace(content=content), format_)
