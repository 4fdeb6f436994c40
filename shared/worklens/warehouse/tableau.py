"""Tableau data sources (.tds): what a view is called, its columns' names, words, roles and how they are added up.

One connects to BigQuery, another to a file of comma-separated values. The connection's attributes are those of Tableau's own
documentation and of the data sources that its projects publish; no Tableau has opened one of ours.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from pathlib import PurePath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from worklens.warehouse.described import Field, View

VERSION = "18.1"  # of the format: what Tableau writes since 2018, and every later one reads
START = "<?xml version='1.0' encoding='utf-8' ?>"
USER = "http://www.tableausoftware.com/xml/user"

DATATYPES = {
    "STRING": "string",
    "JSON": "string",
    "INT64": "integer",
    "FLOAT64": "real",
    "BOOL": "boolean",
    "DATE": "date",
    "TIMESTAMP": "datetime",
}
TOGETHER = {"sum": "Sum", "average": "Avg", "largest": "Max"}
ORDERED = {"integer", "real", "date", "datetime"}
UNSEEN = {code: None for code in range(32) if chr(code) not in "\t\n\r"}  # XML has no place for them


def on_bigquery(name: str, view: View, project: str, dataset: str, language: str = "en") -> bytes:
    """The data source of a view in BigQuery; Tableau asks for the sign-in when it opens it."""
    connection = _tag(
        "connection",
        CATALOG=project,
        EXECCATALOG=project,
        authentication="yes",
        bq_schema=dataset,
        **{"class": "bigquery"},
        project=project,
        schema=dataset,
        server="googleapis.com/bigquery",
        table=name,
        username="",
    )
    relation = _tag(
        "relation", connection="bigquery.worklens", name=name, table=f"[{dataset}].[{name}]", type="table"
    )
    return _source("bigquery.worklens", project, connection, relation, name, view, language)


def on_csv(name: str, view: View, folder: PurePath, language: str = "en") -> bytes:
    """The data source of NAME.csv in that folder, with a line of headings and UTF-8."""
    file = f"{name}.csv"
    connection = _tag(
        "connection", **{"class": "textscan"}, directory=str(folder), filename=file, password="", server=""
    )
    columns = [
        _tag("column", datatype=_datatype(field), name=field.name, ordinal=str(place))
        for place, field in enumerate(view.fields)
    ]
    form = {"character-set": "UTF-8", "header": "yes", "locale": "en_US", "separator": ","}
    relation = _tag(
        "relation",
        _tag("columns", *columns, **form),
        connection="textscan.worklens",
        name=file,
        table=f"[{name}#csv]",
        type="table",
    )
    return _source("textscan.worklens", file, connection, relation, name, view, language)


def _source(
    key: str, caption: str, connection: str, relation: str, name: str, view: View, language: str
) -> bytes:
    named = _tag("named-connections", _tag("named-connection", connection, caption=caption, name=key))
    made = _tag(
        "datasource",
        _tag("connection", named, relation, **{"class": "federated"}),
        _tag("aliases", enabled="yes"),
        *_columns(view, language),
        **{"formatted-name": f"federated.worklens_{name}", "inline": "true", "source-platform": "win"},
        version=VERSION,
        **{"xmlns:user": USER},
    )
    return f"{START}\n{made}\n".encode()


def _columns(view: View, language: str) -> Iterator[str]:
    for field in view.fields:
        datatype = _datatype(field)
        together = {"aggregation": TOGETHER[field.together]} if field.together else {}
        yield _tag(
            "column",
            _tag("desc", _tag("formatted-text", _tag("run", escape(field.description.translate(UNSEEN))))),
            **together,
            caption=field.title[language],
            datatype=datatype,
            name=f"[{field.name}]",
            role="measure" if field.together else "dimension",
            type="quantitative" if field.together else "ordinal" if datatype in ORDERED else "nominal",
        )


def _datatype(field: Field) -> str:
    """A repeated column reads as one text."""
    return "string" if field.mode == "REPEATED" else DATATYPES[field.type]


def _tag(element: str, /, *inner: str, **attributes: str) -> str:
    """An element with what stands in it, which is XML already, and its attributes, which are not."""
    said = "".join(f" {name}='{escape(value.translate(UNSEEN))}'" for name, value in attributes.items())
    return f"<{element}{said}>{''.join(inner)}</{element}>" if inner else f"<{element}{said} />"
