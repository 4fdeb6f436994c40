# %% [markdown]
# # Sentiment: is it praise?
#
# "Completely lacking in good taste, good service and good ambience" says *good* three times (Deep Learning Specialization, course 5, week 2).
# A mean of word vectors hears three good words; a recurrent network hears *lacking* first, and keeps it in mind.
# The opinions are about food, and are written by two small grammars, one English, one Chinese ([_opinions.py](_opinions.py)).
# Nothing in Worklens reads a person's mood: this is here to be looked at.

# %%
import matplotlib.pyplot as plt
import numpy as np

from _opinions import lacking, opinions, read
from _pictures import BLUE, GREY, ORANGE, style
from worklens.analysis.words.sentiment import Plan, train
from worklens.analysis.words.sentiment_mean import MeanOfWords
from worklens.analysis.words.sentiment_recurrent import LastState
from worklens.analysis.words.texts import encode
from worklens.analysis.words.vocabulary import learn

style()
LANGUAGES = {"en": "English", "zh": "Chinese"}
for language in LANGUAGES:
    for text, praise in zip(*opinions(language, 4, seed=5), strict=True):
        print("praise" if praise else "blame ", text)

# %% [markdown]
# Chinese has no spaces, so it is cut into words first, by a dictionary ([tokens.py](../shared/worklens/analysis/words/tokens.py)):

# %%
for text in opinions("zh", 3, seed=6)[0]:
    print(text, "→", " ".join(read([text])[0]))

# %% [markdown]
# ## Two readers
#
# The mean of a text's vectors and a softmax, $\hat y = \mathrm{softmax}(\bar e\, W + b)$; and a GRU that reads word by word, with a softmax of what it has in mind at the end.
# Both learn their vectors along. 1,500 opinions to learn from, 500 others to be asked.

# %%
asked, readers = {}, {}
for language, name in LANGUAGES.items():
    texts, praise = opinions(language, 1_500, seed=1)
    known = learn(read(texts))
    held, right = opinions(language, 500, seed=2)
    for kind, reader in (("mean", MeanOfWords(len(known), 16, 2)), ("GRU", LastState(len(known), 16, 16, 2))):
        plan = Plan(epochs=12, rate=1e-2, size=32)
        made = train(reader, encode(read(texts), known), praise, np.random.default_rng(0), plan)
        readers[language, kind] = made, known
        said = made.chances(encode(read(held), known)).argmax(axis=1)
        asked[language, kind] = np.mean(said == right)
        print(f"{name:8} {kind:5} {asked[language, kind]:.1%} of held-out opinions right")

# %% [markdown]
# The rest of the mean's mistakes are of one kind: what is turned round. A *not* may lower the sum of a text, but by the same for whatever follows, and good and bad alike are turned by it.
#
# ## The course's sentence
#
# Three or four good things lacking; what was learnt from had one or two.

# %%
sentence = {
    "en": "Completely lacking in good taste, good service and good ambience.",
    "zh": "完全缺少好的味道、好的服务和好的环境。",
}
figure, axes = plt.subplots(1, 2, figsize=(8, 3.2), sharey=True)
for panel, (language, name) in zip(axes, LANGUAGES.items(), strict=True):
    for kind, colour in (("mean", ORANGE), ("GRU", BLUE)):
        made, known = readers[language, kind]
        chance = made.chances(encode(read([sentence[language]]), known))[0, 1]
        many = [
            made.chances(encode(read(lacking(language, count, 100)), known))[:, 1].mean()
            for count in (1, 2, 3, 4)
        ]
        panel.plot((1, 2, 3, 4), many, "o-", color=colour, label=kind)
        print(f"{name:8} {kind:5} takes it for praise with a chance of {chance:.2f}")
    panel.axhline(0.5, color=GREY, linewidth=1)
    panel.axvspan(2.5, 4.2, color=GREY, alpha=0.12, linewidth=0)
    panel.set(
        title=f"{name}: taken for praise",
        xlabel="good things that are lacking",
        ylim=(0, 1),
        xticks=(1, 2, 3, 4),
    )
axes[0].legend()

# %% [markdown]
# In the grey part are sentences longer than any that were learnt from.
# The mean takes most of them for praise, however long they are; the network isn't moved.
#
# ## What it has in mind
#
# The chance after each word of one text. In the middle of a phrase it swings, for there it was never asked; whenever a thing has been said to be lacking, it is sure.

# %%
made, known = readers["en", "GRU"]
simple, _ = readers["en", "mean"]
words = read([sentence["en"]])[0]
parts = [words[: at + 1] for at in range(len(words))]
figure, axes = plt.subplots()
for reader, name, colour in ((simple, "mean", ORANGE), (made, "GRU", BLUE)):
    axes.plot(range(len(words)), reader.chances(encode(parts, known))[:, 1], "o-", color=colour, label=name)
axes.axhline(0.5, color=GREY, linewidth=1)
axes.set(xticks=range(len(words)), ylim=(0, 1), ylabel="chance of praise", title="after each word")
axes.set_xticklabels(words, rotation=30, ha="right")
axes.legend()

# %% [markdown]
# On real review lines the order of words is worth less than here, where the grammar makes a point of it: pairs of neighbouring words in the mean do there what takes a network here.
# The figures for 17,000 Chinese lines stand in [docs/evidence.md](../docs/evidence.md).
