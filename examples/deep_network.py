# %% [markdown]
# # A deep network: what will be done this week?
#
# Every Monday morning, for every open task: will it be done by next Monday?
# What is known then is its age, its list, its due date and how often that was moved, how much is open and how much got done lately.
# Some of it works only together (a near date draws, unless it was moved before), so layers might help.
# Here they are built, checked, begun well and begun badly, and held against logistic regression on a future that none of them saw
# (Deep Learning Specialization, course 1, week 4, and course 2, week 1).

# %%
import matplotlib.pyplot as plt
import numpy as np

from _pictures import BLUE, GREY, ORANGE, RED, style
from _sample import known, mondays, soon, tasks
from worklens.analysis.learning.gradient_check import gradient_error
from worklens.analysis.learning.initialisation import DEVIATIONS, initialise
from worklens.analysis.learning.layers import count, cut
from worklens.analysis.learning.logistic_regression import LogisticRegression
from worklens.analysis.learning.metrics import auc, calibration_error, log_loss
from worklens.analysis.learning.network import Network, backward, cost, forward
from worklens.analysis.learning.neural_network import NeuralNetwork
from worklens.analysis.learning.scaling import Scaler

style()

# %% [markdown]
# ## The examples
#
# A task that stays open is asked about again every Monday, a little older each time.

# %%
found = tasks()
row, day = mondays(found)
raw, names = known(found, row, day)
y = soon(found, row, day)

now = np.floor(0.7 * found.end / 7) * 7
past, future = day < now - 7, day >= now  # the answers of the week before weren't known when learning ended
x = Scaler().fit(raw[past]).transform(raw)
print(f"{past.sum()} questions to learn from, {future.sum()} to be asked; {x.shape[1]} features")
print(f"done within the week: {y[past].mean():.1%} of the past, {y[future].mean():.1%} of the future")

# %% [markdown]
# ## Layers
#
# For each layer $l$: $z^{[l]} = a^{[l-1]} W^{[l]} + b^{[l]}$ and $a^{[l]} = g(z^{[l]})$, and back
# $da^{[l-1]} = dz^{[l]} W^{[l]T}$, $dz^{[l-1]} = da^{[l-1]} \odot g'(z^{[l-1]})$:
# `forward` and `backward` in [network.py](../shared/worklens/analysis/learning/network.py).
# All parameters lie in one vector, of which the layers are views.

# %%
network = Network((x.shape[1], 16, 8, 1), "relu", penalty=1.0)
theta = initialise(network.sizes, "he", np.random.default_rng(0))
print(f"{count(network.sizes)} parameters")
for number, layer in enumerate(cut(theta, network.sizes), 1):
    print(f"layer {number}: weights {layer.weights.shape}, biases {layer.bias.shape}")

# %% [markdown]
# ### Is the way back right?
#
# A wrong gradient often still learns, only worse, so nobody notices.
# Gradient checking does: every parameter is moved a little to either side and the cost asked.
# Right is below $10^{-7}$; a forgotten factor in one layer is far above.

# %%
few = slice(0, 40)
theta += np.random.default_rng(1).normal(0, 0.1, theta.size)
gradient = np.empty_like(theta)
backward(network, theta, x[few], y[few, None], gradient)


def cost_at(parameters):
    return cost(network, parameters, x[few], y[few, None])


wrong = gradient.copy()
cut(wrong, network.sizes)[1].bias[:] *= 2
print("right to 1e-7:", gradient_error(cost_at, theta, gradient) < 1e-7)
print(f"with a factor 2 too many in one layer's biases: {gradient_error(cost_at, theta, wrong):.0e}")

# %% [markdown]
# ## How to begin
#
# Through ten layers a signal is multiplied ten times.
# If every layer makes it a little smaller, nothing arrives; a little larger, and it explodes.
# He's start, $\text{Var}(W) = 2 / n_\text{in}$, keeps its size through ReLU; Xavier's is meant for tanh (`initialisation.py`).

# %%
deep = Network((x.shape[1], *[64] * 10, 1))
figure, axes = plt.subplots()
for colour, kind in zip((GREY, RED, ORANGE, BLUE), DEVIATIONS, strict=True):
    theta = initialise(deep.sizes, kind, np.random.default_rng(0))
    trace = forward(deep, cut(theta, deep.sizes), x[past][:2000])
    spread = [float(np.sqrt((a**2).mean())) for a in trace.given]
    axes.plot(np.maximum(spread, 1e-12), "o-", color=colour, label=kind)
axes.set(
    yscale="log",
    xlabel="layer",
    ylabel="size of the signal",
    title="What arrives in each of ten layers of ReLU",
)
axes.legend(loc="lower left")
# %% [markdown]
# Zeros pass nothing on at all, and "small" (0.01) loses more than nine tenths a layer.
#
# ## How deep?
#
# The same 12 epochs, with Adam, for none, one, two, three and four hidden layers of 16 units, three seeds each.

# %%
depths = {
    "logistic regression": None,
    "1 hidden layer": (16,),
    "2 hidden layers": (16, 16),
    "3 hidden layers": (16, 16, 16),
    "4 hidden layers": (16, 16, 16, 16),
}


