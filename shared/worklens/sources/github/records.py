"""Reads one raw GitHub record (its shape stands at the top of ``source.py``) into a task, its removal or a repository."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from worklens.sources.base import UNFIT, Parsed, Reading, Unreadable, unreadable
from worklens.tasks import Collection, EventKind, Happened, Moment, Removal, Task, after, day, instant

COMPLETED = {None, "", "completed", "reopened"}  # reasons; those with another one were closed undone
DATE = len("2026-01-05")  # of a milestone's due time: the rest is midnight somewhere


class Issue(msgspec.Struct, frozen=True, omit_defaults=True, gc=False):
    """What is kept of an issue or pull request. Times are as the service wrote them."""

    id: int
    number: int = 0
    title: str = ""
    body: str = ""
    state: str = "open"
    state_reason: str = ""
    labels: tuple[str, ...] = ()
    assignee: str = ""
    due_on: str = ""
    created_at: str = ""
    updated_at: str = ""
    closed_at: str = ""
    merged_at: str = ""
    is_pull: bool = False
    html_url: str = ""


class Pull(msgspec.Struct, frozen=True, omit_defaults=True, gc=False):
    """When the first commit of a pull request was written, somebody else first reviewed it, and it was merged."""

    first_commit: str = ""
    first_review: str = ""
    merged_at: str = ""


class Event(msgspec.Struct, frozen=True, gc=False):
    """Something that happened: the service's id of it, its kind as Worklens has it, and when."""

    id: str
    kind: EventKind
    at: str


class Repository(msgspec.Struct, frozen=True, gc=False):
    """A repository: its number, which renaming doesn't change, and its name with its owner's."""

    id: int
    full_name: str


class Gone(msgspec.Struct, frozen=True, gc=False):
    """An issue of which the service says that it was deleted."""

    id: int


class Record(msgspec.Struct, frozen=True, omit_defaults=True, gc=False):
    """A raw record. ``left``: an issue that is no longer ours to do, and until when (ISO) it is known to have been."""

    issue: Issue | None = None
    repository_id: int = 0
    pull: Pull | None = None
    left: str = ""
    repository: Repository | None = None
    gone: Gone | None = None
    events: tuple[Event, ...] = ()


_decode = msgspec.json.Decoder(Record).decode


def read(record: bytes, reading: Reading) -> list[Parsed]:
    """The task with what happened to it, removal or repository of a raw record. Raises Unreadable, without quoting what people wrote."""
    try:
        raw = _decode(record)
        if raw.issue is not None:
            return [_task(raw.issue, raw, reading.feed), *_events(raw.issue, raw, reading.feed)]
        if raw.repository is not None:
            name = raw.repository.full_name
            return [Collection(account=reading.feed, collection=str(raw.repository.id), title=name)]
        if raw.gone is not None:
            return [Removal(account=reading.feed, task=str(raw.gone.id))]
    except UNFIT as error:
        raise unreadable(error) from None
    raise Unreadable("wrong-shape", error="Object holds none of `issue`, `repository`, `gone`")


def _task(issue: Issue, record: Record, account: str) -> Task:
    pull = record.pull or Pull()
    completed, closed = _ends(issue, issue.merged_at or pull.merged_at, record.left)
    return Task(
        account=account,
        task=str(issue.id),
        collection=str(record.repository_id) if record.repository_id else "",
        title=issue.title or f"#{issue.number}",
        notes=issue.body,
        labels=tuple(sorted(set(issue.labels))),
        created=_moment(issue.created_at),
        started=_moment(pull.first_commit),
        reviewed=_moment(pull.first_review),
        due=_due(issue.due_on) if issue.due_on else None,
        completed=completed,
        closed=closed,
        assignee=issue.assignee,
        link=issue.html_url,
        kind="change" if issue.is_pull else "",
        updated=_moment(issue.updated_at),
    )


def _events(issue: Issue, record: Record, account: str) -> Iterator[Happened]:
    """What the service says happened. Of a closing it is known, as of any, that it was at some time after that."""
    for event in record.events:
        at = instant(event.at)
        when = after(at) if event.kind == "closed" else at
        yield Happened(event=event.id, kind=event.kind, account=account, task=str(issue.id), at=when)


def _ends(issue: Issue, merged: str, left: str) -> tuple[Moment | None, Moment | None]:
    """When it was completed: merged, or closed as done; or closed, with the last instant at which it was open and ours."""
    if left:
        return None, after(instant(left))
    if issue.state != "closed":
        return None, None
    is_done = bool(merged) if issue.is_pull else issue.state_reason in COMPLETED
    done = _moment(merged if issue.is_pull else issue.closed_at) if is_done else None
    return (done, None) if done else (None, after(_moment(issue.closed_at or issue.created_at)))


def _due(text: str) -> Moment:
    """The date of a milestone: the service keeps its midnight in California, or in UTC, which are both that date."""
    try:
        return day(text[:DATE])
    except (ValueError, OverflowError):
        raise Unreadable("unreadable-date", field="due_on") from None


def _moment(text: str) -> Moment | None:
    return instant(text) if text else None
