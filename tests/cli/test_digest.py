"""`worklens digest`: printed, sent once a day, its channel kept out of sight."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.conftest import Person, trace_of
from worklens.testing.postbox import FakeChat


def test_the_week_is_printed(worker: Person) -> None:
    """In words, in either language, and as a document."""
    said = worker.run("digest").out
    document = worker.run("digest", "--json").json

    assert said.startswith("Your week to ")
    assert "What is worth knowing" in said
    assert "的一周" in worker.run("digest", "--language", "zh").out
    assert document["subject"].startswith("Your week")
    assert document["open"] >= 0


def test_it_is_sent_once_a_day(worker: Person, tmp_path: Path) -> None:
    """Through the channel that was kept, which stands in no file but that of the secrets."""
    with FakeChat() as chat:
        settings = tmp_path / "channel.json"
        settings.write_text(json.dumps({"channel": {"to": "webhook", "url": f"{chat.url}/sesame"}}))
        worker.run("digest", "--channel", settings)
        assert worker.run("digest", "--send").out == "Sent.\n"
        assert worker.run("digest", "--send", "--json").json == {"outcome": "told"}

        assert len(chat.calls) == 1
        assert "Your week" in chat.posted[0]["text"]
    assert trace_of("sesame", worker.data) == [str(worker.data / "secrets.json")]


def test_without_a_channel_it_is_not_sent(worker: Person) -> None:
    """It says how to get one; one that can't be used is not kept; an empty one forgets it."""
    assert "--channel" in worker.run("digest", "--send", code=1).err
    assert "docs/digest.md" in worker.run("digest", "--channel", "-", stdin="{}x", code=1).err
    worker.run(
        "digest", "--channel", "-", stdin='{"channel": {"to": "webhook", "url": "https://chat.example/1"}}'
    )
    worker.run("digest", "--channel", "-", stdin="")
    assert "--channel" in worker.run("digest", "--send", code=1).err
