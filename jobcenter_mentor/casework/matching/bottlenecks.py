"""Read the prices of mentor hours (flaskehalse): whom to recruit, which hours are dear, and who is idle."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import NamedTuple

import numpy as np

from jobcenter_mentor.casework.matching.waiting_list import PLACED, WaitingList
from jobcenter_mentor.domain.kernel.needs import BARRIERS
from jobcenter_mentor.domain.kernel.target_groups import MENTOR_TYPES
from jobcenter_mentor.domain.matching.criteria import barriers_met
from jobcenter_mentor.domain.matching.pairs import Need, Offer
from jobcenter_mentor.domain.matching.plan import Optimum
from jobcenter_mentor.domain.matching.points import points_of
from jobcenter_mentor.domain.matching.prices import Ints

HOUR = 60
PLENTY = 10 * HOUR
MOST_NAMED = 12
IDLE_FROM = 4 * HOUR


@dataclass(frozen=True)
class Bottleneck:
    """What one more hour a week of a new mentor of this kind is worth, in points, and for how many (flaskehals).

    `kind` is sprog, kompetence, erfaring, område or mentortype. `extra` is the gain beyond a new mentor without it:
    more than nothing, or it is not this that is missing. `traits` are the parts of the forecast it belongs to.
    """

    kind: str
    name: str
    worth: int
    extra: int
    citizens: int
    traits: list[str]


def findings(waiting: WaitingList, found: Optimum, rooms: dict[int, int]) -> dict[str, list[dict[str, object]]]:
    """Return bottlenecks, the dearest mentors, and those with unused hours that nobody asks for, as plain rows."""
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
    """Calculate for each skill what a newcomer with it would gain in one hour a week beyond today's prices."""
    grants = [grant for grant in waiting.grants if grant.id in found.worth]
    if not grants:
        return []
    needs = [waiting.needs[grant.id] for grant in grants]
    bonus = np.array([waiting.bonus(grant) for grant in grants], dtype=np.int64)
    worth = np.array([found.worth[grant.id] for grant in grants])
    minutes = np.array([max(1, need.minutes_per_week) for need in needs], dtype=np.int64)
    wanted = _wanted(waiting, needs)
    points = points_of(needs, [_newcomer(needs), *(one.offer for one in wanted)], waiting.weights)
    gains = np.where(points > -(10**8), points + PLACED + bonus[:, None], 0) - worth[:, None]
    anybody, *hours = [_one_hour(gains[:, column], minutes) for column in range(len(wanted) + 1)]
    rows = [
        Bottleneck(one.kind, one.name, hour, hour - anybody[0], count, one.traits)
        for one, (hour, count) in zip(wanted, hours, strict=True)
    ]
    return sorted((row for row in rows if row.extra > 0), key=lambda row: (-row.worth, row.kind, row.name))[:MOST_NAMED]


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
    """Return a new mentor with plenty of hours, of the most granted type, with nothing else for or against."""
    types = [need.mentor_type for need in needs]
    common = max(sorted(set(types)), key=types.count)
    first = min(need.start for need in needs)
    values = {"languages": ("dansk",), "mentor_type": common, "price": 0} | changes
    return Offer(key=0, name="", free=PLENTY, available=PLENTY, active_from=first, **values)  # type: ignore[arg-type]


class _Wanted(NamedTuple):
    """A newcomer with one thing more than others, what it is, and the parts of the forecast it belongs to."""

    kind: str
    name: str
    offer: Offer
    traits: list[str]


def _wanted(waiting: WaitingList, needs: list[Need]) -> list[_Wanted]:
    """Name the requested languages, the competences, areas and types there are, and barriers without a competence."""
    languages = sorted({need.language.casefold() for need in needs if need.language} - {"dansk"})
    skills = sorted({code for load in waiting.loads.values() for code in load.skills["competence"]})
    unmet = sorted({code for need in needs for code in need.barriers if code in BARRIERS} - barriers_met(skills))
    areas = sorted({mentor.area for mentor in waiting.mentors.values() if mentor.area})
    types = sorted({need.mentor_type for need in needs})
    return [
        *(_Wanted("sprog", one, _newcomer(needs, languages=("dansk", one)), [f"language:{one}"]) for one in languages),
        *(
            _Wanted("kompetence", one, _newcomer(needs, competences=(one,)), _competences(barriers_met([one])))
            for one in skills
        ),
        *(
            _Wanted("erfaring", BARRIERS[code].lower(), _newcomer(needs, experience=(code,)), _competences({code}))
            for code in unmet
        ),
        *(_Wanted("område", one, _newcomer(needs, area=one), [f"area:{one}"]) for one in areas),
        *(_Wanted("mentortype", MENTOR_TYPES.get(c, c).lower(), _newcomer(needs, mentor_type=c), []) for c in types),
    ]


def _competences(barriers: set[str]) -> list[str]:
    return [f"competence:{code}" for code in sorted(barriers)]
