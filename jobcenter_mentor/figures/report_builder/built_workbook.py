"""Write the workbook of a built report (projektmappe): the lines as typed figures, and what they mean."""

from io import BytesIO

from jobcenter_mentor.figures.report_builder.service import MEASURES, SPLITS, Built, ReportLine
from jobcenter_mentor.figures.reports.small_groups import SMALL
from jobcenter_mentor.platform.workbook import HIDDEN, SheetColumn, workbook_of


def write_report(built: Built, team: str, municipality: str) -> BytesIO:
    """Write the workbook (projektmappe). A hidden figure is a word that no sum counts."""
    measure, question = MEASURES[built.question.measure], built.question
    columns = [
        SheetColumn(SPLITS[question.split], lambda line: line.label, width=40),
        SheetColumn(measure.name, _value, measure.kind, measure.meaning),
        SheetColumn("Måneder udeladt", lambda line: line.away, "whole", "Skjulte måneder, som ikke er regnet med."),
    ]
    definitions = [
        ("Kommune", municipality),
        ("Periode", f"{question.first:%m-%Y} til {question.last:%m-%Y}, begge måneder med"),
        ("Team", team),
        ("Lavet", f"{built.made_on:%d.%m.%Y} af {built.made_by}"),
        (
            HIDDEN,
            f"Tal er skjult, når gruppen er på færre end {SMALL}, eller når en så lille gruppe ellers kunne regnes ud.",
        ),
    ]
    return workbook_of(measure.name, columns, [*built.lines, built.total], definitions)


def _value(line: ReportLine) -> float | str:
    return HIDDEN if line.value is None else line.value
