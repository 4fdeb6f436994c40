"""Recognising files, previews, the registry of sources, and the words for reasons."""

from __future__ import annotations

import json
import string
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from worklens.sources.base import File, Refused
from worklens.sources.csv.mapping import FileMapping, checked, mapping_of
from worklens.sources.preview import Preview, preview
from worklens.sources.reasons import REASONS, in_words
from worklens.sources.recognize import FORMATS, Recognized, account_of_name, recognize
from worklens.sources.registry import FILES, SOURCES, file_source, source
from worklens.tasks import day

BACKUP = b'{"user":7,"exported":"","data":{"lists":[],"tasks":[{"id":1,"list_id":1,"title":"t"}]}}'
NESTED = b'[{"id":1,"title":"l","tasks":[]}]'
OLD = b'{"lists":[],"reminders":[],"tasks":[]}'
TODOS = b"begin:vcalendar\r\nBEGIN:VTODO\r\nUID:a\r\nEND:VTODO\r\nEND:VCALENDAR"
TABLE = b"title,due\na,2020-01-01\n"


def previewed(content: bytes, recognized: Recognized, n: int = 10) -> Preview:
    """The preview of a file as it was recognized."""
    file = File(name="f", content=content, modified=0)
    return preview(
        file_source(recognized.source), file, recognized.settings, "UTC", n, recognized.default_account
    )


@pytest.mark.parametrize(
    ("content", "format_", "source_", "account"),
    [
        (BACKUP, "wunderlist-backup", "wunderlist", "wunderlist:7"),
        (b"\xef\xbb\xbf\r\n " + NESTED, "wunderlist-export", "wunderlist", "wunderlist:me"),
        (OLD, "wunderlist-2", "wunderlist", "wunderlist:me"),
        (BACKUP.decode().encode("utf-16"), "wunderlist-backup", "wunderlist", "wunderlist:7"),
        (TABLE, "csv", "csv", "csv:my-tasks"),
        (b"\xef\xbb\xbf" + TODOS, "icalendar", "icalendar", "icalendar:my-tasks"),
        (b"\xef\xbb\xbf" + TABLE.replace(b",", b"\t"), "tsv", "csv", "csv:my-tasks"),
        (TABLE.decode().encode("utf-16"), "csv", "csv", "csv:my-tasks"),
    ],
)
@pytest.mark.parametrize("name", ["My tasks.csv", "my tasks.json", "My Tasks.zip"])
def test_a_file_is_told_by_its_content_and_not_by_its_name(
    name: str, content: bytes, format_: str, source_: str, account: str
) -> None:
    """Any content under any name."""
    found = recognize(name, content)

    assert (found.format, found.source, found.default_account) == (format_, source_, account)


@pytest.mark.parametrize(
    "content",
    [
        b"%PDF-1.4,\n", b"\x89PNG\r\n\x1a\n,,,", b"<html>,</html>", b"just a sentence\n", b'{"a":1}', b"[]", bytes(range(256)),
        b"SQLite format 3\0,", b"# title\n\n* a list",
    ],
)  # fmt: skip
def test_other_files_are_refused_with_all_that_is_known(content: bytes) -> None:
    """The person learns what could have been read."""
    with pytest.raises(Refused) as refused:
        recognize("f", content)

    assert refused.value.reason == "unknown-format"
    assert refused.value.params == {"file": "f", "known": ", ".join(FORMATS)}


@pytest.mark.parametrize("content", [b"", b" \n\t", b"\0\0"])
def test_an_empty_file_is_said_to_be_empty(content: bytes) -> None:
    """Not of an unknown format."""
    with pytest.raises(Refused, match="empty-file"):
        recognize("f", content)


def test_a_named_format_goes_before_the_looks() -> None:
    """One column is no table unless the person says so; JSON is no table even then."""
    assert recognize("f", b"title\na\nb\n", "csv").settings["mapping"]["columns"] == {"title": "title"}
    tabs = recognize("f", b"title\tx,y,z\na\t1,2,3\n", "tsv")
    assert tabs.format == "tsv"
    assert [task.title for task in previewed(b"title\tx,y,z\na\t1,2,3\n", tabs).tasks] == ["a"]
    assert recognize("f", BACKUP, "wunderlist").format == "wunderlist-backup"
    with pytest.raises(Refused, match="broken-json"):
        recognize("f", TABLE, "wunderlist-backup")
    with pytest.raises(Refused, match="unknown-format-name"):
        recognize("f", TABLE, "excel")


def test_a_mapping_makes_a_file_a_table_and_names_its_account() -> None:
    """With a mapping nothing is guessed, and nothing asked about guesses."""
    mapping = checked("m", {"columns": {"title": "title"}, "file": {"account": "work"}})
    found = recognize("f", TABLE, mapping=mapping)

    assert (found.default_account, found.questions) == ("csv:work", [])
    assert mapping_of(found.settings) == mapping
    with pytest.raises(Refused, match="unknown-column"):
        recognize("f", b"name,due\n", mapping=mapping)


@pytest.mark.parametrize(
    ("name", "account"),
    [
        ("SiP Tasks (2).csv", "csv:sip-tasks-2"),
        ("任务.tsv", "csv:任务"),
        (".csv", "csv:csv"),
        ("...", "csv:file"),
    ],
)
def test_an_account_is_made_of_the_files_name(name: str, account: str) -> None:
    """Letters and digits of any script, nothing else."""
    assert account_of_name(name) == account


