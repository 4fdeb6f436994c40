# %% [markdown]
# # Speech: what was said, without being told when
#
# A task may be dictated. Of a recording one knows what was said, hardly ever at which instant each sound began.
# Connectionist temporal classification (CTC) learns from that alone (Deep Learning Specialization, course 5, week 3).
# The speech here is made in the notebook: nine sounds of a simple voice, of different speakers, at different speeds.
# Worklens itself doesn't listen; this shows the part of the library that could.

# %%
from itertools import pairwise, product

import matplotlib.pyplot as plt
import numpy as np

from _pictures import BLUE, COLOURS, GREY, ORANGE, style
from worklens.analysis.learning.gradient_check import gradient_error
from worklens.analysis.learning.optimisers import Adam
from worklens.analysis.sequences import parameters
from worklens.analysis.sequences.clipping import clip
from worklens.analysis.sequences.ctc import BLANK, collapse, ctc
from worklens.analysis.sequences.encoder import Encoder, encode, encode_back
from worklens.analysis.sequences.likelihood import log_softmax
from worklens.analysis.sequences.masks import mask_of
from worklens.analysis.sequences.prefix_beam import prefix_beam

style()

# %% [markdown]
# ## A voice
#
# A vowel is a tone whose overtones are strong near three frequencies, its formants (in Hz, averages of Peterson and Barney 1952).
# A hiss is noise, a nasal is dull, a `t` is a short silence and a burst.

# %%
RATE = 8_000  # samples a second
FORMANTS = {
    "a": (730, 1090, 2440),
    "e": (530, 1840, 2480),
    "i": (270, 2290, 3010),
    "o": (570, 840, 2410),
    "u": (300, 870, 2240),
    "m": (250, 1100),
    "n": (250, 1600),
}
SOUNDS = ("_", "a", "e", "i", "o", "u", "m", "n", "s", "t")  # the first is the blank
WIDE, HOP, POINTS, BANDS = 200, 128, 256, 20  # 25 ms every 16 ms


def sound(letter, seconds, pitch, size, rng):
    """One sound: (samples,)."""
    samples = int(seconds * RATE)
    time = np.arange(samples) / RATE
    noise = rng.normal(0, 1, samples)
    if letter == "s":
        wave = 0.5 * np.diff(np.diff(noise, prepend=0), prepend=0) / 2  # what is high stays
    elif letter == "t":
        wave = noise * (time > 0.6 * seconds) * np.exp(-np.maximum(time - 0.6 * seconds, 0) / 0.012)
    else:
        overtones = pitch * np.arange(1, int(0.48 * RATE / pitch))
        peaks = np.array(FORMANTS[letter])[:, None] * size
        strength = (1 / (1 + ((overtones - peaks) / 90) ** 2)).sum(axis=0)
        strength *= 0.5 if letter in "mn" else 1.0
        phases = rng.uniform(0, 2 * np.pi, overtones.size)
        wave = strength @ np.sin(2 * np.pi * overtones[:, None] * time + phases[:, None])
    ramp = np.minimum(1, np.minimum(time, time[::-1]) / 0.012)
    return wave * ramp


def utterance(text, rng, noise=0.2):
    """A text spoken: the wave, and where each sound begins and ends in seconds. Only pictures use the latter."""
    pitch, size, speed = rng.uniform(90, 220), rng.uniform(0.9, 1.15), rng.uniform(0.8, 1.25)
    pieces, ends, at = [], [], 0.04
    pieces.append(np.zeros(int(at * RATE)))
    for place, letter in enumerate(text):
        if place and letter == text[place - 1]:  # said twice: a little pause between
            pieces.append(np.zeros(int(0.04 * RATE)))
            at += 0.04
        seconds = speed * rng.uniform(0.07, 0.15)
        pieces.append(sound(letter, seconds, pitch * rng.uniform(0.95, 1.05), size, rng))
        ends.append((at, at + seconds))
        at += seconds
    pieces.append(np.zeros(int(0.04 * RATE)))
    wave = np.concatenate(pieces)
    return wave + rng.normal(0, noise, wave.size), ends


