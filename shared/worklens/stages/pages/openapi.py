"""The API's OpenAPI document, made from the routes and the structs they answer with."""

from __future__ import annotations

from functools import cache
from typing import Any

import msgspec

from worklens.stages.pages.api import DEEDS, DOCUMENT, ROOT, ROUTES, Deed, Route
from worklens.stages.pages.asked import ABOUT, LANGUAGES, LONGEST, USUAL, WEEKS
from worklens.stages.pages.metrics import MOST as MOST_ROWS
from worklens.stages.pages.metrics import SHOWN as SHOWN_ROWS
from worklens.stages.pages.tasks import MOST, ORDERS, SHOWN, STATUSES

TEXT = {"type": "string", "maxLength": LONGEST}
DAY = {"type": "string", "pattern": r"^([0-9]{4}-[0-9]{2}-[0-9]{2})?$"}
MOMENT = TEXT | {"examples": ["2026-03-01", "2026-03-01T12:00:00Z"]}

PARAMETERS: dict[str, tuple[str, dict[str, Any]]] = {
    "account": ("Only this account, or all of a feed's people; without it, everyone's.", TEXT),
    "as_of": ("What had happened by the end of this day, or by this instant.", MOMENT),
    "known_at": ("Only what had been seen by then.", MOMENT),
    "weeks": (
        "Over how many weeks, where a range is told of.",
        {"type": "integer", "enum": list(WEEKS), "default": USUAL},
    ),
    "language": ("In which words are told.", {"type": "string", "enum": list(LANGUAGES)}),
    "without": ("What if the list of this id were dropped?", TEXT),
    "off_from": ("What if days from this one were taken off?", DAY),
    "off_until": ("The last of the days off.", DAY),
    "words": ("Words that a task's title holds.", TEXT),
    "status": ("Of which status.", {"type": "string", "enum": list(STATUSES), "default": STATUSES[0]}),
    "list": ("In the list of this id.", TEXT),
    "order": ("In which order.", {"type": "string", "enum": list(ORDERS), "default": ORDERS[0]}),
    "first": ("How many to leave out before the first.", {"type": "integer", "minimum": 0, "default": 0}),
    "count": ("How many at most.", {"type": "integer", "minimum": 1, "maximum": MOST, "default": SHOWN}),
    "of": ("The task's account.", TEXT),
    "task": ("The task's id at its source.", TEXT),
    "name": ("The metric's name.", TEXT),
}
FIELDS: dict[str, tuple[str, dict[str, Any]]] = PARAMETERS | {
    "of": ("The account; without it, every one that may be seen.", TEXT),
    "reason": ("Only records held aside for this reason.", TEXT),
    "letter": ("Only the message of this name, and no record.", TEXT),
    "confirm": ("The account's name once more: what is forgotten does not come back.", TEXT),
}
MUST = {"/forget": ["of", "confirm"]}
NEEDED = {"/tasks/story": {"of", "task"}, "/metrics/rows": {"name"}}
ROWS = {"type": "integer", "minimum": 1, "maximum": MOST_ROWS, "default": SHOWN_ROWS}
ERRORS = {
    "400": "A parameter that can't be meant.",
    "401": "No token, or not the right one.",
    "404": "Nothing of that name, or nothing was taken in by then.",
    "429": "Asked too often; Retry-After says when to come again.",
    "503": "The record is being written to.",
}
REFUSED = {
    "403": "The key was not brought as a bearer's token, or the form comes from elsewhere.",
    "409": "Somebody is at work on the account.",
}


@cache
def document() -> bytes:
    """The document as JSON."""
    kinds = [*(route.kind for route in ROUTES.values()), *(deed.kind for deed in DEEDS.values())]
    schemas, components = msgspec.json.schema_components(kinds, ref_template="#/components/schemas/{name}")
    components["Error"] = {
        "type": "object",
        "properties": {"error": {"type": "string"}},
        "required": ["error"],
    }
    paths = {
        f"{ROOT}{path}": {"get": _operation(path, route, schema)}
        for (path, route), schema in zip(ROUTES.items(), schemas, strict=False)
    } | {
        f"{ROOT}{path}": {"post": _deed(path, deed, schema)}
        for (path, deed), schema in zip(DEEDS.items(), schemas[len(ROUTES) :], strict=True)
    }
    return msgspec.json.encode(
        {
            "openapi": "3.1.0",
            "info": {
                "title": "Worklens",
                "version": "1",
                "description": "The numbers of the report's pages. Days are the person's, instants microseconds since 1970.",
                "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
            },
            "servers": [{"url": DOCUMENT.removesuffix("/api/openapi.json") or "/"}],
            "security": [{"token": []}],
            "paths": paths,
            "components": {
                "schemas": components,
                "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
            },
        }
    )


def _operation(path: str, route: Route, schema: dict[str, Any]) -> dict[str, Any]:
    names = (*ABOUT, *route.parameters)
    return {
        "operationId": path.strip("/").replace("/", "_"),
        "summary": route.question,
        "parameters": [_parameter(path, name) for name in names],
        "responses": {
            "200": {"description": "The numbers.", "content": {"application/json": {"schema": schema}}},
            "304": {"description": "They are as they were (If-None-Match)."},
            **_errors(ERRORS),
        },
    }


def _deed(path: str, deed: Deed, schema: dict[str, Any]) -> dict[str, Any]:
    fields = {name: FIELDS[name][1] | {"description": FIELDS[name][0]} for name in deed.fields}
    form = {
        "type": "object",
        "properties": fields,
        "required": MUST.get(path, []),
        "additionalProperties": False,
    }
    return {
        "operationId": path.strip("/"),
        "summary": deed.question,
        "requestBody": {
            "required": bool(MUST.get(path)),
            "content": {"application/x-www-form-urlencoded": {"schema": form}},
        },
        "responses": {
            "200": {"description": "What came of it.", "content": {"application/json": {"schema": schema}}},
            **_errors(ERRORS | REFUSED),
        },
    }


def _errors(known: dict[str, str]) -> dict[str, Any]:
    return {
        status: {
            "description": text,
            "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Error"}}},
        }
        for status, text in sorted(known.items())
    }


def _parameter(path: str, name: str) -> dict[str, Any]:
    text, schema = PARAMETERS[name]
    needed = name in NEEDED.get(path, set())
    shown = ROWS if name == "count" and path == "/metrics/rows" else schema
    return {"name": name, "in": "query", "description": text, "required": needed, "schema": shown}
