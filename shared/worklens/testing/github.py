"""A fake GitHub (REST and a little GraphQL) over a scripted world, and what a GitHub reveals of one.

A list is a repository and a task an issue; every fourth is a pull request, and every seventh is closed as not planned
(a pull request: unmerged). Every other pull request is looked over by a bot and by its author at once.
Moving one into another repository is a transfer.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from email.utils import formatdate
from hashlib import blake2b
from itertools import islice
from operator import itemgetter
from typing import Any, Literal, Self

import msgspec
from msgspec.structs import replace

from worklens.tasks import DAY, Happened, Moment, Task, after, day, iso
from worklens.testing.server import Call, FakeService, Fault, Reply, json_reply
from worklens.testing.truth import Fact, WorldTask
from worklens.testing.world import World

TOKEN = "github_pat_a-token-of-github"
ME, OTHER = "ada", "grace"
BOT = "a-linter"
OWNER = "engine"
TIMELINE = {
    "completed": "ClosedEvent",
    "reopened": "ReopenedEvent",
    "renamed": "RenamedTitleEvent",
    "moved": "TransferredEvent",
}
FIRST_ISSUE = 2**31  # beyond 32 bits
FIRST_REPOSITORY = 10_000
HOUR = DAY // 24
SECOND = 1_000_000


def ordinal(key: str) -> int:
    """The number in a world's name of something."""
    return int(key.rpartition("-")[2])


def is_pull(key: str) -> bool:
    """Whether it is a pull request."""
    return ordinal(key) % 4 == 3


def is_dropped(key: str) -> bool:
    """Whether it is closed undone when it is closed."""
    return ordinal(key) % 7 == 6


def repository(key: str) -> str:
    """The name of a list's repository, with its owner's."""
    return f"{OWNER}/{key}"


def repository_id(key: str) -> str:
    """A list as Worklens calls it."""
    return str(FIRST_REPOSITORY + ordinal(key))


def issue_id(key: str, moves: int = 0) -> str:
    """A task as Worklens calls it: a transfer makes a new one of it."""
    return str(FIRST_ISSUE + ordinal(key) + 1_000_000 * moves)


def moves(world: World) -> Counter[str]:
    """How often each task was transferred."""
    return Counter(fact.task for fact in world.facts if fact.kind == "moved")


def moves_of(world: World, key: str) -> int:
    """How often a task was transferred."""
    return moves(world)[key]


def shown(task: WorldTask) -> WorldTask:
    """What a GitHub shows: whole days, by milestones; labels in no order; reviews of pull requests; no priorities,
    subtasks or repetitions.
    """
    labels = tuple(sorted(set(task.labels)))
    kept = replace(
        task, labels=labels, priority=None, repeat=None, parent="", due=task.due[:10], occurrence=0
    )
    return kept if is_pull(task.id) else replace(kept, reviewed=None)


def is_merge(fact: Fact) -> bool:
    """Whether a pull request was merged."""
    return fact.kind == "completed" and is_pull(fact.task) and not is_dropped(fact.task)


Numbered = list[tuple[int, Fact]]


def numbered(world: World) -> dict[str, Numbered]:
    """What was done to each task, with its number among all facts."""
    found: dict[str, Numbered] = {}
    for number, fact in enumerate(world.facts):
        found.setdefault(fact.task, []).append((number, fact))
    return found


def timeline(facts: Numbered) -> Numbered:
    """What an issue's timeline tells of them; one that was transferred here begins a new one with that."""
    told = [(number, fact) for number, fact in facts if fact.kind in TIMELINE]
    moved = max((place for place, (_, fact) in enumerate(told) if fact.kind == "moved"), default=0)
    return told[moved:]


def happened(world: World, account: str) -> dict[str, Happened]:
    """What its timelines tell of the issues that are there, by the ids there."""
    found = {}
    facts, moved = numbered(world), moves(world)
    for key in world.tasks:
        for number, fact in timeline(facts[key]):
            undone = fact.kind == "completed" and is_dropped(fact.task)
            one = Happened(
                event=f"{'M' if is_merge(fact) else 'E'}_{number}",
                kind="closed" if undone else fact.kind,  # type: ignore[arg-type]
                account=account,
                task=issue_id(key, moved[key]),
                at=after(Moment(fact.at)) if undone else Moment(fact.at),
            )
            found[one.event] = one
    return found


def first_commit(task: WorldTask) -> int:
    """When a pull request was begun."""
    return task.created - HOUR