def spectrogram(wave):
    """How loud each band is every 16 ms, in logarithms, on a scale like the ear's: (time, bands)."""
    starts = np.arange(0, len(wave) - WIDE, HOP)
    frames = wave[starts[:, None] + np.arange(WIDE)] * np.hanning(WIDE)
    power = np.abs(np.fft.rfft(frames, POINTS)) ** 2
    mel = np.linspace(0, 2595 * np.log10(1 + RATE / 2 / 700), BANDS + 1)
    edges = np.round(700 * (10 ** (mel / 2595) - 1) / RATE * POINTS).astype(int)
    return np.log([power[:, a : max(b, a + 1)].mean(axis=1) for a, b in pairwise(edges)]).T


wave, ends = utterance("mintsauna", np.random.default_rng(3))
figure, axes = plt.subplots()
axes.imshow(
    spectrogram(wave).T, origin="lower", aspect="auto", cmap="magma", extent=(0, len(wave) / RATE, 0, BANDS)
)
for letter, (start, end) in zip("mintsauna", ends, strict=True):
    axes.text((start + end) / 2, BANDS + 0.3, letter, ha="center")
    axes.axvline(start, color="white", linewidth=0.8, alpha=0.6)
axes.grid(visible=False)
axes.set(xlabel="seconds", ylabel="band, low to high")

# %% [markdown]
# ## All ways to say it
#
# Every 16 ms the network says a sound, or a blank (`_`). Repeats become one, then blanks vanish: `collapse` in [ctc.py](../shared/worklens/analysis/sequences/ctc.py).
# A blank between keeps two equal sounds apart, as in "noon".

# %%
for path in ("__nn_ooo__o__n_", "n_oo_ooonn", "noooon"):
    print(f"{path:16}", "".join(SOUNDS[label] for label in collapse([SOUNDS.index(one) for one in path])))

# %% [markdown]
# Which path it was, nobody says. So the chance of the text is that of all its paths, and the loss is
#
# $$-\log P(y \mid x) = -\log \sum_{\pi:\, \text{collapse}(\pi) = y} \prod_t P(\pi_t \mid x)$$
#
# These are far too many to look at, but a step forwards only needs those before it (`forwards`, `backwards`), as in `ctc`, which gives the loss and its gradient.
# On six steps and four symbols all paths can be looked at:

# %%
rng = np.random.default_rng(0)
z, said = rng.normal(size=(6, 1, 4)), np.array([[1, 1, 3]])
steps, length = np.array([6]), np.array([3])
logs = log_softmax(z)[:, 0]
ways = [path for path in product(range(4), repeat=6) if collapse(path) == (1, 1, 3)]
total = sum(np.exp(logs[np.arange(6), list(path)].sum()) for path in ways)
loss, gradient = ctc(z, said, length, steps)
print(f"{len(ways)} of {4**6} paths say it; -log of their sum {-np.log(total):.9f}, ctc {loss:.9f}")
print(
    "the gradient is right to 1e-7:",
    gradient_error(lambda it: ctc(it, said, length, steps)[0], z, gradient) < 1e-7,
)

# %% [markdown]
# ## Learning to listen
#
# Texts at random, so that no word is learnt by heart. A bidirectional GRU hears (`encode`, `encode_back` in [encoder.py](../shared/worklens/analysis/sequences/encoder.py)), one layer says.

# %%
UNITS, BATCH, EPOCHS = 32, 32, 8


def recorded(texts, rng, noise=None):
    """Texts spoken, side by side: (time, batch, bands), how long each is, labels (batch, longest), and their lengths.

    Without `noise` each has its own.
    """
    heard = [spectrogram(utterance(text, rng, noise or rng.uniform(0.1, 0.8))[0]) for text in texts]
    steps = np.array([len(one) for one in heard])
    x = np.zeros((steps.max(), len(texts), BANDS))
    labels = np.zeros((len(texts), max(map(len, texts))), np.int64)
    for at, (one, text) in enumerate(zip(heard, texts, strict=True)):
        x[: len(one), at] = one
        labels[at, : len(text)] = [SOUNDS.index(letter) for letter in text]
    return x, steps, labels, np.array([len(text) for text in texts])


