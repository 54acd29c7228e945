"""The probes (livstegn): what load balancers and monitoring ask without log-in: is it alive, can it answer."""

from typing import Any

from flask import Flask, jsonify
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import SQLAlchemyError

from jobcenter_mentor.platform.access.policy import public
from jobcenter_mentor.platform.database.db import reading
from jobcenter_mentor.platform.database.schema import found_revision, wanted_revision
from jobcenter_mentor.platform.jobs import service as background


def register(app: Flask) -> None:
    """Give the app its addresses for probes; `/healthz` is an older name of `/livez`."""
    app.add_url_rule("/livez", "livez", livez)
    app.add_url_rule("/healthz", "healthz", livez)
    app.add_url_rule("/readyz", "readyz", readyz)


@public
def livez() -> ResponseReturnValue:
    """Say that the process lives; asks nobody else."""
    return jsonify(status="ok")


@public
def readyz() -> ResponseReturnValue:
    """Say whether this host can answer: 503 without the database or with other tables than this version's."""
    try:
        with reading() as session:
            found = found_revision(session.connection())
            more: dict[str, Any] = background.readiness(session) if found == wanted_revision() else {}
    except SQLAlchemyError:
        return jsonify(status="unavailable", database="away"), 503
    body = {"database": "ok", "schema": {"found": found, "wanted": wanted_revision()}, **more}
    if found != wanted_revision():
        return jsonify(status="unavailable", **body), 503
    return jsonify(status="ok", **body)
