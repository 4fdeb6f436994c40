"""`worklens dashboards`: addresses for a deployment, files for this machine."""

from __future__ import annotations

import csv
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.cli.conftest import Person
from worklens.cli import dashboards
from worklens.warehouse.described import shown
from worklens.warehouse.looker_studio import PAGES


def test_a_deployment_is_opened_by_addresses(worker: Person) -> None:
    """One a page, on the project that is named, in the person's language; JSON has each view's too."""
    found = worker.run("dashboards", "--project", "my-project", "--json", "--language", "zh").json
    printed = worker.run("dashboards", "--project", "my-project").out

    assert found["pages"].keys() == PAGES.keys()
    assert found["views"].keys() == shown().keys()
    asked = parse_qs(urlsplit(found["pages"]["tasks"]).query)
    assert (asked["r.reportName"], asked["ds.ds0.projectId"]) == (["Worklens: 任务"], ["my-project"])
    lines = [line for line in printed.splitlines() if line.startswith("https://lookerstudio.google.com/")]
    assert len(lines) == len(PAGES)  # whole, each on a line of its own


def test_a_name_that_is_none_is_refused(worker: Person) -> None:
    """Before it stands in any address."""
    assert "my-project" in worker.run("dashboards", "--project", "My Project", code=2).err


def test_this_machine_is_told_what_it_can_do(worker: Person) -> None:
    """Looker Studio can't read it; Tableau can."""
    assert "--tableau DIR" in worker.run("dashboards", code=2).err


@pytest.mark.parametrize(
    "names", [{"current_tasks", "throughput_daily"}, pytest.param(set(shown()), marks=pytest.mark.deep)]
)
def test_tableau_gets_the_rows_of_this_machine(
    worker: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, names: set[str]
) -> None:
    """A file of rows and a data source for each view (of two but in a deep run), with as many rows as it says."""
    monkeypatch.setattr(dashboards, "shown", lambda: {name: shown()[name] for name in sorted(names)})
    target = tmp_path / "it's here"
    assert worker.run("dashboards", "--tableau", target, "--json").json["views"] == sorted(names)

    assert {path.name for path in target.iterdir()} == {
        f"{name}.{end}" for name in names for end in ("csv", "tds")
    }
    with (target / "current_tasks.csv").open(encoding="utf-8", newline="") as file:
        heading, *rows = csv.reader(file)
    assert heading == [field.name for field in shown()["current_tasks"].fields]
    assert rows
    assert str(target).replace("'", "&#x27;") in (target / "current_tasks.tds").read_text(encoding="utf-8")


def test_tableau_gets_a_deployments_views(worker: Person, tmp_path: Path) -> None:
    """By name alone: nothing is read."""
    worker.run("dashboards", "--tableau", tmp_path / "t", "--project", "my-project")

    assert {path.name for path in (tmp_path / "t").iterdir()} == {f"{name}.tds" for name in shown()}
    assert "project='my-project'" in (tmp_path / "t" / "attention.tds").read_text(encoding="utf-8")
