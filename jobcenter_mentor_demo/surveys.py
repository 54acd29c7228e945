"""Make the survey rounds: a start and an end round that are over, with made-up answers, and an open one.

As the evaluation found, citizens rate their own progress lower than mentors do.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from jobcenter_mentor.config import DEMO_DAY
from jobcenter_mentor.figures.report_builder import service as builder
from jobcenter_mentor.figures.report_builder.service import ReportQuestion as Asked
from jobcenter_mentor.figures.surveys import service, survey_answers
from jobcenter_mentor.figures.surveys.models import SurveyInvitation, SurveyRespondent, SurveyRound
from jobcenter_mentor.figures.surveys.questions import HOURS, SEVERAL, SurveyQuestion, questionnaires
from jobcenter_mentor.figures.surveys.service import NewRound
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.access.models import User

MOST = 150
"""The most courses asked in a round, so that a large demo is seeded as fast."""
ASKED = 0.6
"""The share of the open round with a link sent; half of them wait for a reminder."""
ANSWERED = {"citizen": 0.55, "mentor": 0.7}
GOOD = {"citizen": 0.55, "mentor": 0.75}
ROUNDS = (
    NewRound("Ved start, forår 2014", "nordic", "start", date(2014, 1, 1), date(2014, 6, 30), date(2014, 8, 15)),
    NewRound("Ved slut, 2014", "nordic", "end", date(2014, 4, 1), date(2014, 9, 30), date(2014, 10, 10)),
)
TEAM_LEADER = "henrik"
OPEN = NewRound("Ved slut, efterår 2014", "evaluation", "end", date(2014, 9, 1), date(2014, 12, 31), date(2015, 1, 31))


def write_surveys(session: Session, by_id: int) -> None:
    """Write the rounds and save a report, as the coordinator would."""
    by, chance = session.get_one(User, by_id), Random(2014)
    for new in ROUNDS:
        row = service.add_round(session, new, actor=Actor(by, new.last))
        _answered(session, row, chance)
        survey_answers.open_boxes(session, row, on=DEMO_DAY)
    row = service.add_round(session, OPEN, actor=Actor(by, DEMO_DAY))
    for invitation in _invited(session, row):
        if chance.random() < ASKED:
            invitation.sent_on, invitation.way = DEMO_DAY - timedelta(days=chance.choice((6, 20))), "link"
    asked = Asked("courses", "group", date(2014, 1, 1), date(2014, 9, 1))
    builder.save(session, "Forløb efter målgruppe, 2014", asked, actor=Actor(by, DEMO_DAY))
    leader = session.scalars(select(User).where(User.username == TEAM_LEADER)).one()
    hours = Asked("held", "month", date(2014, 1, 1), date(2014, 9, 1))
    builder.save(session, "Leverede timer måned for måned", hours, actor=Actor(leader, DEMO_DAY))


def _answered(session: Session, row: SurveyRound, chance: Random) -> None:
    """Ask some, and make about half of the citizens and most of the mentors answer, half of them in a talk."""
    form = questionnaires()[row.questionnaire]
    parties = {one.id: one.party for one in session.scalars(select(SurveyRespondent))}
    for invitation in _invited(session, row):
        party = parties[invitation.respondent_id]
        way = chance.choice(("link", "interview"))
        if chance.random() < ANSWERED[party]:
            said = {one.code: _said(one, party, chance) for one in form.asked(row.point, party)}
            survey_answers.cast(session, invitation, said, row.closes_on - timedelta(days=chance.randrange(30)))
        invitation.way, invitation.sent_on = way, row.last


def _invited(session: Session, row: SurveyRound) -> Sequence[SurveyInvitation]:
    statement = select(SurveyInvitation).where(SurveyInvitation.round_id == row.id).order_by(SurveyInvitation.id)
    return session.scalars(statement.limit(2 * MOST)).all()


def _said(question: SurveyQuestion, party: str, chance: Random) -> Any:
    """Return a made-up answer: minutes, ticks, or one of the answers, a good one more often of a mentor."""
    if question.kind == HOURS:
        return chance.choice((60, 90, 120, 120, 180))
    if question.kind == SEVERAL:
        return [code for code in question.options if chance.random() < 0.4]
    good = [code for code in question.options if code in question.positive]
    rest = [code for code in question.options if code not in question.positive]
    return chance.choice(good if good and chance.random() < GOOD[party] else rest)
