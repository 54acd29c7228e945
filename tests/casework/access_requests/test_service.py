"""Anmodninger om aktindsigt: who may ask, the clock, two people, and what the database itself refuses."""

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.orm import Session

from jobcenter_mentor.casefile.documents import service as documents
from jobcenter_mentor.casefile.documents.models import Document
from jobcenter_mentor.casefile.followups import service as followups
from jobcenter_mentor.casefile.followups.models import FollowUp
from jobcenter_mentor.casefile.followups.service import CaseRef
from jobcenter_mentor.casefile.journal.models import JournalEntry
from jobcenter_mentor.casefile.letters import service as letters
from jobcenter_mentor.casefile.letters.models import Letter
from jobcenter_mentor.casework.access_requests import answer, case_file, omission, queries, service
from jobcenter_mentor.casework.access_requests.models import AccessOmission, AccessRequest
from jobcenter_mentor.casework.access_requests.service import NewRequest
from jobcenter_mentor.casework.duplicates import service as merging
from jobcenter_mentor.casework.meetings import deadline_review
from jobcenter_mentor.casework.referrals.models import CaseCounter
from jobcenter_mentor.domain.kernel.errors import Conflict, InvalidTransition, NotAllowed, NotFound, ValidationFailed
from jobcenter_mentor.domain.kernel.periods import FAR_AHEAD
from jobcenter_mentor.domain.law.access import access_deadline
from jobcenter_mentor.domain.law.law import Law
from jobcenter_mentor.people.citizens.models import Citizen, Consideration
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.access.models import User
from jobcenter_mentor.platform.audit.models import Event
from tests.builders import WORKING_DAY, a_citizen, a_grant, a_referral, a_team, a_user
from tests.casework.access_requests.conftest import a_pdf, answered

Receive = Callable[..., AccessRequest]
NAMED = {"party_name": "Nadia Holm", "party_address": "Torvet 1, 9999 Sønderå", "party_why": "Mentor i virksomheden"}


def a_helper(session: Session, citizen: Citizen, user: User, **changes: object) -> Consideration:
    values = {"kind": "guardian", "name": "Vera Værge", "valid_from": date(2014, 1, 1)} | changes
    row = Consideration(citizen_id=citizen.id, recorded_by_id=user.id, **values)
    session.add(row)
    session.flush()
    return row


def clocks(session: Session) -> list[tuple[date, bool]]:
    rows = session.scalars(select(FollowUp).where(FollowUp.kind == "access_request").order_by(FollowUp.id))
    return [(row.due_on, row.done_on is not None) for row in rows]


def test_a_request_starts_the_clock_and_stands_in_journal_and_log(session: Session, request_of: Receive) -> None:
    row = request_of()

    assert (row.due_on, row.asked_by) == (date(2014, 10, 15), "citizen")
    assert clocks(session) == [(date(2014, 10, 15), False)]
    assert session.scalars(select(JournalEntry.title)).one() == "Anmodning om aktindsigt modtaget"
    assert "access_request.receive" in session.scalars(select(Event.action)).all()


def test_who_is_no_party_is_refused_with_the_reason_and_what_to_do(request_of: Receive) -> None:
    with pytest.raises(ValidationFailed) as refused:
        request_of(asked_by="nobody")

    (told,) = refused.value.errors["asked_by"]
    assert "ikke part" in told
    assert "offentlighedsloven" in told


def test_a_guardian_in_force_that_day_asks_for_the_citizen(
    session: Session, citizen: Citizen, user: User, request_of: Receive
) -> None:
    helper = a_helper(session, citizen, user)

    row = request_of(asked_by=helper.public_id)

    assert (row.asked_by, row.consideration_id) == ("guardian", helper.id)


@pytest.mark.parametrize(
    "changes",
    [
        {"valid_from": date(2014, 10, 7)},
        {"valid_to": date(2014, 10, 5)},
        {"kind": "interpreter", "language": "arabisk"},
    ],
    ids=["later", "ended", "interpreter"],
)
def test_who_did_not_act_for_the_citizen_that_day_is_refused(
    session: Session, citizen: Citizen, user: User, request_of: Receive, changes: dict[str, object]
) -> None:
    helper = a_helper(session, citizen, user, **changes)

    with pytest.raises(ValidationFailed) as refused:
        request_of(asked_by=helper.public_id)

    assert set(refused.value.errors) == {"asked_by"}


