"""The sequences room beside PyTorch on the CPU: a training epoch and a beam search of the same model, in float32, one BLAS thread each.

The model reads a date as people write it and says it as ISO 8601 has it: 64 GRU units each way, a decoder of 64 with additive
attention. Before timing, both sides are held to the same loss and the same gradient of every weight to 1e-6 (in float64, from
the same weights), and the two searches to the same texts.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from random import Random

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

from _table import Row, interleaved, row, show
from worklens.analysis.arrays import Ints
from worklens.analysis.learning.arrays import Reals
from worklens.analysis.learning.optimisers import Adam
from worklens.analysis.sequences import parameters
from worklens.analysis.sequences.beam import ALPHA, beam
from worklens.analysis.sequences.buckets import buckets
from worklens.analysis.sequences.decoder import Decoder
from worklens.analysis.sequences.embedding import scatter
from worklens.analysis.sequences.encoder import Encoder, encode
from worklens.analysis.sequences.masks import mask_of
from worklens.analysis.sequences.speaker import DecoderSpeaker
from worklens.analysis.sequences.translator import END, Translator, backward, part

EXAMPLES, BATCH, RATE = 10_000, 128, 3e-3
VECTOR, UNITS, LOOKING = 32, 64, 64
WIDTH, SOURCES, LONGEST = 10, 256, 20
SAID = "\n0123456789-T"  # 13 symbols, the first ends a text
READ = " abcdefghijklmnopqrstuvwxyz0123456789,./-"
FORMS = (
    "%d %B %Y",
    "%d %b %y",
    "%A %d %B %Y",
    "%B %d, %Y",
    "%d/%m/%Y",
    "%a, %d %b %Y",
    "%Y.%m.%d",
    "%A, %B %d, %Y",
)
EQUAL = 1e-6

MODEL = Translator(Encoder(VECTOR, UNITS), Decoder(len(SAID), VECTOR, UNITS, 2 * UNITS, LOOKING))
SHAPES = {"table": (len(READ) + 1, VECTOR), **MODEL.shapes()}


@dataclass(frozen=True, eq=False)
class Dates:
    """Written dates and what they are: symbols filled up with 0 (time, examples), and how long each is."""

    x: Ints
    lengths: Ints
    y: Ints
    y_lengths: Ints


def dates(count: int, seed: int) -> Dates:
    """The same ones for the same seed."""
    rng = Random(seed)
    days = [date(1990, 1, 1) + timedelta(rng.randrange(20_000)) for _ in range(count)]
    written = [day.strftime(rng.choice(FORMS)).lower() for day in days]
    x = _symbols([[READ.index(sign) + 1 for sign in text] for text in written])
    y = _symbols([[SAID.index(sign) for sign in day.isoformat()] for day in days])
    return Dates(x, np.array([len(text) for text in written]), y, np.full(count, len("2026-11-24")))


def _symbols(texts: list[list[int]]) -> Ints:
    out = np.zeros((max(map(len, texts)) + 1, len(texts)), np.int64)
    for at, text in enumerate(texts):
        out[: len(text), at] = text
    return out


def batch(data: Dates, which: Ints, dtype: type = np.float32) -> tuple[Ints, Reals, Ints, Reals]:
    """Some examples: what is read and its mask, what is to be said (END with it) and its mask."""
    longest, said = data.lengths[which].max(), data.y_lengths[which].max() + 1
    return (
        data.x[:longest, which],
        mask_of(data.lengths[which], dtype),
        data.y[:said, which],
        mask_of(data.y_lengths[which] + 1, dtype),
    )


def gradient(theta: Reals, into: Reals, some: tuple[Ints, Reals, Ints, Reals]) -> float:
    """Ours: the loss, and its gradient by every weight into `into`."""
    x, x_mask, y, y_mask = some
    w, d = parameters.cut(theta, SHAPES), parameters.cut(into, SHAPES)
    padding = None if x_mask.all() else x_mask
    loss, d_x = backward(MODEL, w, w["table"][x], padding, y, y_mask, d)
    scatter(x.ravel(), d_x.reshape(-1, VECTOR), d["table"])
    return loss


# ----- The same in PyTorch -----


class Peer(nn.Module):
    """Its own GRU over packed sequences, its own cell in the decoder."""

    def __init__(self) -> None:
        super().__init__()
        self.table = nn.Embedding(len(READ) + 1, VECTOR)
        self.reads = nn.GRU(VECTOR, UNITS, bidirectional=True)
        self.said = nn.Embedding(len(SAID), VECTOR)
        self.start = nn.Linear(2 * UNITS, UNITS)
        self.keys = nn.Linear(2 * UNITS, LOOKING, bias=False)
        self.query = nn.Linear(UNITS, LOOKING, bias=False)
        self.energy = nn.Linear(LOOKING, 1, bias=False)
        self.cell = nn.GRUCell(VECTOR + 2 * UNITS, UNITS)
        self.out = nn.Linear(UNITS + 2 * UNITS, len(SAID))
        for name in ("bias_hh_l0", "bias_hh_l0_reverse"):
            getattr(self.reads, name).requires_grad_(False)  # a second bias, which ours leaves out
        self.cell.bias_hh.requires_grad_(False)

    def read(self, x: Tensor, lengths: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """Annotations (batch, time, ..), their keys, where padding is, and the decoder's first state."""
        packed = pack_padded_sequence(self.table(x), lengths, enforce_sorted=False)
        told, last = self.reads(packed)
        annotations = pad_packed_sequence(told, batch_first=True)[0]
        absent = torch.arange(annotations.shape[1]) >= lengths[:, None]
        state = torch.tanh(self.start(torch.cat([last[0], last[1]], 1)))
        return annotations, self.keys(annotations), absent, state

    def step(
        self, given: Tensor, state: Tensor, annotations: Tensor, keys: Tensor, absent: Tensor
    ) -> tuple[Tensor, Tensor]:
        """The next state, and what a symbol is told from."""
        energy = self.energy(torch.tanh(keys + self.query(state)[:, None]))[:, :, 0]
        weights = torch.softmax(energy.masked_fill(absent, -1e9), 1)
        context = torch.bmm(weights[:, None], annotations)[:, 0]
        state = self.cell(torch.cat([given, context], 1), state)
        return state, torch.cat([state, context], 1)

    def forward(self, x: Tensor, lengths: Tensor, y: Tensor, y_mask: Tensor) -> Tensor:
        """The mean over the examples of what saying them costs, under teacher forcing."""
        annotations, keys, absent, state = self.read(x, lengths)
        given = self.said(torch.cat([torch.zeros_like(y[:1]), y[:-1]]))
        shown = []
        for one in given:
            state, told = self.step(one, state, annotations, keys, absent)
            shown.append(told)
        sums = self.out(torch.stack(shown))
        each = nn.functional.cross_entropy(sums.flatten(0, 1), y.flatten(), reduction="none")
        return (each * y_mask.flatten()).sum() / y.shape[1]


