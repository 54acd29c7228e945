"""Dispatch of letters (forsendelse): a letter is sent when a person notes how and when; until then it is listed."""

from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from jobcenter_mentor.casefile.journal import service as journal
from jobcenter_mentor.casefile.letters.models import Letter, LetterSending
from jobcenter_mentor.domain.kernel.consideration_kinds import CHANNELS
from jobcenter_mentor.domain.kernel.errors import NotFound, ValidationFailed
from jobcenter_mentor.people.citizens import considerations
from jobcenter_mentor.people.citizens.models import Citizen
from jobcenter_mentor.people.citizens.service import shown_name
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.access.policy import visible
from jobcenter_mentor.platform.audit import service as audit
from jobcenter_mentor.platform.database.locks import lock


class UnsentRow(NamedTuple):
    """A letter that is not sent, with what is needed to write the citizen's name."""

    public_id: str
    title: str
    dated: date
    citizen_id: int
    citizen_public_id: str
    first_name: str
    last_name: str
    protected: bool
    channel: str


@dataclass(frozen=True)
class SendingPage:
    """The page that notes a dispatch: the suggested channel, who gets the letter, and the latest mark."""

    letter: Letter
    citizen: Citizen
    channel: str
    recipient: str
    copy_to: str


def get_letter(session: Session, public_id: str, *, actor: Actor) -> tuple[Letter, Citizen]:
    """Return a letter whose dispatch may be noted. Raises NotFound outside the user's reach."""
    wanted = select(Letter, Citizen).join(Citizen, Citizen.id == Letter.citizen_id)
    row = session.execute(
        visible(wanted.where(Letter.public_id == public_id), Citizen, actor.user, "letter.send", actor.day)
    ).one_or_none()
    if row is None:
        raise NotFound("Brevet findes ikke.")
    return row[0], row[1]


def show(session: Session, public_id: str, *, actor: Actor) -> SendingPage:
    """Return the letter with the suggested channel and log it. A protected name stays hidden."""
    letter, citizen = get_letter(session, public_id, actor=actor)
    to = considerations.addressee(citizen, letter.sent_on)
    audit.record(
        session, by=actor.user, action="letter.read", subject="letter", subject_id=public_id, citizens=[citizen.id]
    )
    recipient, copy_to = ", ".join(filter(None, (shown_name(citizen, "staff"), to.acting))), to.copy_to
    if citizen.protected:
        recipient, copy_to = shown_name(citizen, "staff"), "den, der står i brevet" if to.copy_to else ""
    if letter.addressed_to:
        return SendingPage(letter, citizen, "paper", letter.addressed_to, "")
    return SendingPage(letter, citizen, considerations.channel(citizen, actor.day), recipient, copy_to)


def mark(session: Session, letter: Letter, *, channel: str, sent_on: date, actor: Actor) -> LetterSending:
    """Note that the letter was sent; a later mark corrects an earlier one, which stays stored.

    Raises ValidationFailed for an unknown channel, and for a day ahead or before the letter was made.
    """
    errors = {}
    if channel not in CHANNELS:
        errors["channel"] = ["Vælg, hvordan brevet er sendt."]
    if not letter.sent_on <= sent_on <= actor.day:
        errors["sent_on"] = [f"Dagen skal ligge fra {letter.sent_on:%d.%m.%Y}, hvor brevet er dateret, til i dag."]
    if errors:
        raise ValidationFailed("Brevet kan ikke markeres. Ret felterne.", errors=errors)
    lock(session, letter)
    if (letter.channel, letter.posted_on) == (channel, sent_on):
        same = select(LetterSending).where(LetterSending.letter_id == letter.id).order_by(LetterSending.id.desc())
        return session.scalars(same.limit(1)).one()
    again = "rettet: " if letter.posted_on else ""
    sent = LetterSending(letter_id=letter.id, channel=channel, sent_on=sent_on, by_id=actor.user.id)
    session.add(sent)
    session.flush()
    session.refresh(letter, ["posted_on", "channel"])
    case = journal.JournalCase(letter.citizen_id, letter.grant_id)
    title = f"{letter.title}, {again}sendt {sent_on:%d.%m.%Y} ({CHANNELS[channel]})"
    journal.record(session, "letter", title, case, about=("letter", letter.public_id), by=actor.user, on=actor.day)
    audit.record(
        session,
        by=actor.user,
        action="letter.mark_sent",
        subject="letter",
        subject_id=letter.public_id,
        citizens=[letter.citizen_id],
        detail={"channel": channel, "sent_on": str(sent_on)},
    )
    return sent


def list_unsent(session: Session, *, mine: bool, actor: Actor) -> list[UnsentRow]:
    """Return the letters that are not sent, oldest first; the citizens shown are logged in one row.

    `mine` keeps those of one's own citizens. The channel is the one that is suggested.
    """
    marked = select(LetterSending.id).where(LetterSending.letter_id == Letter.id).exists()
    wanted = select(Letter, Citizen).join(Citizen, Citizen.id == Letter.citizen_id).where(~marked)
    if mine:
        wanted = wanted.where(Citizen.caseworker_id == actor.user.id)
    found: Any = visible(wanted, Citizen, actor.user, "letter.send", actor.day).order_by(Letter.sent_on, Letter.id)
    pairs = session.execute(found).all()
    ways = considerations.channels(session, {citizen.id for _, citizen in pairs}, actor.day)
    rows = [
        UnsentRow(
            letter.public_id,
            letter.title,
            letter.sent_on,
            citizen.id,
            citizen.public_id,
            citizen.first_name,
            citizen.last_name,
            citizen.protected,
            ways.get(citizen.id, "digital"),
        )
        for letter, citizen in pairs
    ]
    shown = sorted({row.citizen_id for row in rows})
    audit.record(session, by=actor.user, action="letter.list", subject="letter", citizens=shown)
    return rows
