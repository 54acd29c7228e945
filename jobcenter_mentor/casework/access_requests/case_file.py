"""Gathers the papers of a citizen's cases that a party may ask to see, in order, and says which are internal.

The scope is that of the citizen's team, whoever asks: the caseworker who proposes and the leader who approves see the
same. No file is opened here; `contents` reads one when it is bound.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session, undefer

from jobcenter_mentor.casefile.documents.models import Document
from jobcenter_mentor.casefile.journal.models import JournalEntry
from jobcenter_mentor.casefile.letters.models import Letter
from jobcenter_mentor.casework.access_requests import records
from jobcenter_mentor.casework.access_requests.models import AccessRequest
from jobcenter_mentor.casework.access_requests.records import Paper
from jobcenter_mentor.casework.grants.models import Grant
from jobcenter_mentor.casework.referrals.models import Referral
from jobcenter_mentor.people.citizens.models import Citizen


@dataclass(frozen=True)
class Scope:
    """What the request is about: the citizen, the courses and referrals within it, and the number of a single case.

    `elsewhere` is the number of courses with other teams.
    """

    citizen: Citizen
    grants: list[Grant]
    referrals: list[Referral]
    case_number: str
    elsewhere: int = 0

    @property
    def grant_ids(self) -> list[int]:
        """Row ids of the courses."""
        return [grant.id for grant in self.grants]

    @property
    def referral_ids(self) -> list[int]:
        """Row ids of the referrals."""
        return [referral.id for referral in self.referrals]

    def of_case(self, model: Any) -> ColumnElement[bool]:
        """Return the condition of the rows of a table with `citizen_id` and `grant_id` that belong to it."""
        own: ColumnElement[bool] = model.citizen_id == self.citizen.id
        if not self.case_number:
            return own
        of_case: ColumnElement[bool] = model.grant_id.in_(self.grant_ids)
        if hasattr(model, "referral_id"):
            of_case = or_(of_case, model.referral_id.in_(self.referral_ids))
        return and_(own, of_case)


def scope_of(session: Session, citizen: Citizen, case_number: str) -> Scope:
    """Return the team's own courses and referrals of the citizen, for one case or for all."""
    grants = select(Grant).where(Grant.citizen_id == citizen.id)
    referrals = select(Referral).where(Referral.citizen_id == citizen.id, Referral.team_id == citizen.team_id)
    if case_number:
        grants = grants.where(Grant.case_number == case_number)
        referrals = referrals.where(Referral.case_number == case_number)
    found = session.scalars(grants.order_by(Grant.start, Grant.id)).all()
    own = [grant for grant in found if grant.team_id == citizen.team_id]
    return Scope(
        citizen, own, list(session.scalars(referrals.order_by(Referral.id))), case_number, len(found) - len(own)
    )


def cases_of(session: Session, citizen: Citizen) -> list[str]:
    """Return the citizen's case numbers in the team, newest first."""
    scope = scope_of(session, citizen, "")
    numbers = {row.case_number for row in scope.grants} | {row.case_number for row in scope.referrals}
    return sorted(numbers, reverse=True)


def papers_of(session: Session, request: AccessRequest, *, until: datetime | None = None) -> list[Paper]:
    """Return the papers in order of their own day; only those recorded up to `until`, where it is given."""
    scope = scope_of(session, session.get_one(Citizen, request.citizen_id), request.case_number)
    found = [paper for paper in _all(session, scope) if until is None or paper.recorded_at <= until]
    return sorted(found, key=lambda paper: (paper.day, paper.recorded_at, paper.key))


def journal_lines(
    session: Session, request: AccessRequest, hidden: set[tuple[str, str]], *, until: datetime | None = None
) -> list[tuple[date, str, str]]:
    """Return day, kind and title of the journal's lines; the title is empty for what is left out."""
    scope = scope_of(session, session.get_one(Citizen, request.citizen_id), request.case_number)
    wanted = select(JournalEntry).where(scope.of_case(JournalEntry), JournalEntry.is_internal.is_(False))
    if until is not None:
        wanted = wanted.where(JournalEntry.recorded_at <= until)
    rows = session.scalars(wanted.order_by(JournalEntry.day, JournalEntry.id)).all()
    return [
        (row.day, row.kind, "" if {(row.subject, row.subject_id), ("note", row.public_id)} & hidden else row.title)
        for row in rows
    ]


def contents(session: Session, paper: Paper) -> bytes:
    """Return the file behind a paper: a letter's PDF, or a document's content."""
    if paper.subject == "letter":
        letter = select(Letter).where(Letter.public_id == paper.subject_id).options(undefer(Letter.pdf))
        return session.scalars(letter).one().pdf
    wanted = select(Document).where(Document.public_id == paper.subject_id, Document.is_internal.is_(False))
    document = session.scalars(wanted.options(undefer(Document.content))).one()
    return document.content or b""


def sizes(session: Session, papers: list[Paper]) -> int:
    """Return the sum of the bytes of the papers' files."""
    ids = [paper.subject_id for paper in papers if paper.subject == "document"]
    return session.scalar(select(func.coalesce(func.sum(Document.size), 0)).where(Document.public_id.in_(ids))) or 0


def _all(session: Session, scope: Scope) -> Iterator[Paper]:
    yield from _letters(session, scope)
    yield from _documents(session, scope)
    yield from _notes(session, scope)
    yield from records.of_case(session, citizen_id=scope.citizen.id, grants=scope.grants, referrals=scope.referrals)


def _letters(session: Session, scope: Scope) -> Iterator[Paper]:
    for row in session.scalars(select(Letter).where(scope.of_case(Letter))):
        yield Paper("letter", row.public_id, "Brev", row.sent_on, row.title, row.recorded_at, form="pdf")


def _documents(session: Session, scope: Scope) -> Iterator[Paper]:
    for row in session.scalars(select(Document).where(scope.of_case(Document))):
        yield Paper(
            "document",
            row.public_id,
            "Dokument",
            row.dated,
            row.title,
            row.recorded_at,
            is_internal=row.is_internal,
            form=row.kind if row.removed_on is None else "removed",
            facts=(("Fra eller til", row.party),) if row.party else (),
        )


def _notes(session: Session, scope: Scope) -> Iterator[Paper]:
    wanted = select(JournalEntry).where(scope.of_case(JournalEntry), JournalEntry.kind == "note")
    for row in session.scalars(wanted):
        yield Paper(
            "note",
            row.public_id,
            "Notat",
            row.day,
            row.title,
            row.recorded_at,
            is_internal=row.is_internal,
            text=row.text or "",
        )
