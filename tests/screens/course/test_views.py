"""Pages of grants: who may open them, what they say, and that a form sent twice or too late does no harm."""

import re
from datetime import date
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from jobcenter_mentor.casefile.letters.models import Letter
from jobcenter_mentor.casework.frames.models import Reservation
from jobcenter_mentor.casework.grants.models import Decision, Grant
from jobcenter_mentor.casework.referrals.models import Referral
from jobcenter_mentor.domain.law.law import Law
from jobcenter_mentor.platform.audit.models import Event
from tests.builders import WORKING_DAY, a_citizen, a_grant, a_mentor, a_referral, a_team, a_user
from tests.casework.grants.cases import a_discretionary_referral, granted, people, proposed, the_frames
from tests.casework.meetings.courses import Course, a_logged_meeting
from tests.logins import Visitor, logged_in
from tests.statements import LOGIN_RIGHTS_AND_AUDIT, statements_sent

TERMS = {
    "kind": "grant",
    "start": "20-10-2014",
    "last_day": "19-04-2015",
    "minutes_per_week": "2,0",
    "mentor_type": "INT",
    "place_share": "1",
}


def words_of(page: Any) -> str:
    """The words of a page, without markup."""
    return " ".join(re.sub(r"<[^>]+>", " ", page.get_data(as_text=True)).replace("&nbsp;", " ").split())


def waiting_case(session: Session, law: Law, **changes: Any) -> Decision:
    the_frames(session)
    return proposed(session, a_referral(session, **changes), by=people(session).caseworker, law=law)


def test_the_proposal_page_shows_the_law_and_the_money(session: Session, as_caseworker: Visitor) -> None:
    the_frames(session)
    referral = a_referral(session)

    page = as_caseworker.get(f"/bevillinger/ny/{referral.public_id}")

    words = words_of(page)
    assert page.status_code == 200
    assert "Skal gives. Ret og pligt efter LAB § 93, kontakt mindst hver uge, højst til 19.04.2015." in words
    assert "6.257,14" in words
    assert "7.800,00" in words


def test_the_panel_follows_what_is_typed(session: Session, as_caseworker: Visitor) -> None:
    the_frames(session)
    referral = a_referral(session)

    panel = as_caseworker.post(f"/bevillinger/vurdering/{referral.public_id}", data=TERMS | {"minutes_per_week": "4"})

    assert panel.status_code == 200
    assert "31.200,00" in words_of(panel)
    assert "<html" not in panel.get_data(as_text=True)


def test_the_panel_says_what_it_cannot_read(session: Session, as_caseworker: Visitor) -> None:
    the_frames(session)
    referral = a_referral(session)

    panel = as_caseworker.post(f"/bevillinger/vurdering/{referral.public_id}", data=TERMS | {"start": "31-02-2015"})

    assert "Ikke en gyldig dato" in words_of(panel)


def test_the_panel_stores_nothing(session: Session, as_caseworker: Visitor) -> None:
    the_frames(session)
    referral = a_referral(session)

    as_caseworker.post(f"/bevillinger/vurdering/{referral.public_id}", data=TERMS)

    assert session.scalar(select(func.count()).select_from(Decision)) == 0


def test_a_proposal_goes_to_approval(session: Session, as_caseworker: Visitor) -> None:
    the_frames(session)
    referral = a_referral(session)

    answer = as_caseworker.post(f"/bevillinger/ny/{referral.public_id}", data=TERMS, follow_redirects=True)

    assert "Indstillingen er sendt til godkendelse." in words_of(answer)
    assert session.scalars(select(Decision)).one().minutes_per_week == 120


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({"last_day": "20-04-2015"}, "længere end 6 måneder; lovens sidste dag er 19.04.2015"),
        ({"last_day": "19-10-2014"}, "Slutdato ligger før startdato"),
        ({"minutes_per_week": "0"}, "over 0 og højst 168"),
        ({"minutes_per_week": "2:30"}, "Skriv timer som tal, fx 2,5."),
        ({"mentor_type": "KONGE"}, "Vælg en af mulighederne."),
        ({"kind": "refusal", "reason": "Nej."}, "En ret kan ikke afslås"),
        ({"start": ""}, "Skriv en dato"),
        ({"place_share": "0"}, "mindst 1"),
    ],
)
def test_bad_terms_are_said_at_the_field_and_keep_nothing(
    session: Session, as_caseworker: Visitor, typed: dict[str, str], message: str
) -> None:
    the_frames(session)
    referral = a_referral(session)

    page = as_caseworker.post(f"/bevillinger/ny/{referral.public_id}", data=TERMS | typed)

    assert page.status_code == 422
    assert message in words_of(page)
    assert session.scalar(select(func.count()).select_from(Decision)) == 0


