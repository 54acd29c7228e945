"""Klientens adresse: believed from trusted proxies only, whoever stands in between and whatever is made up."""

from collections.abc import Iterator
from dataclasses import replace
from ipaddress import ip_network

import pytest
from flask import Flask, request
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from jobcenter_mentor.app import create_app
from jobcenter_mentor.config import Config
from jobcenter_mentor.platform.access import service
from jobcenter_mentor.platform.access.policy import public
from jobcenter_mentor.platform.database.db import db
from jobcenter_mentor.platform.pages.proxies import MOST_HOPS, neighbourhood
from tests.builders import a_municipality
from tests.databases import a_config
from tests.logins import Visitor

PROXY, INNER, CLIENT, MADE_UP = "10.0.0.2", "10.0.0.3", "198.51.100.7", "203.0.113.9"


def an_app(*trusted: str) -> Flask:
    proxies = tuple("unix" if name == "unix" else ip_network(name) for name in trusted)
    app = create_app(replace(a_config("sqlite://"), trusted_proxies=proxies))

    def probe() -> dict[str, object]:
        return {
            "address": request.remote_addr,
            "scheme": request.scheme,
            "host": request.host,
            "left": sorted(name for name, _ in request.headers if "Forwarded" in name),
        }

    app.add_url_rule("/prøve", "probe", public(probe))
    return app


def seen(app: Flask, peer: str, **headers: str) -> dict[str, str]:
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    answer = app.test_client().get("/prøve", headers=sent, environ_overrides={"REMOTE_ADDR": peer})
    return answer.json


@pytest.mark.parametrize(
    ("peer", "forwarded", "client"),
    [
        (PROXY, CLIENT, CLIENT),
        (PROXY, f"{MADE_UP}, {CLIENT}", CLIENT),
        (PROXY, f"{MADE_UP}, {CLIENT}, {INNER}", CLIENT),
        (PROXY, f"{INNER}, {INNER}", INNER),
        (PROXY, "", PROXY),
        (PROXY, "unknown", PROXY),
        (PROXY, f"{CLIENT}, min-maskine.example.dk, {INNER}", INNER),
        (PROXY, f"{MADE_UP}," * 1000 + CLIENT, CLIENT),
        (PROXY, f"{INNER}," * 1000 + INNER, INNER),
        (PROXY, f"{CLIENT}:51234", CLIENT),
        (PROXY, "[2001:db8::7]:443", "2001:db8::7"),
        (PROXY, "2001:db8::7", "2001:db8::7"),
        (PROXY, f"::ffff:{CLIENT}", CLIENT),
        (PROXY, f'"{CLIENT}"', CLIENT),
        (PROXY, f"{CLIENT},,", CLIENT),
        (f"::ffff:{PROXY}", CLIENT, CLIENT),
        (CLIENT, MADE_UP, CLIENT),
        ("", MADE_UP, ""),
        ("localhost", MADE_UP, "localhost"),
    ],
)
def test_the_walk_ends_at_the_first_address_that_is_not_trusted(peer: str, forwarded: str, client: str) -> None:
    assert seen(an_app("10.0.0.0/30"), peer, X_Forwarded_For=forwarded)["address"] == client


@pytest.mark.parametrize("peer", ["", "localhost"])
def test_a_proxy_on_the_unix_socket_is_believed_when_it_is_named(peer: str) -> None:
    assert seen(an_app("unix"), peer, X_Forwarded_For=f"{MADE_UP}, {CLIENT}")["address"] == CLIENT


def test_only_a_trusted_proxy_says_scheme_and_host() -> None:
    told = {"X_Forwarded_Proto": "http, https", "X_Forwarded_Host": "127.0.0.1", "X_Forwarded_For": CLIENT}

    believed, refused = seen(an_app(PROXY), PROXY, **told), seen(an_app(PROXY), CLIENT, **told)

    assert (believed["scheme"], believed["host"]) == ("https", "127.0.0.1")
    assert (refused["scheme"], refused["host"]) == ("http", "localhost")
    assert believed["left"] == refused["left"] == []


def test_no_more_hops_are_walked_than_anybody_has() -> None:
    hops = [CLIENT, *[INNER] * MOST_HOPS]

    assert seen(an_app("10.0.0.0/30"), PROXY, X_Forwarded_For=",".join(hops))["address"] == INNER


@pytest.mark.parametrize(
    ("addresses", "count"),
    [
        (["2001:db8:0:1::1", "2001:db8:0:1:ffff::2"], 1),
        (["2001:db8:0:1::1", "2001:db8:0:2::1"], 2),
        ([CLIENT, f"::ffff:{CLIENT}"], 1),
        (["", "localhost", None], 1),
    ],
)
def test_limits_count_a_household_once(addresses: list[str], count: int) -> None:
    assert len({neighbourhood(address) for address in addresses}) == count


@pytest.fixture
def behind_proxy(config: Config, session: Session) -> Iterator[FlaskClient]:
    """Return a browser of an app that stands behind one proxy."""
    a_municipality(session)
    service.add_user(session, username="lone", full_name="Lone Kjærgaard", password="en lang adgangskode", by=None)
    session.commit()
    app = create_app(replace(config, trusted_proxies=(ip_network(PROXY),)))
    app.test_client_class = Visitor
    yield app.test_client()
    with app.app_context():
        db.engine.dispose()


def sent_from(address: str, made_up: str = "") -> dict[str, dict[str, str]]:
    hops = ", ".join(filter(None, [made_up, address]))
    return {"headers": {"X-Forwarded-For": hops}, "environ_overrides": {"REMOTE_ADDR": PROXY}}


def test_a_stranger_behind_the_proxy_holds_up_nobody_else_at_signed_links(behind_proxy: FlaskClient) -> None:
    for number in range(61):
        last = behind_proxy.get("/logbog/link/kort", **sent_from(CLIENT, f"203.0.113.{number}"))

    assert last.status_code == 429
    assert behind_proxy.get("/logbog/link/kort", **sent_from(MADE_UP)).status_code == 404
