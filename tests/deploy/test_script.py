"""deploy.sh itself, with commands on its path that note how they are called and answer as gcloud and Terraform do."""

from __future__ import annotations

import os
import shutil
import subprocess
import threading
from collections.abc import Iterator
from http.server import ThreadingHTTPServer
from pathlib import Path

import pytest

from deploy.functions import ROOT
from tests.deploy.world import NOTHING_YET, PERSON, ROBOT, Cloud, Report


@pytest.fixture
def report() -> type[Report]:
    """A report that answers as the test sets it."""
    return type("OneReport", (Report,), {})


@pytest.fixture
def cloud(tmp_path: Path, report: type[Report]) -> Iterator[Cloud]:
    """A project in which somebody is signed in and nothing is deployed; its report answers once it is."""
    with ThreadingHTTPServer(("127.0.0.1", 0), report) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        cloud = Cloud(tmp_path)
        cloud.hold(report=f"http://127.0.0.1:{server.server_address[1]}")
        yield cloud
        server.shutdown()


# ----- Nothing to work with -----


def test_without_credentials_the_real_commands_lead_to_a_list_of_what_is_missing(tmp_path: Path) -> None:
    """Whatever of gcloud and Terraform is on this machine; nobody is signed in."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("GOOGLE_", "TF_", "CLOUDSDK_"))
    }
    done = subprocess.run(
        [ROOT / "deploy.sh", "--plan"],
        env={**kept, "CLOUDSDK_CONFIG": str(tmp_path)},
        capture_output=True,
        text=True,
    )

    assert done.returncode == 2
    assert "What is missing" in done.stderr
    assert ("Nobody is signed in" if shutil.which("gcloud") else "gcloud, Google") in done.stderr
    assert "No project is named" in done.stderr


def test_all_that_is_missing_is_said_at_once(cloud: Cloud) -> None:
    """No gcloud, no Terraform: both are named, each with where to get it."""
    (cloud.bin / "gcloud").unlink()
    (cloud.bin / "terraform").unlink()
    done = cloud.run("--plan")

    assert done.status == 2
    assert "https://cloud.google.com/sdk" in done.said
    assert "https://developer.hashicorp.com/terraform" in done.said


@pytest.mark.parametrize(
    ("held", "args", "said"),
    [
        ({"account": ""}, ["--project", "my-project"], "gcloud auth login"),
        ({}, [], "No project is named"),
        ({}, ["--project", "other"], "The project other can't be seen by ops@example.org"),
        ({"billing": "False"}, ["--project", "my-project"], "has no billing account"),
        ({"terraform": "1.5.7"}, ["--project", "my-project"], "Terraform 1.11.0 or newer"),
        ({"account": ROBOT}, ["--project", "my-project"], "--alert-email"),
    ],
)
def test_what_is_missing_is_said_with_its_remedy(
    cloud: Cloud, held: dict[str, str], args: list[str], said: str
) -> None:
    """Each by itself; nothing is changed, and nothing but looked at."""
    cloud.hold(**held)
    done = cloud.run(*args)

    assert (done.status, cloud.changes()) == (2, [])
    assert said in done.said


@pytest.mark.parametrize(
    "args", [["--projekt", "x"], ["--project"], ["--with-data"], ["--var-file", "none.tfvars"]]
)
def test_a_wrong_option_is_refused_before_anything_is_done(cloud: Cloud, args: list[str]) -> None:
    """A typing error must not deploy."""
    assert cloud.run(*args).status == 2
    assert cloud.calls() == []


# ----- Deploying -----


def test_a_plan_changes_nothing(cloud: Cloud) -> None:
    """Not even the bucket for the state is made, and no trace stays beside Terraform's files."""
    done = cloud.run("--plan", "--project=my-project")

    assert done.status == 0
    assert "Nothing was changed" in done.said
    assert cloud.changes() == []
    assert len(cloud.calls("terraform plan")) == 1
    assert list((cloud.repository / "terraform").iterdir()) == []


def test_a_first_deployment(cloud: Cloud) -> None:
    """The bucket is made and versioned, the plan is what is applied, the report is tried, its address is printed."""
    done = cloud.run("--project", "my-project", "--region", "europe-west3", "--environment", "test", "--yes")

    assert done.status == 0, done.said
    assert (
        "--location=europe-west3"
        in cloud.calls("gcloud storage buckets create gs://my-project-worklens-state")[0]
    )
    assert "--versioning" in cloud.calls("gcloud storage buckets update")[0]
    (init,) = cloud.calls("terraform init")
    assert "-backend-config=bucket=my-project-worklens-state -backend-config=prefix=worklens/test" in init
    (plan,) = cloud.calls("terraform plan")
    assert f"-var bundles={cloud.repository}/build/functions" in plan
    for variable in ("region=europe-west3", "project_number=123456789012", f"alert_email={PERSON}"):
        assert f"-var {variable}" in plan
    assert cloud.calls("terraform apply")[0].rpartition(" ")[2] == plan.rpartition("-out=")[2]
    assert "A stranger is refused (403)." in done.said
    assert f"report_url           {(cloud.folder / 'report').read_text()}" in done.said


