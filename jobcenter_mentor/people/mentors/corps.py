"""The mentor corps (mentorkorpset): whose a name, phone number or address is, so that no mentor gets a second row."""

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from sqlalchemy import ColumnElement, exists, or_, select
from sqlalchemy.orm import Session

from jobcenter_mentor.domain.kernel.identity import mail_key, may_be_same, same_name
from jobcenter_mentor.people.mentors.models import Mentor, MentorFunction, MentorHours


def in_corps() -> ColumnElement[bool]:
    """Return whether the mentor has hours or a function in the corps; a name from a sheet of courses has neither.

    Hours are given by form, sheet or API only, and they all refuse a name that is nobody's.
    """
    hours = exists().where(MentorHours.mentor_id == Mentor.id)
    return or_(hours, exists().where(MentorFunction.mentor_id == Mentor.id))


class MentorLookup(NamedTuple):
    """The mentor that was found, or one that it may be and that somebody must confirm."""

    mentor: Mentor | None = None
    doubt: Mentor | None = None


class MentorCorps:
    """The mentors of the corps, or those who share a number or an address with somebody."""

    def __init__(self, mentors: Iterable[Mentor]) -> None:
        self.by_mail: dict[str, list[Mentor]] = defaultdict(list)
        self.by_phone: dict[str, list[Mentor]] = defaultdict(list)
        for mentor in mentors:
            self.add(mentor)

    def add(self, mentor: Mentor) -> None:
        """Add a mentor."""
        self.by_mail[mail_key(mentor.email)].append(mentor)
        self.by_phone[mentor.phone].append(mentor)

    def find(self, *, name: str, phone: str, email: str) -> MentorLookup:
        """Find personen: the same name with the same number or address, or a name that may be it with the address.

        A name that only may be the same, with the same number, is in doubt.
        """
        of_mail = self.by_mail.get(mail_key(email), []) if email else []
        of_phone = self.by_phone.get(phone, []) if phone else []
        sure = next((one for one in (*of_mail, *of_phone) if same_name(one.name, name)), None)
        sure = sure or next((one for one in of_mail if may_be_same(one.name, name)), None)
        if sure is not None:
            return MentorLookup(sure)
        return MentorLookup(doubt=next((one for one in of_phone if may_be_same(one.name, name)), None))

    def only_one_of(self, email: str) -> Mentor | None:
        """Return the mentor whose address nobody shares, None where there is none or several."""
        found = self.by_mail.get(mail_key(email), [])
        return found[0] if len(found) == 1 else None


def around(session: Session, *, phone: str, email: str) -> MentorCorps:
    """Return those who have the number or the address."""
    shared = or_(Mentor.phone == phone, Mentor.email == email)
    return MentorCorps(session.scalars(select(Mentor).where(shared).order_by(Mentor.id)))
