"""Mappings: what they may say, and how their mistakes are told."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from worklens.sources.base import Refused
from worklens.sources.csv.mapping import (
    Columns,
    FileMapping,
    mapping_of,
    nearest,
    read_mapping,
    seconds_of,
    settings_of,
)
from worklens.sources.reasons import in_words

EXAMPLES = sorted((Path(__file__).resolve().parents[3] / "docs" / "examples").glob("*.toml"))


def refusal(text: str) -> tuple[str, dict[str, str]]:
    """How a mapping is refused."""
    with pytest.raises(Refused) as refused:
        read_mapping("m.toml", text)
    assert refused.value.params["file"] == "m.toml"
    assert "?" not in in_words(refused.value.reason, refused.value.params).replace("Did you mean", "").rstrip(
        "?"
    )
    return refused.value.reason, refused.value.params


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_the_examples_are_good_mappings(path: Path) -> None:
    """Every mapping in the documentation can be used as it stands."""
    assert read_mapping(path.name, path.read_text(encoding="utf-8")).columns.title


def test_there_are_examples() -> None:
    """The folder of examples was found."""
    assert len(EXAMPLES) >= 2


def test_a_mapping_survives_the_feed_settings() -> None:
    """It travels as plain JSON and comes back the same."""
    mapping = read_mapping("m.toml", EXAMPLES[0].read_text(encoding="utf-8"))
    settings = msgspec.json.decode(msgspec.json.encode(settings_of(mapping)))

    assert mapping_of(settings) == mapping


def test_settings_without_a_mapping_are_refused() -> None:
    """A table can't be read by nothing."""
    with pytest.raises(Refused, match="mapping-missing"):
        mapping_of({})


@pytest.mark.parametrize(
    ("text", "key", "likely"),
    [
        ('[columns]\ntitel = "x"', "columns.titel", "columns.title"),
        ('[colums]\ntitle = "x"', "colums", "columns"),
        ('[columns]\ntitle = "x"\n[formats]\ndates = "%d"', "formats.dates", "formats.date"),
        ('[columns]\ntitle = "x"\n[file]\nwhole = true', "file.whole", "file.whole_listing"),
    ],
)
def test_an_unknown_key_is_named_with_the_nearest_known_one(text: str, key: str, likely: str) -> None:
    """A slip of the keys is told, not passed over."""
    reason, params = refusal(text)

    assert (reason, params["key"], params["nearest"]) == ("mapping-unknown-key", key, likely)


@pytest.mark.parametrize(
    ("text", "reason", "key"),
    [
        ("[columns\n", "mapping-not-toml", ""),
        ("[columns]\ntitle = 3", "mapping-wrong-value", "columns.title"),
        (
            '[columns]\ntitle = "t"\nstatus = "s"\n[values]\ndone = [1]',
            "mapping-wrong-value",
            "values.done[0]",
        ),
        ('[columns]\ndue = "d"', "mapping-needs", "columns"),
        ('[columns]\ntitle = "t"\n[values]\ndone = ["x"]', "mapping-needs", "values"),
        ('[columns]\ntitle = "t"\nobserved = "day"', "mapping-needs", "columns.observed"),
        (
            '[columns]\ntitle = "t"\nobserved = "d"\nstatus = "s"\ncreated = "c"\n[values]\ndone = ["1"]',
            "mapping-conflict",
            "columns.created",
        ),
        (
            '[columns]\ntitle = "t"\nstatus = "s"\n[values]\ndone = ["x"]\ndeleted = [" x "]',
            "mapping-conflict",
            "values.deleted",
        ),
        ('[columns]\ntitle = "t"\n[values.priority]\nA = 0', "mapping-format", "values.priority.A"),
        ('[columns]\ntitle = "t"\n[formats]\ndate = "%d-%q"', "mapping-format", "formats.date"),
        ('[columns]\ntitle = "t"\n[formats]\ndate = "%d/%m"', "mapping-format", "formats.date"),
        (
            '[columns]\ntitle = "t"\n[formats]\ntime_zone = "Mars/North"',
            "mapping-format",
            "formats.time_zone",
        ),
        ('[columns]\ntitle = "t"\n[formats]\ntime_zone = "../x"', "mapping-format", "formats.time_zone"),
        ('[columns]\ntitle = "t"\n[formats]\nencoding = "hex"', "mapping-format", "formats.encoding"),
        ('[columns]\ntitle = "t"\n[formats]\nestimate = "pomodoros"', "mapping-format", "formats.estimate"),
        ('[columns]\ntitle = "t"\n[formats]\nspent = "x of 0 hours"', "mapping-format", "formats.spent"),
        ('[columns]\ntitle = "t"\n[formats]\ndecimal = ";"', "mapping-format", "formats.decimal"),
        ('[columns]\ntitle = "t"\n[file]\ndelimiter = ",,"', "mapping-format", "file.delimiter"),
        ('[columns]\ntitle = "t"\n[file]\ndelimiter = "\\n"', "mapping-format", "file.delimiter"),
    ],
)
def test_a_mapping_that_cannot_work_is_refused_with_its_key(text: str, reason: str, key: str) -> None:
    """Wrong kinds, contradictions and values nobody can read are found before any row is read."""
    found, params = refusal(text)

    assert (found, params.get("key", "")) == (reason, key)


def test_one_label_column_needs_no_list() -> None:
    """A single name and a list of one mean the same."""
    one, several = FileMapping(columns=Columns(labels="a")), FileMapping(columns=Columns(labels=["a"]))

    assert one.labels == several.labels == ("a",)
    assert FileMapping().labels == ()


@pytest.mark.parametrize("unit", ["", "hour s", "fortnights", "pomodoros of x minutes", "of 2 hours"])
def test_an_unknown_unit_raises_value_error(unit: str) -> None:
    """A unit is a time or a number of times."""
    with pytest.raises(ValueError, match="not a unit"):
        seconds_of(unit)


def test_the_nearest_of_nothing_is_nothing() -> None:
    """A hint is never an error."""
    assert nearest("x", []) == ""
    assert nearest("tilte", ["due", "title"]) == "title"
