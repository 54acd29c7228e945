"""Sidens ramme: menu, roller, kommune og demo-banner."""

from datetime import date

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from jobcenter_mentor.platform.access.models import RoleAssignment
from jobcenter_mentor.screens.frame.menu import MENUS
from tests.builders import a_municipality, a_user
from tests.logins import Visitor, logged_in


def test_the_frame_names_the_user_the_role_and_the_team(as_team_leader: Visitor) -> None:
    page = as_team_leader.get("/haendelseslog").text

    assert as_team_leader.user.full_name in page
    assert "Teamleder, Team Unge" in page


def test_the_frame_names_the_municipality(as_admin: Visitor, session: Session) -> None:
    a_municipality(session)

    assert "Sønderå Kommune" in as_admin.get("/drift").text


def test_an_administrators_menu_leads_to_operation_only(as_admin: Visitor) -> None:
    menu = as_admin.get("/drift").text.partition('aria-label="Hovedmenu"')[2].partition("</nav>")[0]

    assert menu.count("<a ") == 1
    assert 'href="/drift" aria-current="page"' in menu


def test_a_page_below_marks_its_place_in_the_menu(as_admin: Visitor) -> None:
    assert 'href="/drift" aria-current="page"' in as_admin.get("/drift/ny-bruger").text


def test_two_roles_share_one_menu(app: Flask, session: Session) -> None:
    user = a_user(session, "AD")
    user.roles.append(RoleAssignment(role="RE", valid_from=date(2014, 1, 1)))

    page = logged_in(app, session, user).get("/drift").text

    assert "Drift</a>" in page
    assert "Hændelseslog</a>" in page


def test_the_banner_shows_in_the_demo_only(app: Flask, as_admin: Visitor) -> None:
    plain = as_admin.get("/drift").text
    app.config["DEMO"] = True

    assert "arbejdsdag" not in plain
    assert "arbejdsdag onsdag den 15. oktober 2014" in as_admin.get("/drift").text


@pytest.mark.parametrize("role", MENUS)
def test_every_item_of_a_menu_is_a_page_the_role_may_open(app: Flask, role: str, session: Session) -> None:
    browser = logged_in(app, session, a_user(session, role))
    with app.test_request_context():
        there = [app.url_for(name) for _, name in MENUS[role] if name in app.view_functions]

    assert [address for address in there if browser.get(address).status_code not in {200, 303}] == []


def test_who_may_see_no_citizens_has_no_search(as_admin: Visitor) -> None:
    assert 'role="search"' not in as_admin.get("/drift").text
