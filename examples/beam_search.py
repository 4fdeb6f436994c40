# %% [markdown]
# # Beam search: how does one say it?
#
# The reader turns "the last friday of next month" into a program, `period(month, +1) nth(-1, fri)`.
# Here it is the other way round: from the program to words, which has many right answers, as translation does.
# A model gives the chance of each next word; which *text* is likeliest is a question of search
# (Deep Learning Specialization, course 5, week 3).

# %%
from collections import Counter

import matplotlib.pyplot as plt
import numpy as np

from _phrases import learn, pairs
from _pictures import BLUE, GREEN, GREY, ORANGE, style
from worklens.analysis.sequences.beam import ALPHA, beam
from worklens.analysis.sequences.charge import lengths_of, score_of
from worklens.analysis.sequences.greedy import greedy
from worklens.reading.calibrate import NOW
from worklens.reading.execute import execute
from worklens.reading.reader import read
from worklens.reading.symbols import bind

style()

# %% [markdown]
# ## A small translator
#
# The phrases come from the grammar that the reader learnt from, in English, without numbers.
# A bidirectional GRU reads the program, a GRU with attention says the words:
# $P(y \mid x) = \prod_t P(y_t \mid x, y_1 \dots y_{t-1})$
# ([translator.py](../shared/worklens/analysis/sequences/translator.py), `forward` and `backward`), and learns from the right words before each (teacher forcing, `late`).

# %%
found = pairs(12_000, seed=1)
model = learn([program for _, program in found], [phrase for phrase, _ in found], epochs=4)
often = Counter(program for _, program in found)
programs = [program for program, times in often.most_common() if times >= 3]
print(f"{len(found)} phrases, {len(often)} programs, {len(model.says)} words to choose from")
print(f"asked: the {len(programs)} programs that came three times or more")

# %% [markdown]
# ## Greedy
#
# The likeliest word, then the likeliest after it, and so on: `greedy` in [greedy.py](../shared/worklens/analysis/sequences/greedy.py).
# Beam search (`beam` in [beam.py](../shared/worklens/analysis/sequences/beam.py)) keeps the $B$ best beginnings instead, and lets all their continuations compete:
# $\log P(y_1 \dots y_t \mid x) = \log P(y_1 \dots y_{t-1} \mid x) + \log P(y_t \mid x, y_1 \dots y_{t-1})$.
# With $B = 1$ it is greedy.

# %%
LONGEST = 14  # words
speaker = model.speaker(programs)
taken, taken_logs = greedy(speaker, len(programs), LONGEST)
one = beam(speaker, len(programs), 1, LONGEST, alpha=0)
print("a beam of 1 says what greedy says:", np.array_equal(one.texts[:, 0], taken))

wide = beam(speaker, len(programs), 8, LONGEST, alpha=0)
better = wide.logs[:, 0] > taken_logs + 1e-4
print(
    f"a beam of 8 finds a likelier text for {better.mean():.0%} of the programs, a less likely one for",
    end=" ",
)
print(f"{(wide.logs[:, 0] < taken_logs - 1e-4).mean():.0%}")

# %% [markdown]
# Where do they part?
# Of those with as many words either way, this is the program where greedy loses most; each point is the chance of the beginning so far.

# %%
same = better & (lengths_of(taken) == lengths_of(wide.texts[:, 0]))
worst = int(np.argmax(np.where(same, wide.logs[:, 0] - taken_logs, -np.inf)))


def along(text):
    """The log-chance of each word of a text, END counted."""
    alone = model.speaker([programs[worst]])
    state, said, logs = alone.start(), np.zeros(1, np.int64), []
    for word in text[: lengths_of(text[None])[0]]:
        chances, state = alone.step(said, state)
        logs.append(chances[0, word])
        said = np.array([word])
    return np.array(logs)


figure, axes = plt.subplots()
for text, colour, name in ((taken[worst], ORANGE, "greedy"), (wide.texts[worst, 0], BLUE, "beam of 8")):
    sums = np.cumsum(along(text))
    axes.plot(np.exp(sums), "o-", color=colour, label=f"{name}: {' '.join(model.words(text))}")
axes.set(
    yscale="log",
    xticks=range(len(sums)),
    xlabel="words said (the last is the end)",
    ylabel="chance of the beginning",
    title=f"Saying {' '.join(programs[worst])}",
)
axes.set_xticklabels(range(1, len(sums) + 1))
axes.legend()

# %% [markdown]
# Greedy takes the first word that is a hair likelier, and then finds little that goes on well.
# A beginning is only as good as what can follow it, and greedy never looks.
#
# ## How wide?
#
# Both without normalisation, so that the chance itself is what is looked for.

# %%
widths = (1, 2, 3, 4, 6, 8, 12, 16)
searched = {width: beam(speaker, len(programs), width, LONGEST, alpha=0) for width in widths}
best = np.max([each.logs[:, 0] for each in searched.values()], axis=0)
print("width  the likeliest of all found  mean log-chance")
for width, each in searched.items():
    print(f"{width:5}  {(each.logs[:, 0] > best - 1e-4).mean():26.0%}  {each.logs[:, 0].mean():15.3f}")

