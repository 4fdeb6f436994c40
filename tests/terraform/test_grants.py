"""Who may do what on Google Cloud: the whole plan against a list made by hand, and faults that must be found."""

from __future__ import annotations

import subprocess
from hashlib import sha256
from pathlib import Path

import pytest

from tests.terraform.conftest import check, copy_to, plan_of
from tests.terraform.plans import Grant, Plan

PUBSUB = "serviceAccount:service-123456789012@gcp-sa-pubsub.iam.gserviceaccount.com"
DIGEST = f"worklens-token-{sha256(b'digest').hexdigest()[:32]}"
TOPICS = {
    "tick": "fetch",
    "sync-requested": "fetch",
    "tasks-fetched": "transform",
    "tasks-changed": "score",
    "learn-requested": "learn",
    "scores-ready": "notify",
    "digest-requested": "notify",
}

# Each account, and what its work needs. Whoever adds a line says what for.
NEEDED: dict[str, list[tuple[str, str]]] = {
    "fetch": [
        ("datastore.user", "project worklens-test"),  # feeds, cursors, leases, runs
        ("secretmanager.secretAccessor", "project worklens-test, only-the-tokens"),  # to ask the services
        ("secretmanager.secretVersionManager", "project worklens-test, only-the-tokens"),  # refreshed tokens
        ("storage.objectUser", "bucket worklens-test-worklens-blobs"),  # files to import, records above 1 MB
        ("pubsub.publisher", "topic worklens-sync-requested"),  # the tick's requests, its own continuations
        ("pubsub.publisher", "topic worklens-tasks-fetched"),  # batches, and settling once all are parsed
        ("pubsub.publisher", "topic worklens-learn-requested"),  # the tick's
        ("pubsub.publisher", "topic worklens-digest-requested"),  # the tick's
    ],
    "transform": [
        ("datastore.user", "project worklens-test"),  # which batches are parsed, the lease's end
        ("storage.objectUser", "bucket worklens-test-worklens-blobs"),  # removes an imported file
        ("bigquery.jobUser", "project worklens-test"),  # settling asks and appends by jobs
        ("bigquery.dataViewer", "dataset worklens"),  # what was settled before
        ("bigquery.dataEditor", "table raw_records"),
        ("bigquery.dataEditor", "table task_states"),
        ("bigquery.dataEditor", "table task_events"),
        ("bigquery.dataEditor", "table collections"),
        ("bigquery.dataEditor", "table quarantine"),
        ("bigquery.dataEditor", "table sync_runs"),
        ("bigquery.dataEditor", "table zones"),
        ("pubsub.publisher", "topic worklens-sync-requested"),  # a request that was held meanwhile
        ("pubsub.publisher", "topic worklens-tasks-fetched"),  # settling
        ("pubsub.publisher", "topic worklens-tasks-changed"),
    ],
    "score": [
        ("datastore.user", "project worklens-test"),  # which model is in force; messages it can't read
        (
            "storage.objectUser",
            "bucket worklens-test-worklens-blobs",
        ),  # the model; calendars forecasts count by
        ("bigquery.jobUser", "project worklens-test"),
        ("bigquery.dataViewer", "dataset worklens"),
        ("bigquery.dataEditor", "table alerts"),
        ("bigquery.dataEditor", "table forecasts"),
        ("bigquery.dataEditor", "table scores"),
        ("bigquery.dataEditor", "table prospects"),
        ("pubsub.publisher", "topic worklens-scores-ready"),
        ("pubsub.publisher", "topic worklens-alerts"),
    ],
    "learn": [
        ("datastore.user", "project worklens-test"),  # points to the model
        ("storage.objectUser", "bucket worklens-test-worklens-blobs"),  # writes it, removes the one before
        ("bigquery.jobUser", "project worklens-test"),
        ("bigquery.dataViewer", "dataset worklens"),
    ],
    "notify": [
        ("datastore.user", "project worklens-test"),  # what was told already
        ("bigquery.jobUser", "project worklens-test"),
        ("bigquery.dataViewer", "dataset worklens"),
        ("bigquery.dataEditor", "table alerts"),
        ("pubsub.publisher", "topic worklens-alerts"),
        ("secretmanager.secretAccessor", f"secret {DIGEST}"),  # where the digest goes
    ],
    "report": [
        ("datastore.user", "project worklens-test"),  # an account that is connected on the page
        (
            "secretmanager.secretVersionManager",
            "project worklens-test, only-the-tokens",
        ),  # its token, to write
        ("bigquery.jobUser", "project worklens-test"),
        ("bigquery.dataViewer", "dataset worklens"),
    ],
    "delivery": [("run.invoker", f"service worklens-{stage}") for stage in sorted({*TOPICS.values()})],
    "build": [
        ("artifactregistry.writer", "repository worklens"),
        ("logging.logWriter", "project worklens-test"),
        ("storage.objectViewer", "project worklens-test, only-the-functions-sources"),
    ],
}


