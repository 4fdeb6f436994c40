"""Whether an answer came whole: a proxy, or a dying server, may have cut it without the length showing it."""

from __future__ import annotations

import re
from contextlib import suppress
from xml.parsers import expat

import msgspec

from worklens.sources.base import Response
from worklens.sources.text import is_utf8, mended

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")  # in XML 1.0, by whatever name
_REFERENCE = re.compile(r"&#([xX][0-9a-fA-F]{1,8}|[0-9]{1,9});")


def whole(response: Response) -> Response | None:
    """The response, a damaged character of it mended; None where it says it is JSON or XML and isn't."""
    kind = response.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind == "application/json":
        return _whole_json(response)
    if kind in {"application/xml", "text/xml"}:
        return _whole_xml(response)
    return response


def _whole_xml(response: Response) -> Response | None:
    """One bad character that a person once pasted somewhere shall not hide all that stands around it."""
    if is_xml(response.body):
        return response
    body = mended_xml(response.body)
    return msgspec.structs.replace(response, body=body) if is_xml(body) else None


def _whole_json(response: Response) -> Response | None:
    body = response.body
    if not is_utf8(body):
        body = body.decode("utf-8", "replace").encode()
    if not is_json(body):
        body = mended(body)
        if not is_json(body):
            return None
    return response if body is response.body else msgspec.structs.replace(response, body=body)


def is_json(body: bytes) -> bool:
    """Whether it is one JSON document."""
    with suppress(msgspec.DecodeError, RecursionError):
        msgspec.json.decode(body, type=msgspec.Raw)
        return True
    return False


def is_xml(body: bytes) -> bool:
    """Whether it is one XML document, without definitions of its own: no service sends them, and they can explode."""
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = _refuse
    with suppress(expat.ExpatError, _DoctypeError):
        parser.Parse(body, True)
        return True
    return False


def mended_xml(body: bytes) -> bytes:
    """XML in UTF-8 whose bytes and characters that can't stand in it are whole replacement characters."""
    text = _FORBIDDEN.sub("\N{REPLACEMENT CHARACTER}", body.decode("utf-8", "replace"))
    return _REFERENCE.sub(_allowed, text).encode()


def _allowed(reference: re.Match[str]) -> str:
    digits = reference[1]
    code = int(digits[1:], 16) if digits[0] in "xX" else int(digits)
    is_character = code < 0x110000 and not 0xD800 <= code < 0xE000
    return reference[0] if is_character and not _FORBIDDEN.match(chr(code)) else "\N{REPLACEMENT CHARACTER}"


class _DoctypeError(Exception):
    """A document that defines entities."""


def _refuse(*_: object) -> None:
    raise _DoctypeError
