# %% [markdown]
# # A map of words and of titles
#
# Vectors have dozens of dimensions, paper has two. PCA keeps what is far apart far; t-SNE keeps neighbours neighbours
# (van der Maaten and Hinton 2008; Deep Learning Specialization, course 5, week 2). The first part draws words of made-up sentences, the second the sample's task titles.

# %%
import json

import matplotlib.pyplot as plt
import numpy as np

from _pictures import COLOURS, style
from _sentences import KINDS, TRADES, sentences, vectors
from worklens.analysis.words import spectral
from worklens.analysis.words.cosine import unit
from worklens.analysis.words.nearest import nearest
from worklens.analysis.words.principal import principal
from worklens.analysis.words.rarity import rarity
from worklens.analysis.words.texts import encode
from worklens.analysis.words.titles import title_vectors
from worklens.analysis.words.tokens import tokens
from worklens.analysis.words.tsne import tsne
from worklens.analysis.words.vocabulary import learn
from worklens.sample import generate

style()
written = sentences()
known = learn(written)
found = unit(vectors("spectral", encode(written, known), len(known)))

# %% [markdown]
# ## Words
#
# Each colour is a part of the grammar: people, lands, sizes, trades.

# %%
groups = {name: [] for name in ("people", "lands", "sizes", "trades")}
for name, (columns, rows) in zip(groups, KINDS, strict=False):
    groups[name] = sorted(
        {word for text in (*columns, *rows, *rows.values()) for word in text.split()} & set(known.words)
    )
groups["trades"] = sorted({word for name, (_, about) in TRADES.items() for word in (name, *about.split())})
words = [(word, at) for at, name in enumerate(groups) for word in groups[name]]
directions = found[[known.number(word) for word, _ in words]].astype(np.float64)
kinds = np.array([at for _, at in words])

places = {
    "PCA": principal(directions).place(directions)[:, :2],
    "t-SNE": tsne(directions, np.random.default_rng(0), perplexity=8),
}
figure, both = plt.subplots(1, 2, figsize=(8, 4.2))
for axes, (name, at) in zip(both, places.items(), strict=True):
    for kind, group in enumerate(groups):
        axes.scatter(*at[kinds == kind].T, s=14, color=COLOURS[kind], label=group)
    axes.set(title=name, xticks=[], yticks=[])
for word in ("king", "canada", "tall", "pilot", "nurse", "yen"):
    row = next(row for row, (one, _) in enumerate(words) if one == word)
    both[1].annotate(word, places["t-SNE"][row], xytext=(3, 3), textcoords="offset points", fontsize=8)
both[0].legend(fontsize=8, loc="upper left")


def kept(at, rows=directions, count=5):
    """The share of each row's nearest in all dimensions that are its nearest on the map."""
    near = nearest(rows, rows, count + 1)[0][:, 1:]
    apart = ((at[:, None] - at[None]) ** 2).sum(axis=2)
    np.fill_diagonal(apart, np.inf)
    there = np.argsort(apart, axis=1)[:, :count]
    return np.mean([len(set(one) & set(other)) / count for one, other in zip(near, there, strict=True)])


for name, at in places.items():
    print(f"{name:6} keeps {kept(at):.0%} of each word's five nearest")

# %% [markdown]
# Near means near. How large a heap is, and how far it lies from another, means nothing: t-SNE gives every word the same number of neighbours to look at.
#
# ## Titles
#
# The sample's one-off tasks (a made-up person's; [docs/sample.md](../docs/sample.md)). A title's vector is the sum of its words', the rare ones weighing more; the colours are its lists, which the map was not told.

# %%
export = json.loads(generate(count=1).exports[-1].data)["data"]
names = {row["id"]: row["title"] for row in export["lists"]}
tasks = [task for task in export["tasks"] if not task.get("recurrence_type")]
lists = sorted({names[task["list_id"]] for task in tasks})
some = np.random.default_rng(0).permutation(len(tasks))[:450]
said = [tokens(task["title"]) for task in tasks]
vocabulary = learn(said)
texts = encode(said, vocabulary)
vectors_of_words = spectral.vectors(texts, len(vocabulary), 48, np.random.default_rng(0))
titles = title_vectors(texts, unit(vectors_of_words), rarity(texts, len(vocabulary)))[some].astype(np.float64)
place = np.array([lists.index(names[tasks[row]["list_id"]]) for row in some])

figure, axes = plt.subplots(figsize=(8, 5))
at = tsne(titles, np.random.default_rng(0), steps=400)
for number, name in enumerate(lists):
    axes.scatter(
        *at[place == number].T,
        s=14,
        color=COLOURS[number % len(COLOURS)],
        marker="os^"[number // len(COLOURS)],
        label=name,
    )
axes.set(xticks=[], yticks=[], title=f"{len(some)} titles of the sample by t-SNE")
axes.legend(fontsize=8, bbox_to_anchor=(1.01, 1), loc="upper left")

near = nearest(titles, titles, 6)[0][:, 1:]
same = (place[near] == place[:, None]).mean()
print(
    f"of a title's five nearest {same:.0%} are of its own list; by luck {np.mean([np.mean(place == one) for one in place]):.0%}"
)

# %% [markdown]
# A map is for looking at. What Worklens tells of similar tasks is reckoned in all dimensions, with the words themselves: on a real log they guessed hours better than learnt vectors alone ([docs/evidence.md](../docs/evidence.md)).
