"""Gulvet for reglerne: the same rules as bare ifs without findings, and made-up people of every period."""

import random
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from jobcenter_mentor.domain.kernel.target_groups import groups_on
from jobcenter_mentor.domain.law.assessment import Assessment
from jobcenter_mentor.domain.law.facts import BudgetFacts, CaseFacts, CitizenFacts, RequestFacts

DATES = (
    date(2013, 5, 6),
    date(2013, 12, 30),
    date(2014, 5, 5),
    date(2015, 12, 28),
    date(2016, 5, 2),
    date(2018, 11, 1),
    date(2019, 6, 3),
    date(2021, 12, 6),
)
"""Eight days: each law, and both sides of a change."""
VISITATION = {2: "jobparat", 3: "aktivitetsparat", 12: "uddannelsesparat", 13: "aktivitetsparat"}
VISITATION_2020 = {2: "jobparat", 3: "aktivitetsparat", 4: "uddannelsesparat", 5: "aktivitetsparat"}
SITUATIONS = ("kontaktforloeb", "virksomhedspraktik", "ordinaer_uddannelse", "ordinaert_job", "selvforsoergende")

Answer = dict[str, Any]
"""The bare answer of every rule that is asked, and what is drawn from them."""
DUE = ((date(2014, 1, 1), 7), (date(2016, 1, 1), 14))
BEFORE = ((date(2014, 1, 1), 3),)
MONTHS = ((date(2014, 1, 1), 6),)
RATE = ((date(2014, 1, 1), 50), (date(2019, 1, 1), 0))
CEILING = ((date(2010, 1, 1), 10),)
PAID = {"VIRK": "Løn for frikøbte timer", "EKST": "Honorar til leverandøren", "HONO": "Honorar"}


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
            decisive=True if kind == "VIRK" else None,
            hourly_rate=100 * draw.randint(150, 600),
        )
        yield CaseFacts(
            date=day,
            citizen=citizen,
            request=request,
            budget=BudgetFacts(frame_remaining=100 * draw.randint(0, 40_000)),
            id=str(number),
        )


UNDER_BOTH_ACTS = {1, 4, 5, 6, 7, 8, 9, 11, 12, 13, 14}
"""Groups of 2014-2015 that the integration programme does not take out of LAB (§ 2, nr. 2, 3 and 10 are)."""


def figure(values: tuple[tuple[date, int], ...], day: date) -> int:
    """Return the figure of a day: the last that has begun."""
    found = 0
    for begins, value in values:
        if begins <= day:
            found = value
    return found


