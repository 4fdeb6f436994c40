"""Which line is which task: lines have no ids, so each is matched with what was known, by rules from sure to likely.

A task's first id is the hash of its words and its creation date (and a number, where several have the same). It is
kept as long as a line can be matched with it, also when its words change a little.
"""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from collections.abc import Callable, Iterable, Sequence
from hashlib import blake2b

import msgspec
from msgspec.structs import replace

from worklens.sources.todotxt.lines import Line
from worklens.tasks import digest

ALIKE = 0.5  # of the pairs of letters that either has, as many must be in both for a changed text to be the same task
PAIR = 2  # characters


class Known(msgspec.Struct, frozen=True, array_like=True):
    """A line as it was last seen. It holds hashes and dates, and nothing of the text."""

    id: str
    words: str  # hash of what tells the task
    line: str  # hash of the line
    created: str
    completed: str
    due: str
    priority: str
    done: bool
    archived: bool = False  # it stood in done.txt
    pairs: str = ""  # hashes of the pairs of letters, of an open line
    number: int = 0  # where it stood
    made: str = ""  # the creation date it had before a program dropped it


Key = tuple[object, ...] | None
Rule = Callable[[Known, bool], Key]


def short(text: str, size: int = 8) -> str:
    """A short hash, as hex."""
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=size).hexdigest()


def known_as(line: Line, number: int, *, archived: bool) -> Known:
    """A line as it will be remembered, without an id."""
    return Known(
        id="",
        words=short(line.words),
        line=short(line.text.strip()),
        created=line.created,
        completed=line.completed,
        due=line.due,
        priority=line.priority,
        done=line.done,
        archived=archived,
        pairs="" if line.done else "".join(sorted(_pairs(line.words))),
        number=number,
    )


def _pairs(text: str) -> set[str]:
    folded = f" {text.casefold()} "
    return {short(folded[at : at + PAIR], 2) for at in range(len(folded) - 1)}


# ----- rules: what of a known line, and of a new one, must be the same; None where a rule doesn't apply


def _unchanged(one: Known, new: bool) -> Key:
    """Before the same words: of two done lines with these, one may be gone from the file and still be remembered."""
    return (one.line,)


def _same(one: Known, new: bool) -> Key:
    return (one.words, one.created, one.completed, one.due, one.done)


def _done_now(one: Known, new: bool) -> Key:
    return (one.words, one.created, one.due) if one.done == new else None


def _rescheduled(one: Known, new: bool) -> Key:
    return (one.words, one.created) if not one.done else None


def _done_and_rescheduled(one: Known, new: bool) -> Key:
    return (one.words, one.created) if one.done == new else None


def _dated(one: Known, new: bool) -> Key:
    return (one.words,) if not one.done else None


def _done_and_dated(one: Known, new: bool) -> Key:
    return (one.words,) if one.done == new else None


def _reopened(one: Known, new: bool) -> Key:
    """Without a creation date, what looks like something of the archive is more likely the same task once more."""
    if one.done == new or (one.archived and not one.created):
        return None
    return (one.words, one.created)


def _completion_corrected(one: Known, new: bool) -> Key:
    return (one.words, one.created) if one.done and one.created else None


RULES: tuple[Rule, ...] = (
    _unchanged,
    _same,
    _done_now,
    _rescheduled,
    _done_and_rescheduled,
    _dated,
    _done_and_dated,
    _reopened,
    _completion_corrected,
)


def identified(lines: Sequence[Known], known: Sequence[Known]) -> list[Known]:
    """The lines, each with the id of the known one it is, or with a new one."""
    found: dict[int, Known] = {}
    free = dict(enumerate(known))
    for rule in RULES:
        _match(rule, lines, found, free)
    _match_alike(lines, found, free)
    taken = Counter(one.id for one in known)
    made = [_kept(line, found.get(at)) for at, line in enumerate(lines)]
    # Of several with the same words the done ones come first, in the order in which they were done.
    for at in sorted(range(len(made)), key=lambda at: (not made[at].done, made[at].completed, at)):
        if not made[at].id:
            made[at] = _new(made[at], taken)
    return made


def _match(rule: Rule, lines: Sequence[Known], found: dict[int, Known], free: dict[int, Known]) -> None:
    waiting: defaultdict[Key, deque[int]] = defaultdict(deque)
    for at, one in free.items():
        key = rule(one, False)
        if key is not None:
            waiting[key].append(at)
    for at, line in enumerate(lines):
        key = None if at in found else rule(line, True)
        if key is not None and waiting.get(key):
            found[at] = free.pop(waiting[key].popleft())


def _match_alike(lines: Sequence[Known], found: dict[int, Known], free: dict[int, Known]) -> None:
    """Renamed: open lines of the same creation date, the most alike first, and of those the nearest."""
    left: defaultdict[str, list[int]] = defaultdict(list)
    for at, one in free.items():
        if not one.done:
            left[one.created].append(at)
    pairs = [
        (_alikeness(line, free[was]), -abs(line.number - free[was].number), at, was)
        for at, line in enumerate(lines)
        if at not in found and not line.done
        for was in left[line.created]
    ]
    for alike, _, at, was in sorted(pairs, reverse=True):
        if alike >= ALIKE and at not in found and was in free:
            found[at] = free.pop(was)


def _alikeness(one: Known, other: Known) -> float:
    """The share of pairs of letters that both have (Jaccard's index)."""
    a, b = _unpacked(one.pairs), _unpacked(other.pairs)
    return len(a & b) / len(a | b) if a or b else 0.0


def _unpacked(pairs: str) -> set[str]:
    return {pairs[at : at + 4] for at in range(0, len(pairs), 4)}


def _kept(line: Known, was: Known | None) -> Known:
    """The line with the id it had; programs that drop priority or creation when a task is done lose neither."""
    if was is None:
        return line
    if not line.done:
        return replace(line, id=was.id)
    made = "" if line.created else was.created or was.made
    return replace(line, id=was.id, priority=line.priority or was.priority, made=made)


def _new(line: Known, taken: Counter[str]) -> Known:
    number = 0
    while taken[key := digest("todotxt", line.words, line.created, str(number))]:
        number += 1
    taken[key] += 1
    return replace(line, id=key)


def without_doubles(todo: Iterable[Known], done: Iterable[Known]) -> list[Known]:
    """The lines of todo.txt, less those that stand in done.txt too: they are being moved there just now."""
    archived = Counter(one.line for one in done)
    kept = []
    for one in todo:
        if one.done and archived[one.line]:
            archived[one.line] -= 1
        else:
            kept.append(one)
    return kept
