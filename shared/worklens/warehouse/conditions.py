"""Conditions on single nodes that the list in `grammar` names: each gives a complaint, or None."""

from __future__ import annotations

import re
from collections.abc import Callable

from sqlglot import exp

from worklens.warehouse.kinds import (
    BOOL,
    DATE,
    INT,
    NUMBER,
    STRING,
    STRINGS,
    TIMESTAMP,
    kind_of,
    mixed,
    type_of,
)

Complaint = str | None
Condition = Callable[[exp.Expr], Complaint]


def nothing(_: exp.Expr) -> Complaint:
    """No further condition."""
    return None


# ----- What the form tells -----


def select(query: exp.Expr) -> Complaint:
    """A column of NULL has a type, and no name stands for two things."""
    if any(isinstance(item.unalias(), exp.Null) for item in query.expressions):
        return "Give a column of NULL its type: CAST(NULL AS DATE)."
    return _hidden_column(query) or _hidden_by_table(query)


def _hidden_column(query: exp.Expr) -> Complaint:
    """A bare name after GROUP BY, HAVING or QUALIFY that is an alias, and also a column inside what it stands for."""
    hiding = {item.alias for item in query.expressions if _hides_its_own(item)}
    clauses = [query.args[part] for part in ("group", "having", "qualify") if query.args.get(part)]
    found = [column.name for clause in clauses for column in _bare_columns(clause) if column.name in hiding]
    if not found:
        return None
    return f"{found[0]} is both an alias and a column it is made from; give the alias another name."


def _hides_its_own(item: exp.Expr) -> bool:
    made = isinstance(item, exp.Alias) and not isinstance(item.this, exp.Column)
    return made and any(column.name == item.alias for column in item.find_all(exp.Column))


def _hidden_by_table(query: exp.Expr) -> Complaint:
    """A bare name that is a column and a table: BigQuery takes it for the table's whole row."""
    first = query.args.get("from_")
    sources = [first.this, *(join.this for join in query.args.get("joins") or [])] if first else []
    tables = {source.alias_or_name for source in sources if not isinstance(source, exp.Unnest)}
    clauses = [query.args[part] for part in ("where", "group", "having", "qualify") if query.args.get(part)]
    places = [*query.expressions, *clauses]
    found = [column.name for place in places for column in _bare_columns(place) if column.name in tables]
    return f"{found[0]} is a table here too; write {found[0]}.{found[0]} for its column." if found else None


def _bare_columns(node: exp.Expr) -> list[exp.Column]:
    return [column for column in node.find_all(exp.Column) if not column.table]


def bare_table(table: exp.Expr) -> Complaint:
    """A table is named without its dataset."""
    return "Name the table alone; each platform adds its own dataset." if table.args.get("db") else None


def not_recursive(with_: exp.Expr) -> Complaint:
    """WITH is not recursive."""
    return "WITH RECURSIVE is not in the subset." if with_.args.get("recursive") else None


def all_rows(union: exp.Expr) -> Complaint:
    """UNION keeps all rows."""
    complaint = "Write UNION ALL, and SELECT DISTINCT over it where you need that."
    return complaint if union.args.get("distinct") else None


def join(node: exp.Expr) -> Complaint:
    """INNER, LEFT or CROSS, with what each needs."""
    kind, side = node.args.get("kind", ""), node.args.get("side", "")
    if kind not in {"", "INNER", "CROSS", "OUTER"} or side not in {"", "LEFT"}:
        return f"{side or kind} JOIN is not in the subset; use INNER, LEFT or CROSS JOIN."
    condition = node.args.get("on")
    if kind != "CROSS" and not condition and not node.args.get("using"):
        return "Give the join an ON or a USING, or make it a CROSS JOIN."
    if side == "LEFT" and condition and not condition.find(exp.EQ):
        return "BigQuery joins LEFT only where ON has an equality of a column of each side."
    return None


