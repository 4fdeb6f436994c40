"""A working calendar as a person gives it: what the options say, taken into what was known."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from worklens.stages.calendar import Calendar


def asked_for(known: Calendar, wanted: Mapping[str, Any], year: int) -> Calendar:
    """The calendar once a person has said that. Raises Usage for what can't be read."""
    from msgspec.structs import replace

    from worklens.cli.weekdays import hours_of_day, week_from

    if "week" in wanted:
        known = replace(known, week=week_from("--week", wanted["week"]))
    if "hours" in wanted:
        known = replace(known, hours=hours_of_day("--hours", wanted["hours"]))
    if "learn" in wanted:
        known = replace(known, learn=wanted["learn"])
    return with_days(with_holidays(known, wanted, year), wanted)


def with_holidays(known: Calendar, wanted: Mapping[str, Any], year: int) -> Calendar:
    """The calendar with the holidays of the country named; another country has no region of the one before."""
    from msgspec.structs import replace

    from worklens.analysis.days import day_numbers
    from worklens.cli.failures import Usage
    from worklens.cli.public_holidays import public_holidays
    from worklens.stages.calendar import spans_of

    if not wanted.keys() & {"country", "region"}:
        return known
    country = str(wanted.get("country", known.country)).upper()
    region = str(wanted.get("region", "")).upper()
    if country == "NONE":
        return replace(known, country="", region="", holidays=(), shifted=(), until="")
    if not country:
        raise Usage("calendar-region-of")
    found = public_holidays(country, region, year)
    free, shifted = (day_numbers(days) for days in (found.free, found.shifted))
    return replace(
        known,
        country=country,
        region=region,
        holidays=spans_of(free),
        shifted=spans_of(shifted),
        until=found.until.isoformat(),
    )


def with_days(known: Calendar, wanted: Mapping[str, Any]) -> Calendar:
    """The calendar with days given off or on, or taken back; what is said now goes before what was said."""
    import numpy as np
    from msgspec.structs import replace

    from worklens.cli.weekdays import days_from
    from worklens.stages.calendar import days_in, spans_of

    off, on, back = (
        days_from(f"--{name.replace('_', '-')}", wanted.get(name, ())) for name in ("off", "on", "take_back")
    )
    less = [np.concatenate(parts) for parts in ((on, back), (off, back))]
    kept = [
        np.union1d(np.setdiff1d(days_in(before), gone), said)
        for before, gone, said in zip((known.off, known.on), less, (off, on), strict=True)
    ]
    return replace(known, off=spans_of(kept[0]), on=spans_of(kept[1]))
