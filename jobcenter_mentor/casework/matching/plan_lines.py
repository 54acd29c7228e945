"""The lines of a plan: for each course who is proposed and why, or what is missing."""

from collections import defaultdict
from collections.abc import Mapping

from jobcenter_mentor.casework.grants.models import Grant
from jobcenter_mentor.casework.matching.models import PlanLine
from jobcenter_mentor.casework.matching.waiting_courses import is_demanded
from jobcenter_mentor.casework.matching.waiting_list import WaitingList
from jobcenter_mentor.domain.kernel.hours import hours_words
from jobcenter_mentor.domain.matching.ranking import Fit, why_behind


def lines_of(
    waiting: WaitingList, placed: Mapping[int, int], broken: Mapping[int, str], plan_id: int
) -> list[PlanLine]:
    """Return the lines of a plan: who and why, who came next and why not, or what is missing (`broken`: of a pin)."""
    return [
        _line(waiting, grant, row, plan_id, placed.get(grant.id), broken.get(grant.id, ""))
        for row, grant in enumerate(waiting.grants)
    ]


def _line(waiting: WaitingList, grant: Grant, row: int, plan_id: int, mentor_id: int | None, broken: str) -> PlanLine:
    line = PlanLine(
        plan_id=plan_id,
        grant_id=grant.id,
        is_pinned=grant.id in waiting.pins,
        is_demanded=is_demanded(grant),
        points=0,
        reasons=[],
        against=[],
        runner_up={},
        missing="",
    )
    if mentor_id is None:
        line.missing = broken or _missing(waiting, grant, row)
        return line
    fit = waiting.fit(grant, mentor_id)
    line.mentor_id, line.points, line.reasons, line.against = (
        mentor_id,
        fit.points,
        list(fit.reasons),
        list(fit.against),
    )
    line.runner_up = _runner_up(waiting, grant, row, mentor_id, fit)
    return line


def _runner_up(waiting: WaitingList, grant: Grant, row: int, mentor_id: int, fit: Fit) -> dict[str, str | int]:
    """Name the best other mentor and why it was not that one; more points lose to others who gain more there."""
    order = sorted(enumerate(waiting.mentors), key=lambda pair: (-waiting.values[row, pair[0]], pair[1]))
    other = next((key for j, key in order if key != mentor_id and waiting.values[row, j] > 0), None)
    if other is None:
        return {"name": "", "points": 0, "why": "Ingen anden mentor kan tage forløbet."}
    second = waiting.fit(grant, other)
    why = why_behind(fit, second)
    if second.points > fit.points:
        why = "havde flere point, men timerne gør mere gavn hos andre på listen"
    return {"name": waiting.mentors[other].name, "points": second.points, "why": why}


def _missing(waiting: WaitingList, grant: Grant, row: int) -> str:
    """Return in words what is missing before the citizen can have a mentor."""
    need = waiting.needs[grant.id]
    spoken = f"{need.language.casefold()}talende " if need.language_needed else ""
    lacking = f"Mangler {hours_words(need.minutes_per_week)} {spoken}mentor om ugen"
    if any(waiting.values[row]):
        return f"{lacking}; {int((waiting.values[row] > 0).sum())} mentorer passer, men timerne er brugt til andre"
    stops: dict[str, int] = defaultdict(int)
    for mentor_id in waiting.mentors:
        limits = [mark for mark in waiting.fit(grant, mentor_id).marks if mark.speaks == "limit"]
        rare = [mark for mark in limits if mark.criterion != "hours"] or limits
        if rare:
            stops[STOPS.get(rare[0].criterion, rare[0].text)] += 1
    told = sorted(stops.items(), key=lambda pair: (-pair[1], pair[0]))[:3]
    return f"{lacking}; " + ", ".join(f"{count} {words}" for words, count in told) if told else lacking


STOPS = {
    "hours": "har ikke timer nok",
    "language": "taler ikke sproget",
    "theme": "vil ikke have opgaven",
    "start": "er væk ved start",
    "contact": "mangler kontaktoplysninger",
    "active": "er ikke begyndt eller er stoppet",
    "price": "har ingen timepris",
    "conflict": "er inhabile",
    "refusal": "er afvist for borgeren",
    "place": "har ingen ledig plads",
}
"""What stops a mentor, said of several at once."""
