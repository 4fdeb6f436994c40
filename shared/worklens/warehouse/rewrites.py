"""Where plain translation to DuckDB would change the meaning: how each such node is written instead.

Each rewrite takes a node of a qualified, annotated tree and gives the node to stand in its place; it may use up the
old node's parts.
"""

from __future__ import annotations

from collections.abc import Callable

from sqlglot import exp

from worklens.warehouse.kinds import kind_of

EPOCH = exp.cast(exp.Literal.string("1970-01-01"), "date")
# Where a whole number counts rows or places and is no value of type INT64.
COUNTING = exp.Limit | exp.Offset | exp.WindowSpec | exp.Ordered | exp.Interval


def call(name: str, *arguments: exp.Expr) -> exp.Expr:
    """A call of a DuckDB function that is written out as it stands."""
    return exp.Anonymous(this=name, expressions=list(arguments))


def to(kind: exp.DType, node: exp.Expr) -> exp.Expr:
    """CAST(node AS kind)."""
    return exp.Cast(this=node, to=exp.DataType(this=kind))


def number(node: exp.Expr) -> exp.Expr:
    """A constant of type INT64 or FLOAT64; DuckDB takes 1 for 32 bits wide and 2.5 for a decimal."""
    if node.args["is_string"] or isinstance(node.parent, COUNTING):
        return node
    if node.name.isdigit():
        return node if widened(node) else to(exp.DType.BIGINT, node.copy())
    return exp.Literal.number(node.name if "e" in node.name.lower() else f"{node.name}e0")


def widened(node: exp.Expr) -> bool:
    """Beside an operand that isn't written out, and so is as wide as it should be, a constant is widened by DuckDB."""
    operation = node.parent
    if not isinstance(operation, exp.Binary | exp.Between | exp.In):
        return False
    return any(not isinstance(side, exp.Literal) for side in operation.iter_expressions() if side is not node)


def cast(node: exp.Expr) -> exp.Expr:
    """Instants are naive UTC in DuckDB."""
    return to(exp.DType.TIMESTAMP, node.this) if node.args["to"].is_type("timestamptz") else node


def total(node: exp.Expr) -> exp.Expr:
    """SUM of INT64 is INT64; DuckDB widens it to 128 bits, which NumPy and Parquet take for a float."""
    summed = node.this if isinstance(node, exp.Window) else node
    whole = isinstance(summed, exp.Sum) and kind_of(summed.this) == "INT64"
    return to(exp.DType.BIGINT, node.copy()) if whole and not isinstance(node.parent, exp.Window) else node


def count_if(node: exp.Expr) -> exp.Expr:
    """COUNTIF of no rows is 0; DuckDB's COUNT_IF gives NULL."""
    one = exp.Case(ifs=[exp.If(this=node.this, true=exp.Literal.number(1))])
    return exp.Count(this=one)


def unix_seconds(node: exp.Expr) -> exp.Expr:
    """Fractions of a second are cut off towards the past, before 1970 too."""
    return to(exp.DType.BIGINT, call("EPOCH", call("DATE_TRUNC", exp.Literal.string("second"), node.this)))


def timestamp_seconds(node: exp.Expr) -> exp.Expr:
    """MAKE_TIMESTAMP takes microseconds and gives a naive instant."""
    micros = exp.Mul(this=exp.Paren(this=node.this), expression=exp.Literal.number(1_000_000))
    return call("MAKE_TIMESTAMP", micros)


def days_later(sign: type[exp.Binary]) -> Callable[[exp.Expr], exp.Expr]:
    """A date moved by a number of days stays a date; with an interval DuckDB makes it an instant."""

    def rewrite(node: exp.Expr) -> exp.Expr:
        moved = sign(this=exp.Paren(this=node.this), expression=to(exp.DType.INT, node.expression))
        return exp.Paren(this=moved)

    return rewrite


def from_unix_date(node: exp.Expr) -> exp.Expr:
    """The date so many days after 1970-01-01."""
    return exp.Paren(this=exp.Add(this=EPOCH.copy(), expression=to(exp.DType.INT, node.this)))


def merged(node: exp.Expr) -> exp.Expr:
    """USING's column, which the qualifier wrote as COALESCE of both sides. INNER and LEFT JOIN need only the left
    one, and with it DuckDB can push filters down. What the author wrote has a place in the source; this has none.
    """
    return node if node.meta_get("line") else node.this


REWRITES: dict[type[exp.Expr], Callable[[exp.Expr], exp.Expr]] = {
    exp.Literal: number,
    exp.Cast: cast,
    exp.Sum: total,
    exp.Window: total,
    exp.CountIf: count_if,
    exp.Coalesce: merged,
    exp.IntDiv: lambda node: call("DIVIDE", node.this, node.expression),
    exp.UnixSeconds: unix_seconds,
    exp.UnixToTime: timestamp_seconds,
    exp.Timestamp: lambda node: to(exp.DType.TIMESTAMP, node.this),
    exp.DateAdd: days_later(exp.Add),
    exp.DateSub: days_later(exp.Sub),
    exp.DateFromUnixDate: from_unix_date,
}


def rewrite(tree: exp.Expr) -> exp.Expr:
    """Rewrite the tree itself, the inner nodes before those that hold them."""
    for node in reversed(list(tree.bfs())):
        change = REWRITES.get(type(node))
        if not change:
            continue
        new = change(node)
        if new is not node:
            new.type = node.type
            node.replace(new)
    return tree
