"""docs/commands.md says what the commands say, and every word there is has its place."""

from __future__ import annotations

import ast
from importlib import import_module
from pathlib import Path
from string import Formatter

import pytest

from worklens.cli import catalogue, commands_page
from worklens.cli.app import COMMANDS
from worklens.cli.catalogue import WORDS
from worklens.cli.words import language_of, say

ROOT = Path(__file__).resolve().parents[2]
CLI = ROOT / "shared" / "worklens" / "cli"


def test_the_page_is_the_commands_own_help() -> None:
    """Made anew by `python -m worklens.cli.commands_page docs/commands.md`."""
    assert (ROOT / "docs" / "commands.md").read_text() == commands_page.page()


def test_every_command_is_a_file() -> None:
    """And every file of the folder is a command, but for the one that runs without any."""
    files = {path.stem for path in (CLI / "commands").glob("*.py")} - {"__init__", "today"}

    assert {module for module, _ in COMMANDS.values()} == files


@pytest.mark.parametrize("key", WORDS)
def test_both_languages_say_the_same(key: str) -> None:
    """With the same parameters."""
    english, chinese = ({field for _, field, *_ in Formatter().parse(text) if field} for text in WORDS[key])

    assert english == chinese


def test_each_word_has_one_place() -> None:
    """Every file of the catalogue is read, and no two hold the same key."""
    folder = CLI / "catalogue"
    files = [import_module(f"{catalogue.__name__}.{path.stem}") for path in folder.glob("[!_]*.py")]

    assert sorted(key for file in files for key in file.WORDS) == sorted(WORDS)


def texts_in_code() -> set[str]:
    """Every text constant of the command line's code, the catalogue's own left out."""
    files = [path for path in CLI.rglob("*.py") if path.parent.name != "catalogue"]
    nodes = (node for path in files for node in ast.walk(ast.parse(path.read_text())))
    return {node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)}


def test_no_words_are_left_over() -> None:
    """Each key is said somewhere, whole or as the ending of one that is put together."""
    texts = texts_in_code()
    starts = tuple(text for text in texts if text.endswith("-") and len(text) > 3)
    unsaid = [key for key in WORDS if key not in texts and not key.startswith(starts)]

    assert unsaid in ([], ["replay-would-letters", "replay-did-letters"])


def test_one_and_many() -> None:
    """A number comes with the form of its noun."""
    assert say("tasks-count", "en", count=1, status="open") == "1 task open"
    assert say("tasks-count", "en", count=1204, status="open") == "1,204 tasks open"


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({"LANG": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
        ({"LC_ALL": "en_US.UTF-8", "LANG": "zh_CN.UTF-8"}, "en"),
        ({"LC_ALL": "", "LANG": "zh_TW"}, "zh"),
        ({}, "en"),
    ],
)
def test_the_language_is_the_systems(environment: dict[str, str], language: str) -> None:
    """The first setting that says anything decides."""
    assert language_of(None, environment) == language
