"""What people are told of each view, wherever they meet it: its name, what it says, and its columns.

The words stand in metrics.toml and views.toml. ``described.json`` holds them with the columns' types, for Terraform and for
whoever has no sqlglot; `python -m worklens.warehouse.metrics_page` writes it.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Literal

import msgspec

from worklens.tasks import digest
from worklens.warehouse import catalogue, looker_studio, schema
from worklens.warehouse.metrics import Metric, Words, metrics

FILE = "described.json"
TRANSLATOR = ("dialect.py", "kinds.py")  # what a column's type follows from, besides the SQL
LIMIT = 16_384  # characters that BigQuery takes as the description of a view

Together = Literal[
    "", "sum", "average", "largest"
]  # how many values become one; empty: it tells things apart


class Name(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"together": "as"}):
    """What people read in the place of a column's name, in each language, and how its values are put together."""

    en: str
    zh: str
    together: Together = ""


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

    made_from: str  # see `origin`
    views: dict[str, View]
    looker_studio: dict[
        str, dict[str, str]
    ]  # addresses, with PROJECT and DATASET in their places: for Terraform


class NotDescribed(ValueError):
    """A view's column has no words; says which, and where they belong."""


class _Own(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A view's part of views.toml."""

    title: Words | None = None
    like: tuple[str, ...] = ()  # tables and metrics' views in which a column of the same name is described
    names: dict[str, Name] = {}
    columns: dict[str, str] = {}


class _Text(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The whole of views.toml."""

    names: dict[str, Name]
    views: dict[str, _Own]


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
    """What the shipped file was made from: it is true as long as this is `origin`."""
    return _shipped().made_from


@cache
def _shipped() -> Described:
    held = files("worklens.warehouse").joinpath(FILE).read_bytes()
    return msgspec.json.decode(held, type=Described)


# ----- Making the file -----


def write() -> None:
    """Write it anew."""
    Path(__file__).with_name(FILE).write_bytes(describe_all())


def describe_all() -> bytes:
    """The content of the file. Raises NotDescribed."""
    views = {name: describe(name) for name in sorted(catalogue.order())}
    made = Described(origin(), views, looker_studio.templates(titles(views)))
    return msgspec.json.format(msgspec.json.encode(made), indent=1) + b"\n"


def origin() -> str:
    """A hash of all that it follows from: the words, the views, the tables, and what tells the types."""
    room = files("worklens.warehouse")
    texts = [
        room.joinpath(name).read_text(encoding="utf-8")
        for name in ("metrics.toml", "views.toml", "looker_studio.py", *TRANSLATOR)
    ]
    return digest(*texts, catalogue.fingerprint(), *catalogue.headings().values())


def describe(view: str) -> View:
    """A view by its name, its columns in their order. Raises NotDescribed."""
    from worklens.warehouse.dialect import columns

    metric = _metrics_of().get(view)
    own = _text().views.get(view, _Own())
    said = {**dict(_inherited(own)), **(metric.columns if metric else {}), **own.columns}
    fields = tuple(
        Field(one.name, one.type, one.mode, *_words(view, one.name, own, said))
        for one in columns(catalogue.query(view)[0])
    )
    return View(_title(view, metric, own), _description(view, metric), bool(metric or own.title), fields)


def _words(view: str, column: str, own: _Own, said: Mapping[str, str]) -> tuple[Words, str, Together]:
    """What a column is called, what it is, and how it is put together."""
    if column not in said:
        raise NotDescribed(f"views.toml: say what {view}.{column} is, under [views.{view}.columns]")
    name = own.names.get(column) or _text().names.get(column)
    if name:
        return Words(name.en, name.zh), said[column], name.together
    if own.title or view in _metrics_of():
        raise NotDescribed(f"views.toml: say what people read for {view}.{column}, under [names]")
    plain = column.replace("_", " ").capitalize()
    return Words(plain, plain), said[column], ""


def _title(view: str, metric: Metric | None, own: _Own) -> Words:
    plain = view.replace("_", " ").capitalize()
    return metric.title if metric else own.title or Words(plain, plain)


def _description(view: str, metric: Metric | None) -> Words:
    if not metric:
        heading = catalogue.headings()[view]
        return Words(heading, heading)
    said = {language: metric.definition[language].split("\n") for language in ("en", "zh")}
    return Words(f"{metric.question.en} {' '.join(said['en'])}", f"{metric.question.zh}{''.join(said['zh'])}")


def _inherited(own: _Own) -> Iterator[tuple[str, str]]:
    """What the tables and views it is like say of their columns; of two the first named is right."""
    for name in reversed(own.like):
        if name in schema.tables():
            yield from ((column.name, column.description) for column in schema.tables()[name])
        else:
            yield from _metrics_of()[name].columns.items()


@cache
def _metrics_of() -> dict[str, Metric]:
    """The metrics by their views."""
    return {one.view: one for one in metrics().values() if one.view}


@cache
def _text() -> _Text:
    text = files("worklens.warehouse").joinpath("views.toml").read_text(encoding="utf-8")
    return msgspec.convert(tomllib.loads(text), _Text)
