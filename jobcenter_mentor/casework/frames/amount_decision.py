"""The amount of a frame or of a team's local budget: one person proposes it, and another puts it in force."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from jobcenter_mentor.casework.frames.models import LOCAL_BUDGET, Frame, FrameChange
from jobcenter_mentor.casework.frames.service import cover_waiting, find_frame, kinds_of
from jobcenter_mentor.domain.kernel.errors import Conflict, InvalidTransition, NotAllowed, NotFound, ValidationFailed
from jobcenter_mentor.domain.kernel.frame_kinds import FIRST_YEAR, FRAME_NAMES, LAST_YEAR
from jobcenter_mentor.domain.kernel.money import format_kroner
from jobcenter_mentor.domain.law.law import Law
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.access.models import Team, User
from jobcenter_mentor.platform.access.policy import teams_on
from jobcenter_mentor.platform.audit import service as audit
from jobcenter_mentor.platform.database.locks import lock

LARGEST = 100_000_000_000
"""The largest amount of a frame, in øre: above one milliard kroner it is a typing error."""


RATES = {
    "unemployment": "reimbursement.ceiling_unemployment",
    "other_groups": "reimbursement.ceiling_other_groups",
}
"""The law's figure for the kroner of one full-year person (helårsperson), by frame."""
MOST_PERSONS = 1_000_000
TWO_AT_ONCE = "En anden har foreslået et beløb for det samme i mellemtiden. Hent siden igen."


@dataclass(frozen=True)
class NewAmount:
    """A proposed amount: `amount` in øre, or `rate` (øre for a full-year person) x `persons`, never both.

    A local budget has `team_id` and an amount; a frame has none.
    """

    year: int
    kind: str
    reason: str
    team_id: int | None = None
    amount: int | None = None
    rate: int | None = None
    persons: int | None = None

    @property
    def total(self) -> int | None:
        """Return the amount in øre, as entered or calculated; None where neither is complete."""
        if self.amount is not None:
            return self.amount
        return None if self.rate is None or self.persons is None else self.rate * self.persons


def propose_change(
    session: Session,
    *,
    year: int,
    kind: str = LOCAL_BUDGET,
    reason: str,
    amount: int | None = None,
    rate: int | None = None,
    persons: int | None = None,
    team: str | None = None,
    actor: Actor,
    law: Law,
) -> FrameChange:
    """Propose an amount in øre, entered directly or as rate x full-year persons (helårspersoner).

    It is in force once another person approves it. A local budget belongs to a `team`, given by its public id. An
    earlier proposal that waits for the same frame or budget is dropped. Raises ValidationFailed by field, also where a
    rate differs from the one confirmed for the year, and Conflict where another person proposed the same at the same
    time.
    """
    team_id = None if team is None else session.scalar(select(Team.id).where(Team.public_id == team))
    new = NewAmount(year, kind, reason.strip(), team_id, amount, rate, persons)
    confirmed = confirmed_rate(law, year=year, kind=kind)
    errors = _errors_of_budget(new) if kind == LOCAL_BUDGET else _errors_of_frame(new)
    wrong = {field: [text] for field, text in (errors | _errors_of_amount(new, confirmed)).items()}
    if wrong:
        raise ValidationFailed("Beløbet kan ikke foreslås.", errors=wrong)
    _drop_waiting(session, new, actor.day)
    change = FrameChange(
        year=year,
        kind=kind,
        team_id=team_id,
        amount=new.total,
        rate=rate,
        persons=persons,
        reason=new.reason,
        proposed_by_id=actor.user.id,
        proposed_on=actor.day,
    )
    _keep(session, change)
    audit.record(session, by=actor.user, action="frame.change", subject="frame_change", subject_id=change.public_id)
    return change


def _keep(session: Session, change: FrameChange) -> None:
    session.add(change)
    try:
        session.flush()
    except IntegrityError as error:
        raise Conflict(TWO_AT_ONCE) from error


def _drop_waiting(session: Session, new: NewAmount, on: date) -> None:
    """Drop the proposal that waits for the same frame or budget: the new one takes its place."""
    waits = select(FrameChange).where(
        FrameChange.year == new.year,
        FrameChange.kind == new.kind,
        FrameChange.team_id.is_(None) if new.team_id is None else FrameChange.team_id == new.team_id,
        FrameChange.approved_on.is_(None),
        FrameChange.dropped_on.is_(None),
    )
    for change in session.scalars(waits):
        lock(session, change)
        if change.approved_on is None:
            change.dropped_on = on
    session.flush()


def _errors_of_budget(new: NewAmount) -> dict[str, str]:
    """Return what is wrong with a team's budget, except for its amount."""
    errors = {}
    if kinds_of(new.year):
        errors["year"] = f"I {new.year} er der en ramme efter loven. Foreslå beløbet for rammen."
    elif not 2000 <= new.year <= 2100:
        errors["year"] = "Skriv et årstal fra 2000 til 2100."
    if new.team_id is None:
        errors["team"] = "Vælg et af kommunens teams."
    if new.rate is not None or new.persons is not None:
        errors["amount"] = "Skriv budgettet som ét beløb."
    if not new.reason:
        errors["reason"] = "Skriv, hvor beløbet kommer fra."
    return errors


def _errors_of_frame(new: NewAmount) -> dict[str, str]:
    errors = {} if new.kind in FRAME_NAMES else {"kind": "Vælg en af rammerne."}
    first, last = FIRST_YEAR.get(new.kind, 2014), LAST_YEAR.get(new.kind, 2019)
    if not first <= new.year <= last:
        errors["year"] = f"Rammen findes i {first}-{last}. Vælg et af de år eller en anden ramme."
    if not new.reason:
        errors["reason"] = "Skriv, hvor beløbet kommer fra."
    return errors


