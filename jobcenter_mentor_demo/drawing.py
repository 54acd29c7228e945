"""Draw random citizens that match each national table, one quota for each, paired under constraints.

A seed goes in, and people come out. Quotas are the largest remainders of the shares, so that a small municipality
matches as well as a large one.
"""

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import TypeVar

from jobcenter_mentor_demo import national

Cell = TypeVar("Cell", bound=Hashable)

ADULT_ONLY = frozenset(national.SUPPORT) - {"Selvforsørgelse", "Andre forsørgelsesydelser"}
YOUNG_UNTIL = 29
"""Education benefit (uddannelseshjælp) is for those under 30 (from 2014)."""
EDUCATED_SHARE = 0.08
"""The share of those under 30 with an education, who remain on "kontanthjælp"."""
BENEFIT = {
    "Selvforsørgelse": "selvforsoergende",
    "SU": "selvforsoergende",
    "A-dagpenge": "dagpenge",
    "Revalidering og forrevalidering": "revalidering",
    "Sygedagpenge": "sygedagpenge",
    "Ledighedsydelse": "ledighedsydelse",
    "Fleksjob": "ledighedsydelse",
    "Ressourceforløb": "ressourceforloeb",
    "Førtidspension og skånejob": "beskaeftiget",
    "Andre forsørgelsesydelser": "selvforsoergende",
}
"""The nearest benefit of each printed one; cash benefit depends on age and year."""
MINUTES = {
    (0, 0): (0,),
    (1, 60): (30, 45, 60, 60, 60),
    (61, 120): (90, 120, 120, 120),
    (121, 180): (150, 180, 180),
    (181, 240): (210, 240, 240),
    (241, 300): (270, 300, 300, 300),
    (301, 600): (360, 420, 480, 600),
    (601, 10080): (720, 720, 900, 1200, 2220),
}
"""The granted minutes in each class; the last one holds the 37 hours that the evaluation calls a fault."""
PLACE_MINUTES = (60, 120, 180, 300)


@dataclass(frozen=True)
class Drawn:
    """A drawn citizen at the start of the first course; `match_group` is of 2013, `visitation` of 2014."""

    year: int
    support: str
    benefit: str
    age: int
    sex: str
    form: str
    minutes: int
    visitation: str | None
    match_group: int | None


def quotas(shares: Mapping[Cell, float], count: int) -> dict[Cell, int]:
    """Return the count distributed by the shares, largest remainder first, summing exactly."""
    total = sum(shares.values())
    exact = {cell: count * share / total for cell, share in shares.items()}
    parts = {cell: int(part) for cell, part in exact.items()}
    by_remainder = sorted(exact, key=lambda cell: parts[cell] - exact[cell])
    for cell in by_remainder[: count - sum(parts.values())]:
        parts[cell] += 1
    return parts


def draw(year: int, count: int, rng: Random, known: Sequence[Drawn] = ()) -> list[Drawn]:
    """Return a year's new citizens, `count` of them with the known ones first, so that all match the tables."""
    ages = _ages(year, count, rng, known)
    supports = _supports(year, count, ages, rng, known)
    sexes = _rest({cell: share.of(year) for cell, share in national.SEX.items()}, count, rng, (k.sex for k in known))
    forms = _rest({cell: share.of(year) for cell, share in national.FORM.items()}, count, rng, (k.form for k in known))
    minutes = _minutes(year, forms, rng, known)
    benefits = [_benefit(support, age, year, rng) for support, age in zip(supports, ages, strict=True)]
    ready = _visitations(year, count, benefits, rng, known)
    groups = _match_groups(year, benefits, rng)
    rows = list(zip(supports, benefits, ages, sexes, forms, minutes, ready, groups, strict=True))
    rng.shuffle(rows)
    return [*known, *(Drawn(year, *row) for row in rows)]


def class_of(value: int, classes: Iterable[tuple[int, int]]) -> tuple[int, int]:
    """Return the class of an age or a number of hours; raises StopIteration outside all of them."""
    return next(one for one in classes if one[0] <= value <= one[1])


def _rest(shares: Mapping[Cell, float], count: int, rng: Random, taken: Iterable[Cell]) -> list[Cell]:
    """Return the quotas less those taken, in random order."""
    left = Counter(quotas(shares, count))
    left.subtract(Counter(taken))
    drawn = [cell for cell, number in left.items() for _ in range(max(number, 0))]
    rng.shuffle(drawn)
    surplus = -sum(number for number in left.values() if number < 0)
    return drawn[surplus:]


