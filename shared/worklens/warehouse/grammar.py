"""The subset of GoogleSQL that views may use: each kind of syntax node, the parts it may have and the types they take.

What isn't listed is forbidden. A thing enters the list once golden rows show what it gives on DuckDB. Out of account
are NaN and FLOAT64 beyond 1e308, where BigQuery fails and DuckDB goes on: no number of ours comes near.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from sqlglot import exp

from worklens.warehouse import conditions
from worklens.warehouse.conditions import Condition
from worklens.warehouse.kinds import ANY, BOOL, DATE, FLOAT, INT, NUMBER, ORDERED, STRING, STRINGS, TIMESTAMP


class Rule(NamedTuple):
    """What is allowed of one kind of node.

    `parts` maps a part to the types its expressions may have (ANY: not checked); `alike` names the parts that must be
    of one family of types; `flags` are parts the parser sets that change nothing. `also` gives a complaint about the
    form, or None; `typed` one about the types, once the tree is annotated. `name` is what the golden rows and errors
    call it; nodes with no meaning of their own have none.
    """

    name: str = ""
    parts: Mapping[str, frozenset[str]] = MappingProxyType({})
    alike: str = ""
    flags: str = ""
    also: Condition = conditions.nothing
    typed: Condition = conditions.nothing


def _parts(names: str) -> dict[str, frozenset[str]]:
    return dict.fromkeys(names.split(), ANY)


def _of(types: frozenset[str], names: str = "this") -> dict[str, frozenset[str]]:
    return dict.fromkeys(names.split(), types)


# ----- The list -----

# Nodes that only hold others together, and constants.
PLUMBING: dict[type[exp.Expr], Rule] = {
    exp.Alias: Rule("", _parts("this alias")),
    exp.Boolean: Rule("", _parts("this")),
    exp.Column: Rule("", _parts("this table")),
    exp.CTE: Rule("", _parts("this alias")),
    exp.DataType: Rule("", _parts("this expressions"), flags="nested"),
    exp.From: Rule("", _parts("this")),
    exp.Identifier: Rule("", _parts("this quoted")),
    exp.Literal: Rule("constant", _parts("this is_string")),
    exp.Null: Rule(),
    exp.Parameter: Rule("@parameter", _parts("this")),
    exp.Paren: Rule("", _parts("this")),
    exp.Star: Rule("", _parts("except_")),
    exp.Subquery: Rule("", _parts("this alias")),
    exp.Table: Rule("", _parts("this alias db"), also=conditions.bare_table),
    exp.TableAlias: Rule("", _parts("this columns")),
    exp.Var: Rule("", _parts("this")),
    exp.Ordered: Rule("", _parts("this desc"), flags="nulls_first"),
    exp.Interval: Rule("", _parts("this unit"), also=conditions.day_step),
    exp.WindowSpec: Rule("", _parts("kind start start_side end end_side"), also=conditions.rows_frame),
    exp.Array: Rule(
        "",
        _of(ORDERED, "expressions"),
        "expressions",
        flags="struct_name_inheritance",
        also=conditions.constant_array,
    ),
}

CLAUSES: dict[type[exp.Expr], Rule] = {
    exp.Select: Rule(
        "SELECT",
        _parts("with_ expressions distinct from_ joins where group having qualify order limit offset"),
        also=conditions.select,
    ),
    exp.With: Rule("WITH", _parts("expressions recursive"), also=conditions.not_recursive),
    exp.Join: Rule("JOIN", _parts("this kind side on using"), also=conditions.join),
    exp.Unnest: Rule("UNNEST", _parts("expressions alias"), also=conditions.unnest),
    exp.Where: Rule("WHERE", _of(BOOL)),
    exp.Group: Rule("GROUP BY", _parts("expressions")),
    exp.Having: Rule("HAVING", _of(BOOL)),
    exp.Qualify: Rule("QUALIFY", _of(BOOL)),
    exp.Order: Rule("ORDER BY", _parts("expressions")),
    exp.Limit: Rule("LIMIT", _parts("expression"), also=conditions.whole_number),
    exp.Offset: Rule("OFFSET", _parts("expression"), also=conditions.whole_number),
    exp.Union: Rule(
        "UNION ALL",
        _parts("this expression distinct with_ order limit offset"),
        also=conditions.all_rows,
        typed=conditions.like_sides,
    ),
    exp.Distinct: Rule("DISTINCT", _parts("expressions"), also=conditions.distinct),
    exp.Window: Rule("OVER", _parts("this partition_by order spec"), flags="over", also=conditions.window),
    exp.IgnoreNulls: Rule("IGNORE NULLS", _parts("this"), also=conditions.ignoring_nulls),
}

OPERATORS: dict[type[exp.Expr], Rule] = {
    exp.Add: Rule("+", _of(NUMBER, "this expression")),
    exp.Sub: Rule("-", _of(NUMBER, "this expression")),
    exp.Mul: Rule("*", _of(NUMBER, "this expression")),
    exp.Neg: Rule("unary -", _of(NUMBER)),
    exp.DPipe: Rule("||", _of(STRING, "this expression"), flags="safe"),
    exp.And: Rule("AND", _of(BOOL, "this expression")),
    exp.Or: Rule("OR", _of(BOOL, "this expression")),
    exp.Not: Rule("NOT", _of(BOOL)),
    **{
        node: Rule(name, _of(ORDERED, "this expression"), alike="this expression")
        for node, name in {
            exp.EQ: "=",
            exp.NEQ: "!=",
            exp.LT: "<",
            exp.LTE: "<=",
            exp.GT: ">",
            exp.GTE: ">=",
            exp.NullSafeEQ: "IS NOT DISTINCT FROM",
            exp.NullSafeNEQ: "IS DISTINCT FROM",
        }.items()
    },
    exp.Between: Rule("BETWEEN", _of(ORDERED, "this low high"), alike="this low high"),
    exp.In: Rule("IN", _of(ORDERED, "this expressions") | _parts("query unnest"), alike="this expressions"),
    exp.Is: Rule("IS", _parts("this expression"), also=conditions.is_constant),
    exp.Case: Rule("CASE", _parts("this ifs default"), typed=conditions.like_branches),
    exp.If: Rule("IF", _parts("this true false"), alike="true false", typed=conditions.boolean_condition),
    exp.Cast: Rule("CAST", _parts("this to"), also=conditions.castable_form, typed=conditions.castable),
}

FUNCTIONS: dict[type[exp.Expr], Rule] = {
    # ----- Aggregates, which take OVER too -----
    exp.Avg: Rule("AVG", _of(NUMBER)),
    exp.Count: Rule("COUNT", _parts("this"), flags="big_int"),
    exp.CountIf: Rule("COUNTIF", _of(BOOL)),
    exp.LogicalAnd: Rule("LOGICAL_AND", _of(BOOL)),
    exp.LogicalOr: Rule("LOGICAL_OR", _of(BOOL)),
    exp.Max: Rule("MAX", _of(ORDERED)),
    exp.Min: Rule("MIN", _of(ORDERED)),
    exp.Sum: Rule("SUM", _of(NUMBER)),
    # ----- For windows only -----
    exp.FirstValue: Rule("FIRST_VALUE", _of(ORDERED), also=conditions.windowed),
    exp.LastValue: Rule("LAST_VALUE", _of(ORDERED), also=conditions.windowed),
    exp.Lag: Rule(
        "LAG",
        _of(ORDERED, "this default") | _of(INT, "offset"),
        alike="this default",
        also=conditions.windowed,
    ),
    exp.Lead: Rule(
        "LEAD",
        _of(ORDERED, "this default") | _of(INT, "offset"),
        alike="this default",
        also=conditions.windowed,
    ),
    exp.PercentileCont: Rule(
        "PERCENTILE_CONT", _of(FLOAT) | _of(NUMBER, "expression"), also=conditions.windowed
    ),
    exp.RowNumber: Rule("ROW_NUMBER", also=conditions.windowed),
    # ----- Unknown values -----
    exp.Coalesce: Rule("COALESCE", _of(ORDERED, "this expressions"), alike="this expressions"),
    exp.Nullif: Rule("NULLIF", _of(ORDERED, "this expression"), alike="this expression"),
    # ----- Numbers -----
    exp.Abs: Rule("ABS", _of(NUMBER)),
    exp.Ceil: Rule("CEIL", _of(FLOAT)),
    exp.Floor: Rule("FLOOR", _of(FLOAT)),
    exp.Greatest: Rule(
        "GREATEST", _of(ORDERED, "this expressions"), alike="this expressions", flags="ignore_nulls"
    ),
    exp.IntDiv: Rule("DIV", _of(INT, "this expression")),
    exp.Least: Rule(
        "LEAST", _of(ORDERED, "this expressions"), alike="this expressions", flags="ignore_nulls"
    ),
    exp.Mod: Rule("MOD", _of(INT, "this expression")),
    exp.Round: Rule("ROUND", _of(FLOAT)),
    exp.SafeDivide: Rule("SAFE_DIVIDE", _of(NUMBER, "this expression")),
    # ----- Text and arrays -----
    exp.ArraySize: Rule("ARRAY_LENGTH", _of(STRINGS)),
    exp.Concat: Rule("CONCAT", _of(STRING, "expressions"), flags="safe coalesce"),
    exp.Length: Rule("LENGTH", _of(STRING), flags="binary"),
    exp.StartsWith: Rule("STARTS_WITH", _of(STRING, "this expression")),
    # ----- Dates and instants -----
    exp.Date: Rule("DATE", _of(TIMESTAMP)),
    exp.DateAdd: Rule(
        "DATE_ADD", _of(DATE) | _of(INT, "expression") | _parts("unit"), also=conditions.unit("DAY")
    ),
    exp.DateDiff: Rule(
        "DATE_DIFF",
        _of(DATE, "this expression") | _parts("unit"),
        flags="date_part_boundary",
        also=conditions.unit("DAY"),
    ),
    exp.DateFromUnixDate: Rule("DATE_FROM_UNIX_DATE", _of(INT)),
    exp.DateSub: Rule(
        "DATE_SUB", _of(DATE) | _of(INT, "expression") | _parts("unit"), also=conditions.unit("DAY")
    ),
    exp.GenerateDateArray: Rule("GENERATE_DATE_ARRAY", _of(DATE, "start end") | _parts("step")),
    exp.Timestamp: Rule("TIMESTAMP", _of(DATE), flags="with_tz"),
    exp.TimestampAdd: Rule(
        "TIMESTAMP_ADD",
        _of(TIMESTAMP) | _of(INT, "expression") | _parts("unit"),
        also=conditions.unit("SECOND"),
    ),
    exp.TimestampSub: Rule(
        "TIMESTAMP_SUB",
        _of(TIMESTAMP) | _of(INT, "expression") | _parts("unit"),
        also=conditions.unit("SECOND"),
    ),
    exp.UnixDate: Rule("UNIX_DATE", _of(DATE)),
    exp.UnixSeconds: Rule("UNIX_SECONDS", _of(TIMESTAMP)),
    exp.UnixToTime: Rule("TIMESTAMP_SECONDS", _of(INT), flags="scale"),
}

ALLOWED: dict[type[exp.Expr], Rule] = PLUMBING | CLAUSES | OPERATORS | FUNCTIONS

# ----- What to write instead -----

INSTEAD = {
    "/": "Use SAFE_DIVIDE(a, b), NULL for b = 0, or DIV(a, b) for whole numbers.",
    "%": "Use MOD(a, b).",
    "::": "Use CAST(a AS T).",
    "ANY_VALUE": "Use MIN or MAX, which give the same answer each time.",
    "APPROX_QUANTILES": "Use PERCENTILE_CONT(x, p) OVER (PARTITION BY ...).",
    "ARRAY_AGG": "Take the first row by QUALIFY ROW_NUMBER() OVER (...) = 1.",
    "CURRENT_DATE": "A view doesn't read the clock; join the rows that say when, or pass a parameter.",
    "CURRENT_TIMESTAMP": "A view doesn't read the clock; join the rows that say when, or pass a parameter.",
    "DATE_FROM_PARTS": "Write DATE '2026-03-01'.",
    "DATE_TRUNC": "Take week and month from the table calendar.",
    "EXISTS": "Use IN (SELECT ...) or a join.",
    "EXTRACT": "Take weekday, week and month from the table calendar; the hour from MOD and DIV of UNIX_SECONDS.",
    "FORMAT_DATE": "Words and dates are rendered last, outside the warehouse.",
    "LIKE": "Use STARTS_WITH(a, b): the two engines escape patterns differently.",
    "LOWER": "Fold case before storing: the engines differ on some letters.",
    "MAX_BY": "Take the row by QUALIFY ROW_NUMBER() OVER (...) = 1: the engines treat NULL differently.",
    "MIN_BY": "Take the row by QUALIFY ROW_NUMBER() OVER (...) = 1: the engines treat NULL differently.",
    "SAFE.": "Make the argument right by IF or NULLIF; for a quotient there is SAFE_DIVIDE.",
    "SAFE_CAST": "Text is parsed before it is stored.",
    "TIMESTAMP_DIFF": "Subtract UNIX_SECONDS(b) from UNIX_SECONDS(a).",
    "TIMESTAMP_TRUNC": "Use DATE(x) for the day, and the table calendar for week and month.",
    "UPPER": "Fold case before storing: the engines differ on some letters.",
    "WEEK": "Take the week from the table calendar.",
    "ROUND decimals": "Round when the number is shown: the engines differ in the last digit.",
    "DATE zone": "Add the zone's offset by TIMESTAMP_ADD(x, INTERVAL n SECOND), then take DATE.",
    "UNNEST offset": "WITH OFFSET starts at 1 on DuckDB.",
}

# How the forbidden are written where the parser doesn't keep it.
SPELLINGS: dict[type[exp.Expr], str] = {
    exp.ArgMax: "MAX_BY",
    exp.ArgMin: "MIN_BY",
    exp.Div: "/",
    exp.GroupConcat: "STRING_AGG",
    exp.SafeFunc: "SAFE.",
    exp.TryCast: "SAFE_CAST",
    exp.WeekStart: "WEEK",
}


def name_of(node: exp.Expr) -> str:
    """What the author of the SQL calls this node."""
    rule = ALLOWED.get(type(node))
    if isinstance(node, exp.Anonymous):
        return node.name.upper()
    written = node.meta_get("bigquery_name")
    return str(written or (rule and rule.name) or SPELLINGS.get(type(node)) or node.key.upper())
