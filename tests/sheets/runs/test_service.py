"""Imports in the database (indlæsning): all or nothing, twice is once, changes field by field, own citizens only."""

from datetime import date
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from jobcenter_mentor.casework.grants.models import Grant
from jobcenter_mentor.casework.referrals.models import Referral
from jobcenter_mentor.domain.kernel.errors import Conflict, NotAllowed, NotFound
from jobcenter_mentor.domain.law.law import Law
from jobcenter_mentor.people.citizens.models import Citizen
from jobcenter_mentor.people.mentors.models import Mentor
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.access.models import User
from jobcenter_mentor.platform.law_figures import loader
from jobcenter_mentor.sheets.intake.profiles import profile_of
from jobcenter_mentor.sheets.runs import import_check, jobs, service
from jobcenter_mentor.sheets.runs.import_check import ImportCheck
from tests.builders import WORKING_DAY as ON
from tests.builders import a_citizen, a_frame, a_team, a_user
from tests.sheets.runs.sheets import a_course, xlsx


def taken(
    session: Session, rows: list[dict[str, Any]], by: User, law: Law, *, kind: str = "courses", **how: bool
) -> ImportCheck:
    """Check, store and import a sheet of rows."""
    content = xlsx(rows, headings=list(rows[0]))
    run, _ = service.keep(session, kind, "a.xlsx", content, actor=Actor(by, ON), law=loader.law())
    return service.apply(session, run, actor=Actor(by, ON), law=law, **how)


def count(session: Session, model: type[Any]) -> int:
    return session.scalar(select(func.count()).select_from(model)) or 0


@pytest.fixture
def leader(session: Session) -> User:
    a_frame(session)
    return a_user(session, "TL")


def test_a_course_comes_in_with_citizen_mentor_and_reservation(session: Session, leader: User, law: Law) -> None:
    checked = taken(session, [a_course()], leader, law)

    grant = session.scalars(select(Grant)).one()
    assert (checked.report["applied"], checked.report["rows"]["new"]) == (True, 1)
    assert (grant.origin, grant.citizen.first_name, grant.mentor and grant.mentor.name) == (
        "imported",
        "Emil",
        "Samira Haddad",
    )
    assert (grant.minutes_on(date(2014, 9, 1)), grant.hourly_price) == (150, 41250)


def test_the_same_sheet_again_changes_nothing_and_says_who_took_it_in(session: Session, leader: User, law: Law) -> None:
    rows = [a_course(number) for number in range(3)]
    taken(session, rows, leader, law)

    again = taken(session, rows, leader, law)

    assert again.report["rows"] == {"read": 3, "new": 0, "changed": 0, "unchanged": 3, "rejected": 0}
    assert leader.full_name in next(w["message"] for w in again.report["warnings"] if w["code"] == "already_imported")
    assert count(session, Grant) == 3


def test_a_changed_row_changes_its_course_field_by_field(session: Session, leader: User, law: Law) -> None:
    taken(session, [a_course()], leader, law)

    changed = taken(session, [a_course(**{"Timer pr. uge": 4, "Formål": "Noget andet."})], leader, law)

    assert sorted(changed.rows[0].changes) == [
        ("Formål", "Tager selv bussen til træning.", "Noget andet."),
        ("Timer pr. uge", "2,5", "4"),
    ]
    assert session.scalars(select(Grant)).one().minutes_on(date(2014, 9, 1)) == 240


@pytest.mark.parametrize("kind", ["courses", "citizens"])
def test_a_sheet_moves_no_case_and_says_so(session: Session, leader: User, law: Law, kind: str) -> None:
    kept, other = a_user(session), a_user(session)
    more = {"Gældende fra": date(2014, 8, 25), "Sagsbehandler": kept.username, "Team": "Team Unge"}
    row = a_course() if kind == "courses" else {key: a_course()[key] for key in list(a_course())[:5]}
    taken(session, [row | more], leader, law, kind=kind)
    a_team(session, "Team Voksne")

    moved = more | {"Sagsbehandler": other.username, "Team": "Team Voksne"}
    again = taken(session, [row | moved], leader, law, kind=kind)

    told = {(one["column"], one["code"]) for one in again.report["warnings"]}
    assert {("Sagsbehandler", "choice_normalised"), ("Team", "choice_normalised")} <= told
    assert again.report["rows"]["unchanged"] == 1
    assert session.scalars(select(Citizen)).one().caseworker_id == kept.id


