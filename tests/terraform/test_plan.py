"""The planned deployment, beside what the code expects of it."""

from __future__ import annotations

import base64
import re
from pathlib import Path
from typing import Any

import msgspec
import pytest

from tests.terraform.conftest import VARIABLES, copy_to, plan_of
from tests.terraform.plans import Plan
from worklens.google.clients import Clients
from worklens.google.secrets import CloudSecrets
from worklens.google.settings import settings
from worklens.google.tables import CLUSTERED, PARTITIONED, view
from worklens.messages import FOR_OTHERS, TOPICS, Tick, decode
from worklens.warehouse import catalogue, looker_studio, schema
from worklens.warehouse.described import described, titles

PLAYBOOKS = Path(__file__).resolve().parents[2] / "docs" / "operations"
QUALIFIED = re.compile(r"`worklens-test\.worklens\.(\w+)`")


def planned_views(plan: Plan) -> dict[str, tuple[int, str]]:
    """Each view's level and query."""
    found = {}
    for address, values in plan.of("google_bigquery_table").items():
        if level := re.search(r"level_(\d+)", address):
            found[values["table_id"]] = (int(level[1]), values["view"][0]["query"])
    return found


def planned_tables(plan: Plan) -> dict[str, dict[str, Any]]:
    """Each table's values."""
    return {
        values["table_id"]: values
        for address, values in plan.of("google_bigquery_table").items()
        if "level_" not in address
    }


# ----- Topics -----


def test_a_topic_for_each_that_the_messages_name(plan: Plan) -> None:
    """And its dead letters', under the names that the code composes."""
    names = {values["name"] for values in plan.of("google_pubsub_topic").values()}

    taken = set(TOPICS) - set(FOR_OTHERS)
    assert names == {f"worklens-{topic}" for topic in TOPICS} | {f"worklens-{topic}-dead" for topic in taken}


def test_no_subscription_may_expire(plan: Plan) -> None:
    """None of all that are planned, whoever named it: what comes after a silent month would be lost."""
    found = plan.of("google_pubsub_subscription")

    assert len(found) == 2 * (len(TOPICS) - len(FOR_OTHERS))
    for address, values in found.items():
        assert values["expiration_policy"] == [{"ttl": ""}], address


def test_what_is_pushed_is_dead_lettered_and_signed(plan: Plan) -> None:
    """Each push subscription has a dead-letter policy, patience and a token; the others are the dead letters'."""
    for values in plan.of("google_pubsub_subscription").values():
        if values["name"].endswith("-dead"):
            assert values["push_config"] == []
            continue
        assert values["dead_letter_policy"][0]["max_delivery_attempts"] == 100
        assert values["retry_policy"] == [{"minimum_backoff": "10s", "maximum_backoff": "600s"}]
        assert values["push_config"][0]["oidc_token"][0]["audience"].startswith("https://")


def test_the_timer_says_what_a_stage_reads(plan: Plan) -> None:
    """Its attributes and body are a message of ours."""
    (job,) = plan.of("google_cloud_scheduler_job").values()
    (target,) = job["pubsub_target"]

    message = decode(target["attributes"]["ce-type"], base64.b64decode(target["data"]))

    assert isinstance(message, Tick)
    assert target["topic_name"] == f"projects/worklens-test/topics/worklens-{Tick.topic}"


# ----- Functions -----


def test_only_the_page_is_reached_from_outside(plan: Plan) -> None:
    """And nobody calls it whom IAM doesn't let in."""
    found = plan.of("google_cloudfunctions2_function").values()
    ingress = {values["name"]: values["service_config"][0]["ingress_settings"] for values in found}

    assert {name for name, value in ingress.items() if value != "ALLOW_INTERNAL_ONLY"} == {"worklens-report"}


def test_each_function_is_capped_and_answers_before_its_deadline(plan: Plan) -> None:
    """An instance too many costs; a request that outlives its deadline is delivered twice."""
    for values in plan.of("google_cloudfunctions2_function").values():
        config = values["service_config"][0]
        assert 1 <= config["max_instance_count"] <= 10
        assert config["timeout_seconds"] <= 540
        assert config["min_instance_count"] == 0


def test_the_code_finds_everything_by_the_environment(plan: Plan) -> None:
    """What each function is given is all that the platform asks for, and names what is planned."""
    topics = {values["name"] for values in plan.of("google_pubsub_topic").values()}
    for values in plan.of("google_cloudfunctions2_function").values():
        environment = values["service_config"][0]["environment_variables"]
        found = settings(environment)
        assert environment["WORKLENS_PLATFORM"] == "google"
        assert found.bucket in {bucket["name"] for bucket in plan.of("google_storage_bucket").values()}
        assert {found.topic(topic).rpartition("/")[2] for topic in TOPICS} <= topics
        assert found.dataset == "worklens"