def test_another_party_says_who_where_and_why(request_of: Receive) -> None:
    with pytest.raises(ValidationFailed) as refused:
        request_of(asked_by="party")

    assert set(refused.value.errors) == {"party_name", "party_address", "party_why"}
    assert request_of(asked_by="party", **NAMED).party_name == "Nadia Holm"


def test_the_papers_of_a_protected_citizen_go_to_no_other_party(
    session: Session, citizen: Citizen, request_of: Receive
) -> None:
    citizen.protected = True

    with pytest.raises(ValidationFailed) as refused:
        request_of(asked_by="party", **NAMED)

    assert "navne- og adressebeskyttelse" in refused.value.errors["asked_by"][0]


def test_the_dead_do_not_ask_but_who_is_left_behind_may(
    session: Session, citizen: Citizen, request_of: Receive
) -> None:
    citizen.died_on = date(2014, 10, 1)

    with pytest.raises(ValidationFailed, match="Ret felterne"):
        request_of()
    assert request_of(asked_by="party", **NAMED).is_open


def test_asked_twice_is_told_and_refused_until_it_is_answered(
    session: Session, request_of: Receive, user: User, leader: User, law: Law
) -> None:
    first = request_of()
    with pytest.raises(Conflict, match=r"allerede en åben anmodning fra 06\.10\.2014"):
        request_of()
    assert request_of(asked_by="party", **NAMED).is_open

    answered(session, first, user, leader, law)

    assert request_of().is_open


def test_one_case_is_within_all_cases(session: Session, citizen: Citizen, request_of: Receive) -> None:
    grant = a_grant(session, citizen)
    request_of()

    with pytest.raises(Conflict):
        request_of(case_number=grant.case_number)


def test_the_database_itself_refuses_a_second_open_request(
    session: Session, citizen: Citizen, user: User, law: Law, request_of: Receive
) -> None:
    row = request_of()
    twin = {name: getattr(row, name) for name in ("citizen_id", "asked_by", "received_on", "due_on", "by_id")}
    due, case = access_deadline(row.received_on, law.on(row.received_on)), CaseRef(citizen.id, "", citizen.team_id)
    clock = followups.begin_own_clock(session, due, case=case, actor=Actor(user, WORKING_DAY))

    session.add(AccessRequest(**twin, followup_id=clock))
    with pytest.raises(IntegrityError, match=r"uq_access_request_open|case_number"):
        session.flush()
    session.rollback()


def test_a_case_of_somebody_else_can_not_be_chosen(session: Session, request_of: Receive) -> None:
    with pytest.raises(ValidationFailed) as refused:
        request_of(case_number=a_grant(session).case_number)

    assert set(refused.value.errors) == {"case_number"}


def test_a_deleted_case_is_told_from_one_that_never_was(session: Session, citizen: Citizen, user: User) -> None:
    session.add(CaseCounter(year=2013, last=40))
    session.flush()

    with pytest.raises(ValidationFailed, match="2013-0040 er slettet"):
        queries.find_case(session, "2013-0040", actor=Actor(user, WORKING_DAY))
    for unknown in ("2013-0041", "2012-0001", "²013-1", "x", ""):
        with pytest.raises(ValidationFailed, match="findes ikke i dit team"):
            queries.find_case(session, unknown, actor=Actor(user, WORKING_DAY))


def test_another_teams_case_looks_as_unknown(session: Session, citizen: Citizen, user: User) -> None:
    grant, stranger = a_grant(session, citizen), a_user(session, team=a_team(session, "Team Job"))
    year, number = grant.case_number.split("-")
    session.add(CaseCounter(year=int(year), last=int(number) + 10))
    session.flush()

    assert queries.find_case(session, grant.case_number, actor=Actor(user, WORKING_DAY)).id == citizen.id
    with pytest.raises(ValidationFailed, match="findes ikke i dit team"):
        queries.find_case(session, grant.case_number, actor=Actor(stranger, WORKING_DAY))


def test_another_team_does_not_find_the_request(session: Session, request_of: Receive) -> None:
    row, stranger = request_of(), a_user(session, team=a_team(session, "Team Job"))

    for action in ("access_request.read", "access_request.make"):
        with pytest.raises(NotFound):
            queries.get_request(session, row.public_id, actor=Actor(stranger, WORKING_DAY), action=action)


