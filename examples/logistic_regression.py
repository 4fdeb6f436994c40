# %% [markdown]
# # Logistic regression: will it be done within a week?
#
# You write a task down.
# Will it be done in a week's time?
# We ask this of the sample's one-off tasks, knowing only what is known while they are written down, and let logistic regression answer, in the parts in which the Deep Learning Specialization teaches it (course 1, week 2): *initialise, propagate, optimise, predict*, put together as *model*.
#
# The person is made up (`docs/sample.md`), so what comes out says nothing about you; the code is what Worklens runs.

# %%
import matplotlib.pyplot as plt
import numpy as np

from _pictures import BLUE, GREEN, GREY, ORANGE, RED, style
from _sample import known, soon, tasks
from worklens.analysis.learning import logistic
from worklens.analysis.learning.activations import sigmoid
from worklens.analysis.learning.gradient_check import gradient_error
from worklens.analysis.learning.logistic_regression import LogisticRegression
from worklens.analysis.learning.losses import binary
from worklens.analysis.learning.metrics import auc, calibration_error, log_loss
from worklens.analysis.learning.scaling import Scaler

style()

# %% [markdown]
# ## The examples
#
# A row is a task, a column a feature, as in scikit-learn; the course writes the transpose, one example a column.
# The first 70 % of the time is what we learn from.
# The rest is the future: a model that was graded on what it learnt from would only show how well it remembers.
# Between the two a week is left out, for its answers weren't known yet when learning ended.

# %%
found = tasks()
row = np.flatnonzero((found.written > 28) & (found.written < found.end - 7))
day = found.written[row]
raw, names = known(found, row, day)
y = soon(found, row, day)

now = 0.7 * found.end
past, future = day < now - 7, day >= now
kept = raw[past].std(axis=0) > 0  # a task just written down has no age, and its date was never moved
scaler = Scaler().fit(raw[past][:, kept])
x = scaler.transform(raw[:, kept])
names = [name for name, keep in zip(names, kept, strict=True) if keep]

print(
    f"{past.sum()} tasks to learn from, {future.sum()} to be asked about, {x.shape[1]} features: {', '.join(names)}"
)
print(f"done within a week: {y[past].mean():.0%} of the past, {y[future].mean():.0%} of the future")

# %% [markdown]
# ## Initialise and propagate
#
# The chance of a yes is $a = \sigma(z) = 1 / (1 + e^{-z})$ of the weighted sum $z = x w + b$
# (`sigmoid` in [activations.py](../shared/worklens/analysis/learning/activations.py)).
# What it costs to be wrong is the cross-entropy
#
# $$J(w, b) = -\frac{1}{m} \sum_i y_i \log a_i + (1 - y_i) \log (1 - a_i)$$
#
# (`binary` in [losses.py](../shared/worklens/analysis/learning/losses.py), which computes it from $z$ as $\log(1 + e^z) - y z$: the same number, but no logarithm of 0).
# The way back is short: $dz = a - y$, $dw = x^T dz / m$, $db = \overline{dz}$ (`propagate` in [logistic.py](../shared/worklens/analysis/learning/logistic.py)).
#
# All zeros are a good start here.
# There is one unit, so there is no symmetry to break, and the first answer is 50 % for everything, which costs $\log 2 = 0.693$.

# %%
start = logistic.initialise(x.shape[1])
dw, db, cost = logistic.propagate(start.w, start.b, x[past], y[past])
print(f"cost at the start: {cost:.4f}")


# %% [markdown]
# Is that gradient right?
# The course's answer is to ask the cost itself, a little to either side of every parameter (`gradient_check.py`).
# In float64 a right gradient comes out below $10^{-7}$.


# %%
def cost_at(theta):
    return binary((x[past] @ theta[:-1] + theta[-1])[:, None], y[past][:, None])


theta = np.random.default_rng(0).normal(0, 0.3, x.shape[1] + 1)
dw, db, _ = logistic.propagate(theta[:-1], theta[-1], x[past], y[past])
error = gradient_error(cost_at, theta, np.append(dw, db))
print("the gradient is right to 1e-7:", error < 1e-7)