def test_one_wrong_row_keeps_all_out_unless_the_right_ones_are_asked_for(
    session: Session, leader: User, law: Law
) -> None:
    rows = [a_course(), a_course(1, Fornavn="")]

    nothing = taken(session, rows, leader, law)
    some = taken(session, rows, leader, law, valid_rows_only=True)

    assert (nothing.report["applied"], some.report["applied"]) == (False, True)
    assert count(session, Grant) == 1


def test_an_applied_sheet_is_not_applied_again(session: Session, leader: User, law: Law) -> None:
    run, _ = service.keep(session, "courses", "a.xlsx", xlsx(), actor=Actor(leader, ON), law=loader.law())
    service.apply(session, run, actor=Actor(leader, ON), law=law)

    with pytest.raises(Conflict):
        service.apply(session, run, actor=Actor(leader, ON), law=law)


def test_another_teams_citizen_and_another_name_are_refused(session: Session, leader: User) -> None:
    a_citizen(session, cpr=a_course()["CPR-nr"], team_id=a_team(session, "Team Voksne").id)
    a_citizen(session, cpr=a_course(1)["CPR-nr"], first_name="Ida")

    content = xlsx([a_course(), a_course(1)])
    report = import_check.check(session, "courses", "a.xlsx", content, by=leader, on=ON, law=loader.law()).report

    assert [(error["row"], error["code"]) for error in report["row_errors"]] == [
        (2, "cross_field"),
        (3, "name_conflict"),
    ]


def test_a_mentor_may_not_import_and_nobody_sees_anothers_sheet(session: Session, leader: User) -> None:
    run, _ = service.keep(session, "courses", "a.xlsx", xlsx(), actor=Actor(leader, ON), law=loader.law())

    with pytest.raises(NotAllowed):
        service.keep(session, "courses", "a.xlsx", xlsx(), actor=Actor(a_user(session, "ØK"), ON), law=loader.law())
    with pytest.raises(NotFound):
        service.get_run(session, run.public_id, actor=Actor(a_user(session, "TL"), ON))


REFERRAL = {
    "CPR-nr": a_course()["CPR-nr"],
    "Fornavn": "Emil",
    "Efternavn": "Krogh",
    "Målgruppe": "Kontanthjælp",
    "Visitation": "Aktivitetsparat",
    "Henvist den": date(2014, 10, 9),
    "Sagsbehandler": "",
    "Formål": "Tager bussen.",
    "Opgaver": "Struktur på dagen; Træne offentlig transport",
    "Timer pr. uge": 2,
    "Uger": 26,
    "Borgeren taget med på råd": "Ja",
    "Kan deltage i andre tilbud": "Nej",
    "Årsag": "Personlige forhold",
}
MENTOR = {
    "Fornavn": "Samira",
    "Efternavn": "Haddad",
    "Mentortype": "Intern",
    "Telefon": "20304051",
    "E-mail": "samira.haddad@soenderaa.dk",
    "Ansættelsessted": "Jobcenter Sønderå",
    "Timer pr. uge": 18,
    "Gælder fra": date(2014, 1, 1),
    "Sprog": "dansk; arabisk",
}
CITIZEN = {
    "CPR-nr": a_course()["CPR-nr"],
    "Fornavn": "Emil",
    "Efternavn": "Krogh",
    "Målgruppe": "Kontanthjælp",
    "Visitation": "Aktivitetsparat",
    "Gældende fra": date(2014, 1, 1),
    "Telefon": "20304050",
}


