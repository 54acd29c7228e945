"""Surveys (spørgeskemaer): answered once by link, never tied to a person, shown of groups only, in two languages."""

import json
import re
from datetime import date, timedelta
from hashlib import sha256
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from flask import Flask
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from jobcenter_mentor.casework.grants import subcourses
from jobcenter_mentor.domain.kernel.errors import Conflict, NotFound, ValidationFailed
from jobcenter_mentor.figures.reports import small_groups
from jobcenter_mentor.figures.surveys import questions, service, survey_answers, two_sided
from jobcenter_mentor.figures.surveys.forms import answer_form
from jobcenter_mentor.figures.surveys.models import SurveyAnswer, SurveyInvitation, SurveyRespondent, SurveyRound
from jobcenter_mentor.figures.surveys.service import NewRound
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.access.models import User
from jobcenter_mentor.platform.audit.models import Event
from jobcenter_mentor.platform.database.db import Base
from jobcenter_mentor.platform.links import service as links
from tests import builders as a
from tests.logins import Visitor

ON = a.WORKING_DAY
LATER = ON + timedelta(days=40)
CLOSES = ON + timedelta(days=30)
GOOD, BAD = "4", "2"


def a_round(session: Session, by: User, courses: int, **changes: Any) -> SurveyRound:
    """Open a round of courses that end in the autumn, with a mentor."""
    mentor_id = a.a_mentor(session).id if courses else None
    for _ in range(courses):
        a.a_grant(session, mentor_id=mentor_id, last_day=date(2014, 10, 31))
    subcourses.keep_all(session)
    values = {"title": "Ved slut", "questionnaire": "nordic", "point": "end", "closes_on": CLOSES}
    period = {"first": date(2014, 10, 1), "last": date(2014, 12, 31)}
    return service.add_round(session, NewRound(**(values | period | changes)), actor=Actor(by, ON))


def invitations(session: Session, row: SurveyRound, party: str = "citizen") -> list[SurveyInvitation]:
    joined = select(SurveyInvitation).join(SurveyRespondent, SurveyRespondent.id == SurveyInvitation.respondent_id)
    chosen = joined.where(SurveyInvitation.round_id == row.id, SurveyRespondent.party == party)
    return list(session.scalars(chosen.order_by(SurveyInvitation.id)))


def said(row: SurveyRound, party: str, choice: str = GOOD) -> dict[str, Any]:
    """Answer every question: the same choice of five, the first of other answers."""
    form = questions.questionnaires()[row.questionnaire]
    return {
        one.code: 90
        if one.kind == "hours"
        else []
        if one.kind == "several"
        else choice
        if choice in one.options
        else next(iter(one.options))
        for one in form.asked(row.point, party)
    }


def send(session: Session, token: str, answers: dict[str, Any], form_id: str = "f1", **changes: Any) -> None:
    page = survey_answers.open_page(session, token, language="da", on=ON)
    told = {"respondent": page.respondent, "form_id": form_id, "language": "da", "on": ON} | changes
    survey_answers.answer(session, token, answers, **told)


def opened(session: Session, row: SurveyRound, by: User) -> two_sided.TwoSided:
    """Open the boxes of a closed round, as its page does, and return the view."""
    if survey_answers.boxes_wait(session, row, on=LATER):
        survey_answers.open_boxes(session, row, on=LATER)
    return two_sided.two_sided(session, row.public_id, team="", actor=Actor(by, LATER))


def test_english_lacks_nothing_and_a_missing_text_is_danish(monkeypatch: pytest.MonkeyPatch) -> None:
    assert (questions.missing("en"), questions.unknown("en")) == ([], [])
    shown = questions.asked(questions.questionnaires()["evaluation"], "end", "citizen", "xx")
    assert shown[0].text == "Hvor mange timer om ugen har du haft kontakt med mentoren?"


def test_so_many_are_told_at_once_as_the_rule_of_small_groups_says() -> None:
    assert survey_answers.AT_ONCE == small_groups.SMALL