def test_a_referral_of_another_team_is_not_found(session: Session, as_caseworker: Visitor) -> None:
    other = a_citizen(session, team_id=a_team(session, "Team Syd").id)
    referral = a_referral(session, other)

    assert as_caseworker.get(f"/bevillinger/ny/{referral.public_id}").status_code == 404
    assert as_caseworker.post(f"/bevillinger/ny/{referral.public_id}", data=TERMS).status_code == 404
    assert as_caseworker.post(f"/bevillinger/vurdering/{referral.public_id}", data=TERMS).status_code == 404


def test_a_mentor_may_not_propose(session: Session, as_mentor: Visitor) -> None:
    assert as_mentor.get(f"/bevillinger/ny/{a_referral(session).public_id}").status_code == 403


def test_the_team_leader_sees_what_waits(session: Session, law: Law, as_team_leader: Visitor) -> None:
    decision = waiting_case(session, law)

    assert decision.case_number in words_of(as_team_leader.get("/bevillinger/godkendelser"))


def test_the_decision_page_shows_law_terms_and_money(session: Session, law: Law, as_team_leader: Visitor) -> None:
    decision = waiting_case(session, law)

    words = words_of(as_team_leader.get(f"/bevillinger/afgoerelse/{decision.public_id}"))

    assert "Borgeren skal have tilbud om en mentor, fordi borgeren er aktivitetsparat" in words
    assert "Staten betaler 50 % af udgiften inden for mentorrammen, fordi" in words
    assert "Godkend og send brevet" in words
    assert "15.600,00" in words


def test_the_decision_page_opens_the_words_of_the_law_beside_each_reading(
    session: Session, law: Law, as_team_leader: Visitor
) -> None:
    decision = waiting_case(session, law)

    page = as_team_leader.get(f"/bevillinger/afgoerelse/{decision.public_id}")

    assert "Loven siger: LAB § 31 c, stk. 1 »Aftalen kan højst indgås for 6 måneder med mulighed for forlængelse.«" in (
        words_of(page)
    )
    assert '<details class="says">' in page.text
    assert "Det gælder også:" in page.text
    assert "2 timer om ugen" in words_of(page)
    assert "minutter om ugen" not in words_of(page)


def test_the_letter_can_be_read_before_it_is_sent(session: Session, law: Law, as_team_leader: Visitor) -> None:
    decision = waiting_case(session, law)

    letter = as_team_leader.get(f"/bevillinger/afgoerelse/{decision.public_id}/brev")

    assert letter.mimetype == "application/pdf"
    assert letter.get_data().startswith(b"%PDF")


def approve(visitor: Visitor, decision: Decision, **typed: str) -> Any:
    """Press the button as the page shows it."""
    address = f"/bevillinger/afgoerelse/{decision.public_id}"
    page = visitor.get(address).get_data(as_text=True)
    shown = re.search(r'name="shown"[^>]*value="([^"]*)"', page)
    assert shown is not None
    return visitor.post(f"{address}/godkend", data={"shown": shown[1], **typed}, follow_redirects=True)


def test_approval_leads_to_the_course_and_keeps_the_letter(session: Session, law: Law, as_team_leader: Visitor) -> None:
    decision = waiting_case(session, law)

    page = approve(as_team_leader, decision)

    grant = session.scalars(select(Grant)).one()
    assert page.request.path == f"/bevillinger/{grant.public_id}"
    assert session.scalars(select(Letter)).one().pdf.startswith(b"%PDF")
    assert session.scalar(select(func.sum(Reservation.cost))) == 1_560_000


def test_the_approval_sent_twice_gives_one_grant(session: Session, law: Law, as_team_leader: Visitor) -> None:
    decision = waiting_case(session, law)
    address = f"/bevillinger/afgoerelse/{decision.public_id}/godkend"

    first = as_team_leader.post(address, data={})
    again = as_team_leader.post(address, data={})

    assert first.location == again.location
    assert session.scalar(select(func.count()).select_from(Grant)) == 1


