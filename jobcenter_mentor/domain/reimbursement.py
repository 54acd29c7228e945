"""Refusion: what the state pays, from which frame, and how a cost is spread over days. LAB §§ 121 a and 120-121."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

from jobcenter_mentor.domain.assessment import Finding, Reimbursement, ReimbursementPart
from jobcenter_mentor.domain.errors import NotInForce
from jobcenter_mentor.domain.facts import CaseFacts
from jobcenter_mentor.domain.law import Law, LawOfDay
from jobcenter_mentor.domain.money import period_cost, round_half_away, share, to_decimal_string
from jobcenter_mentor.domain.periods import Period
from jobcenter_mentor.domain.rulebook import finding

MENTOR_FRAME = "mentor_2014"
NO_FRAME = "none_unlimited"
NO_REIMBURSEMENT = "no_reimbursement"

_RULES = {
    MENTOR_FRAME: ("lab2014.s121a.groups", "reimbursement.groups_in_mentor_frame"),
    NO_FRAME: ("lab2014.ressource.refund", "reimbursement.groups_outside_frame"),
    NO_REIMBURSEMENT: ("lab2014.s121a.none", "reimbursement.groups_without"),
}


def frozen_group(facts: CaseFacts) -> int | None:
    """Målgruppen, der afgør refusionen: that of the running agreement, else the citizen's on the day."""
    return facts.citizen.group if facts.agreement is None else facts.agreement.group


def which_frame(group: int, discharge_right: bool, law: LawOfDay) -> str:
    """LAB § 121 a: mentor frame, outside it (groups 11 and 14, §§ 120-121), or no reimbursement.

    The right at discharge (§ 31 b, stk. 2) always counts in the mentor frame. Where the municipality follows SFI to the
    letter, only the groups SFI names do. Raises NotInForce for a group that stands in none of the lists.
    """
    if discharge_right:
        return MENTOR_FRAME
    if group in law.members("reimbursement.groups_without"):
        return NO_REIMBURSEMENT
    if group in law.members("reimbursement.groups_outside_frame"):
        return NO_FRAME
    if group not in law.members("reimbursement.groups_in_mentor_frame"):
        raise NotInForce("reimbursement.groups_in_mentor_frame", law.day)
    if law.flag("local.follow_sfi_literally") and group not in law.members("reimbursement.groups_named_by_sfi"):
        return NO_REIMBURSEMENT
    return MENTOR_FRAME


def is_reimbursed(group: int, frame: str, law: LawOfDay) -> Finding:
    """LAB §§ 121 a og 120-121: which of the three ways the cost goes, with the groups of that way."""
    rule, figure = _RULES[frame]
    return finding(rule, True, {"group": group, "frame": frame}, value=law[figure], source=law.source(figure))


def must_be_given_beyond_frame(remaining: int, base: int) -> Finding:
    """LAB §§ 93 og 96 c, jf. § 121 a: the frame limits the reimbursement, never the duty; amounts in øre."""
    return finding(
        "lab2014.rp.frame", True, {"frame_remaining": to_decimal_string(remaining), "cost": to_decimal_string(base)}
    )


def split_cost(minutes_per_week: int, first: date, last: date, price_ore: int) -> list[tuple[int, int]]:
    """Udgift pr. år: minutes a week x days / 7 x price of an hour, in øre, each day in its own year.

    The whole is rounded once (half away from zero); the years are shares by days that sum exactly to it.
    """
    period = Period(first, last)
    years = period.split_by_year()
    parts = share(period_cost(minutes_per_week, period.days, price_ore), [year.days for year in years])
    return [(year.first.year, cost) for year, cost in zip(years, parts, strict=True)]


def dated_costs(facts: CaseFacts) -> list[tuple[Period, int]] | None:
    """Udgiften efter dage: one part per year and given period, in øre; None when cost or period is not known."""
    request = facts.request
    if request.costs is not None:
        given = [(Period(cost.first, cost.last), cost.amount) for cost in request.costs]
        return [part for period, amount in given for part in _by_year(period, amount)]
    if request.start is None or request.last_day is None:
        return None
    period = Period(request.start, request.last_day)
    if request.cost is not None:
        return _by_year(period, request.cost)
    if request.hourly_rate is None or request.minutes_per_week is None:
        return None
    return _by_year(period, period_cost(request.minutes_per_week, period.days, request.hourly_rate))


def _by_year(period: Period, amount: int) -> list[tuple[Period, int]]:
    years = period.split_by_year()
    return list(zip(years, share(amount, [year.days for year in years]), strict=True))


def reimburse(facts: CaseFacts, frame: str, law: Law) -> Reimbursement:
    """LAB §§ 121 a og 120-121: rate x the cost that the frame still covers; whole øre, rounded once on the total.

    The place share and the excluded cost are taken out first. Amounts are None where the cost, what is left of the
    frame, or the law of one of the days is not known; the rate is the law's also when the frame is empty.
    """
    rate = _rate(frame, law.on(facts.date))
    account = law.on(facts.date).text("reimbursement.resource_account") if frame == NO_FRAME else None
    costs = dated_costs(facts)
    if costs is None:
        return Reimbursement(rate, frame, None, None, None, account, ())
    places, gross = facts.request.place_share, sum(amount for _, amount in costs)
    eligible = max(gross - facts.request.cost_excluded, 0)
    base, own = round_half_away(Fraction(eligible, places)), round_half_away(Fraction(gross, places))
    bases = share(base, [amount for _, amount in costs]) if gross else [0 for _ in costs]
    parts = _parts(facts, frame, law, [(period, part) for (period, _), part in zip(costs, bases, strict=True)])
    amounts = [part.amount for part in parts if part.amount is not None]
    amount = sum(amounts) if len(amounts) == len(parts) else None
    return Reimbursement(rate, frame, base, amount, None if amount is None else own - amount, account, tuple(parts))


def without_amounts(refund: Reimbursement) -> Reimbursement:
    """Uden beløb: where it is not settled whether the right at discharge moves the cost into the mentor frame."""
    parts = tuple(replace(part, amount=None) for part in refund.parts)
    return replace(refund, amount=None, own_cost=None, parts=parts)


def _rate(frame: str, law: LawOfDay) -> Decimal:
    return Decimal("0.00") if frame == NO_REIMBURSEMENT else law.decimal("reimbursement.rate")


def _rate_on(day: date, frame: str, law: Law) -> Decimal | None:
    try:
        law.on(day).text("mentor.law")
    except NotInForce:
        return None
    return _rate(frame, law.on(day))


def _parts(facts: CaseFacts, frame: str, law: Law, bases: list[tuple[Period, int]]) -> list[ReimbursementPart]:
    rates = [_rate_on(period.first, frame, law) for period, _ in bases]
    remaining = facts.budget.frame_remaining
    weights: list[int] = []
    left = remaining or 0
    for (_, base), rate in zip(bases, rates, strict=True):
        inside = min(base, left) if frame == MENTOR_FRAME else base
        left -= inside if frame == MENTOR_FRAME else 0
        weights.append(int((rate or 0) * 10000) * inside)
    total = round_half_away(Fraction(sum(weights), 10000))
    amounts = share(total, weights) if sum(weights) else [0 for _ in weights]
    unknown = frame == MENTOR_FRAME and remaining is None
    return [
        ReimbursementPart(
            period.first,
            period.last,
            rate,
            None if rate is None else frame,
            base,
            None if unknown or rate is None else amount,
        )
        for (period, base), rate, amount in zip(bases, rates, amounts, strict=True)
    ]