def test_an_answer_needs_two_people_also_by_the_database(
    session: Session, request_of: Receive, user: User, law: Law
) -> None:
    row = request_of()
    service.propose(session, row, actor=Actor(user, WORKING_DAY))
    bound = answer.collect(session, row, on=WORKING_DAY)
    written = answer.draft(session, row, bound, on=WORKING_DAY, law=law)

    with pytest.raises(NotAllowed, match="En anden"):
        answer.approve(session, row, bound, written, letters.render(written), actor=Actor(user, WORKING_DAY))
    session.commit()
    own = {"approved_on": WORKING_DAY, "approved_by_id": user.id, "outcome": "full", "pdf": b"%PDF"}
    with pytest.raises(IntegrityError):
        session.execute(update(AccessRequest).values(own))
    session.rollback()


def test_an_answer_stops_the_clock_and_is_kept_for_good(
    session: Session, request_of: Receive, user: User, leader: User, law: Law
) -> None:
    row = request_of()
    handed_out = answered(session, row, user, leader, law)

    assert (row.outcome, row.approved_by_id, row.pdf) == ("full", leader.id, handed_out)
    assert clocks(session) == [(date(2014, 10, 15), True)]
    assert session.scalars(select(Letter.kind)).one() == "access"
    with pytest.raises(InvalidTransition):
        service.propose(session, row, actor=Actor(user, WORKING_DAY))
    session.commit()
    with pytest.raises(DBAPIError, match="append-only"):
        session.execute(update(AccessRequest).values(outcome="none"))
    session.rollback()


def test_two_approvals_at_once_are_one(
    session: Session, request_of: Receive, user: User, leader: User, law: Law
) -> None:
    row = request_of()
    service.propose(session, row, actor=Actor(user, WORKING_DAY))
    bound = answer.collect(session, row, on=WORKING_DAY)
    written = answer.draft(session, row, bound, on=WORKING_DAY, law=law)
    pdf = letters.render(written)
    answer.approve(session, row, bound, written, pdf, actor=Actor(leader, WORKING_DAY))

    with pytest.raises(InvalidTransition, match="afsluttet"):
        answer.approve(session, row, bound, written, pdf, actor=Actor(a_user(session, "TL"), WORKING_DAY))
    assert len(session.scalars(select(Letter)).all()) == 1


def test_what_was_proposed_is_what_is_approved(
    session: Session, request_of: Receive, paper: Callable[..., Document], citizen: Citizen, user: User, leader: User
) -> None:
    document = paper("Attest", a_pdf(["Attest"]))
    row = request_of()
    service.propose(session, row, actor=Actor(user, WORKING_DAY))
    paper("Kom senere", a_pdf(["Senere"]))
    service.require_may_approve(session, row, actor=Actor(leader, WORKING_DAY))

    documents.remove(session, document, because="Forkert sag", actor=Actor(user, WORKING_DAY))

    with pytest.raises(InvalidTransition, match="ændret"):
        service.require_may_approve(session, row, actor=Actor(leader, WORKING_DAY))


def test_papers_collected_before_it_was_sent_back_and_proposed_anew_are_not_given(
    session: Session, request_of: Receive, paper: Callable[..., Document], user: User, leader: User, law: Law
) -> None:
    document = paper("Attest", a_pdf(["Attest"]))
    row = request_of()
    service.propose(session, row, actor=Actor(user, WORKING_DAY))
    bound = answer.collect(session, row, on=WORKING_DAY)
    written = answer.draft(session, row, bound, on=WORKING_DAY, law=law)
    service.send_back(session, row, comment="Udelad attesten", actor=Actor(leader, WORKING_DAY))
    key = f"document:{document.public_id}"
    omission.leave_out(session, row, key, pages="", section="15b", reason="Om en anden", by=user)
    service.propose(session, row, actor=Actor(user, WORKING_DAY))

    with pytest.raises(InvalidTransition, match="ændret"):
        answer.approve(session, row, bound, written, letters.render(written), actor=Actor(leader, WORKING_DAY))
    assert session.scalars(select(Letter)).all() == []


def test_a_citizen_who_is_protected_since_another_party_asked_is_not_given_away(
    session: Session, citizen: Citizen, request_of: Receive, user: User, leader: User
) -> None:
    early, late = request_of(asked_by="party", **NAMED), request_of(asked_by="party", **NAMED | {"party_name": "Bo"})
    service.propose(session, late, actor=Actor(user, WORKING_DAY))
    citizen.protected = True
    session.flush()

    with pytest.raises(InvalidTransition, match="navne- og adressebeskyttelse"):
        service.propose(session, early, actor=Actor(user, WORKING_DAY))
    with pytest.raises(InvalidTransition, match="navne- og adressebeskyttelse"):
        service.require_may_approve(session, late, actor=Actor(leader, WORKING_DAY))