# %% [markdown]
# No loop ran over the examples.
# The same gradient, one example after the other, as the course begins:

# %%
looped_w, looped_b = np.zeros(x.shape[1]), 0.0
for features, answer in zip(x[past], y[past], strict=True):
    off = sigmoid(features @ theta[:-1] + theta[-1]) - answer
    looped_w += features * off
    looped_b += off
m = past.sum()
print("the loop's gradient is the same:", np.allclose(np.append(looped_w, looped_b) / m, np.append(dw, db)))

# %% [markdown]
# It takes tens of times as long; `make bench-learning` measures what a loop costs.
#
# ## Optimise
#
# Downhill, step by step: $w \leftarrow w - \alpha\, dw$.
# How fast depends on the learning rate $\alpha$, and the learning curve tells which is right.

# %%
rates = {0.01: BLUE, 0.1: GREEN, 1.0: ORANGE, 6.0: RED}
curves = {rate: logistic.optimise(start, x[past], y[past], 300, rate).costs for rate in rates}
least = LogisticRegression(1e6, tol=1e-16).fit(x[past], y[past])
floor = log_loss(y[past], least.predict_proba(x[past])[:, 1])

figure, axes = plt.subplots()
for rate, colour in rates.items():
    axes.plot(curves[rate], color=colour, label=f"rate {rate:g}")
axes.axhline(floor, color=GREY, linestyle=":", label="the least there is")
axes.set(
    xlabel="steps",
    ylabel="cost",
    xlim=(-3, 150),
    ylim=(floor - 0.02, 1.1),
    title="Learning curves of gradient descent",
)
axes.legend(loc="upper right", ncols=3)
# %% [markdown]
# At 0.01 it is still on its way after 300 steps; at 1 it arrives.
# At 6 it leaps over the valley and back, and never settles.
# That one rate suits all the parameters is thanks to the scaling: without it, a column of hundreds would want another rate than one of tenths.
#
# ## Predict, and put together
#
# `logistic.model` is all parts in a row.
# What a model is worth shows on the future, beside what needs no learning: the past share of yes, for all tasks or for each list.

# %%
fitted = logistic.model(x[past], y[past])
asked = x[future]
chance = sigmoid(asked @ fitted.w + fitted.b)
right = logistic.predict(fitted, asked) == (y[future] == 1)

place = found.place[row]
yes, all_of = (np.bincount(place[past], weights, len(found.lists)) for weights in (y[past], None))
by_list = (yes + 1) / (all_of + 2)  # one more of each, so that no list is hopeless for ever
rivals = {
    "always the same": np.full(future.sum(), y[past].mean()),
    "the list's share": by_list[place[future]],
    "logistic regression": chance,
}
print(f"{'':20}  log loss   AUC   calibration error")
for name, p in rivals.items():
    print(
        f"{name:20}  {log_loss(y[future], p):8.3f}  {auc(y[future], p):4.2f}  {calibration_error(y[future], p):6.3f}"
    )
print(
    f"right at 50 %: {right.mean():.0%}, where always the same answer is right {max(y[future].mean(), 1 - y[future].mean()):.0%}"
)

# %% [markdown]
# On the first day, which list it is in says nearly all there is: the list's share is as good as the model, and a little better by luck or by learning less.
# Such a rival is why Worklens publishes a learnt chance only where it was ahead on the person's own past.
# With more to know, it is another matter, as when tasks are asked about again while they grow older ([deep network](deep_network.ipynb)).
#
# ## What it learnt
#
# A coefficient is what a feature adds to the log odds, here for one standard deviation of it.