def test_a_stale_approval_shows_both_amounts_and_grants_nothing(
    session: Session, law: Law, as_team_leader: Visitor
) -> None:
    decision = waiting_case(session, law)

    page = as_team_leader.post(
        f"/bevillinger/afgoerelse/{decision.public_id}/godkend", data={"shown": "must|1,00|2,00|gammel"}
    )

    assert page.status_code == 422
    assert "Før: refusion 1,00 kr." in words_of(page)
    assert session.scalar(select(func.count()).select_from(Grant)) == 0


def test_a_full_frame_asks_the_team_leader_for_a_reason(session: Session, law: Law, as_team_leader: Visitor) -> None:
    the_frames(session, left_2014=100)
    decision = proposed(session, a_discretionary_referral(session), by=people(session).caseworker, law=law)

    refused = approve(as_team_leader, decision)
    granted_now = approve(as_team_leader, decision, beyond_reason="Uden mentor ophører praktikken.")

    assert refused.status_code == 422
    assert "begrundelse for at gå over rammen" in words_of(refused)
    assert granted_now.status_code == 200
    assert session.scalars(select(Decision)).one().beyond_reason == "Uden mentor ophører praktikken."


def test_nobody_approves_his_own_proposal_by_address(session: Session, law: Law, as_team_leader: Visitor) -> None:
    the_frames(session)
    decision = proposed(session, a_referral(session), by=as_team_leader.user, law=law)

    page = as_team_leader.post(f"/bevillinger/afgoerelse/{decision.public_id}/godkend", data={})

    assert page.status_code == 403
    assert session.scalar(select(func.count()).select_from(Grant)) == 0


def test_sending_back_needs_a_comment_and_shows_it(
    session: Session, law: Law, app: Flask, as_team_leader: Visitor
) -> None:
    decision = waiting_case(session, law)
    address = f"/bevillinger/afgoerelse/{decision.public_id}"

    empty = as_team_leader.post(f"{address}/tilbage", data={"comment": " "})
    as_team_leader.post(f"{address}/tilbage", data={"comment": "Skriv målets dato."})

    caseworker = logged_in(app, session, a_user(session, "SB"))
    assert empty.status_code == 422
    assert "Skriv målets dato." in words_of(caseworker.get(address))


def test_the_proposer_withdraws(session: Session, law: Law, as_caseworker: Visitor) -> None:
    decision = waiting_case(session, law)

    page = as_caseworker.post(f"/bevillinger/afgoerelse/{decision.public_id}/traek", follow_redirects=True)

    assert "Indstillingen er trukket tilbage." in words_of(page)


@pytest.mark.parametrize("path", ["", "/timer", "/ophoer"])
def test_a_course_of_another_team_is_not_found(session: Session, as_caseworker: Visitor, path: str) -> None:
    grant = a_grant(session, a_citizen(session, team_id=a_team(session, "Team Syd").id))

    assert as_caseworker.get(f"/bevillinger/{grant.public_id}{path}").status_code == 404


def test_an_unknown_course_is_not_found(as_caseworker: Visitor) -> None:
    assert as_caseworker.get("/bevillinger/findes-ikke").status_code == 404


def test_the_case_page_shows_every_section_to_the_caseworker(
    session: Session, law: Law, as_caseworker: Visitor
) -> None:
    the_frames(session)
    grant = granted(session, a_referral(session), law=law)

    page = as_caseworker.get(f"/bevillinger/{grant.public_id}")

    words = words_of(page)
    sections = (
        "Kontakt uge for uge",
        "Lovvurdering",
        "Bevilling og breve",
        "Logbog",
        "Frister",
        "Økonomi",
        "Historik",
    )
    tabs = {
        "breve": "Bevilling, godkendt",
        "oekonomi": "15.600,00",
        "historik": "Timeperioder",
        "vurdering": "Spørgsmål",
    }
    assert page.status_code == 200
    for tab, shown in (
        tabs | {"logbog": "Ingen møder", "opfoelgning": "Perioden slutter", "findes-ikke": "Tidslinje"}
    ).items():
        assert shown in words_of(as_caseworker.get(f"/bevillinger/{grant.public_id}?fane={tab}"))
    assert [section for section in sections if section not in words] == []
    assert "Ret og pligt, LAB § 93" in words
    assert "0 af 52 t" in words


