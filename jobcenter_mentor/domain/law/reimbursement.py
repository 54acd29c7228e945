"""Calculate the reimbursement (refusion) of a cost, each day by its own year and rule; own cost is the rest."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

from jobcenter_mentor.domain.kernel.frame_kinds import FRAME_NAMES
from jobcenter_mentor.domain.kernel.money import (
    divide_half_away,
    period_cost,
    round_half_away,
    share,
    to_decimal_string,
)
from jobcenter_mentor.domain.kernel.periods import Period
from jobcenter_mentor.domain.law.assessment import Finding, Reimbursement, ReimbursementPart
from jobcenter_mentor.domain.law.facts import CaseFacts
from jobcenter_mentor.domain.law.law import Law
from jobcenter_mentor.domain.law.refund_ways import WHOLE_RATE, AgreedGroup, Way, account_on, way_on
from jobcenter_mentor.domain.law.rules.rulebook import LAW_2020, finding

ONE_DAY = timedelta(days=1)
REFUND_FIGURES = ("reimbursement.",)
"""Beginnings of the names of the figures that split a period."""
Stretch = tuple[Period, Way]


def frozen_group(facts: CaseFacts, discharge_right: bool) -> AgreedGroup | None:
    """Return the group that decides the refund: that of the running agreement, otherwise the citizen's on the day.

    None where it is unknown. A group of an agreement is numbered by the law of the agreement's day.
    """
    agreement = facts.agreement
    number = facts.citizen.group if agreement is None else agreement.group
    if number is None:
        return None
    given_on = facts.date if agreement is None or agreement.date is None else agreement.date
    return AgreedGroup(number, given_on, discharge_right, bool(facts.citizen.refugee_full_refund))


def must_be_given_beyond_frame(remaining: int, base: int) -> Finding:
    """LAB §§ 93 and 96 c, with §§ 121 a and 118: the frame limits the refund, never the duty; amounts in øre."""
    return finding(
        "lab2014.rp.frame", True, {"frame_remaining": to_decimal_string(remaining), "cost": to_decimal_string(base)}
    )


def is_excluded(facts: CaseFacts, law: Law) -> Finding | None:
    """The order's § 122, stk. 2 (from 2022 § 124, 2024 § 125): no transport, sick pay or overhead.

    None before 2020, and where nothing was taken out.
    """
    request = facts.request
    if not request.cost_excluded or not _is_from_2020(facts, law):
        return None
    used = {"cost_excluded": to_decimal_string(request.cost_excluded)}
    return finding("lab2020.bek122.excl", True, used, law=law.on(request.start or facts.date))


def split_cost(minutes_per_week: int, first: date, last: date, price_ore: int) -> list[tuple[int, int]]:
    """Return the cost by year: minutes a week x days / 7 x price of an hour, in øre, each day in its own year.

    The whole is rounded once (half away from zero); the years are shares by days that sum exactly to it.
    """
    period = Period(first, last)
    years = period.split_by_year()
    parts = share(period_cost(minutes_per_week, period.days, price_ore), [year.days for year in years])
    return [(year.first.year, cost) for year, cost in zip(years, parts, strict=True)]


def dated_costs(facts: CaseFacts) -> list[tuple[Period, int]] | None:
    """Return the given periods, each with its cost in øre; None when cost or period is not known."""
    request = facts.request
    if request.costs is not None:
        return [(Period(cost.first, cost.last), cost.amount) for cost in request.costs]
    first, last = request.start, request.last_day
    if first is None or last is None:
        return None
    period = Period(first, last)
    if request.cost is not None:
        return [(period, request.cost)]
    if request.hourly_rate is None or request.minutes_per_week is None:
        return None
    return [(period, period_cost(request.minutes_per_week, period.days, request.hourly_rate))]


def stretches(period: Period, agreed: AgreedGroup | None, law: Law) -> list[Stretch]:
    """Return the period split by accounting years and changes of rule that change the frame or the rate."""
    first, last = period.first, period.last
    cuts = law.changes(REFUND_FIGURES, first, last)
    if not cuts and first.year == last.year:
        return [(period, way_on(agreed, law.on(first)))]
    years = (date(year, 1, 1) for year in range(first.year + 1, last.year + 1))
    starts = [first, *sorted({*cuts, *years})]
    ends = [*(day - ONE_DAY for day in starts[1:]), period.last]
    parted: list[Stretch] = []
    for first, last in zip(starts, ends, strict=True):
        way = way_on(agreed, law.on(first))
        before, known = parted[-1] if parted else (None, None)
        same_year = before is not None and before.last.year == first.year
        if before and known and same_year and (known.frame, known.rate) == (way.frame, way.rate):
            parted[-1] = (Period(before.first, last), known)
        else:
            parted.append((Period(first, last), way))
    return parted


def costs_by_rule(facts: CaseFacts, agreed: AgreedGroup | None, law: Law) -> list[tuple[Stretch, int]] | None:
    """Return the cost distributed by days on the parts of the period, in øre, summing exactly.

    None when cost or period is not known.
    """
    costs = dated_costs(facts)
    if costs is None:
        return None
    parted: list[tuple[Stretch, int]] = []
    for period, amount in costs:
        pieces = stretches(period, agreed, law)
        parted += zip(pieces, share(amount, [piece.days for piece, _ in pieces]), strict=True)
    return parted


def _is_from_2020(facts: CaseFacts, law: Law) -> bool:
    """Tell whether the support starts under the law from 2020; False where no law is entered."""
    return law.on(facts.request.start or facts.date).found_code == LAW_2020


def _of_direct_contact(facts: CaseFacts, cost: int, law: Law) -> int:
    """Return the share of a cost in øre that pays for direct contact.

    By the order from 2020 preparation is never refunded.
    """
    total, direct = facts.request.total_minutes, facts.request.direct_contact_minutes
    if not total or direct is None or direct >= total or not _is_from_2020(facts, law):
        return cost
    return round_half_away(Fraction(cost * direct) / total)


def reimburse(facts: CaseFacts, agreed: AgreedGroup | None, law: Law, only: Way | None = None) -> Reimbursement:
    """LAB §§ 118-121 a: rate x the cost that the frame still covers; whole øre, rounded once on the total.

    The place share and the excluded cost are subtracted first. Amounts are None where the cost, the remaining frame, or
    the rate of one of the days is not known; the rate is the law's also when the frame is empty. Rate, frame and
    account of the whole are those of the first part, without a cost those of the day the support starts. `only`
    replaces the way of the group: a case that may not be granted has no reimbursement.
    """
    costs = costs_by_rule(facts, agreed, law)
    day = facts.request.start or facts.date
    if costs is None:
        way = only or way_on(agreed, law.on(day))
        return Reimbursement(way.rate, way.frame, None, None, None, account_on(way, law.on(day)), ())
    if only is not None:
        costs = [((period, only), amount) for (period, _), amount in costs]
    amounts = [amount for _, amount in costs]
    places, gross = facts.request.place_share, sum(amounts)
    eligible = _of_direct_contact(facts, max(gross - facts.request.cost_excluded, 0), law)
    base, own = _part_of(eligible, places), _part_of(gross, places)
    bases = amounts if base == gross else share(base, amounts)
    parts = _parts(facts, [stretch for stretch, _ in costs], bases)
    refunds = [part.amount for part in parts if part.amount is not None]
    amount = sum(refunds) if len(refunds) == len(parts) else None
    period, way = costs[0][0] if costs else (Period(day, day), only or way_on(agreed, law.on(day)))
    account = account_on(way, law.on(period.first))
    own_cost = None if amount is None else own - amount
    return Reimbursement(way.rate, way.frame, base, amount, own_cost, account, tuple(parts))


def _part_of(amount: int, places: int) -> int:
    return amount if places == 1 else divide_half_away(amount, places)


def without_amounts(refund: Reimbursement) -> Reimbursement:
    """Return the refund without amounts, for contradicting facts or an open right that changes the frame."""
    parts = tuple(replace(part, amount=None) for part in refund.parts)
    return replace(refund, amount=None, own_cost=None, parts=parts)


def framed_cost(refund: Reimbursement) -> int:
    """Return the cost that counts in a frame, in øre."""
    return sum([part.base for part in refund.parts if part.frame in FRAME_NAMES])


def _parts(facts: CaseFacts, parted: list[Stretch], bases: list[int]) -> list[ReimbursementPart]:
    remaining = facts.budget.frame_remaining
    weights: list[int] = []
    left = remaining or 0
    for (_, way), base in zip(parted, bases, strict=True):
        inside = base
        if way.is_framed:
            inside = min(base, left)
            left -= inside
        weights.append(way.ten_thousandths * inside)
    weight = sum(weights)
    amounts = share(divide_half_away(weight, WHOLE_RATE), weights) if weight else weights
    parts = []
    for (period, way), base, amount in zip(parted, bases, amounts, strict=True):
        unknown = way.rate is None or (remaining is None and way.is_framed)
        refund = None if unknown else amount
        parts.append(ReimbursementPart(period.first, period.last, way.rate, way.frame, base, refund))
    return parts
