"""Check a plan: read the plan and the plain facts, without points or prices, and list every breach.

It is written apart from the planning on purpose; it must find nothing.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from jobcenter_mentor.casework.matching.corps_capacity import MentorLoad
from jobcenter_mentor.domain.kernel.capacity import monday_of
from jobcenter_mentor.domain.kernel.hours import hours_words
from jobcenter_mentor.domain.matching.pairs import Need, Offer


@dataclass(frozen=True)
class Pair:
    """A pair of the plan: the course, what it needs, the mentor as offered to this citizen, and the pinned mentor.

    `places` are those the mentor had left before the plan, where the course takes one; None where it takes none.
    """

    grant_id: int
    need: Need
    offer: Offer
    pinned_to: int | None = None
    places: int | None = None


def breaches_of(pairs: Iterable[Pair], loads: Mapping[int, MentorLoad]) -> list[str]:
    """Return the hard limits that the pairs of a plan break, in words; empty for a sound plan."""
    found: list[str] = []
    of_mentor: dict[int, list[Pair]] = defaultdict(list)
    seen: set[int] = set()
    for pair in pairs:
        if pair.grant_id in seen:
            found.append(f"Forløb {pair.grant_id} har to mentorer i planen.")
        seen.add(pair.grant_id)
        of_mentor[pair.offer.key].append(pair)
        found += [f"Forløb {pair.grant_id} hos {pair.offer.name}: {words}." for words in _of_pair(pair)]
    for mentor_id, own in of_mentor.items():
        found += _hours(loads[mentor_id], own)
        left = [pair.places for pair in own if pair.places is not None]
        if left and len(left) > min(left):
            found.append(f"{own[0].offer.name} får {len(left)} på plads, men har {min(left)}.")
    return found


def passed_over(left_out: Iterable[list[Pair]], firm: Iterable[Pair], rooms: Mapping[int, int]) -> list[str]:
    """Return the courses of the law without a mentor though hours are free or used by courses it does not demand.

    `left_out` holds the pairs each of them could be, `firm` the pairs of the plan that nobody may take hours from.
    """
    taken: dict[int, int] = defaultdict(int)
    for pair in firm:
        taken[pair.offer.key] += pair.need.minutes_per_week
    return [
        f"Forløb {pair.grant_id}, som loven kræver, kunne få timer hos {pair.offer.name}."
        for pairs in left_out
        for pair in pairs
        if taken[pair.offer.key] + pair.need.minutes_per_week <= rooms[pair.offer.key] and not _of_pair(pair)
    ]


def _of_pair(pair: Pair) -> list[str]:
    need, offer = pair.need, pair.offer
    gone = offer.active_from > need.start or (offer.active_to is not None and offer.active_to < need.start)
    away = offer.away is not None and offer.away[0] <= need.start <= offer.away[1]
    lacks = need.language_needed and need.language.casefold() not in (*offer.languages, "dansk")
    checks = {
        "mentoren er ikke aktiv": gone,
        "mentoren er væk, når forløbet begynder": away,
        f"mentor taler ikke {need.language}": lacks,
        offer.conflict: bool(offer.conflict),
        offer.refusal: bool(offer.refusal),
        offer.full: bool(offer.full),
        "mentoren vil ikke have opgaven": not set(need.tasks).isdisjoint(offer.refused_themes),
        "mentorens kontaktoplysninger mangler": bool(offer.flaws),
        "mentoren har ingen timepris": offer.price is None,
        "valget er fastholdt hos en anden": pair.pinned_to not in (None, offer.key),
    }
    return [words for words, broken in checks.items() if broken]


def _hours(load: MentorLoad, own: list[Pair]) -> list[str]:
    """Add up each week of the courses, on top of what was booked before; absence counts in the weeks of a start."""
    starts = {monday_of(pair.need.start) for pair in own}
    first, last = min(starts), max(pair.need.last or pair.need.start for pair in own)
    weeks = load.weeks(first, (last - first).days // 7 + 1, absence=False)
    begun = [week for start in sorted(starts) for week in load.weeks(start, 1) if not week.away]
    found = []
    for week in [*begun, *(week for week in weeks if week.available)]:
        asked = sum(pair.need.minutes_per_week for pair in own if _runs(pair.need, week.monday))
        if asked > week.free:
            number = week.monday.isocalendar().week
            found.append(
                f"{own[0].offer.name} får {hours_words(asked)} i uge {number}, men har {hours_words(week.free)}."
            )
    return found


def _runs(need: Need, monday: date) -> bool:
    return need.start <= monday + timedelta(days=6) and (need.last or need.start) >= monday
