"""``worklens calendar``: which days an account's person works, which the forecasts leave out of the past and skip ahead."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from worklens.cli.options import DataDir, Json, Language
from worklens.cli.shell import Shell

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from worklens.cli.desk import Desk
    from worklens.ports import Feed
    from worklens.stages.calendar import Calendar

PLAIN: dict[str, Any] = {"show_default": False}
Whose = Annotated[
    str, typer.Argument(metavar="ACCOUNT", help="As status shows it, such as todoist:me.", **PLAIN)
]
Week = Annotated[str, typer.Option("--week", metavar="DAYS", help="mon-fri, mon,wed-fri or all.", **PLAIN)]
Hours = Annotated[
    str, typer.Option("--hours", metavar="FROM-TO", help="Of a working day: 9-17, or all.", **PLAIN)
]
Country = Annotated[
    str,
    typer.Option(
        "--country", metavar="CODE", help="Its public holidays are free: DE, CN ...; or none.", **PLAIN
    ),
]
Region = Annotated[
    str, typer.Option("--region", metavar="CODE", help="Of the country, where they differ: BY.", **PLAIN)
]
Off = Annotated[
    list[str] | None,
    typer.Option("--off", metavar="DAYS", help="Days off: 2026-12-24..2027-01-02, or a day.", **PLAIN),
]
On = Annotated[
    list[str] | None,
    typer.Option("--on", metavar="DAYS", help="Days worked although they would be free.", **PLAIN),
]
Back = Annotated[
    list[str] | None,
    typer.Option("--take-back", metavar="DAYS", help="What --off or --on said of them is no more.", **PLAIN),
]
Learn = Annotated[
    bool | None,
    typer.Option(
        "--learn/--no-learn", help="Tell free weekdays, and past days off, from what was done.", **PLAIN
    ),
]
Clear = Annotated[bool, typer.Option("--clear", help="Every day is a working day again.")]


def command(
    account: Whose = "",
    week: Week = "",
    hours: Hours = "",
    country: Country = "",
    region: Region = "",
    off: Off = None,
    on: On = None,
    take_back: Back = None,
    learn: Learn = None,
    clear: Clear = False,
    json: Json = False,
    data_dir: DataDir = None,
    language: Language = None,
) -> None:
    """Say on which days you work.

    Forecasts take days off out of the history and skip them ahead; without a calendar every day is a working day. The
    word given last for a day counts; a day given goes before a holiday, and a holiday before the week. Public holidays
    are looked up now and kept: say --country again when a government has moved some. --learn knows of no days off to
    come: give those with --off. Without an option it shows what is kept.
    """
    from worklens.cli.commands.schedule import chosen
    from worklens.cli.failures import Usage

    shell = Shell(data_dir, language, json=json)
    given = {
        "week": week,
        "hours": hours,
        "country": country,
        "region": region,
        "off": off,
        "on": on,
        "take_back": take_back,
        "learn": learn,
    }
    wanted = {name: value for name, value in given.items() if value not in ("", None, [])}
    if (wanted or clear) and not account:
        raise Usage("calendar-whose")
    with shell.existing() as platform:
        feeds = chosen(platform, account)
        if wanted or clear:
            feeds = [changed(platform, feed, wanted, clear=clear) for feed in feeds]
        views = [view(platform, feed) for feed in feeds]
    if json:
        shell.document(views)
    else:
        show(views, shell)


def changed(platform: Desk, feed: Feed, wanted: Mapping[str, Any], *, clear: bool) -> Feed:
    """The feed with what was asked for, kept. Raises Problem."""
    from worklens.stages.calendar import Calendar, calendar_for, with_calendar
    from worklens.stages.timers import local_day

    known = Calendar() if clear else calendar_for(feed)
    today = local_day(feed, platform.ports.clock.now())
    feed = with_calendar(feed, asked_for(known, wanted, today.year))
    platform.state.save_feed(feed)
    return feed


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

    from worklens.cli.failures import Usage
    from worklens.cli.public_holidays import public_holidays
    from worklens.stages.calendar import EPOCH, spans_of

    if not wanted.keys() & {"country", "region"}:
        return known
    country = str(wanted.get("country", known.country)).upper()
    region = str(wanted.get("region", "")).upper()
    if country == "NONE":
        return replace(known, country="", region="", holidays=(), shifted=(), until="")
    if not country:
        raise Usage("calendar-region-of")
    found = public_holidays(country, region, year)
    free, shifted = ([day.toordinal() - EPOCH for day in days] for days in (found.free, found.shifted))
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


# ----- Showing -----

SOON, MONTH = 90, 30  # days ahead: the days off named, and the working days counted
YEAR = 365  # days back: the days off learnt that are named


def view(platform: Desk, feed: Feed) -> dict[str, Any]:
    """A feed's calendar as data. ``days_off`` are those of the next 90 days that aren't the week's own."""
    from worklens.cli.weekdays import NAMES, hours_shown
    from worklens.stages.calendar import EPOCH, calendar_for, days_in, mask_of, spans_of
    from worklens.stages.timers import local_day

    calendar = calendar_for(feed)
    today = local_day(feed, platform.ports.clock.now()).toordinal() - EPOCH
    ahead = mask_of(calendar, today, SOON)
    told = [*calendar.off, *calendar.holidays]
    return {
        "account": feed.name,
        "week": [NAMES[day] for day in calendar.week],
        "hours": hours_shown(calendar.hours),
        "country": calendar.country,
        "region": calendar.region,
        "holidays_until": calendar.until,
        "learn": calendar.learn,
        "off": list(calendar.off),
        "on": list(calendar.on),
        "days_off": list(
            spans_of([day for day in days_in(told, (today, today + SOON)) if not ahead[day - today]])
        ),
        "working_days": int(ahead[:MONTH].sum()),
        **({"learnt": learnt_of(platform, feed)} if calendar.learn else {}),
    }


