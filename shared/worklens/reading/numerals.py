"""Numbers as they are written: digits, English words and ordinals, Chinese numerals."""

from __future__ import annotations

SMALL = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
SMALL_ORDINALS = [
    "zeroth",
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
]

WORDS = {word: value for value, word in enumerate(SMALL)} | {
    word: 10 * value for value, word in enumerate(TENS, 2)
}
ORDINALS = {word: value for value, word in enumerate(SMALL_ORDINALS)} | {
    word[:-1] + "ieth": 10 * value for value, word in enumerate(TENS, 2)
}
CHINESE = {
    **{sign: value for value, sign in enumerate("零一二三四五六七八九")},
    "〇": 0, "○": 0, "两": 2, "兩": 2, "俩": 2, "倆": 2, "仨": 3, "廿": 20, "卅": 30, "十": 10, "百": 100, "千": 1000,
}  # fmt: skip
CHINESE_SIGNS = "".join(CHINESE)


def english(value: int) -> str:
    """A number below 100 in words."""
    if value < 20:
        return SMALL[value]
    tens, ones = divmod(value, 10)
    return TENS[tens - 2] + (f"-{SMALL[ones]}" if ones else "")


def ordinal(value: int) -> str:
    """An ordinal below 100 in words."""
    if value < 20:
        return SMALL_ORDINALS[value]
    tens, ones = divmod(value, 10)
    return f"{TENS[tens - 2]}-{SMALL_ORDINALS[ones]}" if ones else TENS[tens - 2][:-1] + "ieth"


def suffix(value: int) -> str:
    """st, nd, rd or th."""
    return "th" if value % 100 in {11, 12, 13} else {1: "st", 2: "nd", 3: "rd"}.get(value % 10, "th")


def chinese(value: int) -> str:
    """A number below 1000 in Chinese numerals."""
    digits = "零一二三四五六七八九"
    if value > 99:
        hundreds, rest = divmod(value, 100)
        small = ("零" if rest < 10 else "一" if rest < 20 else "") + chinese(rest) if rest else ""
        return f"{digits[hundreds]}百{small}"
    tens, ones = divmod(value, 10)
    return (("" if tens == 1 else digits[tens]) + "十" if tens else "") + (
        digits[ones] if ones or not tens else ""
    )


def from_chinese(text: str) -> tuple[int, int]:
    """A run of Chinese numerals as (value, digits): 二十三 is (23, 2), and 二〇二六 (2026, 4) digit by digit."""
    if len(text) > 1 and not set(text) & set("十百千廿卅"):
        value = int("".join(str(CHINESE[sign]) for sign in text))
        return value, len(text)
    total = pending = 0
    for sign in text:
        value = CHINESE[sign]
        if sign in "十百千":
            total += (pending or 1) * value
            pending = 0
        else:
            pending = pending + value if sign not in "廿卅" else value
            if sign in "廿卅":
                total, pending = total + value, 0
    total += pending
    return total, len(str(total))
