"""Since when work goes at the pace it does, and which weeks luck doesn't explain."""

from __future__ import annotations

from datetime import timedelta

from worklens.analysis.days import day_number
from worklens.render.charts import behaviour as behaviour_chart
from worklens.render.charts import paces as paces_chart
from worklens.render.columns import WEEK, column
from worklens.render.model import Columns
from worklens.render.section import Chart, DataTable, Section, Swatch
from worklens.render.words import Words

LEAST_WEEKS = 16  # before a change of pace is looked for
SLIGHT = 0.15  # of the pace before: as after a holiday, when it is as it was
WEEKS_SHOWN = 156  # three years: bars of many more are too thin to see ...
WEEKS_BEFORE = 26  # ... but the last change is, with half a year before it


def pace(stretches: Columns, weeks: Columns, words: Words) -> Section | None:
    """The stretches of whole weeks at one pace; None where there are too few weeks to tell one from another."""
    done = column(weeks, "done")
    if len(done) < LEAST_WEEKS or not column(stretches, "since"):
        return None
    return Section(
        key="pace",
        title=_title(stretches, words),
        subtitle=words("pace.subtitle"),
        chart=_chart(stretches, weeks, words),
        note=words("pace.note"),
        folded=True,
    )


def _title(stretches: Columns, words: Words) -> str:
    means = column(stretches, "a_week")
    now = words.number(means[-1])
    if len(means) == 1:
        return words("pace.steady", now=now)
    if abs(means[-1] - means[-2]) > SLIGHT * means[-2]:
        since = words.day(stretches["since"][-1])
        return words("pace.title", since=since, now=now, before=words.number(means[-2]))
    first = words.day(stretches["since"][0])
    return words("pace.times", now=now, first=first, n=words.number(len(means) - 1))


def _chart(stretches: Columns, weeks: Columns, words: Words) -> Chart:
    change = weeks["week"].index(stretches["since"][-1])
    first = max(min(len(weeks["week"]) - WEEKS_SHOWN, change - WEEKS_BEFORE), 0)
    shown = {name: values[first:] for name, values in weeks.items()}
    begin = shown["week"][0]
    rows = [
        (max(since, begin), until, mean)
        for since, until, mean in zip(
            *(stretches[name] for name in ("since", "until", "a_week")), strict=True
        )
        if until >= begin
    ]
    levels = {
        "first": [day_number(since) for since, _, _ in rows],
        "last": [day_number(until) for _, until, _ in rows],
        "pace": [mean for _, _, mean in rows],
    }
    labels = (words("throughput.column_week"), words("throughput.column_done"))
    return Chart(
        spec=paces_chart(_weeks(shown, words), levels, labels, words.language),
        alt=words(
            "pace.alt",
            weeks=words.count("weeks", len(shown["done"])),
            paces=words("list.comma").join(words.number(mean) for _, _, mean in rows),
        ),
        table=_table(stretches, words),
        legend=(
            Swatch("var(--blue-faint)", words("throughput.column_done")),
            Swatch("var(--blue)", words("pace.level"), "line"),
        ),
    )


def _table(stretches: Columns, words: Words) -> DataTable:
    heads = ("since", "until", "weeks", "a_week", "luck")
    names = ("since", "until", "weeks", "a_week", "p")
    rows = zip(*(stretches[name] for name in names), strict=True)
    return DataTable(
        tuple(words(f"pace.column_{name}") for name in heads),
        tuple(
            (
                words.day(since),
                words.day(until),
                words.number(weeks),
                words.number(a_week),
                words("pace.first") if p is None else words("pace.one_in", n=words.number(int(1 / p))),
            )
            for since, until, weeks, a_week, p in rows
        ),
    )


def _weeks(weeks: Columns, words: Words) -> dict[str, list[object]]:
    """Each week's first day, what was done, and its days in words."""
    return {
        "start": [day_number(monday) for monday in weeks["week"]],
        "done": list(weeks["done"]),
        "when": [
            words(
                "throughput.week",
                first=words.short_day(monday),
                last=words.short_day(monday + timedelta(days=WEEK - 1)),
            )
            for monday in weeks["week"]
        ],
    }


# ----- The process behaviour chart -----


def behaviour(weeks: Columns, words: Words) -> Section | None:
    """The last year's weeks between their natural limits; None where there are too few to have any."""
    averages = column(weeks, "average")
    if not averages or averages[-1] is None:
        return None
    lower, average, upper = (float(weeks[name][-1]) for name in ("lower", "average", "upper"))
    unusual = [signal is not None for signal in weeks["signal"]]
    usual = {"low": words.number(lower), "high": words.number(upper)}
    count, n = sum(unusual), words.count("weeks", len(unusual))
    return Section(
        key="behaviour",
        title=words.plural("behaviour.some", count, weeks=n, **usual)
        if count
        else words("behaviour.none", weeks=n, **usual),
        subtitle=words("behaviour.subtitle"),
        chart=_behaviour_chart(weeks, unusual, (lower, average, upper), words),
        note=words("behaviour.note"),
        folded=True,
    )


def _behaviour_chart(
    weeks: Columns, unusual: list[bool], lines: tuple[float, float, float], words: Words
) -> Chart:
    shown = _weeks({"week": weeks["week"], "done": weeks["value"]}, words)
    labels = (words("throughput.column_week"), words("throughput.column_done"))
    rows = zip(shown["when"], weeks["value"], weeks["signal"], strict=True)
    lower, average, upper = (words.number(line) for line in lines)
    return Chart(
        spec=behaviour_chart({**shown, "unusual": unusual}, lines, labels, words.language),
        alt=words(
            "behaviour.alt", average=average, lower=lower, upper=upper, unusual=words.number(sum(unusual))
        ),
        table=DataTable(
            (*labels, words("behaviour.column_signal")),
            tuple(
                (str(when), words.number(done), words(f"behaviour.signal_{signal or 'none'}"))
                for when, done, signal in rows
            ),
        ),
        legend=(
            Swatch("var(--blue)", words("throughput.column_done"), "dot"),
            Swatch("var(--orange)", words("behaviour.unusual"), "dot"),
            Swatch("var(--ink)", words("behaviour.limits", average=average), "dash"),
        ),
    )
