"""deploy.sh with the real Terraform over the real root; only gcloud is played."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from tests.deploy.world import Cloud
from tests.terraform.conftest import ROOT, copy_to


def test_a_first_plan_is_made_from_what_the_script_gives(checker: Path, tmp_path: Path) -> None:
    """Its variables, its bundles and an empty state are enough for the whole plan; nothing is left behind."""
    cloud = Cloud(tmp_path)
    for name in ("functions", "shared", "terraform"):
        shutil.rmtree(cloud.repository / name)
    root = copy_to(cloud.repository)
    shutil.copytree(ROOT / "functions", cloud.repository / "functions")
    shutil.copytree(ROOT / "shared", cloud.repository / "shared", dirs_exist_ok=True)
    (cloud.bin / "terraform").unlink()
    (cloud.bin / "terraform").symlink_to(shutil.which("terraform") or "")
    before = sorted(path.name for path in root.iterdir())
    setup = subprocess.run([checker, "--setup"], capture_output=True, text=True, check=True).stdout.strip()
    done = cloud.run("--plan", "--project", "my-project", TF_CLI_CONFIG_FILE=setup)

    assert done.status == 0, done.said
    assert "to add, 0 to change, 0 to destroy" in done.said
    assert "worklens-report" in done.said
    assert sorted(path.name for path in root.iterdir()) == before
