"""Gulvet for reglerne: the same rules as bare ifs without findings, and made-up people of every period."""

import random
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from jobcenter_mentor.domain.facts import BudgetFacts, CaseFacts, CitizenFacts, RequestFacts
from jobcenter_mentor.domain.target_groups import groups_on

DATES = (
    date(2013, 5, 6), date(2013, 12, 30), date(2014, 5, 5), date(2015, 12, 28), date(2016, 5, 2), date(2018, 11, 1),
    date(2019, 6, 3), date(2021, 12, 6),
)  # fmt: skip
"""Eight days: each law, and both sides of a change."""
VISITATION = {2: "jobparat", 3: "aktivitetsparat", 12: "uddannelsesparat", 13: "aktivitetsparat"}
VISITATION_2020 = {2: "jobparat", 3: "aktivitetsparat", 4: "uddannelsesparat", 5: "aktivitetsparat"}
SITUATIONS = ("kontaktforloeb", "virksomhedspraktik", "ordinaer_uddannelse", "ordinaert_job", "selvforsoergende")

Answer = tuple[str, bool | None, int | None, date | None, str | None, int | None]
"""Outcome, right and duty, most days between contacts, legal last day, frame of the first part, refund in øre."""


def people(count: int, day: date, seed: int = 2014) -> Iterator[CaseFacts]:
    """Give made-up cases of a day: every group of its law, some facts missing, periods that cross New Year."""
    draw = random.Random(seed)
    groups = list(groups_on(day))
    for number in range(count):
        group = draw.choice(groups)
        kind = draw.choice(("INT", "VIRK", "EKST", "HONO"))
        can = draw.choice((True, False, False, None))
        discharged = draw.random() < 0.1
        names = VISITATION_2020 if day.year >= 2020 else VISITATION
        citizen = CitizenFacts(
            group=group,
            visitation=None if day.year < 2014 else names.get(group),
            can_take_other_offers=can,
            cannot_because=draw.choice(("personal", "other")) if can is False else None,
            first_offer=draw.choice((True, False)),
            age=draw.randint(18, 29) if group in (4, 5) else draw.randint(18, 60),
            situation=draw.choice(SITUATIONS) if day.year < 2014 else None,
            integration_programme=draw.random() < 0.02,
            psychiatric_inpatient=discharged,
            discharge_date=day + timedelta(days=draw.randint(5, 150)) if discharged else None,
        )
        request = RequestFacts(
            start=day + timedelta(days=draw.randint(0, 60)),
            weeks=draw.randint(1, 30),
            minutes_per_week=30 * draw.randint(1, 12),
            mentor_type=kind,
            beyond_normal=draw.random() < 0.9 if kind == "VIRK" else None,
            hourly_rate=100 * draw.randint(150, 600),
        )
        yield CaseFacts(
            date=day,
            citizen=citizen,
            request=request,
            budget=BudgetFacts(frame_remaining=100 * draw.randint(0, 40_000)),
            id=str(number),
        )


def written_by_hand(facts: CaseFacts) -> Answer:
    """Answer a case of 2014-2015 in bare ifs: LAB §§ 31 b, 31 c, 31 d, 93, 96 c and 121 a."""
    citizen, request = facts.citizen, facts.request
    start, group = request.start or facts.date, citizen.group or 0
    last = start + timedelta(days=7 * (request.weeks or 0) - 1)
    eligible = not citizen.integration_programme and (request.mentor_type != "VIRK" or bool(request.beyond_normal))
    duty: bool | None = False
    asks = False
    if group in (3, 13):
        if citizen.can_take_other_offers is None:
            duty, asks = None, True
        elif not citizen.can_take_other_offers and citizen.cannot_because == "personal":
            duty = group == 13 or bool(citizen.first_offer)
    discharge: bool | None = False
    if group and citizen.discharge_date:
        earliest = months_on(citizen.discharge_date, -3)
        discharge = start >= earliest if start <= last_day(earliest, 6) else None
    refund, frame, rate = 0, "mentor_2014", 50
    if eligible and discharge is None and group in (1, 2, 11, 14):
        frame, rate = ("none_unlimited", 50) if group in (11, 14) else ("no_reimbursement", 0)
    elif not eligible or (not discharge and group in (0, 1, 2)):
        frame, rate = "no_reimbursement", 0
    elif not discharge and group in (11, 14):
        frame = "none_unlimited"
    cost = (2 * (request.minutes_per_week or 0) * ((last - start).days + 1) * (request.hourly_rate or 0) + 420) // 840
    inside = min(cost, facts.budget.frame_remaining or 0) if frame == "mentor_2014" else cost
    refund = (inside * rate * 2 + 100) // 200
    outcome = "must_not" if not eligible else "must" if duty or discharge else "undecided" if asks else "may"
    known = eligible and discharge is None and frame != "mentor_2014"
    return (
        outcome if not (asks and eligible) else "undecided",
        duty if eligible else False,
        7 if duty and eligible else None,
        last_day(start, 6),
        frame,
        None if known else refund,
    )


def months_on(day: date, months: int) -> date:
    """Return the same date months on, or the last day of that month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def last_day(start: date, months: int) -> date:
    """Return the last day of a period of months."""
    same = months_on(start, months)
    return same - timedelta(days=1) if same.day == start.day else same


def within_one_law(facts: CaseFacts) -> CaseFacts:
    """Keep a case inside 2014-2015, so that the rules by hand need only one law."""
    day = date(2014, 5, 5)
    start = facts.request.start or day
    moved = day + (start - facts.date)
    discharged = facts.citizen.discharge_date
    citizen = replace(facts.citizen, discharge_date=discharged and day + (discharged - facts.date))
    return replace(facts, date=day, citizen=citizen, request=replace(facts.request, start=moved))


def as_answer(assessment: Any) -> Answer:
    """Return the product's assessment in the few fields the floor answers."""
    refund = assessment.reimbursement
    longest = assessment.max_period
    return (
        assessment.outcome.value,
        assessment.right_and_duty,
        assessment.min_contact_interval_days,
        longest.last_day if longest else None,
        refund.frame if refund else None,
        refund.amount if refund else None,
    )
