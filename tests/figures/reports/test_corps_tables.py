"""The corps in figures (mentorkorpset i tal): own shares beside the country's, and small groups hidden."""

from jobcenter_mentor.figures.reports.corps_tables import own_corps
from jobcenter_mentor.platform.access.actor import Actor
from tests.builders import WORKING_DAY, a_mentor, a_user


def test_shares_stand_beside_the_country_and_small_groups_are_hidden(session):
    for number in range(8):
        a_mentor(session, sex="K" if number < 6 else "M", mentor_type="INT", course_hours=30)
    for _ in range(5):
        a_mentor(session, sex="K", mentor_type="VIRK")

    found = own_corps(session, actor=Actor(a_user(session, "MK"), WORKING_DAY))

    area, sex, _, _, course, figures = found.mentors
    assert [(line.label, line.own, line.country) for line in area.lines][:3] == [
        ("Jobcentret", ("0 %", "100 %", "62 %"), ("0 %", "29 %", "13 %")),
        ("Anden kommunal arbejdsplads", ("0 %", "0 %", "0 %"), ("0 %", "51 %", "24 %")),
        ("Privat virksomhed", ("100 %", "0 %", "38 %"), ("100 %", "0 %", "53 %")),
    ]
    assert sex.lines[0].own[1] == sex.lines[1].own[1] == "skjult"
    assert course.base == ("0", "8", "8")
    assert figures.lines[0].own == ("ingen oplyst", "30", "30")


def test_a_corps_of_four_tells_nothing(session):
    for _ in range(4):
        a_mentor(session, sex="K", course_hours=10)

    found = own_corps(session, actor=Actor(a_user(session, "MK"), WORKING_DAY))

    shown = {word for part in found.mentors for line in part.lines for word in line.own}
    assert shown <= {"skjult", "ingen oplyst", "0 %"}
    assert found.mentors[0].base[2] == "skjult"
