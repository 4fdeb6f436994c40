"""`worklens themes`: what a person's tasks are about."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Person
from worklens.cli.catalogue.themes import WORDS

NAMES = [f"{one}{other}" for one in ("Ann", "Ben", "Cem", "Dora", "Eva") for other in "abcdefghij"]


def test_themes_of_a_person(person: Person, tmp_path: Path) -> None:
    """Two kinds of titles are two themes: counted, with their share of what was done lately, and no title told."""
    open_ones = [f"2026-01-05 Invoice rent {name}" for name in NAMES]
    done = [f"x 2026-02-01 2026-01-05 Bicycle tyre {name}" for name in NAMES] + [
        "x 2026-02-01 2026-01-05 Sleep"
    ]
    (tmp_path / "todo.txt").write_text("\n".join(open_ones + done))
    person.run("import", tmp_path / "todo.txt", "--time-zone", "UTC")

    (found,) = person.run("themes", "--json").json
    first, second, rest = found["themes"]
    told = {tuple(one["words"][:2]): (one["tasks"], one["open"], one["done"]) for one in (first, second)}
    shown = person.run("themes", "--language", "zh").out

    assert {frozenset(words): counts for words, counts in told.items()} == {
        frozenset({"invoice", "rent"}): (50, 50, 0),
        frozenset({"bicycle", "tyre"}): (50, 0, 50),
    }
    assert (rest["words"], rest["tasks"]) == ([], 1)
    assert sum(one["lately"] for one in found["themes"]) == 1
    assert "主题" in shown
    assert "98%" in shown
    assert "2026-02-01" in shown


def test_nothing_to_tell(worker: Person) -> None:
    """Too few titles, or titles without words in common: it says so of each person, in both languages."""
    ann, bob = worker.run("themes", "--json").json

    assert (ann["themes"], bob["themes"]) == ([], [])
    assert bob["titles"] < 100 <= ann["titles"]
    for language, few, none in zip(("en", "zh"), WORDS["themes-unknown"], WORDS["themes-none"], strict=True):
        shown = worker.run("themes", "--language", language).out
        assert none.format(n=ann["titles"]) in shown
        assert few.format(n=bob["titles"], least=100) in shown