def confirmed_rate(law: Law, *, year: int, kind: str) -> int | None:
    """Return the year's rate for one full-year person (helårsperson), in øre.

    None where nobody has confirmed a rate or the frame has none.
    """
    figure = law.on(date(year, 1, 1)).find(RATES[kind]) if kind in RATES and 2000 <= year <= 2100 else None
    return figure if isinstance(figure, int) else None


def _errors_of_amount(new: NewAmount, confirmed: int | None) -> dict[str, str]:
    """Return what is wrong with the amount, or with the two figures it is calculated from."""
    if new.amount is not None and (new.rate is not None or new.persons is not None):
        return {"amount": "Skriv enten beløbet eller takst og helårspersoner, ikke begge dele."}
    if new.rate is not None and new.persons is None:
        return {"persons": "Skriv antallet af helårspersoner."}
    if new.persons is not None and new.rate is None:
        return {"rate": "Skriv taksten for én helårsperson."}
    if new.persons is not None and not 0 < new.persons <= MOST_PERSONS:
        return {"persons": "Antallet af helårspersoner skal være over 0 og højst 1.000.000."}
    if new.rate is not None and confirmed is not None and new.rate != confirmed:
        return {
            "rate": f"Taksten for {new.year} er {format_kroner(confirmed)} kr. Ret den, eller skriv beløbet direkte."
        }
    if new.total is None or not 0 < new.total <= LARGEST:
        return {"amount": "Beløbet skal være over 0 kr. og højst 1 mia. kr."}
    return {}


def approve_change(session: Session, change: FrameChange, *, actor: Actor) -> Frame:
    """Approve an amount and put it in force.

    Raises NotAllowed for the person who proposed it and for the leader of another team, InvalidTransition the second
    time, and Conflict where more is reserved inside the frame than the new amount.
    """
    lock(session, change)
    if change.proposed_by_id == actor.user.id:
        raise NotAllowed("Den, der har foreslået beløbet, kan ikke selv godkende det.")
    if not may_approve(change, actor=actor):
        raise NotAllowed("Budgettet er et andet teams. Teamets egen leder eller en økonomikonsulent godkender det.")
    if change.approved_on is not None:
        raise InvalidTransition("Beløbet er allerede godkendt.")
    if change.dropped_on is not None:
        raise InvalidTransition("Et nyere forslag er trådt i stedet. Godkend det.")
    change.approved_by_id, change.approved_on = actor.user.id, actor.day
    frame = find_frame(session, year=change.year, kind=change.kind, team_id=change.team_id)
    if frame is None:
        frame = Frame(year=change.year, kind=change.kind, team_id=change.team_id, amount=change.amount)
        session.add(frame)
        session.flush()
    else:
        _set_amount(session, frame, change.amount)
    if change.team_id is None:
        cover_waiting(session, frame)
    audit.record(session, by=actor.user, action="frame.approve", subject="frame_change", subject_id=change.public_id)
    return frame


def may_approve(change: FrameChange, *, actor: Actor) -> bool:
    """Tell whether the user may approve the amount.

    A team's budget is approved by someone who has that team or all teams. Nobody approves their own proposal.
    """
    teams = teams_on(actor.user, "frame.approve", on=actor.day)
    reached = teams is None or (bool(teams) if change.team_id is None else change.team_id in teams)
    return reached and change.proposed_by_id != actor.user.id


def get_change(session: Session, public_id: str) -> FrameChange:
    """Return a proposal, approved or not; raises NotFound."""
    found = session.scalar(select(FrameChange).where(FrameChange.public_id == public_id))
    if found is None:
        raise NotFound("Forslaget findes ikke.")
    return found


def list_changes(session: Session, *, year: int) -> Sequence[FrameChange]:
    """Return all amounts proposed for a year, newest first."""
    return session.scalars(select(FrameChange).where(FrameChange.year == year).order_by(FrameChange.id.desc())).all()


def names_of(session: Session, changes: Sequence[FrameChange]) -> dict[int, str]:
    """Return the full names of those who proposed and approved, by row id of the user."""
    ids = {one.proposed_by_id for one in changes} | {one.approved_by_id for one in changes if one.approved_by_id}
    return {one.id: one.full_name for one in session.scalars(select(User).where(User.id.in_(ids)))}


def teams_of(session: Session, changes: Sequence[FrameChange]) -> dict[int, str]:
    """Return the names of the teams whose budgets are changed, by row id."""
    ids = {one.team_id for one in changes if one.team_id}
    return {one.id: one.name for one in session.scalars(select(Team).where(Team.id.in_(ids)))}


def words_in_force(session: Session, change: FrameChange) -> str:
    """Return the receipt (kvittering) for an amount that is approved."""
    if change.team_id is None:
        return f"Rammen for {change.year} gælder nu."
    return f"Budgettet for {teams_of(session, [change])[change.team_id]} i {change.year} gælder nu."


def _set_amount(session: Session, frame: Frame, amount: int) -> None:
    """Change the amount of a frame in use, only if what is covered still fits."""
    fitted = session.scalars(
        update(Frame).where(Frame.id == frame.id, Frame.covered <= amount).values(amount=amount).returning(Frame.id)
    ).one_or_none()
    if fitted is None:
        covered = session.scalar(select(Frame.covered).where(Frame.id == frame.id)) or 0
        raise Conflict(
            f"Der er allerede reserveret {format_kroner(covered)} kr. i rammen; beløbet kan ikke være lavere."
        )


def list_frames(session: Session, *, year: int) -> Sequence[Frame]:
    """Return the frames in force for a year, without its local budgets."""
    frames = select(Frame).where(Frame.year == year, Frame.team_id.is_(None))
    return session.scalars(frames.order_by(Frame.kind)).all()
