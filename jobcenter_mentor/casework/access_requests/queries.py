"""Reads access requests as a list and as a page, and finds a case by its number."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import case, func, or_, select
from sqlalchemy.orm import Session

from jobcenter_mentor.casefile.letters.models import Letter
from jobcenter_mentor.casework.access_requests import case_file
from jobcenter_mentor.casework.access_requests.bundle import LeftOut
from jobcenter_mentor.casework.access_requests.models import AccessOmission, AccessRequest
from jobcenter_mentor.casework.access_requests.records import Paper
from jobcenter_mentor.casework.grants.models import Decision, Grant
from jobcenter_mentor.casework.referrals.models import CaseCounter, Referral
from jobcenter_mentor.domain.kernel.consideration_kinds import ACTS_FOR, KINDS
from jobcenter_mentor.domain.kernel.errors import NotFound, ValidationFailed
from jobcenter_mentor.domain.law.access import read_pages
from jobcenter_mentor.people.citizens.models import Citizen, Consideration
from jobcenter_mentor.people.citizens.protection import shown_helper
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.access.models import User
from jobcenter_mentor.platform.access.policy import visible
from jobcenter_mentor.platform.audit import service as audit
from jobcenter_mentor.platform.database.db import ROWS_PER_PAGE, Page, asked_page

ASKERS = {"citizen": "Borgeren selv", "party": "En anden part i sagen"}
OUTCOMES = {"full": "Alt givet", "partly": "Noget udeladt", "none": "Intet givet"}
READ = "access_request.read"


@dataclass(frozen=True)
class RequestRow:
    """A request on the list with its citizen, whose name may be protected."""

    request: AccessRequest
    citizen: Citizen

    @property
    def stage(self) -> str:
        """Return the present stage of the request in words."""
        row = self.request
        if row.withdrawn_on:
            return "Trukket tilbage"
        if row.outcome:
            return f"Besvaret: {OUTCOMES[row.outcome].lower()}"
        if row.proposed_on:
            return "Venter på godkendelse"
        return "Sendt tilbage" if row.returned_on else "Skal besvares"


@dataclass(frozen=True)
class PaperRow:
    """A paper on the page of a request: its number, and what is left out of it."""

    number: int
    paper: Paper
    omissions: Sequence[AccessOmission]


@dataclass(frozen=True)
class RequestPage:
    """The page of a request: the asker, the papers in order, the number of courses with other teams, and the answer."""

    request: AccessRequest
    citizen: Citizen
    asker: str
    papers: list[PaperRow]
    elsewhere: int
    letter: Letter | None
    proposed_by: str

    @property
    def left_out(self) -> int:
        """Return the number of papers that are left out in full or in part."""
        return sum(bool(row.omissions) or row.paper.is_internal for row in self.papers)


def get_request(session: Session, public_id: str, *, actor: Actor, action: str = READ) -> AccessRequest:
    """Return a request. Raises NotFound outside the user's scope."""
    wanted = select(AccessRequest).where(AccessRequest.public_id == public_id)
    found = session.scalar(visible(wanted, AccessRequest, actor.user, action, actor.day))
    if found is None:
        raise NotFound("Anmodningen findes ikke.")
    return found


def show(session: Session, public_id: str, *, reader: str, actor: Actor) -> RequestPage:
    """Return a request with the papers it is about, and log the access. Raises NotFound."""
    request = get_request(session, public_id, actor=actor)
    citizen = session.get_one(Citizen, request.citizen_id)
    record(session, READ, request, actor.user)
    left_out = omissions_of(session, request)
    papers = case_file.papers_of(session, request, until=request.proposed_at)
    rows = [PaperRow(number, one, left_out.get(one.key, ())) for number, one in enumerate(papers, 1)]
    proposer = session.get(User, request.proposed_by_id) if request.proposed_by_id else None
    return RequestPage(
        request,
        citizen,
        asker_words(session, request, citizen, reader),
        rows,
        case_file.scope_of(session, citizen, request.case_number).elsewhere,
        session.get(Letter, request.letter_id) if request.letter_id else None,
        proposer.full_name if proposer else "",
    )


def asker_words(session: Session, request: AccessRequest, citizen: Citizen, reader: str) -> str:
    """Return who asks, in words; the name of a helper as the reader may see it."""
    if request.asked_by == "party":
        return f"{request.party_name} (anden part)"
    if request.consideration_id is None:
        return ASKERS[request.asked_by]
    helper = session.get_one(Consideration, request.consideration_id)
    name = shown_helper(citizen, reader, helper.name)
    return f"{KINDS[helper.kind]} {name}".strip()


def helpers(session: Session, citizen: Citizen, reader: str, on: date) -> dict[str, str]:
    """Return who may ask for the citizen that day: words by the public id of the consideration."""
    rows = select(Consideration).where(
        Consideration.citizen_id == citizen.id,
        Consideration.kind.in_(ACTS_FOR),
        Consideration.valid_from <= on,
        or_(Consideration.valid_to.is_(None), Consideration.valid_to >= on),
    )
    return {
        row.public_id: f"{KINDS[row.kind]} {shown_helper(citizen, reader, row.name)}".strip()
        for row in session.scalars(rows.order_by(Consideration.id))
    }


