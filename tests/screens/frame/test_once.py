"""Dobbeltklik: a form that is sent twice, or four times at once, has one effect, and all get the first one's answer."""

import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from jobcenter_mentor.config import resource_dir
from jobcenter_mentor.figures.report_builder.models import SavedReport
from jobcenter_mentor.platform.access.models import ApiToken, Team
from jobcenter_mentor.platform.audit.models import Event
from jobcenter_mentor.platform.database.db import now
from jobcenter_mentor.platform.drafts import sent_forms
from jobcenter_mentor.platform.drafts.models import SentForm
from jobcenter_mentor.screens.frame import once
from tests.builders import a_user
from tests.logins import Visitor, logged_in

NEW_TEAM = "/drift/nyt-team"
TEMPLATES = sorted(resource_dir("templates").rglob("*.html"))
SAVE_REPORT = "/rapporter/byg?maal=courses&opdeling=team&fra=2014-01&til=2014-03&team="


def tokens(page: str) -> list[str]:
    """Return the tokens of the forms on a page."""
    return re.findall(r'name="form_token" value="([^"]+)"', page)


def the_token(visitor: Visitor, address: str) -> str:
    """Return the token of the last form on a page; those of the frame come before."""
    return tokens(visitor.get(address).text)[-1]


def count(session: Session, model: type) -> int:
    return session.scalar(select(func.count()).select_from(model)) or 0


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.stem)
def test_no_form_is_written_without_its_tokens(template: Path) -> None:
    text = template.read_text(encoding="utf-8")

    forms = re.findall(r'<form\b[^>]*method="post".*?</form>', text, re.DOTALL)

    assert [form for form in forms if "csrf(" not in form] == [], "write {{ csrf() }} or {{ csrf(form) }} inside it"
    assert ".csrf_token" not in text, "write {{ csrf() }}, which holds the token of the double click too"
    assert "hidden_tag" not in text, "write {{ csrf(form) }}, which holds the token of the double click too"


def test_every_form_of_every_page_has_a_token_of_its_own(as_admin: Visitor) -> None:
    shown = tokens(as_admin.get(NEW_TEAM).text) + tokens(as_admin.get(NEW_TEAM).text)

    assert len(shown) == len(set(shown)) == 4


def test_the_second_sending_makes_nothing_and_gets_the_answer_of_the_first(as_admin: Visitor, session: Session) -> None:
    typed = {"name": "Team Unge", "form_token": the_token(as_admin, NEW_TEAM)}
    before = count(session, Team)

    first, second = as_admin.post(NEW_TEAM, data=typed), as_admin.post(NEW_TEAM, data=typed)

    assert (first.status_code, first.location) == (second.status_code, second.location) == (303, "/drift")
    assert "Sent-Before" not in first.headers
    assert second.headers["Sent-Before"] == "1"
    assert as_admin.get("/drift").text.count("Team Unge er oprettet") == 1
    assert count(session, Team) == before + 1
    assert len(session.scalars(select(Event).where(Event.action == "team.create")).all()) <= 1


def test_four_equal_forms_at_once_make_one_thing(app: Flask, session: Session, as_caseworker: Visitor) -> None:
    typed = {"title": "Forløb pr. team", "form_token": the_token(as_caseworker, SAVE_REPORT)}
    twins = [logged_in(app, session, as_caseworker.user) for _ in range(4)]

    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda twin: twin.post(SAVE_REPORT, data=typed), twins))

    assert {answer.status_code for answer in answers} == {303}
    assert len({answer.location for answer in answers}) == 1
    assert sum("Sent-Before" not in answer.headers for answer in answers) == 1
    assert count(session, SavedReport) == 1


def test_without_a_token_the_same_four_make_four(app: Flask, session: Session, as_caseworker: Visitor) -> None:
    twins = [logged_in(app, session, as_caseworker.user) for _ in range(4)]

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda twin: twin.post(SAVE_REPORT, data={"title": "Forløb pr. team"}), twins))

    assert count(session, SavedReport) == 4


def test_a_token_of_another_user_is_refused(app: Flask, session: Session, as_admin: Visitor) -> None:
    other = logged_in(app, session, a_user(session, "AD"))
    before = count(session, Team)

    for token in (the_token(other, NEW_TEAM), "made-up.token", tokens(app.test_client().get("/log-ind").text)[-1]):
        answer = as_admin.post(NEW_TEAM, data={"name": "Team Unge", "form_token": token})

        assert answer.status_code == 400
        assert "Team Unge" in answer.text
    assert count(session, Team) == before


def test_something_else_under_the_same_token_is_never_dropped_silently(as_admin: Visitor, session: Session) -> None:
    token = the_token(as_admin, NEW_TEAM)
    as_admin.post(NEW_TEAM, data={"name": "Team Unge", "form_token": token})

    answer = as_admin.post(NEW_TEAM, data={"name": "Team Voksne", "form_token": token})

    assert answer.status_code == 409
    assert "Formularen er allerede sendt" in answer.text
    assert "Team Voksne" in answer.text
    assert session.scalar(select(Team.id).where(Team.name == "Team Voksne")) is None


def test_a_form_that_was_refused_may_be_sent_again(as_admin: Visitor, session: Session) -> None:
    token = the_token(as_admin, NEW_TEAM)
    refused = as_admin.post(NEW_TEAM, data={"name": "", "form_token": token})

    answer = as_admin.post(NEW_TEAM, data={"name": "Team Unge", "form_token": token})

    assert (refused.status_code, answer.status_code) == (422, 303)
    assert count(session, SentForm) == 1


def test_a_page_that_is_shown_only_once_is_shown_again_to_the_second_click(
    app: Flask, session: Session, as_admin: Visitor
) -> None:
    address = f"/drift/{a_user(session, 'SB').public_id}/noegler/ny"
    typed = {"name": "Fagsystemet", "valid_from": "01-10-2014", "valid_to": "31-12-2014"}
    typed["form_token"] = the_token(as_admin, address)

    first, second = as_admin.post(address, data=typed), as_admin.post(address, data=typed)

    assert first.status_code == second.status_code == 200
    assert first.text == second.text
    assert count(session, ApiToken) == 1


def test_a_first_sending_whose_answer_was_lost_is_told_so(
    as_admin: Visitor, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(once, "PATIENCE", 0.0)
    typed = {"name": "Team Unge", "form_token": the_token(as_admin, NEW_TEAM)}
    as_admin.post(NEW_TEAM, data=typed)
    session.execute(update(SentForm).values(answer=None))

    answer = as_admin.post(NEW_TEAM, data=typed)

    assert answer.status_code == 409
    assert "se, hvad der blev gemt første gang" in answer.text


def test_sent_forms_are_forgotten_once_they_are_too_old_to_be_sent(session: Session) -> None:
    for hours, name in ((13, "old"), (1, "new")):
        session.add(SentForm(token_hash=name, digest="", sent_at=now() - hours * sent_forms.KEPT / 12))

    assert sent_forms.forget(session) == 1
    assert session.scalars(select(SentForm.token_hash)).all() == ["new"]