def test_a_link_is_spent_once_and_the_same_form_shows_the_same_receipt(session: Session) -> None:
    row = a_round(session, by := a.a_user(session, "MK"), 1)
    (one,) = invitations(session, row)
    _, _, token = service.make_link(session, one.public_id, actor=Actor(by, ON))
    page = survey_answers.open_page(session, token, language="da", on=ON)
    send(session, token, said(row, "citizen"), respondent=page.respondent)
    receipt = survey_answers.open_page(session, token, language="da", on=ON).receipt

    send(session, token, said(row, "citizen"), respondent=page.respondent)
    with pytest.raises(Conflict, match="Det første svar gælder"):
        send(session, token, said(row, "citizen", BAD), respondent=page.respondent)
    assert receipt
    assert survey_answers.open_page(session, token, language="en", on=ON).receipt == receipt
    assert session.scalar(text("SELECT count(*) FROM survey_ballot")) == 1


def test_a_forged_respondent_is_refused_and_the_link_is_not_spent(session: Session) -> None:
    row = a_round(session, by := a.a_user(session, "MK"), 2)
    mine, other = [service.make_link(session, i.public_id, actor=Actor(by, ON))[2] for i in invitations(session, row)]
    theirs = survey_answers.open_page(session, other, language="da", on=ON).respondent

    for forged in (theirs, "", "æ" * 32, "0" * 32):
        with pytest.raises(ValidationFailed, match="hører ikke til dette link"):
            send(session, mine, said(row, "citizen"), respondent=forged)
    assert not survey_answers.open_page(session, mine, language="da", on=ON).receipt


def test_nobody_can_tell_who_answered_what(session: Session) -> None:
    """Attack every table and the log with all that a caseworker holds: the tokens, and the answers as they stand."""
    row = a_round(session, by := a.a_user(session, "MK"), 6)
    asked, tokens = invitations(session, row), {}
    for number, one in enumerate(asked):
        tokens[one.public_id] = service.make_link(session, one.public_id, actor=Actor(by, ON))[2]
        send(
            session, tokens[one.public_id], said(row, "citizen", GOOD if number % 2 else BAD), form_id=f"secret{number}"
        )
    assert not session.scalars(select(SurveyAnswer)).all()
    opened(session, row, by)

    answers = session.scalars(select(SurveyAnswer)).all()
    assert len(answers) == len(asked)
    everywhere, elsewhere = dump(session, but=set()), dump(session, but={"survey_answer"})
    assert [one.id for one in answers if one.respondent in everywhere or one.id in elsewhere] == []
    bodies = [json.dumps(one.answers, sort_keys=True) for one in answers]
    assert [body for body in bodies if sha256(body.encode()).hexdigest() in elsewhere or body in elsewhere] == []
    with pytest.raises(NotFound):
        send(session, tokens[asked[0].public_id], said(row, "citizen"), on=LATER)
    spent = tokens[asked[0].public_id]
    for guess in answers:
        with pytest.raises(Conflict):
            send(session, spent, guess.answers, form_id="", respondent=proof(session, spent))
    assert "rowid" not in SurveyAnswer.__table__.c
    assert not {column.name for column in SurveyAnswer.__table__.c} & {"recorded_at", "by_id", "invitation_id"}
    if session.get_bind().dialect.name == "sqlite":
        with pytest.raises(Exception, match="no such column: rowid"):
            session.execute(text("SELECT rowid FROM survey_answer"))


def proof(session: Session, token: str) -> str:
    """Return what the form of a spent link carried: who opened the page before it was answered has seen it."""
    return survey_answers._proof(links.get_link(session, token, purpose="survey", on=ON))


def dump(session: Session, but: set[str]) -> str:
    """Return every row of every table as the database holds it, the log too."""
    session.flush()
    tables = [table.name for table in Base.metadata.sorted_tables if table.name not in but]
    return "\n".join(str(tuple(row)) for name in tables for row in session.execute(text(f'SELECT * FROM "{name}"')))


