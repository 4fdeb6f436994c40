"""``import --preview``: what a file would be understood as, before anything is taken in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from worklens.cli.files import Candidate, Wish, zone_for
from worklens.cli.tables import Table, number, others, styled
from worklens.tasks import NO_TIME, Moment, Task

if TYPE_CHECKING:
    from worklens.cli.shell import Shell
    from worklens.ports import Feed
    from worklens.sources.base import Reading
    from worklens.sources.preview import Preview
    from worklens.sources.questions import Question

SHOWN = 10


def show(found: Sequence[Candidate], wish: Wish, shell: Shell) -> None:
    """Each file in its turn."""
    feeds = _feeds(shell)
    plain = []
    for one in found:
        about = _reading(one, feeds.get(one.feed), wish, shell)
        zone, seen = about.zone, _read(one, about)
        questions = [*one.known.questions, *seen.questions]
        if shell.json:
            plain.append(_plain(one, zone, seen, questions, shell))
        else:
            _print(one, zone, seen, questions, shell)
    if shell.json:
        shell.document({"files": plain})
    else:
        shell.line("preview-next")


def _feeds(shell: Shell) -> dict[str, Feed]:
    if shell.empty:
        return {}
    with shell.platform() as platform:
        return {feed.name: feed for feed in platform.state.feeds()}


def _reading(one: Candidate, known: Feed | None, wish: Wish, shell: Shell) -> Reading:
    """What the reader would know, had the file been given to it."""
    from worklens.ports import Feed
    from worklens.stages.zones import reading, zones_after

    zones = zones_after(known.zones if known else (), zone_for(one, wish, known, shell))
    return reading(Feed(name=one.feed, source=one.known.source, zones=zones), one.tells_of or one.modified)


def _read(one: Candidate, about: Reading) -> Preview:
    from worklens.sources.base import File
    from worklens.sources.preview import preview
    from worklens.sources.registry import file_source

    file = File(name=one.path.name, content=one.content, modified=one.tells_of or one.modified)
    return preview(
        file_source(one.known.source), file, one.known.settings, about.zone, SHOWN, one.feed, about.earlier
    )


def _print(one: Candidate, zone: str, seen: Preview, questions: Sequence[Question], shell: Shell) -> None:
    shell.out.print(styled(one.path.name, "bold"), soft_wrap=True)
    about = {"format": one.known.format, "account": one.feed, "zone": zone, "n": number(seen.total)}
    shell.line("preview-about", **about)
    shell.out.print()
    headings = [
        shell.say(f"column-{name}") for name in ("task", "title", "list", "created", "due", "ended", "state")
    ]
    made = Table(*headings, flexible=headings[1])
    for task in seen.tasks:
        made.add(*_cells(task, shell))
    made.print(shell.out)
    shell.out.print()
    for question in questions:
        shell.paragraph(
            others(shell.reason(question.key, question.params), 600), styled("?", "yellow"), indent=2
        )


def _cells(task: Task, shell: Shell) -> list[Any]:
    ended = task.deleted or task.completed or task.closed
    return [
        others(f"{task.task} {task.occurrence}".strip(), 16),
        others(task.title),
        others(task.collection, 14),
        _day(task.created),
        _day(task.due),
        _day(ended),
        shell.say(f"status-{task.status}"),
    ]


def _day(moment: Moment | None) -> str:
    return str(moment)[:10] if moment and moment != NO_TIME else ""


def _plain(
    one: Candidate, zone: str, seen: Preview, questions: Sequence[Question], shell: Shell
) -> dict[str, Any]:
    """The same as data."""
    counts = Counter(item.reason for item in seen.rejected)
    return {
        "file": one.path.name,
        "format": one.known.format,
        "account": one.feed,
        "time_zone": zone,
        "mapping": one.known.settings.get("mapping"),
        "total": seen.total,
        "tasks": [_task(task) for task in seen.tasks],
        "rejected": [{"reason": reason, "count": count} for reason, count in counts.most_common()],
        "questions": [
            {"key": one.key, "params": one.params, "text": shell.reason(one.key, one.params)}
            for one in questions
        ],
    }


def _task(task: Task) -> dict[str, Any]:
    import msgspec

    fields = msgspec.structs.asdict(task)
    set_ = {name: value for name, value in fields.items() if value not in (None, "", (), NO_TIME)}
    plain = {name: str(value) if isinstance(value, Moment) else value for name, value in set_.items()}
    return {**plain, "status": task.status}
