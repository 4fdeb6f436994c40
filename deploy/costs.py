"""``python -m deploy.costs``: what a deployment costs a month on paper, as the table in terraform/README.md.

Nothing here was measured on Google Cloud. Prices are list prices; what an account does is assumed, but for the tables
that its queries read, which are counted in the queries themselves.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from worklens.warehouse import catalogue, schema

ACCOUNTS = (1, 50, 10_000)
PRICES_OF = (
    "November 2026 as we know them, for Belgium, in dollars before tax; look them up before you rely on them"
)

# ----- What an account does in a month of 30 days (assumed) -----

RUNS = 24 * 30  # a sync each hour
SCORED_RUNS = 8 * 30  # those that bring something, or are the first of a day
OPEN_TASKS = 100  # each is scored for three horizons at each of these
RECORDS = 15_000  # rows of raw records, and as many states: 500 tasks listed each night
SECONDS_A_RUN = {"fetch": 2.0, "transform": 8.0, "score": 5.0, "notify": 3.0}  # of one vCPU each
GIB = {"fetch": 0.25, "transform": 0.25, "score": 0.5, "notify": 0.5}
MESSAGES_A_RUN = (
    5  # request, batch, settle, changed, ready; 2 KiB each, counted when published and when delivered
)
READS_A_RUN, WRITES_A_RUN = 20, 15  # of Datastore
LOG_A_RUN = 10  # KiB: our lines and the platform's of each request

# ----- What a run asks of BigQuery (counted) -----

ASKED_A_RUN = (
    "zones_of_feed",
    "before_settling",
    "removed_tasks",
    "new_events",
    "changed_tasks",
    "told_kinds",
    "run_counts",
)
ASKED_TO_SCORE = ("clock_of_feed", "lives")
LEAST_MIB = 10  # billed for each table that a query reads, however little it reads of it

# ----- Monitoring: six conditions, one series each, read each 30 s -----

CONDITIONS, POINTS = 6, 6 * 30 * 24 * 120


class Price(NamedTuple):
    """A price: what it is of, how much a unit costs, how many units a month are free."""

    what: str
    unit: float
    free: float = 0.0


VCPU = Price("functions: vCPU seconds", 0.000024, 180_000)
MEMORY = Price("functions: GiB seconds", 0.0000025, 360_000)
REQUESTS = Price("functions: requests", 0.4e-6, 2_000_000)
QUERIES = Price("BigQuery: TiB read", 6.25, 1)
ROWS = Price("BigQuery: GiB streamed", 0.05)
STORED = Price("BigQuery: GiB stored, after a year", 0.02, 10)
READS = Price("Datastore: reads", 0.6e-6, 50_000 * 30)
WRITES = Price("Datastore: writes", 1.8e-6, 20_000 * 30)
PUBSUB = Price("Pub/Sub: TiB", 40, 10 / 1024)
TOKENS = Price("Secret Manager: tokens", 0.06, 6)
ACCESSES = Price("Secret Manager: reads of a token", 3e-6, 10_000)
LOGS = Price("logs: GiB", 0.5, 50)
IMAGES = Price("images: GiB", 0.1, 0.5)
ALERTS = Price("alerts: conditions", 0.1)
SERIES = Price("alerts: million points", 0.35)


def tables_read(names: Iterable[str]) -> int:
    """How many tables these queries read, each counted where it is read."""
    tables = set(schema.tables())
    return sum(len(catalogue.reads(catalogue.query(name)[0]) & tables) for name in names)


def used(accounts: int) -> Iterator[tuple[Price, float]]:
    """How much of each so many accounts use in a month."""
    runs = RUNS * accounts
    yield VCPU, runs * sum(SECONDS_A_RUN.values())
    yield MEMORY, runs * sum(seconds * GIB[name] for name, seconds in SECONDS_A_RUN.items())
    yield REQUESTS, runs * MESSAGES_A_RUN + RUNS
    tables = runs * tables_read(ASKED_A_RUN) + SCORED_RUNS * accounts * tables_read(ASKED_TO_SCORE)
    yield QUERIES, tables * LEAST_MIB / 1024**2
    rows = accounts * (SCORED_RUNS * OPEN_TASKS * 3 + 2 * RECORDS)
    yield ROWS, rows / 1024**2  # a KiB each at least
    yield STORED, rows * 12 * 0.2 / 1024**2  # some 200 bytes each
    yield READS, runs * READS_A_RUN
    yield WRITES, runs * WRITES_A_RUN
    yield PUBSUB, runs * MESSAGES_A_RUN * 2 * 2 / 1024**3
    yield TOKENS, accounts
    yield ACCESSES, runs
    yield LOGS, runs * LOG_A_RUN / 1024**2
    yield IMAGES, 1.0
    yield ALERTS, CONDITIONS
    yield SERIES, POINTS / 1e6


def cost(price: Price, amount: float) -> float:
    """What an amount costs beyond what is free."""
    return max(amount - price.free, 0.0) * price.unit


def table() -> str:
    """The costs by what they are of, in Markdown: how much is used, and what that costs."""
    columns = [dict(used(accounts)) for accounts in ACCOUNTS]
    heads = " | ".join("1 account" if accounts == 1 else f"{accounts:,} accounts" for accounts in ACCOUNTS)
    sums = " | ".join(f"**{total(accounts):,.2f} $**" for accounts in ACCOUNTS)
    rows = [_line(price, [column[price] for column in columns]) for price in columns[0]]
    head = [f"| | a unit, $ | free | {heads} |", "|---|---|---|" + "---|" * len(ACCOUNTS)]
    return "\n".join([*head, *rows, f"| **together** | | | {sums} |"])


def total(accounts: int) -> float:
    """The month's sum."""
    return sum(cost(price, amount) for price, amount in used(accounts))


def _line(price: Price, amounts: list[float]) -> str:
    cells = " | ".join(f"{_figure(amount)}: {cost(price, amount):,.2f} $" for amount in amounts)
    return f"| {price.what} | {_unit(price.unit)} | {_figure(price.free)} | {cells} |"


def _figure(amount: float) -> str:
    return f"{amount:,.0f}" if amount >= 100 or amount == int(amount) else f"{amount:,.2g}"


def _unit(dollars: float) -> str:
    return f"{dollars:g}" if dollars >= 0.01 else f"{dollars * 1e6:g} a million"


if __name__ == "__main__":
    print(f"List prices of {PRICES_OF}.\n\n{table()}")
