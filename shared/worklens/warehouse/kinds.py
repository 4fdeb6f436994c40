"""Types as GoogleSQL names them, and which of them may meet."""

from __future__ import annotations

from collections.abc import Iterable

from sqlglot import exp

ANY: frozenset[str] = frozenset()
INT = frozenset({"INT64"})
FLOAT = frozenset({"FLOAT64"})
NUMBER = INT | FLOAT
BOOL = frozenset({"BOOL"})
STRING = frozenset({"STRING"})
DATE = frozenset({"DATE"})
TIMESTAMP = frozenset({"TIMESTAMP"})
STRINGS = frozenset({"ARRAY<STRING>"})
ORDERED = NUMBER | BOOL | STRING | DATE | TIMESTAMP

UNKNOWN = "UNKNOWN"
TYPES = {
    exp.DType.TEXT: "STRING",
    exp.DType.VARCHAR: "STRING",
    exp.DType.BIGINT: "INT64",
    exp.DType.INT: "INT64",
    exp.DType.DOUBLE: "FLOAT64",
    exp.DType.BOOLEAN: "BOOL",
    exp.DType.DATE: "DATE",
    exp.DType.TIMESTAMPTZ: "TIMESTAMP",
    exp.DType.UNKNOWN: UNKNOWN,
}


def type_of(data_type: exp.Expr | None) -> str:
    """A type as GoogleSQL spells it: INT64, ARRAY<STRING>."""
    if not data_type:
        return UNKNOWN
    if data_type.expressions:
        return data_type.sql(dialect="bigquery")
    return TYPES.get(data_type.this) or data_type.sql(dialect="bigquery")


def kind_of(node: exp.Expr) -> str:
    """The type of an annotated expression; empty where it fits any: NULL and parameters."""
    if isinstance(node.unnest(), exp.Null | exp.Parameter):
        return ""
    found = type_of(node.type)
    return "" if found == UNKNOWN and node.find(exp.Parameter) else found


def family(kind: str) -> str:
    """Types that may meet in a comparison or a CASE are of one family."""
    return "a number" if kind in NUMBER else kind


def mixed(values: Iterable[exp.Expr]) -> str | None:
    """The complaint that these values, which meet somewhere, are of several families."""
    families = {family(kind_of(value)) for value in values} - {""}
    return f"It mixes {' and '.join(sorted(families))}; CAST one of them." if len(families) > 1 else None
