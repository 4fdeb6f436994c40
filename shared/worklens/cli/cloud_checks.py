"""What the doctor looks at on Google Cloud: whether each service answers, and what waits there."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from worklens.cli.check import Check
from worklens.cli.voice import Voice
from worklens.google.platform import Platform


def cloud_checks(voice: Voice, platform: Platform) -> Iterator[Check]:
    """Each service by a question that changes nothing, then the work."""
    settings = platform.settings
    text = voice.say(
        "check-deployment",
        place=f"{settings.project}/{settings.dataset}",
        bucket=settings.bucket,
        prefix=settings.prefix,
    )
    yield Check("deployment", True, text)
    yield _asked(voice, "state", "Datastore", lambda: len(platform.state.feeds()))
    yield _asked(voice, "warehouse", "BigQuery", lambda: _runs(platform))
    yield _asked(voice, "blobs", "Cloud Storage", lambda: len(platform.blobs.names("imports/")))
    yield _asked(voice, "bus", "Pub/Sub", platform.letters.collect)
    dead = platform.letters.count()
    remedy = voice.say("check-dead-remedy", problems=voice.command("problems")) if dead else ""
    yield Check("dead-letters", not dead, voice.say("check-dead", n=dead), remedy)


def _runs(platform: Platform) -> int:
    with platform.warehouse.read() as session:
        return int(session.ask("settled_runs", columns="COUNT(*) AS n")["n"][0])


def _asked(voice: Voice, name: str, service: str, question: Callable[[], int]) -> Check:
    """Whether the service answers; one that doesn't is told by the kind of its error."""
    try:
        count = question()
    except Exception as error:  # noqa: BLE001 - whatever it is, it is what the doctor is asked about
        text = voice.say("check-service-broken", service=service, error=type(error).__name__)
        return Check(name, False, text, voice.say("check-service-remedy", service=service))
    return Check(name, True, voice.say("check-service", service=service, n=count))
