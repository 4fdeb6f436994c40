# %% [markdown]
# # Analogies: man is to woman as boy is to what?
#
# A word is known by the company it keeps. Vectors that are learnt from company alone turn likeness of meaning into nearness,
# and likeness of a *difference* into a direction (Deep Learning Specialization, course 5, week 2).
# What there is to find is known here: the sentences are written by a small grammar ([_sentences.py](_sentences.py)), five words each,
# and it would prove nothing about English.

# %%
import matplotlib.pyplot as plt
import numpy as np

from _pictures import BLUE, GREEN, GREY, ORANGE, style
from _sentences import COURSE, answers, asked, sentences, vectors
from worklens.analysis.learning.one_hot import one_hot
from worklens.analysis.words.cosine import cosine, unit
from worklens.analysis.words.nearest import nearest
from worklens.analysis.words.principal import principal
from worklens.analysis.words.texts import encode
from worklens.analysis.words.vocabulary import learn

style()
written = sentences()
known = learn(written)
texts = encode(written, known)
for words in written[:6]:
    print(" ".join(words))
print(
    f"… {len(written):,} sentences, {len(known)} words; number 0 is {known.words[0]!r}, for all that aren't known"
)

# %% [markdown]
# ## A word as a vector
#
# One-hot, every word is as far from every other. The embedding matrix $E$ gives each a row of its own, and a one-hot vector times $E$ is that row:
# so nobody multiplies, the row is looked up.

# %%
found = {method: vectors(method, texts, len(known)) for method in ("spectral", "skip-gram", "GloVe")}
E = found["spectral"]
king, queen, ship = (known.number(word) for word in ("king", "queen", "ship"))
o = one_hot(np.array([king, queen]), len(known), np.float32)
print("one-hot: cosine of king and queen", float(cosine(o[0], o[1])))
print("the product is the lookup:", np.allclose(o @ E, E[[king, queen]]))
for one, other in (("king", "queen"), ("king", "throne"), ("king", "ship")):
    print(f"cosine of {one} and {other}: {float(cosine(E[known.number(one)], E[known.number(other)])):.2f}")

# %% [markdown]
# Three ways to learn $E$ from the same sentences ($w_c$ a word's vector, $c$ its neighbour's):
#
# * **skip-gram with negative sampling**: tell a neighbour from words drawn at random, $-\log\sigma(w\cdot c) - \sum_k \log\sigma(-w\cdot c_k)$;
# * **GloVe**: fit products to how often words meet, $\sum f(x_{ij})\,(w_i\cdot c_j + b_i + b_j - \log x_{ij})^2$;
# * **spectral**: the leading eigenvectors of who stands in whose sentences, at once and without a learning rate. It is what Worklens takes by default, because it is the fastest (`make bench-words`).
#
# ## The course's questions
#
# The nearest word to $e_{woman} - e_{man} + e_{boy}$, all of length 1, that is none of the three.

# %%
questions = [words.split() for words in COURSE]
for words, *said in zip(
    questions, *(answers(known, found[method], questions) for method in found), strict=True
):
    a, b, c, right = words
    told = ", ".join(
        f"{method} {'✓' if one == right else one}" for method, one in zip(found, said, strict=True)
    )
    print(f"{a} : {b} = {c} : {right:10} {told}")

# %% [markdown]
# And all that the grammar carries, of any two rows and any two columns; the fewer sentences, the harder.

# %%
every = list(asked())
counts = (500, 1_000, 2_000, 4_000, 9_000)
shares = {method: [] for method in found}
for count in counts:
    some = written[:count]
    words = learn(some)
    rows = encode(some, words)
    for method, line in shares.items():
        said = answers(words, vectors(method, rows, len(words)), every)
        line.append(np.mean([one == question[3] for one, question in zip(said, every, strict=True)]))
figure, axes = plt.subplots()
for (method, line), colour in zip(shares.items(), (BLUE, ORANGE, GREEN), strict=True):
    axes.plot(counts, line, "o-", color=colour, label=method)
axes.set(
    xscale="log",
    xlabel="sentences",
    ylabel="share right",
    ylim=(0, 1.05),
    title=f"{len(every)} analogies",
    xticks=counts,
    xticklabels=counts,
)
axes.minorticks_off()
axes.legend()
for method, line in shares.items():
    print(f"{method:10}", *(f"{share:6.0%}" for share in line))

# %% [markdown]
# GloVe learns from the counts themselves, and has to explain each pair that ever met: its setting is the best of five tried on these very questions with 9,000 sentences, so its last point flatters it.
#
# ## Why it works: parallelograms
#
# Along the bottom the mean difference of the pairs, upwards what parts the pairs from one another most: the same step leads from man to woman and from king to queen.

# %%
figure, both = plt.subplots(1, 2, figsize=(8, 3.8))
for axes, rows in zip(
    both,
    (
        ("man woman", "king queen", "uncle aunt", "boy girl"),
        ("canada ottawa", "japan tokyo", "france paris", "kenya nairobi"),
    ),
    strict=True,
):
    words = " ".join(rows).split()
    directions = unit(found["skip-gram"][[known.number(word) for word in words]].astype(np.float64))
    steps, middles = directions[1::2] - directions[::2], (directions[1::2] + directions[::2]) / 2
    along, up = unit(steps.mean(axis=0)), principal(middles).directions[0]
    places = np.stack([directions @ along, directions @ up], axis=1)
    for at in range(0, len(words), 2):
        axes.plot(*places[at : at + 2].T, color=GREY, linewidth=1)
    axes.scatter(*places.T, color=[BLUE, ORANGE] * (len(words) // 2))
    for place, word in zip(places, words, strict=True):
        axes.annotate(word, place, xytext=(4, 4), textcoords="offset points", fontsize=9)
    axes.set(xticks=[], yticks=[])
    axes.margins(0.2)

# %% [markdown]
# ## Nearest words
#
# Analogies are a party trick; what a tool lives on is the nearest words, by blocks of one matrix product ([nearest.py](../shared/worklens/analysis/words/nearest.py)).

# %%
directions = unit(E)
for word in ("tokyo", "bigger", "nurse", "wine"):
    which, likeness = nearest(directions[[known.number(word)]], directions, 5)
    print(
        f"{word:8}",
        ", ".join(
            f"{known.words[number]} {like:.2f}"
            for number, like in zip(which[0, 1:], likeness[0, 1:], strict=True)
        ),
    )

# %% [markdown]
# ## What the library does that the lecture does not
#
# | the lecture | here |
# |---|---|
# | a pair of words at a time | a block of titles at a time: its pairs are one small product, and 64 words of noise serve the whole block |
# | one learning rate | AdaGrad, so that a word met twice learns as much from each meeting as a common one no longer needs to |
# | learns from a billion words | a person has some thousand titles: hence a method that needs no learning rate, and vectors from elsewhere as a start ([transfer.py](../shared/worklens/analysis/words/transfer.py)) |
