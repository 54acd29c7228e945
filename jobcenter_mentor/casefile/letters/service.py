"""Letters (breve): finds the gaps of a letter, sets it in type, stores it with its digest, and gives it within reach.

Rendering takes tenths of a second and belongs before the writing transaction; keeping belongs inside it.
"""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

import typst
from sqlalchemy import select
from sqlalchemy.orm import Session, undefer

from jobcenter_mentor.casefile.journal import service as journal
from jobcenter_mentor.casefile.letters.letter_values import AgreementValues, DecisionValues, HearingValues, NoticeValues
from jobcenter_mentor.casefile.letters.letter_words import printed
from jobcenter_mentor.casefile.letters.models import Letter
from jobcenter_mentor.casefile.letters.sender import gap_of
from jobcenter_mentor.config import resource_dir
from jobcenter_mentor.domain.kernel.errors import NotFound, ValidationFailed
from jobcenter_mentor.domain.kernel.office_words import NO_MONEY, refusal_of
from jobcenter_mentor.domain.kernel.text import MONEY_REASON
from jobcenter_mentor.people.citizens.deceased import require_alive
from jobcenter_mentor.people.citizens.models import Citizen
from jobcenter_mentor.people.citizens.protection import postal_lines
from jobcenter_mentor.people.citizens.service import require_protected
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.access.policy import visible
from jobcenter_mentor.platform.audit import service as audit

HIDDEN_COPY = "den, der handler for borgeren"
UNPRINTABLE = re.compile(r'the text `"(?P<sign>.+?)"` could not be displayed')
THIRD_PERSON = re.compile(r"\bborgerens?\b", re.I)
SPEAK_TO = "Begrundelsen taler om »borgeren«. Brevet er til borgeren selv: skriv »du«."


@dataclass(frozen=True)
class LetterDraft:
    """What a letter will say (brevkladde). `values` is JSON data, `template` a name in `templates/letters`.

    `address_confirmed` is the second confirmation that a citizen with protected address requires.
    """

    kind: str
    title: str
    template: str
    values: Mapping[str, Any]
    address_confirmed: bool = False


def decision_draft(kind: str, values: DecisionValues, *, address_confirmed: bool = False) -> LetterDraft:
    """Return the draft of a letter on a decision; each `kind` (decision, refusal, hours ...) has its template."""
    return LetterDraft(kind, values.title, kind, printed(values), address_confirmed)


def hearing_draft(values: HearingValues, *, address_confirmed: bool = False) -> LetterDraft:
    """Return the draft of the hearing letter (høringsbrev) before a burdening decision."""
    return LetterDraft("hearing", values.title, "hearing", printed(values), address_confirmed)


def notice_draft(kind: str, values: NoticeValues, *, address_confirmed: bool = False) -> LetterDraft:
    """Return the draft of a notice that decides nothing.

    Each `kind` (complaint_notice, case_time ...) shares one template.
    """
    return LetterDraft(kind, values.title, "notice", printed(values), address_confirmed)


def agreement_draft(values: AgreementValues, *, address_confirmed: bool = False) -> LetterDraft:
    """Return the draft of the mentor agreement (mentoraftale), with the items of the day."""
    return LetterDraft(
        "agreement", f"Mentoraftale, sag {values.case_number}", "agreement", printed(values), address_confirmed
    )


def hints(draft: LetterDraft) -> list[str]:
    """Return advice on the letter's words: what is no gap, but reads oddly to the citizen; it stops nothing."""
    return [SPEAK_TO] if "reasons" in draft.values and THIRD_PERSON.search(_reasoned(draft)) else []


def gaps(draft: LetterDraft) -> dict[str, str]:
    """Return the gaps in the letter by field: what is missing or must not be there; with gaps it can't be sent."""
    names = NEEDED_BY[draft.template]
    found = {field: f"{name} mangler i brevet." for field, name in names.items() if not draft.values.get(field)}
    if (head := gap_of(draft.values["sender"])) and draft.template not in INTERNAL:
        found["sender"] = head
    if unread := draft.values.get("unread"):
        found["reading"] = f"{OPEN} {' '.join(f'»{question}«' for question in unread)} {TO_READ}"
    if "reasons" in draft.values and MONEY_REASON.search(_reasoned(draft)):
        found["reasons"] = NO_MONEY
    return found | (_office_words(draft) if draft.template not in INTERNAL else {})


def _office_words(draft: LetterDraft) -> dict[str, str]:
    """Return the texts that hold a word of the office's own, by field; names, addresses and quotes may hold any."""
    said = {name: refusal_of(value) for name, value in draft.values.items() if name not in NAMES}
    return {name: words for name, words in said.items() if words}


def _reasoned(draft: LetterDraft) -> str:
    """Return what a person has written as the reasons of a letter, in one text."""
    written = (draft.values.get(name, "") for name in ("reasons", "hearing", "other_help"))
    return " ".join([*written, *draft.values.get("considerations", ())])


