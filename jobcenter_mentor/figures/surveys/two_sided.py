"""Show the answers of citizens and mentors side by side (tosidet visning), with the gap and the country's figures.

Each question is a table of answers by team, hidden by the one rule of `small_groups` over all teams together, so that a
team and the whole reveal nothing by difference. Figures are shown once, when the round has closed. Where a table would
hide anything, good answers and the rest are shown instead, never both.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from sqlalchemy import select
from sqlalchemy.orm import Session

from jobcenter_mentor.figures.reports.small_groups import Counts, Mask, hidden, with_sums
from jobcenter_mentor.figures.surveys import service as surveys
from jobcenter_mentor.figures.surveys.models import SurveyAnswer, SurveyRound
from jobcenter_mentor.figures.surveys.questions import (
    HOURS,
    ONE,
    SEVERAL,
    Questionnaire,
    SurveyQuestion,
    questionnaires,
)
from jobcenter_mentor.figures.surveys.service import Rate
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.access.models import Team
from jobcenter_mentor.platform.access.policy import teams_on
from jobcenter_mentor.platform.audit import service as audit

GOOD, REST = "Positive svar", "Andre svar"
CHANGES = ("Positiv begge gange", "Ikke positiv længere", "Blevet positiv", "Ikke positiv nogen af gangene")


@dataclass(frozen=True)
class Side:
    """The answer of one party on a line (svar): a share of one, or hours for a mean; None where hidden or not asked."""

    own: float | None
    national: float | None
    is_hidden: bool


@dataclass(frozen=True)
class AnswerLine:
    """One possible answer for both parties (svarmulighed)."""

    label: str
    citizen: Side | None
    mentor: Side | None

    @property
    def gap(self) -> float | None:
        """Return the gap (forskel): the citizens' share less the mentors'."""
        if self.citizen is None or self.mentor is None or self.citizen.own is None or self.mentor.own is None:
            return None
        return self.citizen.own - self.mentor.own


@dataclass(frozen=True)
class QuestionView:
    """A question with its lines (spørgsmål). `good` is the line of the good answers, None where there is none."""

    question: SurveyQuestion
    lines: list[AnswerLine]
    good: AnswerLine | None

    @property
    def is_hours(self) -> bool:
        """Tell whether the figures are hours (timer) and not shares."""
        return self.question.kind == HOURS


@dataclass(frozen=True)
class AnswerChange:
    """The answers of the same persons in two rounds (ændring): how many gave each pair of answers, None if hidden."""

    text: str
    party: str
    counts: list[tuple[str, int | None]]


@dataclass(frozen=True)
class TwoSided:
    """The two-sided page (tosidet visning). `base` is how many answers of each party are shown, `teams` the choices.

    The teams are id to name.
    """

    round: SurveyRound
    questionnaire: Questionnaire
    rates: list[Rate]
    base: dict[str, int]
    questions: list[QuestionView]
    changes: list[AnswerChange]
    teams: dict[str, str]
    team: str

    @property
    def rows(self) -> list[tuple[QuestionView, AnswerLine]]:
        """Return all lines with their questions (linjer), none while there are no figures."""
        return [(one, line) for one in self.questions for line in one.lines] if any(self.base.values()) else []


@dataclass(frozen=True)
class _Answers:
    """The answers of one party, with the columns they count in: teams, then all."""

    rows: Sequence[SurveyAnswer]
    teams: Sequence[int]
    at: int


def two_sided(session: Session, public_id: str, *, team: str, actor: Actor) -> TwoSided:
    """Make the two-sided view of all teams or one in reach (tosidet visning), and log it. Raises NotFound."""
    row = surveys.get_round(session, public_id, actor=actor)
    answers = session.scalars(select(SurveyAnswer).where(SurveyAnswer.round_id == row.id)).all()
    teams = sorted({one.team_id for one in answers})
    offered, chosen = _chosen(session, team, actor)
    sides = {
        party: _Answers([one for one in answers if one.party == party], teams, _column(teams, chosen))
        for party in ("citizen", "mentor")
    }
    form = questionnaires()[row.questionnaire]
    views = [_view(question, sides) for question in form.questions if row.point in question.points]
    base = {party: sum(_counts_in(one, side) for one in side.rows) for party, side in sides.items()}
    audit.record(
        session,
        by=actor.user,
        action="statistics.read",
        subject="survey",
        subject_id=public_id,
        detail={"team": chosen},
    )
    changes = _changes(session, row, form, sides, actor.day) if not team else []
    rates = surveys.rates(session, row, actor=actor)
    return TwoSided(row, form, rates, base, views, changes, offered, chosen)


def _chosen(session: Session, team: str, actor: Actor) -> tuple[dict[str, str], str]:
    """Return the teams in reach by id, and the chosen one. Empty means all, which only who reaches all may see."""
    reach = teams_on(actor.user, "survey.figures", on=actor.day)
    names = {str(one.id): one.name for one in session.scalars(select(Team).order_by(Team.sort_key, Team.id))}
    within = {key: name for key, name in names.items() if reach is None or int(key) in reach}
    if team in within:
        return within, team
    return within, "" if reach is None else next(iter(within), "0")


def _column(teams: list[int], chosen: str) -> int:
    """Return the column of a team, that of all teams, or -1 for a team without answers."""
    if not chosen:
        return len(teams)
    return teams.index(int(chosen)) if int(chosen) in teams else -1


def _counts_in(answer: SurveyAnswer, side: _Answers) -> int:
    return int(side.at == len(side.teams) or (side.at >= 0 and side.teams[side.at] == answer.team_id))


def _view(question: SurveyQuestion, sides: dict[str, _Answers]) -> QuestionView:
    """Return the lines of a question: a mean, the answers, or good answers and the rest."""
    here = {party: side for party, side in sides.items() if party in question.texts}
    if question.kind == HOURS:
        line = AnswerLine("Timer om ugen i gennemsnit", *(_mean(question, party, here) for party in sides))
        return QuestionView(question, [line], None)
    if question.kind == SEVERAL:
        ticks = [_line(question, label, [code], here, sides) for code, label in question.options.items()]
        return QuestionView(question, ticks, None)
    told_whole = all(_is_whole(question, side) for side in here.values())
    good = _line(question, GOOD, sorted(question.positive), here, sides) if question.positive else None
    if told_whole or good is None:
        codes = [[code] for code in question.options]
        lines = [_detail(question, place, codes, here, sides) for place in range(len(codes))]
        return QuestionView(question, lines, good)
    rest = sorted(question.options.keys() - question.positive)
    return QuestionView(question, [good, _line(question, REST, rest, here, sides)], good)


def _is_whole(question: SurveyQuestion, side: _Answers) -> bool:
    """Tell whether nothing in the table of single answers, or of the good ones, need be hidden."""
    groups = [[code] for code in question.options]
    whole = not _table(question, groups, side)[1].any()
    good = [sorted(question.positive), sorted(question.options.keys() - question.positive)]
    return whole and (not question.positive or not _table(question, good, side)[1].any())


def _detail(
    question: SurveyQuestion, place: int, codes: list[list[str]], here: dict[str, _Answers], sides: dict[str, _Answers]
) -> AnswerLine:
    """Return the line of one answer of the table of all answers."""
    (code,) = codes[place]
    shown = [_side(question, codes, place, party, here.get(party)) for party in sides]
    return AnswerLine(question.options[code], *shown)


def _line(
    question: SurveyQuestion, label: str, codes: list[str], here: dict[str, _Answers], sides: dict[str, _Answers]
) -> AnswerLine:
    """Return the line of some answers compared with all others."""
    others = sorted(question.options.keys() - set(codes))
    return AnswerLine(label, *(_side(question, [codes, others], 0, party, here.get(party)) for party in sides))


def _side(
    question: SurveyQuestion, groups: list[list[str]], place: int, party: str, side: _Answers | None
) -> Side | None:
    if side is None:
        return None
    national = _national(question, party, groups[place])
    counts, mask = _table(question, groups, side)
    if side.at < 0 or not counts[-1, side.at]:
        return Side(None, national, is_hidden=False)
    if mask[place, side.at] or mask[-1, side.at]:
        return Side(None, national, is_hidden=True)
    return Side(float(counts[place, side.at] / counts[-1, side.at]), national, is_hidden=False)


def _table(question: SurveyQuestion, groups: list[list[str]], side: _Answers) -> tuple[Counts, Mask]:
    """Return the counts of a party's answers by group and team with their sums, and what is hidden."""
    several = question.kind == SEVERAL
    place_of = {code: place for place, group in enumerate(groups) for code in group}
    counts = np.zeros((len(groups), max(len(side.teams), 1)), np.int64)
    for one in side.rows:
        said = one.answers.get(question.code)
        row = int(groups[0][0] not in (said or ())) if several else place_of.get(str(said), len(groups) - 1)
        counts[row, side.teams.index(one.team_id)] += 1
    summed = with_sums(counts)
    return summed, hidden(summed)