def test_who_acts_for_the_citizen_no_longer_is_given_no_papers_and_no_copy(
    session: Session, citizen: Citizen, request_of: Receive, user: User, leader: User
) -> None:
    helper = a_helper(session, citizen, user)
    row = request_of(asked_by=helper.public_id)
    service.propose(session, row, actor=Actor(user, WORKING_DAY))
    helper.valid_to, helper.ended_because = date(2014, 10, 10), "Fuldmagten er kaldt tilbage"
    session.flush()
    told = {"reason": "Vi mangler et papir", "expected_on": date(2014, 10, 27)}

    with pytest.raises(InvalidTransition, match="ikke længere"):
        service.require_may_approve(session, row, actor=Actor(leader, WORKING_DAY))
    assert helper.name not in str(answer.delay_draft(session, row, **told, actor=Actor(user, WORKING_DAY)).values)  # type: ignore[arg-type]


def test_what_is_left_out_is_fixed_while_it_lies_for_approval_also_by_the_database(
    session: Session, request_of: Receive, paper: Callable[..., Document], user: User, leader: User
) -> None:
    document, row = paper("Attest", a_pdf(["Attest"])), request_of()
    told = {"pages": "", "section": "15b", "reason": "Handler om naboen."}
    key = f"document:{document.public_id}"
    left_out = omission.leave_out(session, row, key, **told, by=user)
    service.propose(session, row, actor=Actor(user, WORKING_DAY))

    with pytest.raises(InvalidTransition):
        omission.put_back(session, row, left_out.public_id, by=user)
    session.commit()
    with pytest.raises(DBAPIError, match="append-only"):
        session.execute(update(AccessOmission).values(section="14"))
    session.rollback()
    session.add(AccessOmission(request_id=row.id, subject="note", subject_id="x", section="12", reason="x", by_id=1))
    with pytest.raises(DBAPIError, match="append-only"):
        session.flush()
    session.rollback()

    service.send_back(session, row, comment="For meget er udeladt", actor=Actor(leader, WORKING_DAY))
    omission.put_back(session, row, left_out.public_id, by=user)
    assert queries.omissions_of(session, row) == {}


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"section": "15"}, None),
        ({"section": "99"}, "section"),
        ({"reason": " "}, "reason"),
        ({"section": "12", "pages": "1"}, "section"),
        ({"pages": "x"}, "pages"),
        ({"pages": "2"}, None),
        ({"pages": "1, 99"}, "pages"),
    ],
)
def test_what_is_left_out_has_a_section_and_a_reason(
    session: Session,
    request_of: Receive,
    paper: Callable[..., Document],
    user: User,
    changes: dict[str, str],
    field: str | None,
) -> None:
    document, row = paper("Attest", a_pdf(["Attest", "Side to"])), request_of()
    told = {"pages": "", "section": "15b", "reason": "Handler om naboen."} | changes
    key = f"document:{document.public_id}"

    if field is None:
        assert omission.leave_out(session, row, key, **told, by=user).section == told["section"]
        return
    with pytest.raises(ValidationFailed) as refused:
        omission.leave_out(session, row, key, **told, by=user)
    assert set(refused.value.errors) == {field}


def test_what_went_to_the_citizen_is_not_left_out_as_internal(
    session: Session, citizen: Citizen, request_of: Receive, user: User
) -> None:
    row = request_of()
    letter = Letter(
        citizen_id=citizen.id,
        kind="grant",
        title="Bevilling",
        pdf=b"%PDF",
        sha256="0" * 64,
        template="grant",
        sent_on=date(2014, 9, 1),
        sent_by_id=user.id,
    )
    session.add(letter)
    session.flush()
    told = {"pages": "", "reason": "Internt."}
    key = f"letter:{letter.public_id}"

    with pytest.raises(ValidationFailed) as refused:
        omission.leave_out(session, row, key, **told, section="12", by=user)
    assert set(refused.value.errors) == {"section"}
    assert omission.leave_out(session, row, key, **told, section="15b", by=user).section == "15b"


def test_what_is_internal_is_neither_let_in_nor_left_out_by_hand(
    session: Session, request_of: Receive, paper: Callable[..., Document], user: User
) -> None:
    document, row = paper("Internt", a_pdf(["Internt"]), is_internal=True), request_of()
    told = {"pages": "", "section": "12", "reason": "Internt."}

    with pytest.raises(ValidationFailed) as refused:
        omission.leave_out(session, row, f"document:{document.public_id}", **told, by=user)
    assert set(refused.value.errors) == {"paper"}


