"""What an alert is: something that changed, told once for as long as it lasts; put into words when it is shown."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import msgspec

from worklens.findings.catalogue import CATALOGUES
from worklens.findings.model import Plain


class Alert(msgspec.Struct, frozen=True, kw_only=True):
    """What is told of whom. ``began`` is the first of the person's days of which it is true; no title stands in it."""

    key: str
    account: str
    collection: str = ""  # the list's id; empty for all work
    began: date | None = None
    params: Plain = {}
    evidence: Plain = {}

    @property
    def name(self) -> str:
        """The same for whatever tells the same of the same work."""
        return "|".join((self.key, self.account, self.collection))


def told(key: str, params: Mapping[str, Any], language: str = "en") -> str:
    """An alert in words, as plain text: escape it for the page it goes on.

    ``params`` are the alert's, with ``account`` and, for a list, its ``collection_title``.
    """
    catalogue = CATALOGUES[language]
    return catalogue.words.vformat(catalogue.alert[key], (), params)
