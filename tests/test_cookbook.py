"""docs/cookbook.md: each of its queries runs on the store as it is, and stands in the subset that BigQuery reads alike."""

from __future__ import annotations

import re
import runpy
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from tests.pipeline.chaos import calm
from tests.pipeline.test_effect_once import ask, backup, task
from worklens.testing.clock import Clock
from worklens.warehouse import catalogue, schema
from worklens.warehouse.grammar import ALLOWED

TEXT = (Path(__file__).resolve().parent.parent / "docs" / "cookbook.md").read_text(encoding="utf-8")
IMAGES = Path(__file__).resolve().parent.parent / "docs" / "images"
QUERIES = dict(re.findall(r"^## (.+?)\n.*?^```sql\n(.*?)^```", TEXT, re.MULTILINE | re.DOTALL))
DONE = {"completed_at": "2017-01-05T09:30:00.000Z"}
NEEDS_MORE = {
    "What was done, by label", "What was promised, and kept", "What was estimated, and what it took",
    "What moved most often",
}  # fmt: skip


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    """A person's file, opened as anyone may open it."""
    root = tmp_path_factory.mktemp("cookbook")
    chaos = calm(root, Clock())
    ask(
        chaos.platform,
        backup(*(task(n, **(DONE if n % 2 else {})) for n in range(1, 21))),
        "2017-01-13T00:00:00Z",
    )
    chaos.run()
    chaos.platform.close()
    with duckdb.connect(str(root / "warehouse.duckdb"), read_only=True) as opened:
        yield opened


@pytest.mark.parametrize("question", QUERIES)
def test_a_query_answers(store: duckdb.DuckDBPyConnection, question: str) -> None:
    """Each runs; those that this small history can answer have rows."""
    rows = store.execute(_here(QUERIES[question])).fetchall()

    assert rows or question in NEEDS_MORE


@pytest.mark.parametrize("question", QUERIES)
def test_it_reads_what_there_is_in_a_way_both_engines_know(question: str) -> None:
    """Views and tables of ours, and no function beyond the subset."""
    import sqlglot

    text = QUERIES[question]
    tree = sqlglot.parse_one(text, read="bigquery")

    assert catalogue.reads(text) <= {*catalogue.sources(), *schema.tables()}
    assert {type(node).__name__ for node in tree.walk() if type(node) not in ALLOWED} == set()


def test_there_are_as_many_as_headings() -> None:
    """Else one of them would not be run."""
    assert len(QUERIES) == TEXT.count("\n## ") == TEXT.count("```sql")


def _here(text: str) -> str:
    """The query as DuckDB wants it: the same but for one name, as the page says."""
    return text.replace("PERCENTILE_CONT", "QUANTILE_CONT")


def test_the_pictures_are_those_of_the_queries() -> None:
    """Each is drawn from a query of the page, stands under it, and is there."""
    drawn = runpy.run_path(str(IMAGES / "cookbook.py"))["CHARTS"]
    under = dict(
        re.findall(
            r"^## ([^\n]+)\n(?:(?!^## ).)*?\(images/cookbook-([\w-]+)\.png\)", TEXT, re.MULTILINE | re.DOTALL
        )
    )

    assert under == {question: name for question, (name, _) in drawn.items()}
    assert {path.stem for path in IMAGES.glob("cookbook-*.png")} == {
        f"cookbook-{name}" for name in under.values()
    }
