"""The check of a referral: finds what can't be right wherever it came from; each entrance checks the shape itself."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from jobcenter_mentor.domain.kernel.identifiers import age_on
from jobcenter_mentor.domain.kernel.needs import BARRIERS, GIVEN_BESIDE, OTHER_SUPPORT, TASKS
from jobcenter_mentor.domain.kernel.office_words import errors_of
from jobcenter_mentor.domain.kernel.periods import A_YEAR_AHEAD, is_a_year_ahead
from jobcenter_mentor.domain.kernel.target_groups import MENTOR_TYPES
from jobcenter_mentor.domain.law.agreement_items import longest_day

FULL_PERIOD_WEEKS = 26
FULL_TIME = 37 * 60
WEEK = 168 * 60
FURTHEST_START = timedelta(days=366)


LEAST_AGE_OF_ADMISSION = 16
"""The age in whole years before which nobody is admitted to such an education."""


@dataclass(frozen=True)
class NewReferral:
    """A new referral, as given by a form, the API or a row of a sheet; None is not known, hours are minutes a week.

    `tasks`, `barriers` and `other_support` are codes of `domain.kernel.needs`, `cannot_because` is personal or other.
    `goal_by` is the day the goal is to be reached. `form_key` is the random id of the form, so that the same form sent
    twice opens one case.
    """

    referred_on: date
    goal: str
    start: date
    weeks: int
    minutes_per_week: int
    mentor_type: str
    tasks: list[str] = field(default_factory=list)
    barriers: list[str] = field(default_factory=list)
    wishes: str = ""
    wished_language: str = ""
    consulted: bool = False
    consulted_on: date | None = None
    can_take_other_offers: bool | None = None
    cannot_because: str | None = None
    first_offer: bool | None = None
    psychiatric_inpatient: bool = False
    discharge_date: date | None = None
    education_kind: str | None = None
    education_admission_date: date | None = None
    refugee_full_refund: bool | None = None
    other_support: str = ""
    division_of_tasks: str = ""
    beyond_normal: bool | None = None
    decisive: bool | None = None
    direct_minutes_per_week: int | None = None
    hours_reason: str = ""
    goal_by: date | None = None
    caseworker_id: int | None = None
    form_key: str = ""


def problems(new: NewReferral, *, born: date, on: date) -> dict[str, list[str]]:
    """Return what is wrong with a referral, by field, in Danish; empty when all can be right."""
    return {name: texts for name, texts in _found(new, born, on).items() if texts}


def _found(new: NewReferral, born: date, on: date) -> dict[str, list[str]]:
    both = new.other_support in GIVEN_BESIDE and not new.division_of_tasks
    return {
        "goal": _wrong_goal(new.goal),
        "goal_by": _wrong_goal_day(new),
        "tasks": _unknown(new.tasks, TASKS) or ([] if new.tasks else ["Vælg mindst én opgave."]),
        "barriers": _unknown(new.barriers, BARRIERS),
        "mentor_type": _unknown([new.mentor_type], MENTOR_TYPES),
        "other_support": _unknown([new.other_support], OTHER_SUPPORT),
        "division_of_tasks": ["Skriv, hvordan opgaverne er delt med den anden støtte."] if both else [],
        "referred_on": _not_after(new.referred_on, on),
        "consulted_on": _not_after(new.consulted_on, on),
        "education_admission_date": _wrong_admission(new.education_admission_date, born, on),
        "discharge_date": _far(new.discharge_date, on),
        "start": _wrong_start(new.start, born, on),
        "weeks": _wrong_weeks(new.start, new.weeks),
        "minutes_per_week": _wrong_hours(new.minutes_per_week),
        "direct_minutes_per_week": _wrong_direct(new),
        "hours_reason": _missing_reason(new),
    }


def _unknown(codes: list[str], known: dict[str, str]) -> list[str]:
    strange = [code for code in codes if code not in known]
    return [f"Ukendt valg: {', '.join(strange)}. Tilladt: {', '.join(known.values())}."] if strange else []


def _wrong_goal(goal: str) -> list[str]:
    """Refuse an empty goal, and one that can't be printed in a letter."""
    return errors_of({"goal": goal}).get("goal", []) if goal.strip() else ["Skriv et konkret mål, der kan måles."]


def _wrong_goal_day(new: NewReferral) -> list[str]:
    """Refuse a day of the goal outside the period; 26 weeks or more may run to the legal last day."""
    if new.goal_by is None:
        return []
    if new.goal_by < new.start:
        return ["Målet kan ikke være nået før første dag."]
    if _wrong_weeks(new.start, new.weeks):
        return []
    longest = longest_day(new.start) if new.weeks >= FULL_PERIOD_WEEKS else None
    last_day = longest or new.start + timedelta(weeks=new.weeks, days=-1)
    text = f"Målet skal være nået senest den sidste dag, {last_day:%d.%m.%Y}. Ret datoen eller antallet af uger."
    return [text] if new.goal_by > last_day else []


def _wrong_admission(day: date | None, born: date, on: date) -> list[str]:
    young = day is not None and age_on(born, day) < LEAST_AGE_OF_ADMISSION
    return ["Optagelsen ligger før borgerens 16-års fødselsdag. Ret datoen."] if young else _far(day, on)


def _far(day: date | None, on: date) -> list[str]:
    return [A_YEAR_AHEAD] if day is not None and is_a_year_ahead(day, on) else []


def _not_after(day: date | None, on: date) -> list[str]:
    return ["Datoen ligger i fremtiden."] if day is not None and day > on else []


def _wrong_start(start: date, born: date, on: date) -> list[str]:
    if start < born:
        return ["Første dag ligger før borgerens fødsel."]
    return ["Første dag ligger mere end et år ude i fremtiden."] if start > on + FURTHEST_START else []


def _wrong_weeks(start: date, weeks: int) -> list[str]:
    """Refuse a period whose last week would begin after the legal last day; days, not weeks, are compared."""
    if weeks < 1:
        return ["Antal uger skal være mindst 1."]
    longest = longest_day(start)
    if longest is None or (weeks <= 60 and start + timedelta(weeks=weeks - 1) <= longest):
        return [] if weeks <= 104 else ["Antal uger skal være højst 104."]
    return [f"Perioden er længere end 6 måneder. Sidste dag kan være {longest:%d.%m.%Y}; skriv 26 uger."]


def _wrong_hours(minutes: int) -> list[str]:
    if minutes <= 0:
        return ["Timer om ugen skal være over 0."]
    return ["Timer om ugen er uden for det tilladte (højst 168)."] if minutes > WEEK else []


def _wrong_direct(new: NewReferral) -> list[str]:
    direct = new.direct_minutes_per_week
    more = direct is not None and direct > new.minutes_per_week
    return ["Timer med direkte kontakt kan ikke være flere end timerne om ugen."] if more else []


def _missing_reason(new: NewReferral) -> list[str]:
    needed = FULL_TIME < new.minutes_per_week <= WEEK and not new.hours_reason
    return ["Skriv, hvorfor der er brug for mere end 37 timer om ugen."] if needed else []
