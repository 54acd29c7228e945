"""Hvem fra 2020: right at the start of an education, and the open question of right and duty. LAB kapitel 26."""

from __future__ import annotations

from jobcenter_mentor.domain.assessment import Finding
from jobcenter_mentor.domain.eligibility import cannot_take_part
from jobcenter_mentor.domain.facts import CaseFacts
from jobcenter_mentor.domain.law import LawOfDay
from jobcenter_mentor.domain.periods import last_day_of_months
from jobcenter_mentor.domain.rulebook import finding, kept_by


@kept_by(
    "citizen.group",
    "citizen.situation",
    "citizen.education_kind",
    "citizen.education_admission_date",
    "request.start",
)
def has_education_right(facts: CaseFacts, law: LawOfDay) -> Finding | None:
    """LAB § 167, stk. 3: § 6, nos. 4 and 5, admitted to a study- or job-qualifying education; used within six months.

    Asked where an admission, a kind of education or ordinary education is given; None otherwise.
    """
    citizen, start = facts.citizen, facts.request.start
    in_education = citizen.situation == "ordinaer_uddannelse"
    told = citizen.education_admission_date is not None or citizen.education_kind is not None
    if citizen.group not in law.members("mentor.education_right_groups") or not (told or in_education):
        return None
    months, source = law.whole("mentor.education_right_months"), law.source("mentor.education_right_months")
    used = {
        "group": citizen.group,
        "education_kind": citizen.education_kind,
        "education_admission_date": citizen.education_admission_date,
        "start": start,
    }
    answer, ask = _education_right(facts, months)
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


@kept_by(
    "citizen.group",
    "citizen.visitation",
    "citizen.can_take_other_offers",
    "citizen.cannot_because",
    "citizen.first_offer",
)
def right_and_duty(facts: CaseFacts, law: LawOfDay) -> Finding | None:
    """LAB §§ 102-105: whether right and duty to a mentor lives on from 2020 is not confirmed; None for other groups.

    The municipality's switch decides it; until it is set the answer is not known, and no fact is asked for.
    """
    if facts.citizen.group not in law.members("mentor.activity_ready_groups"):
        return None
    source, chosen = law.source("mentor.activity_ready_groups"), law.find("local.right_and_duty_2020")
    asked = cannot_take_part(facts, "lab2020.retpligt", source)
    if chosen is True or asked.answer is False:
        return asked
    answer = None if chosen is None else False
    return finding("lab2020.retpligt", answer, asked.facts, value=chosen, source=source)
