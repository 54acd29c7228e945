"""Match: ranks the mentors for a course with reasons, and writes the choice a person made."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from jobcenter_mentor.audit import service as audit
from jobcenter_mentor.auth.models import User
from jobcenter_mentor.auth.policy import visible
from jobcenter_mentor.domain.capacity import monday_of
from jobcenter_mentor.domain.errors import Conflict, NotFound, NotInForce, ValidationFailed
from jobcenter_mentor.domain.law import Law
from jobcenter_mentor.domain.matchfacts import Need, Offer
from jobcenter_mentor.domain.matching import Fit, rank, why_behind
from jobcenter_mentor.domain.terms import standard_price
from jobcenter_mentor.grants.changing import set_mentor
from jobcenter_mentor.grants.models import Grant
from jobcenter_mentor.matching.capacity import HORIZON, Load, active_mentors, load_of
from jobcenter_mentor.matching.models import Match
from jobcenter_mentor.mentors.models import Mentor, MentorFunction
from jobcenter_mentor.mentors.service import contact_flaws, price_on
from jobcenter_mentor.referrals.models import Referral


@dataclass(frozen=True)
class Candidate:
    """Kandidat: a mentor in the ranking, with what speaks for and against and the hard limits it meets."""

    mentor: Mentor
    place: int
    points: int
    reasons: tuple[str, ...]
    against: tuple[str, ...]
    hard_limits: tuple[str, ...]
    fit: Fit
    why_behind: str


@dataclass(frozen=True)
class CaseToPlace:
    """Forløb, der skal have en mentor: the course, its referral, and the mentors chosen before."""

    grant: Grant
    referral: Referral | None
    earlier: Sequence[Match]
    minutes: int

    @property
    def wishes(self) -> str:
        """Borgerens ønsker; empty when there are none."""
        return self.referral.wishes if self.referral is not None else ""

    @property
    def has_wish(self) -> bool:
        """Har borgeren ønsker? For the mentor or for a language."""
        return self.referral is not None and bool(self.referral.wishes or self.referral.wished_language)


def get_case(session: Session, public_id: str, *, by: User, on: date, action: str = "match.read") -> CaseToPlace:
    """Return the course to place and log the look. Raises NotFound outside the user's scope."""
    grant = session.scalar(visible(select(Grant).where(Grant.public_id == public_id), Grant, by, action, on))
    if grant is None:
        raise NotFound("Forløbet findes ikke.")
    referral = session.get(Referral, grant.referral_id) if grant.referral_id is not None else None
    audit.record(
        session, by=by, action="match.read", subject="grant", subject_id=public_id, citizens=[grant.citizen_id]
    )
    return CaseToPlace(grant, referral, list_matches(session, grant.id), grant.minutes_on(max(on, grant.start)))


def list_matches(session: Session, grant_id: int) -> Sequence[Match]:
    """Return the matches of a course, the newest first."""
    return session.scalars(select(Match).where(Match.grant_id == grant_id).order_by(Match.id.desc())).all()


def propose(session: Session, grant: Grant, *, by: User, on: date, law: Law) -> list[Candidate]:
    """Rank all active mentors for a course: four statements, whatever their number. Nothing is kept."""
    start = max(on, grant.start)
    referral = session.get(Referral, grant.referral_id) if grant.referral_id is not None else None
    need = _need(grant, referral, start, law)
    mentors = {mentor.id: mentor for mentor in session.scalars(active_mentors(by=by, first=on, last=start))}
    loads = load_of(session, monday_of(start), monday_of(start) + timedelta(days=7 * HORIZON - 1))
    known = _known_since(session, grant)
    offers = [_offer(mentor, loads[key], known.get(key), need, grant, law) for key, mentor in mentors.items()]
    ranked = rank(need, offers)
    return [_candidate(mentors[offer.key], place, fit, ranked[0][1]) for place, (offer, fit) in enumerate(ranked, 1)]


