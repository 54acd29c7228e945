"""Påmindelser: one mail a day with numbers only, through a real mail server, sent again only when it surely was not."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from types import SimpleNamespace
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from flask import Flask
from sqlalchemy.orm import Session

from jobcenter_mentor.casefile.followups import queries as lists
from jobcenter_mentor.casefile.followups import reminders, service
from jobcenter_mentor.casefile.followups.jobs import send_reminders
from jobcenter_mentor.casefile.followups.models import FollowUp, Reminder
from jobcenter_mentor.casefile.followups.queries import MY_DAY
from jobcenter_mentor.config import MailServer
from jobcenter_mentor.platform.access import deputies
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.access.deputies import AbsenceEntry
from jobcenter_mentor.platform.access.models import User
from jobcenter_mentor.platform.jobs.queue import JobFailure
from tests.builders import WORKING_DAY, a_citizen, a_grant, a_team, a_user
from tests.casefile.followups.test_service import a_deadline, planned
from tests.logins import Visitor


class Postbox:
    """Takes mails in; refuses those to some addresses, for good, for now, or by going away."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        self.refused: set[str] = set()
        self.busy: set[str] = set()
        self.breaks: set[str] = set()

    async def receive(self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any) -> str:
        if address in self.refused:
            return "550 unknown"
        if address in self.busy:
            return "451 try later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def take(self, server: Any, _session: Any, envelope: Any) -> str:
        if self.breaks & set(envelope.rcpt_tos):
            server.transport.abort()
            return "250 OK"
        mail = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(mail, EmailMessage)
        self.mails.append(mail)
        return "250 OK"


@contextmanager
def mail_server(app: Flask, **options: bool) -> Iterator[Postbox]:
    """Run a mail server on this machine and let the app send through it."""
    postbox = Postbox()
    hooks = SimpleNamespace(handle_RCPT=postbox.receive, handle_DATA=postbox.take)
    controller = Controller(hooks, hostname="127.0.0.1", port=free_port(), **(options or {"enable_SMTPUTF8": False}))
    controller.start()
    app.config["MAIL"] = MailServer("127.0.0.1", controller.port, "jobcenter-mentor@example.dk")
    app.config["PUBLIC_URL"] = "https://mentor.example.dk"
    try:
        yield postbox
    finally:
        controller.stop()


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
    return port


def send(session: Session, on: date = WORKING_DAY) -> None:
    session.commit()
    send_reminders(on)
    session.expire_all()


def text_of(mail: EmailMessage) -> str:
    return str(mail.get_content()).replace("\r\n", "\n")


@pytest.fixture
def lone(session: Session) -> User:
    user = a_user(session, full_name="Lone Kjærgaard", email="lone@example.dk")
    citizen = a_citizen(session, caseworker_id=user.id, first_name="Hodan", last_name="Warsame")
    deadlines = [a_deadline("agreement", WORKING_DAY - timedelta(days=1), "law"), a_deadline("review")]
    planned(session, user, *deadlines, grant=a_grant(session, citizen))
    return user


def test_the_mail_is_a_greeting_numbers_and_a_link(app: Flask, session: Session, lone: User) -> None:
    with mail_server(app) as postbox:
        send(session)

    (mail,) = postbox.mails
    row = session.query(FollowUp).first()
    assert mail["To"] == lone.email
    assert "Hej Lone\n" in text_of(mail)
    assert "Frister på Min dag: 2" in text_of(mail)
    assert "Efter loven: 1. Lokale og aftalte: 1. Over fristen: 1." in text_of(mail)
    assert "https://mentor.example.dk/min-dag" in text_of(mail)
    assert row is not None
    for secret in ("Hodan", "Warsame", row.case_number, "Kjærgaard", row.what):
        assert secret not in mail.as_string()


def test_one_mail_a_day_and_the_next_day_a_new_one(app: Flask, session: Session, lone: User) -> None:
    with mail_server(app) as postbox:
        send(session)
        send(session)
        send(session, WORKING_DAY + timedelta(days=1))

    assert [mail["To"] for mail in postbox.mails] == [lone.email, lone.email]


@pytest.mark.parametrize("day", [date(2014, 10, 18), date(2014, 4, 18), date(2014, 12, 24)])
def test_no_mail_on_a_day_off(app: Flask, session: Session, lone: User, day: date) -> None:
    with mail_server(app) as postbox:
        send(session, day)

    assert postbox.mails == []


def test_no_mail_for_what_is_done_put_off_or_held_by_the_deputy(app: Flask, session: Session, lone: User) -> None:
    deputy = a_user(session, email="tove@example.dk")
    done, other = session.query(FollowUp).order_by(FollowUp.id).all()
    service.settle(session, done, result="Gjort", actor=Actor(lone, WORKING_DAY))
    away = AbsenceEntry(lone.public_id, WORKING_DAY, WORKING_DAY, deputy.public_id)
    deputies.record_absence(session, away, actor=Actor(lone, WORKING_DAY))
    with mail_server(app) as postbox:
        send(session)
        other.snoozed_until = WORKING_DAY + timedelta(days=9)
        send(session, WORKING_DAY + timedelta(days=1))

    assert [mail["To"] for mail in postbox.mails] == ["tove@example.dk"]
    assert "Frister på Min dag: 1" in text_of(postbox.mails[0])


def test_the_server_is_down_and_the_next_try_sends_once(app: Flask, session: Session, lone: User) -> None:
    with mail_server(app) as postbox:
        pass
    with pytest.raises(JobFailure):
        send(session)
    assert session.query(FollowUp).filter(FollowUp.done_on.is_(None)).count() == 2
    with mail_server(app) as postbox:
        send(session)
        send(session)

    assert len(postbox.mails) == 1


