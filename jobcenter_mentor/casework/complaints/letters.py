"""Drafts the letters of a complaint: when it takes longer, when it is partly upheld and when it is sent on."""

from sqlalchemy.orm import Session

from jobcenter_mentor.casefile.letters import service as letters
from jobcenter_mentor.casefile.letters.letter_values import NoticeValues
from jobcenter_mentor.casefile.letters.letterhead import head_of
from jobcenter_mentor.casefile.letters.service import LetterDraft
from jobcenter_mentor.casework.complaints.models import Complaint
from jobcenter_mentor.casework.grants.models import Decision
from jobcenter_mentor.casework.notices.service import Delay
from jobcenter_mentor.domain.kernel.complaint_codes import AT_ONCE
from jobcenter_mentor.domain.law.law import Law
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.pages.filters import dk_date_words

NOTICE, PARTLY, SENT = "complaint_notice", "complaint_partly", "complaint_sent"
ORDER = "i bekendtgørelse om retssikkerhed og administration på det sociale område"
NOTHING = "Du skal ikke gøre noget."
GOES_ON = "Afgørelsen gælder, mens klagen bliver behandlet."


def body_of(decision: Decision, law: Law) -> str:
    """Return who decides complaints about a decision of that day (klageinstans)."""
    return law.on(decision.approved_on or decision.proposed_on).text("decision.complaint_body")


def notice(
    session: Session, complaint: Complaint, delay: Delay, *, actor: Actor, law: Law, confirmed: bool = False
) -> LetterDraft:
    """Draft the letter that the reassessment takes longer, and when to expect it."""
    verdict = (
        "Vi er ikke færdige med at se på din klage endnu. Du kan vente at få svar senest "
        f"den {dk_date_words(delay.expected_on)}."
    )
    parts = (
        ("Derfor tager det længere tid", delay.why),
        ("Det skal du gøre nu", f"{NOTHING} Når vi er færdige, får du et brev. {GOES_ON}"),
    )
    section = law.on(actor.day).text("citation.complaint_notice")
    return _draft(
        session,
        complaint,
        NOTICE,
        "Din klage tager længere tid",
        verdict,
        parts,
        section,
        actor,
        confirmed,
    )


def partly(
    session: Session, complaint: Complaint, note: str, *, actor: Actor, law: Law, confirmed: bool = False
) -> LetterDraft:
    """Draft the letter that the citizen is partly right, which asks whether the complaint stands for the rest."""
    day, body = law.on(actor.day), body_of(session.get_one(Decision, complaint.decision_id), law)
    weeks, days = day.whole("decision.answer_weeks"), day.whole("decision.forward_days")
    parts = (
        ("Derfor får du delvis ret", note),
        (
            "Det skal du gøre nu",
            f"Svar os: Gælder din klage stadig for resten? Vi skal have dit svar senest {weeks} uger efter den dag, du "
            "fik brevet.",
        ),
        ("Hvis du svarer ja", f"Så sender vi klagen til {body} inden {days} dage. De afgør den."),
        ("Hvis du svarer nej eller ikke svarer", "Så slutter klagesagen, og den nye afgørelse gælder."),
    )
    section = day.source("decision.answer_weeks").section
    verdict = "Vi har set på din sag igen. Du får delvis ret."
    return _draft(
        session,
        complaint,
        PARTLY,
        "Du får delvis ret i din klage",
        verdict,
        parts,
        section,
        actor,
        confirmed,
    )


def sent(session: Session, complaint: Complaint, *, actor: Actor, law: Law, confirmed: bool = False) -> LetterDraft:
    """Draft the letter that the complaint has been sent on; it says so if the complaint came too late."""
    body, day = body_of(session.get_one(Decision, complaint.decision_id), law), law.on(actor.day)
    if complaint.route == AT_ONCE:
        verdict = f"Din klage kom, da klagefristen var slut. Derfor har vi sendt den til {body}."
        parts = [("Det sker der nu", "De afgør, om de kan se på klagen, selv om den kom for sent.")]
        section = day.source("decision.late_at_once").section
    else:
        is_rest = complaint.outcome == "partly"
        verdict = f"Vi har sendt {'resten af din klage' if is_rest else 'din klage'} til {body}, som afgør den."
        parts = [] if is_rest else [("Derfor ændrer vi ikke afgørelsen", complaint.review_note or "")]
        section = day.source("decision.forward_days" if is_rest else "decision.review_weeks").section
    parts.append(("Det skal du gøre nu", f"{NOTHING} De skriver til dig, når klagen er afgjort. {GOES_ON}"))
    return _draft(
        session,
        complaint,
        SENT,
        "Vi har sendt din klage videre",
        verdict,
        tuple(parts),
        section,
        actor,
        confirmed,
    )


def _draft(
    session: Session,
    complaint: Complaint,
    kind: str,
    title: str,
    verdict: str,
    parts: tuple[tuple[str, str], ...],
    section: str,
    actor: Actor,
    confirmed: bool,
) -> LetterDraft:
    decision = session.get_one(Decision, complaint.decision_id)
    values = NoticeValues(
        **head_of(session, decision.citizen, complaint.case_number, by_id=actor.user.id, on=actor.day),
        title=title,
        heading=title,
        verdict=verdict,
        legal_basis=(f"{section} {ORDER}",),
        parts=parts,
        asks_answer=kind == PARTLY,
    )
    return letters.notice_draft(kind, values, address_confirmed=confirmed)
