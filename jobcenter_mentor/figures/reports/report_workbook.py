"""Write the municipal report as a workbook (projektmappe) of typed cells with live sums. Text is never a formula."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pandas as pd
import xlsxwriter

from jobcenter_mentor.figures.reports.service import OTHERS, MunicipalReport
from jobcenter_mentor.figures.reports.small_groups import SMALL
from jobcenter_mentor.platform.workbook import HIDDEN, SAFE, SheetColumn, write_definitions, write_rows


def _of(field: str) -> Callable[[Any], Any]:
    """Return the reader of a field, which gives a word that no sum counts for a hidden figure."""

    def read(row: Any) -> Any:
        value = row[field]
        return HIDDEN if value is None else value if isinstance(value, str) or hasattr(value, "year") else float(value)

    return read


def _whole(field: str) -> Callable[[Any], Any]:
    def read(row: Any) -> Any:
        return HIDDEN if row[field] is None else int(row[field])

    return read


BY_MONTH = [
    SheetColumn("Måned", _of("month"), "month"),
    SheetColumn("Målgruppe", _of("group"), width=38),
    SheetColumn("Borgere", _whole("citizens"), "whole"),
    SheetColumn("Forløb", _whole("courses"), "whole"),
    SheetColumn("Begyndt", _whole("started"), "whole", summed=True),
    SheetColumn("Timer bevilget", _whole("granted"), "hours", summed=True),
    SheetColumn("Timer leveret", _whole("held"), "hours", summed=True),
    SheetColumn("Fuldtidspersoner", _of("full_time"), "decimal"),
    SheetColumn("Udgift, kr.", _whole("cost"), "kroner", summed=True),
    SheetColumn("Refusion, kr.", _whole("refund"), "kroner", summed=True),
]

BY_ACCOUNT = [
    SheetColumn("Måned", _of("month"), "month"),
    SheetColumn("Konto", _of("account"), width=60),
    SheetColumn("Udgift, kr.", _whole("cost"), "kroner", summed=True),
    SheetColumn("Refusion, kr.", _whole("refund"), "kroner", summed=True),
]

COURSES = [
    SheetColumn("Sag", _of("case_number"), width=12),
    SheetColumn("Team", _of("team"), width=22),
    SheetColumn("Målgruppe", _of("group"), width=38),
    SheetColumn("Mentortype", _of("mentor_type"), width=30),
    SheetColumn("Mentorform", _of("form"), width=12),
    SheetColumn("Retsgrundlag", _of("legal_basis"), width=20),
    SheetColumn("Første dag", _of("start"), "date"),
    SheetColumn("Sidste dag", _of("last_day"), "date"),
    SheetColumn("Timer bevilget", _whole("granted"), "hours", summed=True),
    SheetColumn("Timer leveret", _whole("held"), "hours", summed=True),
    SheetColumn("Udgift, kr.", _whole("cost"), "kroner", summed=True),
    SheetColumn("Refusionssats", _whole("rate_percent"), "percent"),
    SheetColumn("Forløb-id", _of("public_id"), width=38),
]


def write_municipal_report(report: MunicipalReport, municipality: str) -> bytes:
    """Write the workbook (projektmappe) and return its bytes: months, accounts, courses if asked for, definitions."""
    out = BytesIO()
    with xlsxwriter.Workbook(out, SAFE | {"constant_memory": True}) as book:
        write_rows(book, "Måneder", BY_MONTH, _rows(report.by_month))
        write_rows(book, "Konti", BY_ACCOUNT, _rows(report.by_account))
        if report.courses is not None:
            write_rows(book, "Forløb", COURSES, _rows(report.courses))
        write_definitions(book, _definitions(report, municipality))
    return out.getvalue()


def _rows(frame: pd.DataFrame) -> list[dict[Any, Any]]:
    return frame.to_dict("records")


def _definitions(report: MunicipalReport, municipality: str) -> list[tuple[str, str]]:
    """Return the words and their meanings."""
    return [
        ("Rapport", f"Mentorindsatsen, {municipality}"),
        ("Periode", f"{report.first:%d.%m.%Y} til {report.last:%d.%m.%Y}, begge dage med"),
        ("Lavet", f"{report.made_on:%d.%m.%Y} af {report.made_by}"),
        (
            "Måneder",
            "Kun hele måneder, der var slut, da rapporten blev lavet. Ellers kunne en enkelt borger ses som forskellen "
            "på to rapporter. Arket Forløb tæller alle periodens dage.",
        ),
        ("Population", f"Forløb, der berører perioden. {report.whose}."),
        ("Målgruppe", "Målgruppen ved bevillingen (LAB § 2). Den følger forløbet, også hvis borgeren skifter gruppe."),
        (
            OTHERS,
            f"Målgrupper med færre end {SMALL} borgere i en måned er lagt sammen med så mange andre, at ingen af dem "
            f"kan regnes ud. Hvor det ikke er nok, er de udeladt.",
        ),
        (HIDDEN, f"Færre end {SMALL} forløb. Tælles ikke med i summen."),
        ("Borgere", "Forskellige borgere med mindst én dag af et forløb i måneden. Kan ikke lægges sammen på tværs."),
        ("Forløb", "Forløb med mindst én dag i måneden. Ændrede timer er samme forløb."),
        ("Begyndt", "Forløb, hvis første dag ligger i måneden."),
        ("Timer bevilget", "Bevilgede timer pr. uge gange dage delt med 7, kun dage i måneden."),
        ("Timer leveret", "Timer i logbogens afholdte møder. Rettede notater tæller én gang."),
        (
            "Fuldtidspersoner",
            "Bevilgede timer pr. uge gange dage i måneden, delt med månedens dage gange 37. Kan lægges sammen på tværs "
            "af målgrupper i samme måned, men ikke på tværs af måneder.",
        ),
        ("Udgift", "Leverede timer gange timeprisen på mødets dag. En pladsmentor deles mellem pladserne."),
        (
            "Refusion",
            "Refusionssatsen af udgiften. Inden for en ramme kun af det, rammen dækker: hele kommunens forbrug "
            "måned for måned fra 1. januar.",
        ),
        (
            "Konto",
            "Kontoen i kommunens regnskab efter forløbets ramme. Hvor en lille målgruppe er lagt sammen med en anden, "
            "er deres konti vist under ét. Opgørelsen til staten laves under Refusionsopgørelser.",
        ),
    ]
