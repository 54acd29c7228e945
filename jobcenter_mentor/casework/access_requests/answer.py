"""Builds the answer to an access request: the collected papers, the letter, the approval, and the letter of delay.

Binding and typesetting take seconds and belong before the writing transaction; storing belongs inside it.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, undefer

from jobcenter_mentor.casefile.followups import service as followups
from jobcenter_mentor.casefile.journal.service import KINDS as JOURNAL_KINDS
from jobcenter_mentor.casefile.letters import service as letters
from jobcenter_mentor.casefile.letters.letterhead import guidance_of, head_of
from jobcenter_mentor.casefile.letters.models import Letter
from jobcenter_mentor.casefile.letters.service import LetterDraft
from jobcenter_mentor.casework.access_requests import case_file, queries, service
from jobcenter_mentor.casework.access_requests.bundle import Bound, LeftOut, bind
from jobcenter_mentor.casework.access_requests.models import AccessRequest
from jobcenter_mentor.casework.access_requests.records import Paper
from jobcenter_mentor.domain.kernel.consideration_kinds import KINDS
from jobcenter_mentor.domain.kernel.errors import InvalidTransition, ValidationFailed
from jobcenter_mentor.domain.law.access import CLOCK, GROUNDS, INTERNAL, section_words
from jobcenter_mentor.domain.law.law import Law
from jobcenter_mentor.people.citizens.models import Citizen, Consideration
from jobcenter_mentor.people.citizens.service import require_protected
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.pages.filters import dk_date, dk_date_words

LARGEST = 100 * 1024 * 1024
"""The most bytes of files collected in one answer."""
HEADINGS = {
    "full": "Du får alle papirer i sagen",
    "partly": "Du får papirerne i sagen, men ikke det hele",
    "none": "Du får ikke papirerne i sagen",
}
VERDICTS = {
    "full": "Du har bedt om aktindsigt. Du får det hele.",
    "partly": "Du har bedt om aktindsigt. Noget er udeladt, og vi skriver her, hvad det er, og hvorfor.",
    "none": "Du har bedt om aktindsigt. Du kan ikke få den, og vi skriver her hvorfor.",
}
BASIS = f"forvaltningsloven § 9, og fristen i {CLOCK}"


def collect(session: Session, request: AccessRequest, *, on: date) -> Bound:
    """Collect the papers in one PDF. Raises ValidationFailed that names unreadable files, or where they are too big."""
    papers = case_file.papers_of(session, request, until=request.proposed_at)
    if case_file.sizes(session, papers) > LARGEST:
        raise ValidationFailed("Papirerne fylder mere end 100 MB. Besvar anmodningen for én sag ad gangen.")
    omissions: dict[tuple[str, str], Sequence[LeftOut]] = dict(queries.left_out_of(session, request))
    hidden = {key for key, rows in omissions.items() if any(not row.pages for row in rows)}
    hidden |= {paper.key for paper in papers if paper.is_internal}
    papers.append(_journal(session, request, hidden, on))
    bound = bind(
        papers,
        omissions,
        lambda paper: case_file.contents(session, paper),
        title=_title(request),
        lead=[f"Anmodningen kom den {dk_date(request.received_on)}.", f"Der er {len(papers)} papirer i alt."],
        on=on,
    )
    return replace(bound, seal=service.seal_of(session, request))


def read(session: Session, request: AccessRequest, *, has_reason: bool, actor: Actor) -> bytes:
    """Return the papers as they were handed out, or as they would be today, and log the access.

    For a protected citizen it raises NotAllowed without the right to the name, ReasonNeeded without a written
    reason.
    """
    require_protected(session, session.get_one(Citizen, request.citizen_id), has_reason=has_reason, actor=actor)
    queries.record(session, "access_request.papers", request, actor.user)
    if request.approved_on is None:
        return collect(session, request, on=actor.day).pdf
    kept = select(AccessRequest).where(AccessRequest.id == request.id).options(undefer(AccessRequest.pdf))
    return session.scalars(kept).one().pdf or b""


def draft(
    session: Session, request: AccessRequest, bound: Bound, *, on: date, law: Law, address_confirmed: bool = False
) -> LetterDraft:
    """Draft the answer: what is given, what is left out by which section and why, and how to complain about that."""
    values = _head(session, request, request.proposed_by_id or request.by_id, on) | {
        "heading": HEADINGS[bound.outcome],
        "verdict": VERDICTS[bound.outcome],
        "legal_basis": BASIS,
        "given": f"Du får {bound.whole + bound.partly} papirer på {bound.pages} sider. De følger med, indekset først.",
        "left_out": _left_out(session, request),
        "outcome": bound.outcome,
        **guidance_of(law.on(on)),
    }
    return LetterDraft("access", "Svar på anmodning om aktindsigt", "access", values, address_confirmed)


def delay_draft(
    session: Session,
    request: AccessRequest,
    *,
    reason: str,
    expected_on: date,
    actor: Actor,
    address_confirmed: bool = False,
) -> LetterDraft:
    """Draft the letter that the answer takes longer: why, and when it comes (forvaltningsloven § 16, stk. 2)."""
    values = _head(session, request, actor.user.id, actor.day) | {
        "heading": "Du får svar om aktindsigt senere",
        "received": dk_date_words(request.received_on),
        "expected": dk_date_words(expected_on),
        "reasons": reason.strip(),
        "legal_basis": CLOCK,
    }
    return LetterDraft("access_delay", "Svar på aktindsigt kommer senere", "access_delay", values, address_confirmed)


def approve(
    session: Session,
    request: AccessRequest,
    bound: Bound,
    written: LetterDraft,
    letter_pdf: bytes,
    *,
    actor: Actor,
) -> Letter:
    """Approve the answer: store the letter and the papers, and stop the deadline.

    Raises NotAllowed for the user's own proposal, InvalidTransition where it is answered or the proposal has
    changed.
    """
    service.require_may_approve(session, request, actor=actor)
    if bound.seal != request.seal:
        raise InvalidTransition(service.CHANGED)
    letter = _keep(session, request, written, letter_pdf, actor)
    request.approved_on, request.approved_by_id, request.outcome = actor.day, actor.user.id, bound.outcome
    request.letter_id, request.pdf, request.pages = letter.id, bound.pdf, bound.pages
    request.sha256 = hashlib.sha256(bound.pdf).hexdigest()
    session.flush()
    queries.record(session, "access_request.approve", request, actor.user, outcome=bound.outcome, sha256=request.sha256)
    followups.end_clock(session, request, f"Besvaret {dk_date(actor.day)}", actor=actor)
    return letter


def postpone(
    session: Session,
    request: AccessRequest,
    written: LetterDraft,
    letter_pdf: bytes,
    *,
    reason: str,
    expected_on: date,
    actor: Actor,
) -> Letter:
    """Postpone the answer, and store the letter that says why."""
    service.postpone(session, request, reason=reason, expected_on=expected_on, actor=actor)
    return _keep(session, request, written, letter_pdf, actor)


def _keep(session: Session, request: AccessRequest, written: LetterDraft, pdf: bytes, actor: Actor) -> Letter:
    return letters.keep(
        session,
        written,
        pdf,
        citizen_id=request.citizen_id,
        addressed_to=request.party_name,
        grant_id=service.journal_case(session, request).grant_id,
        actor=actor,
    )


def _head(session: Session, request: AccessRequest, signer: int, on: date) -> dict[str, Any]:
    """Return the head of a letter; a helper who asked gets a copy, another party is the only receiver."""
    citizen = session.get_one(Citizen, request.citizen_id)
    number = request.case_number or next(iter(case_file.cases_of(session, citizen)), "uden nummer")
    head: dict[str, Any] = {**head_of(session, citizen, number, by_id=signer, on=on)}
    head |= {"sender": asdict(head["sender"]), "letter_date": dk_date_words(on), "data_notice": ()}
    if request.consideration_id is not None:
        helper = session.get_one(Consideration, request.consideration_id)
        if helper.is_in_force(on) and helper.name not in f"{head['copy_to']} {head['recipient']}":
            named = f"{helper.name} ({KINDS[helper.kind].lower()})"
            head["copy_to"] = ", ".join(filter(None, (head["copy_to"], named)))
    if request.party_name:
        lines = (line.strip() for line in request.party_address.replace("\n", ",").split(","))
        head |= {
            "recipient": (request.party_name, *filter(None, lines)),
            "copy_to": "",
            "represented_by": "",
            "data_notice": (),
        }
    return head


def _left_out(session: Session, request: AccessRequest) -> list[str]:
    """Return a line for each paper that is left out, and one line for all internal papers."""
    papers = case_file.papers_of(session, request, until=request.proposed_at)
    omissions, lines = queries.left_out_of(session, request), []
    for number, paper in enumerate(papers, 1):
        lines += [_line(number, paper, one) for one in omissions.get(paper.key, ())]
    internal = [f"nr. {number}" for number, paper in enumerate(papers, 1) if paper.is_internal]
    if internal:
        which = ", ".join(internal) if len(internal) <= 20 else f"{len(internal)} papirer"
        lines.append(
            f"{which[:1].upper()}{which[1:]}: interne dokumenter, som kommunen har skrevet til eget brug "
            f"({section_words(INTERNAL)})."
        )
    return lines


def _line(number: int, paper: Paper, one: LeftOut) -> str:
    pages = f", side {', '.join(map(str, one.pages))}" if one.pages else ""
    ground = f"{section_words(one.section)}, {GROUNDS[one.section]}"
    return f"Nr. {number}, {paper.kind.lower()} af {dk_date(paper.day)}{pages}: {one.reason.rstrip('. ')} ({ground})."


def _journal(session: Session, request: AccessRequest, hidden: set[tuple[str, str]], on: date) -> Paper:
    """Return the lines of the journal as one paper, the last one."""
    rows = case_file.journal_lines(session, request, hidden, until=request.proposed_at)
    lines = [f"{dk_date(day)}  {JOURNAL_KINDS.get(kind, kind)}: {title or 'udeladt'}" for day, kind, title in rows]
    return Paper(
        "journal", request.public_id, "Journal", on, "Linjerne i journalen", request.recorded_at, text="\n".join(lines)
    )


def _title(request: AccessRequest) -> str:
    return f"Aktindsigt, sag {request.case_number}" if request.case_number else "Aktindsigt"