def _mean(question: SurveyQuestion, party: str, here: dict[str, _Answers]) -> Side | None:
    """Return the mean hours of a party. Answers are opened at least five together."""
    if party not in here:
        return None
    side, national = here[party], question.national.get(party, {}).get("mean")
    minutes = [one.answers.get(question.code) or 0 for one in side.rows if _counts_in(one, side)]
    return Side(sum(minutes) / len(minutes) / 60 if minutes else None, national, is_hidden=False)


def _national(question: SurveyQuestion, party: str, codes: list[str]) -> float | None:
    """Return the country's share of some answers, as a part of one; None where it is not known."""
    figures = question.national.get(party, {})
    if "high" in figures and "high" not in question.options:
        return figures["high"] / 100 if set(codes) == question.positive else None
    wanted = [code for code in codes if code in figures]
    return sum(figures[code] for code in wanted) / 100 if wanted and set(codes) - {"dont_know"} <= set(wanted) else None


def _changes(
    session: Session, row: SurveyRound, form: Questionnaire, sides: dict[str, _Answers], on: date
) -> list[AnswerChange]:
    """Compare with the start, person by person, when both rounds are closed, in one team or all in reach."""
    earlier = (
        select(SurveyAnswer)
        .join(SurveyRound, SurveyRound.id == SurveyAnswer.round_id)
        .where(SurveyRound.questionnaire == row.questionnaire, SurveyRound.point == "start", SurveyRound.closes_on < on)
        .order_by(SurveyRound.closes_on, SurveyRound.id)
    )
    if row.point == "start" or row.closes_on >= on:
        return []
    starts = session.scalars(earlier).all()
    found = []
    for question in form.questions:
        if question.kind != ONE or not question.positive or not {"start", row.point} <= set(question.points):
            continue
        for party in question.texts:
            side = sides[party]
            before = {one.respondent: one for one in starts if one.party == party and _counts_in(one, side)}
            after = {one.respondent: one for one in side.rows if _counts_in(one, side)}
            if before.keys() & after.keys():
                found.append(AnswerChange(question.texts[party], party, changed(question, before, after)))
    return found


def changed(
    question: SurveyQuestion, before: dict[str, SurveyAnswer], after: dict[str, SurveyAnswer]
) -> list[tuple[str, int | None]]:
    """Return how many of the same persons were and became positive (samme personers svar).

    All are hidden where few answered only once. What is shown of each round by itself are the sums of this table, with
    those who answered only once in the third row and column, so the sums cannot be hidden here.
    """
    counts = np.zeros((3, 3), np.int64)
    for respondent in before.keys() | after.keys():
        counts[_place(question, before.get(respondent)), _place(question, after.get(respondent))] += 1
    mask = hidden(with_sums(counts))
    away = mask[:2, :2] | mask[-1].any() | mask[:, -1].any()
    return [
        (label, None if gone else int(count))
        for label, count, gone in zip(CHANGES, counts[:2, :2].ravel(), away.ravel(), strict=True)
    ]


def _place(question: SurveyQuestion, answer: SurveyAnswer | None) -> int:
    """Return 0 for a good answer, 1 for another one, 2 for none."""
    if answer is None:
        return 2
    return int(answer.answers.get(question.code) not in question.positive)
