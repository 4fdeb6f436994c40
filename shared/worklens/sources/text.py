"""From the bytes of a file to its text: by the named encoding, else by a short list of rules that always ends the same.

The rules: a byte order mark decides; else UTF-8 if it fits; else UTF-16 if every other byte is zero; else UTF-8 with
some damaged bytes; else GB 18030 if nearly all bytes beyond ASCII stand in pairs as Chinese text has them; else
Windows-1252. A byte that has no meaning becomes a lone surrogate, so that one bad row doesn't cost the file.
"""

from __future__ import annotations

import codecs
import re

import msgspec

from worklens.sources.base import Refused

SAMPLE = 1 << 20  # bytes looked at to tell an encoding; more would change nothing

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16: its mark begins with the same two bytes
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"
_BAD = re.compile("[\ud800-\udfff]")
_ESCAPES = re.compile(
    rb"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u[dD][89a-fA-F][0-9a-fA-F]{2}|\\.",
    re.DOTALL,
)
_GOOD = re.compile("[^\x00-\x7f\ud800-\udfff]")
_PAIRS = re.compile(rb"[\x81-\xfe][\x40-\xfe]")
_CHINESE_PAIRS = re.compile(rb"[\xa1-\xf7][\xa1-\xfe]")


class Text(msgspec.Struct, frozen=True, kw_only=True):
    """A file's text, the encoding it was read by, whether that was a guess, and whether some bytes had no meaning."""

    text: str
    encoding: str
    guessed: bool = False
    damaged: bool = False


def decode(name: str, content: bytes, encoding: str = "") -> Text:
    """The text of a file without its byte order mark. Raises Refused where the named encoding does not exist."""
    found, guessed = (encoding, False) if encoding else _detect(content)
    try:
        text = content.decode(found, "surrogateescape")
    except LookupError:
        raise Refused("unknown-encoding", file=name, encoding=found) from None
    except (UnicodeError, ValueError):
        text = _decode_anyway(name, content, found)
    return Text(text=text.removeprefix(_MARK), encoding=found, guessed=guessed, damaged=is_damaged(text))


def _decode_anyway(name: str, content: bytes, encoding: str) -> str:
    """For the encodings whose damage can't be kept byte by byte (UTF-16 cut in the middle of a character)."""
    try:
        return content.decode(encoding, "replace").replace("\N{REPLACEMENT CHARACTER}", "\udcff")
    except (UnicodeError, ValueError):
        raise Refused("unknown-encoding", file=name, encoding=encoding) from None


def is_utf8(content: bytes) -> bool:
    """Whether bytes are text in UTF-8; looked at in pieces, since the text itself is not wanted and may be large."""
    if content.isascii():
        return True
    decode = codecs.getincrementaldecoder("utf-8")().decode
    try:
        for start in range(0, len(content), SAMPLE):
            decode(content[start : start + SAMPLE], start + SAMPLE >= len(content))
    except UnicodeDecodeError:
        return False
    return True


def mended(content: bytes) -> bytes:
    """JSON text whose half characters are whole replacement characters.

    Where JavaScript cuts a text it may cut an emoji, and half of it stays behind (``\\ud83e`` with nothing to follow).
    No reader of JSON takes that, so one such title would cost all the others.
    """
    return _ESCAPES.sub(
        lambda escape: rb"\ufffd" if len(escape[0]) == len(rb"\ufffd") else escape[0], content
    )


def is_damaged(text: str) -> bool:
    """Whether some of the bytes this was read from had no meaning in the file's encoding."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return True
    return False


def readable(text: str) -> str:
    """The text with each meaningless byte written out (``\\x81``), so that it can be stored and shown."""
    return text.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def _detect(content: bytes) -> tuple[str, bool]:
    """The encoding, and whether it is a guess."""
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return encoding, False
    if not is_utf8(content):
        return _guess(content[:SAMPLE]), True
    wide = _wide(content[:SAMPLE])
    return (wide, True) if wide else ("utf-8", False)


def _guess(sample: bytes) -> str:
    wide = _wide(sample)
    if wide:
        return wide
    text = sample.decode("utf-8", "surrogateescape")
    if len(_GOOD.findall(text)) > len(_BAD.findall(text)):
        return "utf-8"
    return "gb18030" if _is_chinese(sample) else "cp1252"


def _wide(sample: bytes) -> str:
    """UTF-16 without a mark: most text has a zero as every other byte, and no other text has many."""
    half = len(sample) // 2
    if half and sample[1::2].count(0) > 0.4 * half > sample[0::2].count(0):
        return "utf-16-le"
    if half and sample[0::2].count(0) > 0.4 * half > sample[1::2].count(0):
        return "utf-16-be"
    return ""


def _is_chinese(sample: bytes) -> bool:
    """In Western text a byte beyond ASCII stands alone between letters; in Chinese text nearly all are in pairs."""
    pairs = _PAIRS.findall(sample)
    return bool(pairs) and sum(map(bool, map(_CHINESE_PAIRS.match, pairs))) > 0.9 * len(pairs)
