"""Changes of a course: other hours, another mentor or an early end; the reservation follows each time."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from sqlalchemy import select
from sqlalchemy.orm import Session

from jobcenter_mentor.casefile.followups import service as followups
from jobcenter_mentor.casefile.journal import service as journal
from jobcenter_mentor.casework.frames import month_sums
from jobcenter_mentor.casework.frames import service as frames
from jobcenter_mentor.casework.frames.service import CostLine
from jobcenter_mentor.casework.grants import subcourses
from jobcenter_mentor.casework.grants.models import IMPORTED, Grant, GrantPeriod
from jobcenter_mentor.casework.grants.proposal import record
from jobcenter_mentor.domain.kernel import money
from jobcenter_mentor.domain.kernel.change_days import SECTION_6_FROM
from jobcenter_mentor.domain.kernel.errors import Conflict, InvalidTransition, NotAllowed, ValidationFailed
from jobcenter_mentor.domain.kernel.statuses import GrantStatus
from jobcenter_mentor.domain.law.reimbursement import split_cost
from jobcenter_mentor.people.mentors.models import Mentor
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.access.policy import may
from jobcenter_mentor.platform.links import service as links
from jobcenter_mentor.platform.links.service import Subject

ORDINARY_OFFER, DECLINED, DIED, MOVED = "ordinary_offer", "declined", "died", "moved"
VISITATION = "visitation"
END_REASONS = {
    ORDINARY_OFFER: "Borgeren begynder i et ordinært tilbud",
    "off_benefit": "Borgeren får ikke længere ydelsen",
    VISITATION: "Visitationen er ændret, så borgeren har forladt målgruppen",
    MOVED: "Borgeren er flyttet fra kommunen",
    DIED: "Borgeren er død",
    "goal": "Målet er nået",
    DECLINED: "Borgeren ønsker ikke længere mentor",
    "other": "Anden grund",
}
REGISTERED = frozenset({"off_benefit", VISITATION})
"""Reasons by which the citizen leaves the group that is registered (målgruppe og visitation)."""
LEAVES_GROUP = REGISTERED | {MOVED, DIED}
ENDED_REASONS = {VISITATION: SECTION_6_FROM}
"""Reasons the law no longer has: from 2020 no visitation takes a citizen out of the groups that may get a mentor."""
ENDS_A_RIGHT = LEAVES_GROUP | {DECLINED}
"""Why a right at discharge may end before its least period: the citizen declines, or is no longer of the group."""
MOST_MINUTES = 168 * 60
TO_CLOSE = "Forløbet kan ikke ændres. Luk det under »Ophør af forløbet« med grunden »Borgeren er død«."
"""The message that says what is left to do with the course of a citizen who is dead."""
LOG_LINK = "log"
"""The purpose of a link by which the mentor of a course logs a meeting."""


@dataclass(frozen=True)
class GrantEnding:
    """An early end (ophør): last day, a code of `END_REASONS`, a note, and the start of an ordinary offer, if any."""

    last_day: date
    reason: str
    note: str = ""
    offer_start: date | None = None


def change_hours(
    session: Session,
    grant: Grant,
    *,
    minutes_per_week: int,
    from_day: date,
    reason: str,
    actor: Actor,
    may_go_beyond: bool = False,
) -> Grant:
    """Change the hours from a day on: a new hours period of the same course, and the reservation is resized.

    Raises ValidationFailed at the field, InvalidTransition when the course is over, and Conflict when a discretionary
    course no longer fits the frame, unless it may go beyond.
    """
    _lock_open(session, grant, actor)
    errors = hours_errors(grant, minutes_per_week=minutes_per_week, from_day=from_day, reason=reason)
    if errors:
        raise ValidationFailed("Timetallet er ikke ændret. Ret de markerede felter.", errors=errors)
    before = grant.minutes_on(from_day)
    if before == minutes_per_week:
        return grant
    cut_periods(grant, from_day - timedelta(days=1))
    _append(grant, from_day, minutes_per_week, reason.strip())
    _resize(session, grant, may_go_beyond)
    subcourses.keep(session, [grant.id])
    record(
        session, grant, "grant.change_hours", actor.user, {"from": before, "to": minutes_per_week, "on": str(from_day)}
    )
    return grant


def hours_errors(grant: Grant, *, minutes_per_week: int, from_day: date, reason: str) -> dict[str, list[str]]:
    """Return the errors in a change of hours, by field; empty when it may be proposed."""
    errors: dict[str, list[str]] = {}
    if not 0 < minutes_per_week <= MOST_MINUTES:
        errors["minutes_per_week"] = ["Timer om ugen skal være over 0 og højst 168."]
    if not grant.start <= from_day <= grant.last_day:
        span = f"{grant.start:%d.%m.%Y} til {grant.last_day:%d.%m.%Y}"
        errors["from_day"] = [f"Dagen skal ligge i forløbet, {span}."]
    if not reason.strip():
        errors["reason"] = ["Skriv, hvorfor timetallet ændres."]
    return errors


def set_mentor(
    session: Session,
    grant: Grant,
    mentor: Mentor,
    *,
    hourly_price: int,
    actor: Actor,
    may_go_beyond: bool = False,
) -> Grant:
    """Assign a mentor and recalculate the reservation at the mentor's price, in øre an hour.

    The first mentor's price counts from the start; that of a new mentor from the day, and the days before keep theirs.
    Links given to the mentor before are withdrawn. Raises Conflict for a price that nobody has approved.
    """
    _lock_open(session, grant, actor)
    if hourly_price > grant.approved_price:
        raise Conflict(f"{mentor.name} koster mere i timen end det, der er godkendt. En anden skal godkende det først.")
    if grant.mentor_id == mentor.id and grant.hourly_price == hourly_price:
        return grant
    if grant.mentor_id is not None and grant.start < actor.day <= grant.last_day:
        _keep_price_before(grant, actor.day)
    previous = grant.mentor.public_id if grant.mentor else ""
    grant.mentor, grant.hourly_price = mentor, hourly_price
    _resize(session, grant, may_go_beyond)
    record(session, grant, "grant.set_mentor", actor.user, {"mentor": mentor.public_id, "previous": previous})
    if previous != mentor.public_id:
        course, seen = Subject("grant", grant.public_id), [grant.citizen_id]
        links.withdraw(session, course, purpose=LOG_LINK, actor=actor, citizens=seen)
    case = journal.JournalCase(grant.citizen_id, grant.id, grant.case_number)
    title = f"{'Ny mentor' if previous else 'Mentor valgt'}: {mentor.name}"
    journal.record(session, "handover", title, case, about=("grant", grant.public_id), by=actor.user, on=actor.day)
    return grant


def end_early(session: Session, grant: Grant, ending: GrantEnding, *, actor: Actor) -> Grant:
    """End the course early (ophør): gives the rest of the reservation back and drops what is open.

    A right-and-duty course may only end for an ordinary offer that starts at the latest on the day after, or when the
    citizen leaves the group. Raises ValidationFailed at the field, and InvalidTransition when it is over already.
    """
    _lock_open(session, grant, actor)
    if grant.ended_on is not None:
        raise InvalidTransition(f"Forløbet er allerede bragt til ophør pr. {grant.ended_on:%d.%m.%Y}.")
    errors = ending_errors(grant, ending, actor.day)
    if errors:
        raise ValidationFailed("Forløbet er ikke stoppet. Ret de markerede felter.", errors=errors)
    planned = grant.last_day
    grant.ended_on, grant.end_reason = ending.last_day, _end_words(ending)
    grant.last_day = max(ending.last_day, grant.start)
    cut_periods(grant, ending.last_day)
    _resize(session, grant)
    subcourses.keep(session, [grant.id])
    followups.drop_open(session, grant.id, reason="Forløbet er bragt til ophør", actor=actor)
    detail = {"last_day": str(ending.last_day), "planned": str(planned), "reason": ending.reason}
    record(session, grant, "grant.end_early", actor.user, detail)
    return grant


def reasons_for(grant: Grant, on: date) -> dict[str, str]:
    """Return the reasons for which the course may end on the day, by code, in Danish.

    Right and duty (LAB §§ 93, 96 c) end for an ordinary offer or when the citizen leaves the group; the right at
    discharge (§ 31 b, stk. 2, from 2020 § 167, stk. 2) lasts six months unless the citizen declines or leaves.
    """
    allowed: Collection[str] = END_REASONS
    if grant.right_and_duty:
        allowed = LEAVES_GROUP | {ORDINARY_OFFER}
    elif grant.discharge_right:
        allowed = ENDS_A_RIGHT
    return {code: words for code, words in END_REASONS.items() if code in allowed and not _is_ended(code, on)}


def _is_ended(reason: str, on: date) -> bool:
    return reason in ENDED_REASONS and on >= ENDED_REASONS[reason]


def cost_lines(session: Session, grant: Grant) -> list[CostLine]:
    """Return the cost of a course by year, in øre.

    Each period has its own price; frame and rate are those frozen at the grant.
    """
    known = {row.year: (row.frame_kind, row.rate_percent) for row in frames.list_reservations(session, grant.id)}
    totals: dict[int, int] = {}
    for period in grant.periods:
        price = grant.hourly_price if period.hourly_price is None else period.hourly_price
        for year, cost in split_cost(period.minutes_per_week, period.first_day, period.last_day, price):
            totals[year] = totals.get(year, 0) + cost
    own = money.round_half_away(Fraction(sum(totals.values()), grant.place_share))
    shares = money.share(own, list(totals.values())) if own else [0] * len(totals)
    standard = (grant.frame_kind, grant.rate_percent)
    return [CostLine(year, cost, *known.get(year, standard)) for year, cost in zip(totals, shares, strict=True)]


def cut_periods(grant: Grant, last_day: date) -> None:
    """Cut the hours periods so that nothing is left after the day."""
    grant.periods[:] = [period for period in grant.periods if period.first_day <= last_day]
    for period in grant.periods:
        period.last_day = min(period.last_day, last_day)


def _append(grant: Grant, first_day: date, minutes_per_week: int, reason: str) -> None:
    grant.periods.append(
        GrantPeriod(
            first_day=first_day, last_day=grant.last_day, minutes_per_week=minutes_per_week, reason=reason[:200]
        )
    )


def _keep_price_before(grant: Grant, day: date) -> None:
    """Divide the period that contains the day, and keep the old price on all that lies before it."""
    running = next((p for p in grant.periods if p.first_day < day <= p.last_day), None)
    if running is not None:
        new = GrantPeriod(first_day=day, last_day=running.last_day, minutes_per_week=running.minutes_per_week)
        new.reason, running.last_day = "Ny mentor", day - timedelta(days=1)
        grant.periods.append(new)
    for period in grant.periods:
        if period.last_day < day and period.hourly_price is None:
            period.hourly_price = grant.hourly_price


def _resize(session: Session, grant: Grant, may_go_beyond: bool = False) -> None:
    """Let the reservation follow; a right and an imported course go beyond the frame where it is full."""
    session.flush()
    lines = cost_lines(session, grant)
    demanded = may_go_beyond or bool(grant.right) or grant.origin == IMPORTED
    shrinks = sum(line.cost for line in lines) <= sum(r.cost for r in frames.list_reservations(session, grant.id))
    frames.resize(session, grant_id=grant.id, lines=lines, may_go_beyond=demanded or shrinks)
    month_sums.keep(session, grant.id)


def _lock_open(session: Session, grant: Grant, actor: Actor) -> None:
    """Lock the course and check that it may be changed; raises NotAllowed and InvalidTransition."""
    statement = select(Grant).where(Grant.id == grant.id).with_for_update(of=Grant)
    session.scalars(statement.execution_options(populate_existing=True)).one()
    if not may(actor.user, "grant.change", on=actor.day, subject=grant):
        raise NotAllowed("Du kan ikke ændre dette forløb.")
    if grant.status_on(actor.day) in (GrantStatus.EXPIRED, GrantStatus.ENDED):
        raise InvalidTransition(f"Forløbet er {grant.status_on(actor.day).label} og kan ikke ændres.")


def ending_errors(grant: Grant, ending: GrantEnding, on: date) -> dict[str, list[str]]:
    """Return the errors in an early end, by field; empty when it may be proposed."""
    errors: dict[str, list[str]] = {}
    if ending.reason not in END_REASONS:
        errors["reason"] = ["Vælg en af mulighederne."]
    elif _is_ended(ending.reason, on):
        errors["reason"] = [
            f"Fra {ENDED_REASONS[ending.reason]:%d.%m.%Y} forlader borgeren ingen målgruppe, fordi visitationen er "
            "ændret. Vælg en anden grund."
        ]
    elif ending.reason not in reasons_for(grant, on):
        errors["reason"] = [_NOT_A_REASON[bool(grant.right_and_duty)]]
    if ending.last_day >= grant.last_day:
        errors["last_day"] = [f"Forløbet slutter selv den {grant.last_day:%d.%m.%Y}. Vælg en tidligere dag."]
    if ending.reason == ORDINARY_OFFER:
        errors |= _offer_errors(ending)
    if ending.reason == "other" and not ending.note.strip():
        errors["note"] = ["Skriv grunden."]
    return errors


_NOT_A_REASON = {
    True: (
        "Mentoren er ret og pligt og kan kun ophøre, når borgeren begynder i et ordinært tilbud "
        "eller forlader målgruppen."
    ),
    False: "Retten ved udskrivning gælder mindst seks måneder, medmindre borgeren siger nej eller forlader målgruppen.",
}


def _offer_errors(ending: GrantEnding) -> dict[str, list[str]]:
    if ending.offer_start is None:
        return {"offer_start": ["Skriv, hvornår det ordinære tilbud begynder."]}
    if ending.offer_start > ending.last_day + timedelta(days=1):
        return {"offer_start": ["Tilbuddet skal begynde straks efter mentorens sidste dag, senest næste dag."]}
    return {}


def _end_words(ending: GrantEnding) -> str:
    note = f": {ending.note.strip()}" if ending.note.strip() else ""
    return f"{END_REASONS[ending.reason]}{note}"[:200]
