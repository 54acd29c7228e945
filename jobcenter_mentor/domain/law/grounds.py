"""The ground of a decision (grundlag) and the sections its letter names, by the law of the day."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from jobcenter_mentor.domain.kernel.law_codes import LawCode

if TYPE_CHECKING:
    from jobcenter_mentor.domain.law.assessment import Assessment

EDUCATION_RIGHT = "lab2020.s167.3"
SAME_ACT = {LawCode.LAB_2013: "2013", LawCode.LAB_2014: "2014", LawCode.LAB_2016: "2014", LawCode.LAB_2020: "2020"}
"""Laws whose sections on mentor support have the same numbers."""
SUPPORT_SECTION = {LawCode.LAB_2014: "LAB § 31 b", LawCode.LAB_2016: "LAB § 31 b"}
"""The section of mentor support that the sections on right and duty refer to."""
MENTOR_SECTION = {LawCode.LAB_2013: "LAB § 79", LawCode.LAB_2020: "LAB § 169, stk. 1"}
SUCCESSOR = {
    "2013": ("LAB § 78, stk. 1", "LAB § 78, stk. 1"),
    "2014": ("LAB § 31 b, stk. 1", "LAB § 31 b, stk. 2"),
    "2020": ("LAB § 167, stk. 1", "LAB § 167, stk. 2"),
}
"""The sections of an offer and of a right at discharge, where a course continues under another act."""
INTEGRATION = "integrationslovens § 23 d"


class Ground(StrEnum):
    """The ground of support: right and duty, a right at discharge or at the start of an education, or an offer."""

    DUTY = "duty"
    DISCHARGE = "discharge"
    EDUCATION = "education"
    OFFER = "offer"


def ground_of(assessment: Assessment) -> Ground:
    """Return the ground of the support; a right of no known ground counts as an offer and is never guessed at."""
    if assessment.right_and_duty:
        return Ground.DUTY
    if assessment.discharge_right:
        return Ground.DISCHARGE
    if assessment.right and assessment.says(EDUCATION_RIGHT):
        return Ground.EDUCATION
    return Ground.OFFER


def is_of_integration(assessment: Assessment) -> bool:
    """Tell whether the integration act applies instead; older stored assessments asked the opposite question."""
    applies = assessment.finding("lab2014.applies")
    return assessment.says("lab2014.integration") or (applies is not None and applies.answer is False)


def mentor_section(law: LawCode) -> str:
    """Return the section that requires more than a company or a school usually gives."""
    return MENTOR_SECTION.get(law, "LAB § 31 d")


def sections_of(assessment: Assessment, *, basis: str = "", of_company: bool = False) -> tuple[str, ...]:
    """Return the sections of a letter: the basis, the chapter behind right and duty, and that of the company.

    `basis` is that of a running course, otherwise the assessment's own. None under a law that is not entered.
    """
    if is_of_integration(assessment):
        return (INTEGRATION,)
    if assessment.law not in SAME_ACT:
        return ()
    found = [basis or assessment.legal_basis]
    if assessment.right_and_duty:
        found.append(SUPPORT_SECTION.get(assessment.law, ""))
    if of_company:
        found.append(mentor_section(assessment.law))
    return tuple(section for section in found if section)


def running_basis(basis: str, *, discharge_right: bool, granted_under: LawCode | None, law: LawCode | None) -> str:
    """Return the section of a running course under the law of the day: its own as long as the act has that number.

    Empty where the law of the day is not entered, so that no letter can be written under it.
    """
    act = SAME_ACT.get(law) if law else None
    if act is None:
        return ""
    return basis if basis and granted_under and SAME_ACT.get(granted_under) == act else SUCCESSOR[act][discharge_right]