def current_tasks(world: World, account: str, *, mine: bool = True) -> dict[str, Task]:
    """The canonical tasks that are there to be read now, by id; ``mine``: as those they are assigned to see them."""
    moved = moves(world)
    found = (_canonical(shown(task), moved[task.id], account, mine) for task in world.tasks.values())
    return {task.task: task for task in found}


def _canonical(task: WorldTask, moved: int, account: str, mine: bool) -> Task:
    number = ordinal(task.id)
    kind = "pull" if is_pull(task.id) else "issues"
    done = None if task.completed is None else Moment(task.completed)
    return Task(
        account=account,
        task=issue_id(task.id, moved),
        collection=repository_id(task.collection),
        title=(task.title or f"#{number}") if mine else f"#{number}",
        notes=task.notes if mine else "",
        labels=task.labels,
        created=Moment(task.created),
        started=Moment(first_commit(task)) if is_pull(task.id) else None,
        reviewed=None if task.reviewed is None else Moment(task.reviewed),
        due=day(task.due) if task.due else None,
        completed=None if is_dropped(task.id) else done,
        closed=after(done) if done and is_dropped(task.id) else None,
        assignee=ME if mine else "",
        link=f"https://github.com/{repository(task.collection)}/{kind}/{number}",
        kind="change" if is_pull(task.id) else "",
    )


def secondary(**headers: str) -> Fault:
    """403 for going too fast, as GitHub says it, with or without a header that says for how long."""
    body = {"message": "You have exceeded a secondary rate limit. Please wait a few minutes."}
    return Fault(reply=json_reply(body, 403, **headers))


class Switches(msgspec.Struct, frozen=True, kw_only=True):
    """What a GitHub may do.

    ``etags``: of which kind they are, or that there are none. ``deleted``: whether a deleted issue is said to be so,
    or is just not to be seen. ``graphql``: whether the token may read pull requests. ``page``: rows at most.
    """

    etags: Literal["strong", "weak", "none"] = "strong"
    deleted: Literal["gone", "hidden"] = "gone"
    graphql: Literal["allowed", "forbidden", "partial"] = "allowed"
    page: int = 100


