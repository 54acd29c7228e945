"""The rules before 2014 on whether support may be given in the citizen's situation: LAB chapter 14, §§ 78-81."""

from __future__ import annotations

from jobcenter_mentor.domain.kernel.change_days import EDUCATION_GROUND_AT_EARLIEST
from jobcenter_mentor.domain.law.assessment import Finding
from jobcenter_mentor.domain.law.facts import CaseFacts
from jobcenter_mentor.domain.law.law import LawOfDay
from jobcenter_mentor.domain.law.rules.rulebook import finding, kept_by

EDUCATION = "ordinaer_uddannelse"


@kept_by("citizen.situation")
def is_in_a_situation(facts: CaseFacts, law: LawOfDay) -> Finding:
    """LAB § 78 (from 2011 stk. 1): the situations in which support may be given; a ressourceforløb from 2013."""
    situation = facts.citizen.situation
    known, source = law.members("mentor.situations"), law.source("mentor.situations")
    ask = "citizen.situation" if situation is None else None
    answer = None if situation is None else situation in known
    used = {"situation": situation}
    return finding("lab2013.s78.groups", answer, used, value=known, source=source, ask=ask, law=law)


def is_young_in_education(facts: CaseFacts, law: LawOfDay) -> Finding:
    """LAB § 78, stk. 2: only a citizen under 30 may get a mentor on starting ordinary education on normal terms.

    § 78 had no such paragraph in 2009; between the first day it can have come and the text of 2011 it is not known.
    """
    age, most = facts.citizen.age, law.find("mentor.education_most_age")
    used = {"situation": EDUCATION, "age": age}
    if not isinstance(most, int):
        answer = None if law.day >= EDUCATION_GROUND_AT_EARLIEST else False
        return finding("lab2013.s78.education", answer, used)
    source = law.source("mentor.education_most_age")
    ask = "citizen.age" if age is None else None
    answer = None if age is None else age <= most
    return finding("lab2013.s78.education", answer, used, value=most, source=source, ask=ask)


@kept_by("citizen.psychiatric_inpatient", "citizen.discharge_date")
def has_no_discharge_right(facts: CaseFacts, _law: LawOfDay) -> Finding | None:
    """LAB § 78: no special right at a discharge from psychiatric care before 2014; asked only of in-patients."""
    citizen = facts.citizen
    if not citizen.psychiatric_inpatient and citizen.discharge_date is None:
        return None
    used = {"psychiatric_inpatient": citizen.psychiatric_inpatient, "discharge_date": citizen.discharge_date}
    return finding("lab2013.psych", False, used)


@kept_by("action")
def has_no_right_and_duty(_facts: CaseFacts, law: LawOfDay) -> Finding:
    """LAB chapter 14: before 2014 nobody had a right and a duty to a mentor."""
    return finding("lab2013.retpligt", False, {}, law=law)
