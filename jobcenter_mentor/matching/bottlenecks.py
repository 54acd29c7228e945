"""Flaskehalse: the prices of mentor hours read as whom to recruit, which hours are dear, and who is idle."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass

import numpy as np

from jobcenter_mentor.domain.matchcriteria import EXPERIENCE_WITH
from jobcenter_mentor.domain.matchfacts import Need, Offer
from jobcenter_mentor.domain.needs import BARRIERS
from jobcenter_mentor.domain.target_groups import MENTOR_TYPES
from jobcenter_mentor.matching.optimise import Optimum
from jobcenter_mentor.matching.pricing import Ints
from jobcenter_mentor.matching.scoring import points_of
from jobcenter_mentor.matching.waitinglist import PLACED, WaitingList

HOUR = 60
PLENTY = 10 * HOUR
MOST_NAMED = 12
IDLE_FROM = 4 * HOUR


@dataclass(frozen=True)
class Bottleneck:
    """Flaskehals: what one hour a week more of a new mentor with this is worth, in points, and for how many citizens.

    `kind` is sprog, kompetence, erfaring, område or mentortype; `extra` what it gains beyond a new mentor without it.
    """

    kind: str
    name: str
    worth: int
    extra: int
    citizens: int


def findings(waiting: WaitingList, found: Optimum, rooms: dict[int, int]) -> dict[str, list[dict[str, object]]]:
    """Return bottlenecks, the dearest mentors and those with hours over that nobody asks for, as plain rows."""
    return {
        "bottlenecks": [asdict(row) for row in _bottlenecks(waiting, found)],
        "dear": [
            {"mentor_id": key, "name": waiting.mentors[key].name, "worth": round(price * HOUR)}
            for key, price in sorted(found.prices.items(), key=lambda pair: (-pair[1], pair[0]))
            if round(price * HOUR) > 0
        ][:MOST_NAMED],
        "idle": [
            {"mentor_id": key, "name": waiting.mentors[key].name, "minutes": room}
            for key, room in sorted(rooms.items(), key=lambda pair: (-pair[1], pair[0]))
            if room >= IDLE_FROM
        ][:MOST_NAMED],
    }


def _bottlenecks(waiting: WaitingList, found: Optimum) -> list[Bottleneck]:
    """Ask for each skill what a newcomer with it would gain in one hour a week beyond today's prices."""
    grants = [grant for grant in waiting.grants if grant.id in found.worth]
    if not grants:
        return []
    needs = [waiting.needs[grant.id] for grant in grants]
    bonus = np.array([waiting.bonus(grant) for grant in grants], dtype=np.int64)
    worth = np.array([found.worth[grant.id] for grant in grants])
    minutes = np.array([max(1, need.minutes_per_week) for need in needs], dtype=np.int64)
    wanted = [("", "", _newcomer(needs)), *_wanted(waiting, needs)]
    points = points_of(needs, [offer for _, _, offer in wanted], waiting.weights)
    gains = np.where(points > -(10**8), points + PLACED + bonus[:, None], 0) - worth[:, None]
    hours = [_one_hour(gains[:, column], minutes) for column in range(len(wanted))]
    rows = [
        Bottleneck(kind, name, hour, max(0, hour - hours[0][0]), count)
        for (kind, name, _), (hour, count) in zip(wanted[1:], hours[1:], strict=True)
    ]
    return sorted((row for row in rows if row.worth > 0), key=lambda row: (-row.worth, row.kind, row.name))[:MOST_NAMED]


def _one_hour(gains: np.ndarray[tuple[int], np.dtype[np.float64]], minutes: Ints) -> tuple[int, int]:
    """Fill one hour with those who gain most a minute; return the points and how many citizens would gain at all."""
    per_minute = np.maximum(gains, 0) / minutes
    left, points = HOUR, 0.0
    for citizen in np.argsort(-per_minute, kind="stable"):
        used = min(left, int(minutes[citizen]))
        points, left = points + used * float(per_minute[citizen]), left - used
        if not left:
            break
    return round(points), int((gains > 0).sum())


def _newcomer(needs: Iterable[Need], **changes: object) -> Offer:
    """A new mentor with plenty of hours, of the type most are granted, whom nothing else speaks for or against."""
    types = [need.mentor_type for need in needs]
    common = max(sorted(set(types)), key=types.count)
    first = min(need.start for need in needs)
    values = {"languages": ("dansk",), "mentor_type": common, "price": 0} | changes
    return Offer(key=0, name="", free=PLENTY, available=PLENTY, active_from=first, **values)  # type: ignore[arg-type]


def _wanted(waiting: WaitingList, needs: list[Need]) -> list[tuple[str, str, Offer]]:
    """Name the languages asked for, the competences, areas and types there are, and barriers no competence answers."""
    languages = sorted({need.language.casefold() for need in needs if need.language} - {"dansk"})
    skills = sorted({code for load in waiting.loads.values() for code in load.skills["competence"]})
    barriers = {code for need in needs for code in need.barriers if code in BARRIERS}
    unmet = sorted(
        code for code in barriers if not any(w in has for has in skills for w in EXPERIENCE_WITH.get(code, ()))
    )
    areas = sorted({mentor.area for mentor in waiting.mentors.values() if mentor.area})
    types = sorted({need.mentor_type for need in needs})
    return (
        [("sprog", name, _newcomer(needs, languages=("dansk", name))) for name in languages]
        + [("kompetence", name, _newcomer(needs, competences=(name,))) for name in skills]
        + [("erfaring", BARRIERS[code].lower(), _newcomer(needs, experience=(code,))) for code in unmet]
        + [("område", name, _newcomer(needs, area=name)) for name in areas]
        + [("mentortype", MENTOR_TYPES.get(c, c).lower(), _newcomer(needs, mentor_type=c)) for c in types]
    )
