"""Dage, hvor læsningen af loven skifter, without a figure that carries the change; `law` parts its periods there."""

from datetime import date

AGREEMENTS_FROM = date(2013, 1, 1)
"""Before this day the law named no items of an agreement (SFI 15:10)."""
EDUCATION_BENEFIT_FROM = date(2014, 1, 1)
"""LAB § 2: education benefit begins, and with it groups 12-14 and the visitation of today."""
JOBAFKLARING_FROM = date(2014, 7, 1)
"""LAB § 2, nr. 14: the number is read, the day is not confirmed."""
REFUND_ENDED = date(2019, 1, 1)
SECTION_6_FROM = date(2020, 1, 1)
LOV_295 = date(2023, 3, 20)
SPENDING_BOUNDARY = date(2026, 1, 1)
CLOSED_GROUPS = date(2026, 2, 1)
NEW_ACT_EXPECTED = date(2027, 1, 1)

READINGS_CHANGE = (
    AGREEMENTS_FROM,
    EDUCATION_BENEFIT_FROM,
    JOBAFKLARING_FROM,
    REFUND_ENDED,
    SECTION_6_FROM,
    LOV_295,
    SPENDING_BOUNDARY,
    CLOSED_GROUPS,
    NEW_ACT_EXPECTED,
)