figure, axes = plt.subplots()
axes.plot(widths, [each.logs[:, 0].mean() for each in searched.values()], "o-", color=BLUE)
axes.set(xlabel="width", ylabel="mean log-chance of the text", title="What a wider beam finds")

# %% [markdown]
# The second and third beginning are worth most of it, while the work grows with each.
# The reader keeps 4: enough for the other readings of what is ambiguous.
#
# ## Short texts win
#
# Every word multiplies by a chance below 1.
# So the likeliest text is often the shorter one, even one that leaves something out.
# Length normalisation compares $\frac{1}{T^{\alpha}} \sum_t \log P(y_t \mid x, y_1 \dots y_{t-1})$:
# $\alpha = 0$ is the chance, $\alpha = 1$ the mean a word, and 0.7 the course's rule of thumb (`ALPHA`).

# %%
alphas = (0.0, 0.3, ALPHA, 1.0)
said = {alpha: beam(speaker, len(programs), 8, LONGEST, alpha).texts[:, 0] for alpha in alphas}
changed = [at for at in range(len(programs)) if not np.array_equal(said[0.0][at], said[ALPHA][at])]
normalised = beam(speaker, len(programs), 8, LONGEST, ALPHA).scores[:, 0]
print("its score is the model's own:", np.allclose(normalised, score_of(speaker, said[ALPHA]), atol=1e-5))
print(
    f"{len(changed)} of {len(programs)} programs are said otherwise with 0.7 than with 0; every eighth of them:"
)
for at in changed[::8]:
    print(f"  {' '.join(programs[at])}")
    print(f"      0.0  {' '.join(model.words(said[0.0][at]))}")
    print(f"      0.7  {' '.join(model.words(said[ALPHA][at]))}")

# %% [markdown]
# ## Is it right?
#
# The reader that comes with Worklens reads every phrase back, and both programs are executed against the same Tuesday.
# That tells a phrase which means something else from one that is only unusual.
# The reader errs too (grey: how the grammar's own phrases come back, one a program), so a little is lost either way.


# %%
def meant(program):
    return execute(bind(program, [], NOW.year), NOW)


def right(phrases):
    """Which phrases the reader takes for what their program means."""
    readings = read([" ".join(phrase) or "-" for phrase in phrases], NOW)
    return np.array(
        [
            bool(reading.meanings) and reading.meanings[0].when == meant(program)
            for reading, program in zip(readings, programs, strict=True)
        ]
    )


written = {}
for phrase, program in found:
    written.setdefault(program, phrase)
grammar = right([written[program] for program in programs])
kept = {alpha: right([model.words(text) for text in texts]) for alpha, texts in said.items()}
print("alpha  words a phrase  read back rightly")
for alpha in alphas:
    print(f"{alpha:5}  {lengths_of(said[alpha]).mean() - 1:14.2f}  {kept[alpha].mean():17.1%}")
lengths = np.array([len(written[program]) for program in programs])
print(f"the grammar's own  {lengths.mean():.2f}  {grammar.mean():17.1%}")
won, lost = (kept[ALPHA] & ~kept[0.0]).sum(), (kept[0.0] & ~kept[ALPHA]).sum()
print(f"with 0.7 instead of 0, {won} programs more come back rightly, and {lost} no longer")

figure, (left, after) = plt.subplots(1, 2)
left.plot(alphas, [lengths_of(said[alpha]).mean() - 1 for alpha in alphas], "o-", color=BLUE)
left.axhline(lengths.mean(), color=GREY, linestyle=":")
left.set(xlabel="alpha", title="Words a phrase (grey: the grammar's)")
after.plot(alphas, [kept[alpha].mean() for alpha in alphas], "o-", color=GREEN)
after.axhline(grammar.mean(), color=GREY, linestyle=":")
after.set(xlabel="alpha", title="Share read back rightly")

# %% [markdown]
# Without normalisation a part of the meaning is dropped now and then, as in "in half a year" for the second half of this one; with 0.7 it is said.
# Here more is better up to 1; 0.7 is a rule of thumb, and no law.
# The programs asked are those learnt from: this is about the search, and says nothing of what the model makes of new ones.
#
# The reader itself compares plain chances ($\alpha = 0$).
# Its programs must be whole ([constrained.py](../shared/worklens/reading/constrained.py)), so that little is gained by leaving something out, and a chance that is to be a confidence must stay one.
#
# ## What the library does that the lecture does not
#
# | the lecture | here |
# |---|---|
# | one sentence, $B$ copies of the network | all sources and beams in one step; who is through is left behind (`SPARSE`) |
# | searches to a fixed length | gives a beginning up when it can't get among the best any more, and ends early with the same texts; a `margin` gives up sooner |
# | the best text | the $B$ best with score and log-chance, from which the reader takes its runner-up |
# | any model's softmax | anything that speaks (`Speaker`): the decoder, or the decoder held to a grammar |
# | | tests: a beam of 1 is greedy; where the search is exhaustive, a wider beam never scores less |
