"""Read what courses ask for and what mentors offer, for any number of courses and mentors at once."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from jobcenter_mentor.casework.grants.models import Grant
from jobcenter_mentor.casework.matching.corps_capacity import HORIZON, MentorLoad
from jobcenter_mentor.casework.matching.models import MatchExclusion, MatchWish
from jobcenter_mentor.casework.matching.places import PLACE, Places, places_of
from jobcenter_mentor.casework.referrals.models import Referral
from jobcenter_mentor.domain.kernel.errors import NotInForce
from jobcenter_mentor.domain.law.law import Law
from jobcenter_mentor.domain.law.terms import standard_price
from jobcenter_mentor.domain.matching.pairs import CONFLICTS, EXCLUSIONS, Need, Offer
from jobcenter_mentor.people.citizens.considerations import interpreters
from jobcenter_mentor.people.mentors.models import Mentor
from jobcenter_mentor.people.mentors.service import contact_flaws
from jobcenter_mentor.platform.access.models import RoleAssignment, User

CASEWORKER = "er borgerens egen sagsbehandler"


@dataclass
class Ties:
    """Ties between citizens and mentors by their ids (bånd): earlier courses (year), conflicts, refusals.

    `full` are the mentors with no place left for a course that asks for one; `places` what they were read from.
    """

    known: dict[tuple[int, int], int] = field(default_factory=dict)
    conflicts: dict[tuple[int, int], str] = field(default_factory=dict)
    refusals: dict[tuple[int, int], str] = field(default_factory=dict)
    full: dict[tuple[int, int], str] = field(default_factory=dict)
    places: Places = field(default_factory=Places)

    def on(self, offer: Offer, citizen_id: int) -> Offer:
        """Return the offer as it is for one citizen."""
        key = (citizen_id, offer.key)
        return replace(
            offer,
            knows_since=self.known.get(key),
            conflict=self.conflicts.get(key, ""),
            refusal=self.refusals.get(key, ""),
            full=self.full.get(key, ""),
        )

    def mentors_of(self, citizen_id: int) -> set[int]:
        """Return the mentors with any tie to a citizen."""
        parts = (self.known, self.conflicts, self.refusals, self.full)
        return {mentor for part in parts for who, mentor in part if who == citizen_id}


def needs_of(session: Session, grants: Sequence[Grant], *, on: date) -> dict[int, Need]:
    """Read what each course asks for from the grant, its referral and the newest wish, by grant id.

    It takes three statements. Who needs an interpreter (tolk) cannot do without the language.
    """
    wanted = [grant.referral_id for grant in grants if grant.referral_id is not None]
    referrals = {row.id: row for row in session.scalars(select(Referral).where(Referral.id.in_(wanted)))}
    wishes = wishes_of(session, [grant.id for grant in grants])
    spoken = interpreters(session, {grant.citizen_id for grant in grants}, on)
    found = {}
    for grant in grants:
        start = max(on, grant.start)
        need = _need(grant, referrals.get(grant.referral_id or 0), wishes.get(grant.id), start)
        language = spoken.get(grant.citizen_id)
        found[grant.id] = replace(need, language=language, language_needed=True) if language else need
    return found


def wishes_of(session: Session, grant_ids: Collection[int]) -> dict[int, MatchWish]:
    """Return the newest wish from the matching, by grant id."""
    rows = session.scalars(select(MatchWish).where(MatchWish.grant_id.in_(grant_ids)).order_by(MatchWish.id))
    return {row.grant_id: row for row in rows}


def ties_of(session: Session, grants: Sequence[Grant], on: date) -> Ties:
    """Return earlier courses, conflicts of interest, refusals in force and taken places for the citizens of courses."""
    ties, citizens = Ties(), {grant.citizen_id for grant in grants}
    ties.known = _known(session, citizens, {grant.id for grant in grants})
    rows = session.scalars(
        select(MatchExclusion)
        .where(MatchExclusion.citizen_id.in_(citizens), MatchExclusion.lifted_on.is_(None))
        .order_by(MatchExclusion.id)
    )
    for row in rows:
        because = f": {row.reason}" if row.reason else ""
        part = ties.conflicts if row.kind in CONFLICTS else ties.refusals
        part[row.citizen_id, row.mentor_id] = f"{EXCLUSIONS[row.kind]} ({row.set_on:%d.%m.%Y}){because}"
    for citizen, mentor in _own_caseworkers(session, grants):
        ties.conflicts[citizen, mentor] = CASEWORKER
    ties.places = places_of(session, grants)
    for grant in (grant for grant in grants if grant.form == PLACE):
        taken = ties.places.full(max(on, grant.start))
        ties.full |= {(grant.citizen_id, mentor): words for mentor, words in taken.items()}
    return ties


def offer_of(
    mentor: Mentor,
    load: MentorLoad,
    start: date,
    *,
    law: Law,
    without_grant: int | None = None,
    until: date | None = None,
) -> Offer:
    """Return what a mentor has in the week a course starts and those after, without what depends on the citizen.

    `away` is the absence on the day of the start, or the first one until `until`.
    """
    weeks = load.weeks(start, without_grant=without_grant)
    ahead = load.weeks(start, without_grant=without_grant, absence=False) if load.away else weeks
    absences = sorted(load.away, key=lambda row: row.first)
    away = next((row for row in absences if row.first <= (until or start) and row.last >= start), None)
    price = 0 if mentor.mentor_type == "FRIV" else load.price_on(start)
    if price is None and mentor.supplier_id is None:
        price = standard_on(mentor.mentor_type, start, law)
    later = [(week.monday, week.free) for week in weeks[1:]]
    return Offer(
        key=mentor.id,
        name=mentor.name,
        mentor_type=mentor.mentor_type,
        free=weeks[0].free,
        available=weeks[0].available,
        later=tuple(later),
        ahead=tuple((week.monday, week.available, week.free) for week in ahead[1:]),
        experience=tuple(sorted(load.skills["experience"])),
        away=(away.first, away.last, away.reason) if away else None,
        active_from=mentor.active_from,
        active_to=mentor.active_to,
        languages=tuple(sorted(load.skills["language"])),
        competences=tuple(sorted(load.skills["competence"])),
        area=mentor.area,
        sex=mentor.sex,
        evenings=mentor.evenings,
        price=price,
        flaws=tuple(contact_flaws(mentor)),
        citizens=len({row.grant_id for row in load.booked if row.first <= start <= row.last} - {without_grant}),
        refused_themes=tuple(sorted(mentor.refused_themes or ())),
        preferred_themes=tuple(sorted(mentor.preferred_themes or ())),
    )


def standard_on(mentor_type: str, day: date, law: Law) -> int | None:
    """Return the standard price of a type on a day, in øre; None where none is in force."""
    try:
        return standard_price(mentor_type, law.on(day))
    except NotInForce:
        return None


def minutes_asked(grant: Grant, day: date) -> int:
    """Return the minutes a week with the mentor: a place of 1/n asks for its share, rounded up."""
    return -(-grant.minutes_on(day) // grant.place_share)


def _need(grant: Grant, referral: Referral | None, wish: MatchWish | None, start: date) -> Need:
    citizen = grant.citizen
    own = "" if citizen.language.casefold() in ("", "dansk") else citizen.language
    wished = referral.wished_language if referral is not None else ""
    said = referral.wishes if referral is not None else ""
    return Need(
        mentor_type=grant.mentor_type,
        minutes_per_week=minutes_asked(grant, start),
        start=start,
        tasks=tuple(grant.tasks),
        barriers=tuple(referral.barriers) if referral is not None else (),
        wishes=wish.wishes if wish is not None else said,
        language=wished or own,
        language_needed=bool(wished and own),
        place="" if citizen.protected else citizen.address,
        approved_price=grant.approved_price,
        right_and_duty=bool(grant.right_and_duty),
        last=min(grant.ended_on or grant.last_day, start + timedelta(weeks=HORIZON)),
    )


def _known(session: Session, citizens: Collection[int], grants: Collection[int]) -> dict[tuple[int, int], int]:
    """Return the first year of an earlier course of each citizen with a mentor."""
    statement = (
        select(Grant.citizen_id, Grant.mentor_id, func.min(Grant.start))
        .where(Grant.citizen_id.in_(citizens), Grant.id.not_in(grants), Grant.mentor_id.is_not(None))
        .group_by(Grant.citizen_id, Grant.mentor_id)
    )
    return {(citizen, mentor): first.year for citizen, mentor, first in session.execute(statement) if mentor}


def _own_caseworkers(session: Session, grants: Iterable[Grant]) -> Iterable[tuple[int, int]]:
    """Return citizen and mentor where the mentor is the caseworker of citizen or course: by role or by e-mail."""
    citizens: dict[int, set[int]] = defaultdict(set)
    for grant in grants:
        for user_id in {grant.caseworker_id, grant.citizen.caseworker_id} - {None}:
            citizens[user_id or 0].add(grant.citizen_id)
    rows = session.execute(
        select(User.id, Mentor.id)
        .outerjoin(RoleAssignment, RoleAssignment.user_id == User.id)
        .join(Mentor, or_(RoleAssignment.mentor_id == Mentor.id, (Mentor.email == User.email) & (User.email != "")))
        .where(User.id.in_(citizens))
        .distinct()
    )
    for user_id, mentor_id in rows:
        yield from ((citizen, mentor_id) for citizen in citizens[user_id])