def test_fewer_than_five_are_never_told(session: Session) -> None:
    row = a_round(session, by := a.a_user(session, "MK"), 5)
    for one in invitations(session, row)[:4]:
        survey_answers.interview(session, one.public_id, said(row, "citizen"), actor=Actor(by, ON))

    view = opened(session, row, by)

    assert view.base == {"citizen": 0, "mentor": 0}
    assert [(rate.sent, rate.answered) for rate in view.rates if rate.party == "citizen"] == [(4, 4)]
    assert {
        side.own for one in view.questions for line in one.lines for side in (line.citizen, line.mentor) if side
    } == {None}


def test_both_sides_stand_beside_the_countrys_with_the_gap(session: Session) -> None:
    row = a_round(session, by := a.a_user(session, "MK"), 10)
    for party, good in (("citizen", 5), ("mentor", 10)):
        for number, one in enumerate(invitations(session, row, party)):
            survey_answers.interview(
                session, one.public_id, said(row, party, GOOD if number < good else BAD), actor=Actor(by, ON)
            )

    view = opened(session, row, by)

    (match,) = [one.good for one in view.questions if one.question.code == "good_match"]
    assert match is not None
    assert match.citizen is not None
    assert match.mentor is not None
    assert (match.citizen.own, match.mentor.own, match.gap) == (0.5, 1.0, -0.5)
    assert (match.citizen.national, match.mentor.national) == (0.83, 0.88)


def test_the_figures_open_as_a_sheet_with_a_word_where_they_are_hidden(
    session: Session, as_coordinator: Visitor
) -> None:
    row = a_round(session, by := a.a_user(session, "MK"), 8, closes_on=ON)
    for number, one in enumerate(invitations(session, row)):
        survey_answers.interview(
            session, one.public_id, said(row, "citizen", GOOD if number else BAD), actor=Actor(by, ON)
        )
    row.closes_on = ON - timedelta(days=1)
    session.commit()

    address = f"/spoergeskemaer/{row.public_id}?format=xlsx&team={a.a_team(session).id}"
    sheet = openpyxl.load_workbook(BytesIO(as_coordinator.get(address).data))

    assert ("Udvalg", "Team: Team Unge") in [line[:2] for line in sheet.worksheets[-1].iter_rows(values_only=True)]
    lines = list(sheet.worksheets[0].iter_rows(min_row=2, values_only=True))
    match = [line[3:8] for line in lines if line[:2] == ("Min mentor var et godt valg.", two_sided.GOOD)]
    assert match == [("skjult", None, None, 83, 88)]


def test_who_has_not_answered_is_reminded_by_what_was_sent(session: Session) -> None:
    row = a_round(session, by := a.a_user(session, "SB"), 2)
    first, second = invitations(session, row)
    for one in (first, second):
        service.make_link(session, one.public_id, actor=Actor(by, ON))
    survey_answers.interview(session, first.public_id, said(row, "citizen"), actor=Actor(by, ON))
    later = ON + service.REMIND_AFTER

    def rates(on: date) -> list[tuple[str, int, int, int]]:
        return [(r.party, r.sent, r.answered, r.due) for r in service.rates(session, row, actor=Actor(by, on))]

    first_shown, *others = service.list_sendings(session, row, waiting=True, actor=Actor(by, later)).rows
    assert (first_shown.id, first_shown.is_due, any(one.is_due for one in others)) == (second.public_id, True, False)
    assert rates(later) == [("citizen", 2, 1, 1), ("mentor", 0, 0, 0)]
    service.make_link(session, second.public_id, actor=Actor(by, later))
    assert rates(later) == [("citizen", 2, 1, 0), ("mentor", 0, 0, 0)]
    assert rates(CLOSES + timedelta(days=99))[0] == ("citizen", 2, 1, 0)


def test_a_page_of_the_list_logs_only_those_it_shows(session: Session) -> None:
    row = a_round(session, by := a.a_user(session, "MK"), 26)

    pages = [service.list_sendings(session, row, waiting=True, actor=Actor(by, ON), page=number) for number in (1, 2)]

    assert [(len(page.rows), page.count, page.pages) for page in pages] == [(50, 52, 2), (2, 52, 2)]
    events = session.scalars(select(Event).where(Event.action == "survey.list").order_by(Event.id)).all()
    assert [len(event.citizen_ids) for event in events] == [25, 1]


