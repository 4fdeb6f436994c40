"""A reading of a title, for a person and as data."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from datetime import date, datetime, time
from io import BufferedIOBase
from typing import Any, cast
from unicodedata import east_asian_width

from worklens.cli.shell import Shell
from worklens.cli.voice import write
from worklens.reading.execute import When
from worklens.reading.language import render
from worklens.reading.reader import Meaning, Reading, attention, read
from worklens.render.safe import clean
from worklens.render.understood import Understood

SHADES = " ░▒▓█"  # how much of a look went to a word, in fifths
AT_ONCE = (
    2**16
)  # bytes, of a thousand titles: sorted by length before they are read, so that batches are alike


def document(reading: Reading) -> dict[str, Any]:
    """A reading as data; where nothing is said, all but the confidence is null."""
    said = reading.meanings[0] if reading.when else None
    return {
        **_plain(said),
        "span": reading.title[slice(*reading.span)] if said else None,
        "confidence": round(reading.confidence, 4),
        "runner_up": _plain(reading.other) | {"chance": round(reading.other.chance, 4)}
        if reading.other
        else None,
    }


def _plain(meaning: Meaning | None) -> dict[str, Any]:
    when = meaning.when if meaning else None
    return {
        "date": when.day.isoformat() if when else None,
        "time": f"{when.time:%H:%M}" if when and when.time else None,
        "recurs": {"every": when.every[0], "unit": when.every[1]} if when and when.every else None,
        "program": render(meaning.program) if meaning and when else None,
    }


def write_lines(shell: Shell, now: datetime, worked: Callable[[date], bool]) -> None:
    """Every line of standard input read, a line each in its order, as they come."""
    import msgspec

    for titles in arriving(cast("BufferedIOBase", sys.stdin.buffer)):
        readings = read(titles, now, worked)
        if shell.json:
            write(b"".join(msgspec.json.encode(document(one)) + b"\n" for one in readings))
        else:
            for one in readings:
                print(shell.say("when-nothing") if one.when is None else day_shown(shell, one.when))
            sys.stdout.flush()


def arriving(stream: BufferedIOBase) -> Iterator[list[str]]:
    """The lines that are there, many at once of a file, and of who types each by itself."""
    begun: list[bytes] = []  # of a line whose end hasn't come
    while some := stream.read1(AT_ONCE):
        *lines, rest = some.split(b"\n")
        if lines:
            lines[0] = b"".join([*begun, lines[0]])
            begun.clear()
            yield [_text(line) for line in lines]
        begun.append(rest)
    if last := b"".join(begun):
        yield [_text(last)]


def _text(line: bytes) -> str:
    return line.decode("utf-8", "replace").rstrip("\r\n")


def show(shell: Shell, reading: Reading) -> None:
    """One reading: as a document, or with its program, its runner-up and where the reader looked."""
    if shell.json:
        shell.document({"title": reading.title} | document(reading))
        return
    if reading.when is None:
        shell.line("when-nothing")
        if reading.other:
            shell.line("when-unsure", day=day_shown(shell, reading.other.when), sure=_share(reading))
        return
    best = reading.meanings[0]
    shell.out.print(day_shown(shell, reading.when), style="bold")
    shell.line("when-program", program=render(best.program))
    shell.line("when-from", phrase=clean(reading.title[slice(*reading.span)]), sure=_share(reading))
    if reading.other:
        other = reading.other
        shell.line("when-other", day=day_shown(shell, other.when), program=render(other.program))
    shell.line("when-looked")
    for line in picture(reading.title, best.symbols):
        shell.out.print(line, soft_wrap=True)


def _share(reading: Reading) -> str:
    return sure_shown(reading.confidence)


def sure_shown(confidence: float) -> str:
    """A share of a hundred; nobody is surer than 99."""
    return f"{min(round(100 * confidence), 99)} %"


def day_shown(shell: Shell, when: When | None) -> str:
    """Such as `Wednesday 2026-11-25 15:00, every 2 weeks`."""
    if when is None:
        return shell.say("when-nothing")
    parts = [weekday_name(when.day, shell.language), when.day.isoformat()]
    if when.time:
        parts.append(f"{when.time:%H:%M}")
    text = " ".join(parts)
    if when.every:
        count, unit = when.every
        text += shell.say("when-every", unit=shell.say(f"when-unit-{unit}", count=count))
    return text


def understood_shown(shell: Shell, told: Understood) -> str:
    """The day of an understood date, as any other is shown."""
    every = (told.every, told.unit) if told.every and told.unit else None
    return day_shown(shell, When(told.day, time.fromisoformat(told.time) if told.time else None, every))


def weekday_name(day: date, language: str) -> str:
    """Its day of the week."""
    if language == "zh":
        return "星期" + "一二三四五六日"[day.weekday()]
    return ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")[day.weekday()]


def picture(title: str, symbols: tuple[str, ...]) -> list[str]:
    """A line a symbol: below each word how much of the look went there."""
    words, weights = attention(title, symbols)
    words = [clean(word) for word in words]
    margin = max(map(len, symbols)) + 2
    lines = [" " * margin + " ".join(words)]
    for symbol, row in zip(symbols, weights.tolist(), strict=True):
        shades = [shade(share) * width(word) for word, share in zip(words, row, strict=True)]
        lines.append(f"{symbol:<{margin}}{' '.join(shades)}".rstrip())
    return lines


def shade(share: float) -> str:
    """A block as dark as the share is large."""
    return SHADES[min(int(share * len(SHADES)), len(SHADES) - 1)]


def width(word: str) -> int:
    """Columns that a word takes on a terminal."""
    return sum(2 if east_asian_width(sign) in {"W", "F"} else 1 for sign in word)