def render(draft: LetterDraft) -> bytes:
    """Return the letter as a tagged PDF (PDF/UA-1, A4, Danish).

    Raises ValidationFailed, naming the gaps, or the sign that the letter's typefaces don't hold, such as 😀.
    """
    missing = gaps(draft)
    if missing:
        raise ValidationFailed(
            "Brevet kan ikke sendes endnu: " + " ".join(missing.values()),
            errors={name: [text] for field, text in missing.items() for name in FIELDS.get(field, (field,))},
        )
    folder = resource_dir("templates") / "casefile" / "letters"
    try:
        pdf: bytes = typst.compile(
            str(folder / f"{draft.template}.typ"),
            root=str(folder),
            font_paths=_fonts(),
            format="pdf",
            pdf_standards=["ua-1"],
            sys_inputs={"values": json.dumps(dict(draft.values), ensure_ascii=False)},
        )
    except typst.TypstError as error:
        raise _unprintable(draft, str(error)) or error from None
    return pdf


def keep(
    session: Session,
    draft: LetterDraft,
    pdf: bytes,
    *,
    citizen_id: int,
    referral_id: int | None = None,
    grant_id: int | None = None,
    addressed_to: str = "",
    actor: Actor,
) -> Letter:
    """Store the letter as sent; `addressed_to` is another party who gets it instead of the citizen.

    Raises ValidationFailed for a citizen who is dead, for a protected one without the second confirmation, and where
    the sender or the municipality's reading of the law is missing.
    """
    citizen = session.get_one(Citizen, citizen_id)
    if not addressed_to:
        require_alive(citizen, "Der sendes intet brev til borgeren.")
    if citizen.protected and not draft.address_confirmed:
        raise ValidationFailed(
            "Borgeren har navne- og adressebeskyttelse. Bekræft modtageren, før brevet sendes.",
            errors={"address_confirmed": ["Bekræft, at brevet må sendes til den beskyttede adresse."]},
        )
    found = gaps(draft)
    blocked: dict[str, list[str]] = {field: [found[field]] for field in ("sender", "reading") if field in found}
    if blocked:
        raise ValidationFailed(" ".join(words for texts in blocked.values() for words in texts), errors=blocked)
    letter = Letter(
        citizen_id=citizen_id,
        referral_id=referral_id,
        grant_id=grant_id,
        kind=draft.kind,
        title=draft.title,
        pdf=pdf,
        sha256=hashlib.sha256(pdf).hexdigest(),
        template=f"{draft.template}@{template_version(draft.template)}",
        data_notice=bool(draft.values.get("data_notice")),
        sent_on=actor.day,
        sent_by_id=actor.user.id,
        addressed_to=addressed_to,
    )
    session.add(letter)
    session.flush()
    audit.record(
        session,
        by=actor.user,
        action="letter.send",
        subject="letter",
        subject_id=letter.public_id,
        citizens=[citizen_id],
        detail={"kind": draft.kind, "sha256": letter.sha256},
    )
    case = journal.JournalCase(citizen_id, grant_id, draft.values.get("case_number", ""))
    journal.record(
        session, "letter", draft.title, case, about=("letter", letter.public_id), by=actor.user, on=actor.day
    )
    return letter


def shown_to(draft: LetterDraft, citizen: Citizen, reader: str) -> LetterDraft:
    """Return the draft to look at: name, address and who acts for the citizen, as the reader may see them.

    The letter that is kept and sent has them in full.
    """
    if not citizen.protected:
        return draft
    hidden: dict[str, Any] = {"recipient": postal_lines(citizen, reader)}
    hidden |= {name: HIDDEN_COPY for name in ("copy_to", "represented_by") if draft.values.get(name)}
    return replace(draft, values={**draft.values, **hidden})


def get_letter(session: Session, public_id: str, *, has_reason: bool = False, actor: Actor) -> Letter:
    """Return the letter with its PDF and log the reading. Raises NotFound outside the user's reach.

    Of a protected citizen NotAllowed without the right to the name, ReasonNeeded without a written reason.
    """
    found = select(Letter).join(Citizen, Citizen.id == Letter.citizen_id).where(Letter.public_id == public_id)
    letter = session.scalar(visible(found, Citizen, actor.user, "letter.read", actor.day).options(undefer(Letter.pdf)))
    if letter is None:
        raise NotFound("Brevet findes ikke.")
    citizen = session.get_one(Citizen, letter.citizen_id)
    require_protected(session, citizen, has_reason=has_reason, actor=actor)
    audit.record(
        session,
        by=actor.user,
        action="letter.read",
        subject="letter",
        subject_id=public_id,
        citizens=[letter.citizen_id],
    )
    return letter


def list_of_citizen(session: Session, citizen_id: int, *, actor: Actor) -> list[Letter]:
    """Return a citizen's letters, newest first, without the PDF."""
    return _list(session, Letter.citizen_id == citizen_id, actor=actor)


