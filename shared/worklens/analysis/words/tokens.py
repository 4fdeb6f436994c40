"""A title cut into words: by what stands between them, and Chinese, where nothing does, by a dictionary.

The dictionary is rjieba's (the Rust port of jieba). Where it isn't installed, Chinese falls into pairs of neighbouring
characters, which tell titles apart nearly as well and can't be read as words (Nie et al. 2000).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from importlib import import_module
from itertools import pairwise
from unicodedata import normalize

HAN = "\u3400-\u9fff\uf900-\ufaff"
_RUN = re.compile(f"([{HAN}]+)|((?:(?![{HAN}])[^\\W_])+(?:['’](?:(?![{HAN}])[^\\W_])+)?)")

Cut = Callable[[str], list[str]]
"""A run of Chinese characters to its words."""


def plain(text: str) -> str:
    """The text as it is compared: one form of each character, and no capitals."""
    return normalize("NFKC", text).casefold()


def is_chinese(text: str) -> bool:
    """Whether there is a Chinese character in it."""
    return re.search(f"[{HAN}]", text) is not None


def tokens(text: str, cut: Cut | None = None) -> list[str]:
    """The words and numbers of a text, in order, without capitals. `cut` parts runs of Chinese characters."""
    return list(_words(plain(text), cut))


def _words(text: str, cut: Cut | None) -> Iterator[str]:
    for found in _RUN.finditer(text):
        chinese, other = found.groups()
        if chinese:
            yield from (cut or dictionary())(chinese)
        else:
            yield other.replace("’", "'")


@cache
def dictionary() -> Cut:
    """The installed dictionary's way to part Chinese, or pairs of characters where there is none."""
    try:
        cut: Cut = import_module("rjieba").cut
    except ImportError:
        return pairs
    return cut


def pairs(run: str) -> list[str]:
    """Each two neighbouring characters; a single one stays single."""
    return [one + other for one, other in pairwise(run)] or [run]