def test_the_same_code_follows_a_person_from_start_to_end(session: Session) -> None:
    row = a_round(session, by := a.a_user(session, "MK"), 1)
    start = service.add_round(
        session,
        NewRound("Ved start", "nordic", "start", date(2014, 8, 1), date(2014, 9, 1), CLOSES),
        actor=Actor(by, ON),
    )

    assert [i.respondent_id for i in invitations(session, row)] == [
        i.respondent_id for i in invitations(session, start)
    ]


def test_the_same_persons_answers_are_compared_with_the_start(session: Session) -> None:
    row = a_round(session, by := a.a_user(session, "MK"), 5)
    new = NewRound("Ved start", "nordic", "start", date(2014, 8, 1), date(2014, 9, 1), CLOSES)
    start = service.add_round(session, new, actor=Actor(by, ON))
    for asked, choice in ((start, BAD), (row, GOOD)):
        for one in invitations(session, asked):
            survey_answers.interview(session, one.public_id, said(asked, "citizen", choice), actor=Actor(by, ON))
    opened(session, start, by)

    first, *_ = opened(session, row, by).changes

    assert dict(first.counts) == {label: 5 * (label == "Blevet positiv") for label in two_sided.CHANGES}
    codes = session.scalars(text("SELECT respondent FROM survey_answer")).all()
    assert len({bytes(code) for code in codes}) == 10, "who reads the tables cannot link the rounds"


@pytest.mark.parametrize(("only_at_end", "told"), [(0, [6, 0, 6, 0]), (1, [None] * 4), (6, [6, 0, 6, 0])])
def test_a_change_tells_nothing_of_the_few_who_answered_only_once(only_at_end: int, told: list[int | None]) -> None:
    """The sums of the end are told by themselves: less the changes they leave those who came to the end only."""
    question = next(one for one in questions.questionnaires()["nordic"].questions if one.positive)
    before = {str(n): SurveyAnswer(answers={question.code: GOOD if n < 6 else BAD}) for n in range(12)}
    after = {str(n): SurveyAnswer(answers={question.code: GOOD}) for n in range(12 + only_at_end)}

    assert [count for _, count in two_sided.changed(question, before, after)] == told


def test_a_round_that_ends_before_it_begins_is_refused_at_the_field(session: Session) -> None:
    with pytest.raises(ValidationFailed) as refused:
        a_round(session, a.a_user(session, "MK"), 0, last=date(2014, 9, 1))
    assert refused.value.errors == {"last": ["Slutdato ligger før startdato."]}


def test_the_form_is_answered_on_a_phone_in_english(session: Session, client: Visitor) -> None:
    row = a_round(session, by := a.a_user(session, "MK"), 1)
    (one,) = invitations(session, row)
    _, _, token = service.make_link(session, one.public_id, actor=Actor(by, ON))
    address = f"/spoergeskemaer/svar/{token}?sprog=en"
    page = client.get(address).text
    hidden = dict(re.findall(r'name="(csrf_token|form_id|respondent)"[^>]* value="([^"]*)"', page))

    missing = client.post(address, data=hidden)
    answered = [client.post(address, data=hidden | said(row, "citizen")) for _ in range(2)]

    assert "My mentor was a good choice." in page
    assert (missing.status_code, "Choose an answer." in missing.text) == (422, True)
    assert "<title>Error: " in missing.text
    assert "<title>Error: " not in page
    assert [answer.status_code for answer in answered] == [303, 303]
    assert "We have received your answers. Receipt" in client.get(address).text
    assert client.get(address.replace(token, token[::-1])).status_code == 404


def test_an_empty_number_is_asked_for_in_its_own_words(app: Flask) -> None:
    asked = [
        one
        for one in questions.asked(questions.questionnaires()["evaluation"], "end", "citizen", "da")
        if one.kind == "hours"
    ]
    with app.test_request_context(method="POST"):
        form = answer_form(asked, questions.page_texts("da"))()
        form.validate()

    assert {error for one in asked for error in form.errors[one.code]} == {
        "Skriv et tal. Skriv 0, hvis I ikke har haft kontakt."
    }
