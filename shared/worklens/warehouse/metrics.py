"""The metrics: what each is called, which question it answers and from which evidence, in English and Chinese.

They stand in metrics.toml; `python -m worklens.warehouse.metrics_page` makes docs/metrics.md from them.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

import msgspec


class UnknownMetric(KeyError):
    """No metric has this name."""

    def __str__(self) -> str:
        """The name, and those there are."""
        return f"there is no metric {self.args[0]!r}; there are {', '.join(metrics())}"


class Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The same in each language of the report."""

    en: str
    zh: str

    def __getitem__(self, language: str) -> str:
        """The words in a language by its code, English where it is neither."""
        return self.zh if language == "zh" else self.en


class Metric(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A number one can ask for: a view, the column that holds the number, and what it means.

    Where ``view`` is empty, it takes more than a query: `worklens.stages.measures` makes its rows. ``day`` is the column of dates by which a part of the history is chosen; empty where the view has none.
    ``least`` is the least evidence from which the number says something; ``columns`` describes the view's columns.
    """

    view: str = ""
    value: str
    day: str = ""
    title: Words
    unit: Words
    question: Words
    definition: Words
    least: Words
    columns: dict[str, str]


@cache
def metrics() -> dict[str, Metric]:
    """Every metric by the name it is asked by, in the order in which they are shown."""
    text = files("worklens.warehouse").joinpath("metrics.toml").read_text(encoding="utf-8")
    return msgspec.convert(tomllib.loads(text), dict[str, Metric])


def metric(name: str) -> Metric:
    """The metric of this name. Raises UnknownMetric."""
    if name not in metrics():
        raise UnknownMetric(name)
    return metrics()[name]
