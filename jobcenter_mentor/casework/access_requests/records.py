"""Writes out the rows of a case that are part of its papers: referrals, decisions, agreements, goals, meetings.

Internal are the assessments, the proposals that were not approved, the second checks, and what is written between
people of the municipality (forvaltningsloven § 12).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from jobcenter_mentor.casework.agreements.acceptance import ANSWERS, PARTIES
from jobcenter_mentor.casework.agreements.models import Agreement, Answer, Goal
from jobcenter_mentor.casework.complaints.models import Complaint
from jobcenter_mentor.casework.grants.hearing_facts import service as facts
from jobcenter_mentor.casework.grants.hearing_facts.models import HeardFact
from jobcenter_mentor.casework.grants.models import AssessmentRecord, Decision, Grant, Hearing, SecondCheck
from jobcenter_mentor.casework.meetings.course_log import contact_words
from jobcenter_mentor.casework.meetings.models import Meeting, NoteReply
from jobcenter_mentor.casework.referrals.models import Referral
from jobcenter_mentor.domain.kernel.complaint_codes import BOARD_OUTCOMES, KINDS, OUTCOMES
from jobcenter_mentor.domain.kernel.hours import hours_words
from jobcenter_mentor.domain.kernel.needs import BARRIERS, GOAL_STATUSES, SUBJECTS, TASKS
from jobcenter_mentor.domain.kernel.target_groups import MENTOR_TYPES
from jobcenter_mentor.people.mentors.models import Mentor
from jobcenter_mentor.platform.pages.filters import dk_date

OF_THE_MUNICIPALITY = frozenset({"INT", "BOST", "VKON", "SAGS"})
"""Kinds of mentor who work for the municipality: what is written to them has not left it."""
Facts = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Paper:
    """A paper of the case (papir), identified by `subject` and `subject_id`, with its day and title.

    `form` is pdf, jpg, png or docx for a file, text for what is written out here, removed for a file that is gone.
    An internal paper can't be handed out.
    """

    subject: str
    subject_id: str
    kind: str
    day: date
    title: str
    recorded_at: datetime
    is_internal: bool = False
    form: str = "text"
    facts: Facts = ()
    text: str = ""

    @property
    def key(self) -> tuple[str, str]:
        """Return what identifies the paper."""
        return self.subject, self.subject_id


def of_case(
    session: Session, *, citizen_id: int, grants: Sequence[Grant], referrals: Sequence[Referral]
) -> Iterator[Paper]:
    """Return the rows of a case as papers, in no order."""
    grant_ids, referral_ids = [row.id for row in grants], [row.id for row in referrals]
    yield from (_referral(row) for row in referrals)
    yield from _decisions(session, citizen_id, grant_ids, referral_ids)
    for row in session.scalars(select(AssessmentRecord).where(AssessmentRecord.referral_id.in_(referral_ids))):
        yield Paper(
            "assessment",
            row.public_id,
            "Vurdering",
            row.assessed_on,
            "Vurdering efter loven",
            row.recorded_at,
            is_internal=True,
        )
    yield from _agreements(session, grant_ids)
    yield from _goals(session, grant_ids)
    yield from _meetings(session, grant_ids)


def _referral(row: Referral) -> Paper:
    facts = (
        ("Mål", row.goal),
        ("Opgaver", ", ".join(TASKS.get(code, code) for code in row.tasks)),
        ("Barrierer", ", ".join(BARRIERS.get(code, code) for code in row.barriers)),
        ("Ønsker", row.wishes),
        ("Støtte", f"{hours_words(row.minutes_per_week)} om ugen i {row.weeks} uger fra {dk_date(row.start)}"),
        ("Mentortype", MENTOR_TYPES.get(row.mentor_type, row.mentor_type)),
        ("Talt med borgeren", dk_date(row.consulted_on) if row.consulted_on else ""),
        ("Opgavefordeling", row.division_of_tasks),
        ("Grund til timetallet", row.hours_reason),
        ("Lukket", row.closed_reason),
    )
    return Paper(
        "referral",
        row.public_id,
        "Henvisning",
        row.referred_on,
        f"Henvisning, sag {row.case_number}",
        row.recorded_at,
        facts=facts,
    )


def _decisions(session: Session, citizen_id: int, grant_ids: list[int], referral_ids: list[int]) -> Iterator[Paper]:
    own = or_(Decision.grant_id.in_(grant_ids), Decision.referral_id.in_(referral_ids))
    decisions = session.scalars(select(Decision).where(Decision.citizen_id == citizen_id, own)).all()
    for row in decisions:
        yield _decision(row)
    ids = [row.id for row in decisions]
    for check in session.scalars(select(SecondCheck).where(SecondCheck.decision_id.in_(ids))):
        yield Paper(
            "second_check",
            check.public_id,
            "Stikprøve",
            check.drawn_on,
            "Stikprøve af en afgørelse",
            check.recorded_at,
            is_internal=True,
        )
    known = session.scalars(select(HeardFact).where(HeardFact.decision_id.in_(ids)).order_by(HeardFact.id)).all()
    for hearing in session.scalars(select(Hearing).where(Hearing.decision_id.in_(ids))):
        yield _hearing(hearing, [facts.words_of(one) for one in known if one.decision_id == hearing.decision_id])
    for complaint in session.scalars(select(Complaint).where(Complaint.decision_id.in_(ids))):
        yield _complaint(complaint)


def _decision(row: Decision) -> Paper:
    kind = KINDS.get(row.kind, row.kind)
    if row.approved_on is None:
        title = f"Indstilling, der ikke er godkendt: {kind.lower()}"
        return Paper(
            "decision", row.public_id, "Indstilling", row.proposed_on, title, row.recorded_at, is_internal=True
        )
    weekly = "" if row.minutes_per_week is None else f"{hours_words(row.minutes_per_week)} om ugen"
    period = f"{dk_date(row.start)} til {dk_date(row.last_day)}" if row.start and row.last_day else ""
    facts = (
        ("Sag", row.case_number),
        ("Periode", period),
        ("Timer", weekly),
        ("Begrundelse", row.reason),
        ("Lagt vægt på", row.considerations),
        ("Anden hjælp", row.other_help),
        ("Om høringen", row.hearing_note),
    )
    title = f"Afgørelse: {kind.lower()}"
    return Paper("decision", row.public_id, "Afgørelse", row.approved_on, title, row.recorded_at, facts=facts)


def _hearing(row: Hearing, known: Sequence[str]) -> Paper:
    day = row.answered_on or row.sent_on or row.recorded_at.date()
    facts = (
        ("Sendt", dk_date(row.sent_on) if row.sent_on else ""),
        ("Svar senest", dk_date(row.answer_by) if row.answer_by else ""),
        ("Besvaret", dk_date(row.answered_on) if row.answered_on else ""),
        ("Ikke hørt, fordi", row.left_out_reason),
        ("Hørt om", " ".join(known)),
    )
    title = "Svar på partshøring" if row.answered_on else "Partshøring"
    return Paper("hearing", row.public_id, "Høring", day, title, row.recorded_at, facts=facts, text=row.answer)


def _complaint(row: Complaint) -> Paper:
    facts = (
        ("Modtaget", dk_date(row.received_on)),
        ("Genvurderet", f"{dk_date(row.reviewed_on)}, {OUTCOMES.get(row.outcome, '')}" if row.reviewed_on else ""),
        ("Begrundelse", row.review_note or ""),
        ("Sendt til klageinstansen", dk_date(row.forwarded_on) if row.forwarded_on else ""),
        ("Klageinstansen", BOARD_OUTCOMES.get(row.board_outcome, "")),
    )
    return Paper(
        "complaint",
        row.public_id,
        "Klage",
        row.received_on,
        "Klage over en afgørelse",
        row.recorded_at,
        facts=facts,
        text=row.text,
    )


def _agreements(session: Session, grant_ids: list[int]) -> Iterator[Paper]:
    rows = session.scalars(select(Agreement).where(Agreement.grant_id.in_(grant_ids))).all()
    answers = select(Answer).where(Answer.agreement_id.in_([row.id for row in rows])).order_by(Answer.id)
    said: dict[int, list[str]] = {row.id: [] for row in rows}
    for answer in session.scalars(answers):
        words = f"{PARTIES[answer.party]}: {ANSWERS[answer.answer]} {dk_date(answer.answered_on)}"
        said[answer.agreement_id].append(f"{words}. {answer.reason}".strip(". "))
    for row in rows:
        facts = (
            ("Mål", row.goal),
            ("Opgaver", ", ".join(TASKS.get(code, code) for code in row.tasks)),
            ("Mentor", f"{row.mentor_name}, {row.mentor_contact}"),
            ("Periode", f"{dk_date(row.start)} til {dk_date(row.last_day)}"),
            ("Timer", f"{hours_words(row.minutes_per_week)} om ugen"),
            ("Mødested", row.meeting_place),
            ("Svar", "\n".join(said[row.id])),
        )
        title = f"Mentoraftale nr. {row.number}"
        yield Paper("agreement", row.public_id, "Aftale", row.drafted_on, title, row.recorded_at, facts=facts)


def _goals(session: Session, grant_ids: list[int]) -> Iterator[Paper]:
    for row in session.scalars(select(Goal).where(Goal.grant_id.in_(grant_ids))):
        facts = (
            ("Skal nås", dk_date(row.target_on) if row.target_on else ""),
            ("Status", GOAL_STATUSES[row.status]),
            ("Bemærkning", row.status_note),
        )
        day = row.status_on or row.recorded_at.date()
        yield Paper(
            "goal", row.public_id, "Mål", day, f"Mål nr. {row.number}", row.recorded_at, facts=facts, text=row.text
        )


def _meetings(session: Session, grant_ids: list[int]) -> Iterator[Paper]:
    rows = session.execute(
        select(Meeting, Mentor).join(Mentor, Mentor.id == Meeting.mentor_id).where(Meeting.grant_id.in_(grant_ids))
    ).all()
    replies: dict[int, list[NoteReply]] = {}
    for reply in session.scalars(
        select(NoteReply).join(Meeting, Meeting.id == NoteReply.meeting_id).where(Meeting.grant_id.in_(grant_ids))
    ):
        replies.setdefault(reply.meeting_id, []).append(reply)
    for row, mentor in rows:
        yield _meeting(row)
        is_own = mentor.supplier_id is None and mentor.mentor_type in OF_THE_MUNICIPALITY
        for reply in replies.get(row.id, []):
            yield Paper(
                "reply",
                f"{row.public_id[:18]}-{reply.id}",
                "Svar i logbogen",
                reply.replied_on,
                "Svar på en note i logbogen",
                reply.recorded_at,
                is_internal=is_own,
                text=reply.text,
            )


def _meeting(row: Meeting) -> Paper:
    worked_on = [TASKS.get(code, code) for code in row.topics] + [SUBJECTS.get(code, code) for code in row.subjects]
    facts = (
        ("Arbejdede med", ", ".join(worked_on)),
        ("Særlig grund", row.special_reason),
        ("Næste skridt", row.next_step),
        ("Næste møde", f"{dk_date(row.next_on)} {row.next_meeting}".strip() if row.next_on else ""),
        ("Rettet", "En senere udgave af noten er skrevet." if row.corrected else ""),
    )
    return Paper(
        "meeting",
        row.public_id,
        "Logbog",
        row.met_on,
        f"Logbog: {contact_words(row)}",
        row.recorded_at,
        facts=facts,
        text=row.note,
    )
