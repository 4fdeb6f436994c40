"""What an answer, or the want of one, means: good, refused for good, or not to be had for now."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import timedelta
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from urllib.parse import urlsplit

import msgspec

from worklens.sources.base import Refused, Request, Response
from worklens.sources.whole import whole

REFUSALS = {401: "token-refused", 403: "token-refused", 404: "not-found", 410: "service-gone"}
PASSING = {408: "timed-out", 425: "service-down", 429: "too-many-requests"}  # and every status from 500 on


class Unavailable(Exception):
    """No answer for now, though there may be one later: a message key with parameters.

    ``wait`` is how many seconds the service asked us to stay away, where it said so.
    """

    def __init__(self, reason: str, wait: float | None = None, **params: str) -> None:
        """``reason`` is a key of the message catalogues."""
        super().__init__(reason, params)
        self.reason = reason
        self.params = params
        self.wait = wait


def network_problem(error: Exception, host: str) -> Unavailable | Refused:
    """What a failure of the network, or of the request's own form, means to us; nothing of the error is kept."""
    from requests import exceptions

    if isinstance(error, exceptions.InvalidHeader):
        return Refused("token-malformed", host=host)
    if isinstance(error, ValueError):
        return Refused("wrong-url", host=host)
    if isinstance(error, exceptions.Timeout):
        return Unavailable("timed-out", host=host)
    return Unavailable("tls-failed" if isinstance(error, exceptions.SSLError) else "unreachable", host=host)


def judged(request: Request, response: Response, host: str) -> Response:
    """The response where the request accepts its status. Raises Refused for good, Unavailable for now."""
    status = response.status
    if status in request.accept:
        return _whole(response, host) if status in {HTTPStatus.OK, HTTPStatus.MULTI_STATUS} else response
    about = {"host": host, "status": str(status), "path": urlsplit(request.url).path}
    if status in PASSING or status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        raise Unavailable(PASSING.get(status, "service-down"), wait_of(response), **about)
    raise Refused(REFUSALS.get(status, "request-refused"), **about)


def _whole(response: Response, host: str) -> Response:
    """The response, as whole as it says it is. Raises Unavailable."""
    came = whole(response)
    if came is None:
        raise Unavailable("answer-garbled", host=host)
    return came


def wait_of(response: Response) -> float | None:
    """The seconds the service asks us to wait: ``Retry-After`` (seconds or a date), else Todoist's word in the body.

    A date is measured by the service's own clock; without its ``Date`` there is nothing to measure it by.
    """
    stated = response.headers.get("retry-after", "").strip()
    if re.fullmatch(r"\d{1,9}(\.\d+)?", stated):
        return float(stated)
    with suppress(ValueError, TypeError):
        now = parsedate_to_datetime(response.headers.get("date", ""))
        return max(0.0, (parsedate_to_datetime(stated) - now) / timedelta(seconds=1))
    return _wait_in_body(response.body)


class _Extra(msgspec.Struct):
    retry_after: float | None = None


class _Error(msgspec.Struct):
    error_extra: _Extra


def _wait_in_body(body: bytes) -> float | None:
    try:
        wait = msgspec.json.decode(body, type=_Error).error_extra.retry_after
    except (msgspec.DecodeError, RecursionError):
        return None
    return None if wait is None else max(0.0, wait)
