# %% [markdown]
# # A shallow network: in which hours of the week do things get done?
#
# Two numbers go in, the weekday and the hour; out comes the chance that at least one task gets done in that hour.
# A line through that plane says next to nothing: work comes in blocks, mornings and evenings, on some days.
# So this is where one hidden layer earns its keep (Deep Learning Specialization, course 1, week 3), and where one can see what its units do.

# %%
import matplotlib.pyplot as plt
import numpy as np

from _pictures import BLUE, GREY, ORANGE, RED, style
from _sample import tasks
from worklens.analysis.learning.initialisation import initialise
from worklens.analysis.learning.layers import cut
from worklens.analysis.learning.logistic_regression import LogisticRegression
from worklens.analysis.learning.metrics import log_loss
from worklens.analysis.learning.network import Network, backward, forward
from worklens.analysis.learning.neural_network import NeuralNetwork

style()

# %% [markdown]
# ## The examples
#
# Every hour of the two years is a row; the answer is whether a task was ticked off in it.
# The first 70 % of the weeks are learnt from, the others asked about.
# Both features are put on $[-1, 1]$, so that one learning rate suits both.

# %%
found = tasks()
hours = np.arange(int(found.end) * 24)
busy = np.zeros(hours.size)
busy[(found.done[found.done < found.end - 1] * 24).astype(int)] = 1

weekday, hour = hours // 24 % 7, hours % 24
x = np.stack([weekday / 3 - 1, hour / 11.5 - 1], axis=1)
past = hours < 0.7 * hours.size
week = np.stack([np.repeat(np.arange(7), 24) / 3 - 1, np.tile(np.arange(24), 7) / 11.5 - 1], axis=1)

print(
    f"{past.sum()} hours to learn from, {(~past).sum()} asked about; busy: {busy[past].mean():.1%} and {busy[~past].mean():.1%}"
)

# %% [markdown]
# ## Forth and back
#
# $z^{[1]} = x W^{[1]} + b^{[1]}$, $a^{[1]} = \tanh z^{[1]}$, $z^{[2]} = a^{[1]} W^{[2]} + b^{[2]}$, $a^{[2]} = \sigma(z^{[2]})$:
# that is `forward` in [network.py](../shared/worklens/analysis/learning/network.py).
# `backward` goes the other way, $dW = a_\text{in}^T dz$, $db = \sum dz$, $da_\text{in} = dz\, W^T$, and writes each layer's gradient into one long vector,
# of which the layers are views (`layers.py`); an optimiser then moves all of them in one stroke.

# %%
network = Network((2, 4, 1), "tanh")
theta = initialise(network.sizes, "xavier", np.random.default_rng(0))
trace = forward(network, cut(theta, network.sizes), x[past])
for number, layer in enumerate(cut(theta, network.sizes), 1):
    print(
        f"layer {number}: weights {layer.weights.shape}, biases {layer.bias.shape}, sums {trace.sums[number - 1].shape}"
    )

# %% [markdown]
# ### Why not begin with zeros?
#
# From zeros, all hidden units compute the same and get the same gradient, for ever: four units are one.
# Small chance differences are enough to set them apart.
# Below, each unit's two weights after 3,000 steps.


# %%
def weights_after(start: str, steps: int = 3000):
    theta = initialise(network.sizes, start, np.random.default_rng(0))
    if start == "zeros":
        theta[:] = 0.1  # equal is as bad as zero, and lets the units move at all
    gradient, part = np.empty_like(theta), np.flatnonzero(past)[::10]
    for _ in range(steps):
        backward(network, theta, x[part], busy[part][:, None], gradient)
        theta -= 0.5 * gradient
    return cut(theta, network.sizes)[0].weights


figure, axes = plt.subplots(1, 2, figsize=(8, 3.2), sharex=True, sharey=True)
for ax, start, title in zip(
    axes, ("zeros", "xavier"), ("all alike at the start", "small random numbers"), strict=True
):
    weights = weights_after(start)
    ax.scatter(*weights, color=RED if start == "zeros" else BLUE, s=60)
    ax.set(
        xlabel="weight of the weekday",
        title=f"{title}: {len(np.unique(weights.round(6), axis=1).T)} different units",
    )