def choose(
    session: Session, grant: Grant, mentor: Mentor, *, choice_reason: str, wish_followed: bool | None,
    version: int | None = None, by: User, on: date, law: Law,
) -> Match:  # fmt: skip
    """Vælg mentor: keeps the argument of the day, gives the course its mentor and re-prices the reservation.

    Course and mentor are locked first, so two choices at once are heard one after the other. A written reason is
    required to over-book or set another limit aside, to pass over a wish, and to change mentor. Raises Conflict when
    the course has changed since `version` or has the mentor already, ValidationFailed by field.
    """
    grant = _locked(session, grant, version)
    if grant.mentor_id == mentor.id:
        raise Conflict(f"{mentor.name} er allerede mentor på forløbet.")
    mentor = session.scalars(select(Mentor).where(Mentor.id == mentor.id).with_for_update(of=Mentor)).one()
    candidates = propose(session, grant, by=by, on=on, law=law)
    chosen = next((one for one in candidates if one.mentor.id == mentor.id), None)
    if chosen is None:
        raise NotFound("Mentoren er ikke aktiv i korpset.")
    _check_choice(session, grant, chosen, choice_reason.strip(), wish_followed)
    _take_place(session, grant, mentor, on)
    price = price_on(session, mentor, max(on, grant.start), law)
    set_mentor(session, grant, mentor, hourly_price=price, by=by, on=on)
    match = Match(
        grant_id=grant.id, mentor_id=mentor.id, place=chosen.place, points=chosen.points,
        reasons=list(chosen.reasons), against=[*chosen.hard_limits, *chosen.against],
        runner_up=_runner_up(candidates, chosen), wish_followed=wish_followed, choice_reason=choice_reason.strip(),
        chosen_by_id=by.id, chosen_on=on,
    )  # fmt: skip
    session.add(match)
    session.flush()
    audit.record(
        session, by=by, action="match.choose", subject="grant", subject_id=grant.public_id,
        citizens=[grant.citizen_id], detail={"mentor": mentor.public_id, "place": chosen.place},
    )  # fmt: skip
    return match


def _locked(session: Session, grant: Grant, version: int | None) -> Grant:
    """Lock the course's row and read it anew."""
    statement = select(Grant).where(Grant.id == grant.id).with_for_update(of=Grant)
    fresh = session.scalars(statement.execution_options(populate_existing=True)).one()
    if version is not None and fresh.version != version:
        raise Conflict("Forløbet er ændret af en anden, siden du åbnede siden. Se forslagene igen.")
    return fresh


def _check_choice(
    session: Session, grant: Grant, chosen: Candidate, choice_reason: str, wish_followed: bool | None
) -> None:
    """Refuse a choice that lacks what it must have. Raises ValidationFailed naming the fields."""
    errors: dict[str, list[str]] = {}
    if chosen.fit.must_be_mended:
        errors["mentor"] = [f"{chosen.mentor.name} kan ikke vælges: {' '.join(chosen.fit.must_be_mended)}"]
    referral = session.get(Referral, grant.referral_id) if grant.referral_id is not None else None
    if referral is not None and (referral.wishes or referral.wished_language) and wish_followed is None:
        errors["wish_followed"] = ["Svar på, om borgerens ønske er fulgt."]
    if not choice_reason:
        because = _needs_reason(grant, chosen, wish_followed)
        if because:
            errors["choice_reason"] = [f"Skriv hvorfor: {because}."]
    if errors:
        raise ValidationFailed("Valget mangler noget.", errors=errors)


def _needs_reason(grant: Grant, chosen: Candidate, wish_followed: bool | None) -> str:
    """Return what a written reason is needed for, empty when none is."""
    if chosen.hard_limits:
        return "; ".join(chosen.hard_limits)
    if wish_followed is False:
        return "borgerens ønske følges ikke"
    return "forløbet skifter mentor" if grant.mentor_id is not None else ""