def test_a_second_run_changes_nothing(cloud: Cloud) -> None:
    """The bundles are the same, so Terraform has nothing to do; the report is tried all the same."""
    arguments = ("--project", "my-project", "--yes")
    cloud.run(*arguments)
    bundle = (cloud.repository / "build/functions/fetch.zip").read_bytes()
    deployed, before = cloud.run(*arguments), len(cloud.calls("terraform apply"))

    assert deployed.status == 0, deployed.said
    assert before == len(cloud.calls("gcloud storage buckets create")) == 1
    assert (cloud.repository / "build/functions/fetch.zip").read_bytes() == bundle
    assert "It answers (200)." in deployed.said


def test_another_region_than_the_deployed_one_is_refused(cloud: Cloud) -> None:
    """An apply would throw the data away to make it anew elsewhere."""
    cloud.hold(bucket="EUROPE-WEST3")
    done = cloud.run("--project", "my-project", "--region", "us-central1", "--yes")

    assert (done.status, cloud.changes()) == (2, [])
    assert "deployed in EUROPE-WEST3" in done.said


@pytest.mark.parametrize(("typed", "status", "applied"), [("y\n", 0, 1), ("\n", 2, 0), (None, 2, 0)])
def test_it_asks_before_it_applies(cloud: Cloud, typed: str | None, status: int, applied: int) -> None:
    """Only a yes is one; where nobody can be asked, --yes must be said."""
    done = cloud.run("--project", "my-project", typed=typed)

    assert done.status == status, done.said
    assert len(cloud.calls("terraform apply")) == applied


@pytest.mark.parametrize(
    ("output", "meaning"),
    [
        ("Error 403: Cloud Run API has not been used in project 1 before", "Wait two minutes"),
        ("Error: Error acquiring the state lock", "force-unlock"),
        ("Error 403: Permission denied on resource, forbidden", "roles/owner on my-project"),
        ("Something never heard of", "The reason stands above"),
    ],
)
def test_a_failing_apply_is_explained(cloud: Cloud, output: str, meaning: str) -> None:
    """What Terraform said is shown, with what it means and what to do."""
    cloud.fail("terraform apply", output)
    done = cloud.run("--project", "my-project", "--yes")

    assert done.status == 1
    assert output in done.said
    assert meaning in done.said
    assert "run the same command again" in done.said


@pytest.mark.parametrize(
    ("answers", "said"),
    [((500, b"broken"), "gcloud functions logs read worklens-report"), ((403, b""), "user:ops@example.org")],
)
def test_a_report_that_does_not_answer_is_told(
    cloud: Cloud, report: type[Report], answers: tuple[int, bytes], said: str
) -> None:
    """It is deployed, and the exit status says that it doesn't work."""
    report.answers = answers
    done = cloud.run("--project", "my-project", "--yes")

    assert done.status == 3
    assert said in done.said


def test_a_report_that_is_open_to_strangers_is_told(cloud: Cloud, report: type[Report]) -> None:
    """A page about a person's work must never be public."""
    report.open_to_all = True
    done = cloud.run("--project", "my-project", "--yes")

    assert done.status == 3
    assert "allUsers" in done.said


def test_a_report_behind_identity_aware_proxy_is_well(cloud: Cloud, report: type[Report]) -> None:
    """It asks strangers to sign in; a token for the report itself opens nothing there, and none is tried."""
    report.refusal, report.answers = 302, (403, b"Forbidden")
    done = cloud.run("--project", "my-project", "--yes")

    assert done.status == 0
    assert "A stranger is asked to sign in (302)." in done.said


def test_a_report_with_nothing_to_show_yet_is_well(cloud: Cloud, report: type[Report]) -> None:
    """So it is after a first deployment."""
    report.answers = (404, NOTHING_YET)

    assert cloud.run("--project", "my-project", "--yes").status == 0


def test_a_deployment_that_only_keeps_is_not_tried(cloud: Cloud) -> None:
    """With running = false there is no report."""
    cloud.hold(report="")

    assert cloud.run("--project", "my-project", "--yes").status == 0


