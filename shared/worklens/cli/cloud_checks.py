"""What the doctor looks at on Google Cloud: whether each service answers, and what waits there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from worklens.cli.checks import Check

if TYPE_CHECKING:
    from worklens.cli.cloud_desk import CloudDesk
    from worklens.cli.shell import Shell


def cloud_checks(shell: Shell, desk: CloudDesk) -> Iterator[Check]:
    """Each service by a question that changes nothing, then the work."""
    settings = desk.platform.settings
    text = shell.say("check-deployment", place=desk.place, bucket=settings.bucket, prefix=settings.prefix)
    yield Check("deployment", True, text)
    yield _asked(shell, "state", "Datastore", lambda: len(desk.state.feeds()))
    yield _asked(shell, "warehouse", "BigQuery", lambda: _runs(desk))
    yield _asked(shell, "blobs", "Cloud Storage", lambda: len(desk.blobs.names("imports/")))
    yield _asked(shell, "bus", "Pub/Sub", desk.platform.letters.collect)
    dead = desk.platform.letters.count()
    remedy = shell.say("check-dead-remedy", problems=shell.command("problems")) if dead else ""
    yield Check("dead-letters", not dead, shell.say("check-dead", n=dead), remedy)


def _runs(desk: CloudDesk) -> int:
    with desk.warehouse.read() as session:
        return int(session.ask("settled_runs", columns="COUNT(*) AS n")["n"][0])


def _asked(shell: Shell, name: str, service: str, question: Callable[[], int]) -> Check:
    """Whether the service answers; one that doesn't is told by the kind of its error."""
    try:
        count = question()
    except Exception as error:  # noqa: BLE001 - whatever it is, it is what the doctor is asked about
        text = shell.say("check-service-broken", service=service, error=type(error).__name__)
        return Check(name, False, text, shell.say("check-service-remedy", service=service))
    return Check(name, True, shell.say("check-service", service=service, n=count))
