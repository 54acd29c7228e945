"""The letterhead (brevhoved): who sends, who receives and acts for the citizen, and the day's complaint guidance."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import TypedDict, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from jobcenter_mentor.casefile.letters.letter_values import DecisionValues, HearingValues, Sender
from jobcenter_mentor.casefile.letters.models import Letter
from jobcenter_mentor.casefile.letters.sender import office, sender_of
from jobcenter_mentor.domain.law.data_notice import Notice, notice_on
from jobcenter_mentor.domain.law.law import LawOfDay
from jobcenter_mentor.domain.law.open_points import PointInCase
from jobcenter_mentor.people.citizens.considerations import addressee
from jobcenter_mentor.people.citizens.models import Citizen
from jobcenter_mentor.platform.access.models import User

Reasoned = TypeVar("Reasoned", DecisionValues, HearingValues)


class Head(TypedDict):
    """What every letter begins with, by the names of its values."""

    sender: Sender
    recipient: tuple[str, ...]
    copy_to: str
    represented_by: str
    case_number: str
    letter_date: date
    data_notice: Notice


class Guidance(TypedDict):
    """The complaint guidance (klagevejledning): within how many weeks, when it is reviewed, and who decides."""

    complaint_weeks: int
    review_weeks: int
    complaint_body: str


def head_of(session: Session, citizen: Citizen, case_number: str, *, by_id: int, on: date) -> Head:
    """Return the head of a letter to the citizen, signed by the user of that id."""
    to = addressee(citizen, on)
    return Head(
        sender=sender_of(session, session.get_one(User, by_id).full_name),
        recipient=to.lines,
        copy_to=to.copy_to,
        represented_by=to.represented_by,
        case_number=case_number,
        letter_date=on,
        data_notice=() if _is_told(session, citizen) else data_notice(session, on),
    )


def as_read(values: Reasoned, points: Iterable[PointInCase]) -> Reasoned:
    """Give the municipality's readings as part of the reasons, and name the open points it has not read."""
    points = tuple(points)
    stated: list[str] = [one.reading.text for one in points if one.reading]
    unread = tuple(one.point.question for one in points if one.reading is None)
    return replace(values, reasons=" ".join(filter(None, [values.reasons, *stated])), unread=unread)


def data_notice(session: Session, on: date) -> Notice:
    """Return what the municipality tells citizens of their data (databeskyttelsesforordningen art. 13-14)."""
    own = office(session)
    reach = " eller ".join(part for part in (own.phone, own.email) if part) or own.unit or "jobcentret"
    return notice_on(on, municipality=own.name or "Kommunen", reach=reach)


def _is_told(session: Session, citizen: Citizen) -> bool:
    """Tell whether a letter to the citizen has held the page on data already; one to another party tells nobody."""
    told = select(Letter.id).where(Letter.citizen_id == citizen.id, Letter.data_notice, Letter.addressed_to == "")
    return session.scalar(told.limit(1)) is not None


def guidance_of(law: LawOfDay) -> Guidance:
    """Return the complaint guidance of the day (forvaltningsloven § 25, retssikkerhedsloven §§ 66-67)."""
    return Guidance(
        complaint_weeks=law.whole("decision.complaint_weeks"),
        review_weeks=law.whole("decision.review_weeks"),
        complaint_body=law.text("decision.complaint_body"),
    )
