"""The columns of the event log (hændelseslog) as a sheet; citizens by initials and case number only."""

from jobcenter_mentor.platform.workbook import SheetColumn

COLUMNS = [
    SheetColumn("Tidspunkt", lambda line: line.at, "moment", "Dansk tid."),
    SheetColumn("Hvem", lambda line: line.event.actor),
    SheetColumn("Hvad", lambda line: line.what, width=30),
    SheetColumn("Afvist", lambda line: "Ja" if line.event.refused else ""),
    SheetColumn("Begrundelse", lambda line: line.event.detail.get("reason", ""), width=36),
    SheetColumn("Om", lambda line: line.about),
    SheetColumn("Id", lambda line: line.event.subject_id, meaning="Id på det, hændelsen handler om."),
    SheetColumn("Borger", lambda line: "; ".join(line.citizens), width=32),
]
