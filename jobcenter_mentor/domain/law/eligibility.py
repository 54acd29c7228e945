"""The rules on who may have support, a right, or right and duty, by the law of each period.

LAB chapter 14, §§ 78-81, before 2014; §§ 31 b, 31 d, 93, 96 and 96 c from 2014; chapter 26, §§ 167-171, from 2020.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from jobcenter_mentor.domain.kernel.change_days import (
    EDUCATION_GROUND_AT_EARLIEST,
    EDUCATION_RIGHT_FROM,
    SECTION_6_FROM,
)
from jobcenter_mentor.domain.kernel.periods import last_day_of_months, months_before
from jobcenter_mentor.domain.law.assessment import Finding
from jobcenter_mentor.domain.law.benefits import asked_for_group
from jobcenter_mentor.domain.law.facts import CaseFacts
from jobcenter_mentor.domain.law.law import LawOfDay
from jobcenter_mentor.domain.law.rules.rulebook import LAW_2016, finding, kept_by, rule_on

EDUCATION = "ordinaer_uddannelse"
_BY_OFFER = ("lab2016.s93", "lab2016.s96.3")


@dataclass(frozen=True)
class DischargeWindow:
    """The time around a discharge (udskrivning): the right's first day, and the end of the least period from it."""

    earliest_start: date
    last_certain_start: date


@kept_by("citizen.integration_programme", "citizen.group")
def is_under_the_act(facts: CaseFacts, law: LawOfDay) -> Finding:
    """LAB § 2 (§ 6): the integration programme excepts some groups from the act; they have their own mentor (§ 23 d).

    Asked of those groups, and where the citizen is in none; the numbers of the others make no exception.
    """
    inside, group = facts.citizen.integration_programme, facts.citizen.group
    name = "mentor.integration_groups"
    excepted = law.members(name)
    in_both = bool(group) and group not in excepted
    ask = "citizen.integration_programme" if inside is None and not in_both else None
    answer = True if in_both else None if inside is None else not inside
    used = {"integration_programme": inside, "group": group}
    return finding("lab2014.applies", answer, used, value=excepted, source=law.source(name), ask=ask, law=law)


@kept_by(
    "citizen.group",
    "citizen.benefit",
    "citizen.visitation",
    "citizen.age",
    "citizen.has_education",
    "citizen.integration_programme",
)
def is_covered(facts: CaseFacts, law: LawOfDay) -> Finding:
    """LAB § 31 b, stk. 1, with § 2, from 2020 § 167, stk. 1: every target group, and employed persons."""
    rule, group = rule_on("covered", law), facts.citizen.group
    if group is None:
        return finding(rule, None, {"group": None}, ask=asked_for_group(facts.citizen, law))
    return finding(rule, True, {"group": group})


def has_no_age_limit(facts: CaseFacts, _law: LawOfDay) -> Finding | None:
    """LAB § 31 b, stk. 1: ordinary education has no age limit from 2014; asked only in ordinary education."""
    if facts.citizen.situation != EDUCATION:
        return None
    return finding("lab2014.s31b.education", True, {"situation": facts.citizen.situation, "age": facts.citizen.age})


@kept_by("request.mentor_type", "request.beyond_normal")
def goes_beyond_normal(facts: CaseFacts, law: LawOfDay) -> Finding | None:
    """LAB § 31 d (§§ 78-80 before 2014, § 169 from 2020): the support is more than a company or a school usually gives.

    Asked of the mentor types employed there.
    """
    request, rule = facts.request, rule_on("beyond", law)
    if request.mentor_type is None:
        return finding(rule, None, {"mentor_type": None}, ask="request.mentor_type")
    types = law.members("mentor.beyond_normal_types")
    if request.mentor_type not in types:
        return None
    ask = "request.beyond_normal" if request.beyond_normal is None else None
    used = {"mentor_type": request.mentor_type, "beyond_normal": request.beyond_normal}
    source = law.source("mentor.beyond_normal_types")
    return finding(rule, request.beyond_normal, used, value=types, source=source, ask=ask)


@kept_by("request.mentor_type", "request.beyond_normal", "request.decisive")
def is_decisive(facts: CaseFacts, law: LawOfDay) -> Finding | None:
    """LAB § 31 d (§ 79 before 2014, § 169, stk. 1, from 2020): the support decides whether the activity can go on.

    Asked of the mentor types of a company or a school, unless the support is no more than they usually give.
    """
    request = facts.request
    if request.mentor_type not in law.members("mentor.beyond_normal_types") or request.beyond_normal is False:
        return None
    ask = "request.decisive" if request.decisive is None else None
    used = {"mentor_type": request.mentor_type, "decisive": request.decisive}
    return finding(rule_on("decisive", law), request.decisive, used, ask=ask)


def discharge_window(facts: CaseFacts, law: LawOfDay) -> DischargeWindow | None:
    """LAB § 31 b, stk. 2 (§ 167, stk. 2): from three months before the discharge, at least six months in all.

    None without a discharge. Only a citizen of § 2 (§ 6) has the right. A discharge on or before the day of the
    decision needs no admission.
    """
    citizen = facts.citizen
    if not citizen.group or citizen.discharge_date is None:
        return None
    if not citizen.psychiatric_inpatient and citizen.discharge_date > facts.date:
        return None
    earliest = months_before(citizen.discharge_date, law.whole("mentor.psychiatric_months_before"))
    return DischargeWindow(earliest, last_day_of_months(earliest, law.whole("mentor.psychiatric_least_months")))