def list_requests(session: Session, *, page: int, actor: Actor) -> Page[RequestRow]:
    """Return the requests in the user's scope: the open ones by their deadline, then the answered ones."""
    wanted = select(AccessRequest, Citizen).join(Citizen, Citizen.id == AccessRequest.citizen_id)
    reached = visible(wanted, AccessRequest, actor.user, READ, actor.day)
    count = session.scalar(select(func.count()).select_from(reached.subquery())) or 0
    number = asked_page(page, count)
    is_open = AccessRequest.approved_on.is_(None) & AccessRequest.withdrawn_on.is_(None)
    clock = func.coalesce(AccessRequest.expected_on, AccessRequest.due_on)
    ordered = reached.order_by(
        case((is_open, 0), else_=1), case((is_open, clock)), AccessRequest.received_on.desc(), AccessRequest.id.desc()
    )
    found = session.execute(ordered.limit(ROWS_PER_PAGE).offset((number - 1) * ROWS_PER_PAGE))
    rows = [RequestRow(*row) for row in found]
    citizens = [row.citizen.id for row in rows]
    audit.record(session, by=actor.user, action="access_request.list", subject="access_request", citizens=citizens)
    return Page(rows, count, number)


def list_of_citizen(session: Session, citizen_id: int, *, actor: Actor) -> Sequence[AccessRequest]:
    """Return the citizen's requests, newest first; the page logs the access."""
    wanted = select(AccessRequest).where(AccessRequest.citizen_id == citizen_id)
    newest = visible(wanted, AccessRequest, actor.user, READ, actor.day).order_by(AccessRequest.received_on.desc())
    return session.scalars(newest).all()


def papers_to_choose(session: Session, request: AccessRequest) -> dict[str, str]:
    """Return number and title, by key, of the papers that can be left out; internal ones are no choice."""
    papers = enumerate(case_file.papers_of(session, request), 1)
    return {":".join(one.key): f"{number}. {one.title}" for number, one in papers if not one.is_internal}


def find_case(session: Session, case_number: str, *, actor: Actor) -> Citizen:
    """Return the citizen of a case number. Raises ValidationFailed at `sag`, also for a case that has been deleted."""
    number = case_number.strip()
    citizens = select(Citizen).where(
        or_(
            Citizen.id.in_(select(Grant.citizen_id).where(Grant.case_number == number)),
            Citizen.id.in_(select(Referral.citizen_id).where(Referral.case_number == number)),
        )
    )
    found = session.scalars(visible(citizens, Citizen, actor.user, "access_request.make", actor.day)).first()
    if found is not None:
        return found
    told = f"Sag {number} findes ikke i dit team. Se efter i brevet, eller find borgeren under Borgere."
    if _is_deleted(session, number):
        told = (
            f"Sag {number} er slettet, og der er ingen papirer tilbage. "
            "Svar skriftligt, at sagen er slettet, og at der derfor ikke er noget at få indsigt i."
        )
    raise ValidationFailed(told, errors={"sag": [told]})


def omissions_of(session: Session, request: AccessRequest) -> dict[tuple[str, str], list[AccessOmission]]:
    """Return what is left out of a request, by the paper it belongs to."""
    found: dict[tuple[str, str], list[AccessOmission]] = {}
    wanted = select(AccessOmission).where(AccessOmission.request_id == request.id).order_by(AccessOmission.id)
    for row in session.scalars(wanted):
        found.setdefault((row.subject, row.subject_id), []).append(row)
    return found


def left_out_of(session: Session, request: AccessRequest) -> dict[tuple[str, str], list[LeftOut]]:
    """Return what is left out, by paper, as the bundle takes it."""
    return {
        key: [LeftOut(row.section, row.reason, read_pages(row.pages)) for row in rows]
        for key, rows in omissions_of(session, request).items()
    }


def record(session: Session, action: str, request: AccessRequest, by: User, **detail: object) -> None:
    """Note in the event log what was done with a request."""
    audit.record(
        session,
        by=by,
        action=action,
        subject="access_request",
        subject_id=request.public_id,
        citizens=[request.citizen_id],
        detail=detail,
    )


def _is_deleted(session: Session, number: str) -> bool:
    """Tell whether a case number was used once and nothing of the case is left."""
    year, _, place = number.partition("-")
    if not (number.isascii() and year.isdecimal() and place.isdecimal() and len(number) <= 12):
        return False
    counter = session.get(CaseCounter, int(year))
    if counter is None or not 1 <= int(place) <= counter.last:
        return False
    return not any(
        session.scalar(select(model.id).where(model.case_number == number).limit(1)) is not None
        for model in (Grant, Referral, Decision)
    )
