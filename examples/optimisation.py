# %% [markdown]
# # Optimisation: averages that forget, and steps that know where they come from
#
# Deep Learning Specialization, course 2, weeks 2 and 3.
# Exponentially weighted averages come first, on a question of their own: how fast am I working these days?
# Then what is built from them, momentum, RMSprop and Adam, at work on the network that says on Mondays what will be done this week ([deep network](deep_network.ipynb)).

# %%
import matplotlib.pyplot as plt
import numpy as np

from _pictures import BLUE, COLOURS, ORANGE, RED, style
from _sample import known, mondays, soon, tasks
from worklens.analysis.learning.initialisation import initialise
from worklens.analysis.learning.metrics import log_loss
from worklens.analysis.learning.network import Network, answers, cost
from worklens.analysis.learning.optimisers import OPTIMISERS
from worklens.analysis.learning.scaling import Scaler
from worklens.analysis.learning.schedules import SCHEDULES
from worklens.analysis.learning.search import Choice, Log, NearOne, Whole, search
from worklens.analysis.learning.training import Plan, train
from worklens.analysis.smoothing import ewma, half_life_of_beta

style()
found = tasks()

# %% [markdown]
# ## Exponentially weighted averages
#
# $v_t = \beta v_{t-1} + (1 - \beta) x_t$ averages about the last $1 / (1 - \beta)$ days
# (`ewma` in [smoothing.py](../shared/worklens/analysis/smoothing.py), which does all days and all series at once by matrix products).

# %%
done = np.bincount(found.done[found.done < found.end].astype(int), minlength=int(found.end)).astype(float)
figure, axes = plt.subplots()
axes.bar(np.arange(done.size), done, width=1, color="#dddddd", label="done on the day")
for beta, colour in ((0.7, ORANGE), (0.95, BLUE), (0.99, RED)):
    axes.plot(
        ewma(done, beta),
        color=colour,
        label=f"beta {beta}: half a day's weight is gone in {half_life_of_beta(beta):.0f} days",
    )
axes.set(
    xlabel="day",
    ylabel="tasks a day",
    ylim=(0, 9),
    title="Pace: the more days are averaged, the calmer, and the later",
)
axes.legend(loc="upper left", fontsize="small")
# %% [markdown]
# The dip at day 365 is the seven weeks of burn-out, then the holiday; 0.95 sees both, 0.7 sees mostly weekends, and 0.99 hears of it when it is nearly over.
#
# ### Bias correction
#
# The average begins at 0, so it is too low at first: after $t$ days the weights sum to $1 - \beta^t$ only.
# Dividing by that makes the first days a fair average of what was seen so far.

# %%
figure, axes = plt.subplots()
first = done[:90]
axes.bar(np.arange(90), first, width=1, color="#dddddd")
axes.plot(ewma(first, 0.95), color=BLUE, label="corrected")
axes.plot(ewma(first, 0.95, corrected=False), color=RED, linestyle="--", label="as the recurrence has it")
axes.set(xlabel="day", ylabel="tasks a day", ylim=(0, 8), title="The first three months")
axes.legend()

# %% [markdown]
# ## Down a valley
#
# Two features on very different scales make the cost a long valley.
# Plain descent must take the rate that its steep sides allow: it zigzags, and then creeps along the floor.
# Momentum rolls: it may take a higher rate, overshoots, and comes back.
# RMSprop divides each direction by how steep it has been, which is just right here, where the valley lies along the axes.
# Adam does both (`optimisers.py`).


# %%
def bowl(theta):
    return 0.5 * (theta[..., 0] ** 2 + 30 * theta[..., 1] ** 2)


def path(name, rate, steps=60):
    optimiser, theta, seen = OPTIMISERS[name](), np.array([-9.0, 2.0]), []
    for _ in range(steps):
        seen.append(theta.copy())
        optimiser.step(theta, theta * np.array([1.0, 30.0]), rate)
    return np.array(seen)


rates = {"descent": 0.06, "momentum": 0.25, "rmsprop": 0.25, "adam": 0.6}
grid = np.stack(np.meshgrid(np.linspace(-10, 4, 200), np.linspace(-3, 3, 120)), axis=-1)
figure, axes = plt.subplots(2, 2, figsize=(9, 4.4), sharex=True, sharey=True)
for ax, (name, rate), colour in zip(axes.flat, rates.items(), COLOURS, strict=False):
    ax.contour(
        grid[..., 0],
        grid[..., 1],
        bowl(grid),
        levels=np.geomspace(0.3, 150, 10),
        colors="#cccccc",
        linewidths=0.8,
    )
    steps = path(name, rate)
    ax.plot(*steps.T, "o-", color=colour, markersize=3, linewidth=1)
    ax.set(title=f"{name}, rate {rate}: {bowl(steps[-1]):.2g} left after 60 steps")
    ax.grid(visible=False)

# %% [markdown]
# ## Mini-batches
#
# One step for every batch, and not for every pass over all the examples: `slices` and `train` in `training.py`.
# The examples are shuffled once an epoch, so that each batch is a plain slice.

# %%
row, day = mondays(found)
raw, _ = known(found, row, day)
y = soon(found, row, day)[:, None]
now = np.floor(0.7 * found.end / 7) * 7
past, future = day < now - 7, day >= now
x = Scaler().fit(raw[past]).transform(raw)
network = Network((x.shape[1], 16, 16, 1))


