"""Claims (refusionsopgørelser): drafted by one person, closed by another; once closed, only later ones correct them.

What is claimed is worked out by `domain.claiming` from the lines released for payment and the claims already closed.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, and_, delete, func, or_, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, joinedload, lazyload

from jobcenter_mentor.accounts.invoices.models import Claim, ClaimLine, PayLine
from jobcenter_mentor.casework.frames.models import Frame
from jobcenter_mentor.casework.frames.service import kinds_of
from jobcenter_mentor.casework.grants.models import Grant
from jobcenter_mentor.domain.accounts.claim_lines import ClaimEntry, PaidPart, RefundTerms, lines_to_claim
from jobcenter_mentor.domain.accounts.delivery_check import EXCLUDED, EXCLUDED_FROM
from jobcenter_mentor.domain.kernel.errors import (
    Conflict,
    InvalidTransition,
    NotAllowed,
    NotFound,
    NotInForce,
    ValidationFailed,
)
from jobcenter_mentor.domain.kernel.frame_kinds import NO_FRAME, NO_REIMBURSEMENT
from jobcenter_mentor.domain.kernel.money import share
from jobcenter_mentor.domain.kernel.periods import Period
from jobcenter_mentor.domain.law.law import Law
from jobcenter_mentor.domain.law.refund_ways import AgreedGroup, Way, account_on
from jobcenter_mentor.domain.law.reimbursement import stretches
from jobcenter_mentor.domain.law.rules.catalogue import RULES
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.access.models import User
from jobcenter_mentor.platform.access.policy import visible, within
from jobcenter_mentor.platform.audit import service as audit
from jobcenter_mentor.platform.database.locks import lock

ANOTHER_DRAFT = "Der er allerede et udkast. Luk det eller slet det, før du laver et nyt."
NOT_ENTERED = "law_not_entered"
"""Kind of a cost on days whose law is not entered: nothing is claimed, and the line says why."""
KINDS = {
    "mentor_2014": "Mentorrammen",
    "unemployment": "Ramme for ledige",
    "other_groups": "Ramme for øvrige grupper",
    NO_FRAME: "Refusion uden ramme",
    NO_REIMBURSEMENT: "Uden refusion",
    NOT_ENTERED: "Refusion ikke kendt",
}


def kind_words(kind: str, year: int) -> str:
    """Return the kind of cost in Danish; a year whose law has no frame is not said to be without one."""
    return "Med refusion" if kind == NO_FRAME and not kinds_of(year) else KINDS.get(kind, kind)


@dataclass(frozen=True)
class AccountSum:
    """An account of the claim (konto): the lines of one account, kind and rate, and their sums in øre."""

    account: str
    kind: str
    rate_percent: int
    year: int
    lines: list[ClaimLine]

    @property
    def heading(self) -> str:
        """The heading of the account."""
        return f"{self.account or 'Konto ikke bekræftet'} · {kind_words(self.kind, self.year)} {self.year}"

    @property
    def note(self) -> str:
        """Why there is no account, or no refund; empty where both are known."""
        if self.kind == NOT_ENTERED:
            return "Satsen for dagene er ikke bekræftet. Der opgøres ingen refusion, før den er det."
        return "" if self.account else "Ingen konto er bekræftet for året. Følg kommunens egen kontoplan."

    @property
    def sections(self) -> dict[str, str]:
        """Return the section of the law for each rule, by the key of the rule, which no page shows."""
        return {line.rule: RULES[line.rule].section for line in self.lines if line.rule in RULES}

    def total(self, column: str) -> int:
        """Sum of one column, in øre."""
        return sum(getattr(line, column) for line in self.lines)

    @property
    def own_cost(self) -> int:
        """The own cost (egen udgift): what the state does not refund, in øre."""
        return self.total("cost") - self.total("refund")


def draft(session: Session, law: Law, *, first: date, last: date, actor: Actor) -> Claim:
    """Draft a claim for a period: all that is released for payment up to its last day and not claimed yet.

    Raises ValidationFailed on swapped days or a period that is not over, Conflict while another draft is open.
    """
    errors = {}
    if last < first:
        errors["last_day"] = ["Periodens slutdato ligger før startdatoen."]
    elif last >= actor.day:
        errors["last_day"] = ["Perioden er ikke slut. Opgørelsen laves, når perioden er gået."]
    if errors:
        raise ValidationFailed("Opgørelsen kan ikke laves.", errors=errors)
    if session.scalar(select(Claim.id).where(Claim.closed_on.is_(None))) is not None:
        raise Conflict(ANOTHER_DRAFT)
    claim = Claim(first_day=first, last_day=last, drafted_by_id=actor.user.id, drafted_on=actor.day)
    session.add(claim)
    try:
        session.flush()
    except IntegrityError as error:
        raise Conflict(ANOTHER_DRAFT) from error
    return reckon(session, claim, law, actor=actor)


def reckon(session: Session, claim: Claim, law: Law, *, actor: Actor) -> Claim:
    """Calculate the draft again after lines were released or rejected. Raises InvalidTransition once it is closed."""
    _lock_open(session, claim)
    session.execute(delete(ClaimLine).where(ClaimLine.claim_id == claim.id))
    frames = {(one.year, one.kind): one.amount for one in session.scalars(select(Frame).where(Frame.team_id.is_(None)))}
    parts = list(_parts(session, claim, law))
    for line in lines_to_claim(parts, _closed(session), frames):
        session.add(_row(claim, line))
    claim.drafted_by_id, claim.drafted_on = actor.user.id, actor.day
    session.flush()
    _record(session, claim, "claim.draft", actor.user)
    return claim


def close(session: Session, claim: Claim, law: Law, *, actor: Actor) -> Claim:
    """Close the claim; from now on the database itself refuses any change.

    Raises NotAllowed for who drafted it, InvalidTransition once it is closed, ValidationFailed where it holds nothing,
    Conflict where lines have been released or rejected since it was reckoned.
    """
    _lock_open(session, claim)
    if claim.drafted_by_id == actor.user.id:
        raise NotAllowed("Den, der har lavet udkastet, kan ikke selv lukke opgørelsen.")
    frames = {(one.year, one.kind): one.amount for one in session.scalars(select(Frame).where(Frame.team_id.is_(None)))}
    now = [
        _told(_row(claim, line)) for line in lines_to_claim(list(_parts(session, claim, law)), _closed(session), frames)
    ]
    held = [_told(line) for line in session.scalars(select(ClaimLine).where(ClaimLine.claim_id == claim.id))]
    if not held:
        raise ValidationFailed("Opgørelsen er tom. Der er ikke frigivet noget nyt til betaling i perioden.")
    if sorted(now) != sorted(held):
        raise Conflict("Linjer er frigivet eller afvist, siden udkastet blev beregnet. Beregn det igen.")
    claim.closed_by_id, claim.closed_on = actor.user.id, actor.day
    session.flush()
    _record(session, claim, "claim.close", actor.user)
    return claim


def discard(session: Session, claim: Claim, *, by: User) -> None:
    """Delete a draft. Raises InvalidTransition once it is closed."""
    _lock_open(session, claim)
    _record(session, claim, "claim.discard", by)
    session.execute(delete(ClaimLine).where(ClaimLine.claim_id == claim.id))
    session.delete(claim)
    session.flush()


def get_claim(session: Session, public_id: str) -> Claim:
    """Return a claim. Raises NotFound."""
    found = session.scalar(select(Claim).where(Claim.public_id == public_id))
    if found is None:
        raise NotFound("Opgørelsen findes ikke.")
    return found


def list_claims(session: Session, *, actor: Actor) -> list[tuple[Claim, int, int]]:
    """Return the claims, newest first, each with the cost and refund in øre of the lines in the user's reach."""
    sums = (func.coalesce(func.sum(ClaimLine.cost), 0), func.coalesce(func.sum(ClaimLine.refund), 0))
    reached = and_(ClaimLine.claim_id == Claim.id, within(ClaimLine, actor.user, "claim.read", actor.day))
    statement = select(Claim, *sums).outerjoin(ClaimLine, reached).group_by(Claim.id).order_by(Claim.id.desc())
    return [(claim, int(cost), int(refund)) for claim, cost, refund in session.execute(statement)]


