"""Rules that write a phrase and its program at once: a synchronous grammar (Aho and Ullman 1969), expanded at random.

A rule is a line `weight text => symbols` under a heading `@name`; without an arrow it means what its parts mean. In the text, `<name>` is another rule's expansion, `(a|b)` a
choice, `[a]` what may be left out, `{d:1-31}` a number, `_` a space at an end. Among the symbols, `<name>` is what that rule means, `$1` the line's
first number. Rules of the same name and text with other symbols are other readings, by weight.
"""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import accumulate
from random import Random

from worklens.reading import numerals


@dataclass(eq=False)
class Number:
    """A number in a phrase; it is itself among the symbols where a program points at it."""

    text: str


Piece = str | Number


@dataclass
class Phrase:
    """What was written, and what it means: operations, words, and numbers pointed at."""

    pieces: list[Piece] = field(default_factory=list)
    symbols: list[Piece] = field(default_factory=list)

    @property
    def text(self) -> str:
        """As it is read."""
        return "".join(piece if isinstance(piece, str) else piece.text for piece in self.pieces)


def _mixed(value: int, rng: Random) -> str:
    return (
        str(value)
        if rng.random() < 0.55 or value > 99
        else numerals.english(value).replace("-", rng.choice("- "))
    )


def _either(value: int, rng: Random) -> str:
    return str(value) if rng.random() < 0.45 else _hanzi(value, rng)


def _hanzi(value: int, _rng: Random) -> str:
    return (
        numerals.chinese(value)
        if value < 1000
        else "".join("零一二三四五六七八九"[int(one)] for one in str(value))
    )


def _counted(value: int, rng: Random) -> str:
    return "两" if value == 2 and rng.random() < 0.9 else _either(value, rng)


WRITTEN: dict[str, Callable[[int, Random], str]] = {
    "d": lambda value, _rng: str(value),
    "z": lambda value, _rng: f"{value:02d}",
    "x": lambda value, rng: f"{value:02d}" if rng.random() < 0.5 else str(value),
    "Z": lambda value, _rng: f"{value:04d}",  # as telephone numbers go
    "n": _mixed,
    "w": lambda value, rng: numerals.english(value).replace("-", rng.choice("- ")),
    "o": lambda value, _rng: numerals.ordinal(value),
    "D": lambda value, _rng: f"{value}{numerals.suffix(value)}",
    "E": lambda value, rng: f"{value}{numerals.suffix(value) if rng.random() < 0.5 else ''}",
    "c": _either,  # digits or Chinese numerals
    "C": _hanzi,
    "Q": lambda value, rng: "零" + _hanzi(value, rng),
    "l": _counted,  # 两 for 2 before a measure word
    "p": lambda value, _rng: "俩" if value == 2 else "仨",  # both with their measure word
    "t": lambda value, rng: f"two thousand {rng.choice(('', 'and '))}{numerals.english(value - 2000)}",
    "M": lambda value, _rng: f"{value // 4:02d}{value % 4 * 15:02d}",  # quarters of an hour, as 0815
    "m": lambda value, _rng: f"{value // 4}{value % 4 * 15:02d}",  # the same without the leading zero, as 330
    "Y": lambda value, _rng: f"{value % 100:02d}",
    "y": lambda value, rng: str(value) if rng.random() < 0.7 else numerals_of_year(value),
}
"""How a number is written, by the letter before its range."""


def numerals_of_year(value: int) -> str:
    """二〇二六."""
    return "".join("〇一二三四五六七八九"[int(one)] for one in str(value))


Node = Callable[[Random, Phrase, "Means"], None]
Means = dict[str, list[list[Piece]]]
TEXT = re.compile(r"<(\w+)>|\{(\w):(\d+)-(\d+)\}|([\[\]()|])|([^<{\[\]()|]+)")


