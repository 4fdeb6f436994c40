"""The one dialect of views and queries: GoogleSQL in a checked subset, translated to DuckDB.

The two engines differ silently in what looks the same, so `grammar` lists what may be used, and `rewrites` what
plain translation gets wrong. Importing this loads sqlglot (about 0.1 s): do so only when a view is made anew.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from sqlglot import Dialect, ErrorLevel, exp
from sqlglot.errors import OptimizeError, ParseError, TokenError, UnsupportedError
from sqlglot.optimizer.annotate_types import annotate_types
from sqlglot.optimizer.qualify import qualify
from sqlglot.optimizer.scope import traverse_scope
from sqlglot.schema import MappingSchema
from sqlglot.tokenizer_core import TokenType

from worklens.warehouse import schema
from worklens.warehouse.grammar import ALLOWED, INSTEAD, PLUMBING, Rule, name_of
from worklens.warehouse.kinds import UNKNOWN, kind_of, mixed, type_of
from worklens.warehouse.rewrites import rewrite
from worklens.warehouse.schema import Column

Tables = Mapping[str, Sequence[Column]]

GOOGLE = Dialect.get_or_raise("bigquery")
# Signs the parser takes but BigQuery doesn't.
FOREIGN_SIGNS = {TokenType.MOD, TokenType.DCOLON}
MOVED = (exp.DateAdd, exp.DateSub, exp.TimestampAdd, exp.TimestampSub)


class DialectError(ValueError):
    """The SQL steps out of the subset; says where, with what, and what to write instead."""


def check(sql: str, tables: Tables | None = None) -> None:
    """Raise a DialectError unless the query stands in the subset and every type is right.

    `tables` gives the columns of what the query reads; by default the warehouse's tables.
    """
    _understood(sql, tables)


def to_duckdb(sql: str, tables: Tables | None = None) -> str:
    """The query in DuckDB's SQL, meaning the same; @name becomes $name. Raises a DialectError as `check` does.

    Instants are naive UTC on DuckDB: pass them as such, and read them so.
    """
    return _generated(_understood(sql, tables))


def columns(sql: str, tables: Tables | None = None) -> tuple[Column, ...]:
    """The names and types of the columns that the query gives, all NULLABLE but for arrays."""
    return _outputs(_understood(sql, tables))


# ----- Reading -----


def _understood(sql: str, tables: Tables | None) -> exp.Query:
    """The query's tree, checked, its names qualified and its types annotated."""
    tree = _parsed(sql)
    known = schema.tables() if tables is None else tables
    for check_node in (_check_listed, _check_form):
        for node in tree.walk():
            check_node(node)
    _check_sources(tree, known)
    aliases = list(_alias_uses(tree))
    annotated = _annotated(tree, known)
    for column in aliases:
        _check_alias(column)
    for node in annotated.walk():
        _check_types(node)
    return annotated


def _parsed(sql: str) -> exp.Query:
    try:
        tokens = GOOGLE.tokenize(sql)
        statements = GOOGLE.parser().parse(tokens, sql)
    except TokenError as error:
        raise DialectError(f"this is no GoogleSQL: {error}") from error
    except ParseError as error:
        first = error.errors[0]
        raise DialectError(f"line {first['line']}: this is no GoogleSQL: {first['description']}") from error
    foreign = [token for token in tokens if token.token_type in FOREIGN_SIGNS]
    if foreign:
        raise DialectError(_message(foreign[0].line, foreign[0].text, INSTEAD[foreign[0].text]))
    if len(statements) != 1 or not isinstance(statements[0], exp.Select | exp.Union):
        raise DialectError("write one SELECT, or several with UNION ALL between them")
    for moved in statements[0].find_all(*MOVED):
        number = moved.expression
        if isinstance(number, exp.Literal) and number.is_string:  # the parser keeps INTERVAL 1 as text
            number.replace(exp.Literal.number(number.name))
    return statements[0]


def _annotated(tree: exp.Query, tables: Tables) -> exp.Query:
    """The tree with each name's table and each expression's type written in, and * as the columns it stands for."""
    types = MappingSchema(
        {name: {column.name: column.google_type for column in held} for name, held in tables.items()},
        dialect="bigquery",
    )
    try:
        qualified = qualify(tree, dialect="bigquery", schema=types)
    except OptimizeError as error:
        text, _, place = str(error).partition(". Line: ")
        raise DialectError(f"line {place.partition(',')[0]}: {text}" if place else text) from error
    for scope in traverse_scope(qualified):
        if isinstance(scope.expression, exp.Select) and scope.is_correlated_subquery:
            raise _error(scope.expression, "A subquery may not use columns from outside it; join instead.")
    return annotate_types(qualified, dialect="bigquery", schema=types)


# ----- Checking the form -----


