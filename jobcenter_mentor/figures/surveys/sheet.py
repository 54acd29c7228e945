"""The columns of the two-sided view as a sheet (tosidet visning): a row an answer, a word where hidden."""

from typing import Any

from jobcenter_mentor.platform.workbook import HIDDEN, SheetColumn


def _figure(party: str, country: bool = False) -> Any:
    """Return the reader of one party's figure: per cent or hours, a word where hidden, empty where not asked."""

    def read(row: Any) -> float | str | None:
        question, line = row
        side = getattr(line, party)
        if side is None:
            return None
        if side.is_hidden and not country:
            return HIDDEN
        return _in_unit(side.national if country else side.own, question)

    return read


def _in_unit(value: float | None, question: Any) -> float | None:
    return value if value is None or question.is_hours else 100 * value


ANSWERS = [
    SheetColumn(
        "Spørgsmål", lambda row: row[0].question.texts.get("citizen") or row[0].question.texts["mentor"], width=60
    ),
    SheetColumn("Svar", lambda row: row[1].label, width=40),
    SheetColumn("Enhed", lambda row: "timer om ugen" if row[0].is_hours else "procent af svarene", width=18),
    SheetColumn("Borgere", _figure("citizen"), "decimal", "Skjult: færre end fem, eller hvad der kan afsløre dem."),
    SheetColumn("Mentorer", _figure("mentor"), "decimal"),
    SheetColumn("Forskel", lambda row: _in_unit(row[1].gap, row[0]), "decimal", "Borgernes tal minus mentorernes."),
    SheetColumn("Landet, borgere", _figure("citizen", country=True), "decimal"),
    SheetColumn("Landet, mentorer", _figure("mentor", country=True), "decimal"),
    SheetColumn("Kilde", lambda row: row[0].question.table, meaning="Tabellen eller programmet, landets tal er fra."),
]
