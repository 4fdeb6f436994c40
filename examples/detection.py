# %% [markdown]
# # Detection: what hangs on the board, and where?
#
# A picture of a board with notes and clocks goes in; boxes come out, each with what is in it and how sure that is.
# This is the course's week on detection (Deep Learning Specialization, course 4, week 3) with everything small enough to be seen: localisation, a window slid as a convolution, anchors, a grid's volume decoded, thresholds and suppression, average precision, landmarks.
# All but the two small networks is [analysis/detection](../shared/worklens/analysis/detection), which looks for the blocks of a working week the same way.

# %%
from itertools import pairwise

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.patches import Rectangle

from _pictures import BLUE, GREEN, GREY, ORANGE, RED, style
from worklens.analysis.detection.anchors import anchors
from worklens.analysis.detection.boxes import to_centres
from worklens.analysis.detection.convolution import as_filters, convolved, pooled
from worklens.analysis.detection.grid_volume import decoded, detected
from worklens.analysis.detection.overlap import iou
from worklens.analysis.detection.precision import Judged, average_precision
from worklens.analysis.learning.activations import sigmoid, softmax

style()
SIDE, CELL = 48, 8  # pixels of a picture, and of a cell of its grid
NOTE, CLOCK = 0, 1

# %% [markdown]
# ## The pictures
#
# A note is a bright rectangle, wide or tall; a clock a ring with one hand. Noise lies over all of it.
# The truth is known since we draw it: a box (left, top, right, bottom), a class, and for a clock where its hand ends.


# %%
def drawn(rng, count):
    """A picture (48, 48) with `count` things that hardly touch, their boxes, classes and hands' ends."""
    picture, boxes, classes, tips = np.zeros((SIDE, SIDE)), [], [], []
    while len(boxes) < count:
        kind = int(rng.integers(2))
        wide, high = (
            (2 * [rng.integers(11, 16)])
            if kind
            else ((16, 8), (8, 14))[rng.integers(2)] + rng.integers(-1, 2, 2)
        )
        left, top = rng.integers(0, SIDE - wide), rng.integers(0, SIDE - high)
        box = np.array([left, top, left + wide, top + high], dtype=float)
        if boxes and iou(box[None], np.array(boxes)).max() > 0.02:
            continue
        boxes.append(box), classes.append(kind), tips.append(DRAW[kind](picture, box, rng))
    return (
        picture + rng.normal(0, 0.12, picture.shape),
        np.array(boxes).reshape(-1, 4),
        np.array(classes, dtype=int),
        np.array(tips).reshape(-1, 2),
    )


def note(picture, box, rng):
    """A bright rectangle; it has no hand."""
    left, top, right, bottom = box.astype(int)
    picture[top:bottom, left:right] = rng.uniform(0.5, 0.8)
    return np.full(2, np.nan)


def clock(picture, box, rng):
    """A ring and a hand; where that ends."""
    middle, radius = (box[:2] + box[2:]) / 2, (box[2] - box[0]) / 2
    y, x = np.mgrid[:SIDE, :SIDE] + 0.5
    picture[np.abs(np.hypot(x - middle[0], y - middle[1]) - radius + 1) < 1] = 1
    angle = rng.uniform(0, 2 * np.pi)
    tip = middle + 0.75 * radius * np.array([np.cos(angle), np.sin(angle)])
    for part in np.linspace(0, 1, 30):
        column, row = (middle + part * (tip - middle)).astype(int)
        picture[row, column] = 1
    return tip


DRAW = (note, clock)


def outlined(axes, picture, boxes=(), colours=(), labels=()):
    """A picture with boxes over it."""
    axes.imshow(picture, cmap="gray", vmin=-0.2, vmax=1.2, extent=(0, SIDE, SIDE, 0))
    axes.set(xticks=[], yticks=[])
    axes.grid(False)
    for place, (left, top, right, bottom) in enumerate(boxes):
        axes.add_patch(
            Rectangle((left, top), right - left, bottom - top, fill=False, lw=1.8, ec=colours[place])
        )
        if len(labels):
            axes.text(left, top - 0.6, labels[place], color=colours[place], fontsize=8, va="bottom")


NAMES, COLOURS = ("note", "clock"), (ORANGE, BLUE)
rng = np.random.default_rng(4)
boards = [drawn(rng, int(rng.integers(1, 5))) for _ in range(900)]
train, test = boards[:700], boards[700:]
figure, places = plt.subplots(1, 5, figsize=(9, 2.1))
for axes, (picture, boxes, classes, _) in zip(places, train, strict=False):
    outlined(axes, picture, boxes, [COLOURS[kind] for kind in classes])
