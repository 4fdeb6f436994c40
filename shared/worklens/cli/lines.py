"""Newline-delimited JSON: a line an object, written as it comes."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from itertools import islice
from typing import Any

import msgspec

AT_ONCE = 5_000  # lines to a write


def print_lines(items: Iterable[Any]) -> None:
    """Each on a line of stdout, in UTF-8."""
    encode, left = msgspec.json.Encoder().encode_lines, iter(items)
    sys.stdout.flush()
    while chunk := list(islice(left, AT_ONCE)):
        sys.stdout.buffer.write(encode(chunk))
    sys.stdout.buffer.flush()
