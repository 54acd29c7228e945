"""Rank the mentors for a course with reasons, and store the choice a person made (match)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from jobcenter_mentor.casework.grants import case_assessment
from jobcenter_mentor.casework.grants import service as grants
from jobcenter_mentor.casework.grants.course_change import set_mentor
from jobcenter_mentor.casework.grants.models import Decision, Grant
from jobcenter_mentor.casework.grants.report_duty import plan_reports
from jobcenter_mentor.casework.matching.choice import (
    Answers,
    Choice,
    WaitingMatch,
    lock_course,
    lock_mentor,
    outside_of,
    price_of,
    require_none_waiting,
    waiting_in,
)
from jobcenter_mentor.casework.matching.corps_capacity import HORIZON, active_mentors, load_of
from jobcenter_mentor.casework.matching.models import Match
from jobcenter_mentor.casework.matching.offers import minutes_asked, needs_of, offer_of, ties_of, wishes_of
from jobcenter_mentor.casework.matching.reassessment import Matched, is_another, reassess
from jobcenter_mentor.casework.matching.substitutes import end_standing_in
from jobcenter_mentor.casework.matching.weights.service import weights_on
from jobcenter_mentor.casework.referrals.models import Referral
from jobcenter_mentor.domain.kernel.capacity import monday_of
from jobcenter_mentor.domain.kernel.errors import Conflict, NotFound, ValidationFailed
from jobcenter_mentor.domain.law.law import Law
from jobcenter_mentor.domain.matching.ranking import Fit, rank, why_behind
from jobcenter_mentor.people.mentors.models import Mentor, MentorFunction
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.audit import service as audit
from jobcenter_mentor.platform.database.locks import lock


@dataclass(frozen=True)
class Candidate:
    """A mentor in the ranking (kandidat), with what speaks for and against and the hard limits it meets."""

    mentor: Mentor
    place: int
    points: int
    reasons: tuple[str, ...]
    against: tuple[str, ...]
    hard_limits: tuple[str, ...]
    fit: Fit
    why_behind: str


@dataclass(frozen=True)
class Wish:
    """The citizen's wish (ønske): what was said and when it was asked, None where nobody has.

    `language` is a wished language.
    """

    wishes: str
    language: str
    asked_on: date | None

    @property
    def is_there(self) -> bool:
        """Tell whether the citizen has a wish, for the mentor or for a language."""
        return bool(self.wishes or self.language)


@dataclass(frozen=True)
class CaseToPlace:
    """A course that needs a mentor: the citizen's wish, the mentors chosen before, the choice that waits."""

    grant: Grant
    wish: Wish
    earlier: Sequence[Match]
    minutes: int
    waiting: WaitingMatch | None = None


def get_case(session: Session, public_id: str, *, actor: Actor, action: str = "match.read") -> CaseToPlace:
    """Return the course to place, locked where it is to be changed; the look is logged.

    Raises NotFound out of scope.
    """
    grant = grants.get_grant(session, public_id, actor=actor, action=action)
    if action != "match.read":
        lock(session, grant)
    audit.record(
        session, by=actor.user, action="match.read", subject="grant", subject_id=public_id, citizens=[grant.citizen_id]
    )
    minutes = minutes_asked(grant, max(actor.day, grant.start))
    waiting = waiting_in(session, [grant.id]).get(grant.id)
    return CaseToPlace(grant, get_wish(session, grant), list_matches(session, grant.id), minutes, waiting)


def get_wish(session: Session, grant: Grant) -> Wish:
    """Return the citizen's wish (ønske): from the matching, else from the referral."""
    referral = session.get(Referral, grant.referral_id) if grant.referral_id is not None else None
    language = referral.wished_language if referral is not None else ""
    newest = wishes_of(session, [grant.id]).get(grant.id)
    if newest is not None:
        return Wish(newest.wishes, language, newest.asked_on)
    if referral is None:
        return Wish("", "", None)
    return Wish(referral.wishes, language, referral.consulted_on if referral.consulted else None)


def list_matches(session: Session, grant_id: int) -> Sequence[Match]:
    """Return the matches of a course, the newest first."""
    return session.scalars(select(Match).where(Match.grant_id == grant_id).order_by(Match.id.desc())).all()


def propose(session: Session, grant: Grant, *, actor: Actor, law: Law) -> list[Candidate]:
    """Rank all active mentors for a course: a fixed number of statements, whatever their number. Stores nothing."""
    start = max(actor.day, grant.start)
    need = needs_of(session, [grant], on=actor.day)[grant.id]
    mentors = {
        mentor.id: mentor for mentor in session.scalars(active_mentors(by=actor.user, first=actor.day, last=start))
    }
    loads = load_of(session, monday_of(start), monday_of(start) + timedelta(days=7 * HORIZON - 1))
    ties = ties_of(session, [grant], actor.day)
    offers = [
        ties.on(offer_of(mentor, loads[key], start, law=law, without_grant=grant.id), grant.citizen_id)
        for key, mentor in mentors.items()
    ]
    ranked = rank(need, offers, weights_on(session, actor.day))
    return [_candidate(mentors[offer.key], place, fit, ranked[0][1]) for place, (offer, fit) in enumerate(ranked, 1)]