def _check_listed(node: exp.Expr) -> None:
    """The node is in the list."""
    if type(node) not in ALLOWED:
        raise _error(
            node, INSTEAD.get(name_of(node), "It is not in the subset that means the same on DuckDB.")
        )


def _check_form(node: exp.Expr) -> None:
    """The node has only the parts the list names, and meets the list's condition."""
    rule = ALLOWED[type(node)]
    for part in _filled(node):
        if part not in rule.parts and part not in rule.flags.split():
            raise _error(
                node, INSTEAD.get(f"{rule.name} {part}", f"It may not have {part.upper().strip('_')}.")
            )
    complaint = rule.also(node)
    if complaint:
        raise _error(node, complaint)


def _filled(node: exp.Expr) -> list[str]:
    """The names of the node's parts that hold something."""
    return [part for part, value in node.args.items() if value not in (None, False, "", [])]


# ----- Checking the names -----


def _check_sources(tree: exp.Query, tables: Tables) -> None:
    """Each table read is known, or is a CTE."""
    named = {cte.alias for cte in tree.find_all(exp.CTE)} | set(tables)
    for table in tree.find_all(exp.Table):
        if table.name not in named:
            raise _error(table, "There is no such table or view.")


def _alias_uses(tree: exp.Expr) -> Iterator[exp.Column]:
    """Bare names that might mean an alias of their own SELECT where BigQuery would not look for one."""
    for select in tree.find_all(exp.Select):
        names = {item.alias for item in select.selects if isinstance(item, exp.Alias)}
        joins = select.args.get("joins") or []
        for place in [*select.selects, *joins, select.args.get("where")]:
            found = place.find_all(exp.Column) if place else ()
            yield from (column for column in found if not column.table and column.name in names)


def _check_alias(column: exp.Column) -> None:
    """Once the tree is qualified, a name of the sources has its table; an alias was replaced by what it stands for."""
    if not column.table:
        raise _error(
            column, f"{column.name} is an alias here, or merged by USING: name its table, or use a CTE."
        )


# ----- Checking the types -----


def _check_types(node: exp.Expr) -> None:
    """Each part has a type the list allows, and parts that meet are of one family."""
    rule = ALLOWED.get(type(node), Rule())
    for part, types in rule.parts.items():
        for item in _items(node, part) if types else ():
            if kind_of(item) not in types | {""}:
                raise _error(node, _wrong_type(item, types))
    meeting = [item for part in rule.alike.split() for item in _items(node, part)]
    complaint = mixed(meeting) or rule.typed(node)
    if complaint:
        raise _error(node, complaint)


def _wrong_type(item: exp.Expr, types: frozenset[str]) -> str:
    wanted = " or ".join(sorted(types))
    kind = kind_of(item)
    if kind == UNKNOWN:
        return f"The type of {item.sql(dialect='bigquery')} can't be told; it must be {wanted}. CAST it."
    return f"It takes {wanted}, and {item.sql(dialect='bigquery')} is {kind}."


def _items(node: exp.Expr, part: str) -> list[exp.Expr]:
    """The expressions in a part, be it one, several or none."""
    value = node.args.get(part)
    found = value if isinstance(value, list) else [value]
    return [item for item in found if isinstance(item, exp.Expr) and not isinstance(item, exp.Star)]


# ----- Writing -----


def _generated(tree: exp.Query) -> str:
    try:
        return rewrite(tree).sql(
            dialect="duckdb", pretty=True, comments=False, unsupported_level=ErrorLevel.RAISE
        )
    except UnsupportedError as error:
        raise DialectError(f"DuckDB can't do this: {error}") from error


def _outputs(tree: exp.Query) -> tuple[Column, ...]:
    return tuple(_column(item) for item in tree.selects)


def _column(item: exp.Expr) -> Column:
    kind = type_of(item.type)
    element = kind.removeprefix("ARRAY<").removesuffix(">")
    if element not in schema.DUCKDB_TYPES:
        raise _error(item, f"The type of the column {item.alias_or_name} can't be told; CAST it.")
    return Column(item.alias_or_name, element, "REPEATED" if element != kind else "NULLABLE")  # type: ignore[arg-type]


# ----- Errors -----


def _error(node: exp.Expr, complaint: str) -> DialectError:
    name = node.sql(dialect="bigquery") if type(node) in PLUMBING else name_of(node)
    return DialectError(_message(_line(node), name, complaint))


def _message(line: int | None, name: str, complaint: str) -> str:
    return f"line {line}: {name}: {complaint}" if line else f"{name}: {complaint}"


def _line(node: exp.Expr | None) -> int | None:
    """The first line of the SQL that the node stands on; the parser marks only some nodes."""
    while node:
        lines = [inner.meta_get("line") for inner in node.walk()]
        known = [int(line) for line in lines if line]
        if known:
            return min(known)
        node = node.parent
    return None
