"""What the doctor looks at on this machine: the stores, the work that waits, and who may read the tokens."""

from __future__ import annotations

import os
from collections.abc import Iterator

from worklens.cli.check import OTHERS, Check
from worklens.cli.voice import Voice
from worklens.local.platform import Platform
from worklens.local.secrets import FileSecrets


def local_checks(voice: Voice, platform: Platform) -> Iterator[Check]:
    """The files of a data directory."""
    yield from _stores(voice, platform)
    yield from _work(voice, platform)
    yield from _secrets(voice, platform)


def _stores(voice: Voice, platform: Platform) -> Iterator[Check]:
    sound = platform.database.connection.execute("PRAGMA quick_check").fetchone()[0] == "ok"
    text = voice.say("check-state", version=platform.database.version())
    yield Check(
        "state", sound, text, "" if sound else voice.say("check-state-remedy", path=platform.paths.backups)
    )
    with platform.warehouse.read() as session:
        rows = session.connection.execute("SELECT value FROM store WHERE name = 'schema'").fetchone()
        runs = session.query("settled_runs")
    yield Check(
        "warehouse", True, voice.say("check-warehouse", schema=rows[0] if rows else "-", n=len(runs["run"]))
    )


def _work(voice: Voice, platform: Platform) -> Iterator[Check]:
    n = platform.queue.waiting()
    yield Check("queue", not n, voice.say("check-queue", n=n), voice.say("check-queue-remedy") if n else "")
    dead = len(platform.queue.dead())
    remedy = voice.say("check-dead-remedy", problems=voice.command("problems")) if dead else ""
    yield Check("dead-letters", not dead, voice.say("check-dead", n=dead), remedy)
    held = platform.database.connection.execute(
        "SELECT name FROM feeds WHERE lease_run IS NOT NULL AND lease_until > ?",
        (platform.ports.clock.now(),),
    ).fetchall()
    names = ", ".join(row["name"] for row in held)
    text = voice.say("check-leases", names=names) if names else voice.say("check-no-leases")
    yield Check("leases", True, text)


def _secrets(voice: Voice, platform: Platform) -> Iterator[Check]:
    if not isinstance(getattr(platform.ports.secrets, "kept", None), FileSecrets):
        yield Check("secrets", True, voice.say("check-keyring"))
        return
    path = platform.paths.secrets
    open_ = path.exists() and bool(path.stat().st_mode & OTHERS) and os.name == "posix"
    remedy = voice.say("check-secrets-remedy", path=path) if open_ else ""
    yield Check("secrets", not open_, voice.say("check-secrets-file", path=path), remedy)