def test_a_token_is_where_the_code_looks_for_it(plan: Plan) -> None:
    """Entries made beforehand, and where the digest goes, bear the names that the code composes."""
    environment = plan.outputs["environment"]["value"]
    secrets = CloudSecrets(Clients(settings(environment)))
    planned = {values["secret_id"] for values in plan.of("google_secret_manager_secret").values()}

    assert planned == {secrets._id(name) for name in ("todoist:me", "digest")}


def test_no_secret_stands_in_a_function_or_the_state(plan: Plan) -> None:
    """Terraform makes entries without values, and a function gets a value by name."""
    types = {one["type"] for one in plan.resources}

    assert "google_secret_manager_secret_version" not in types
    assert not {name for name in types if name.startswith("google_service_account_key")}


# ----- Warehouse -----


def test_a_view_for_each_file_and_the_same_query(plan: Plan) -> None:
    """Word for word the one that the code makes in the emulator, where it is tried."""
    clients = Clients(settings(plan.outputs["environment"]["value"]))
    planned = {name: query for name, (_, query) in planned_views(plan).items()}

    assert planned == {name: view(clients, name).partition(" AS\n")[2] for name in catalogue.sources()}


def test_every_name_a_view_reads_is_written_out(plan: Plan) -> None:
    """BigQuery makes no view of a table without its dataset. The rest of what it reads are its own CTEs."""
    known = catalogue.names()
    for name, (_, query) in planned_views(plan).items():
        assert set(QUALIFIED.findall(query)) == catalogue.reads(catalogue.sources()[name]) & known, name


def test_a_view_is_made_after_those_it_reads(plan: Plan) -> None:
    """Each stands on a higher level than they do."""
    levels = {name: level for name, (level, _) in planned_views(plan).items()}
    for name, level in levels.items():
        read = catalogue.reads(catalogue.sources()[name]) & set(levels)
        assert all(levels[one] < level for one in read), name


def test_a_table_for_each_schema_file(plan: Plan) -> None:
    """With the same columns, parted by month of sight, clustered by whose and which task, and protected."""
    tables = planned_tables(plan)

    assert tables.keys() == schema.tables().keys()
    for name, columns in schema.tables().items():
        values, names = tables[name], [column.name for column in columns]
        assert [column["name"] for column in msgspec.json.decode(values["schema"])] == names
        keys = [key for key in CLUSTERED if key in names]
        assert (values["clustering"] or []) == keys
        assert bool(values["time_partitioning"]) == (PARTITIONED in names)
        assert values["deletion_protection"] is True


@pytest.mark.parametrize("what", ["pages", "views"])
def test_looker_studio_opens_on_what_people_see(plan: Plan, what: str) -> None:
    """The addresses are those of the package, with this project and this dataset in them."""
    made = getattr(looker_studio, f"{what[:-1]}_addresses")(titles(), VARIABLES["project"], "worklens")

    assert plan.outputs["looker_studio_pages" if what == "pages" else "looker_studio_urls"]["value"] == made


def test_bigquery_says_what_each_view_and_column_is(plan: Plan) -> None:
    """A title and a description on each view, and its columns with theirs."""
    made = {
        values["table_id"]: values for values in plan.of("google_bigquery_table").values() if values["view"]
    }

    assert made.keys() == described().keys()
    for name, told in described().items():
        assert (made[name]["friendly_name"], made[name]["description"]) == (
            told.title.en,
            told.description.en,
        )
        assert msgspec.json.decode(made[name]["schema"]) == [
            {"name": one.name, "type": one.type, "mode": one.mode, "description": one.description}
            for one in told.fields
        ]


def test_columns_may_go_without_words(checker: Path, tmp_path: Path) -> None:
    """Should BigQuery refuse one, the views are made all the same."""
    plain = plan_of(checker, copy_to(tmp_path), describe_columns="false")

    assert not any(
        values.get("schema") for values in plain.of("google_bigquery_table").values() if values["view"]
    )


# ----- Alerts -----


def test_each_alert_carries_its_playbook(plan: Plan) -> None:
    """Which is there, has its four parts, fits into a mail, and stands in the index."""
    index = (PLAYBOOKS / "README.md").read_text(encoding="utf-8")
    for values in plan.of("google_monitoring_alert_policy").values():
        name = values["display_name"].removeprefix("Worklens: ")
        content = values["documentation"][0]["content"]
        assert content == (PLAYBOOKS / f"{name}.md").read_text(encoding="utf-8")
        assert re.findall(r"^## (.+)$", content, re.MULTILINE)[:4] == [
            "Meaning",
            "First look",
            "Fix",
            "Replay",
        ]
        assert f"({name}.md)" in index


def test_each_metric_of_ours_is_described(plan: Plan) -> None:
    """In the table of what is counted."""
    index = (PLAYBOOKS / "README.md").read_text(encoding="utf-8")
    for values in plan.of("google_logging_metric").values():
        assert f"`{values['name'].removeprefix('worklens/')}`" in index
