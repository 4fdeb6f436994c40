"""todo.txt and done.txt as one listing, and each as a file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from tests.cli.conftest import Person

from worklens.sources.base import Context, Coverage, Done, File, Page, Read, Reading, Refused
from worklens.sources.recognize import recognize
from worklens.sources.todotxt.export import TodoTxtFile
from worklens.sources.todotxt.source import TodoTxt
from worklens.tasks import Task
from worklens.testing.files import Pulled, parse_all, pull_file

SAMPLE = """(A) 2026-11-01 Thank Mum for the meatballs @phone
(B) 2026-11-01 Schedule Goodwill pickup +GarageSale @phone
Post signs around the neighborhood +GarageSale
x 2026-11-02 2026-11-01 Eat pie
"""


def pulled(todo: str | list[str], done: str | None = "", cursor: str = "", *, full: bool = False) -> Pulled:
    """What a pull hands on; a list is what todo.txt says at one reading after the other."""
    texts = [todo] * 9 if isinstance(todo, str) else list(todo)
    pull = TodoTxt().pull(Context(feed="todotxt:me", now=0, cursor=cursor, full=full))
    pages: list[Page] = []
    asked: Any = next(pull)
    try:
        while True:
            if isinstance(asked, Page):
                pages.append(asked)
                asked = pull.send(None)
            elif asked == Read("done") and done is None:
                asked = pull.throw(Refused("file-missing", file="done.txt"))
            else:
                text = texts.pop(0) if asked == Read("todo") else done or ""
                asked = pull.send(File(name=f"{asked.name}.txt", content=text.encode(), modified=0))
    except StopIteration as stop:
        return Pulled(pages, stop.value)


def end(found: Pulled) -> Done:
    """How it ended."""
    assert found.done is not None
    return found.done


def told(found: Pulled) -> list[dict[str, str]]:
    """Its records."""
    return [json.loads(record) for record in found.records]


def test_a_listing() -> None:
    """Everything the first time, then what changed, then nothing."""
    first = pulled(SAMPLE)
    assert len(first.records) == 4
    assert end(first).coverage == Coverage(listed="open")

    second = pulled(SAMPLE.replace("(A)", "(C)"), cursor=end(first).cursor)
    assert [record["line"][:3] for record in told(second)] == ["(C)"]
    assert end(second).coverage == Coverage(listed="nothing")
    assert pulled(SAMPLE.replace("(A)", "(C)"), cursor=end(second).cursor).pages == []


def test_one_is_gone() -> None:
    """That is told by its id."""
    first = pulled(SAMPLE)
    ids = {record["line"]: record["id"] for record in told(first)}
    second = pulled(SAMPLE.partition("\n")[2], cursor=end(first).cursor)
    assert told(second) == [{"gone": ids[SAMPLE.partition("\n")[0]]}]


def test_a_file_emptied_is_not_believed() -> None:
    """A program that died while writing leaves an empty file; asked for in full it is taken as it is."""
    cursor = end(pulled("a b; c d; e f; g h; i j".replace("; ", "\n"))).cursor
    with pytest.raises(Refused) as refused:
        pulled("", cursor=cursor)
    assert refused.value.reason == "listing-shrunk"
    assert end(pulled("", cursor=cursor, full=True)).coverage == Coverage(listed="open")


def test_a_done_txt_that_is_gone_is_missed() -> None:
    """Where there never was one there is none to miss."""
    without = end(pulled(SAMPLE, None)).cursor
    assert pulled(SAMPLE, None, without).pages == []
    with pytest.raises(Refused) as refused:
        pulled(SAMPLE, None, end(pulled(SAMPLE)).cursor)
    assert refused.value.reason == "file-missing"


def test_a_line_that_is_moved_while_we_read() -> None:
    """todo.txt is read again until it is as it was before done.txt was read."""
    first = pulled("a b c\nd e f")
    found = pulled(["x 2026-11-03 a b c\nd e f", "d e f", "d e f"], "x 2026-11-03 a b c", end(first).cursor)
    assert [record["line"] for record in told(found)] == ["x 2026-11-03 a b c"]
    with pytest.raises(Refused) as refused:
        pulled(["a", "b", "c", "d", "e", "f"])
    assert refused.value.reason == "files-changing"


def test_files_one_by_one() -> None:
    """done.txt first, then todo.txt: what was archived is completed, and what is in neither is gone."""
    about: dict[str, Any] = {"feed": "todotxt:me", "name": "todo.txt"}
    first = pull_file(TodoTxtFile(), b"2026-11-01 a b\n2026-11-01 c d\n2026-11-01 e f\n", **about)
    assert first.done
    done = pull_file(TodoTxtFile(), b"x 2026-11-03 2026-11-01 a b\n", cursor=first.done.cursor, **about)
    assert done.done
    last = pull_file(TodoTxtFile(), b"2026-11-01 e f\n", cursor=done.done.cursor, **about)

    ids = {record["line"]: record["id"] for record in told(first)}
    assert told(done) == [{"id": ids["2026-11-01 a b"], "line": "x 2026-11-03 2026-11-01 a b"}]
    assert told(last) == [{"gone": ids["2026-11-01 c d"]}]
    assert (
        pull_file(TodoTxtFile(), b"2026-11-01 e f\n", cursor=last.done.cursor if last.done else "").pages
        == []
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("end_of_line", ["\n", "\r\n"])
def test_encodings(encoding: str, end_of_line: str) -> None:
    """As editors write them."""
    text = "(A) 写周报 +工作\nx 2026-11-02 käse\n".replace("\n", end_of_line).encode(encoding)
    assert recognize("notes", text).format == "todotxt"
    found = pull_file(TodoTxtFile(), text, feed="todotxt:me")
    items = parse_all(TodoTxtFile(), found.records, Reading(feed="todotxt:me", seen_at=0)).items
    assert [item.title for item in items if isinstance(item, Task)] == ["写周报", "käse"]


@pytest.mark.parametrize(
    "text", ["title,due\na,2026-01-01\n", "a letter to a friend\nwith two lines\n", "name;x\n1;2\n"]
)
def test_other_texts(text: str) -> None:
    """A table is a table, and a letter nothing we know."""
    try:
        known = recognize("notes.txt", text.encode()).format
    except Refused as refused:
        known = refused.reason
    assert known in {"csv", "unknown-format"}


def test_connect_and_sync(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The done.txt beside it is found; a completion, an archiving and a deletion each after one sync."""
    monkeypatch.setenv("WORKLENS_SECRETS", "file")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("LANG", "C.UTF-8")
    person, folder = Person(tmp_path / "data"), tmp_path / "my notes"
    folder.mkdir()
    todo = folder / "todo.txt"
    todo.write_text(SAMPLE)
    person.run("connect", "todotxt", "--set", f"todo={todo}", "--time-zone", "UTC")
    assert person.run("sync", "--json").json["runs"][0]["events"] == {"created": 4, "completed": 1}

    lines = SAMPLE.splitlines()
    todo.write_text("\n".join([f"x 2026-11-05 {lines[0][4:]}", *lines[1:]]))
    assert person.run("sync", "--json").json["runs"][0]["events"] == {"completed": 1}
    todo.write_text("\n".join(lines[1:3]))
    (folder / "done.txt").write_text(f"{lines[3]}\nx 2026-11-05 {lines[0][4:]}\n")
    assert "nothing changed" in person.run("sync").out
    todo.write_text(lines[1])
    assert person.run("sync", "--json").json["runs"][0]["events"] == {"deleted": 1}
    assert "file-missing" not in person.run("sync").out
    todo.unlink()
    assert "not where it was" in person.run("sync", code=1).err
