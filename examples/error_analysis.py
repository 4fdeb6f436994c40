# %% [markdown]
# # Error analysis: is it the search, or the model?
#
# A translator turns "the last friday of next month" into a program, and some of its answers are wrong.
# Should one search wider, or teach better?
# The course's answer is a question to each miss: which does the model itself score higher, the right answer or the one that came back?
# (Deep Learning Specialization, course 5, week 3.)

# %%
from collections import Counter
from functools import cache
from itertools import islice

import matplotlib.pyplot as plt
import numpy as np

from _phrases import learn, numbered, pairs
from _pictures import BLUE, GREEN, GREY, ORANGE, PINK, style
from worklens.analysis.sequences.beam import ALPHA, beam
from worklens.analysis.sequences.charge import charge, score_of
from worklens.analysis.sequences.speaker import DecoderSpeaker
from worklens.analysis.sequences.translator import part
from worklens.reading.automaton import NOWHERE, automaton, usable
from worklens.reading.calibrate import NOW, meant
from worklens.reading.constrained import ProgramSpeaker
from worklens.reading.execute import Impossible, execute
from worklens.reading.network import listen
from worklens.reading.network import model as network
from worklens.reading.phrases.examples import examples
from worklens.reading.reader import as_arrays, numbers_of, read, search, shipped
from worklens.reading.symbols import END, NUMBER_OF, SYMBOLS, bind

style()

# %% [markdown]
# ## Three translators
#
# The same small network (a bidirectional GRU reads the words, a GRU with attention says the program), taught with few phrases of our grammar, with more, and with many.
# Asked are phrases that none of them saw, of words that all of them know.

# %%
found = pairs(12_000, seed=1)
sizes = (3_000, 6_000, 12_000)
models = {
    size: learn([phrase for phrase, _ in found[:size]], [program for _, program in found[:size]], epochs=3)
    for size in sizes
}

seen = {phrase for phrase, _ in found}
few = models[sizes[0]]
asked = {
    phrase: program
    for phrase, program in pairs(3_000, seed=3)
    if phrase not in seen and set(phrase) <= set(few.reads) and set(program) <= set(few.says)
}
phrases, programs = list(asked), list(asked.values())
print(f"{len(phrases)} phrases are asked")

# %% [markdown]
# ## To whom a miss is charged
#
# With $y^*$ what is right and $\hat y$ what the search returned, both scored as the search scores, $\frac{1}{T^\alpha} \log P(y \mid x)$:
#
# * $\text{score}(y^*) > \text{score}(\hat y)$: the model knew better, and the search lost it. **The beam's fault.**
# * otherwise the model prefers the wrong one, and no search would help. **The model's fault.**
#
# That is `score_of` and `charge` in [charge.py](../shared/worklens/analysis/sequences/charge.py).


# %%
@cache
def asked_of(size, width, alpha=ALPHA):
    """What a model says, which of it is wrong, and the scores of what is right and of what was said."""
    model = models[size]
    speaker = model.speaker(phrases)
    y = numbered([(*program, END) for program in programs], model.says)[0].T
    returned = beam(speaker, len(phrases), width, y.shape[1] + 2, alpha)
    said = [model.words(text) for text in returned.texts[:, 0]]
    missed = np.array([one != program for one, program in zip(said, programs, strict=True)])
    return said, missed, score_of(speaker, y, alpha), returned.scores[:, 0]


charges = {}
for size in sizes:
    for width in (1, 2, 4):
        _, missed, right, returned = asked_of(size, width)
        charges[size, width] = charge(right, returned, missed)
print("examples  width  misses  the beam's  the model's")
for (size, width), one in charges.items():
    print(f"{size:8}  {width:5}  {one.misses:6}  {one.beam:10}  {one.model:11}")

