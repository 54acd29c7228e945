"""Make the people of the screenshots with their courses.

Each is one of the citizens of 2014, so that the tables still match.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from jobcenter_mentor.config import DEMO_DAY
from jobcenter_mentor.domain.kernel.identifiers import age_on
from jobcenter_mentor.domain.kernel.periods import last_day_of_months
from jobcenter_mentor_demo import national
from jobcenter_mentor_demo.corps import DemoCorps
from jobcenter_mentor_demo.courses import DemoCourse, decision_day
from jobcenter_mentor_demo.drawing import Drawn
from jobcenter_mentor_demo.people import DemoCitizen, Status, birthday
from jobcenter_mentor_demo.staff import UNGE, Staff

UDD, CASH = "uddannelseshjaelp", "kontanthjaelp"


@dataclass(frozen=True)
class Story:
    """A running course in Lone Kjærgaard's team; it lasts six months unless a last day is given."""

    name: str
    sex: str
    age: int
    benefit: str
    minutes: int
    number: str
    start: date
    mentor: str = ""
    last_day: date | None = None
    duty: bool = True
    discharge: date | None = None
    last_contact: date | None = None
    decided_on: date | None = None
    no_agreement: bool = False
    protected: bool = False
    language: str = "dansk"
    wishes: str = ""
    goal: str = ""
    tasks: tuple[str, ...] = ("structure", "transport")
    caseworker: str = "lone"

    @property
    def drawn(self) -> Drawn:
        """Return the story as a drawn citizen."""
        return Drawn(
            2014, national.CASH, self.benefit, self.age, self.sex, "individual", self.minutes, "aktivitetsparat", None
        )


def _on(month: int, day: int) -> date:
    return date(2014, month, day)


STORIES = (
    Story(
        "Maja Jensen",
        "K",
        24,
        UDD,
        150,
        "2014-0873",
        _on(8, 25),
        "Samira Haddad",
        decided_on=_on(8, 22),
        goal="Maja tager selv bus 4A til VUC tre dage om ugen inden den 1. december 2014.",
        tasks=("transport", "out_of_bed", "structure", "doctor"),
    ),
    Story("Sofie Andresen", "K", 22, UDD, 120, "2014-0791", _on(10, 13), "Nina Kragh", no_agreement=True),
    Story("Kenneth Bøgh", "M", 38, CASH, 120, "2014-0418", _on(4, 15), "Ole Stryn"),
    Story("Jasmin Öztürk", "K", 23, UDD, 150, "2014-0290", _on(4, 20), "Zeynep Aydin", language="tyrkisk"),
    Story("Rasmus Thygesen", "M", 27, UDD, 90, "2014-0331", _on(4, 28), "Rune Holk", _on(10, 26), duty=False),
    Story("Hodan Warsame", "K", 41, CASH, 120, "2014-0349", _on(5, 3), "Samira Haddad", language="somali"),
    Story(
        "Lars-Ole Bisgaard",
        "M",
        46,
        CASH,
        120,
        "2014-0362",
        _on(5, 10),
        "Samira Haddad",
        duty=False,
        discharge=_on(6, 20),
        tasks=("discharge", "doctor"),
    ),
    Story(
        "Ali Karimi",
        "M",
        35,
        CASH,
        150,
        "2014-0702",
        _on(7, 21),
        "Yusuf Demir",
        last_contact=_on(10, 4),
        language="dari",
    ),
    Story("Freja Lindqvist", "K", 20, UDD, 180, "2014-0815", _on(8, 18), "Peter Holm", last_contact=_on(10, 6)),
    Story("Dennis Mølgaard", "M", 33, CASH, 120, "2014-0766", _on(8, 11), "Yusuf Demir", last_contact=_on(10, 7)),
    Story("Oskar Hviid", "M", 26, UDD, 120, "2014-0902", _on(10, 15), "Gorm Tange", decided_on=_on(10, 9)),
    Story("Camilla Vestergaard", "K", 28, UDD, 60, "2014-0688", _on(7, 20), "Birgit Lund"),
    Story("Nadia Rahimi", "K", 31, CASH, 120, "2014-0655", _on(7, 7), "Asta Bille", protected=True),
    Story("Torben Lauritsen", "M", 52, CASH, 60, "2014-0377", _on(5, 19), "Karen Winther"),
    Story("Maria Holt", "K", 29, UDD, 60, "2014-0734", _on(8, 4), "Merete Sylvest"),
    Story("Adnan Rahimi", "M", 34, CASH, 120, "2014-0720", _on(7, 30), "Samira Haddad", language="arabisk"),
    Story("Zara Kaya", "K", 21, UDD, 120, "2014-0788", _on(8, 11), "Samira Haddad"),
    Story("Dina Farah", "K", 26, UDD, 60, "2014-0804", _on(8, 15), "Samira Haddad", language="arabisk"),
    Story("Selma Toft", "K", 19, UDD, 60, "2014-0861", _on(8, 19), "Samira Haddad"),
    Story("Sigrun Holst", "K", 45, CASH, 60, "2014-0846", _on(8, 27), "Ellen Bro", duty=False, caseworker="tove"),
    Story("Huda Abbas", "K", 44, CASH, 180, "2014-0908", _on(10, 22), wishes="kvinde", language="arabisk"),
    Story("Nanna Overgaard", "K", 23, UDD, 90, "2014-0914", _on(10, 20), wishes="kvinde", caseworker="jonas"),
    Story("Preben Agerskov", "M", 28, UDD, 120, "2014-0906", _on(10, 20), duty=False, wishes="om aftenen"),
    Story("Søren Kvist", "M", 36, CASH, 60, "2014-0919", _on(10, 20), duty=False, wishes="erfaring med autisme"),
    Story(
        "Vibeke Strand",
        "K",
        52,
        CASH,
        120,
        "2014-0912",
        _on(10, 13),
        duty=False,
        discharge=_on(10, 27),
        wishes="erfaring fra psykiatrien",
        tasks=("discharge", "doctor"),
        caseworker="tove",
    ),
)
"""The last five have no mentor yet: the waiting list."""


