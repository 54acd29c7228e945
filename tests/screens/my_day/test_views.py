"""Min dag og fristlisten: every number equals its list, and a deadline is settled where it stands."""

import re
from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from jobcenter_mentor.casefile.followups import service
from jobcenter_mentor.casefile.followups.models import FollowUp
from jobcenter_mentor.casework.changes import service as changes
from jobcenter_mentor.casework.changes.service import NewChange
from jobcenter_mentor.casework.grants.decision import case_of
from jobcenter_mentor.casework.grants.models import Grant
from jobcenter_mentor.domain.law.deadlines import Deadline
from jobcenter_mentor.domain.law.law import Law
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.access.models import User
from jobcenter_mentor.platform.audit.models import Event
from jobcenter_mentor.platform.database.db import db
from tests.builders import WORKING_DAY, a_citizen, a_grant, a_municipality, a_referral, a_team, a_user
from tests.casework.grants.cases import granted, the_frames
from tests.logins import Visitor, logged_in

CHANGES = {
    "extension": NewChange("extension", "Målet er tæt på.", last_day=date(2015, 7, 20), minutes_per_week=120),
    "ending": NewChange(
        "ending",
        "Borgeren begynder i praktik.",
        last_day=date(2014, 10, 31),
        end_code="ordinary_offer",
        offer_start=date(2014, 11, 1),
    ),
}


@pytest.fixture
def caseworker(session: Session) -> User:
    a_municipality(session)
    return a_user(session, full_name="Lone Kjærgaard")


@pytest.fixture
def visitor(app: Flask, session: Session, caseworker: User) -> Visitor:
    return logged_in(app, session, caseworker)


def a_follow_up(session: Session, by: User, *, due: date = WORKING_DAY, kind: str = "agreement") -> FollowUp:
    grant = a_grant(session, a_citizen(session, caseworker_id=by.id), right_and_duty=False)
    authority = "law" if kind in {"agreement", "contact"} else "local"
    deadline = Deadline(kind, due, "dl.agreement", authority, "LAB § 31 c, stk. 1", "Aftalen skal være underskrevet")
    return service.plan(session, [deadline], case=case_of(grant), actor=Actor(by, WORKING_DAY))[0]


def a_full_day(session: Session, by: User) -> None:
    """Two deadlines of law beside a weekly contact, one local, three breaches, two ending courses, four referrals."""
    a_follow_up(session, by, due=WORKING_DAY - timedelta(days=2))
    a_follow_up(session, by, due=WORKING_DAY + timedelta(days=2))
    a_follow_up(session, by, kind="contact", due=WORKING_DAY + timedelta(days=2))
    a_follow_up(session, by, kind="review", due=WORKING_DAY + timedelta(days=7))
    a_follow_up(session, by, kind="review", due=WORKING_DAY + timedelta(days=8))
    own = {"caseworker_id": by.id}
    for _ in range(3):
        a_grant(session, a_citizen(session, **own))
    for days in (4, 28, 29):
        last_day = WORKING_DAY + timedelta(days=days)
        a_grant(session, a_citizen(session, **own), right_and_duty=False, last_day=last_day)
    for _ in range(4):
        a_referral(session, a_citizen(session, **own))


def numbers(page: str) -> list[int]:
    return [int(figure) for figure in re.findall(r"<b>(?:<svg.*?</svg>)?(\d+)</b><span>", page)]


def entries(page: str, section: str) -> int:
    """Count the rows or entries of a section of the page."""
    part = page.split(f'aria-labelledby="{section}"', 1)[1].split("</section>", 1)[0]
    return part.count('<tr role="row">') - part.count("<thead") + part.count('<li><div class="top">')


def test_every_number_of_the_day_equals_its_list(visitor: Visitor, session: Session, caseworker: User) -> None:
    a_full_day(session, caseworker)

    page = visitor.get("/min-dag").text

    law, local, *others = numbers(page)
    assert [law, local, *others] == [2, 1, 3, 2, 0, 4]
    assert law + local == entries(page, "h-frist")
    assert others == [entries(page, section) for section in ("h-brud", "h-udl", "h-svar", "h-henv")]


def test_my_day_holds_own_cases_only(app: Flask, session: Session, caseworker: User) -> None:
    a_full_day(session, caseworker)
    colleague = logged_in(app, session, a_user(session))

    assert numbers(colleague.get("/min-dag").text) == [0, 0, 0, 0, 0, 0]


def what_comes_after(session: Session, grant: Grant) -> None:
    """Let what comes after the period be due today, in a course that ends in a week."""
    after = ("end_review", "period_end", "new_offer")
    rows = list(session.scalars(select(FollowUp).where(FollowUp.grant_id == grant.id)))
    assert {row.kind for row in rows} >= set(after)
    for row in rows:
        row.owner_id = grant.caseworker_id
        row.due_on = WORKING_DAY if row.kind in after else WORKING_DAY + timedelta(days=60)
    grant.start, grant.last_day = WORKING_DAY - timedelta(days=60), WORKING_DAY + timedelta(days=7)
    grant.periods[0].first_day, grant.periods[0].last_day = grant.start, grant.last_day
    session.commit()