TROUBLE = {
    "søren@example.dk": "æ, ø og å før @",
    "lone": "kan ikke bruges",
    "@example.dk": "kan ikke bruges",
    "lone@": "kan ikke bruges",
    "lone@exa\nmple.dk": "kan ikke bruges",
    "refused@example.dk": "550 unknown",
}
"""Addresses that no mail goes to, and what is told of each."""


@pytest.mark.parametrize("address", TROUBLE)
def test_an_address_that_no_mail_goes_to_holds_up_nobody_else_and_is_told(
    app: Flask, session: Session, lone: User, address: str
) -> None:
    lone.email = address
    planned(session, a_user(session, email="tove@example.dk"))
    with mail_server(app) as postbox:
        postbox.refused = {"refused@example.dk"}
        send(session)
        send(session)

    assert [mail["To"] for mail in postbox.mails] == ["tove@example.dk"]
    (failed, user), *others = reminders.list_failed(session, on=WORKING_DAY)
    assert (user, others, failed.again) == (lone, [], False)
    assert TROUBLE[address] in failed.why
    assert reminders.own_failed(session, lone, on=WORKING_DAY) is failed


def test_a_domain_with_danish_letters_is_taken_as_it_is(app: Flask, session: Session, lone: User) -> None:
    lone.email = "lone@blåbærgrød.dk"
    with mail_server(app) as postbox:
        send(session)

    assert [mail["To"] for mail in postbox.mails] == ["lone@xn--blbrgrd-fxak7p.dk"]


def test_a_server_that_takes_danish_letters_before_the_at_gets_them(app: Flask, session: Session, lone: User) -> None:
    lone.email = "søren@example.dk"
    with mail_server(app, enable_SMTPUTF8=True) as postbox:
        send(session)

    assert [mail["To"] for mail in postbox.mails] == ["søren@example.dk"]


def test_a_server_that_is_busy_is_asked_again_and_the_others_get_theirs(
    app: Flask, session: Session, lone: User
) -> None:
    planned(session, a_user(session, email="tove@example.dk"))
    with mail_server(app) as postbox:
        postbox.busy = {lone.email}
        with pytest.raises(JobFailure, match="1 af 2"):
            send(session)
        postbox.busy = set()
        send(session)

    assert sorted(mail["To"] for mail in postbox.mails) == ["lone@example.dk", "tove@example.dk"]
    assert reminders.list_failed(session, on=WORKING_DAY) == []


def test_a_connection_that_breaks_while_sending_holds_up_nobody_else(app: Flask, session: Session, lone: User) -> None:
    planned(session, a_user(session, email="tove@example.dk"))
    with mail_server(app) as postbox:
        postbox.breaks = {lone.email}
        send(session)

    assert [mail["To"] for mail in postbox.mails] == ["tove@example.dk"]
    assert "kan være kommet frem" in session.query(Reminder).filter_by(user_id=lone.id).one().why


def test_what_could_not_be_sent_stands_on_drift_and_on_the_users_own_day(
    app: Flask, session: Session, as_caseworker: Visitor, as_admin: Visitor
) -> None:
    lone = as_caseworker.user
    lone.email = "lone"
    planned(session, lone)
    with mail_server(app):
        send(session)

    drift = as_admin.get("/drift").text
    assert "Mails, der ikke kunne sendes" in drift
    assert f"/drift/{lone.public_id}/e-mail" in drift
    assert "kunne ikke sendes til lone" in as_caseworker.get("/min-dag").text


def test_an_address_is_checked_when_it_is_typed(app: Flask, session: Session, as_admin: Visitor) -> None:
    user = a_user(session, email="lone@example.dk")
    session.commit()
    page = f"/drift/{user.public_id}/e-mail"

    wrong = as_admin.post(page, data={"email": "lone@"})
    right = as_admin.post(page, data={"email": "lone@Blåbærgrød.dk"})

    session.expire_all()
    assert (wrong.status_code, right.status_code) == (422, 303)
    assert "Ikke en gyldig e-mailadresse." in wrong.text
    assert user.email == "lone@blåbærgrød.dk"


def test_without_a_mail_server_nothing_happens(app: Flask, session: Session, lone: User) -> None:
    send(session)


def test_no_mail_tells_of_another_team(app: Flask, session: Session) -> None:
    people = {}
    for number, team in enumerate(("Team Unge", "Team Aktiv", "Team Sygedagpenge"), start=1):
        of_team = a_team(session, team)
        leader = a_user(session, "TL", team=of_team, email=f"leder{number}@example.dk")
        user = a_user(session, team=of_team, email=f"sb{number}@example.dk", full_name=f"Bo{number} Efternavn{number}")
        for _ in range(number):
            citizen = a_citizen(session, caseworker_id=user.id, team_id=of_team.id)
            planned(session, user, a_deadline(due=WORKING_DAY - timedelta(days=30)), grant=a_grant(session, citizen))
        people[number] = (user, leader)
    with mail_server(app) as postbox:
        send(session)

    by_address = {mail["To"]: text_of(mail) for mail in postbox.mails}
    assert len(postbox.mails) == len(by_address) == 6
    for number, (user, leader) in people.items():
        assert f"Frister på Min dag: {number}\n" in by_address[user.email]
        assert f"venter på dig som teamleder: {number}\n" in by_address[leader.email]
        assert lists.count_due(session, actor=Actor(user, WORKING_DAY), chosen=MY_DAY) == number
        for other, (stranger, _) in people.items():
            assert stranger.full_name not in by_address[leader.email]
            assert other == number or stranger.full_name.split()[0] not in by_address[user.email]
