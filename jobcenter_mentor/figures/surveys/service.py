"""Run survey rounds (runder og udsendelse): who is asked, by link or in person, who has not answered, how many have.

Whether somebody has answered is read from what was sent, never from the answers.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import uuid4

from sqlalchemy import ColumnElement, Select, and_, case, func, literal, select
from sqlalchemy.orm import Session

from jobcenter_mentor.casework.grants.models import Grant, SubCourse
from jobcenter_mentor.domain.kernel.errors import InvalidTransition, NotFound, ValidationFailed
from jobcenter_mentor.domain.kernel.periods import months_before
from jobcenter_mentor.figures.surveys.models import SurveyInvitation, SurveyRespondent, SurveyRound
from jobcenter_mentor.figures.surveys.questions import PARTIES, POINTS, questionnaires
from jobcenter_mentor.people.citizens.models import Citizen
from jobcenter_mentor.people.mentors.models import Mentor
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.access.policy import visible
from jobcenter_mentor.platform.audit import service as audit
from jobcenter_mentor.platform.database.db import ROWS_PER_PAGE, Page, asked_page
from jobcenter_mentor.platform.links import service as links
from jobcenter_mentor.platform.links.service import Subject

PURPOSE = "survey"
LINK, INTERVIEW = "link", "interview"
REMIND_AFTER = timedelta(days=14)
"""How long an unanswered link waits before a reminder, and a reminder before the next one."""
MONTHS_AFTER = 6


@dataclass(frozen=True)
class NewRound:
    """A new round (ny runde), as the form gives it."""

    title: str
    questionnaire: str
    point: str
    first: date
    last: date
    closes_on: date


@dataclass(frozen=True)
class Rate:
    """The response rate of a party (svarprocent): how many are in the round, asked, have answered, need a reminder."""

    party: str
    invited: int
    sent: int
    answered: int
    due: int

    @property
    def share(self) -> float | None:
        """Return the share of those asked who have answered (svarprocent); None where nobody was asked."""
        return self.answered / self.sent if self.sent else None


@dataclass(frozen=True)
class SurveyInvitationLine:
    """A line of the list of sendings (udsendelse): initials and case number only.

    `is_due` is set when a reminder is due.
    """

    id: str
    initials: str
    case_number: str
    party: str
    mentor: str
    way: str
    sent_on: date | None
    reminded_on: date | None
    answered: bool
    is_due: bool
    grant_id: str
    citizen_key: int


def add_round(session: Session, new: NewRound, *, actor: Actor) -> SurveyRound:
    """Add a round with its courses (ny runde). Raises ValidationFailed at the field."""
    _check(new, actor.day)
    row = SurveyRound(**vars(new), made_by_id=actor.user.id)
    session.add(row)
    session.flush()
    audit.record(session, by=actor.user, action="survey.create", subject="survey", subject_id=row.public_id)
    invite(session, row, actor=actor)
    return row


def get_round(session: Session, public_id: str, *, actor: Actor, action: str = "survey.figures") -> SurveyRound:
    """Return the round (runde). Raises NotFound."""
    statement = select(SurveyRound).where(SurveyRound.public_id == public_id)
    found = session.scalar(visible(statement, SurveyRound, actor.user, action, actor.day))
    if found is None:
        raise NotFound("Runden findes ikke.")
    return found


def list_rounds(session: Session, *, actor: Actor) -> list[tuple[SurveyRound, list[Rate]]]:
    """Return the rounds, newest first (runder), with the response rates in reach."""
    statement = select(SurveyRound).order_by(SurveyRound.closes_on.desc(), SurveyRound.id.desc())
    rounds = session.scalars(visible(statement, SurveyRound, actor.user, "survey.figures", actor.day)).all()
    return [(row, rates(session, row, actor=actor)) for row in rounds]


def invite(session: Session, row: SurveyRound, *, actor: Actor) -> int:
    """Add citizen and mentor of each course in reach that comes to the point (udsendelse); return how many."""
    known = set(session.scalars(select(SurveyInvitation.respondent_id).where(SurveyInvitation.round_id == row.id)))
    codes = {(one.grant_id, one.party): one for one in session.scalars(select(SurveyRespondent))}
    grants = session.scalars(_population(row, actor)).all()
    asked = [(grant, party) for grant in grants for party in PARTIES if _is_asked(row, party, grant)]
    for grant, party in asked:
        if (grant.id, party) not in codes:
            codes[grant.id, party] = SurveyRespondent(grant_id=grant.id, party=party, code=str(uuid4()))
    session.add_all(codes.values())
    session.flush()
    new = [(grant, codes[grant.id, party]) for grant, party in asked if codes[grant.id, party].id not in known]
    session.add_all(
        SurveyInvitation(round_id=row.id, respondent_id=one.id, team_id=grant.team_id) for grant, one in new
    )
    session.flush()
    seen, added = {grant.citizen_id for grant, _ in new}, len(new)
    detail = {"invited": added}
    audit.record(
        session,
        by=actor.user,
        action="survey.invite",
        subject="survey",
        subject_id=row.public_id,
        citizens=seen,
        detail=detail,
    )
    return added


def list_sendings(
    session: Session, row: SurveyRound, *, waiting: bool, actor: Actor, page: int = 1
) -> Page[SurveyInvitationLine]:
    """Return a page of the list of sendings in reach (udsendelse), those due for a reminder first.

    The citizens shown are logged. With `waiting` only those who have not answered.
    """
    statement = visible(_sendings(row, actor.day), SurveyInvitation, actor.user, "survey.send", actor.day)
    if waiting:
        statement = statement.where(SurveyInvitation.answered_on.is_(None))
    count = session.scalar(statement.with_only_columns(func.count(), maintain_column_froms=True)) or 0
    number = asked_page(page, count)
    ordered = statement.order_by(_is_due(row, actor.day).desc(), Grant.case_number, SurveyRespondent.party, Grant.id)
    shown = session.execute(ordered.limit(ROWS_PER_PAGE).offset((number - 1) * ROWS_PER_PAGE))
    found = [_sending(*parts) for parts in shown]
    audit.record(
        session,
        by=actor.user,
        action="survey.list",
        subject="survey",
        subject_id=row.public_id,
        citizens=sorted({one.citizen_key for one in found}),
    )
    return Page(found, count, number)


def rates(session: Session, row: SurveyRound, *, actor: Actor) -> list[Rate]:
    """Return the response rates of citizens and mentors in reach (svarprocenter), and how many need a reminder."""
    statement = (
        select(
            SurveyRespondent.party,
            func.count(),
            func.count(SurveyInvitation.sent_on),
            func.count(SurveyInvitation.answered_on),
            func.sum(_is_due(row, actor.day)),
        )
        .select_from(SurveyInvitation)
        .join(SurveyRespondent, SurveyRespondent.id == SurveyInvitation.respondent_id)
        .where(SurveyInvitation.round_id == row.id)
        .group_by(SurveyRespondent.party)
        .order_by(SurveyRespondent.party)
    )
    rows = session.execute(visible(statement, SurveyInvitation, actor.user, "survey.figures", actor.day))
    return [Rate(party, *map(int, counts)) for party, *counts in rows]


def make_link(session: Session, public_id: str, *, actor: Actor) -> tuple[SurveyRound, SurveyInvitation, str]:
    """Make a link to the respondent (link), valid until the round closes.

    A new one revokes the old one and is a reminder. Raises NotFound, InvalidTransition where there is an answer or the
    round has closed.
    """
    invitation, row, grant = get_invitation(session, public_id, actor=actor)
    subject, citizens = Subject(PURPOSE, public_id), [grant.citizen_id]
    links.withdraw(session, subject, purpose=PURPOSE, actor=actor, citizens=citizens)
    token = links.make(
        session, purpose=PURPOSE, subject=subject, expires_on=row.closes_on, actor=actor, citizens=citizens
    )
    if invitation.sent_on is None:
        invitation.sent_on = actor.day
    else:
        invitation.reminded_on = actor.day
    invitation.way = LINK
    session.flush()
    return row, invitation, token


def get_invitation(
    session: Session, public_id: str, *, actor: Actor, locked: bool = True
) -> tuple[SurveyInvitation, SurveyRound, Grant]:
    """Return an invitation that can be answered (udsendelse), locked except for a page that only reads.

    Raises NotFound, InvalidTransition.
    """
    statement = select(SurveyInvitation).where(SurveyInvitation.public_id == public_id)
    statement = visible(statement, SurveyInvitation, actor.user, "survey.send", actor.day)
    found = session.scalar(statement.with_for_update() if locked else statement)
    if found is None:
        raise NotFound("Udsendelsen findes ikke.")
    row = session.get_one(SurveyRound, found.round_id)
    if found.answered_on is not None:
        raise InvalidTransition("Der er allerede svaret.")
    if row.closes_on < actor.day:
        raise InvalidTransition(f"Runden lukkede den {row.closes_on:%d.%m.%Y}.")
    return found, row, grant_of(session, found)


def grant_of(session: Session, invitation: SurveyInvitation) -> Grant:
    """Return the course that the invitation is about (forløb)."""
    respondent = session.get_one(SurveyRespondent, invitation.respondent_id)
    return session.get_one(Grant, respondent.grant_id)


def _check(new: NewRound, on: date) -> None:
    errors: dict[str, Sequence[str]] = {}
    if new.last < new.first:
        errors["last"] = ["Slutdato ligger før startdato."]
    if new.closes_on < on:
        errors["closes_on"] = ["Vælg en dag, der ikke er gået."]
    if new.questionnaire not in questionnaires() or new.point not in POINTS:
        errors["questionnaire"] = ["Vælg et spørgeskema og et tidspunkt."]
    if errors:
        raise ValidationFailed("Runden kan ikke oprettes.", errors=errors)


def _population(row: SurveyRound, actor: Actor) -> Select[Grant]:
    """Return the courses in reach, joined as in the statistics, that come to the round's point in its period."""
    starts, ends = func.min(SubCourse.first_day), func.max(SubCourse.last_day)
    reached = starts if row.point == "start" else ends
    first, last = row.first, row.last
    if row.point == "after":
        first, last = months_before(first, MONTHS_AFTER), months_before(last, MONTHS_AFTER)
    courses = select(SubCourse.course_id).group_by(SubCourse.course_id).having(reached.between(first, last))
    statement = select(Grant).where(Grant.id.in_(courses)).order_by(Grant.case_number, Grant.id)
    return visible(statement, Grant, actor.user, "survey.send", actor.day)


