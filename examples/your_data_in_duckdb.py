# %% [markdown]
# # Your data in DuckDB: ask it yourself
#
# All that Worklens knows of your work lies in one file on your disk, `warehouse.duckdb`, and any program that speaks DuckDB may read it.
# Here it is asked some questions that no page of the report answers in this form.
# The tasks are the sample's; with your own, leave out the first cell and put your data directory into the second (`worklens doctor` names it).

# %%
import subprocess
import sys
import tempfile
from pathlib import Path

import duckdb
import matplotlib.pyplot as plt
import numpy as np

from _pictures import BLUE, GREY, ORANGE, RED, style
from worklens.analysis.smoothing import ewma
from worklens.analysis.survival import kaplan_meier
from worklens.sample import generate, write

style()
folder = Path(tempfile.mkdtemp())
backups = [
    path for path in write(generate(count=6), folder / "backups") if path.name.startswith("wunderlist")
]
command = [
    "import",
    *map(str, backups),
    "--data-dir",
    str(folder / "data"),
    "--account",
    "wunderlist:sample",
    "--time-zone",
    "Europe/Berlin",
]
subprocess.run([sys.executable, "-m", "worklens", *command], check=True, capture_output=True)
data_directory = folder / "data"

# %% [markdown]
# Open it read-only: Worklens is the only writer, and as many may read as like to while it doesn't write.

# %%
work = duckdb.connect(str(data_directory / "warehouse.duckdb"), read_only=True)
work.execute("SET TimeZone = 'UTC'")


def ask(question, *parameters):
    """The columns of an answer as arrays, by name."""
    return work.execute(question, list(parameters)).fetchnumpy()


for table, what in (
    ("task_states", "what was seen"),
    ("task_events", "what happened"),
    ("current_tasks", "tasks"),
):
    print(f"{work.execute(f'SELECT count(*) FROM {table}').fetchone()[0]:6,} rows of {table} ({what})")

# %% [markdown]
# ## What there is
#
# Tables are append-only and hold every state that was ever seen; the views say what they come to.
# Each metric of [docs/metrics.md](../docs/metrics.md) is one view, with its columns described there.
# Every view begins with the account, so a question about one of several people says which.

# %%
views = ask("SELECT view_name AS name FROM duckdb_views() WHERE NOT internal ORDER BY name")["name"]
print(", ".join(views))

# %% [markdown]
# ## What happened?
#
# An event is a difference between two looks: that a date was moved is nowhere in a to-do list, but it is here.

# %%
kinds = ask("SELECT kind, count(*) AS many FROM known_events GROUP BY kind ORDER BY many")
figure, axes = plt.subplots(figsize=(8, 3.4))
axes.barh(kinds["kind"], kinds["many"], color=BLUE)
axes.set(xscale="log", xlabel="events", title="Two years, by kind of event")
axes.grid(axis="y", visible=False)
# %% [markdown]
# ## Does more come in than goes out?
#
# `daily_flow` has a row for every day, also where nothing happened.

# %%
flow = ask("SELECT day, arrived, done, open FROM daily_flow ORDER BY day")
figure, (above, below) = plt.subplots(2, 1, figsize=(8, 4.4), sharex=True)
above.plot(flow["day"], ewma(flow["arrived"], 0.95), color=ORANGE, label="come in")
above.plot(flow["day"], ewma(flow["done"], 0.95), color=BLUE, label="done")
above.set(ylabel="tasks a day", ylim=(0, 10), title="In and out, averaged over about three weeks")
above.legend(loc="upper right", ncols=2)
below.fill_between(flow["day"], flow["open"], color=GREY, alpha=0.4)
below.set(ylabel="open tasks", ylim=(0, None))
# %% [markdown]
# ## Which list is where tasks go to wait?
#
# A median of what got done would leave out what never does, which is the point here.
# So the open tasks count too, as "not yet after so many days" (Kaplan and Meier 1958; `kaplan_meier` in [survival.py](../shared/worklens/analysis/survival.py)).

# %%
spans = ask(
    """
    SELECT
      collection_title AS list,
      status = 'completed' AS done,
      date_diff('second', created_at, coalesce(completed_at, deleted_at, now_at)) / 86400.0 AS days
    FROM current_tasks
    JOIN clocks USING (feed)
    WHERE recurrence IS NULL
    """
)
figure, axes = plt.subplots(figsize=(8, 4))
for place, name in enumerate(sorted(set(spans["list"].tolist()))):
    mine = spans["list"] == name
    curve = kaplan_meier(np.maximum(spans["days"][mine], 0), spans["done"][mine].astype(bool))
    axes.step(curve.time, curve.survival, where="post", label=name, linestyle="-" if place < 7 else "--")
axes.set(
    xlim=(0, 90),
    ylim=(0, 1),
    xlabel="days since it was written down",
    ylabel="share not done yet",
    title="How long tasks stay open, by list",
)
axes.legend(ncols=2)
# %% [markdown]
# ## Do dates that move come true?
#
# Of the tasks with a due date that are done: how many were late, and does a moved date help?

# %%
late = ask(
    """
    SELECT coalesce(times_moved, 0) > 0 AS moved, count(*) AS many, avg(CAST(completed_day > due_day AS INT)) AS late
    FROM current_tasks
    LEFT JOIN rescheduling USING (account, task, occurrence)
    WHERE status = 'completed' AND due_day IS NOT NULL AND recurrence IS NULL
    GROUP BY moved
    ORDER BY moved
    """
)
figure, axes = plt.subplots(figsize=(6, 3))
names = [
    f"{'moved' if moved else 'never moved'}\n({many} tasks)"
    for moved, many in zip(late["moved"], late["many"], strict=True)
]
axes.bar(names, late["late"], color=[RED if moved else BLUE for moved in late["moved"]], width=0.5)
axes.set(ylabel="share late", title="Late, even against the last date", ylim=(0, 1))

# %% [markdown]
# Only moves between two backups are seen, so half a year of monthly backups shows some of them.
# A source that is synced every hour shows all.
#
# ## As it was
#
# Every fact has the time it happened and the time we saw it.
# `worklens export DIR` writes each table and view as Parquet for tools that don't read DuckDB, and `--as-of D` on most commands says how things stood on a day.

# %%
work.close()