def learnt_of(platform: Desk, feed: Feed) -> dict[str, list[str]] | None:
    """The weekdays and the last year's days off that one person's record tells; None without one, and for several people,
    each of whom has ways of their own."""
    from worklens.analysis.flow import daily_counts
    from worklens.cli.weekdays import NAMES
    from worklens.stages.calendar import calendar_for, learnt, spans_of
    from worklens.stages.history import load

    with platform.warehouse.read() as session:
        history = load(session, [feed.name])
    if history is None or len(history.accounts) != 1 or not history.completed.size:
        return None
    done = daily_counts(history.completed, history.first, history.end)[0]
    week, off = learnt(calendar_for(feed), history.first, done)
    lately = off[off > history.end - YEAR]
    return {
        "week": [name for name, worked in zip(NAMES, week, strict=True) if worked],
        "off": list(spans_of(lately)),
    }


def show(views: Sequence[Mapping[str, Any]], shell: Shell) -> None:
    """A block of lines an account."""
    from worklens.cli.tables import styled
    from worklens.cli.weekdays import NAMES, week_shown

    for one in views:
        shell.out.print(styled(one["account"], "bold"), soft_wrap=True)
        week = week_shown([NAMES.index(name) for name in one["week"]])
        week, hours = (shell.say("calendar-all") if text == "all" else text for text in (week, one["hours"]))
        shell.line("calendar-week", week=week or shell.say("hours-never"), hours=hours)
        if one["country"]:
            place = "-".join(part for part in (one["country"], one["region"]) if part)
            shell.line("calendar-holidays", place=place, until=one["holidays_until"])
        for name in ("off", "on"):
            if one[name]:
                shell.line(f"calendar-{name}", days=", ".join(one[name]))
        if one["learn"]:
            shell.line("calendar-learn")
        if one.get("learnt"):
            week = week_shown([NAMES.index(name) for name in one["learnt"]["week"]])
            days = ", ".join(one["learnt"]["off"]) or "-"
            shell.line(
                "calendar-learnt", week=shell.say("calendar-all") if week == "all" else week, days=days
            )
        shell.line("calendar-ahead", days=one["working_days"], of=MONTH)
        if one["days_off"]:
            shell.line("calendar-soon", of=SOON, days=", ".join(one["days_off"]))