axes[0].set_ylabel("weight of the hour")
# %% [markdown]
# ## How many units?
#
# `NeuralNetwork` puts the parts together, with mini-batches and Adam ([optimisation](optimisation.ipynb) has those).
# More units can draw finer shapes.

# %%
sizes = (1, 2, 4, 8, 32)
models = {
    f"{units} unit{'s' if units > 1 else ''}": NeuralNetwork(
        (units,),
        activation="tanh",
        initialisation="xavier",
        rate=0.1,
        schedule="cosine",
        epochs=120,
        batch_size=512,
        alpha=0.01,
    ).fit(x[past], busy[past])
    for units in sizes
}
models = {"a line": LogisticRegression().fit(x[past], busy[past]), **models}

figure, axes = plt.subplots(2, 3, figsize=(9, 4.6), sharex=True, sharey=True)
for ax, (name, model) in zip(axes.flat, models.items(), strict=True):
    shown = ax.imshow(
        model.predict_proba(week)[:, 1].reshape(7, 24), vmin=0, vmax=0.4, cmap="viridis", aspect="auto"
    )
    ax.set(
        title=name,
        yticks=range(7),
        yticklabels=("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
        xticks=range(0, 24, 6),
    )
    ax.grid(visible=False)
figure.supxlabel("hour of the day")
figure.colorbar(shown, ax=axes, label="chance of something done")
# %% [markdown]
# One unit is a soft edge: everything on one side of it is less likely.
# Two make a strip, which is "by day".
# With more units the strip gets a shape: the morning is stronger than the afternoon, and early in the week it is strongest, which is what was planted.
#
# ## What is it worth?
#
# The simplest rival learns nothing: it counts, for each of the week's 168 hours, how often something was done in it.
# The share of the hour alone is another.

# %%
cell = weekday * 24 + hour
count = np.bincount(cell[past], minlength=168)
table = np.bincount(cell[past], busy[past], 168) / count
smooth = (table * count + busy[past].mean() * 10) / (count + 10)
losses = {"always the same": log_loss(busy[~past], np.full((~past).sum(), busy[past].mean()))}
losses |= {name: log_loss(busy[~past], model.predict_proba(x[~past])[:, 1]) for name, model in models.items()}
losses["the table of 168"] = log_loss(busy[~past], table[cell[~past]])
losses["the table, shrunk"] = log_loss(busy[~past], smooth[cell[~past]])

figure, axes = plt.subplots()
colours = [GREY if name == "always the same" else ORANGE if "table" in name else BLUE for name in losses]
axes.barh(list(losses)[::-1], list(losses.values())[::-1], color=colours[::-1])
axes.set(
    xlim=(0.15, None),
    xlabel="log loss on the weeks that were not learnt from",
    title="Hours of the week: lower is better",
)
for place, value in enumerate(list(losses.values())[::-1]):
    axes.text(value, place, f" {value:.4f}", va="center")

# %% [markdown]
# Every network is well ahead of the line, and of a table that believes each cell's few examples.
# A table that is drawn a little towards the mean is ahead of them all: with two features and two years, counting is enough.
# A third feature of twenty values would leave such a table a twentieth of its examples in each cell, and the network would hardly notice.
# That is why the *Time* page of Worklens counts, and the network is here.
#
# ## What the library does that the lecture does not
#
# | the lecture | here |
# |---|---|
# | one hidden layer, written out | any number, the same code ([deep network](deep_network.ipynb)) |
# | parameters in a dictionary | one vector with views: an optimiser's step is a few array operations |
# | whole-batch gradient descent | mini-batches, Adam, schedules, L2, dropout |
# | $\log a$ in the cost | the stable pair of last activation and loss (`losses.py`) |
# | float64 | float32 stays float32 all the way |
