# %% [markdown]
# # Debiasing: is the captain a man?
#
# Vectors learn what texts say, and so the prejudices in them. Here the prejudice is ours: the grammar of [_sentences.py](_sentences.py) gives four trades to him and four to her,
# in 85 % of their sentences. It is found, measured, taken out, and measured again (Deep Learning Specialization, course 5, week 2; Bolukbasi et al. 2016).

# %%
import matplotlib.pyplot as plt
import numpy as np

from _pictures import BLUE, GREY, ORANGE, style
from _sentences import TRADES, bias, fair, likeness, pairs, sentences, trades, vectors
from worklens.analysis.words.association import chance, leaning
from worklens.analysis.words.cosine import unit
from worklens.analysis.words.debiasing import bias_direction, equalise, neutralise
from worklens.analysis.words.texts import encode
from worklens.analysis.words.vocabulary import learn

style()
written = sentences()
known = learn(written)
before = vectors("spectral", encode(written, known), len(known))

# %% [markdown]
# ## 1. Find the direction
#
# Along which the words for him and for her differ most: the first singular vector of the differences of six pairs, pointing to him.

# %%
both = pairs(known)
direction = bias_direction(before, both)
for him, her in both:
    one, other = (float(unit(before[word]) @ direction) for word in (him, her))
    print(f"{known.words[him]:8} {one:+.2f}   {known.words[her]:8} {other:+.2f}")

# %% [markdown]
# ## 2. Measure
#
# Each trade's place along it; and WEAT's effect (Caliskan et al. 2017): how far his trades and hers lean apart, in standard deviations, where 2 is the most there can be.
# The chance says how often eight trades dealt at random into two groups would lean apart as far.

# %%
after = fair(known, before)
groups = [before[trades(known, whose)] for whose in (0, 1)]
notions = [before[both[:, side]] for side in (0, 1)]
luck = chance(*groups, *notions, np.random.default_rng(0))
print(f"effect {bias(known, before):.2f}, by luck with a chance of {luck:.3f} (one deal in 70 is this one)")


def draw(axes, rows, title):
    places = [float(unit(rows[known.number(name)]) @ direction) for name in TRADES]
    colours = [ORANGE if usual else BLUE for usual, _ in TRADES.values()]
    axes.barh(list(TRADES), places, color=colours)
    axes.axvline(0, color=GREY, linewidth=1)
    axes.set(xlim=(-0.75, 0.75), title=title, xlabel="her   ←   direction   →   him")


figure, axes = plt.subplots(1, 2, figsize=(8, 3.4), sharey=True)
draw(axes[0], before, "as learnt")
draw(axes[1], after, "neutralised")

# %% [markdown]
# ## 3. Neutralise, and equalise
#
# What should know nothing of it loses its part along the direction, $e - (e\cdot g)\,g$, and is brought back to length 1.
# The pairs must know it, and are made alike in all else: then a captain is exactly as near to *him* as to *her*.

# %%
captain, him, her = (known.number(word) for word in ("captain", "man", "woman"))
halfway = unit(before)
halfway[captain] = neutralise(before[captain], direction)
for name, rows in (
    ("as learnt", unit(before)),
    ("captain neutralised", halfway),
    ("and the pairs equalised", after),
):
    print(
        f"{name:24} captain·man {rows[captain] @ rows[him]:+.3f}   captain·woman {rows[captain] @ rows[her]:+.3f}"
    )
equal = equalise(before, both, direction)
print("lengths stay 1:", np.allclose(np.linalg.norm(equal, axis=1), 1, atol=1e-5))

# %% [markdown]
# ## 4. Measure again
#
# The bias is to go, the rest is to stay: how often a trade is more like its own words (ship, harbour, crew) than like another trade's.

# %%
for name, rows in (("as learnt", before), ("debiased", after)):
    print(f"{name:10} effect {bias(known, rows):+.2f}   right likeness {likeness(known, rows):.1%}")

# %% [markdown]
# ## What is left
#
# A direction is gone, not the company a word kept (Gonen and Goldberg 2019).
# So the same question is asked of the likeness of trades to each other: is a trade more like those that were given to the same side?

# %%
names = list(TRADES)
usual = np.array([whose for whose, _ in TRADES.values()])
guessable = {}
for name, rows in (("as learnt", before), ("debiased", after)):
    directions = unit(rows[[known.number(one) for one in names]].astype(np.float64))
    like = directions @ directions.T
    np.fill_diagonal(like, np.nan)
    own = [
        np.nanmean(like[at, usual == usual[at]]) - np.nanmean(like[at, usual != usual[at]])
        for at in range(len(names))
    ]
    guessable[name] = np.mean(np.array(own) > 0)
    print(
        f"{name:10} more like trades of the same side than of the other: {guessable[name]:.0%} (a coin gives 50 %)"
    )
leans = leaning(after[[known.number(name) for name in names]], after[both[:, 0]], after[both[:, 1]])
print("the measure itself sees nothing any more:", np.abs(leans).max() < 1e-6)

# %% [markdown]
# As learnt, one could guess from seven trades whose the eighth is. Debiased, all are *less* like those of their own side: the direction took a little more from them than they had of it,
# and whoever knows that guesses as well as before, by turning the answer round.
# So a measure that falls to nought shows that the measure was answered, and no more.
# Nothing in Worklens judges a person or a trade by vectors; titles are compared with titles, and that is all.
