"""A working calendar as it is shown: what is kept, what was learnt, and the days off to come."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from worklens.cli.desk import Desk
    from worklens.cli.shell import Shell
    from worklens.ports import Feed

SOON, MONTH = 90, 30  # days ahead: the days off named, and the working days counted
YEAR = 365  # days back: the days off learnt that are named


def view(platform: Desk, feed: Feed) -> dict[str, Any]:
    """A feed's calendar as data. ``days_off`` are those of the next 90 days that aren't the week's own."""
    from worklens.analysis.days import day_number
    from worklens.cli.weekdays import NAMES, hours_shown
    from worklens.stages.calendar import calendar_for, days_in, mask_of, spans_of
    from worklens.stages.timers import local_day

    calendar = calendar_for(feed)
    today = day_number(local_day(feed, platform.ports.clock.now()))
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