def _birthday(story: Story, rng: Random) -> date:
    """Return a birthday that gives the age both when the course starts and on the demo's own day."""
    while True:
        born = birthday(story.age, DEMO_DAY, rng)
        if age_on(born, story.start) == story.age:
            return born


def citizen_and_course(
    story: Story, person_id: int, corps: DemoCorps, staff: Staff, rng: Random
) -> tuple[DemoCitizen, DemoCourse]:
    """Return the citizen and the course of a story; the mentor's hours are booked."""
    first, last = story.name.rsplit(" ", maxsplit=1)
    since = max(date(2014, 1, 2), story.start - timedelta(days=85))
    person = DemoCitizen(
        person_id,
        first,
        last,
        story.sex,
        _birthday(story, rng),
        staff.team[UNGE],
        staff.user[story.caseworker],
        [Status(since, story.benefit, "aktivitetsparat", None, national.CASH)],
        story.language,
        story.protected,
    )
    course = DemoCourse(
        person,
        story.start,
        story.last_day or last_day_of_months(story.start, 6),
        story.minutes,
        "individual",
        "INT",
        imported=False,
        duty=story.duty,
        discharge=story.discharge,
        tasks=story.tasks,
        goal=story.goal,
        wishes=story.wishes,
        wished_language=story.language if story.language != "dansk" else "",
        no_agreement=story.no_agreement,
        last_contact=story.last_contact,
        waits=not story.mentor,
        case_number=story.number,
        decided_on=story.decided_on or decision_day(story.start, rng),
    )
    course.is_story = True
    if story.mentor:
        course.mentor = corps.by_name[story.mentor]
        course.mentor_type = course.mentor.known.type
        course.mentor.book(course.start, course.last_day, course.minutes)
    return person, course