def test_tokens_are_not_shown(cloud: Cloud) -> None:
    """Neither said, nor on a command line that other processes can read."""
    done = cloud.run("--project", "my-project", "--yes")

    assert "access-token" not in done.said + "\n".join(
        line for line in cloud.calls() if "print-access-token" not in line
    )
    assert "identity-token" not in done.said


# ----- Taking it down -----


@pytest.fixture
def deployed(cloud: Cloud) -> Cloud:
    """A cloud with a deployment, whose calls so far don't count."""
    cloud.hold(bucket="EUROPE-WEST1", deployed="something")
    return cloud


def test_destroy_keeps_the_data(deployed: Cloud) -> None:
    """What runs is taken down by an apply; nothing is destroyed, nothing is copied unasked."""
    done = deployed.run("--destroy", "--project", "my-project", "--yes")

    assert done.status == 0, done.said
    assert "-var running=false" in deployed.calls("terraform plan")[0]
    assert "protect_data" not in "\n".join(deployed.calls())
    assert deployed.calls("terraform destroy") == deployed.calls("bq") == []


def test_destroy_offers_an_export(deployed: Cloud) -> None:
    """On a yes, state, tables (not views) and blobs are copied before anything goes."""
    done = deployed.run("--destroy", "--project", "my-project", typed="y\ny\n")

    assert done.status == 0, done.said
    order = [line.split(" --")[0] for line in deployed.calls()]
    extracted = next(n for n, line in enumerate(deployed.calls()) if "worklens.task_events" in line)
    assert extracted < next(n for n, line in enumerate(order) if line.startswith("terraform apply"))
    assert not [line for line in deployed.calls("bq") if "current_tasks" in line]
    assert deployed.calls("gcloud datastore export gs://my-project-worklens-export/")
    assert deployed.calls("gcloud storage rsync")


@pytest.mark.parametrize("typed", ["other-project\n", "\n", "y\n", "My-Project\n"])
def test_destroy_with_data_wants_the_right_name(deployed: Cloud, typed: str) -> None:
    """Nothing less than the project's own name will do, even with --yes."""
    done = deployed.run("--destroy", "--with-data", "--project", "my-project", "--yes", typed=typed)

    assert (done.status, deployed.changes()) == (2, [])
    assert "is not my-project" in done.said


def test_destroy_with_data(deployed: Cloud) -> None:
    """With the name: an export, the protection lifted, all destroyed, and what remains is said."""
    done = deployed.run(
        "--destroy", "--with-data", "--project", "my-project", "--yes", typed="my-project\ny\n"
    )

    assert done.status == 0, done.said
    assert deployed.calls("gcloud datastore export")
    (lifted,), (destroyed,) = deployed.calls("terraform apply"), deployed.calls("terraform destroy")
    assert "protect_data=false" in lifted
    assert "protect_data=false" in destroyed
    assert "gs://my-project-worklens-state" in done.said


def test_a_failing_export_stops_the_destruction(deployed: Cloud) -> None:
    """What could not be copied is not deleted."""
    deployed.fail("gcloud datastore export", "ERROR: (gcloud.datastore.export) PERMISSION_DENIED")
    done = deployed.run(
        "--destroy", "--with-data", "--project", "my-project", "--export", typed="my-project\n"
    )

    assert done.status == 1
    assert deployed.calls("terraform apply") == deployed.calls("terraform destroy") == []


def test_nothing_deployed_is_nothing_to_destroy(cloud: Cloud) -> None:
    """It says so, and makes no bucket on the way."""
    done = cloud.run("--destroy", "--project", "my-project", "--yes")

    assert (done.status, cloud.changes()) == (2, [])


# ----- The rest -----


def test_help_names_every_option() -> None:
    """Each option that the script knows stands in its help."""
    text = (ROOT / "deploy" / "options.sh").read_text()
    known = {
        word
        for line in text.splitlines()
        if line.rstrip().endswith(")") or ") " in line
        for word in line.split()
    }
    done = subprocess.run([ROOT / "deploy.sh", "--help"], capture_output=True, text=True)

    assert done.returncode == 0
    options = {word for word in known if word.startswith("--") and word.strip("-").replace("-", "").isalpha()}
    assert {option for option in options if option not in done.stdout} == set()


def test_local_is_the_make_verb(cloud: Cloud) -> None:
    """Nothing of Google's is needed."""
    (cloud.repository / "Makefile").write_text("cloud-local:\n\t: the topology\n")

    assert "the topology" in cloud.run("--local").said
    assert cloud.calls() == []


def test_bundles_need_no_account(cloud: Cloud) -> None:
    """Twice the same bytes."""
    cloud.hold(account="")

    assert cloud.run("--bundle").said == cloud.run("--bundle").said
    assert cloud.calls() == []
