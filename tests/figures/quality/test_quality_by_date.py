"""The checks on agreements cite the section in force (datakvalitet), and Min Plan from 2020."""

from datetime import date

import pytest

from jobcenter_mentor.domain.law.law import Law
from jobcenter_mentor.figures.quality.checks import CHECKS, said_on


@pytest.mark.parametrize(
    ("day", "holds", "lacks"),
    [
        (date(2013, 4, 23), "Kommunen laver en skriftlig aftale.", "§"),
        (date(2013, 4, 24), "LAB § 78, stk. 3", "§ 31 c"),
        (date(2014, 1, 1), "LAB § 31 c, stk. 2", "§ 78"),
        (date(2020, 1, 1), "Min Plan skal sige, hvad målet er (§ 52 i bekendtgørelsen", "§ 31 c"),
    ],
)
def test_the_checks_on_agreements_cite_the_section_of_the_day(law: Law, day: date, holds: str, lacks: str) -> None:
    whys = [said_on(check, law.on(day)).why for check in CHECKS if check.code in WITH_A_SECTION]

    assert len(whys) == len(WITH_A_SECTION)
    assert holds in " ".join(whys)
    assert lacks not in " ".join(whys)


def test_no_check_shows_a_gap_for_a_section(law: Law) -> None:
    whys = [said_on(check, law.on(date(2014, 10, 15))).why for check in CHECKS]

    assert not [why for why in whys if "{" in why or "()" in why]


WITH_A_SECTION = ("no_agreement", "no_goal", "mentor_contact")