@pytest.mark.parametrize(
    ("kind", "row", "change"),
    [
        ("referrals", REFERRAL, {"Uger": 13}),
        ("referrals", REFERRAL, {"Første tilbud": "Nej"}),
        ("mentors", MENTOR, {"Ansættelsessted": "Fjordskolen"}),
        ("citizens", CITIZEN, {"Telefon": "20304052"}),
    ],
)
def test_other_kinds_come_in_once_and_change(
    session: Session, leader: User, law: Law, kind: str, row: dict[str, Any], change: dict[str, Any]
) -> None:
    row = dict.fromkeys(column.heading for column in profile_of(kind).columns) | row
    first = taken(session, [row], leader, law, kind=kind)
    again = taken(session, [row], leader, law, kind=kind)
    changed = taken(session, [row | change], leader, law, kind=kind)

    assert first.report["applied"], first.report
    assert [checked.rows[0].status for checked in (first, again, changed)] == ["new", "unchanged", "changed"]
    models = {"referrals": Referral, "mentors": Mentor, "citizens": Citizen}
    assert count(session, models[kind]) == 1


def test_a_meeting_is_logged_in_the_citizens_course(session: Session, leader: User, law: Law) -> None:
    taken(session, [a_course()], leader, law)
    coordinator = a_user(session, "MK")
    row = {
        "CPR-nr": a_course()["CPR-nr"],
        "Mentor": "Samira Haddad",
        "Dato": date(2014, 9, 9),
        "Minutter": 60,
        "Kontaktform": "Fremmøde",
        "Afholdt": "Ja",
    }

    first = taken(session, [row], coordinator, law, kind="meetings")
    again = taken(session, [row], coordinator, law, kind="meetings")

    assert [checked.rows[0].status for checked in (first, again)] == ["new", "unchanged"]


INVOICE = {
    "Fakturanr": "17",
    "Leverandør": "Fjordens Mentorhus",
    "CVR-nr": "10000009",
    "CPR-nr": a_course()["CPR-nr"],
    "Mentor": "Samira Haddad",
    "Periode fra": date(2014, 9, 1),
    "Periode til": date(2014, 9, 30),
    "Timer": 10,
    "Timepris": 412.5,
    "Beløb": 4125,
}


def test_invoice_lines_come_in_once_for_those_who_pay(session: Session, leader: User, law: Law) -> None:
    taken(session, [a_course()], leader, law)
    controller = a_user(session, "ØK")

    first = taken(session, [INVOICE, INVOICE | {"Timer": 2, "Beløb": 825}], controller, law, kind="invoices")
    again = taken(session, [INVOICE, INVOICE | {"Timer": 3, "Beløb": 825}], controller, law, kind="invoices")

    assert first.report["applied"], first.report
    assert [row.status for row in again.rows] == ["unchanged", "changed"]
    with pytest.raises(NotAllowed):
        taken(session, [INVOICE], leader, law, kind="invoices")


def test_a_course_without_caseworker_is_told_of_and_can_be_given_one_as_it_is_taken_in(
    session: Session, leader: User, law: Law
) -> None:
    kept = a_user(session)
    rows = [a_course(), a_course(1, Sagsbehandler=kept.username), a_course(2)]
    run, checked = service.keep(
        session,
        "courses",
        "a.xlsx",
        xlsx(rows, headings=[*rows[0], "Sagsbehandler"]),
        actor=Actor(leader, ON),
        law=loader.law(),
    )

    service.apply(session, run, actor=Actor(leader, ON), law=law, caseworker_id=leader.id)

    told = [one["message"] for one in checked.report["warnings"] if one["code"] == "no_caseworker"]
    assert [message.partition(".")[0] for message in told] == ["2 nye rækker får ingen sagsbehandler"]
    assert service.preview_of(run)["unattended"] == 0
    assert sorted(grant.caseworker_id or 0 for grant in session.scalars(select(Grant))) == sorted(
        [leader.id, kept.id, leader.id]
    )


def test_a_frame_that_the_year_does_not_have_is_not_warned_of(session: Session, leader: User) -> None:
    over = a_course(Startdato="01-12-2014", Slutdato="31-01-2015")
    early = a_course(1, Startdato="01-12-2012", Slutdato="31-01-2013")

    def warned() -> list[int]:
        report = import_check.check(
            session, "courses", "a.xlsx", xlsx([over, early]), by=leader, on=ON, law=loader.law()
        ).report
        return [one["row"] for one in report["warnings"] if one["code"] == "year_shift"]

    before = warned()
    a_frame(session, year=2015)

    assert (before, warned()) == ([], [2])


def test_a_worker_without_a_request_knows_the_address_of_a_sheet(app: Flask) -> None:
    with app.app_context():
        assert jobs._address("abc") == "/import/abc"
