"""``worklens metrics [NAME]``: what can be asked, and the numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from worklens.cli.options import Account, DataDir, Json, Language, Since, Until
from worklens.cli.plain import moments
from worklens.cli.shell import Shell

if TYPE_CHECKING:
    from worklens.cli.days import Window
    from worklens.render.model import Language as Tongue
    from worklens.stages.asking import Rows
    from worklens.warehouse.metrics import Metric

Name = Annotated[
    str, typer.Argument(metavar="NAME", show_default=False, help="Which; without it, all are listed.")
]
SHOWN = 40  # rows that a person reads; the rest is a matter of --json
WIDEST = 24  # characters of a cell


def command(
    name: Name = "",
    account: Account = "",
    since: Since = "",
    until: Until = "",
    json: Json = False,
    data_dir: DataDir = None,
    language: Language = None,
) -> None:
    """List the metrics, or print one.

    docs/metrics.md says what each means. --json gives all rows; a person is shown the newest.
    """
    from worklens.cli.failures import Usage
    from worklens.warehouse.metrics import metrics

    shell = Shell(data_dir, language, json=json)
    if not name:
        listing(shell)
        return
    chosen = metrics().get(name)
    if chosen is None:
        raise Usage("metric-unknown", name=name, known=", ".join(metrics()))
    rows = cut(shell, name, chosen, account, since, until)
    if json:
        shell.document(plain(rows, chosen))
    else:
        show(shell, name, chosen, rows)


def listing(shell: Shell) -> None:
    """Every metric with its question."""
    from worklens.cli.tables import Table
    from worklens.warehouse.metrics import metrics

    if shell.json:
        shell.document([_about(name, one, shell.language) for name, one in metrics().items()])
        return
    made = Table(shell.say("column-name"), shell.say("column-question"))
    for name, one in metrics().items():
        made.add(name, one.question[shell.language])
    made.print(shell.out)


def _about(name: str, one: Metric, language: str) -> dict[str, Any]:
    words = ("title", "unit", "question", "definition", "least")
    return {"name": name, "view": one.view, "value": one.value} | {
        word: getattr(one, word)[language].strip() for word in words
    }


def cut(shell: Shell, name: str, chosen: Metric, account: str, since: str, until: str) -> Rows:
    """The metric's rows within the account and the days asked for, in the order of its columns."""
    from worklens.cli.days import window
    from worklens.cli.failures import Usage
    from worklens.cli.known import whose
    from worklens.stages.asking import OF_ACCOUNT, ask

    days = window(since, until)
    if days and not chosen.day:
        raise Usage("metric-without-days", metric=chosen.view or name)
    if not chosen.view:
        return computed(shell, name, chosen, account, days)
    columns = list(chosen.columns)
    rest, params = f"WHERE {OF_ACCOUNT}", {}
    for sign, end, day in ((">=", "since", days.since), ("<=", "until", days.until)):
        if day:
            rest += f" AND {chosen.day} {sign} CAST(${end} AS DATE)"
            params[end] = day.isoformat()
    order = ", ".join(["account", *([chosen.day] if chosen.day else []), *_rest(chosen)])
    with shell.existing() as platform, platform.warehouse.read() as session:
        chosen_account = whose(session, account)
        return ask(
            session,
            chosen.view,
            f"{rest} ORDER BY {order}",
            columns=", ".join(columns),
            account=chosen_account,
            **params,
        )


def computed(shell: Shell, name: str, chosen: Metric, account: str, days: Window) -> Rows:
    """The rows of a metric that no view holds, within the account and the days asked for."""
    from worklens.cli.known import scope
    from worklens.stages.measures import measured

    with shell.existing() as platform:
        feeds = platform.state.feeds()
        with platform.warehouse.read() as session:
            known = scope(session, account)
            chosen_feeds = [feed for feed in feeds if feed.name in known.feeds]
            rows = measured(name, session, chosen_feeds, known.accounts)
    kept = [place for place, day in enumerate(rows.get(chosen.day, ())) if days.holds(day)]
    return {key: [values[place] for place in kept] for key, values in rows.items()} if days else rows


def _rest(chosen: Metric) -> list[str]:
    """Columns that make the order complete, so that the same data prints the same."""
    return [name for name in chosen.columns if name not in {"account", chosen.day, chosen.value}]


def plain(rows: Rows, chosen: Metric) -> list[dict[str, Any]]:
    """Rows for JSON: days as text, instants as ISO 8601 in UTC."""
    from worklens.stages.asking import records

    return [moments(row) for row in records(rows)]


def show(shell: Shell, name: str, chosen: Metric, rows: Rows) -> None:
    """The newest rows as a table, under what the metric is."""
    from worklens.cli.tables import Table, number, others, styled
    from worklens.stages.asking import records

    language = shell.language
    shell.out.print(styled(chosen.title[language], "bold"), f"({chosen.unit[language]})", soft_wrap=True)
    shell.out.print(styled(chosen.question[language], "dim"), soft_wrap=True)
    found = list(records(rows))
    if not found:
        shell.line("metric-empty", least=chosen.least[language])
        return
    if name == "rhythms":
        from worklens.cli import rhythms_shown

        rhythms_shown.show(shell, found)
        return
    found = [weekday_named(row, language) for row in found]
    newest = found[-SHOWN:]
    columns = fitting(
        [one for one in rows if any(row[one] is not None for row in found)], newest, chosen, shell
    )
    right = [
        one
        for one in columns
        if type(next(row[one] for row in found if row[one] is not None)) in {int, float}
    ]
    made = Table(*columns, right=right, flexible="title")
    for row in newest:
        texts = moments(row)
        made.add(
            *(
                number(row[c]) if c in right and not c.endswith("_at") else others(_text(texts[c]), WIDEST)
                for c in columns
            )
        )
    made.print(shell.out)
    if len(found) > SHOWN:
        shell.line(
            "more-rows", shown=SHOWN, all=f"{len(found):,}", json=shell.command(f"metrics {name} --json")
        )


def weekday_named(row: dict[str, Any], language: Tongue) -> dict[str, Any]:
    """The row with its weekday, 1 being Monday, as a word."""
    from worklens.render.words import Words

    return row | {"weekday": Words(language).weekday_short(row["weekday"])} if "weekday" in row else row


def fitting(columns: list[str], rows: list[dict[str, Any]], chosen: Metric, shell: Shell) -> list[str]:
    """The columns there is room for: whose, when and how much first, then the others as they come."""
    from worklens.cli.tables import GAP

    first = [one for one in ("account", chosen.day, chosen.value, "title") if one in columns]
    kept: set[str] = set()
    room = shell.out.width
    for name in dict.fromkeys([*first, *(one for one in columns if one != "feed")]):
        width = max(len(name), *(min(WIDEST, len(_text(moments(row)[name]))) for row in rows)) + GAP
        if width <= room:
            kept.add(name)
            room -= width
    return [name for name in columns if name in kept]


def _text(value: Any) -> str:
    return "" if value is None else ", ".join(value) if isinstance(value, list | tuple) else str(value)