# %%
order = np.argsort(fitted.w)
figure, axes = plt.subplots(figsize=(8, 4.4))
axes.barh(np.array(names)[order], fitted.w[order], color=np.where(fitted.w[order] > 0, BLUE, RED))
axes.set(
    xlabel="log odds for a standard deviation more",
    title="What speaks for being done within a week, and what against",
)
axes.grid(axis="y", visible=False)
# %% [markdown]
# Reading is where tasks go to wait, errands get done: both were planted (`shared/worklens/sample/habits.py`), and both are found.
# A due date helps a little, and a near one no more than a far one.
# The coefficients of the lists say something only beside one another: every task is in one of them, so that a constant could be taken off all and given to the bias.
#
# ## Do the chances come true?
#
# A chance of 70 % should come true seven times in ten.
# The future's tasks, in eight groups of similar chance:

# %%
groups = np.array_split(np.argsort(chance, kind="stable"), 8)
said = np.array([chance[group].mean() for group in groups])
came = np.array([y[future][group].mean() for group in groups])
error = np.sqrt(came * (1 - came) / np.array([group.size for group in groups]))

figure, (left, right_axes) = plt.subplots(1, 2, figsize=(8, 3.8), width_ratios=(1, 1.2))
left.plot([0, 1], [0, 1], color=GREY, linestyle=":")
left.errorbar(said, came, 2 * error, fmt="o", color=BLUE, capsize=3)
left.set(
    xlabel="chance given", ylabel="share done", xlim=(0, 1), ylim=(0, 1), title="Calibration on the future"
)
for answer, colour, name in ((1, BLUE, "done"), (0, RED, "not done")):
    right_axes.hist(chance[y[future] == answer], np.linspace(0, 1, 21), alpha=0.6, color=colour, label=name)
right_axes.set(xlabel="chance given", ylabel="tasks", title="What it said of which")
right_axes.legend()
# %% [markdown]
# The bars are two standard errors.
# The groups lie about the line: what it calls seven in ten is about that.
# The histogram on the right is sober: what goes to Reading stays there, and of most others no more can be said on the first day than 60 to 80 %.
#
# ## What the library does that the lecture does not
#
# Gradient descent took 2,000 passes over the examples.
# `LogisticRegression` ([logistic_regression.py](../shared/worklens/analysis/learning/logistic_regression.py)) solves the same problem with the same answer in a handful, since it knows the curvature too (`newton.py`).

# %%
gap = {rate: np.array(costs) - floor for rate, costs in curves.items() if rate < 6}
fast = [
    log_loss(y[past], LogisticRegression(1e6, tol=tol).fit(x[past], y[past]).predict_proba(x[past])[:, 1])
    - floor
    for tol in 10.0 ** -np.arange(1, 9)
]
steps = [LogisticRegression(1e6, tol=tol).fit(x[past], y[past]).n_iter_ for tol in 10.0 ** -np.arange(1, 9)]

figure, axes = plt.subplots()
for rate, colour in rates.items():
    if rate in gap:
        axes.plot(
            np.arange(1, 301),
            np.maximum(gap[rate], 1e-12),
            color=colour,
            label=f"gradient descent, rate {rate:g}",
        )
axes.plot(steps, np.maximum(fast, 1e-12), "o-", color=RED, label="Newton, begun on a part of the rows")
axes.set(
    xscale="log",
    yscale="log",
    xlabel="steps over all rows",
    ylabel="cost above the least",
    title="How near after how many steps",
)
axes.legend()

# %% [markdown]
# | the lecture | here |
# |---|---|
# | gradient descent, a rate to be chosen | Newton's method; on many rows first on a twentieth of them, then a few steps on all; no rate |
# | stops after so many steps | stops when what is left to gain is below `tol`, and says what it was (`left_`) |
# | no penalty | L2, scikit-learn's `C`: classes that a line separates still have finite coefficients |
# | $\log a$, which fails at 0 | $\log(1 + e^z) - y z$, which doesn't |
# | all rows in one product | rows in chunks that stay in the processor's cache, float32 if you have float32 |
# | | weights for rows, labels of any kind, warm starts, errors in words for NaN or one class only |
#
# Its coefficients are scikit-learn's to $10^{-6}$, which the tests hold; how fast it is beside scikit-learn stands in [docs/evidence.md](../docs/evidence.md).
