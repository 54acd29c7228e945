"""Beskrivelsen: OpenAPI names every route of the API with its bodies, its answers and its key."""

from typing import Any

from flask import Flask
from flask.testing import FlaskClient

from jobcenter_mentor.platform.access.policy import matrix


def described(client: FlaskClient) -> dict[str, Any]:
    return client.get("/api/v1/openapi.json").json


def acts_of(document: dict[str, Any]) -> list[tuple[str, str, Any]]:
    """Return path, method and description of each act; what a path's methods share is no act."""
    acts = [(path, method, act) for path, methods in document["paths"].items() for method, act in methods.items()]
    return [act for act in acts if act[1] != "parameters"]


def references(part: Any) -> set[str]:
    """Return all that a part of the document refers to."""
    if isinstance(part, dict):
        own = {part["$ref"]} if isinstance(part.get("$ref"), str) else set()
        return own.union(*(references(inner) for inner in part.values()))
    return set().union(*(references(inner) for inner in part)) if isinstance(part, list) else set()


def test_every_route_is_described(app: Flask, client: FlaskClient) -> None:
    rules = [rule for rule in app.url_map.iter_rules() if rule.rule.startswith("/api/")]
    routes = {(rule.rule.replace("<", "{").replace(">", "}"), method) for rule in rules for method in rule.methods}

    told = {(path, method.upper()) for path, method, _ in acts_of(described(client))}

    assert told == {(path, method) for path, method in routes if method not in {"HEAD", "OPTIONS"}}


def test_every_route_but_the_description_declares_its_action(app: Flask) -> None:
    rules = [rule for rule in app.url_map.iter_rules() if rule.rule.startswith("/api/")]
    actions = {rule.endpoint: app.view_functions[rule.endpoint].action for rule in rules}

    assert actions.pop("api_description.openapi") is None
    assert len(actions) == 6
    assert set(actions.values()) <= set(matrix())


def test_what_the_description_refers_to_is_there(client: FlaskClient) -> None:
    document = described(client)

    assert document["openapi"].startswith("3.0")
    assert document["security"] == [{"key": []}]
    for reference in references(document):
        place = document
        for step in reference.removeprefix("#/").split("/"):
            place = place[step]


def test_every_act_has_words_an_answer_and_the_shape_of_errors(client: FlaskClient) -> None:
    document = described(client)
    acts = [act for _, _, act in acts_of(document)]

    assert all(act["summary"] and act["responses"] for act in acts)
    assert all(act["responses"]["default"] == {"$ref": "#/components/responses/DEFAULT_ERROR"} for act in acts)
    assert set(document["components"]["schemas"]["ErrorBody"]["properties"]) == {"code", "message", "errors"}


def test_the_body_of_a_referral_names_its_fields(client: FlaskClient) -> None:
    body = described(client)["components"]["schemas"]["ReferralBody"]

    assert {"cpr", "benefit", "referred_on", "goal", "tasks", "hours", "weeks", "consulted"} <= set(body["required"])
    assert all("type" in field for field in body["properties"].values())
