"""A section of the page: a finding in words over a chart, or the word that there isn't enough evidence yet."""

from __future__ import annotations

from typing import Any, Literal

import msgspec

Spec = dict[str, Any]
"""A Vega-Lite specification."""


class Swatch(msgspec.Struct, frozen=True):
    """A colour of the chart, by its CSS variable, its form, and what it stands for."""

    colour: str
    label: str
    form: Literal["box", "line", "dash", "dot"] = "box"


class DataTable(msgspec.Struct, frozen=True):
    """The numbers under a chart as text; the first column of each row is its head."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


class Chart(msgspec.Struct, frozen=True, kw_only=True):
    """A chart for eyes, `alt` for ears, and the numbers for both."""

    spec: Spec
    alt: str
    table: DataTable
    legend: tuple[Swatch, ...] = ()


class Item(msgspec.Struct, frozen=True, kw_only=True):
    """One task in a list: its title, cleaned, where it stands at its source, and what there is to say of it."""

    title: str
    link: str = ""
    facts: tuple[str, ...] = ()
    name: str = (
        ""  # short: by it a person answers what is said of the task; empty where there is nothing to answer
    )


class Group(msgspec.Struct, frozen=True, kw_only=True):
    """Some tasks of a list that have something in common, which the title says; ``more`` are words that lead to all of them."""

    title: str
    items: tuple[Item, ...] = ()
    lacking: str = ""
    more: str = ""
    link: str = ""


class Section(msgspec.Struct, frozen=True, kw_only=True):
    """`title` is the finding, `subtitle` says what is drawn and in which unit. Without chart, items, groups or table, `lacking` says what is missing.

    Of a `folded` one only the finding is seen until somebody wants to know more.
    """

    key: str
    title: str
    subtitle: str = ""
    chart: Chart | None = None
    note: str = ""
    lacking: str = ""
    items: tuple[Item, ...] = ()
    groups: tuple[Group, ...] = ()
    table: DataTable | None = None
    folded: bool = False
