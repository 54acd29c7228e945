"""Target groups in sheets: the new words of Målgruppe, the education where it decides, old sheets as before."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from jobcenter_mentor.casework.grants.models import Grant
from jobcenter_mentor.domain.law.law import Law
from jobcenter_mentor.people.citizens.models import CitizenStatus
from jobcenter_mentor.platform.access.actor import Actor
from jobcenter_mentor.platform.law_figures import loader
from jobcenter_mentor.sheets.runs import import_check, service
from tests.builders import a_citizen, a_frame, a_user, nobodys_cpr
from tests.sheets.runs.sheets import a_course, xlsx

TODAY = date(2026, 11, 30)
YOUNG = nobodys_cpr(77, date(2002, 5, 14))
OF_2025: dict[str, Any] = {"Startdato": date(2025, 7, 1), "Slutdato": date(2025, 12, 19)}
OF_2018: dict[str, Any] = {"Startdato": date(2018, 7, 2), "Slutdato": date(2018, 12, 19)}
CITIZEN: dict[str, Any] = {
    "CPR-nr": YOUNG,
    "Fornavn": "Emil",
    "Efternavn": "Krogh",
    "Målgruppe": "Kontanthjælp",
    "Visitation": "Aktivitetsparat",
    "Gældende fra": date(2025, 7, 1),
}
REFERRAL: dict[str, Any] = {
    "CPR-nr": YOUNG,
    "Fornavn": "Emil",
    "Efternavn": "Krogh",
    "Målgruppe": "Kontanthjælp",
    "Visitation": "Aktivitetsparat",
    "Henvist den": date(2025, 7, 1),
    "Sagsbehandler": "",
    "Formål": "Tager bussen.",
    "Opgaver": "Struktur på dagen",
    "Timer pr. uge": 2,
    "Uger": 13,
    "Borgeren taget med på råd": "Ja",
    "Kan deltage i andre tilbud": "Ja",
    "Årsag": "",
}
ROWS = {"courses": a_course(**{"CPR-nr": YOUNG}, **OF_2025), "citizens": CITIZEN, "referrals": REFERRAL}


def faults(kind: str, row: dict[str, Any]) -> list[tuple[str, str, str]]:
    """Return column, code and message of each fault of a sheet with one row."""
    content = xlsx([row], headings=list(row))
    report = import_check.check(None, kind, "a.xlsx", content, by=None, on=TODAY, law=loader.law()).report
    assert report["file_errors"] == []
    return [(one["column"], one["code"], one["message"].partition(": ")[2]) for one in report["row_errors"]]


@pytest.mark.parametrize("kind", ROWS)
def test_the_education_is_asked_for_only_where_it_decides(kind: str) -> None:
    row, asked = ROWS[kind], [("Har uddannelse", "required")]

    assert [fault[:2] for fault in faults(kind, row)] == asked
    assert [fault[:2] for fault in faults(kind, row | {"Har uddannelse": ""})] == asked
    assert faults(kind, row | {"Har uddannelse": "Nej"}) == faults(kind, row | {"Har uddannelse": "Ja"}) == []
    assert faults(kind, row | {"CPR-nr": nobodys_cpr(78, date(1987, 5, 14))}) == []
    assert faults(kind, row | {"Målgruppe": "Sygedagpenge", "Visitation": None}) == []


@pytest.mark.parametrize("kind", ROWS)
def test_uddannelseshjaelp_after_june_2025_is_refused_naming_kontanthjaelp(kind: str) -> None:
    day = {"courses": "Startdato", "citizens": "Gældende fra", "referrals": "Henvist den"}[kind]
    ended = ROWS[kind] | {"Målgruppe": "Uddannelseshjælp"}

    told = "Uddannelseshjælp findes ikke den 01.07.2025. Vælg kontanthjælp."
    assert faults(kind, ended) == [("Målgruppe", "cross_field", told)]
    assert faults(kind, ended | {day: date(2025, 6, 30)}) == []


@pytest.mark.parametrize(
    ("word", "period"),
    [
        ("Førtidspension", OF_2025),
        ("Fleksjob", OF_2025),
        ("SU", OF_2025),
        ("Nyuddannet med handicap", OF_2018),
        ("Selvforsørgelses- og hjemrejseydelse", {"Startdato": date(2024, 7, 1), "Slutdato": date(2024, 12, 19)}),
    ],
)
def test_the_new_words_come_in_on_their_days(word: str, period: dict[str, Any]) -> None:
    assert faults("courses", a_course(**period, Målgruppe=word, Visitation=None)) == []


def test_a_benefit_with_a_visitation_and_the_under_18_come_in() -> None:
    young = nobodys_cpr(79, date(2008, 5, 14))

    assert faults("courses", a_course(**OF_2018, Målgruppe="Integrationsydelse")) == []
    assert faults("courses", a_course(**OF_2025, Målgruppe="Under 18", Visitation=None, **{"CPR-nr": young})) == []
    grown = faults("courses", a_course(**OF_2025, Målgruppe="Under 18", Visitation=None))
    assert [fault[:2] for fault in grown] == [("Målgruppe", "cross_field")]


@pytest.mark.parametrize(
    ("changes", "column", "words"),
    [
        ({"Målgruppe": "Overgangsydelse"}, "Målgruppe", "Vælg kontanthjælp."),
        ({"Visitation": None}, "Visitation", "Visitation mangler."),
        ({"Visitation": "Jobparat", "Har uddannelse": "Nej"}, "Visitation", "Vælg aktivitetsparat, uddannelsesparat"),
        ({"Målgruppe": "Sygedagpenge"}, "Visitation", "Lad visitationen være tom."),
    ],
)
def test_what_does_not_fit_is_refused_at_its_cell(changes: dict[str, Any], column: str, words: str) -> None:
    ((told, _, message),) = faults("courses", ROWS["courses"] | changes)

    assert told == column
    assert words in message


def test_a_course_of_2026_gets_the_group_of_its_education(session: Session, law: Law) -> None:
    a_frame(session)
    leader = a_user(session, "TL")
    rows = [
        a_course(number, **OF_2025, **{"CPR-nr": nobodys_cpr(80 + number, date(2002, 5, 14)), "Har uddannelse": told})
        for number, told in enumerate(("Ja", "Nej"))
    ]
    run, _ = service.keep(
        session, "courses", "a.xlsx", xlsx(rows, headings=list(rows[0])), actor=Actor(leader, TODAY), law=law
    )

    assert service.apply(session, run, actor=Actor(leader, TODAY), law=law).report["applied"]

    assert session.scalars(select(Grant.group_number).order_by(Grant.id)).all() == [3, 5]
    assert session.scalars(select(CitizenStatus.has_education).order_by(CitizenStatus.id)).all() == [True, False]


def reported(session: Session, kind: str, row: dict[str, Any], law: Law) -> dict[str, Any]:
    """Return the report on a sheet with one row, compared with what is registered."""
    content = xlsx([row], headings=list(row))
    by = a_user(session, "TL")
    return import_check.check(session, kind, "a.xlsx", content, by=by, on=TODAY, law=law).report


@pytest.mark.parametrize("kind", ROWS)
@pytest.mark.parametrize(
    ("registered", "cell", "asked"), [(None, None, True), (True, None, False), (False, "", False), (True, "Ja", False)]
)
def test_an_education_that_is_registered_is_not_asked_for(
    session: Session, law: Law, kind: str, registered: bool | None, cell: str | None, asked: bool
) -> None:
    a_citizen(session, cpr=YOUNG, birth_date=date(2002, 5, 14), status_from=date(2025, 7, 1), has_education=registered)
    row = ROWS[kind] | ({} if cell is None else {"Har uddannelse": cell})

    report = reported(session, kind, row, law)

    assert [one["code"] for one in report["row_errors"]] == (["required"] if asked else [])


@pytest.mark.parametrize("kind", ["referrals", "courses"])
@pytest.mark.parametrize(
    ("registered", "cell", "list_of", "words"),
    [
        (True, "Nej", "row_errors", "Fra 01.07.2025 er der registreret Ja. Ret cellen"),
        (False, "Ja", "warnings", "er der registreret Nej. Importen registrerer Ja fra 01.07.2025"),
    ],
)
def test_an_education_that_differs_from_the_registered_is_said(
    session: Session, law: Law, kind: str, registered: bool, cell: str, list_of: str, words: str
) -> None:
    a_citizen(session, cpr=YOUNG, birth_date=date(2002, 5, 14), status_from=date(2025, 7, 1), has_education=registered)

    report = reported(session, kind, ROWS[kind] | {"Har uddannelse": cell}, law)

    assert [words in one["message"] for one in report[list_of] if one["column"] == "Har uddannelse"] == [True]


def test_an_education_told_for_the_first_time_counts_as_a_change_also_when_it_is_no(session: Session, law: Law) -> None:
    a_citizen(session, cpr=nobodys_cpr(78, date(1987, 5, 14)), status_from=date(2025, 7, 1))
    row = CITIZEN | {"CPR-nr": nobodys_cpr(78, date(1987, 5, 14)), "Har uddannelse": "Nej"}

    assert reported(session, "citizens", row, law)["rows"]["changed"] == 1
