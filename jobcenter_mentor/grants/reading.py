"""Læsning: what the pages of a proposal, a decision and a course show, gathered within the reader's rights."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import Any, NamedTuple, Protocol

from sqlalchemy import select
from sqlalchemy.orm import Session

from jobcenter_mentor.audit import service as audit
from jobcenter_mentor.auth.models import Team, User
from jobcenter_mentor.auth.policy import may
from jobcenter_mentor.domain import money
from jobcenter_mentor.domain.assessment import Assessment
from jobcenter_mentor.domain.errors import DomainError, ValidationFailed
from jobcenter_mentor.domain.identifiers import age_on
from jobcenter_mentor.domain.law import Law
from jobcenter_mentor.domain.needs import OTHER_SUPPORT, TASKS
from jobcenter_mentor.domain.target_groups import MENTOR_TYPES
from jobcenter_mentor.domain.terms import standard_price
from jobcenter_mentor.followups.models import FollowUp
from jobcenter_mentor.frames import service as frames
from jobcenter_mentor.frames.models import Reservation
from jobcenter_mentor.grants import assessing, deciding, proposing, writing
from jobcenter_mentor.grants.assessing import Appraisal, Terms
from jobcenter_mentor.grants.models import AssessmentRecord, Decision, Grant
from jobcenter_mentor.letters import service as letters
from jobcenter_mentor.letters.models import Letter
from jobcenter_mentor.referrals.models import Referral
from jobcenter_mentor.templating import hours

SECTIONS = (
    "citizen.status.read",
    "letter.read",
    "frame.read",
    "agreement.read",
    "log.others",
    "followup.read",
    "course.aim.read",
    "grant.change",
    "match.confirm",
    "hours.enter",
)
"""What a reader of a course may or may not see and do there."""


class Moment(NamedTuple):
    """Punkt på tidslinjen: `state` is next, today, done or breach."""

    day: date
    state: str
    title: str
    small: str


class Contact(Protocol):
    """Logget kontakt, as the time line shows it; minutes is its length."""

    met_on: date
    minutes: int
    held: bool
    corrected: bool


@dataclass(frozen=True)
class ProposalPage:
    """Siden Ny bevilling: the referral, its facts in words, and the appraisal of the terms as they stand."""

    referral: Referral
    group: str
    tasks: tuple[str, ...]
    terms: Terms
    appraisal: Appraisal
    watch: tuple[str, ...]
    prices: dict[str, int]
    waiting: Decision | None


class WaitingRow(NamedTuple):
    """Indstilling på ventelisten, with its assessment, the proposer's name and the days it has waited."""

    decision: Decision
    assessment: Assessment
    proposer: str
    days: int


@dataclass(frozen=True)
class DecisionPage:
    """Siden Afgørelse: as it was proposed, and as the law and the frame say today."""

    decision: Decision
    referral: Referral
    group: str
    tasks: tuple[str, ...]
    proposed: Assessment
    appraisal: Appraisal
    shown: str
    proposer: str
    may_approve: bool
    may_withdraw: bool
    gaps: dict[str, str]
    letter: Letter | None
    grant_id: str | None


@dataclass(frozen=True)
class CasePage:
    """Siden Forløb: the course with what the reader may see of it; `rights` are the actions of `SECTIONS` allowed."""

    grant: Grant
    team: str
    caseworker: str
    age: int
    rights: frozenset[str]
    record: AssessmentRecord | None
    assessment: Assessment | None
    decisions: Sequence[Decision]
    letters: Sequence[Letter]
    reservations: Sequence[Reservation]
    followups: Sequence[FollowUp]
    granted_minutes: int
    tasks: tuple[str, ...]

    @property
    def next_due(self) -> FollowUp | None:
        """Næste åbne frist."""
        return next((row for row in self.followups if row.done_on is None), None)

    @property
    def refund(self) -> int:
        """Forventet refusion, in øre: the rate of what the frames cover."""
        return sum(_refund(row) for row in self.reservations)

    @property
    def cost(self) -> int:
        """Reserveret udgift i alt, in øre."""
        return sum(row.cost for row in self.reservations)


