"""What a source is: a generator that yields what to ask and is sent the answer, and a reader of raw records.

``pull`` never performs I/O and never interprets a task; ``parse`` never asks anything. The driver that performs
requests, runs programs and opens files lives with the fetch stage. What a source may name besides (its rate, its way
of signing in) is in ``sources.options``.
"""

from __future__ import annotations

from collections.abc import Generator, Iterable, Mapping
from datetime import tzinfo
from typing import Any, Literal, Protocol

import msgspec

from worklens.messages import Rejected
from worklens.sources.home import Stay, home
from worklens.tasks import Collection, Happened, Removal, Task

Json = Any  # a decoded JSON document of somebody else's


class Request(msgspec.Struct, frozen=True, kw_only=True):
    """Ask the service over HTTP. The driver adds authorization by the account's token through ``Source.headers``.

    At most one of ``form``, ``json`` and ``body`` is given. Each method only reads, so a request may be sent again.
    """

    method: Literal["GET", "POST", "PROPFIND", "REPORT"] = "GET"
    url: str
    params: Mapping[str, str] = {}
    headers: Mapping[str, str] = {}  # If-None-Match, Depth, Prefer; never the token
    form: Mapping[str, str] | None = None  # sent as application/x-www-form-urlencoded
    json: Json | None = None  # sent as application/json
    body: bytes | None = None  # sent as it is, as ``content_type``
    content_type: str = ""
    accept: tuple[int, ...] = (200,)  # other statuses (304, 410 too) are errors, handled by the driver
    quota: str = ""  # the name of the narrower window of ``Rate`` that it counts in, where there is one


class Response(msgspec.Struct, frozen=True, kw_only=True):
    """The service's answer: headers' names are in lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    def json(self) -> Json:
        """The body as JSON; raises msgspec.DecodeError with the place."""
        return msgspec.json.decode(self.body)


class Read(msgspec.Struct, frozen=True):
    """Ask for a file, whole; the answer is a ``File``.

    It is the one being imported, or the one whose path stands in the feed's setting of this name.
    """

    name: str = ""


class File(msgspec.Struct, frozen=True, kw_only=True):
    """A file's name (without its folder), content and time of modification in microseconds."""

    name: str
    content: bytes
    modified: int


class Command(msgspec.Struct, frozen=True, kw_only=True):
    """Run a program of this machine, without a shell and without input; the answer is an ``Output``.

    Its name is the first argument, and stands in the source's ``programs``. It must change nothing, since it may be
    run again.
    """

    args: tuple[str, ...]
    accept: tuple[int, ...] = (0,)  # other exit codes are errors, handled by the driver


class Output(msgspec.Struct, frozen=True, kw_only=True):
    """What a program said, and its exit code."""

    code: int
    stdout: bytes
    stderr: bytes = b""


class Page(msgspec.Struct, frozen=True, kw_only=True):
    """What came of one or more answers: raw records as JSON text each, and how to go on from here.

    ``checkpoint`` is opaque JSON text: pull is started with it after an interruption of the same run. Records are
    published before the checkpoint moves, so a page may come again but none is lost.
    """

    records: list[bytes]
    rejected: list[Rejected] = []
    checkpoint: str = ""
    total: int | None = None  # records expected in all, for the progress bar, where known
    seen: int | None = (
        None  # microseconds: when these were true, where that is not now (an export of last year)
    )


class Coverage(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What the run listed completely, so that absence can mean deleted.

    ``listed``: "nothing" (changes only), "open" (every open task; completions were asked for as well), or
    "everything". ``collections`` narrows it to these collection ids (None: the whole feed).
    ``parents`` are tasks whose steps it told completely besides, for they came with their task or went with it: the
    children whose ids begin with the task's own and a slash. Other children are tasks like any other.
    ``snapshot``: the run was one file, in which an id may stand only once.
    """

    listed: Literal["nothing", "open", "everything"] = "nothing"
    collections: tuple[str, ...] | None = None
    parents: tuple[str, ...] = ()
    snapshot: bool = False


class Done(msgspec.Struct, frozen=True, kw_only=True):
    """The end of a pull: the feed's next cursor (opaque JSON text) and what absence means."""

    cursor: str
    coverage: Coverage = Coverage()


class Context(msgspec.Struct, frozen=True, kw_only=True):
    """What a pull may know: nothing of the clock but ``now`` (microseconds), fixed for the run."""

    feed: str
    now: int
    cursor: str = ""  # of the last settled run; "" for the first
    checkpoint: str = ""  # of this run, where it was interrupted
    full: bool = False
    settings: Mapping[str, Json] = {}  # of the feed: the mapping of a CSV file, base URL of a test service


Ask = Request | Command | Read
Asked = Ask | Page
Answer = Response | Output | File | None
Pull = Generator[Asked, Answer, Done]
Parsed = Task | Collection | Removal | Happened


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    """What parse may know of the feed. Times without a zone are read where the person lived then: in ``zone``, and
    before that in ``earlier`` zones, each with the instant at which the stay there ended.
    """

    feed: str
    seen_at: int
    zone: str = "UTC"
    earlier: tuple[Stay, ...] = ()
    settings: Mapping[str, Json] = {}

    @property
    def home(self) -> tzinfo:
        """The person's zones as one."""
        return home(self.earlier, self.zone)


class Unreadable(ValueError):
    """A record that can't be read: a message key with parameters, for quarantine."""

    def __init__(self, reason: str, **params: str) -> None:
        """``reason`` is a key of the message catalogues."""
        super().__init__(reason, params)
        self.reason = reason
        self.params = params


UNFIT = (msgspec.MsgspecError, ValueError, OverflowError, RecursionError)
"""What reading a record may raise where the record is not fit for it; Unreadable is one of them."""


def unreadable(error: Exception) -> Unreadable:
    """What such an error says of the record, without quoting what people wrote."""
    if isinstance(error, Unreadable):
        return error
    if isinstance(error, msgspec.MsgspecError):
        return Unreadable("wrong-shape", error=str(error))
    return Unreadable("wrong-value", error=type(error).__name__)


class Refused(Exception):
    """The pull can't go on: a message key with parameters, for the person (revoked token, unknown format)."""

    def __init__(self, reason: str, **params: str) -> None:
        """``reason`` is a key of the message catalogues."""
        super().__init__(reason, params)
        self.reason = reason
        self.params = params


class Source(Protocol):
    """A service or file format. Instances hold nothing: all state is in the context.

    It may name more, each with a default in ``sources.options``: ``rate``, ``signal``, ``programs``, ``is_local``,
    ``oauth``.
    """

    name: str
    secret_fields: frozenset[str]  # field names removed from every raw record before it is published

    def headers(self, token: str) -> dict[str, str]:
        """The HTTP headers that carry the account's token (file formats: none)."""
        ...

    def pull(self, context: Context) -> Pull:
        """Ask for what changed since the cursor."""
        ...

    def parse(self, record: bytes, reading: Reading) -> Iterable[Parsed]:
        """The tasks of one raw record. Raises Unreadable."""
        ...