def unnest(node: exp.Expr) -> Complaint:
    """In a CROSS JOIN, after FROM or after IN."""
    join = node.parent
    if isinstance(join, exp.Join) and join.args.get("kind") != "CROSS":
        return "Use it with CROSS JOIN, and LEFT JOIN the result where a row without elements must stay."
    return None


def constant_array(array: exp.Expr) -> Complaint:
    """A written array holds constants and is unnested at once."""
    if not isinstance(array.parent, exp.Unnest):
        return "An array may be written only inside UNNEST."
    plain = all(isinstance(item, exp.Literal | exp.Null | exp.Neg | exp.Cast) for item in array.expressions)
    return None if plain else "Only constants may be the elements of a written array."


def day_step(interval: exp.Expr) -> Complaint:
    """The step of GENERATE_DATE_ARRAY is a constant number of days."""
    if not isinstance(interval.parent, exp.GenerateDateArray):
        return "Use DATE_ADD(x, INTERVAL n DAY) or TIMESTAMP_ADD(x, INTERVAL n SECOND)."
    number = interval.this.name if isinstance(interval.this, exp.Literal) else ""
    whole = number.isdigit() and number != "0"
    return (
        None
        if whole and interval.text("unit").upper() == "DAY"
        else "The step must be a constant number of days: INTERVAL 7 DAY."
    )


def unit(allowed: str) -> Condition:
    """The one unit that a function may count in."""

    def condition(node: exp.Expr) -> Complaint:
        return None if node.text("unit").upper() == allowed else f"Its unit may only be {allowed}."

    return condition


def distinct(node: exp.Expr) -> Complaint:
    """After SELECT, or in COUNT with one expression."""
    if isinstance(node.parent, exp.Count) and len(node.expressions) != 1:
        return "COUNT(DISTINCT x) takes one expression."
    if isinstance(node.parent, exp.Select | exp.Count):
        return None
    return "DISTINCT may stand only after SELECT and in COUNT."


def is_constant(node: exp.Expr) -> Complaint:
    """IS with NULL, TRUE or FALSE."""
    return None if isinstance(node.expression, exp.Null | exp.Boolean) else "IS takes NULL, TRUE or FALSE."


def windowed(function: exp.Expr) -> Complaint:
    """The function has its OVER."""
    parent = function.parent.parent if isinstance(function.parent, exp.IgnoreNulls) else function.parent
    return None if isinstance(parent, exp.Window) else "It needs OVER (PARTITION BY ... )."


def ignoring_nulls(node: exp.Expr) -> Complaint:
    """For the functions where both engines have it."""
    ok = isinstance(node.this, exp.FirstValue | exp.LastValue)
    return None if ok else "IGNORE NULLS is for FIRST_VALUE and LAST_VALUE."


def window(node: exp.Expr) -> Complaint:
    """An order where the function needs one, and a frame where it would matter."""
    function, order, spec = node.this, node.args.get("order"), node.args.get("spec")
    if isinstance(function, exp.IgnoreNulls):
        function = function.this
    if isinstance(function, exp.Count) and isinstance(function.this, exp.Distinct) and order:
        return "COUNT(DISTINCT x) takes no ORDER BY in OVER."
    if isinstance(function, exp.PercentileCont):
        return "PERCENTILE_CONT takes no ORDER BY in OVER." if order or spec else None
    if isinstance(function, exp.RowNumber | exp.Lag | exp.Lead):
        return None if order and not spec else "ROW_NUMBER, LAG and LEAD need ORDER BY in OVER, and no frame."
    if order and not spec:
        return "Write the frame (ROWS BETWEEN ...): without one, rows that tie are taken together."
    if isinstance(function, exp.FirstValue | exp.LastValue) and not order:
        return "It needs ORDER BY and a frame in OVER, or its answer is any row's."
    return None


def rows_frame(spec: exp.Expr) -> Complaint:
    """A frame of rows."""
    return None if spec.text("kind") == "ROWS" else "A frame counts ROWS, not RANGE or GROUPS."