def proposal(
    session: Session, referral: Referral, *, by: User, on: date, law: Law, terms: Terms | None = None
) -> ProposalPage:
    """Siden Ny bevilling og dens panel; the citizen seen is logged. Raises ValidationFailed for impossible terms."""
    waiting = proposing.find_open(session, referral)
    before = proposing.terms_of(waiting) if waiting else None
    wanted = proposing.check_terms(terms or before or assessing.offered_terms(session, referral, law, on=on))
    appraisal = assessing.appraise(session, referral, law, on=on, terms=wanted)
    seen(session, "referral", referral, by=by)
    return ProposalPage(
        referral=referral,
        group=writing.group_words(referral, on),
        tasks=_tasks(referral.tasks),
        terms=wanted,
        appraisal=appraisal,
        watch=tuple(_watch(session, referral, wanted)),
        prices=prices_on(law, on),
        waiting=waiting,
    )


def usable(typed: dict[str, Any] | None) -> Terms | None:
    """Vilkår af det, der er skrevet; None where it is not whole or can't be."""
    try:
        return proposing.check_terms(Terms(**typed)) if typed else None
    except ValidationFailed:
        return None


def proposed_again(page: ProposalPage) -> dict[str, Any]:
    """Felterne på siden: what was proposed and sent back, else the terms the law offers."""
    returned = page.waiting
    texts = ("kind", "reason", "hearing_note", "considerations", "other_help")
    return asdict(page.terms) | ({name: getattr(returned, name) for name in texts} if returned else {})


def prices_on(law: Law, on: date) -> dict[str, int]:
    """Standardpriser den dag: øre an hour by mentor type, those that have one."""
    prices: dict[str, int] = {}
    for code in MENTOR_TYPES:
        try:
            prices[code] = standard_price(code, law.on(on))
        except DomainError:
            continue
    return prices


def decision(session: Session, shown: Decision, *, by: User, on: date, law: Law) -> DecisionPage:
    """Siden Afgørelse; the citizen seen is logged."""
    referral = writing.referral_of(shown)
    appraisal = assessing.appraise(session, referral, law, on=on, terms=proposing.terms_of(shown))
    draft = writing.draft(session, shown, appraisal, on=on, law=law, address_confirmed=True)
    seen(session, "decision", shown, by=by)
    grant = session.get(Grant, shown.grant_id) if shown.grant_id else None
    return DecisionPage(
        decision=shown,
        referral=referral,
        group=writing.group_words(referral, on),
        tasks=_tasks(referral.tasks),
        proposed=assessing.kept(shown.assessment),
        appraisal=appraisal,
        shown=deciding.shown_of(appraisal.assessment),
        proposer=session.get_one(User, shown.proposed_by_id).full_name,
        may_approve=by.id != shown.proposed_by_id and may(by, "grant.approve", on=on, subject=shown),
        may_withdraw=may(by, "grant.propose", on=on, subject=shown),
        gaps=letters.gaps(draft),
        letter=session.get(Letter, shown.letter_id) if shown.letter_id else None,
        grant_id=grant.public_id if grant else None,
    )


def case(session: Session, grant: Grant, *, by: User, on: date) -> CasePage:
    """Siden Forløb, each section only with the right to it; the citizen seen is logged."""
    rights = frozenset(action for action in SECTIONS if may(by, action, on=on, subject=grant))
    record = session.get(AssessmentRecord, grant.assessment_id) if grant.assessment_id else None
    record = record if "citizen.status.read" in rights else None
    caseworker = session.get(User, grant.caseworker_id) if grant.caseworker_id else None
    seen(session, "grant", grant, by=by)
    written = "letter.read" in rights
    return CasePage(
        grant=grant,
        team=session.get_one(Team, grant.team_id).name,
        caseworker=caseworker.full_name if caseworker else "",
        age=age_on(grant.citizen.birth_date, on),
        rights=rights,
        record=record,
        assessment=assessing.kept(record) if record else None,
        decisions=_decisions(session, grant) if written else (),
        letters=_letters(session, grant, by, on) if written else (),
        reservations=frames.list_reservations(session, grant.id) if "frame.read" in rights else (),
        followups=_followups(session, grant) if "followup.read" in rights else (),
        granted_minutes=granted_minutes(grant),
        tasks=_tasks(grant.tasks) if "course.aim.read" in rights else (),
    )


def waiting(session: Session, *, by: User, on: date) -> list[WaitingRow]:
    """Godkendelser: what waits for the user, oldest first; the citizens shown are logged in one row."""
    rows = deciding.list_waiting(session, by=by, on=on)
    names = {user.id: user.full_name for user in session.scalars(select(User).where(User.id.in_(_proposers(rows))))}
    shown = [
        WaitingRow(row, assessing.kept(row.assessment), names[row.proposed_by_id], (on - row.proposed_on).days)
        for row in rows
    ]
    citizens = [row.citizen_id for row in rows]
    audit.record(session, by=by, action="decision.list", subject="decision", citizens=citizens)
    return shown