def accounts(session: Session, claim: Claim, *, actor: Actor) -> list[AccountSum]:
    """Return the claim's lines by account, those in the user's reach; the look is logged for each person."""
    shown = joinedload(ClaimLine.pay_line).options(
        joinedload(PayLine.citizen), joinedload(PayLine.mentor), joinedload(PayLine.grant).options(lazyload("*"))
    )
    statement = select(ClaimLine).where(ClaimLine.claim_id == claim.id).options(shown)
    found: dict[tuple[int, str, str, int], list[ClaimLine]] = defaultdict(list)
    for line in session.scalars(
        visible(statement, ClaimLine, actor.user, "claim.read", actor.day).order_by(ClaimLine.id)
    ):
        found[line.year, line.account, line.frame_kind, line.rate_percent].append(line)
    citizens = [line.pay_line.citizen_id for lines in found.values() for line in lines]
    audit.record(
        session, by=actor.user, action="claim.read", subject="claim", subject_id=claim.public_id, citizens=citizens
    )
    return [
        AccountSum(account, kind, rate, year, lines) for (year, account, kind, rate), lines in sorted(found.items())
    ]


def unclaimed(session: Session, *, actor: Actor) -> tuple[int, int]:
    """Return what is released but not claimed: how many lines in the user's reach, and what of their cost, in øre.

    Less than nothing where credits are released for what closed claims hold: the next claim corrects it.
    """
    cost = func.sum(ClaimLine.cost).label("cost")
    claimed = select(ClaimLine.pay_line_id, cost).join(Claim).where(Claim.closed_on.is_not(None))
    claimed_of = claimed.group_by(ClaimLine.pay_line_id).subquery()
    credit_of = _released_credits().subquery()
    left = PayLine.amount + func.coalesce(credit_of.c.amount, 0) - func.coalesce(claimed_of.c.cost, 0)
    statement = (
        select(func.count(PayLine.id), func.coalesce(func.sum(left), 0))
        .outerjoin(claimed_of, claimed_of.c.pay_line_id == PayLine.id)
        .outerjoin(credit_of, credit_of.c.corrects_id == PayLine.id)
        .where(PayLine.released_on.is_not(None), PayLine.corrects_id.is_(None), left != 0)
    )
    count, amount = session.execute(visible(statement, PayLine, actor.user, "claim.read", actor.day)).one()
    return int(count), int(amount)