def test_two_rows_of_one_citizen_are_merged_when_only_one_waits_for_an_answer(
    session: Session, citizen: Citizen, request_of: Receive, user: User, law: Law
) -> None:
    other = a_citizen(session)
    request_of()
    theirs = service.receive(
        session, other, NewRequest(date(2014, 10, 6), "citizen"), actor=Actor(user, WORKING_DAY), law=law
    )

    assert "aktindsigt" in " ".join(merging.preview(session, citizen, other, on=WORKING_DAY).hindrances)
    service.withdraw(session, theirs, because="Den samme borger.", actor=Actor(user, WORKING_DAY))
    assert merging.preview(session, citizen, other, on=WORKING_DAY).hindrances == []


def test_a_delay_is_told_with_a_reason_and_moves_the_clock(
    session: Session, request_of: Receive, user: User, law: Law
) -> None:
    row, told = request_of(), {"reason": "Sagen fylder 900 sider.", "expected_on": date(2014, 10, 24)}
    with pytest.raises(ValidationFailed):
        service.check_delay(row, reason="", expected_on=date(2014, 10, 15), on=WORKING_DAY)
    with pytest.raises(ValidationFailed) as refused:
        service.check_delay(row, reason="Stor sag.", expected_on=date(2015, 10, 16), on=WORKING_DAY)
    assert refused.value.errors == {"expected_on": [FAR_AHEAD]}
    service.check_delay(row, reason="Stor sag.", expected_on=date(2015, 10, 15), on=WORKING_DAY)
    written = answer.delay_draft(session, row, **told, actor=Actor(user, WORKING_DAY))  # type: ignore[arg-type]

    letter = answer.postpone(session, row, written, letters.render(written), **told, actor=Actor(user, WORKING_DAY))  # type: ignore[arg-type]

    assert clocks(session) == [(date(2014, 10, 15), True), (date(2014, 10, 24), False)]
    assert (row.answer_by, letter.kind) == (date(2014, 10, 24), "access_delay")


def test_the_clock_of_an_open_request_is_not_settled_with_words(
    session: Session, request_of: Receive, user: User, leader: User
) -> None:
    clock = session.get_one(FollowUp, request_of().followup_id)

    for by in (user, leader):
        assert not deadline_review.is_offered(clock.kind, actor=Actor(by, WORKING_DAY))
        with pytest.raises(InvalidTransition, match="følger anmodningen om aktindsigt"):
            deadline_review.settle(session, clock, result="Det er gjort.", actor=Actor(by, WORKING_DAY))
    assert clock.done_on is None


def test_a_request_that_is_taken_back_has_no_clock(session: Session, request_of: Receive, user: User) -> None:
    row = request_of()
    service.withdraw(session, row, because="Borgeren ringede.", actor=Actor(user, WORKING_DAY))

    assert clocks(session) == [(date(2014, 10, 15), True)]
    assert request_of().is_open


@pytest.mark.parametrize("day", [date(2014, 10, 16), date(2013, 12, 30)], ids=["to come", "before the act"])
def test_a_day_without_a_clock_is_refused(request_of: Receive, day: date) -> None:
    with pytest.raises(ValidationFailed) as refused:
        request_of(received_on=day)

    assert set(refused.value.errors) == {"received_on"}


def test_the_cases_to_choose_between_are_the_teams_own(session: Session, citizen: Citizen) -> None:
    referral = a_referral(session, citizen)
    grant = a_grant(session, citizen, case_number=referral.case_number)
    other = a_grant(session, citizen, team_id=a_team(session, "Team Job").id)
    assert case_file.cases_of(session, citizen) == [grant.case_number]
    assert case_file.scope_of(session, citizen, "").elsewhere == 1
    assert other.case_number not in case_file.cases_of(session, citizen)


def test_a_page_that_the_document_does_not_have_is_told_with_its_name_and_how_many_it_has(
    session: Session, request_of: Receive, paper: Callable[..., Document], user: User
) -> None:
    document, row = paper("Attest", a_pdf(["Attest", "Side to"])), request_of()
    told = {"pages": "2, 98-99", "section": "15b", "reason": "Handler om naboen."}

    with pytest.raises(ValidationFailed) as refused:
        omission.leave_out(session, row, f"document:{document.public_id}", **told, by=user)

    assert refused.value.errors == {"pages": ["»Attest« har kun 2 sider, så side 98-99 kan ikke udelades."]}
