"""The days on which the reading of the law changes without a dated figure; `law` splits its periods there."""

from datetime import date

EDUCATION_GROUND_AT_EARLIEST = date(2010, 4, 28)
EDUCATION_GROUND_FROM = date(2011, 6, 23)
"""LAB § 78, stk. 2 is not in LBK 1428/2009 and is in LBK 710/2011; the exact day between is not known."""
AGREEMENTS_AT_EARLIEST = date(2013, 1, 1)
AGREEMENTS_FROM = date(2013, 4, 24)
"""LAB § 78, stk. 3 is not in LBK 706/2012 and is in LBK 415/2013; the exact day between is not known."""
EDUCATION_BENEFIT_FROM = date(2014, 1, 1)
"""LAB § 2: education benefit (uddannelseshjælp) begins, and with it groups 12-14 and today's visitation."""
JOBAFKLARING_FROM = date(2014, 7, 1)
"""LAB § 2, nr. 14: inferred, as BEK 394/2014 names numbers 2-13 and BEK 795/2014 numbers 2-14."""
REFUND_ENDED = date(2019, 1, 1)
SECTION_6_FROM = date(2020, 1, 1)
ORDER_OF_2022, ORDER_OF_2024 = date(2022, 1, 1), date(2024, 1, 1)
"""BEK 2636/2021 and BEK 1216/2023 renumber the sections on mentors of BEK 1180/2019."""
EDUCATION_RIGHT_FROM = date(2022, 5, 22)
"""LAB § 167, stk. 3 is not in law 548/2019 and is in LBK 701/2022; the exact day between is not known."""
LOV_295 = date(2023, 3, 20)
DISCHARGE_PURPOSE_FROM = date(2024, 3, 1)
"""LAB § 167, stk. 2 ("med samme formål som efter stk. 1"): inserted by law 295/2023 and read in LBK 280/2024."""
ONE_CASH_BENEFIT_FROM = date(2025, 7, 1)
"""Law 1655/2024: one cash benefit (kontanthjælp) replaces "uddannelseshjælp" and "overgangsydelse"."""
REFUND_ITEMS_UNREAD = date(2025, 1, 1)
"""From this day § 197 must be checked, because law 1750/2025 changes items of it that have not been read."""
SPENDING_BOUNDARY = date(2026, 1, 1)
CLOSED_GROUPS = date(2026, 2, 1)
NEW_ACT_EXPECTED = date(2027, 1, 1)

READINGS_CHANGE = (
    EDUCATION_GROUND_AT_EARLIEST,
    EDUCATION_GROUND_FROM,
    AGREEMENTS_AT_EARLIEST,
    AGREEMENTS_FROM,
    EDUCATION_BENEFIT_FROM,
    JOBAFKLARING_FROM,
    REFUND_ENDED,
    SECTION_6_FROM,
    ORDER_OF_2022,
    EDUCATION_RIGHT_FROM,
    LOV_295,
    ORDER_OF_2024,
    DISCHARGE_PURPOSE_FROM,
    REFUND_ITEMS_UNREAD,
    ONE_CASH_BENEFIT_FROM,
    SPENDING_BOUNDARY,
    CLOSED_GROUPS,
    NEW_ACT_EXPECTED,
)
