"""Assess each made-up case by the real law, and write the rows of referral, decision and grant.

There are two rounds, as in the services: first without the frame, to find the right one and the cost of the year; then,
in the order of the decisions, with what was left of it. Money in øre.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction
from random import Random

from jobcenter_mentor.casework.frames.models import Frame, Reservation
from jobcenter_mentor.casework.grants.models import DECIDED, IMPORTED, AssessmentRecord, Decision, Grant, GrantPeriod
from jobcenter_mentor.casework.grants.running_course import LETTER_BEFORE
from jobcenter_mentor.casework.grants.year_cost import NO_FRAME
from jobcenter_mentor.casework.referrals.models import Referral
from jobcenter_mentor.domain.kernel import money
from jobcenter_mentor.domain.kernel.frame_kinds import MENTOR_FRAME
from jobcenter_mentor.domain.kernel.identifiers import age_on
from jobcenter_mentor.domain.law.assessment import Assessment
from jobcenter_mentor.domain.law.benefits import group_of
from jobcenter_mentor.domain.law.case_facts import facts_to_dict
from jobcenter_mentor.domain.law.facts import BudgetFacts, CaseFacts, CitizenFacts, RequestFacts
from jobcenter_mentor.domain.law.law import Law
from jobcenter_mentor.domain.law.reimbursement import split_cost
from jobcenter_mentor.domain.law.terms import standard_price
from jobcenter_mentor.domain.law.verdict import assess
from jobcenter_mentor_demo.corps import DemoCorps
from jobcenter_mentor_demo.courses import DemoCourse, periods_of
from jobcenter_mentor_demo.rows import Rows
from jobcenter_mentor_demo.staff import Staff

BEYOND_NORMAL_TYPES = ("VIRK", "UDD")
USED_SHARE = Fraction(97, 100)
NEXT_FRAME = 330_000_000
NEW_LAW = date(2014, 1, 1)


@dataclass(frozen=True)
class DemoCostLine:
    """The cost in a year: øre, frame kind and rate in per cent."""

    year: int
    cost: int
    kind: str
    rate: int


class Purse:
    """The use of the frames: what is left by year, and what each grant took."""

    def __init__(self, amounts: dict[int, int]) -> None:
        self.amount = amounts
        self.covered = dict.fromkeys(amounts, 0)
        self.beyond = dict.fromkeys(amounts, 0)

    def left(self, years: Sequence[int], lines: Sequence[DemoCostLine]) -> int | None:
        """Return what is left of the one frame, or over New Year what the frames together can cover of this cost."""
        if not years:
            return None
        if len(years) == 1:
            return self.amount[years[0]] - self.covered[years[0]]
        costs = {line.year: line.cost for line in lines}
        return sum(min(costs[year], self.amount[year] - self.covered[year]) for year in years)

    def take(self, line: DemoCostLine) -> int:
        """Reserve a cost and return what the frame covers; the rest is own cost."""
        if line.kind != MENTOR_FRAME:
            return 0
        covered = min(line.cost, self.amount[line.year] - self.covered[line.year])
        self.covered[line.year] += covered
        self.beyond[line.year] += line.cost - covered
        return covered


class DemoCasework:
    """Write every course, in the order of decision or transfer from the old system."""

    def __init__(self, rows: Rows, corps: DemoCorps, staff: Staff, law: Law, rng: Random) -> None:
        self._rows, self._corps, self._staff, self._law, self._rng = rows, corps, staff, law, rng
        self._frame_ids: dict[int, int] = {}

    def write(self, courses: Sequence[DemoCourse]) -> Purse:
        """Write all courses and the frames of 2014 and 2015 that they use."""
        ordered = sorted(courses, key=lambda course: (course.decided_on or course.start, course.start))
        first = [(course, *self._first_look(course)) for course in ordered]
        costs = [line for course, _, answer in first for line in self._final_lines(course, answer)]
        used = sum(line.cost for line in costs if (line.year, line.kind) == (2014, MENTOR_FRAME))
        thousand_kroner = 100_000
        amount = -(-int(used / USED_SHARE) // thousand_kroner) * thousand_kroner
        next_used = sum(line.cost for line in costs if (line.year, line.kind) == (2015, MENTOR_FRAME))
        purse = Purse({2014: max(amount, thousand_kroner), 2015: max(NEXT_FRAME, 3 * next_used)})
        self._frame_ids = {year: self._rows.next_id(Frame) for year in purse.amount}
        for course, facts, answer in first:
            self._write(course, facts, answer, purse)
        for year, frame_id in self._frame_ids.items():
            self._rows.add(
                Frame,
                id=frame_id,
                year=year,
                kind=MENTOR_FRAME,
                amount=purse.amount[year],
                covered=purse.covered[year],
                beyond=purse.beyond[year],
            )
        return purse

    def _first_look(self, course: DemoCourse) -> tuple[CaseFacts, Assessment]:
        """Return the assessment without the frame; what a course of 2013 costs in 2014 belongs to the frame of 2014."""
        facts = facts_of(course, self._standard(course), self._law)
        return facts, assess(facts, self._law)

    def _standard(self, course: DemoCourse) -> int:
        day = max(course.decided_on or course.start, NEW_LAW)
        return standard_price(course.mentor_type, self._law.on(day))

    def _price(self, course: DemoCourse) -> int:
        day = course.decided_on or course.start
        standard = self._standard(course)
        return standard if course.mentor is None else self._corps.price(course.mentor, day, standard)

    def _final_lines(self, course: DemoCourse, answer: Assessment) -> list[DemoCostLine]:
        """Return the cost by year of the final hours periods, at the mentor's price."""
        totals: dict[int, int] = {}
        for first, last, minutes in periods_of(course):
            for year, cost in split_cost(minutes, first, last, self._price(course)):
                totals[year] = totals.get(year, 0) + cost
        own = money.round_half_away(Fraction(sum(totals.values()), course.place_share))
        shares = money.share(own, list(totals.values())) if own else [0] * len(totals)
        known = {line.year: (line.kind, line.rate) for line in lines_of(answer)}
        standard = next(iter(known.values()), (NO_FRAME, 0))
        return [DemoCostLine(year, cost, *known.get(year, standard)) for year, cost in zip(totals, shares, strict=True)]

    def _write(self, course: DemoCourse, facts: CaseFacts, answer: Assessment, purse: Purse) -> None:
        asked = lines_of(answer)
        years = [line.year for line in asked if line.kind == MENTOR_FRAME]
        facts = replace(facts, budget=BudgetFacts(frame_remaining=purse.left(years, asked)))
        answer = assess(facts, self._law)
        course.grant_id = self._rows.next_id(Grant)
        course.interval = None if answer.missing else answer.min_contact_interval_days
        referral_id = course.referral_id = None if course.imported else self._referral(course)
        assessment_id = self._assessment(course, facts, answer, referral_id)
        lines = self._final_lines(course, answer)
        self._grant(course, facts, answer, referral_id, assessment_id, lines)
        if referral_id:
            self._decision(course, referral_id, assessment_id)
        self._reserve(course, lines, purse)

    def _referral(self, course: DemoCourse) -> int:
        decided = course.decided_on or course.start
        person = course.person
        self._rows.add(
            Referral,
            id=(referral_id := self._rows.next_id(Referral)),
            case_number=course.case_number,
            citizen_id=person.id,
            team_id=person.team_id,
            caseworker_id=person.caseworker_id,
            referred_on=decided - timedelta(days=self._rng.randrange(6, 20)),
            goal=course.goal,
            tasks=list(course.tasks),
            barriers=list(course.barriers),
            wishes=course.wishes,
            wished_language=course.wished_language,
            consulted=True,
            consulted_on=decided - timedelta(days=5),
            can_take_other_offers=not course.duty,
            cannot_because="personal" if course.duty else None,
            first_offer=course.first_offer,
            psychiatric_inpatient=course.discharge is not None,
            discharge_date=course.discharge,
            beyond_normal=True if course.mentor_type in BEYOND_NORMAL_TYPES else None,
            decisive=True if course.mentor_type in BEYOND_NORMAL_TYPES else None,
            start=course.start,
            weeks=-(-course.days // 7),
            minutes_per_week=course.minutes,
            mentor_type=course.mentor_type,
            closed_on=decided,
            closed_reason="Bevilget",
        )
        return referral_id

    def _assessment(self, course: DemoCourse, facts: CaseFacts, answer: Assessment, referral_id: int | None) -> int:
        return self._rows.add(
            AssessmentRecord,
            referral_id=referral_id,
            assessed_on=facts.date,
            law=answer.law.value,
            outcome=answer.outcome.value,
            facts=facts_to_dict(facts),
            result=answer.to_dict(),
            by_id=course.person.caseworker_id,
        )

    def _decision(self, course: DemoCourse, referral_id: int, assessment_id: int) -> None:
        person, decided = course.person, course.decided_on or course.start
        shorter = course.duty and course.planned_last_day is not None
        self._rows.add(
            Decision,
            kind="grant",
            case_number=course.case_number,
            team_id=person.team_id,
            citizen_id=person.id,
            referral_id=referral_id,
            grant_id=course.grant_id,
            assessment_id=assessment_id,
            start=course.start,
            last_day=course.planned_last_day or course.last_day,
            minutes_per_week=course.minutes,
            mentor_type=course.mentor_type,
            hourly_price=self._standard(course),
            place_share=course.place_share,
            reason="Perioden følger det, du og jobcentret har aftalt." if shorter else "",
            proposed_by_id=person.caseworker_id,
            proposed_on=decided,
            approved_by_id=self._staff.leader_of(person.team_id),
            approved_on=decided,
        )

    def _grant(
        self,
        course: DemoCourse,
        facts: CaseFacts,
        answer: Assessment,
        referral_id: int | None,
        assessment_id: int,
        lines: Sequence[DemoCostLine],
    ) -> None:
        person, complete = course.person, None if answer.missing else answer
        status = person.status_on(course.decided_on or course.start)
        helper = course.mentor
        self._rows.add(
            Grant,
            id=course.grant_id,
            case_number=course.case_number,
            origin=IMPORTED if course.imported else DECIDED,
            citizen_id=person.id,
            team_id=person.team_id,
            caseworker_id=person.caseworker_id,
            referral_id=referral_id,
            assessment_id=assessment_id,
            previous_grant_id=None if course.previous is None or course.imported else course.previous.grant_id,
            mentor_id=helper.id if helper else None,
            mentor_function_id=helper.function_id if helper and course.form == "place" else None,
            form=course.form,
            place_share=course.place_share,
            mentor_type=course.mentor_type,
            start=course.start,
            last_day=course.last_day,
            ended_on=course.ended_on,
            end_reason=course.end_reason,
            benefit=status.benefit,
            visitation=status.visitation,
            group_number=facts.citizen.group,
            legal_basis=complete.legal_basis if complete else "",
            right=answer.right,
            discharge_right=answer.discharge_right,
            right_and_duty=answer.right_and_duty,
            contact_interval_days=course.interval,
            rate_percent=lines[0].rate,
            frame_kind=lines[0].kind,
            hourly_price=self._price(course),
            goal=course.goal,
            tasks=list(course.tasks),
            letter_note=LETTER_BEFORE,
            decided_on=course.decided_on,
        )
        for first, last, minutes in periods_of(course):
            changed = first != course.start
            self._rows.add(
                GrantPeriod,
                grant_id=course.grant_id,
                first_day=first,
                last_day=last,
                minutes_per_week=minutes,
                reason="Aftalt ved opfølgning" if changed else "",
            )

    def _reserve(self, course: DemoCourse, lines: Sequence[DemoCostLine], purse: Purse) -> None:
        for line in sorted(lines, key=lambda line: line.year):
            covered = purse.take(line)
            self._rows.add(
                Reservation,
                frame_id=self._frame_ids.get(line.year) if line.kind == MENTOR_FRAME else None,
                grant_id=course.grant_id,
                year=line.year,
                frame_kind=line.kind,
                cost=line.cost,
                covered=covered,
                beyond=line.cost - covered,
                rate_percent=line.rate,
            )


def facts_of(course: DemoCourse, price_ore: int, law: Law) -> CaseFacts:
    """Return the facts as `casework.assessments` would gather them; less is known of transferred courses."""
    day = course.decided_on or course.start
    status, person = course.person.status_on(day), course.person
    given = CitizenFacts(
        benefit=status.benefit,
        visitation=status.visitation,
        has_education=status.has_education,
        age=age_on(person.born, day),
        integration_programme=False,
    )
    known = replace(given, group=group_of(given, law.on(day)).number)
    request = RequestFacts(
        start=course.start,
        end=course.planned_last_day or course.last_day,
        minutes_per_week=course.minutes,
        mentor_type=course.mentor_type,
        hourly_rate=price_ore,
        place_share=course.place_share,
    )
    if course.imported:
        return CaseFacts(date=day, citizen=known, request=request)
    citizen = replace(
        known,
        can_take_other_offers=not course.duty,
        cannot_because="personal" if course.duty else None,
        first_offer=course.first_offer,
        psychiatric_inpatient=course.discharge is not None,
        discharge_date=course.discharge,
    )
    beyond = True if course.mentor_type in BEYOND_NORMAL_TYPES else None
    return CaseFacts(
        date=day,
        citizen=citizen,
        request=replace(request, beyond_normal=beyond, decisive=beyond),
        id=course.case_number,
    )


def lines_of(answer: Assessment) -> list[DemoCostLine]:
    """Return the cost by year, as the assessment divides it; empty where it knows no cost."""
    if answer.reimbursement is None:
        return []
    found: dict[int, DemoCostLine] = {}
    for part in answer.reimbursement.parts:
        before = found.get(part.first.year)
        cost = part.base + (before.cost if before else 0)
        rate = 0 if part.rate is None else int(part.rate * 100)
        found[part.first.year] = DemoCostLine(part.first.year, cost, part.frame or NO_FRAME, rate)
    return list(found.values())
