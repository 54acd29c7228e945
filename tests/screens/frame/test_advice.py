"""No sentence asks for what the reader can't do there; who can't is told who can."""

from datetime import date

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from jobcenter_mentor.platform.access.models import User
from jobcenter_mentor.platform.access.policy import ROLES, may
from tests.builders import WORKING_DAY, a_citizen, a_grant, a_mentor, a_municipality, a_user
from tests.logins import logged_in

ADVICE = {
    "/ramme/beloeb?aar=2031": ("frame.change", "Foreslå beløbet her", "En økonomikonsulent foreslår beløbet."),
    "/korpset": ("mentor.write", "Begynd med at oprette en mentor.", "En matchkoordinator opretter dem."),
    "/matchning/{bare}": ("mentor.write", "Opret en mentor", "En matchkoordinator opretter dem."),
    "/borgere?text=ingen-hedder-det": (
        "citizen.contact.write",
        "eller opret en borger",
        "bed en sagsbehandler oprette borgeren",
    ),
    "/klager": ("complaint.write", "Åbn afgørelsen fra forløbet", "En sagsbehandler eller teamleder registrerer dem."),
    "/refusion/opgoerelser": ("claim.draft", "Lav et udkast for", "En økonomikonsulent laver udkastet"),
    "/aftaler/{bare}": ("match.confirm", "Vælg en mentor, før aftalen", "når sagsbehandler eller matchkoordinator"),
    "/aftaler/{bare}/maal": ("goal.write", "Skriv konkrete mål, der kan måles", "eller mentor skriver dem."),
}
"""Address, the right that the advice needs, a piece of the advice, and a piece of what the others are told."""


def a_reader(session: Session, role: str) -> User:
    mentor = a_mentor(session, active_to=date(2014, 1, 1)) if role in {"MI", "MV", "ML", "MF"} else None
    return a_user(session, role, mentor=mentor)


def shown(app: Flask, session: Session, role: str) -> dict[str, str]:
    """Return the pages of `ADVICE` that a role is shown, as text by address."""
    a_municipality(session)
    grant = a_grant(session, a_citizen(session))
    visitor = logged_in(app, session, a_reader(session, role))
    pages = {path: visitor.get(path.format(bare=grant.public_id)) for path in ADVICE}
    return {path: page.text for path, page in pages.items() if page.status_code == 200}


@pytest.mark.parametrize("role", ROLES)
def test_advice_is_given_to_who_may_follow_it_and_the_others_hear_who_can(
    app: Flask, session: Session, role: str
) -> None:
    for path, page in shown(app, session, role).items():
        right, advice, other = ADVICE[path]
        able = may(a_reader(session, role), right, on=WORKING_DAY)

        assert (path, advice in page, other in page) == (path, able, not able)


def test_each_advice_is_seen_by_some_and_most_are_kept_from_some(app: Flask, session: Session) -> None:
    seen: dict[str, set[bool]] = {path: set() for path in ADVICE}
    for role in ROLES:
        for path, page in shown(app, session, role).items():
            seen[path].add(ADVICE[path][1] in page)

    assert all(True in found for found in seen.values()), seen
    assert sum(False in found for found in seen.values()) >= 6, seen