def _take_place(session: Session, grant: Grant, mentor: Mentor, on: date) -> None:
    """Give a place course a place in the mentor's function. Raises Conflict when all places are taken."""
    if grant.form != "place":
        return
    start = max(on, grant.start)
    taken = (
        select(func.count(Grant.id))
        .where(Grant.mentor_function_id == MentorFunction.id, Grant.id != grant.id)
        .where(func.coalesce(Grant.ended_on, Grant.last_day) >= start)
        .scalar_subquery()
    )
    of_mentor = select(MentorFunction, taken).where(MentorFunction.mentor_id == mentor.id)
    running = of_mentor.where(
        MentorFunction.valid_from <= start, func.coalesce(MentorFunction.valid_to, start) >= start
    )
    functions = session.execute(running.order_by(MentorFunction.id)).all()
    free = [function for function, used in functions if used < function.places]
    if functions and not free:
        raise Conflict(f"Alle pladser hos {functions[0][0].workplace} er optaget.")
    grant.mentor_function_id = free[0].id if free else None


def _need(grant: Grant, referral: Referral | None, start: date, law: Law) -> Need:
    """Read what the course asks for from the grant and its referral."""
    citizen = grant.citizen
    own = "" if citizen.language.casefold() in ("", "dansk") else citizen.language
    wished = referral.wished_language if referral is not None else ""
    return Need(
        mentor_type=grant.mentor_type,
        minutes_per_week=grant.minutes_on(start),
        start=start,
        tasks=tuple(grant.tasks),
        barriers=tuple(referral.barriers) if referral is not None else (),
        wishes=referral.wishes if referral is not None else "",
        language=wished or own,
        language_needed=bool(wished and own),
        place="" if citizen.protected else citizen.address,
        standard_price=_standard(grant.mentor_type, start, law),
    )


def _standard(mentor_type: str, day: date, law: Law) -> int | None:
    try:
        return standard_price(mentor_type, law.on(day))
    except NotInForce:
        return None


def _offer(mentor: Mentor, load: Load, knows_since: int | None, need: Need, grant: Grant, law: Law) -> Offer:
    """Read what a mentor has in the week the course starts."""
    weeks = load.weeks(need.start, without_grant=grant.id)
    away = next((row for row in load.away if row.first <= need.start <= row.last), None)
    own = 0 if mentor.mentor_type == "FRIV" else load.price_on(need.start)
    return Offer(
        key=mentor.id,
        name=mentor.name,
        mentor_type=mentor.mentor_type,
        free=weeks[0].free,
        available=weeks[0].available,
        free_from=next((week.monday for week in weeks[1:] if week.free >= need.minutes_per_week), None),
        away=(away.first, away.last, away.reason) if away else None,
        active_from=mentor.active_from,
        active_to=mentor.active_to,
        languages=tuple(sorted(load.skills["language"])),
        competences=tuple(sorted(load.skills["competence"])),
        area=mentor.area,
        sex=mentor.sex,
        evenings=mentor.evenings,
        price=own if own is not None else _standard(mentor.mentor_type, need.start, law),
        flaws=tuple(contact_flaws(mentor)),
        knows_since=knows_since,
        citizens=len({row.grant_id for row in load.booked if row.first <= need.start <= row.last} - {grant.id}),
    )


def _known_since(session: Session, grant: Grant) -> dict[int, int]:
    """Return the first year of an earlier course with the same citizen, by mentor id."""
    statement = (
        select(Grant.mentor_id, func.min(Grant.start))
        .where(Grant.citizen_id == grant.citizen_id, Grant.id != grant.id, Grant.mentor_id.is_not(None))
        .group_by(Grant.mentor_id)
    )
    return {key: first.year for key, first in session.execute(statement) if key is not None}


def _candidate(mentor: Mentor, place: int, fit: Fit, best: Fit) -> Candidate:
    lost = "" if fit is best else why_behind(best, fit)
    return Candidate(mentor, place, fit.points, fit.reasons, fit.against, fit.blocked, fit, lost)


def _runner_up(candidates: list[Candidate], chosen: Candidate) -> dict[str, str | int]:
    """Name who came next to the chosen, with points and why it was not taken; empty where there was nobody else."""
    other = next((one for one in candidates if one.mentor.id != chosen.mentor.id), None)
    if other is None:
        return {}
    return {"name": other.mentor.name, "points": other.points, "why": why_behind(chosen.fit, other.fit)}
