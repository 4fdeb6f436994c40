"""The platform on Google Cloud, as commands see it: the functions do the work, and a command waits for them."""

from __future__ import annotations

import secrets
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from worklens.google.blobs import CloudBlobs
from worklens.google.platform import Platform, open_platform
from worklens.google.state import CloudState
from worklens.google.warehouse import CloudWarehouse
from worklens.messages import AlertRaised
from worklens.ports import Ports, Run
from worklens.stages.care import Gone, InUse, Target

if TYPE_CHECKING:
    from worklens.cli.check import Check
    from worklens.cli.voice import Voice
    from worklens.cli.watch import Failure, Watch

GLANCE = 1.0  # seconds between two looks at a run
PATIENCE = 900.0  # without anything having moved: longer than a function may take, and its next attempt
OVER = {"settled", "withdrawn"}


class CloudDesk:
    """One deployment."""

    def __init__(self) -> None:
        """The one that the environment names. Raises BadSettings."""
        self.platform: Platform = open_platform()

    @property
    def ports(self) -> Ports:
        """What the stages see of it."""
        return self.platform.ports

    @property
    def state(self) -> CloudState:
        """Feeds and runs."""
        return self.platform.state

    @property
    def warehouse(self) -> CloudWarehouse:
        """Facts."""
        return self.platform.warehouse

    @property
    def blobs(self) -> CloudBlobs:
        """Files."""
        return self.platform.blobs

    @property
    def place(self) -> str:
        """Project and dataset."""
        return f"{self.platform.settings.project}/{self.platform.settings.dataset}"

    @property
    def folder(self) -> Path:
        """Where the command is called."""
        return Path.cwd()

    def dead(self) -> list[dict[str, Any]]:
        """The dead letters, without their bodies; those in the dead-letter subscriptions are collected first."""
        return [letter._asdict() for letter in self.platform.letters.all()]

    def revive(self, ids: Sequence[Any]) -> int:
        """Publish dead letters again; how many."""
        return self.platform.letters.revive([str(id_) for id_ in ids], self.platform.bus.post)

    def waiting(self) -> int:
        """Batches that were published and not parsed yet."""
        return self.state.unparsed()

    def take_alerts(self) -> Iterator[AlertRaised]:
        """Nothing is taken here: whoever takes alerts has a subscription of their own. Raises Problem, naming the topic."""
        from worklens.cli.failures import Problem

        raise Problem("alerts-topic", topic=self.platform.settings.topic(AlertRaised.topic))

    def version(self) -> int:
        """Moves when a run begins and when it is settled."""
        live = {"fetching", "fetched"}
        return sum(1 if run.status in live else 2 for run in self.state.runs())

    def written(self) -> None:
        """Not counted."""

    def take_up(self, voice: Voice, watch: Watch) -> None:
        """Nothing: what an earlier command asked for, the functions go on with."""

    def until_settled(
        self, runs: Sequence[str], voice: Voice, watch: Watch, *, scores: bool = True
    ) -> list[Failure]:
        """Wait until the functions are through with these runs. Raises Problem where nothing moves any more."""
        from worklens.cli.failures import Problem

        failures: list[Failure] = []
        for name in runs:
            moved, seen = time.monotonic(), ""
            told = 0
            while (run := self.state.run(name)) is None or run.status not in OVER:
                if run and run.status in {"failed", "refused"}:
                    failures.append(self._failure(run))
                    break
                if repr(run) + str(self.state.unparsed(name)) != seen:
                    seen, moved = repr(run) + str(self.state.unparsed(name)), time.monotonic()
                if time.monotonic() - moved > PATIENCE:
                    raise Problem("nothing-moves", minutes=int(PATIENCE / 60), run=name)
                told = _tell(watch, run, told)
                time.sleep(GLANCE)
        return failures

    def _failure(self, run: Run) -> Failure:
        """Why a run could not go on; a file that was refused is kept no longer."""
        from worklens.cli.watch import Failure
        from worklens.sources.base import Refused

        if run.status == "refused":
            self.blobs.delete(run.input)
        feed = self.state.feed(run.feed)
        about = {"file": run.name, "feed": run.feed, "source": feed.source if feed else ""}
        return Failure(run.feed, Refused(run.error, **about))

    def finish(self, watch: Watch) -> list[Failure]:
        """Nothing: the functions score what was settled."""
        return []

    def let_go(self) -> None:
        """Nothing: BigQuery lets partitions of raw records expire by itself."""

    def check_idle(self, target: Target) -> None:
        """Raises InUse where a run is at work: what it brings would come after the forgetting."""
        from worklens.stages.replaying import busy

        if busy(self, target.feed):
            raise InUse("forget-in-use", account=target.feed)

    def forget(self, target: Target) -> Gone:
        """Remove everything about the target from every service, and say what remains there for a while."""
        from worklens.google import forget

        gone = forget.forget(self.platform, target.feed, target.account, target.belongs)
        limits = {"travel": forget.TRAVEL_DAYS, "safe": forget.FAIL_SAFE_DAYS, "topics": forget.TOPIC_DAYS}
        remains: list[tuple[str, dict[str, object]]] = [("remains-backups", {**limits})]
        if gone.held:
            about = {"tables": ", ".join(gone.held), "minutes": forget.BUFFER_MINUTES}
            remains.insert(0, ("remains-buffer", about))
        return Gone(gone.rows, remains)

    def export(self, folder: Path) -> dict[str, int]:
        """Write each table and view as Parquet, by DuckDB in this process."""
        from worklens.cli.parquet import write
        from worklens.warehouse import catalogue, schema

        with self.warehouse.read() as session:
            return {
                name: write(session.query(name), name, folder)
                for name in (*schema.tables(), *catalogue.order())
            }

    def checks(self, voice: Voice) -> Iterator[Check]:
        """Each service, and what waits."""
        from worklens.cli.cloud_checks import cloud_checks

        return cloud_checks(voice, self.platform)

    def page_key(self) -> str:
        """A new one: nothing of a deployment is kept on this machine."""
        return secrets.token_urlsafe()

    def leave(self) -> None:
        """Nothing is held by a thread."""

    def close(self) -> None:
        """Nothing is held open."""


def _tell(watch: Watch, run: Run | None, told: int) -> int:
    """Tell of the records fetched since the last look; how many were told of in all."""
    if run is None:
        return told
    if run.records > told:
        watch.fetched(run, run.records - told, None)
    if run.status == "fetched":
        watch.settling()
    return run.records
