"""The rules from 2020 on the right at the start of an education, and no right and duty: LAB chapter 26."""

from __future__ import annotations

from jobcenter_mentor.domain.kernel.change_days import EDUCATION_RIGHT_FROM, SECTION_6_FROM
from jobcenter_mentor.domain.kernel.periods import last_day_of_months
from jobcenter_mentor.domain.law.assessment import Finding
from jobcenter_mentor.domain.law.facts import CaseFacts
from jobcenter_mentor.domain.law.law import LawOfDay
from jobcenter_mentor.domain.law.rules.rulebook import finding, kept_by


def has_education_right(facts: CaseFacts, law: LawOfDay) -> Finding | None:
    """LAB § 167, stk. 3: § 6, nr. 4 and 5, admitted to a study- or job-qualifying education; used within six months.

    Asked where an admission, a kind of education or ordinary education is given; None otherwise. On the first day of
    2020 the right did not exist; until the text of 22 May 2022 it is not known from which day it did.
    """
    citizen, start = facts.citizen, facts.request.start
    in_education = citizen.situation == "ordinaer_uddannelse"
    told = citizen.education_admission_date is not None or citizen.education_kind is not None
    read = law if law.day >= EDUCATION_RIGHT_FROM else law.at(EDUCATION_RIGHT_FROM)
    groups = read.members("mentor.education_right_groups")
    if citizen.group not in groups or not (told or in_education) or law.day <= SECTION_6_FROM:
        return None
    months, source = read.whole("mentor.education_right_months"), read.source("mentor.education_right_months")
    used = {
        "group": citizen.group,
        "education_kind": citizen.education_kind,
        "education_admission_date": citizen.education_admission_date,
        "start": start,
    }
    answer, ask = _education_right(facts, months)
    if answer is True and law.day < EDUCATION_RIGHT_FROM:
        answer = None
    return finding("lab2020.s167.3", answer, used, value=months, source=source, ask=ask)


def _education_right(facts: CaseFacts, months: int) -> tuple[bool | None, str | None]:
    citizen, start = facts.citizen, facts.request.start
    if citizen.education_kind == "other":
        return False, None
    if citizen.education_kind is None:
        return None, "citizen.education_kind"
    if citizen.education_admission_date is None:
        return None, "citizen.education_admission_date"
    if start is None:
        return None, "request.start"
    admitted = citizen.education_admission_date
    return admitted <= start <= last_day_of_months(admitted, months), None


@kept_by("action")
def has_no_right_and_duty(_facts: CaseFacts, _law: LawOfDay) -> Finding:
    """LAB §§ 102-106 and 167-171: from 2020 nobody has a right and a duty to a mentor (§ 208, stk. 3)."""
    return finding("lab2020.retpligt", False, {})