def choose(
    session: Session,
    grant: Grant,
    mentor: Mentor,
    *,
    choice_reason: str = "",
    wish_followed: bool | None = None,
    beyond_normal: bool | None = None,
    version: int | None = None,
    actor: Actor,
    law: Law,
) -> Match:
    """Choose a mentor within what was approved. Raises Conflict beyond it, else as `weigh` does."""
    answers = Answers(choice_reason, wish_followed, beyond_normal)
    choice = weigh(session, grant, mentor, answers, version=version, actor=actor, law=law)
    if choice.outside:
        raise Conflict(f"Valget skal godkendes af en anden. {' '.join(choice.outside)}")
    return book(session, choice, actor=actor, law=law)


def weigh(
    session: Session,
    grant: Grant,
    mentor: Mentor,
    answers: Answers,
    *,
    version: int | None = None,
    decision: Decision | None = None,
    actor: Actor,
    law: Law,
) -> Choice:
    """Weigh a choice: limits, wish, and the law asked again with this mentor's type and price. Stores nothing.

    Course and mentor are locked first, so two choices at once are decided one after the other. A written reason is
    required to over-book or set another limit aside, to pass over a wish, and to change mentor. Raises Conflict when
    the course has changed since `version`, has the mentor already or has another choice than `decision` waiting,
    ValidationFailed by field.
    """
    grant = lock_course(session, grant, version)
    if grant.mentor_id == mentor.id:
        raise Conflict(f"{mentor.name} er allerede mentor på forløbet.")
    require_none_waiting(session, grant, decision)
    mentor = lock_mentor(session, mentor.id)
    candidates = propose(session, grant, actor=actor, law=law)
    chosen = next((one for one in candidates if one.mentor.id == mentor.id), None)
    if chosen is None:
        raise NotFound("Mentoren er ikke aktiv i mentorkorpset.")
    _check_choice(session, grant, chosen, answers)
    price = price_of(session, mentor, max(actor.day, grant.start), law)
    match = Matched(mentor, price, grant.start, grant.last_day, answers.beyond_normal)
    appraisal = reassess(session, grant, match, on=actor.day, law=law)
    outside = tuple(outside_of(grant, mentor, price))
    second = _runner_up(candidates, chosen)
    return Choice(grant, mentor, answers, chosen.place, chosen.fit, price, appraisal, outside, second)


def book(session: Session, choice: Choice, *, actor: Actor, law: Law, may_go_beyond: bool = False) -> Match:
    """Store the argument of the day, give the course its mentor and price the reservation again.

    The course gets the type of the mentor, and the assessment where it is another one.
    """
    grant, mentor, fit, answers = choice.grant, choice.mentor, choice.fit, choice.answers
    _take_place(session, grant, mentor, actor.day)
    end_standing_in(session, actor.day - timedelta(days=1), grant_id=grant.id)
    set_mentor(session, grant, mentor, hourly_price=choice.price, actor=actor, may_go_beyond=may_go_beyond)
    grant.mentor_type = mentor.mentor_type
    if choice.appraisal is not None and is_another(session, grant, choice.appraisal):
        kept = case_assessment.keep(session, choice.appraisal, referral_id=grant.referral_id, by=actor.user)
        grant.assessment_id = kept.id
    plan_reports(session, grant, actor=actor, law=law)
    match = Match(
        grant_id=grant.id,
        mentor_id=mentor.id,
        place=choice.place,
        points=fit.points,
        reasons=list(fit.reasons),
        against=[*fit.blocked, *fit.against],
        runner_up=choice.runner_up,
        wish_followed=answers.wish_followed,
        choice_reason=answers.choice_reason.strip(),
        chosen_by_id=actor.user.id,
        chosen_on=actor.day,
    )
    session.add(match)
    session.flush()
    audit.record(
        session,
        by=actor.user,
        action="match.choose",
        subject="grant",
        subject_id=grant.public_id,
        citizens=[grant.citizen_id],
        detail={"mentor": mentor.public_id, "place": choice.place},
    )
    return match


def _check_choice(session: Session, grant: Grant, chosen: Candidate, answers: Answers) -> None:
    """Refuse a choice that lacks what it must have. Raises ValidationFailed naming the fields."""
    wish_followed = answers.wish_followed
    errors: dict[str, list[str]] = {}
    if chosen.fit.must_be_mended:
        errors["mentor"] = [f"{chosen.mentor.name} kan ikke vælges: {' '.join(chosen.fit.must_be_mended)}"]
    if get_wish(session, grant).is_there and wish_followed is None:
        errors["wish_followed"] = ["Svar på, om borgerens ønske er fulgt."]
    if not answers.choice_reason.strip():
        because = _needs_reason(grant, chosen, wish_followed)
        if because:
            errors["choice_reason"] = [f"Skriv hvorfor: {because}."]
    if errors:
        raise ValidationFailed("Valget mangler noget.", errors=errors)


def _needs_reason(grant: Grant, chosen: Candidate, wish_followed: bool | None) -> str:
    """Return what a written reason is needed for; empty when none is."""
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


def _candidate(mentor: Mentor, place: int, fit: Fit, best: Fit) -> Candidate:
    lost = "" if fit is best else why_behind(best, fit)
    return Candidate(mentor, place, fit.points, fit.reasons, fit.against, fit.blocked, fit, lost)


def _runner_up(candidates: list[Candidate], chosen: Candidate) -> dict[str, str | int]:
    """Name who came next to the chosen, with points and why it was not taken; empty where there was nobody else."""
    other = next((one for one in candidates if one.mentor.id != chosen.mentor.id), None)
    if other is None:
        return {}
    return {"name": other.mentor.name, "points": other.points, "why": why_behind(chosen.fit, other.fit)}
