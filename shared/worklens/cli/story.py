"""An event as a person reads it: when on their clock, what, and from what to what."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from worklens.cli.days import EPOCH, Zones

if TYPE_CHECKING:
    from worklens.cli.shell import Shell

COLOURS = {
    "completed": "green", "created": "cyan", "started": "cyan", "reviewed": "cyan", "deleted": "red", "closed": "magenta",
    "reopened": "yellow", "rescheduled": "yellow", "restored": "yellow",
}  # fmt: skip


def colour(kind: str) -> str:
    """How a kind of event is told from the others at a glance."""
    return COLOURS.get(kind, "default")


def when(row: Mapping[str, Any], zones: Zones, shell: Shell) -> str:
    """The day, with the time where it is known, and how well it is known where it isn't well."""
    return moment(row["happened_at"], row["precision"], zones.zone(row["feed"], row["happened_at"]), shell)


def moment(at: int, precision: str | None, zone: str, shell: Shell) -> str:
    """A moment on the person's clock."""
    if precision == "day":
        return (EPOCH + timedelta(microseconds=at)).date().isoformat()
    local = f"{(EPOCH + timedelta(microseconds=at)).astimezone(ZoneInfo(zone)):%Y-%m-%d %H:%M}"
    if precision in {"seen", "unknown"}:
        return shell.say(f"moment-{precision}", when=local)
    return local


def what(row: Mapping[str, Any], names: Mapping[str, str], shell: Shell) -> str:
    """What an event changed: from and to, or which fields; empty where the kind says it all."""
    import msgspec

    if not row["detail"]:
        return ""
    detail = msgspec.json.decode(row["detail"])
    if "fields" in detail:
        return ", ".join(detail["fields"])
    ends = (detail.get("from"), detail.get("to"))
    before, after = (names.get(str(end), str(end)) if end not in {None, ""} else "-" for end in ends)
    return shell.say("from-to", before=before, after=after)
