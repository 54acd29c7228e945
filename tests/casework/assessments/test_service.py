"""Vurderingen igen: as it was, whatever the law becomes later; and tried with other facts, without a trace."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from jobcenter_mentor.casefile.followups.models import FollowUp
from jobcenter_mentor.casework.assessments import service
from jobcenter_mentor.casework.grants import case_assessment, citizen_change
from jobcenter_mentor.casework.grants.models import AssessmentRecord, Grant
from jobcenter_mentor.domain.kernel.errors import ValidationFailed
from jobcenter_mentor.domain.law.assessment import Finding, Outcome
from jobcenter_mentor.domain.law.case_facts import facts_from_dict, facts_to_dict
from jobcenter_mentor.domain.law.law import Law
from jobcenter_mentor.domain.law.rules.catalogue import TURNED
from jobcenter_mentor.domain.law.verdict import assess
from jobcenter_mentor.people.citizens import service as citizens
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.law_figures.models import LocalFigure
from jobcenter_mentor.platform.law_figures.service import law_known_on
from tests.builders import WORKING_DAY, a_referral, a_user
from tests.casework.grants.cases import granted, the_frames
from tests.logins import Visitor


def a_course(session: Session, law: Law) -> Grant:
    the_frames(session)
    return granted(session, a_referral(session), law=law)


def the_record(session: Session, grant: Grant) -> AssessmentRecord:
    return session.get_one(AssessmentRecord, grant.assessment_id)


def stored(session: Session, law: Law, facts, number: int) -> None:
    """Keep so many assessments of the facts, each with its own hours and start."""
    rows = []
    for index in range(number):
        day = WORKING_DAY - timedelta(days=index % 200)
        request = replace(facts.request, start=day, end=day + timedelta(days=60 + index % 90), weeks=None)
        tried = replace(facts, date=day, request=replace(request, minutes_per_week=30 + index % 600))
        result = assess(tried, law)
        rows.append(
            {
                "public_id": f"{index:036d}",
                "assessed_on": day,
                "law": result.law,
                "outcome": result.outcome.value,
                "facts": facts_to_dict(tried),
                "result": result.to_dict(),
            }
        )
    session.execute(insert(AssessmentRecord), rows)


def replayed(session: Session) -> list[bool]:
    """Tell of each kept assessment whether its replay is the same."""
    records, laws = session.scalars(select(AssessmentRecord)).all(), {}
    for day in {record.assessed_on for record in records}:
        laws[day] = law_known_on(session, day)
    return [case_assessment.replay(one, laws[one.assessed_on]) == case_assessment.kept(one) for one in records]


def put_in_force(session: Session, name: str, value: str, valid_from: date, approved_on: date) -> None:
    first, second = a_user(session, "TL"), a_user(session, "TL")
    session.add(
        LocalFigure(
            name=name,
            value=value,
            valid_from=valid_from,
            reason="Ny praksis",
            proposed_by_id=first.id,
            proposed_on=approved_on,
            approved_by_id=second.id,
            approved_on=approved_on,
        )
    )
    session.flush()


def test_a_thousand_assessments_replay_the_same_after_the_law_has_changed(session: Session, law: Law) -> None:
    facts = facts_from_dict(the_record(session, a_course(session, law)).facts)
    stored(session, law, facts, 1000)
    put_in_force(session, "local.hours_ceiling_week", "1", date(2012, 1, 1), WORKING_DAY + timedelta(days=1))
    put_in_force(session, "local.review_months", "1", WORKING_DAY, WORKING_DAY + timedelta(days=1))

    same = replayed(session)

    assert len(same) >= 1000
    assert all(same)


def test_a_figure_known_that_day_counts_in_the_replay(session: Session, law: Law) -> None:
    facts = facts_from_dict(the_record(session, a_course(session, law)).facts)
    stored(session, law, facts, 5)
    put_in_force(session, "local.hours_ceiling_week", "1", date(2012, 1, 1), date(2012, 1, 1))

    assert not all(replayed(session))


def test_the_kept_assessment_opens_as_it_was(session: Session, law: Law) -> None:
    grant = a_course(session, law)
    record = the_record(session, grant)

    kept = service.get_kept(session, record.public_id, actor=Actor(a_user(session, "SB"), WORKING_DAY))

    again = service.replayed(kept, law_known_on(session, record.assessed_on))

    assert kept.assessment.to_dict() == record.result
    assert (again.changes, again.refused) == ((), "")


def test_other_facts_give_another_answer_and_leave_no_trace(session: Session, law: Law) -> None:
    facts = facts_from_dict(the_record(session, a_course(session, law)).facts)
    before = session.scalar(select(func.count(AssessmentRecord.id)))

    tried = service.what_if(facts, {"visitation": "jobparat", "group": 2}, law)

    assert tried.outcome is not Outcome.MUST
    assert session.scalar(select(func.count(AssessmentRecord.id))) == before


def test_a_group_that_is_told_stands_for_the_benefit_of_the_case(session: Session, law: Law) -> None:
    facts = facts_from_dict(the_record(session, a_course(session, law)).facts)

    tried = service.what_if(facts, {"visitation": "aktivitetsparat", "group": 13, "age": 24}, law)

    assert facts.citizen.benefit == "kontanthjaelp"
    assert tried.missing == ()


def test_the_page_answers_and_names_what_differs(session: Session, law: Law, as_caseworker: Visitor) -> None:
    record = the_record(session, a_course(session, law))
    session.commit()
    address = f"/vurderinger/{record.public_id}/hvad-nu-hvis"
    told = {
        "date": "15-10-2014",
        "group": "3",
        "visitation": "aktivitetsparat",
        "other_offers": "yes",
        "first_offer": "ja",
        "refugee_full_refund": "",
        "decisive": "",
        "integration_programme": "nej",
        "psychiatric_inpatient": "nej",
        "discharge_date": "",
        "start": "20-10-2014",
        "end": "19-04-2015",
        "minutes_per_week": "2",
        "mentor_type": "INT",
        "beyond_normal": "",
        "age": "24",
        "situation": "",
        "education_admission_date": "",
        "education_kind": "",
    }

    opened = as_caseworker.get(address).text
    tried = as_caseworker.post(address, data=told)
    wrong = as_caseworker.post(address, data=told | {"end": "i morgen"})
    too_old = as_caseworker.post(address, data=told | {"age": "124"})
    before_2014 = as_caseworker.post(address, data=told | {"date": "05-05-2013", "situation": "fleksjob"}).text

    assert "Ingen forskel." not in tried.text
    assert "Skal gives. Ret og pligt" in opened
    assert "Kan gives" in tried.text
    assert wrong.status_code == 422
    assert (too_old.status_code, "Alder: Skriv et helt tal fra 0 til 100." in too_old.text) == (422, True)
    assert "Kan gives. Tilbud efter LAB § 78, stk. 1" in before_2014


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"group": 99}, "group"),
        ({"minutes_per_week": -3}, "minutes_per_week"),
        ({"end": date(2014, 1, 1)}, "end"),
        ({"date": date(2005, 1, 3)}, "date"),
    ],
)
def test_what_no_case_may_say_is_refused_at_its_field(
    session: Session, law: Law, changed: dict[str, object], field: str
) -> None:
    facts = facts_from_dict(the_record(session, a_course(session, law)).facts)

    with pytest.raises(ValidationFailed) as refused:
        service.what_if(facts, changed, law)

    assert field in refused.value.errors


def test_a_change_of_visitation_asks_whether_right_and_duty_falls_away(session: Session, law: Law) -> None:
    grant, by = a_course(session, law), a_user(session, "SB")
    citizens.set_status(
        session,
        grant.citizen,
        benefit="kontanthjaelp",
        visitation="jobparat",
        valid_from=WORKING_DAY,
        actor=Actor(by, WORKING_DAY),
        law=law,
    )

    asked = citizen_change.status_changed(session, grant.citizen, actor=Actor(by, WORKING_DAY))
    again = citizen_change.status_changed(session, grant.citizen, actor=Actor(by, WORKING_DAY))

    task = session.scalars(select(FollowUp).where(FollowUp.kind == "visitation")).one()
    assert (asked, again) == (1, 0)
    assert "bortfalder ret og pligt?" in task.what
    assert grant.group_number == 3


def as_it_was_asked(finding: Finding) -> Finding:
    """A finding as version 0.2 kept it: the question the other way round, under its old name."""
    older = {now: was for was, now in TURNED.items() if was != "lab2013.s78.education.over30"}
    if finding.rule not in older:
        return finding
    answer = None if finding.answer is None else not finding.answer
    return replace(finding, rule=older[finding.rule], question="Som der blev spurgt før", answer=answer)


def test_a_question_turned_round_since_then_is_no_difference(law: Law) -> None:
    now = assess(facts_from_dict(FACTS), law)
    before = replace(now, findings=tuple(map(as_it_was_asked, now.findings)))

    assert before.findings != now.findings
    assert service.differences(before, now) == ()


def test_a_turned_question_with_another_answer_is_a_difference(law: Law) -> None:
    now = assess(facts_from_dict(FACTS), law)
    before = replace(now, findings=tuple(map(as_it_was_asked, now.findings)))
    inside = assess(facts_from_dict({**FACTS, "citizen": {**FACTS["citizen"], "integration_programme": True}}), law)

    changed = [change.question for change in service.differences(before, inside)]

    assert "Som der blev spurgt før" in changed


def test_a_refusal_kept_before_still_says_why(law: Law) -> None:
    inside = assess(facts_from_dict({**FACTS, "citizen": {**FACTS["citizen"], "integration_programme": True}}), law)
    kept = replace(inside, findings=tuple(map(as_it_was_asked, inside.findings)))

    assert "integrationslovens § 23 d" in kept.verdict
    assert kept.verdict == inside.verdict


FACTS = {
    "date": "2014-05-05",
    "citizen": {"group": 3, "visitation": "aktivitetsparat", "integration_programme": False, "first_offer": True},
    "request": {"start": "2014-05-12", "weeks": 20, "hours_per_week": 2, "mentor_type": "INT", "hourly_rate": 300},
}
