"""The subjects of talks between citizen and mentor, in the words of the national survey (SFI 15:10, table 4.7)."""

SUBJECTS = {
    "work": "Passe arbejdet",
    "school": "Passe skolen",
    "colleagues": "Forholdet til andre medarbejdere/elever",
    "on_time": "Komme til tiden",
    "abuse": "Misbrugsproblemer",
    "family": "Familiære forhold",
    "economy": "Økonomiske forhold",
    "friends": "Forhold til venner",
    "caseworker": "Forhold til sagsbehandler",
    "other": "Andre forhold",
}
"""Subjects (emner) in the order of the table; several may be chosen."""

GOAL_STATUSES = {"open": "I gang", "partly": "Delvist nået", "reached": "Nået", "dropped": "Opgivet"}

POINTS = {"start": "Start", "middle": "Midtvejs", "end": "Afslutning"}
"""The points of a course at which progression is measured."""

RATERS = {"citizen": "Borgeren", "mentor": "Mentor"}

SCORES = {1: "Langt fra målet", 2: "Lidt nærmere", 3: "Halvvejs", 4: "Tæt på målet", 5: "Målet er nået"}
"""The scale of progression from 1 to 5."""
