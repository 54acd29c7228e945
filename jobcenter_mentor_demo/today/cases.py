"""Plan the cases of 2026: the citizens, their starts and their events; each number of § 6 is among them.

A seed goes in, and cases come out. Minutes are minutes a week.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from jobcenter_mentor.config import DEMO_DAYS
from jobcenter_mentor_demo.names import draw_name
from jobcenter_mentor_demo.staff import AKTIV, HELBRED, SYGE, UNGE

DAY = DEMO_DAYS[2026]
"""The demo's own day; nothing later has happened yet."""


CASH = "kontanthjaelp"
FIRST_START, LAST_START = date(2025, 11, 3), date(2026, 10, 5)
ENDED_BENEFITS = {"ressourceforloeb": date(2026, 1, 31), "revalidering": date(2026, 6, 30)}
"""The last day of new courses, as law 1750 of 2025 closes the two for new citizens."""


@dataclass(frozen=True)
class DemoCitizenKind:
    """A kind of citizen: benefit, visitation and education, ages, team, and how often (`weight`)."""

    benefit: str
    visitation: str | None
    has_education: bool | None
    ages: tuple[int, int]
    team: str
    weight: int = 1


KINDS = (
    DemoCitizenKind("dagpenge", None, None, (26, 60), AKTIV, 2),
    DemoCitizenKind(CASH, "jobparat", None, (31, 58), AKTIV, 2),
    DemoCitizenKind(CASH, "aktivitetsparat", None, (31, 58), AKTIV, 6),
    DemoCitizenKind(CASH, "aktivitetsparat", True, (23, 29), UNGE, 1),
    DemoCitizenKind(CASH, "uddannelsesparat", False, (18, 28), UNGE, 3),
    DemoCitizenKind(CASH, "aabenlyst_uddannelsesparat", False, (18, 26), UNGE, 1),
    DemoCitizenKind(CASH, "aktivitetsparat", False, (18, 28), UNGE, 6),
    DemoCitizenKind("sygedagpenge", "sygemeldt", None, (28, 60), SYGE, 2),
    DemoCitizenKind("jobafklaring", None, None, (30, 58), HELBRED, 8),
    DemoCitizenKind("ressourceforloeb", None, None, (25, 45), HELBRED, 1),
    DemoCitizenKind("ledighedsydelse", None, None, (35, 60), HELBRED, 1),
    DemoCitizenKind("fleksjob", None, None, (35, 60), HELBRED, 1),
    DemoCitizenKind("revalidering", None, None, (25, 45), HELBRED, 1),
    DemoCitizenKind("foertidspension", None, None, (30, 60), HELBRED, 1),
    DemoCitizenKind("selvforsoergende", None, None, (30, 58), AKTIV, 1),
    DemoCitizenKind("under_18", None, None, (16, 16), UNGE, 1),
)
WORKERS = {
    UNGE: ("lone", "jonas", "tove", "karoline"),
    AKTIV: ("ib", "ulla", "carsten"),
    HELBRED: ("mona", "regitze"),
    SYGE: ("palle",),
}
TASKS = ("transport", "out_of_bed", "structure", "letters", "doctor", "job_search", "dialogue", "meetings")
TYPES, TYPE_WEIGHTS = ("INT", "EKST", "VIRK"), (14, 5, 1)
ROUNDS = 2
"""How many times each kind is used, times its weight."""


@dataclass(frozen=True)
class DemoCase:
    """A case: a citizen and a requested course; `event` is what happens to it."""

    first_name: str
    last_name: str
    sex: str
    language: str
    age: int
    kind: DemoCitizenKind
    worker: str
    start: date
    weeks: int
    minutes: int
    task: str
    mentor_type: str = "INT"
    event: str = ""

    @property
    def referred_on(self) -> date:
        """Return the day of referral: two weeks before the start."""
        return self.start - timedelta(days=14)

    @property
    def decided_on(self) -> date:
        """Return the day of the decision: a week before the start."""
        return self.start - timedelta(days=7)


def drawn(rng: Random) -> list[DemoCase]:
    """Return the cases in the order of referral; the events go to cases that can have them."""
    cases = [case for kind in KINDS for case in _of_kind(kind, rng)]
    cases.sort(key=lambda case: (case.start, case.last_name, case.first_name))
    new = [
        replace(_case(kind, rng), event=event, worker=worker, start=NEXT_START, mentor_type="INT")
        for event, kind, worker in NEW
    ]
    return [*_eventful(cases), *new]


def _of_kind(kind: DemoCitizenKind, rng: Random) -> Iterator[DemoCase]:
    for _ in range(kind.weight * ROUNDS):
        yield _case(kind, rng)


def _case(kind: DemoCitizenKind, rng: Random) -> DemoCase:
    sex = rng.choice("MK")
    first, last, language = draw_name(sex, rng)
    latest = min(LAST_START, ENDED_BENEFITS.get(kind.benefit, LAST_START))
    start = FIRST_START + timedelta(weeks=rng.randrange((latest - FIRST_START).days // 7 + 1))
    return DemoCase(
        first,
        last,
        sex,
        language,
        rng.randint(*kind.ages),
        kind,
        rng.choice(WORKERS[kind.team]),
        start,
        rng.choice((13, 17, 26, 26)),
        rng.choice((60, 90, 120, 120, 150)),
        rng.choice(TASKS),
        rng.choices(TYPES, TYPE_WEIGHTS)[0],
    )


EVENTS = ("hours", "hearing", "ending", "extension", "mentor", "discharge")
"""The events of running courses, one of each: a hearing waits for an answer, a discharge is a right."""
EVENTS_FROM, EVENTS_UNTIL = date(2026, 6, 1), date(2026, 8, 31)
YOUNG, ADULT = KINDS[6], KINDS[2]
NEW = (
    ("refusal", YOUNG, "lone"),
    ("waiting", YOUNG, "lone"),
    ("waiting", ADULT, "ib"),
    ("referred", YOUNG, "lone"),
    ("referred", ADULT, "ulla"),
)
"""The newest cases: how far each has come, its kind and its caseworker."""
NEXT_START = date(2026, 10, 26)
"""The start of the newest cases; most of their days are in 2027."""


def _eventful(cases: Sequence[DemoCase]) -> Iterator[DemoCase]:
    """Yield the cases, with each event given to a running course of its own."""
    running = [place for place, case in enumerate(cases) if EVENTS_FROM <= case.start <= EVENTS_UNTIL]
    events = dict(zip(running, EVENTS, strict=False))
    for place, case in enumerate(cases):
        if place in events:
            yield replace(case, event=events[place], weeks=26, minutes=120, mentor_type="INT")
        else:
            yield case
