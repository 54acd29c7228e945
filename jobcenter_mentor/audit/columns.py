"""Hændelsesloggens kolonner, as the log is opened as a sheet; citizens by initials and case number only."""

from jobcenter_mentor.sheets import Column

COLUMNS = [
    Column("Tidspunkt", lambda line: line.at, "moment", "Dansk tid."),
    Column("Hvem", lambda line: line.event.actor),
    Column("Hvad", lambda line: line.what, width=30),
    Column("Afvist", lambda line: "Ja" if line.event.refused else ""),
    Column("Begrundelse", lambda line: line.event.detail.get("reason", ""), width=36),
    Column("Om", lambda line: line.about),
    Column("Id", lambda line: line.event.subject_id, meaning="Id på det, hændelsen handler om."),
    Column("Borger", lambda line: "; ".join(line.citizens), width=32),
]
