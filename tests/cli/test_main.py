"""Kommandoerne: what they print, and the exit code that tells a machine how it went."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import CliRunner, Result
from sqlalchemy.orm import Session

from jobcenter_mentor.casefile.followups.models import FollowUp
from jobcenter_mentor.cli.main import main
from jobcenter_mentor.platform.access import passwords
from jobcenter_mentor.platform.access.service import find_user
from tests import builders as a

A_CASE = """
- id: example-1
  date: 2014-05-05
  citizen: {group: 3, visitation: aktivitetsparat, can_take_other_offers: false, cannot_because: personal,
            first_offer: true, age: 34, integration_programme: false, psychiatric_inpatient: false}
  request: {start: 2014-05-12, weeks: 13, hours_per_week: 2, mentor_type: INT, cost: 7800.00}
  budget: {frame_remaining: 120000.00}
"""


@pytest.fixture
def nothing_set(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder without a demo and an environment without settings."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.delenv("DEMO_FOLDER", raising=False)


def run(*words: str, given: str | None = None) -> Result:
    return CliRunner().invoke(main, list(words), input=given)


def answers(result: Result) -> Any:
    return json.loads(result.stdout)


@pytest.mark.usefixtures("nothing_set")
class TestAssess:
    """`assess` needs no database."""

    def test_a_case_gets_the_answer_of_the_contract(self) -> None:
        result = run("assess", "-", "--json", given=A_CASE)

        [answer] = answers(result)
        assert result.exit_code == 0
        assert (answer["id"], answer["law"], answer["outcome"]) == ("example-1", "LAB 2014", "must")
        assert answer["reimbursement"]["amount"] == "3900.00"
        assert answer["max_period"] == {
            "months": 6,
            "last_day": "2014-11-11",
            "extension": "mandatory_new_offer_if_still_unable",
        }

    def test_a_case_that_cannot_be_read_does_not_stop_the_others(self) -> None:
        result = run("assess", "-", "--json", given=A_CASE + "- {id: b, date: 2014-02-30}\n- {id: c, colour: red}\n")

        good, impossible, unknown = answers(result)
        assert result.exit_code == 1
        assert good["outcome"] == "must"
        assert set(impossible["error"]["errors"]) == {"date"}
        assert "colour" in unknown["error"]["errors"]

    def test_a_day_without_law_says_so(self) -> None:
        [answer] = answers(run("assess", "-", "--json", given=A_CASE.replace("2014-05-05", "2009-05-05")))

        assert answer["error"]["message"] == "Loven for denne dag er endnu ikke lagt ind."

    @pytest.mark.parametrize("given", ["{", "tekst", "", "- [1, 2", "[" * 3000, "date: 2014-05-05\ndate: 2015-05-05\n"])
    def test_a_file_that_is_no_list_of_cases_is_refused(self, given: str) -> None:
        result = run("assess", "-", "--json", given=given)

        assert (result.exit_code, result.stdout) == (2, "")
        assert result.stderr

    def test_people_get_a_sentence(self) -> None:
        said = run("assess", "-", given=A_CASE + "- {id: b, date: 2014-02-30}\n").stdout

        assert "example-1 (LAB 2014): Skal gives. Ret og pligt efter LAB § 93" in said
        assert "\n  date: Skal være en dato" in said


@pytest.mark.usefixtures("nothing_set")
def test_the_rules_are_clean_and_their_cases_hold() -> None:
    result = run("rules", "check", "--json")

    report = answers(result)
    assert (result.exit_code, report["failed"], report["clean"]) == (0, {}, True)
    assert report["cases"] >= 60


@pytest.mark.usefixtures("nothing_set")
def test_the_law_of_a_day_is_shown_with_sources() -> None:
    shown = run("rules", "show", "2014-10-15").stdout

    assert "[mentor.contact_interval_days]: 7 dage (" in shown


@pytest.mark.usefixtures("nothing_set")
@pytest.mark.parametrize("words", [("followups", "due", "--json"), ("serve",), ("db", "current")])
def test_a_missing_setting_is_named(words: tuple[str, ...]) -> None:
    result = run(*words)

    assert result.exit_code == 2
    assert "DATABASE_URL mangler" in result.stderr


def test_what_is_due_is_listed_with_its_rule_and_no_name(installation: Session) -> None:
    grant = a.a_grant(installation)
    due = FollowUp(
        citizen_id=grant.citizen_id,
        grant_id=grant.id,
        case_number=grant.case_number,
        team_id=grant.team_id,
        kind="contact",
        what="Kontakt mellem mentor og borger",
        rule="dl.contact.2014",
        section="LAB § 93",
        authority="law",
        due_on=date(2014, 10, 13),
    )
    installation.add(due)
    installation.commit()

    result = run("followups", "due", "--on", "2014-10-15", "--json")

    [row] = answers(result)
    assert result.exit_code == 0
    assert (row["case_number"], row["due_on"], row["days_over"]) == (grant.case_number, "2014-10-13", 2)
    assert (row["rule"], row["authority"]) == ("dl.contact.2014", "law")
    assert "Krogh" not in result.stdout


def test_nothing_is_due_before_its_day(installation: Session) -> None:
    installation.commit()

    assert answers(run("followups", "due", "--on", "2014-10-15", "--json")) == []


def test_a_report_is_written_as_a_workbook(installation: Session, tmp_path: Path) -> None:
    for _ in range(5):
        a.a_grant(installation)
    installation.commit()
    out = tmp_path / "rapport.xlsx"

    result = run("export", "kommune", str(out), "--from", "2014-09-01", "--to", "2014-09-30", "--json")

    assert answers(result) == {"report": "kommune", "file": str(out), "rows": 1}
    assert "Definitioner" in openpyxl.load_workbook(out).sheetnames


def test_an_unknown_user_of_a_command_is_refused(installation: Session, tmp_path: Path) -> None:
    installation.commit()
    words = ("export", "kommune", str(tmp_path / "x.xlsx"), "--from", "2014-09-01", "--to", "2014-09-30")

    result = run(*words, "--as", "ingen")

    assert (result.exit_code, result.stderr) == (2, "Brugeren ingen findes ikke.\n")
    assert not (tmp_path / "x.xlsx").exists()


def test_a_database_that_does_not_answer_is_said_in_one_line(
    installation: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://nobody@127.0.0.1:1/nothing")

    result = run("followups", "due")

    assert result.exit_code == 3
    assert "svarer ikke" in result.stderr


@pytest.mark.parametrize(("report", "code", "rows"), [("statsregistrering", 1, 1), ("forloeb", 0, 1)])
def test_a_report_with_persons_is_written_with_a_reason_and_says_what_is_held_back(
    installation: Session, tmp_path: Path, report: str, code: int, rows: int
) -> None:
    a.a_grant(installation, mentor_id=a.a_mentor(installation).id)
    a.a_grant(installation, minutes_per_week=0)
    installation.commit()
    words = ("export", report, str(tmp_path / "ud.xlsx"), "--from", "2014-09-01", "--to", "2014-09-30", "--json")

    refused, result = run(*words), run(*words, "--reason", "Indberetning")

    assert (refused.exit_code, result.exit_code) == (2, code)
    assert answers(result)["rows"] == rows


class TestAdministrator:
    """`administrator` gives an empty installation its first user."""

    def test_the_first_administrator_is_made_and_a_lost_password_mended(self, installation: Session) -> None:
        made = run("administrator", "Astrid", "--name", "Astrid Munk", "--password", "en lang adgangskode")
        mended = run("administrator", "astrid", "--password", "en ny lang adgangskode")

        astrid = find_user(installation, "astrid")
        assert (made.exit_code, mended.exit_code) == (0, 0)
        assert [role.role for role in astrid.roles] == ["AD"]
        assert passwords.matches(astrid.password_hash, "en ny lang adgangskode")

    def test_nobody_elses_password_and_no_short_one(self, installation: Session) -> None:
        a.a_user(installation, "SB", username="lone")
        installation.commit()

        taken = run("administrator", "lone", "--password", "en lang adgangskode")
        short = run("administrator", "ny", "--name", "Ny", "--password", "kort")

        assert (taken.exit_code, short.exit_code) == (2, 2)
        assert "ikke er administrator" in taken.stderr
        assert find_user(installation, "ny") is None


@pytest.mark.parametrize(
    ("username", "name"),
    [("bo\x01", "Bo"), ("bo", "Bo\u202eB"), ("bo", "Bo \udcff"), ("b" * 81, "Bo"), ("bo", "B" * 121)],
    ids=["control sign", "turned", "no sign", "long log-in name", "long name"],
)
def test_a_name_that_can_not_stand_makes_no_administrator(installation: Session, username: str, name: str) -> None:
    made = run("administrator", username, "--name", name, "--password", "en lang adgangskode")

    assert (made.exit_code, made.exception.__class__) == (2, SystemExit)
    assert "tegn" in made.stderr
    assert find_user(installation, username) is None


@pytest.mark.parametrize("command", [("assess",), ("rules", "show")])
def test_a_command_without_a_database_says_that_the_own_figures_are_left_out(command):
    assert "Kommunens egne tal" in run(*command, "--help").stdout