@pytest.mark.parametrize("kind", ["extension", "ending"])
def test_what_waits_at_the_leader_is_not_asked_for_until_it_comes_back(
    app: Flask, session: Session, law: Law, kind: str
) -> None:
    the_frames(session)
    by = a_user(session)
    grant = granted(session, a_referral(session, a_citizen(session, caseworker_id=by.id), caseworker_id=by.id), law=law)
    grant.caseworker_id = by.id
    decision = changes.propose(session, grant, CHANGES[kind], actor=Actor(by, WORKING_DAY), law=law)
    what_comes_after(session, grant)
    visitor = logged_in(app, session, by)

    day, every = visitor.get("/min-dag").text, visitor.get("/opfoelgning?hvem=mine").text
    badge = visitor.get("/min-dag/antal").text

    assert numbers(day)[:2] == [0, 0]
    assert "Åbn kladden" not in day
    assert every.count(">Hos teamleder<") == 3
    assert "Åbn kladden" not in every
    assert "3" not in re.sub("<[^>]*>", "", badge)

    decision.returned_by_id, decision.returned_on, decision.return_comment = by.id, WORKING_DAY, "Skriv mere."
    session.commit()
    again = visitor.get("/min-dag").text

    assert sum(numbers(again)[:2]) == 3
    assert "Åbn kladden" in again


def test_my_day_takes_the_same_few_statements_however_much_there_is(
    visitor: Visitor, session: Session, caseworker: User
) -> None:
    few = statements_of(visitor)
    a_full_day(session, caseworker)
    a_full_day(session, caseworker)

    assert statements_of(visitor) - few <= 3


def statements_of(visitor: Visitor) -> int:
    seen: list[str] = []
    engine = db.engine

    def note(_conn: object, _cursor: object, statement: str, *_rest: object) -> None:
        seen.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    try:
        assert visitor.get("/min-dag").status_code == 200
    finally:
        event.remove(engine, "before_cursor_execute", note)
    return len(seen)


def test_the_list_shows_the_rule_and_the_days(visitor: Visitor, session: Session, caseworker: User) -> None:
    a_follow_up(session, caseworker, due=WORKING_DAY - timedelta(days=2))

    page = visitor.get("/opfoelgning").text

    assert "2 dage over" in page
    assert "LAB § 31 c, stk. 1" in page
    assert "Efter loven" in page


@pytest.mark.parametrize(
    ("query", "rows"),
    [
        ("", 3),
        ("?frist=over", 1),
        ("?frist=alle", 4),
        ("?regel=law", 2),
        ("?regel=local", 1),
        ("?hvem=team", 4),
        ("?hvem=ukendt&frist=ukendt&regel=ukendt", 3),
    ],
)
def test_the_list_is_filtered_by_the_address(
    visitor: Visitor, session: Session, caseworker: User, query: str, rows: int
) -> None:
    a_follow_up(session, caseworker, due=WORKING_DAY - timedelta(days=1))
    a_follow_up(session, caseworker, kind="contact")
    a_follow_up(session, caseworker, kind="review", due=WORKING_DAY + timedelta(days=30))
    a_follow_up(session, caseworker, kind="review", due=WORKING_DAY + timedelta(days=31))
    a_follow_up(session, a_user(session))

    assert entries(visitor.get(f"/opfoelgning{query}").text, "h-frist") == rows


def test_a_follow_up_is_settled_with_a_result(visitor: Visitor, session: Session, caseworker: User) -> None:
    row = a_follow_up(session, caseworker)
    assert 'id="afslut"' in visitor.get(f"/opfoelgning/{row.public_id}").text

    answer = visitor.post(f"/opfoelgning/{row.public_id}", data={f"{row.public_id}-result": "Aftalen er på plads"})

    assert answer.status_code == 303
    assert (row.result, row.done_on, row.done_by_id) == ("Aftalen er på plads", WORKING_DAY, caseworker.id)


def test_settling_without_words_or_twice_is_refused_on_the_page(
    visitor: Visitor, session: Session, caseworker: User
) -> None:
    row = a_follow_up(session, caseworker)
    field, url = f"{row.public_id}-result", f"/opfoelgning/{row.public_id}"

    empty = visitor.post(url, data={field: " "})
    visitor.post(url, data={field: "Gjort"})
    again = visitor.post(url, data={field: "Gjort igen"})

    assert (empty.status_code, again.status_code) == (422, 422)
    assert "Skriv kort, hvad der blev gjort." in empty.text
    assert "allerede afsluttet den 15.10.2014" in again.text


def test_another_teams_follow_up_is_not_found(app: Flask, session: Session, caseworker: User) -> None:
    row = a_follow_up(session, caseworker)
    outsider = logged_in(app, session, a_user(session, "SB", team=a_team(session, "Team Voksne")))

    assert outsider.get(f"/opfoelgning/{row.public_id}").status_code == 404
    assert outsider.post(f"/opfoelgning/{row.public_id}", data={}).status_code == 404


def test_seeing_the_day_is_recorded(visitor: Visitor, session: Session, caseworker: User) -> None:
    row = a_follow_up(session, caseworker)

    visitor.get("/min-dag")

    assert session.scalar(select(Event.citizen_ids).where(Event.action == "followup.my_day")) == [row.citizen_id]
