"""Makes described.json, what other programs are told of the views, from metrics.toml, views.toml and the views themselves.

`python -m worklens.warehouse.metrics_page` writes it. This loads sqlglot, by which a column's type is told.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path

import msgspec

from worklens.tasks import digest
from worklens.warehouse import catalogue, looker_studio, schema
from worklens.warehouse.described import FILE, Described, Field, Together, View, titles
from worklens.warehouse.dialect import columns
from worklens.warehouse.metrics import Metric, Words, metrics

TRANSLATOR = ("dialect.py", "kinds.py")  # what a column's type follows from, besides the SQL


class Name(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"together": "as"}):
    """What people read in the place of a column's name, in each language, and how its values are put together."""

    en: str
    zh: str
    together: Together = ""


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
