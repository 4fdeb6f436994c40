"""The reader of titles beside dateparser, parsedatetime and ctparse: right dates, false alarms, speed; and whose fault misses are.

Phrases: the English ones of ctparse's own corpus that mean one instant; nothing was learnt from them. Titles: those of
sip-tasks.csv in WORKLENS_TEST_DATA, else in ../shared/data; without it that part is left out, and says so.
"""

from __future__ import annotations

import csv
import os
import re
import time
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from random import Random
from typing import Any

import numpy as np

from _table import interleaved, row, show
from worklens.analysis.sequences.charge import charge, score_of
from worklens.analysis.sequences.speaker import DecoderSpeaker
from worklens.analysis.sequences.translator import part
from worklens.reading.automaton import usable
from worklens.reading.calibrate import NOW, meant
from worklens.reading.constrained import ProgramSpeaker
from worklens.reading.language import render
from worklens.reading.network import listen, model
from worklens.reading.phrases.english import ENGLISH
from worklens.reading.phrases.examples import Example, examples
from worklens.reading.reader import ALPHA, LONGEST, as_arrays, numbers_of, read, search, shipped
from worklens.reading.symbols import NUMBER_OF

Found = tuple[str | None, str | None]
"""YYYY-MM-DD and HH:MM, or None."""

# Words of the corpus that are German, and so is the phrase in which one stands; ctparse reads both languages.
GERMAN = frozenset(
    """ab abend abends acht bis den dem der des dez dezember di die dienstag dienstagabend dienstagmorgen dienstags diese
    diesen dieser do donnerstag eben ein eine ende erster freitag freitags freitagnachmittag freitagvormittag früh frueh
    früher frühestens frühstens für gegen genau gerade gestern halb halbe halfe heute jahres januar jetzt juli juni kommenden
    kw letzter mai mi minuten mittag mittags mitternacht mittwoch mittwochvormittag mo monat monats montag montags
    montagmorgen morgen morgens mrz mär märz möglich möglicher nach nachmittag nachmittags nacht nachts neun nicht nächste
    nächsten nächte oktober okt samstag samstagfrüh sehr so sonntag sonntagnacht spät späten später spätest spätestens
    spätnachmittag spätnachmittags stunde tage ter uhr um und viertel vom von vor vorgestern vormittags woche wochen zeit zu
    zum zwanzig zwischen übermorgen übernachtung ün sa fr""".split()  # noqa: SIM905
)
ONE_INSTANT = re.compile(r"Time\[\]\{(\d{4}-\d\d-\d\d) (\d\d:\d\d|X:X) \(X/(?:X|\w+)\)\}")
MONTH = "(?:jan|feb|apr|jun|jul|aug|sept?|oct|nov|dec)"
DATED = re.compile(
    rf"\d{{1,4}}[./-]\d{{1,2}}[./-]\d{{1,4}}|\b{MONTH}\b|\b(?:mar|may)[a-z]*.{{0,3}}\d|\d.{{0,4}}(?:mar|may)|\d{MONTH}|{MONTH}\d|"
    r"\b(?:january|february|april|june|july|august|september|october|november|december)\b|"
    r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)day|\d:\d\d|\d ?[ap]\.?m\b|\b(?:at|from) \d{3,4}\b|\b(?:19|20)\d\d\b|"
    r"\b(?:to(?:day|morrow|night)|yesterday|daily|weekly|monthly|yearly|weekend)\b|\bweek \d|\bevery \d|"
    r"\bmonth[ -]+end\b|\d(?:st|nd|rd|th) day\b",
    re.IGNORECASE,
)
"""What names a calendar day, a month, a weekday, a time, a year or a rhythm: a reading of such a title is no false alarm."""


@dataclass(frozen=True)
class Case:
    """A phrase, when it was said, and what is right."""

    phrase: str
    said: datetime
    right: Found


def cases() -> list[Case]:
    """The English single instants of ctparse's corpus."""
    from ctparse.time.corpus import corpus

    found = []
    for gold, said, phrases in corpus:
        instant = ONE_INSTANT.fullmatch(gold)
        if instant:
            clock = None if instant[2] == "X:X" else instant[2]
            at = datetime.fromisoformat(said).replace(tzinfo=UTC)
            found += [Case(text, at, (instant[1], clock)) for text in phrases if not is_german(text)]
    return found