def test_opening_a_case_writes_who_saw_whom(session: Session, as_caseworker: Visitor) -> None:
    grant = a_grant(session)

    as_caseworker.get(f"/bevillinger/{grant.public_id}")

    seen = session.scalars(select(Event).where(Event.action == "grant.read")).one()
    assert (seen.citizen_ids, seen.user_id) == ([grant.citizen_id], as_caseworker.user.id)


def test_the_case_page_takes_nine_statements_however_much_there_is(
    session: Session, as_team_leader: Visitor, law: Law
) -> None:
    the_frames(session)
    grant, mentor = (
        granted(session, a_referral(session), law=law, start=WORKING_DAY, last_day=date(2015, 4, 1)),
        a_mentor(session),
    )
    grant.mentor = mentor
    course = Course(grant, as_team_leader.user, a_user(session, "MI", mentor=mentor))
    for minutes in (30, 45, 60):
        a_logged_meeting(session, course, minutes=minutes)
    address = f"/bevillinger/{grant.public_id}"
    as_team_leader.get("/bevillinger")

    with statements_sent() as sent:
        page = as_team_leader.get(address)

    assert page.status_code == 200
    assert len(sent) <= 6 + LOGIN_RIGHTS_AND_AUDIT, "\n".join(sent)


def test_the_list_takes_three_statements_of_its_own(session: Session, as_caseworker: Visitor) -> None:
    for _ in range(3):
        a_grant(session, mentor_id=a_mentor(session).id)
    as_caseworker.get("/bevillinger")

    with statements_sent() as sent:
        page = as_caseworker.get("/bevillinger")

    assert page.status_code == 200
    assert len(sent) <= 3 + LOGIN_RIGHTS_AND_AUDIT, "\n".join(sent)


def test_the_name_of_the_citizen_is_not_on_the_case_page(session: Session, as_caseworker: Visitor) -> None:
    grant = a_grant(session, a_citizen(session, first_name="Mette", last_name="Østergård"), goal="Kommer afsted.")

    assert "Østergård" not in as_caseworker.get(f"/bevillinger/{grant.public_id}").get_data(as_text=True)


def test_a_mentor_sees_hours_but_neither_letters_nor_money(session: Session, app: Flask, law: Law) -> None:
    the_frames(session)
    grant = granted(session, a_referral(session), law=law)
    grant.mentor = a_mentor(session)
    visitor = logged_in(app, session, a_user(session, "MI", mentor=grant.mentor))

    page = visitor.get(f"/bevillinger/{grant.public_id}")

    words = words_of(page)
    assert page.status_code == 200
    assert "Historik" in words
    assert [section for section in ("Bevilling og breve", "Økonomi", "15.600,00") if section in words] == []
    assert "15.600,00" not in words_of(visitor.get(f"/bevillinger/{grant.public_id}?fane=oekonomi"))


def test_a_mentor_of_another_course_does_not_find_it(session: Session, as_mentor: Visitor) -> None:
    assert as_mentor.get(f"/bevillinger/{a_grant(session).public_id}").status_code == 404


def test_the_list_shows_own_team_only(session: Session, as_caseworker: Visitor) -> None:
    mine = a_grant(session)
    other = a_grant(session, a_citizen(session, team_id=a_team(session, "Team Syd").id))

    words = words_of(as_caseworker.get("/bevillinger"))

    assert mine.case_number in words
    assert other.case_number not in words


def test_a_protected_name_is_not_on_the_list(session: Session, as_caseworker: Visitor) -> None:
    a_grant(session, a_citizen(session, first_name="Mette", last_name="Østergård", protected=True))

    assert "Østergård" not in as_caseworker.get("/bevillinger").get_data(as_text=True)


@pytest.mark.parametrize(
    "query", ["?vis=ukendt", "?page=0", "?page=x", "?page=99999999999999999999", "?q=%25", "?team=nej&mentor=nej"]
)
def test_odd_filters_do_no_harm(session: Session, as_caseworker: Visitor, query: str) -> None:
    a_grant(session)

    assert as_caseworker.get(f"/bevillinger{query}").status_code == 200


def test_a_referral_that_misses_a_fact_shows_the_question(session: Session, as_caseworker: Visitor) -> None:
    the_frames(session)
    referral: Referral = a_referral(session, can_take_other_offers=None, cannot_because=None)

    words = words_of(as_caseworker.get(f"/bevillinger/ny/{referral.public_id}"))

    assert "Kan ikke afgøres endnu" in words
