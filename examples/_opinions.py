"""Short opinions about places to eat, in English and Chinese, written by two small grammars that turn some of them round.

"Lacking in good taste and good service" holds two good words and is no praise, as "lacking in cold service" is no blame: what a
reader must hear is what goes with what.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from worklens.analysis.words.tokens import tokens

Ints = NDArray[np.int64]
THINGS = {
    "en": ["soup", "bread", "coffee", "cake", "dinner", "breakfast", "salad", "tea"],
    "zh": ["汤", "面条", "咖啡", "蛋糕", "晚餐", "早餐", "饺子", "茶"],
}
NOUNS = {"en": ["taste", "service", "ambience", "value"], "zh": ["味道", "服务", "环境", "分量"]}
GOOD = {
    "en": ["good", "lovely", "fresh", "friendly", "excellent", "warm"],
    "zh": ["好", "新鲜", "周到", "满意", "地道", "舒服"],
}
BAD = {
    "en": ["bad", "stale", "cold", "rude", "awful", "slow"],
    "zh": ["差", "难吃", "冷淡", "失望", "油腻", "吵"],
}
PLAIN = {
    "en": ("the {thing} was {word}", "really {word} {thing}", "we had {thing} and the {noun} was {word}"),
    "zh": ("这里的{thing}很{word}", "{noun}非常{word}", "点了{thing}，{noun}真的{word}"),
}
TURNED = {
    "en": (
        "the {thing} was not {word} at all",
        "nothing {word} about the {noun}",
        "never had {word} {thing} here",
    ),
    "zh": ("{thing}一点也不{word}", "{noun}没有什么{word}", "完全不觉得{thing}{word}"),
}
LACKING = {"en": ("completely lacking in ", " {word} {noun}"), "zh": ("完全缺少", "{word}的{noun}")}
AND = {"en": " and", "zh": "和"}


def opinions(language: str, count: int, seed: int = 0) -> tuple[list[str], Ints]:
    """So many, and 1 for praise (count,)."""
    rng = np.random.default_rng(seed)
    made = [_one(language, rng) for _ in range(count)]
    return [text for text, _ in made], np.array([praise for _, praise in made])


def lacking(language: str, words: int, count: int, seed: int = 0) -> list[str]:
    """Blame that is all good words but one: "completely lacking in good taste, good service and good ambience"."""
    rng = np.random.default_rng(seed)
    return [_lacking(language, words, True, rng) for _ in range(count)]


def _one(language: str, rng: np.random.Generator) -> tuple[str, int]:
    how, good = rng.random(), bool(rng.random() < 0.5)
    if how < 0.1:
        return _lacking(language, int(rng.integers(1, 3)), good, rng), int(not good)
    turned = how < 0.3
    words = (GOOD if good else BAD)[language]
    form = rng.choice((TURNED if turned else PLAIN)[language])
    text = form.format(
        thing=rng.choice(THINGS[language]), noun=rng.choice(NOUNS[language]), word=rng.choice(words)
    )
    return text, int(good != turned)


def _lacking(language: str, words: int, good: bool, rng: np.random.Generator) -> str:
    begin, each = LACKING[language]
    nouns = rng.choice(NOUNS[language], words, replace=False)
    parts = [
        each.format(word=rng.choice((GOOD if good else BAD)[language][:3]), noun=noun).strip()
        for noun in nouns
    ]
    joined = ", ".join(parts[:-1]) if language == "en" else "、".join(parts[:-1])
    return begin + (joined + AND[language] + " " * (language == "en") + parts[-1] if joined else parts[-1])


def read(texts: list[str]) -> list[list[str]]:
    """Each one's words."""
    return [tokens(text) for text in texts]
