"""Whether an answer came whole: a proxy, or a dying server, may have cut it without the length showing it."""

from __future__ import annotations

from contextlib import suppress
from xml.parsers import expat

import msgspec

from worklens.sources.base import Response
from worklens.sources.text import is_utf8, mended


def whole(response: Response) -> Response | None:
    """The response, a damaged character of it mended; None where it says it is JSON or XML and isn't."""
    kind = response.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind == "application/json":
        return _whole_json(response)
    if kind in {"application/xml", "text/xml"} and not is_xml(response.body):
        return None
    return response


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


class _DoctypeError(Exception):
    """A document that defines entities."""


def _refuse(*_: object) -> None:
    raise _DoctypeError
