"""The whole plan as JSON, made offline by a checker that WORKLENS_TERRAFORM_CHECK names (``make test-terraform``)."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from tests.terraform.plans import Plan

ROOT = Path(__file__).resolve().parents[2]
READS = ("terraform", "docs/operations", "shared/worklens/warehouse")  # what the root reads, itself included
VARIABLES = {
    "project": "worklens-test",
    "project_number": "123456789012",
    "alert_email": "ops@example.org",
    "alert_readers": '["serviceAccount:pager@example.iam.gserviceaccount.com"]',
    "bundles": "tests/bundles",
    "billing_account": "012345-6789AB-CDEF01",
    "connecting": "true",
    "digest": "true",
    "feeds": '["todoist:me"]',
    "invokers": '["user:me@example.org"]',
}
Checked = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture(scope="session")
def checker() -> Path:
    """The offline checker."""
    named = os.environ.get("WORKLENS_TERRAFORM_CHECK", "")
    if not named:
        pytest.skip(
            "no offline checker of Terraform is named in WORKLENS_TERRAFORM_CHECK (make test-terraform)"
        )
    path = Path(named).resolve()
    missing = [str(one) for one in (path, shutil.which("terraform")) if not one or not Path(one).is_file()]
    if missing and os.environ.get("CI") == "true":
        pytest.fail(f"the offline checker of Terraform, or Terraform itself, is missing: {missing}")
    if missing:
        pytest.skip(f"the offline checker of Terraform, or Terraform itself, is missing: {missing}")
    return path


def copy_to(folder: Path) -> Path:
    """A copy of all that the root reads, to plant faults in; the root's folder in it."""
    for name in READS:
        shutil.copytree(
            ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__", ".terraform*")
        )
    return folder / "terraform"


def check(checker: Path, root: Path, *options: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run the checker on a copy of the root."""
    given = [f"-var={name}={value}" for name, value in variables.items()]
    command = [str(checker), "--base", str(root.parent), *options, str(root), *given]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def plan_of(checker: Path, root: Path, **variables: str) -> Plan:
    """The plan of a copy of the root, its own tests left out; with other variables than usual."""
    shutil.rmtree(root / "tests", ignore_errors=True)
    shutil.copytree(ROOT / "terraform" / "tests" / "bundles", root / "tests" / "bundles")
    target = root.parent / "plan.json"
    done = check(checker, root, "--json", str(target), **{**VARIABLES, **variables})
    assert done.returncode == 0, done.stdout
    return Plan(msgspec.json.decode(target.read_bytes()))


@pytest.fixture(scope="session")
def plan(checker: Path, tmp_path_factory: pytest.TempPathFactory) -> Plan:
    """The plan of everything that can be switched on."""
    return plan_of(checker, copy_to(tmp_path_factory.mktemp("root")))