def list_of_case(
    session: Session, *, referral_id: int | None = None, grant_id: int | None = None, actor: Actor
) -> list[Letter]:
    """Return a case's letters, newest first: those of the referral and those of the grant."""
    of_case = (Letter.referral_id == referral_id) if grant_id is None else (Letter.grant_id == grant_id)
    if referral_id is not None and grant_id is not None:
        of_case = (Letter.referral_id == referral_id) | (Letter.grant_id == grant_id)
    return _list(session, of_case, actor=actor)


@cache
def template_version(template: str) -> str:
    """Return the template's version: the first 16 digits of the SHA-256 of its .typ files and the shared frame."""
    folder = resource_dir("templates") / "casefile" / "letters"
    together = b"".join((folder / f"{name}.typ").read_bytes() for name in ("_frame", template))
    return hashlib.sha256(together).hexdigest()[:16]


OPEN = "Afgørelsen hviler på noget, loven lader stå åbent:"
TO_READ = (
    "Kommunen skal først skrive, hvordan den læser loven her: én foreslår, en anden godkender, under »Regler og "
    "kilder«, »Kommunens læsninger«."
)
NAMES = frozenset(
    {"sender", "recipient", "copy_to", "represented_by", "case_number", "mentor", "mentor_name", "mentor_contact"}
    | {"mentor_employer", "unread"}
)
"""Values of a letter that are names and addresses, or are not printed."""
FIELDS = {
    "reasons": ("reasons", "reason"),
    "parts": ("parts", "why", "note"),
    "hearing": ("hearing", "hearing_note"),
    "facts": ("facts", "fact"),
}
"""What the forms call a text that a letter calls otherwise."""
INTERNAL = ("handover",)
"""Papers that stay in the office: nobody is to answer them."""
ALWAYS = {"recipient": "Modtageren", "case_number": "Sagsnummeret", "legal_basis": "Retsgrundlaget"}
NEEDED = ALWAYS | {"goal": "Målet"}
REASONED = ALWAYS | {"verdict": "Afgørelsen", "reasons": "Begrundelsen"}
NEEDED_BY = {
    "access": {"recipient": "Modtageren", "verdict": "Afgørelsen", "legal_basis": "Retsgrundlaget"},
    "access_delay": {"recipient": "Modtageren", "reasons": "Grunden", "expected": "Den dag, svaret kommer,"},
    "handover": {"case_number": "Sagsnummeret"},
    "hours": REASONED | {"period": "Perioden", "hearing": "Partshøringen"},
    "extension": REASONED | {"goal": "Målet", "period": "Perioden"},
    "ending": REASONED | {"hearing": "Partshøringen"},
    "mentor": ALWAYS | {"verdict": "Den nye mentor", "mentor": "Mentorens kontaktoplysninger"},
    "hearing": REASONED | {"facts": "Det, borgeren skal høres om, og hvor det kommer fra,"},
    "notice": ALWAYS | {"verdict": "Beskeden", "parts": "Forklaringen"},
    "decision": NEEDED
    | {"verdict": "Afgørelsen", "reasons": "Begrundelsen", "standing": "Målgruppen", "period": "Perioden"},
    "refusal": NEEDED
    | {
        "verdict": "Afgørelsen",
        "reasons": "Begrundelsen",
        "standing": "Målgruppen",
        "hearing": "Partshøringen",
        "considerations": "Hovedhensynene",
        "other_help": "Anden hjælp, der er overvejet,",
    },
    "agreement": NEEDED
    | {
        "mentor_name": "Mentorens navn",
        "mentor_contact": "Mentorens kontaktoplysninger",
        "tasks": "Opgaverne",
        "period": "Varigheden",
        "hours": "Timetallet",
    },
}


def _list(session: Session, condition: Any, *, actor: Actor) -> list[Letter]:
    found = select(Letter).join(Citizen, Citizen.id == Letter.citizen_id).where(condition)
    newest = visible(found, Citizen, actor.user, "letter.read", actor.day).order_by(
        Letter.sent_on.desc(), Letter.id.desc()
    )
    return list(session.scalars(newest))


def _unprintable(draft: LetterDraft, complaint: str) -> ValidationFailed | None:
    """Return what to say of a sign that can't be set, at the texts that hold it; None for any other complaint."""
    found = UNPRINTABLE.search(complaint)
    if found is None:
        return None
    sign = found["sign"]
    text = f"Tegnet »{sign}« kan ikke trykkes i brevet. Ret teksten, så den kun har almindelige bogstaver og tegn."
    return ValidationFailed(text, errors={name: [text] for name, said in draft.values.items() if sign in str(said)})


@cache
def _fonts() -> typst.Fonts:
    """The typefaces that travel with the typesetter, so that a letter looks the same on every machine."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True)
