"""Whether it is known that the citizen's first offer (første tilbud) in the running period is used up (LAB § 93)."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from jobcenter_mentor.casework.grants.models import Decision
from jobcenter_mentor.casework.referrals.models import Referral
from jobcenter_mentor.people.citizens.models import Citizen


@dataclass(frozen=True)
class UsedUp:
    """A day from which the first offer was used up: an ordinary offer began, or an earlier referral said so."""

    day: date
    by_offer: bool


def used_up(session: Session, citizen: Citizen, *, on: date) -> UsedUp | None:
    """Return what is known to have used up the first offer, while the benefit has been the same since.

    None means not known, never that the offer is still there: a mentor doesn't use it up, and other offers are
    registered in other systems.
    """
    offers = select(func.max(Decision.offer_start)).where(
        Decision.citizen_id == citizen.id, Decision.approved_on.is_not(None), Decision.offer_start <= on
    )
    answered = select(func.max(Referral.referred_on)).where(
        Referral.citizen_id == citizen.id, Referral.first_offer.is_(False), Referral.referred_on <= on
    )
    for statement, by_offer in ((offers, True), (answered, False)):
        day = session.scalar(statement)
        if day is not None and _same_benefit(citizen, day, on):
            return UsedUp(day, by_offer)
    return None


def _same_benefit(citizen: Citizen, first: date, last: date) -> bool:
    """Tell whether one benefit, and no other, is registered from the first day to the last."""
    begun = citizen.status_on(first)
    later = {status.benefit for status in citizen.statuses if first < status.valid_from <= last}
    return begun is not None and later <= {begun.benefit}
