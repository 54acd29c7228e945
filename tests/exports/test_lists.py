"""Åbn som Excel: a list exactly as it is shown, for who may export it and with a reason."""

from datetime import date, datetime
from io import BytesIO

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from jobcenter_mentor.figures.quality.checks import CHECKS
from jobcenter_mentor.platform.audit.models import Event
from jobcenter_mentor.platform.database.db import ROWS_PER_PAGE
from jobcenter_mentor.platform.workbook import SheetColumn, workbook_of
from tests import builders as a
from tests.logins import Visitor

LISTS = [
    "/borgere",
    "/bevillinger?vis=all",
    "/henvisninger",
    "/opfoelgning?hvem=team&frist=alle",
    "/mentorer",
    "/matchning",
    "/ramme/linjer?aar=2014",
    f"/rapporter/datakvalitet?eftersyn={CHECKS[0].code}",
    "/refusion/kaeden?aar=2014&maaned=9",
    "/refusion/timesedler?aar=2014&maaned=9",
    "/bevillinger/godkendelser",
    "/breve/ikke-sendt?alle=1",
    "/ramme/uden-bevis",
    "/klager",
]


def fetched(client: Visitor, address: str) -> TestResponse:
    """Open a list as a sheet and give the reason it asks for."""
    address += ("&" if "?" in address else "?") + "format=xlsx"
    asked = client.get(address)
    assert asked.status_code == 303, asked.status_code
    answered = client.post("/begrundelse", data={"next": address, "reason": "Møde med ledelsen"})
    return client.get(answered.headers["Location"])


def first_sheet(answer: TestResponse) -> Worksheet:
    return openpyxl.load_workbook(BytesIO(answer.data)).worksheets[0]


def told(answer: TestResponse) -> dict[str, str]:
    rows = openpyxl.load_workbook(BytesIO(answer.data))["Definitioner"].iter_rows(max_col=2, values_only=True)
    return {str(word): str(meaning) for word, meaning in rows}


def test_every_list_with_persons_opens_as_a_sheet(session: Session, as_team_leader: Visitor) -> None:
    a.a_grant(session, a.a_citizen(session))

    opened = {address: fetched(as_team_leader, address) for address in LISTS}

    assert {address: answer.status_code for address, answer in opened.items()} == dict.fromkeys(LISTS, 200)
    assert {first_sheet(answer).freeze_panes for answer in opened.values()} == {"B2"}


def test_the_work_list_of_invoices_opens_as_a_sheet(as_controller: Visitor) -> None:
    assert first_sheet(fetched(as_controller, "/refusion?status=venter"))["A1"].value == "Borger"


def test_the_list_of_claims_names_nobody_and_asks_no_reason(as_controller: Visitor) -> None:
    answer = as_controller.get("/refusion/opgoerelser?format=xlsx")

    assert answer.status_code == 200
    assert [cell.value for cell in first_sheet(answer)[1]][:3] == ["Fra", "Til og med", "Udgift, kr."]


def test_the_sheet_holds_all_pages_of_the_filter_and_no_others(session: Session, as_caseworker: Visitor) -> None:
    for number in range(ROWS_PER_PAGE + 3):
        a.a_citizen(session, first_name="Emil" if number else "Freja", caseworker_id=as_caseworker.user.id)

    sheet = first_sheet(fetched(as_caseworker, "/borgere?text=Emil"))

    names = [row[0].value for row in sheet.iter_rows(min_row=2, max_row=sheet.max_row)]
    assert len(names) == ROWS_PER_PAGE + 2
    assert all(str(name).startswith("Emil") for name in names)


def test_who_was_on_the_list_is_logged_and_each_export_needs_its_own_reason(
    session: Session, as_caseworker: Visitor
) -> None:
    citizen = a.a_citizen(session)

    fetched(as_caseworker, "/borgere")
    again = as_caseworker.get("/borgere?format=xlsx")

    event = session.scalars(select(Event).where(Event.action == "export.persons")).one()
    assert (event.citizen_ids, event.detail["rows"]) == ([citizen.id], 1)
    assert again.status_code == 303


def test_the_definitions_say_what_of_the_list_the_sheet_holds(session: Session, as_team_leader: Visitor) -> None:
    asked = {
        "/bevillinger": "Vis: Løbende",
        "/henvisninger": "Venter på afgørelse",
        "/ramme/linjer?aar=2014&kind=mentor_2014&month=9&figure=delivered": "2014, Mentorrammen, måned 9, Leveret",
        "/refusion/kaeden?aar=2014&maaned=9&forskelle=1": "09.2014, kun afvigelser",
    }

    assert {address: told(fetched(as_team_leader, address))["Udvalg"] for address in asked} == asked


def test_the_chain_as_a_sheet_is_of_the_team_alone_and_sums_its_hours(
    session: Session, as_team_leader: Visitor
) -> None:
    own = a.a_grant(session, a.a_citizen(session), start=date(2014, 9, 1), last_day=date(2014, 12, 31))
    other = a.a_citizen(session, team_id=a.a_team(session, "Team Aktiv").id)
    a.a_grant(session, other, start=date(2014, 9, 1), last_day=date(2014, 12, 31))

    sheet = first_sheet(fetched(as_team_leader, "/refusion/kaeden?aar=2014&maaned=9"))

    assert [sheet["B2"].value, sheet["B3"].value] == [own.case_number, None]
    assert (sheet["A4"].value, sheet["D4"].value) == ("I alt", "=SUBTOTAL(9,D2:D2)")


def test_an_auditor_gets_the_log_but_no_list_of_persons(as_auditor: Visitor) -> None:
    as_auditor.get("/haendelseslog")

    log = as_auditor.get("/haendelseslog?format=xlsx")

    assert isinstance(first_sheet(log)["A2"].value, datetime)
    assert as_auditor.get("/mentorer?format=xlsx").status_code == 403
    assert "format=xlsx" not in as_auditor.get("/mentorer").get_data(as_text=True)


def test_text_stays_text_and_figures_are_figures() -> None:
    columns = [
        SheetColumn("Tekst", lambda row: row[0]),
        SheetColumn("Dag", lambda row: row[1], "date"),
        SheetColumn("Beløb, kr.", lambda row: row[2], "kroner", summed=True),
        SheetColumn("Timer", lambda row: row[3], "hours", summed=True),
    ]
    texts = [
        "=1+1",
        "+45 20 20 20 20",
        "-2",
        "@SUM(A1)",
        "http://example.dk",
        "æ\x00ø\x1få",
        "0102030405",
        "x" * 40_000,
    ]
    rows = [(text, date(2014, 10, 1), 41_250, 90) for text in texts]

    book = openpyxl.load_workbook(workbook_of("Prøve: a/b", columns, rows, [("Lavet", "i dag")]))

    sheet = book.worksheets[0]
    cells = [sheet.cell(line, 1) for line in range(2, len(rows) + 2)]
    assert {cell.data_type for cell in cells} == {"s"}
    assert [cell.value for cell in cells][:7] == [
        "=1+1",
        "+45 20 20 20 20",
        "-2",
        "@SUM(A1)",
        "http://example.dk",
        "æøå",
        "0102030405",
    ]
    assert sheet["B2"].value == datetime(2014, 10, 1)
    assert (sheet["C2"].value, sheet["D2"].value) == (412.5, 1.5)
    assert sheet["C11"].value == "=SUBTOTAL(9,C2:C9)"
    assert ("Rækker", "8") in [(row[0].value, row[1].value) for row in book["Definitioner"].iter_rows()]