def _ages(year: int, count: int, rng: Random, known: Sequence[Drawn]) -> list[int]:
    shares = {cell: share.of(year) for cell, share in national.AGE.items()}
    bands = _rest(shares, count, rng, (class_of(k.age, national.AGE) for k in known))
    return [rng.choice((17, 18, 18, 18, 19, 19, 19)) if band[0] == 16 else rng.randint(*band) for band in bands]


def _supports(year: int, count: int, ages: list[int], rng: Random, known: Sequence[Drawn]) -> list[str]:
    """Pair benefits with ages: those under 18 and over 64 support themselves, students are young.

    An age without a benefit moves to the nearest one inside its own class.
    """
    shares = {cell: share.of(year) for cell, share in national.SUPPORT.items()}
    left = _rest(shares, count, rng, (k.support for k in known))
    paired: dict[int, str] = {}
    for index in sorted(range(len(ages)), key=lambda i: (18 <= ages[i] <= 64, ages[i])):
        young = ages[index] < 18 or ages[index] > 64
        fitting = (s for s in left if (s not in ADULT_ONLY if young else s != "SU" or ages[index] < 35))
        support = next(fitting, None)
        if support is None:
            support = left[0]
            ages[index] = 18 if ages[index] in (16, 17) else ages[index]
        left.remove(support)
        paired[index] = support
    return [paired[index] for index in range(len(ages))]


def _minutes(year: int, forms: Sequence[str], rng: Random, known: Sequence[Drawn]) -> list[int]:
    """Return the hours: individual courses by table 3.11, place mentors freely."""
    individual = [k for k in known if k.form == "individual"]
    count = forms.count("individual") + len(individual)
    shares = {cell: share.of(year) for cell, share in national.HOURS.items()}
    classes = iter(_rest(shares, count, rng, (class_of(k.minutes, national.HOURS) for k in individual)))
    return [rng.choice(MINUTES[next(classes)] if form == "individual" else PLACE_MINUTES) for form in forms]


def _benefit(support: str, age: int, year: int, rng: Random) -> str:
    if support != national.CASH:
        return BENEFIT[support]
    educated = rng.random() < EDUCATED_SHARE
    return "uddannelseshjaelp" if year == 2014 and age <= YOUNG_UNTIL and not educated else "kontanthjaelp"


def _visitations(
    year: int, count: int, benefits: Sequence[str], rng: Random, known: Sequence[Drawn]
) -> list[str | None]:
    """Return who is activity-ready in 2014: the national share of all, and only among those on cash benefit."""
    ready: list[str | None] = ["sygemeldt" if benefit == "sygedagpenge" else None for benefit in benefits]
    if year == 2013:
        return ready
    cash = [index for index, benefit in enumerate(benefits) if benefit in ("kontanthjaelp", "uddannelseshjaelp")]
    rng.shuffle(cash)
    wanted = round(count * national.ACTIVITY_READY_2014 / 100)
    wanted -= sum(k.visitation == "aktivitetsparat" for k in known)
    for place, index in enumerate(cash):
        ready[index] = "aktivitetsparat" if place < wanted else other_readiness(benefits[index], rng)
    return ready


def other_readiness(benefit: str, rng: Random) -> str:
    """Return the visitation of somebody who is not activity-ready."""
    if benefit == "kontanthjaelp":
        return "jobparat"
    return rng.choice(("uddannelsesparat", "uddannelsesparat", "aabenlyst_uddannelsesparat"))


def _match_groups(year: int, benefits: Sequence[str], rng: Random) -> list[int | None]:
    """Return match groups for 2013; only those without cash benefit can be without one."""
    if year != 2013:
        return [None] * len(benefits)
    groups = _rest(national.MATCH_GROUP, len(benefits), rng, ())
    free = [index for index, benefit in enumerate(benefits) if benefit != "kontanthjaelp"]
    without = set(sorted(free, key=lambda i: (benefits[i] != "selvforsoergende", i))[: groups.count(None)])
    given = iter([group for group in groups if group is not None] + [2] * len(benefits))
    return [None if index in without else next(given) for index in range(len(benefits))]
