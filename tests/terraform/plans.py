"""A plan of Terraform's as JSON: its resources, and who may do what by it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

# The types that grant something, and what of them says at which resource. Any other is unknown, and so an error.
PLACES = {
    "google_artifact_registry_repository_iam_member": ("repository", "repository"),
    "google_bigquery_dataset_iam_member": ("dataset", "dataset_id"),
    "google_bigquery_table_iam_member": ("table", "table_id"),
    "google_cloud_run_v2_service_iam_binding": ("service", "name"),
    "google_iap_web_cloud_run_service_iam_binding": ("proxy", "cloud_run_service_name"),
    "google_project_iam_member": ("project", "project"),
    "google_pubsub_subscription_iam_member": ("subscription", "subscription"),
    "google_pubsub_topic_iam_member": ("topic", "topic"),
    "google_secret_manager_secret_iam_member": ("secret", "secret_id"),
    "google_service_account_iam_binding": ("account", "service_account_id"),
    "google_storage_bucket_iam_member": ("bucket", "bucket"),
}
NARROWED = {"google_project_iam_member"}  # whose condition may say less than the whole project


class Grant(NamedTuple):
    """Who may do what, and where."""

    member: str
    role: str
    place: str


class Plan:
    """A plan, as ``terraform show -json`` writes it."""

    def __init__(self, plan: dict[str, Any]) -> None:
        """All resources of the root and its modules."""
        self.resources = list(_resources(plan["planned_values"]["root_module"]))
        self.outputs = plan["planned_values"]["outputs"]

    def of(self, type_: str) -> dict[str, dict[str, Any]]:
        """The planned values of a type's resources, by address."""
        return {one["address"]: one["values"] for one in self.resources if one["type"] == type_}

    def grants(self) -> set[Grant]:
        """Every grant, with the condition's title where it has one."""
        return {grant for one in self.resources if "_iam_" in one["type"] for grant in _grants(one)}


def _resources(module: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield from module.get("resources", ())
    for child in module.get("child_modules", ()):
        yield from _resources(child)


def _grants(resource: dict[str, Any]) -> Iterator[Grant]:
    kind, key = PLACES[resource["type"]]
    values = resource["values"]
    conditions = values.get("condition") or []
    place = f"{kind} {values[key].rpartition('/')[2]}"
    if conditions:
        assert resource["type"] in NARROWED
        place = f"{place}, {conditions[0]['title']}"
    for member in values.get("members") or [values["member"]]:
        yield Grant(member.partition("@worklens-test")[0], values["role"].removeprefix("roles/"), place)
