"""The items that the law of the day requires of an agreement (mentoraftale).

LAB § 78, stk. 3 (2013), § 31 c, stk. 2 (2014-2019); from 2020 the order's § 52 requires five in the plan (Min Plan).
Custom had four before 24 April 2013, the act six after.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from jobcenter_mentor.domain.kernel.change_days import AGREEMENTS_FROM, SECTION_6_FROM
from jobcenter_mentor.domain.kernel.periods import last_day_of_months
from jobcenter_mentor.domain.law.law import LawOfDay

GOAL, MENTOR, TASKS = "målet", "mentors navn og kontaktoplysninger", "opgaverne"
PERIOD, HOURS, COMPLAINT = "varigheden", "timetallet", "klagevejledning"
CUSTOMARY = (GOAL, MENTOR, TASKS, COMPLAINT)
"""The items in the municipality's agreements before the act required any."""
ALWAYS = (PERIOD, HOURS)
"""The items of every agreement, because it is stored and counted by them whatever the law requires."""
FIELDS = {
    GOAL: "goal",
    MENTOR: "mentor_contact",
    TASKS: "tasks",
    PERIOD: "last_day",
    HOURS: "minutes_per_week",
    COMPLAINT: "complaint_guidance",
}
NAMES = {
    "goal": "målet med støtten",
    "mentor_contact": "mentors navn og kontaktoplysninger",
    "tasks": "opgaverne",
    "last_day": "perioden",
    "minutes_per_week": "timetallet",
    "complaint_guidance": "klagevejledningen",
}
"""The name of each item's field, for errors."""


MOST_MONTHS = 6
"""The figure `mentor.longest_period_months`, unchanged since it came into force; a test compares them."""
ACT, ORDER = "LAB", "bekendtgørelsen om en aktiv beskæftigelsesindsats"


@dataclass(frozen=True)
class Items:
    """The items of an agreement (aftalens punkter); hours are minutes a week."""

    goal: str
    mentor_name: str
    mentor_contact: str
    tasks: tuple[str, ...]
    start: date | None
    last_day: date | None
    minutes_per_week: int | None
    complaint_guidance: str


def longest_day(start: date) -> date | None:
    """Return the last allowed day of a period (seneste sidste dag); None where no limit was in force on its first day.

    LAB § 78, stk. 3, from 24 April 2013, § 31 c, stk. 1, from 2014, § 167, stk. 1, from 2020: six months at a time.
    """
    return last_day_of_months(start, MOST_MONTHS) if start >= AGREEMENTS_FROM else None


def is_too_long(start: date, last_day: date) -> bool:
    """Tell whether a period ends after the last day that the law allows."""
    longest = longest_day(start)
    return longest is not None and last_day > longest


def demanded_items(law: LawOfDay) -> frozenset[str]:
    """Return the fields of the items that the law of the day requires, or those of custom where it requires none."""
    named = law.find("agreement.items")
    return frozenset(FIELDS[str(item)] for item in (named if isinstance(named, tuple) else CUSTOMARY))


def demanded_by(law: LawOfDay) -> str:
    """Return the section that requires the items, with its act or order; empty where none is known."""
    section = law.find("citation.agreement")
    if section is None:
        return ""
    return f"{section} i {ORDER}" if law.day >= SECTION_6_FROM else f"{ACT} {section}"


def about_items(law: LawOfDay) -> str:
    """Return the Danish text of a page about the items of the day: how many, and which section requires them."""
    by = demanded_by(law)
    if law.day >= SECTION_6_FROM:
        return f"De første fem punkter skal stå i Min Plan ({by}). Aftalen er kommunens egen."
    if by:
        return f"De seks punkter kræves af {by}."
    return "Loven kræver ikke bestemte punkter. Kommunens aftaler har mål, mentor, opgaver og klagevejledning."


def missing_items(items: Items, law: LawOfDay) -> dict[str, str]:
    """Return the items missing that day, by field, each with its Danish name."""
    needed = demanded_items(law) | {FIELDS[item] for item in ALWAYS}
    there = {
        "goal": items.goal.strip(),
        "mentor_contact": items.mentor_name.strip() and items.mentor_contact.strip(),
        "tasks": items.tasks,
        "last_day": items.start and items.last_day,
        "minutes_per_week": (items.minutes_per_week or 0) > 0,
        "complaint_guidance": items.complaint_guidance.strip(),
    }
    return {field: NAMES[field] for field, value in there.items() if field in needed and not value}


def missing_words(field: str, law: LawOfDay) -> str:
    """Return the error of a missing item, with the section that requires it, if any."""
    by = demanded_by(law) if field in demanded_items(law) else ""
    name = NAMES[field]
    return f"{name[0].upper()}{name[1:]} mangler{f' ({by})' if by else ''}."
