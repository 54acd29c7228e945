"""Give each citizen a team and caseworker, and each course a mentor, goal and case number."""

from collections.abc import Iterable, Sequence
from datetime import date
from random import Random

from jobcenter_mentor.domain.kernel.identifiers import age_on
from jobcenter_mentor.platform.pages.filters import dk_date_words
from jobcenter_mentor_demo.corps import FUNCTIONS, DemoCorps, DemoMentor
from jobcenter_mentor_demo.courses import CASH, LONG_HOURS, DemoCourse
from jobcenter_mentor_demo.people import DemoCitizen
from jobcenter_mentor_demo.staff import AKTIV, HELBRED, SYGE, UNGE, Staff

FAULTY_2013, FAULTY_LATER = 0.25, 0.6
STORYTELLERS_SHARE = 0.06
AIMS = {
    "transport": "tager selv bus 4A tre dage om ugen",
    "out_of_bed": "er oppe klokken 8 fire dage om ugen",
    "structure": "følger sin ugeplan fire uger i træk",
    "letters": "åbner selv sin post hver uge og betaler regningerne til tiden",
    "doctor": "møder selv til de aftalte samtaler hos lægen",
    "housing": "har søgt bolig tre steder og har fået svar",
    "job_search": "besøger to virksomheder om måneden og følger op på dem",
    "appearance": "møder velforberedt til tre samtaler i træk",
    "introduction": "klarer de faste opgaver i køkkenet alene tre dage om ugen",
    "dialogue": "siger selv fra og til over for sin leder eller lærer hver uge",
    "meetings": "deltager selv i tre møder med jobcentret i træk",
}
HOME_AGAIN = "er hjemme igen og kommer til to faste aftaler om ugen"
BARRIERS = ("mental", "sleep", "abuse", "housing", "debt", "physical", "isolation")
WISHES = ("", "", "", "erfaring fra psykiatrien", "ældre mand", "kvinde", "om aftenen", "mødes på skolen")


def place(people: Iterable[DemoCitizen], staff: Staff, rng: Random) -> None:
    """Give the citizens teams by benefit and age, and caseworkers in turn; some have theirs already."""
    for person in people:
        if not person.team_id:
            team = _team(person)
            person.team_id, person.caseworker_id = staff.team[team], _caseworker(staff, team, rng)


def _caseworker(staff: Staff, team: str, rng: Random) -> int:
    """Return a random caseworker of the team; Lone Kjærgaard has the people of the screenshots and few others."""
    known, *others = staff.caseworkers(team)
    share = STORYTELLERS_SHARE if team == UNGE else 1 / (len(others) + 1)
    return known if rng.random() < share else rng.choice(others)


def _team(person: DemoCitizen) -> str:
    status = person.statuses[-1]
    if status.benefit in CASH:
        return UNGE if age_on(person.born, date(2014, 1, 1)) < 30 else AKTIV
    if status.benefit == "sygedagpenge":
        return SYGE
    return HELBRED if status.benefit in ("ressourceforloeb", "revalidering", "ledighedsydelse") else AKTIV


def seat(course: DemoCourse, corps: DemoCorps, rng: Random) -> None:
    """Find a mentor with room: a place mentor, the last course's own, one of the type, or a hired one.

    Part of the courses transferred from the old register have a placeholder mentor.
    """
    if course.mentor is not None or course.waits:
        return
    last = course.last_day
    if course.form == "place":
        course.mentor = corps.choose_function(course.start, last)
        course.minutes, course.place_share = FUNCTIONS[course.mentor.known.employer]
    elif (before := course.previous.mentor if course.previous else None) and _goes_on(before, course):
        course.mentor = before
    elif course.imported and rng.random() < _faulty(course):
        course.mentor = rng.choice(corps.nobody)
    else:
        course.mentor = corps.choose(course.mentor_type, course.start, last, course.minutes)
        if course.mentor is None:
            course.mentor = corps.choose("EKST", course.start, last, course.minutes) or corps.hired(rng)
    if course.mentor.known.type != course.mentor_type:
        course.mentor_type = course.mentor.known.type
    course.mentor.book(course.start, last, course.minutes // course.place_share)


def _goes_on(helper: DemoMentor, course: DemoCourse) -> bool:
    """Tell whether the earlier mentor goes on: always where a course was cut in two, otherwise with room."""
    return course.imported or helper.fullest(course.start, course.last_day) + course.minutes <= helper.known.hours * 60


def _faulty(course: DemoCourse) -> float:
    if course.minutes == 0 or course.minutes > LONG_HOURS:
        return 0.9
    return FAULTY_2013 if course.start.year == 2013 else FAULTY_LATER


def say_why(course: DemoCourse, rng: Random) -> None:
    """Write goal, tasks, barriers and wishes; the goal can be checked and has a day."""
    if course.goal:
        return
    tasks = rng.sample(sorted(AIMS), rng.choice((1, 2, 2, 3)))
    if course.mentor_type in ("VIRK", "UDD"):
        tasks = ["introduction" if course.mentor_type == "VIRK" else "dialogue", *tasks[:1]]
    course.tasks = course.tasks or tuple(dict.fromkeys(tasks))
    course.barriers = tuple(rng.sample(BARRIERS, rng.choice((1, 2, 2, 3))))
    if course.discharge is not None:
        course.barriers = ("mental", "isolation")
    if not course.is_story:
        course.wishes = rng.choice(WISHES)
        course.wished_language = course.person.language if rng.random() < 0.5 else ""
        course.wished_language = course.wished_language.removesuffix("dansk")
    words = AIMS.get(course.tasks[0], HOME_AGAIN)
    course.goal = f"{course.person.first_name} {words} inden den {dk_date_words(course.last_day)}."


def number_cases(courses: Sequence[DemoCourse], taken: set[str]) -> dict[int, int]:
    """Number the cases by start day within each year, spread out; return the last number of each year."""
    last: dict[int, int] = {}
    for year in (2013, 2014):
        unnumbered = [c for c in courses if c.start.year == year and not c.case_number]
        step = max(1, 860 // (len(unnumbered) + 1))
        number = 0
        for course in sorted(unnumbered, key=lambda c: (c.decided_on or c.start, c.person.id)):
            number += step
            while f"{year}-{number:04d}" in taken:
                number += 1
            course.case_number = f"{year}-{number:04d}"
        last[year] = max(number, 940)
    return last