def learn(plan, optimiser, seed=0):
    """The loss of each step's batch, and of all examples after each epoch."""
    theta = initialise(network.sizes, "he", np.random.default_rng(seed))
    rng, after = np.random.default_rng(seed), []
    losses = []
    for epoch in range(plan.epochs):
        rate = plan.rate * SCHEDULES[plan.schedule](epoch, plan.epochs)
        once = Plan(rate, epochs=1, batch_size=plan.batch_size)
        losses.append(train(network, theta, x[past], y[past], once, optimiser, rng))
        after.append(cost(network, theta, x[past], y[past]))
    return np.concatenate(losses), np.array(after), theta


figure, (left, right) = plt.subplots(1, 2, figsize=(9, 3.6))
for size, colour in ((32, ORANGE), (256, BLUE), (int(past.sum()), RED)):
    losses, after, _ = learn(Plan(0.1, epochs=12, batch_size=size), OPTIMISERS["descent"]())
    name = "all at once" if size == past.sum() else f"batches of {size}"
    left.plot(np.linspace(0, 12, losses.size), ewma(losses, 0.9), color=colour, label=name, linewidth=1)
    right.plot(np.arange(1, 13), after, "o-", color=colour, label=name)
left.set(xlabel="epoch", ylabel="loss of the batch, averaged", title="What each step sees")
right.set(xlabel="epoch", ylabel="loss of all examples", title="What it comes to")
right.legend()
# %% [markdown]
# All examples in one batch is one sure step an epoch; small batches are many unsure ones, and get there in far fewer passes.
# The left curves are themselves averages with $\beta = 0.9$.
#
# ## Momentum, RMSprop, Adam

# %%
plans = {"descent": 0.1, "momentum": 0.1, "rmsprop": 0.003, "adam": 0.003}
figure, axes = plt.subplots()
for (name, rate), colour in zip(plans.items(), COLOURS, strict=False):
    _, after, _ = learn(Plan(rate, epochs=12), OPTIMISERS[name]())
    axes.plot(np.arange(1, 13), after, "o-", color=colour, label=f"{name}, rate {rate}")
axes.set(xlabel="epoch", ylabel="loss of all examples", title="Four ways down, the same network and batches")
axes.legend()
# %% [markdown]
# RMSprop and Adam get there in fewer epochs, and the same rate of a few thousandths would do for most networks; plain descent needs one that suits the scale.
# With momentum written as an average, as the course does, its first steps are small; so it begins behind.
#
# ## Learning rates that fall
#
# Near the bottom a large step leaps about; `schedules.py` has several ways of making it smaller.

# %%
figure, (left, right) = plt.subplots(1, 2, figsize=(9, 3.6))
for (name, schedule), colour in zip(SCHEDULES.items(), COLOURS, strict=False):
    left.plot([schedule(epoch, 30) for epoch in range(30)], color=colour, label=name)
left.set(xlabel="epoch of 30", ylabel="share of the first rate", title="Schedules", ylim=(0, 1.05))
left.legend(fontsize="small")
for name, colour in (("constant", BLUE), ("inverse", ORANGE), ("cosine", COLOURS[5])):
    _, after, _ = learn(Plan(0.03, name, epochs=12), OPTIMISERS["adam"]())
    right.plot(np.arange(1, 13), after, "o-", color=colour, label=name)
right.set(xlabel="epoch", ylabel="loss of all examples", title="Adam from a rate that is too high")
right.legend()
# %% [markdown]
# ## Settings by chance
#
# A rate is drawn by its logarithm, for between 0.0001 and 0.1 each power of ten deserves as many tries;
# a $\beta$ by that of $1 - \beta$, for from 0.9 to 0.999 the average grows from 10 to 1,000 steps (`search.py`; course 2, week 3).
# Each try is graded on the last fifth of the past: the future is not for choosing.

# %%
later = past & (day >= 0.56 * found.end)
earlier = past & (day < 0.56 * found.end - 7)


def loss(settings):
    theta = initialise(network.sizes, "he", np.random.default_rng(0))
    optimiser = OPTIMISERS["adam"](beta_1=settings["beta"])
    plan = Plan(settings["rate"], settings["schedule"], epochs=3, batch_size=2 ** settings["power"])
    train(network, theta, x[earlier], y[earlier], plan, optimiser, np.random.default_rng(0))
    return log_loss(y[later][:, 0], np.clip(answers(network, theta, x[later])[:, 0], 0, 1))


space = {
    "rate": Log(1e-4, 1e-1),
    "beta": NearOne(0.5, 0.99),
    "power": Whole(5, 9),
    "schedule": Choice(("constant", "cosine")),
}
tries = search(loss, space, 24, np.random.default_rng(0))
best = tries[0].settings
print(
    f"best of {len(tries)}: rate {best['rate']:.4f}, beta {best['beta']:.3f}, batches of {2 ** best['power']}, {best['schedule']}"
)

figure, axes = plt.subplots()
shown = axes.scatter(
    [one.settings["rate"] for one in tries],
    [1 - one.settings["beta"] for one in tries],
    c=[one.loss for one in tries],
    s=[12 * one.settings["power"] for one in tries],
    cmap="viridis",
    vmax=tries[0].loss + 0.1,
)
axes.set(
    xscale="log",
    yscale="log",
    xlabel="rate",
    ylabel="1 - beta",
    title="24 tries: dark is good, large dots are large batches",
)
figure.colorbar(shown, label="log loss")

# %% [markdown]
# ## What the library does that the lecture does not
#
# | the lecture | here |
# |---|---|
# | an average day by day, in a loop | all days of all series by a few matrix products, no digit lost at any length (`smoothing.py`) |
# | each parameter array moved by itself | one vector, so that a step of Adam is ten operations in place |
# | two corrected averages a step | the corrections are two numbers, put into the rate and into epsilon |
# | batches gathered one by one | shuffled once an epoch, each batch a slice |
# | a schedule | six, and `NeuralNetwork(schedule=...)` takes any by name |