def _is_asked(row: SurveyRound, party: str, grant: Grant) -> bool:
    """Tell whether the party has questions at this point, and is known."""
    return bool(questionnaires()[row.questionnaire].asked(row.point, party)) and (
        party == "citizen" or grant.mentor_id is not None
    )


def _is_due(row: SurveyRound, on: date) -> ColumnElement[int]:
    """Return 1 for those asked or reminded so long ago that a reminder is due, otherwise 0."""
    last = func.coalesce(SurveyInvitation.reminded_on, SurveyInvitation.sent_on, on)
    silent = and_(SurveyInvitation.answered_on.is_(None), last <= on - REMIND_AFTER, literal(row.closes_on >= on))
    return case((silent, 1), else_=0)


def _sendings(row: SurveyRound, on: date) -> Select[SurveyInvitation, int, str, Grant, Citizen, str]:
    mentor = Mentor.first_name + " " + Mentor.last_name
    return (
        select(SurveyInvitation, _is_due(row, on), SurveyRespondent.party, Grant, Citizen, mentor)
        .join(SurveyRespondent, SurveyRespondent.id == SurveyInvitation.respondent_id)
        .join(Grant, Grant.id == SurveyRespondent.grant_id)
        .join(Citizen, Citizen.id == Grant.citizen_id)
        .outerjoin(Mentor, Mentor.id == Grant.mentor_id)
        .where(SurveyInvitation.round_id == row.id)
    )


def _sending(
    invitation: SurveyInvitation, due: int, party: str, grant: Grant, citizen: Citizen, mentor: str | None
) -> SurveyInvitationLine:
    return SurveyInvitationLine(
        invitation.public_id,
        citizen.initials,
        grant.case_number,
        party,
        (mentor or "") if party == "mentor" else "",
        invitation.way,
        invitation.sent_on,
        invitation.reminded_on,
        invitation.answered_on is not None,
        bool(due),
        grant.public_id,
        citizen.id,
    )
