"""Where everything lies on Google Cloud, read from the environment and checked before anything is done."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from typing import NamedTuple

PROJECT = re.compile(r"[a-z][a-z0-9-]{4,28}[a-z0-9]")
DATASET = re.compile(r"\w{1,1024}", re.ASCII)
BUCKET = re.compile(r"[a-z0-9][a-z0-9._-]{1,61}[a-z0-9]")
PREFIX = re.compile(r"[a-z][a-z0-9-]{1,40}")

REMEDY = (
    "Set them, as the functions have them (`terraform output` shows the values), or leave WORKLENS_PLATFORM unset"
    " to work on this machine."
)


class BadSettings(ValueError):
    """The environment doesn't say where the data lies; names every variable that is missing or malformed."""


class Settings(NamedTuple):
    """One deployment: where it is, and what its things are called."""

    project: str
    location: str  # of BigQuery's jobs
    dataset: str
    bucket: str
    prefix: str = (
        "worklens"  # before the names of topics, subscriptions and secrets: one for each environment
    )
    database: str = ""  # of Datastore; empty: the project's default one

    def topic(self, name: str) -> str:
        """A topic's full name."""
        return f"projects/{self.project}/topics/{self.prefix}-{name}"

    def subscription(self, name: str) -> str:
        """A subscription's full name."""
        return f"projects/{self.project}/subscriptions/{self.prefix}-{name}"


class Variable(NamedTuple):
    """A variable of the environment: its name, what it must look like, and an example."""

    name: str
    pattern: re.Pattern[str]
    example: str
    default: str | None = None  # None: it must be there


VARIABLES: dict[str, Variable] = {
    "project": Variable("WORKLENS_PROJECT", PROJECT, "my-project"),
    "location": Variable("WORKLENS_LOCATION", re.compile(r"[a-zA-Z]+(-[a-z]+\d+)?"), "europe-west1"),
    "dataset": Variable("WORKLENS_DATASET", DATASET, "worklens"),
    "bucket": Variable("WORKLENS_BUCKET", BUCKET, "my-project-worklens"),
    "prefix": Variable("WORKLENS_PREFIX", PREFIX, "worklens", "worklens"),
    "database": Variable("WORKLENS_DATABASE", re.compile(r"[a-z0-9-]*|\(default\)"), "worklens", ""),
}


def settings(environment: Mapping[str, str] | None = None) -> Settings:
    """The settings of this process. Raises BadSettings, which names all that is missing or malformed at once."""
    given = os.environ if environment is None else environment
    values = {field: _value(variable, given) for field, variable in VARIABLES.items()}
    problems = [_problem(VARIABLES[field], value) for field, value in values.items()]
    told = [problem for problem in problems if problem]
    if told:
        raise BadSettings(f"The Google Cloud platform is not set up: {'; '.join(told)}. {REMEDY}")
    return Settings(**{field: value or "" for field, value in values.items()})


def _value(variable: Variable, given: Mapping[str, str]) -> str | None:
    value = given.get(variable.name, "").strip()
    if not value and variable.name == "WORKLENS_PROJECT":  # as Google's own tools know it
        value = given.get("GOOGLE_CLOUD_PROJECT", "").strip()
    return value or variable.default


def _problem(variable: Variable, value: str | None) -> str:
    if value is None:
        return f"{variable.name} is missing (such as {variable.example})"
    if not variable.pattern.fullmatch(value):
        return f"{variable.name} is {value!r}, which is no such name (write one such as {variable.example})"
    return ""