class FakeGitHub(FakeService):
    """Serves a world whose times are whole seconds. ``tokens`` are those that are taken.

    ``given`` are tasks that were given to somebody else; of ``others``' (by default none) we are not the author either.
    ``people`` says whose tasks those of others are, by login; unless it does, one other person's.
    ``hidden`` repositories are out of our sight. ``lag`` (microseconds) lets the lists be as of a while ago.
    """

    def __init__(self, world: World, **switches: Any) -> None:
        """All is assigned to us."""
        super().__init__()
        self.world = world
        self.switches = Switches(**switches)
        self.tokens = {TOKEN}
        self.given: dict[str, int] = {}  # and when
        self.others: set[str] = set()
        self.people: dict[str, str] = {}
        self.hidden: set[str] = set()
        self.lag = 0
        self._found: tuple[tuple[int, ...], dict[str, list[dict[str, Any]]]] = ((), {})
        self._facts: tuple[int, dict[str, Numbered]] = (0, {})
        self._moves: Counter[str] = Counter()

    def __enter__(self) -> Self:
        """Listen; the clock in the answers' headers is the world's."""
        super().__enter__()
        handler: Any = self._server.RequestHandlerClass
        handler.date_time_string = lambda _, timestamp=None: formatdate(self.now / 1e6, usegmt=True)
        return self

    @property
    def now(self) -> int:
        """The world's."""
        return self.world.clock.now()

    def give(self, key: str) -> None:
        """Assign it to somebody else."""
        self.given[key] = self.now
        self.others.add(key)

    # ----- answering

    def answer(self, call: Call) -> Reply:
        """What the service says."""
        if call.headers.get("authorization", "").removeprefix("Bearer ") not in self.tokens:
            return json_reply({"message": "Bad credentials"}, 401)
        match call.path.strip("/").split("/"):
            case ["user"]:
                return json_reply({"login": ME, "id": 1, "email": "ada@example.org"})
            case ["issues"]:
                return self._list(call, _is_for_me)
            case ["graphql"]:
                return self._graphql(msgspec.json.decode(call.body))
            case ["repos", owner, name, *rest] if owner == OWNER:
                return self._repository(call, name, rest)
            case ["repositories", number, "issues", issue]:
                key = next((k for k in self.world.lists if repository_id(k) == number), "")
                return self._one(key, int(issue))
        return MISSING

    def _repository(self, call: Call, key: str, rest: list[str]) -> Reply:
        if key not in self.world.lists or key in self.hidden:
            return MISSING
        match rest:
            case []:
                return json_reply(self._about(key))
            case ["issues"]:
                return self._list(call, lambda row: row["repository"]["full_name"] == repository(key))
            case ["issues", number]:
                return self._one(key, int(number))
        return MISSING

    def _about(self, key: str) -> dict[str, Any]:
        title = self.world.lists[key].title
        return {
            "id": int(repository_id(key)),
            "full_name": repository(key),
            "description": title,
            "private": True,
        }

    def _list(self, call: Call, is_asked: Callable[[dict[str, Any]], bool]) -> Reply:
        """Rows in pages by number, as they are now: what changes meanwhile shifts the rest."""
        query = call.query
        most = min(int(query.get("per_page", "30")), 100, self.switches.page)
        end = int(query.get("page", "1")) * most
        rows = (row for row in self._ordered(query) if is_asked(row))
        found = list(
            islice((row for row in rows if query.get("state", "open") in {"all", row["state"]}), end + 1)
        )
        some = found[end - most : end]
        if call.path != "/issues":
            some = [{name: value for name, value in row.items() if name != "repository"} for row in some]
        reply = json_reply(self.disordered(some))
        headers = self._etag(
            reply.body + b"more" * (end < len(found))
        )  # else short pages would hide what follows
        if headers and _strong(headers["ETag"]) == _strong(call.headers.get("if-none-match", "")):
            return Reply(status=304, headers=headers)
        if end < len(found):
            more = "&".join(f"{name}={value}" for name, value in {**query, "page": end // most + 1}.items())
            headers["Link"] = f'<{self.url}{call.path}?{more}>; rel="next", <{self.url}/x>; rel="last"'
        return replace(reply, headers=headers)

    def _ordered(self, query: Mapping[str, str]) -> Iterable[dict[str, Any]]:
        field = {"updated": "updated_at", "created": "created_at"}[query.get("sort", "created")]
        rows = self._rows()[field]
        if "since" in query:
            rows = rows[bisect_left(rows, query["since"], key=lambda row: row["updated_at"]) :]
        return rows if query.get("direction") == "asc" else reversed(rows)

    def _etag(self, body: bytes) -> dict[str, str]:
        if self.switches.etags == "none":
            return {}
        weak = "W/" if self.switches.etags == "weak" else ""
        return {"ETag": f'{weak}"{blake2b(body, digest_size=16).hexdigest()}"'}

    def _one(self, key: str, number: int) -> Reply:
        """An issue; transferred ones lead to where they are now."""
        task = next((t for t in self._all() if ordinal(t.id) == number), None)
        if task is None or key in self.hidden:
            return MISSING
        was_here = any(fact.task == task.id and key in fact.lists for fact in self.world.facts)
        if task.id not in self.world.tasks:
            gone = self.switches.deleted == "gone" and was_here
            return json_reply({"message": "This issue was deleted"}, 410) if gone else MISSING
        if task.collection != key:
            place = f"{self.url}/repositories/{repository_id(task.collection)}/issues/{number}"
            return Reply(status=301, headers={"Location": place}) if was_here else MISSING
        self._rows()
        return json_reply(self._row(task, self._updated(self.now)))

    def _all(self) -> list[WorldTask]:
        return [*self.world.tasks.values(), *self.world.trash.values()]

    # ----- the issues

    def _rows(self) -> dict[str, list[dict[str, Any]]]:
        """By either time; found anew only when the world or the clock has changed."""
        when = self.now - self.lag
        state = (self.now, self.lag, len(self.world.facts), len(self.given), len(self.hidden))
        if self._found[0] != state:
            self._moves = moves(self.world)
            updated = self._updated(when)
            there = self.world.tasks_at(when) if self.lag else self.world.tasks
            rows = [self._row(t, updated) for t in there.values() if t.collection not in self.hidden]
            fields = ("created_at", "updated_at")
            self._found = (
                state,
                {name: sorted(rows, key=itemgetter(name, "id")) for name in fields},
            )
        return self._found[1]

    def _updated(self, when: int) -> dict[str, int]:
        facts = {fact.task: fact.at for fact in self.world.facts if fact.at <= when}
        return {key: max(at, self.given.get(key, 0)) for key, at in facts.items()}

    def _row(self, task: WorldTask, updated: Mapping[str, int]) -> dict[str, Any]:
        task, number, is_done = shown(task), ordinal(task.id), task.completed is not None
        login = self._author(task.id)
        kind = "pull" if is_pull(task.id) else "issues"
        row = {
            "id": int(issue_id(task.id, self._moves[task.id])),
            "node_id": f"{'PR' if is_pull(task.id) else 'I'}_{task.id}",
            "number": number,
            "title": task.title,
            "body": task.notes or None,
            "user": {"login": login, "id": 1, "avatar_url": "https://avatars.example.org/"},
            "assignees": [{"login": login, "id": 1}],
            "labels": [{"id": 1, "name": label, "color": "ff0000"} for label in task.labels[::-1]],
            "milestone": {"title": "M", "due_on": f"{task.due}T08:00:00Z"} if task.due else None,
            "state": "closed" if is_done else "open",
            "state_reason": self._reason(task),
            "created_at": iso(task.created),
            "updated_at": iso(updated[task.id]),
            "closed_at": iso(task.completed) if task.completed is not None else None,
            "comments": 3,
            "html_url": f"https://github.com/{repository(task.collection)}/{kind}/{number}",
            "repository": self._about(task.collection),
        }
        if is_pull(task.id):
            merged = row["closed_at"] if not is_dropped(task.id) else None
            row["pull_request"] = {"url": f"{self.url}/pulls/{number}", "merged_at": merged}
        return row

    def _reason(self, task: WorldTask) -> str | None:
        if task.completed is None or is_pull(task.id):
            return None
        return "not_planned" if is_dropped(task.id) else "completed"

    # ----- pull requests

    def _graphql(self, asked: Mapping[str, Any]) -> Reply:
        if self.switches.graphql == "forbidden":
            return json_reply({"message": "Resource not accessible by personal access token"}, 403)
        names, since = asked["variables"]["ids"], asked["variables"].get("since") or ""
        nodes = [self._node(name, since) for name in names]
        if self.switches.graphql == "partial":
            error = {"type": "FORBIDDEN", "message": "Resource not accessible by personal access token"}
            return json_reply({"data": {"nodes": [None for _ in nodes]}, "errors": [error]})
        return json_reply({"data": {"nodes": nodes}})

    def _node(self, name: str, since: str) -> dict[str, Any] | None:
        task = self.world.tasks.get(name.partition("_")[2])
        if task is None:
            return None
        told = {"nodes": [item for item in self._timeline(task.id) if item["createdAt"] >= since][-50:]}
        return {"id": name} | (
            self._pull(task) | {"pulled": told} if is_pull(task.id) else {"timelineItems": told}
        )

    def _timeline(self, key: str) -> Iterator[dict[str, Any]]:
        """What happened, by its kind there; a merge is a closing, too."""
        for number, fact in timeline(self._done_to(key)):
            about = {"id": f"E_{number}", "createdAt": iso(fact.at)}
            yield {"__typename": TIMELINE[fact.kind], **about, **self._why(fact)}
            if is_merge(fact):
                yield {"__typename": "MergedEvent", **about, "id": f"M_{number}"}

    def _why(self, fact: Fact) -> dict[str, str]:
        if fact.kind != "completed" or is_pull(fact.task):
            return {}
        return {"stateReason": "NOT_PLANNED" if is_dropped(fact.task) else "COMPLETED"}

    def _pull(self, task: WorldTask) -> dict[str, Any]:
        key = task.id
        return {
            "author": {"login": self._author(key)},
            "commits": {"nodes": [{"commit": {"authoredDate": iso(first_commit(task))}}]},
            "reviews": {"nodes": [_review(*about) for about in islice(self._reviews(key), 20)]},
        }

    def _done_to(self, key: str) -> Numbered:
        if self._facts[0] != len(self.world.facts):
            self._facts = (len(self.world.facts), numbered(self.world))
        return self._facts[1].get(key, [])

    def _author(self, key: str) -> str:
        return self.people.get(key, OTHER) if key in self.others else ME

    def _reviews(self, key: str) -> Iterator[tuple[str, int]]:
        """By whom and when: those of the world are by somebody else than the author, or by nobody any more."""
        if ordinal(key) // 4 % 2:
            yield BOT, self.world.tasks[key].created
            yield self._author(key), self.world.tasks[key].created
        other = ME if key in self.others else OTHER
        times = [fact.at for _, fact in self._done_to(key) if fact.kind == "reviewed"]
        yield from (("" if number % 3 == 1 else other, at) for number, at in enumerate(times))


def _review(login: str, at: int) -> dict[str, Any]:
    kind = "Bot" if login == BOT else "User"
    return {"submittedAt": iso(at), "author": {"__typename": kind, "login": login} if login else None}


MISSING = json_reply({"message": "Not Found"}, 404)


def _strong(etag: str) -> str:
    return etag.removeprefix("W/")


def _is_for_me(row: Mapping[str, Any]) -> bool:
    return any(user["login"] == ME for user in row["assignees"])