def expected() -> set[Grant]:
    """All grants that there should be: those of our accounts, of the one who looks, and of Google's agent."""
    ours = {
        Grant(f"serviceAccount:worklens-{name}", *need) for name, needs in NEEDED.items() for need in needs
    }
    reader = Grant("user:me@example.org", "run.invoker", "service worklens-report")
    pager = Grant(
        "serviceAccount:pager@example.iam.gserviceaccount.com", "pubsub.subscriber", "topic worklens-alerts"
    )
    forwards = {Grant(PUBSUB, "pubsub.publisher", f"topic worklens-{topic}-dead") for topic in TOPICS}
    takes = {Grant(PUBSUB, "pubsub.subscriber", f"subscription worklens-{topic}") for topic in TOPICS}
    tokens = Grant(
        PUBSUB,
        "iam.serviceAccountOpenIdTokenCreator",
        "account worklens-delivery@worklens-test.iam.gserviceaccount.com",
    )
    return ours | {reader, pager, tokens} | forwards | takes


def test_no_account_may_do_more_than_its_work_needs(plan: Plan) -> None:
    """The plan grants what the list says, all of it and nothing else."""
    assert plan.grants() - expected() == set()
    assert expected() - plan.grants() == set()


def test_each_account_is_for_one_thing(plan: Plan) -> None:
    """There are no others, and each function runs as its own."""
    accounts = {values["account_id"] for values in plan.of("google_service_account").values()}
    functions = {
        values["name"]: values["service_config"][0]["service_account_email"]
        for values in plan.of("google_cloudfunctions2_function").values()
    }

    assert accounts == {f"worklens-{name}" for name in NEEDED}
    assert functions == {
        f"worklens-{name}": f"worklens-{name}@worklens-test.iam.gserviceaccount.com"
        for name in NEEDED
        if name not in {"build", "delivery"}
    }


def test_fetch_reads_the_accounts_tokens_and_no_other_secret(plan: Plan) -> None:
    """The condition names the tokens' names, and leaves out where the digest goes; for reading, and for writing new ones."""
    found = [one for address, one in plan.of("google_project_iam_member").items() if ".tokens" in address]

    assert len(found) == 3
    assert {one["condition"][0]["expression"] for one in found} == {
        'resource.name.startsWith("projects/123456789012/secrets/worklens-token-") && '
        f'!resource.name.startsWith("projects/123456789012/secrets/{DIGEST}")'
    }


def test_a_page_that_connects_nobody_changes_nothing(checker: Path, tmp_path: Path) -> None:
    """Unless it is switched on, the report's account may write neither Datastore nor a token."""
    plain = plan_of(checker, copy_to(tmp_path), connecting="false").grants()
    report = {
        (role, where)
        for who, role, where in plain
        if "worklens-report@" in who or who.endswith("worklens-report")
    }

    assert {role for role, where in report if "project" in where} == {"datastore.viewer", "bigquery.jobUser"}


def test_behind_identity_aware_proxy_it_alone_calls_the_report(checker: Path, tmp_path: Path) -> None:
    """Readers may sign in there, and the report is told what has to be signed."""
    plan = plan_of(checker, copy_to(tmp_path), iap="true")
    service = "service worklens-report"
    proxy = "serviceAccount:service-123456789012@gcp-sa-iap.iam.gserviceaccount.com"
    environments = [
        values["service_config"][0]["environment_variables"]
        for values in plan.of("google_cloudfunctions2_function").values()
        if "WORKLENS_IAP_AUDIENCE" in values["service_config"][0]["environment_variables"]
    ]

    assert {who for who, role, where in plan.grants() if (role, where) == ("run.invoker", service)} == {proxy}
    assert [grant for grant in plan.grants() if grant.place == "proxy worklens-report"] == [
        Grant("user:me@example.org", "iap.httpsResourceAccessor", "proxy worklens-report")
    ]
    assert [one["WORKLENS_IAP_AUDIENCE"] for one in environments] == [
        f"/projects/123456789012/locations/{environments[0]['WORKLENS_LOCATION']}/services/worklens-report"
    ]


@pytest.mark.parametrize(
    "fault",
    [
        """resource "google_project_iam_member" "everyone" {
             project = var.project
             role    = "roles/run.invoker"
             member  = "allUsers"
           }""",
        """resource "google_project_iam_member" "more" {
             project = var.project
             role    = "roles/editor"
             member  = local.member["score"]
           }""",
    ],
    ids=["a project-wide invoker", "an editor"],
)
def test_a_grant_too_many_is_found(checker: Path, tmp_path: Path, fault: str) -> None:
    """A grant planted beside the others, which no test of Terraform's own names, stands out."""
    root = copy_to(tmp_path)
    (root / "fault.tf").write_text(fault, encoding="utf-8")
    _formatted(root)

    assert plan_of(checker, root).grants() - expected() != set()


def test_dead_letters_that_may_be_lost_are_found(checker: Path, tmp_path: Path) -> None:
    """A dead-letter subscription that expires when nobody asks it for a month fails the root's own tests."""
    root = copy_to(tmp_path)
    path = root / "modules" / "stage" / "subscriptions.tf"
    before, _, after = path.read_text(encoding="utf-8").rpartition('ttl = ""')
    path.write_text(f'{before}ttl = "2678400s"{after}', encoding="utf-8")

    done = check(checker, root)

    assert done.returncode == 1
    assert "no subscription may expire" in done.stdout


def _formatted(root: Path) -> None:
    """The checker is strict about form; the fault is not about that."""
    subprocess.run(["terraform", "fmt", str(root / "fault.tf")], check=True, capture_output=True)
