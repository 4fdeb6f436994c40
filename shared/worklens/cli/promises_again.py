"""A forecast of the ledger made again, and what is different where it doesn't come out the same."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from worklens.cli.failures import Problem
from worklens.cli.lists_named import titles_of
from worklens.cli.promises_plain import plain
from worklens.stages import forecasting
from worklens.stages.asking import ask, records

if TYPE_CHECKING:
    from worklens.cli.desk import Desk


def repeated(platform: Desk, given: str, language: str) -> dict[str, Any]:
    """A forecast of the ledger, made again. Raises Problem for an id that isn't there."""
    with platform.warehouse.read() as session:
        rows = list(records(ask(session, "forecast_ledger", "WHERE forecast_id = $id", id=given)))
        if not rows:
            raise Problem("forecast-unknown", id=given)
        found = forecasting.again(session, platform.ports.blobs, rows)
        titles = titles_of(session)
    same = found.same_inputs and found.same_values
    answered = hasattr(found.answer, "said")
    return {
        "id": given,
        "same": same,
        "same_inputs": found.same_inputs,
        "same_version": found.same_version,
        "same_values": found.same_values,
        "why": _difference(found, language),
        "forecasts": [plain(found.answer, titles, language)] if answered else [],  # type: ignore[arg-type]
    }


def _difference(found: forecasting.Again, language: Any) -> str:
    """Why it isn't the same; empty where it is."""
    from worklens.cli.words import say

    if found.same_inputs and found.same_values:
        return ""
    return say("forecast-other-inputs" if not found.same_inputs else "forecast-other-version", language)