def test_a_preview_shows_tasks_counts_and_questions() -> None:
    """Ten rows as they would be understood, and what remains to be asked, over the whole file."""
    rows = "".join(f"t{i},2020-01-{i + 1:02},{'odd' if i % 2 else 'done'},{i}\n" for i in range(20))
    content = f"title,due,status,priority\n{rows}x,1,done,\nshort\nt1,2020-01-02,odd,1\n".encode()
    found = recognize("f.csv", content)
    seen = previewed(content, found)
    asked = {question.key: question.params for question in [*found.questions, *seen.questions]}

    assert (len(seen.tasks), seen.total) == (10, 21)
    assert seen.tasks[3].title == "t3"
    assert seen.tasks[3].due == day("2020-01-04")
    assert asked["unknown-statuses"] == {"column": "status", "values": "odd (11)", "count": "11"}
    assert asked["unknown-priorities"]["count"] == "11"
    assert asked["identity-by-title"] == {"column": "title"}
    rejected = [question.params for question in seen.questions if question.key == "rejected"]
    assert [(params["reason"], params["place"]) for params in rejected] == [
        ("row-too-short", "f:row 23"), ("bad-date", "f:row 22"),
    ]  # fmt: skip
    for question in [*found.questions, *seen.questions]:
        assert "?" not in in_words(question.key, question.params).replace("deleted?", "")


def test_a_preview_notices_ids_that_repeat() -> None:
    """The remedy may be a column that tells them apart."""
    mapping = checked("m", {"columns": {"id": "id", "title": "t"}})
    content = b"id,t\n1,a\n1,b\n2,c\n"
    seen = previewed(content, recognize("f", content, mapping=mapping))

    assert {q.key: q.params for q in seen.questions} == {"repeated-ids": {"count": "1"}}


def test_a_guessed_encoding_is_asked_about() -> None:
    """Latin letters may look wrong."""
    content = "title,due\ncafé,\n".encode("cp1252")
    seen = previewed(content, recognize("f", content))

    assert {"encoding": "cp1252"} in [question.params for question in seen.questions]
    assert seen.tasks[0].title == "café"


def test_a_preview_of_a_backup() -> None:
    """Nothing to ask, one task."""
    seen = previewed(BACKUP, recognize("f", BACKUP))

    assert ([task.title for task in seen.tasks], seen.questions) == (["t"], [])


@given(
    st.binary(max_size=200) | st.sampled_from([BACKUP, NESTED, OLD, TABLE]), st.sampled_from(["", *FORMATS])
)
def test_any_bytes_are_recognized_or_refused(content: bytes, format_: str) -> None:
    """What is recognized can be previewed, and either way there are words for the person."""
    try:
        found = recognize("f", content, format_)
        seen = previewed(content, found)
    except Refused as refused:
        words = [in_words(refused.reason, refused.params, language) for language in ("en", "zh")]
    else:
        words = [json.dumps(found.settings)]
        words += [in_words(question.key, question.params) for question in seen.questions]
    assert all(words)


@given(st.text(alphabet=st.sampled_from(list('title,due;"\n1|\t2020-x')), max_size=80))
def test_any_table_is_understood_or_refused(text: str) -> None:
    """The title column is always there, the rest is chance."""
    content = ("title,due,done\n" + text).encode()
    found = recognize("f", content)
    seen = previewed(content, found, n=1000)

    assert isinstance(mapping_of(found.settings), FileMapping)
    assert len(seen.tasks) == seen.total


def test_every_source_has_its_class() -> None:
    """The registry names what is there, by the name the source gives itself."""
    for name in FILES:
        assert file_source(name).name == source(name).name == name
        assert callable(file_source(name).questions)
    assert set(FILES) <= set(SOURCES)
    with pytest.raises(LookupError):
        source("nowhere")
    with pytest.raises(LookupError):
        file_source("todoist")


def test_the_registry_imports_no_source_until_it_is_asked() -> None:
    """A function that serves one source doesn't load the others."""
    code = "import sys, worklens.sources.registry; print([m for m in sys.modules if 'csv' in m or 'wunderlist' in m])"
    path = str(Path(__file__).resolve().parents[2] / "shared")
    run = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, env={"PYTHONPATH": path}
    )

    assert run.stdout.strip() == "[]", run.stderr


@pytest.mark.parametrize("reason", sorted(REASONS))
def test_both_languages_take_the_same_parameters(reason: str) -> None:
    """A text that forgets a parameter, or names another one, would leave a gap in one language."""
    names = [{name for _, name, _, _ in string.Formatter().parse(text) if name} for text in REASONS[reason]]

    assert names[0] == names[1]
    assert all(text.rstrip().endswith((".", "?", "。", "？", "}")) for text in REASONS[reason])


def test_words_never_fail() -> None:
    """A missing parameter is a gap, an unknown key is itself."""
    assert "?" in in_words("bad-date", {})
    assert in_words("brand-new", {"a": "b"}) == "brand-new"
    assert "row-too" not in in_words(
        "rejected", {"count": "1", "place": "p", "reason": "row-too-short", "columns": "3"}
    )


def test_a_todoist_backup_is_refused_with_advice() -> None:
    """It tells of no completion; as a table it may be read all the same."""
    content = b"TYPE,CONTENT,DESCRIPTION,PRIORITY\ntask,Buy milk,,1\n"
    with pytest.raises(Refused) as refused:
        recognize("Inbox.csv", content)
    assert refused.value.reason == "todoist-backup"
    assert recognize("Inbox.csv", content, "csv").format == "csv"