@kept_by("date", "citizen.group", "citizen.psychiatric_inpatient", "citizen.discharge_date", "request.start")
def has_discharge_right(facts: CaseFacts, law: LawOfDay) -> Finding | None:
    """LAB § 31 b, stk. 2 (§ 167, stk. 2): a right, never a duty, judged on the day the support starts.

    None outside the target groups. The answer is None when the support starts later than the least period, because
    nobody has confirmed whether the right remains.
    """
    citizen = facts.citizen
    if not citizen.group:
        return None
    rule, start, window = rule_on("discharge", law), facts.request.start, discharge_window(facts, law)
    used = {
        "psychiatric_inpatient": citizen.psychiatric_inpatient,
        "discharge_date": citizen.discharge_date,
        "start": start,
    }
    value, source = law["mentor.psychiatric_months_before"], law.source("mentor.psychiatric_months_before")
    answer: bool | None = None
    ask: str | None = None
    if window is None:
        answer = False if citizen.psychiatric_inpatient is False else None
        known = citizen.psychiatric_inpatient is not None
        ask = None if answer is False else "citizen.discharge_date" if known else "citizen.psychiatric_inpatient"
    elif start is None:
        ask = "request.start"
    elif start <= window.last_certain_start:
        answer = start >= window.earliest_start
    return finding(rule, answer, used, value=value, source=source, ask=ask)


@kept_by(
    "citizen.group",
    "citizen.visitation",
    "citizen.can_take_other_offers",
    "citizen.cannot_because",
    "citizen.first_offer",
)
def right_and_duty(facts: CaseFacts, law: LawOfDay) -> list[Finding]:
    """LAB §§ 93, 96, stk. 3, and 96 c: the questions of right and duty for the group; all must be answered yes.

    Until 2015 only the first offer of group 3 counts; from 2016 later offers too (§ 96, stk. 3).
    """
    group, from_2016 = facts.citizen.group, law.code == LAW_2016
    if group in law.members("mentor.s93_groups"):
        source = law.source("mentor.s93_groups")
        if from_2016:
            later = facts.citizen.first_offer is False
            return [cannot_take_part(facts, "lab2016.s96.3" if later else "lab2016.s93", source)]
        who = cannot_take_part(facts, "lab2014.s93.who", source)
        return [who] if who.answer is False else [who, is_first_offer(facts)]
    if group in law.members("mentor.s96c_groups"):
        rule = "lab2016.s96c" if from_2016 else "lab2014.s96c.who"
        return [cannot_take_part(facts, rule, law.source("mentor.s96c_groups"))]
    return []


@kept_by("citizen.group")
def is_outside_right_and_duty(facts: CaseFacts, _law: LawOfDay) -> Finding | None:
    """LAB §§ 93 and 96 c: the other groups (job-ready, education-ready, insured, sick) have no right and duty."""
    if facts.citizen.group is None:
        return None
    return finding("lab2014.rp.excluded", False, {"group": facts.citizen.group})


def cannot_take_part(facts: CaseFacts, rule: str, source: object) -> Finding:
    """LAB §§ 93 and 96 c: activity-ready, and for a time unable to take part in other offers for personal reasons."""
    citizen = facts.citizen
    used: dict[str, object] = {
        "group": citizen.group,
        "visitation": citizen.visitation,
        "can_take_other_offers": citizen.can_take_other_offers,
        "cannot_because": citizen.cannot_because,
    }
    if rule in _BY_OFFER:
        used["first_offer"] = citizen.first_offer
    tests = (
        ("can_take_other_offers", False),
        ("cannot_because", "personal"),
        ("visitation", "aktivitetsparat"),
    )
    for name, needed in tests:
        if used[name] is None:
            return finding(rule, None, used, source=source, ask=f"citizen.{name}")
        if used[name] != needed:
            return finding(rule, False, used, source=source)
    return finding(rule, True, used, source=source)


def is_first_offer(facts: CaseFacts) -> Finding:
    """LAB § 93: the first offer only; a mentor offer does not use it up, an ordinary offer does."""
    first = facts.citizen.first_offer
    ask = "citizen.first_offer" if first is None else None
    return finding("lab2014.s93.firstonly", first, {"first_offer": first}, ask=ask)


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
def has_no_duty_before_2014(_facts: CaseFacts, law: LawOfDay) -> Finding:
    """LAB chapter 14: before 2014 nobody had a right and a duty to a mentor."""
    return finding("lab2013.retpligt", False, {}, law=law)


def has_education_right(facts: CaseFacts, law: LawOfDay) -> Finding | None:
    """LAB § 167, stk. 3: § 6, nr. 4 and 5, admitted to a study- or job-qualifying education; used within six months.

    Asked where an admission, a kind of education or ordinary education is given; None otherwise. On the first day of
    2020 the right did not exist; until the text of 22 May 2022 it is not known from which day it did.
    """
    citizen, start = facts.citizen, facts.request.start
    in_education = citizen.situation == EDUCATION
    given = citizen.education_admission_date is not None or citizen.education_kind is not None
    read = law if law.day >= EDUCATION_RIGHT_FROM else law.at(EDUCATION_RIGHT_FROM)
    groups = read.members("mentor.education_right_groups")
    if citizen.group not in groups or not (given or in_education) or law.day <= SECTION_6_FROM:
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
def has_no_duty_from_2020(_facts: CaseFacts, _law: LawOfDay) -> Finding:
    """LAB §§ 102-106 and 167-171: from 2020 nobody has a right and a duty to a mentor (§ 208, stk. 3)."""
    return finding("lab2020.retpligt", False, {})
