"""How people type: other cases, slips of the finger, full-width digits, spaces where none belong."""

from __future__ import annotations

from random import Random

from worklens.reading.phrases.grammar import Number, Piece

FULL = str.maketrans("0123456789:/", "０１２３４５６７８９：／")
TRADITIONAL = str.maketrans(
    "点号周后个这两时钟礼里过间内数岁从开书买节双学写发电话会议报几现来当听寻阵儿昼"
    "俩见们吗飞机车说课别记请给银医东妈张师团队项体检单订对问题进还为么样边总经",
    "點號週後個這兩時鐘禮裡過間內數歲從開書買節雙學寫發電話會議報幾現來當聽尋陣兒晝"
    "倆見們嗎飛機車說課別記請給銀醫東媽張師團隊項體檢單訂對問題進還為麼樣邊總經",
)
LETTERS = "abcdefghijklmnopqrstuvwxyz"


def slip(word: str, rng: Random) -> str:
    """One letter left out, doubled, swapped with the next, or another; never the first."""
    at = rng.randrange(1, len(word) - 1)
    match rng.randrange(4):
        case 0:
            return word[:at] + word[at + 1 :]
        case 1:
            return word[:at] + word[at] + word[at:]
        case 2:
            return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
        case _:
            return word[:at] + rng.choice(LETTERS) + word[at + 1 :]


def slipped(text: str, rng: Random) -> str:
    """A text with a slip in one of its longer words, if it has any."""
    words = text.split(" ")
    long = [at for at, word in enumerate(words) if len(word) > 4 and word.isalpha() and word.isascii()]
    if long:
        at = rng.choice(long)
        words[at] = slip(words[at], rng)
    return " ".join(words)


def noisy(pieces: list[Piece], rng: Random) -> list[Piece]:
    """The pieces of a phrase as somebody types them; numbers stay the objects they are."""
    if rng.random() < 0.07:
        plain = [at for at, piece in enumerate(pieces) if isinstance(piece, str)]
        if plain:
            at = rng.choice(plain)
            pieces = [*pieces[:at], slipped(str(pieces[at]), rng), *pieces[at + 1 :]]
    if rng.random() < 0.04:
        for piece in pieces:
            if isinstance(piece, Number):
                piece.text = piece.text.translate(FULL)
    elif rng.random() < 0.05:
        pieces = [part for piece in pieces for part in _spaced(piece)]
    elif rng.random() < 0.05:
        pieces = [run_together(piece, rng) if isinstance(piece, str) else piece for piece in pieces]
    return pieces


def _spaced(piece: Piece) -> list[Piece]:
    """A number with spaces around it, as some type between Chinese characters."""
    return [" ", piece, " "] if isinstance(piece, Number) and piece.text.isdigit() else [piece]


def run_together(text: str, rng: Random) -> str:
    """One space between two words left out."""
    inside = [
        at for at in range(1, len(text) - 1) if text[at] == " " and (text[at - 1] + text[at + 1]).isalpha()
    ]
    at = rng.choice(inside) if inside else len(text)
    return text[:at] + text[at + 1 :]


def cased(title: str, rng: Random) -> str:
    """All small, all capitals, or a capital first."""
    chance = rng.random()
    if chance < 0.25:
        return title.lower()
    if chance < 0.31:
        return title.upper()
    return title[:1].upper() + title[1:] if chance < 0.65 else title


SYLLABLES = [
    "ba",
    "ce",
    "di",
    "fo",
    "gu",
    "ha",
    "ji",
    "ko",
    "lu",
    "mer",
    "nin",
    "ost",
    "pra",
    "qui",
    "ran",
    "sto",
    "tur",
    "ver",
    "wex",
    "yal",
    "zon",
    "tion",
    "ing",
    "ment",
    "er",
]


def unheard(rng: Random) -> str:
    """A word that no list has, or an abbreviation."""
    if rng.random() < 0.3:
        return "".join(rng.choice(LETTERS) for _ in range(rng.randint(2, 4))).upper()
    return "".join(rng.choice(SYLLABLES) for _ in range(rng.randint(1, 4)))
