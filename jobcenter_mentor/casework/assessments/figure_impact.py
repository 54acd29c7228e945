"""The impact of a new figure before it is approved: which running courses it would change the assessment of, and how.

Each open course is assessed again on the first day the figure would count for it, under the law without and with the
figure; deadlines that follow from figures are compared too. It uses the same functions as any assessment, in a loop.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from jobcenter_mentor.casework.assessments.service import AssessmentDifference, differences
from jobcenter_mentor.casework.grants.models import AssessmentRecord, Grant
from jobcenter_mentor.domain.kernel.errors import DomainError
from jobcenter_mentor.domain.kernel.money import format_kroner
from jobcenter_mentor.domain.law.assessment import Assessment
from jobcenter_mentor.domain.law.case_facts import facts_from_dict
from jobcenter_mentor.domain.law.deadlines import deadlines_of_grant
from jobcenter_mentor.domain.law.facts import CaseFacts
from jobcenter_mentor.domain.law.law import Law
from jobcenter_mentor.domain.law.texts import WARNINGS
from jobcenter_mentor.domain.law.verdict import assess
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.access.policy import visible
from jobcenter_mentor.platform.audit import service as audit
from jobcenter_mentor.platform.law_figures.models import LocalFigure
from jobcenter_mentor.platform.law_figures.service import WAYS, as_figure


class OpenCourse(NamedTuple):
    """The columns of a running course that an impact needs."""

    public_id: str
    case_number: str
    citizen_id: int
    start: date
    last_day: date
    decided_on: date | None
    right_and_duty: bool | None
    facts: Mapping[str, object]


@dataclass(frozen=True)
class Impact:
    """A course that would be assessed differently: answers, warnings and deadlines, before and after."""

    course: OpenCourse
    changes: tuple[AssessmentDifference, ...]


@dataclass(frozen=True)
class ImpactList:
    """The impact of a proposed figure: how many open courses were assessed, and those that change.

    `hidden` counts those that change outside the reader's scope, `unasked` the open courses without an assessment.
    """

    asked: int
    impacts: tuple[Impact, ...]
    hidden: int = 0
    unasked: int = 0

    @property
    def count(self) -> int:
        """Return how many courses change in the whole municipality."""
        return len(self.impacts) + self.hidden


def of_figure(session: Session, figure: LocalFigure, *, actor: Actor, law: Law) -> ImpactList:
    """Return the impact of a proposed figure on the municipality's running courses; the courses shown are logged.

    Courses outside the reader's scope are only counted.
    """
    changed = law.with_figures([as_figure(law, figure)])
    found = impact(open_courses(session, on=actor.day), law, changed, figure, actor.day)
    own = set(
        session.scalars(
            visible(select(Grant.public_id).where(*_open(actor.day)), Grant, actor.user, "grant.read", actor.day)
        )
    )
    shown = tuple(row for row in found.impacts if row.course.public_id in own)
    unasked = select(func.count()).select_from(Grant).where(Grant.assessment_id.is_(None), *_open(actor.day))
    audit.record(
        session,
        by=actor.user,
        action="figure.impact",
        subject="local_figure",
        subject_id=figure.public_id,
        citizens=[row.course.citizen_id for row in shown],
    )
    hidden = len(found.impacts) - len(shown)
    return ImpactList(found.asked, shown, hidden, session.scalar(unasked) or 0)


def open_courses(session: Session, *, on: date) -> list[OpenCourse]:
    """Return the municipality's running and planned courses with a stored assessment, as columns, not entities."""
    statement = (
        select(
            Grant.public_id,
            Grant.case_number,
            Grant.citizen_id,
            Grant.start,
            Grant.last_day,
            Grant.decided_on,
            Grant.right_and_duty,
            AssessmentRecord.facts,
        )
        .join(AssessmentRecord, AssessmentRecord.id == Grant.assessment_id)
        .where(*_open(on))
        .order_by(Grant.id)
    )
    return [OpenCourse(*row) for row in session.execute(statement)]


def _open(on: date) -> tuple[ColumnElement[bool], ...]:
    return (func.coalesce(Grant.ended_on, Grant.last_day) >= on,)


def impact(courses: list[OpenCourse], before: Law, after: Law, figure: LocalFigure, on: date) -> ImpactList:
    """Assess all courses under both laws, and return those whose answers, warnings or deadlines differ."""
    impacts = []
    for course in courses:
        day = max(on, figure.valid_from)
        facts = replace(facts_from_dict(course.facts), date=day)
        changes = (*_answers(facts, before, after), *_deadlines(course, figure, before, after))
        if changes:
            impacts.append(Impact(course, changes))
    return ImpactList(len(courses), tuple(impacts))


def _answers(facts: CaseFacts, before: Law, after: Law) -> Iterator[AssessmentDifference]:
    was, now = _asked(facts, before), _asked(facts, after)
    if isinstance(was, str) or isinstance(now, str):
        if was != now:
            yield AssessmentDifference("Vurderingen", "", _words(was), _words(now))
        return
    yield from differences(was, now)
    gone = [WARNINGS[code] for code in was.warnings if code not in now.warnings]
    come = [WARNINGS[code] for code in now.warnings if code not in was.warnings]
    if gone or come:
        yield AssessmentDifference("Advarsler", "", " ".join(gone) or "Ingen", " ".join(come) or "Ingen")
    for label, words in (("Længste periode", _period), ("Refusion", _refund), ("Kontakt mindst hver", _interval)):
        if words(was) != words(now):
            yield AssessmentDifference(label, "", words(was), words(now))


def _deadlines(course: OpenCourse, figure: LocalFigure, before: Law, after: Law) -> Iterator[AssessmentDifference]:
    """Compare the deadlines of a course that is granted on or after the day the figure is in force."""
    granted = course.decided_on or course.start
    if granted < figure.valid_from:
        return
    was, now = (
        {
            deadline.kind: deadline
            for deadline in deadlines_of_grant(
                granted=granted,
                start=course.start,
                end=course.last_day,
                right_and_duty=bool(course.right_and_duty),
                law=chosen.on(granted),
            )
        }
        for chosen in (before, after)
    )
    for kind in [*was, *(kind for kind in now if kind not in was)]:
        old, new = was.get(kind), now.get(kind)
        known = old or new
        if known is not None and (old and old.due) != (new and new.due):
            days = [f"{one.due:%d.%m.%Y}" if one else None for one in (old, new)]
            yield AssessmentDifference(known.what, known.section, *days)


def _period(answer: Assessment) -> str:
    longest = answer.max_period
    return "Ingen grænse" if longest is None else f"{longest.months} måneder, til {longest.last_day:%d.%m.%Y}"


def _refund(answer: Assessment) -> str:
    refund = answer.reimbursement
    if refund is None:
        return "Ingen"
    amounts = ["ikke kendt" if ore is None else format_kroner(ore) for ore in (refund.base, refund.amount)]
    rate = "ukendt sats" if refund.rate is None else f"{refund.rate * 100:.0f} %"
    place = f"{WAYS.get(refund.frame or '', 'ramme ikke kendt')}, konto {refund.account or 'ikke bekræftet'}"
    return f"{rate} af {amounts[0]} kr.: {amounts[1]} kr. ({place})"


def _interval(answer: Assessment) -> str:
    days = answer.min_contact_interval_days
    return "Intet krav" if days is None else f"{days} dage"


def _asked(facts: CaseFacts, chosen: Law) -> Assessment | str:
    try:
        return assess(facts, chosen)
    except DomainError as error:
        return str(error)


def _words(answer: Assessment | str) -> str:
    return answer if isinstance(answer, str) else answer.verdict
