"""What people are told of each view, wherever they meet it: its name, what it says, and its columns.

The words stand in metrics.toml and views.toml. ``described.json`` holds them with the columns' types, for Terraform and for
whoever has no sqlglot; `describing` makes it.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Literal

import msgspec

from worklens.warehouse.metrics import Words

FILE = "described.json"

# How many values become one; empty: it tells things apart.
Together = Literal["", "sum", "average", "largest"]


class Field(msgspec.Struct, frozen=True):
    """A column: its name and type in GoogleSQL, what it is called and what it is."""

    name: str
    type: str
    mode: str
    title: Words
    description: str
    together: Together


class View(msgspec.Struct, frozen=True):
    """A view: what it is called, what it says, and its columns. ``shown`` are those made for people."""

    title: Words
    description: Words
    shown: bool
    fields: tuple[Field, ...]


class Described(msgspec.Struct, frozen=True):
    """What is shipped."""

    made_from: str  # see `describing.origin`
    views: dict[str, View]
    looker_studio: dict[
        str, dict[str, str]
    ]  # addresses, with PROJECT and DATASET in their places: for Terraform


@cache
def described() -> dict[str, View]:
    """Every view by its name, from the file that is shipped."""
    return _shipped().views


def shown() -> dict[str, View]:
    """The views made for people, by name."""
    return {name: view for name, view in described().items() if view.shown}


def titles(views: Mapping[str, View] | None = None) -> dict[str, Words]:
    """What the views made for people are called, by name; those given, or those that are shipped."""
    known = described() if views is None else views
    return {name: view.title for name, view in known.items() if view.shown}


def made_from() -> str:
    """What the shipped file was made from: it is true as long as this is `describing.origin`."""
    return _shipped().made_from


@cache
def _shipped() -> Described:
    held = files("worklens.warehouse").joinpath(FILE).read_bytes()
    return msgspec.json.decode(held, type=Described)