def _gates(weight: Reals) -> Reals:
    """From z, r, n to PyTorch's r, z, n, outputs first."""
    z, r, n = np.split(weight, 3, axis=-1)
    return np.concatenate([r, z, n], axis=-1).T


def as_peer(theta: Reals) -> dict[str, Reals]:
    """Our weights, or our gradient, by the peer's names and in its order."""
    w = parameters.cut(theta, SHAPES)
    found = {
        "table.weight": w["table"],
        "said.weight": w["decoder_said"],
        "energy.weight": w["decoder_va"][None],
    }
    for way, name in (("f", "l0"), ("b", "l0_reverse")):
        found[f"reads.weight_ih_{name}"] = _gates(w[f"encoder_{way}w"])
        found[f"reads.weight_hh_{name}"] = _gates(w[f"encoder_{way}u"])
        found[f"reads.bias_ih_{name}"] = _gates(w[f"encoder_{way}c"])
    found["start.weight"], found["start.bias"] = w["decoder_sw"].T, w["decoder_sc"]
    found["keys.weight"], found["query.weight"] = w["decoder_ua"].T, w["decoder_wa"].T
    found["cell.weight_ih"] = np.concatenate([_gates(w["decoder_w"]), _gates(w["decoder_wc"])], axis=1)
    found["cell.weight_hh"], found["cell.bias_ih"] = _gates(w["decoder_u"]), _gates(w["decoder_c"])
    found["out.weight"], found["out.bias"] = w["decoder_o"].T, w["decoder_oc"]
    return found


def peer_of(theta: Reals) -> Peer:
    """The peer with our weights."""
    peer = Peer().to(torch.float64 if theta.dtype == np.float64 else torch.float32)
    with torch.no_grad():
        known = dict(peer.named_parameters())
        for name, array in as_peer(theta).items():
            known.pop(name).copy_(torch.from_numpy(np.ascontiguousarray(array)))
        for rest in known.values():
            rest.zero_()
    return peer


def as_tensors(some: tuple[Ints, Reals, Ints, Reals]) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """What `forward` takes."""
    x, x_mask, y, y_mask = some
    lengths = torch.from_numpy(x_mask.sum(axis=0).astype(np.int64))
    return torch.from_numpy(x), lengths, torch.from_numpy(y), torch.from_numpy(y_mask)