def is_german(text: str) -> bool:
    """Whether a German word stands in it."""
    return bool(GERMAN & set(re.findall(r"[^\W\d_]+", text.lower())))


# ----- The readers -----


def ours(titles: Sequence[str], said: datetime) -> list[Found]:
    """Worklens."""
    whens = [one.when for one in read(titles, said)]
    return [
        (when.day.isoformat(), f"{when.time:%H:%M}" if when.time else None) if when else (None, None)
        for when in whens
    ]


def by_dateparser(text: str, said: datetime) -> Found:
    """dateparser, as its documentation advises for times to come."""
    import dateparser

    base = said.replace(tzinfo=None)
    settings: Any = {"RELATIVE_BASE": base, "PREFER_DATES_FROM": "future", "RETURN_AS_TIMEZONE_AWARE": False}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return _shown(dateparser.parse(text, languages=["en"], settings=settings))


def by_search(text: str, said: datetime) -> Found:
    """dateparser's search within a title."""
    from dateparser.search import search_dates

    settings: Any = {"RELATIVE_BASE": said.replace(tzinfo=None), "PREFER_DATES_FROM": "future"}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = search_dates(text, languages=["en"], settings=settings)
    return _shown(found[0][1] if found else None)


def by_parsedatetime(text: str, said: datetime) -> Found:
    """parsedatetime; what it says of 0 is that nothing was found."""
    import parsedatetime

    found, kind = parsedatetime.Calendar().parseDT(text, sourceTime=said.replace(tzinfo=None))
    return _shown(found) if kind else (None, None)


def by_ctparse(text: str, said: datetime) -> Found:
    """ctparse, whose own rules and corpus these are."""
    from ctparse import ctparse
    from ctparse.types import Time

    found = ctparse(text, ts=said.replace(tzinfo=None), timeout=2)
    value = found.resolution if found else None
    if not isinstance(value, Time) or value.year is None or value.month is None or value.day is None:
        return None, None
    clock = None if value.hour is None else f"{value.hour:02d}:{value.minute or 0:02d}"
    return f"{value.year}-{value.month:02d}-{value.day:02d}", clock


def _shown(found: datetime | None) -> Found:
    return (f"{found:%Y-%m-%d}", f"{found:%H:%M}") if found else (None, None)


PEERS: dict[str, Callable[[str, datetime], Found]] = {
    "dateparser": by_dateparser,
    "parsedatetime": by_parsedatetime,
    "ctparse (its own corpus)": by_ctparse,
}


# ----- What is measured -----


def accuracy() -> None:
    """Right dates, and right times where the corpus names one."""
    known = cases()
    timed = [at for at, case in enumerate(known) if case.right[1]]
    print(
        f"\nctparse's corpus: {len(known)} English phrases that mean one instant, {len(timed)} of them with a time"
    )
    mine = [ours([case.phrase], case.said)[0] for case in known]
    _line("worklens", known, timed, mine)
    for name, reader in PEERS.items():
        _line(name, known, timed, [reader(case.phrase, case.said) for case in known])
    misses = [(case, found) for case, found in zip(known, mine, strict=True) if case.right[0] != found[0]]
    for case, found in misses:
        (reading,) = read([case.phrase], case.said)
        second = any(one.when and one.when.day.isoformat() == case.right[0] for one in reading.meanings)
        program = render(reading.meanings[0].program) if reading.meanings else ""
        print(
            f"  missed: {case.phrase!r} is {case.right[0]}, read as {found[0]} by {program}{', right among the others' * second}"
        )


def _line(name: str, known: list[Case], timed: list[int], found: list[Found]) -> None:
    days = sum(case.right[0] == one[0] for case, one in zip(known, found, strict=True))
    times = sum(known[at].right == found[at] for at in timed)
    print(
        f"{name:26} date {100 * days / len(known):5.1f} %   date and time {100 * times / max(1, len(timed)):5.1f} %"
    )


def titles() -> list[str]:
    """Real titles that hardly ever carry a time; none where the file isn't there."""
    root = Path(
        os.environ.get("WORKLENS_TEST_DATA") or Path(__file__).resolve().parents[2] / "shared" / "data"
    )
    file = root / "sip-tasks.csv"
    if not file.exists():
        return []
    with file.open(encoding="utf-8", errors="replace", newline="") as lines:
        return [one["title"] for one in csv.DictReader(lines)]