def _released_credits() -> Select[int | None, int]:
    """Return the query of what released credits and corrections come to, a negative sum for each line they lower."""
    return (
        select(PayLine.corrects_id, func.sum(PayLine.amount).label("amount"))
        .where(PayLine.corrects_id.is_not(None), PayLine.released_on.is_not(None))
        .group_by(PayLine.corrects_id)
    )


def pieces_of(period: Period, agreed: AgreedGroup | None, law: Law) -> list[tuple[Period, RefundTerms]]:
    """Split a period by accounting year and rule: the terms of each piece, for the group stored at the grant."""
    try:
        return [(days, _terms(days, way, law)) for days, way in stretches(period, agreed, law)]
    except NotInForce:
        return [(days, RefundTerms(NOT_ENTERED, 0, "", "")) for days in period.split_by_year()]


def _terms(days: Period, way: Way, law: Law) -> RefundTerms:
    if way.frame is None or way.rate is None:
        return RefundTerms(NOT_ENTERED, 0, "", way.rule)
    return RefundTerms(way.frame, int(way.rate * 100), account_on(way, law.on(days.first)) or "", way.rule)


def _parts(session: Session, claim: Claim, law: Law) -> Iterator[PaidPart]:
    """Yield what is paid up to the claim's last day less what is credited of it, cut where year or rule changes."""
    claimed = select(ClaimLine.pay_line_id).join(Claim).where(Claim.closed_on.is_not(None))
    statement = (
        select(PayLine, Grant.group_number, Grant.discharge_right, Grant.decided_on, Grant.start)
        .join(Grant, Grant.id == PayLine.grant_id)
        .where(PayLine.released_on.is_not(None), PayLine.corrects_id.is_(None))
        .where(or_(PayLine.first_day <= claim.last_day, PayLine.id.in_(claimed)))
        .order_by(PayLine.id)
    )
    credited = dict(session.execute(_released_credits()).all())
    known: dict[tuple[object, ...], list[tuple[Period, RefundTerms]]] = {}
    for line, group, discharge, decided_on, start in session.execute(statement.options(lazyload("*"))):
        key = (group, bool(discharge), decided_on or start, line.first_day, line.last_day)
        if key not in known:
            agreed = None if group is None else AgreedGroup(group, decided_on or start, bool(discharge))
            known[key] = pieces_of(Period(line.first_day, line.last_day), agreed, law)
        yield from (
            part
            for part in _shares(line, int(credited.get(line.id, 0)), known[key])
            if part.first_day <= claim.last_day
        )


