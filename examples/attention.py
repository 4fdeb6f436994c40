# %% [markdown]
# # Attention: where does the reader look?
#
# `worklens when` reads the time that a title names, and its network looks back at the title before each symbol it says.
# The looks are kept, so that one can see them; what they explain, and what not, is the question here
# (Deep Learning Specialization, course 5, week 3).
# Nothing is learnt in this notebook: it is the reader that comes with Worklens.

# %%
from itertools import islice

import matplotlib.pyplot as plt
import numpy as np

from _pictures import BLUE, ORANGE, style
from worklens.analysis.sequences.attention import attend, memory_of
from worklens.analysis.sequences.decoder import speak
from worklens.analysis.sequences.translator import late, part
from worklens.reading.calibrate import NOW
from worklens.reading.language import render
from worklens.reading.network import listen, model
from worklens.reading.phrases.examples import examples
from worklens.reading.reader import as_arrays, attention, read, shipped
from worklens.reading.symbols import END, NUMBER_OF

style()

# %% [markdown]
# ## One look
#
# What was read is a vector $a_i$ for each token, the decoder's state is $s$. How well they go together, and what is taken from it:
#
# $$e_i = v^T \tanh(s W_a + a_i U_a), \qquad \alpha_i = \frac{\exp e_i}{\sum_j \exp e_j}, \qquad c = \sum_i \alpha_i a_i$$
#
# That is `attend` in [attention.py](../shared/worklens/analysis/sequences/attention.py).
# $a_i U_a$ is the same at every step and made once (`memory_of`); what is padding weighs exactly nothing.

# %%
rng = np.random.default_rng(0)
annotations, ua, v = rng.normal(size=(4, 1, 3)), rng.normal(size=(3, 2)), rng.normal(size=2)  # four tokens
present = np.array([[1.0], [1.0], [1.0], [0.0]])  # the last is padding
look = attend(memory_of(annotations, ua, present), rng.normal(size=(1, 2)), v)
by_hand = sum(weight * a for weight, a in zip(look.weights[0], annotations[:, 0], strict=True))
print("weights:", look.weights[0].round(3), "sum", look.weights.sum().round(12))
print("the context is their weighted sum:", np.allclose(look.context[0], by_hand))

# %% [markdown]
# ## A title
#
# Down the side the symbols of the program, along the top the title; the darker, the more a token weighs (`attention` in [reader.py](../shared/worklens/reading/reader.py)).
# `$0` is the title's first number: the network only points, and never computes (`=2` is a number that a phrase implies).


# %%
def draw(axes, title, meaning=0):
    reading = read([title], NOW)[0]
    said = reading.meanings[meaning]
    tokens, weights = attention(title, said.symbols)
    axes.imshow(weights, cmap="Blues", vmin=0, vmax=1, aspect="auto")
    axes.set_xticks(range(len(tokens)), tokens, rotation=40, ha="left", rotation_mode="anchor")
    axes.set_yticks(range(len(said.symbols)), said.symbols)
    axes.tick_params(top=True, labeltop=True, bottom=False, labelbottom=False, length=0)
    axes.grid(visible=False)
    axes.set_xlabel(render(said.program), loc="left")
    return weights


figure, both = plt.subplots(2, 1, figsize=(8, 6.4))
draw(both[0], "submit the report the day after tomorrow at 5pm")
draw(both[1], "pay rent on the last friday of next month, 2 copies")
figure.get_layout_engine().set(hspace=0.08)

# %% [markdown]
# Nobody told it where to look; it was only shown titles and programs.
# In Chinese the order is another (the half of the day comes before the hour), and the looks go back and forth:

# %%
title = "下周三下午三点交报告"
reading = read([title], NOW)[0]
tokens, weights = attention(title, reading.meanings[0].symbols)
print(title, "=>", render(reading.meanings[0].program))
for symbol, row in zip(reading.meanings[0].symbols, weights, strict=True):
    most = np.argsort(-row)[:2]
    print(f"  {symbol:8}", ", ".join(f"{tokens[at]} {row[at]:.0%}" for at in most))

# %% [markdown]
# ## Does it look at the number it points at?
#
# 1,500 titles that the grammar writes with a seed of their own (some of the short ones the reader will have met).
# For each symbol that points at a number: which token weighs most, counted in tokens from the one pointed at?

# %%
made = [one for one in islice(examples(20_261), 1500) if len(one.symbols) > 1]
away, mass = [], []
for one in made:
    _, weights = attention(one.title, one.symbols)
    numbers = [at for at, token in enumerate(one.tokens) if token.is_number]
    for symbol, row in zip(one.symbols, weights, strict=True):
        if symbol.startswith("$"):
            away.append(int(row.argmax()) - numbers[int(symbol[1:])])
    within = np.zeros(weights.shape[1], bool)
    within[slice(*one.span)] = True
    if not within.all():
        mass.append(weights[:, within].sum() / len(weights))