def alarms() -> None:
    """How often a time is read from titles that name none; the slow peers on every sixteenth."""
    every = titles()
    known = [title for title in every if not DATED.search(title)]
    if not known:
        print("\nFalse alarms were not measured: name the folder of sip-tasks.csv in WORKLENS_TEST_DATA")
        return
    said = NOW
    raised = [title for title, found in zip(known, ours(known, said), strict=True) if found[0]]
    print(f"\nfalse alarms on {len(known)} titles that name no day, time or year")
    print(f"{'worklens':26} {100 * len(raised) / len(known):5.2f} %")
    spoken = sum(found[0] is not None for found in ours(every, said))
    print(f"{'':26} and a time is read from {100 * spoken / len(every):.2f} % of all {len(every)}")
    some = known[::16]
    for name, reader in (("dateparser (search)", by_search), ("parsedatetime", by_parsedatetime)):
        count = sum(reader(title, said)[0] is not None for title in some)
        print(f"{name:26} {100 * count / len(some):5.2f} % (of {len(some)})")


def faults() -> None:
    """Misses among phrases of our own grammar with a seed of their own, charged to the beam or to the model."""
    held, made = shipped(), list(islice(examples(90_210), 4000))
    readings = read([one.title for one in made], NOW)
    missed = [
        one
        for one, reading in zip(made, readings, strict=True)
        if (reading.meanings[0].when if reading.meanings else None) != meant(one) != "impossible"
    ]
    told = [_scores(one) for one in missed]
    right, returned = (np.array([pair[at] for pair in told]) for at in (0, 1))
    found = charge(right, returned, np.ones(len(missed), np.bool_))
    print(
        f"\nof {len(made)} phrases of our own grammar, seed apart: {found.misses} misread; "
        f"the beam's fault {found.beam}, the model's {found.model}"
    )
    aloud = sum(reading.when is not None for reading in readings)
    wrong = sum(
        reading.when is not None and reading.when != meant(one)
        for one, reading in zip(made, readings, strict=True)
    )
    print(f"said aloud at a confidence of {held.least:g} or more: {aloud}, of them wrong {wrong}")


def _scores(one: Example) -> tuple[float, float]:
    """The model's score of what is right, and of what the search returned."""
    held = shipped()
    reads = as_arrays([one.tokens], held)
    seen, _ = listen(held.arrays, reads)
    decoder = DecoderSpeaker(
        model().decoder, part(held.arrays, "decoder"), seen.annotations, seen.features, reads.mask
    )
    speaker = ProgramSpeaker(decoder, usable([numbers_of(one.tokens)]))
    text = [NUMBER_OF[symbol] for symbol in one.symbols]
    right = np.array([text + [0] * (LONGEST - len(text))])
    return float(score_of(speaker, right, ALPHA)[0]), float(search([one.tokens], held)[1][0, 0])


def speed() -> None:
    """256 English phrases at once, beside dateparser one by one on every fourth: milliseconds a phrase.

    Each run has phrases of its own, so that what either side remembers of a phrase helps neither.
    """
    rng = Random(7)
    batches = [[ENGLISH.write("phrase", rng).text.strip() for _ in range(256)] for _ in range(8)]
    ours, peers = iter(batches), iter(batches)
    mine, theirs = interleaved(
        lambda: read(next(ours), NOW), lambda: [by_dateparser(phrase, NOW) for phrase in next(peers)[::4]], 7
    )
    show(
        [
            row(
                "when, a phrase in batches of 256, beside dateparser",
                [one / 256 for one in mine],
                [one / 64 for one in theirs],
                target=1,
                unit="ms",
            )
        ]
    )
    batch = [ENGLISH.write("phrase", rng).text.strip() for _ in range(256)]
    start = time.process_time()
    read(batch, NOW)
    print(f"CPU a phrase: {1000 * (time.process_time() - start) / len(batch):.3f} ms")


def main() -> None:
    """All four."""
    accuracy()
    alarms()
    faults()
    speed()


if __name__ == "__main__":
    main()
