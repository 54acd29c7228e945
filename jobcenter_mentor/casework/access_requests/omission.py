"""Leaves papers, or pages of them, out of the answer to an access request (udeladelse), and puts them back."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from jobcenter_mentor.casework.access_requests import case_file, queries
from jobcenter_mentor.casework.access_requests.models import AccessOmission, AccessRequest
from jobcenter_mentor.casework.access_requests.pdf_pages import Unreadable, read_pdf
from jobcenter_mentor.casework.access_requests.records import Paper
from jobcenter_mentor.casework.access_requests.service import require_at_work
from jobcenter_mentor.domain.kernel.errors import Conflict, ValidationFailed
from jobcenter_mentor.domain.kernel.office_words import reason_errors_of
from jobcenter_mentor.domain.law.access import (
    GROUNDS,
    INTERNAL,
    OUTWARD,
    WHOLE_DOCUMENTS_ONLY,
    pages_words,
    read_pages,
)
from jobcenter_mentor.platform.access.models import User


def leave_out(
    session: Session, request: AccessRequest, key: str, *, pages: str, section: str, reason: str, by: User
) -> AccessOmission:
    """Leave out a paper, or pages of it. `key` is subject and id with a colon. Raises ValidationFailed by field."""
    require_at_work(session, request)
    papers = {":".join(paper.key): paper for paper in case_file.papers_of(session, request)}
    paper, numbers = papers.get(key), read_pages(pages)
    errors = _omission_errors(paper, numbers, section, reason)
    if not errors and paper is not None and numbers:
        errors = _beyond(session, paper, numbers)
    if errors or paper is None:
        raise ValidationFailed("Papiret kan ikke udelades. Ret felterne.", errors=errors)
    for row in queries.omissions_of(session, request).get(paper.key, ()):
        if not row.pages or not numbers or set(read_pages(row.pages)) & set(numbers):
            told = "Det er allerede udeladt. Fortryd det først, hvis det skal ændres."
            raise ValidationFailed(told, errors={"paper": [told]})
    omission = AccessOmission(
        request_id=request.id,
        subject=paper.subject,
        subject_id=paper.subject_id,
        pages=pages_words(numbers),
        section=section,
        reason=reason.strip(),
        by_id=by.id,
    )
    session.add(omission)
    session.flush()
    queries.record(session, "access_request.leave_out", request, by, paper=key, section=section)
    return omission


def put_back(session: Session, request: AccessRequest, omission_id: str, *, by: User) -> None:
    """Put back what was left out. Raises Conflict where that is done already."""
    require_at_work(session, request)
    wanted = select(AccessOmission).where(
        AccessOmission.public_id == omission_id, AccessOmission.request_id == request.id
    )
    omission = session.scalar(wanted)
    if omission is None:
        raise Conflict("Udeladelsen er allerede fortrudt.")
    session.delete(omission)
    session.flush()
    queries.record(session, "access_request.put_back", request, by, paper=f"{omission.subject}:{omission.subject_id}")


def _omission_errors(paper: Paper | None, numbers: tuple[int, ...], section: str, reason: str) -> dict[str, list[str]]:
    errors = {}
    if paper is None:
        errors["paper"] = ["Vælg et af papirerne på listen."]
    elif paper.is_internal:
        errors["paper"] = ["Papiret er internt og kommer ikke med. Det skal ikke udelades."]
    elif section == INTERNAL and paper.subject in OUTWARD:
        errors["section"] = ["Papiret er sendt til borgeren eller kommer derfra og er ikke internt. Vælg en anden."]
    elif numbers and paper.form != "pdf":
        errors["pages"] = ["Kun en PDF kan udelades side for side. Lad feltet være tomt, så udelades det hele."]
    if section not in GROUNDS:
        errors["section"] = ["Vælg den bestemmelse, det udelades efter."]
    elif numbers and section in WHOLE_DOCUMENTS_ONLY:
        errors["section"] = ["Bestemmelsen gælder hele dokumenter. Lad sidetallene være tomme."]
    if not reason.strip():
        errors["reason"] = ["Skriv kort hvorfor. Den, der har spurgt, kan læse det."]
    return reason_errors_of({"reason": reason}) | errors


def _beyond(session: Session, paper: Paper, numbers: tuple[int, ...]) -> dict[str, list[str]]:
    """Refuse pages that the paper doesn't have; a file that can't be opened can't be left out by the page."""
    try:
        count = len(read_pdf(case_file.contents(session, paper)).pages)
    except Unreadable as error:
        text = f"»{paper.title}« kan ikke deles i sider: {error}. Lad feltet være tomt, så udelades det hele."
        return {"pages": [text]}
    beyond = [number for number in numbers if number > count]
    if not beyond:
        return {}
    has = "1 side" if count == 1 else f"{count} sider"
    return {"pages": [f"»{paper.title}« har kun {has}, så side {pages_words(tuple(beyond))} kan ikke udelades."]}