def _shares(line: PayLine, credited: int, pieces: Sequence[tuple[Period, RefundTerms]]) -> Iterator[PaidPart]:
    """Yield what is left of the line on its pieces by days, largest remainder first, so that they sum to it.

    A line that was credited in full is no part: what a closed claim holds of it is corrected to nothing.
    """
    left = line.amount + credited
    if credited and not left:
        return
    costs = share(left, [days.days for days, _ in pieces])
    for (days, terms), cost in zip(pieces, costs, strict=True):
        excluded = line.item in EXCLUDED and days.last >= EXCLUDED_FROM
        yield PaidPart(line.id, line.grant_id or 0, days.first, days.last, cost, 0 if excluded else cost, terms)


def _closed(session: Session) -> list[ClaimEntry]:
    """Return the lines of all closed claims, in their order."""
    statement = select(ClaimLine).join(Claim).where(Claim.closed_on.is_not(None)).order_by(ClaimLine.id)
    return [
        ClaimEntry(
            PaidPart(
                one.pay_line_id,
                one.grant_id,
                one.first_day,
                one.last_day,
                one.cost,
                one.eligible,
                RefundTerms(one.frame_kind, one.rate_percent, one.account, one.rule),
            ),
            one.base,
            one.refund,
            one.id,
        )
        for one in session.scalars(statement)
    ]


def _row(claim: Claim, line: ClaimEntry) -> ClaimLine:
    part = line.part
    return ClaimLine(
        claim_id=claim.id,
        pay_line_id=part.pay_line_id,
        grant_id=part.grant_id,
        first_day=part.first_day,
        last_day=part.last_day,
        year=part.first_day.year,
        account=part.terms.account,
        frame_kind=part.terms.kind,
        rule=part.terms.rule,
        rate_percent=part.terms.rate_percent,
        cost=part.cost,
        eligible=part.eligible,
        base=line.base,
        refund=line.refund,
        correction_of_id=line.correction_of,
        reason=line.reason,
    )


def _told(line: ClaimLine) -> tuple[object, ...]:
    """Return what a line says, to be held against another reckoning."""
    return (
        line.pay_line_id,
        line.first_day,
        line.last_day,
        line.frame_kind,
        line.rate_percent,
        line.account,
        line.cost,
        line.base,
        line.refund,
        line.correction_of_id or 0,
    )


def _lock_open(session: Session, claim: Claim) -> None:
    """Lock a draft. Raises InvalidTransition once it is closed, Conflict once it is deleted."""
    lock(session, claim)
    if claim.closed_on is not None:
        raise InvalidTransition("Opgørelsen er lukket og kan ikke ændres. Rettelser kommer med i den næste.")


def _record(session: Session, claim: Claim, action: str, by: User) -> None:
    period = f"{claim.first_day}/{claim.last_day}"
    audit.record(session, by=by, action=action, subject="claim", subject_id=claim.public_id, detail={"period": period})
