"""What the command line says, by key in English and Chinese, and which of the two the person reads."""

from __future__ import annotations

import os
from collections.abc import Mapping
from string import Formatter
from typing import Any, Literal

Language = Literal["en", "zh"]


def language_of(given: str | None = None, environment: Mapping[str, str] = os.environ) -> Language:
    """The language given, else the system's: Chinese where the first of LC_ALL, LC_MESSAGES and LANG that is set says so."""
    if given:
        return "zh" if given == "zh" else "en"
    names = ("LC_ALL", "LC_MESSAGES", "LANG")
    setting = next((value for name in names if (value := environment.get(name))), "")
    return "zh" if setting.lower().startswith("zh") else "en"


class _Words(Formatter):
    """``{n:task|tasks}`` is "1 task" or "1,204 tasks"."""

    def format_field(self, value: Any, format_spec: str) -> str:
        """Write a number with its noun, anything else as it is."""
        one, bar, many = format_spec.partition("|")
        if not bar:
            return str(super().format_field(value, format_spec))
        return f"{value:,} {one if value == 1 else many}"


_WORDS = _Words()


def say(key: str, language: Language, **params: object) -> str:
    """The words of a key with its parameters; of a ``source`` also what it is called, as ``{service}``.

    Raises KeyError for a key that has none.
    """
    from worklens.cli.catalogue import WORDS

    if "source" in params:
        from worklens.sources.names import name_of

        params["service"] = name_of(str(params["source"]), language)
    return _WORDS.vformat(WORDS[key][language == "zh"], (), params)
