# %% [markdown]
# # Your data in DuckDB: ask it yourself
#
# All that Worklens knows of your work lies in one file on your disk, and `worklens.open` gives it to you as DuckDB relations, NumPy arrays, or frames of pandas and polars ([docs/python.md](../docs/python.md)).
# Here it is asked some questions that no page of the report answers in this form.
# The tasks are the sample's; with your own, leave out the first cell and say `worklens.open()` in the second.

# %%
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np

import worklens
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
# What is opened is a copy: a sync goes on meanwhile, and nothing you do here reaches your record.

# %%
work = worklens.open(data_directory)


def ask(question, **parameters):
    """The columns of an answer as arrays, by name."""
    return work.sql(question, parameters).fetchnumpy()


names = {"task_states": "what was seen", "task_events": "what happened", "current_tasks": "tasks"}
print("\n".join(f"{len(work.relation(name)):6,} rows of {name} ({what})" for name, what in names.items()))

# %% [markdown]
# ## What there is
#
# Tables are append-only and hold every state that was ever seen; the views say what they come to, and metrics are views, or computed from them.
# [docs/metrics.md](../docs/metrics.md) explains each metric; `columns` says what each column of anything is.
# Every view begins with the account, so a question about one of several people says which.

# %%
columns = [f"{column:12}{what}" for column, what in work.columns("cycle-time").items()]
print("Metrics:", ", ".join(work.metrics), "", *columns, sep="\n")

# %% [markdown]
# A metric as a frame: the last weeks, beside the pace they are at.

# %%
weeks = work.pandas("throughput-weekly").sort_values("week").tail(4)
pace = work.pandas("changes-of-pace")[["since", "until", "a_week", "ratio"]]
print(weeks[["week", "value", "days"]].to_string(index=False), pace.to_string(index=False), sep="\n\n")

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
# Every fact has the time it happened and the time we saw it, so anything can be asked as of a day.

# %%
days = [datetime(2026, month, 1, tzinfo=UTC) for month in (3, 6, 9)]
left = [work.relation("current_tasks", as_of=day).filter("status = 'open'") for day in days]
print("\n".join(f"{day:%B}: {len(tasks)} open" for day, tasks in zip(days, left, strict=True)))

# %% [markdown]
# `worklens export DIR` writes each table and view as Parquet for tools that read neither DuckDB nor Python.
# What was opened ends with its copy.

# %%
work.close()