plt.show()

# %% [markdown]
# ## A network with two layers, for all that follows
#
# What differs is only the loss: its slope by the outputs is handed in.


# %%
def learnt(x, slope, outputs, rng, *, hidden=64, epochs=40, rate=3e-3, batch=512):
    """Weights of x -> ReLU -> outputs by Adam; `slope(told, rows)` is the loss's derivative by what is told."""
    weights = [rng.normal(0, (2 / n) ** 0.5, (n, m)) for n, m in pairwise((x.shape[1] + 1, hidden, outputs))]
    first, second, step = [np.zeros_like(w) for w in weights], [np.zeros_like(w) for w in weights], 0
    rows_in = np.hstack([x, np.ones((len(x), 1))])
    for _ in range(epochs):
        for rows in np.array_split(rng.permutation(len(x)), max(1, len(x) // batch)):
            step += 1
            inner = np.maximum(rows_in[rows] @ weights[0], 0)
            out = slope(inner @ weights[1], rows) / rows.size
            slopes = [rows_in[rows].T @ ((out @ weights[1].T) * (inner > 0)), inner.T @ out]
            for w, g, m, v in zip(weights, slopes, first, second, strict=True):
                m[:] = 0.9 * m + 0.1 * g
                v[:] = 0.999 * v + 0.001 * g * g
                w[:] -= rate * (m / (1 - 0.9**step)) / (np.sqrt(v / (1 - 0.999**step)) + 1e-8)
    return weights


def told(weights, x):
    """What such a network says."""
    return np.maximum(np.hstack([x, np.ones((len(x), 1))]) @ weights[0], 0) @ weights[1]


def halved(pictures):
    """Pictures at half their size: (pictures, 24, 24) for (pictures, 48, 48)."""
    table = np.array(pictures)
    half = table.shape[1] // 2
    return table.reshape(-1, half, 2, half, 2).mean(axis=(2, 4))


# %% [markdown]
# ## Localisation: one thing a picture
#
# The answer is $y = (p_c, b_x, b_y, b_h, b_w, c_1, c_2)$; where nothing is there, $p_c = 0$ and nobody asks for the rest.
# Every fourth picture is empty. The loss is the course's: logistic for $p_c$, squares for the box, a softmax for the class, the last two only where $p_c = 1$.

# %%
single = [drawn(rng, int(rng.random() < 0.75)) for _ in range(3400)]
x = halved(halved([picture for picture, *_ in single])).reshape(len(single), -1)
there = np.array([float(len(boxes)) for _, boxes, *_ in single])
place = np.array(
    [to_centres(boxes)[0][[0, 1, 3, 2]] / SIDE if len(boxes) else np.zeros(4) for _, boxes, *_ in single]
)
kind = np.array([np.eye(2)[classes[0]] if len(classes) else np.zeros(2) for *_, classes, _ in single])


def of_one(said, rows):
    """The slope of the course's loss."""
    slope = np.zeros_like(said)
    slope[:, 0] = sigmoid(said[:, 0]) - there[rows]
    slope[:, 1:5] = 10 * (said[:, 1:5] - place[rows]) * there[rows, None]
    slope[:, 5:] = (softmax(said[:, 5:]) - kind[rows]) * there[rows, None]
    return slope


weights = learnt(x[:3000], of_one, 7, rng, hidden=128, epochs=80, batch=128)
said = told(weights, x[3000:])
by, bx, bh, bw = said[:, 2], said[:, 1], said[:, 3], said[:, 4]
corner = SIDE * np.stack([bx - bw / 2, by - bh / 2, bx + bw / 2, by + bh / 2], axis=1)
full = there[3000:] == 1
overlap = np.array(
    [
        iou(mine[None], boxes)[0, 0]
        for mine, (_, boxes, *_) in zip(
            corner[full], [one for one, yes in zip(single[3000:], full, strict=True) if yes], strict=True
        )
    ]
)
right = (said[full, 5:].argmax(axis=1) == kind[3000:][full].argmax(axis=1)).mean()
print(
    f"is anything there: {((said[:, 0] > 0) == full).mean():.1%} right; which: {right:.1%}; mean IoU {overlap.mean():.2f}, above a half in {(overlap > 0.5).mean():.0%}"
)

figure, places = plt.subplots(1, 5, figsize=(9, 2.1))
for axes, row in zip(places, np.flatnonzero(full), strict=False):
    outlined(
        axes,
        single[3000 + row][0],
        [single[3000 + row][1][0], corner[row]],
        [GREY, COLOURS[said[row, 5:].argmax()]],
    )
plt.show()

# %% [markdown]
# Grey is the truth. One thing it can do; a second one has no place in seven numbers.
#
# ## A window slid as one convolution
#
# A classifier of windows of 8 by 8 (at half size), with a layer of 16 units and one output, asked at every place, would do most of its sums many times over.
# Turned into filters (`as_filters`), the same weights give all answers in one go, and the same answers.

# %%
WINDOW = 8
windows, is_clock = [], []
for picture, boxes, classes, _ in train[:500]:
    half = halved([picture])[0]
    spots = [
        *(((boxes[:, :2] + boxes[:, 2:]) / 4 - WINDOW / 2).round().astype(int)),
        *rng.integers(0, 24 - WINDOW, (6, 2)),
    ]
    for left, top in np.clip(spots, 0, 24 - WINDOW):
        middle = np.array([[left + WINDOW / 2, top + WINDOW / 2]]) * 2
        near = np.hypot(*((boxes[:, :2] + boxes[:, 2:]) / 2 - middle).T) < 2.5
        windows.append(half[top : top + WINDOW, left : left + WINDOW].ravel())
        is_clock.append(float((near & (classes == CLOCK)).any()))
is_clock = np.array(is_clock)
weights = learnt(
    np.array(windows), lambda said, rows: sigmoid(said) - is_clock[rows, None], 1, rng, hidden=16, epochs=40
)

picture, boxes, classes, _ = next(
    board for board in test if (board[2] == CLOCK).sum() == 2 and len(board[2]) == 4
)
half = halved([picture])[..., None]
layer = as_filters(weights[0][:-1], (WINDOW, WINDOW, 1))
chances = sigmoid(np.maximum(convolved(half, layer) + weights[0][-1], 0) @ weights[1])[0, :, :, 0]
one_by_one = [
    [
        sigmoid(told(weights, half[0, top : top + WINDOW, left : left + WINDOW, 0].reshape(1, -1)))[0, 0]
        for left in range(17)
    ]
    for top in range(17)
]
print(f"{chances.size} windows; convolved and one by one differ by {np.abs(chances - one_by_one).max():.0e}")

figure, (first, second, third) = plt.subplots(1, 3, figsize=(8.4, 2.6))
outlined(first, picture, boxes, [COLOURS[number] for number in classes])
first.set_title("the board")
second.imshow(chances, cmap="Blues", vmin=0, vmax=1)
second.set(title="a clock in the window?", xticks=[], yticks=[])
second.grid(False)
peaks = (
    chances
    == np.pad(pooled(np.pad(chances, 2, constant_values=-1)[None, :, :, None], 5, stride=1)[0, :, :, 0], 0)
) & (chances > 0.5)
spots = np.argwhere(peaks)[:, ::-1] * 2
outlined(third, picture, np.hstack([spots, spots + 2 * WINDOW]), [BLUE] * len(spots))
third.set_title("the best windows nearby")
plt.show()

# %% [markdown]
# It finds clocks, but every window has one size and one shape.
#
# ## Anchors
#
# Which sizes do things have? $k$-means with $1 - \mathrm{IoU}$ as the distance, so that large boxes don't count for more.

# %%
sizes = np.concatenate([boxes[:, 2:] - boxes[:, :2] for _, boxes, *_ in train])
fits = [anchors(sizes, count, np.random.default_rng(0)) for count in range(1, 6)]
chosen = fits[2]
print(
    "mean IoU with the best anchor:",
    ", ".join(f"{number} {found.fit:.2f}" for number, found in enumerate(fits, 1)),
)
plt.figure(figsize=(4.6, 3))
jitter = np.random.default_rng(0).uniform(-0.3, 0.3, sizes.shape)
plt.plot(*(sizes + jitter).T, ".", ms=2, color=GREY)
plt.plot(*chosen.sizes.T, "s", ms=9, color=RED)
plt.xlabel("width")
plt.ylabel("height")
plt.title("sizes, and three anchors")
plt.show()

# %% [markdown]
# ## The grid's volume
#
# The board is cut into 6 by 6 cells. A thing belongs to the cell in which its middle lies, and there to the anchor it is most like.
# So the truth is a volume of $6 \times 6 \times 3 \times 7$; the course's is $19 \times 19 \times 5 \times 85$, for 80 classes.
# Each cell's answer is learnt from the cell and those around it; $b_x, b_y$ are sigmoids within the cell, the sizes are an anchor's times $e^{b}$.

# %%
CELLS, ANCHORS = SIDE // CELL, chosen.sizes / CELL
AROUND = 6  # half-size pixels beyond a cell


def seen(pictures):
    """What each cell looks at: (pictures * 36, 256)."""
    edged = np.pad(halved(pictures), ((0, 0), (AROUND, AROUND), (AROUND, AROUND)))
    step, width = CELL // 2, CELL // 2 + 2 * AROUND
    return np.array(
        [
            one[r * step : r * step + width, c * step : c * step + width].ravel()
            for one in edged
            for r in range(CELLS)
            for c in range(CELLS)
        ]
    )


def volume_of(boxes, classes):
    """The truth as pc, the middle within the cell, logarithms of height and width by the anchor's, and classes."""
    truth = np.zeros((CELLS, CELLS, len(ANCHORS), 7))
    for (x, y, wide, high), number in zip(to_centres(boxes) / CELL, classes, strict=True):
        best = int(
            np.argmax(
                [
                    min(wide, w) * min(high, h) / (wide * high + w * h - min(wide, w) * min(high, h))
                    for w, h in ANCHORS
                ]
            )
        )
        sizes = np.log([high / ANCHORS[best, 1], wide / ANCHORS[best, 0]])
        truth[int(y), int(x), best] = [1, x % 1, y % 1, *sizes, *np.eye(2)[number]]
    return truth


truth = np.array([volume_of(boxes, classes) for _, boxes, classes, _ in train]).reshape(-1, len(ANCHORS), 7)


def of_volume(said, rows):
    """The same loss, an anchor at a time."""
    said, wanted = said.reshape(-1, len(ANCHORS), 7), truth[rows]
    has, slope = wanted[..., :1], np.zeros((rows.size, len(ANCHORS), 7))
    slope[..., 0] = sigmoid(said[..., 0]) - wanted[..., 0]
    middle = sigmoid(said[..., 1:3])
    slope[..., 1:3] = 3 * has * (middle - wanted[..., 1:3])
    slope[..., 3:5] = 3 * has * (said[..., 3:5] - wanted[..., 3:5])
    slope[..., 5:] = has * (softmax(said[..., 5:]) - wanted[..., 5:])
    return slope.reshape(rows.size, -1)


weights = learnt(
    seen([picture for picture, *_ in train]), of_volume, len(ANCHORS) * 7, rng, hidden=96, epochs=30
)
volumes = told(weights, seen([picture for picture, *_ in test])).reshape(
    len(test), CELLS, CELLS, len(ANCHORS), 7
)
print("a volume:", volumes[0].shape)

# %% [markdown]
# ## Thresholds and suppression
#
# Of 108 boxes nearly all are about nothing. A threshold on $p_c \cdot c$ leaves those that are about something, and here and there several about one thing, of neighbouring cells or of two anchors; suppression keeps the best of those, within a class.
# This is the board on which there is most to suppress.

# %%
crowd = [
    len(decoded(volume, ANCHORS, least=0.05).scores) - len(detected(volume, ANCHORS, least=0.05).scores)
    for volume in volumes
]
board = int(np.argmax(crowd))
picture, boxes, classes, _ = test[board]
volume = volumes[board]
views = {
    "all, the surest darker": decoded(volume, ANCHORS, least=0.0),
    "0.05 or more": decoded(volume, ANCHORS, least=0.05),
    "suppressed": detected(volume, ANCHORS, least=0.05),
}
figure, places = plt.subplots(1, 4, figsize=(9, 2.5))
outlined(places[0], picture, boxes, [GREY] * len(boxes))
places[0].set_title("the truth")
for axes, (name, found) in zip(places[1:], views.items(), strict=True):
    few = len(found.scores) < 20
    shades = [
        (*plt.matplotlib.colors.to_rgb(COLOURS[number]), 1.0 if few else max(0.08, score))
        for number, score in zip(found.classes, found.scores, strict=True)
    ]
    outlined(
        axes,
        picture,
        SIDE * found.boxes,
        shades,
        [f"{score:.2f}" for score in found.scores] if name == "suppressed" else (),
    )
    axes.set_title(f"{name}: {len(found.scores)}")
plt.show()

# %% [markdown]
# ## How good?
#
# A box is right if it covers a thing of its class by an IoU of a half, and no better one has taken that. Average precision sums over all thresholds; mAP is its mean over the classes.
# The boards hold things that hardly touch, so what suppresses them matters little as long as it leaves neighbours alone: at 0 a note beside a note is lost.


# %%
def precisions(threshold, least_iou=0.5):
    """The average precision of notes and clocks on the boards that nothing was learnt from."""
    each = []
    for number in (NOTE, CLOCK):
        judged = []
        for volume, (_, boxes, classes, _) in zip(volumes, test, strict=True):
            found = detected(volume, ANCHORS, least=0.02, threshold=threshold)
            mine = found.classes == number
            judged.append(Judged(SIDE * found.boxes[mine], found.scores[mine], boxes[classes == number]))
        each.append(average_precision(judged, least_iou))
    return each


thresholds = np.array([0.0, 0.1, 0.2, 0.3, 0.5, 0.7, 0.9, 1.0])
table = np.array([precisions(threshold) for threshold in thresholds])
print(
    f"mAP {table[3].mean():.3f}: notes {table[3, 0]:.3f}, clocks {table[3, 1]:.3f}; at an IoU of 0.75 {np.mean(precisions(0.3, 0.75)):.3f}"
)
for name, colour, column in zip(NAMES, COLOURS, table.T, strict=True):
    plt.plot(thresholds, column, "o-", color=colour, label=name)
plt.legend()
plt.xlabel("IoU above which a better box suppresses one; 1 suppresses none")
plt.ylabel("average precision")
plt.ylim(0, 1)
plt.show()

# %% [markdown]
# ## Landmarks are points of a box
#
# Where does a clock's hand end? Two more numbers, told as parts of the box, so that they move and grow with it: the window is cut out by the box that was found, and brought to one size.


# %%
def cut_out(picture, box, size=12):
    """The part of a picture in a box, at one size."""
    columns, rows = (
        np.clip((low + (np.arange(size) + 0.5) * (high - low) / size).astype(int), 0, SIDE - 1)
        for low, high in ((box[0], box[2]), (box[1], box[3]))
    )
    return picture[np.ix_(rows, columns)].ravel()


clocks = [
    (cut_out(picture, near), (tip - near[:2]) / (near[2:] - near[:2]))
    for picture, boxes, classes, tips in train
    for box, tip in zip(boxes[classes == CLOCK], tips[classes == CLOCK], strict=True)
    for near in box + rng.normal(0, 0.6, (4, 4))  # boxes that are found aren't drawn to the pixel
]
crops, ends = (np.array(part) for part in zip(*clocks, strict=True))
weights = learnt(crops, lambda said, rows: said - ends[rows], 2, rng, epochs=40, batch=128)

figure, places = plt.subplots(1, 5, figsize=(9, 2.1))
off, spots = [], iter(places)
for volume, (picture, boxes, classes, tips) in zip(volumes, test, strict=True):
    found = detected(volume, ANCHORS, least=0.4)
    mine = SIDE * found.boxes[found.classes == CLOCK]
    if not len(mine) or not (classes == CLOCK).any():
        continue
    points = mine[:, :2] + told(weights, np.array([cut_out(picture, box) for box in mine])) * (
        mine[:, 2:] - mine[:, :2]
    )
    cover = iou(boxes[classes == CLOCK], mine)
    off += [
        np.hypot(*(points[row.argmax()] - tip))
        for row, tip in zip(cover, tips[classes == CLOCK], strict=True)
        if row.max() >= 0.5
    ]
    if axes := next(spots, None):
        outlined(axes, picture, mine, [BLUE] * len(mine))
        axes.plot(*points.T, "o", color=GREEN, ms=5)
print(
    f"{len(off)} clocks found: the hand's end is off by {np.median(off):.1f} pixels in the middle, of clocks 11 to 15 wide; {np.mean(np.array(off) < 2):.0%} by less than 2"
)
plt.show()

# %% [markdown]
# ## The same on a person's weeks
#
# A year of work is a picture too, of weeks by weekdays by hours, and a habit is a box in it.
# There nobody has drawn the truth, and pictures are few: so [rhythms.py](../shared/worklens/analysis/detection/rhythms.py) scores every box by how far it exceeds the usual week instead of by weights that were learnt, and says nothing where chance gives as much.
# Proposals, scores, thresholds, suppression and the judge are those of this page.
