"""Encodings: what a file's bytes are read as."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from worklens.sources import text
from worklens.sources.base import Refused
from worklens.sources.text import decode, is_damaged, is_utf8, readable

FRENCH = "tâche;état\nréserver l’hôtel;à faire\n"
CHINESE = "标题,状态\n买菜和水果,已完成\n写一封信,待办\n"


@pytest.mark.parametrize(
    ("content", "encoding", "guessed"),
    [
        (FRENCH.encode(), "utf-8", False),
        (codecs.BOM_UTF8 + FRENCH.encode(), "utf-8", False),
        (codecs.BOM_UTF16_LE + FRENCH.encode("utf-16-le"), "utf-16-le", False),
        (codecs.BOM_UTF16_BE + FRENCH.encode("utf-16-be"), "utf-16-be", False),
        (codecs.BOM_UTF32_LE + FRENCH.encode("utf-32-le"), "utf-32-le", False),
        (FRENCH.encode("utf-16-le"), "utf-16-le", True),
        (FRENCH.encode("utf-16-be"), "utf-16-be", True),
        (FRENCH.encode("cp1252"), "cp1252", True),
        (CHINESE.encode("gb18030"), "gb18030", True),
        (CHINESE.encode(), "utf-8", False),
    ],
)
def test_an_encoding_is_told_from_the_bytes(content: bytes, encoding: str, guessed: bool) -> None:
    """Marks decide; without one UTF-8 goes first, and every other answer is called a guess."""
    read = decode("f.csv", content)

    assert (encoding, guessed, False) == (read.encoding, read.guessed, read.damaged)
    assert read.text == (CHINESE if CHINESE[:2] in read.text else FRENCH)


def test_one_damaged_byte_does_not_turn_a_whole_utf8_file_into_nonsense() -> None:
    """UTF-8 with a few broken bytes stays UTF-8, and says that it is damaged."""
    read = decode("f.csv", "é,ü,ö\n".encode() + b"a\xff,b\n")

    assert (read.encoding, read.damaged) == ("utf-8", True)
    assert read.text.startswith("é,ü,ö")
    assert is_damaged(read.text)
    assert readable(read.text).endswith("a\\xff,b\n")


def test_a_byte_that_windows_1252_lacks_damages_its_row_only() -> None:
    """The five bytes without a meaning there don't cost the file."""
    read = decode("f.csv", b"caf\xe9\nx\x81y\n")

    assert read.text.startswith("café\n")
    assert readable(read.text).endswith("x\\x81y\n")


def test_utf16_cut_in_the_middle_of_a_character_is_read_up_to_there() -> None:
    """A lost last byte costs the last character."""
    read = decode("f.csv", codecs.BOM_UTF16_LE + "ab".encode("utf-16-le") + b"c")

    assert read.text.startswith("ab")
    assert read.damaged


def test_a_named_encoding_is_obeyed_and_an_unknown_one_refused() -> None:
    """The mapping's word goes before any detection."""
    assert decode("f.csv", "ж".encode("koi8-r"), "koi8-r").text == "ж"
    with pytest.raises(Refused) as refused:
        decode("f.csv", b"a", "klingon")
    assert refused.value.params == {"file": "f.csv", "encoding": "klingon"}


@given(st.binary(max_size=300))
def test_any_bytes_become_a_text_that_can_be_shown(content: bytes) -> None:
    """Nothing makes the decoder fail, and what it gives can always be written as UTF-8 once made readable."""
    read = decode("f.csv", content)

    assert is_utf8(readable(read.text).encode())
    assert read.damaged == is_damaged(read.text)


@given(st.one_of(st.binary(max_size=30), st.text(max_size=20).map(str.encode)), st.integers(1, 5))
def test_what_is_utf8_is_told_piece_by_piece(content: bytes, piece: int) -> None:
    """As Python tells it of the whole, wherever a character is cut in two."""
    with pytest.MonkeyPatch.context() as small:
        small.setattr(text, "SAMPLE", piece)
        told = is_utf8(content)

    try:
        content.decode()
    except UnicodeDecodeError:
        assert not told
    else:
        assert told
