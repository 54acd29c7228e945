"""Virkning af et tal: the list is what asking every course again gives, and it changes nothing."""

from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from jobcenter_mentor.casework.assessments import figure_impact
from jobcenter_mentor.casework.grants.models import AssessmentRecord, Grant
from jobcenter_mentor.domain.law.assessment import Assessment
from jobcenter_mentor.domain.law.case_facts import facts_from_dict
from jobcenter_mentor.domain.law.law import Law
from jobcenter_mentor.domain.law.verdict import assess
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.access.models import Team
from jobcenter_mentor.platform.law_figures import local_figures
from jobcenter_mentor.platform.law_figures.local_figures import NewFigure
from jobcenter_mentor.platform.law_figures.service import as_figure
from jobcenter_mentor.platform.law_figures.service import law as law_of
from tests.builders import WORKING_DAY, a_citizen, a_grant, a_referral, a_team, a_user, nobodys_cpr
from tests.casework.grants.cases import granted, the_frames
from tests.logins import Visitor

CEILING = NewFigure("local.hours_ceiling_week", "3", WORKING_DAY, "Byrådet.")
REVIEW = NewFigure("local.review_months", "2", WORKING_DAY, "Byrådet.")
HOURS = (60, 120, 180, 240, 300)


def the_courses(session: Session, law: Law) -> list[Grant]:
    """Five courses of one to five hours a week."""
    the_frames(session)
    people = [a_citizen(session, cpr=nobodys_cpr(100 + hours)) for hours in HOURS]
    return [
        granted(session, a_referral(session, citizen, minutes_per_week=hours), law=law)
        for citizen, hours in zip(people, HOURS, strict=True)
    ]


def judged(assessment: Assessment) -> dict[str, Any]:
    """Everything an assessment says, but for the figure that a finding was held against."""
    said = assessment.to_dict()
    return said | {"findings": [(finding["rule"], finding["answer"]) for finding in said["findings"]]}


def brute_force(session: Session, after: Law, day: date) -> set[str]:
    """Ask every open course again, one by one, and compare the whole assessments."""
    now, different = law_of(session), set()
    for grant, record in session.execute(
        select(Grant, AssessmentRecord).join(AssessmentRecord, AssessmentRecord.id == Grant.assessment_id)
    ):
        facts = replace(facts_from_dict(record.facts), date=day)
        if judged(assess(facts, now)) != judged(assess(facts, after)):
            different.add(grant.public_id)
    return different


def test_the_list_equals_asking_every_course_again(session: Session, law: Law) -> None:
    the_courses(session, law)
    leader = a_user(session, "TL")
    figure = local_figures.propose(session, CEILING, actor=Actor(leader, WORKING_DAY), law=law_of(session))
    after = law_of(session).with_figures([as_figure(law_of(session), figure)])

    found = figure_impact.of_figure(session, figure, actor=Actor(leader, WORKING_DAY), law=law_of(session))

    listed = {row.course.public_id for row in found.impacts}
    assert found.asked == 5
    assert listed == brute_force(session, after, WORKING_DAY)
    assert len(listed) == 2


def test_the_whole_town_is_counted_and_only_ones_own_is_named(session: Session, law: Law) -> None:
    _, _, own, other, ended = the_courses(session, law)
    ended.ended_on = date(2014, 10, 14)
    leader = a_user(session, "TL", team=session.get(Team, own.team_id))
    other.team_id = a_team(session, "Team Aktiv").id
    a_grant(session, last_day=date(2015, 1, 1))
    session.flush()
    figure = local_figures.propose(
        session, replace(CEILING, value="2"), actor=Actor(leader, WORKING_DAY), law=law_of(session)
    )

    found = figure_impact.of_figure(session, figure, actor=Actor(leader, WORKING_DAY), law=law_of(session))

    assert [row.course.public_id for row in found.impacts] == [own.public_id]
    assert (found.asked, found.count, found.hidden, found.unasked) == (4, 2, 1, 1)


def test_a_deadline_that_moves_is_an_impact(session: Session, law: Law) -> None:
    the_courses(session, law)
    leader = a_user(session, "TL")
    figure = local_figures.propose(session, REVIEW, actor=Actor(leader, WORKING_DAY), law=law_of(session))

    found = figure_impact.of_figure(session, figure, actor=Actor(leader, WORKING_DAY), law=law_of(session))

    moved = [change for row in found.impacts for change in row.changes]
    assert len(found.impacts) == 5
    assert {(change.before, change.after) for change in moved} == {("20.01.2015", "20.12.2014")}


def test_the_pages_take_a_figure_from_proposal_to_force(
    session: Session, law: Law, as_team_leader: Visitor, as_coordinator: Visitor
) -> None:
    the_courses(session, law)
    session.commit()
    told = {"name": CEILING.name, "value": "3", "valid_from": "15-10-2014", "reason": "Byrådet."}

    sent = as_team_leader.post("/regler/egne/nyt", data=told)
    own_key = as_team_leader.post(f"{sent.location}/godkend")
    page = as_coordinator.get(sent.location).text
    done = as_coordinator.post(f"{sent.location}/godkend")

    assert own_key.status_code == 403
    assert "af 5" in page
    assert done.status_code == 303
    assert "Godkendt 15.10.2014" in as_team_leader.get("/regler/egne").text
