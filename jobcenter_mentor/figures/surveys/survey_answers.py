"""Take answers by a link or an interview (svar), and store them sealed until they are opened together.

Nothing stored shows who answered what. The respondent's code is sealed. A link stores only a keyed digest of the answer
and of its form, so that even the holder of the link cannot test answers against it. Answers are opened when the round
has closed, at least five together and in random order.
"""

import hmac
import json
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from secrets import SystemRandom, token_hex
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from jobcenter_mentor.domain.kernel.errors import Conflict, InvalidTransition, ValidationFailed
from jobcenter_mentor.figures.surveys.models import (
    SurveyAnswer,
    SurveyBallot,
    SurveyInvitation,
    SurveyRespondent,
    SurveyRound,
)
from jobcenter_mentor.figures.surveys.questions import TranslatedQuestion, asked, page_texts, questionnaires
from jobcenter_mentor.figures.surveys.service import INTERVIEW, PURPOSE, get_invitation
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.audit import service as audit
from jobcenter_mentor.platform.database.db import blind_index
from jobcenter_mentor.platform.links import service as links
from jobcenter_mentor.platform.links.models import Link
from jobcenter_mentor.platform.links.service import Subject

AT_ONCE = 5
"""At least this many answers of a team and party are opened together."""
RECEIPT = 8


@dataclass(frozen=True)
class AnswerPage:
    """The form (skema): the questions and texts in a language, and what proves that a form belongs to the link.

    `receipt` is empty until the link is spent; it says nothing of the answer.
    """

    party: str
    asked: list[TranslatedQuestion]
    words: dict[str, str]
    respondent: str
    receipt: str = ""


def open_page(session: Session, token: str, *, language: str, on: date) -> AnswerPage:
    """Open the form behind a link (skema), or its receipt. Raises NotFound when the link is not valid."""
    link = links.get_link(session, token, purpose=PURPOSE, on=on)
    page = _page(session, _invitation_of(session, link), language, _proof(link))
    if link.spent_at is None:
        return page
    return AnswerPage(page.party, [], page.words, "", _receipt(link))


def questions_of(session: Session, token: str, *, language: str, on: date) -> AnswerPage:
    """Return the questions of the form (skema), also of a spent link, so that a form sent twice can be read.

    Raises as `open_page`.
    """
    link = links.get_link(session, token, purpose=PURPOSE, on=on)
    return _page(session, _invitation_of(session, link), language, "")


def answer(
    session: Session, token: str, answers: Mapping[str, Any], *, respondent: str, form_id: str, language: str, on: date
) -> None:
    """Store the answer (svar): the first valid one spends the link, the same form again changes nothing.

    Raises NotFound, ValidationFailed for a form of another link or a made-up respondent, Conflict for another answer.
    """
    words = page_texts(language)
    link = links.get_link(session, token, purpose=PURPOSE, on=on)
    if not hmac.compare_digest(_proof(link).encode(), respondent.encode()):
        raise ValidationFailed(words["forged"])
    said = json.dumps([form_id, answers], sort_keys=True)
    try:
        spending = links.spend(session, token, purpose=PURPOSE, body=blind_index(f"survey|{said}").hex(), on=on)
    except Conflict as error:
        raise Conflict(words["used_up"]) from error
    if spending.is_first:
        cast(session, _invitation_of(session, link), answers, on)


def open_interview(session: Session, public_id: str, *, language: str, actor: Actor) -> AnswerPage:
    """Open the form for an interview (samtale). Raises NotFound, InvalidTransition where answered or closed."""
    invitation, _, grant = get_invitation(session, public_id, actor=actor, locked=False)
    audit.record(
        session,
        by=actor.user,
        action="survey.read",
        subject="survey",
        subject_id=public_id,
        citizens=[grant.citizen_id],
    )
    return _page(session, invitation, language, "")