def network_of(hidden, seed=0, **settings):
    chosen = {"rate": 0.003, "schedule": "cosine", "epochs": 12, "batch_size": 256, "alpha": 1.0, **settings}
    return NeuralNetwork(hidden, random_state=seed, **chosen).fit(x[past], y[past])


def losses_of(model):
    return [log_loss(y[part], model.predict_proba(x[part])[:, 1]) for part in (past, future)]


scores = {
    name: np.array(
        [losses_of(LogisticRegression().fit(x[past], y[past]))]
        if hidden is None
        else [losses_of(network_of(hidden, seed)) for seed in range(3)]
    )
    for name, hidden in depths.items()
}

line = scores["logistic regression"][0]
figure, axes = plt.subplots()
for place, pairs in enumerate(scores.values()):
    for side, (colour, name) in enumerate(((GREY, "on what it learnt from"), (BLUE, "on the future"))):
        off = np.full(len(pairs), place) + (side - 0.5) * 0.2
        axes.plot(off, pairs[:, side] - line[side], "o", color=colour, label=None if place else name)
axes.axhline(0, color=ORANGE, linestyle=":")
axes.set(
    xticks=range(len(scores)),
    ylabel="log loss less logistic regression's",
    title="Depth, and what it is worth",
)
axes.set_xticklabels([name.replace(" ", "\n", 1) for name in scores])
axes.legend()

# %% [markdown]
# No depth is ahead of logistic regression on the future, though some fit the past better.
# The sample's tasks are done by a chance that is a product of what speaks for it and against it (`docs/sample.md`), which is nearly a sum in log odds: a line is about the truth, and every further parameter only learns the past's accidents.
# Your own work may be less tidy; then it shows in a table like this one.
#
# ## Learning by heart, and what holds it back
#
# A wide network with time enough learns the past by heart.
# The gap to the future is its price.
# L2 (`alpha`) makes large weights dear; dropout (`keep`) lets each step do without some of the units (`dropout.py`), and makes what stays larger, so that the mean stays the same.

# %%
restraints = {
    "free": {"alpha": 0.0},
    "L2": {"alpha": 3.0},
    "dropout": {"alpha": 0.0, "keep": 0.6},
    "both": {"alpha": 1.0, "keep": 0.6},
}
figure, axes = plt.subplots()
for place, settings in enumerate(restraints.values()):
    learnt, asked = (
        np.array(losses_of(network_of((64, 64), epochs=30, schedule="constant", **settings))) - line
    )
    axes.plot([place, place], [learnt, asked], color=GREY, zorder=0)
    axes.plot(place, learnt, "o", color=GREY, markersize=9, label=None if place else "on what it learnt from")
    axes.plot(place, asked, "o", color=BLUE, markersize=9, label=None if place else "on the future")
axes.axhline(0, color=ORANGE, linestyle=":")
axes.set(
    xticks=range(len(restraints)),
    ylabel="log loss less logistic regression's",
    title="Two layers of 64 units, 30 epochs",
)
axes.set_xticklabels(restraints)
axes.legend()

# %% [markdown]
# Free, it is far below the line on what it has seen, and above it on what it hasn't.
# Each restraint gives away most of the first and wins back most of the second; both together are level with logistic regression, at some three hundred times its parameters.
#
# ## Do the chances come true?

# %%
models = {
    "logistic regression": LogisticRegression().fit(x[past], y[past]),
    "2 hidden layers": network_of((16, 16)),
}
base = np.full(future.sum(), y[past].mean())
print(f"{'':20}  log loss   AUC   calibration error")
print(
    f"{'always the same':20}  {log_loss(y[future], base):8.3f}  {auc(y[future], base):4.2f}  {calibration_error(y[future], base):6.3f}"
)
figure, axes = plt.subplots(figsize=(5, 4.2))
axes.plot([0, 1], [0, 1], color=GREY, linestyle=":")
for (name, model), colour in zip(models.items(), (ORANGE, BLUE), strict=True):
    chance = model.predict_proba(x[future])[:, 1]
    print(
        f"{name:20}  {log_loss(y[future], chance):8.3f}  {auc(y[future], chance):4.2f}  {calibration_error(y[future], chance):6.3f}"
    )
    groups = np.array_split(np.argsort(chance, kind="stable"), 10)
    axes.plot(
        [chance[g].mean() for g in groups],
        [y[future][g].mean() for g in groups],
        "o-",
        color=colour,
        label=name,
    )
axes.set(xlabel="chance given", ylabel="share done", title="Ten groups of similar chance, on the future")
axes.legend()

# %% [markdown]
# Both are honest about tasks they never met, and both are far ahead of the one share for all: age and list say most of it.
#
# ## What the library does that the lecture does not
#
# | the lecture | here |
# |---|---|
# | parameters in a dictionary, a loop over its keys | one vector with the layers as views: an optimiser, a check and a copy need to know nothing of layers |
# | caches as tuples | a `Trace` with names: what each layer was given, its sums, its activations |
# | a checked gradient in one exercise | one checker for every layer, activation and loss, in the tests, to $10^{-7}$ |
# | sigmoid for two classes | softmax for more, squared error for amounts, each with its stable loss |
# | | float32 all the way, the same bits from the same seed, errors in words for a rate that runs away |
