"""Import af loven: only whole, sourced, dated figures get in, and an error says where it stands."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from jobcenter_mentor.config import resource_dir
from jobcenter_mentor.domain.kernel.errors import NotInForce
from jobcenter_mentor.platform.law_figures.loader import RuleFileRejected, law, load_law

GOOD = """\
name: Et tal
about: A figure.
unit: days
authority: law
checked_on: 2026-01-15
values:
  2014-01-01: {value: 7, source: {act: LAB, section: § 93, link: ""}}
  2016-01-01: {value: null, source: {act: LAB, section: "", link: ""}}
"""


def a_folder(tmp_path: Path, text: str) -> Path:
    folder = tmp_path / "parameters" / "mentor"
    folder.mkdir(parents=True)
    (folder / "figure.yaml").write_text(text, encoding="utf-8")
    return tmp_path


def test_the_path_is_the_name_and_the_value_runs_until_it_ends(tmp_path: Path) -> None:
    read = load_law(a_folder(tmp_path, GOOD))

    assert read.on(date(2015, 12, 31))["mentor.figure"] == 7
    with pytest.raises(NotInForce, match=r"mentor\.figure"):
        read.on(date(2016, 1, 1))["mentor.figure"]


def test_a_share_is_a_decimal_and_never_a_float(tmp_path: Path) -> None:
    read = load_law(a_folder(tmp_path, GOOD.replace("unit: days", "unit: share").replace("value: 7", "value: 0.10")))

    assert read.on(date(2014, 1, 1))["mentor.figure"] == Decimal("0.10")


def test_yes_and_no_are_quoted_words(tmp_path: Path) -> None:
    text = GOOD.replace("unit: days", "unit: yes/no").replace("value: 7", 'value: "no"')

    assert load_law(a_folder(tmp_path, text)).on(date(2014, 1, 1))["mentor.figure"] is False


def test_a_list_becomes_a_tuple(tmp_path: Path) -> None:
    text = GOOD.replace("unit: days", "unit: mentor types").replace("value: 7", "value: [VIRK, UDD]")

    assert load_law(a_folder(tmp_path, text)).on(date(2014, 1, 1))["mentor.figure"] == ("VIRK", "UDD")


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        ("about: A figure.", "about: A figure.\nextra: 1", "linje 3: »extra« kendes ikke"),
        ("about: A figure.", "about: A figure.\nabout: twice", "linje 3: »about« står to gange"),
        ("about: A figure.\n", "", "linje 1: »about« mangler"),
        ("unit: days", "unit: furlongs", "linje 3: Enheden »furlongs« kendes ikke"),
        ("authority: law", "authority: rumour", "linje 4: »rumour« kendes ikke"),
        ("checked_on: 2026-01-15", "checked_on: lately", "linje 5: Her skal stå en dato"),
        ("checked_on: 2026-01-15", "checked_on: 2026-01-15 10:00:00", "linje 5: Her skal stå en dato"),
        ("checked_on: 2026-01-15", "checked_on: 2026-02-31", "linje 5: Værdien kan ikke læses"),
        ("  2016-01-01", "  2013-01-01", "linje 8: Datoerne skal stå i rækkefølge"),
        ("  2016-01-01", "  2014-01-01", "linje 8: »2014-01-01« står to gange"),
        ("  2016-01-01", "  soon", "linje 8: Her skal stå en dato"),
        ("value: 7", "value: 7.5", "linje 7: Værdien passer ikke til enheden »days«"),
        ("value: 7", "value: yes", "linje 7: Værdien passer ikke"),
        ("value: 7", "value: -7", "linje 7: Værdien passer ikke"),
        (', source: {act: LAB, section: § 93, link: ""}', "", "linje 7: »source« mangler"),
        ("act: LAB, section: § 93", 'act: "", section: § 93', "linje 7: Værdien har ingen kilde"),
        ("section: § 93", "section: 93", "linje 7: Her skal stå tekst"),
        ("name: Et tal", "on: 1\nname: Et tal", "linje 1: »on« læses som ja eller nej"),
        ("name: Et tal", "name: [Et", "expected"),
    ],
)
def test_a_broken_figure_is_refused_with_file_and_line(tmp_path: Path, before: str, after: str, message: str) -> None:
    with pytest.raises(RuleFileRejected, match=message) as refused:
        load_law(a_folder(tmp_path, GOOD.replace(before, after, 1)))

    assert "figure.yaml" in refused.value.message


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "Filen er tom"),
        ("- 1", "Her skal stå navne og værdier"),
        (GOOD.split("  2014")[0] + "  {}", "mangler en værdi"),
    ],
)
def test_a_file_without_figures_is_refused(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(RuleFileRejected, match=message):
        load_law(a_folder(tmp_path, text))


@pytest.mark.parametrize(
    ("unit", "value"), [("share", "1.5"), ("yes/no", "maybe"), ("name", '""'), ("group numbers", "[a]")]
)
def test_a_value_outside_its_unit_is_refused(tmp_path: Path, unit: str, value: str) -> None:
    with pytest.raises(RuleFileRejected, match="passer ikke til enheden"):
        load_law(a_folder(tmp_path, GOOD.replace("unit: days", f"unit: {unit}").replace("value: 7", f"value: {value}")))


def test_a_hole_between_two_values_is_refused_with_file_and_line(tmp_path: Path) -> None:
    back = '  2018-01-01: {value: 14, source: {act: LAB, section: "", link: ""}}\n'

    with pytest.raises(RuleFileRejected, match=r"figure\.yaml, linje 8: Der er et hul fra 2016-01-01 til 2018-01-01"):
        load_law(a_folder(tmp_path, GOOD + back))


def test_a_group_in_two_lists_of_one_day_is_refused_with_file_and_line(tmp_path: Path) -> None:
    folder = tmp_path / "parameters" / "reimbursement"
    folder.mkdir(parents=True)
    for name, groups in (("groups_outside_frame", "[11, 14]"), ("groups_without", "[0, 14]")):
        text = GOOD.replace("unit: days", "unit: group numbers").replace("value: 7", f"value: {groups}")
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")

    wanted = r"groups_without\.yaml, linje 7: Gruppe 14 står også i reimbursement\.groups_outside_frame"
    with pytest.raises(RuleFileRejected, match=wanted):
        load_law(tmp_path)


def test_the_law_is_read_once() -> None:
    assert law() is law()


def test_every_figure_of_the_law_has_a_source_on_every_date() -> None:
    parameters = [law().parameter(name) for name in load_law(resource_dir("rules")).names()]

    assert all(dated.source.act for parameter in parameters for dated in parameter.values)