away = np.array(away)
print(
    f"{len(away)} times a number was pointed at: {np.mean(away == 0):.1%} with the most weight on itself,",
    end=" ",
)
print(f"{np.mean(np.abs(away) == 1):.1%} on its neighbour")
print(f"where a title says more than the time, {np.mean(mass):.1%} of the weight lies on the phrase")

figure, axes = plt.subplots()
places = np.arange(-4, 5)
axes.bar(places, [np.mean(away == place) for place in places], color=BLUE)
axes.set(
    xticks=places,
    xlabel="tokens from the number pointed at",
    ylabel="share",
    title="The token that weighs most, when a number is pointed at",
)

# %% [markdown]
# Nearly nine times in ten on the number itself.
# A neighbour may do as well: the encoder reads in both directions, so that a token's vector knows what stands beside it.
#
# ## Is a look an explanation?
#
# A weight says where something was taken from, not what it was good for.
# That takes an experiment: hide one token at a time from the decoder (it is masked like padding; the encoder has read it as before), and see which symbols become others.
# 400 of the titles, those that are read rightly with nothing hidden.

# %%
held = shipped()
decoder = part(held.arrays, "decoder")


def spoken_with(seen, y, mask):
    """The program said under teacher forcing, once for each column of `mask` (tokens, ways to hide)."""
    rows = mask.shape[1]
    annotations, features = np.repeat(seen.annotations, rows, axis=1), np.repeat(seen.features, rows, axis=0)
    return speak(
        model().decoder, decoder, annotations, features, late(np.repeat(y[:, None], rows, axis=1)), mask
    )


weight, changed, first = [], [], []
for one in (one for one in made[:400] if len(one.tokens) > 1):
    seen, _ = listen(held.arrays, as_arrays([one.tokens], held))
    y = np.array([NUMBER_OF[symbol] for symbol in (*one.symbols, END)])
    count = len(one.tokens)
    plain = spoken_with(seen, y, np.ones((count, 1), np.float32))
    if (plain.sums.argmax(axis=2)[:, 0] != y).any():
        continue
    rows = np.stack([step.look.weights[0] for step in plain.steps])  # (symbols, tokens)
    without = spoken_with(seen, y, 1 - np.eye(count, dtype=np.float32))  # all tokens but one, each in turn
    weight.append(rows.ravel())
    changed.append((without.sums.argmax(axis=2) != y[:, None]).ravel())
    first.append((rows == rows.max(axis=1, keepdims=True)).ravel())
weight, changed, first = map(np.concatenate, (weight, changed, first))
print(f"the token that weighs most is hidden: {changed[first].mean():.1%} of the symbols become others")
print(f"another is hidden: {changed[~first].mean():.2%}")

edges = np.linspace(0, 1, 11)
group = np.clip(np.digitize(weight, edges) - 1, 0, 9)
figure, axes = plt.subplots()
share = np.array([changed[group == number].mean() for number in range(10)])
axes.bar(edges[:-1] + 0.05, share, width=0.09, color=ORANGE)
axes.set(
    xlabel="weight of the token that is hidden",
    ylabel="share of symbols changed",
    title="Hide what was looked at",
)

# %% [markdown]
# What hardly weighs can be hidden without harm, so a small weight does mean that a token didn't matter at that step.
# A large one means less: of the symbols that looked at one token almost alone, many are said without it all the same.
# Then the decoder's state knew, or a neighbour did.
#
# ## Two readings of one title
#
# "Next friday" is the coming one to some, and that of the next week to others; the reader keeps both, and says the runner-up.

# %%
title = "call mum next friday"
reading = read([title], NOW)[0]
figure, both = plt.subplots(1, 2, figsize=(8, 3.4))
maps = [draw(axes, title, number) for number, axes in enumerate(both)]
for meaning in reading.meanings[:2]:
    print(f"{render(meaning.program):18} chance {meaning.chance:.0%}: {meaning.when.day}")
print(f"largest difference of the looks: {np.abs(maps[0] - maps[1]).max():.2f}")

# %% [markdown]
# The same looks, and it can't be otherwise: a look comes before its symbol, and until the last both say the same.
# A picture of attention shows what a reading rests on; that there is another, and how sure the first one is, only the chances say.
#
# ## What the library does that the lecture does not
#
# | the lecture | here |
# |---|---|
# | a small network with a hidden layer for $e$, copied for each step | one product for all tokens before the first step, and a sum and a `tanh` at each (`memory_of`, `attend`) |
# | sentences of one length | padding weighs exactly 0, in float32 too, so that an answer doesn't depend on what else is in the batch |
# | the picture of the weights | the weights kept at every step (`Look`), and a way back through them with checked gradients (`attend_back`) |
# | copies characters of a date | points at numbers, which are never computed with; the program does that |
