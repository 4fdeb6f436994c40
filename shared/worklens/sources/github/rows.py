"""What the service sends of an issue, and how little of it is kept: of other people's issues no word of theirs."""

from __future__ import annotations

from hashlib import blake2b

import msgspec

from worklens.sources.github.records import Issue
from worklens.tasks import instant


class User(msgspec.Struct, gc=False):
    """Somebody, by name."""

    login: str = ""


class Label(msgspec.Struct, gc=False):
    """A label; older answers have its name alone."""

    name: str | None = None


class Milestone(msgspec.Struct, gc=False):
    """A milestone, of which only the due date counts."""

    due_on: str | None = None


class PullRef(msgspec.Struct, gc=False):
    """What makes a pull request of an issue."""

    merged_at: str | None = None


class RepositoryRef(msgspec.Struct, gc=False):
    """The repository an issue is in; in a repository's own list it is left out."""

    id: int
    full_name: str


class Row(msgspec.Struct, gc=False):
    """An issue or pull request as a list has it."""

    id: int
    number: int
    updated_at: str
    node_id: str = ""
    title: str | None = None
    body: str | None = None
    state: str = "open"
    state_reason: str | None = None
    user: User | None = None
    labels: list[Label | str] = []
    assignees: list[User] | None = None
    milestone: Milestone | None = None
    created_at: str | None = None
    closed_at: str | None = None
    html_url: str | None = None
    pull_request: PullRef | None = None
    repository: RepositoryRef | None = None

    @property
    def changed(self) -> int:
        """When it last changed, in microseconds, to the second. Raises ValueError."""
        return instant(self.updated_at).micros

    def is_for(self, login: str) -> bool:
        """Whether it is assigned to this person."""
        return any(user.login == login for user in self.assignees or ())

    def is_of(self, login: str) -> bool:
        """Whether it is this person's: assigned to them, or written by them and assigned to nobody."""
        written = self.user is not None and self.user.login == login
        return self.is_for(login) or (written and not self.assignees)


def kept(row: Row, login: str) -> Issue:
    """What goes into the raw record. Of what isn't this person's: when it came and went, and nothing anybody wrote."""
    is_own = row.is_of(login)
    return Issue(
        id=row.id,
        number=row.number,
        title=(row.title or "") if is_own else "",
        body=(row.body or "") if is_own else "",
        state=row.state,
        state_reason=row.state_reason or "",
        labels=tuple(_name(label) for label in row.labels),
        assignee=login if row.is_for(login) else "",
        due_on=(row.milestone.due_on or "") if row.milestone else "",
        created_at=row.created_at or "",
        updated_at=row.updated_at,
        closed_at=row.closed_at or "",
        merged_at=(row.pull_request.merged_at or "") if row.pull_request else "",
        is_pull=row.pull_request is not None,
        html_url=row.html_url or "",
    )


def created(row: Row) -> int | None:
    """When it was made, in microseconds; None where that can't be read."""
    try:
        return instant(row.created_at).micros if row.created_at else None
    except (ValueError, OverflowError):
        return None


def mark(issue: Issue) -> str:
    """A short hash by which a row is known again: its time alone is no sign, for two changes may share a second."""
    return blake2b(msgspec.json.encode(issue), digest_size=6).hexdigest()


def _name(label: Label | str) -> str:
    return label if isinstance(label, str) else label.name or ""
