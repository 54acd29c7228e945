"""Henvisninger over API'et: refer, look and list, within the user's reach, logged, and safe to send again."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from jobcenter_mentor.casework.referrals.models import Referral
from jobcenter_mentor.people.citizens.models import Citizen
from jobcenter_mentor.platform.audit.models import Event
from tests.api.callers import Caller, a_caller
from tests.builders import a_citizen, a_referral, a_team, a_user, nobodys_cpr

CPR = nobodys_cpr(2990)
BODY: dict[str, Any] = {
    "cpr": CPR,
    "first_name": "Emil",
    "last_name": "Krogh",
    "benefit": "Kontanthjælp",
    "visitation": "Aktivitetsparat",
    "referred_on": "2014-10-13",
    "goal": "Emil tager selv bussen tre dage om ugen inden den 15. januar 2015.",
    "tasks": ["transport", "Struktur på dagen"],
    "hours": 2.5,
    "weeks": 26,
    "consulted": True,
    "can_take_other_offers": False,
    "reason": "Personlige forhold",
}
ONCE = {"Idempotency-Key": "sag-4711"}


def rows_of(session: Session, model: type) -> int:
    return session.scalar(select(func.count()).select_from(model)) or 0


def events(session: Session, action: str) -> list[Event]:
    return list(session.scalars(select(Event).where(Event.action == action).order_by(Event.id)))


def test_a_new_citizen_is_registered_and_referred(caller: Caller, session: Session) -> None:
    answer = caller.post("/referrals", json=BODY)

    assert answer.status_code == 201, answer.text
    referral = session.scalars(select(Referral)).one()
    assert answer.json["id"] == referral.public_id
    assert answer.json["case_number"] == referral.case_number == "2014-0001"
    assert (referral.minutes_per_week, referral.cannot_because) == (150, "personal")
    assert f"{referral.start}" == answer.json["start"] == "2014-10-13"
    assert (referral.citizen.caseworker_id, referral.citizen.cpr) == (caller.user.id, CPR)


def test_no_answer_holds_the_cpr_number(caller: Caller) -> None:
    made = caller.post("/referrals", json=BODY)

    answers = [made, caller.get("/referrals"), caller.get(f"/referrals/{made.json['id']}")]

    assert not any(CPR in answer.text or CPR[6:] in answer.text for answer in answers)


def test_a_known_citizen_gets_a_new_status_with_the_referral(caller: Caller, session: Session) -> None:
    citizen = a_citizen(session, cpr=CPR, benefit="uddannelseshjaelp", visitation="uddannelsesparat")

    assert caller.post("/referrals", json=BODY).status_code == 201

    assert [(row.benefit, f"{row.valid_from}") for row in citizen.statuses] == [
        ("uddannelseshjaelp", "2014-01-01"),
        ("kontanthjaelp", "2014-10-13"),
    ]


def test_the_same_key_gives_the_same_referral(caller: Caller, session: Session) -> None:
    first = caller.post("/referrals", json=BODY, headers=ONCE)
    again = caller.post("/referrals", json=BODY, headers=ONCE)

    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json == again.json
    assert rows_of(session, Referral) == 1


def test_the_key_of_another_user_is_another_key(app: Flask, session: Session, caller: Caller) -> None:
    caller.post("/referrals", json=BODY, headers=ONCE)
    a_caller(app, session).post("/referrals", json=BODY, headers=ONCE)

    assert rows_of(session, Referral) == 2


def test_a_key_used_for_another_referral_is_a_conflict(caller: Caller, session: Session) -> None:
    caller.post("/referrals", json=BODY, headers=ONCE)

    answer = caller.post("/referrals", json=BODY | {"cpr": nobodys_cpr(2991)}, headers=ONCE)

    assert (answer.status_code, answer.json["code"]) == (409, "conflict")
    assert rows_of(session, Citizen) == 1


def test_a_key_too_long_is_refused(caller: Caller) -> None:
    answer = caller.post("/referrals", json=BODY, headers={"Idempotency-Key": "x" * 201})

    assert (answer.status_code, list(answer.json["errors"])) == (422, ["Idempotency-Key"])


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"cpr": "3102840001"}, "cpr"),
        ({"cpr": ""}, "cpr"),
        ({"benefit": "Pension"}, "benefit"),
        ({"visitation": "Uddannelsesparat"}, "visitation"),
        ({"referred_on": "2014-02-30"}, "referred_on"),
        ({"referred_on": "2014-12-01"}, "referred_on"),
        ({"hours": "mange"}, "hours"),
        ({"hours": 38}, "hours_reason"),
        ({"weeks": 53}, "weeks"),
        ({"tasks": ["rumfart"]}, "tasks"),
        ({"consulted": "måske"}, "consulted"),
        ({"caseworker": "ingen"}, "caseworker"),
        ({"start": "2016-01-01"}, "start"),
        ({"ukendt": 1}, "ukendt"),
    ],
)
def test_a_wrong_field_is_named_and_nothing_is_kept(
    caller: Caller, session: Session, changes: dict[str, Any], field: str
) -> None:
    answer = caller.post("/referrals", json=BODY | changes)

    assert (answer.status_code, list(answer.json["errors"])) == (422, [field])
    assert rows_of(session, Citizen) == rows_of(session, Referral) == 0


def test_a_number_known_under_another_name_is_refused(caller: Caller, session: Session) -> None:
    a_citizen(session, cpr=CPR, first_name="Sofie", last_name="Holm")

    answer = caller.post("/referrals", json=BODY)

    assert (answer.status_code, list(answer.json["errors"])) == (422, ["cpr"])
    assert "Sofie" not in answer.text


def test_the_citizen_of_another_team_is_not_referred_and_the_try_is_logged(caller: Caller, session: Session) -> None:
    other = a_citizen(session, cpr=CPR, team_id=a_team(session, "Team Job").id)

    answer = caller.post("/referrals", json=BODY)

    assert answer.status_code == 409
    assert rows_of(session, Referral) == 0
    tried = events(session, "citizen.find")[-1]
    assert (tried.refused, tried.citizen_ids) == (True, [other.id])


def test_a_role_without_the_right_may_not_refer(app: Flask, session: Session) -> None:
    coordinator = a_caller(app, session, a_user(session, "MK"))

    assert coordinator.post("/referrals", json=BODY).status_code == 403


def test_the_waiting_list_shows_the_own_team_longest_wait_first(caller: Caller, session: Session) -> None:
    new = a_referral(session, case_number="2014-9001")
    old = a_referral(session, case_number="2014-9002", referred_on=new.referred_on.replace(month=8))
    a_referral(session, a_citizen(session, team_id=a_team(session, "Team Job").id))
    a_referral(session, closed_on=new.referred_on)

    page = caller.get("/referrals").json

    assert [row["case_number"] for row in page["rows"]] == ["2014-9002", "2014-9001"]
    assert (page["count"], page["page"], page["pages"]) == (2, 1, 1)
    seen = events(session, "referral.list")[-1]
    assert seen.citizen_ids == sorted([new.citizen_id, old.citizen_id])


def test_the_waiting_list_comes_in_pages_of_fifty(caller: Caller, session: Session) -> None:
    citizen = a_citizen(session)
    for _ in range(51):
        a_referral(session, citizen)

    pages = [caller.get(f"/referrals?page={number}").json for number in (1, 2)]

    assert [(len(page["rows"]), page["count"], page["pages"]) for page in pages] == [(50, 51, 2), (1, 51, 2)]


def test_a_protected_name_is_not_in_the_answers(app: Flask, session: Session, caller: Caller) -> None:
    referral = a_referral(session, a_citizen(session, first_name="Nanna", last_name="Skjult", protected=True))

    answers = [caller.get("/referrals"), caller.get(f"/referrals/{referral.public_id}")]

    assert not any("Nanna" in answer.text or "Skjult" in answer.text for answer in answers)


def test_a_look_at_a_referral_is_logged(caller: Caller, session: Session) -> None:
    referral = a_referral(session)

    answer = caller.get(f"/referrals/{referral.public_id}")

    assert (answer.status_code, answer.json["citizen"]) == (200, "Emil Krogh")
    assert events(session, "referral.read")[-1].citizen_ids == [referral.citizen_id]


def test_the_referral_of_another_team_is_not_found_and_the_try_is_logged(caller: Caller, session: Session) -> None:
    hidden = a_referral(session, a_citizen(session, team_id=a_team(session, "Team Job").id))

    answer = caller.get(f"/referrals/{hidden.public_id}")

    assert answer.status_code == 404
    assert answer.json == caller.get("/referrals/findes-ikke").json
    tried = session.scalars(select(Event).where(Event.refused, Event.subject_id == hidden.public_id)).one()
    assert tried.user_id == caller.user.id