figure, axes = plt.subplots()
for place, size in enumerate(sizes):
    for side, width in ((-0.2, 1), (0.2, 4)):
        one = charges[size, width]
        axes.bar(
            place + side, one.model, 0.36, color=BLUE, label=None if place or width > 1 else "the model's"
        )
        axes.bar(
            place + side,
            one.beam,
            0.36,
            bottom=one.model,
            color=ORANGE,
            label=None if place or width > 1 else "the beam's",
        )
        axes.text(
            place + side, one.misses, f"width {width}", ha="center", va="bottom", fontsize="small", color=GREY
        )
axes.set_xticks(range(len(sizes)), [f"{size:,}" for size in sizes])
axes.set_ylim(0, 1.1 * max(one.misses for one in charges.values()))
axes.set(xlabel="examples learnt from", ylabel="misses", title=f"Whose fault, of {len(phrases)} phrases")
axes.legend()

# %% [markdown]
# Greedy search (width 1) loses a few answers that the model would have liked better, and a width of 4 next to none.
# Yet the misses hardly become fewer for it: what a wider beam finds is what the model likes, and that is often wrong too.
# So the work is not in the search. Four times the examples (in as many epochs) is what helps.
#
# One miss that is the beam's, with the smallest model and width 1:

# %%
said, missed, right, returned = asked_of(sizes[0], 1)
wider, wider_missed = asked_of(sizes[0], 4)[:2]
lost = int(np.argmax(np.where(missed & ~wider_missed, right - returned, -np.inf)))
print("phrase:  ", " ".join(phrases[lost]))
print("right:   ", " ".join(programs[lost]), f"(score {right[lost]:.3f})")
print("returned:", " ".join(said[lost]), f"(score {returned[lost]:.3f})")
print("width 4: ", " ".join(wider[lost]))
mended, spoilt = (missed & ~wider_missed).sum(), (~missed & wider_missed).sum()
print(f"of all phrases, width 4 mends {mended} and spoils {spoilt}")

# %% [markdown]
# **A trap.** Both must be scored as the search scores.
# Who searches by plain chances and then compares normalised scores, charges the beam with longer texts that it was right to drop:

# %%
speaker = few.speaker(phrases)
y = numbered([(*program, END) for program in programs], few.says)[0].T
said, missed, right, returned = asked_of(sizes[0], 4, alpha=0.0)
plain = beam(speaker, len(phrases), 4, y.shape[1] + 2, alpha=0.0).texts[:, 0]
by_chance = charge(right, returned, missed)
by_score = charge(score_of(speaker, y, ALPHA), score_of(speaker, plain, ALPHA), missed)
print(f"searched by chances, of {by_chance.misses} misses the beam's fault")
print(f"    by chances, as the search did: {by_chance.beam}")
print(f"    by normalised scores:          {by_score.beam}")

# %% [markdown]
# ## What kind of misses?
#
# Charged to the model, the misses are read one by one, and counted by kind: the table tells what to work on.
# Here a few rules do the counting.


# %%
def valid(program):
    """Whether the grammar of programs (an automaton over symbols) allows it."""
    rules, at = automaton(), automaton().start
    for symbol in (*program, END):
        at = rules.leads[at, NUMBER_OF[symbol]]
        if at == NOWHERE:
            return False
    return True


def when(program):
    """When a program means; the symbols themselves where there is no such day."""
    try:
        return execute(bind(program, [], NOW.year), NOW)
    except Impossible:
        return program


def kind(right, said):
    if not valid(said):
        return "no valid program"
    if when(said) == when(right):
        return "another program, the same instant"
    if len(said) < len(right):
        return "something left out"
    if len(said) > len(right):
        return "something added"
    return "another word"


kinds = {}
for size in sizes:
    said, missed, *_ = asked_of(size, 4)
    kinds[size] = [(kind(programs[at], said[at]), at, said[at]) for at in np.flatnonzero(missed)]
names = [name for name, _ in Counter(name for name, *_ in kinds[sizes[0]]).most_common()]
print(f"{'':34}", *(f"{size:>7,}" for size in sizes), " examples")
for name in names:
    print(f"{name:34}", *(f"{sum(one[0] == name for one in kinds[size]):7}" for size in sizes))
