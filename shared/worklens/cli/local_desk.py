"""The platform on this machine, as commands see it: the stages run in the command's own process."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from worklens.local.blobs import FileBlobs
from worklens.local.platform import Platform, open_platform
from worklens.local.state import LocalState
from worklens.local.warehouse import LocalWarehouse
from worklens.messages import VERSION, AlertRaised
from worklens.ports import Ports
from worklens.stages.care import Gone, InUse, Target

if TYPE_CHECKING:
    from worklens.cli.check import Check
    from worklens.cli.voice import Voice
    from worklens.cli.watch import Failure, Watch


class LocalDesk:
    """One data directory."""

    def __init__(self, root: Path, platform: Platform | None = None) -> None:
        """Open it, unless it is open as ``platform``; it is made where it is not there yet."""
        self.platform: Platform = platform or open_platform(root)

    @property
    def ports(self) -> Ports:
        """What the stages see of it."""
        return self.platform.ports

    @property
    def state(self) -> LocalState:
        """Feeds and runs."""
        return self.platform.state

    @property
    def warehouse(self) -> LocalWarehouse:
        """Facts."""
        return self.platform.warehouse

    @property
    def blobs(self) -> FileBlobs:
        """Files."""
        return self.platform.blobs

    @property
    def place(self) -> str:
        """The data directory."""
        return str(self.platform.paths.root)

    @property
    def folder(self) -> Path:
        """The data directory."""
        return self.platform.paths.root

    def dead(self) -> list[dict[str, Any]]:
        """The dead letters, without their bodies."""
        return self.platform.queue.dead()

    def revive(self, ids: Sequence[Any]) -> int:
        """Put dead letters back in the queue; how many."""
        return self.platform.queue.revive(ids)

    def waiting(self) -> int:
        """Messages in the queue that a stage is to take."""
        return self.platform.queue.waiting()

    def take_alerts(self) -> Iterator[AlertRaised]:
        """The alerts on the topic; they are gone from there once they were gone through: told twice rather than never."""
        queue, kind = self.platform.queue, f"worklens.{AlertRaised.kind}.v{VERSION}"
        while letters := queue.claim([kind], self.platform.ports.clock.now(), 100):
            yield from (cast("AlertRaised", letter.message) for letter in letters)
            queue.acknowledge(letters)

    def version(self) -> int:
        """How often the warehouse was written to, and what was answered to findings."""
        return (self.state.answered() << 32) + self.state.count("warehouse")

    def written(self) -> int:
        """How often the warehouse was written to."""
        return self.state.count("warehouse")

    def take_up(self, voice: Voice, watch: Watch) -> None:
        """First what an earlier command left, however it ended."""
        from worklens.cli.work import take_up

        take_up(self.platform, voice, watch)

    def until_settled(
        self, runs: Sequence[str], voice: Voice, watch: Watch, *, scores: bool = True
    ) -> list[Failure]:
        """Work until these runs are through, or failed."""
        from worklens.cli.work import NOT_SCORES, until_settled

        return until_settled(self.platform, runs, voice, watch, None if scores else NOT_SCORES)

    def finish(self, watch: Watch) -> list[Failure]:
        """Score each feed once, however often it was asked for."""
        from worklens.cli.work import only_newest, work

        only_newest(self.platform)
        return work(self.platform, watch)

    def let_go(self) -> None:
        """Delete raw records whose time is over."""
        from worklens.cli.work import let_go

        let_go(self.platform)

    def check_idle(self, target: Target) -> None:
        """Raises InUse where another process has the feed in hand, or a person is to go from a run that isn't through."""
        from worklens.local.holder import alive, me

        connection = self.platform.database.connection
        row = connection.execute(
            "SELECT lease_holder FROM feeds WHERE name = ? AND lease_until > ?",
            (target.feed, self.ports.clock.now()),
        ).fetchone()
        if row and row["lease_holder"] != me() and alive(row["lease_holder"]):
            raise InUse("forget-in-use", account=target.feed)
        if target.account and self.platform.queue.waiting(target.feed):
            raise InUse("forget-unfinished", account=target.feed)

    def forget(self, target: Target) -> Gone:
        """Remove everything about the target from every file."""
        from worklens.local import forget

        gone = forget.forget(self.platform, forget.Target(*target))
        return Gone(gone, [("forgotten-remains", {})])

    def export(self, folder: Path) -> dict[str, int]:
        """Write each table and view as Parquet, within the engine."""
        from worklens.warehouse import catalogue, schema

        counts = {}
        with self.warehouse.read() as session:
            for name in (*schema.tables(), *catalogue.order()):
                sql = session.translate(catalogue.query(name)[0])
                beside = folder / f"{name}.parquet.part"
                place = str(beside).replace("'", "''")
                copied = session.connection.execute(f"COPY ({sql}) TO '{place}' (FORMAT parquet)").fetchone()
                beside.replace(folder / f"{name}.parquet")
                counts[name] = int(copied[0]) if copied else 0
        return counts

    def checks(self, voice: Voice) -> Iterator[Check]:
        """The state file, the warehouse, the queue, leases and tokens."""
        from worklens.cli.local_checks import local_checks

        return local_checks(voice, self.platform)

    def page_key(self) -> str:
        """What opens the pages of this data directory."""
        from worklens.local.page_key import page_key

        return page_key(self.platform.paths.root)

    def leave(self) -> None:
        """Close this thread's connection to the state file."""
        self.platform.database.leave()

    def close(self) -> None:
        """Close the state file."""
        self.platform.close()