rng = np.random.default_rng(1)
texts = ["".join(rng.choice(SOUNDS[1:], rng.integers(2, 7))) for _ in range(1200)]
x, steps, labels, lengths = recorded(texts, rng)
there = mask_of(steps)[:, :, None] > 0
mean, spread = x[there[:, :, 0]].mean(axis=0), x[there[:, :, 0]].std(axis=0)
encoder = Encoder(BANDS, UNITS)
shapes = {**encoder.shapes(), "o": (2 * UNITS, len(SOUNDS)), "oc": (len(SOUNDS),)}


def scaled(x):
    return ((x - mean) / spread).astype(np.float32)


def sums_of(w, x, steps):
    """What the network says at each step: (time, batch, sounds), and what the way back needs."""
    heard = encode(encoder, w, x, mask_of(steps, np.float32))
    return heard.annotations @ w["o"] + w["oc"], heard


theta = parameters.initialise(shapes, np.random.default_rng(2)).astype(np.float32)
gradient, adam = np.empty_like(theta), Adam()
w, into = parameters.cut(theta, shapes), parameters.cut(gradient, shapes)
losses = []
for _ in range(EPOCHS):
    for some in np.array_split(rng.permutation(len(texts)), len(texts) // BATCH):
        z, heard = sums_of(w, scaled(x[: steps[some].max(), some]), steps[some])
        loss, d_z = ctc(z, labels[some], lengths[some], steps[some])
        np.matmul(heard.annotations.reshape(-1, 2 * UNITS).T, d_z.reshape(-1, len(SOUNDS)), out=into["o"])
        d_z.sum(axis=(0, 1), out=into["oc"])
        d_heard = d_z @ w["o"].T
        encode_back(encoder, w, heard, d_heard, np.zeros_like(heard.features), into)
        clip(gradient, 5.0)
        adam.step(theta, gradient, 6e-3 * (1 - len(losses) / (EPOCHS * (len(texts) // BATCH))))
        losses.append(loss)

figure, axes = plt.subplots()
axes.plot(losses, color=BLUE)
axes.set(yscale="log", xlabel="step", ylabel="loss", title="Learning from texts without times")

# %% [markdown]
# ## What it heard
#
# A word that was never among the texts, by a voice that never was: what the network says every 16 ms.
# The dotted lines are where the sounds began and ended; it was never told of such.

# %%
wave, ends = utterance("noon", np.random.default_rng(12))
spectrum = spectrogram(wave)
chances = np.exp(log_softmax(sums_of(w, scaled(spectrum[:, None]), np.array([len(spectrum)]))[0])[:, 0])
times = (np.arange(len(chances)) * HOP + WIDE / 2) / RATE
path = chances.argmax(axis=1).tolist()
print("best path:", "".join(SOUNDS[label] for label in path))
print("collapsed:", "".join(SOUNDS[label] for label in collapse(path)))

figure, axes = plt.subplots()
axes.plot(times, chances[:, BLANK], color=GREY, linewidth=1, label="blank")
for label, colour in zip(sorted(set(path) - {BLANK}), COLOURS, strict=False):
    axes.plot(times, chances[:, label], color=colour, label=SOUNDS[label])
for start, end in ends:
    for edge in (start, end):
        axes.axvline(edge, color=GREY, linestyle=":", linewidth=0.8)
axes.set(xlabel="seconds", ylabel="chance", title='"noon": the blank between the two o keeps them apart')
axes.legend(loc="center left", bbox_to_anchor=(1.0, 0.5))

# %% [markdown]
# It says each sound for about as long as it lasts, and a blank where one passes into the next.
# It need not: one step a sound would do, and larger networks often end up with such spikes.
# Does it say them where they are? Counted on words that were heard rightly:

# %%
rng = np.random.default_rng(7)
within, counted, words = 0, 0, 0
for text in (
    "noon",
    "sun",
    "sat",
    "mean",
    "team",
    "mint",
    "tune",
    "note",
    "amuse",
    "sieste",
    "automat",
    "teatime",
):
    for _ in range(5):
        wave, ends = utterance(text, rng)
        spectrum = spectrogram(wave)
        z = sums_of(w, scaled(spectrum[:, None]), np.array([len(spectrum)]))[0][:, 0]
        path = z.argmax(axis=1)
        if "".join(SOUNDS[label] for label in collapse(path.tolist())) != text:
            continue
        begun = np.flatnonzero((path != BLANK) & (path != np.concatenate([[BLANK], path[:-1]])))
        at = (begun * HOP + WIDE / 2) / RATE
        within += sum(start <= one <= end for one, (start, end) in zip(at, ends, strict=True))
        counted += len(text)
        words += 1
print(
    f"{words} of 60 words heard rightly; {within} of their {counted} sounds are first said between their beginning and their end"
)

# %% [markdown]
# ## The best path, and the best text
#
# The best path takes the likeliest symbol at each step.
# The likeliest text may be another, since many paths add up to one text.
# Two steps, a blank with 60 % and an `a` with 40 % at each:

# %%
tiny = np.log(np.array([[0.6, 0.4], [0.6, 0.4]]))
print("best path: nothing, of chance", round(0.6 * 0.6, 2))
for prefix, log in prefix_beam(tiny, 2):
    print(f"{'a' if prefix else 'nothing':9} has {np.exp(log):.2f}, all its paths together")

# %% [markdown]
# `prefix_beam` in [prefix_beam.py](../shared/worklens/analysis/sequences/prefix_beam.py) carries the best texts on, each with the chance that it ended on a blank or on its last sound.
# Does it matter? The same random texts, in more and more noise; what counts is how many sounds have to be changed, added or taken away.


# %%
def distance(a, b):
    """Levenshtein's."""
    row = list(range(len(b) + 1))
    for i, one in enumerate(a, 1):
        before, row = row, [i]
        for j, other in enumerate(b, 1):
            row.append(min(before[j] + 1, row[-1] + 1, before[j - 1] + (one != other)))
    return row[-1]


noises, width = (0.2, 0.5, 0.8, 1.1), 4
rng = np.random.default_rng(9)
texts = ["".join(rng.choice(SOUNDS[1:], rng.integers(2, 7))) for _ in range(120)]
wrong = {width: [] for width in ("best path", width)}
for noise in noises:
    x, steps, labels, lengths = recorded(texts, np.random.default_rng(10), noise)
    logs = log_softmax(sums_of(w, scaled(x), steps)[0])
    right = [tuple(row[:length].tolist()) for row, length in zip(labels, lengths, strict=True)]
    each = [logs[: steps[at], at] for at in range(len(texts))]
    heard = {"best path": [collapse(one.argmax(axis=1).tolist()) for one in each]}
    heard[width] = [prefix_beam(one, width)[0][0] for one in each]
    for name, answers in heard.items():
        wrong[name].append(sum(map(distance, answers, right)) / lengths.sum())
print(f"{lengths.sum()} sounds, of which are wrong\nnoise           ", *(f"{noise:6}" for noise in noises))
for name, shares in wrong.items():
    print(f"{name if name == 'best path' else f'beam of {name}':16}", *(f"{share:6.1%}" for share in shares))

figure, axes = plt.subplots()
axes.plot(noises, wrong["best path"], "o-", color=ORANGE, label="best path")
axes.plot(noises, wrong[width], "o-", color=BLUE, label=f"prefix beam of {width}")
axes.axvspan(0.1, 0.8, color=GREY, alpha=0.15)
axes.set(xlabel="noise (grey: what it learnt from)", ylabel="sounds wrong", title="Heard in noise")
axes.legend()

# %% [markdown]
# A little, in loud noise, where several texts are about as likely; in clear speech each step is sure, and there is nothing to win.
# What matters more is to have learnt from such noise as one meets: beyond it, both soon fail.
#
# ## What the library does that the lecture does not
#
# | the lecture | here |
# |---|---|
# | the collapse rule | also the loss with its gradient, in logarithms, for a batch of different lengths (`ctc`), held against all paths one by one in the tests |
# | | an error in words where a recording is too short for its text (`least`: each sound takes a step, a repeat a blank between) |
# | the best path | prefix beam search, with each text's log-chance |
# | a network of its own | the encoder that also reads titles, with masks, so that padding changes nothing |