@torch.no_grad()
def peers_beam(peer: Peer, x: Tensor, lengths: Tensor, width: int, longest: int) -> tuple[Tensor, Tensor]:
    """The likeliest text of each source and its score: as `beam` ranks them, given up when nothing better can come."""
    annotations, keys, absent, state = (one.repeat_interleave(width, 0) for one in peer.read(x, lengths))
    sources = len(lengths)
    sums = torch.full((sources, width), -torch.inf)
    sums[:, 0] = 0
    lines = torch.zeros((sources, width, longest), dtype=torch.long)
    texts, scores = lines.clone(), torch.full((sources, width), -torch.inf)
    said, first = torch.zeros(sources * width, dtype=torch.long), torch.arange(sources)[:, None] * width
    for t in range(longest):
        state, shown = peer.step(peer.said(said), state, annotations, keys, absent)
        chances = torch.log_softmax(peer.out(shown), 1)
        symbols = chances.shape[1]
        sums, best = (sums[:, :, None] + chances.view(sources, width, symbols)).flatten(1).topk(width)
        came, symbol = best // symbols, best % symbols
        lines = lines.gather(1, came[:, :, None].expand_as(lines))
        lines[:, :, t] = symbol
        over = (symbol == END) | (t + 1 == longest)
        if over.any():
            ended = torch.where(over, sums, -torch.inf) / (t + 1) ** ALPHA
            scores, order = torch.cat([scores, ended], 1).topk(width)
            texts = torch.cat([texts, lines], 1).gather(1, order[:, :, None].expand_as(lines))
            sums = sums.masked_fill(over, -torch.inf)
        sums = sums.masked_fill(sums / longest**ALPHA <= scores[:, -1:], -torch.inf)
        if not sums.isfinite().any():
            break
        state, said = state[(first + came).flatten()], symbol.flatten()
    return texts[:, 0], scores[:, 0]


# ----- What is measured -----


def equal(data: Dates) -> None:
    """The same loss and gradients on both sides, in float64. Raises AssertionError."""
    theta = parameters.initialise(SHAPES, np.random.default_rng(1))
    into = np.empty_like(theta)
    some = batch(data, np.arange(BATCH), np.float64)
    ours, peer = gradient(theta, into, some), peer_of(theta)
    theirs = peer(*as_tensors(some))
    theirs.backward()
    wanted = as_peer(into)
    worst = max(
        float(np.abs(one.grad.numpy() - wanted[name]).max())
        for name, one in peer.named_parameters()
        if one.grad is not None
    )
    assert set(wanted) == {name for name, one in peer.named_parameters() if one.grad is not None}
    assert abs(ours - float(theirs.detach())) < EQUAL
    assert worst < EQUAL
    print(f"the same loss, and every gradient within {max(worst, 1e-16):.0e}")


def training(data: Dates) -> tuple[Row, Reals]:
    """An epoch with Adam over the same buckets, and the weights that ours came to."""
    theta = parameters.initialise(SHAPES, np.random.default_rng(1)).astype(np.float32)
    peer, into, adam = peer_of(theta), np.empty_like(theta), Adam()
    step = torch.optim.Adam([one for one in peer.parameters() if one.requires_grad], RATE, fused=True)
    losses: dict[str, list[float]] = {"ours": [], "peer": []}

    def ours() -> None:
        total = []
        for which in buckets(data.lengths, BATCH, np.random.default_rng(len(losses["ours"]))):
            total.append(gradient(theta, into, batch(data, which)))
            adam.step(theta, into, RATE)
        losses["ours"].append(float(np.mean(total)))

    def theirs() -> None:
        total = []
        for which in buckets(data.lengths, BATCH, np.random.default_rng(len(losses["peer"]))):
            step.zero_grad(set_to_none=True)
            loss = peer(*as_tensors(batch(data, which)))
            loss.backward()
            step.step()
            total.append(float(loss.detach()))
        losses["peer"].append(float(np.mean(total)))

    found = row("training epoch, 10,000 dates", *interleaved(ours, theirs, 3), target=1.5, unit="ms")
    for name, seen in losses.items():
        print(f"loss by epoch, {name}: {', '.join(f'{one:.4f}' for one in seen)}")
    assert all(later < earlier for earlier, later in pairwise(losses["ours"][:3]))
    return found, theta


def searching(theta: Reals) -> Row:
    """Beam 10 over 256 sources with the weights learnt, the same on both sides."""
    data, peer, w = dates(SOURCES, 99), peer_of(theta), parameters.cut(theta, SHAPES)
    x, mask, _, _ = batch(data, np.arange(SOURCES))
    x_there, lengths, _, _ = as_tensors(batch(data, np.arange(SOURCES)))

    def ours() -> tuple[Ints, Reals]:
        seen = encode(MODEL.encoder, part(w, "encoder"), w["table"][x], mask)
        speaker = DecoderSpeaker(MODEL.decoder, part(w, "decoder"), seen.annotations, seen.features, mask)
        found = beam(speaker, SOURCES, WIDTH, LONGEST)
        return found.texts[:, 0], found.scores[:, 0]

    def theirs() -> tuple[Tensor, Tensor]:
        return peers_beam(peer, x_there, lengths, WIDTH, LONGEST)

    (mine, score), (other, peers_score) = ours(), theirs()
    same = (mine == other.numpy()).all(axis=1).mean()
    print(
        f"the searches agree on {100 * same:.1f} % of the texts, scores within {np.abs(score - peers_score.numpy()).max():.0e}"
    )
    assert same > 0.99
    return row(
        "beam search, 256 sources, B = 10, 13 symbols", *interleaved(ours, theirs, 5), target=1.3, unit="ms"
    )


def main() -> None:
    """Both, each after its check."""
    torch.set_num_threads(1)
    data = dates(EXAMPLES, 7)
    equal(data)
    first, theta = training(data)
    show([first, searching(theta)])


if __name__ == "__main__":
    main()