def written_by_hand(facts: CaseFacts) -> Answer:  # noqa: C901 - one run of ifs, as a floor should be
    """Answer a case of 2014-2015 in bare ifs: LAB §§ 31 b, 31 c, 31 d, 31 e, 93, 96 c and 121 a."""
    citizen, request, day = facts.citizen, facts.request, facts.date
    start, group = request.start or day, citizen.group or 0
    kind, minutes = request.mentor_type or "", request.minutes_per_week or 0
    last = start + timedelta(days=7 * (request.weeks or 0) - 1)
    under_lab = group in UNDER_BOTH_ACTS or not citizen.integration_programme
    said: Answer = {"lab2014.applies": under_lab, "lab2014.s31b.groups": True}
    if kind == "VIRK":
        said["lab2014.s31d.beyond"] = request.beyond_normal
        if request.beyond_normal:
            said["lab2014.s31d.decisive"] = request.decisive
    eligible = under_lab and (kind != "VIRK" or bool(request.beyond_normal))
    duty: bool | None = True
    missing = []
    if group in (3, 13):
        if citizen.can_take_other_offers is None:
            duty = None
            missing.append("citizen.can_take_other_offers")
        elif (
            citizen.can_take_other_offers
            or citizen.cannot_because != "personal"
            or citizen.visitation != "aktivitetsparat"
        ):
            duty = False
        said["lab2014.s96c.who" if group == 13 else "lab2014.s93.who"] = duty
        if group == 3 and duty is not False:
            said["lab2014.s93.firstonly"] = citizen.first_offer
            if not citizen.first_offer:
                duty = False
    else:
        duty = False
        said["lab2014.rp.excluded"] = False
    discharge: bool | None = False
    earliest = None
    if group:
        if citizen.discharge_date is not None:
            earliest = months_on(citizen.discharge_date, -figure(BEFORE, day))
            discharge = start >= earliest if start <= last_day(earliest, 6) else None
        said["lab2014.s31b.psych.right"] = discharge
    by_discharge = discharge if eligible else False
    owed = duty if eligible else False
    right = (
        False if not eligible else True if duty or discharge else None if duty is None or discharge is None else False
    )
    longest = last_day(start, figure(MONTHS, day))
    least = last_day(start, 6) if by_discharge else None
    said["lab2014.s31c.duration"] = last <= longest
    said["lab2014.s31e.hours"] = f"{minutes / 60:.2f}".rstrip("0").rstrip(".").replace(".", ",")
    said["local.hours_ceiling"] = minutes <= 60 * figure(CEILING, day)
    said["lab2014.who"] = kind in ("INT", "VIRK", "EKST", "BOST", "VKON", "UDD", "SAGS", "TILB", "HONO")
    said["lab2014.s31e.cost"] = PAID.get(kind, "Kommunal løn")
    interval = None
    if owed:
        interval = said["lab2014.rp.contact"] = figure(DUE, day)
    warnings = []
    grounds = said.get("lab2014.s93.firstonly") or said.get("lab2014.s96c.who") or discharge
    if grounds and said.get("lab2014.s31d.beyond") is False:
        warnings.append("mentor_not_beyond_normal")
    if group and discharge is None:
        warnings.append("psychiatric_late_start_unconfirmed")
    if citizen.discharge_date is not None and discharge is False and group:
        warnings.append("before_earliest_start")
    if last > longest:
        warnings.append("period_too_long")
    if least is not None and last < least:
        warnings.append("period_too_short")
    if not said["local.hours_ceiling"]:
        warnings.append("hours_above_local_ceiling")
    if group == 14 and day < date(2014, 7, 1):
        warnings.append("jobafklaring_2014_unconfirmed")
    if not eligible:
        frame = "no_reimbursement"
    elif by_discharge:
        frame = "mentor_2014"
        said["lab2014.s121a.groups"] = True
    elif group in (0, 1, 2):
        frame = "no_reimbursement"
        said["lab2014.refunded"] = False
    elif group in (11, 14):
        frame = "none_unlimited"
        said["lab2014.ressource.refund"] = True
    else:
        frame = "mentor_2014"
        said["lab2014.s121a.groups"] = True
    days = (last - start).days + 1
    cost = (2 * minutes * days * (request.hourly_rate or 0) + 420) // 840
    left = facts.budget.frame_remaining or 0
    parts = [(start, last, cost)]
    if start.year != last.year:
        turn = date(last.year, 1, 1)
        before = cost * (turn - start).days // days
        over = cost * (turn - start).days % days
        before += over > days - over or (over == days - over)
        parts = [(start, turn - timedelta(days=1), before), (turn, last, cost - before)]
    kept, refund = [], 0
    weights, room = [], left
    for first, _, base in parts:
        rate = 0 if frame == "no_reimbursement" else figure(RATE, first)
        inside = base
        if frame == "mentor_2014":
            inside = min(base, room)
            room -= inside
        weights.append(rate * inside)
    refund = (2 * sum(weights) + 100) // 200
    open_way = eligible and discharge is None and frame != "mentor_2014"
    shares = [refund]
    if len(parts) == 2:
        whole = sum(weights)
        one = refund * weights[0] // whole if whole else 0
        rest = refund * weights[0] % whole if whole else 0
        other = refund * weights[1] % whole if whole else 0
        if whole and one + refund * weights[1] // whole < refund and rest >= other:
            one += 1
        shares = [one, refund - one]
    for (first, end, base), share in zip(parts, shares, strict=True):
        kept.append((first, end, frame, base, None if open_way else share))
    if frame == "mentor_2014" and cost > left:
        warnings.append("frame_exceeded")
        if owed:
            said["lab2014.rp.frame"] = True
    clash = citizen.can_take_other_offers and citizen.cannot_because is not None
    clash = clash or (citizen.psychiatric_inpatient is False and citizen.discharge_date is not None)
    clash = clash or (request.cost is not None and request.hourly_rate is not None)
    clash = clash or (request.end is not None and request.end != last)
    outcome = "must_not" if not eligible else "undecided" if missing or clash else "must" if right else "may"
    return {
        "said": said,
        "outcome": outcome,
        "rights": (eligible, right, owed),
        "interval": interval,
        "days": (longest, least, earliest),
        "parts": kept,
        "refund": (cost, None if open_way else refund, None if open_way else cost - refund),
        "missing": missing if eligible else [],
        "warnings": warnings,
    }


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


def as_answer(assessment: Assessment) -> Answer:
    """Return the product's assessment as the floor answers."""
    refund, longest = assessment.reimbursement, assessment.max_period
    assert refund is not None
    assert longest is not None
    return {
        "said": {found.rule: found.answer for found in assessment.deciding},
        "outcome": assessment.outcome.value,
        "rights": (assessment.eligible, assessment.right, assessment.right_and_duty),
        "interval": assessment.min_contact_interval_days,
        "days": (longest.last_day, assessment.min_period_last_day, assessment.earliest_start),
        "parts": [(part.first, part.last, part.frame, part.base, part.amount) for part in refund.parts],
        "refund": (refund.base, refund.amount, refund.own_cost),
        "missing": list(assessment.missing),
        "warnings": list(assessment.warnings),
    }