def seen(session: Session, subject: str, row: Referral | Decision | Grant, *, by: User) -> None:
    """Skriv, at borgeren er set: one event, in the transaction of the page."""
    action, citizens = f"{subject}.read", [row.citizen_id]
    audit.record(session, by=by, action=action, subject=subject, subject_id=row.public_id, citizens=citizens)


def granted_minutes(grant: Grant) -> int:
    """Bevilgede timer i alt, in minutes: minutes a week x days / 7 of each period, rounded once."""
    exact = sum(Fraction(p.minutes_per_week * ((p.last_day - p.first_day).days + 1), 7) for p in grant.periods)
    return money.round_half_away(Fraction(exact))


def timeline(page: CasePage, contacts: Iterable[Contact], counting: Sequence[date], *, on: date) -> list[Moment]:
    """Tidslinjen, newest first: deadlines to come, the day, meetings and the decision.

    A counted contact that came more than the interval after the one before is a breach.
    """
    grant = page.grant
    moments = [Moment(row.due_on, "next", row.what, row.section) for row in page.followups if _is_coming(row, on)]
    moments.append(Moment(on, "today", "I dag", ""))
    over = dict(_late(grant, counting))
    for contact in contacts:
        if contact.corrected:
            continue
        words = f"Møde, {hours(contact.minutes)} t" if contact.held else "Møde ikke afholdt"
        late = over.get(contact.met_on) if contact.held else None
        small = f"{late} dage siden sidst, {late - (grant.contact_interval_days or 0)} over" if late else ""
        moments.append(Moment(contact.met_on, "breach" if late else "done", words, small))
    if grant.decided_on:
        moments.append(Moment(grant.decided_on, "done", "Bevilling", "Brev sendt"))
    moments.append(Moment(grant.start, "done" if grant.start <= on else "next", "Første dag", ""))
    if grant.ended_on:
        moments.append(Moment(grant.ended_on, "done" if grant.ended_on <= on else "next", "Ophør", grant.end_reason))
    return sorted(moments, key=lambda moment: (moment.day, moment.state == "today"), reverse=True)


def _proposers(rows: Sequence[Decision]) -> set[int]:
    return {row.proposed_by_id for row in rows}


def _is_coming(row: FollowUp, on: date) -> bool:
    return row.done_on is None and row.dropped_on is None and row.due_on >= on


def _late(grant: Grant, counting: Sequence[date]) -> Iterable[tuple[date, int]]:
    if grant.contact_interval_days is None:
        return
    before = grant.start
    for day in sorted(counting):
        if (day - before).days > grant.contact_interval_days:
            yield day, (day - before).days
        before = day


def _tasks(codes: Iterable[str]) -> tuple[str, ...]:
    return tuple(TASKS.get(code, code) for code in codes)


def _watch(session: Session, referral: Referral, terms: Terms) -> Iterable[str]:
    """What to look at twice that the law does not ask about."""
    if referral.other_support != "none":
        words = OTHER_SUPPORT[referral.other_support]
        division = referral.division_of_tasks or "Skriv i henvisningen, hvordan opgaverne er delt."
        yield f"To slags støtte: {words}. {division}"
    running = select(Grant.case_number, Grant.last_day).where(
        Grant.citizen_id == referral.citizen_id, Grant.start <= terms.last_day, Grant.last_day >= terms.start
    )
    for case_number, last_day in session.execute(running):
        yield f"Forløbet i sag {case_number} løber samtidig, til {last_day:%d.%m.%Y}."
    if terms.start < referral.referred_on - timedelta(days=1):
        yield "Første dag ligger før henvisningen."


def _decisions(session: Session, grant: Grant) -> Sequence[Decision]:
    return session.scalars(select(Decision).where(Decision.grant_id == grant.id).order_by(Decision.id.desc())).all()


def _letters(session: Session, grant: Grant, by: User, on: date) -> Sequence[Letter]:
    return letters.list_of_case(session, referral_id=grant.referral_id, grant_id=grant.id, by=by, on=on)


def _followups(session: Session, grant: Grant) -> Sequence[FollowUp]:
    return session.scalars(
        select(FollowUp)
        .where(FollowUp.grant_id == grant.id, FollowUp.dropped_on.is_(None))
        .order_by(FollowUp.due_on, FollowUp.id)
    ).all()


def _refund(row: Reservation) -> int:
    counted = row.covered if row.frame_kind in frames.FRAME_NAMES else row.cost
    return money.round_half_away(Fraction(counted * row.rate_percent, 100))
