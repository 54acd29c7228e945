"""Lists of courses: each filter, its count, and who may see what."""

from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from jobcenter_mentor.casework.grants import service
from jobcenter_mentor.casework.grants.service import GrantFilter
from jobcenter_mentor.domain.kernel.errors import NotFound
from jobcenter_mentor.platform.access.actor import Actor
from tests.builders import WORKING_DAY, a_citizen, a_grant, a_mentor, a_team, a_user


def numbers_of(session: Session, **chosen: object) -> list[str]:
    """The case numbers that a caseworker of Team Unge sees."""
    page = service.list_grants(session, GrantFilter(**chosen), actor=Actor(a_user(session, "SB"), WORKING_DAY))
    assert page.count == len(page.rows)
    return [row.case_number for row in page.rows]


@pytest.fixture
def courses(session: Session) -> dict[str, str]:
    """One course of each kind, by its case number."""
    mentor = a_mentor(session)
    rows = {
        "running": a_grant(session, mentor=mentor),
        "planned": a_grant(session, mentor=mentor, start=date(2014, 10, 16)),
        "without_mentor": a_grant(session),
        "ending": a_grant(session, mentor=mentor, last_day=WORKING_DAY + timedelta(days=28)),
        "expired": a_grant(session, mentor=mentor, last_day=WORKING_DAY - timedelta(days=1)),
        "ended": a_grant(session, mentor=mentor, ended_on=date(2014, 10, 1), last_day=date(2014, 10, 1)),
    }
    return {kind: grant.case_number for kind, grant in rows.items()}


@pytest.mark.parametrize(
    ("state", "kinds"),
    [
        ("running", {"running", "without_mentor", "ending"}),
        ("planned", {"planned"}),
        ("without_mentor", {"without_mentor"}),
        ("ending", {"ending"}),
        ("over", {"expired", "ended"}),
        ("all", {"running", "planned", "without_mentor", "ending", "expired", "ended"}),
    ],
)
def test_each_state_holds_its_courses(session: Session, courses: dict[str, str], state: str, kinds: set[str]) -> None:
    assert set(numbers_of(session, state=state)) == {courses[kind] for kind in kinds}


def test_those_that_end_first_stand_first(session: Session) -> None:
    late = a_grant(session, last_day=date(2015, 2, 24))
    soon = a_grant(session, last_day=date(2014, 11, 24))

    assert numbers_of(session) == [soon.case_number, late.case_number]


def test_text_finds_citizen_mentor_and_case_number(session: Session) -> None:
    found = a_grant(
        session, a_citizen(session, first_name="Mette", last_name="Østergård"), mentor=a_mentor(session, last_name="Ær")
    )
    a_grant(session)

    for text in ("mette", "ØSTER", "ær", found.case_number, f"mette {found.case_number}"):
        assert numbers_of(session, text=text) == [found.case_number]


def test_a_protected_name_cannot_be_searched(session: Session) -> None:
    a_grant(session, a_citizen(session, first_name="Mette", last_name="Østergård", protected=True))

    assert numbers_of(session, text="østergård") == []


def test_wildcards_are_plain_letters(session: Session) -> None:
    a_grant(session)

    assert numbers_of(session, text="%") == []


def test_the_list_is_filtered_by_mentor(session: Session) -> None:
    mentor = a_mentor(session)
    found = a_grant(session, mentor=mentor)
    a_grant(session)

    assert numbers_of(session, mentor=mentor.public_id) == [found.case_number]


def test_a_page_holds_fifty_and_the_count_holds_all(session: Session) -> None:
    citizen = a_citizen(session)
    for _ in range(52):
        a_grant(session, citizen)

    page = service.list_grants(session, GrantFilter(page=2), actor=Actor(a_user(session, "SB"), WORKING_DAY))

    assert (len(page.rows), page.count, page.pages) == (2, 52, 2)


def test_other_teams_are_neither_listed_nor_found(session: Session) -> None:
    grant = a_grant(session, a_citizen(session, team_id=a_team(session, "Team Syd").id))

    assert numbers_of(session, state="all") == []
    with pytest.raises(NotFound):
        service.get_grant(session, grant.public_id, actor=Actor(a_user(session, "SB"), WORKING_DAY))


def test_a_mentor_lists_only_the_own_courses(session: Session) -> None:
    mentor = a_mentor(session)
    mine = a_grant(session, mentor=mentor)
    a_grant(session, mentor=a_mentor(session))

    page = service.list_grants(session, GrantFilter(), actor=Actor(a_user(session, "MI", mentor=mentor), WORKING_DAY))

    assert [row.case_number for row in page.rows] == [mine.case_number]


def test_an_administrator_sees_no_case(session: Session) -> None:
    grant = a_grant(session)

    with pytest.raises(NotFound):
        service.get_grant(session, grant.public_id, actor=Actor(a_user(session, "AD"), WORKING_DAY))


def test_a_citizens_courses_come_newest_first(session: Session) -> None:
    citizen = a_citizen(session)
    old = a_grant(session, citizen, start=date(2014, 2, 3), last_day=date(2014, 8, 2))
    new = a_grant(session, citizen)

    assert service.list_of_citizen(session, citizen.id, actor=Actor(a_user(session, "SB"), WORKING_DAY)) == [new, old]