def whole_number(limit: exp.Expr) -> Complaint:
    """LIMIT and OFFSET with a number or a parameter."""
    plain = isinstance(limit.expression, exp.Literal | exp.Parameter)
    return None if plain else "It takes a number or a parameter."


# The types that may be cast to each.
SOURCES = {
    "INT64": INT | BOOL,
    "FLOAT64": NUMBER,
    "STRING": STRING | INT | DATE | BOOL,
    "BOOL": BOOL,
    "DATE": DATE,
    "TIMESTAMP": TIMESTAMP,
    "ARRAY<STRING>": STRINGS,
}
REMEDIES = {
    "INT64": "Round it first, CAST(ROUND(x) AS INT64): DuckDB sends ties to the even number, BigQuery away from zero.",
    "DATE": "Use DATE(x) for an instant's day in UTC.",
    "TIMESTAMP": "Use TIMESTAMP(x) for a date's midnight in UTC.",
    "STRING": "FLOAT64 and TIMESTAMP are spelt differently by the two engines.",
}
WRITTEN = {
    "DATE": (re.compile(r"\d{4}-\d\d-\d\d"), "DATE '2026-03-01'"),
    "TIMESTAMP": (
        re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d{1,6})?"),
        "TIMESTAMP '2026-03-01 12:00:00', UTC",
    ),
}
WHOLE = exp.Round | exp.Floor | exp.Ceil


def castable_form(cast: exp.Expr) -> Complaint:
    """A CAST to a type of the subset; a DATE or TIMESTAMP constant is one too."""
    target = type_of(cast.args["to"])
    if target not in SOURCES:
        return f"CAST to {target} is not in the subset."
    if isinstance(cast.this, exp.Literal) and cast.this.is_string and target in WRITTEN:
        form, example = WRITTEN[target]
        return None if form.fullmatch(cast.this.name) else f"Write it as {example}."
    return None


# ----- What the types tell, once the tree is annotated -----


def castable(cast: exp.Expr) -> Complaint:
    """The types that a CAST may go from and to."""
    source, target = kind_of(cast.this), type_of(cast.args["to"])
    constant = isinstance(cast.this, exp.Literal) and cast.this.is_string and target in WRITTEN
    rounded = target == "INT64" and isinstance(cast.this.unnest(), WHOLE)
    if not source or constant or rounded or source in SOURCES[target]:
        return None
    remedy = "Text is parsed before it is stored." if source == "STRING" else REMEDIES.get(target, "")
    return f"CAST from {source} to {target} is not in the subset. {remedy}".rstrip()


def boolean_condition(node: exp.Expr) -> Complaint:
    """IF's condition; in CASE x WHEN y, a branch has a value to compare with instead."""
    kind = kind_of(node.this)
    if kind in {"BOOL", ""} or (isinstance(node.parent, exp.Case) and node.parent.this):
        return None
    return f"Its condition is {kind}, not BOOL."


def like_branches(case: exp.Expr) -> Complaint:
    """What CASE gives, and what CASE x WHEN compares with."""
    branches: list[exp.Expr] = case.args["ifs"]
    default = case.args.get("default")
    given = [branch.args["true"] for branch in branches] + ([default] if default else [])
    compared = [case.this, *(branch.this for branch in branches)] if case.this else []
    return mixed(given) or mixed(compared)


def like_sides(union: exp.Expr) -> Complaint:
    """The sides of UNION ALL have the very same types, so that both engines give the column the same."""
    queries = (side.unnest() for side in (union.this, union.expression))
    left, right = ([kind_of(item.unalias()) for item in query.selects] for query in queries)
    if len(left) != len(right):
        return f"Its sides have {len(left)} and {len(right)} columns."
    for one, other in zip(left, right, strict=True):
        if one != other:
            return f"A column is {one} on one side and {other} on the other; CAST it."
    return None