for name in names:
    one = next((one for one in kinds[sizes[2]] if one[0] == name), None)
    if one:
        print(f"\n{name}: {' '.join(phrases[one[1]])}")
        print(f"    right {' '.join(programs[one[1]])}\n    said  {' '.join(one[2])}")

figure, axes = plt.subplots()
left = np.zeros(len(sizes))
for colour, name in zip((BLUE, ORANGE, GREEN, PINK, GREY), names, strict=False):
    share = np.array([np.mean([one[0] == name for one in kinds[size]]) for size in sizes])
    axes.barh(range(len(sizes)), share, left=left, color=colour, label=name)
    left += share
axes.set_yticks(range(len(sizes)), [f"{size:,} examples" for size in sizes])
axes.set(xlabel="share of its misses", title="What is wrong")
axes.grid(visible=False)
figure.legend(loc="outside lower center", ncols=3)

# %% [markdown]
# The kinds change as the model learns: programs that aren't any go first; parts left out and wrong words stay longest.
# A program that comes to the same is no fault at all.
# And some misses can't be mended, since the grammar itself, like people, has it both ways:

# %%
both = Counter(
    program for phrase, program in found if phrase[-2:] in {("next", "wednesday"), ("next", "friday")}
)
for program, times in both.most_common(4):
    print(f"  {times:3} of {both.total()} phrases that end in next wednesday or friday: {' '.join(program)}")

# %% [markdown]
# What is left to do is read off such a table: teach longer programs more often, and settle what counts as right.
#
# ## The reader that ships
#
# The same question to the network that comes with Worklens, which was taught with 600,000 titles and is held to the grammar of programs (`ProgramSpeaker`).
# It compares plain chances ($\alpha = 0$), so it is charged by these.
# A miss is first a program other than the grammar's, then, below, another time.

# %%
held = shipped()
made = list(islice(examples(90_210), 1_000))
answers = {
    width: search([one.tokens for one in made], held, width)[:2] for width in (1, 4)
}  # texts, log-chances
reads = as_arrays([one.tokens for one in made], held)
heard, _ = listen(held.arrays, reads)
decoder = DecoderSpeaker(
    network().decoder, part(held.arrays, "decoder"), heard.annotations, heard.features, reads.mask
)
speaker = ProgramSpeaker(decoder, usable([numbers_of(one.tokens) for one in made]))
y = numbered([(*one.symbols, "END") for one in made], SYMBOLS)[0].T
assert SYMBOLS.index(END) == NUMBER_OF[END] == 0
right = score_of(speaker, y, 0.0)
print("width  misses  the beam's  the model's")
for width, (texts, logs) in answers.items():
    missed = (texts[:, 0, : y.shape[1]] != y).any(axis=1)
    one = charge(right, logs[:, 0], missed)
    print(f"{width:5}  {one.misses:6}  {one.beam:10}  {one.model:11}")

readings = read([one.title for one in made], NOW)
wrong = [
    (one, reading)
    for one, reading in zip(made, readings, strict=True)
    if (reading.meanings[0].when if reading.meanings else None) != meant(one) != "impossible"
]
print(f"\nanother time than meant: {len(wrong)} of {len(made)}; the first of them:")
for one, reading in wrong[:6]:
    said = " ".join(reading.meanings[0].symbols) if reading.meanings else "nothing"
    print(f"  {one.title}\n      right {' '.join(one.symbols)}\n      said  {said}")

# %% [markdown]
# Nothing is left for the search here.
# What remains is the model's: doubtful readings for the most part, in titles that the grammar's noise made hard.
#
# ## What the library does that the lecture does not
#
# | the lecture | here |
# |---|---|
# | a table by hand, "beam" or "model" | `charge` for a whole batch, and `score_of` by the search's own measure, length normalisation and all |
# | one model | any that speaks (`Speaker`): the translator here, and the reader, whose programs must be whole |
# | right is one translation | right is an instant, where it counts: programs can be executed, and those that mean the same counted as the same |
# | | `make bench-when` prints the charges of the reader with its accuracy |
