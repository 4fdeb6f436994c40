"""What GitHub's GraphQL API tells of up to a hundred issues and pull requests at once, and lists don't.

Of each: when it was closed, reopened, renamed and transferred; of a pull request also its first commit and reviews.
No names and no words are kept.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import msgspec

from worklens.sources.github.records import Event, Pull
from worklens.tasks import EventKind, instant, iso

BOT = "Bot"  # what GraphQL calls an account of a program
# Reviews of the author's own are answers to others', and a bot's come at once; so several are asked for. Of what happened
# the last fifty; the cost of a hundred of these is 3 of the 5,000 points of an hour.
QUERY = """query($ids: [ID!]!, $since: DateTime) { nodes(ids: $ids) {
... on Issue { id timelineItems(last: 50, since: $since, itemTypes: [CLOSED_EVENT, REOPENED_EVENT, RENAMED_TITLE_EVENT,
TRANSFERRED_EVENT]) { ...told } }
... on PullRequest { id mergedAt author { login }
commits(first: 1) { nodes { commit { authoredDate } } }
reviews(first: 20, states: [APPROVED, CHANGES_REQUESTED, COMMENTED, DISMISSED]) {
nodes { submittedAt author { __typename login } } }
pulled: timelineItems(last: 50, since: $since, itemTypes: [CLOSED_EVENT, REOPENED_EVENT, RENAMED_TITLE_EVENT,
MERGED_EVENT]) { ...pulled } } } }
fragment told on IssueTimelineItemsConnection { nodes { __typename
... on ClosedEvent { id createdAt stateReason } ... on ReopenedEvent { id createdAt }
... on RenamedTitleEvent { id createdAt } ... on TransferredEvent { id createdAt } } }
fragment pulled on PullRequestTimelineItemsConnection { nodes { __typename
... on ClosedEvent { id createdAt } ... on ReopenedEvent { id createdAt }
... on RenamedTitleEvent { id createdAt } ... on MergedEvent { id createdAt } } }"""
KINDS: Mapping[str, EventKind] = {
    "ReopenedEvent": "reopened",
    "RenamedTitleEvent": "renamed",
    "TransferredEvent": "moved",
    "MergedEvent": "completed",
}
TOGETHER = 2_000_000  # microseconds: a merge and the closing that comes with it may be told by two clocks
DONE = {None, "COMPLETED"}  # reasons of closing; those with another one were closed undone


class Author(msgspec.Struct, gc=False):
    """Who wrote something; nobody, where the account is gone."""

    login: str = ""
    kind: str = msgspec.field(default="", name="__typename")


class Review(msgspec.Struct, rename="camel", gc=False):
    """A review that was handed in."""

    submitted_at: str | None = None
    author: Author | None = None


class Commit(msgspec.Struct, rename="camel", gc=False):
    """When a commit was written."""

    authored_date: str | None = None


class CommitNode(msgspec.Struct, gc=False):
    """A commit of a pull request; without it, where the token may not read the repository's content."""

    commit: Commit | None = None


class Commits(msgspec.Struct, gc=False):
    """The first commits."""

    nodes: list[CommitNode | None] | None = None


class Reviews(msgspec.Struct, gc=False):
    """The first reviews."""

    nodes: list[Review | None] | None = None


class Item(msgspec.Struct, rename="camel", gc=False):
    """Something that happened."""

    id: str = ""
    created_at: str | None = None
    state_reason: str | None = None
    kind: str = msgspec.field(default="", name="__typename")


class Items(msgspec.Struct, gc=False):
    """What happened, in the order of time."""

    nodes: list[Item | None] | None = None


class Node(msgspec.Struct, rename="camel", gc=False):
    """An issue or a pull request; of anything else the node is empty."""

    id: str = ""
    merged_at: str | None = None
    author: Author | None = None
    commits: Commits | None = None
    reviews: Reviews | None = None
    timeline_items: Items | None = None
    pulled: Items | None = None


class Nodes(msgspec.Struct, gc=False):
    """What was asked for, and null for what we may not see."""

    nodes: list[Node | None] | None = None


class Answered(msgspec.Struct, gc=False):
    """An answer of GraphQL."""

    data: Nodes | None = None


class Story(NamedTuple):
    """What is known of one: ``pull`` is None of an issue."""

    pull: Pull | None
    events: tuple[Event, ...]


def question(ids: Sequence[str], since: int | None) -> dict[str, object]:
    """The body that asks about these node ids, and of what happened since then (microseconds; None: ever)."""
    return {"query": QUERY, "variables": {"ids": list(ids), "since": None if since is None else iso(since)}}


def stories(body: bytes) -> dict[str, Story]:
    """By node id; those we may not see are left out. Raises msgspec.DecodeError."""
    answered = _answered.decode(body)
    nodes = (answered.data.nodes if answered.data else None) or []
    return {node.id: _story(node) for node in nodes if node and node.id}


def _story(node: Node) -> Story:
    if node.timeline_items is not None:
        return Story(None, tuple(_events(node.timeline_items)))
    return Story(_pull(node), tuple(_pull_events(node.pulled or Items())))


def _events(items: Items) -> Iterator[Event]:
    """Those that can be read."""
    for item in items.nodes or ():
        kind = _kind(item) if item else None
        at = _sound(item.created_at) if item else ""
        if item and item.id and kind and at:
            yield Event(item.id, kind, at)


def _kind(item: Item) -> EventKind | None:
    if item.kind == "ClosedEvent":
        return "completed" if item.state_reason in DONE else "closed"
    return KINDS.get(item.kind)


def _pull_events(items: Items) -> Iterator[Event]:
    """The closing that comes with a merge is none of its own; any other one left the change undone."""
    events = list(_events(items))
    closings = {item.id for item in items.nodes or () if item and item.kind == "ClosedEvent"}
    merges = [
        instant(event.at).micros for event in events if event.kind == "completed" and event.id not in closings
    ]
    for event in events:
        if event.id not in closings:
            yield event
        elif not any(abs(instant(event.at).micros - merge) <= TOGETHER for merge in merges):
            yield Event(event.id, "closed", event.at)


def _pull(node: Node) -> Pull:
    commits = (node.commits.nodes if node.commits else None) or [None]
    commit = commits[0].commit if commits[0] else None
    return Pull(
        first_commit=_sound(commit.authored_date if commit else None),
        first_review=_sound(min(_reviewed(node), default=None)),
        merged_at=_sound(node.merged_at),
    )


def _reviewed(node: Node) -> Iterator[str]:
    """When it was reviewed by anybody but its author and bots; both may be nobody any more."""
    author = node.author.login if node.author else ""
    for review in (node.reviews.nodes if node.reviews else None) or ():
        by = (review.author if review else None) or Author()
        is_other = by.kind != BOT and not (by.login and by.login == author)
        if review and review.submitted_at and is_other:
            yield review.submitted_at


def _sound(time: str | None) -> str:
    """The time, if it is one: a commit's is what somebody's clock said, or what they made of it."""
    try:
        return str(instant(time)) if time else ""
    except (ValueError, OverflowError):
        return ""


_answered = msgspec.json.Decoder(Answered)