def interview(session: Session, public_id: str, answers: Mapping[str, Any], *, actor: Actor) -> str:
    """Store the answers of an interview (samtale) and revoke open links; return the round's id.

    Raises as `open_interview`.
    """
    invitation, row, grant = get_invitation(session, public_id, actor=actor)
    subject, citizens = Subject(PURPOSE, public_id), [grant.citizen_id]
    links.withdraw(session, subject, purpose=PURPOSE, actor=actor, citizens=citizens)
    cast(session, invitation, answers, actor.day)
    invitation.way, invitation.sent_on = INTERVIEW, invitation.sent_on or actor.day
    audit.record(
        session, by=actor.user, action="survey.interview", subject="survey", subject_id=public_id, citizens=citizens
    )
    return row.public_id


def _page(session: Session, invitation: SurveyInvitation, language: str, respondent: str) -> AnswerPage:
    row = session.get_one(SurveyRound, invitation.round_id)
    party = session.get_one(SurveyRespondent, invitation.respondent_id).party
    questions = asked(questionnaires()[row.questionnaire], row.point, party, language)
    return AnswerPage(party, questions, page_texts(language), respondent)


def cast(session: Session, invitation: SurveyInvitation, answers: Mapping[str, Any], on: date) -> None:
    """Store the sealed answer (lukket svar). Raises InvalidTransition when there is one already."""
    session.refresh(invitation, with_for_update=True)
    if invitation.answered_on is not None:
        raise InvalidTransition("Der er allerede svaret.")
    invitation.answered_on = on
    respondent = session.get_one(SurveyRespondent, invitation.respondent_id)
    sealed = json.dumps({"respondent": respondent.code, "answers": dict(answers)})
    box = {"round_id": invitation.round_id, "team_id": invitation.team_id, "party": respondent.party}
    session.add(SurveyBallot(**box, sealed=sealed))
    session.flush()


def boxes_wait(session: Session, row: SurveyRound, *, on: date) -> bool:
    """Tell whether a closed round has enough sealed answers to be opened."""
    if row.closes_on >= on:
        return False
    box = select(SurveyBallot.team_id).where(SurveyBallot.round_id == row.id)
    full = box.group_by(SurveyBallot.team_id, SurveyBallot.party).having(func.count() >= AT_ONCE)
    return session.scalar(full.limit(1)) is not None


def open_boxes(session: Session, row: SurveyRound, *, on: date) -> None:
    """Open the sealed answers of a closed round (lukkede svar): all of a team and party at once, in random order.

    There must be at least `AT_ONCE`.
    """
    if row.closes_on >= on:
        return
    session.execute(select(SurveyRound.id).where(SurveyRound.id == row.id).with_for_update())
    boxes = defaultdict(list)
    for ballot in session.scalars(select(SurveyBallot).where(SurveyBallot.round_id == row.id)):
        boxes[ballot.team_id, ballot.party].append(ballot)
    opened = [ballot for box in boxes.values() if len(box) >= AT_ONCE for ballot in box]
    SystemRandom().shuffle(opened)
    for ballot in opened:
        told = json.loads(ballot.sealed)
        session.add(SurveyAnswer(id=token_hex(16), round_id=row.id, team_id=ballot.team_id, party=ballot.party, **told))
        session.delete(ballot)
    session.flush()


def _invitation_of(session: Session, link: Link) -> SurveyInvitation:
    return session.scalars(select(SurveyInvitation).where(SurveyInvitation.public_id == link.subject_id)).one()


def _proof(link: Link) -> str:
    """Return what a form carries to show that it was made for this link's respondent."""
    return blind_index(f"survey-respondent|{link.public_id}|{link.subject_id}").hex()[:32]


def _receipt(link: Link) -> str:
    code = blind_index(f"survey-receipt|{link.public_id}").hex().upper()
    return f"{code[: RECEIPT // 2]}-{code[RECEIPT // 2 : RECEIPT]}"
