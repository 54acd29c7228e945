"""The tables of survey rounds (runder), of who was asked, and of answers, which nothing ties to a person.

A respondent's random code is sealed, both beside the course and beside the answers, so that a reader of the tables
cannot even see which answers of two rounds belong together. An answer waits sealed until the round has closed, then at
least five are opened together in random order, without row number, day or maker.
"""

from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy import JSON, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from jobcenter_mentor.platform.database.db import Base, Encrypted, WithPublicId, now


class SurveyRound(Base, WithPublicId):
    """A survey round (runde): one questionnaire at one point, for the courses that reach it in the period.

    The points are start, end and six months after. `first` and `last` are the days within which the course begins,
    ends, or ended six months before; answers are taken until `closes_on`, both included.
    """

    __tablename__ = "survey_round"
    scope: ClassVar[dict[str, str]] = {"register": "id"}

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(String(100))
    questionnaire: Mapped[str] = mapped_column(String(20))
    point: Mapped[str] = mapped_column(String(5))
    first: Mapped[date]
    last: Mapped[date]
    closes_on: Mapped[date]
    made_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    recorded_at: Mapped[datetime] = mapped_column(default=now)


class SurveyRespondent(Base):
    """A party of a course under one random code in all three rounds (svarer); the code is sealed."""

    __tablename__ = "survey_respondent"
    __table_args__ = (UniqueConstraint("grant_id", "party"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    grant_id: Mapped[int] = mapped_column(ForeignKey("grant.id"))
    party: Mapped[str] = mapped_column(String(7))
    code: Mapped[str] = mapped_column(Encrypted)


class SurveyInvitation(Base, WithPublicId):
    """Somebody who is asked in a round (udsendelse). It shows whether there is an answer, never which.

    `way` is link or interview, empty until sent; `reminded_on` is the last reminder.
    """

    __tablename__ = "survey_invitation"
    scope: ClassVar[dict[str, str]] = {"team": "team_id"}
    __table_args__ = (UniqueConstraint("round_id", "respondent_id"), Index("ix_survey_invitation_team", "team_id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("survey_round.id"))
    respondent_id: Mapped[int] = mapped_column(ForeignKey("survey_respondent.id"), index=True)
    team_id: Mapped[int] = mapped_column(ForeignKey("team.id"))
    way: Mapped[str] = mapped_column(String(9), default="")
    sent_on: Mapped[date | None]
    reminded_on: Mapped[date | None]
    answered_on: Mapped[date | None]


class SurveyBallot(Base):
    """A sealed answer (lukket svar), with its respondent.

    It stays sealed for ever where a team and party have fewer than five.
    """

    __tablename__ = "survey_ballot"
    __table_args__ = (Index("ix_survey_ballot_round", "round_id", "team_id", "party"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("survey_round.id"))
    team_id: Mapped[int] = mapped_column(ForeignKey("team.id"))
    party: Mapped[str] = mapped_column(String(7))
    sealed: Mapped[str] = mapped_column(Encrypted)


class SurveyAnswer(Base):
    """An opened answer (åbnet svar): answers by question under the respondent's random code, which is sealed."""

    __tablename__ = "survey_answer"
    __table_args__ = (Index("ix_survey_answer_round", "round_id"), {"sqlite_with_rowid": False})

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("survey_round.id"))
    team_id: Mapped[int] = mapped_column(ForeignKey("team.id"))
    party: Mapped[str] = mapped_column(String(7))
    respondent: Mapped[str] = mapped_column(Encrypted)
    answers: Mapped[dict[str, Any]] = mapped_column(JSON)