class Grammar:
    """Rules by name, read from a text."""

    def __init__(self, rules: str) -> None:
        """Raises ValueError where a rule is named that isn't there."""
        self.rules: dict[str, tuple[list[float], list[tuple[Node, list[str]]]]] = {}
        self.named: set[str] = set()
        name = ""
        for line in rules.splitlines():
            if line.startswith("@"):
                name = line[1:].strip()
                self.rules.setdefault(name, ([], []))
            elif line.strip():
                self._add(name, line.strip())
        missing = self.named - set(self.rules)
        if missing:
            raise ValueError(f"no rules for {', '.join(sorted(missing))}")
        self.sums = {name: list(accumulate(weights)) for name, (weights, _) in self.rules.items()}

    def _add(self, name: str, line: str) -> None:
        weight = 1.0
        if found := re.match(r"(\d+(?:\.\d+)?)(?: |$)", line):
            weight, line = float(found[1]), line[found.end() :]
        text, arrow, symbols = line.partition("=>")
        self.rules[name][0].append(weight)
        means = symbols.split() if arrow else re.findall(r"<\w+>", text)
        self.rules[name][1].append((self._sequence(TEXT.findall(text.strip())), means))

    def write(self, name: str, rng: Random) -> Phrase:
        """A phrase of that name."""
        phrase = Phrase()
        self._expand(name, rng, phrase)
        return phrase

    def _expand(self, name: str, rng: Random, phrase: Phrase) -> list[Piece]:
        """Write into the phrase; return what the expansion means."""
        sums = self.sums[name]
        node, symbols = self.rules[name][1][bisect(sums, rng.random() * sums[-1])]
        means: Means = {}
        node(rng, phrase, means)
        out: list[Piece] = []
        for symbol in symbols:
            if symbol.startswith("<"):
                meant = means.get(symbol[1:-1])
                out.extend(meant.pop(0) if meant else [])
            elif symbol.startswith("$"):
                out.append(means["$"][int(symbol[1:]) - 1][0])
            else:
                out.append(symbol)
        phrase.symbols = out
        return out

    # ----- Reading the rules -----

    def _sequence(self, pieces: list[tuple[str, ...]]) -> Node:
        """A text up to its end, or up to the bracket that closes it."""
        choices: list[list[Node]] = [[]]
        while pieces:
            name, how, low, high, sign, plain = pieces.pop(0)
            if sign in {")", "]"}:
                break
            if sign == "|":
                choices.append([])
            else:
                choices[-1].append(self._node(name, how, low, high, sign, plain, pieces))
        return _choice([_row(nodes) for nodes in choices])

    def _node(self, *parts: object) -> Node:
        name, how, low, high, sign, plain, pieces = parts
        if sign:
            inside = self._sequence(pieces)  # type: ignore[arg-type]
            return _choice([inside, _row([])]) if sign == "[" else inside
        if name:
            self.named.add(str(name))
            return self._name(str(name))
        if how:
            return _number(str(how), int(str(low)), int(str(high)))
        return _plain(str(plain).replace("_", " "))

    def _name(self, name: str) -> Node:
        def write(rng: Random, phrase: Phrase, means: Means) -> None:
            means.setdefault(name, []).append(self._expand(name, rng, phrase))

        return write


def _plain(text: str) -> Node:
    def write(_rng: Random, phrase: Phrase, _means: Means) -> None:
        phrase.pieces.append(text)

    return write


def _number(how: str, low: int, high: int) -> Node:
    def write(rng: Random, phrase: Phrase, means: Means) -> None:
        number = Number(WRITTEN[how](rng.randint(low, high), rng))
        phrase.pieces.append(number)
        means.setdefault("$", []).append([number])

    return write


def _row(nodes: list[Node]) -> Node:
    if len(nodes) == 1:
        return nodes[0]

    def write(rng: Random, phrase: Phrase, means: Means) -> None:
        for node in nodes:
            node(rng, phrase, means)

    return write


def _choice(nodes: list[Node]) -> Node:
    if len(nodes) == 1:
        return nodes[0]

    def write(rng: Random, phrase: Phrase, means: Means) -> None:
        nodes[int(rng.random() * len(nodes))](rng, phrase, means)

    return write
